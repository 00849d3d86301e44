"""What the next intake would say, kept at the end of each: where nothing has changed since, nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson
from msgspec import Struct
from msgspec.structs import asdict

from rapport.intake.waiting import WaitingFile
from rapport.storage import manifest
from rapport.storage.cache import Cache
from rapport.storage.transaction import changed_files

KIND = "unchanged-inbox"  # in build/cache


class Repetition(Struct, frozen=True):
    """The lines, masked, and the receipts that they speak of; `is_asked` where somebody at a terminal can answer."""

    lines: Sequence[str]
    receipts: Sequence[str]
    is_asked: bool


def make_repetition(before: Iterable[str], waiting: Sequence[WaitingFile], after: Iterable[str]) -> Repetition:
    """What there is to say of files that wait, between other lines."""
    return Repetition(
        [*before, *(line for one in waiting for line in one.lines), *after],
        [path for one in waiting for path in one.receipts],
        any(one.is_asked or one.path for one in waiting),
    )


def contents(root: Path) -> dict[str, str]:
    """The digests of all that an intake reads; {} where something cannot be read."""
    try:
        return manifest.with_inbox(str(root))
    except OSError:
        return {}


def remember(root: Path, cache: Cache, language: str, before: dict[str, str], said: Repetition) -> None:
    """Keep what to say, unless somebody has changed a file since the intake began, when it read `before`."""
    after, ours = contents(root), changed_files()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    if after and all(ours.get(path) == after.get(path, "") for path in changed):
        cache.put(cache.get(KIND, language)[0], orjson.dumps([after, asdict(said)]))


def recall(root: Path, cache: Cache, language: str) -> Repetition | None:
    """What to say again; None where a file has changed, or a receipt is gone."""
    _, stored = cache.get(KIND, language)
    if stored is None:
        return None
    known, said = orjson.loads(stored)
    told = Repetition(**said)
    there = all((root / path).is_file() for path in told.receipts)
    return told if there and known == contents(root) else None
