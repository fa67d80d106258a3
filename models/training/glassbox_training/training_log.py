"""The log of a run: a line for people, JSON lines for programs, and a small picture of the loss."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

from .line_chart import Axis, Curve, line_chart, quarters


class TrainingLog:
    """Appends to `log.jsonl` of the run's folder; a run that goes on keeps what is there."""

    def __init__(self, out: Path) -> None:
        """Take the run's folder."""
        self._file = out / "log.jsonl"
        self._picture = out / "loss.svg"

    def add(self, step: int, tokens: int, **values: float) -> None:
        """Print and append one line."""
        entry = {"step": step, "tokens": tokens} | {name: float(f"{value:.5g}") for name, value in values.items()}
        told = " ".join(f"{name} {value:g}" for name, value in entry.items() if name not in {"step", "tokens"})
        print(f"{time.strftime('%H:%M:%S')} step {step} tokens {tokens:,} {told}", flush=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def draw(self) -> None:
        """Draw training and validation loss over tokens; nothing for a run that had no time for a step."""
        if not self._file.exists():
            return
        entries = [json.loads(line) for line in self._file.read_text().splitlines() if line.endswith("}")]
        curves = {
            name: [[(entry["tokens"], entry[name]) for entry in entries if name in entry]]
            for name in ("loss", "validation")
        }
        self._picture.write_text(loss_picture(curves))


def loss_picture(curves: Mapping[str, Curve]) -> str:
    """Return an SVG of losses in nats a token over tokens; what lies 3 nats above the lowest is cut off."""
    points = [point for curve in curves.values() for piece in curve for point in piece]
    least = min((tokens for tokens, _ in points), default=0.0)
    most = max([least + 1, *(tokens for tokens, _ in points)])
    low = min((loss for _, loss in points), default=0.0)
    high = min(max((loss for _, loss in points), default=1.0), low + 3.0)
    named = {f"{name}, nats a token": curve for name, curve in curves.items()}
    across = Axis(least, most, quarters(least, most), lambda tokens: f"{tokens / 1e6:.1f} M")
    return line_chart(named, across, Axis(low, high, quarters(low, high), lambda loss: f"{loss:.2f}"))
