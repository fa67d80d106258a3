"""Near-duplicates by MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, chapter 3)."""

import re
import zlib

import numpy as np

HASHES = 64
SHINGLE_WORDS = 5
LARGEST_WORDS = 4_000

_WORD = re.compile(r"\w+")
_generator = np.random.default_rng(1)
_MULTIPLIER = _generator.integers(0, 1 << 63, size=(HASHES, 1), dtype=np.uint64) | np.uint64(1)
_OFFSET = _generator.integers(0, 1 << 63, size=(HASHES, 1), dtype=np.uint64)
_PLACE = _generator.integers(0, 1 << 63, size=SHINGLE_WORDS, dtype=np.uint64) | np.uint64(1)


def minhash(text: str) -> np.ndarray:
    """Return the smallest of the 5-word shingles' hashes under 64 hash functions, uint32 [64]."""
    words = _WORD.findall(text)[:LARGEST_WORDS]
    words += [""] * (SHINGLE_WORDS - len(words))
    hashed = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    count = len(words) - SHINGLE_WORDS + 1
    shingles = np.zeros(count, dtype=np.uint64)
    for at, place in enumerate(_PLACE):
        shingles += hashed[at : at + count] * place
    shingles ^= shingles >> np.uint64(29)
    return ((_MULTIPLIER * np.unique(shingles)[None, :] + _OFFSET) >> np.uint64(32)).min(axis=1).astype(np.uint32)


class NearDuplicates:
    """Remembers the signatures it has seen and tells whether a new one nearly equals one of them.

    64 hash functions in 16 bands of 4: two documents with Jaccard similarity 0.8 of their 5-word shingles meet in at
    least one band with probability 0.9998, with 0.5 in 64 % of cases; the estimate over all 64 then decides.
    """

    def __init__(self, similarity: float = 0.75, bands: int = 16) -> None:
        """Take the similarity from which two documents count as the same."""
        self._similarity = similarity
        self._bands = bands
        self._buckets: dict[tuple[int, bytes], int] = {}
        self._signatures: list[np.ndarray] = []

    def add(self, signature: np.ndarray) -> bool:
        """Return True when the signature nearly equals an earlier one; remember it otherwise."""
        keys = [(band, part.tobytes()) for band, part in enumerate(np.split(signature, self._bands))]
        for key in keys:
            earlier = self._buckets.get(key)
            if earlier is not None and float(np.mean(self._signatures[earlier] == signature)) >= self._similarity:
                return True
        for key in keys:
            self._buckets.setdefault(key, len(self._signatures))
        self._signatures.append(signature)
        return False
