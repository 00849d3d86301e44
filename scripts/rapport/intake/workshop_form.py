"""The form of a workshop that came back: each child's words taken from their cell as they stand, no reader between.

What is typed is read straight from the Word or OpenDocument file, paragraph by paragraph; pandoc, which would join
lines and change quotation marks, has no part in it. Drawings are taken as the file shows them, cropped and turned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from html import unescape

from msgspec import Struct

from rapport import tree
from rapport.intake.states import SentDocument
from rapport.intake.translation_form import ENDS, TAGS
from rapport.messages import LANGUAGES
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.namespaces import q
from rapport.office.package import Package, Unsafe, open_package
from rapport.office.xml import Element
from rapport.workshops.form_rows import label, row_key, rows_by_key

PARTS = {Kind.DOCX: "word/document.xml", Kind.ODT: "content.xml"}
Answers = Mapping[str, Sequence[str]]
"""The lines of each answer, by the name of its row."""


class WorkshopCard(Struct, frozen=True):
    """One table of the form: what was typed in its rows, and the addresses of the pictures put into it."""

    answers: Answers
    pictures: tuple[str, ...] = ()

    def keep(self, names: Collection[str]) -> WorkshopCard:
        """The card with these rows and pictures alone."""
        return WorkshopCard(
            {name: lines for name, lines in self.answers.items() if name in names},
            tuple(one for one in self.pictures if one in names),
        )

    def remove(self, names: Collection[str]) -> WorkshopCard:
        """The card with all others."""
        return self.keep({*self.answers, *self.pictures}.difference(names)) if names else self


def is_workshop_form(data: bytes) -> bool:
    """Whether a file is the form of a workshop: no other asks for a child's words."""
    if kind_of(data) not in PARTS:
        return False
    try:
        part = open_package(data).parts.get(PARTS[kind_of(data)], b"")
    except Unsafe:
        return False
    said = unescape(TAGS.sub("", ENDS.sub("\n", part.decode("utf-8", "replace")))).replace("’", "'")
    return any(label("mots", language) in said for language in LANGUAGES)


def read(document: SentDocument, data: bytes) -> list[WorkshopCard]:
    """The cards of the form in their order; none has a picture where it is not sure in which card each stands.

    A drawing goes with the agreement typed beside it, and with no other child's.
    """
    answers = list(_cards(open_package(data)))
    pictures = list(_pictures_by_card(document))
    if len(answers) != len(pictures):
        pictures = [()] * len(answers)
    return [WorkshopCard(typed, shown) for typed, shown in zip(answers, pictures, strict=True)]


def _pictures_by_card(document: SentDocument) -> Iterator[tuple[str, ...]]:
    names = rows_by_key()
    for table in tree.find(list(document.blocks), "Table"):
        rows = [row.cells for row in tree.table_of(table).rows() if len(row.cells) > 1]
        if any(row_key(tree.text(cells[0].blocks)) in names for cells in rows):
            shown = (image for cells in rows for cell in cells[1:] for image in tree.find(cell.blocks, "Image"))
            yield tuple(tree.target(image) for image in shown)


def _cards(package: Package) -> Iterator[Answers]:
    """Every table that has a row of the form, its rows by their names."""
    root, names = package.xml(PARTS[package.kind]), rows_by_key()
    shape = SHAPES[package.kind]
    for table in root.iter(q(shape.table)) if root is not None else ():
        card = {}
        for row in table.iter(q(shape.row)):
            cells = row.findall(q(shape.cell))
            name = names.get(row_key(" ".join(shape.lines(cells[0])))) if len(cells) > 1 else None
            if name:
                card[name] = shape.lines(cells[1])
        if card:
            yield card


# ---------------------------------------------------------------- the lines of a cell


def _word_lines(cell: Element) -> list[str]:
    """The lines of a cell of Word, as they stand."""
    paragraphs = (one for one in cell.iter(q("w:p")) if next(one.iterancestors(q("w:txbxContent")), None) is None)
    return [line for paragraph in paragraphs for line in "".join(_word_pieces(paragraph)).split("\n")]


def _word_pieces(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(q("w:r")):
        if next(run.iterancestors(q("w:moveFrom"), q("w:txbxContent")), None) is not None:
            continue
        for node in run:
            if node.tag == q("w:t"):
                yield node.text or ""
            elif node.tag in (q("w:br"), q("w:cr")):
                yield "\n"
            elif node.tag == q("w:tab"):
                yield "\t"
            elif node.tag == q("w:noBreakHyphen"):
                yield "\u2011"


def _odt_lines(cell: Element) -> list[str]:
    """The lines of a cell of OpenDocument, as they stand."""
    paragraphs = (one for one in cell.iter(q("text:p"), q("text:h")) if next(one.iterancestors(*UNREAD), None) is None)
    return [line for paragraph in paragraphs for line in "".join(_odt_pieces(paragraph)).split("\n")]


UNREAD = (q("office:annotation"), q("text:note"), q("draw:frame"), q("text:placeholder"))
SIGNS: Mapping[str, Callable[[Element], str]] = {
    q("text:s"): lambda node: " " * int(node.get(q("text:c"), "1")),
    q("text:tab"): lambda node: "\t",
    q("text:line-break"): lambda node: "\n",
}


def _odt_pieces(node: Element) -> Iterator[str]:
    yield node.text or ""
    for inside in node:
        if inside.tag in SIGNS:
            yield SIGNS[inside.tag](inside)
        elif isinstance(inside.tag, str) and inside.tag not in UNREAD:
            yield from _odt_pieces(inside)
        yield inside.tail or ""


class _TableShape(Struct, frozen=True):
    """How a format names a table, and how the lines of its cells are read."""

    table: str
    row: str
    cell: str
    lines: Callable[[Element], list[str]]


SHAPES = {
    Kind.DOCX: _TableShape("w:tbl", "w:tr", "w:tc", _word_lines),
    Kind.ODT: _TableShape("table:table", "table:table-row", "table:table-cell", _odt_lines),
}
