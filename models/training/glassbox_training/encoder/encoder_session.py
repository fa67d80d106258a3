"""Runs an exported encoder with ONNX Runtime."""

from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

OUTPUTS = ["sentence_embedding", "logits", "next_block_logits"]


class EncoderSession:
    """One graph on one thread."""

    def __init__(self, file: Path) -> None:
        """Load the graph."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def run(self, ids: np.ndarray, segments: np.ndarray | None = None) -> list[np.ndarray]:
        """Return embeddings, masked logits and next-block logits for ids [batch, length], padded with 0."""
        ids = ids.astype(np.int64)
        segments = np.zeros_like(ids) if segments is None else segments
        feeds = {"input_ids": ids, "attention_mask": (ids > 0).astype(np.int64), "token_type_ids": segments}
        return self._session.run(OUTPUTS, feeds)
