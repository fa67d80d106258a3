r"""Writes the encoder's card, glassbox.json.

python -m glassbox_training.encoder.card --model ../encoder --run WORK/encoder/run --list corpus.json \
    --corpus WORK/corpus --figures WORK/encoder/figures
"""

import argparse
import json
from pathlib import Path

from ..card import CARD_FILE, file_entries, languages, read_figures
from ..quantize import QUANTIZED_FILE
from .model import EncoderShape
from .special_tokens import CARD_NAMES


def minimal_card(folder: Path, identity: dict[str, object], context: int, onnx_file: str) -> dict[str, object]:
    """Return the part of the card that programs read. `identity` gives id, name, version and license."""
    return {
        "schemaVersion": 1,
        **identity,
        "roles": ["embedding"],
        "architecture": "encoder",
        "contextLength": context,
        "tokenizer": "byte-level-bpe",
        "onnx": {"default": onnx_file},
        "specialTokens": CARD_NAMES,
        "files": file_entries(folder),
    }


#: What the log holds of a step, in nats but for the share of the run and the mean reciprocal rank.
CURVES = ("share", "words", "pairs", "masked", "next", "validation_mrr")


def curve(run: Path, points: int = 60) -> list[dict[str, float]]:
    """Return losses and validation ranks along the run."""
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    kept = [entry for index, entry in enumerate(entries) if index % max(1, len(entries) // points) == 0]
    return [{name: entry[name] for name in CURVES if name in entry} for entry in kept]


def evaluation_figures(report: Path) -> list[dict[str, object]]:
    """Return the figures of the whole list and of speed from `out/eval.json`, as the evaluation wrote it."""
    figures = json.loads(report.read_text())["figures"]
    chosen = [f for f in figures if f["group"].startswith("among") or f["section"] == "embedding"]
    return [
        {
            "name": f"{figure['section']}, {figure['group']}: {figure['metric']}, {figure['row']}",
            "value": float(f"{figure['value']:.4g}"),
            **{end: float(f"{figure[end]:.4g}") for end in ("low", "high") if end in figure},
            "unit": "" if figure["unit"] == "share" else figure["unit"],
            "command": "npm run eval -- --mirror MIRROR --only encoder",
        }
        for figure in chosen
    ]


def training_facts(run: Path, shape: EncoderShape) -> dict[str, object]:
    """Return what the training took, from the files that the run wrote."""
    progress = json.loads((run / "progress.json").read_text())
    machine = json.loads((run / "machine.json").read_text())
    return {
        "parameters": shape.parameters(),
        "steps": progress["step"],
        "pairBatches": {"words": progress["word_batches"], "throughLayers": progress["pair_batches"]},
        "maskedRows": progress["blocks"],
        "tokensThroughLayers": progress["tokens"],
        "seconds": round(progress["seconds"]),
        "machine": machine["machine"],
        "command": machine["command"],
        "curve": curve(run),
    }


def main() -> None:
    """Write the card from the folder, the run, the corpus list and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--run", "--list", "--corpus", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--evaluation", type=Path, help="out/eval.json of npm run eval -- --only encoder")
    parser.add_argument("--id", default="glassbox-encoder-4m")
    parser.add_argument("--name", default="Glassbox Encoder 4M")
    parser.add_argument("--version", default="1.0.0")
    arguments = parser.parse_args()
    shape = EncoderShape.load(arguments.run / "shape.json")
    sources = json.loads(arguments.list.read_text())
    measured = [] if arguments.evaluation is None else evaluation_figures(arguments.evaluation)
    identity = {"id": arguments.id, "name": arguments.name, "version": arguments.version, "license": "MIT"}
    card = minimal_card(arguments.model, identity, shape.context, QUANTIZED_FILE) | {
        "languages": languages(arguments.corpus),
        "embedding": {"dimensions": shape.width, "pooling": "mean of weighted token vectors", "normalized": True},
        "training": training_facts(arguments.run, shape),
        "figures": read_figures(arguments.figures) + measured,
        "trainingData": [source for source in sources if source["split"] == "train"],
        "heldOutData": [source for source in sources if source["split"] != "train"],
    }
    (arguments.model / CARD_FILE).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    print(f"{arguments.model / CARD_FILE}: hashes of {len(file_entries(arguments.model))} files")


if __name__ == "__main__":
    main()
