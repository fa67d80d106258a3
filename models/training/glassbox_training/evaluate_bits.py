r"""Measures bits per byte on held-out repositories, by language, of the float32 and the int8 ONNX model.

    python -m glassbox_training.evaluate_bits --corpus WORK/corpus/test.jsonl --model ../code \
        --fp32 WORK/out/model.onnx --figures WORK/figures/bits.json

Each document is read in windows of 960 tokens, each after the document's path; only its own text counts.
"""

import argparse
import math
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .decoder_session import DecoderSession
from .documents import load_documents
from .figures import Figure, write_figures
from .languages import SCRIPT_LANGUAGES
from .model_folder import QUANTIZED_FILE
from .repository_files import Document
from .special_tokens import PATH, SPECIAL_TOKENS

WINDOW = 960
#: Languages with less text than this in the sample get no figure of their own.
FEWEST_BYTES = 20_000


def sample(documents: list[Document], bytes_per_language: int, seed: int = 3) -> list[Document]:
    """Return documents in random order, each language up to about that many bytes."""
    used: dict[str, int] = defaultdict(int)
    chosen = []
    for document in random.Random(seed).sample(documents, len(documents)):
        if used[document.language] < bytes_per_language:
            used[document.language] += len(document.text.encode())
            chosen.append(document)
    return chosen


def nats(session: DecoderSession, head: list[int], window: list[int]) -> float:
    """Return the negative log-likelihood of the window's tokens after the head."""
    logits, _ = session.run(np.array(head + window[:-1]))
    rows = logits[len(head) - 1 :].astype(np.float64)
    largest = rows.max(axis=1)
    log_sum = largest + np.log(np.exp(rows - largest[:, None]).sum(axis=1))
    return float((log_sum - rows[np.arange(len(window)), window]).sum())


def bits_per_byte(
    session: DecoderSession, tokenizer: Tokenizer, documents: list[Document], window: int
) -> dict[str, tuple[float, int]]:
    """Return total bits and bytes of the documents by language."""
    totals: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for document in documents:
        head = [SPECIAL_TOKENS.index(PATH), *tokenizer.encode(f"{document.path}\n").ids]
        ids = tokenizer.encode(document.text).ids
        size = window - len(head)
        total = sum(nats(session, head, ids[at : at + size]) for at in range(0, len(ids), size))
        bits, count = totals[document.language]
        totals[document.language] = (bits + total / math.log(2), count + len(document.text.encode()))
    return dict(totals)


def figures_of(label: str, totals: dict[str, tuple[float, int]]) -> list[Figure]:
    """Return the figure over all languages, over TypeScript and JavaScript together, and of each large language."""
    groups = {"held-out repositories": list(totals.values())}
    groups["held-out TypeScript and JavaScript"] = [value for name, value in totals.items() if name in SCRIPT_LANGUAGES]
    groups |= {f"held-out {name}": [value] for name, value in sorted(totals.items()) if value[1] >= FEWEST_BYTES}
    return [
        Figure(
            f"bits per byte, {group}, {label}",
            sum(bits for bits, _ in values) / sum(count for _, count in values),
            "bit/byte",
        )
        for group, values in groups.items()
        if values
    ]


def main() -> None:
    """Measure both models on the same documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--model", "--fp32", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--bytes-per-language", type=int, default=250_000)
    parser.add_argument("--window", type=int, default=WINDOW, help="tokens of a window, the path included")
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    documents = sample(load_documents(arguments.corpus), arguments.bytes_per_language)
    figures = []
    for label, file in (("int8", arguments.model / QUANTIZED_FILE), ("float32", arguments.fp32)):
        figures += figures_of(label, bits_per_byte(DecoderSession(file), tokenizer, documents, arguments.window))
    write_figures(arguments.figures, figures)


if __name__ == "__main__":
    main()
