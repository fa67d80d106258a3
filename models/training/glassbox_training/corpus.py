"""Builds the corpus: reads the repositories of a list, filters and deduplicates files, writes one JSONL file a split.

    python -m glassbox_training.corpus --list corpus.json --benchmarks benchmarks.json --mirror MIRROR --out WORK/corpus

MIRROR holds a git directory for each repository, `owner+name/repo` or `owner+name.git`
(`git clone --bare https://github.com/owner/name MIRROR/owner+name.git`).

What each repository gives is kept in `WORK/corpus/repositories`, so a run that was stopped goes on where it was, and a
repository that could not be had is read alone the next time. A mirror may be deleted once its repository was read.
"""

import argparse
import json
import shutil
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from .benchmarks import BenchmarkOverlap, benchmark_texts
from .near_duplicates import HASHES, NearDuplicates, minhash
from .repository_files import LARGEST_REPOSITORY_CHARACTERS, RefusedLicense, Source, documents, identify

#: Test and validation repositories come first: a copy of their files elsewhere is what gets dropped.
SPLITS = ("test", "validation", "train")

#: Changes whenever the filters do, so that what older filters let through is read again.
FILTERS = 2


@dataclass
class SplitReport:
    """What a split holds and what was left out of it."""

    repositories: int = 0
    documents: int = 0
    bytes: int = 0
    bytes_by_language: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    near_duplicates: int = 0
    near_duplicate_bytes: int = 0
    benchmark_overlaps: list[str] = field(default_factory=list)


def require_room(folder: Path, wanted: int) -> None:
    """End with a message when the disk has less room than `wanted` bytes."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise SystemExit(f"{folder}: {free / 1e9:.2f} GB free, {wanted / 1e9:.2f} GB needed; make room and run again")


class RepositoryStore:
    """What each repository gave, one JSONL file, one array of signatures and one note each."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when there is none."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _file(self, source: Source, suffix: str) -> Path:
        return self._folder / f"{source.repository.replace('/', '+')}{suffix}"

    def known(self, source: Source) -> Source | None:
        """Return the source with commit and licence when all of it was read with the filters of today."""
        note = self._file(source, ".json")
        if not note.exists():
            return None
        saved = json.loads(note.read_text())
        if saved["filters"] != FILTERS or source.commit not in {"", saved["commit"]}:
            return None
        return Source(source.repository, source.split, saved["commit"], saved["license"])

    def read(self, source: Source, mirror: Path, benchmark: BenchmarkOverlap) -> Source:
        """Read a repository; its note is written last, so that half of one never counts."""
        known = self.known(source)
        if known:
            return known
        require_room(self._folder, 8 * LARGEST_REPOSITORY_CHARACTERS)
        found = identify(source, mirror)
        signatures = []
        with self._file(source, ".jsonl").open("w", encoding="utf-8") as file:
            for document in documents(found, mirror):
                entry = asdict(document) | {"overlaps": document.text in benchmark}
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
                signatures.append(minhash(document.text))
        stacked = np.stack(signatures) if signatures else np.empty((0, HASHES), dtype=np.uint32)
        np.save(self._file(source, ".npy"), stacked)
        note = {"commit": found.commit, "license": found.license, "filters": FILTERS, "documents": len(signatures)}
        self._file(source, ".json").write_text(json.dumps(note) + "\n")
        return found

    def copy_into(self, source: Source, near: NearDuplicates, out: Path, report: SplitReport) -> None:
        """Append the repository's documents to a split, but for near-duplicates and overlaps with a benchmark."""
        signatures = np.load(self._file(source, ".npy"))
        kept = 0
        with self._file(source, ".jsonl").open(encoding="utf-8") as file, out.open("a", encoding="utf-8") as split:
            for line, signature in zip(file, signatures, strict=True):
                entry = json.loads(line)
                size = len(entry["text"].encode())
                if entry.pop("overlaps"):
                    report.benchmark_overlaps.append(f"{entry['repository']}/{entry['path']}")
                    continue
                if near.add(signature):
                    report.near_duplicates += 1
                    report.near_duplicate_bytes += size
                    continue
                kept += 1
                report.bytes += size
                report.bytes_by_language[entry["language"]] += size
                split.write(json.dumps(entry, ensure_ascii=False) + "\n")
        report.documents += kept
        report.repositories += bool(kept)

    def size(self) -> int:
        """Return the bytes of all repositories together."""
        return sum(file.stat().st_size for file in self._folder.glob("*.jsonl"))


def write_splits(sources: list[Source], store: RepositoryStore, out: Path) -> dict[str, SplitReport]:
    """Write `out/{split}.jsonl` and `out/report.json`; each file appears whole."""
    require_room(out, int(1.2 * store.size()))
    near = NearDuplicates()
    reports: dict[str, SplitReport] = {}
    for split in SPLITS:
        report = reports[split] = SplitReport()
        part = out / f"{split}.jsonl.part"
        part.write_text("")
        for source in (source for source in sources if source.split == split):
            before = report.bytes
            store.copy_into(source, near, part, report)
            print(f"{split} {source.repository} {source.license}: {report.bytes - before:,} bytes", flush=True)
        part.rename(out / f"{split}.jsonl")
    (out / "report.json").write_text(json.dumps({name: vars(report) for name, report in reports.items()}, indent=2))
    return reports


def read_all(listed: list[Source], store: RepositoryStore, mirror: Path, benchmark: BenchmarkOverlap) -> list[Source]:
    """Read every repository of the list; end with a message that names all that could not be had."""
    sources, problems = [], []
    for number, source in enumerate(listed, 1):
        try:
            sources.append(store.read(source, mirror, benchmark))
        except (RefusedLicense, FileNotFoundError, RuntimeError) as error:
            problems.append(str(error))
            print(f"problem: {error}", flush=True)
        else:
            print(f"{number}/{len(listed)} read {source.repository}", flush=True)
    if problems:
        names = "\n  ".join(problems)
        raise SystemExit(
            f"{len(problems)} of {len(listed)} repositories could not be had:\n  {names}\n"
            "The others are kept. Correct the list or the mirror and run again."
        )
    return sources


def main() -> None:
    """Read the repositories, complete the list with commits and licences, and write the splits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, required=True, help="corpus.json: repositories with their split")
    parser.add_argument("--benchmarks", type=Path, help="benchmarks.json: what no split may hold")
    parser.add_argument("--mirror", type=Path, required=True, help="folder with a git directory for each repository")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    listed = [Source(**entry) for entry in json.loads(arguments.list.read_text())]
    if len({source.repository.lower() for source in listed}) < len(listed):
        raise SystemExit(f"{arguments.list}: a repository is listed twice")
    texts = benchmark_texts(arguments.benchmarks, arguments.mirror) if arguments.benchmarks else []
    store = RepositoryStore(arguments.out / "repositories")
    sources = read_all(listed, store, arguments.mirror, BenchmarkOverlap(texts))
    arguments.list.write_text(json.dumps([asdict(source) for source in sources], indent=2) + "\n")
    for split, report in write_splits(sources, store, arguments.out).items():
        print(split, json.dumps(vars(report)))


if __name__ == "__main__":
    main()
