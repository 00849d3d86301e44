"""Whether every word that was received is printed: what was typed, read for its words alone, against the document.

Everything else in this room begins with what `markdown` made of a text; what it lost would be missed nowhere. The words
that an edition holds back count as they were read, since nobody prints them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from rapport import rules
from rapport.diff.alignment import common_places
from rapport.inventory.gone_words import gone_words
from rapport.inventory.typed_words import TypedWord, folded_words, typed_words
from rapport.model import Block, Contribution, Diagnostic, Draft, Edition, Source, Span
from rapport.proof.completeness import PROGRAM
from rapport.proof.expectation import words_of_nodes
from rapport.proof.forbidden import withheld_passages
from rapport.proof.reading import CALL, CALLS, END, OPEN, PICTURE
from rapport.proof.transcript import ExpectedPiece, ExpectedText

# What citations call the places of a work, each in its own way.
LOCATORS = frozenset(
    "p pp page pages chap chapitre chapitres chapter art article articles par paragraphe paragraphes paragraph "
    "para paras point points n no note notes fn vol volume vols sect sec section sections partie part figure fig "
    "ligne l".split()
)


class PrintedText(Struct, frozen=True):
    """The words of one text that are printed or held back, and, apart, those that the program added."""

    words: Sequence[str]
    program_words: Sequence[str]

    def lost_words(self, text: str, numbered: Collection[str]) -> tuple[TypedWord, ...]:
        """The words of a contribution's file that are nowhere here; `numbered`: kinds that need not be."""
        typed = typed_words(text)
        gone = gone_words([one.word for one in typed if one.kind != "citation"], self.words)
        gone -= Counter(one.word for one in typed if one.kind in numbered)
        in_citations = Counter(one.word for one in typed if one.kind == "citation" and one.word not in LOCATORS)
        cited = in_citations - Counter(self.program_words)
        return tuple(self._located(typed, gone, cited, numbered)) if gone or cited else ()

    def _located(
        self, typed: Sequence[TypedWord], gone: Counter[str], cited: Counter[str], numbered: Collection[str]
    ) -> list[TypedWord]:
        """The words of these counts, where the texts differ."""
        kept = common_places([one.word for one in typed], self.words)
        found = set[int]()
        for at in sorted(range(len(typed)), key=lambda at: (at in kept, at)):
            one = typed[at]
            count = cited if one.kind == "citation" else gone
            if count[one.word] > 0 and one.kind not in numbered:
                count[one.word] -= 1
                found.add(at)
        return [typed[at] for at in sorted(found)]


def printed_text(pieces: Iterable[ExpectedPiece]) -> PrintedText:
    """The words of some pieces."""
    words, program_words = list[str](), list[str]()
    for piece in pieces:
        said = "".join(piece.words)
        if CALL in said or OPEN in said:
            said = CALLS.sub("", said)
            program_words += folded_words(" ".join(PROGRAM.findall(said)))
            said = PROGRAM.sub("", said)
        words += folded_words(said.replace(PICTURE, " ").replace(END, " "))
    return PrintedText(words, program_words)


def unread_words(draft: Draft) -> Iterator[Diagnostic]:
    """S07 for the words of a text that were typed and not read, before anything is printed."""
    read = printed_text(words_of_nodes(passage.node for passage in draft.body.passages))
    for span, words in _places(draft.source, read.lost_words(draft.source.text, ("jump",))):
        yield Diagnostic(rules.LOST_TEXT, span, {"text": words})


class ReceivedTexts(Struct, frozen=True):
    """The accepted texts that an edition prints in French, by their files as they were received."""

    edition: Edition
    accepted: Sequence[Contribution]
    sources: Mapping[str, Source]

    def withheld(self, contribution: Contribution) -> list[ExpectedPiece]:
        """What of a text this edition holds back."""
        if self.edition is Edition.CONFIDENTIAL:
            return []
        return words_of_nodes(passage.node for passage in withheld_passages(contribution))

    def unprinted_words(self, expected: ExpectedText, blocks: Mapping[str, Block]) -> Iterator[Diagnostic]:
        """V02 for words that were typed and are neither in the document nor held back."""
        pieces = _printed_pieces(expected, blocks)
        for contribution in self.accepted:
            said = printed_text([*pieces[contribution.path], *self.withheld(contribution)])
            source = self.sources[contribution.path]
            for span, words in _places(source, said.lost_words(source.text, ("number", "jump"))):
                facts = {"output": "document", "words": words, "near": contribution.theme}
                yield Diagnostic(rules.LOST_IN_OUTPUT, span, facts)

    def words_to_print(self) -> int:
        """How many words were looked for in what is printed."""
        typed = sum(
            one.kind in ("", "citation") for c in self.accepted for one in typed_words(self.sources[c.path].text)
        )
        return typed - sum(len(printed_text(self.withheld(c)).words) for c in self.accepted)


def _printed_pieces(expected: ExpectedText, blocks: Mapping[str, Block]) -> Mapping[str, list[ExpectedPiece]]:
    """What is printed of each text, by its path; numbers left out, which the report gives anew: « a) » for « 1. »."""
    pieces: dict[str, list[ExpectedPiece]] = defaultdict(list)
    for piece in (*expected.pieces, *expected.note_pieces):
        if piece.kind != "number" and (block := blocks.get(piece.owner)):
            pieces[block.span.path].append(piece)
    return pieces


def _places(source: Source, lost: Iterable[TypedWord]) -> Iterator[tuple[Span, str]]:
    """The lost words of each line, where the first of them stands."""
    lines = source.text.split("\n")
    for number, words in groupby(lost, key=lambda one: one.line):
        said = [one.word for one in words]
        column = max(lines[number - 1].casefold().find(said[0]), 0)
        yield Span(source.path, number, column + 1, len(said[0])), " ".join(said)
