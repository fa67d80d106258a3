"""What a run trains: a model with its optimizers and its data. The code model and the encoder have one each."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from .run import Run


@dataclass
class Progress:
    """How far a run is. `seconds` counts training time over all starts; learners add what else they go on from."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


class Learner(ABC):
    """Takes the steps of a run. The run counts the time, writes the log and keeps the checkpoints (run.py).

    `modules` and `optimizers` are what a checkpoint keeps; "model" names the one whose weights are also written alone.
    """

    modules: dict[str, nn.Module]
    optimizers: list[torch.optim.Optimizer]
    progress: Progress
    #: The file that the next checkpoint goes to, and whether the weights are worth to be written alone.
    checkpoint_file = "checkpoint.pt"
    keeps_weights = True

    def stored(self, run: "Run") -> dict[str, Any] | None:
        """Return the state to go on from; None for a new run."""
        return run.read("checkpoint.pt")

    @abstractmethod
    def begin_new(self) -> None:
        """Make the model of a new run ready."""

    @abstractmethod
    def begin(self, start: float, deadline: float) -> None:
        """Make ready to train from `start` to `deadline`, in seconds since the epoch."""

    @abstractmethod
    def part_ends(self, now: float) -> bool:
        """Tell whether a part of the run ends here; the run is then saved, and `next_part` called."""

    @abstractmethod
    def next_part(self, now: float) -> None:
        """Make ready for the part that follows."""

    @abstractmethod
    def step(self, now: float) -> dict[str, Tensor]:
        """Take one step, count it in `progress`, and return its losses by name, in nats."""

    @abstractmethod
    def measured(self, part_ends: bool) -> dict[str, float]:
        """Measure on validation data before a checkpoint; what is returned goes to the log."""

    def told(self) -> dict[str, float]:
        """Return what the log tells of the training beside the losses."""
        return {}

    @abstractmethod
    def finish(self) -> None:
        """Note that the deadline was reached; the last checkpoint follows."""
