"""YAML written: comments, lists of records, scalars; `strict_yaml` reads it again as it was given.

A quoting is a function from a value on one line to its text in the file; each file of a project keeps to its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

Quoting = Callable[[str], str]
Pair = tuple[str, str | tuple[str, ...]]  # a key and its value as it stands in the file, or the items of a list


def single_quoted(text: str) -> str:
    """A value between single quotation marks."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """A value between double quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain_if(pattern: re.Pattern[str]) -> Quoting:
    """The quoting that leaves bare what matches a pattern, for which YAML must need no marks."""
    return lambda text: text if pattern.fullmatch(text) else single_quoted(text)


def flow_list(values: Iterable[str], quoting: Quoting = str) -> str:
    """A list on one line."""
    return f"[{', '.join(map(quoting, values))}]"


def literal(text: str) -> str:
    """Several lines as a value inside a record; blanks at the end of a line are lost."""
    return "|2-\n" + "\n".join(f"      {line}".rstrip() for line in text.split("\n"))


def comments(lines: Iterable[str]) -> list[str]:
    """Lines of comment."""
    return [f"# {line}" for line in lines]


def record(pairs: Iterable[Pair]) -> list[str]:
    """The lines of one item of a list, keys in the order given."""
    lines: list[str] = []
    for key, value in pairs:
        start = f"    {key}:" if lines else f"  - {key}:"
        lines += [f"{start} {value}"] if isinstance(value, str) else [start, *(f"      - {item}" for item in value)]
    return lines


def records(key: str, items: Iterable[Iterable[Pair]], between: Iterable[str] = ()) -> list[str]:
    """The lines of a list of records under a key, each followed by the lines of `between`; an empty list says so."""
    return record_list(key, ((*record(item), *between) for item in items))


def record_list(key: str, items: Iterable[Iterable[str]]) -> list[str]:
    """The same of the lines of each record."""
    lines = [line for item in items for line in item]
    return [f"{key}:", *lines] if lines else [f"{key}: []"]


def whole_file(values: Mapping[str, object]) -> str:
    """A file of nested mappings, lists and strings, keys in the order given."""
    import yaml  # late: no build writes such a file

    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return text
