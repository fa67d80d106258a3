"""How well descriptions find their functions: mean reciprocal rank, of embeddings and of BM25."""

import math
import re
from collections import Counter, defaultdict

import numpy as np

_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, identifiers in their parts."""
    return _WORD.findall(_SEAM.sub(" ", text).lower())


def bm25_scores(queries: list[str], documents: list[str], k1: float = 1.2, b: float = 0.75) -> np.ndarray:
    """Return scores [queries, documents] (Robertson and Zaragoza 2009, with idf that is never negative)."""
    counts = [Counter(words(document)) for document in documents]
    lengths = np.array([sum(count.values()) for count in counts], float)
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, count in enumerate(counts):
        for word, times in count.items():
            postings[word].append((index, times))
    scores = np.zeros((len(queries), len(documents)))
    for row, query in zip(scores, queries, strict=True):
        for word in words(query):
            found = postings.get(word, [])
            idf = math.log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for index, times in found:
                row[index] += idf * times * (k1 + 1) / (times + norm[index])
    return scores


def mean_reciprocal_rank(scores: np.ndarray) -> float:
    """Return the mean of 1 / rank of document i for query i; among equal scores the middle rank counts."""
    own = scores.diagonal()[:, None]
    ranks = 1 + (scores > own).sum(1) + ((scores == own).sum(1) - 1) / 2
    return float((1 / ranks).mean())
