"""The log of a run: a line for people, JSON lines for programs, and a small picture of the loss."""

import json
import time
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM = 480, 240, 44, 24


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
        """Draw training and validation loss over tokens."""
        entries = [json.loads(line) for line in self._file.read_text().splitlines() if line.endswith("}")]
        curves = {
            name: [(entry["tokens"], entry[name]) for entry in entries if name in entry]
            for name in ("loss", "validation")
        }
        self._picture.write_text(loss_picture({name: points for name, points in curves.items() if points}))


def loss_picture(curves: dict[str, list[tuple[int, float]]]) -> str:
    """Return an SVG of curves over tokens; the loss axis is in nats a token."""
    points = [point for curve in curves.values() for point in curve]
    most = max([1, *(tokens for tokens, _ in points)])
    low = min((loss for _, loss in points), default=0.0)
    high = min(max((loss for _, loss in points), default=1.0), low + 3.0)
    span = max(high - low, 1e-6)

    def place(tokens: int, loss: float) -> str:
        x = LEFT + (WIDTH - LEFT - 8) * tokens / most
        y = 8 + (HEIGHT - BOTTOM - 8) * (high - min(loss, high)) / span
        return f"{x:.1f},{y:.1f}"

    colours = {"loss": "#8a8a8a", "validation": "#0072b2"}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{LEFT} 8V{HEIGHT - BOTTOM}H{WIDTH - 8}" fill="none" stroke="#444444"/>',
    ]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = 8 + (HEIGHT - BOTTOM - 8) * share
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{high - span * share:.2f}</text>')
        x = LEFT + (WIDTH - LEFT - 8) * share
        anchor = "end" if share == 1 else "middle"
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">{most * share / 1e6:.0f} M</text>')
    for number, (name, curve) in enumerate(curves.items()):
        thinned = curve[:: max(1, len(curve) // 300)]
        line = " ".join(place(*point) for point in thinned)
        colour = colours.get(name, "#444444")
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(
            f'<text x="{WIDTH - 12}" y="{24 + 14 * number}" text-anchor="end" fill="{colour}">{name}, nats a token</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
