"""What the encoder is trained on: pairs against all others of their batch, masked tokens, next blocks."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..head_loss import tied_head_loss
from .block_rows import NO_TARGET, Blocks
from .model import FIRST_WORD, Encoder, repeats
from .special_tokens import MASK

#: Where the temperature begins, and the bounds that it is kept in.
FIRST_TEMPERATURE, LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE = 0.05, 0.01, 1.0
#: Share of the words of a description and of a code that are not looked at, so that no single one decides.
LEFT_OUT = 0.1


class Temperature(nn.Module):
    """What similarities are divided by, learned as its logarithm. It is no part of the encoder that is exported."""

    def __init__(self) -> None:
        """Begin with FIRST_TEMPERATURE."""
        super().__init__()
        self.logarithm = nn.Parameter(torch.tensor(math.log(FIRST_TEMPERATURE)))

    def forward(self, similarities: Tensor) -> Tensor:
        """Return logits for similarities of any shape."""
        return similarities * torch.exp(-self.logarithm)

    def value(self) -> float:
        """Return the temperature."""
        return math.exp(self.logarithm.item())

    @torch.no_grad()
    def bound(self) -> None:
        """Bring the temperature back into its bounds, so that its gradient is never lost beyond them."""
        self.logarithm.clamp_(math.log(LOWEST_TEMPERATURE), math.log(HIGHEST_TEMPERATURE))


def contrastive_loss(temperature: Temperature, descriptions: Tensor, codes: Tensor) -> Tensor:
    """Return InfoNCE in nats, both ways, of embeddings [pairs, width]: every other one of the batch is a negative."""
    with torch.autocast(descriptions.device.type, enabled=False):
        similarities = temperature(descriptions.float() @ codes.float().T)
    own = torch.arange(len(similarities), device=similarities.device)
    return (F.cross_entropy(similarities, own) + F.cross_entropy(similarities.T, own)) / 2


def with_gaps(ids: Tensor) -> Tensor:
    """Return ids with a share of the words replaced by [MASK], which has no part in the embedding."""
    left_out = (torch.rand(ids.shape) < LEFT_OUT).to(
        ids.device
    )  # drawn by the processor, whose state a checkpoint keeps
    return ids.masked_fill(left_out & (ids >= FIRST_WORD), MASK)


def words_loss(model: Encoder, temperature: Temperature, descriptions: Tensor, codes: Tensor) -> Tensor:
    """Return the contrastive loss of the words alone."""
    embedded = [model.embed_words(ids, repeats(ids)) for ids in map(with_gaps, (descriptions, codes))]
    return contrastive_loss(temperature, *embedded)


def pairs_loss(model: Encoder, temperature: Temperature, descriptions: Tensor, codes: Tensor) -> Tensor:
    """Return the contrastive loss of the whole model."""
    embedded = [model.embed(ids, repeats(ids)) for ids in map(with_gaps, (descriptions, codes))]
    return contrastive_loss(temperature, *embedded)


def blocks_loss(model: Encoder, blocks: Blocks) -> tuple[Tensor, Tensor]:
    """Return the losses of the masked-token head and of the next-block head, in nats."""
    hidden = model.hidden(blocks.ids, blocks.segments)
    masked = blocks.targets != NO_TARGET
    features, targets = model.masked_features(hidden[masked]), blocks.targets[masked]
    # The bias takes part as one more feature that is always 1, so that logits are never stored.
    ones = features.new_ones((len(features), 1))
    matrix = torch.cat([model.token_embedding.weight, model.masked_bias[:, None]], dim=1)
    masked_loss = tied_head_loss(torch.cat([features, ones], dim=1), matrix, targets)
    return masked_loss, F.cross_entropy(model.next_block_logits(hidden), blocks.unrelated)
