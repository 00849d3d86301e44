"""Tables of a file as Markdown can hold them: titles above their columns, no widths, a caption without its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.intake.inlines import drop, trim
from rapport.intake.states import ReceivedText
from rapport.model import Node

LABEL = re.compile(
    r"^\s*(?:Tableau|Figure|Graphique|Image|Illustration|Photo(?:graphie)?|Carte|Sch[ée]ma|Table)\s+\d{1,3}\s*[.:–—-]\s*",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")


def as_grid(table: tree.Table) -> tree.Table:
    """A table of one line to a cell without the widths that each program gives its columns; any other as it is."""
    inside = [cell.blocks for cell in table.cells()]
    if any(len(blocks) > 1 or (blocks and tree.kind(blocks[0]) not in tree.PARAGRAPHS) for blocks in inside):
        return table
    if any(tree.find(inside, "LineBreak")):
        return table
    simple = table.with_cells(lambda cell: replace(cell, blocks=[tree.as_kind(b, "Plain") for b in cell.blocks]))
    return replace(simple, columns=tuple(replace(column, width=None) for column in table.columns))


def with_titles(table: tree.Table) -> tree.Table | None:
    """A table without titles whose first row becomes them; None where it has some, or a cell of it holds no word."""
    rows = table.bodies[0].rows if table.bodies else ()
    if table.head or len(rows) < 2 or not rows[0].cells:
        return None
    if not all(LETTER.search(tree.text(cell.blocks)) for cell in rows[0].cells):
        return None
    if (cut := _cut_below_titles(rows)) is None:
        return None
    return replace(table, head=cut[:1], bodies=(replace(table.bodies[0], rows=cut[1:]), *table.bodies[1:]))


def _cut_below_titles(rows: Sequence[tree.Row]) -> tuple[tree.Row, ...] | None:
    """The cells of the first row cut where they reach below it: titles stand above columns; None if they cannot be."""
    titles = rows[0].cells
    reach = max(cell.row_span for cell in titles)
    if any(cell.row_span > 1 for row in rows[1:reach] for cell in row.cells):
        return None
    below = [list(row.cells) for row in rows[1:reach]]
    column = 0
    for title in titles:
        for cells in below[: title.row_span - 1]:
            widths = [cell.column_span for cell in cells]
            index = next((at for at in range(len(widths)) if sum(widths[:at]) >= column), len(widths))
            cells.insert(index, replace(title, row_span=1, blocks=[]))
        column += title.column_span
    head = replace(rows[0], cells=tuple(replace(title, row_span=1) for title in titles))
    rest = [replace(row, cells=tuple(cells)) for row, cells in zip(rows[1:], below, strict=False)]
    return (head, *rest, *rows[reach:])


# ---------------------------------------------------------------- captions


def caption_of(blocks: list[Node], received: ReceivedText) -> list[Node]:
    """« Tableau 3 : Les chiffres » → « Les chiffres »: the report numbers its tables and figures itself."""
    if blocks and (label := LABEL.match(tree.text(tree.inlines(blocks[0])))) and _is_paragraph(blocks[0]):
        received.placed_words.append(label[0])
        received.count_repair("label")
        blocks = [tree.with_inlines(blocks[0], drop(tree.inlines(blocks[0]), label.end())), *blocks[1:]]
    shown = [block for block in blocks if tree.inlines(block) or not _is_paragraph(block)]
    return [tree.as_kind(block, "Plain") if tree.kind(block) == "Para" else block for block in shown]


def attach_captions(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """A line « Tableau 3 : … » or « Figure 2 : … » beside a table or a picture alone, made its caption."""
    out: list[Node] = []
    for block in [part for whole in blocks for part in _below_picture(whole)]:
        before = out[-1] if out else block
        above = tree.kind(block) == "Table" or (_is_label(before) and _is_picture(block))
        table, label = (block, before) if above else (before, block)
        if out and _is_label(label) and (captioned := _with_caption(table, label, received)):
            out[-1] = captioned
        else:
            out.append(block)
    return out


def _below_picture(block: Node) -> list[Node]:
    """A picture with its caption in one paragraph, as LibreOffice has them, in two; any other block whole."""
    inlines = tree.inlines(block) if tree.kind(block) == "Para" else []
    if len(inlines) > 1 and tree.kind(inlines[0]) == "Image" and LABEL.match(tree.text(inlines[1:])):
        return [tree.para(inlines[:1]), tree.para(trim(inlines[1:]))]
    return [block]


def _is_picture(block: Node) -> bool:
    return _is_paragraph(block) and [tree.kind(node) for node in tree.inlines(block)] == ["Image"]


def _is_paragraph(block: Node) -> bool:
    return tree.kind(block) in tree.PARAGRAPHS


def _is_label(block: Node) -> bool:
    return tree.kind(block) == "Para" and bool(LABEL.match(tree.text(block)))


def _with_caption(block: Node, label: Node, received: ReceivedText) -> Node | None:
    """The table or picture with this caption; None where it has one, or is something else."""
    match tree.kind(block):
        case "Table" if not tree.caption(block):
            return tree.with_caption(block, caption_of([label], received))
        case "Para" if _is_picture(block):
            return tree.figure([tree.as_kind(block, "Plain")], caption_of([label], received))
    return None
