"""Draws what the code model's card tells: the loss of all its runs, and few-shot accuracy by number of examples.

python -m glassbox_training.pictures --card ../code/glassbox.json --out pictures
"""

import argparse
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .line_chart import Axis, Point, line_chart, quarters
from .training_log import loss_picture

FEW_SHOT = re.compile(r"few-shot: exact match by number of examples, (\d+) \(\d+ tasks\)(?: \((.+)\))?")
#: Rows of the evaluation by the words behind the figure's name.
ROWS = {None: "as in the editor", "without memory": "the model alone"}


def chained_losses(runs: Sequence[dict[str, Any]]) -> dict[str, list[list[Point]]]:
    """Return the losses of runs over all tokens read, one run behind the other, a piece each."""
    curves: dict[str, list[list[Point]]] = {"loss": [], "validation": []}
    before = 0
    for run in runs:
        for name, pieces in curves.items():
            pieces.append([(before + entry["tokens"], entry[name]) for entry in run["lossCurve"] if name in entry])
        before += run["tokens"]
    return curves


def few_shot_curves(figures: Iterable[dict[str, Any]]) -> dict[str, list[list[Point]]]:
    """Return per cent right by number of examples, for each row that is drawn."""
    curves: dict[str, list[Point]] = defaultdict(list)
    for figure in figures:
        found = FEW_SHOT.fullmatch(figure["name"])
        if found and found[2] in ROWS:
            curves[f"{ROWS[found[2]]}, % right by number of examples"].append((int(found[1]), 100 * figure["value"]))
    return {name: [sorted(points)] for name, points in curves.items()}


def few_shot_picture(curves: dict[str, list[list[Point]]]) -> str:
    """Return an SVG of those curves; the axis ends at a multiple of four, so that its marks are whole numbers."""
    points = [point for pieces in curves.values() for point in pieces[0]]
    examples = sorted({count for count, _ in points})
    most = 4 * math.ceil(max([1.0, *(right for _, right in points)]) / 4)
    across = Axis(0, max([1, *examples]), examples, lambda count: f"{count:.0f}")
    return line_chart(curves, across, Axis(0, most, quarters(0, most), lambda right: f"{right:.0f}"))


def main() -> None:
    """Write both pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--card", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    card = json.loads(arguments.card.read_text())
    arguments.out.mkdir(parents=True, exist_ok=True)
    runs = [*card.get("earlierTraining", []), card["training"]]
    (arguments.out / "loss.svg").write_text(loss_picture(chained_losses(runs)))
    (arguments.out / "few-shot.svg").write_text(few_shot_picture(few_shot_curves(card["figures"])))


if __name__ == "__main__":
    main()
