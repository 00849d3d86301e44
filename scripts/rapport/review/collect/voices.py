"""Children's own words in a draft that came back: nobody corrects them, and nothing of them is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from rapport.review.collect.aligned_return import AlignedReturn
from rapport.review.collect.ledger import COMMENT, Remark
from rapport.review.collect.masked_remarks import mask_words
from rapport.workshops.quoted_words import QuotedWords


def without_voices(found: Iterable[Remark], laid: AlignedReturn) -> Iterator[Remark]:
    """The remarks without changes to children's own words, and comments on them without the words.

    Of what a child has withdrawn since, nothing: no remark on it, and no quotation of it in another.
    """
    voices = {place.id for place in laid.places if place.is_childs_words}
    withdrawn = {place.id for place in laid.places if place.is_withdrawn}
    gone = {place.digest for place in laid.places if place.is_withdrawn}
    quoted = QuotedWords(_withdrawn_words(laid, gone) if gone else ())
    for remark in found:
        said = remark.avant, remark.apres
        if remark.bloc in withdrawn or any(laid.frozen.is_withdrawn(one, gone) for one in said):
            continue
        if remark.bloc not in voices:
            yield mask_words(remark, quoted.mask)
        elif remark.genre == COMMENT:
            yield mask_words(replace(remark, avant="", apres="", debut=-1, fin=-1), quoted.mask)


def _withdrawn_words(laid: AlignedReturn, gone: set[str]) -> Iterator[str]:
    """What the returned file still has of them: paragraphs known by their digest, or by their place."""
    for number, unit in enumerate(laid.units):
        match = laid.found.by_unit.get(number)
        if laid.frozen.is_withdrawn(unit.text_sent, gone) or (
            match and any(laid.places[place].is_withdrawn for place in match.places)
        ):
            yield unit.text_sent
