"""Tables of a file that only lay out its page, opened in the order in which they are read; tables of data stay.

Where a table has French beside its English, the French is the text, and the English is named in full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapport import tree
from rapport.intake.blocks import without_divisions
from rapport.intake.headings import SHORT, section_of
from rapport.intake.states import Notification, ReceivedText
from rapport.model import Node, Section
from rapport.office.normal_document import Loss
from rapport.safeguarding.english import speaks_english

PROSE = 15  # words of a cell that holds a text
CAPTION = 40  # words beside a picture in its cell
SPOKEN = 6  # words of a column whose language can be told
LABELS = 2  # titles of sections by which a column of labels is known
SMALL = re.compile(r"\b[a-zà-ÿ]{2,}\b")
LANGUAGE = re.compile(r"\W*(?:fran[çc]ais|french|version fran[çc]aise|fr|anglais|english|version anglaise|en)\W*", re.I)

Grid = list[list[list[Node]]]
"""Rows of cells, each its blocks."""


def opened_layout(table: tree.Table, sections: Sequence[Section], received: ReceivedText) -> list[Node]:
    """What a table that lays out its page holds, as running text; [] for any other, which may be data."""
    rows: Grid = [[_paragraphs(cell.blocks) for cell in row.cells] for row in table.rows()]
    spans = any(cell.column_span > 1 or cell.row_span > 1 for cell in table.cells())
    if spans or table.caption or len(table.columns) < 2 or any(tree.find(rows, "Table")):
        return []
    if french := _french_column(rows, received):
        return french
    titles = [_titles(cells, sections) for cells in rows]
    if sum(titles) >= LABELS or _is_page(rows):
        received.count_repair("layout")
        return [block for cells in rows for cell in cells for block in cell]
    return []


def _paragraphs(blocks: Sequence[Node]) -> list[Node]:
    return [tree.as_kind(one, "Para") if tree.kind(one) == "Plain" else one for one in without_divisions(blocks)]


def _is_page(rows: Grid) -> bool:
    """Whether it is one row of texts, or rows of a picture beside its text each."""
    shown = [[cell for cell in cells if tree.text(cell).strip() or _is_pictured(cell)] for cells in rows]
    shown = [cells for cells in shown if cells]
    if len(shown) == 1:
        return any(map(_is_prose, shown[0])) and all(_is_prose(cell) or _is_pictured(cell) for cell in shown[0])
    paired = all(
        len(cells) == 2 and sum(map(_is_pictured, cells)) == sum(map(_is_prose, cells)) == 1 for cells in shown
    )
    return bool(shown) and paired


def _is_prose(cell: list[Node]) -> bool:
    return len(tree.text(cell).split()) >= PROSE and not _is_pictured(cell)


def _is_pictured(cell: list[Node]) -> bool:
    return any(tree.find(cell, "Image")) and len(tree.text(cell).split()) <= CAPTION


def _titles(cells: list[list[Node]], sections: Sequence[Section]) -> bool:
    """Whether the title of a section stands in a row with its text beside it, or above it in one cell."""
    first = cells[0][0] if cells and cells[0] else None
    if first is None or tree.kind(first) not in (*tree.PARAGRAPHS, "Header"):
        return False
    words = tree.text(first).strip(" :\u00a0")
    beside = len(cells[0]) > 1 or any(len(tree.text(cell).split()) >= SHORT for cell in cells[1:])
    return beside and len(words.split()) <= SHORT and section_of(words, sections)[1] in ("exact", "name")


def _french_column(rows: Grid, received: ReceivedText) -> list[Node]:
    """The French of a table of two columns whose other one is its English, which is told; [] for any other."""
    if not rows or any(len(cells) != 2 for cells in rows):
        return []
    named = bool(rows[1:]) and all(LANGUAGE.fullmatch(tree.text(cell)) for cell in rows[0])
    said = [" ".join(tree.text(cells[side]) for cells in rows[named:]) for side in (0, 1)]
    english = [_is_english(text) for text in said]
    if any(len(SMALL.findall(text)) < SPOKEN for text in said) or sum(english) != 1:
        return []
    if any(tree.find([cells[english.index(True)] for cells in rows], "Image", "Note")):
        return []
    side = english.index(False)
    heads = [tree.text(cell) for cell in rows[0]] if named else []
    text = " ".join(" / ".join([*heads, said[1 - side]]).split())
    received.losses.append(Loss("english", len(text.split()), text))
    received.questions.append(Notification("bilingual", {"text": said[side][:80]}))
    return [block for cells in rows[named:] for block in cells[side]]


def _is_english(text: str) -> bool:
    return bool(SMALL.search(text)) and speaks_english(text)
