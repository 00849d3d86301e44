"""layout: blocks as they were set the last time, so that a build sets anew only those that are not the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from rapport.language.typography import SetBlocks
from rapport.model import Meta, Node
from rapport.storage.cache import Cache, kept_in_mind

FEW = 1 / 16
"""So small a part of the blocks, set anew, is not worth writing all of them down again."""


@contextmanager
def typeset_blocks(cache: Cache, meta: Meta) -> Iterator[SetBlocks]:
    """What sets blocks, and knows those that the last build of this edition set."""
    place, stored = cache.get(f"typeset-{meta.language}-{meta.edition.value}{meta.stem}")
    before = _decode(stored) if stored else {}
    blocks = SetBlocks(meta.language, before)
    yield blocks
    if len(blocks.used.keys() - before.keys()) > FEW * len(blocks.used):
        cache.put(place, orjson.dumps(blocks.used))


@kept_in_mind
def _decode(stored: bytes) -> dict[str, Node]:
    blocks: dict[str, Node] = orjson.loads(stored)
    return blocks
