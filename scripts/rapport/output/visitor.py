"""The visitor that the three writers share: one pass over a document, in the order of print.

A writer has a method for each kind of node, `block_Para` or `inline_Span`; a node that no method is named after is
refused, so that nothing of a text vanishes on its way to a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from rapport import tree
from rapport.model import Document, Meta, Node

Blocks = TypeVar("Blocks")
"""What a writer makes of several blocks."""
LINKS = ("#", "http://", "https://", "mailto:")
PICTURE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(png|jpe?g|svg)")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?")
LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|px|pt|mm|cm|in)?")
"""A width or a height as pandoc writes it."""

WORDS = ("Str", "Space", "SoftBreak")
"""Inlines without a look: neighbours are written together."""

NUMBERED = ("paragraph", "recommendation")
LIST_TYPES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
LISTED = ("consolidated", "key")  # a recommendation in a list: its R-number stands where a paragraph has its own
NOTICES = ("empty", "refused", "warning", "confidential", "proposed")
THEME, SECTION, SUBHEADING = 2, 3, 4
"""Levels of headings: of a theme, of its sections, and the first that is a contribution's own."""


class Unprintable(ValueError):
    """The document holds what must not, or cannot, be printed: a bug upstream, never a user's slip."""


def word_runs(nodes: Iterable[Node]) -> Iterator[tuple[str, Node | None]]:
    """Neighbouring words as one string, each with the node that ends it: another than words; None at the end."""
    words: list[str] = []
    for node in nodes:
        kind = tree.kind(node)
        if kind == "Str":
            words.append(tree.letters(node))
        elif kind in ("Space", "SoftBreak"):
            words.append(" ")
        else:
            yield "".join(words), node
            words.clear()
    yield "".join(words), None


def page_runs(document: Document) -> list[list[Node]]:
    """What begins a page, with all that goes on after it: the report, then each numbered part."""
    runs: list[list[Node]] = [[]]
    for blocks in tree.document_pages(document):
        if blocks and _is_part(blocks[0]):
            runs.append([])
        runs[-1].extend(blocks)
    return [run for run in runs if run]


def _is_part(block: Node) -> bool:
    return tree.kind(block) == "Header" and tree.level(block) < THEME and bool(tree.pair(block, "number"))


class Visitor(Generic[Blocks]):
    """Finds the method for a node, and keeps what was named, linked to and shown on the way."""

    def __init__(self, meta: Meta) -> None:
        self.meta, self.strings = meta, meta.strings
        self.ids: set[str] = set()
        self.references: set[str] = set()
        self.images: set[str] = set()
        self.level = 0  # of the last heading
        self.depth = 0  # lists, quotations, notes, tables and figures around

    def visit(self, family: str, node: Node, *context: object) -> Any:
        """What the method of a node makes of it; `family` is "block" or "inline". Raises `Unprintable`."""
        method = getattr(self, f"{family}_{tree.kind(node)}", None)
        if method is None:
            raise Unprintable(f"a node that cannot be printed: {tree.kind(node)}")
        return method(node, *context)

    @contextmanager
    def nesting(self) -> Iterator[None]:
        """In a quotation, list, note, table or figure: a heading in there opens nothing."""
        self.depth += 1
        yield
        self.depth -= 1

    def blocks(self, nodes: Iterable[Node]) -> Blocks:
        """What a writer makes of blocks: the business of its class that knows them."""
        raise NotImplementedError

    def nested_blocks(self, nodes: Iterable[Node]) -> Blocks:
        """Blocks inside another, in which a heading opens nothing."""
        with self.nesting():
            return self.blocks(nodes)

    # ---- ids and references

    def define(self, identifier: str) -> str:
        """An id ("" for none) that something gets; raises `Unprintable` where another place has it already."""
        if identifier in self.ids:
            raise Unprintable(f"two places have the id {identifier}")
        if identifier:
            self.ids.add(identifier)
        return identifier

    def refer(self, link: Node) -> str:
        """The id that a link of the report leads to, "" if it leads out of it; raises `Unprintable` for other links."""
        target = tree.target(link)
        if not target.startswith(LINKS):
            raise Unprintable(f"a link that is neither http, https, mailto nor internal: {target}")
        if not target.startswith("#"):
            return ""
        self.references.add(target[1:])
        return target[1:]

    def check_references(self) -> None:
        """Raises `Unprintable` unless every internal link leads to an id of the document."""
        if dangling := self.references - self.ids:
            raise Unprintable(f"internal links that lead nowhere: {', '.join(sorted(dangling))}")

    # ---- pictures, captions, headings

    def picture(self, image: Node) -> str:
        """The name of the staged file that an image shows; raises `Unprintable` for any other address."""
        name = tree.target(image)
        if not PICTURE_NAME.fullmatch(name):
            raise Unprintable(f"an image that is not staged, a plain name of a PNG, JPEG or SVG file: {name}")
        self.images.add(name)
        return name

    def alternative(self, image: Node) -> str:
        """The words for those who do not see an image; raises `Unprintable` where there are none."""
        words = tree.pair(image, "alt").strip() or tree.text(tree.inlines(image))
        if not words:
            raise Unprintable(f"an image without alternative text: {tree.target(image)}")
        return words

    def label(self, kind: str, node: Node) -> str:
        """« Tableau 3 » of a table or figure, by its kind among the strings of the report; "" if it is not counted."""
        number = tree.pair(node, "number")
        return f"{self.strings[kind]}\u00a0{number}" if number else ""

    def look(self, header: Node) -> int:
        """The level whose look a heading has: inside a list or the like, never one that opens a section."""
        return max(tree.level(header), SUBHEADING) if self.depth else tree.level(header)

    def descend(self, level: int) -> int:
        """The level of the next heading, which skips none (PDF/UA refuses that), whatever the text skips."""
        self.level = min(level, self.level + 1)
        return self.level


def notice(classes: Sequence[str]) -> str:
    """The kind of a notice, by the classes of its division."""
    return next((name for name in NOTICES if name in classes), "warning")
