"""Trains the byte-level BPE tokenizer and writes it with the configuration files that transformers.js reads.

python -m glassbox_training.tokenizer --corpus WORK/corpus/train.jsonl --out WORK/tokenizer [--vocabulary 8192]
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from .documents import load_documents
from .filters import hangul_share
from .repository_files import Document
from .special_tokens import END_OF_TEXT, SPECIAL_TOKENS
from .stream import KOREAN_SHARE, READING_WEIGHT

#: Pieces inside which BPE may merge: line breaks with the indentation that follows; a word of letters and underscores,
#: one to three digits, or a run of punctuation, each with at most one blank before it; other blanks. The classes are
#: spelled out because `\s` differs between the regex engines of Python, Rust and JavaScript.
PIECES = r"(?:\r?\n)+[ \t]*| ?[\p{L}\p{M}_]+| ?\p{N}{1,3}| ?[^ \t\r\n\p{L}\p{M}\p{N}_]+|[ \t]+|\r"

TRAINING_CHARACTERS = 60_000_000
#: Share of the training text that comes from files with Korean text, so that Korean comments cost few tokens.
KOREAN_TRAINING_SHARE = 0.06


def train_tokenizer(texts: Iterator[str], vocabulary: int) -> Tokenizer:
    """Train on the texts. No normalizer and no added blank: every string comes back exactly from its ids."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[AddedToken(token, normalized=False, special=True) for token in SPECIAL_TOKENS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        max_token_length=40,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def cut_vocabulary(tokenizer: Tokenizer, vocabulary: int) -> Tokenizer:
    """Return the tokenizer that training would have given at a smaller vocabulary: the first merges are the same."""
    data = json.loads(tokenizer.to_str())
    ids: dict[str, int] = data["model"]["vocab"]
    data["model"]["vocab"] = {token: number for token, number in ids.items() if number < vocabulary}
    data["model"]["merges"] = [pair for pair in data["model"]["merges"] if ids["".join(pair)] < vocabulary]
    return Tokenizer.from_str(json.dumps(data))


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


def write_tokenizer(tokenizer: Tokenizer, out: Path, context_length: int) -> None:
    """Write tokenizer.json and tokenizer_config.json."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": context_length,
        "bos_token": None,
        "eos_token": END_OF_TEXT,
        "pad_token": END_OF_TEXT,
        "unk_token": None,
        "add_bos_token": False,
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "additional_special_tokens": SPECIAL_TOKENS[1:],
    }
    (out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def require_lossless(tokenizer: Tokenizer, texts: list[str]) -> None:
    """End with a message when a text does not come back from its ids."""
    if any(tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) != text for text in texts):
        raise SystemExit("the tokenizer is not lossless")


def main() -> None:
    """Train the tokenizer and print how many characters a token holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=8192)
    parser.add_argument("--context-length", type=int, default=1024)
    arguments = parser.parse_args()
    documents = load_documents(arguments.corpus)
    tokenizer = train_tokenizer(sample_texts(documents, TRAINING_CHARACTERS, seed=1), arguments.vocabulary)
    write_tokenizer(tokenizer, arguments.out, arguments.context_length)
    texts = list(sample_texts(documents, 2_000_000, seed=2))
    require_lossless(tokenizer, texts[:200])
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(texts))
    print(f"{tokenizer.get_vocab_size()} tokens, {sum(map(len, texts)) / tokens:.3f} characters a token")


if __name__ == "__main__":
    main()
