"""A file that was saved again, or sent on by somebody else: what nobody signed in it is of whoever said it first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from rapport.diff.thresholds import LONG
from rapport.diff.words import keys
from rapport.review.collect.ledger import Ledger, Remark, assign_identifiers


def under_first_names(found: Sequence[Remark], who: str, known: Ledger) -> tuple[Remark, ...]:
    """The remarks of a file; `who` is whoever is taken for the author of those that nobody signed.

    Where all that somebody said without a signature in an earlier file is said here too, it is the same, not `who`'s.
    """
    kept = tuple(found)
    mine = {_said(remark) for remark in kept if remark.relecteur == who}
    for first, theirs in _said_before(known).items():
        if first == who or not mine.issuperset(map(_said, theirs.values())):
            continue
        renamed = _renamed(kept, who, first)
        if _telling(theirs.values()) and theirs.keys() <= {remark.id for remark in renamed}:
            kept = _linked(kept, [new if new.id in theirs else old for old, new in zip(kept, renamed, strict=True)])
    return kept


def _said_before(known: Ledger) -> dict[str, dict[str, Remark]]:
    """What each person said without a signature: « Anne »'s remarks by their ids."""
    found: dict[str, dict[str, Remark]] = {}
    for remark in known.remarks:
        if not remark.suivi and not remark.date:
            found.setdefault(remark.relecteur, {})[remark.id] = remark
    return found


def _said(remark: Remark) -> tuple[object, ...]:
    """What a remark is, whoever made it, without its words: some are masked in what is known."""
    return remark.projet, remark.genre, remark.bloc, remark.debut, remark.ou, remark.vers


def _renamed(found: Sequence[Remark], who: str, first: str) -> list[Remark]:
    """The remarks as if that person had made what is taken for `who`'s."""
    seen: dict[str, int] = {}
    return [assign_identifiers(replace(r, relecteur=first), seen) if r.relecteur == who else r for r in found]


def _linked(before: Sequence[Remark], after: Sequence[Remark]) -> tuple[Remark, ...]:
    """What leads to a remark leads to it under its new id."""
    ids = {old.id: new.id for old, new in zip(before, after, strict=True)}
    return tuple(
        replace(one, repond_a=ids.get(one.repond_a, one.repond_a), avec=ids.get(one.avec, one.avec)) for one in after
    )


def _telling(remarks: Collection[Remark]) -> bool:
    """Whether remarks are no small correction that two people make alike."""
    return len(remarks) > 1 or any(len(keys(r.avant + " " + r.apres + " " + r.texte)) >= LONG for r in remarks)
