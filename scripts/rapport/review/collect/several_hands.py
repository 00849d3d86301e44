"""Changes of several people that touch: who goes on from another's is told from the words sent to the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from rapport.office.tracked_text import TrackedChange, TrackedRun, words_accepted, words_refused

Touching = Sequence[TrackedRun]


class LaterHand:
    """What one person made of words that others had changed before: `runs` as that person saw them."""

    def __init__(self, who: TrackedChange, start: int, runs: Touching) -> None:
        self.who, self.start = who, start
        self.old, self.new = words_refused(runs), words_accepted(runs)


def hands_apart(runs: Sequence[TrackedRun]) -> tuple[list[TrackedRun], list[LaterHand]]:
    """The runs without what was done on top of another's changes, and that, each hand by itself."""
    kept, found, at = list[TrackedRun](), list[LaterHand](), 0
    for is_changed, some in groupby(runs, key=lambda run: run.is_changed):
        touching: Touching = list(some)
        sent, earlier = len(words_refused(touching)), touching
        for who in reversed(_later_hands(touching)) if is_changed else ():
            found.append(LaterHand(who, at, earlier))
            earlier = list(_without(earlier, who.author))
        kept, at = [*kept, *earlier], at + sent
    return kept, found


def _later_hands(touching: Touching) -> list[TrackedChange]:
    """Who put words in on top of another's, in the order in which they did."""
    changes = [change for run in touching for change in (run.insertion, run.deletion) if change]
    hands: dict[str, TrackedChange] = {}
    for change in changes:
        hands.setdefault(change.author, change)
    if len(hands) < 2 or any(change.move for change in changes):
        return []
    struck = {(run.deletion.author, run.insertion.author) for run in touching if run.deletion and run.insertion}
    in_order = sorted(hands.values(), key=lambda change: change.date)
    rank = {change.author: n for n, change in enumerate(in_order)}
    for one, other in struck:  # within a minute, whoever struck came later
        if rank[one] < rank[other] and (other, one) not in struck:
            rank[one], rank[other] = rank[other], rank[one]
    upon = {pair for pair in (*struck, *_glued(touching)) if rank[pair[0]] > rank[pair[1]]}
    later = {run.insertion.author for run in touching if run.insertion} & {one for one, _ in upon}
    return sorted((hands[name] for name in later), key=lambda change: rank[change.author])


def _glued(touching: Touching) -> Iterator[tuple[str, str]]:
    """Pairs of people of whom one put words in inside the other's, or so that letters of both are one word."""
    for (one, mine), (other, theirs) in pairwise(_hands(touching)):
        if mine != theirs and one[-1:].isalnum() and other[:1].isalnum():
            yield from ((mine, theirs), (theirs, mine))
    hands = [name for _, name in _hands(run for run in touching if run.insertion)]
    for before, name, after in zip(hands, hands[1:], hands[2:], strict=False):
        if before == after != name:
            yield name, before


def _hands(touching: Iterator[TrackedRun] | Touching) -> list[tuple[str, str]]:
    """The words of runs one after the other, each with who put them in, or else took them out."""
    named = ((run.text, (run.insertion or run.deletion)) for run in touching if run.text)
    pieces = ((text, change.author) for text, change in named if change)
    return [("".join(text for text, _ in some), who) for who, some in groupby(pieces, key=lambda piece: piece[1])]


def _without(touching: Touching, author: str) -> Iterator[TrackedRun]:
    """The runs as they were before somebody came."""
    for run in touching:
        if run.insertion is None or run.insertion.author != author:
            yield replace(run, deletion=None) if run.deletion and run.deletion.author == author else run
