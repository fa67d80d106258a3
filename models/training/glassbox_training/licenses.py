"""Recognises the licence text of a repository; only permissive licences may enter the corpus."""

#: SPDX id and a phrase that only this licence text has, in the order of the tests.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("GPL", "gnu general public license"),
    ("GPL", "gnu lesser general public license"),
    ("MPL-2.0", "mozilla public license"),
    ("Apache-2.0", "apache license"),
    ("MIT", "permission is hereby granted, free of charge"),
    ("ISC", "permission to use, copy, modify, and/or distribute this software"),
    ("BSD-3-Clause", "neither the name of"),
    ("BSD-3-Clause", "the names of the contributors may not"),
    ("BSD-2-Clause", "redistribution and use in source and binary forms"),
    ("PSF-2.0", "python software foundation license"),
    ("Unlicense", "free and unencumbered software released into the public domain"),
)

PERMISSIVE = frozenset({"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Unlicense"})


def recognise_license(text: str) -> str | None:
    """Return the SPDX id (or "GPL" for that family) of a licence text, or None when it is not known."""
    flat = " ".join(text.lower().split())
    return next((name for name, phrase in _PHRASES if phrase in flat), None)
