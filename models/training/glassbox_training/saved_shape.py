"""The sizes of a model, kept as JSON beside its weights."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

SHAPE_FILE = "shape.json"


@dataclass(frozen=True)
class SavedShape:
    """What the shapes of both models have in common; fields come from the model's own shape."""

    def save(self, folder: Path) -> None:
        """Write the shape into a run's folder."""
        (folder / SHAPE_FILE).write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the shape that `save` wrote into a run's folder."""
        return cls(**json.loads((folder / SHAPE_FILE).read_text()))
