"""Writes the files of a model folder but its card: configuration, tokenizer, graphs."""

import json
import shutil
from pathlib import Path

import onnx

QUANTIZED_FILE = "onnx/model_quantized.onnx"


def write_json(file: Path, value: dict[str, object]) -> None:
    """Write a configuration file, with its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n")


def copy_tokenizer(tokenizer: Path, model: Path) -> None:
    """Copy a tokenizer's files into the model folder."""
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer / name, model / name)


def save_graph(graph: onnx.ModelProto, file: Path, parameters: int) -> None:
    """Write a graph, with its folder, and print its size; `parameters` are the model's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, file)
    print(f"{file}: {file.stat().st_size:,} bytes, {parameters:,} parameters")
