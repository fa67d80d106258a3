r"""Compares vocabulary sizes: bytes a token by language, tokens a character of prose, milliseconds a character.

    python -m glassbox_training.tokenizer_choice --corpus WORK/corpus/train.jsonl --held-out WORK/corpus/test.jsonl \
        --out WORK/tokenizers --figures WORK/figures/tokenizer.json

Writes a tokenizer folder for each size. A character's time is that of a decoding step of the int8 graph with random
weights, 512 tokens cached, divided by the characters that a token of held-out TypeScript, JavaScript and Python holds.
"""

import argparse
import re
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer

from .byte_level_bpe import TRAINING_CHARACTERS, sample_texts
from .decoder_session import DecoderSession
from .documents import load_documents
from .figures import Figure, write_figures
from .filters import hangul_share
from .languages import SCRIPT_LANGUAGES
from .model import Decoder, ModelShape
from .onnx_attention import PlainAttention
from .onnx_decoder import DecoderWriter, weights_of
from .onnx_linear import Int8Linear
from .presets import PRESETS
from .repository_files import Document
from .tokenizer import cut_vocabulary, require_lossless, train_tokenizer, write_tokenizer

#: Languages with less held-out text than this get no figure.
FEWEST_BYTES = 30_000
LARGEST_BYTES = 1_500_000
_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3][\uac00-\ud7a3 ,.]*[\uac00-\ud7a3]")
_ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z ,.'-]{40,}[a-z]")


def texts_by_language(documents: list[Document]) -> dict[str, list[str]]:
    """Return held-out texts by language, each up to 1.5 MB."""
    sizes: dict[str, int] = defaultdict(int)
    texts: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if sizes[document.language] < LARGEST_BYTES:
            sizes[document.language] += len(document.text.encode())
            texts[document.language].append(document.text)
    return {language: found for language, found in texts.items() if sizes[language] >= FEWEST_BYTES}


def count(tokenizer: Tokenizer, texts: list[str]) -> int:
    """Return the tokens of the texts."""
    return sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False))


def prose(documents: list[Document]) -> dict[str, list[str]]:
    """Return runs of Korean and of English prose in the held-out documents."""
    korean = [
        run for document in documents if hangul_share(document.text) for run in _HANGUL_RUN.findall(document.text)
    ]
    english = [
        run for document in documents if document.language == "markdown" for run in _ENGLISH_RUN.findall(document.text)
    ]
    return {"Korean": korean[:20_000], "English": english[:20_000]}


def step_milliseconds(shape: ModelShape, steps: int = 60) -> float:
    """Return the milliseconds of a decoding step of the int8 graph with random weights, on this thread alone.

    It is the median of the thread's processor time, so that other work on the machine does not count.
    """
    torch.manual_seed(0)
    decoder = Decoder(shape).eval()
    writer = DecoderWriter(
        shape,
        weights_of(decoder),
        linear=Int8Linear(7, per_row=True),
        attention=PlainAttention(shape, rotary_operator=True),
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.onnx"
        onnx.save(writer.write(), file)
        session = DecoderSession(file)
    ids = np.random.default_rng(0).integers(0, shape.vocabulary, 512)
    _, cache = session.run(ids, logits_to_keep=1)
    times = []
    for _ in range(steps):
        start = time.thread_time()
        session.run(ids[:1], cache, logits_to_keep=1)
        times.append(time.thread_time() - start)
    return 1000 * statistics.median(times)


def size_figures(label: str, tokenizer: Tokenizer, documents: list[Document]) -> tuple[list[Figure], float]:
    """Return the figures of a tokenizer, and the characters a token of TypeScript, JavaScript and Python holds."""
    figures = []
    code_characters = code_tokens = 0
    for language, texts in sorted(texts_by_language(documents).items()):
        tokens = count(tokenizer, texts)
        size = sum(len(text.encode()) for text in texts)
        figures.append(Figure(f"{label}, held-out {language}", size / tokens, "byte/token"))
        if language in SCRIPT_LANGUAGES or language == "python":
            code_characters += sum(map(len, texts))
            code_tokens += tokens
    for language, runs in prose(documents).items():
        if runs:
            figures.append(
                Figure(f"{label}, {language} prose", count(tokenizer, runs) / sum(map(len, runs)), "token/character")
            )
    indented = ["\n" + " " * width + "x" for width in (2, 4, 8, 12, 16, 24)]
    figures.append(Figure(f"{label}, indentation of 2 to 24 blanks", count(tokenizer, indented) / 6 - 1, "token"))
    return figures, code_characters / code_tokens


def main() -> None:
    """Train one tokenizer, cut it to every size, and measure all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--held-out", "--out", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[8192, 16384, 32768])
    parser.add_argument("--presets", nargs="+", default=["cpu", "cpu16", "gpu"], choices=sorted(PRESETS))
    parser.add_argument("--characters", type=int, default=TRAINING_CHARACTERS)
    arguments = parser.parse_args()
    kept = arguments.out / str(max(arguments.sizes)) / "tokenizer.json"
    if kept.exists():
        print(f"{kept} is there; only the figures are made anew", flush=True)
        largest = Tokenizer.from_file(str(kept))
    else:
        texts = sample_texts(load_documents(arguments.corpus), arguments.characters, seed=1)
        largest = train_tokenizer(texts, max(arguments.sizes))
        write_tokenizer(largest, kept.parent, 1024)
    held_out = load_documents(arguments.held_out)
    figures = []
    for size in sorted(arguments.sizes):
        tokenizer = cut_vocabulary(largest, size)
        require_lossless(tokenizer, [document.text for document in held_out[:200]])
        write_tokenizer(tokenizer, arguments.out / str(size), 1024)
        label = f"vocabulary of {size:,}"
        found, characters = size_figures(label, tokenizer, held_out)
        figures += [*found, Figure(f"{label}, TypeScript, JavaScript and Python", characters, "character/token")]
        for preset in arguments.presets:
            shape = replace(PRESETS[preset].shape, vocabulary=size)
            step = step_milliseconds(shape)
            name = f"{label}, shape {preset} ({shape.parameters() / 1e6:.1f} M parameters)"
            figures.append(Figure(f"{name}, processor time of a step after 512 tokens, 1 thread", step, "ms"))
            figures.append(Figure(f"{name}, time of a character of code", step / characters, "ms"))
    write_figures(arguments.figures, figures)


if __name__ == "__main__":
    main()
