"""The code model: a Llama-like decoder (RMSNorm, rotary positions, SwiGLU, grouped heads, tied embeddings)."""

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .run_folder import WEIGHTS_FILE, load_weights
from .saved_shape import SavedShape


@dataclass(frozen=True)
class ModelShape(SavedShape):
    """Sizes of the decoder. `context` is the longest sequence it is trained and exported for."""

    vocabulary: int = 8192
    width: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 1
    head_width: int = 64
    feed_forward: int = 704
    context: int = 1024
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    def parameters(self) -> int:
        """Count the parameters, the tied embedding once."""
        attention = self.width * self.head_width * (2 * self.heads + 2 * self.kv_heads)
        layer = attention + 3 * self.width * self.feed_forward + 2 * self.width
        return self.vocabulary * self.width + self.layers * layer + self.width


def rotary_tables(shape: ModelShape, length: int) -> tuple[Tensor, Tensor]:
    """Return cosine and sine, each [length, head_width], for the rotate-half form of rotary positions."""
    frequency = shape.rope_base ** (-torch.arange(0, shape.head_width, 2).float() / shape.head_width)
    angle = torch.arange(length).float()[:, None] * frequency[None, :]
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Apply rotary positions to x [..., length, head_width]."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], dim=-1) * sin


class Layer(nn.Module):
    """One decoder layer: attention and feed-forward, each after a norm and added to the stream."""

    def __init__(self, shape: ModelShape) -> None:
        """Create the matrices; names follow the Llama checkpoint format."""
        super().__init__()
        self.shape = shape
        self.input_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.q = nn.Linear(shape.width, shape.heads * shape.head_width, bias=False)
        self.k = nn.Linear(shape.width, shape.kv_heads * shape.head_width, bias=False)
        self.v = nn.Linear(shape.width, shape.kv_heads * shape.head_width, bias=False)
        self.o = nn.Linear(shape.heads * shape.head_width, shape.width, bias=False)
        self.post_norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Map [batch, length, width] to the same shape; every position sees itself and what is before it."""
        batch, length, _ = x.shape
        shape = self.shape
        h = self.input_norm(x)
        q = rotate(self.q(h).view(batch, length, shape.heads, shape.head_width).transpose(1, 2), cos, sin)
        k = rotate(self.k(h).view(batch, length, shape.kv_heads, shape.head_width).transpose(1, 2), cos, sin)
        v = self.v(h).view(batch, length, shape.kv_heads, shape.head_width).transpose(1, 2)
        groups = shape.heads // shape.kv_heads
        k, v = k.repeat_interleave(groups, dim=1), v.repeat_interleave(groups, dim=1)
        q, k = q.to(v.dtype), k.to(v.dtype)  # rotary tables are float32; one type keeps the fused attention kernels
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.o(mixed.transpose(1, 2).reshape(batch, length, -1))
        h = self.post_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Decoder(nn.Module):
    """The whole model; the embedding is also the output matrix."""

    def __init__(self, shape: ModelShape) -> None:
        """Create the model with random weights from torch's current seed."""
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.norm_epsilon)
        self.cos: Tensor
        self.sin: Tensor
        cos, sin = rotary_tables(shape, shape.context)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.embedding.weight, std=0.02)
        residual = (2 * self.shape.layers) ** -0.5
        for name, parameter in self.layers.named_parameters():
            if parameter.dim() == 2:
                scale = residual if name.endswith(("o.weight", "down.weight")) else 1.0
                nn.init.normal_(parameter, std=scale * parameter.shape[1] ** -0.5)

    def hidden(self, ids: Tensor) -> Tensor:
        """Return the normed stream [batch, length, width] for ids [batch, length]."""
        x = self.embedding(ids)
        cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
        for layer in self.layers:
            x = layer(x, cos, sin)
        return self.norm(x)

    def forward(self, ids: Tensor) -> Tensor:
        """Return logits [batch, length, vocabulary]."""
        return F.linear(self.hidden(ids), self.embedding.weight)


def load_decoder(run: Path, random_weights: bool = False) -> Decoder:
    """Load a run's model, ready to evaluate; with `random_weights` only the shape is read."""
    torch.manual_seed(0)
    decoder = Decoder(ModelShape.load(run))
    return (decoder if random_weights else load_weights(decoder, run / WEIGHTS_FILE)).eval()
