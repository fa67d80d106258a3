"""Finds files that share text with the evaluation benchmarks, so that no split holds any of it."""

import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from .git_repository import GitRepository, git_directory

#: As in GPT-3's test of contamination (Brown et al. 2020, appendix C): 13 words in a row.
WINDOW_WORDS = 13
#: Windows with fewer different words that are no numbers say nothing: lists of numbers are everywhere.
FEWEST_DISTINCT_WORDS = 6

_WORD = re.compile(r"\w+")
_PLACE = np.random.default_rng(2).integers(0, 1 << 63, size=WINDOW_WORDS, dtype=np.uint64) | np.uint64(1)


class BenchmarkOverlap:
    """The 13-word windows of the benchmarks' problems: their prompts with the solutions, and their tests."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the benchmark's texts."""
        self._word_ids: dict[str, int] = {}
        hashes = []
        for text in texts:
            words = _WORD.findall(text.lower())
            ids = [self._word_ids.setdefault(word, len(self._word_ids) + 1) for word in words]
            told = [
                len({word for word in words[at : at + WINDOW_WORDS] if not word.isdigit()}) >= FEWEST_DISTINCT_WORDS
                for at in range(len(words) - WINDOW_WORDS + 1)
            ]
            if any(told):
                hashes.append(_window_hashes(np.array(ids, dtype=np.uint64))[np.array(told)])
        self._hashes = np.unique(np.concatenate(hashes)) if hashes else np.empty(0, dtype=np.uint64)

    def __contains__(self, text: str) -> bool:
        """Tell whether the text shares a window of 13 words with a benchmark."""
        find = self._word_ids.get
        words = _WORD.findall(text.lower())
        ids = np.fromiter((find(word, 0) for word in words), dtype=np.uint64, count=len(words))
        if len(ids) < WINDOW_WORDS or not len(self._hashes):
            return False
        known = np.cumsum(np.concatenate([[0], ids > 0]))
        whole = np.flatnonzero(known[WINDOW_WORDS:] - known[:-WINDOW_WORDS] == WINDOW_WORDS)
        return bool(len(whole)) and bool(np.isin(_window_hashes(ids)[whole], self._hashes).any())


def _window_hashes(ids: np.ndarray) -> np.ndarray:
    count = max(0, len(ids) - WINDOW_WORDS + 1)
    total = np.zeros(count, dtype=np.uint64)
    for at, place in enumerate(_PLACE):
        total += ids[at : at + count] * place
    return total ^ (total >> np.uint64(31))


def benchmark_texts(list_file: Path, mirror: Path) -> list[str]:
    """Read the problems of the benchmarks that a list names: gzipped JSON lines in a repository at a commit."""
    texts = []
    for entry in json.loads(list_file.read_text()):
        git = GitRepository(git_directory(mirror, entry["repository"]))
        chosen = [blob for path, blob in git.paths(entry["commit"]) if path in entry["paths"]]
        for data in git.blobs(chosen):
            if data is None:
                raise ValueError(f"{entry['repository']}: the mirror lacks a file of the benchmark")
            for line in gzip.decompress(data).decode().splitlines():
                problem = json.loads(line)
                texts.append(f"{problem['prompt']}{problem['canonical_solution']}{problem.get('suffix', '')}")
                texts.append(problem.get("test", ""))
    return sorted(set(texts))
