r"""Writes the model's card, glassbox.json: what the model is, the hash of every file, training data and figures.

python -m glassbox_training.card --model ../code --run WORK/run --list corpus.json \
        --corpus WORK/corpus --figures WORK/figures --eval ../../out/eval.json
"""

import argparse
import json
from pathlib import Path

from .average import AVERAGE_FILE
from .model import ModelShape
from .model_card import Kind, add_card_arguments, curve, languages, read_run, write_card
from .special_tokens import CARD_NAMES
from .stream import FEWEST_NEAR_LINES

KIND = Kind("completion", "decoder", CARD_NAMES)

#: The prompts that the model was trained on. Braces name parts; everything else stands for itself.
PROMPT_FORMAT = {
    "infill": "<|path|>{path}\n{chunks}<|fim_prefix|>{far}<|fim_suffix|>{after}<|fim_prefix|>{near}<|fim_middle|>{line}",
    "plain": "<|path|>{path}\n{text}",
    "chunk": "<|chunk|>{path}\n{code}\n",
    "far": "text of the file up to the near lines; without any, <|fim_prefix|> is left out too",
    "near": "4 to 11 whole lines up to the cursor's line, or all there are, without their last line break; likewise",
    "after": "text that follows the middle; it begins with a line break when the middle runs to the end of its line",
    "line": "text of the cursor's line up to the cursor, after the line break before it; the model goes on from there and ends with <|fim_end|>",
    "path": "path within the workspace, with forward slashes; <|path|>{path}\n may be left out",
}


def evaluation_figures(report: Path, name: str) -> list[dict[str, object]]:
    """Return the figures of the rows that begin with `name` of a report of `npm run eval`, with their 95 % interval.

    What is written behind the name in a row ("without memory") is written behind the figure's name too.
    """
    return [
        {
            "name": f"{figure['section']}: {figure['group']}, {figure['metric']} ({figure['count']} tasks)"
            f"{figure['row'][len(name) :]}",
            "value": round(figure["value"], 4),
            **({"interval": [round(figure["low"], 4), round(figure["high"], 4)]} if "low" in figure else {}),
            "unit": figure["unit"],
            "command": "npm run eval -- --mirror MIRROR",
        }
        for figure in json.loads(report.read_text())["figures"]
        if figure["row"].startswith(name) and figure["value"] is not None
    ]


def training_facts(run: Path, shape: ModelShape) -> dict[str, object]:
    """Return what the training took, from the files that the run wrote; losses are in nats a token."""
    progress, machine = read_run(run)
    return {
        "parameters": shape.parameters(),
        "tokens": progress["tokens"],
        "steps": progress["step"],
        "seconds": round(progress["seconds"]),
        "compute": f"{6 * shape.parameters() * progress['tokens']:.2e} FLOP (6 x parameters x tokens)",
        "machine": machine["machine"],
        "command": machine["command"],
        "lossCurve": curve(run, ("tokens", "loss", "validation"), needed=("loss", "validation")),
    }


def main() -> None:
    """Write the card from the folder, the run, the corpus list and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_card_arguments(parser, "glassbox-code-5m", "Glassbox Code 5M")
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], help="runs whose weights this one went on from")
    parser.add_argument("--average", type=Path, help="folder of the average step, where its weights were exported")
    parser.add_argument("--eval", type=Path, help="report of npm run eval on this model")
    arguments = parser.parse_args()
    shape = ModelShape.load(arguments.run)
    own = {
        "infill": {"nearLines": FEWEST_NEAR_LINES},
        "languages": languages(arguments.corpus),
        "promptFormat": PROMPT_FORMAT,
        "training": training_facts(arguments.run, shape),
        **({"average": json.loads((arguments.average / AVERAGE_FILE).read_text())} if arguments.average else {}),
        "earlierTraining": [training_facts(run, shape) for run in arguments.earlier],
    }
    measured = evaluation_figures(arguments.eval, f"{arguments.name} {arguments.version}") if arguments.eval else []
    write_card(arguments, KIND, shape.context, own, measured)


if __name__ == "__main__":
    main()
