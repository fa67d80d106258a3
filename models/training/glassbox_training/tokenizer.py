"""Trains the byte-level BPE tokenizer and writes it with the configuration files that transformers.js reads.

python -m glassbox_training.tokenizer --corpus WORK/corpus/train.jsonl --out WORK/tokenizer [--vocabulary 8192]
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from .byte_level_bpe import (
    add_tokenizer_arguments,
    corpus_texts,
    save_tokenizer,
    split_at,
    tell_size,
    train_bpe,
)
from .special_tokens import END_OF_TEXT, SPECIAL_TOKENS

#: Pieces inside which BPE may merge: line breaks with the indentation that follows; a word of letters and underscores,
#: one to three digits, or a run of punctuation, each with at most one blank before it; other blanks. The classes are
#: spelled out because `\s` differs between the regex engines of Python, Rust and JavaScript.
PIECES = r"(?:\r?\n)+[ \t]*| ?[\p{L}\p{M}_]+| ?\p{N}{1,3}| ?[^ \t\r\n\p{L}\p{M}\p{N}_]+|[ \t]+|\r"
LONGEST_TOKEN = 40


def train_tokenizer(texts: Iterator[str], vocabulary: int) -> Tokenizer:
    """Train on the texts. No normalizer and no added blank: every string comes back exactly from its ids."""
    return train_bpe(
        texts, vocabulary, split=split_at(PIECES), special_tokens=SPECIAL_TOKENS, longest_token=LONGEST_TOKEN
    )


def cut_vocabulary(tokenizer: Tokenizer, vocabulary: int) -> Tokenizer:
    """Return the tokenizer that training would have given at a smaller vocabulary: the first merges are the same."""
    data = json.loads(tokenizer.to_str())
    ids: dict[str, int] = data["model"]["vocab"]
    data["model"]["vocab"] = {token: number for token, number in ids.items() if number < vocabulary}
    data["model"]["merges"] = [pair for pair in data["model"]["merges"] if ids["".join(pair)] < vocabulary]
    return Tokenizer.from_str(json.dumps(data))


def write_tokenizer(tokenizer: Tokenizer, out: Path, context_length: int) -> None:
    """Write tokenizer.json and tokenizer_config.json."""
    own = {
        "bos_token": None,
        "eos_token": END_OF_TEXT,
        "pad_token": END_OF_TEXT,
        "unk_token": None,
        "add_bos_token": False,
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "additional_special_tokens": SPECIAL_TOKENS[1:],
    }
    save_tokenizer(tokenizer, out, context_length, own)


def require_lossless(tokenizer: Tokenizer, texts: list[str]) -> None:
    """End with a message when a text does not come back from its ids."""
    if any(tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) != text for text in texts):
        raise SystemExit("the tokenizer is not lossless")


def main() -> None:
    """Train the tokenizer and print how many characters a token holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_tokenizer_arguments(parser, vocabulary=8192)
    parser.add_argument("--context-length", type=int, default=1024)
    arguments = parser.parse_args()
    texts, measured = corpus_texts(arguments.corpus)
    tokenizer = train_tokenizer(texts, arguments.vocabulary)
    write_tokenizer(tokenizer, arguments.out, arguments.context_length)
    require_lossless(tokenizer, measured[:200])
    tell_size(tokenizer, measured)


if __name__ == "__main__":
    main()
