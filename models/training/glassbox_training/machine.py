"""The machine that trains: its device and precision, and what the card says of it."""

import argparse
import platform
import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor


@dataclass(frozen=True)
class Machine:
    """Where the model is and in which precision its products are made; weights and their updates are always float32."""

    device: torch.device
    precision: str
    threads: int

    @staticmethod
    def prepare(arguments: argparse.Namespace) -> "Machine":
        """Take --device, --precision and --threads, and set what holds for the whole process."""
        if arguments.device == "cuda" and not torch.cuda.is_available():
            raise SystemExit("this machine has no CUDA device that PyTorch can use; choose --device cpu")
        torch.set_num_threads(arguments.threads)
        torch.set_flush_denormal(True)
        torch.set_float32_matmul_precision("high")
        usual = "bfloat16" if arguments.device == "cuda" else "float32"
        return Machine(torch.device(arguments.device), arguments.precision or usual, arguments.threads)

    def autocast(self) -> AbstractContextManager[Any]:
        """Return a context in which products are made in the run's precision."""
        if self.precision == "float32":
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    def move(self, tensor: Tensor) -> Tensor:
        """Bring a tensor to the device, without waiting for what the device still has to do."""
        if self.device.type == "cpu":
            return tensor
        return tensor.pin_memory().to(self.device, non_blocking=True)

    def name(self) -> str:
        """Name the processor or the GPU, the threads that are used of it, and the precision."""
        if self.device.type == "cuda":
            return f"{torch.cuda.get_device_name(self.device)}, {self.precision}"
        cpu = Path("/proc/cpuinfo")
        model = re.search(r"model name\s*:\s*(.+)", cpu.read_text()) if cpu.exists() else None
        count = "1 thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{model.group(1) if model else platform.processor()}, {count}, {self.precision}"
