"""Reads what a training run left: the shape and the weights."""

from pathlib import Path

import torch

from .model import Decoder, ModelShape


def load_decoder(run: Path, random_weights: bool = False) -> Decoder:
    """Load the run's model, ready to evaluate; with `random_weights` only the shape is read."""
    torch.manual_seed(0)
    decoder = Decoder(ModelShape.load(run / "shape.json"))
    if not random_weights:
        decoder.load_state_dict(torch.load(run / "weights.pt", weights_only=True))
    return decoder.eval()
