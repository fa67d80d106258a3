r"""Trains the encoder until a deadline, with checkpoints; run again with the same --out to go on.

    python -m glassbox_training.encoder.train --corpus WORK/corpus/train.jsonl --tokenizer WORK/encoder/tokenizer \
        --pairs WORK/encoder/functions.train.jsonl WORK/encoder/comments.train.jsonl \
        --validation-pairs WORK/encoder/functions.validation.jsonl --out WORK/encoder/run --until 2026-01-31T18:00:00Z

A run has three parts (course.py): the words alone, masked tokens and next blocks, and pairs through the layers, for which
the short course has no time. A start goes evenly from what is done to the end of the run at its deadline; what was cut off goes on from its last checkpoint.
"""

import argparse
import time
from pathlib import Path

from tokenizers import Tokenizer

from ..machine import Machine
from ..run import Run
from ..run_arguments import add_run_arguments, deadline_of
from .course import COURSES
from .encoder_learner import EncoderLearner
from .model import EncoderShape


def parse(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line, or its words when they are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--tokenizer", "--validation-pairs"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    add_run_arguments(parser, save_every=240.0)
    for name, value in (("width", 384), ("layers", 2), ("heads", 6), ("feed-forward", 768)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--course", choices=sorted(COURSES), default="whole", help="what is learned when: course.py")
    parser.add_argument("--block-characters", type=int, default=60_000_000, help="corpus text the heads are trained on")
    parser.add_argument("--matrix-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--other-rate", type=float, default=0.003, help="AdamW's peak rate")
    return parser.parse_args(words)


def restored(arguments: argparse.Namespace) -> tuple[Run, EncoderLearner]:
    """Return the run in the folder, new or where it stands, ready to train."""
    machine = Machine.prepare(arguments)
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer / "tokenizer.json"))
    shape = EncoderShape(
        tokenizer.get_vocab_size(), arguments.width, arguments.layers, arguments.heads, arguments.feed_forward
    )
    run = Run(arguments.out, shape, machine, arguments.save_every)
    learner = EncoderLearner(arguments, shape, tokenizer, machine)
    run.restore(learner)
    return run, learner


def main() -> None:
    """Train until the deadline."""
    began = time.time()
    arguments = parse()
    deadline = deadline_of(arguments, began)
    run, learner = restored(arguments)
    if learner.progress.share >= 1:
        raise SystemExit(f"the run in {arguments.out} has ended; choose another folder to train again")
    run.train(learner, deadline)


if __name__ == "__main__":
    main()
