"""Reads what a training run left: the weights of a model of the run's shape."""

from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

WEIGHTS_FILE = "weights.pt"

Model = TypeVar("Model", bound=nn.Module)


def load_weights(model: Model, file: Path) -> Model:
    """Fill a model on any device with weights that were written on any device."""
    model.load_state_dict(torch.load(file, weights_only=True, map_location="cpu"))
    return model
