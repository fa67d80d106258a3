"""Families of small tasks whose rule shows in the examples. `HELD_OUT` families are for evaluation alone.

A family draws a rule from a random generator and returns a function that draws one example, (input, output), of it.
"""

import json
import random
from collections.abc import Callable

from .few_shot_words import COMMITS, FIRST_NAMES, LAST_NAMES, MONTHS, WORDS

Example = tuple[str, str]
Rule = Callable[[random.Random], Example]
Family = Callable[[random.Random], Rule]

_CONVENTIONS: dict[str, Callable[[list[str]], str]] = {
    "snake": "_".join,
    "kebab": "-".join,
    "camel": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "pascal": lambda words: "".join(word.title() for word in words),
    "constant": lambda words: "_".join(words).upper(),
    "words": " ".join,
    "title": lambda words: " ".join(words).title(),
    "dotted": ".".join,
    "path": "/".join,
}
_DATES: tuple[Callable[[int, int, int], str], ...] = (
    lambda y, m, d: f"{y}-{m:02}-{d:02}",
    lambda y, m, d: f"{d:02}.{m:02}.{y}",
    lambda y, m, d: f"{m:02}/{d:02}/{y}",
    lambda y, m, d: f"{MONTHS[m - 1]} {d}, {y}",
    lambda y, m, d: f"{d} {MONTHS[m - 1][:3]} {y}",
    lambda y, m, d: f"{y}{m:02}{d:02}",
    lambda y, m, d: f"{y}",
    lambda y, m, d: MONTHS[m - 1],
)
_LIST_RULES: tuple[Callable[[list[int]], object], ...] = (
    sum,
    max,
    min,
    len,
    sorted,
    lambda numbers: numbers[0],
    lambda numbers: numbers[-1],
    lambda numbers: numbers[::-1],
    lambda numbers: [number + 1 for number in numbers],
    lambda numbers: [number * 2 for number in numbers],
    lambda numbers: numbers[:2],
)
_TYPES: dict[str, tuple[str, ...]] = {
    "typescript": ("string", "number", "boolean", "string[]", "number[]", "Date", "void", "unknown"),
    "python": ("str", "float", "bool", "list[str]", "list[float]", "datetime", "None", "object"),
    "go": ("string", "float64", "bool", "[]string", "[]float64", "time.Time", "error", "any"),
    "rust": ("String", "f64", "bool", "Vec<String>", "Vec<f64>", "SystemTime", "()", "Box<dyn Any>"),
    "java": ("String", "double", "boolean", "List<String>", "List<Double>", "Instant", "void", "Object"),
}


def words(rng: random.Random, least: int = 2, most: int = 4) -> list[str]:
    """Draw different words."""
    return rng.sample(WORDS, rng.randint(least, most))


def naming(rng: random.Random) -> Rule:
    """Change from one naming convention to another."""
    source, target = rng.sample(list(_CONVENTIONS.values()), 2)

    def example(rng: random.Random) -> Example:
        chosen = words(rng)
        return source(chosen), target(chosen)

    return example


def dates(rng: random.Random) -> Rule:
    """Change from one date format to another, or a part of the date."""
    source = rng.choice(_DATES[:6])
    target = rng.choice([form for form in _DATES if form is not source])

    def example(rng: random.Random) -> Example:
        date = (rng.randint(1980, 2035), rng.randint(1, 12), rng.randint(1, 28))
        return source(*date), target(*date)

    return example


def path_parts(rng: random.Random) -> Rule:
    """Ask for a part of a path: file name, stem, suffix, folder, first folder."""
    part = rng.randrange(5)

    def example(rng: random.Random) -> Example:
        folders, stem = words(rng, 1, 3), "-".join(words(rng, 1, 2))
        suffix = rng.choice(("ts", "js", "py", "json", "md", "css", "go", "rs", "html", "sql"))
        folder = "/".join(folders)
        parts = (f"{stem}.{suffix}", stem, suffix, folder, folders[0])
        return f"{folder}/{stem}.{suffix}", parts[part]

    return example


def address_parts(rng: random.Random) -> Rule:
    """Ask for a part of a URL or an e-mail address."""
    part = rng.randrange(5)

    def example(rng: random.Random) -> Example:
        user, host, page = (
            rng.choice(FIRST_NAMES).lower(),
            f"{words(rng, 1, 1)[0]}.{words(rng, 1, 1)[0]}",
            words(rng, 1, 1)[0],
        )
        if part < 2:
            return f"{user}@{host}", (user, host)[part]
        return f"https://{host}/{user}/{page}", (host, page, f"/{user}/{page}")[part - 2]

    return example


def records(rng: random.Random) -> Rule:
    """Change between a CSV row, JSON, pairs with =, YAML in braces and a URL's query."""
    keys = words(rng, 2, 3)
    forms: list[Callable[[dict[str, str]], str]] = [
        lambda row: ",".join(row.values()),
        json.dumps,
        lambda row: " ".join(f"{key}={value}" for key, value in row.items()),
        lambda row: "; ".join(f"{key}: {value}" for key, value in row.items()),
        lambda row: "?" + "&".join(f"{key}={value}" for key, value in row.items()),
    ]
    source, target = rng.sample(forms, 2)

    def example(rng: random.Random) -> Example:
        row = {key: rng.choice((*WORDS, *map(str, range(100)))) for key in keys}
        return source(row), target(row)

    return example


def lists(rng: random.Random) -> Rule:
    """Ask for simple arithmetic on, or a part of, a list of numbers."""
    rule = rng.choice(_LIST_RULES)
    most = rng.choice((9, 20, 99))

    def example(rng: random.Random) -> Example:
        numbers = [rng.randint(0, most) for _ in range(rng.randint(2, 5))]
        return str(numbers), str(rule(numbers))

    return example


def commits(rng: random.Random) -> Rule:
    """Ask for the kind of a commit message, with labels of a random style."""
    style = rng.choice((str, str.upper, str.title, lambda name: f"[{name}]"))
    kinds = rng.sample(list(COMMITS), rng.randint(2, 4))

    def example(rng: random.Random) -> Example:
        kind = rng.choice(kinds)
        return rng.choice(COMMITS[kind]).format(*rng.sample(WORDS, 2)), style(kind)

    return example


def separators(rng: random.Random) -> Rule:
    """Ask for the same items with another separator or other quotes."""
    source, target = rng.sample((", ", "|", ";", " ", "\t", " / ", " + ", "::"), 2)
    quote = rng.choice(("", "", "'", '"', "`"))

    def example(rng: random.Random) -> Example:
        items = words(rng, 2, 5)
        return source.join(items), target.join(f"{quote}{item}{quote}" for item in items)

    return example


def type_names(rng: random.Random) -> Rule:
    """Ask for a type of one language in another, for a named field."""
    source, target = rng.sample(list(_TYPES), 2)

    def example(rng: random.Random) -> Example:
        at, name = rng.randrange(len(_TYPES[source])), words(rng, 1, 1)[0]
        return f"{name}: {_TYPES[source][at]}", f"{name}: {_TYPES[target][at]}"

    return example


def letter_case(rng: random.Random) -> Rule:
    """Ask for upper case, lower case, title case, or reversed words."""
    rule = rng.choice((str.upper, str.title, str.capitalize, lambda text: " ".join(reversed(text.split()))))

    def example(rng: random.Random) -> Example:
        text = " ".join(words(rng, 1, 4))
        return text, rule(text)

    return example


def declarations(rng: random.Random) -> Rule:
    """Ask for a declaration from a name and a value, in one of several languages."""
    form = rng.choice(
        ("const {} = {};", "let {} = {}", "{} = {}", "var {} int = {}", '"{}": {},', "export {}={}", "${}: {};")
    )

    def example(rng: random.Random) -> Example:
        name, value = "_".join(words(rng, 1, 2)), rng.randint(0, 999)
        return f"{name} {value}", form.format(name, value)

    return example


def swapped_names(rng: random.Random) -> Rule:
    """Ask for first and last name, the other way round."""
    form = rng.choice(("{1}, {0}", "{1} {0}", "{0[0]}. {1}", "{0[0]}{1[0]}"))

    def example(rng: random.Random) -> Example:
        name = (rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES))
        return " ".join(name), form.format(*name)

    return example


def changed_suffix(rng: random.Random) -> Rule:
    """Ask for a file name with another suffix."""
    target = rng.choice((".js", ".bak", ".test.ts", ".d.ts", ".map", ".md"))

    def example(rng: random.Random) -> Example:
        stem = "-".join(words(rng, 1, 2))
        return f"{stem}.ts", f"{stem}{target}"

    return example


def wrapped(rng: random.Random) -> Rule:
    """Ask for a word in a tag, a call or brackets."""
    form = rng.choice(("<b>{}</b>", "<li>{}</li>", "print({})", "**{}**", "[{}]", "${{{}}}", "get({})", "({})"))

    def example(rng: random.Random) -> Example:
        text = " ".join(words(rng, 1, 2))
        return text, form.format(text)

    return example


def log_parts(rng: random.Random) -> Rule:
    """Ask for a part of a log line: level, time or message."""
    part = rng.randrange(3)

    def example(rng: random.Random) -> Example:
        time = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"
        level, message = rng.choice(("INFO", "WARN", "ERROR", "DEBUG")), " ".join(words(rng, 2, 3))
        return f"{time} {level} {message}", (level, time, message)[part]

    return example


def swapped_arguments(rng: random.Random) -> Rule:
    """Ask for a call with its two arguments exchanged, one left out, or one repeated."""
    form = rng.choice(("{0}({2}, {1})", "{0}({1})", "{0}({2})", "{1}.{0}({2})", "{0}({1}, {1})"))

    def example(rng: random.Random) -> Example:
        name, first, second = words(rng, 3, 3)
        return f"{name}({first}, {second})", form.format(name, first, second)

    return example


def affixes(rng: random.Random) -> Rule:
    """Ask for a word with something before or after it."""
    form = rng.choice(("{}s", "{}_id", "is_{}", "on_{}", "{}_count", "new_{}", "#{}", "@{}", "{}!"))

    def example(rng: random.Random) -> Example:
        word = words(rng, 1, 1)[0]
        return word, form.format(word)

    return example


TRAINED: tuple[Family, ...] = (
    naming,
    dates,
    path_parts,
    address_parts,
    records,
    lists,
    commits,
    separators,
    type_names,
    letter_case,
    declarations,
)
HELD_OUT: tuple[Family, ...] = (swapped_names, changed_suffix, wrapped, log_parts, swapped_arguments, affixes)
