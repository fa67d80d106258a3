"""Turns documents into rows of token ids, in the format that the editor sends (see the README, "Prompt format")."""

import bisect
import itertools
import random
import re

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .context_chunks import ChunkPicker
from .few_shot import training_text
from .filters import hangul_share
from .infill import random_cut
from .languages import SCRIPT_LANGUAGES
from .repository_files import Document
from .special_tokens import SPECIAL_TOKENS

#: How often a character of a language is read relative to one of the languages not named here.
READING_WEIGHT: dict[str, float] = {
    **dict.fromkeys(SCRIPT_LANGUAGES, 1.5),
    "python": 1.3,
    "vue": 1.5,
    "svelte": 1.5,
    "html": 1.5,
    "go": 1.5,
    "shellscript": 2.0,
    "sql": 1.5,
    "dockerfile": 2.0,
    "rust": 0.7,
    "markdown": 0.6,
    "restructuredtext": 0.3,
    "kotlin": 0.5,
}
#: Files with Korean text are few and are read more often.
KOREAN_WEIGHT = 3.0
KOREAN_SHARE = 0.03

FEW_SHOT_SHARE = 0.04
INFILL_SHARE = 0.65
#: Where the suffix stands: after the whole prefix, before it, or else a few lines above the cursor, as the editor asks.
PREFIX_FIRST_SHARE = 0.1
SUFFIX_FIRST_SHARE = 0.2
FEWEST_NEAR_LINES, MOST_NEAR_LINES = 4, 11
PATHLESS_SHARE = 0.15
CHUNK_SHARE = 0.3
IMPORT_DROPOUT_SHARE = 0.3
SUFFIXLESS_SHARE = 0.2
LARGEST_SUFFIX_SHARE = 0.15
CHARACTERS_PER_TOKEN = 4
SMALLEST_SAMPLE = 64
#: Samples that may fill a row. The others are shorter (log-uniform), so that more middles are read.
WHOLE_ROW_SHARE = 0.2

END_OF_TEXT, FIM_PREFIX, FIM_SUFFIX, FIM_MIDDLE, FIM_END, PATH, CHUNK = range(7)
assert SPECIAL_TOKENS[CHUNK] == "<|chunk|>"

_IMPORT_LINE = re.compile(
    r"^(?:import\b.*|from [\w.]+ import\b.*|.*\brequire\(.*\).*|#include\b.*|using [\w.]+;|use [\w:]+.*;)\n",
    re.MULTILINE,
)


def drop_imports(text: str, rng: random.Random) -> str:
    """Leave out each import line with probability one half, so that the model must use what else it sees."""
    return _IMPORT_LINE.sub(lambda match: "" if rng.random() < 0.5 else match.group(), text)


def near_start(before: str, rng: random.Random) -> int:
    """Return where the part of the prefix begins that stands after the suffix: always at the start of a line."""
    kind = rng.random()
    if kind < PREFIX_FIRST_SHARE:
        return len(before)
    if kind < PREFIX_FIRST_SHARE + SUFFIX_FIRST_SHARE:
        return 0
    at = len(before)
    for _ in range(rng.randint(FEWEST_NEAR_LINES, MOST_NEAR_LINES)):
        at = before.rfind("\n", 0, max(0, at - 1)) + 1
    return at


def reading_weight(document: Document) -> float:
    """Return how often the document is read: its characters times the weight of its language."""
    weight = len(document.text) * READING_WEIGHT.get(document.language, 1.0)
    return weight * KOREAN_WEIGHT if hangul_share(document.text) > KOREAN_SHARE else weight


def last(ids: list[int], count: int) -> list[int]:
    """Return the last `count` ids."""
    return ids[-count:] if count > 0 else []


def infill_prompt(far: list[int], suffix: list[int], near: list[int]) -> list[int]:
    """Return what stands before the middle. `far` + `near` is the prefix; an empty part has no token of its own."""
    if not near:
        return [FIM_PREFIX, *far, FIM_SUFFIX, *suffix]
    if not far:
        return [FIM_SUFFIX, *suffix, FIM_PREFIX, *near]
    return [FIM_PREFIX, *far, FIM_SUFFIX, *suffix, FIM_PREFIX, *near]


def inputs_and_targets(ids: np.ndarray) -> tuple[Tensor, Tensor]:
    """Return ids [rows, length + 1] as inputs and next-token targets, each [rows, length], int64."""
    tensor = torch.from_numpy(ids.astype(np.int64))
    return tensor[:, :-1].contiguous(), tensor[:, 1:].contiguous()


class SampleStream:
    """An endless, seeded stream of rows. Row `n` depends on the seed and `n` alone, so a run can go on anywhere."""

    def __init__(self, documents: list[Document], tokenizer: Tokenizer, seed: int) -> None:
        """Take the documents to read from."""
        self._documents = documents
        self._tokenizer = tokenizer
        self._seed = seed
        self._cumulative = list(itertools.accumulate(map(reading_weight, documents)))
        self._chunks = ChunkPicker(documents)

    def ids(self, first_row: int, rows: int, length: int) -> np.ndarray:
        """Return ids [rows, length], int32; rows are full, so nothing is padded."""
        return np.array([self.row(first_row + row, length) for row in range(rows)], np.int32)

    def batch(self, first_row: int, rows: int, length: int) -> tuple[Tensor, Tensor]:
        """Return inputs and next-token targets, each [rows, length]."""
        return inputs_and_targets(self.ids(first_row, rows, length + 1))

    def row(self, number: int, length: int) -> list[int]:
        """Return exactly `length` ids: samples one after the other, each made to fit the room that is left."""
        rng = random.Random(self._seed * 1_000_003 + number)
        ids: list[int] = []
        while len(ids) < length:
            room = length - len(ids)
            whole = room < 2 * SMALLEST_SAMPLE or rng.random() < WHOLE_ROW_SHARE
            wanted = room if whole else round(SMALLEST_SAMPLE * (room / SMALLEST_SAMPLE) ** rng.random())
            ids += self._sample(rng, wanted)[:room]
        return ids

    def _sample(self, rng: random.Random, budget: int) -> list[int]:
        if rng.random() < FEW_SHOT_SHARE:
            return [*self._encode(training_text(rng))[: budget - 1], END_OF_TEXT]
        at = bisect.bisect(self._cumulative, rng.random() * self._cumulative[-1])
        document = self._documents[min(at, len(self._documents) - 1)]
        head: list[int] = []
        if rng.random() >= PATHLESS_SHARE:
            head = [PATH, *self._encode(f"{document.path}\n")]
        if rng.random() < INFILL_SHARE:
            return self._infill(rng, document, head, budget)
        return self._plain(rng, document.text, head, budget)

    def _plain(self, rng: random.Random, text: str, head: list[int], budget: int) -> list[int]:
        start = 0
        if len(text) > budget * CHARACTERS_PER_TOKEN and rng.random() < 0.8:
            start = text.rfind("\n", 0, rng.randrange(len(text) - budget * 2)) + 1
        body = self._encode(text[start : start + budget * 8])
        return [*head, *body, END_OF_TEXT][:budget]

    def _infill(self, rng: random.Random, document: Document, head: list[int], budget: int) -> list[int]:
        text = document.text
        cut = random_cut(text, rng)
        line_break = min(1, cut.line)
        middle = self._encode(text[cut.line - line_break : cut.end])
        if len(middle) > max(8, budget // 2):
            return self._plain(rng, text, head, budget)
        if rng.random() < CHUNK_SHARE and budget > 4 * SMALLEST_SAMPLE:
            head = head + self._chunk_ids(rng, document, text[max(0, cut.line - 1_500) : cut.line], budget * 2 // 5)
        suffix: list[int] = []
        if rng.random() >= SUFFIXLESS_SHARE:
            most = rng.randint(1, max(1, int(budget * LARGEST_SUFFIX_SHARE)))
            suffix = self._encode(text[cut.end : cut.end + most * 8])[:most]
        room = max(0, budget - len(head) - len(suffix) - len(middle) - 5)
        before = self._before(rng, text, cut.line, room)
        split = near_start(before, rng)
        before = before[: len(before) - line_break]
        near = last(self._encode(before[split:]), room)
        far = last(self._encode(before[:split]), room - len(near))
        return [*head, *infill_prompt(far, suffix, near), FIM_MIDDLE, *middle, FIM_END]

    def _before(self, rng: random.Random, text: str, line: int, room: int) -> str:
        start = max(0, line - room * CHARACTERS_PER_TOKEN)
        if start:
            start = text.rfind("\n", 0, start) + 1
        before = text[start:line]
        return drop_imports(before, rng) if rng.random() < IMPORT_DROPOUT_SHARE else before

    def _chunk_ids(self, rng: random.Random, document: Document, near: str, budget: int) -> list[int]:
        ids: list[int] = []
        for path, code in self._chunks.pick(rng, document, near):
            chunk = [CHUNK, *self._encode(f"{path}\n{code}\n")]
            if len(ids) + len(chunk) > budget:
                break
            ids += chunk
        return ids

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids
