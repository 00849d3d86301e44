"""The ledger and the maps of its drafts, opened for the verbs that work with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rapport.arguments import USAGE, Stop
from rapport.drafts import map as drafts_map
from rapport.drafts.map import Frozen, Place
from rapport.messages import review
from rapport.names import identifier, nearest
from rapport.review import ledger
from rapport.review.ledger import LEDGER, BadLedger, Ledger, Remark


@dataclass(frozen=True, slots=True)
class Opened:
    """The ledger, and the drafts that its remarks are on, by number."""

    ledger: Ledger
    drafts: Mapping[int, Frozen]

    def place(self, remark: Remark) -> Place | None:
        """The paragraph that a remark is on."""
        draft = self.drafts.get(remark.projet)
        return next((place for place in draft.places if place.id == remark.bloc), None) if draft else None


def opened(root: Path, language: str) -> Opened:
    """Both, as they stand; raises `Stop` where one of them can no longer be read."""
    try:
        found = ledger.load(root)
    except BadLedger as error:
        raise Stop(review("bad-ledger", language, path=LEDGER, line=error.line), 1) from None
    drafts = {}
    for number in sorted({remark.projet for remark in found.remarks} & set(drafts_map.numbers(root))):
        try:
            drafts[number] = drafts_map.load(root, number)
        except ValueError:
            path = f"{drafts_map.folder(number)}/{drafts_map.MAP}"
            raise Stop(review("bad-map", language, path=path), 1) from None
    return Opened(found, drafts)


def of_association(remarks: Iterable[Remark], typed: str, language: str) -> list[Remark]:
    """The remarks on the passages of one association, or all; raises `Stop` for a name that is none."""
    here = list(remarks)
    name = identifier(typed)
    known = {remark.association for remark in here if remark.association}
    if name and name not in known:
        near = nearest(typed, known) or ", ".join(sorted(known)[:5]) or "–"
        raise Stop(review("unknown-association", language, name=typed, near=near), USAGE)
    return [remark for remark in here if not name or remark.association == name]


def saved(root: Path, found: Ledger, changed: Mapping[str, Remark], language: str) -> Ledger:
    """The ledger with these remarks in their new state, written."""
    now = replace(found, remarks=tuple(changed.get(remark.id, remark) for remark in found.remarks))
    ledger.write(root, now, (review("ledger-head", language), review("ledger-how", language)))
    return now
