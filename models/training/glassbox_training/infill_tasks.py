"""Infill tasks from held-out files: a cursor in a line, and what stood between it and the line's end."""

import random
import re
from dataclasses import dataclass

from .languages import SCRIPT_LANGUAGES
from .repository_files import Document

KINDS = ("line", "mid-line", "mid-word")
CONTEXT_CHARACTERS = 6_000


@dataclass(frozen=True)
class InfillTask:
    """`before` ends where the cursor's line begins, `line` at the cursor; `answer` runs to the line's end."""

    kind: str
    path: str
    before: str
    line: str
    answer: str
    after: str

    @property
    def non_trivial(self) -> bool:
        """Tell whether the answer holds a word and is not written anywhere in the context."""
        if not re.search(r"\w", self.answer):
            return False
        return self.answer.strip() not in f"{self.before}{self.line}\n{self.after}"


def _cursors(line: str, kind: str) -> list[int]:
    first = len(line) - len(line.lstrip())
    inside = range(first + 1, len(line))
    if kind == "line":
        return [first]
    if kind == "mid-line":
        return [at for at in inside if not (line[at - 1].isalnum() and line[at].isalnum())]
    return [at for at in inside if line[at - 1].isalpha() and line[at].isalpha()]


def make_task(document: Document, kind: str, rng: random.Random) -> InfillTask | None:
    """Return a task in a random line that is not blank, or None when the line has no cursor of that kind."""
    lines = document.text.split("\n")
    index = rng.randrange(len(lines))
    line = lines[index]
    cursors = _cursors(line, kind) if line.strip() else []
    if not cursors:
        return None
    cursor = rng.choice(cursors)
    before = "".join(f"{row}\n" for row in lines[:index])[-CONTEXT_CHARACTERS:]
    after = "".join(f"\n{row}" for row in lines[index + 1 :])[:CONTEXT_CHARACTERS]
    return InfillTask(kind, document.path, before, line[:cursor], line[cursor:], after)


def make_tasks(documents: list[Document], per_kind: int, seed: int = 5) -> list[InfillTask]:
    """Return tasks of each kind from TypeScript, JavaScript and Python files; every repository counts alike."""
    rng = random.Random(seed)
    by_repository: dict[str, list[Document]] = {}
    for document in documents:
        if document.language in SCRIPT_LANGUAGES or document.language == "python":
            by_repository.setdefault(document.repository, []).append(document)
    repositories = sorted(name for name, files in by_repository.items() if len(files) >= 5)
    tasks: list[InfillTask] = []
    for kind in KINDS:
        while sum(task.kind == kind for task in tasks) < per_kind:
            task = make_task(rng.choice(by_repository[rng.choice(repositories)]), kind, rng)
            if task:
                tasks.append(task)
    return tasks
