"""Whether laying out kept every block of every contribution: whole, once, in order, in its theme, under its author.

The outputs are compared with the document; here the document is compared with what was accepted, by a walk of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import tree
from rapport.model import Block, Node, Report
from rapport.proof.expectation import WRITTEN
from rapport.proof.forbidden import letters
from rapport.proof.reading import CALL, CALLS, CLOSE, MARKS, OPEN, fold
from rapport.proof.transcript import ExpectedPiece, ExpectedText

PROGRAM = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
ORDINAL = re.compile(r"(\d|\b[IVXLCDM]+)(?:i?[èe]mes?|nde?s?|ers?|res?|ères?|es?)\b")
NO_MARKS = str.maketrans("", "", MARKS)


class Departure(Struct, frozen=True):
    """A block that the document does not hold as it was accepted.

    `kind` is lost, moved, changed or author; `sent_text` and `found_text` are what was sent and what stands there,
    where that tells more.
    """

    kind: str
    block: Block
    sent_text: str = ""
    found_text: str = ""


def departures(report: Report, expected: ExpectedText, names: Mapping[str, str], shown: bool) -> Iterator[Departure]:
    """Every block that laying out lost, moved, changed, or put under another's name."""
    texts = _by_owner(expected.pieces)
    notes = _by_owner(expected.note_pieces)
    order = {owner: at for at, owner in enumerate(texts)}
    authors = _authors(expected.pieces) if shown else {}
    last = -1
    for block in (*report.blocks, *report.voices):
        owner = block_id(block)
        said = _Said()
        said.walk([block.node])
        if owner not in texts:
            if letters("".join(said.text)):
                yield Departure("lost", block)
            continue
        if order[owner] < last:
            yield Departure("moved", block)
        last = max(last, order[owner])
        for typed, printed in ((said.text, texts[owner]), (said.notes, notes.get(owner, ""))):
            if not (_same(typed, printed) if block.theme else _exactly(typed, printed)):
                yield Departure("changed", block, "".join(typed), printed)
        if (
            shown
            and block.theme
            and letters(authors.get(owner, "")) != letters(names.get(block.association, block.association))
        ):
            yield Departure("author", block, found_text=authors.get(owner, ""))


def block_id(block: Block) -> str:
    """The id of a block in the document: a heading keeps the one that it was given."""
    return tree.heading_name(block.node) or block.id


def _by_owner(pieces: Sequence[ExpectedPiece]) -> dict[str, str]:
    """What the pieces of each block say, numbers left out."""
    texts: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.owner and piece.kind != "number":
            texts.setdefault(piece.owner, []).extend(piece.words)
    return {owner: "".join(said) for owner, said in texts.items()}


def _authors(pieces: Sequence[ExpectedPiece]) -> dict[str, str]:
    """Under whose name the pieces of each block stand."""
    authors: dict[str, str] = {}
    name = ""
    for piece in pieces:
        if piece.kind == "provenance":
            name = "".join(piece.words).strip()
        elif piece.owner:
            authors.setdefault(piece.owner, name)
    return authors


def _same(said: Sequence[str], printed: str) -> bool:
    """Whether a block's own words are what is printed, whatever typography and the program's additions made of them."""
    typed, printed = (
        "".join(said),
        CALLS.sub("", PROGRAM.sub("", printed)) if CALL in printed or OPEN in printed else printed,
    )
    if fold(typed) == fold(printed):
        return True
    typed, printed = typed.translate(NO_MARKS), printed.translate(NO_MARKS)
    return letters(typed) == letters(printed) or _loosely(typed) == _loosely(printed)


def _exactly(said: Sequence[str], printed: str) -> bool:
    """Whether a child's words are what is printed: every sign but the spaces, which each format breaks lines at."""
    return "".join("".join(said).split()) == "".join(printed.translate(NO_MARKS).split())


def _loosely(text: str) -> str:
    return letters(ORDINAL.sub(r"\1", text))


class _Said:
    """The words of a block as it was accepted; citations, and what the program wrote, left out."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.notes: list[str] = []

    def walk(self, nodes: Sequence[Node]) -> None:
        """The words of some nodes and of what they hold."""
        for node in nodes:
            kind = tree.kind(node)
            if kind == "Space":
                self.text.append(" ")
            elif kind in ("Str", "Code", "CodeBlock"):
                self.text.append(tree.letters(node))
            elif kind == "Note":
                outer, self.text = self.text, self.notes
                self.walk(tree.blocks(node))
                self.text = outer
            elif kind == "Image" and (alternative := tree.pair(node, "alt").strip()):
                self.text.append(f" {alternative} ")
            elif kind == "Cite" or (kind == "Span" and not WRITTEN.isdisjoint(tree.classes(node))):
                pass  # « [not yet translated] » is the program's
            else:
                for run in tree.runs(node):
                    self.walk(run)
