"""The course of a run: what is learned when, by the share of the run that is done."""

import math
from dataclasses import dataclass

WARM_UP_STEPS = 40


@dataclass(frozen=True)
class Part:
    """A part of the run up to the share `end` of it, and what a step of it reads.

    `words`: pairs of which the words alone are compared, without the layers. `pairs`: pairs that pass through the layers.
    `blocks`: rows for the masked-token and the next-block head. `rate`: share of the words' peak rate, which falls to zero over
    the last share `fall` of the part. `readings`: the part ends earlier when it has read all pairs so often, and its rate
    falls towards that end. `fixed`: the tokens' own vectors and weights stay as they are.
    """

    name: str
    end: float
    words: int
    pairs: int
    blocks: int
    rate: float
    fall: float = 0.0
    readings: float = math.inf
    fixed: bool = False


#: The words learn all they can from the pairs in one or two readings, and go on to learn them by heart; so their rate falls to
#: zero by then, and from there on they are fixed: what the layers add begins with nothing and is all that changes the
#: embedding. In the whole course the largest part is the last, where the layers learn what finds code. Where there is time
#: for no more than a few hundred of its steps, the layers learn for the heads alone.
COURSES: dict[str, tuple[Part, ...]] = {
    "whole": (
        Part("words", 0.12, words=512, pairs=0, blocks=0, rate=1.0, fall=1.0, readings=2.0),
        Part("masked", 0.35, words=0, pairs=0, blocks=48, rate=0.5, fixed=True),
        Part("pairs", 1.0, words=0, pairs=128, blocks=8, rate=0.6, fall=0.5, fixed=True),
    ),
    "short": (
        Part("words", 0.3, words=512, pairs=0, blocks=0, rate=1.0, fall=1.0, readings=2.0),
        Part("masked", 1.0, words=0, pairs=0, blocks=48, rate=1.0, fall=0.4, fixed=True),
    ),
}


@dataclass(frozen=True)
class Course:
    """Goes evenly from the share that was done at `start` to all of it at `deadline`, in seconds of one clock."""

    parts: tuple[Part, ...]
    done: float
    start: float
    deadline: float

    def share(self, now: float) -> float:
        """Return the share of the run that is done."""
        passed = (now - self.start) / max(self.deadline - self.start, 1e-9)
        return min(1.0, self.done + (1 - self.done) * passed)

    def part(self, now: float) -> Part:
        """Return the part that the run is in."""
        return next((part for part in self.parts if self.share(now) < part.end), self.parts[-1])

    def rate(self, now: float, steps: int, readings: float) -> float:
        """Return the share of the peak rate, after that many steps of this part and start and readings of all pairs."""
        part = self.part(now)
        begin = max((other.end for other in self.parts if other.end < part.end), default=0.0)
        left = min((part.end - self.share(now)) / (part.end - begin), 1 - readings / part.readings)
        warm = min(1.0, (steps + 1) / WARM_UP_STEPS)
        return warm * (1.0 if left >= part.fall else max(0.0, left / part.fall))
