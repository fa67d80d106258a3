"""One training run of either model: its folder, its checkpoints, its log, and the way from its start to its deadline.

A run that is started again with the same folder goes on. The folder holds `checkpoint.pt` and what learners name beside it,
each with the one before it, `weights.pt`, `shape.json`, `progress.json`, `machine.json`, `log.jsonl` and `loss.svg`.
"""

import json
import math
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .checkpoint import NoRoom, read_checkpoint, write_checkpoint
from .learner import Learner
from .machine import Machine
from .program_command import program_command
from .run_arguments import require_time
from .run_folder import WEIGHTS_FILE
from .saved_shape import SHAPE_FILE, SavedShape
from .training_log import TrainingLog

LOG_EVERY_STEPS = 20
#: Share of a new loss in the mean that the log tells.
NEW_LOSS_SHARE = 0.05


class Run:
    """The run in one folder; `train` does everything between loading and the deadline."""

    def __init__(self, out: Path, shape: SavedShape, machine: Machine, save_every: float) -> None:
        """Take the folder, which must be new or hold a run of this shape, and the seconds between checkpoints."""
        out.mkdir(parents=True, exist_ok=True)
        if (out / SHAPE_FILE).exists() and type(shape).load(out) != shape:
            raise SystemExit(f"{out} holds a run of another shape or vocabulary; choose another folder")
        self.out = out
        self._shape = shape
        self._machine = machine
        self._save_every = save_every
        self._log = TrainingLog(out)

    def read(self, file: str, required: bool = True) -> dict[str, Any] | None:
        """Return the newest whole checkpoint of that name, or None when there is none."""
        return read_checkpoint(self.out / file, required)

    def restore(self, learner: Learner) -> None:
        """Bring the learner to where the run stands, or make it ready for a new one."""
        state = learner.stored(self)
        if state is None:
            learner.begin_new()
            return
        # What the run began without (a module with its optimizer, at the end of the list) begins now.
        for name, module in learner.modules.items():
            if name in state:
                module.load_state_dict(state[name])
        for optimizer, saved in zip(learner.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        if "random" in state:
            torch.set_rng_state(state["random"])
        learner.progress = type(learner.progress)(**state["progress"])
        print(f"{self.out}: going on after step {learner.progress.step}", flush=True)

    def train(self, learner: Learner, deadline: float) -> None:
        """Train until the deadline (seconds since the epoch), with a checkpoint at its end and now and then before."""
        require_time(deadline)
        self._describe()
        try:
            self._steps(learner, deadline)
        except NoRoom as error:
            raise SystemExit(str(error)) from error

    def _steps(self, learner: Learner, deadline: float) -> None:
        start = saved = time.time()
        seconds = learner.progress.seconds
        learner.begin(start, deadline)
        means: dict[str, Tensor] = {}
        while (now := time.time()) < deadline:
            if learner.part_ends(now):
                self._check(learner, means, part_ends=True)
                learner.next_part(now)
            losses = learner.step(now)
            means = {name: torch.lerp(means.get(name, loss), loss, NEW_LOSS_SHARE) for name, loss in losses.items()}
            learner.progress.seconds = seconds + time.time() - start
            if learner.progress.step % LOG_EVERY_STEPS == 0:
                self._tell(learner, **self._finite(learner, means), **learner.told())
            if time.time() - saved > self._save_every:
                self._check(learner, means)
                saved = time.time()
        learner.finish()
        self._check(learner, means, finished=1)

    def _finite(self, learner: Learner, means: dict[str, Tensor]) -> dict[str, float]:
        """Return the means as numbers; end the run before it keeps weights that are none."""
        values = {name: mean.item() for name, mean in means.items()}
        if not all(map(math.isfinite, values.values())):
            raise SystemExit(
                f"the loss is not a number any more at step {learner.progress.step} ({values}); the last checkpoint is kept"
            )
        return values

    def _check(self, learner: Learner, means: dict[str, Tensor], part_ends: bool = False, **more: float) -> None:
        """Measure and write the checkpoint, the weights alone, and the progress."""
        self._finite(learner, means)
        measured = learner.measured(part_ends) | more
        if measured:
            self._tell(learner, **measured)
        write_checkpoint(
            {
                **{name: module.state_dict() for name, module in learner.modules.items()},
                "optimizers": [optimizer.state_dict() for optimizer in learner.optimizers],
                "random": torch.get_rng_state(),
                "progress": vars(learner.progress),
            },
            self.out / learner.checkpoint_file,
        )
        if learner.keeps_weights:
            write_checkpoint(learner.modules["model"].state_dict(), self.out / WEIGHTS_FILE)
        (self.out / "progress.json").write_text(json.dumps(vars(learner.progress)) + "\n")
        self._log.draw()

    def _describe(self) -> None:
        """Write the shape, and which machine trains with which command, for the card."""
        self._shape.save(self.out)
        facts = {"machine": self._machine.name(), "command": program_command()}
        (self.out / "machine.json").write_text(json.dumps(facts) + "\n")

    def _tell(self, learner: Learner, **values: float) -> None:
        self._log.add(learner.progress.step, learner.progress.tokens, **values)
