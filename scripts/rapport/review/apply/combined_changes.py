"""Changes that touch different paragraphs, made on one state of the texts, so that each text is read again once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from operator import is_

from msgspec import Struct, field

from rapport.diff.alignment import common_ends, edit_script
from rapport.review.apply.edited_texts import EditedTexts, Proof, TextState, UnfaithfulEdit
from rapport.review.apply.grouped_changes import ParagraphChange
from rapport.review.apply.leaves import Leaf
from rapport.review.apply.splice import Crossing, SourceEdit


class EntangledChange(Exception):
    """A change that builds on what it, or another one, has just made: it is made after that was read."""


class _Slice(Struct, frozen=True):
    """The leaves of a text from `start` up to `end`, and those that take their place."""

    start: int
    end: int
    leaves: Sequence[Leaf]


class _FileChange(Struct, frozen=True):
    """What one change does to one file: its letters, its leaves, and what has to hold once it is read again."""

    edits: Sequence[SourceEdit]
    slices: Sequence[_Slice]
    proof: Proof | None

    def meets(self, other: _FileChange) -> bool:
        """Whether both touch the same letters or leaves, or put something at the same place."""
        return _meet(self.edits, other.edits) or _meet(self.slices, other.slices)


class _RecordedTexts(EditedTexts):
    """Texts that stay as they are; what a change would make of them is kept, by path."""

    file_changes: dict[str, _FileChange] = field(default_factory=dict)

    def make(self, path: str, edits: Sequence[SourceEdit], wanted: Sequence[Leaf], proof: Proof | None = None) -> None:
        if path in self.file_changes:
            raise EntangledChange
        slices = list(_slices(self.states[path].source.leaves, wanted))
        self.file_changes[path] = _FileChange(tuple(edits), slices, proof)


class CombinedChanges:
    """As many of some changes as touch different paragraphs, in their order; `later`: the others."""

    def __init__(self, texts: EditedTexts, changes: Iterable[ParagraphChange]) -> None:
        self.texts = texts
        self.changes: list[ParagraphChange] = []
        self.later: list[ParagraphChange] = []
        self.files: dict[str, list[_FileChange]] = {}
        self.recording = _RecordedTexts(texts.cache, dict(texts.states), {}, dict(texts.tails), texts.fresh)
        aside: set[int] = set()
        for one in changes:
            if one.name in aside or not self.take(one):
                aside.add(one.name)
                self.later.append(one)

    def take(self, one: ParagraphChange) -> bool:
        """Whether a change goes with those that are taken; it is taken then."""
        tails, self.recording.file_changes = dict(self.recording.tails), {}
        try:
            one.make(self.recording)
        except (EntangledChange, Crossing, UnfaithfulEdit):  # said when it is made alone
            self.recording.tails = tails
            return False
        made = self.recording.file_changes
        if any(change.meets(other) for path, change in made.items() for other in self.files.get(path, ())):
            self.recording.tails = tails
            return False
        for path, change in made.items():
            self.files.setdefault(path, []).append(change)
        self.changes.append(one)
        return True

    def make(self) -> None:
        """The texts with all of them, each read again once; raises `UnfaithfulEdit` or `Crossing`, some being made."""
        texts, edits = self.texts, {path: [e for one in made for e in one.edits] for path, made in self.files.items()}
        texts.parse([(texts.states[path].source.draft, texts.text_with(path, edits[path])) for path in edits])
        for path, changes in self.files.items():
            proofs = [one.proof for one in changes if one.proof]
            wanted = _leaves(texts.states[path], changes)
            texts.make(path, edits[path], wanted, partial(_prove_all, proofs))
        self.texts.tails, self.texts.fresh = self.recording.tails, self.recording.fresh


def _prove_all(proofs: Iterable[Proof], state: TextState) -> None:
    for proof in proofs:
        proof(state)


def _meet(some: Sequence[SourceEdit] | Sequence[_Slice], others: Sequence[SourceEdit] | Sequence[_Slice]) -> bool:
    return any(
        (a.start < b.end and b.start < a.end) or (a.start == a.end == b.start == b.end) for a in some for b in others
    )


def _slices(before: Sequence[Leaf], wanted: Sequence[Leaf]) -> Iterable[_Slice]:
    """Where the leaves wanted are other objects than those before."""
    first, tail = common_ends(before, wanted, is_)
    old, new = before[first : len(before) - tail], wanted[first : len(wanted) - tail]
    for same, start, end, at, to in edit_script([*map(id, old)], [*map(id, new)]):
        if not same:
            yield _Slice(first + start, first + end, new[at:to])


def _leaves(state: TextState, changes: Iterable[_FileChange]) -> list[Leaf]:
    """The leaves of a text with all these changes."""
    found = list(state.source.leaves)
    slices = [one for change in changes for one in change.slices]
    for one in sorted(slices, key=lambda s: (s.start, s.end), reverse=True):
        found[one.start : one.end] = one.leaves
    return found
