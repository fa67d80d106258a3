"""Two ways to write attention with a key-value cache into an ONNX graph: plain operators, or GroupQueryAttention."""

from typing import Protocol

import numpy as np
from onnx import TensorProto

from .model import ModelShape
from .onnx_graph import FLOAT, INT64, MICROSOFT, OnnxGraph

MASKED = -1e9


class AttentionStyle(Protocol):
    """Writes what all layers share once, then the attention of each layer."""

    def prepare(self, graph: OnnxGraph, has_position_ids: bool) -> None:
        """Write what the layers share: positions, rotary tables, the mask."""
        ...

    def attend(self, graph: OnnxGraph, layer: int, projected: str) -> str:
        """Return [batch, length, heads * head_width] for packed queries, keys and values [batch, length, all heads]."""
        ...


def rotary_arrays(shape: ModelShape) -> tuple[np.ndarray, np.ndarray]:
    """Return cosine and sine, each float32 [context, head_width / 2]."""
    frequency = shape.rope_base ** (-np.arange(0, shape.head_width, 2, dtype=np.float64) / shape.head_width)
    angle = np.arange(shape.context, dtype=np.float64)[:, None] * frequency[None, :]
    return np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)


def cache_names(layer: int) -> tuple[str, str, str, str]:
    """Return the names of a layer's past key and value inputs and present key and value outputs."""
    past, present = f"past_key_values.{layer}", f"present.{layer}"
    return f"{past}.key", f"{past}.value", f"{present}.key", f"{present}.value"


def _dimension(graph: OnnxGraph, value: str, axis: int) -> str:
    """Return one dimension of a value as an int64 scalar."""
    return graph.add("Gather", graph.add("Shape", value), graph.int_scalar(axis))


class PlainAttention:
    """Attention from ordinary operators: `present = Concat(past, new)`, and the Softmax of each layer can be looked at.

    The query weights must already hold the factor 1 / sqrt(head_width). Key-value heads: one, or as many as heads.
    """

    def __init__(self, shape: ModelShape, rotary_operator: bool = False) -> None:
        """Take the model's sizes, and whether com.microsoft RotaryEmbedding turns queries and keys.

        The operator does in one node what takes five, a noticeable part of a small model's step.
        """
        if shape.kv_heads not in (1, shape.heads):
            raise ValueError("plain attention takes one key-value head or one for each head")
        self._shape = shape
        self._rotary_operator = rotary_operator
        self._cos = self._sin = self._mask = self._positions = ""

    def prepare(self, graph: OnnxGraph, has_position_ids: bool) -> None:
        """See AttentionStyle."""
        length = _dimension(graph, "input_ids", 1)
        total = _dimension(graph, "attention_mask", 1)
        zero, one = graph.int_scalar(0), graph.int_scalar(1)
        rows = graph.add("Range", graph.add("Sub", total, length), total, one)
        columns = graph.add("Range", zero, total, one)
        later = graph.add("Greater", columns, graph.add("Unsqueeze", rows, graph.ints(1)))
        padding = graph.add("Unsqueeze", graph.add("Equal", "attention_mask", zero), graph.ints(1, 2))
        hidden = graph.add("Or", later, padding)
        self._mask = graph.add("Where", hidden, graph.float_scalar(MASKED), graph.float_scalar(0.0))
        self._positions = "position_ids" if has_position_ids else graph.add("Unsqueeze", rows, graph.ints(0))
        cos, sin = rotary_arrays(self._shape)
        if self._rotary_operator:
            self._cos, self._sin = graph.weight("rotary_cos", cos), graph.weight("rotary_sin", sin)
        else:
            self._cos = self._rows_of(graph, "rotary_cos", np.concatenate([cos, cos], axis=1))
            self._sin = self._rows_of(graph, "rotary_sin", np.concatenate([-sin, sin], axis=1))

    def _rows_of(self, graph: OnnxGraph, name: str, table: np.ndarray) -> str:
        return graph.add("Unsqueeze", graph.add("Gather", graph.weight(name, table), self._positions), graph.ints(1))

    def _rotate(self, graph: OnnxGraph, x: str) -> str:
        """Turn x [batch, heads, length, head_width] by its positions."""
        if self._rotary_operator:
            return graph.add("RotaryEmbedding", x, self._positions, self._cos, self._sin, domain=MICROSOFT)
        halves = graph.add_many("Split", x, names=["", ""], axis=3, num_outputs=2)
        turned = graph.add("Mul", graph.add("Concat", halves[1], halves[0], axis=3), self._sin)
        return graph.add("Add", graph.add("Mul", x, self._cos), turned)

    def attend(self, graph: OnnxGraph, layer: int, projected: str) -> str:
        """See AttentionStyle."""
        shape = self._shape
        heads = graph.add("Reshape", projected, graph.ints(0, 0, -1, shape.head_width))
        heads = graph.add("Transpose", heads, perm=[0, 2, 1, 3])
        sizes = graph.ints(shape.heads + shape.kv_heads, shape.kv_heads)
        query_key, value = graph.add_many("Split", heads, sizes, names=["", ""], axis=1)
        query_key = self._rotate(graph, query_key)
        query, key = graph.add_many("Split", query_key, graph.ints(shape.heads, shape.kv_heads), names=["", ""], axis=1)
        past_key, past_value, present_key, present_value = cache_names(layer)
        keys = graph.add("Concat", past_key, key, axis=2, name=present_key)
        values = graph.add("Concat", past_value, value, axis=2, name=present_value)
        scores = graph.add("MatMul", query, graph.add("Transpose", keys, perm=[0, 1, 3, 2]))
        weights = graph.add("Softmax", graph.add("Add", scores, self._mask), axis=-1, name=f"attention.{layer}")
        mixed = graph.add("Transpose", graph.add("MatMul", weights, values), perm=[0, 2, 1, 3])
        return graph.add("Reshape", mixed, graph.ints(0, 0, shape.heads * shape.head_width))


class FusedAttention:
    """com.microsoft GroupQueryAttention with rotary positions inside, fed as onnx-community's exports feed it."""

    def __init__(self, shape: ModelShape) -> None:
        """Take the model's sizes."""
        self._shape = shape
        self._lengths = self._total = ""

    def prepare(self, graph: OnnxGraph, has_position_ids: bool) -> None:
        """See AttentionStyle. Lengths come from the attention mask; position_ids, where declared, are not needed."""
        counted = graph.add("ReduceSum", "attention_mask", graph.ints(1), keepdims=1)
        last = graph.add("Sub", counted, graph.ints(1))
        self._lengths = graph.add("Cast", last, to=TensorProto.INT32)
        self._total = graph.add("Cast", _dimension(graph, "attention_mask", 1), to=TensorProto.INT32)

    def attend(self, graph: OnnxGraph, layer: int, projected: str) -> str:
        """See AttentionStyle."""
        shape = self._shape
        cos, sin = rotary_arrays(shape)
        past_key, past_value, present_key, present_value = cache_names(layer)
        mixed, _, _ = graph.add_many(
            "GroupQueryAttention",
            projected,
            "",
            "",
            past_key,
            past_value,
            self._lengths,
            self._total,
            graph.weight("rotary_cos", cos),
            graph.weight("rotary_sin", sin),
            names=["", present_key, present_value],
            domain=MICROSOFT,
            num_heads=shape.heads,
            kv_num_heads=shape.kv_heads,
            scale=1.0,
            do_rotary=1,
        )
        return mixed


def declare_cache(graph: OnnxGraph, shape: ModelShape) -> None:
    """Declare the cache inputs and outputs of all layers, each [batch, kv_heads, length, head_width]."""
    for layer in range(shape.layers):
        past_key, past_value, present_key, present_value = cache_names(layer)
        for name in (past_key, past_value):
            graph.input(name, FLOAT, ["batch_size", shape.kv_heads, "past_sequence_length", shape.head_width])
        for name in (present_key, present_value):
            graph.output(name, FLOAT, ["batch_size", shape.kv_heads, "total_sequence_length", shape.head_width])


def declare_inputs(graph: OnnxGraph, has_position_ids: bool) -> None:
    """Declare ids, mask and positions in the transformers.js layout."""
    graph.input("input_ids", INT64, ["batch_size", "sequence_length"])
    graph.input("attention_mask", INT64, ["batch_size", "total_sequence_length"])
    if has_position_ids:
        graph.input("position_ids", INT64, ["batch_size", "sequence_length"])
