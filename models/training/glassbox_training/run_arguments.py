"""The arguments that the training of either model has: where, until when, on which machine."""

import argparse
import time
from datetime import datetime
from pathlib import Path

import torch


def add_run_arguments(parser: argparse.ArgumentParser, save_every: float) -> None:
    """Declare them; `save_every` is the model's usual time between checkpoints, in seconds."""
    parser.add_argument("--out", type=Path, required=True, help="the run's folder")
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--until", help="when to end, ISO 8601")
    end.add_argument("--minutes", type=float, help="how long this start may take, loading included")
    parser.add_argument("--save-every", type=float, default=save_every, help="seconds between checkpoints")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), help="default: bfloat16 on CUDA")
    parser.add_argument("--threads", type=int, default=2)


def deadline_of(arguments: argparse.Namespace, began: float) -> float:
    """Return when a start that began at `began` must end, in seconds since the epoch; that must be to come."""
    if arguments.minutes is not None:
        deadline = began + 60 * arguments.minutes
    else:
        deadline = datetime.fromisoformat(arguments.until).timestamp()
    require_time(deadline)
    return float(deadline)


def require_time(deadline: float) -> None:
    """End with a message when the deadline has passed."""
    if deadline <= time.time():
        raise SystemExit("the deadline has passed; nothing was trained")
