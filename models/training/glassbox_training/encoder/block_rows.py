"""Rows for the two heads: blocks of code with masked tokens, and whether the second block follows the first."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from ..stream import READING_WEIGHT
from .special_tokens import BEGIN, MASK, PADDING, SEPARATOR, SPECIAL_TOKENS

#: Tokens of a row: [CLS], a block, [SEP], a block, [SEP].
ROW_LENGTH = 128
MASKED_SHARE = 0.15
#: Of the masked tokens, so many become [MASK], and so many another token; the rest stay.
REPLACED_BY_MASK, REPLACED_BY_RANDOM = 0.8, 0.1
#: What a target is where nothing was masked.
NO_TARGET = -100
BATCH_OF_TEXTS = 512


@dataclass(frozen=True)
class Blocks:
    """A batch: ids and segments [rows, 128], masked-token targets likewise, and 1 where the second block does not follow."""

    ids: Tensor
    segments: Tensor
    targets: Tensor
    unrelated: Tensor

    def moved(self, move: Callable[[Tensor], Tensor]) -> "Blocks":
        """Return the batch with each tensor brought where `move` brings it."""
        return Blocks(*(move(tensor) for tensor in vars(self).values()))


def sample_corpus(corpus: Path, characters: int, seed: int) -> list[str]:
    """Return documents of about so many characters, drawn evenly from the file without keeping all of it in memory."""
    rng = random.Random(seed)
    share = min(1.0, 1.4 * characters / corpus.stat().st_size)
    texts, total = [], 0
    with corpus.open(encoding="utf-8") as file:
        for line in file:
            if rng.random() >= share:
                continue
            document = json.loads(line)
            if rng.random() < READING_WEIGHT.get(document["language"], 1.0):
                texts.append(document["text"])
                total += len(document["text"])
            if total > characters:
                break
    return texts


class BlockRows:
    """Tokens of documents, one after the other; rows are drawn from them. Row `n` depends on the seed and `n` alone."""

    def __init__(self, texts: list[str], tokenizer: Tokenizer, seed: int) -> None:
        """Tokenize the documents; those too short for two blocks are left out."""
        self._seed = seed
        self._vocabulary = tokenizer.get_vocab_size()
        self._block = (ROW_LENGTH - 3) // 2
        parts: list[np.ndarray] = []
        for first in range(0, len(texts), BATCH_OF_TEXTS):
            encodings = tokenizer.encode_batch(texts[first : first + BATCH_OF_TEXTS], add_special_tokens=False)
            parts += [np.array(e.ids, np.int16) for e in encodings if len(e.ids) >= 2 * self._block]
        if not parts:
            raise SystemExit("the corpus holds no document that is long enough for two blocks")
        self._tokens = np.concatenate(parts)
        #: Where each document ends.
        self._ends = np.cumsum([len(part) for part in parts])

    def batch(self, first: int, rows: int) -> Blocks:
        """Return rows `first` to `first + rows`."""
        made = [self._row(np.random.default_rng((self._seed, first + row))) for row in range(rows)]
        ids, targets, unrelated = zip(*made, strict=True)
        segments = np.zeros((rows, ROW_LENGTH), np.int64)
        segments[:, self._block + 2 :] = 1
        return Blocks(
            torch.from_numpy(np.stack(ids)),
            torch.from_numpy(segments),
            torch.from_numpy(np.stack(targets)),
            torch.tensor(unrelated),
        )

    def _row(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int]:
        start = self._start(rng)
        unrelated = int(rng.random() < 0.5)
        second = self._start(rng) if unrelated else start + self._block
        ids = np.full(ROW_LENGTH, PADDING, np.int64)
        ids[0] = BEGIN
        ids[1 : self._block + 1] = self._tokens[start : start + self._block]
        ids[self._block + 1] = SEPARATOR
        ids[self._block + 2 : 2 * self._block + 2] = self._tokens[second : second + self._block]
        ids[2 * self._block + 2] = SEPARATOR
        targets = np.full(ROW_LENGTH, NO_TARGET, np.int64)
        chosen = (rng.random(ROW_LENGTH) < MASKED_SHARE) & (ids >= len(SPECIAL_TOKENS))
        targets[chosen] = ids[chosen]
        fate = rng.random(ROW_LENGTH)
        ids[chosen & (fate < REPLACED_BY_MASK)] = MASK
        other = chosen & (fate >= REPLACED_BY_MASK) & (fate < REPLACED_BY_MASK + REPLACED_BY_RANDOM)
        ids[other] = rng.integers(len(SPECIAL_TOKENS), self._vocabulary, other.sum())
        return ids, targets, unrelated

    def _start(self, rng: np.random.Generator) -> int:
        """Draw where two blocks of one document begin."""
        while True:
            start = int(rng.integers(0, len(self._tokens) - 2 * self._block + 1))
            end = self._ends[np.searchsorted(self._ends, start, side="right")]
            if start + 2 * self._block <= end:
                return start
