"""verify: the finished outputs, read back, against what was accepted.

Two steps make the proof. The document that the outputs were made of holds every block of every contribution
(`layout_departures`); each output says what the document says, letter by letter, number by number, in the same order,
and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from rapport import rules, tree
from rapport.model import Block, Diagnostic, Document, Edition, Report, Span
from rapport.project.images import Image
from rapport.proof import ProofFailure
from rapport.proof.claims import LAYOUT, proved_claims
from rapport.proof.comparison import Comparison, ExpectedOutput
from rapport.proof.completeness import block_id, departures
from rapport.proof.docx_reading import read_docx
from rapport.proof.excerpts import NOTHING, excerpt, first_difference, readable, shorten
from rapport.proof.expectation import expected_text
from rapport.proof.forbidden import Sentence
from rapport.proof.html_reading import read_html
from rapport.proof.large_print import smallest_letters
from rapport.proof.listed_recommendations import unlisted_demands
from rapport.proof.pdf_reading import read_pdf
from rapport.proof.protection import Protection
from rapport.proof.reading import CALL, CELL, CLOSE, OPEN, Reading, Unreadable, fold
from rapport.proof.received_words import ReceivedTexts
from rapport.proof.transcript import ExpectedText
from rapport.storage.cache import Cache
from rapport.storage.second_process import stand_by

READERS: dict[str, Callable[[bytes], Reading]] = {"docx": read_docx, "pdf": read_pdf, "html": read_html}
ORDER = ("html", "pdf", "docx")  # in which outputs are told of
TYPESETTING = 180  # seconds that a PDF may take to come
MOST = 12  # diagnostics of one output: what is torn in more places is told well enough by these
SENTENCE_END = re.compile(r"[.!?…](?:\s|$)")
WRITTEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
FEW = 8  # letters after a mark that tell whether somebody typed it
LEFT_OVER = re.compile(r"\{\{|\{%|\]\{|:::|\?\?\?|\[@|\]\(|<!--")


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What was found wrong, and how much was compared."""

    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    claims: frozenset[str]  # see `claims`


class ReadOutput(NamedTuple):
    """One output as read back, None where it is unreadable; what could identify someone in it; what is wrong."""

    path: str
    reading: Reading | None
    identifying: tuple[Diagnostic, ...]
    wrong: tuple[Diagnostic, ...]


class Proof:
    """The proof of one edition's outputs: give it each output as soon as it is made, then ask for the result."""

    def __init__(
        self, report: Report, document: Document, pictures: Mapping[str, Image],
        withheld: Callable[[], Sequence[Sentence]], typed: Sequence[str], root: Path, cache: Cache,
        protection: Protection | None = None, anew: bool = False, received: ReceivedTexts | None = None,
    ) -> None:  # fmt: skip
        """`withheld` gives what this edition may not say; `typed` are texts people sent, `received` those to print.

        `anew` reads every page from the file itself, whatever was read of it before.
        """
        self.protection = protection
        self.report, self.document, self.root, self.cache = report, document, root, cache
        self.withheld, self.typed = withheld, typed
        self.received = received or ReceivedTexts(report.edition, (), {})
        self.pictures = {image.name: image for image in pictures.values()}
        self.blocks = {block_id(block): block for block in (*report.blocks, *report.voices)}
        read_page = partial(read_pdf, kept=None if anew else cache)
        self.readers: Mapping[str, Callable[[bytes], Reading]] = READERS | {"pdf": read_page}
        self.pdf_readers: list[Callable[[bytes], Callable[[], ReadOutput]]] = []  # that stand ready
        self.waiting: list[Callable[[], ReadOutput]] = []
        self.read_so_far: dict[str, Reading] = {}
        self.identifying: dict[str, tuple[Diagnostic, ...]] = {}
        self.accepted: set[str] = set()
        self.compared: dict[str, set[str]] = {}  # what was compared and equal, by path; see `claims`
        self.to_see: tuple[Diagnostic, ...] = ()  # in a draft, what the second net found
        self.unread: list[Diagnostic] = []

    @cached_property
    def expectation(self) -> ExpectedText:
        """What every output must say."""
        return expected_text(self.document, self.blocks)

    @cached_property
    def layout_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong before anything is printed."""
        received = self.received.unprinted_words(self.expectation, self.blocks)
        found = {"layout": [*self.layout_departures()], "left-over": [*self.left_over()], "received": [*received],
                 "listed": [*self.unlisted_recommendations()]}  # fmt: skip
        self.compared[LAYOUT] = {name for name, told in found.items() if not told}
        if not self.received.accepted:  # the English edition: nobody counted
            self.compared[LAYOUT].discard("received")
        return tuple(diagnostic for told in found.values() for diagnostic in told)

    @cached_property
    def forbidden(self) -> tuple[Sentence, ...]:
        """What no output may say."""
        return tuple(self.withheld())

    def read(self, path: str, content: bytes) -> None:
        """Read one output back; with the first, which is made while typst is at work, what needs no output is done.

        What in it could identify someone is looked for at once, for the same reason. The PDF, which is the longest to
        read, is read in another process meanwhile.
        """
        if path.endswith(".pdf"):
            self.stand_by()
            self.waiting.append(self.pdf_readers.pop()(path.encode() + b"\n" + content))
            return
        _ = self.layout_diagnostics, self.forbidden
        read = self.read_back(path, content)
        self.waiting.append(lambda: read)

    def stand_by(self) -> None:
        """Have another process ready to read the PDF: it is forked now, since no thread is at work."""
        if not self.pdf_readers:
            self.pdf_readers.append(stand_by(self._read_given, self.cache, TYPESETTING))

    def _read_given(self, given: bytes) -> ReadOutput:
        path, _, content = given.partition(b"\n")
        return self.read_back(path.decode(), content)

    def read_back(self, path: str, content: bytes) -> ReadOutput:
        """One output as it is read, whatever the others say."""
        reading, found, wrong = None, tuple[Diagnostic, ...](), list[Diagnostic]()
        try:
            reading = self.readers[path.rpartition(".")[2]](content)
            found = tuple(self.protection.diagnostics(path, reading, self.blocks)) if self.protection else ()
        except Unreadable as error:
            facts = {"output": path, "reason": str(error)}
            wrong.append(Diagnostic(rules.UNREADABLE_OUTPUT, Span(path), facts))
        wanted = self.document.meta.smallest
        if wanted and (size := smallest_letters(path, content)) < wanted:
            facts = {"output": path, "what": "look", "words": f"{size:g} pt < {wanted} pt"}
            wrong.append(Diagnostic(rules.HIDDEN_CONTENT, Span(path), facts))
        return ReadOutput(path, reading, found, tuple(wrong))

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The outputs that were given, by path, as they were read: those that are still being read are waited for."""
        while self.waiting:
            path, reading, identifying, wrong = self.waiting.pop(0)()
            self.identifying[path] = identifying
            self.unread += wrong
            if reading:
                self.read_so_far[path] = reading
        return self.read_so_far

    def __call__(self) -> ProofResult:
        """What is wrong with the outputs read so far."""
        return ProofResult(self.wrong(self.readings), self.counts(), self.claims())

    def claims(self) -> frozenset[str]:
        """What may be said of the outputs that were compared so far."""
        return proved_claims(self.compared)

    def wrong(self, readings: Mapping[str, Reading]) -> tuple[Diagnostic, ...]:
        """What is wrong with these outputs, with the layout, and with what could not be read."""
        found = [*self.layout_diagnostics, *self.unread]
        wanted = ExpectedOutput(
            self.expectation, self.blocks, self.document, self.pictures, self.forbidden, self.root, self.cache,
            tuple(self.pages()),
        )  # fmt: skip
        for path, reading in readings.items():
            comparison = Comparison(wanted, path, reading)
            found += list(comparison.diagnostics())[:MOST]
            self.compared[path] = comparison.equal
        return tuple(diagnostic for at, diagnostic in enumerate(found) if diagnostic not in found[:at])

    def identifiers(self, readings: Iterable[str]) -> tuple[Diagnostic, ...]:
        """What could identify someone in these outputs, and that nobody has seen before."""
        return tuple(diagnostic for path in readings for diagnostic in self.identifying[path])

    def accept(self) -> None:
        """Nothing, or `ProofFailure`: what stands between the outputs read since it was last asked and their places."""
        in_order = sorted(self.readings.items(), key=lambda read: ORDER.index(read[0].rpartition(".")[2]))
        fresh = {path: reading for path, reading in in_order if path not in self.accepted}
        problems = self.wrong(fresh)
        if not problems:
            found = self.identifiers(fresh)
            self.to_see += found
            problems = found if self.report.edition is not Edition.DRAFT else ()
        if problems:
            raise ProofFailure(problems)
        self.accepted.update(fresh)

    def counts(self) -> Mapping[str, int]:
        """How much was compared: sentences of contributions, notes, cells, pictures, numbers."""
        own = [piece for piece in self.expectation.pieces if piece.owner and piece.kind in ("text", "heading")]
        return {
            "sentences": sum(max(1, len(SENTENCE_END.findall("".join(piece.words)))) for piece in own),
            "notes": self.expectation.notes.count(CALL),
            "cells": self.expectation.text.count(CELL),
            "pictures": len(self.expectation.pictures),
            "numbers": sum(1 for piece in self.expectation.pieces if piece.kind == "number"),
            "words": self.received.words_to_print(),
        }

    def layout_departures(self) -> Iterator[Diagnostic]:
        """What laying out did to the blocks."""
        names = {association.id: association.name for association in self.report.associations}
        signed = self.report.outline.identity.authors_visible.get(self.report.edition.value, False)
        by_kind = {"lost": rules.LOST_IN_OUTPUT, "moved": rules.OUT_OF_ORDER, "changed": rules.CHANGED_WORDS,
                   "author": rules.WRONG_ASSOCIATION}  # fmt: skip
        for departure in departures(self.report, self.expectation, names, signed):
            block = departure.block
            words, found = departure.sent_text or plain_words(block), readable(departure.found_text)
            if departure.sent_text:
                at = first_difference(fold(words), fold(found))
                words, found = excerpt(words, at), excerpt(found, at)
            facts = {
                "output": "document",
                "words": shorten(words),
                "found": shorten(found) or NOTHING,
                "near": block.theme,
            }
            yield Diagnostic(by_kind[departure.kind], block.span, facts)

    def left_over(self) -> Iterator[Diagnostic]:
        """Marks of templates, and citations that were not written out, where nobody typed them."""
        for piece in (*self.expectation.pieces, *self.expectation.note_pieces):
            said = "".join(piece.words)
            ours = " ".join(WRITTEN.findall(said)) if piece.owner and OPEN in said else "" if piece.owner else said
            found = LEFT_OVER.search(ours)
            if found and not self.was_typed(ours[found.start() : found.end() + FEW]):
                block = self.blocks.get(piece.owner)
                facts = {"output": "document", "words": shorten(readable(ours)), "found": found[0]}
                yield Diagnostic(rules.LEFT_OVER, block.span if block else Span("chapters"), facts)

    def unlisted_recommendations(self) -> Iterator[Diagnostic]:
        """Recommendations that the list at the end lacks, or says in other words."""
        for block, found in unlisted_demands(self.report, self.document):
            words = plain_words(block)
            facts = {"output": "document", "words": shorten(words), "found": shorten(found) or NOTHING, "near": "R"}
            yield Diagnostic(rules.CHANGED_WORDS if found else rules.LOST_IN_OUTPUT, block.span, facts)

    def was_typed(self, words: str) -> bool:
        """Whether somebody typed these words, marks included, in a text, a header or a bibliography."""
        return any(fold(readable(words)) in fold(text.replace("\\", "")) for text in self.typed)

    def pages(self) -> list[int]:
        """The page of each title, as the PDF's tags have it; nothing when there is no PDF or it lacks one."""
        pdf = next((reading for path, reading in self.readings.items() if path.endswith(".pdf")), None)
        titles = iter(pdf.titles if pdf else ())
        wanted = self.expectation.titles
        found = [page for title in wanted for page in _until(titles, title.text)]
        return found if len(found) == len(wanted) else []


def _until(titles: Iterator[tuple[str, int]], wanted: str) -> Iterator[int]:
    for text, page in titles:
        if text == wanted:
            yield page
            return


def plain_words(block: Block) -> str:
    """The words of a block as it was accepted."""
    return tree.text(block.node)
