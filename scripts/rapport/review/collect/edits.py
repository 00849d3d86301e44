"""What was done to the words of one paragraph: tracked changes as a reader sees them, and those nobody tracked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.alignment import edit_script
from rapport.diff.paragraph_matching import Item
from rapport.diff.thresholds import REWRITTEN
from rapport.diff.words import Token, WordPositions, likeness, token_script, tokens, whole_words, word_changes
from rapport.office.tracked_text import (
    NoteCall,
    TrackedChange,
    TrackedParagraph,
    TrackedRun,
    words_accepted,
    words_refused,
)
from rapport.review.collect.several_hands import hands_apart
from rapport.review.freeze.draft_map import comparable, counted_stretches

NUMERAL = re.compile(r"\d+|[IVXLC]+")
MARK = "¶"  # a paragraph's end, in the words of a change
NOBODY = TrackedChange("", "")


class ParagraphEdit(Struct, frozen=True):
    """A stretch of a paragraph's words in the draft, and what they became; `change` says who, if it was tracked.

    `struck_words` are words that somebody else had put in; `look`: the words are the same and look as in this run.
    """

    start: int
    end: int
    new: str
    change: TrackedChange | None = None
    look: TrackedRun | None = None
    struck_words: str = ""

    @property
    def is_tracked(self) -> bool:
        return self.change is not None


class PlacedCall(Struct, frozen=True):
    """The call of a note, and how many letters of its paragraph as it was sent stand before it."""

    call: NoteCall
    start: int


class Unit(Struct, frozen=True, dict=True):
    """One returned paragraph as it was sent, made of one line or, where it was cut since, of several."""

    lines: tuple[int, ...]
    runs: tuple[TrackedRun, ...]
    part: str
    table: bool
    names: frozenset[str]
    note: str
    joining: TrackedChange | None
    look: TrackedChange | None
    calls: tuple[PlacedCall, ...] = ()

    @cached_property
    def text_sent(self) -> str:
        return words_refused(self.runs)

    @cached_property
    def text_now(self) -> str:
        return words_accepted(self.runs)

    @property
    def inserted_words(self) -> str:
        """The words that were put in, those too that somebody else struck."""
        return "".join(run.text for run in without_undone_changes(self.runs) if run.insertion)

    @property
    def counted_ranges(self) -> tuple[tuple[int, int], ...]:
        """The stretches (start, end) of its words, as sent, that Word counts by itself."""
        return counted_stretches(self.runs)

    @property
    def item(self) -> Item:
        """The paragraph as something to be matched."""
        return Item(comparable(self.text_sent, self.counted_ranges), self.names, self.part, self.table, self.text_sent)

    @property
    def is_changed(self) -> bool:
        return any(run.insertion or run.deletion for run in self.runs)


def unit(indices: Sequence[int], lines: Sequence[TrackedParagraph]) -> Unit:
    """The lines that were one paragraph; an end of paragraph put in since is an inserted mark."""
    runs: list[TrackedRun] = []
    calls: list[PlacedCall] = []
    for at, index in enumerate(indices):
        line = lines[index]
        so_far = len(words_refused(runs)) if line.calls else 0
        calls += [PlacedCall(call, so_far + line.sent_letters_before(call.run)) for call in line.calls]
        runs += line.runs
        if line.splitting is not None and at < len(indices) - 1:
            runs.append(TrackedRun(MARK, insertion=line.splitting))
    first, last = lines[indices[0]], lines[indices[-1]]
    looks = [lines[i].look for i in indices if lines[i].look]
    names = frozenset(name for i in indices for name in lines[i].names)
    return Unit(
        lines=tuple(indices),
        runs=tuple(runs),
        part=first.part,
        table=first.table,
        names=names,
        note=first.note,
        joining=last.joining,
        look=looks[0] if looks else None,
        calls=tuple(calls),
    )


def lead(text: str) -> int:
    """How many spaces a paragraph begins with."""
    return len(text) - len(text.lstrip())


def join_lines(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def join_units(units: Sequence[Unit]) -> tuple[TrackedRun, ...]:
    """The runs of paragraphs that were one in the draft, a space between them."""
    runs: list[TrackedRun] = []
    for index, one in enumerate(units):
        runs += [TrackedRun(" "), *one.runs] if index else one.runs
    return tuple(runs)


def edits(base: str, runs: Sequence[TrackedRun], counted: Sequence[tuple[int, int]]) -> Iterator[ParagraphEdit]:
    """Everything that was done to a paragraph whose words in the draft are `base`."""
    sent = words_refused(runs)
    if base != sent:
        yield from untracked_edits(base, sent, counted, counted_stretches(runs))
    if not any(run.insertion or run.deletion or run.look for run in runs):
        return
    to_base = WordPositions(sent, base)
    for edit in tracked_edits(runs, sent):
        start, end = to_base(edit.start), to_base(edit.end, end=True) if edit.end > edit.start else -1
        if edit.start == edit.end:
            start = end = to_base(edit.start, end=True) if edit.start else 0
        yield replace(edit, start=start, end=max(end, start))


def untracked_edits(
    base: str, sent: str, counted: Sequence[tuple[int, int]], recounted: Sequence[tuple[int, int]] = ()
) -> Iterator[ParagraphEdit]:
    """What differs from the draft without any mark of change; `recounted`: the numbers that were counted anew."""
    if base == sent or _only_counted(base, 0, len(base), counted):
        return
    sent = _counted_as_then(base, sent, counted, recounted)
    if likeness(base, sent) < REWRITTEN:
        lead = len(base) - len(base.lstrip())
        yield ParagraphEdit(lead, len(base.rstrip()), sent.strip())
        return
    for stretch in word_changes(base, sent):
        if not _only_counted(base, stretch.start, stretch.end, counted):
            yield _whole(base, stretch.start, stretch.end, sent[stretch.other_start : stretch.other_end])


def _counted_as_then(
    base: str, sent: str, counted: Sequence[tuple[int, int]], recounted: Sequence[tuple[int, int]]
) -> str:
    """The words as they came, with the numbers that the word processor counts as they were in the draft."""
    left, right = (tokens(base), tokens(sent)) if counted else ((), ())
    pieces, at = [], 0
    for same, a, b, c, d in edit_script(
        _counted_alike(left, counted if recounted else ()), _counted_alike(right, recounted)
    ):
        if same:
            stretches = [(a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a) if _is_within(left[a + n], counted)]
        else:
            stretches = [(a, b, c, d)] if a < b and c < d else []
        for first, last, i, j in stretches:
            mine = all(_is_within(one, counted) for one in left[first:last] if one.key.isalnum())
            if mine and all(NUMERAL.fullmatch(one.key) for one in right[i:j] if one.key.isalnum()):
                pieces += [sent[at : right[i].start], base[left[first].start : left[last - 1].end]]
                at = right[j - 1].end
    return "".join([*pieces, sent[at:]])


def _counted_alike(words: Sequence[Token], counted: Sequence[tuple[int, int]]) -> list[str]:
    """What words are compared by: a number that is counted is like any other."""
    return ["#" if _is_within(one, counted) else one.key for one in words]


def _is_within(word: Token, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in stretches)


def _only_counted(base: str, start: int, end: int, counted: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch is nothing but numbers that the word processor counts, and the signs between them."""
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b in counted)]
    touches = any(a < end and start < b for a, b in counted)
    return touches and not any(base[i].isalnum() for i in kept)


def _whole(base: str, start: int, end: int, new: str, change: TrackedChange | None = None) -> ParagraphEdit:
    return ParagraphEdit(*whole_words(base, start, end, new), change)


def tracked_edits(runs: Sequence[TrackedRun], sent: str) -> Iterator[ParagraphEdit]:
    """Deletions and insertions that touch, by the same person, are one change; so are words with a space between."""
    runs, later = hands_apart(runs)
    for hand in later:
        yield from _made(sent, hand.start, hand.old, hand.new, hand.who)
    at = start = 0
    old, new, who = "", "", None
    pending = ""  # a space between two changes
    for run in without_undone_changes(runs):
        change = run.insertion or run.deletion
        if change is not None:
            if who is not None and not _goes_on(who, change, old if run.insertion else new, new):
                yield from _made(sent, start, old, new, who)
                old = new = pending = ""
                who = None
            if who is None:
                start, who = at, change
            elif change.move:
                who = change
            if pending:
                old, new, pending = old + pending, new + pending, ""
            if run.insertion:
                new += run.text
            else:
                old += run.text
        elif who is not None and not run.text.strip() and not who.move:
            pending += run.text
        elif who is not None and run.text:
            yield from _made(sent, start, old, new, who)
            old = new = pending = ""
            who = None
        if not run.insertion:
            at += len(run.text)
    if who is not None:
        yield from _made(sent, start, old, new, who)
    yield from _looks(runs)
    yield from strikes(runs)


def without_undone_changes(runs: Sequence[TrackedRun]) -> Iterator[TrackedRun]:
    """The runs without what one person put in and took out again; what another took out of it is still put in."""
    for run in runs:
        if run.insertion and run.deletion:
            if run.insertion.author != run.deletion.author:
                yield replace(run, deletion=None)
        else:
            yield run


def strikes(runs: Sequence[TrackedRun]) -> Iterator[ParagraphEdit]:
    """What one person put in and another took out."""
    at, words, who = 0, "", NOBODY
    for run in (*runs, TrackedRun("")):
        strike = (
            run.deletion if run.insertion and run.deletion and run.insertion.author != run.deletion.author else None
        )
        if words.strip(f" {MARK}") and (strike is None or strike.author != who.author):
            yield ParagraphEdit(at, at, "", who, struck_words=words.strip(f" {MARK}"))
        words, who = (words + run.text if strike.author == who.author else run.text, strike) if strike else ("", NOBODY)
        at += 0 if run.insertion else len(run.text)


def typographic_changes(base: str, sent: str) -> int:
    """In how many places two texts differ by kinds of spaces, quotation marks and dashes alone."""
    if base == sent:
        return 0
    left, right = tokens(base), tokens(sent)
    found = 0
    for same, a, b, c, _ in token_script(left, right):
        pairs = list(zip(left[a:b], right[c:], strict=False)) if same else []
        found += sum(1 for one, other in pairs if base[one.start : one.end] != sent[other.start : other.end])
        for (one, other), (then, now) in pairwise(pairs):
            found += base[one.end : then.start] != sent[other.end : now.start]
    return found


def _goes_on(who: TrackedChange, change: TrackedChange, otherwise: str, new: str) -> bool:
    """Whether a change belongs to the one before: of a move, where both only take away or only put in one paragraph."""
    return who.author == change.author and (who.move == change.move or not (otherwise or MARK in new))


def _made(sent: str, start: int, old: str, new: str, who: TrackedChange) -> Iterator[ParagraphEdit]:
    if old == new:
        return
    end = start + len(old)
    whole = not sent[:start].strip() + sent[end:].strip()
    if MARK in new or who.move or (whole and (old + new).strip()):
        yield ParagraphEdit(start, end, new, who)
        return
    left, right, words = whole_words(sent, start, end, new)
    if words != sent[left:right]:
        yield ParagraphEdit(left, right, words, who)


def _look(run: TrackedRun) -> tuple[str, ...]:
    return run.weight, run.marking, run.link


def _looks(runs: Sequence[TrackedRun]) -> Iterator[ParagraphEdit]:
    """Words that were made to look otherwise."""
    at = start = 0
    first: TrackedRun | None = None
    for run in (*runs, TrackedRun("")):
        if first is not None and (run.look is None or (_look(run) != _look(first) and run.text.strip())):
            yield ParagraphEdit(start, at, "", first.look, look=first)
            first = None
        if run.look is not None and first is None:
            start, first = at, run
        if not run.insertion:
            at += len(run.text)
