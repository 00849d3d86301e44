"""What one output is compared with, and how a difference becomes a diagnostic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from rapport.model import Block, Diagnostic, Document, Rule, Span
from rapport.project.images import Image
from rapport.proof.forbidden import Sentence
from rapport.proof.reading import Reading
from rapport.proof.transcript import ExpectedPiece, ExpectedText
from rapport.storage.cache import Cache


class ExpectedOutput(Struct, frozen=True):
    """What every output is compared with, and what diagnostics need to name a difference."""

    text: ExpectedText
    blocks: Mapping[str, Block]
    document: Document
    pictures: Mapping[str, Image]
    forbidden: Sequence[Sentence]
    root: Path
    cache: Cache
    pages: Sequence[int]  # of each title, as the PDF's tags have it

    def span(self, piece: ExpectedPiece, path: str) -> Span:
        """Where the words of a piece were typed; for the report's own words, the output."""
        block = self.blocks.get(piece.owner)
        return block.span if block else Span(path)


class OutputComparison(Struct, frozen=True):
    """One output beside what is expected of it."""

    expectation: ExpectedOutput
    path: str
    reading: Reading

    def diagnostic(self, rule: Rule, span: Span | None = None, **facts: str) -> Diagnostic:
        """A diagnostic about this output, at a place of the source where one is known."""
        return Diagnostic(rule, span or Span(self.path), {"output": self.path, **facts})
