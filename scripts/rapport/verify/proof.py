"""verify: the finished outputs, read back, against what was accepted.

Two steps make the proof. The document that the outputs were made of holds every block of every contribution (`kept`);
each output says what the document says, letter by letter, number by number, in the same order, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapport import rules
from rapport.cache import Cache
from rapport.images import Image
from rapport.model import Block, Diagnostic, Document, Report, Rule, Span
from rapport.verify.differences import Difference, differences
from rapport.verify.docx_reading import read_docx
from rapport.verify.expected import Expected, Piece, expected
from rapport.verify.forbidden import Sentence, letters
from rapport.verify.html_reading import read_html
from rapport.verify.kept import block_id, departures
from rapport.verify.pdf_reading import read_pdf
from rapport.verify.pictures import same_picture
from rapport.verify.properties import telling, telling_picture
from rapport.verify.reading import BREAK, CALL, CELL, CLOSE, END, MARKS, OPEN, PICTURE, Reading, Unreadable, fold

READERS: Mapping[str, Callable[[bytes], Reading]] = {"docx": read_docx, "pdf": read_pdf, "html": read_html}
MOST = 12  # diagnostics of one output: what is torn in more places is told well enough by these
WIDE = 80  # letters of an excerpt
OURS = str.maketrans("", "", BREAK + OPEN + CLOSE)
LEFT_OVER = re.compile(r"\{\{|\{%|\]\{|:::|\?\?\?|\[@|\]\(|<!--|\bslot\b")
NUMBER = re.compile(r"\d+")
"""Which rule a difference breaks, by the kind of the piece; what is not here is plain text."""
RULES: Mapping[str, Rule] = {
    "number": rules.WRONG_NUMBER,
    "provenance": rules.WRONG_ASSOCIATION,
    "note": rules.NOTE_DIFFERS,
    "cell": rules.CELL_DIFFERS,
    "caption": rules.CAPTION_DIFFERS,
}
PLAIN: Mapping[str, Rule] = {
    "lost": rules.LOST_IN_OUTPUT,
    "twice": rules.PRINTED_TWICE,
    "moved": rules.OUT_OF_ORDER,
    "changed": rules.CHANGED_WORDS,
    "unknown": rules.UNKNOWN_TEXT,
}


@dataclass(frozen=True, slots=True)
class Proved:
    """What was found wrong, and how much was compared."""

    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]


class Proof:
    """The proof of one edition's outputs: give it each output as soon as it is made, then ask for the result."""

    def __init__(
        self,
        report: Report,
        document: Document,
        pictures: Mapping[str, Image],
        forbidden: Sequence[Sentence],
        root: Path,
        cache: Cache,
    ) -> None:
        self.report, self.document, self.forbidden, self.root, self.cache = report, document, forbidden, root, cache
        self.pictures = {image.name: image for image in pictures.values()}
        self.blocks = {block_id(block): block for block in report.blocks}
        self.expected = expected(document, self.blocks)
        self.readings: dict[str, Reading] = {}
        self.unread: list[Diagnostic] = []

    def read(self, path: str, content: bytes) -> None:
        """Read one output back."""
        try:
            self.readings[path] = READERS[path.rpartition(".")[2]](content)
        except Unreadable as error:
            facts = {"output": path, "reason": str(error)}
            self.unread.append(Diagnostic(rules.UNREADABLE_OUTPUT, Span(path), facts))

    def __call__(self) -> Proved:
        """What is wrong with the outputs read so far."""
        found = [*self.kept(), *self.left_over(), *self.unread]
        for path, reading in self.readings.items():
            found += list(_Comparison(self, path, reading).all())[:MOST]
        once = [diagnostic for at, diagnostic in enumerate(found) if diagnostic not in found[:at]]
        return Proved(tuple(once), self.counts())

    def counts(self) -> Mapping[str, int]:
        """How much was compared: sentences of contributions, notes, cells, pictures, numbers."""
        kinds = [piece.kind for piece in self.expected.pieces]
        own = [piece for piece in self.expected.pieces if piece.owner and piece.kind in ("text", "heading")]
        return {
            "sentences": sum(max(1, len(re.findall(r"[.!?…](?:\s|$)", "".join(piece.said)))) for piece in own),
            "notes": self.expected.notes.count(CALL),
            "cells": self.expected.text.count(CELL),
            "pictures": len(self.expected.pictures),
            "numbers": kinds.count("number"),
        }

    def kept(self) -> Iterator[Diagnostic]:
        """What laying out did to the blocks."""
        names = {association.id: association.name for association in self.report.associations}
        shown = self.report.outline.identity.authors_visible.get(self.report.edition.value, False)
        by_kind = {"lost": rules.LOST_IN_OUTPUT, "moved": rules.OUT_OF_ORDER, "changed": rules.CHANGED_WORDS,
                   "author": rules.WRONG_ASSOCIATION}  # fmt: skip
        for departure in departures(self.report, self.expected, names, shown):
            block = departure.block
            words = cut(plain_words(block))
            found = cut(departure.found) or words
            facts = {"output": "document", "words": words, "found": found, "near": block.theme}
            yield Diagnostic(by_kind[departure.kind], block.span, facts)

    def left_over(self) -> Iterator[Diagnostic]:
        """Marks of templates, and citations that were not written out, in what the program writes."""
        for piece in (*self.expected.pieces, *self.expected.note_pieces):
            said = "".join(piece.said)
            ours = " ".join(re.findall(f"{OPEN}([^{CLOSE}]*){CLOSE}", said)) if piece.owner else said
            if found := LEFT_OVER.search(ours):
                span = self.span(piece)
                yield Diagnostic(rules.LEFT_OVER, span, {"output": "document", "words": cut(shown(ours)), "found": found[0]})

    def span(self, piece: Piece, path: str = "chapters") -> Span:
        """Where the words of a piece were typed; for the report's own words, the output."""
        block = self.blocks.get(piece.owner)
        return block.span if block else Span(path)


class _Comparison:
    """One output against what is expected."""

    def __init__(self, proof: Proof, path: str, reading: Reading) -> None:
        self.proof, self.path, self.reading = proof, path, reading
        self.wanted: Expected = proof.expected

    def all(self) -> Iterator[Diagnostic]:
        yield from self.compared(self.wanted.text, self.wanted.pieces, self.reading.text)
        yield from self.compared(self.wanted.notes, self.wanted.note_pieces, self.reading.notes)
        yield from self.contents()
        yield from self.withheld()
        yield from self.aside()
        yield from self.shown_pictures()
        for kind, words in self.reading.hidden:
            yield self.diagnostic(rules.HIDDEN_CONTENT, what=kind, words=cut(words))
        for place, value in telling(self.reading.properties, self.proof.document.meta, self.proof.root):
            yield self.diagnostic(rules.TELLING_PROPERTY, place=place, value=cut(value))

    def diagnostic(self, rule: Rule, span: Span | None = None, **facts: str) -> Diagnostic:
        return Diagnostic(rule, span or Span(self.path), {"output": self.path, **facts})

    def compared(self, wanted: str, pieces: Sequence[Piece], said: str) -> Iterator[Diagnostic]:
        """One stream of text; equal, nearly always."""
        if wanted.translate(OURS) == said:
            return
        folded = [piece.translate(OURS) for piece in wanted.split(BREAK)]
        for difference in differences(folded, said):
            yield self.told(difference, pieces, folded)

    def told(self, difference: Difference, pieces: Sequence[Piece], folded: Sequence[str]) -> Diagnostic:
        """A difference as the rule it breaks, at the place where the words were typed."""
        if difference.kind == "unknown":
            words = difference.found
            for sentence in self.proof.forbidden:
                if sentence.letters in letters(words):
                    return self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=cut(sentence.words))
            near = self.near(pieces, difference.index)
            return self.diagnostic(rules.UNKNOWN_TEXT, words=cut(shown(words)), near=near)
        piece = pieces[difference.index]
        rule = RULES.get(piece.kind, PLAIN[difference.kind])
        words, found = shown("".join(piece.said)), ""
        if difference.kind == "changed":
            rule = _narrowed(rule, piece, folded[difference.index], difference.found)
            at = _first_difference(folded[difference.index], difference.found)
            words = _around(words, at)
            found = cut(shown(difference.found[max(0, at - 8) : at + WIDE // 2]))
        facts = {"words": cut(words), "near": self.near(pieces, difference.index), "found": found or "∅"}
        return self.diagnostic(rule, self.proof.span(piece, self.path), **facts)

    def near(self, pieces: Sequence[Piece], index: int) -> str:
        """The number or the title that stands before a piece: where to look for it in the output."""
        for at in range(min(index, len(pieces) - 1), -1, -1):
            if pieces[at].kind in ("number", "heading") and at != index:
                return cut(shown("".join(pieces[at].said)))
        return "1"

    def contents(self) -> Iterator[Diagnostic]:
        """The table of contents: every title with its number, and the page that the PDF begins it on."""
        pages = self.pages()
        wanted = [fold(self.proof.document.meta.strings["toc"])]
        for at, title in enumerate(self.wanted.titles):
            wanted.append(title.text + (str(pages[at]) if pages and not self.path.endswith(".html") else ""))
        if not self.has_contents() or (not pages and not self.path.endswith(".html")):
            return
        for difference in differences(wanted, self.reading.contents)[:1]:
            at = max(0, min(difference.index, len(wanted) - 1))
            yield self.diagnostic(rules.CONTENTS_DIFFER, words=cut(wanted[at]), found=cut(difference.found) or "∅")

    def has_contents(self) -> bool:
        return any("toc" in _classes(node) for node in self.proof.document.front)

    def pages(self) -> list[int]:
        """The page of each title, as the PDF's tags have it; nothing when there is no PDF or it lacks one."""
        pdf = next((r for path, r in self.proof.readings.items() if path.endswith(".pdf")), None)
        found: list[int] = []
        titles = iter(pdf.titles if pdf else ())
        for title in self.wanted.titles:
            found += [page for text, page in _until(titles, title.text)]
        return found if len(found) == len(self.wanted.titles) else []

    def withheld(self) -> Iterator[Diagnostic]:
        """Sentences that this edition may not hold, wherever they stand."""
        if not self.proof.forbidden:
            return
        reading = self.reading
        rest = [*reading.aside, *(v for _, v in reading.properties), *(w for _, w in reading.hidden)]
        said = letters(" ".join([reading.text, reading.notes, reading.contents, *rest]))
        for sentence in self.proof.forbidden:
            if sentence.letters in said:
                yield self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=cut(sentence.words))

    def aside(self) -> Iterator[Diagnostic]:
        """Running heads and feet say the report's title, the title of a theme, a page, and nothing else."""
        meta = self.proof.document.meta
        strings = dict(meta.strings)
        known = letters(" ".join([strings.pop("draft", ""), meta.header, meta.title, *strings.values()]))
        odd = [words for words in dict.fromkeys(self.reading.aside) if _unknown(words, known)]
        if odd:  # the title of a theme, the head of a table that goes on: what the text says too
            known = letters(self.wanted.text.translate(OURS))
            for words in odd:
                if _unknown(words, known):
                    yield self.diagnostic(rules.UNKNOWN_TEXT, words=cut(words), near="—")

    def shown_pictures(self) -> Iterator[Diagnostic]:
        """Each picture is the one that was sent in its place, and carries nothing but itself."""
        for picture in self.reading.pictures:
            if name := telling_picture(picture.content):
                yield self.diagnostic(rules.TELLING_PROPERTY, place="image", value=name)
        names = self.wanted.pictures
        if len(names) != len(self.reading.pictures):
            yield self.diagnostic(rules.WRONG_PICTURE, words=f"{len(names)}", found=f"{len(self.reading.pictures)}")
            return
        alternatives = re.findall(f"{PICTURE}([^{END}]*){END}", "".join(s for p in self.wanted.pieces for s in p.said))
        for at, (name, picture) in enumerate(zip(names, self.reading.pictures, strict=True)):
            if not same_picture(self.proof.pictures[name].content, picture, self.proof.cache):
                words = alternatives[at] if at < len(alternatives) else name
                yield self.diagnostic(rules.WRONG_PICTURE, words=cut(words), found=str(at + 1))


def _narrowed(rule: Rule, piece: Piece, wanted: str, found: str) -> Rule:
    """Of a changed piece, the rule that says best what changed: its notes' calls, its pictures' words."""
    calls, pictures = re.compile(f"{CALL}[^{END}]*{END}"), re.compile(f"{PICTURE}[^{END}]*{END}")
    if calls.findall(wanted) != calls.findall(found) and calls.sub("", wanted) == calls.sub("", found):
        return rules.NOTE_DIFFERS
    if pictures.findall(wanted) != pictures.findall(found) and pictures.sub("", wanted) == pictures.sub("", found):
        return rules.ALTERNATIVE_DIFFERS
    return rule


def _classes(node: dict) -> list[str]:  # type: ignore[type-arg]
    return list(node["c"][0][1]) if node["t"] == "Div" else []


def _until(titles: Iterator[tuple[str, int]], wanted: str) -> Iterator[tuple[str, int]]:
    for text, page in titles:
        if text == wanted:
            yield text, page
            return


def _unknown(words: str, known: str) -> bool:
    """Whether words are not among those known; figures, of pages mostly, do not count."""
    return any(letters(part) not in known for part in NUMBER.split(words))


def _first_difference(one: str, other: str) -> int:
    return next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))


def _around(words: str, at: int) -> str:
    """The words about a place that is counted in folded letters."""
    place = 0
    for index, sign in enumerate(words):
        if place >= at:
            return words[max(0, index - WIDE // 2) : index + WIDE // 2]
        place += len(fold(sign))
    return words[-WIDE:]


def shown(text: str) -> str:
    """A text without marks, as a person reads it."""
    text = re.sub(f"{CALL}[^{END}]*{END}", "", text)
    for mark in MARKS + OPEN + CLOSE:
        text = text.replace(mark, " ")
    return " ".join(text.split())


def cut(text: str) -> str:
    """A text short enough for one line."""
    text = " ".join(text.split())
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def plain_words(block: Block) -> str:
    from rapport import tree

    return tree.text(block.node)
