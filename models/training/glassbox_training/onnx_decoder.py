"""Writes the decoder as an ONNX model in the transformers.js layout, node by node."""

import numpy as np
import onnx
import torch

from .model import Decoder, ModelShape
from .onnx_attention import AttentionStyle, PlainAttention, declare_cache, declare_inputs
from .onnx_graph import FLOAT, INT64, OnnxGraph
from .onnx_linear import FloatLinear, LinearStyle

#: Weights by the names of `Decoder.state_dict()`, float32.
Weights = dict[str, np.ndarray]


def weights_of(model: Decoder) -> Weights:
    """Return the model's weights as arrays."""
    return {name: value.detach().to(torch.float32).numpy() for name, value in model.state_dict().items()}


class DecoderWriter:
    """Writes one decoder; how products and attention are written is given."""

    def __init__(
        self,
        shape: ModelShape,
        weights: Weights,
        *,
        linear: LinearStyle | None = None,
        attention: AttentionStyle | None = None,
        has_position_ids: bool = True,
        has_logits_to_keep: bool = True,
    ) -> None:
        """Take sizes, weights and styles (float32 and plain attention unless given)."""
        self._shape = shape
        self._weights = weights
        self._linear: LinearStyle = linear or FloatLinear()
        self._attention: AttentionStyle = attention or PlainAttention(shape)
        self._has_position_ids = has_position_ids
        self._has_logits_to_keep = has_logits_to_keep
        self._graph = OnnxGraph("decoder")

    def write(self) -> onnx.ModelProto:
        """Return the model: ids, mask, positions and cache in; logits and cache out."""
        graph, shape = self._graph, self._shape
        declare_inputs(graph, self._has_position_ids)
        if self._has_logits_to_keep:
            graph.input("num_logits_to_keep", INT64, [])
        self._attention.prepare(graph, self._has_position_ids)
        embedding = self._weights["embedding.weight"]
        x = self._linear.embed(graph, "input_ids", "embedding", embedding)
        self._linear.begin(graph, x)
        for layer in range(shape.layers):
            x = self._layer(x, layer)
        if self._has_logits_to_keep:
            x = self._last_positions(x)
            self._linear.begin(graph, x)
        hidden = self._norm(x, "norm")
        logits = self._linear.matmul(graph, hidden, "embedding", embedding)
        graph.add("Identity", logits, name="logits")
        kept = "kept_sequence_length" if self._has_logits_to_keep else "sequence_length"
        graph.output("logits", FLOAT, ["batch_size", kept, shape.vocabulary])
        declare_cache(graph, shape)
        return graph.model()

    def _layer(self, x: str, index: int) -> str:
        graph = self._graph
        prefix = f"layers.{index}"
        scale = np.float32(self._shape.head_width**-0.5)
        query = self._weights[f"{prefix}.q.weight"] * scale
        packed = np.concatenate([query, self._weights[f"{prefix}.k.weight"], self._weights[f"{prefix}.v.weight"]])
        projected = self._matmul(self._norm(x, f"{prefix}.input_norm"), f"{prefix}.qkv", packed)
        mixed = self._attention.attend(graph, index, projected)
        x = graph.add("Add", x, self._matmul(mixed, f"{prefix}.o", self._weights[f"{prefix}.o.weight"]))
        gate_up = np.concatenate([self._weights[f"{prefix}.gate.weight"], self._weights[f"{prefix}.up.weight"]])
        both = self._matmul(self._norm(x, f"{prefix}.post_norm"), f"{prefix}.gate_up", gate_up)
        gate, up = graph.add_many("Split", both, names=["", ""], axis=-1, num_outputs=2)
        active = graph.add("Mul", graph.add("Mul", gate, graph.add("Sigmoid", gate)), up)
        down = self._matmul(active, f"{prefix}.down", self._weights[f"{prefix}.down.weight"])
        return graph.add("Add", x, down, name=f"hidden.{index}")

    def _matmul(self, x: str, name: str, weight: np.ndarray) -> str:
        return self._linear.matmul(self._graph, x, name, weight)

    def _norm(self, x: str, name: str) -> str:
        graph = self._graph
        square = graph.add("Pow", x, graph.float_scalar(2.0))
        mean = graph.add("ReduceMean", square, graph.ints(-1), keepdims=1)
        root = graph.add("Sqrt", graph.add("Add", mean, graph.float_scalar(self._shape.norm_epsilon)))
        return graph.add(
            "Mul", graph.add("Div", x, root), graph.weight(f"{name}.weight", self._weights[f"{name}.weight"])
        )

    def _last_positions(self, x: str) -> str:
        """Keep the last `num_logits_to_keep` positions; 0 keeps all, because a slice from -0 starts at the first."""
        graph = self._graph
        start = graph.add("Unsqueeze", graph.add("Neg", "num_logits_to_keep"), graph.ints(0))
        return graph.add("Slice", x, start, graph.ints(2**31), graph.ints(1))
