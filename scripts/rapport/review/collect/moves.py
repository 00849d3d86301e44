"""Moves: those that a word processor recorded, and paragraphs taken out in one place and put in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport.diff.thresholds import LONG
from rapport.diff.words import keys
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import QUOTED
from rapport.review.collect.edits import Unit
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

LABEL = re.compile(r"^\s*R\d+\s")  # of a recommendation, as the program prints it


def tracked_moves(units: Sequence[Unit]) -> dict[str, int]:
    """Where each tracked move went that has both its ends: the name of the move → the paragraph there."""
    left = {run.deletion.move for one in units for run in one.runs if run.deletion and run.deletion.move}
    return {
        run.insertion.move: j
        for j, one in reversed(list(enumerate(units)))
        for run in one.runs
        if run.insertion and run.insertion.move in left
    }


def pair_moves(found: Sequence[Remark], places: Sequence[DraftParagraph]) -> tuple[Remark, ...]:
    """A paragraph deleted in one place and put in another by the same person, word for word, is one move."""
    gone = {r.id: r for r in found if r.genre == ledger.DELETION and len(keys(r.avant)) >= LONG and r.is_placed}
    used: set[str] = set()
    moved: dict[str, Remark] = {}
    for new in (
        r for r in found if r.genre == ledger.INSERTION and r.ou and r.is_placed and len(keys(r.apres)) >= LONG
    ):
        same = [
            r
            for r in gone.values()
            if r.relecteur == new.relecteur and r.id not in used and _unlabelled(r.avant) == _unlabelled(new.apres)
        ]
        if same:
            used |= {same[0].id, new.id}
            moved[same[0].id] = new
    kept = []
    for remark in found:
        if remark.avec in used:
            continue
        if remark.id in moved:
            goal = moved[remark.id]
            beside = places[goal.place].text.strip()[:QUOTED]
            kept.append(replace(remark, genre=ledger.MOVE, vers=goal.bloc, ou=goal.ou, apres=beside))
        elif remark.id not in used:
            kept.append(remark)
    return tuple(kept)


def _unlabelled(text: str) -> tuple[str, ...]:
    """The words of a paragraph without the « R12 » that the program counts."""
    return tuple(keys(LABEL.sub("", text)))
