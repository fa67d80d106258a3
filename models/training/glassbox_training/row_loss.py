"""The loss of rows of tokens, compiled where the machine can."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from .head_loss import tied_head_loss
from .machine import Machine
from .model import Decoder


class RowLoss:
    """The code model's mean loss in nats a token.

    On CUDA all of it is compiled, logits included. On a processor the layers are, and the logits go through its cache in pieces.
    """

    def __init__(self, model: Decoder, machine: Machine) -> None:
        """Take the model, which is on the machine's device."""
        self._model = model
        self._machine = machine
        self._whole = machine.device.type == "cuda"
        self._eager: Callable[..., Tensor] = self._whole_loss if self._whole else model.hidden
        self._fast = self._eager
        self._compiles = True

    def __call__(self, inputs: Tensor, targets: Tensor, fast: bool = True) -> Tensor:
        """Return the loss for inputs and targets [rows, length]; `fast` takes what was compiled."""
        forward = self._fast if fast else self._eager
        with self._machine.autocast():
            if self._whole:
                return forward(inputs, targets)
            hidden = forward(inputs).flatten(0, 1)
        return tied_head_loss(hidden, self._model.embedding.weight, targets.flatten())

    def compile(self, rows: int, length: int) -> None:
        """Compile for batches of that size, forward and backward, and go on without when this machine cannot."""
        if not self._compiles:
            return
        self._fast = torch.compile(self._eager, dynamic=False)
        ids = torch.zeros((rows, length), dtype=torch.int64, device=self._machine.device)
        try:
            self(ids, ids).backward()
        except Exception as error:  # a missing compiler, an operator without a kernel: any of many kinds
            print(f"training goes on uncompiled: {type(error).__name__}: {error}", flush=True)
            self._fast, self._compiles = self._eager, False
        self._model.zero_grad()

    def _whole_loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        logits = F.linear(self._model.hidden(inputs), self._model.embedding.weight)
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())
