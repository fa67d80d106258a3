"""Picks pieces of neighbouring files to stand before a sample, as the editor does with what it retrieves."""

import random
import re
from collections import defaultdict
from pathlib import PurePosixPath

from .repository_files import Document

CANDIDATES = 6
_IDENTIFIER = re.compile(r"[A-Za-z_]\w{3,}")


class ChunkPicker:
    """Knows which files stand beside each other in a repository."""

    def __init__(self, documents: list[Document]) -> None:
        """Take the documents of the stream."""
        self._documents = documents
        self._repository: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._folder: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, document in enumerate(documents):
            self._repository[document.repository, document.language].append(index)
            self._folder[document.repository, _folder(document)].append(index)

    def pick(self, rng: random.Random, document: Document, near: str) -> list[tuple[str, str]]:
        """Return (path, code) of one to three pieces, those that share most names with the text `near` first.

        One time in five the pieces are random, so that the model also learns to leave useless ones alone.
        """
        wanted = set(_IDENTIFIER.findall(near))
        folder = self._folder[document.repository, _folder(document)]
        repository = self._repository[document.repository, document.language]
        pieces = []
        for _ in range(CANDIDATES):
            other = self._documents[rng.choice(folder if rng.random() < 0.5 else repository)]
            if other is document:
                continue
            start = other.text.rfind("\n", 0, rng.randrange(len(other.text))) + 1
            code = "\n".join(other.text[start : start + 2_000].split("\n")[: rng.randint(5, 20)])
            shared = len(wanted.intersection(_IDENTIFIER.findall(code)))
            pieces.append((shared, other.path, code))
        if rng.random() >= 0.2:
            pieces.sort(key=lambda piece: -piece[0])
        return [(path, code) for _, path, code in pieces[: rng.randint(1, 3)]]


def _folder(document: Document) -> str:
    return PurePosixPath(document.path).parent.as_posix()
