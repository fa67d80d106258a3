r"""Trains the encoder until a deadline, with checkpoints; run again with the same --out to go on.

    python -m glassbox_training.encoder.train --corpus WORK/corpus/train.jsonl --tokenizer WORK/encoder/tokenizer \
        --pairs WORK/encoder/functions.train.jsonl WORK/encoder/comments.train.jsonl \
        --validation-pairs WORK/encoder/functions.validation.jsonl --out WORK/encoder/run --until 2026-01-31T18:00:00Z

A run has three parts (course.py): the words alone, masked tokens and next blocks, and pairs through the layers, for which
the short course has no time. A start goes evenly from what is done to the end of the run at its deadline; what was cut off goes on from its last checkpoint.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from ..checkpoint import NoRoom, read_checkpoint, write_checkpoint
from ..optimizer import make_adamw, make_optimizers
from ..train import describe_machine
from ..training_log import TrainingLog
from .block_rows import BlockRows, sample_corpus
from .course import COURSES, Course, Part
from .losses import Temperature, blocks_loss, pairs_loss, words_loss
from .model import Encoder, EncoderShape, repeats
from .pair_rows import PairRows, kept_rows, pair_batches, pair_rows, read_pairs, trimmed
from .ranking import bm25_scores, mean_reciprocal_rank

SEED = 11
LOG_EVERY_STEPS = 20
#: Layers see so many tokens of a code in training; the words beyond are seen in the first two parts.
LAYERED_CODE_LENGTH = 160
#: What weighs tokens learns so many times as fast as their vectors.
WEIGHING_RATE = 3.0
#: AdamW's memory of squared gradients: most tokens are rare, and a longer memory keeps their steps small.
BETA2 = 0.98
VALIDATION_PAIRS = 1_000
EMBEDDED_AT_ONCE = 64


def set_apart(optimizer: torch.optim.Optimizer, parameters: list[nn.Parameter], rate: float) -> None:
    """Give parameters of an optimizer's only group a group of their own, with so many times its rate."""
    (group,) = optimizer.param_groups
    chosen = {id(parameter) for parameter in parameters}
    group["params"] = [parameter for parameter in group["params"] if id(parameter) not in chosen]
    peak = rate * group["initial_lr"]
    optimizer.add_param_group({"params": parameters, "lr": peak, "initial_lr": peak})


@dataclass
class Progress:
    """How far the run is: the share of it that is done, what was read, and the best validation rank of the part."""

    share: float = 0.0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    word_batches: int = 0
    pair_batches: int = 0
    blocks: int = 0
    best: float = 0.0


@torch.no_grad()
def embed_rows(model: Encoder, ids: np.ndarray) -> np.ndarray:
    """Return embeddings [rows, width] of ids [rows, length], a few at once, the shortest first."""
    out = np.zeros((len(ids), model.shape.width), np.float32)
    order = np.argsort((ids > 0).sum(1))
    for first in range(0, len(order), EMBEDDED_AT_ONCE):
        chosen = order[first : first + EMBEDDED_AT_ONCE]
        batch = trimmed(ids[chosen])
        out[chosen] = model.embed(batch, repeats(batch)).numpy()
    return out


class Run:
    """One training run: model, optimizers, data, and the files it writes."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        """Create everything, or load it from the checkpoint in the output folder."""
        self.arguments = arguments
        self.out: Path = arguments.out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(SEED)
        tokenizer = Tokenizer.from_file(str(arguments.tokenizer / "tokenizer.json"))
        self.shape = EncoderShape(
            tokenizer.get_vocab_size(), arguments.width, arguments.layers, arguments.heads, arguments.feed_forward
        )
        saved = self.out / "shape.json"
        if saved.exists() and EncoderShape.load(saved) != self.shape:
            raise SystemExit(f"{self.out} holds a run of another shape or vocabulary; choose another folder")
        self.model = Encoder(self.shape)
        self.temperature = Temperature()
        self.optimizers = make_optimizers(self.model, arguments.matrix_rate, arguments.other_rate, BETA2)
        set_apart(self.optimizers[1], self.model.weighing_parameters(), WEIGHING_RATE)
        self.optimizers.append(make_adamw([self.temperature.logarithm], WEIGHING_RATE * arguments.other_rate, BETA2))
        self.pairs = kept_rows(self.out / "pairs.npz", arguments.pairs, arguments.tokenizer, tokenizer)
        validation = read_pairs([arguments.validation_pairs])[:VALIDATION_PAIRS]
        self.validation = pair_rows(validation, tokenizer)
        self.bm25 = mean_reciprocal_rank(
            bm25_scores([pair["description"] for pair in validation], [pair["code"] for pair in validation])
        )
        texts = sample_corpus(arguments.corpus, arguments.block_characters, SEED)
        self.blocks = BlockRows(texts, tokenizer, SEED)
        self.progress = Progress()
        self._restore()
        self.shape.save(saved)
        describe_machine(self.out / "machine.json", arguments, "encoder.train")
        self.log = TrainingLog(self.out)

    def _restore(self) -> None:
        state = read_checkpoint(self.out / "checkpoint.pt")
        if state is None:
            self.model.weigh_tokens_by_rarity(document_share(self.pairs, self.shape.vocabulary))
            return
        self.model.load_state_dict(state["model"])
        # A run that began before the temperature was learned begins to learn it now.
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        if "temperature" in state:
            self.temperature.load_state_dict(state["temperature"])
        self.progress = Progress(**state["progress"])

    def save(self, best: bool) -> None:
        """Write the checkpoint, and the weights alone when they are the best of the part."""
        state = {
            "model": self.model.state_dict(),
            "temperature": self.temperature.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": vars(self.progress),
        }
        write_checkpoint(state, self.out / "checkpoint.pt")
        if best:
            write_checkpoint(self.model.state_dict(), self.out / "weights.pt")
        (self.out / "progress.json").write_text(json.dumps(vars(self.progress)) + "\n")
        self.log.draw()

    def _losses(self, part: Part, data: dict[str, Iterator[tuple[Tensor, Tensor]]]) -> dict[str, Tensor]:
        """Return the losses of one step by name; their sum is minimised."""
        losses: dict[str, Tensor] = {}
        if part.words:
            descriptions, codes = next(data["words"])
            losses["words"] = words_loss(self.model, self.temperature, descriptions, codes)
            self.progress.word_batches += 1
        if part.pairs:
            descriptions, codes = next(data["pairs"])
            codes = codes[:, :LAYERED_CODE_LENGTH]
            losses["pairs"] = pairs_loss(self.model, self.temperature, descriptions, codes)
            self.progress.pair_batches += 1
            self.progress.tokens += descriptions.numel() + codes.numel()
        if part.blocks:
            blocks = self.blocks.batch(self.progress.blocks, part.blocks)
            losses["masked"], losses["next"] = blocks_loss(self.model, blocks)
            self.progress.blocks += part.blocks
            self.progress.tokens += blocks.ids.numel()
        return losses

    def step(self, losses: dict[str, Tensor], part: Part, rate: float) -> None:
        """Take one step down the sum of the losses. Gradients of the words' own vectors and weights are never clipped."""
        torch.stack(list(losses.values())).sum().backward()
        own = {id(parameter) for parameter in self.model.word_parameters()}
        clipped = [parameter for parameter in self.model.parameters() if id(parameter) not in own]
        torch.nn.utils.clip_grad_norm_(clipped, 1.0)
        matrices, *others = self.optimizers
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * rate * (1.0 if optimizer is matrices else part.rate)
        for optimizer in self.optimizers if part.pairs or part.blocks else others:
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        self.temperature.bound()
        self.progress.step += 1

    def validation_rank(self) -> float:
        """Return the mean reciprocal rank of the validation pairs, each description among all their codes."""
        described = embed_rows(self.model, self.validation.descriptions)
        return mean_reciprocal_rank(described @ embed_rows(self.model, self.validation.codes).T)

    def readings(self, part: Part) -> float:
        """Return how often all pairs were read for their words alone."""
        return self.progress.word_batches * part.words / len(self.pairs)

    def train(self, deadline: float) -> None:
        """Train until the deadline (seconds since the epoch)."""
        start = saved = time.time()
        parts = COURSES[self.arguments.course]
        course = Course(parts, self.progress.share, start, deadline)
        seconds = self.progress.seconds
        part, begun = course.part(start), self.progress.step
        data = self._data(part)
        means: dict[str, float] = {}
        while (now := time.time()) < deadline:
            if part.words and self.readings(part) >= part.readings:
                course = Course(parts, max(part.end, course.share(now)), now, deadline)
            if course.part(now) != part:
                self._check(ends_part=True)
                part, begun, means = course.part(now), self.progress.step, {}
                data = self._data(part)
            losses = self._losses(part, data)
            self.step(losses, part, course.rate(now, self.progress.step - begun, self.readings(part)))
            for name, loss in losses.items():
                means[name] = 0.95 * means.get(name, loss.item()) + 0.05 * loss.item()
            self.progress.seconds = seconds + time.time() - start
            self.progress.share = course.share(time.time())
            if self.progress.step % LOG_EVERY_STEPS == 0:
                self._tell(share=self.progress.share, **means)
            if time.time() - saved > self.arguments.save_every:
                self._check()
                saved = time.time()
        self._check()

    def _check(self, ends_part: bool = False) -> None:
        """Measure and save. A part begins with the rank of the part before, so one that makes it worse leaves no weights."""
        rank = self.validation_rank()
        self._tell(
            share=self.progress.share,
            validation_mrr=rank,
            bm25_mrr=self.bm25,
            temperature=self.temperature.value(),
        )
        best = ends_part or rank >= self.progress.best
        if best:
            self.progress.best = rank
        self.save(best)

    def _data(self, part: Part) -> dict[str, Iterator[tuple[Tensor, Tensor]]]:
        """Make ready for a part, and return what it reads."""
        for parameter in self.model.word_parameters():
            parameter.requires_grad_(not part.fixed)
            parameter.grad = None
        progress = self.progress
        data = {}
        if part.words:
            data["words"] = pair_batches(self.pairs, part.words, SEED, progress.word_batches)
        if part.pairs:
            data["pairs"] = pair_batches(self.pairs, part.pairs, SEED + 1000, progress.pair_batches, alike=True)
        return data

    def _tell(self, **values: float) -> None:
        self.log.add(self.progress.step, self.progress.tokens, **values)


def document_share(rows: PairRows, vocabulary: int) -> Tensor:
    """Return in what share of the codes each token occurs, [vocabulary]."""
    count = np.zeros(vocabulary)
    for code in rows.codes:
        count[np.unique(code)] += 1
    return torch.from_numpy(count / len(rows)).float()


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--tokenizer", "--validation-pairs", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--until", help="when to end, ISO 8601")
    end.add_argument("--minutes", type=float, help="how long this start may take, loading included")
    for name, value in (("width", 256), ("layers", 2), ("heads", 4), ("feed-forward", 512)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--course", choices=sorted(COURSES), default="whole", help="what is learned when: course.py")
    parser.add_argument("--block-characters", type=int, default=60_000_000, help="corpus text the heads are trained on")
    parser.add_argument("--matrix-rate", type=float, default=0.02, help="Muon's peak rate")
    parser.add_argument("--other-rate", type=float, default=0.003, help="AdamW's peak rate")
    parser.add_argument("--save-every", type=float, default=240.0, help="seconds between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.device, arguments.precision = "cpu", "float32"
    return arguments


def main() -> None:
    """Train until the deadline."""
    began = time.time()
    arguments = parse()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    if arguments.minutes is not None:
        deadline = began + 60 * arguments.minutes
    else:
        deadline = datetime.fromisoformat(arguments.until.replace("Z", "+00:00")).timestamp()
    run = Run(arguments)
    if deadline <= time.time():
        raise SystemExit("the deadline has passed; nothing was trained")
    if run.progress.share >= 1:
        raise SystemExit(f"the run in {arguments.out} has ended; choose another folder to train again")
    try:
        run.train(deadline)
    except NoRoom as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
