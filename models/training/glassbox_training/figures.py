"""Figures of the card: each has a name, a value, a unit and the command that gives it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .model_folder import QUANTIZED_FILE
from .program_command import program_command

#: Largest difference that a float32 graph may have from PyTorch, in any number.
ALLOWED_DIFFERENCE = 1e-3


@dataclass(frozen=True)
class Figure:
    """One measured value."""

    name: str
    value: float
    unit: str
    command: str = ""


def write_figures(path: Path, figures: list[Figure]) -> None:
    """Print the figures and write them as JSON, each with this process's command."""
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [
        asdict(figure) | {"command": program_command(), "value": float(f"{figure.value:.5g}")} for figure in figures
    ]
    path.write_text(json.dumps(entries, indent=2) + "\n")
    for entry in entries:
        print(f"{entry['name']}: {entry['value']} {entry['unit']}", flush=True)


def int8_size(model: Path) -> Figure:
    """Return the size of a model folder's int8 file."""
    return Figure("size of the int8 file", (model / QUANTIZED_FILE).stat().st_size / 1e6, "MB")


def require_same(difference: float) -> None:
    """Fail when a float32 graph's largest difference from PyTorch is more than rounding explains."""
    if not difference <= ALLOWED_DIFFERENCE:
        raise SystemExit("the float32 export differs from PyTorch")
