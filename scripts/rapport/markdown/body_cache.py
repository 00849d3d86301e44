"""What reading one body gave, as it is kept in the cache: the path is not kept, two texts may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from rapport.model import Body, Find, Passage, Span
from rapport.storage.cache import kept_in_mind


def encode(body: Body) -> bytes:
    """The body as JSON, without its path."""
    return orjson.dumps(
        [
            [_row(p) for p in body.passages],
            [[f.kind, f.value, _place(f.span), f.detail] for f in body.finds],
            body.error,
            body.headings,
        ]
    )


def _row(passage: Passage) -> list[Any]:
    places = [_place(item) for item in passage.items]
    return [
        passage.node,
        _place(passage.span),
        places,
        passage.key,
        passage.cites,
        passage.images,
        passage.confidential,
        passage.links,
        passage.words,
        passage.note_words,
        passage.sketch,
        passage.names,
    ]


def _place(span: Span) -> tuple[int, int, int]:
    return span.line, span.column, span.length


def _spans(path: str, places: Iterable[tuple[int, int, int]]) -> tuple[Span, ...]:
    return tuple(Span(path, *place) for place in places)


@kept_in_mind
def decode(stored: bytes | None, path: str) -> Body | None:
    """The body that `encode` wrote, of the text at this path; None for None."""
    if stored is None:
        return None
    passages, finds, error, headings = orjson.loads(stored)
    return Body(
        tuple(
            Passage(node, Span(path, *place), _spans(path, items), *(*rest, tuple(seen), tuple(names)))
            for node, place, items, *rest, seen, names in passages
        ),
        tuple(Find(kind, value, Span(path, *place), detail) for kind, value, place, detail in finds),
        error,
        tuple((at, title) for at, title in headings),
    )
