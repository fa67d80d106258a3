"""Reads one repository of the corpus list: its licence, and the files that pass the filters."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .filters import readable_text, skips_path
from .git_repository import GitRepository, git_directory
from .languages import LARGEST_SHARE, language_of
from .licenses import PERMISSIVE, recognise_license

#: No repository may take more than this of the corpus, so that none sets the style alone.
LARGEST_REPOSITORY_CHARACTERS = 20_000_000


@dataclass(frozen=True)
class Source:
    """A repository of the corpus list: what is read, under which licence, and into which split."""

    repository: str
    split: str
    commit: str = ""
    license: str = ""


@dataclass(frozen=True)
class Document:
    """One file of the corpus. `text` has LF line ends."""

    repository: str
    path: str
    language: str
    text: str


class RefusedLicense(ValueError):
    """A repository that has no permissive licence at its root."""


def _is_license(path: str) -> bool:
    return PurePosixPath(path).name.lower().split(".")[0].split("-")[0] in {"license", "licence", "copying"}


def _licenses(git: GitRepository, commit: str) -> dict[str, set[str | None]]:
    """Return the licences that each folder names, by folder; the root is `.`."""
    files = [(path, blob) for path, blob in git.paths(commit) if _is_license(path)]
    found: dict[str, set[str | None]] = {}
    for (path, _), data in zip(files, git.blobs([blob for _, blob in files]), strict=True):
        name = recognise_license((data or b"").decode("utf-8", "replace"))
        found.setdefault(PurePosixPath(path).parent.as_posix(), set()).add(name)
    return found


def identify(source: Source, mirror: Path) -> Source:
    """Fill in the commit and the licence of a repository; raise RefusedLicense when it is not permissive."""
    git = GitRepository(git_directory(mirror, source.repository))
    commit = source.commit or git.head()
    names = _licenses(git, commit).get(".", set())
    permissive = sorted(name for name in names if name in PERMISSIVE)
    if not permissive or "GPL" in names:
        raise RefusedLicense(f"{source.repository}: no permissive licence at its root ({sorted(map(str, names))})")
    return Source(source.repository, source.split, commit, permissive[0])


def documents(source: Source, mirror: Path) -> Iterator[Document]:
    """Yield the files of a repository that pass the filters, in a fixed random order, within the caps of its size.

    Folders with a licence file of their own that is not permissive are left out.
    """
    git = GitRepository(git_directory(mirror, source.repository))
    licenses = _licenses(git, source.commit)
    refused = {folder for folder, names in licenses.items() if folder != "." and not names <= PERMISSIVE}
    files = [
        (path, blob)
        for path, blob in git.paths(source.commit)
        if language_of(path)
        and not skips_path(path)
        and not any(parent.as_posix() in refused for parent in PurePosixPath(path).parents)
    ]
    random.Random(source.repository).shuffle(files)
    used: Counter[str] = Counter()
    for (path, _), data in zip(files, git.blobs([blob for _, blob in files]), strict=True):
        text = readable_text(data) if data is not None else None
        language = language_of(path)
        if text is None or language is None:
            continue
        if used[language] + len(text) > LARGEST_SHARE.get(language, 1) * LARGEST_REPOSITORY_CHARACTERS:
            continue
        if used.total() + len(text) > LARGEST_REPOSITORY_CHARACTERS:
            break
        used[language] += len(text)
        yield Document(source.repository, path, language, text)
