"""Trains the encoder's tokenizer: words without case, identifiers in their parts.

python -m glassbox_training.encoder.tokenizer --corpus WORK/corpus/train.jsonl --out WORK/encoder/tokenizer

`getUserName`, `get_user_name` and "get user name" become the same tokens, so that what a description and a function have
in common is seen from the first step of training.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from ..documents import load_documents
from ..tokenizer import sample_texts
from .special_tokens import BEGIN, MASK, PADDING, SEPARATOR, SPECIAL_TOKENS, UNKNOWN

#: Where an identifier has a seam: `user|Name`, `HTTP|Server`.
SEAMS = r"(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})"
#: What becomes tokens: words, single digits and single signs; blanks and underscores only part them.
PIECES = r"[\p{L}\p{M}]+|\p{N}|[^\p{L}\p{M}\p{N}_ \t\r\n]"
TRAINING_CHARACTERS = 60_000_000
LONGEST_TOKEN = 24


def train_tokenizer(texts: Iterator[str], vocabulary: int) -> Tokenizer:
    """Train byte-level BPE on lower-case words."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(Regex(SEAMS), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=LONGEST_TOKEN,
    )
    tokenizer.train_from_iterator(texts, trainer)
    begin, separator = SPECIAL_TOKENS[BEGIN], SPECIAL_TOKENS[SEPARATOR]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {separator}",
        pair=f"{begin} $A {separator} $B:1 {separator}:1",
        special_tokens=[(begin, BEGIN), (separator, SEPARATOR)],
    )
    return tokenizer


def write_tokenizer(tokenizer: Tokenizer, out: Path, context: int) -> None:
    """Write tokenizer.json and tokenizer_config.json."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": context,
        "pad_token": SPECIAL_TOKENS[PADDING],
        "unk_token": SPECIAL_TOKENS[UNKNOWN],
        "cls_token": SPECIAL_TOKENS[BEGIN],
        "sep_token": SPECIAL_TOKENS[SEPARATOR],
        "mask_token": SPECIAL_TOKENS[MASK],
        "clean_up_tokenization_spaces": False,
    }
    (out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def main() -> None:
    """Train the tokenizer and print how many characters a token holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=12_288)
    parser.add_argument("--context", type=int, default=256)
    arguments = parser.parse_args()
    documents = load_documents(arguments.corpus)
    tokenizer = train_tokenizer(sample_texts(documents, TRAINING_CHARACTERS, seed=1), arguments.vocabulary)
    write_tokenizer(tokenizer, arguments.out, arguments.context)
    texts = list(sample_texts(documents, 2_000_000, seed=2))
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False))
    print(f"{tokenizer.get_vocab_size()} tokens, {sum(map(len, texts)) / tokens:.3f} characters a token")


if __name__ == "__main__":
    main()
