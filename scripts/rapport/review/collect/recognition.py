"""Which frozen draft a returned file was made of."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.diff.thresholds import LONG, RECOGNISED, STAMPED
from rapport.diff.words import keys
from rapport.language.folding import fold_typography
from rapport.office.tracked_text import TrackedDocument
from rapport.review.freeze.draft_map import FrozenDraft


def recognise_draft(returned: TrackedDocument, drafts: Sequence[FrozenDraft], heads: str) -> FrozenDraft | None:
    """The draft that a file came from: the one it is most like, or nearly so and named by it."""
    texts = {fold_typography(line.text_sent) for line in returned.lines if len(keys(line.text_sent)) >= LONG}
    scored = []
    for draft in drafts:
        known = {fold_typography(place.text) for place in draft.places if len(keys(place.text)) >= LONG}
        scored.append((len(texts & known) / max(min(len(known), len(texts)), 1), draft.number, draft))
    if not scored or max(scored)[0] < RECOGNISED:
        return None
    best = max(scored)
    named = [s for s in scored if returned.stamp == str(s[1])] or [
        s for s in scored if s[2].name and s[2].name in heads
    ]
    return named[0][2] if named and named[0][0] >= best[0] * STAMPED else best[2]
