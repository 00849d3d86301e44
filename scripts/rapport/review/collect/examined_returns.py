"""The files that came back, each opened and laid beside its draft; half of them on another core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from rapport.diff.thresholds import LONG, RECOGNISED, STAMPED
from rapport.diff.words import keys
from rapport.intake.states import IncomingFile
from rapport.language.folding import fold_typography
from rapport.language.names import printable_line
from rapport.office.tracked_text import TrackedDocument
from rapport.review.collect.remarks import ReadReturn, remarks
from rapport.review.collect.returned_files import OpenedReturn, Opening, open_batches, reviewer
from rapport.review.freeze.draft_map import FrozenDraft
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside

PATIENCE = 6  # seconds for a file, many times what one takes
NOTHING = ReadReturn(())


class ExaminedReturn(Struct, frozen=True):
    """What a file says, of which draft, under whose name; `draft` is 0 where it is of none.

    Where nothing was read, `problem` is a word of the refusals in messages/intake_*.py. `is_lossy`: without threads.
    """

    problem: str = ""
    detail: str = ""
    stamp: str = ""
    draft: int = 0
    reviewer: str = ""
    is_lossy: bool = False
    read: ReadReturn = NOTHING


def examine_returns(
    arrived: Sequence[IncomingFile], drafts: Sequence[FrozenDraft], unnamed: str, cache: Cache
) -> Iterator[tuple[IncomingFile, ExaminedReturn]]:  # fmt: skip
    """What each file says, in order; `unnamed` is whoever nothing names."""

    for files, openings in open_batches(arrived):
        half = (len(files) + 1) // 2
        here, there = (partial(_examined, those, drafts, unnamed) for those in (openings[:half], openings[half:]))
        others = begin_beside(there, cache, PATIENCE * half) if openings[half:] else there
        yield from zip(files, (*here(), *others()), strict=True)


def _examined(openings: Sequence[Opening], drafts: Sequence[FrozenDraft], unnamed: str) -> list[ExaminedReturn]:
    return [_examined_one(opening(), drafts, unnamed) for opening in openings]


def _examined_one(opened: OpenedReturn, drafts: Sequence[FrozenDraft], unnamed: str) -> ExaminedReturn:
    if opened.document is None:
        return ExaminedReturn(opened.problem, opened.detail)
    stamp = opened.document.stamp
    draft = recognise_draft(opened.document, drafts)
    if draft is None:
        return ExaminedReturn(stamp=stamp)
    who = reviewer(opened) or unnamed
    read = remarks(draft, opened.document, who, printable_line(opened.file.path)[:200])
    return ExaminedReturn("", "", stamp, draft.number, who, opened.lossy, read)


def recognise_draft(returned: TrackedDocument, drafts: Sequence[FrozenDraft]) -> FrozenDraft | None:
    """The draft that a file came from: the one it is most like, or nearly so and named by it."""
    heads = " ".join(line.text_sent for line in returned.lines if line.part == "header")
    texts = {text for line in returned.lines if len(keys(text := fold_typography(line.text_sent))) >= LONG}
    scored = []
    for draft in drafts:
        known = {text for text in draft.folded_texts if len(keys(text)) >= LONG}
        scored.append((len(texts & known) / max(min(len(known), len(texts)), 1), draft.number, draft))
    if not scored or max(scored)[0] < RECOGNISED:
        return None
    best = max(scored)
    named = [s for s in scored if returned.stamp == str(s[1])] or [
        s for s in scored if s[2].name and s[2].name in heads
    ]
    return named[0][2] if named and named[0][0] >= best[0] * STAMPED else best[2]
