"""The ledger and the maps of its drafts, opened for the verbs that work with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.language.names import typed_name
from rapport.messages import review
from rapport.messages.stop import USAGE, Stop
from rapport.review.collect import ledger, reviewers
from rapport.review.collect.contradictions import contradictions
from rapport.review.collect.ledger import BadLedger, Ledger, Remark
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from rapport.storage.transaction import write_together


class Paragraphs(Struct, frozen=True):
    """The paragraphs of a draft by their ids, and those of each block of the report, in order."""

    by_id: Mapping[str, DraftParagraph]
    by_block: Mapping[str, Sequence[DraftParagraph]]


class ReviewSession(Struct, frozen=True):
    """The ledger, and the drafts that its remarks are on, by number."""

    ledger: Ledger
    drafts: Mapping[int, FrozenDraft]
    paragraphs: Mapping[int, Paragraphs]

    def place(self, remark: Remark) -> DraftParagraph | None:
        """The paragraph that a remark is on."""
        found = self.paragraphs.get(remark.projet)
        return found.by_id.get(remark.bloc) if found else None


def open_session(root: Path, language: str) -> ReviewSession:
    """Both, as they stand; raises `Stop` where one of them can no longer be read."""
    try:
        found = ledger.load(root)
    except BadLedger as error:
        raise Stop(error.explanation(language), 1) from None
    person = reviewers.load(root, language).person  # who is who may have been said since
    found = replace(found, remarks=tuple(contradictions(found.remarks, person)))
    drafts = {}
    for number in sorted({remark.projet for remark in found.remarks} & set(drafts_map.numbers(root))):
        drafts[number] = drafts_map.open_draft(root, number, language)
    return ReviewSession(found, drafts, {number: paragraphs(draft.places) for number, draft in drafts.items()})


def paragraphs(places: Sequence[DraftParagraph]) -> Paragraphs:
    """The paragraphs of a draft by their id and by their block."""
    by_block: dict[str, list[DraftParagraph]] = {}
    for place in places:
        by_block.setdefault(place.block, []).append(place)
    return Paragraphs({place.id: place for place in places}, by_block)


def remarks_of_association(remarks: Iterable[Remark], typed: str, language: str) -> list[Remark]:
    """The remarks on the passages of one association, or all; raises `Stop` for a name that is none."""
    here = list(remarks)
    name, near = typed_name(typed, sorted({remark.association for remark in here if remark.association}))
    if near:
        raise Stop(review("unknown-association", language, name=typed, near=near), USAGE)
    return [remark for remark in here if not name or remark.association == name]


def save_ledger(
    root: Path, found: Ledger, changed: Mapping[str, Remark], language: str, beside: Mapping[str, bytes] | None = None
) -> Ledger:
    """The ledger with these remarks in their new state, written, together with other files where there are any."""
    now = replace(found, remarks=tuple(changed.get(remark.id, remark) for remark in found.remarks))
    content = ledger.as_files(root, now, (review("ledger-head", language), review("ledger-how", language)))
    write_together({**{root / path: text for path, text in (beside or {}).items()}, **content})
    return now
