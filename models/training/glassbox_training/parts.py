"""Takes weights apart into files below a size and puts them together again, to bring them from another machine.

    python -m glassbox_training.parts split --weights WORK/run/weights.pt --out PARTS [--precision bfloat16]
    python -m glassbox_training.parts join --parts PARTS --weights WORK/run/weights.pt

In bfloat16 the weights of a run in that precision lose what training did not see either, and take half the room.
`join` checks every part's hash, says which are missing, and writes float32 weights.
"""

import argparse
import hashlib
import io
import json
from pathlib import Path

import torch

MANIFEST = "manifest.json"
LARGEST_PART = 15_500_000


def split(weights: Path, out: Path, precision: str, largest: int = LARGEST_PART) -> list[Path]:
    """Write `NNN.part` files and the manifest, and return the parts."""
    kind = getattr(torch, precision)
    state = torch.load(weights, weights_only=True, map_location="cpu")
    buffer = io.BytesIO()
    torch.save({name: value.to(kind) for name, value in state.items()}, buffer)
    data = buffer.getvalue()
    out.mkdir(parents=True, exist_ok=True)
    parts, entries = [], []
    for number, start in enumerate(range(0, len(data), largest)):
        piece = data[start : start + largest]
        path = out / f"{number:03}.part"
        path.write_bytes(piece)
        parts.append(path)
        entries.append({"part": path.name, "bytes": len(piece), "sha256": hashlib.sha256(piece).hexdigest()})
    (out / MANIFEST).write_text(json.dumps({"precision": precision, "parts": entries}, indent=2) + "\n")
    return parts


def join(parts: Path, weights: Path) -> None:
    """Put the parts together; end with a message that names every part that is missing or not whole."""
    manifest = json.loads((parts / MANIFEST).read_text())
    pieces, wrong = [], []
    for entry in manifest["parts"]:
        path = parts / entry["part"]
        data = path.read_bytes() if path.exists() else b""
        pieces.append(data)
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            wrong.append(entry["part"])
    if wrong:
        raise SystemExit(f"{parts}: missing or not whole: {', '.join(wrong)}; bring them again")
    state = torch.load(io.BytesIO(b"".join(pieces)), weights_only=True)
    weights.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.float() for name, value in state.items()}, weights)


def main() -> None:
    """Split or join."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    splitting = commands.add_parser("split")
    splitting.add_argument("--weights", type=Path, required=True)
    splitting.add_argument("--out", type=Path, required=True)
    splitting.add_argument("--precision", choices=("bfloat16", "float32"), default="bfloat16")
    splitting.add_argument("--largest", type=int, default=LARGEST_PART)
    joining = commands.add_parser("join")
    joining.add_argument("--parts", type=Path, required=True)
    joining.add_argument("--weights", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.command == "split":
        parts = split(arguments.weights, arguments.out, arguments.precision, arguments.largest)
        print(f"{len(parts)} parts, {sum(part.stat().st_size for part in parts):,} bytes")
    else:
        join(arguments.parts, arguments.weights)
        print(f"{arguments.weights}: {arguments.weights.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
