"""Writes the encoder's folder (configuration, tokenizer, int8 graph), and the float32 graph beside it.

python -m glassbox_training.encoder.export --run WORK/encoder/run --tokenizer WORK/encoder/tokenizer \
    --model ../encoder --fp32 WORK/encoder/model.onnx
"""

import argparse
import json
import shutil
from pathlib import Path

import onnx

from ..onnx_linear import Int8Linear
from ..quantize import QUANTIZED_FILE
from .model import EncoderShape
from .onnx_encoder import EncoderWriter
from .run_folder import load_encoder
from .special_tokens import PADDING


def bert_config(shape: EncoderShape) -> dict[str, object]:
    """Return config.json, by which transformers.js takes the graph for an encoder of BERT's kind."""
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.width,
        "intermediate_size": shape.feed_forward,
        "max_position_embeddings": shape.context,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": PADDING,
        "type_vocab_size": 2,
        "vocab_size": shape.vocabulary,
        "transformers.js_config": {"dtype": "q8"},
    }


def main() -> None:
    """Export everything but the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--tokenizer", "--model", "--fp32"):
        parser.add_argument(name, type=Path, required=True)
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.run)
    int8: Path = arguments.model / QUANTIZED_FILE
    for folder in (int8.parent, arguments.fp32.parent):
        folder.mkdir(parents=True, exist_ok=True)
    (arguments.model / "config.json").write_text(json.dumps(bert_config(encoder.shape), indent=2) + "\n")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(arguments.tokenizer / name, arguments.model / name)
    onnx.save(EncoderWriter(encoder).write(), arguments.fp32)
    onnx.save(EncoderWriter(encoder, Int8Linear(per_row=True)).write(), int8)
    for file in (arguments.fp32, int8):
        print(f"{file}: {file.stat().st_size:,} bytes, {encoder.shape.parameters():,} parameters")


if __name__ == "__main__":
    main()
