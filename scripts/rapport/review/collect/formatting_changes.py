"""Words made bold or italic, or no longer so, while changes were not recorded: found by comparing with the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.diff.thresholds import SURE, WIDESPREAD
from rapport.diff.words import Token, token_script, tokens
from rapport.office.tracked_reader import TrackedRun
from rapport.review.collect import ledger
from rapport.review.collect.laid_out import AlignedReturn
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

COMPARED = ("text", "list")  # a heading or a table looks as its style does, which programs write out differently


def formatting_remarks(laid: AlignedReturn) -> Iterator[Remark]:
    """A remark for each stretch of words that looks otherwise; none where the draft's map says nothing of looks."""
    if not any(place.looks for place in laid.places):
        return
    found: dict[int, list[tuple[int, int, str]]] = {}
    for i, one in laid.found.by_place.items():
        if laid.places[i].kind in COMPARED and _stayed(laid, one):
            found[i] = list(_stretches(laid.places[i], laid.units[one.units[0]].runs))
    if sum(1 for stretches in found.values() if stretches) > WIDESPREAD * len(found):
        return
    for i, stretches in found.items():
        proof = laid.found.by_place[i].how.value
        for start, end, weight in stretches:
            words, look = laid.places[i].text[start:end], ledger.LOOKS[weight]
            yield laid.remark(ledger.FORMAT, i, None, debut=start, avant=words, apres=look, preuve=proof)


def _stayed(laid: AlignedReturn, one: ParagraphMatch) -> bool:
    """Whether a paragraph is still itself: typed anew, moved or joined to the one before, it looks otherwise anyhow."""
    alone = len(one.places) == len(one.units) == 1 and not one.moved and one.likeness >= SURE
    before = one.units[0] - 1
    return alone and (before < 0 or laid.units[before].joined is None)


def _stretches(place: DraftParagraph, runs: Sequence[TrackedRun]) -> Iterator[tuple[int, int, str]]:
    """Where the same words look otherwise and how, one stretch as long as they follow each other and look alike."""
    sent = [run for run in runs if not run.inserted]
    then, now = [""] * len(place.text), [run.weight for run in sent for _ in run.text]
    for start, end, weight in place.looks:
        then[start:end] = [weight] * (end - start)
    if then == now:
        return
    settled = {at for start, end in place.counted for at in range(start, end)}
    told = [bool(run.look or run.deleted) for run in sent for _ in run.text]
    start, last, weight = -1, -1, ""
    for one, other in _same(tokens(place.text), tokens("".join(run.text for run in sent))):
        if not one.key.isalnum() or one.start in settled or any(told[other.start : other.end]):
            continue
        looks = "".join(sorted(set("".join(now[other.start : other.end]))))
        differs = set(then[one.start : one.end]) != set(now[other.start : other.end])
        if start >= 0 and (not differs or looks != weight):
            yield start, last, weight
            start = -1
        if differs:
            start, last, weight = one.start if start < 0 else start, one.end, looks
    if start >= 0:
        yield start, last, weight


def _same(left: Sequence[Token], right: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """The words that stand in both."""
    for same, a, b, c, d in token_script(left, right):
        if same:
            yield from zip(left[a:b], right[c:d], strict=True)
