r"""Compares the exported models with PyTorch on held-out text, and times the int8 one.

    python -m glassbox_training.check --run WORK/run --corpus WORK/corpus/test.jsonl --model ../code \
        --fp32 WORK/out/model.onnx --figures WORK/figures/check.json

Fails when the float32 model differs from PyTorch by more than 1e-3 in any logit.
"""

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .decoder_session import DecoderSession
from .documents import load_documents
from .figures import Figure, int8_size, require_same, write_figures
from .model import load_decoder
from .model_folder import QUANTIZED_FILE

LENGTH = 512


def in_parts(session: DecoderSession, ids: np.ndarray) -> np.ndarray:
    """Return the logits of a prefill, a chunk after a cache, and 32 single steps."""
    split = [len(ids) // 2, len(ids) - 32]
    parts = [ids[: split[0]], ids[split[0] : split[1]], *(ids[at : at + 1] for at in range(split[1], len(ids)))]
    logits, cache = [], None
    for part in parts:
        row, cache = session.run(part, cache)
        logits.append(row)
    return np.concatenate(logits)


def sequences(corpus: Path, tokenizer: Tokenizer, count: int, length: int) -> list[np.ndarray]:
    """Return the first tokens of the first long documents."""
    found = (tokenizer.encode(document.text).ids for document in load_documents(corpus)[:200])
    return [np.array(ids[:length]) for ids in found if len(ids) >= length][:count]


def milliseconds(session: DecoderSession, ids: np.ndarray, runs: int = 30) -> tuple[float, float]:
    """Return the median milliseconds of a prefill of all ids and of a step after them, on one thread."""
    prefill, step = [], []
    for _ in range(runs):
        start = time.perf_counter()
        _, cache = session.run(ids, logits_to_keep=1)
        middle = time.perf_counter()
        session.run(ids[:1], cache, logits_to_keep=1)
        prefill.append(middle - start)
        step.append(time.perf_counter() - middle)
    return 1000 * statistics.median(prefill), 1000 * statistics.median(step)


def main() -> None:
    """Write the figures; fail when the float32 export is not PyTorch's model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--corpus", "--model", "--fp32", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--sequences", type=int, default=8)
    parser.add_argument("--length", type=int, default=LENGTH, help="tokens of a sequence")
    arguments = parser.parse_args()
    decoder = load_decoder(arguments.run)
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    chosen = sequences(arguments.corpus, tokenizer, arguments.sequences, arguments.length)
    with torch.no_grad():
        wanted = [decoder(torch.from_numpy(ids)[None])[0].numpy() for ids in chosen]
    float_session = DecoderSession(arguments.fp32)
    int8_session = DecoderSession(arguments.model / QUANTIZED_FILE)
    whole = max(np.abs(float_session.run(ids)[0] - want).max() for ids, want in zip(chosen, wanted, strict=True))
    parts = max(np.abs(in_parts(float_session, ids) - want).max() for ids, want in zip(chosen, wanted, strict=True))
    int8 = [int8_session.run(ids)[0] for ids in chosen]
    int8_parts = [in_parts(int8_session, ids) for ids in chosen]
    pairs = list(zip(int8, wanted, strict=True))
    agreement = float(np.mean([(got.argmax(1) == want.argmax(1)).mean() for got, want in pairs]))
    own = float(np.mean([(got.argmax(1) == part.argmax(1)).mean() for got, part in zip(int8, int8_parts, strict=True)]))
    prefill, step = milliseconds(int8_session, chosen[0])
    figures = [
        Figure("float32 ONNX against PyTorch, largest logit difference, prefill", float(whole), "logit"),
        Figure("float32 ONNX against PyTorch, largest logit difference, chunk and single steps", float(parts), "logit"),
        Figure(
            "int8 ONNX against PyTorch, largest logit difference",
            float(max(np.abs(g - w).max() for g, w in pairs)),
            "logit",
        ),
        Figure(
            "int8 ONNX against PyTorch, mean logit difference",
            float(np.mean([np.abs(g - w).mean() for g, w in pairs])),
            "logit",
        ),
        Figure("standard deviation of PyTorch's logits", float(np.mean([want.std() for want in wanted])), "logit"),
        Figure("int8 ONNX against PyTorch, same likeliest token", 100 * agreement, "%"),
        Figure("int8 ONNX, one run against chunk and single steps, same likeliest token", 100 * own, "%"),
        Figure(f"int8 prefill of {arguments.length} tokens, 1 thread", prefill, "ms"),
        Figure(f"int8 step after {arguments.length} tokens, 1 thread", step, "ms"),
        int8_size(arguments.model),
    ]
    write_figures(arguments.figures, figures)
    require_same(max(whole, parts))


if __name__ == "__main__":
    main()
