r"""Compares the exported encoders with PyTorch on held-out text, and measures what the heads know.

    python -m glassbox_training.encoder.check --run WORK/encoder/run --corpus WORK/corpus/test.jsonl \
        --pairs WORK/encoder/functions.test.jsonl --model ../encoder --fp32 WORK/encoder/model.onnx \
        --figures WORK/encoder/figures/check.json

Fails when the float32 graph differs from PyTorch by more than 1e-3 in any number.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from ..figures import Figure, int8_size, require_same, write_figures
from ..model_folder import QUANTIZED_FILE
from .block_rows import NO_TARGET, BlockRows, Blocks, sample_corpus
from .encoder_session import EncoderSession
from .model import Encoder, load_encoder, repeats
from .pair_rows import pair_rows, read_pairs, trimmed
from .special_tokens import MASK

SEED = 3
TEXTS = 256
BATCH = 16
HEAD_CHARACTERS = 2_000_000


@torch.no_grad()
def wanted(model: Encoder, blocks: Blocks) -> list[np.ndarray]:
    """Return what PyTorch gives for a batch of blocks, in the order of the graph's outputs."""
    hidden = model.hidden(blocks.ids, blocks.segments)
    vectors = model.token_vectors(blocks.ids, hidden, repeats(blocks.ids))
    embedding = torch.nn.functional.normalize(vectors.sum(1), dim=1)
    logits = model.masked_logits(hidden[blocks.ids == MASK])
    return [value.numpy() for value in (embedding, logits, model.next_block_logits(hidden))]


def head_figures(session: EncoderSession, blocks: list[Blocks]) -> list[Figure]:
    """Return how often the masked token is the first and among the first five, and the next block told."""
    ranks, told = [], []
    for batch in blocks:
        _, logits, following = session.run(batch.ids.numpy(), batch.segments.numpy())
        targets = batch.targets[batch.ids == MASK].numpy()
        counted = targets != NO_TARGET
        own = np.take_along_axis(logits, np.maximum(targets, 0)[:, None], 1)
        ranks.append((logits > own).sum(1)[counted])
        told.append(following.argmax(1) == batch.unrelated.numpy())
    rank = np.concatenate(ranks)
    return [
        Figure("int8, masked token is the likeliest", 100 * float((rank < 1).mean()), "%"),
        Figure("int8, masked token is among the five likeliest", 100 * float((rank < 5).mean()), "%"),
        Figure("int8, told whether the second block follows the first", 100 * float(np.concatenate(told).mean()), "%"),
    ]


def main() -> None:
    """Write the figures; fail when the float32 export is not PyTorch's model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--run", "--corpus", "--pairs", "--model", "--fp32", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--batches", type=int, default=60, help="of 16 rows, for the heads")
    arguments = parser.parse_args()
    model = load_encoder(arguments.run)
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    rows = BlockRows(sample_corpus(arguments.corpus, HEAD_CHARACTERS, SEED), tokenizer, SEED)
    blocks = [rows.batch(BATCH * number, BATCH) for number in range(arguments.batches)]
    exact, int8 = EncoderSession(arguments.fp32), EncoderSession(arguments.model / QUANTIZED_FILE)
    difference = max(
        float(np.abs(got - want).max())
        for batch in blocks[:4]
        for got, want in zip(exact.run(batch.ids.numpy(), batch.segments.numpy()), wanted(model, batch), strict=True)
    )
    codes = pair_rows(read_pairs([arguments.pairs])[:TEXTS], tokenizer).codes
    alike = [int8.run(trimmed(row[None]).numpy())[0] @ exact.run(trimmed(row[None]).numpy())[0].T for row in codes]
    figures = [
        Figure("float32 ONNX against PyTorch, largest difference of any output", difference, ""),
        Figure(
            "int8 ONNX against float32, smallest cosine of two embeddings of one function", float(min(alike)[0, 0]), ""
        ),
        *head_figures(int8, blocks),
        int8_size(arguments.model),
    ]
    write_figures(arguments.figures, figures)
    require_same(difference)


if __name__ == "__main__":
    main()
