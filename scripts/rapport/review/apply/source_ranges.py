"""Where a block of the report is typed: the stretch of its file, and the stretches of the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import keys, tokens
from rapport.diff.thresholds import NOTE_SAYS
from rapport.model import Block, Draft, Span
from rapport.review.apply.printed_paragraphs import NOTE, PrintedParagraph
from rapport.review.apply.splice import CALL, Crossing, SourceParagraph

NOTE_TEXT = re.compile(
    r"^\[\^[^\]\n]+\]:.*(?:\n(?![ \t]*\n|[ \t]*\Z|\[\^).+)*(?:\n[ \t]*\n(?:[ ]{4}|\t).*(?:\n(?![ \t]*\n).+)*)*",
    re.MULTILINE,
)
CITATION = re.compile(r"\[(?:[^\[\]\n]|\n(?!\s*\n))*?(?<![\w\\])@[^\[\]]*\]")
CAPTION_TEXT = re.compile(r"^[ \t]*(?:[Tt]able)?:[ \t].*(?:\n(?![ \t]*\n|[ \t]*\Z).+)*", re.MULTILINE)


class SourceRange(Struct, frozen=True):
    """A place in a text: where it begins and ends."""

    start: int
    end: int


class SourceText:
    """One contribution's text, and where its blocks stand in it."""

    def __init__(self, draft: Draft) -> None:
        self.text = draft.source.text
        self.lines = [0, *(m.end() for m in re.finditer("\n", self.text))]
        self.passages = [self.offset(passage.span) for passage in draft.body.passages]
        self.items = [self.offset(item) for passage in draft.body.passages for item in passage.items]
        self.spans = [(p.span, *p.items) for p in draft.body.passages]

    def offset(self, span: Span) -> int:
        """The offset in the text of a span's beginning."""
        return self.lines[span.line - 1] + span.column - 1

    def passage(self, block: Block) -> int:
        """The number of the passage that a block is, or is a piece of."""
        return next(n for n, spans in enumerate(self.spans) if block.span in spans)

    def ground(self, block: Block, said: tuple[PrintedParagraph, ...], number: int) -> SourceParagraph:
        """The text under a block's paragraph of this number; raises `Crossing` where a note is not found again."""
        if said[number].side_kind:
            return self.side_range(said[number])
        words: list[str] = []
        first = 0
        for at, paragraph in enumerate(said):
            if at == number:
                first = len(words)
            words += [] if paragraph.side_kind else keys(paragraph.text)
        last = first + len(keys(said[number].text))
        in_notes = [CITATION] if any(paragraph.is_citation for paragraph in said) else []  # it prints no words here
        return self.lay_words(words, range(first, last), self.stretch(block), in_notes)

    def lay_words(
        self, words: Sequence[str], mine: range, stretch: SourceRange, asides: Sequence[re.Pattern[str]] = ()
    ) -> SourceParagraph:
        """Words laid along a stretch without notes, their calls, captions and `asides`; `mine`: which are wanted."""
        bare = self.text[: stretch.end]
        for aside in (NOTE_TEXT, CAPTION_TEXT, CALL, *asides):
            bare = aside.sub(lambda found: " " * len(found[0]), bare)
        found = [token for token in tokens(bare) if token.start >= stretch.start]
        places = common_places(words, [token.key for token in found])
        kept = {one - mine.start: other for one, other in places.items() if one in mine}
        return SourceParagraph(self.text, found, kept, 0, len(mine))

    def stretch(self, block: Block) -> SourceRange:
        """From the line on which a block begins to that on which the next passage (or recommendation) does."""
        at = self.offset(block.span)
        starts = self.passages if block.recommendation is None else [*self.passages, *self.items]
        following = min((start for start in starts if start > at), default=len(self.text))
        start, end = self.line(at), self.line(following) if following < len(self.text) else following
        return SourceRange(start, end if end > at else following)

    def line(self, at: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.text.rfind("\n", 0, at) + 1

    def side_range(self, paragraph: PrintedParagraph) -> SourceParagraph:
        """The text under a note or a caption: the one stretch that says its words."""
        words = keys(paragraph.text)
        scored: list[tuple[int, int, SourceParagraph]] = []
        for number, stretch in enumerate(self.notes() if paragraph.side_kind == NOTE else self.captions()):
            found = [t for t in tokens(self.text[: stretch.end]) if t.start >= stretch.start]
            places: Mapping[int, int] = common_places(words, [token.key for token in found])
            scored.append((len(places), number, SourceParagraph(self.text, found, places, 0, len(words))))
        scored.sort(reverse=True, key=lambda one: one[:2])
        if not scored or scored[0][0] < NOTE_SAYS * len(words) or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            raise Crossing
        return scored[0][2]

    def captions(self) -> Iterator[SourceRange]:
        """The words of each caption, without its mark."""
        return (
            SourceRange(found.start() + found[0].index(":") + 1, found.end())
            for found in CAPTION_TEXT.finditer(self.text)
        )

    def notes(self) -> Iterator[SourceRange]:
        """The words of each note, those of definitions before those of notes inside a line."""
        for found in NOTE_TEXT.finditer(self.text):
            yield SourceRange(found.start() + found[0].index("]:") + 2, found.end())
        for found in re.finditer(r"\^\[", self.text):
            depth, end = 1, found.end()
            while depth and end < len(self.text):
                depth += {"[": 1, "]": -1}.get(self.text[end], 0)
                end += 1
            yield SourceRange(found.end(), end - 1)
