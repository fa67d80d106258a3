"""Which files the corpus takes, and what language each one is."""

from pathlib import PurePosixPath

#: Language of a file by its suffix. Names are VS Code language ids.
LANGUAGE_BY_SUFFIX: dict[str, str] = {
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "typescriptreact",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascriptreact",
    ".py": "python",
    ".pyi": "python",
    ".vue": "vue",
    ".svelte": "svelte",
    ".go": "go",
    ".rs": "rust",
    ".java": "java",
    ".kt": "kotlin",
    ".cs": "csharp",
    ".c": "c",
    ".h": "cpp",
    ".cc": "cpp",
    ".cpp": "cpp",
    ".cxx": "cpp",
    ".hpp": "cpp",
    ".html": "html",
    ".css": "css",
    ".scss": "scss",
    ".less": "less",
    ".json": "json",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".toml": "toml",
    ".md": "markdown",
    ".rst": "restructuredtext",
    ".sh": "shellscript",
    ".bash": "shellscript",
    ".bats": "shellscript",
    ".zsh": "shellscript",
    ".sql": "sql",
}

#: Share of a repository's largest size that a language may take; the rest is dropped. Languages not named may take all.
LARGEST_SHARE: dict[str, float] = {
    "json": 0.04,
    "markdown": 0.15,
    "restructuredtext": 0.06,
    "yaml": 0.06,
    "html": 0.1,
    "css": 0.15,
    "scss": 0.15,
    "less": 0.15,
    "sql": 0.1,
}

#: Languages that count as TypeScript or JavaScript in the figures.
SCRIPT_LANGUAGES = frozenset({"typescript", "typescriptreact", "javascript", "javascriptreact"})


def language_of(path: str) -> str | None:
    """Return the language of a repository path, or None when the corpus does not take such files."""
    name = PurePosixPath(path)
    if name.name == "Dockerfile":
        return "dockerfile"
    return LANGUAGE_BY_SUFFIX.get(name.suffix.lower())
