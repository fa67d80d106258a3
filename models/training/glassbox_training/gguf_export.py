"""Writes the same weights as GGUF (Q8_0 and F16), to compare with llama.cpp. Needs the package `gguf`.

    python -m glassbox_training.gguf_export --run WORK/run --tokenizer WORK/tokenizer --out WORK/out

The file names GPT-2's pre-tokenizer, because llama.cpp knows a fixed list of them: give it token ids, not text.
"""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np

from .model import ModelShape, load_decoder
from .onnx_decoder import Weights, weights_of
from .special_tokens import END_OF_TEXT, FIM_END, SPECIAL_TOKENS

#: Our names inside a layer and GGUF's.
LAYER_NAMES = {
    "input_norm": "attn_norm",
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "o": "attn_output",
    "post_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def interleave(weight: np.ndarray, heads: int) -> np.ndarray:
    """Reorder the rows of a query or key matrix from rotate-half to the interleaved pairs that llama.cpp rotates."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def tensors(shape: ModelShape, weights: Weights) -> dict[str, np.ndarray]:
    """Return all tensors by GGUF name; there is no output matrix, so llama.cpp takes the embedding."""
    named = {"token_embd.weight": weights["embedding.weight"], "output_norm.weight": weights["norm.weight"]}
    for layer in range(shape.layers):
        for ours, theirs in LAYER_NAMES.items():
            value = weights[f"layers.{layer}.{ours}.weight"]
            if ours in ("q", "k"):
                value = interleave(value, shape.heads if ours == "q" else shape.kv_heads)
            named[f"blk.{layer}.{theirs}.weight"] = value
    return named


def describe(writer: gguf.GGUFWriter, shape: ModelShape) -> None:
    """Write the sizes."""
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_width)
    writer.add_value_length(shape.head_width)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)
    writer.add_vocab_size(shape.vocabulary)


def describe_tokenizer(writer: gguf.GGUFWriter, file: Path) -> None:
    """Write tokens, merges and the special ids."""
    model = json.loads(file.read_text(encoding="utf-8"))["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    kinds = [gguf.TokenType.CONTROL if token in SPECIAL_TOKENS else gguf.TokenType.NORMAL for token in tokens]
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_add_bos_token(False)
    writer.add_eos_token_id(SPECIAL_TOKENS.index(END_OF_TEXT))
    writer.add_eot_token_id(SPECIAL_TOKENS.index(FIM_END))


def write(file: Path, shape: ModelShape, weights: Weights, tokenizer: Path, kind: gguf.GGMLQuantizationType) -> None:
    """Write one file; norms stay float32."""
    writer = gguf.GGUFWriter(file, "llama")
    describe(writer, shape)
    describe_tokenizer(writer, tokenizer)
    writer.add_file_type(
        gguf.LlamaFileType.MOSTLY_Q8_0 if kind == gguf.GGMLQuantizationType.Q8_0 else gguf.LlamaFileType.MOSTLY_F16
    )
    for name, value in tensors(shape, weights).items():
        if value.ndim == 1:
            writer.add_tensor(name, value.astype(np.float32))
        else:
            writer.add_tensor(name, gguf.quants.quantize(value.astype(np.float32), kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{file}: {file.stat().st_size:,} bytes")


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--tokenizer", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--name", default="glassbox-code")
    arguments = parser.parse_args()
    decoder = load_decoder(arguments.run)
    weights = weights_of(decoder)
    for kind in (gguf.GGMLQuantizationType.Q8_0, gguf.GGMLQuantizationType.F16):
        file = arguments.out / f"{arguments.name}-{kind.name.lower()}.gguf"
        write(file, decoder.shape, weights, arguments.tokenizer / "tokenizer.json", kind)


if __name__ == "__main__":
    main()
