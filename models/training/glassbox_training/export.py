"""Writes the model folder (configuration, tokenizer) and the float32 ONNX model beside it.

python -m glassbox_training.export --run WORK/run --tokenizer WORK/tokenizer --model ../code --fp32 WORK/out/model.onnx
"""

import argparse
from pathlib import Path

from .model import ModelShape, load_decoder
from .model_folder import copy_tokenizer, save_graph, write_json
from .onnx_attention import PlainAttention
from .onnx_decoder import DecoderWriter, weights_of
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
    config = llama_config(shape)
    generation = {"eos_token_id": config["eos_token_id"], "pad_token_id": config["pad_token_id"], "do_sample": False}
    write_json(folder / "config.json", config)
    write_json(folder / "generation_config.json", generation)


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
    copy_tokenizer(arguments.tokenizer, arguments.model)
    attention = PlainAttention(decoder.shape, rotary_operator=True)
    graph = DecoderWriter(decoder.shape, weights_of(decoder), attention=attention).write()
    save_graph(graph, arguments.fp32, decoder.shape.parameters())


if __name__ == "__main__":
    main()
