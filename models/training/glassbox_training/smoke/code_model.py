"""The steps of the code model, with a run that is stopped in the middle."""

import itertools
import time
from pathlib import Path

import torch

from ..loader import batches
from ..train import parse, restored
from .steps import cut_off, go_on, refuse, step, stop


def require_same_order(words: list[str]) -> None:
    """Fail when a run that goes on reads other rows than one that was never stopped."""
    _, learner = restored(parse(words))
    learner.begin(time.time(), time.time() + 60)
    rows = learner.arguments.batch_tokens // learner.arguments.length
    unbroken = batches(learner.stream, first=0, rows=rows, length=learner.arguments.length, workers=0)
    number = learner.progress.rows // rows
    expected = next(itertools.islice(unbroken, number, None))
    if number == 0 or not all(map(torch.equal, next(learner.data), expected)):
        raise SystemExit(f"the run does not go on with row {learner.progress.rows} of the data")


def train(work: Path, corpus: Path, tokenizer: Path) -> Path:
    """Train in three starts from packed parts: level until it is stopped, level again, and the fall."""
    run, parts = work / "run", work / "parts"
    step("pack", corpus=corpus / "train.jsonl", out=parts)
    options: dict[str, object] = {"validation": corpus / "test.jsonl", "tokenizer": tokenizer, "out": run}
    options |= {"preset": "smoke", "save_every": 3}
    stop(run, lambda _: True, "train", "--no-compile", corpus=parts, minutes=10, decay_share=0, **options)
    before = cut_off(run / "checkpoint.pt")
    words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    require_same_order([*words, "--corpus", str(parts), "--no-compile", "--minutes", "1", "--decay-share", "0"])
    go_on(run, before, "train", "--no-compile", corpus=parts, minutes=0.4, decay_share=0, workers=1, **options)
    options |= {"corpus": corpus / "train.jsonl", "decay_share": 0.7, "precision": "bfloat16"}
    step("train", minutes=0.7, **options)
    carry(work, run)
    return run


def carry(work: Path, run: Path) -> None:
    """Take the weights apart and put them together again, once with a part that is not whole."""
    step("parts", "split", weights=run / "weights.pt", out=work / "weights", largest=60_000, precision="float32")
    (run / "weights.pt").unlink()
    piece = work / "weights" / "001.part"
    whole = piece.read_bytes()
    piece.write_bytes(whole[:-1])
    refuse("parts", "001.part", "join", parts=work / "weights", weights=run / "weights.pt")
    piece.write_bytes(whole)
    step("parts", "join", parts=work / "weights", weights=run / "weights.pt")


def average(work: Path, run: Path) -> Path:
    """Average the run with one of other rows that went on from it, and return the folder; another shape is refused."""
    second, mean, other = work / "second", work / "mean", work / "other"
    read: dict[str, object] = {"corpus": work / "parts", "validation": work / "corpus" / "test.jsonl"}
    read |= {"tokenizer": work / "tokenizer", "preset": "smoke", "minutes": 0.4}
    step("train", "--no-compile", start_from=run / "weights.pt", seed=17, out=second, **read)
    step("train", "--no-compile", width=128, out=other, **read)
    refuse("average", "shape", "--runs", str(run), str(other), out=mean)
    step("average", "--runs", str(run), str(second), out=mean)
    ends = [torch.load(folder / "weights.pt", weights_only=True) for folder in (run, second, mean)]
    for name, tensor in ends[2].items():
        torch.testing.assert_close(tensor, (ends[0][name] + ends[1][name]) / 2)
    return mean


def run_code_model(work: Path, corpus: Path) -> None:
    """Run tokenizer, training, export, quantization, check, evaluation and card of the code model."""
    tokenizer, model, figures, fp32 = work / "tokenizer", work / "model", work / "figures", work / "model.onnx"
    test = corpus / "test.jsonl"
    step("tokenizer", corpus=corpus / "train.jsonl", out=tokenizer, vocabulary=600)
    run = train(work, corpus, tokenizer)
    mean = average(work, run)
    step("export", run=mean, tokenizer=tokenizer, model=model, fp32=fp32)
    step("quantize", run=mean, model=model)
    tested: dict[str, object] = {"corpus": test, "model": model, "fp32": fp32}
    step("check", run=mean, figures=figures / "check.json", sequences=2, length=200, **tested)
    step("evaluate_bits", figures=figures / "bits.json", bytes_per_language=10_000, window=240, **tested)
    step("evaluate_few_shot", model=model, figures=figures / "few_shot.json", tasks=2)
    step("card", model=model, run=run, average=mean, list=work / "corpus.json", corpus=corpus, figures=figures)
    step("pictures", card=model / "glassbox.json", out=work / "pictures")
