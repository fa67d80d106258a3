"""Reads the files of one commit from a git directory without a work tree."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def git_directory(mirror: Path, repository: str) -> Path:
    """Return the git directory of a repository in the mirror; raise FileNotFoundError when there is none."""
    name = repository.replace("/", "+")
    for directory in (mirror / f"{name}.git", mirror / name / "repo"):
        if (directory / "HEAD").exists():
            return directory
    raise FileNotFoundError(f"{repository}: no git directory {mirror / name}.git; clone it and run again")


class GitRepository:
    """A git directory (bare or not) whose objects are read with plain git."""

    def __init__(self, directory: Path) -> None:
        """Take the git directory."""
        self._git = ["git", f"--git-dir={directory}"]

    def head(self) -> str:
        """Return the full id of the commit that HEAD names."""
        return self._run("rev-parse", "HEAD").decode().strip()

    def paths(self, commit: str) -> list[tuple[str, str]]:
        """List (path, blob id) of the ordinary files of a commit."""
        entries = self._run("ls-tree", "-r", "-z", commit).decode("utf-8", "replace").split("\0")
        files = []
        for entry in filter(None, entries):
            meta, path = entry.split("\t", 1)
            mode, kind, blob = meta.split(" ")
            if kind == "blob" and mode in {"100644", "100755"}:
                files.append((path, blob))
        return files

    def blobs(self, ids: list[str]) -> Iterator[bytes | None]:
        """Yield the content of each blob in order, None for one that the git directory lacks."""
        with subprocess.Popen(
            [*self._git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as git:
            assert git.stdin and git.stdout
            for blob in ids:
                git.stdin.write(f"{blob}\n".encode())
                git.stdin.flush()
                header = git.stdout.readline().split()
                if len(header) != 3:
                    yield None
                    continue
                yield git.stdout.read(int(header[2]))
                git.stdout.read(1)
            git.stdin.close()

    def _run(self, *arguments: str) -> bytes:
        done = subprocess.run([*self._git, *arguments], check=False, capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{self._git[1]}: git {arguments[0]} failed: {done.stderr.decode().strip()}")
        return done.stdout
