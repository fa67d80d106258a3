"""Cuts a document the way an editor's cursor does: text before, text to be filled in, text after."""

import random
from dataclasses import dataclass

_CLOSERS = ")]}>\"'`;,:"
LONGEST_BLOCK_LINES = 12
NEARBY_LINES = 30


@dataclass(frozen=True)
class Cut:
    """Where a document is cut. `line` <= `cursor` <= `end`; `line` is the start of the cursor's line."""

    line: int
    cursor: int
    end: int


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def block_end(text: str, line: int) -> int:
    """Return the end of the last line of the block that the line at `line` opens or stands in, within 12 lines."""
    first_end = _line_end(text, line)
    width = _indentation(text[line:first_end])
    end = at = first_end
    for _ in range(LONGEST_BLOCK_LINES - 1):
        if at >= len(text):
            break
        start, at = at + 1, _line_end(text, at + 1)
        row = text[start:at]
        if row.strip() and _indentation(row) < width:
            break
        if row.strip():
            end = at
        elif not row.strip() and end > first_end:
            break
    return end


def _cursor(text: str, line: int, line_end: int, rng: random.Random) -> int:
    first = line + _indentation(text[line:line_end])
    kind = rng.random()
    if kind < 0.12:
        return line
    if kind < 0.42:
        return first
    return rng.randint(first, line_end)


def cut_at(text: str, line: int, rng: random.Random) -> Cut:
    """Cut in the line that starts at `line`.

    The cursor stands at the line's start, after its indentation, or at any character; the middle ends mostly at the
    line's end, else at the end of a block, before the brackets that close the line, or at any later character.
    """
    line_end = _line_end(text, line)
    cursor = _cursor(text, line, line_end, rng)
    kind = rng.random()
    if kind < 0.8:
        end = line_end
    elif kind < 0.9:
        end = block_end(text, line)
    elif kind < 0.95:
        end = max(cursor, line + len(text[line:line_end].rstrip(_CLOSERS)))
    else:
        end = rng.randint(cursor, line_end)
    return Cut(line, cursor, end)


def random_cut(text: str, rng: random.Random) -> Cut:
    """Cut at a random place, blank lines seldom.

    Half of the lines are chosen in proportion to their length, half alike, so that short ones are learned too.
    """
    for _ in range(4):
        at = rng.randrange(len(text))
        line = text.rfind("\n", 0, at) + 1
        if rng.random() < 0.5:
            line = _nearby_line(text, line, rng)
        if text[line : _line_end(text, line)].strip():
            break
    return cut_at(text, line, rng)


def _nearby_line(text: str, line: int, rng: random.Random) -> int:
    starts = [line]
    while len(starts) < NEARBY_LINES and (end := text.find("\n", starts[-1])) >= 0 and end + 1 < len(text):
        starts.append(end + 1)
    return rng.choice(starts)
