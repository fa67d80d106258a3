"""Reads what a training run of the encoder left: the shape and the weights."""

from pathlib import Path

import torch

from .model import Encoder, EncoderShape


def load_encoder(run: Path, random_weights: bool = False) -> Encoder:
    """Load the run's model, ready to evaluate; with `random_weights` only the shape is read."""
    torch.manual_seed(0)
    encoder = Encoder(EncoderShape.load(run / "shape.json"))
    if not random_weights:
        encoder.load_state_dict(torch.load(run / "weights.pt", weights_only=True))
    return encoder.eval()
