"""Near-duplicates by MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, chapter 3)."""

import re
import zlib

import numpy as np

_WORD = re.compile(r"\w+")
_PRIME = np.uint64((1 << 61) - 1)


class NearDuplicates:
    """Remembers the documents it has seen and tells whether a new one nearly equals one of them.

    64 hash functions in 16 bands of 4: two documents with Jaccard similarity 0.8 of their 5-word shingles meet in at
    least one band with probability 0.9998, with 0.5 in 64 % of cases; the estimate over all 64 then decides.
    """

    def __init__(self, similarity: float = 0.75, hashes: int = 64, bands: int = 16, seed: int = 1) -> None:
        """Take the similarity from which two documents count as the same."""
        generator = np.random.default_rng(seed)
        self._similarity = similarity
        self._bands = bands
        self._multiplier = generator.integers(1, 1 << 31, size=(hashes, 1), dtype=np.uint64)
        self._offset = generator.integers(0, 1 << 31, size=(hashes, 1), dtype=np.uint64)
        self._buckets: dict[tuple[int, bytes], int] = {}
        self._signatures: list[np.ndarray] = []

    def add(self, text: str) -> bool:
        """Return True when the text nearly equals an earlier one; remember it otherwise."""
        signature = self._signature(text)
        keys = [(band, part.tobytes()) for band, part in enumerate(np.split(signature, self._bands))]
        for key in keys:
            earlier = self._buckets.get(key)
            if earlier is not None and float(np.mean(self._signatures[earlier] == signature)) >= self._similarity:
                return True
        for key in keys:
            self._buckets.setdefault(key, len(self._signatures))
        self._signatures.append(signature)
        return False

    def _signature(self, text: str) -> np.ndarray:
        words = _WORD.findall(text)[:4_000]
        shingles = {" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))}
        hashed = np.fromiter(
            (zlib.crc32(shingle.encode()) for shingle in shingles), dtype=np.uint64, count=len(shingles)
        )
        return ((self._multiplier * hashed[None, :] + self._offset) % _PRIME).min(axis=1)
