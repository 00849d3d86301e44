"""The bibliography: a BibLaTeX source → references with the place of each key; pandoc reads the entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rapport import pandoc, rules
from rapport.cache import Cache
from rapport.model import Diagnostic, Located, Reference, Source, Span

ENTRY = re.compile(r"^[ \t]*@(\w+)[ \t]*\{[ \t]*([^\s,{}]+)[ \t]*,", re.MULTILINE)
# The key of an entry and that of the entry it takes fields from; no line between them begins another entry.
INHERITS = re.compile(
    ENTRY.pattern + r"(?:(?!^[ \t]*@)[^\n]*\n)*?[ \t]*(?:crossref|xdata)[ \t]*=[ \t]*[{\"][ \t]*([^\s,{}\"]+)",
    re.MULTILINE | re.IGNORECASE,
)
NOT_ENTRIES = ("comment", "string", "preamble")
PLACE = re.compile(r"line (\d+), column (\d+)")


def read(source: Source, cache: Cache) -> tuple[tuple[Reference, ...], tuple[Diagnostic, ...]]:
    """The entries of a .bib file, in the file's order.

    A file that pandoc cannot read says where, once, and gives its keys alone, so that no citation is blamed for it.
    """
    keys = list(_keys(source))
    found = list(_duplicates(keys))
    loops = list(_loops(source, keys))
    items, problems = _items(source, cache) if not loops else ([], loops)
    if problems:
        items, found = [{"id": key.value, "type": "document", "title": key.value} for key in keys], found + problems
    by_id = {item["id"]: item for item in items}
    found += [Diagnostic(rules.BAD_BIBLIOGRAPHY, k.span, {"kind": "entry"}) for k in keys if k.value not in by_id]
    first = {key.value: key for key in reversed(keys)}
    return tuple(
        Reference(first[name], by_id[name]) for name in dict.fromkeys(k.value for k in keys) if name in by_id
    ), tuple(found)


def _keys(source: Source) -> Iterator[Located[str]]:
    for match in ENTRY.finditer(source.text):
        if match[1].lower() not in NOT_ENTRIES:
            line = source.text.count("\n", 0, match.start(2)) + 1
            column = match.start(2) - source.text.rfind("\n", 0, match.start(2))
            yield Located(match[2], Span(source.path, line, column, len(match[2])))


def _duplicates(keys: list[Located[str]]) -> Iterator[Diagnostic]:
    first: dict[str, Located[str]] = {}
    for key in keys:
        if key.value in first:
            yield Diagnostic(rules.DUPLICATE_ENTRY, key.span, {"key": key.value}, (first[key.value].span,))
        first.setdefault(key.value, key)


def _loops(source: Source, keys: list[Located[str]]) -> Iterator[Diagnostic]:
    """Entries that inherit from themselves, round a corner or not: pandoc would follow them for ever."""
    told: set[str] = set()
    parents = {match[2]: match[3] for match in INHERITS.finditer(source.text)}
    for key in keys:
        seen, name = {key.value}, parents.get(key.value, "")
        while name in parents and name not in seen:
            seen.add(name)
            name = parents[name]
        if name == key.value and not seen & told:
            told |= seen
            yield Diagnostic(rules.BAD_BIBLIOGRAPHY, key.span, {"kind": "loop"})


def _items(source: Source, cache: Cache) -> tuple[list[dict[str, Any]], list[Diagnostic]]:
    place, stored = cache.get("bibliography", source.text)
    if stored is None:
        (answer,) = pandoc.read_all([source.text], "biblatex")
        if answer.error:
            at = PLACE.search(answer.error)
            span = Span(source.path, int(at[1]), int(at[2]), 1) if at else Span(source.path)
            return [], [Diagnostic(rules.BAD_BIBLIOGRAPHY, span, {"kind": "entry" if at else "whole"})]
        stored = answer.payload
        cache.put(place, stored)
    return json.loads(stored), []
