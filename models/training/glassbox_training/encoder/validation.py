"""Measures an encoder while it is trained: how well descriptions find their code among all of the validation pairs."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .model import Encoder, repeats
from .pair_rows import pair_rows, read_pairs, trimmed
from .ranking import bm25_scores, mean_reciprocal_rank

VALIDATION_PAIRS = 1_000
EMBEDDED_AT_ONCE = 64


class Validation:
    """The first thousand validation pairs; `bm25` is the mean reciprocal rank that BM25 has among them."""

    def __init__(self, pairs: Path, tokenizer: Tokenizer) -> None:
        """Read and tokenize the pairs."""
        chosen = read_pairs([pairs])[:VALIDATION_PAIRS]
        self._rows = pair_rows(chosen, tokenizer)
        self.bm25 = mean_reciprocal_rank(
            bm25_scores([pair["description"] for pair in chosen], [pair["code"] for pair in chosen])
        )

    def rank(self, model: Encoder) -> float:
        """Return the mean reciprocal rank of the pairs, each description among all their codes."""
        described, codes = (embed_rows(model, ids) for ids in (self._rows.descriptions, self._rows.codes))
        return mean_reciprocal_rank(described @ codes.T)


@torch.no_grad()
def embed_rows(model: Encoder, ids: np.ndarray) -> np.ndarray:
    """Return embeddings [rows, width] of ids [rows, length], a few at once, the shortest first."""
    device = model.token_embedding.weight.device
    out = np.zeros((len(ids), model.shape.width), np.float32)
    order = np.argsort((ids > 0).sum(1))
    for first in range(0, len(order), EMBEDDED_AT_ONCE):
        chosen = order[first : first + EMBEDDED_AT_ONCE]
        batch = trimmed(ids[chosen]).to(device)
        out[chosen] = model.embed(batch, repeats(batch)).cpu().numpy()
    return out
