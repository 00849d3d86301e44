"""verify: the finished outputs, read back, against what was accepted.

Two steps make the proof. The document that the outputs were made of holds every block of every contribution
(`layout`); each output says what the document says, letter by letter, number by number, in the same order,
and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from rapport.model import Diagnostic, Document, Edition, Report
from rapport.project.images import Image
from rapport.proof import ProofFailure
from rapport.proof.claims import LAYOUT, proved_claims
from rapport.proof.comparison import Comparison
from rapport.proof.completeness import block_id
from rapport.proof.expectation import expected_text
from rapport.proof.expected_output import ExpectedOutput
from rapport.proof.forbidden import Sentence
from rapport.proof.layout import LayoutComparison
from rapport.proof.output_reading import OutputReader
from rapport.proof.protection import Protection
from rapport.proof.reading import CALL, CELL, Reading
from rapport.proof.received_words import ReceivedTexts
from rapport.proof.transcript import ExpectedText
from rapport.storage.cache import Cache

ORDER = ("html", "pdf", "docx")  # the order in which outputs are reported
MOST = 12  # diagnostics reported of one output: a file that is wrong in more places is wrong in these
SENTENCE_END = re.compile(r"[.!?…](?:\s|$)")


class ProofResult(Struct, frozen=True):
    """What was found wrong, and how much was compared."""

    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[str, int]
    claims: frozenset[str]  # see `claims`


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
        self.outputs = OutputReader(self.blocks, document.meta.smallest, protection, cache, anew)
        self.accepted: set[str] = set()
        self.compared: dict[str, set[str]] = {}  # what was compared and equal, by path; see `claims`
        self.to_see: tuple[Diagnostic, ...] = ()  # in a draft, what the second net found

    @cached_property
    def expectation(self) -> ExpectedText:
        """What every output must say."""
        return expected_text(self.document, self.blocks)

    @cached_property
    def layout_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong before anything is printed."""
        document, sent = (self.report, self.document, self.expectation, self.blocks), (self.typed, self.received)
        found = LayoutComparison(*document, *sent).by_comparison()
        self.compared[LAYOUT] = {name for name, told in found.items() if not told}
        return tuple(diagnostic for told in found.values() for diagnostic in told)

    @cached_property
    def forbidden(self) -> tuple[Sentence, ...]:
        """What no output may say."""
        return tuple(self.withheld())

    def stand_by(self) -> None:
        """Be ready to read a PDF in another process: to be asked before a thread is at work."""
        self.outputs.stand_by()

    def read(self, path: str, content: bytes) -> None:
        """Read one output back; with the first, which is made while typst is at work, what needs no output is done."""
        if not path.endswith(".pdf"):
            _ = self.layout_diagnostics, self.forbidden
        self.outputs.read(path, content)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The outputs that were given, by path, as they were read."""
        return self.outputs.readings

    def __call__(self) -> ProofResult:
        """What is wrong with the outputs read so far."""
        return ProofResult(self.wrong(self.readings), self.counts(), self.claims())

    def claims(self) -> frozenset[str]:
        """What may be said of the outputs that were compared so far."""
        return proved_claims(self.compared)

    def wrong(self, readings: Mapping[str, Reading]) -> tuple[Diagnostic, ...]:
        """What is wrong with these outputs, with the layout, and with what could not be read."""
        found = [*self.layout_diagnostics, *self.outputs.wrong]
        wanted = ExpectedOutput(
            text=self.expectation,
            blocks=self.blocks,
            document=self.document,
            pictures=self.pictures,
            forbidden=self.forbidden,
            root=self.root,
            cache=self.cache,
            pages=tuple(self.pages()),
        )
        for path, reading in readings.items():
            comparison = Comparison(wanted, path, reading)
            found += list(comparison.diagnostics())[:MOST]
            self.compared[path] = comparison.equal
        return tuple(diagnostic for at, diagnostic in enumerate(found) if diagnostic not in found[:at])

    def identifiers(self, readings: Iterable[str]) -> tuple[Diagnostic, ...]:
        """Findings in these outputs that could identify someone and that nobody has reviewed."""
        return tuple(diagnostic for path in readings for diagnostic in self.outputs.identifying[path])

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
