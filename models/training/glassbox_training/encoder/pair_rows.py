"""Pairs of descriptions and code as rows of token ids, and batches of them."""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

#: Longest description and longest code, in tokens; longer ones lose their end.
DESCRIPTION_LENGTH = 64
CODE_LENGTH = 256
#: Characters that surely hold more tokens than are kept of them.
LARGEST_TOKEN_CHARACTERS = 24
#: Codes of a batch that goes through the layers are alike in length, so that little of it is padding: one of these classes,
#: the last one for all that is longer.
LENGTH_CLASSES = (48, 96)
#: So many neighbours in a batch come from the same repository: they are hard to tell apart.
NEIGHBOURS = 128
FEWEST_PAIRS = 32
BATCH_OF_TEXTS = 4096


@dataclass(frozen=True)
class PairRows:
    """Ids of descriptions [pairs, 64] and codes [pairs, 256], padded with 0, and a number for each one's repository."""

    descriptions: np.ndarray
    codes: np.ndarray
    repositories: np.ndarray

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.descriptions)


def read_pairs(paths: Iterable[Path]) -> list[dict[str, str]]:
    """Read files that the pairs step wrote; end with a message when one is not whole."""
    pairs: list[dict[str, str]] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                pairs.append(json.loads(line))
            except ValueError as error:
                raise SystemExit(f"{path}, line {number}: not a pair ({error}); make the file again") from error
    return pairs


def token_rows(texts: list[str], tokenizer: Tokenizer, length: int) -> np.ndarray:
    """Return ids [texts, length], int16, padded with 0."""
    tokenizer.enable_truncation(length)
    rows = np.zeros((len(texts), length), np.int16)
    for first in range(0, len(texts), BATCH_OF_TEXTS):
        cut = [text[: LARGEST_TOKEN_CHARACTERS * length] for text in texts[first : first + BATCH_OF_TEXTS]]
        for offset, encoding in enumerate(tokenizer.encode_batch(cut)):
            rows[first + offset, : len(encoding.ids)] = encoding.ids
    tokenizer.no_truncation()
    return rows


def pair_rows(pairs: list[dict[str, str]], tokenizer: Tokenizer) -> PairRows:
    """Tokenize pairs."""
    numbers: dict[str, int] = {}
    return PairRows(
        token_rows([pair["description"] for pair in pairs], tokenizer, DESCRIPTION_LENGTH),
        token_rows([pair["code"] for pair in pairs], tokenizer, CODE_LENGTH),
        np.array([numbers.setdefault(pair["repository"], len(numbers)) for pair in pairs]),
    )


def kept_rows(kept: Path, pairs: list[Path], folder: Path, tokenizer: Tokenizer) -> PairRows:
    """Tokenize files of pairs, or read what was kept of it when neither they nor the tokenizer have changed since."""
    sizes = ",".join(str(path.stat().st_size) for path in pairs)
    source = f"{sizes} {hashlib.sha256((folder / 'tokenizer.json').read_bytes()).hexdigest()}"
    if kept.exists():
        with np.load(kept) as saved:
            if str(saved["source"]) == source:
                return PairRows(saved["descriptions"], saved["codes"], saved["repositories"])
    rows = pair_rows(read_pairs(pairs), tokenizer)
    part = kept.with_name(f"part.{kept.name}")
    np.savez(part, source=np.array(source), **vars(rows))
    part.replace(kept)
    return rows


def batch_order(rows: PairRows, size: int, seed: int, alike: bool) -> np.ndarray:
    """Return indices [batches, size] of one reading, in random order; what does not fill a batch is left out.

    With `alike` the codes of a batch are of one length class.
    """
    rng = np.random.default_rng(seed)
    lengths = np.searchsorted(LENGTH_CLASSES, (rows.codes > 0).sum(1)) if alike else np.zeros(len(rows), np.int64)
    kin = rows.repositories * (len(LENGTH_CLASSES) + 1) + lengths
    shuffled = rng.permutation(len(rows))
    shuffled = shuffled[np.argsort(kin[shuffled], kind="stable")]
    neighbours = min(NEIGHBOURS, len(rows))
    whole = len(shuffled) // neighbours * neighbours
    groups = rng.permutation(shuffled[:whole].reshape(-1, neighbours))
    groups = groups[np.argsort(lengths[groups[:, 0]], kind="stable")]
    whole = len(groups) * neighbours // size
    return rng.permutation(groups.reshape(-1)[: whole * size].reshape(whole, size))


def pair_batches(
    rows: PairRows, size: int, seed: int, first: int, alike: bool = False
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield descriptions and codes of batch `first` and all later ones, reading after reading, cut to their longest.

    Batches are smaller where there are fewer pairs.
    """
    size = batch_size(rows, size)
    batches = len(batch_order(rows, size, seed, alike))
    for reading in itertools.count(first // batches):
        order = batch_order(rows, size, seed + reading, alike)
        for chosen in order[first % batches :]:
            yield trimmed(rows.descriptions[chosen]), trimmed(rows.codes[chosen])
        first = 0


def batch_size(rows: PairRows, size: int) -> int:
    """Return how many pairs a batch holds that should hold `size`."""
    if len(rows) < FEWEST_PAIRS:
        raise SystemExit(f"{len(rows)} pairs are too few; {FEWEST_PAIRS} are the least")
    neighbours = min(NEIGHBOURS, len(rows))
    size = min(size, len(rows) // neighbours * neighbours)
    return size


def trimmed(ids: np.ndarray) -> Tensor:
    """Return ids as int64 without the columns that are padding in every row."""
    return torch.from_numpy(ids[:, : int((ids > 0).sum(1).max())].astype(np.int64))
