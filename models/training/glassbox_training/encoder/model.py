"""The encoder: a bidirectional transformer whose vectors are added to those of the words themselves.

Little compute teaches a transformer little, while the words of a description and of the function it describes often are the
same. So a text's embedding is the weighted mean of its tokens' vectors, each the token's own vector and what the layers
say about it there; the layers begin with no say. Weights fall with how often a token occurs (learned for each), with its
place, and with how often it is repeated, as in BM25.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..run_folder import WEIGHTS_FILE, load_weights
from ..saved_shape import SavedShape
from .special_tokens import PADDING, SPECIAL_TOKENS

#: Ids below this are special tokens; they have no part in the embedding.
FIRST_WORD = len(SPECIAL_TOKENS)


@dataclass(frozen=True)
class EncoderShape(SavedShape):
    """Sizes of the encoder. `context` is the longest text in tokens, [CLS] and [SEP] included."""

    vocabulary: int = 12_288
    width: int = 384
    layers: int = 2
    heads: int = 6
    feed_forward: int = 768
    context: int = 256
    norm_epsilon: float = 1e-5

    def parameters(self) -> int:
        """Count the parameters, the tied embedding once."""
        layer = 4 * self.width**2 + 2 * self.width * self.feed_forward + 2 * self.width
        heads = 2 * (self.width**2 + self.width) + 2 * self.width + 2 + self.width + self.vocabulary
        pooling = self.vocabulary + self.context + 2 * self.width + 1
        embeddings = (self.vocabulary + self.context + 2) * self.width
        return embeddings + self.layers * layer + self.width + heads + pooling


class Layer(nn.Module):
    """One layer: attention over all tokens that are no padding, and feed-forward, each after a norm."""

    def __init__(self, shape: EncoderShape) -> None:
        """Create the matrices."""
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_forward_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map x [batch, length, width] to the same shape; mask [batch, 1, 1, length] is added to attention scores."""
        batch, length, width = x.shape
        packed = self.qkv(self.attention_norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = packed.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.o(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.gelu(self.up(self.feed_forward_norm(x))))


def repeats(ids: Tensor) -> Tensor:
    """Return how often each of ids [batch, length] occurs in its row, as floats."""
    order = ids.argsort(dim=1)
    ordered = ids.gather(1, order)
    begins = torch.ones_like(ordered, dtype=torch.bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    group = begins.cumsum(1) - 1 + torch.arange(ids.shape[0], device=ids.device)[:, None] * ids.shape[1]
    counts = torch.bincount(group.flatten(), minlength=ids.numel())[group]
    return torch.empty(ids.shape, device=ids.device).scatter_(1, order, counts.to(torch.float32))


class Encoder(nn.Module):
    """The whole model; the token embedding is also the output matrix of the masked-token head."""

    def __init__(self, shape: EncoderShape) -> None:
        """Create the model with random weights from torch's current seed."""
        super().__init__()
        self.shape = shape
        width = shape.width
        self.token_embedding = nn.Embedding(shape.vocabulary, width)
        self.position_embedding = nn.Embedding(shape.context, width)
        self.segment_embedding = nn.Embedding(2, width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(width, eps=shape.norm_epsilon)
        self.token_weight = nn.Parameter(torch.zeros(shape.vocabulary))
        self.position_weight = nn.Parameter(torch.zeros(shape.context))
        self.hidden_weight = nn.Parameter(torch.zeros(width))
        self.hidden_scale = nn.Parameter(torch.zeros(width))
        self.repeat_exponent = nn.Parameter(torch.tensor(0.65))
        self.masked_transform = nn.Linear(width, width)
        self.masked_norm = nn.RMSNorm(width, eps=shape.norm_epsilon)
        self.masked_bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.next_transform = nn.Linear(width, width)
        self.next_output = nn.Linear(width, 2)
        self._initialise()

    def _initialise(self) -> None:
        width = self.shape.width
        nn.init.normal_(self.token_embedding.weight, std=width**-0.5)
        for embedding in (self.position_embedding, self.segment_embedding):
            nn.init.normal_(embedding.weight, std=0.02)
        residual = (2 * self.shape.layers) ** -0.5
        for name, parameter in self.layers.named_parameters():
            if parameter.dim() == 2:
                scale = residual if name.endswith(("o.weight", "down.weight")) else 1.0
                nn.init.normal_(parameter, std=scale * parameter.shape[1] ** -0.5)

    def weigh_tokens_by_rarity(self, share: Tensor) -> None:
        """Begin with weights that grow with the rarity of a token; share [vocabulary] is of texts that hold it."""
        rarity = 0.3 * torch.log((1.0 + 1e-5) / (share + 1e-5)).clamp(min=0.05)
        with torch.no_grad():
            self.token_weight.copy_(torch.log(torch.expm1(rarity)))

    def weighing_parameters(self) -> list[nn.Parameter]:
        """Return what decides how much each token counts."""
        return [self.token_weight, self.position_weight, self.repeat_exponent]

    def word_parameters(self) -> list[nn.Parameter]:
        """Return all that the embedding of the words alone is made from."""
        return [self.token_embedding.weight, *self.weighing_parameters()]

    def hidden(self, ids: Tensor, segments: Tensor | None = None) -> Tensor:
        """Return the normed stream [batch, length, width] for ids [batch, length]; segments are 0 unless given."""
        x = self.token_embedding(ids) * math.sqrt(self.shape.width)
        x = x + self.position_embedding.weight[: ids.shape[1]]
        x = x + (self.segment_embedding.weight[0] if segments is None else self.segment_embedding(segments))
        mask = torch.zeros_like(ids, dtype=x.dtype).masked_fill(ids == PADDING, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)

    def lexical_weights(self, ids: Tensor, counts: Tensor) -> Tensor:
        """Return what place and repetition leave of a token's weight, 0 for special tokens; counts come from `repeats`."""
        place = torch.exp(self.position_weight[: ids.shape[1]]) * counts.pow(-self.repeat_exponent)
        return place * (ids >= FIRST_WORD)

    def embed_words(self, ids: Tensor, counts: Tensor, keep: Tensor | None = None) -> Tensor:
        """Return embeddings [batch, width] without the layers; keep [batch, length] leaves tokens out."""
        weights = F.softplus(self.token_weight[ids]) * self.lexical_weights(ids, counts)
        weights = weights if keep is None else weights * keep
        summed = F.embedding_bag(ids, self.token_embedding.weight, mode="sum", per_sample_weights=weights)
        return F.normalize(summed, dim=1)

    def token_vectors(self, ids: Tensor, hidden: Tensor, counts: Tensor) -> Tensor:
        """Return weighted vectors [batch, length, width], whose mean is the embedding but for its length."""
        weights = F.softplus(self.token_weight[ids] + hidden @ self.hidden_weight) * self.lexical_weights(ids, counts)
        return weights[..., None] * (self.token_embedding(ids) + hidden * self.hidden_scale)

    def embed(self, ids: Tensor, counts: Tensor) -> Tensor:
        """Return embeddings [batch, width] of length 1."""
        return F.normalize(self.token_vectors(ids, self.hidden(ids), counts).sum(1), dim=1)

    def masked_features(self, hidden: Tensor) -> Tensor:
        """Return what the output matrix is multiplied with, for hidden [..., width]."""
        return self.masked_norm(F.gelu(self.masked_transform(hidden)).float())

    def masked_logits(self, hidden: Tensor) -> Tensor:
        """Return logits [..., vocabulary] for hidden [..., width]."""
        return F.linear(self.masked_features(hidden), self.token_embedding.weight, self.masked_bias)

    def next_block_logits(self, hidden: Tensor) -> Tensor:
        """Return logits [batch, 2], of "follows" and "does not", for hidden [batch, length, width]."""
        return self.next_output(torch.tanh(self.next_transform(hidden[:, 0])))


def load_encoder(run: Path) -> Encoder:
    """Load a run's model, ready to evaluate."""
    return load_weights(Encoder(EncoderShape.load(run)), run / WEIGHTS_FILE).eval()
