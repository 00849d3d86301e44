"""Contributions on their way, in memory: a change made is read again at once, and is made only if it reads true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import tree
from rapport.markdown import parse
from rapport.model import Draft, Source
from rapport.project.read import ContributionFile
from rapport.review.apply.leaves import Leaf, LeafSource, Lines, leaves
from rapport.review.apply.printed_paragraphs import NOTE
from rapport.review.apply.source_ranges import NOTE_TEXT
from rapport.review.apply.splice import CALL, Collision, Crossing, SourceEdit
from rapport.storage.cache import Cache

ReadText = tuple[Draft, list[Leaf]]
Proof = Callable[["TextState"], None]  # raises `UnfaithfulEdit` where a text, read again, is not as wanted


class UnfaithfulEdit(Exception):
    """Made so, the text would not be read as what was accepted."""


class TextState(Struct, frozen=True):
    """One contribution on its way: its text as read, and its leaves under their names."""

    source: LeafSource

    @property
    def text(self) -> str:
        return self.source.text

    def leaf(self, name: int) -> Leaf:
        """The leaf of this name; raises `Collision` where it is gone."""
        found = next((leaf for leaf in self.source.leaves if leaf.name == name), None)
        if found is None:
            raise Collision
        return found

    def group(self, leaf: Leaf) -> list[Leaf]:
        """A paragraph and the notes that it calls."""
        at = self.source.leaves.index(leaf)
        found = [leaf]
        for following in self.source.leaves[at + 1 :]:
            if following.side_kind != NOTE or following.passage != leaf.passage:
                break
            found.append(following)
        return found


class EditedTexts(Struct):
    """The contributions in their new state, by path; `tails`: after which leaf what comes next after one is put.

    `read_before` keeps what each text was read as, by path and text, for those who try the same changes again.
    """

    cache: Cache
    states: dict[str, TextState]
    read_before: dict[tuple[str, str], ReadText]
    tails: dict[tuple[str, int], int] = field(default_factory=dict)
    fresh: int = 1_000_000

    def name(self) -> int:
        """A name that no leaf has."""
        self.fresh += 1
        return self.fresh

    def make(self, path: str, edits: Sequence[SourceEdit], wanted: Sequence[Leaf], proof: Proof | None = None) -> None:
        """The text with these edits, read again; raises `UnfaithfulEdit` where it is not just the leaves `wanted`."""
        again = self.read(self.states[path].source.draft, self.text_with(path, edits), wanted)
        if proof is not None:
            proof(again)
        self.states[path] = again

    def text_with(self, path: str, edits: Sequence[SourceEdit]) -> str:
        """The text with these edits; raises `Crossing` where they touch."""
        text, last = self.states[path].text, len(self.states[path].text) + 1
        for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
            if edit.end > last:
                raise Crossing
            text, last = text[: edit.start] + edit.new + text[edit.end :], edit.start
        return text

    def read(self, before: Draft, text: str, wanted: Sequence[Leaf]) -> TextState:
        """A text read again, its leaves under the names that they had; raises `UnfaithfulEdit` where it is another."""
        self.parse([(before, text)])
        again, found = self.read_before[(before.source.path, text)]
        if again.body.error or len(found) != len(wanted) or lost_word_count(again) > lost_word_count(before):
            raise UnfaithfulEdit
        if not all(want.says(one) for want, one in zip(wanted, found, strict=True)):
            raise UnfaithfulEdit
        if [f for leaf in wanted for f in leaf.frame] != [f for leaf in found for f in leaf.frame]:
            raise UnfaithfulEdit
        named = [
            replace(
                one, printed_words=w.printed_words, name=w.name, is_recommendation=w.is_recommendation, notes=w.notes
            )
            for w, one in zip(wanted, found, strict=True)
        ]
        return TextState(LeafSource(again, named))

    def parse(self, texts: Iterable[tuple[Draft, str]]) -> None:
        """Texts and their leaves into `read_before`, those not known by one pandoc; each with what it was."""
        sent = [
            ContributionFile(before.association, before.theme, Source(before.source.path, text, ""))
            for before, text in texts
            if (before.source.path, text) not in self.read_before
        ]
        for again in parse.parse(sent, self.cache):
            self.read_before[(again.source.path, again.source.text)] = again, leaves(again)


def lost_word_count(draft: Draft) -> int:
    """How many words the reading of a text loses."""
    return len(draft.body.finds_of("lost"))


# ---------------------------------------------------------------- between paragraphs


def without_lines(text: str, start: int, end: int) -> SourceEdit:
    """Whole lines gone, with the blank ones after them where some stand before them too."""
    end = min(end + 1, len(text))
    before = text[:start].rstrip("> \t")
    if before.endswith("\n\n") or not before:
        end = after_blank(text, end)
    return SourceEdit(start, end, "")


def after_blank(text: str, at: int) -> int:
    """The place after the blank lines that begin here."""
    found = re.compile(r"(?:[ \t>]*\n)*").match(text, at)
    return found.end() if found else at


def uncalled_notes(state: TextState, gone: str) -> Iterator[SourceEdit]:
    """The texts of the notes that nothing calls once these words are gone."""
    for call in set(CALL.findall(gone)):
        if len(re.findall(re.escape(call) + r"(?!:)", state.text)) == gone.count(call):
            for found in NOTE_TEXT.finditer(state.text):
                if found[0].startswith(f"{call}:"):
                    yield without_lines(state.text, *found.span())


def separator(leaf: Leaf, lines: Lines) -> str:
    """What stands between a paragraph and the next one of its kind."""
    quoted = lines.indent.rstrip(" \t") if ">" in lines.indent else ""
    return "\n" if leaf.begins_item and tree.kind(leaf.node) == "Plain" else f"\n{quoted}\n"


def after_list(text: str, end: int) -> str:
    """The blank line that a list wants before it where none stands there."""
    return "" if text[end : end + 2] in ("\n\n", "\n", "") else "\n"


def continuation_lines(raw: str, indent: str) -> str:
    """The lines of a paragraph under another lead."""
    first, *others = raw.split("\n")
    return "\n".join([first, *(indent + line.lstrip(" \t>") for line in others)])
