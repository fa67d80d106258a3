"""Figures of the card: each has a name, a value, a unit and the command that gives it."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value."""

    name: str
    value: float
    unit: str
    command: str = ""


def write_figures(path: Path, figures: list[Figure]) -> None:
    """Print the figures and write them as JSON, each with this process's command; folders are left out of paths."""
    module = Path(sys.argv[0]).stem
    arguments = " ".join(argument.rsplit("/", 1)[-1] if "/" in argument else argument for argument in sys.argv[1:])
    command = f"python -m glassbox_training.{module} {arguments}"
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [asdict(figure) | {"command": command, "value": float(f"{figure.value:.5g}")} for figure in figures]
    path.write_text(json.dumps(entries, indent=2) + "\n")
    for entry in entries:
        print(f"{entry['name']}: {entry['value']} {entry['unit']}", flush=True)
