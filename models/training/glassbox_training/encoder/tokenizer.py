"""Trains the encoder's tokenizer: words without case, identifiers in their parts.

python -m glassbox_training.encoder.tokenizer --corpus WORK/corpus/train.jsonl --out WORK/encoder/tokenizer

`getUserName`, `get_user_name` and "get user name" become the same tokens, so that what a description and a function have
in common is seen from the first step of training.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, normalizers, processors

from ..byte_level_bpe import (
    add_tokenizer_arguments,
    corpus_texts,
    save_tokenizer,
    split_at,
    tell_size,
    train_bpe,
)
from .special_tokens import BEGIN, MASK, PADDING, SEPARATOR, SPECIAL_TOKENS, UNKNOWN

#: Where an identifier has a seam: `user|Name`, `HTTP|Server`.
SEAMS = r"(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})"
#: What becomes tokens: words, single digits and single signs; blanks and underscores only part them.
PIECES = r"[\p{L}\p{M}]+|\p{N}|[^\p{L}\p{M}\p{N}_ \t\r\n]"
LONGEST_TOKEN = 24


def train_tokenizer(texts: Iterator[str], vocabulary: int) -> Tokenizer:
    """Train byte-level BPE on lower-case words."""
    tokenizer = train_bpe(
        texts,
        vocabulary,
        split=split_at(PIECES, removed=True),
        special_tokens=SPECIAL_TOKENS,
        longest_token=LONGEST_TOKEN,
        normalizer=normalizers.Sequence([normalizers.Replace(Regex(SEAMS), " "), normalizers.Lowercase()]),
    )
    begin, separator = SPECIAL_TOKENS[BEGIN], SPECIAL_TOKENS[SEPARATOR]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {separator}",
        pair=f"{begin} $A {separator} $B:1 {separator}:1",
        special_tokens=[(begin, BEGIN), (separator, SEPARATOR)],
    )
    return tokenizer


def write_tokenizer(tokenizer: Tokenizer, out: Path, context: int) -> None:
    """Write tokenizer.json and tokenizer_config.json."""
    own = {
        "pad_token": SPECIAL_TOKENS[PADDING],
        "unk_token": SPECIAL_TOKENS[UNKNOWN],
        "cls_token": SPECIAL_TOKENS[BEGIN],
        "sep_token": SPECIAL_TOKENS[SEPARATOR],
        "mask_token": SPECIAL_TOKENS[MASK],
        "clean_up_tokenization_spaces": False,
    }
    save_tokenizer(tokenizer, out, context, own)


def main() -> None:
    """Train the tokenizer and print how many characters a token holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_tokenizer_arguments(parser, vocabulary=12_288)
    parser.add_argument("--context", type=int, default=256)
    arguments = parser.parse_args()
    texts, measured = corpus_texts(arguments.corpus)
    tokenizer = train_tokenizer(texts, arguments.vocabulary)
    write_tokenizer(tokenizer, arguments.out, arguments.context)
    tell_size(tokenizer, measured)


if __name__ == "__main__":
    main()
