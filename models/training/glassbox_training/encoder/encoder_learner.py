"""Trains the encoder: the words alone, masked tokens and next blocks, and pairs through the layers (course.py)."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from ..learner import Learner, Progress
from ..machine import Machine
from ..optimizer import make_adamw, make_optimizers
from .block_rows import BlockRows, sample_corpus
from .course import COURSES, Course, Part
from .losses import Temperature, blocks_loss, pairs_loss, words_loss
from .model import Encoder, EncoderShape
from .pair_rows import batch_size, kept_rows, pair_batches
from .validation import Validation

SEED = 11
#: The batches of the two parts that read pairs are drawn apart.
PAIRS_SEED = SEED + 1000
#: Layers see so many tokens of a code in training; the words beyond are seen in the first part.
LAYERED_CODE_LENGTH = 160
#: What weighs tokens, and the temperature, learn so many times as fast as the tokens' vectors.
WEIGHING_RATE = 3.0
#: AdamW's memory of squared gradients: most tokens are rare, and a longer memory keeps their steps small.
BETA2 = 0.98
LARGEST_GRADIENT = 1.0


@dataclass
class EncoderProgress(Progress):
    """Also the share of the run that is done, what was read, and the best validation rank of the part."""

    share: float = 0.0
    word_batches: int = 0
    pair_batches: int = 0
    blocks: int = 0
    best: float = 0.0


class EncoderLearner(Learner):
    """The encoder, the temperature of its comparisons, their optimizers, and the pairs and blocks that are read."""

    def __init__(
        self, arguments: argparse.Namespace, shape: EncoderShape, tokenizer: Tokenizer, machine: Machine
    ) -> None:
        """Create everything with random weights from a fixed seed, and read pairs and corpus."""
        torch.manual_seed(SEED)
        self.machine = machine
        self.model = Encoder(shape).to(machine.device)
        self.temperature = Temperature().to(machine.device)
        self.modules = {"model": self.model, "temperature": self.temperature}
        self.optimizers = make_optimizers(self.model, arguments.matrix_rate, arguments.other_rate, BETA2)
        set_apart(self.optimizers[1], self.model.weighing_parameters(), WEIGHING_RATE)
        self.optimizers.append(make_adamw([self.temperature.logarithm], WEIGHING_RATE * arguments.other_rate, BETA2))
        self.progress: EncoderProgress = EncoderProgress()
        self.pairs = kept_rows(arguments.out / "pairs.npz", arguments.pairs, arguments.tokenizer, tokenizer)
        self._validation = Validation(arguments.validation_pairs, tokenizer)
        self.blocks = BlockRows(sample_corpus(arguments.corpus, arguments.block_characters, SEED), tokenizer, SEED)
        self._parts = COURSES[arguments.course]

    def begin_new(self) -> None:
        """Begin with tokens that weigh more the rarer they are."""
        count = np.zeros(self.model.shape.vocabulary)
        for code in self.pairs.codes:
            count[np.unique(code)] += 1
        self.model.weigh_tokens_by_rarity(torch.from_numpy(count / len(self.pairs)).float())

    def begin(self, start: float, deadline: float) -> None:
        """Lay out what is left of the course."""
        self._deadline = deadline
        self._course = Course(self._parts, self.progress.share, start, deadline)
        self._enter(self._course.part(start))

    def part_ends(self, now: float) -> bool:
        """Tell whether the part has had its share of the run, or has read the pairs often enough."""
        if self._readings() >= self.part.readings:
            done = max(self.part.end, self._course.share(now))
            self._course = Course(self._parts, done, now, self._deadline)
        return self._course.part(now) != self.part

    def next_part(self, now: float) -> None:
        """Enter the part that the course is in."""
        self._enter(self._course.part(now))

    def step(self, now: float) -> dict[str, Tensor]:
        """Take one step down the sum of the losses. Gradients of the words' own vectors and weights are never clipped."""
        part, rate = self.part, self._course.rate(now, self.progress.step - self._begun, self._readings())
        losses = self._losses()
        torch.stack(list(losses.values())).sum().backward()
        own = {id(parameter) for parameter in self.model.word_parameters()}
        clipped = [parameter for parameter in self.model.parameters() if id(parameter) not in own]
        torch.nn.utils.clip_grad_norm_(clipped, LARGEST_GRADIENT)
        matrices, *others = self.optimizers
        for optimizer in self.optimizers if part.pairs or part.blocks else others:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * rate * (1.0 if optimizer is matrices else part.rate)
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        self.temperature.bound()
        self.progress.step += 1
        self.progress.share = self._course.share(now)
        return {name: loss.detach() for name, loss in losses.items()}

    def measured(self, part_ends: bool) -> dict[str, float]:
        """Return the validation rank; a part begins with that of the part before, and what makes it worse is not kept."""
        rank = self._validation.rank(self.model)
        self.keeps_weights = part_ends or rank >= self.progress.best
        if self.keeps_weights:
            self.progress.best = rank
        return {
            "share": self.progress.share,
            "validation_mrr": rank,
            "bm25_mrr": self._validation.bm25,
            "temperature": self.temperature.value(),
        }

    def told(self) -> dict[str, float]:
        """Return the share of the run that is done."""
        return {"share": self.progress.share}

    def finish(self) -> None:
        """Note that all of the run is done."""
        self.progress.share = 1.0

    def _losses(self) -> dict[str, Tensor]:
        """Return the losses of one step by name; their sum is minimised."""
        losses: dict[str, Tensor] = {}
        if self.part.words:
            descriptions, codes = map(self.machine.move, next(self.data["words"]))
            losses["words"] = words_loss(self.model, self.temperature, descriptions, codes)
            self.progress.word_batches += 1
        if self.part.pairs:
            descriptions, codes = map(self.machine.move, next(self.data["pairs"]))
            codes = codes[:, :LAYERED_CODE_LENGTH]
            with self.machine.autocast():
                losses["pairs"] = pairs_loss(self.model, self.temperature, descriptions, codes)
            self.progress.pair_batches += 1
            self.progress.tokens += descriptions.numel() + codes.numel()
        if self.part.blocks:
            blocks = self.blocks.batch(self.progress.blocks, self.part.blocks).moved(self.machine.move)
            with self.machine.autocast():
                losses["masked"], losses["next"] = blocks_loss(self.model, blocks)
            self.progress.blocks += self.part.blocks
            self.progress.tokens += blocks.ids.numel()
        return losses

    def _readings(self) -> float:
        """Return how often all pairs were read for their words alone."""
        if not self.part.words:
            return 0.0
        return self.progress.word_batches * batch_size(self.pairs, self.part.words) / len(self.pairs)

    def _enter(self, part: Part) -> None:
        """Make ready for a part, and open what it reads where it goes on."""
        self.part, self._begun = part, self.progress.step
        for parameter in self.model.word_parameters():
            parameter.requires_grad_(not part.fixed)
            parameter.grad = None
        self.data: dict[str, Iterator[tuple[Tensor, Tensor]]] = {}
        if part.words:
            self.data["words"] = pair_batches(self.pairs, part.words, SEED, self.progress.word_batches)
        if part.pairs:
            self.data["pairs"] = pair_batches(
                self.pairs, part.pairs, PAIRS_SEED, self.progress.pair_batches, alike=True
            )


def set_apart(optimizer: torch.optim.Optimizer, parameters: list[nn.Parameter], rate: float) -> None:
    """Give parameters of an optimizer's only group a group of their own, with so many times its rate."""
    (group,) = optimizer.param_groups
    chosen = {id(parameter) for parameter in parameters}
    group["params"] = [parameter for parameter in group["params"] if id(parameter) not in chosen]
    peak = rate * group["initial_lr"]
    optimizer.add_param_group({"params": parameters, "lr": peak, "initial_lr": peak})
