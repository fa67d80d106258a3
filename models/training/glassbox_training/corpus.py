"""Builds the corpus: reads the repositories of a list, filters and deduplicates files, writes one JSONL file a split.

    python -m glassbox_training.corpus --list corpus.json --mirror MIRROR --out WORK/corpus

MIRROR holds a git directory for each repository, `owner+name/repo` or `owner+name.git`
(`git clone --bare https://github.com/owner/name MIRROR/owner+name.git`).
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .filters import readable_text, skips_path
from .git_repository import GitRepository
from .languages import LARGEST_SHARE, language_of
from .licenses import PERMISSIVE, recognise_license
from .near_duplicates import NearDuplicates

#: No repository may take more than this of the corpus, so that none sets the style alone.
LARGEST_REPOSITORY_CHARACTERS = 7_000_000

#: Test and validation repositories come first: a copy of their files elsewhere is what gets dropped.
SPLITS = ("test", "validation", "train")


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


def git_directory(mirror: Path, repository: str) -> Path:
    """Return the git directory of a repository in the mirror."""
    name = repository.replace("/", "+")
    bare = mirror / f"{name}.git"
    return bare if bare.exists() else mirror / name / "repo"


def identify(source: Source, mirror: Path) -> Source:
    """Fill in the commit and the licence of a repository; raise ValueError when the licence is not permissive."""
    git = GitRepository(git_directory(mirror, source.repository))
    commit = source.commit or git.head()
    texts = [
        blob
        for path, blob in git.paths(commit)
        if path.lower().split(".")[0].split("-")[0] in {"license", "licence", "copying"}
    ]
    names = [recognise_license((data or b"").decode("utf-8", "replace")) for data in git.blobs(texts)]
    found = next((name for name in names if name in PERMISSIVE), None)
    if found is None or "GPL" in names:
        raise ValueError(f"{source.repository}: no permissive licence at its root ({names})")
    return Source(source.repository, source.split, commit, found)


def documents(source: Source, mirror: Path) -> Iterator[Document]:
    """Yield the files of a repository that pass the filters, in a fixed random order, within the caps of its size."""
    git = GitRepository(git_directory(mirror, source.repository))
    files = [(path, blob) for path, blob in git.paths(source.commit) if language_of(path) and not skips_path(path)]
    random.Random(source.repository).shuffle(files)
    used: Counter[str] = Counter()
    for (path, _), data in zip(files, git.blobs([blob for _, blob in files]), strict=True):
        text = readable_text(data) if data is not None else None
        language = language_of(path)
        if text is None or language is None:
            continue
        if used[language] + len(text) > LARGEST_SHARE.get(language, 1) * LARGEST_REPOSITORY_CHARACTERS:
            continue
        if sum(used.values()) + len(text) > LARGEST_REPOSITORY_CHARACTERS:
            break
        used[language] += len(text)
        yield Document(source.repository, path, language, text)


def build(sources: list[Source], mirror: Path, out: Path) -> dict[str, Counter[str]]:
    """Write `out/{split}.jsonl` and return the characters of each split by language."""
    out.mkdir(parents=True, exist_ok=True)
    near = NearDuplicates()
    seen: set[int] = set()
    totals: dict[str, Counter[str]] = {}
    for split in SPLITS:
        totals[split] = Counter()
        with (out / f"{split}.jsonl").open("w", encoding="utf-8") as file:
            for source in (source for source in sources if source.split == split):
                for document in documents(source, mirror):
                    key = hash(document.text.strip())
                    if key in seen or near.add(document.text):
                        continue
                    seen.add(key)
                    totals[split][document.language] += len(document.text)
                    file.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")
                print(
                    f"{split} {source.repository} {source.license}: {sum(totals[split].values()):,} characters",
                    flush=True,
                )
    return totals


def load(path: Path) -> list[Document]:
    """Read a split that `build` wrote."""
    with path.open(encoding="utf-8") as file:
        return [Document(**json.loads(line)) for line in file]


def main() -> None:
    """Complete the list with commits and licences, then build the corpus from it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, required=True, help="corpus.json: repositories with their split")
    parser.add_argument("--mirror", type=Path, required=True, help="folder with a git directory for each repository")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    listed = [Source(**entry) for entry in json.loads(arguments.list.read_text())]
    sources = [identify(source, arguments.mirror) for source in listed]
    arguments.list.write_text(json.dumps([asdict(source) for source in sources], indent=2) + "\n")
    totals = build(sources, arguments.mirror, arguments.out)
    for split, counter in totals.items():
        print(split, f"{sum(counter.values()):,}", dict(counter.most_common()))


if __name__ == "__main__":
    main()
