"""Which remarks of a ledger ask for different things of the same words, and the order in which remarks stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from rapport.diff.thresholds import REPLACED
from rapport.diff.words import likeness
from rapport.review.collect import ledger as of
from rapport.review.collect.ledger import DELETION, FORMAT, INSERTION, MOVE, Ledger, Remark


def in_order(ledger: Ledger, person: Callable[[str], str] = str) -> Ledger:
    """In the order of the report, the newest draft first, contradictions marked; `person` tells names as one."""
    remarks = sorted(ledger.remarks, key=lambda r: (-r.projet, not r.is_placed, r.place, r.debut, r.relecteur))
    return replace(ledger, remarks=tuple(contradictions(remarks, person)))


def contradictions(remarks: Sequence[Remark], person: Callable[[str], str] = str) -> list[Remark]:
    """The remarks, each with those of other reviewers that want something else of the same words."""
    by_place: dict[tuple[int, str, int], list[Remark]] = {}
    for remark in remarks:  # words, links and looks apart: what is done to one leaves the others
        look = remark.genre == FORMAT and ("lien" in remark.apres) + 2 * (remark.apres in of.LOOKS.values())
        if remark.is_placed and (
            look or remark.genre in (INSERTION, DELETION, of.REPLACEMENT, of.SPLIT, of.MERGE, MOVE)
        ):
            by_place.setdefault((remark.projet, remark.bloc, look), []).append(remark)
    people = {name: person(name) for name in {remark.relecteur for remark in remarks}}
    against: dict[str, list[str]] = {}
    for together in by_place.values():
        for one in together:
            others = [other for other in together if people[other.relecteur] != people[one.relecteur]]
            against[one.id] = [other.id for other in others if _contradict(one, other)]
    return [replace(remark, contredit=tuple(against.get(remark.id, ()))) for remark in remarks]


def _contradict(one: Remark, other: Remark) -> bool:
    """Whether two reviewers want different things of words that overlap."""
    if one.id in (other.repond_a, other.avec) or other.id in (one.repond_a, one.avec):
        return one.genre != other.genre  # one struck what the other had put in
    new = one.ou and one.genre == other.genre == INSERTION and one.ou == other.ou
    if new and one.apres != other.apres and likeness(one.apres, other.apres) >= REPLACED:
        return True  # one went on from the other's new paragraph
    apart = any(r.ou and r.genre == INSERTION for r in (one, other)) or (one.genre, one.apres) == (FORMAT, other.apres)
    if apart or (one.avant, one.apres, one.debut, one.vers) == (other.avant, other.apres, other.debut, other.vers):
        return False
    if MOVE in (one.genre, other.genre):
        return DELETION in (one.genre, other.genre) or one.genre == other.genre
    if one.debut == other.debut and INSERTION in (one.genre, other.genre):
        return one.genre == other.genre and one.apres != other.apres
    return one.debut < other.end and other.debut < one.end
