"""English from a form laid beside the English of the file, passage by passage: what each becomes, and what is told.

A line that only one side changed since the form was made is that side's; where both did, the file's stays and the
form's is put aside at the end of the file (`.retire`), never printed, for the editor to choose. Nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.diff.thresholds import ENGLISH_OF
from rapport.forms.translation import english_lines
from rapport.intake.states import Notification
from rapport.intake.translation_form import FilledForm, FormLine
from rapport.language.folding import fold_words
from rapport.safeguarding.masks import MASK
from rapport.translation.file import CHECKED, REMOVED, REVISE, TranslationEntry
from rapport.translation.pairing import Pair, Pairing
from rapport.translation.passage_lines import TextLine, as_markdown, first_words, lines_of, plain, stamp, with_lines
from rapport.translation.quote import reference
from rapport.translation.translations import Translation


class TranslationMerge(Struct):
    """What a form made of a translation: its pairing, how many passages are new or changed, what is told of others.

    `placed_lines` are the lines of English that went into the file or were there already.
    """

    pairing: Pairing
    new_count: int = 0
    changed_count: int = 0
    notifications: list[Notification] = field(default_factory=list)
    placed_lines: list[TextLine] = field(default_factory=list)


class _Passage(Struct, frozen=True):
    """A passage of today: its lines in French and in English (None: English of another form)."""

    pair: Pair
    french: tuple[TextLine, ...]
    english: tuple[TextLine, ...] | None

    @property
    def stamps(self) -> tuple[str, ...]:
        return tuple(stamp(as_markdown(line)) for line in self.french)


def merge_form(form: FilledForm, before: Translation, own: str) -> TranslationMerge:
    """The English of a form put where its French is today."""
    return _Merging(form, before, own).result()


class _Merging:
    def __init__(self, form: FilledForm, before: Translation, own: str) -> None:
        self.form, self.own = form, own
        self.passages = [_passage(one, before, own) for one in before.pairing.pairs]
        self.merged = TranslationMerge(before.pairing)
        self.pairs = {one.pair.original.ref: one.pair for one in self.passages}
        self.left = list(before.pairing.leftover_entries)

    def result(self) -> TranslationMerge:
        groups = [list(lines) for _, lines in groupby(self.form.lines, key=lambda one: one.passage)]
        found = [self.same_passage(group) for group in groups]
        known = {one.pair.original.ref for one in found if one}
        for group, passage in zip(groups, found, strict=True):
            self.tell_shape(group)
            nearest = passage or (self.nearest(group, known) if any(plain(one.english) for one in group) else None)
            if passage is None and nearest is None:
                self.put_aside(group, None, "told-lost")
            elif nearest is not None:
                known.add(nearest.pair.original.ref)
                self.place(group, nearest, stale=passage is None)
        pairs = tuple(self.pairs[one.pair.original.ref] for one in self.passages)
        self.merged.pairing = replace(self.merged.pairing, pairs=pairs, leftover_entries=tuple(self.left))
        return self.merged

    def tell(self, name: str, text: str) -> None:
        self.merged.notifications.append(Notification(name, {"text": first_words(text)}))

    def tell_shape(self, group: Sequence[FormLine]) -> None:
        """Several paragraphs in one place, pictures."""
        for line in group:
            if line.paragraphs > 1:
                self.tell("told-joined", plain(line.english))
            if line.pictures:
                self.tell("told-picture", line.french)

    # ------------------------------------------------------------ whose English it is

    def same_passage(self, group: Sequence[FormLine]) -> _Passage | None:
        """The passage whose lines these are, by their codes, else by their words."""
        stamps = [one.stamp for one in group]
        said = [fold_words(one.french) for one in group]
        for passage in self.passages:
            words = [fold_words(plain(line)) for line in passage.french]
            if _goes_through(stamps, passage.stamps) or (not any(stamps) and _goes_through(said, words)):
                return passage
        return None

    def nearest(self, group: Sequence[FormLine], known: set[str]) -> _Passage | None:
        """The passage that the French of these lines has become."""
        from rapidfuzz import fuzz  # late: most forms come back while their French stands

        said = " ".join(one.french for one in group)
        free = [one for one in self.passages if one.pair.original.ref not in known]
        alike = [(fuzz.ratio(said, " ".join(map(plain, one.french))), at) for at, one in enumerate(free)]
        best, at = max(alike, default=(0, 0))
        return free[at] if best >= ENGLISH_OF else None

    # ------------------------------------------------------------ what becomes of it

    def place(self, group: Sequence[FormLine], passage: _Passage, stale: bool) -> None:
        typed = self.typed_lines(group, passage, stale)
        text = " ".join(one.french for one in group)
        if typed is None or passage.english is None:
            self.put_aside(group, passage, "told-aside")
            return
        if passage.pair.original.confidential and any(map(plain, typed)):
            self.tell("told-confidential", text)
        printed = self.printed_stamps(group, passage, stale)
        self.tell_french(() if stale else group, passage)
        lines, aside = list[TextLine](), False
        for new, old, mark in zip(typed, passage.english, printed, strict=True):
            kept = _choice(new, old, mark)
            aside = aside or kept is None
            lines.append(old if kept is None else kept)
            if not plain(new) and plain(old) and mark == stamp(as_markdown(old)):
                self.tell("told-emptied", text)
        if aside:
            self.put_aside(group, passage, "told-aside")
        if any(as_markdown(a) != as_markdown(b) for a, b in zip(lines, passage.english, strict=True)):
            self.write(passage, lines, group if stale else ())
        self.merged.placed_lines += lines

    def tell_french(self, group: Sequence[FormLine], passage: _Passage) -> None:
        """French that was typed over, where its code says that it was that of today."""
        for at, line in zip(_places(group, passage), group, strict=True):
            there = f"{line.french} {line.side_text}"
            if MASK not in there and not set(fold_words(there).split()) >= set(
                fold_words(plain(passage.french[at])).split()
            ):
                self.tell("told-french", line.french)

    def typed_lines(self, group: Sequence[FormLine], passage: _Passage, stale: bool) -> list[TextLine] | None:
        """The English of each line of a passage; None where its lines are no longer these."""
        if stale:
            return [one.english for one in group] if len(group) == len(passage.french) else None
        found = dict(zip(_places(group, passage), group, strict=True))
        lines = [found[at].english if at in found else () for at in range(len(passage.french))]
        notes = self.form.notes.get(group[0].passage, [])
        first = len(lines) - len(notes)  # Word's own footnotes, where the French has as many
        for at, note in enumerate(notes):
            if first > 0 and not plain(lines[first + at]):
                lines[first + at] = note
        return lines

    def printed_stamps(self, group: Sequence[FormLine], passage: _Passage, stale: bool) -> list[str]:
        """The stamp of what English each line had in the form."""
        places = range(len(group)) if stale else _places(group, passage)
        found = {at: one.english_stamp for at, one in zip(places, group, strict=True)}
        return [found.get(at, "") for at in range(len(passage.french))]

    def write(self, passage: _Passage, lines: Sequence[TextLine], stale: Sequence[FormLine]) -> None:
        """The English of a passage as it is now; French stands in where a line has none."""
        pair, was = passage.pair, passage.pair.entry
        gaps = [not plain(line) for line in lines]
        whole = [
            as_markdown(french if gap else line) for french, line, gap in zip(passage.french, lines, gaps, strict=True)
        ]
        english = with_lines(pair.original.node, whole, self.own)
        marks = (was.marks if was else frozenset[str]()) - {CHECKED, REVISE, REMOVED}
        quote = pair.original.quote
        if stale:
            quote = "\n".join(one.french for one in stale)
            self.tell("told-stale", quote)
        if any(gaps):
            marks |= {REVISE}
            self.tell("told-gaps", " ".join(map(plain, passage.french)))
        entry = TranslationEntry(pair.original.ref, quote, english, marks=marks)
        self.pairs[pair.original.ref] = Pair(pair.original, entry, bool(stale))
        if was and was.english:
            self.merged.changed_count += 1
        else:
            self.merged.new_count += 1

    def put_aside(self, group: Sequence[FormLine], passage: _Passage | None, why: str) -> None:
        """English that has no place, at the end of the file, once."""
        lines = [one.english for one in group if plain(one.english).strip()]
        untouched = all(
            one.english_stamp == stamp(as_markdown(one.english)) for one in group if plain(one.english).strip()
        )
        self.merged.placed_lines += lines
        if not lines or untouched:
            return
        quote = passage.pair.original.quote if passage else "\n".join(one.french for one in group)
        ref = passage.pair.original.ref if passage else reference(quote)
        marks = passage.pair.entry.marks if passage and passage.pair.entry else frozenset[str]()
        entry = TranslationEntry(ref, quote, "\n\n".join(map(as_markdown, lines)), marks=marks | {REMOVED})
        if entry.english not in [one.english for one in self.left]:
            self.left.append(entry)
        self.tell(why, quote)


def _passage(one: Pair, before: Translation, own: str) -> _Passage:
    french = lines_of(one.original.node, own)
    english = english_lines(one, before, own, len(french))
    if english is not None:  # French that stands in is no English yet
        english = tuple(() if as_markdown(e) == as_markdown(f) else e for e, f in zip(english, french, strict=True))
    return _Passage(one, french, english)


def _choice(new: TextLine, old: TextLine, printed: str) -> TextLine | None:
    """The line that counts; None where both sides changed it."""
    theirs, ours = as_markdown(new), as_markdown(old)
    if not theirs or theirs == ours or printed == stamp(theirs):
        return old
    return new if not ours or printed == stamp(ours) else None


def _goes_through(some: Sequence[str], all_: Sequence[str]) -> bool:
    """Whether the first stand in the second, in their order."""
    rest = iter(all_)
    return any(some) and all(one in rest for one in some)


def _places(group: Sequence[FormLine], passage: _Passage) -> Iterator[int]:
    """Where each line stands in a passage that has them all."""
    words = [fold_words(plain(line)) for line in passage.french]
    at = 0
    for line in group:
        while not (line.stamp == passage.stamps[at] or (not line.stamp and fold_words(line.french) == words[at])):
            at += 1
        yield at
        at += 1
