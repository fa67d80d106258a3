"""Feeds batches to the trainer: in the same process, or from several that read ahead."""

import os
from collections.abc import Iterator

from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from .stream import SampleStream

READ_AHEAD = 8


class _Batches(Dataset[tuple[Tensor, Tensor]]):
    """Batch `n` starts at row `first + n * rows`."""

    def __init__(self, stream: SampleStream, first: int, rows: int, length: int) -> None:
        self._stream, self._first, self._rows, self._length = stream, first, rows, length

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        return self._stream.batch(self._first + index * self._rows, self._rows, self._length)


def batches(
    stream: SampleStream, *, first: int, rows: int, length: int, workers: int, pin: bool
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield batches of `rows` rows from row `first` on, without end; with workers they are made in as many processes."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    data = _Batches(stream, first, rows, length)
    if workers == 0:
        index = 0
        while True:
            yield data[index]
            index += 1
    yield from DataLoader(
        data,
        batch_size=None,
        sampler=range(1 << 40),
        num_workers=workers,
        prefetch_factor=READ_AHEAD,
        pin_memory=pin,
    )
