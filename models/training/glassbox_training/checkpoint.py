"""Checkpoints that survive being cut off: each is written beside and renamed, and the one before it is kept."""

import os
import shutil
from pathlib import Path
from typing import Any

import torch


class NoRoom(RuntimeError):
    """The disk has no room for the next checkpoint."""


def write_checkpoint(state: dict[str, Any], path: Path) -> None:
    """Write the state; a reader sees the whole new file or the whole old one, which stays as `.previous`."""
    part = path.with_name(f"{path.name}.part")
    needed = 1.2 * path.stat().st_size if path.exists() else 0
    if shutil.disk_usage(path.parent).free < needed:
        raise NoRoom(f"{path.parent}: no room for a checkpoint of {needed / 1e6:.0f} MB; the last one is kept")
    try:
        with part.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        part.unlink(missing_ok=True)
        raise NoRoom(f"{path}: the checkpoint could not be written ({error}); the last one is kept") from error
    if path.exists():
        path.replace(_previous(path))
    part.replace(path)


def read_checkpoint(path: Path, required: bool = True) -> dict[str, Any] | None:
    """Return the newest whole checkpoint, or None when there is none; tell when the newest is not whole.

    When there are checkpoints but none is whole, a required one ends the program rather than begin again unasked.
    """
    candidates = [file for file in (path, _previous(path)) if file.exists()]
    for file in candidates:
        try:
            state: dict[str, Any] = torch.load(file, weights_only=True, map_location="cpu")
            return state
        except (
            Exception
        ) as error:  # torch.load raises RuntimeError, EOFError, UnpicklingError and others for half a file
            print(f"{file}: not a whole checkpoint ({type(error).__name__}); trying the one before it", flush=True)
    if candidates and required:
        raise SystemExit(f"{path}: no whole checkpoint is left; remove the folder to begin again")
    return None


def _previous(path: Path) -> Path:
    return path.with_name(f"{path.name}.previous")
