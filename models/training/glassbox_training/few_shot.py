"""Writes in-context tasks as text: examples of one rule in one layout, so that the model learns to go by examples."""

import random
from dataclasses import dataclass

from .few_shot_families import TRAINED, Family

#: What stands before the input, between input and output, and after the output.
LAYOUTS: tuple[tuple[str, str, str], ...] = (
    ("", " -> ", "\n"),
    ("", " => ", "\n"),
    ("", ": ", "\n"),
    ("Input: ", "\nOutput: ", "\n\n"),
    ("Q: ", "\nA: ", "\n\n"),
    ("in: ", "\nout: ", "\n"),
    ("# ", "\n", "\n\n"),
    ("// ", "\n", "\n"),
    ("- ", " → ", "\n"),
    ("| ", " | ", " |\n"),
)
MOST_EXAMPLES = 12


@dataclass(frozen=True)
class FewShotTask:
    """A prompt that ends where the answer begins, the answer, and the text that ends an answer in its layout."""

    prompt: str
    answer: str
    stop: str


def training_text(rng: random.Random) -> str:
    """Return examples of a rule of a trained family, up to 12 of them."""
    rule = rng.choice(TRAINED)(rng)
    before, between, after = rng.choice(LAYOUTS)
    examples = (rule(rng) for _ in range(rng.randint(2, MOST_EXAMPLES)))
    return "".join(f"{before}{given}{between}{wanted}{after}" for given, wanted in examples)


def make_task(rng: random.Random, family: Family, examples: int) -> FewShotTask:
    """Return a task with that many examples in front; its own input is none of theirs."""
    rule = family(rng)
    before, between, after = rng.choice(LAYOUTS[:6])
    shown = dict(rule(rng) for _ in range(examples))
    given, wanted = rule(rng)
    while given in shown:
        given, wanted = rule(rng)
    lines = "".join(f"{before}{left}{between}{right}{after}" for left, right in shown.items())
    return FewShotTask(f"{lines}{before}{given}{between}".rstrip(" "), wanted, after)
