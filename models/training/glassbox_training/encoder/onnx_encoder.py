"""Writes the encoder as an ONNX model in the layout of transformers.js, node by node.

`input_ids`, `attention_mask`, `token_type_ids` [batch, length] in. Out: `last_hidden_state` [batch, length, width], whose mean
is the embedding but for its length; `sentence_embedding` [batch, width]; `logits` [masked, vocabulary], a row for each
[MASK] in the order of the ids, so that texts without one cost nothing; `next_block_logits` [batch, 2].
"""

import math

import numpy as np
import onnx
import torch
from onnx import TensorProto

from ..onnx_graph import FLOAT, INT64, MICROSOFT, OnnxGraph
from ..onnx_linear import FloatLinear, LinearStyle
from .model import FIRST_WORD, Encoder, EncoderShape
from .special_tokens import MASK

#: What is added to the attention scores of padding.
HIDDEN_SCORE = -1e9
SMALLEST_LENGTH = 1e-12


class EncoderWriter:
    """Writes one encoder; how products are written is given.

    Products see all tokens of the batch as one row of positions, so that an activation scale for each position is one
    for each token, and a text's embedding does not depend on its neighbours.
    """

    def __init__(self, model: Encoder, linear: LinearStyle | None = None) -> None:
        """Take the model and the style of products (float32 unless given)."""
        self._shape: EncoderShape = model.shape
        self._weights = {name: value.detach().to(torch.float32).numpy() for name, value in model.state_dict().items()}
        self._linear: LinearStyle = linear or FloatLinear()
        self._graph = OnnxGraph("encoder")

    def write(self) -> onnx.ModelProto:
        """Return the model."""
        graph, width = self._graph, self._shape.width
        for name in ("input_ids", "attention_mask", "token_type_ids"):
            graph.input(name, INT64, ["batch_size", "sequence_length"])
        words = self._linear.embed(graph, "input_ids", "token_embedding", self._weights["token_embedding.weight"])
        hidden = self._hidden(words)
        rows = graph.add("Reshape", hidden, graph.add("Concat", self._sizes(), graph.ints(width), axis=0))
        vectors = self._token_vectors(words, rows)
        graph.add("Identity", vectors, name="last_hidden_state")
        graph.output("last_hidden_state", FLOAT, ["batch_size", "sequence_length", width])
        summed = graph.add("ReduceSum", vectors, graph.ints(1), keepdims=0)
        length = graph.add("ReduceL2", summed, graph.ints(-1), keepdims=1)
        graph.add(
            "Div", summed, graph.add("Max", length, graph.float_scalar(SMALLEST_LENGTH)), name="sentence_embedding"
        )
        graph.output("sentence_embedding", FLOAT, ["batch_size", width])
        self._next_block(rows)
        self._masked(hidden)
        return graph.model()

    def _hidden(self, words: str) -> str:
        """Return the normed stream [1, batch * length, width]."""
        graph, width = self._graph, self._shape.width
        length = graph.add("Shape", "input_ids", start=1, end=2)
        places = graph.add("Slice", self._stored("position_embedding.weight"), graph.ints(0), length, graph.ints(0))
        segments = graph.add("Gather", self._stored("segment_embedding.weight"), "token_type_ids")
        x = graph.add("Mul", words, graph.float_scalar(math.sqrt(width)))
        x = graph.add("Add", graph.add("Add", x, places), segments)
        x = graph.add("Reshape", x, graph.ints(1, -1, width))
        self._linear.begin(graph, x)
        seen = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
        unseen = graph.add("Sub", graph.float_scalar(1.0), seen)
        mask = graph.add("Unsqueeze", graph.add("Mul", unseen, graph.float_scalar(HIDDEN_SCORE)), graph.ints(1, 2))
        for index in range(self._shape.layers):
            x = self._layer(x, mask, f"layers.{index}")
        return self._norm(x, "norm.weight")

    def _layer(self, x: str, mask: str, prefix: str) -> str:
        graph = self._graph
        mixed = self._attend(self._matmul(self._norm(x, f"{prefix}.attention_norm.weight"), f"{prefix}.qkv"), mask)
        x = graph.add("Add", x, self._matmul(mixed, f"{prefix}.o"))
        up = self._matmul(self._norm(x, f"{prefix}.feed_forward_norm.weight"), f"{prefix}.up")
        return graph.add("Add", x, self._matmul(graph.add("Gelu", up, domain=MICROSOFT), f"{prefix}.down"))

    def _attend(self, packed: str, mask: str) -> str:
        graph, shape = self._graph, self._shape
        head = shape.width // shape.heads
        split = graph.add("Concat", self._sizes(), graph.ints(3, shape.heads, head), axis=0)
        parts = graph.add("Transpose", graph.add("Reshape", packed, split), perm=[2, 0, 3, 1, 4])
        q, k, v = (
            graph.add("Squeeze", part, graph.ints(0))
            for part in graph.add_many("Split", parts, names=["", "", ""], axis=0, num_outputs=3)
        )
        q = graph.add("Mul", q, graph.float_scalar(head**-0.5))
        scores = graph.add("MatMul", q, graph.add("Transpose", k, perm=[0, 1, 3, 2]))
        mixed = graph.add("MatMul", graph.add("Softmax", graph.add("Add", scores, mask), axis=-1), v)
        return graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), graph.ints(1, -1, shape.width))

    def _token_vectors(self, words: str, hidden: str) -> str:
        graph = self._graph
        rarity = graph.add("Gather", self._stored("token_weight"), "input_ids")
        said = graph.add("MatMul", hidden, self._stored("hidden_weight"))
        weight = graph.add("Softplus", graph.add("Add", rarity, said))
        length = graph.add("Shape", "input_ids", start=1, end=2)
        places = np.exp(self._weights["position_weight"])
        place = graph.add("Slice", graph.weight("place_weight", places), graph.ints(0), length, graph.ints(0))
        one, other = (graph.add("Unsqueeze", "input_ids", graph.ints(axis)) for axis in (2, 1))
        same = graph.add("Cast", graph.add("Equal", one, other), to=TensorProto.FLOAT)
        counts = graph.add("ReduceSum", same, graph.ints(2), keepdims=0)
        repeated = graph.add("Pow", counts, graph.float_scalar(-float(self._weights["repeat_exponent"])))
        is_word = graph.add("GreaterOrEqual", "input_ids", graph.int_scalar(FIRST_WORD))
        for factor in (place, repeated, graph.add("Cast", is_word, to=TensorProto.FLOAT)):
            weight = graph.add("Mul", weight, factor)
        vectors = graph.add("Add", words, graph.add("Mul", hidden, self._stored("hidden_scale")))
        return graph.add("Mul", vectors, graph.add("Unsqueeze", weight, graph.ints(2)))

    def _masked(self, hidden: str) -> None:
        graph, shape = self._graph, self._shape
        flat = graph.add("Reshape", "input_ids", graph.ints(-1))
        is_mask = graph.add("Equal", flat, graph.int_scalar(MASK))
        places = graph.add("Squeeze", graph.add("NonZero", is_mask), graph.ints(0))
        chosen = graph.add("Gather", hidden, places, axis=1)
        self._linear.begin(graph, chosen)
        active = graph.add("Gelu", self._affine(chosen, "masked_transform"), domain=MICROSOFT)
        features = self._norm(active, "masked_norm.weight")
        matrix = self._weights["token_embedding.weight"]
        logits = self._linear.matmul(graph, features, "token_embedding", matrix)
        logits = graph.add("Add", logits, self._stored("masked_bias"))
        graph.add("Squeeze", logits, graph.ints(0), name="logits")
        graph.output("logits", FLOAT, ["masked_count", shape.vocabulary])

    def _next_block(self, hidden: str) -> None:
        graph = self._graph
        first = graph.add("Gather", hidden, graph.ints(0), axis=1)
        row = graph.add("Transpose", first, perm=[1, 0, 2])
        self._linear.begin(graph, row)
        features = graph.add("Tanh", self._affine(row, "next_transform"))
        matrix = graph.weight("next_output.weight", self._weights["next_output.weight"].T)
        logits = graph.add("Add", graph.add("MatMul", features, matrix), self._stored("next_output.bias"))
        graph.add("Squeeze", logits, graph.ints(0), name="next_block_logits")
        graph.output("next_block_logits", FLOAT, ["batch_size", 2])

    def _sizes(self) -> str:
        return self._graph.add("Shape", "input_ids")

    def _stored(self, name: str) -> str:
        return self._graph.weight(name, self._weights[name])

    def _matmul(self, x: str, name: str) -> str:
        return self._linear.matmul(self._graph, x, name, self._weights[f"{name}.weight"])

    def _affine(self, x: str, name: str) -> str:
        return self._graph.add("Add", self._matmul(x, name), self._stored(f"{name}.bias"))

    def _norm(self, x: str, name: str) -> str:
        graph = self._graph
        mean = graph.add("ReduceMean", graph.add("Mul", x, x), graph.ints(-1), keepdims=1)
        root = graph.add("Sqrt", graph.add("Add", mean, graph.float_scalar(self._shape.norm_epsilon)))
        return graph.add("Mul", graph.add("Div", x, root), self._stored(name))
