"""A piece withdrawn: taken out of its workshop's file, of the folder, of every frozen draft and its archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapport import rules
from rapport.model import Diagnostic
from rapport.project.read import CONTRIBUTIONS, DRAFTS
from rapport.workshops.workshop import Workshop

NUMBER = re.compile(r"[1-9]\d{0,3}")


def remaining(root: Path, workshops: Iterable[Workshop]) -> Iterator[Diagnostic]:
    """C20 for each frozen draft that still holds words of a piece that was withdrawn."""
    for workshop in workshops:
        for piece in workshop.pieces:
            if piece.consent.withdrawn_on:
                for number in drafts_holding(root, workshop.identifier(piece)):
                    facts = {"reference": piece.code, "why": f"draft\t{number}"}
                    yield Diagnostic(rules.CHILD_WITHDRAWN, piece.span, facts)


def drafts_holding(root: Path, identifier: str) -> list[int]:
    """The numbers of the frozen drafts whose map has the words of a piece, by its id."""
    folder = root / CONTRIBUTIONS / DRAFTS
    names = sorted((path.name for path in folder.iterdir()), key=len) if folder.is_dir() else []
    maps = ((int(name), folder / name / "map.json") for name in names if NUMBER.fullmatch(name))
    wanted = f'"block":"{identifier}'.encode()
    return [number for number, path in maps if path.is_file() and wanted in path.read_bytes()]
