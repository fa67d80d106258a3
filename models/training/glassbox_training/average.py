r"""Averages the weights of runs, each of which went on from the one before it, into a folder that export reads like a run.

    python -m glassbox_training.average --runs WORK/run1 WORK/run2 --out WORK/average

Where a rate rose again and fell again, the mean of both ends lies lower than either (Izmailov et al., "Averaging weights
leads to wider optima and better generalization", 2018; Wortsman et al., "Model soups", 2022).
"""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor

from .model import ModelShape
from .program_command import program_command
from .run_folder import WEIGHTS_FILE

AVERAGE_FILE = "average.json"


def mean_weights(runs: list[Path]) -> dict[str, Tensor]:
    """Return the mean of each tensor of the runs' weights."""
    weights = [torch.load(run / WEIGHTS_FILE, weights_only=True, map_location="cpu") for run in runs]
    return {name: torch.stack([each[name] for each in weights]).mean(0) for name in weights[0]}


def main() -> None:
    """Write the mean weights with their shape, and what they are the mean of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    shapes = [ModelShape.load(run) for run in arguments.runs]
    for run, shape in zip(arguments.runs, shapes):
        if shape != shapes[0]:
            raise SystemExit(f"{run} is not of the shape of {arguments.runs[0]}; only equal shapes have a mean")
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean_weights(arguments.runs), arguments.out / WEIGHTS_FILE)
    shapes[0].save(arguments.out)
    (arguments.out / AVERAGE_FILE).write_text(json.dumps({"command": program_command()}, indent=2) + "\n")


if __name__ == "__main__":
    main()
