"""Where an output departs from what it must say: which piece is lost, stands twice or elsewhere, or reads differently.

Only reached when the whole text is not the same, so it may take its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from rapport.proof.reading import MARKS

ANCHOR = 12  # letters of a piece that can be recognised wherever it stands
ALIKE = 60  # out of 100: two texts that are one text and its changed copy


class Difference(Struct, frozen=True):
    """`kind` is lost, twice, moved, changed or unknown; `index` the piece it is about (or the one before);
    `found_text` what stands there instead, folded.
    """

    kind: str
    index: int
    found_text: str = ""


def differences(pieces: Sequence[str], text: str) -> list[Difference]:
    """How a text departs from the pieces it should be made of."""
    first = start = 0
    while first < len(pieces) and text.startswith(pieces[first], start):
        start += len(pieces[first])
        first += 1
    last, end = len(pieces), len(text)
    while last > first and end - len(pieces[last - 1]) >= start and text.endswith(pieces[last - 1], start, end):
        last -= 1
        end -= len(pieces[last])
    found = list(_between(pieces, range(first, last), text[start:end]))
    return [_named(difference, pieces, found) for difference in found if not _explained(difference, pieces, found)]


def _between(pieces: Sequence[str], span: range, text: str) -> Iterator[Difference]:
    """Pieces that are long enough to be known anywhere divide the text; between them it is compared in order."""
    times = Counter(pieces[at] for at in span)
    known = [(at, text.find(pieces[at])) for at in span if len(pieces[at]) >= ANCHOR and times[pieces[at]] == 1]
    anchors = [(at, place) for at, place in known if place >= 0 and text.find(pieces[at], place + 1) < 0]
    kept = _rising(anchors)
    moved = {at for at, _ in anchors} - {at for at, _ in kept}
    yield from (Difference("moved", at) for at in sorted(moved))
    before, place = span.start, 0
    for at, here in [*kept, (span.stop, len(text))]:
        stretch = text[place:here]
        for one in moved:
            stretch = stretch.replace(pieces[one], "", 1)
        yield from _stretch(pieces, [k for k in range(before, at) if k not in moved], stretch, before - 1)
        if at < span.stop:
            before, place = at + 1, here + len(pieces[at])


def _rising(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors that stand in their order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, place) in enumerate(anchors):
        at = bisect_left(tails, place)
        previous.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [place], [index]
    kept = []
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.append(anchors[index])
        index = previous[index]
    return kept[::-1]


def _stretch(pieces: Sequence[str], indices: Sequence[int], text: str, last: int) -> Iterator[Difference]:
    """A few pieces against the text that stands where they should; `last` is the piece before them."""
    place = 0
    waiting: list[int] = []
    for at in indices:
        here = text.find(pieces[at], place)
        if here != place and (here < 0 or not (len(pieces[at]) >= ANCHOR or waiting)):
            waiting.append(at)
            continue
        yield from _gap(pieces, waiting, text[place:here], last)
        waiting, place, last = [], here + len(pieces[at]), at
    yield from _gap(pieces, waiting, text[place:], last)


def _gap(pieces: Sequence[str], waiting: Sequence[int], text: str, last: int) -> Iterator[Difference]:
    """Pieces that were not found, and what stands in their place; `last` is the piece before."""
    if not text:
        yield from (Difference("lost", at) for at in waiting)
    elif not waiting:
        yield Difference("unknown", last, text)
    elif len(waiting) == 1:
        yield from _one(pieces, waiting[0], text)
    else:
        yield from _many(pieces, waiting, text)


def _one(pieces: Sequence[str], at: int, text: str) -> Iterator[Difference]:
    """One piece and what stands in its place: a changed copy of it, or something else."""
    if pieces[at] in text and len(text) - len(pieces[at]) >= ANCHOR:
        yield Difference("unknown", at, text.replace(pieces[at], "", 1))
    elif is_alike(pieces[at], text) or len(pieces[at]) < ANCHOR or not text.strip(MARKS):
        yield Difference("changed", at, text)
    else:
        yield from (Difference("lost", at), Difference("unknown", at, text))


def is_alike(piece: str, text: str) -> bool:
    """Whether a text is a changed copy of a piece."""
    from rapidfuzz import fuzz  # late: a good output is never compared so

    return fuzz.ratio(piece, text) >= ALIKE


def _many(pieces: Sequence[str], waiting: Sequence[int], text: str) -> Iterator[Difference]:
    """Several pieces: each has its changed copy in the text, or none."""
    from rapidfuzz import fuzz

    alike = {at: fuzz.partial_ratio_alignment(pieces[at], text) for at in waiting}
    rest = text
    for at in waiting:
        match = alike[at]
        if pieces[at] in rest:
            rest = rest.replace(pieces[at], "", 1)
        elif match is not None and match.score >= ALIKE and len(pieces[at]) >= ANCHOR // 2:
            found = text[match.dest_start : match.dest_end]
            rest = rest.replace(found, "", 1)
            yield Difference("changed", at, found)
        else:
            yield Difference("lost", at)
    if len(rest) >= ANCHOR:
        yield Difference("unknown", waiting[-1], rest)


def _named(difference: Difference, pieces: Sequence[str], all: Sequence[Difference]) -> Difference:
    """Text that nobody expected there is often a piece's own, once more, or a few letters that one has too many."""
    if difference.kind == "unknown":
        for at, piece in enumerate(pieces):
            if len(piece) >= ANCHOR and piece in difference.found_text:
                return Difference("twice", at, difference.found_text)
        if len(difference.found_text) < ANCHOR and difference.index >= 0:
            return Difference("changed", difference.index, pieces[difference.index] + difference.found_text)
    if difference.kind == "lost" and len(pieces[difference.index]) < ANCHOR and _elsewhere(difference, pieces, all):
        return Difference("moved", difference.index)
    return difference


def _explained(difference: Difference, pieces: Sequence[str], all: Sequence[Difference]) -> bool:
    """Whether what stands here is told already: a lost piece that turns up here was moved."""
    if difference.kind != "unknown":
        return False
    return any(other.kind == "lost" and pieces[other.index] == difference.found_text for other in all)


def _elsewhere(difference: Difference, pieces: Sequence[str], all: Sequence[Difference]) -> bool:
    return any(other.kind == "unknown" and pieces[difference.index] == other.found_text for other in all)
