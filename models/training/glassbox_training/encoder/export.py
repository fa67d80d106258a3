"""Writes the encoder's folder (configuration, tokenizer, int8 graph), and the float32 graph beside it.

python -m glassbox_training.encoder.export --run WORK/encoder/run --tokenizer WORK/encoder/tokenizer \
    --model ../encoder --fp32 WORK/encoder/model.onnx
"""

import argparse
from pathlib import Path

from ..model_folder import QUANTIZED_FILE, copy_tokenizer, save_graph, write_json
from ..onnx_linear import Int8Linear
from .model import EncoderShape, load_encoder
from .onnx_encoder import EncoderWriter
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
    write_json(arguments.model / "config.json", bert_config(encoder.shape))
    copy_tokenizer(arguments.tokenizer, arguments.model)
    parameters = encoder.shape.parameters()
    save_graph(EncoderWriter(encoder).write(), arguments.fp32, parameters)
    save_graph(EncoderWriter(encoder, Int8Linear(per_row=True)).write(), arguments.model / QUANTIZED_FILE, parameters)


if __name__ == "__main__":
    main()
