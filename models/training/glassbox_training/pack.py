"""Compresses a split into parts below a size, to take it to a machine that has no network.

    python -m glassbox_training.pack --corpus WORK/corpus/train.jsonl --out WORK/parts

Text travels, not tokens: it compresses better (xz to about a sixth; two-byte tokens to about a third of the text's size),
and infill is cut at characters, so text is what the training stream needs. `train --corpus WORK/parts` reads the parts.
"""

import argparse
import hashlib
import json
import lzma
from pathlib import Path

#: The compressor holds back what it has not yet written; a part may grow by this much when it is closed.
HELD_BACK = 6_000_000
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 32 << 20}]


class PartWriter:
    """Writes lines into `NNN.jsonl.xz` files, each closed before it exceeds the largest size."""

    def __init__(self, out: Path, largest: int) -> None:
        """Take an empty or absent folder and the largest size of a part in bytes."""
        out.mkdir(parents=True, exist_ok=True)
        self._out, self._largest = out, largest
        self._pieces: list[bytes] = []
        self._size = 0
        self._compressor = lzma.LZMACompressor(filters=_FILTERS)
        self.manifest: list[dict[str, object]] = []

    def add(self, line: bytes) -> None:
        """Append a line; its line break comes with it."""
        self._keep(self._compressor.compress(line))
        if self._size > self._largest - HELD_BACK:
            self.close()

    def close(self) -> None:
        """Write the part that is open, if it holds anything."""
        self._keep(self._compressor.flush())
        data = b"".join(self._pieces)
        name = f"{len(self.manifest):03}.jsonl.xz"
        (self._out / name).write_bytes(data)
        self.manifest.append({"part": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
        print(f"{name}: {len(data):,} bytes", flush=True)
        self._pieces, self._size = [], 0
        self._compressor = lzma.LZMACompressor(filters=_FILTERS)

    def _keep(self, data: bytes) -> None:
        if data:
            self._pieces.append(data)
            self._size += len(data)


def main() -> None:
    """Pack a split and write `manifest.json` with the parts' sizes and hashes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--largest", type=int, default=56_000_000, help="bytes of a part at most")
    arguments = parser.parse_args()
    if any(arguments.out.glob("*.jsonl.xz")):
        raise SystemExit(f"{arguments.out} already holds parts; remove them first")
    writer = PartWriter(arguments.out, arguments.largest)
    with arguments.corpus.open("rb") as file:
        for line in file:
            writer.add(line)
    writer.close()
    (arguments.out / "manifest.json").write_text(json.dumps(writer.manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
