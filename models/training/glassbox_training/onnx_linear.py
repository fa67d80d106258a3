"""Three ways to write `x @ weight` into an ONNX graph: float32, int8 with activations quantized in the run, 4 bits."""

from typing import Protocol

import numpy as np
from onnx import TensorProto

from .onnx_graph import MICROSOFT, OnnxGraph


class LinearStyle(Protocol):
    """Writes matrix products and the embedding look-up. A weight is always given as [outputs, inputs]."""

    def begin(self, graph: OnnxGraph, x: str) -> None:
        """Learn how many positions x [batch, positions, width] has; said wherever their number changes."""
        ...

    def matmul(self, graph: OnnxGraph, x: str, name: str, weight: np.ndarray) -> str:
        """Return `x @ weight.T` for x [..., inputs]."""
        ...

    def embed(self, graph: OnnxGraph, ids: str, name: str, weight: np.ndarray) -> str:
        """Return rows of weight [vocabulary, width] for ids [batch, length]."""
        ...


class FloatLinear:
    """Plain float32; a matrix used for embedding and output is stored once."""

    def begin(self, graph: OnnxGraph, x: str) -> None:
        """See LinearStyle; nothing here depends on the positions."""

    def matmul(self, graph: OnnxGraph, x: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle."""
        matrix = graph.weight(name, weight.astype(np.float32))
        return graph.add("MatMul", x, graph.add("Transpose", matrix, perm=[1, 0]))

    def embed(self, graph: OnnxGraph, ids: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle."""
        return graph.add("Gather", graph.weight(name, weight.astype(np.float32)), ids)


def quantize_rows(weight: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Quantize weight [rows, columns] symmetrically to `bits` bits; return int8 values and a float32 scale per row."""
    largest = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-12).astype(np.float32) / largest
    return np.clip(np.rint(weight / scale[:, None]), -largest, largest).astype(np.int8), scale


class Int8Linear:
    """Int8 weights with a scale per output; activations become uint8 at run time.

    On processors with AVX2 but without VNNI, ONNX Runtime adds pairs of uint8 x int8 products in 16 bits, which
    saturate with 8-bit weights; 7-bit weights cannot saturate.
    """

    def __init__(self, bits: int = 7, per_row: bool = False) -> None:
        """Take the bits of a weight, and whether every position has its own activation scale (else one for the run).

        Positions are the second dimension; a batch shares their scales.
        """
        self._bits = bits
        self._per_row = per_row
        self._zero_points = ""

    def begin(self, graph: OnnxGraph, x: str) -> None:
        """See LinearStyle. Makes the zero points of the positions, which all products there share."""
        if self._per_row:
            self._zero_points = graph.add("Expand", self._middle(graph), graph.add("Shape", x, start=1, end=2))

    def matmul(self, graph: OnnxGraph, x: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle."""
        matrix, weight_scale = self._stored(graph, name, weight)
        matrix = graph.add("Transpose", matrix, perm=[1, 0])
        quantized, scale, zero_point = self._quantize(graph, x)
        product = graph.add("MatMulInteger", quantized, matrix, zero_point)
        scales = graph.add("Mul", scale, weight_scale)
        return graph.add("Mul", graph.add("Cast", product, to=TensorProto.FLOAT), scales)

    def embed(self, graph: OnnxGraph, ids: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle."""
        matrix, scale = self._stored(graph, name, weight)
        rows = graph.add("Cast", graph.add("Gather", matrix, ids), to=TensorProto.FLOAT)
        scales = graph.add("Unsqueeze", graph.add("Gather", scale, ids), graph.ints(-1))
        return graph.add("Mul", rows, scales)

    def _stored(self, graph: OnnxGraph, name: str, weight: np.ndarray) -> tuple[str, str]:
        values, scale = quantize_rows(weight, self._bits)
        return graph.weight(f"{name}_quantized", values), graph.weight(f"{name}_scale", scale)

    def _quantize(self, graph: OnnxGraph, x: str) -> tuple[str, str, str]:
        if not self._per_row:
            quantized, scale, zero_point = graph.add_many("DynamicQuantizeLinear", x, names=["", "", ""])
            return quantized, scale, zero_point
        # Rows of nothing but zeros get the scale 0: whatever they are quantized to, the product is multiplied by 0.
        peak = graph.add("ReduceMax", graph.add("Abs", x), graph.ints(0, 2), keepdims=0)
        scale = graph.add("Mul", peak, graph.float_scalar(1 / 127))
        quantized = graph.add("QuantizeLinear", x, scale, self._zero_points, axis=1)
        return quantized, graph.add("Unsqueeze", scale, graph.ints(1)), self._middle(graph)

    def _middle(self, graph: OnnxGraph) -> str:
        return graph.weight("zero_point_128", np.array(128, dtype=np.uint8))


class BlockLinear:
    """4-bit weights in blocks of 32 that share a scale (MatMulNBits, what onnx-community's q4 files hold)."""

    BLOCK = 32

    def begin(self, graph: OnnxGraph, x: str) -> None:
        """See LinearStyle; nothing here depends on the positions."""

    def matmul(self, graph: OnnxGraph, x: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle. The inputs must be a multiple of 32."""
        outputs, inputs = weight.shape
        blocks = weight.reshape(outputs, inputs // self.BLOCK, self.BLOCK)
        scale = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 7.0
        values = (np.clip(np.rint(blocks / scale[..., None]), -8, 7) + 8).astype(np.uint8)
        packed = values[..., 0::2] | (values[..., 1::2] << 4)
        return graph.add(
            "MatMulNBits",
            x,
            graph.weight(f"{name}_q4", packed),
            graph.weight(f"{name}_q4_scale", scale.astype(np.float32).reshape(-1)),
            domain=MICROSOFT,
            K=inputs,
            N=outputs,
            bits=4,
            block_size=self.BLOCK,
        )

    def embed(self, graph: OnnxGraph, ids: str, name: str, weight: np.ndarray) -> str:
        """See LinearStyle; the embedding stays float32."""
        return FloatLinear().embed(graph, ids, name, weight)
