"""Turns documents into rows of token ids, in the format that the editor sends (see the README, "Prompt format")."""

import bisect
import itertools
import random
from collections import defaultdict

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .corpus import Document
from .infill import random_cut
from .languages import SCRIPT_LANGUAGES
from .special_tokens import SPECIAL_TOKENS

#: How often a character of a language is read relative to one of the languages not named here.
READING_WEIGHT: dict[str, float] = {
    **dict.fromkeys(SCRIPT_LANGUAGES, 1.5),
    "python": 1.5,
    "vue": 1.5,
    "svelte": 1.5,
    "html": 1.5,
    "css": 1.5,
    "go": 1.5,
    "shellscript": 1.5,
    "sql": 1.5,
    "markdown": 0.6,
    "restructuredtext": 0.4,
    "kotlin": 0.5,
}

INFILL_SHARE = 0.6
PATHLESS_SHARE = 0.08
CHUNK_SHARE = 0.2
SUFFIXLESS_SHARE = 0.2
LARGEST_SUFFIX_SHARE = 0.15
CHARACTERS_PER_TOKEN = 4
SMALLEST_SAMPLE = 48

END_OF_TEXT, FIM_PREFIX, FIM_SUFFIX, FIM_MIDDLE, FIM_END, PATH, CHUNK = range(7)
assert SPECIAL_TOKENS[CHUNK] == "<|chunk|>"


class SampleStream:
    """An endless, seeded stream of rows. Row `n` depends on the seed and `n` alone, so a run can go on anywhere."""

    def __init__(self, documents: list[Document], tokenizer: Tokenizer, seed: int) -> None:
        """Take the documents to read from."""
        self._documents = documents
        self._tokenizer = tokenizer
        self._seed = seed
        weights = (len(document.text) * READING_WEIGHT.get(document.language, 1.0) for document in documents)
        self._cumulative = list(itertools.accumulate(weights))
        self._neighbours: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, document in enumerate(documents):
            self._neighbours[document.repository, document.language].append(index)

    def batch(self, step: int, rows: int, length: int) -> tuple[Tensor, Tensor]:
        """Return inputs and next-token targets, each [rows, length]; rows are full, so nothing is padded."""
        ids = torch.tensor([self.row(step * rows + row, length + 1) for row in range(rows)])
        return ids[:, :-1].contiguous(), ids[:, 1:].contiguous()

    def row(self, number: int, length: int) -> list[int]:
        """Return exactly `length` ids: samples one after the other, each made to fit the room that is left."""
        rng = random.Random(self._seed * 1_000_003 + number)
        ids: list[int] = []
        while len(ids) < length:
            room = length - len(ids)
            wanted = room if room < 2 * SMALLEST_SAMPLE or rng.random() < 0.5 else rng.randint(SMALLEST_SAMPLE, room)
            ids += self._sample(rng, wanted)[:room]
        return ids

    def _sample(self, rng: random.Random, budget: int) -> list[int]:
        at = bisect.bisect(self._cumulative, rng.random() * self._cumulative[-1])
        document = self._documents[min(at, len(self._documents) - 1)]
        head: list[int] = []
        if rng.random() >= PATHLESS_SHARE:
            head = [PATH, *self._encode(f"{document.path}\n")]
        if rng.random() < CHUNK_SHARE and budget > 4 * SMALLEST_SAMPLE:
            head += self._chunks(rng, document, budget * 2 // 5)
        if rng.random() < INFILL_SHARE:
            return self._infill(rng, document.text, head, budget)
        return self._plain(rng, document.text, head, budget)

    def _plain(self, rng: random.Random, text: str, head: list[int], budget: int) -> list[int]:
        start = 0
        if len(text) > budget * CHARACTERS_PER_TOKEN and rng.random() < 0.8:
            start = text.rfind("\n", 0, rng.randrange(len(text) - budget * 2)) + 1
        body = self._encode(text[start : start + budget * 8])
        return [*head, *body, END_OF_TEXT][:budget]

    def _infill(self, rng: random.Random, text: str, head: list[int], budget: int) -> list[int]:
        cut = random_cut(text, rng)
        middle = self._encode(text[cut.line : cut.end])[: max(8, budget // 2)]
        suffix: list[int] = []
        if rng.random() >= SUFFIXLESS_SHARE:
            most = rng.randint(1, max(1, int(budget * LARGEST_SUFFIX_SHARE)))
            suffix = self._encode(text[cut.end : cut.end + most * 8])[:most]
        room = budget - len(head) - len(suffix) - len(middle) - 4
        prefix: list[int] = []
        if room > 0:
            start = max(0, cut.line - room * CHARACTERS_PER_TOKEN)
            if start:
                start = text.rfind("\n", 0, start) + 1
            prefix = self._encode(text[start : cut.line])[-room:]
        return [*head, FIM_PREFIX, *prefix, FIM_SUFFIX, *suffix, FIM_MIDDLE, *middle, FIM_END]

    def _chunks(self, rng: random.Random, document: Document, budget: int) -> list[int]:
        neighbours = self._neighbours[document.repository, document.language]
        ids: list[int] = []
        for _ in range(rng.randint(1, 3)):
            other = self._documents[rng.choice(neighbours)]
            if other is document:
                continue
            lines = other.text.split("\n")
            start = rng.randrange(max(1, len(lines) - 8))
            code = "\n".join(lines[start : start + rng.randint(5, 20)])
            chunk = [CHUNK, *self._encode(f"{other.path}\n{code}\n")]
            if len(ids) + len(chunk) > budget:
                break
            ids += chunk
        return ids

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text).ids
