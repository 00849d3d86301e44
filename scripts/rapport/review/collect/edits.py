"""What was done to the words of one paragraph: tracked changes as a reader sees them, and those nobody tracked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapport.diff.thresholds import REWRITTEN
from rapport.diff.words import WordPositions, likeness, whole_words, word_changes
from rapport.office.tracked_reader import TrackedChange, TrackedParagraph, TrackedRun
from rapport.review.collect.ledger import LOOKS

MARK = "¶"  # a paragraph's end, in the words of a change
NOBODY = TrackedChange("", "")


@dataclass(frozen=True, slots=True)
class ParagraphEdit:
    """A stretch of a paragraph's words in the draft, and what they became; `change` says who, if it was tracked."""

    start: int
    end: int
    new: str
    change: TrackedChange | None = None
    look: bool = False

    @property
    def tracked(self) -> bool:
        return self.change is not None


@dataclass(frozen=True, slots=True)
class Unit:
    """One returned paragraph as it was sent, made of one line or, where it was cut since, of several."""

    lines: tuple[int, ...]
    runs: tuple[TrackedRun, ...]
    part: str
    table: bool
    names: frozenset[str]
    note: str
    joined: TrackedChange | None
    look: TrackedChange | None

    @property
    def sent(self) -> str:
        return "".join(run.text for run in self.runs if not run.inserted)

    @property
    def now(self) -> str:
        return "".join(run.text for run in self.runs if not run.deleted)

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        spans, at = [], 0
        for run in self.runs:
            if not run.inserted:
                if run.counted:
                    spans.append((at, at + len(run.text)))
                at += len(run.text)
        return tuple(spans)

    @property
    def changed(self) -> bool:
        return any(run.changed for run in self.runs)


def unit(indices: Sequence[int], lines: Sequence[TrackedParagraph]) -> Unit:
    """The lines that were one paragraph; an end of paragraph put in since is an inserted mark."""
    runs: list[TrackedRun] = []
    for at, index in enumerate(indices):
        line = lines[index]
        runs += line.runs
        if line.split is not None and at < len(indices) - 1:
            runs.append(TrackedRun(MARK, inserted=line.split))
    first, last = lines[indices[0]], lines[indices[-1]]
    looks = [lines[i].look for i in indices if lines[i].look]
    names = frozenset(name for i in indices for name in lines[i].names)
    return Unit(
        tuple(indices),
        tuple(runs),
        first.part,
        first.table,
        names,
        first.note,
        last.joined,
        looks[0] if looks else None,
    )


def join_units(units: Sequence[Unit]) -> tuple[TrackedRun, ...]:
    """The runs of paragraphs that were one in the draft, a space between them."""
    runs: list[TrackedRun] = []
    for index, one in enumerate(units):
        runs += [TrackedRun(" "), *one.runs] if index else one.runs
    return tuple(runs)


def edits(base: str, runs: Sequence[TrackedRun], counted: Sequence[tuple[int, int]]) -> Iterator[ParagraphEdit]:
    """Everything that was done to a paragraph whose words in the draft are `base`."""
    sent = "".join(run.text for run in runs if not run.inserted)
    yield from untracked_edits(base, sent, counted)
    to_base = WordPositions(sent, base)
    for edit in tracked_edits(runs, sent):
        start, end = to_base(edit.start), to_base(edit.end, end=True) if edit.end > edit.start else -1
        if edit.start == edit.end:
            start = end = to_base(edit.start, end=True) if edit.start else 0
        yield ParagraphEdit(start, max(end, start), edit.new, edit.change, edit.look)


def untracked_edits(base: str, sent: str, counted: Sequence[tuple[int, int]]) -> Iterator[ParagraphEdit]:
    """What differs from the draft without any mark of change."""
    if base == sent or _only_counted(base, 0, len(base), counted):
        return
    if likeness(base, sent) < REWRITTEN:
        lead = len(base) - len(base.lstrip())
        yield ParagraphEdit(lead, len(base.rstrip()), sent.strip())
        return
    for stretch in word_changes(base, sent):
        if not _only_counted(base, stretch.start, stretch.end, counted):
            yield _whole(base, stretch.start, stretch.end, sent[stretch.other_start : stretch.other_end])


def _only_counted(base: str, start: int, end: int, counted: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch is nothing but numbers that the word processor counts, and the signs between them."""
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b in counted)]
    touches = any(a < end and start < b for a, b in counted)
    return touches and not any(base[i].isalnum() for i in kept)


def _whole(base: str, start: int, end: int, new: str, change: TrackedChange | None = None) -> ParagraphEdit:
    return ParagraphEdit(*whole_words(base, start, end, new), change)


def tracked_edits(runs: Sequence[TrackedRun], sent: str) -> Iterator[ParagraphEdit]:
    """Deletions and insertions that touch, by the same person, are one change; so are words with a space between."""
    at = start = 0
    old, new, who = "", "", None
    pending = ""  # a space between two changes
    for run in runs:
        change = run.inserted or run.deleted
        if change is not None:
            if who is not None and not _goes_on(who, change, old if run.inserted else new, new):
                yield from _made(sent, start, old, new, who)
                old = new = pending = ""
                who = None
            if who is None:
                start, who = at, change
            elif change.move:
                who = change
            if pending:
                old, new, pending = old + pending, new + pending, ""
            if run.inserted:
                new += run.text
            else:
                old += run.text
        elif who is not None and not run.text.strip() and not who.move:
            pending += run.text
        elif who is not None and run.text:
            yield from _made(sent, start, old, new, who)
            old = new = pending = ""
            who = None
        if not run.inserted:
            at += len(run.text)
    if who is not None:
        yield from _made(sent, start, old, new, who)
    yield from _looks(runs)


def _goes_on(who: TrackedChange, change: TrackedChange, otherwise: str, new: str) -> bool:
    """Whether a change belongs to the one before: of a move, where both only take away or only put in one paragraph."""
    return who.author == change.author and (who.move == change.move or not (otherwise or MARK in new))


def _made(sent: str, start: int, old: str, new: str, who: TrackedChange) -> Iterator[ParagraphEdit]:
    if not old.strip() and not new.strip():
        return
    end = start + len(old)
    if MARK in new or who.move or not sent[:start].strip() + sent[end:].strip():
        yield ParagraphEdit(start, end, new, who)
        return
    left, right, words = whole_words(sent, start, end, new)
    if words != sent[left:right]:
        yield ParagraphEdit(left, right, words, who)


def _looks(runs: Sequence[TrackedRun]) -> Iterator[ParagraphEdit]:
    """Words that were made to look otherwise."""
    at = start = 0
    who: TrackedChange | None = None
    weight = ""
    for run in (*runs, TrackedRun("")):
        if who is not None and (run.look is None or (run.weight != weight and run.text.strip())):
            yield ParagraphEdit(start, at, LOOKS[weight], who, look=True)
            who = None
        if run.look is not None and who is None:
            start, who, weight = at, run.look, run.weight
        if not run.inserted:
            at += len(run.text)
