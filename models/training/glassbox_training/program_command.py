"""The command that started this program, for cards and figures."""

import shlex
import sys


def program_command() -> str:
    """Return the module and arguments of this process; folders are left out of paths."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    module = spec.name if spec is not None else sys.argv[0].rsplit("/", 1)[-1]
    words = [word.rstrip("/").rsplit("/", 1)[-1] for word in sys.argv[1:]]
    return f"python -m {module} {shlex.join(words)}"
