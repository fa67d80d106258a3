"""Writes the model folder (configuration, tokenizer) and the float32 ONNX model beside it.

python -m glassbox_training.export --run WORK/run --tokenizer WORK/tokenizer --model ../code --fp32 WORK/out/model.onnx
"""

import argparse
import json
import shutil
from pathlib import Path

import onnx

from .model import ModelShape
from .onnx_attention import PlainAttention
from .onnx_decoder import DecoderWriter, weights_of
from .run_folder import load_decoder
from .special_tokens import END_OF_TEXT, FIM_END, SPECIAL_TOKENS


def llama_config(shape: ModelShape) -> dict[str, object]:
    """Return config.json as Hugging Face's Llama classes and transformers.js read it."""
    end = SPECIAL_TOKENS.index(END_OF_TEXT)
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "attention_bias": False,
        "bos_token_id": None,
        "eos_token_id": [end, SPECIAL_TOKENS.index(FIM_END)],
        "pad_token_id": end,
        "head_dim": shape.head_width,
        "hidden_act": "silu",
        "hidden_size": shape.width,
        "intermediate_size": shape.feed_forward,
        "max_position_embeddings": shape.context,
        "mlp_bias": False,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
        "rms_norm_eps": shape.norm_epsilon,
        "rope_theta": shape.rope_base,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "use_cache": True,
        "vocab_size": shape.vocabulary,
        "transformers.js_config": {"dtype": "q8"},
    }


def write_configuration(shape: ModelShape, folder: Path) -> None:
    """Write config.json and generation_config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    config = llama_config(shape)
    generation = {"eos_token_id": config["eos_token_id"], "pad_token_id": config["pad_token_id"], "do_sample": False}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")


def main() -> None:
    """Export the configuration, the tokenizer and the float32 graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--fp32", type=Path, required=True, help="where the float32 ONNX file goes")
    parser.add_argument("--random-weights", action="store_true", help="export the shape alone, to test the format")
    arguments = parser.parse_args()
    decoder = load_decoder(arguments.run, arguments.random_weights)
    write_configuration(decoder.shape, arguments.model)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(arguments.tokenizer / name, arguments.model / name)
    arguments.fp32.parent.mkdir(parents=True, exist_ok=True)
    attention = PlainAttention(decoder.shape, rotary_operator=True)
    onnx.save(DecoderWriter(decoder.shape, weights_of(decoder), attention=attention).write(), arguments.fp32)
    print(f"{arguments.fp32}: {arguments.fp32.stat().st_size:,} bytes, {decoder.shape.parameters():,} parameters")


if __name__ == "__main__":
    main()
