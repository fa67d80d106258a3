"""Makes a mirror of tiny repositories from this package's source code, and the corpus from the mirror."""

import gzip
import json
import subprocess
from pathlib import Path

from .steps import PACKAGE, refuse, step

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
    files = sorted(PACKAGE.glob("*.py"))
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
    problem = {"prompt": (PACKAGE / LEAKED).read_text(), "canonical_solution": "", "test": ""}
    (tree / "problems.jsonl.gz").write_bytes(gzip.compress(json.dumps(problem).encode()))
    commit_tree(work / "mirror", tree, "smoke+benchmark")
    return work / "mirror"


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
