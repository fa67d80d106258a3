"""Reads documents: a split that the corpus step wrote, or the compressed parts that the pack step made of it."""

import json
import lzma
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .repository_files import Document


def load_documents(path: Path) -> list[Document]:
    """Read a JSONL file, or all `*.jsonl.xz` parts of a folder, in the order of their names."""
    if path.is_dir():
        return list(_parts(path))
    with path.open(encoding="utf-8") as file:
        return list(_parse(file))


def _parse(lines: Iterable[str]) -> Iterator[Document]:
    return (Document(**json.loads(line)) for line in lines)


def _read_part(path: Path) -> str:
    try:
        return lzma.decompress(path.read_bytes()).decode("utf-8")
    except (lzma.LZMAError, EOFError) as error:
        raise SystemExit(f"{path}: not a whole part ({error}); copy it again") from error


def _parts(folder: Path) -> Iterator[Document]:
    files = sorted(folder.glob("*.jsonl.xz"))
    if not files:
        raise SystemExit(f"{folder}: no *.jsonl.xz parts")
    with ThreadPoolExecutor() as pool:
        for text in pool.map(_read_part, files):
            yield from _parse(text.split("\n")[:-1])
