"""A small builder for ONNX graphs: nodes are calls, and names are made up where nobody reads them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 21
MICROSOFT = "com.microsoft"

#: A dimension: a number, or the name of one that varies.
Dimension = int | str


class OnnxGraph:
    """Collects the parts of one graph; `model` puts them together and checks them."""

    def __init__(self, name: str) -> None:
        """Take the graph's name."""
        self._name = name
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: dict[str, onnx.TensorProto] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._count = 0

    def input(self, name: str, kind: int, dimensions: Sequence[Dimension]) -> str:
        """Declare an input of element type `kind` (TensorProto) and return its name."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, list(dimensions)))
        return name

    def output(self, name: str, kind: int, dimensions: Sequence[Dimension]) -> None:
        """Declare that the value of that name is an output."""
        self._outputs.append(helper.make_tensor_value_info(name, kind, list(dimensions)))

    def weight(self, name: str, value: np.ndarray) -> str:
        """Store a constant under a name; a second call with the same name stores nothing."""
        if name not in self._initializers:
            self._initializers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        """Return a constant int64 vector."""
        return self.weight(f"ints_{'_'.join(map(str, values))}", np.array(values, dtype=np.int64))

    def int_scalar(self, value: int) -> str:
        """Return a constant int64 scalar."""
        return self.weight(f"int_{value}", np.array(value, dtype=np.int64))

    def float_scalar(self, value: float) -> str:
        """Return a constant float32 scalar."""
        return self.weight(f"float_{value}", np.array(value, dtype=np.float32))

    def add(
        self, kind: str, *inputs: str, name: str = "", domain: str = "", outputs: int = 1, **attributes: Any
    ) -> str:
        """Add a node and return the name of its first output."""
        return self.add_many(kind, *inputs, names=[name] + [""] * (outputs - 1), domain=domain, **attributes)[0]

    def add_many(self, kind: str, *inputs: str, names: Sequence[str], domain: str = "", **attributes: Any) -> list[str]:
        """Add a node with several outputs, empty names made up, and return them all."""
        outputs = [name or self._fresh(kind) for name in names]
        node = helper.make_node(kind, list(inputs), outputs, name=f"{outputs[0]}.node", domain=domain, **attributes)
        self._nodes.append(node)
        return outputs

    def model(self) -> onnx.ModelProto:
        """Return the checked model."""
        graph = helper.make_graph(
            self._nodes, self._name, self._inputs, self._outputs, list(self._initializers.values())
        )
        opsets = [helper.make_opsetid("", OPSET)]
        if any(node.domain == MICROSOFT for node in self._nodes):
            opsets.append(helper.make_opsetid(MICROSOFT, 1))
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="glassbox")
        onnx.checker.check_model(model)
        return model

    def _fresh(self, kind: str) -> str:
        self._count += 1
        return f"{kind.lower()}_{self._count}"


FLOAT = TensorProto.FLOAT
INT64 = TensorProto.INT64
