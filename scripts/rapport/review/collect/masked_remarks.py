"""Remarks without what may not be said: what could identify somebody, what is confidential, what a child withdrew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

from msgspec.structs import replace

from rapport.language.web_addresses import decode_address
from rapport.review.collect.ledger import ANSWERED, OPEN, Ledger, Remark
from rapport.review.freeze.draft_map import FrozenDraft
from rapport.safeguarding.masks import MASK
from rapport.safeguarding.outgoing import Outgoing


def mask_remarks(remarks: Iterable[Remark], door: Outgoing) -> list[Remark]:
    """The remarks as the ledger keeps them: nothing in them could identify somebody. Their ids stay."""
    person, file_name = cache(door.person), cache(door.file_name)
    return [
        replace(mask_words(remark, door.words), relecteur=person(remark.relecteur), recu=file_name(remark.recu))
        for remark in remarks
    ]


def mask_words(remark: Remark, hide: Callable[[str], str]) -> Remark:
    """The remark with all the words of its reviewer and its editor through `hide`; its id stays."""

    def hidden(text: str) -> str:  # « tel=06%2012… » is a number
        plain = decode_address(text)
        return hide(text) if (said := hide(plain)) == plain else said

    before, after = hidden(remark.avant), hidden(remark.apres)
    return replace(
        remark, avant=before, apres=after, texte=hidden(remark.texte), reponse=hidden(remark.reponse),
        suite=hidden(remark.suite), masque=remark.masque or after != remark.apres,
        fin=remark.end if before != remark.avant and remark.debut >= 0 else remark.fin,
    )  # fmt: skip


def withhold(found: Ledger, drafts: Mapping[int, FrozenDraft], door: Outgoing) -> Ledger:
    """The ledger without the words of remarks on paragraphs that are confidential now, for papers that go to many."""
    held = {
        (number, place.id)
        for number, draft in drafts.items()
        for place in draft.places
        if door.withheld.says(place.text)
    }
    masked = (_withheld(remark) if (remark.projet, remark.bloc) in held else remark for remark in found.remarks)
    return replace(found, remarks=tuple(masked)) if held else found


def _withheld(remark: Remark) -> Remark:
    before, after, text = (words and MASK for words in (remark.avant, remark.apres, remark.texte))
    return replace(remark, avant=before, apres=after, texte=text, debut=-1)


def ledger_without_piece(ledger: Ledger, blocks: Collection[str], hide: Callable[[str], str], answer: str) -> Ledger:
    """The ledger without what a child withdrew: remarks on its paragraphs say nothing more, others quote none of it.

    `blocks` are the ids of the piece's paragraphs, `answer` what their reviewers are told.
    """

    def cut(remark: Remark) -> Remark:
        if remark.bloc not in blocks:
            return mask_words(remark, hide)
        state = ANSWERED if remark.etat == OPEN else remark.etat
        return replace(remark, avant="", apres="", texte="", debut=-1, fin=-1, suite="", etat=state, reponse=answer)

    return replace(ledger, remarks=tuple(cut(remark) for remark in ledger.remarks))
