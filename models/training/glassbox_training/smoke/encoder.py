"""The steps of the encoder, with a run that is stopped in the middle."""

import itertools
import subprocess
import time
from pathlib import Path

import torch

from ..encoder.encoder_learner import PAIRS_SEED
from ..encoder.pair_rows import pair_batches
from ..encoder.train import parse, restored
from .steps import PACKAGE, cut_off, go_on, refuse, step, stop


def cut_pairs(corpus: Path, out: Path, *words: str) -> Path:
    """Cut pairs out of a split with the program of the evaluation, which is TypeScript."""
    print(f"$ node src/build/pairs.mjs {' '.join(words)} --corpus {corpus} --out {out}", flush=True)
    program = ["node", "src/build/pairs.mjs", *words, "--corpus", str(corpus), "--out", str(out)]
    subprocess.run(program, check=True, cwd=PACKAGE.parents[2], stdout=subprocess.DEVNULL)
    return out


def require_same_order(words: list[str]) -> None:
    """Fail when a run that goes on reads other pairs than one that was never stopped."""
    _, learner = restored(parse(words))
    learner.begin(time.time(), time.time() + 60)
    number = learner.progress.pair_batches
    unbroken = pair_batches(learner.pairs, learner.part.pairs, PAIRS_SEED, 0, alike=True)
    expected = next(itertools.islice(unbroken, number, None))
    if number == 0 or not all(map(torch.equal, next(learner.data["pairs"]), expected)):
        raise SystemExit(f"the run does not go on with batch {number} of the pairs")


def train(work: Path, corpus: Path, tokenizer: Path, functions: list[Path]) -> Path:
    """Train in two starts: until the layers read pairs, where it is stopped, and to the end of the run."""
    run = work / "encoder"
    pairs = [
        "--pairs",
        str(functions[0]),
        str(cut_pairs(corpus / "train.jsonl", work / "comments.jsonl", "--comments")),
    ]
    options: dict[str, object] = {"corpus": corpus / "train.jsonl", "tokenizer": tokenizer, "out": run, "save_every": 3}
    options |= {"validation_pairs": functions[1], "width": 64, "layers": 1, "heads": 1, "feed_forward": 128}
    stop(run, lambda progress: progress["pair_batches"] > 0, "encoder.train", *pairs, minutes=1, **options)
    before = cut_off(run / "checkpoint.pt")
    words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    require_same_order([*pairs, *words, "--minutes", "1"])
    go_on(run, before, "encoder.train", *pairs, minutes=0.4, **options)
    refuse("encoder.train", "has ended", *pairs, minutes=0.5, **options)
    return run


def run_encoder(work: Path, corpus: Path) -> None:
    """Run pairs, tokenizer, training, export, check and card of the encoder."""
    tokenizer, model, fp32, figures = (
        work / name for name in ("words", "encoder_model", "encoder.onnx", "encoder_figures")
    )
    functions = [cut_pairs(corpus / f"{split}.jsonl", work / f"{split}.pairs.jsonl") for split in ("train", "test")]
    step("encoder.tokenizer", corpus=corpus / "train.jsonl", out=tokenizer, vocabulary=600)
    run = train(work, corpus, tokenizer, functions)
    step("encoder.export", run=run, tokenizer=tokenizer, model=model, fp32=fp32)
    tested: dict[str, object] = {"corpus": corpus / "test.jsonl", "pairs": functions[1], "model": model, "fp32": fp32}
    step("encoder.check", run=run, figures=figures / "check.json", batches=2, **tested)
    step("encoder.card", model=model, run=run, list=work / "corpus.json", corpus=corpus, figures=figures)
