r"""Trains the code model until a deadline, with checkpoints; run again with the same --out to go on.

    python -m glassbox_training.train --corpus WORK/corpus/train.jsonl --validation WORK/corpus/validation.jsonl \
        --tokenizer WORK/tokenizer --out WORK/run --preset cpu --until 2026-01-31T18:00:00Z

One script for processors and CUDA. The rate warms up, stays level, and falls to zero in the last --decay-share of this
start's time; with --decay-share 0 it stays level, so that a later start can go on for as long as it likes. What the
fall makes is kept beside the level state: once it has ended, a further start goes on from the level state again.
"""

import argparse
import json
import platform
import re
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .checkpoint import NoRoom, read_checkpoint, write_checkpoint
from .documents import load_documents
from .head_loss import tied_head_loss
from .loader import batches
from .model import Decoder, ModelShape
from .optimizer import make_optimizers
from .presets import PRESETS
from .schedule import Schedule
from .stream import SampleStream
from .training_log import TrainingLog

SEED = 7
LOG_EVERY_STEPS = 20


@dataclass
class Progress:
    """How far the run is. `seconds` counts training time over all starts, `rows` the rows of data read."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    rows: int = 0
    warm_steps: int = 0
    factor: float = 1.0


def describe_machine(path: Path, arguments: argparse.Namespace, module: str = "train") -> None:
    """Write which processor trains, and with which command, for the card."""
    if arguments.device == "cuda":
        machine = f"{torch.cuda.get_device_name()}, bfloat16"
    else:
        cpu = Path("/proc/cpuinfo")
        model = re.search(r"model name\s*:\s*(.+)", cpu.read_text()) if cpu.exists() else None
        name = model.group(1) if model else platform.processor()
        count = "1 thread" if arguments.threads == 1 else f"{arguments.threads} threads"
        machine = f"{name}, {count}, {arguments.precision}"
    command = f"python -m glassbox_training.{module} {shlex.join(re.sub(r'^/.*/', '', part) for part in sys.argv[1:])}"
    path.write_text(json.dumps({"machine": machine, "command": command}) + "\n")


def pick_shape(arguments: argparse.Namespace, vocabulary: int) -> ModelShape:
    """Return the preset's shape with the command line's sizes and the tokenizer's vocabulary."""
    named = {
        name: getattr(arguments, name) for name in ("width", "layers", "heads", "kv_heads", "feed_forward", "context")
    }
    given = {name: value for name, value in named.items() if value is not None}
    return replace(PRESETS[arguments.preset].shape, vocabulary=vocabulary, **given)


class Run:
    """One training run: model, optimizers, data, and the files it writes."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        """Create everything, or load it from the checkpoint in the output folder."""
        self.arguments = arguments
        self.out: Path = arguments.out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(SEED)
        tokenizer = Tokenizer.from_file(str(arguments.tokenizer / "tokenizer.json"))
        self.shape = pick_shape(arguments, tokenizer.get_vocab_size())
        self._check_shape()
        self.device = torch.device(arguments.device)
        self.model = Decoder(self.shape).to(self.device)
        self.optimizers = make_optimizers(self.model, arguments.matrix_rate, arguments.other_rate)
        self.stream = SampleStream(load_documents(arguments.corpus), tokenizer, SEED)
        self.validation = SampleStream(load_documents(arguments.validation), tokenizer, SEED + 1)
        self.progress = Progress()
        self._restore()
        self.shape.save(self.out / "shape.json")
        describe_machine(self.out / "machine.json", arguments)
        self.log = TrainingLog(self.out)
        self.hidden = torch.compile(self.model.hidden, dynamic=False) if arguments.compile else self.model.hidden
        self.whole_loss = torch.compile(self._whole_loss, dynamic=False) if arguments.compile else self._whole_loss

    def _check_shape(self) -> None:
        saved = self.out / "shape.json"
        if saved.exists() and ModelShape.load(saved) != self.shape:
            raise SystemExit(f"{self.out} holds a run of another shape or vocabulary; choose another folder")

    def _restore(self) -> None:
        """Go on from the fall when one was cut off, else from the level state, else from given weights."""
        level = read_checkpoint(self.out / "checkpoint.pt")
        fallen = read_checkpoint(self.out / "decay.pt", required=False)
        self.falling = (
            self.arguments.decay_share > 0
            and fallen is not None
            and 0 < fallen["progress"]["factor"] < 1
            and (level is None or fallen["progress"]["step"] > level["progress"]["step"])
        )
        state = fallen if self.falling else level
        if state is not None:
            self.model.load_state_dict(state["model"])
            for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
                optimizer.load_state_dict(saved)
            self.progress = Progress(**state["progress"])
        elif self.arguments.start_from is not None:
            self.model.load_state_dict(torch.load(self.arguments.start_from, weights_only=True))

    def save(self, falling: bool) -> None:
        """Write the checkpoint and the weights alone; the level state and the fall have a file each."""
        state: dict[str, Any] = {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": vars(self.progress),
        }
        write_checkpoint(state, self.out / ("decay.pt" if falling else "checkpoint.pt"))
        write_checkpoint(self.model.state_dict(), self.out / "weights.pt")
        (self.out / "progress.json").write_text(json.dumps(vars(self.progress)) + "\n")
        self.log.draw()

    def _autocast(self) -> AbstractContextManager[Any]:
        if self.arguments.precision == "float32":
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    def _whole_loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        logits = F.linear(self.model.hidden(inputs), self.model.embedding.weight)
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())

    def row_loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean loss in nats a token. On a processor the logits go through its cache in pieces."""
        with self._autocast():
            if self.device.type == "cuda":
                return self.whole_loss(inputs, targets)
            hidden = self.hidden(inputs).flatten(0, 1)
        return tied_head_loss(hidden.float(), self.model.embedding.weight, targets.flatten())

    def step(self, inputs: Tensor, targets: Tensor, factor: float) -> Tensor:
        """Take one step, in as many pieces as --piece-tokens asks for, and return its loss in nats a token."""
        rows, length = inputs.shape
        piece = max(1, self.arguments.piece_tokens // length) if self.arguments.piece_tokens else rows
        inputs, targets = inputs.to(self.device, non_blocking=True), targets.to(self.device, non_blocking=True)
        total = torch.zeros((), device=self.device)
        for start in range(0, rows, piece):
            part = slice(start, start + piece)
            loss = self.row_loss(inputs[part], targets[part]) * (inputs[part].shape[0] / rows)
            loss.backward()
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        self.progress.step += 1
        self.progress.warm_steps += 1
        self.progress.rows += rows
        self.progress.tokens += rows * length
        self.progress.factor = factor
        return total

    @torch.no_grad()
    def validation_loss(self, rows: int = 48) -> float:
        """Return the mean loss in nats a token over fixed rows of the validation repositories."""
        length = self.arguments.length
        each = max(1, min(rows, (self.arguments.piece_tokens or self.arguments.batch_tokens) // length))
        losses = []
        for first in range(0, rows - each + 1, each):
            inputs, targets = self.validation.batch(first, each, length)
            losses.append(self.row_loss(inputs.to(self.device), targets.to(self.device)).item())
        return sum(losses) / len(losses)

    def _batches(self, falling: bool) -> Iterator[tuple[Tensor, Tensor]]:
        length = self.arguments.long_length if falling else self.arguments.length
        rows = max(1, self.arguments.batch_tokens // length)
        pin = self.device.type == "cuda"
        return batches(
            self.stream, first=self.progress.rows, rows=rows, length=length, workers=self.arguments.workers, pin=pin
        )

    def train(self, deadline: float) -> None:
        """Train until the deadline (seconds since the epoch)."""
        start = saved = logged = time.time()
        seconds, tokens, mean = self.progress.seconds, self.progress.tokens, None
        reached = self.progress.factor if self.falling else 1.0
        schedule = Schedule(start, deadline, self.arguments.decay_share * (deadline - start), reached)
        falling = schedule.decays(start)
        data = self._batches(falling)
        while (now := time.time()) < deadline:
            if schedule.decays(now) and not falling:
                self.save(falling=False)
                falling, data = True, self._batches(falling=True)
            loss = self.step(*next(data), schedule.factor(self.progress.warm_steps, now))
            mean = loss if mean is None else torch.lerp(mean, loss, 0.05)
            self.progress.seconds = seconds + time.time() - start
            if self.progress.step % LOG_EVERY_STEPS == 0:
                self._tell(
                    loss=mean.item(),
                    rate=self.progress.factor,
                    speed=(self.progress.tokens - tokens) / (time.time() - logged),
                )
                logged, tokens = time.time(), self.progress.tokens
            if time.time() - saved > self.arguments.save_every:
                self._tell(validation=self.validation_loss())
                self.save(falling)
                saved = time.time()
        if falling:
            self.progress.factor = 0.0
        self._tell(validation=self.validation_loss(), finished=1)
        self.save(falling)

    def _tell(self, **values: float) -> None:
        self.log.add(self.progress.step, self.progress.tokens, **values)


def parse() -> argparse.Namespace:
    """Read the command line; what is not given comes from the preset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--validation", "--tokenizer", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="cpu")
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--until", help="when to end, ISO 8601")
    end.add_argument("--minutes", type=float, help="how long this start may take, loading included")
    parser.add_argument(
        "--decay-share", type=float, default=0.85, help="share of this start's time in which the rate falls"
    )
    for name in ("width", "layers", "heads", "kv-heads", "feed-forward", "context"):
        parser.add_argument(f"--{name}", type=int, help="instead of the preset's")
    for name in ("length", "long-length", "batch-tokens"):
        parser.add_argument(f"--{name}", type=int, help="instead of the preset's")
    parser.add_argument("--matrix-rate", type=float, help="Muon's peak rate, instead of the preset's")
    parser.add_argument("--other-rate", type=float, help="AdamW's peak rate, instead of the preset's")
    parser.add_argument(
        "--piece-tokens", type=int, default=0, help="tokens that pass through the model at once; 0: all"
    )
    parser.add_argument("--save-every", type=float, default=300.0, help="seconds between checkpoints")
    parser.add_argument("--start-from", type=Path, help="weights to begin a new run with")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), help="default: bfloat16 on CUDA")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0, help="processes that make rows; 0: the trainer makes them")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    arguments = parser.parse_args()
    preset = PRESETS[arguments.preset]
    for name in ("length", "long_length", "batch_tokens", "matrix_rate", "other_rate"):
        if getattr(arguments, name) is None:
            setattr(arguments, name, getattr(preset, name))
    arguments.precision = arguments.precision or ("bfloat16" if arguments.device == "cuda" else "float32")
    return arguments


def main() -> None:
    """Train until the deadline."""
    began = time.time()
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    torch.set_float32_matmul_precision("high")
    if arguments.minutes is not None:
        deadline = began + 60 * arguments.minutes
    else:
        deadline = datetime.fromisoformat(arguments.until.replace("Z", "+00:00")).timestamp()
    if deadline <= time.time():
        raise SystemExit("the deadline has passed; nothing was trained")
    try:
        Run(arguments).train(deadline)
    except NoRoom as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
