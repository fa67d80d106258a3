r"""Writes the encoder's card, glassbox.json.

python -m glassbox_training.encoder.card --model ../encoder --run WORK/encoder/run --list corpus.json \
    --corpus WORK/corpus --figures WORK/encoder/figures
"""

import argparse
import json
from pathlib import Path

from ..model_card import Kind, add_card_arguments, curve, languages, read_run, write_card
from .model import EncoderShape
from .special_tokens import CARD_NAMES

KIND = Kind("embedding", "encoder", CARD_NAMES)

#: What the log holds of a step, in nats but for the share of the run and the mean reciprocal rank.
CURVES = ("share", "words", "pairs", "masked", "next", "validation_mrr")


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
    progress, machine = read_run(run)
    return {
        "parameters": shape.parameters(),
        "steps": progress["step"],
        "pairBatches": {"words": progress["word_batches"], "throughLayers": progress["pair_batches"]},
        "maskedRows": progress["blocks"],
        "tokensThroughLayers": progress["tokens"],
        "seconds": round(progress["seconds"]),
        "machine": machine["machine"],
        "command": machine["command"],
        "curve": curve(run, CURVES, needed=CURVES),
    }


def main() -> None:
    """Write the card from the folder, the run, the corpus list and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_card_arguments(parser, "glassbox-encoder-7m", "Glassbox Encoder 7M")
    parser.add_argument("--evaluation", type=Path, help="out/eval.json of npm run eval -- --only encoder")
    arguments = parser.parse_args()
    shape = EncoderShape.load(arguments.run)
    own = {
        "languages": languages(arguments.corpus),
        "embedding": {"dimensions": shape.width, "pooling": "mean of weighted token vectors", "normalized": True},
        "training": training_facts(arguments.run, shape),
    }
    measured = [] if arguments.evaluation is None else evaluation_figures(arguments.evaluation)
    write_card(arguments, KIND, shape.context, own, measured)


if __name__ == "__main__":
    main()
