"""Diagnostics that are looked for once, and kept in the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import orjson

from rapport import rules
from rapport.model import Diagnostic, Span
from rapport.storage.cache import Cache, kept_in_mind

Place = tuple[str, int, int, int]
"""A path, a line, a column, a length."""
Row = tuple[str, Place, Mapping[str, str], Sequence[Place]]
"""The code of a rule, where, the facts, the related places."""


def look_once(
    cache: Cache, kind: str, parts: Iterable[str], look: Callable[[], Iterable[Iterable[Diagnostic]]]
) -> tuple[tuple[Diagnostic, ...], ...]:
    """Groups of diagnostics from the cache, or looked for now; `parts` is all that they depend on."""
    place, stored = cache.get(kind, *parts)
    if stored is not None:
        return decode(stored)
    found = tuple(map(tuple, look()))
    cache.put(place, encode(found))
    return found


def encode(groups: Iterable[Iterable[Diagnostic]]) -> bytes:
    """Groups of diagnostics of texts, whose places have lines, as JSON."""
    return orjson.dumps([[_row(diagnostic) for diagnostic in group] for group in groups])


@kept_in_mind
def decode(stored: bytes) -> tuple[tuple[Diagnostic, ...], ...]:
    """The groups that `encode` wrote."""
    return tuple(tuple(_diagnostic(*row) for row in group) for group in orjson.loads(stored))


def _row(diagnostic: Diagnostic) -> Row:
    related = [*map(_place, diagnostic.related_spans)]
    return diagnostic.rule.code, _place(diagnostic.span), diagnostic.facts, related


def _diagnostic(code: str, span: Place, facts: Mapping[str, str], related: Sequence[Place]) -> Diagnostic:
    rule = next(rule for rule in rules.RULES if rule.code == code)
    return Diagnostic(rule, Span(*span), facts, tuple(Span(*other) for other in related))


def _place(span: Span) -> Place:
    return span.path, span.line, span.column, span.length
