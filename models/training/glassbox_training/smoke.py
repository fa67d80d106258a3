"""Runs the whole pipeline in about three minutes on its own source code, in a temporary folder.

    python -m glassbox_training.smoke

It proves that every step of both models reads what the step before wrote, and that a run which was stopped, a
checkpoint and a part that were cut off, a missing repository and a refused licence end as they should; the models it
makes are of no use. The encoder's pairs are cut by a program in TypeScript, which needs Node and the installed packages.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MIT = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"
#: A file that is also in the benchmark of this test, so it must not reach the corpus.
LEAKED = "special_tokens.py"


def commit_tree(mirror: Path, tree: Path, name: str) -> None:
    """Make a git directory of a folder in the mirror."""
    git = ["git", "-C", str(tree), "-c", "user.name=smoke", "-c", "user.email=smoke@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "smoke"]):
        subprocess.run([*git, *command], check=True)
    mirror.mkdir(exist_ok=True)
    (tree / ".git").rename(mirror / f"{name}.git")


def make_mirror(work: Path) -> Path:
    """Make git directories of this package's files, of a benchmark, and of a repository with a licence to refuse."""
    files = sorted(HERE.glob("*.py"))
    trees = {"train": files[1::4] + files[2::4] + files[3::4], "test": files[::4], "refused": files[:3]}
    for name, chosen in trees.items():
        tree = work / "trees" / name
        tree.mkdir(parents=True)
        (tree / "LICENSE").write_text("GNU General Public License" if name == "refused" else MIT)
        (tree / "image.py").write_bytes(b"\x89PNG\0not text")
        for file in chosen:
            (tree / file.name).write_text(file.read_text())
        commit_tree(work / "mirror", tree, f"smoke+{name}")
    tree = work / "trees" / "benchmark"
    tree.mkdir()
    problem = {"prompt": (HERE / LEAKED).read_text(), "canonical_solution": "", "test": ""}
    (tree / "problems.jsonl.gz").write_bytes(gzip.compress(json.dumps(problem).encode()))
    commit_tree(work / "mirror", tree, "smoke+benchmark")
    return work / "mirror"


def run_step(module: str, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run one step of the pipeline as its own process, the way a person would, and return what it printed."""
    arguments = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    print(f"$ python -m glassbox_training.{module} {' '.join([*words, *arguments])}", flush=True)
    command = [sys.executable, "-m", f"glassbox_training.{module}", *words, *arguments]
    return subprocess.run(
        command, check=False, cwd=HERE.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def step(module: str, *words: str, **options: object) -> str:
    """Run a step that must succeed."""
    done = run_step(module, *words, **options)
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stdout}")
    return done.stdout


def refuse(module: str, message: str, *words: str, **options: object) -> None:
    """Run a step that must end with a message."""
    done = run_step(module, *words, **options)
    if done.returncode == 0 or message not in done.stdout or "Traceback" in done.stdout:
        raise SystemExit(f"{module} should have ended with {message!r}:\n{done.stdout}")


def make_corpus(work: Path) -> Path:
    """Build the corpus, first from a list with two repositories that cannot be had."""
    mirror, corpus, listed = make_mirror(work), work / "corpus", work / "corpus.json"
    sources = [{"repository": f"smoke/{name}", "split": name} for name in ("train", "test")]
    wrong = [{"repository": f"smoke/{name}", "split": "train"} for name in ("refused", "absent")]
    (work / "benchmarks.json").write_text(
        json.dumps([{"repository": "smoke/benchmark", "commit": "HEAD", "paths": ["problems.jsonl.gz"]}])
    )
    options = {"list": listed, "benchmarks": work / "benchmarks.json", "mirror": mirror, "out": corpus}
    listed.write_text(json.dumps([*wrong, *sources]))
    refuse("corpus", "2 of 4 repositories could not be had", **options)
    listed.write_text(json.dumps(sources))
    step("corpus", **options)
    report = json.loads((corpus / "report.json").read_text())
    if not any(path.endswith(LEAKED) for split in report.values() for path in split["benchmark_overlaps"]):
        raise SystemExit(f"the benchmark's file {LEAKED} was not found: {report}")
    return corpus


def train(work: Path, corpus: Path, tokenizer: Path) -> Path:
    """Train in three starts: level, level again after a checkpoint was cut off, and the fall, from packed parts."""
    run, parts = work / "run", work / "parts"
    step("pack", corpus=corpus / "train.jsonl", out=parts)
    options = {
        "validation": corpus / "test.jsonl",
        "tokenizer": tokenizer,
        "out": run,
        "preset": "smoke",
        "save_every": 3,
    }
    step("train", "--no-compile", corpus=parts, minutes=0.5, decay_share=0, **options)
    checkpoint = run / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:-5_000])
    told = step("train", corpus=parts, minutes=0.7, decay_share=0, workers=1, **options)
    if "not a whole checkpoint" not in told:
        raise SystemExit(f"a checkpoint that was cut off was not noticed:\n{told}")
    step(
        "train",
        "--no-compile",
        corpus=corpus / "train.jsonl",
        minutes=0.4,
        decay_share=0.7,
        precision="bfloat16",
        **options,
    )
    step("parts", "split", weights=run / "weights.pt", out=work / "weights", largest=60_000, precision="float32")
    (run / "weights.pt").unlink()
    piece = work / "weights" / "001.part"
    whole = piece.read_bytes()
    piece.write_bytes(whole[:-1])
    refuse("parts", "001.part", "join", parts=work / "weights", weights=run / "weights.pt")
    piece.write_bytes(whole)
    step("parts", "join", parts=work / "weights", weights=run / "weights.pt")
    return run


def cut_pairs(corpus: Path, out: Path, *words: str) -> Path:
    """Cut pairs out of a split with the program of the evaluation, which is TypeScript."""
    print(f"$ node src/build/pairs.mjs {' '.join(words)} --corpus {corpus} --out {out}", flush=True)
    program = ["node", "src/build/pairs.mjs", *words, "--corpus", str(corpus), "--out", str(out)]
    subprocess.run(program, check=True, cwd=HERE.parents[2], stdout=subprocess.DEVNULL)
    return out


def run_encoder(work: Path, corpus: Path) -> None:
    """Run pairs, tokenizer, training, export, check and card of the encoder."""
    tokenizer, run, model, fp32 = work / "words", work / "encoder", work / "encoder_model", work / "encoder.onnx"
    functions = [cut_pairs(corpus / f"{split}.jsonl", work / f"{split}.pairs.jsonl") for split in ("train", "test")]
    comments = cut_pairs(corpus / "train.jsonl", work / "comments.jsonl", "--comments")
    step("encoder.tokenizer", corpus=corpus / "train.jsonl", out=tokenizer, vocabulary=600)
    options: dict[str, object] = {"corpus": corpus / "train.jsonl", "tokenizer": tokenizer, "out": run, "save_every": 3}
    options |= {"validation_pairs": functions[1], "width": 64, "layers": 1, "heads": 1, "feed_forward": 128}
    step("encoder.train", "--pairs", str(functions[0]), str(comments), minutes=0.5, **options)
    refuse("encoder.train", "has ended", "--pairs", str(functions[0]), minutes=0.5, **options)
    step("encoder.export", run=run, tokenizer=tokenizer, model=model, fp32=fp32)
    figures = work / "encoder_figures"
    step(
        "encoder.check",
        run=run,
        corpus=corpus / "test.jsonl",
        pairs=functions[1],
        model=model,
        fp32=fp32,
        figures=figures / "check.json",
        batches=2,
    )
    step("encoder.card", model=model, run=run, list=work / "corpus.json", corpus=corpus, figures=figures)


def run_all(work: Path) -> None:
    """Run corpus, tokenizer, training, export, quantization, check, evaluation and card."""
    corpus = make_corpus(work)
    tokenizer, model, figures, fp32 = work / "tokenizer", work / "model", work / "figures", work / "model.onnx"
    texts, test = corpus / "train.jsonl", corpus / "test.jsonl"
    step("tokenizer", corpus=texts, out=tokenizer, vocabulary=600)
    run = train(work, corpus, tokenizer)
    step("export", run=run, tokenizer=tokenizer, model=model, fp32=fp32)
    step("quantize", run=run, model=model)
    step("check", run=run, corpus=test, model=model, fp32=fp32, figures=figures / "check.json", sequences=2, length=200)
    step(
        "evaluate_bits",
        corpus=test,
        model=model,
        fp32=fp32,
        figures=figures / "bits.json",
        bytes_per_language=10_000,
        window=240,
    )
    step("evaluate_few_shot", model=model, figures=figures / "few_shot.json", tasks=2)
    step("card", model=model, run=run, list=work / "corpus.json", corpus=corpus, figures=figures)


def main() -> None:
    """Run the pipeline and remove what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        run_all(Path(folder))
        run_encoder(Path(folder), Path(folder) / "corpus")
    print("every step works")


if __name__ == "__main__":
    main()
