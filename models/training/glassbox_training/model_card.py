"""The card of a model folder, glassbox.json: what both models' cards hold, and the last steps of writing one."""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .documents import load_documents
from .model_folder import QUANTIZED_FILE

CARD_FILE = "glassbox.json"


@dataclass(frozen=True)
class Kind:
    """What a model is for and how it is built, and the names that the card gives its special tokens."""

    role: str
    architecture: str
    special_tokens: dict[str, str]


def file_entries(folder: Path) -> list[dict[str, object]]:
    """Return path, SHA-256 and size of every file of the folder but the card."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CARD_FILE)
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "sizeBytes": path.stat().st_size,
        }
        for path in files
    ]


def minimal_card(
    folder: Path, kind: Kind, identity: dict[str, object], context: int, onnx_file: str
) -> dict[str, object]:
    """Return the part of the card that programs read. `identity` gives id, name, version and license."""
    return {
        "schemaVersion": 1,
        **identity,
        "roles": [kind.role],
        "architecture": kind.architecture,
        "contextLength": context,
        "tokenizer": "byte-level-bpe",
        "onnx": {"default": onnx_file},
        "specialTokens": kind.special_tokens,
        "files": file_entries(folder),
    }


def add_card_arguments(parser: argparse.ArgumentParser, identity: str, name: str) -> None:
    """Declare the arguments of a card; id and name are the bundled model's unless given."""
    for option in ("--model", "--run", "--list", "--corpus", "--figures"):
        parser.add_argument(option, type=Path, required=True)
    parser.add_argument("--id", default=identity)
    parser.add_argument("--name", default=name)
    parser.add_argument("--version", default="1.0.0")


def read_run(run: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the run's progress, and the machine and command that trained."""
    return json.loads((run / "progress.json").read_text()), json.loads((run / "machine.json").read_text())


def curve(run: Path, names: tuple[str, ...], needed: tuple[str, ...], points: int = 60) -> list[dict[str, float]]:
    """Return the named values of the log's entries that hold one of the needed ones, thinned to about that many."""
    log = run / "log.jsonl"
    lines = log.read_text().splitlines() if log.exists() else []
    entries = [entry for entry in map(json.loads, lines) if any(name in entry for name in needed)]
    kept = entries[:: max(1, len(entries) // points)]
    return [{name: entry[name] for name in names if name in entry} for entry in kept]


def read_figures(folder: Path) -> list[dict[str, object]]:
    """Return the figures of all JSON files of the folder, in the order of the file names."""
    return [figure for path in sorted(folder.glob("*.json")) for figure in json.loads(path.read_text())]


def languages(corpus: Path) -> list[str]:
    """Return the languages of the training split, the largest first; those below 0.1 % are left out."""
    totals: Counter[str] = Counter()
    for document in load_documents(corpus / "train.jsonl"):
        totals[document.language] += len(document.text)
    return [name for name, count in totals.most_common() if count > 0.001 * totals.total()]


def write_card(
    arguments: argparse.Namespace,
    kind: Kind,
    context: int,
    own: Mapping[str, object],
    measured: list[dict[str, object]],
) -> None:
    """Write the card: what programs read, the model's own part, figures with those `measured` elsewhere, and the data."""
    identity = {"id": arguments.id, "name": arguments.name, "version": arguments.version, "license": "MIT"}
    sources = json.loads(arguments.list.read_text())
    card = minimal_card(arguments.model, kind, identity, context, QUANTIZED_FILE)
    card |= {
        **own,
        "figures": [*read_figures(arguments.figures), *measured],
        "trainingData": [source for source in sources if source["split"] == "train"],
        "heldOutData": [source for source in sources if source["split"] != "train"],
    }
    file: Path = arguments.model / CARD_FILE
    file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(f"{file}: hashes of {len(file_entries(arguments.model))} files")
