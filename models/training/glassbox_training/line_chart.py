"""Draws curves as an SVG picture that is read on light and dark pages alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 480, 240, 44, 8, 48, 24
COLOURS = ("#8a8a8a", "#0072b2", "#d55e00")
MOST_POINTS = 300

Point = tuple[float, float]
#: A curve in one or several pieces, between which nothing is drawn.
Curve = Sequence[Sequence[Point]]


@dataclass(frozen=True)
class Axis:
    """Where an axis begins and ends, and the values written beside it."""

    low: float
    high: float
    marks: Sequence[float]
    text: Callable[[float], str]

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the beginning and 1 at the end; what is beyond stands at the end."""
        return min(max((value - self.low) / max(self.high - self.low, 1e-6), 0.0), 1.0)


def quarters(low: float, high: float) -> list[float]:
    """Return five values at equal distances."""
    return [low + (high - low) * quarter / 4 for quarter in range(5)]


def line_chart(curves: Mapping[str, Curve], across: Axis, up: Axis) -> str:
    """Return an SVG of curves by their names, which are written above them."""

    def x_of(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * across.share(value)

    def y_of(value: float) -> float:
        return TOP + (HEIGHT - BOTTOM - TOP) * (1 - up.share(value))

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#444444"/>',
    ]
    for mark in up.marks:
        parts.append(f'<text x="{LEFT - 6}" y="{y_of(mark) + 4:.1f}" text-anchor="end">{up.text(mark)}</text>')
    for mark in across.marks:
        anchor = "end" if mark == across.high else "middle"
        parts.append(f'<text x="{x_of(mark):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">{across.text(mark)}</text>')
    for number, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        for piece in curve:
            thinned = piece[:: max(1, len(piece) // MOST_POINTS)]
            line = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in thinned)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        place = f'x="{WIDTH - 12}" y="{20 + 14 * number}" text-anchor="end"'
        parts.append(f'<text {place} fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
