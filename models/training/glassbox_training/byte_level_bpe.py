"""Byte-level BPE for both models: texts to train on, the training itself, and the files that transformers.js reads."""

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from .documents import load_documents
from .filters import hangul_share
from .repository_files import Document
from .stream import KOREAN_SHARE, READING_WEIGHT

TRAINING_CHARACTERS = 60_000_000
MEASURED_CHARACTERS = 2_000_000
#: Share of the training text that comes from files with Korean text, so that Korean comments cost few tokens.
KOREAN_TRAINING_SHARE = 0.06


def train_bpe(
    texts: Iterator[str],
    vocabulary: int,
    *,
    split: pre_tokenizers.Split,
    special_tokens: list[str],
    longest_token: int,
    normalizer: normalizers.Normalizer | None = None,
) -> Tokenizer:
    """Train on the texts; merges stay inside the pieces that `split` makes, special tokens take the first ids."""
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[AddedToken(token, normalized=False, special=True) for token in special_tokens],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=longest_token,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def split_at(pieces: str, removed: bool = False) -> pre_tokenizers.Split:
    """Return the split into pieces that match a pattern; with `removed`, what lies between them is dropped."""
    return pre_tokenizers.Split(Regex(pieces), "removed" if removed else "isolated", invert=removed)


def save_tokenizer(tokenizer: Tokenizer, out: Path, context: int, own: Mapping[str, object]) -> None:
    """Write tokenizer.json and tokenizer_config.json; `own` is what the configuration says of special tokens."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": context, **own}
    (out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def sample_texts(documents: list[Document], characters: int, seed: int) -> Iterator[str]:
    """Yield documents until they have that many characters: some Korean ones, then others as often as they are read."""
    rng = random.Random(seed)
    korean = [document for document in documents if hangul_share(document.text) > KOREAN_SHARE]
    rng.shuffle(korean)
    left = characters * KOREAN_TRAINING_SHARE
    for document in korean:
        if left > 0:
            yield document.text
            left -= len(document.text)
            characters -= len(document.text)
    keys = [rng.random() ** (1 / READING_WEIGHT.get(document.language, 1.0)) for document in documents]
    for index in sorted(range(len(documents)), key=keys.__getitem__, reverse=True):
        yield documents[index].text
        characters -= len(documents[index].text)
        if characters < 0:
            return


def corpus_texts(corpus: Path) -> tuple[Iterator[str], list[str]]:
    """Return texts to train a tokenizer on, and some to measure it on."""
    documents = load_documents(corpus)
    return sample_texts(documents, TRAINING_CHARACTERS, seed=1), list(
        sample_texts(documents, MEASURED_CHARACTERS, seed=2)
    )


def tell_size(tokenizer: Tokenizer, texts: list[str]) -> None:
    """Print how many tokens there are, and how many characters of the texts one holds."""
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False))
    print(f"{tokenizer.get_vocab_size()} tokens, {sum(map(len, texts)) / tokens:.3f} characters a token")


def add_tokenizer_arguments(parser: argparse.ArgumentParser, vocabulary: int) -> None:
    """Declare the arguments that training either tokenizer has."""
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=vocabulary)
