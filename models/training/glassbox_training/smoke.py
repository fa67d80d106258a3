"""Runs the whole pipeline in about two minutes on its own source code, in a temporary folder.

    python -m glassbox_training.smoke

It proves that every step reads what the step before wrote; the model it makes is of no use.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def mirror_of_own_source(work: Path) -> Path:
    """Make a git directory of this package with an MIT licence, as if it were two repositories."""
    license_text = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"
    for repository in ("smoke+train", "smoke+test"):
        tree = work / "trees" / repository
        tree.mkdir(parents=True)
        (tree / "LICENSE").write_text(license_text)
        chosen = [
            file
            for index, file in enumerate(sorted(HERE.glob("*.py")))
            if (index % 4 == 0) == (repository == "smoke+test")
        ]
        for file in chosen:
            (tree / file.name).write_text(file.read_text())
        git = ["git", "-C", str(tree), "-c", "user.name=smoke", "-c", "user.email=smoke@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "smoke"]):
            subprocess.run([*git, *command], check=True)
        (work / "mirror").mkdir(exist_ok=True)
        (tree / ".git").rename(work / "mirror" / f"{repository}.git")
    return work / "mirror"


def step(module: str, **options: object) -> None:
    """Run one step of the pipeline as its own process, the way a person would."""
    arguments = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    print(f"$ python -m glassbox_training.{module} {' '.join(arguments)}", flush=True)
    subprocess.run([sys.executable, "-m", f"glassbox_training.{module}", *arguments], check=True, cwd=HERE.parent)


def run_all(work: Path) -> None:
    """Run corpus, tokenizer, training, export, quantization, check, evaluation and card."""
    mirror = mirror_of_own_source(work)
    sources = [{"repository": f"smoke/{name}", "split": name} for name in ("train", "test")]
    (work / "corpus.json").write_text(json.dumps(sources))
    corpus, tokenizer, run, model = work / "corpus", work / "tokenizer", work / "run", work / "model"
    figures, fp32 = work / "figures", work / "model.onnx"
    step("corpus", list=work / "corpus.json", mirror=mirror, out=corpus)
    train, test = corpus / "train.jsonl", corpus / "test.jsonl"
    step("tokenizer", corpus=train, out=tokenizer, vocabulary=600)
    small = {
        "width": 64,
        "layers": 2,
        "heads": 1,
        "feed_forward": 128,
        "length": 128,
        "long_length": 256,
        "save_every": 10,
    }
    step("train", corpus=train, validation=test, tokenizer=tokenizer, out=run, until="+45", batch_tokens=1024, **small)
    step("export", run=run, tokenizer=tokenizer, model=model, fp32=fp32)
    step("quantize", run=run, model=model)
    step("check", run=run, corpus=test, model=model, fp32=fp32, figures=figures / "check.json", sequences=2)
    step("evaluate_bits", corpus=test, model=model, fp32=fp32, figures=figures / "bits.json", bytes_per_language=20_000)
    step("card", model=model, run=run, list=work / "corpus.json", corpus=corpus, figures=figures)


def main() -> None:
    """Run the pipeline and remove what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        run_all(Path(folder))
    print("every step works")


if __name__ == "__main__":
    main()
