"""Children's own words in a draft that came back: nobody corrects them, and nothing of them is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapport.language.folding import fold_words
from rapport.review.collect.ledger import COMMENT, Remark
from rapport.review.freeze.draft_map import DraftParagraph
from rapport.storage.cache import digest


def without_voices(found: Iterable[Remark], places: Sequence[DraftParagraph]) -> Iterator[Remark]:
    """The remarks without changes to children's own words, and comments on them without the words."""
    voices = {place.id for place in places if place.is_childs_words}
    gone = {place.digest for place in places if place.is_childs_words and place.digest}
    for remark in found:
        if any(digest(fold_words(words)) in gone for words in (remark.avant, remark.apres)):
            continue
        if remark.bloc not in voices:
            yield remark
        elif remark.genre == COMMENT:
            yield replace(remark, avant="", apres="", debut=-1, fin=-1)
