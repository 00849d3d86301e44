"""The document that the outputs were made of, against what was accepted: what laying out lost, moved or left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import rules, tree
from rapport.model import Block, Diagnostic, Document, Report, Rule, Span
from rapport.proof.completeness import departures
from rapport.proof.excerpts import NOTHING, excerpt, first_difference, readable, shorten
from rapport.proof.listed_recommendations import unlisted_demands
from rapport.proof.reading import CLOSE, OPEN, fold
from rapport.proof.received_words import ReceivedTexts
from rapport.proof.transcript import ExpectedText

WRITTEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
FEW = 8  # letters after a mark that tell whether somebody typed it
LEFT_OVER = re.compile(r"\{\{|\{%|\]\{|:::|\?\?\?|\[@|\]\(|<!--")


class LayoutComparison(Struct, frozen=True):
    """One edition's document, before anything is printed."""

    report: Report
    document: Document
    expectation: ExpectedText
    blocks: Mapping[str, Block]
    typed_texts: Sequence[str]  # texts that people sent
    received_texts: ReceivedTexts

    def by_comparison(self) -> Mapping[str, Sequence[Diagnostic]]:
        """What each comparison finds, by its name in `claims`."""
        found = {
            "layout": [*self.departures()],
            "left-over": [*self.left_over()],
            "received": [*self.received_texts.unprinted_words(self.expectation, self.blocks)],
            "listed": [*self.unlisted_recommendations()],
        }
        if not self.received_texts.accepted or self.document.meta.language == "en":
            found["received in English"] = found.pop("received")  # of which no claim is made: not all has its English
        return found

    def departures(self) -> Iterator[Diagnostic]:
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
            yield _diagnostic(by_kind[departure.kind], block, words, found, block.theme)

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
            rule = rules.CHANGED_WORDS if found else rules.LOST_IN_OUTPUT
            yield _diagnostic(rule, block, plain_words(block), found, "R")

    def was_typed(self, words: str) -> bool:
        """Whether somebody typed these words, marks included, in a text, a header or a bibliography."""
        return any(fold(readable(words)) in fold(text.replace("\\", "")) for text in self.typed_texts)


def _diagnostic(rule: Rule, block: Block, words: str, found: str, near: str) -> Diagnostic:
    facts = {"output": "document", "words": shorten(words), "found": shorten(found) or NOTHING, "near": near}
    return Diagnostic(rule, block.span, facts)


def plain_words(block: Block) -> str:
    """The words of a block as it was accepted."""
    return tree.text(block.node)
