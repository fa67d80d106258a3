"""Feeds batches to the trainer: in the same process, or from several that read ahead."""

import itertools
import multiprocessing
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from .stream import SampleStream, inputs_and_targets

READ_AHEAD = 8


class _Batches(Dataset[np.ndarray]):
    """Batch `n` starts at row `first + n * rows`. Arrays go through a pipe, tensors would through /dev/shm, which may be small."""

    def __init__(self, stream: SampleStream, first: int, rows: int, length: int) -> None:
        self._stream, self._first, self._rows, self._length = stream, first, rows, length

    def __getitem__(self, index: int) -> np.ndarray:
        return self._stream.ids(self._first + index * self._rows, self._rows, self._length + 1)


def batches(
    stream: SampleStream, *, first: int, rows: int, length: int, workers: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Return batches of `rows` rows from row `first` on, without end; with workers they are made in as many processes.

    Workers begin to read at once. They are forked where that is possible, so that they share the texts instead of each
    receiving a copy.
    """
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    data = _Batches(stream, first, rows, length)
    if workers == 0:
        return (inputs_and_targets(data[index]) for index in itertools.count())
    loader = DataLoader(
        data,
        batch_size=None,
        sampler=range(1 << 40),
        num_workers=workers,
        prefetch_factor=READ_AHEAD,
        collate_fn=_unchanged,
        multiprocessing_context="fork" if "fork" in multiprocessing.get_all_start_methods() else None,
    )
    return map(inputs_and_targets, loader)


def _unchanged(ids: Any) -> Any:
    """Keep what a worker made as an array; the usual conversion would make a tensor of it."""
    return ids
