r"""Trains the code model until a deadline, with checkpoints; run again with the same --out to go on.

    python -m glassbox_training.train --corpus WORK/corpus/train.jsonl --validation WORK/corpus/validation.jsonl \
        --tokenizer WORK/tokenizer --out WORK/run --until 2026-01-31T18:00:00Z
"""

import argparse
import json
import math
import platform
import re
import shlex
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .corpus import load
from .head_loss import tied_head_loss
from .model import Decoder, ModelShape
from .optimizer import make_optimizers
from .stream import SampleStream

WARM_UP_STEPS = 60
SEED = 7


@dataclass
class Progress:
    """How far the run is. `seconds` counts training time over all starts."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


def learning_rate_factor(step: int, elapsed: float, decay_share: float) -> float:
    """Return the share of the peak rate: warm-up by steps, then level, then linear to zero at `elapsed` = 1."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    left = (1.0 - elapsed) / decay_share
    return max(0.0, min(warm, left))


def describe_machine(path: Path, threads: int) -> None:
    """Write which processor trains, and with which command, for the card."""
    cpu = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", cpu.read_text()) if cpu.exists() else None
    name = model.group(1) if model else platform.processor()
    command = f"python -m glassbox_training.train {shlex.join(re.sub(r'^/.*/', '', part) for part in sys.argv[1:])}"
    count = "1 thread" if threads == 1 else f"{threads} threads"
    path.write_text(json.dumps({"machine": f"{name}, {count}, float32", "command": command}) + "\n")


class Run:
    """One training run: model, optimizers, data, and the files it writes."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        """Create everything, or load it from the checkpoint in the output folder."""
        self.arguments = arguments
        self.out: Path = arguments.out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(SEED)
        shape = ModelShape(
            width=arguments.width, layers=arguments.layers, heads=arguments.heads, feed_forward=arguments.feed_forward
        )
        tokenizer = Tokenizer.from_file(str(arguments.tokenizer / "tokenizer.json"))
        shape = ModelShape(**{**vars(shape), "vocabulary": tokenizer.get_vocab_size()})
        self.model = Decoder(shape)
        shape.save(self.out / "shape.json")
        describe_machine(self.out / "machine.json", arguments.threads)
        self.optimizers = make_optimizers(self.model, arguments.matrix_rate, arguments.other_rate)
        self.stream = SampleStream(load(arguments.corpus), tokenizer, SEED)
        self.validation = SampleStream(load(arguments.validation), tokenizer, SEED + 1)
        self.progress = Progress()
        self.checkpoint = self.out / "checkpoint.pt"
        if self.checkpoint.exists():
            self._restore()
        self.hidden = torch.compile(self.model.hidden, dynamic=False) if arguments.compile else self.model.hidden

    def _restore(self) -> None:
        state = torch.load(self.checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.progress = Progress(**state["progress"])

    def save(self) -> None:
        """Write the checkpoint and the weights alone, each by rename so that a reader never sees half a file."""
        state = {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": vars(self.progress),
        }
        for name, value in (("checkpoint.pt", state), ("weights.pt", self.model.state_dict())):
            part = self.out / f"{name}.part"
            torch.save(value, part)
            part.rename(self.out / name)
        (self.out / "progress.json").write_text(json.dumps(vars(self.progress)) + "\n")

    def step(self, length: int, factor: float) -> float:
        """Take one step on rows of that length and return the loss in nats a token."""
        rows = self.arguments.batch_tokens // length
        inputs, targets = self.stream.batch(self.progress.step, rows, length)
        loss = tied_head_loss(self.hidden(inputs).flatten(0, 1), self.model.embedding.weight, targets.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        self.progress.step += 1
        self.progress.tokens += rows * length
        return loss.item()

    @torch.no_grad()
    def validation_loss(self, batches: int = 6) -> float:
        """Return the mean loss in nats a token over fixed rows of the validation repositories."""
        total = 0.0
        for index in range(batches):
            inputs, targets = self.validation.batch(index, 8, 512)
            total += tied_head_loss(
                self.hidden(inputs).flatten(0, 1), self.model.embedding.weight, targets.flatten()
            ).item()
        return total / batches

    def train(self, deadline: float) -> None:
        """Train until the deadline (seconds since the epoch); the rate reaches zero there."""
        start = time.time() - self.progress.seconds
        saved = logged = time.time()
        mean = math.nan
        tokens = self.progress.tokens
        while (now := time.time()) < deadline:
            elapsed = (now - start) / (deadline - start)
            length = self.arguments.long_length if elapsed > 1 - self.arguments.long_share else self.arguments.length
            factor = learning_rate_factor(self.progress.step, elapsed, self.arguments.decay_share)
            loss = self.step(length, factor)
            mean = loss if math.isnan(mean) else 0.95 * mean + 0.05 * loss
            self.progress.seconds = time.time() - start
            if self.progress.step % 20 == 0:
                rate = (self.progress.tokens - tokens) / (time.time() - logged)
                logged, tokens = time.time(), self.progress.tokens
                self.log(f"loss {mean:.4f} rate {factor:.3f} {rate:.0f} tokens/s")
            if time.time() - saved > self.arguments.save_every:
                self.save()
                self.log(f"validation {self.validation_loss():.4f}")
                saved = time.time()
        self.save()
        self.log(f"finished, validation {self.validation_loss():.4f}")

    def log(self, message: str) -> None:
        """Print a line with the run's progress in front."""
        print(
            f"{datetime.now():%H:%M:%S} step {self.progress.step} tokens {self.progress.tokens:,} {message}", flush=True
        )


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--validation", "--tokenizer", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--until", required=True, help="when to end, ISO 8601, or +SECONDS from now")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--feed-forward", type=int, default=640)
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--length", type=int, default=512)
    parser.add_argument("--long-length", type=int, default=1024, help="row length of the last part")
    parser.add_argument("--long-share", type=float, default=0.15, help="share of the time that uses the long rows")
    parser.add_argument("--decay-share", type=float, default=0.85)
    parser.add_argument("--matrix-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--other-rate", type=float, default=0.004, help="AdamW's peak rate")
    parser.add_argument("--save-every", type=float, default=300.0, help="seconds between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


def main() -> None:
    """Train until the deadline."""
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    until: str = arguments.until
    deadline = (
        time.time() + float(until)
        if until.startswith("+")
        else datetime.fromisoformat(until.replace("Z", "+00:00")).timestamp()
    )
    Run(arguments).train(deadline)


if __name__ == "__main__":
    main()
