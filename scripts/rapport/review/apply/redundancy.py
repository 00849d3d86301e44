"""Whether the texts of today say already what an accepted remark on whole paragraphs asks for, whoever typed it."""

from __future__ import annotations

from rapport.diff.markdown_alignment import keys
from rapport.diff.thresholds import KNOWN_WORDS, STILL_SAYS
from rapport.model import Block
from rapport.review.apply.printed_paragraphs import NOTE
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.targets import CurrentReport, is_exactly, likeness
from rapport.review.collect import ledger
from rapport.review.collect.edits import MARK
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph


def is_already_written(today: CurrentReport, remark: Remark, place: DraftParagraph, sent: Paragraphs) -> bool:
    """Of a deletion, a cut, paragraphs made one, a new paragraph or a new note."""
    blocks = [block for block in today.blocks if today.same_hand(block, place)]
    mine = [p for block in blocks for p in today.said[block.id]]
    words = [said for block in blocks for said in today.words[block.id]]
    match remark.genre:
        case ledger.INSERTION if remark.doute == ledger.NOTE:
            return any(p.side_kind == NOTE and said == keys(remark.apres) for p, said in zip(mine, words, strict=True))
        case ledger.INSERTION if remark.ou:
            return len(keys(remark.apres)) >= KNOWN_WORDS and keys(remark.apres) in words
        case ledger.DELETION if MARK not in remark.apres and len(keys(place.text)) >= KNOWN_WORDS:
            still = keys(place.text)
            return still not in words and all(likeness(place.text, p.text) < STILL_SAYS for p in mine)
        case ledger.SPLIT if remark.debut >= 0 and " … " not in remark.apres:
            halves = (place.text[: remark.debut] + remark.apres + place.text[remark.end :]).split(MARK)
            return len(halves) > 1 and all(keys(half) in words for half in halves)
        case ledger.MERGE if other := sent.by_id.get(remark.vers):
            return keys(f"{place.text} {other.text}") in words
    return False


def stands_beside(today: CurrentReport, place: DraftParagraph, goal: Block, number: int, before: bool) -> bool:
    """Whether a paragraph stands right after (or before) another, which is in this block under this number."""
    mine = [block for block in today.blocks if block.span.path == goal.span.path]
    there = sorted(mine, key=lambda block: (block.span.line, block.span.column))
    printed = [(b.id, n, p.text) for b in there for n, p in enumerate(today.said[b.id]) if not p.side_kind]
    at = next((n for n, one in enumerate(printed) if one[:2] == (goal.id, number)), None)
    if at is None:
        return False
    beside = printed[at - 1 : at] if before else printed[at + 1 : at + 2]
    return any(is_exactly(keys(place.text), keys(text)) or keys(place.text) == keys(text) for _, _, text in beside)
