"""Runs the whole pipeline in about four minutes on its own source code, in a temporary folder.

    python -m glassbox_training.smoke [code|encoder]

It proves that every step of both models reads what the step before wrote, and that a run which was killed in the middle, a
checkpoint and a part that were cut off, a missing repository and a refused licence end as they should; the models it
makes are of no use. The encoder's pairs are cut by a program in TypeScript, which needs Node and the installed packages.
"""

import argparse
import tempfile
from pathlib import Path

from .code_model import run_code_model
from .corpus import make_corpus
from .encoder import run_encoder

MODELS = {"code": run_code_model, "encoder": run_encoder}


def main() -> None:
    """Run the pipeline of both models, or of one, and remove what it wrote."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", choices=sorted(MODELS), help="only this model's steps")
    only = parser.parse_args().model
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        corpus = make_corpus(work)
        for name, run_model in MODELS.items():
            if only in {None, name}:
                run_model(work, corpus)
    print("every step works")


if __name__ == "__main__":
    main()
