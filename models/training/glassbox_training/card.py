r"""Writes the model's card, glassbox.json: what the model is, the hash of every file, training data and figures.

python -m glassbox_training.card --model ../code --run WORK/run --list corpus.json \
        --corpus WORK/corpus --figures WORK/figures --eval ../../out/eval.json
"""

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path

from .documents import load_documents
from .model import ModelShape
from .quantize import QUANTIZED_FILE
from .special_tokens import CARD_NAMES
from .stream import FEWEST_NEAR_LINES

CARD_FILE = "glassbox.json"

#: The prompts that the model was trained on. Braces name parts; everything else stands for itself.
PROMPT_FORMAT = {
    "infill": "<|path|>{path}\n{chunks}<|fim_prefix|>{far}<|fim_suffix|>{after}<|fim_prefix|>{near}<|fim_middle|>{line}",
    "plain": "<|path|>{path}\n{text}",
    "chunk": "<|chunk|>{path}\n{code}\n",
    "far": "text of the file up to the near lines; without any, <|fim_prefix|> is left out too",
    "near": "4 to 11 whole lines up to the cursor's line, or all there are, without their last line break; likewise",
    "after": "text that follows the middle; it begins with a line break when the middle runs to the end of its line",
    "line": "text of the cursor's line up to the cursor, after the line break before it; the model goes on from there and ends with <|fim_end|>",
    "path": "path within the workspace, with forward slashes; <|path|>{path}\n may be left out",
}


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


def minimal_card(folder: Path, identity: dict[str, object], context: int, onnx_file: str) -> dict[str, object]:
    """Return the part of the card that programs read. `identity` gives id, name, version and license."""
    return {
        "schemaVersion": 1,
        **identity,
        "roles": ["completion"],
        "architecture": "decoder",
        "contextLength": context,
        "tokenizer": "byte-level-bpe",
        "onnx": {"default": onnx_file},
        "specialTokens": CARD_NAMES,
        "files": file_entries(folder),
    }


def read_figures(folder: Path) -> list[dict[str, object]]:
    """Return the figures of all JSON files of the folder, in the order of the file names."""
    return [figure for path in sorted(folder.glob("*.json")) for figure in json.loads(path.read_text())]


def evaluation_figures(report: Path, name: str) -> list[dict[str, object]]:
    """Return the figures of the rows that begin with `name` of a report of `npm run eval`, with their 95 % interval."""
    return [
        {
            "name": f"{figure['section']}: {figure['group']}, {figure['metric']} ({figure['count']} tasks)",
            "value": round(figure["value"], 4),
            "interval": [round(figure["low"], 4), round(figure["high"], 4)],
            "unit": figure["unit"],
            "command": "npm run eval -- --mirror MIRROR",
        }
        for figure in json.loads(report.read_text())["figures"]
        if figure["row"] == name and figure["value"] is not None
    ]


def loss_curve(run: Path, points: int = 60) -> list[dict[str, float]]:
    """Return tokens and loss in nats a token along the run, as the picture `loss.svg` of the run shows them."""
    log = run / "log.jsonl"
    lines = log.read_text().splitlines() if log.exists() else []
    entries = [entry for entry in map(json.loads, lines) if "loss" in entry or "validation" in entry]
    kept = entries[:: max(1, len(entries) // points)]
    return [{name: entry[name] for name in ("tokens", "loss", "validation") if name in entry} for entry in kept]


def training_facts(run: Path, shape: ModelShape) -> dict[str, object]:
    """Return what the training took, from the files that the run wrote."""
    progress = json.loads((run / "progress.json").read_text())
    machine = json.loads((run / "machine.json").read_text())
    return {
        "parameters": shape.parameters(),
        "tokens": progress["tokens"],
        "steps": progress["step"],
        "seconds": round(progress["seconds"]),
        "compute": f"{6 * shape.parameters() * progress['tokens']:.2e} FLOP (6 x parameters x tokens)",
        "machine": machine["machine"],
        "command": machine["command"],
        "lossCurve": loss_curve(run),
    }


def languages(corpus: Path) -> list[str]:
    """Return the languages of the training split, the largest first; those below 0.1 % are left out."""
    totals: Counter[str] = Counter()
    for document in load_documents(corpus / "train.jsonl"):
        totals[document.language] += len(document.text)
    return [name for name, count in totals.most_common() if count > 0.001 * totals.total()]


def main() -> None:
    """Write the card from the folder, the run, the corpus list and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--run", "--list", "--corpus", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--id", default="glassbox-code-5m")
    parser.add_argument("--name", default="Glassbox Code 5M")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], help="runs whose weights this one went on from")
    parser.add_argument("--eval", type=Path, help="report of npm run eval on this model")
    arguments = parser.parse_args()
    measured = evaluation_figures(arguments.eval, f"{arguments.name} {arguments.version}") if arguments.eval else []
    shape = ModelShape.load(arguments.run / "shape.json")
    sources = json.loads(arguments.list.read_text())
    identity = {"id": arguments.id, "name": arguments.name, "version": arguments.version, "license": "MIT"}
    card = minimal_card(arguments.model, identity, shape.context, QUANTIZED_FILE) | {
        "infill": {"nearLines": FEWEST_NEAR_LINES},
        "languages": languages(arguments.corpus),
        "promptFormat": PROMPT_FORMAT,
        "training": training_facts(arguments.run, shape),
        "earlierTraining": [training_facts(run, shape) for run in arguments.earlier],
        "figures": [*read_figures(arguments.figures), *measured],
        "trainingData": [source for source in sources if source["split"] == "train"],
        "heldOutData": [source for source in sources if source["split"] != "train"],
    }
    (arguments.model / CARD_FILE).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(f"{arguments.model / CARD_FILE}: hashes of {len(file_entries(arguments.model))} files")


if __name__ == "__main__":
    main()
