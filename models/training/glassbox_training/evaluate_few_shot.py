r"""Measures accuracy with 0 to 8 examples on task families that are held out of training.

python -m glassbox_training.evaluate_few_shot --model ../code --figures WORK/figures/few_shot.json
"""

import argparse
import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .decoder_session import DecoderSession
from .few_shot import FewShotTask, make_task
from .few_shot_families import HELD_OUT
from .figures import Figure, write_figures
from .model_folder import QUANTIZED_FILE

EXAMPLES = (0, 1, 2, 4, 8)
LONGEST_ANSWER_TOKENS = 24


def answer(session: DecoderSession, tokenizer: Tokenizer, task: FewShotTask) -> str:
    """Return the greedy continuation up to the first line break, without blanks around it."""
    ids = np.array(tokenizer.encode(task.prompt, add_special_tokens=False).ids)
    logits, cache = session.run(ids, logits_to_keep=1)
    got: list[int] = []
    for _ in range(LONGEST_ANSWER_TOKENS):
        got.append(int(logits[-1].argmax()))
        text = tokenizer.decode(got)
        if "\n" in text.lstrip():
            break
        logits, cache = session.run(np.array(got[-1:]), cache, logits_to_keep=1)
    return tokenizer.decode(got).lstrip().split("\n")[0].strip()


def main() -> None:
    """Measure every family with every number of examples; tasks depend on the seed alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--figures", type=Path, required=True)
    parser.add_argument("--tasks", type=int, default=60, help="tasks of each family")
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    session = DecoderSession(arguments.model / QUANTIZED_FILE)
    figures = []
    for examples in EXAMPLES:
        right: dict[str, float] = {}
        for family in HELD_OUT:
            tasks = [make_task(random.Random(seed), family, examples) for seed in range(arguments.tasks)]
            hits = sum(answer(session, tokenizer, task) == task.answer for task in tasks)
            right[family.__name__.replace("_", " ")] = 100 * hits / len(tasks)
        told = "no examples" if examples == 0 else f"{examples} example{'s' if examples > 1 else ''}"
        figures.append(Figure(f"few-shot, {told}, held-out families", sum(right.values()) / len(right), "%"))
        figures += [Figure(f"few-shot, {told}, {name}", value, "%") for name, value in right.items()]
    write_figures(arguments.figures, figures)


if __name__ == "__main__":
    main()
