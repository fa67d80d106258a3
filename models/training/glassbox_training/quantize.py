"""Writes the int8 ONNX model that is bundled.

python -m glassbox_training.quantize --run WORK/run --model ../code
"""

import argparse
from pathlib import Path

import onnx

from .onnx_attention import PlainAttention
from .onnx_decoder import DecoderWriter, weights_of
from .onnx_linear import Int8Linear
from .run_folder import load_decoder

QUANTIZED_FILE = "onnx/model_quantized.onnx"


def main() -> None:
    """Quantize the run's weights and write the graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument(
        "--bits", type=int, default=7, help="bits of a weight; 7 cannot saturate on processors without VNNI"
    )
    parser.add_argument(
        "--scale", choices=("position", "run"), default="position", help="what shares an activation scale"
    )
    parser.add_argument("--random-weights", action="store_true", help="export the shape alone, to test the format")
    arguments = parser.parse_args()
    decoder = load_decoder(arguments.run, arguments.random_weights)
    linear = Int8Linear(arguments.bits, per_row=arguments.scale == "position")
    file: Path = arguments.model / QUANTIZED_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    attention = PlainAttention(decoder.shape, rotary_operator=True)
    onnx.save(DecoderWriter(decoder.shape, weights_of(decoder), linear=linear, attention=attention).write(), file)
    print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
