"""Writes the int8 ONNX model that is bundled.

python -m glassbox_training.quantize --run WORK/run --model ../code
"""

import argparse
from pathlib import Path

from .model import load_decoder
from .model_folder import QUANTIZED_FILE, save_graph
from .onnx_attention import PlainAttention
from .onnx_decoder import DecoderWriter, weights_of
from .onnx_linear import Int8Linear


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
    attention = PlainAttention(decoder.shape, rotary_operator=True)
    graph = DecoderWriter(decoder.shape, weights_of(decoder), linear=linear, attention=attention).write()
    save_graph(graph, arguments.model / QUANTIZED_FILE, decoder.shape.parameters())


if __name__ == "__main__":
    main()
