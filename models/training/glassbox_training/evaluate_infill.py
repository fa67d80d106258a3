r"""Measures single-line infill on held-out repositories: exact match and edit similarity, beside an n-gram cache.

python -m glassbox_training.evaluate_infill --corpus WORK/corpus/test.jsonl --model ../code \
        --figures WORK/figures/infill.json
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from tokenizers import Tokenizer

from .decoder_session import DecoderSession
from .documents import load_documents
from .figures import Figure, write_figures
from .infill_decoding import InfillDecoder
from .infill_tasks import KINDS, InfillTask, make_tasks
from .ngram_cache import NgramCache
from .quantize import QUANTIZED_FILE


def edit_similarity(left: str, right: str) -> float:
    """Return 1 - Levenshtein distance / longer length; 1 for two empty strings."""
    if not left or not right:
        return float(left == right)
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return 1 - row[-1] / max(len(left), len(right))


def measure(label: str, tasks: list[InfillTask], complete: Callable[[InfillTask], str]) -> list[Figure]:
    """Complete every task and return the figures by kind, over all tasks and over the non-trivial ones."""
    results = []
    for task in tasks:
        text, wanted = complete(task).rstrip(), task.answer.rstrip()
        results.append((task, text == wanted, edit_similarity(text, wanted)))
    figures = []
    for kind in KINDS:
        for group, only in (("all", False), ("non-trivial", True)):
            chosen = [
                (exact, near) for task, exact, near in results if task.kind == kind and (task.non_trivial or not only)
            ]
            name = f"{kind} infill, {group} ({len(chosen)} tasks), {label}"
            figures.append(Figure(f"{name}, exact match", 100 * sum(exact for exact, _ in chosen) / len(chosen), "%"))
            figures.append(Figure(f"{name}, edit similarity", 100 * sum(near for _, near in chosen) / len(chosen), "%"))
    return figures


def main() -> None:
    """Measure the bundled model and the baseline on the same tasks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--corpus", "--model", "--figures"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--tasks", type=int, default=300, help="tasks of each kind")
    parser.add_argument("--show", type=int, default=0, help="print that many tasks of each kind with their completions")
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    tasks = make_tasks(load_documents(arguments.corpus), arguments.tasks)
    decoder = InfillDecoder(DecoderSession(arguments.model / QUANTIZED_FILE), tokenizer)
    for kind in KINDS:
        for task in [task for task in tasks if task.kind == kind][: arguments.show]:
            print(f"--- {kind} {task.path}\n{task.before[-300:]}{task.line}<cursor>")
            print(f"    wanted {task.answer!r}\n    got    {decoder.complete(task)!r}")
    figures = measure("int8", tasks, decoder.complete)
    figures += measure("n-gram cache of the file", tasks, NgramCache(tokenizer).complete)
    write_figures(arguments.figures, figures)


if __name__ == "__main__":
    main()
