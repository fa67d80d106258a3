r"""Trains the code model until a deadline, with checkpoints; run again with the same --out to go on.

    python -m glassbox_training.train --corpus WORK/corpus/train.jsonl --validation WORK/corpus/validation.jsonl \
        --tokenizer WORK/tokenizer --out WORK/run --preset cpu --until 2026-01-31T18:00:00Z

One script for processors and CUDA. With --decay-share 0 the rate stays level, so that a later start can go on for as long
as it likes (code_learner.py).
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from .code_learner import CodeLearner
from .machine import Machine
from .model import ModelShape
from .presets import PRESETS
from .run import Run
from .run_arguments import add_run_arguments, deadline_of

SIZES = ("width", "layers", "heads", "kv-heads", "feed-forward", "context")
STEPS = {
    "length": (int, "tokens of a row"),
    "long-length": (int, "tokens of a row while the rate falls"),
    "batch-tokens": (int, "tokens of a step"),
    "piece-tokens": (int, "tokens that pass through the model at once, 0: all of a step"),
    "matrix-rate": (float, "Muon's peak rate"),
    "other-rate": (float, "AdamW's peak rate"),
}


def parse(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line, or its words when they are given; what is not given comes from the preset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--validation", "--tokenizer"):
        parser.add_argument(name, type=Path, required=True)
    add_run_arguments(parser, save_every=300.0)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="cpu")
    parser.add_argument(
        "--decay-share", type=float, default=0.85, help="share of this start's time in which the rate falls"
    )
    for name in SIZES:
        parser.add_argument(f"--{name}", type=int, help="instead of the preset's")
    for name, (kind, meaning) in STEPS.items():
        parser.add_argument(f"--{name}", type=kind, help=f"{meaning}; instead of the preset's")
    parser.add_argument("--start-from", type=Path, help="weights to begin a new run with")
    parser.add_argument(
        "--seed", type=int, default=7, help="another one than the weights to begin with read other rows"
    )
    parser.add_argument("--workers", type=int, default=0, help="processes that make rows; 0: the trainer makes them")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    arguments = parser.parse_args(words)
    for name in (name.replace("-", "_") for name in STEPS):
        if getattr(arguments, name) is None:
            setattr(arguments, name, getattr(PRESETS[arguments.preset], name))
    return arguments


def pick_shape(arguments: argparse.Namespace, vocabulary: int) -> ModelShape:
    """Return the preset's shape with the command line's sizes and the tokenizer's vocabulary."""
    named = {name: getattr(arguments, name) for name in (name.replace("-", "_") for name in SIZES)}
    given = {name: value for name, value in named.items() if value is not None}
    return replace(PRESETS[arguments.preset].shape, vocabulary=vocabulary, **given)


def restored(arguments: argparse.Namespace) -> tuple[Run, CodeLearner]:
    """Return the run in the folder, new or where it stands, ready to train."""
    machine = Machine.prepare(arguments)
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer / "tokenizer.json"))
    shape = pick_shape(arguments, tokenizer.get_vocab_size())
    run = Run(arguments.out, shape, machine, arguments.save_every)
    learner = CodeLearner(arguments, shape, tokenizer, machine)
    run.restore(learner)
    return run, learner


def main() -> None:
    """Train until the deadline."""
    began = time.time()
    arguments = parse()
    deadline = deadline_of(arguments, began)
    run, learner = restored(arguments)
    run.train(learner, deadline)


if __name__ == "__main__":
    main()
