"""Writes the tiny random decoders and tokenizers that the tests use, and runs each decoder once.

python make_fixtures.py ../../test/fixtures
"""

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from glassbox_training.card import KIND
from glassbox_training.decoder_session import DecoderSession
from glassbox_training.encoder.card import KIND as ENCODER_KIND
from glassbox_training.encoder.encoder_session import EncoderSession
from glassbox_training.encoder.export import bert_config
from glassbox_training.encoder.model import Encoder, EncoderShape
from glassbox_training.encoder.onnx_encoder import EncoderWriter
from glassbox_training.encoder.special_tokens import SPECIAL_TOKENS as ENCODER_TOKENS
from glassbox_training.encoder.tokenizer import train_tokenizer as train_word_tokenizer
from glassbox_training.encoder.tokenizer import write_tokenizer as write_word_tokenizer
from glassbox_training.export import write_configuration
from glassbox_training.fixture_tokenizers import (
    TEXTS,
    byte_level_tokenizer,
    unigram_tokenizer,
    wordpiece_tokenizer,
    write,
)
from glassbox_training.model import Decoder, ModelShape
from glassbox_training.model_card import CARD_FILE, minimal_card
from glassbox_training.model_folder import QUANTIZED_FILE
from glassbox_training.onnx_attention import FusedAttention
from glassbox_training.onnx_decoder import DecoderWriter, weights_of
from glassbox_training.onnx_linear import BlockLinear, Int8Linear
from glassbox_training.tokenizer import write_tokenizer

VOCABULARY = 300
CONTEXT = 64
SHAPE = ModelShape(
    vocabulary=VOCABULARY, width=32, layers=2, heads=4, kv_heads=1, head_width=8, feed_forward=64, context=CONTEXT
)
#: GroupQueryAttention with rotary positions takes head sizes that are multiples of 16.
WIDE_HEADS = ModelShape(
    vocabulary=VOCABULARY, width=32, layers=2, heads=4, kv_heads=2, head_width=16, feed_forward=64, context=CONTEXT
)


@dataclass(frozen=True)
class Fixture:
    """One model folder: its name, what is special about it, its ONNX file and the model."""

    name: str
    title: str
    file: str
    model: onnx.ModelProto
    runs: bool = True


def random_decoder(shape: ModelShape) -> Decoder:
    """Return a decoder with fixed random weights, large enough for its answers to differ between tokens."""
    torch.manual_seed(11)
    decoder = Decoder(shape).eval()
    with torch.no_grad():
        decoder.embedding.weight.mul_(20)
    return decoder


def fixtures() -> Iterator[Fixture]:
    """Yield one decoder for each kind of graph that the engine has to learn."""
    weights = weights_of(random_decoder(SHAPE))
    yield Fixture("tiny-fp32", "one key-value head, float32", "onnx/model.onnx", DecoderWriter(SHAPE, weights).write())
    heads = ModelShape(**{**vars(SHAPE), "kv_heads": SHAPE.heads})
    writer = DecoderWriter(heads, weights_of(random_decoder(heads)), has_position_ids=False, has_logits_to_keep=False)
    yield Fixture("tiny-mha-no-position-ids", "a key-value head for each head", "onnx/model.onnx", writer.write())
    grouped = weights_of(random_decoder(WIDE_HEADS))
    writer = DecoderWriter(
        WIDE_HEADS,
        grouped,
        linear=BlockLinear(),
        attention=FusedAttention(WIDE_HEADS),
        has_position_ids=False,
        has_logits_to_keep=False,
    )
    yield Fixture("tiny-gqa-fused-q4", "GroupQueryAttention, 4-bit weights", "onnx/model_q4.onnx", writer.write())
    writer = DecoderWriter(SHAPE, weights, linear=Int8Linear())
    yield Fixture("tiny-int8", "int8 by DynamicQuantizeLinear", "onnx/model_quantized.onnx", writer.write())
    yield Fixture(
        "unknown-operator", "an operator that nobody knows", "onnx/model.onnx", unknown_operator(weights), runs=False
    )


def unknown_operator(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the float32 decoder with one operator of a domain that ONNX Runtime does not have."""
    model = DecoderWriter(SHAPE, weights).write()
    node = next(node for node in model.graph.node if node.op_type == "Sigmoid")
    node.op_type, node.domain = "Frobnicate", "example.unknown"
    model.opset_import.append(onnx.helper.make_opsetid("example.unknown", 1))
    return model


def write_fixture(fixture: Fixture, folder: Path) -> None:
    """Write one model folder with its card."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    shape = WIDE_HEADS if "gqa" in fixture.name else SHAPE
    if "mha" in fixture.name:
        shape = ModelShape(**{**vars(shape), "kv_heads": shape.heads})
    write_configuration(shape, folder)
    tokenizer = byte_level_tokenizer(VOCABULARY)
    write_tokenizer(tokenizer, folder, CONTEXT)
    write(tokenizer, folder)
    onnx.save(fixture.model, folder / fixture.file)
    identity: dict[str, object] = {
        "id": fixture.name,
        "name": f"Fixture: {fixture.title}",
        "version": "1.0.0",
        "license": "MIT",
    }
    card = minimal_card(folder, KIND, identity, CONTEXT, fixture.file)
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{fixture.name}: {size:,} bytes, {try_run(folder / fixture.file, fixture.runs)}")


def write_encoder_fixture(folder: Path) -> None:
    """Write a random encoder, int8 as the bundled one is, with a tokenizer of lower-case words."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    shape = EncoderShape(vocabulary=VOCABULARY, width=32, layers=2, heads=2, feed_forward=64, context=CONTEXT)
    torch.manual_seed(11)
    encoder = Encoder(shape).eval()
    with torch.no_grad():
        for parameter in (encoder.hidden_scale, encoder.hidden_weight):
            parameter.normal_(std=0.2)
    (folder / "config.json").write_text(json.dumps(bert_config(shape), indent=2) + "\n")
    write_word_tokenizer(train_word_tokenizer(iter(TEXTS), VOCABULARY), folder, CONTEXT)
    onnx.save(EncoderWriter(encoder, Int8Linear(per_row=True)).write(), folder / QUANTIZED_FILE)
    identity: dict[str, object] = {
        "id": folder.name,
        "name": "Fixture: encoder, int8",
        "version": "1.0.0",
        "license": "MIT",
    }
    card = minimal_card(folder, ENCODER_KIND, identity, CONTEXT, QUANTIZED_FILE)
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n")
    session = EncoderSession(folder / QUANTIZED_FILE)
    ids = np.random.default_rng(5).integers(len(ENCODER_TOKENS), shape.vocabulary, size=(2, 24))
    alone = np.concatenate([session.run(row[None])[0] for row in ids])
    difference = float(np.abs(session.run(ids)[0] - alone).max())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder.name}: {size:,} bytes, together against alone: {difference:.1e}")


def try_run(file: Path, runs: bool) -> str:
    """Run the decoder at once and in three parts, compare, and say by how much they differ."""
    if not runs:
        try:
            onnxruntime.InferenceSession(str(file))
        except Exception as error:
            return f"refused: {str(error).splitlines()[0][:100]}"
        raise SystemExit(f"{file} must not load")
    session = DecoderSession(file)
    ids = np.random.default_rng(5).integers(0, VOCABULARY, size=24)
    whole, _ = session.run(ids)
    parts, cache = [], None
    for part in (ids[:10], ids[10:20], ids[20:21], ids[21:22], ids[22:24]):
        logits, cache = session.run(part, cache)
        parts.append(logits)
    difference = float(np.abs(np.concatenate(parts) - whole).max())
    return f"whole against parts: {difference:.1e} of {float(whole.std()):.2f}"


def main() -> None:
    """Write all fixtures below the folder given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    for fixture in fixtures():
        write_fixture(fixture, out / "models" / fixture.name)
    write_encoder_fixture(out / "models" / "tiny-encoder")
    write(wordpiece_tokenizer(800), out / "tokenizers" / "wordpiece")
    write(unigram_tokenizer(500), out / "tokenizers" / "unigram")


if __name__ == "__main__":
    main()
