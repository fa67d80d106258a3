"""Shapes of the code model and what a training step of each takes, by the machine that trains it."""

from dataclasses import dataclass

from .model import ModelShape


@dataclass(frozen=True)
class Preset:
    """A shape with its row lengths, tokens a step, and peak rates. `long_length` is for the decay phase.

    `piece_tokens` pass through the model at once, 0: all of a step.
    """

    shape: ModelShape
    length: int
    long_length: int
    batch_tokens: int
    matrix_rate: float
    other_rate: float
    piece_tokens: int = 0


#: `cpu` is the shape of the first bundled model. The README says what speaks for `gpu`.
PRESETS: dict[str, Preset] = {
    "smoke": Preset(
        ModelShape(width=64, layers=2, heads=1, feed_forward=128, context=1024), 128, 256, 1024, 0.02, 0.004
    ),
    "cpu": Preset(ModelShape(width=256, layers=4, heads=4, feed_forward=640), 512, 1024, 4096, 0.02, 0.004),
    "cpu16": Preset(ModelShape(width=384, layers=8, heads=6, feed_forward=1024), 512, 1024, 8192, 0.02, 0.003),
    "gpu": Preset(
        ModelShape(width=640, layers=10, heads=10, feed_forward=1792, context=2048),
        1024,
        2048,
        262_144,
        0.02,
        0.003,
        32_768,
    ),
}
