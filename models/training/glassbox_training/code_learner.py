"""Trains the code model: rows of tokens, each position against the next.

The rate warms up, stays level, and falls to zero in the last share of the start's time, in which rows are longer. What the
fall makes is kept in `decay.pt` beside the level state in `checkpoint.pt`: a fall that was cut off goes on, and after one that
ended a further start goes on from the level state.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .documents import load_documents
from .learner import Learner, Progress
from .loader import batches
from .machine import Machine
from .model import Decoder, ModelShape
from .optimizer import make_optimizers
from .row_loss import RowLoss
from .run import Run
from .run_folder import load_weights
from .schedule import Schedule
from .stream import SampleStream

#: Of the validation rows, which are the same in every run.
VALIDATION_SEED = 8
VALIDATION_ROWS = 48
LARGEST_GRADIENT = 1.0


@dataclass
class CodeProgress(Progress):
    """`rows` counts the rows of data read, `warm_steps` steps since the optimizers were made; `factor` is the rate's."""

    rows: int = 0
    warm_steps: int = 0
    factor: float = 1.0


class CodeLearner(Learner):
    """The decoder, its optimizers and its rows."""

    def __init__(
        self, arguments: argparse.Namespace, shape: ModelShape, tokenizer: Tokenizer, machine: Machine
    ) -> None:
        """Create everything with random weights from the seed, and read the corpus."""
        torch.manual_seed(arguments.seed)
        self.arguments = arguments
        self.machine = machine
        self.model = Decoder(shape).to(machine.device)
        self.modules = {"model": self.model}
        self.optimizers = make_optimizers(self.model, arguments.matrix_rate, arguments.other_rate)
        self.progress: CodeProgress = CodeProgress()
        self.falling = False
        self.stream = SampleStream(load_documents(arguments.corpus), tokenizer, arguments.seed)
        self._validation = SampleStream(load_documents(arguments.validation), tokenizer, VALIDATION_SEED)
        self._loss = RowLoss(self.model, machine)
        self._told_tokens, self._told_time = 0, time.time()

    @property
    def checkpoint_file(self) -> str:  # type: ignore[override]
        """Name the file of the level state, or that of the fall."""
        return "decay.pt" if self.falling else "checkpoint.pt"

    def stored(self, run: Run) -> dict[str, Any] | None:
        """Go on from the fall when one was cut off, else from the level state."""
        level, fallen = run.read("checkpoint.pt"), run.read("decay.pt", required=False)
        self.falling = (
            self.arguments.decay_share > 0
            and fallen is not None
            and 0 < fallen["progress"]["factor"] < 1
            and (level is None or fallen["progress"]["step"] > level["progress"]["step"])
        )
        return fallen if self.falling else level

    def begin_new(self) -> None:
        """Begin with the weights that were given, if any were."""
        if self.arguments.start_from is not None:
            load_weights(self.model, self.arguments.start_from)

    def begin(self, start: float, deadline: float) -> None:
        """Lay out the rate, compile, and open the data."""
        reached = self.progress.factor if self.falling else 1.0
        self._schedule = Schedule(start, deadline, self.arguments.decay_share * (deadline - start), reached)
        self.falling = self._schedule.decays(start)
        self._open()
        self._told_tokens, self._told_time = self.progress.tokens, time.time()

    def part_ends(self, now: float) -> bool:
        """Tell whether the rate begins to fall."""
        return self._schedule.decays(now) and not self.falling

    def next_part(self, now: float) -> None:
        """Begin to fall."""
        self.falling = True
        self._open()

    def step(self, now: float) -> dict[str, Tensor]:
        """Take one step, in as many pieces as --piece-tokens asks for."""
        inputs, targets = map(self.machine.move, next(self.data))
        factor = self._schedule.factor(self.progress.warm_steps, now)
        rows, piece = len(inputs), self._piece(len(inputs), inputs.shape[1])
        total = torch.zeros((), device=self.machine.device)
        for first in range(0, rows, piece):
            part = slice(first, first + piece)
            loss = self._loss(inputs[part], targets[part]) * (len(inputs[part]) / rows)
            loss.backward()
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), LARGEST_GRADIENT)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        self.progress.step += 1
        self.progress.warm_steps += 1
        self.progress.rows += rows
        self.progress.tokens += inputs.numel()
        self.progress.factor = factor
        return {"loss": total}

    @torch.no_grad()
    def measured(self, part_ends: bool) -> dict[str, float]:
        """Return the mean loss in nats a token over fixed rows of the validation repositories."""
        if part_ends:
            return {}
        length = self.arguments.length
        each = max(1, min(VALIDATION_ROWS, (self.arguments.piece_tokens or self.arguments.batch_tokens) // length))
        losses = []
        for first in range(0, VALIDATION_ROWS - each + 1, each):
            inputs, targets = map(self.machine.move, self._validation.batch(first, each, length))
            losses.append(self._loss(inputs, targets, fast=False).item())
        return {"validation": sum(losses) / len(losses)}

    def told(self) -> dict[str, float]:
        """Return the rate's factor, and the tokens a second since this was asked before."""
        now, tokens = time.time(), self.progress.tokens
        speed = (tokens - self._told_tokens) / (now - self._told_time)
        self._told_tokens, self._told_time = tokens, now
        return {"rate": self.progress.factor, "speed": speed}

    def finish(self) -> None:
        """Note that a fall has ended: its rate is 0."""
        if self.falling:
            self.progress.factor = 0.0

    def _open(self) -> None:
        """Open the data at the row where it goes on, for rows of the part's length, and compile for them."""
        length = self.arguments.long_length if self.falling else self.arguments.length
        rows = max(1, self.arguments.batch_tokens // length)
        self.data: Iterator[tuple[Tensor, Tensor]] = batches(
            self.stream, first=self.progress.rows, rows=rows, length=length, workers=self.arguments.workers
        )
        if self.arguments.compile:
            self._loss.compile(self._piece(rows, length), length)

    def _piece(self, rows: int, length: int) -> int:
        """Return how many rows pass through the model at once."""
        return max(1, self.arguments.piece_tokens // length) if self.arguments.piece_tokens else rows
