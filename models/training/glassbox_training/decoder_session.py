"""Runs an exported decoder with ONNX Runtime, one sequence at a time."""

from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

#: Present keys and values of all layers, in the order of the graph's outputs.
Cache = list[np.ndarray]


class DecoderSession:
    """A session of a decoder in the transformers.js layout."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        """Load the ONNX file."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(file), options)
        self._inputs = {value.name: value for value in self._session.get_inputs()}
        self._past = [name for name in self._inputs if name.startswith("past_key_values.")]
        self._outputs = ["logits", *(name.replace("past_key_values", "present") for name in self._past)]

    def run(self, ids: np.ndarray, cache: Cache | None = None, logits_to_keep: int = 0) -> tuple[np.ndarray, Cache]:
        """Run new ids [n] after the cache; return logits [n or logits_to_keep, vocabulary] and the new cache."""
        past = cache or [self._empty(name) for name in self._past]
        before = past[0].shape[2]
        feeds: dict[str, np.ndarray] = {
            "input_ids": np.asarray(ids, dtype=np.int64)[None],
            "attention_mask": np.ones((1, before + len(ids)), dtype=np.int64),
            "position_ids": np.arange(before, before + len(ids), dtype=np.int64)[None],
            "num_logits_to_keep": np.array(logits_to_keep, dtype=np.int64),
            **dict(zip(self._past, past, strict=True)),
        }
        logits, *present = self._session.run(self._outputs, {name: feeds[name] for name in self._inputs})
        return logits[0], present

    def _empty(self, name: str) -> np.ndarray:
        _, heads, _, width = self._inputs[name].shape
        return np.zeros((1, heads, 0, width), dtype=np.float32)
