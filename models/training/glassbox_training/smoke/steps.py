"""Runs steps of the pipeline as processes of their own, the way a person would: to their end, to a message, or to a stop."""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

PACKAGE = Path(__file__).resolve().parents[1]


def command_of(module: str, *words: str, **options: object) -> list[str]:
    """Return the command of a step, and show it."""
    arguments = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    print(f"$ python -m glassbox_training.{module} {' '.join([*words, *arguments])}", flush=True)
    return [sys.executable, "-m", f"glassbox_training.{module}", *words, *arguments]


def run_step(module: str, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run one step and return what it printed."""
    command = command_of(module, *words, **options)
    return subprocess.run(
        command, check=False, cwd=PACKAGE.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def step(module: str, *words: str, **options: object) -> str:
    """Run a step that must succeed."""
    done = run_step(module, *words, **options)
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stdout}")
    return done.stdout


def refuse(module: str, message: str, *words: str, **options: object) -> None:
    """Run a step that must end with a message."""
    done = run_step(module, *words, **options)
    if done.returncode == 0 or message not in done.stdout or "Traceback" in done.stdout:
        raise SystemExit(f"{module} should have ended with {message!r}:\n{done.stdout}")


def stop(run: Path, enough: Callable[[dict[str, Any]], bool], module: str, *words: str, **options: object) -> None:
    """Start a training step, and kill it when the last two checkpoints were both written at an `enough` progress."""
    seen: set[int] = set()
    command = command_of(module, *words, **options)
    with (run.parent / f"{run.name}.log").open("w+") as told:
        process = subprocess.Popen(command, cwd=PACKAGE.parent, stdout=told, stderr=subprocess.STDOUT)
        while len(seen) < 2:
            if process.poll() is not None:
                told.seek(0)
                raise SystemExit(f"{module} ended before it was stopped:\n{told.read()}")
            time.sleep(0.2)
            try:
                progress = json.loads((run / "progress.json").read_text())
            except (OSError, ValueError):  # not there yet, or half written
                continue
            if enough(progress):
                seen.add(progress["step"])
        process.kill()
        process.wait()


def cut_off(checkpoint: Path) -> dict[str, Any]:
    """Keep half of a checkpoint, as when the machine stops, and return the progress of the one before it."""
    checkpoint.write_bytes(checkpoint.read_bytes()[: checkpoint.stat().st_size // 2])
    state = torch.load(checkpoint.with_name(f"{checkpoint.name}.previous"), weights_only=True)
    progress: dict[str, Any] = state["progress"]
    return progress


def log_entries(run: Path) -> list[dict[str, float]]:
    """Return the entries of a run's log."""
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


def go_on(run: Path, before: dict[str, Any], module: str, *words: str, **options: object) -> None:
    """Start a training step again whose last checkpoint was cut off; it must say so and go on from the one before it."""
    logged = len(log_entries(run))
    told = step(module, *words, **options)
    for message in ("checkpoint.pt: not a whole checkpoint", f"going on after step {before['step']}\n"):
        if message not in told:
            raise SystemExit(f"{module} did not tell {message!r}:\n{told}")
    entries = log_entries(run)[logged:]
    steps = [entry["step"] for entry in entries]
    if steps != sorted(steps) or not before["step"] <= steps[0] or not before["step"] < steps[-1]:
        raise SystemExit(f"{module} did not go on from step {before['step']}: {steps}")
    if not all(math.isfinite(value) for entry in entries for value in entry.values()):
        raise SystemExit(f"{module}: the log holds what is no number: {entries}")
