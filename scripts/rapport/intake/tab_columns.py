"""Columns that were made with tabs in Word or LibreOffice, made tables where every line has as many; else told.

`office` leaves `TAB` where a tab stood. Lines are paragraphs, or what Shift+Enter set apart in one; a tab after the
mark of a point or a label (« Date : »), or before a page's number, makes no column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.intake.inlines import hoist_breaks, split_lines, trim, without_custom_styles
from rapport.intake.typed_tables import MARK, are_columns, are_data, are_uneven
from rapport.model import Node
from rapport.office.normal_document import TAB, NormalDocument

SHOWN = 80  # signs of what is told

Row = list[list[Node]]


def with_columns(blocks: Sequence[Node], normal: NormalDocument) -> list[Node]:
    """The blocks with a table for each run of lines in columns, and a space for every other tab."""
    out: list[Node] = []
    run: list[tuple[Node, list[Row]]] = []
    for block in [*blocks, None]:
        rows = _rows(block) if block is not None and tree.kind(block) in tree.PARAGRAPHS else []
        if rows and block is not None:
            run.append((block, rows))
            continue
        out += _settled(run, normal)
        run = []
        if block is not None:
            inner = tree.kind(block) == "Div"
            out.append(tree.with_blocks(block, with_columns(tree.blocks(block), normal)) if inner else _spaced(block))
    return out


def _rows(paragraph: Node) -> list[Row]:
    """The cells of each of its lines; none where a line has no columns."""
    rows = [_cells(line) for line in split_lines(hoist_breaks(without_custom_styles(tree.inlines(paragraph))))]
    rows = [row for row in rows if any(map(tree.text, row))]
    return rows if rows and all(len(row) > 1 for row in rows) else []


def _cells(line: Sequence[Node]) -> Row:
    """The cells of a line, tabs side by side one gap; a single one where it is a point or a label with its words."""
    cells = [trim(cell) for cell in _cut(line)]
    first = tree.text(cells[0]).strip()
    filled = [cell for at, cell in enumerate(cells) if not at or tree.text(cell).strip()]
    labelled = len(filled) == 2 and (not first or first.endswith(":"))
    return [list(line)] if labelled or MARK.fullmatch(first) else filled


def _cut(inlines: Sequence[Node]) -> Row:
    cells: Row = [[]]
    for node in inlines:
        if tree.kind(node) == "Str":
            first, *others = tree.letters(node).split(TAB)
            cells[-1] += [tree.word(first)] if first else []
            cells += [[tree.word(part)] if part else [] for part in others]
        elif tree.kind(node) in tree.STYLED:
            first_part, *parts = _cut(tree.inlines(node))
            cells[-1].append(tree.with_inlines(node, first_part))
            cells += [[tree.with_inlines(node, part)] for part in parts]
        else:
            cells[-1].append(node)
    return cells


def _settled(run: Sequence[tuple[Node, list[Row]]], normal: NormalDocument) -> Iterator[Node]:
    """A run of paragraphs in columns as one table; as they were where that is none."""
    rows = [row for _, lines in run for row in lines]
    said = [[tree.text(cell).strip() for cell in row] for row in rows]
    if are_columns(said):
        normal.count_repair("tabs")
        cells = [tuple(tree.Cell([tree.plain(cell)]) for cell in row) for row in rows]
        lines = tuple(tree.Row(one) for one in cells)
        head = 0 if are_data(said[0]) else 1
        columns = tuple(tree.Column() for _ in rows[0])
        yield _spaced(tree.table_node(tree.Table(columns, lines[:head], (tree.TableBody(lines[head:]),))))
        return
    if rows and are_uneven(list(map(len, rows))):
        normal.uneven_columns.append(as_told([" ".join(tree.text(cell).strip() for cell in row) for row in rows]))
    yield from (_spaced(paragraph) for paragraph, _ in run)


def as_told(lines: Sequence[str]) -> str:
    """Lines in columns, as they are told."""
    said = " / ".join(line.strip() for line in lines)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


def _spaced(block: Node) -> Node:
    """A block with a space for every tab left in it."""

    def change(node: Node) -> Node | None:
        inner = tree.inlines(node)
        if not any(tree.kind(one) == "Str" and TAB in tree.letters(one) for one in inner):
            return None
        return tree.with_inlines(node, tree.rewrite(_with_spaces(inner), change))

    changed: list[Node] = tree.rewrite([block], change)
    return changed[0]


def _with_spaces(inlines: Sequence[Node]) -> list[Node]:
    out: list[Node] = []
    for node in inlines:
        parts = tree.letters(node).split(TAB) if tree.kind(node) == "Str" else []
        for at, part in enumerate(parts):
            out += [tree.space()] if at and not (out and tree.kind(out[-1]) == "Space") else []
            out += [tree.word(part)] if part else []
        if not parts and not (tree.kind(node) == "Space" and out and tree.kind(out[-1]) == "Space"):
            out.append(node)
    return out
