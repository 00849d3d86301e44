"""Two lists of blocks merged into one: what stayed as it is, what changed with its changes, what went and what came."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from rapport import tree
from rapport.diff.block_matching import BlockPair, match_blocks, only_paragraph, with_paragraph
from rapport.diff.equivalence import signature
from rapport.diff.inlines import DELETED, INSERTED, SAME, ChangeMarker, mark_all, merge_inlines, merge_paragraphs
from rapport.model import Node
from rapport.tree import Cell, Row, TableBody, table_node, table_of

PARAGRAPH_END = "ended"  # the class of a mark that speaks of the end of a paragraph alone
NUMBERED = frozenset(("paragraph", "recommendation"))
LABELLED = frozenset(("recommendation", "consolidated", "key"))
PARAGRAPHS = frozenset(("Para", "Plain"))


def merge_blocks(old: Sequence[Node], new: Sequence[Node], marker: ChangeMarker) -> list[Node]:
    """The blocks of both lists, changes marked."""
    return [node for match in match_blocks(old, new) for node in merge_pair(match, marker)]


def merge_pair(match: BlockPair, marker: ChangeMarker) -> list[Node]:
    """What stands for a block that went, came, changed or stayed, or for paragraphs divided and joined."""
    if not match.new:  # no change can hold a rule
        return [deleted_block(node, marker) for node in match.old if tree.kind(node) != "HorizontalRule"]
    if not match.old:
        return [inserted_block(node, marker) for node in match.new]
    if len(match.old) + len(match.new) > 2:
        return _merge_divided(match, marker)
    old, new = match.old[0], match.new[0]
    return [new] if match.is_same and _labels(old) == _labels(new) else merge_changed(old, new, marker)


def _labels(node: Node) -> list[str]:
    """The labels of recommendations, which are counted, and printed as text."""
    if tree.kind(node) != "Div":
        return []
    own = tree.pairs(node).get("label")
    return [own] if own else [label for block in tree.blocks(node) for label in _labels(block)]


def _merge_divided(match: BlockPair, marker: ChangeMarker) -> list[Node]:
    """The paragraphs of a match of several: those that were joined lose their ends, those divided gain some."""
    old, new = ([only_paragraph(node) or [] for node in side] for side in (match.old, match.new))
    made = []
    for index, (end, inlines) in enumerate(merge_paragraphs(old, new, marker)):
        words = inlines if end == SAME else [marker.mark(end, "paragraph", PARAGRAPH_END), *inlines]
        if end == DELETED:
            made.append(_struck(with_paragraph(match.old[index], words)))
        else:
            made.append(with_paragraph(match.new[min(index, len(match.new) - 1)], words))
    return made


def merge_changed(old: Node, new: Node, marker: ChangeMarker) -> list[Node]:
    """A block that changed; two of one kind that cannot be merged stand one after the other."""
    match tree.kind(new):
        case "Para" | "Plain" | "Header":
            return [tree.with_inlines(new, merge_inlines(tree.inlines(old), tree.inlines(new), marker))]
        case "Div":
            return [tree.with_blocks(new, _merge_division(old, new, marker))]
        case "BlockQuote":
            return [tree.with_blocks(new, merge_blocks(tree.blocks(old), tree.blocks(new), marker))]
        case "BulletList" | "OrderedList":
            return [tree.with_items(new, _merge_items(tree.items(old), tree.items(new), marker))]
        case "LineBlock" if len(tree.lines(old)) == len(tree.lines(new)):
            lines = zip(tree.lines(old), tree.lines(new), strict=True)
            return [tree.line_block([merge_inlines(before, after, marker) for before, after in lines])]
        case "Table" if bool(tree.caption(old)) == bool(tree.caption(new)):
            return [_merge_tables(old, new, marker)]
        case "Figure" if bool(tree.caption(old)) == bool(tree.caption(new)):
            captioned = tree.with_caption(new, _merge_cell(tree.caption(old), tree.caption(new), marker))
            return [tree.with_blocks(captioned, _merge_pictures(tree.blocks(old), tree.blocks(new), marker))]
    return [deleted_block(old, marker), inserted_block(new, marker)]


def _merge_pictures(old: Sequence[Node], new: Sequence[Node], marker: ChangeMarker) -> list[Node]:
    """The picture of a figure, or the old one in a paragraph of its own: side by side they would not fit."""
    if signature(old) == signature(new):
        return list(new)
    return [*(deleted_block(node, marker) for node in old), *(inserted_block(node, marker) for node in new)]


def _merge_division(old: Node, new: Node, marker: ChangeMarker) -> list[Node]:
    """The blocks of a division; a numbered one keeps its first paragraph, and a label stands apart from the words."""
    was, now = tree.blocks(old), tree.blocks(new)
    paragraphs = bool(was and now) and {"Para"} >= {tree.kind(was[0]), tree.kind(now[0])}
    if not paragraphs or not tree.has_class(new, *NUMBERED, *LABELLED):
        return merge_blocks(was, now, marker)
    before, after = tree.inlines(was[0]), tree.inlines(now[0])
    first: list[Node] = []
    if tree.has_class(new, *LABELLED) and _begins_with_label(before) and _begins_with_label(after):
        first = [*merge_inlines(before[:1], after[:1], replace(marker, counting=True)), tree.word(" ")]
        before, after = _after_label(before), _after_label(after)
    return [tree.para([*first, *merge_inlines(before, after, marker)]), *merge_blocks(was[1:], now[1:], marker)]


def _begins_with_label(inlines: Sequence[Node]) -> bool:
    return bool(inlines) and tree.has_class(inlines[0], "label")


def _after_label(inlines: Sequence[Node]) -> list[Node]:
    """The inlines after a label and its space."""
    rest = list(inlines[1:])
    if rest and tree.kind(rest[0]) == "Str":
        rest[0] = tree.word(tree.letters(rest[0]).removeprefix(" "))
    return rest


def _merge_items(old: Sequence[list[Node]], new: Sequence[list[Node]], marker: ChangeMarker) -> list[list[Node]]:
    """The items of a list, each as a division of its own while they are compared."""
    merged = merge_blocks([tree.div(item) for item in old], [tree.div(item) for item in new], marker)
    return [tree.blocks(node) for node in merged]


# ---------------------------------------------------------------- tables


def _merge_tables(old: Node, new: Node, marker: ChangeMarker) -> Node:
    """A table with as many columns: row by row, cell by cell; its bodies become one."""
    before, after = table_of(old), table_of(new)
    was, now = (tuple(chain(*(body.titles + body.rows for body in table.bodies))) for table in (before, after))
    body = after.bodies[0] if after.bodies else TableBody(())
    merged = replace(
        after, caption=_merge_cell(before.caption, after.caption, marker),
        head=_merge_rows(before.head, after.head, marker), foot=_merge_rows(before.foot, after.foot, marker),
        bodies=(replace(body, titles=(), rows=_merge_rows(was, now, marker)),) if was or now else (),
    )  # fmt: skip
    return table_node(merged)


def _merge_rows(old: Sequence[Row], new: Sequence[Row], marker: ChangeMarker) -> tuple[Row, ...]:
    """Rows, compared as divisions of their cells; a row that came or went says so in its first cell."""
    made: list[Row] = []
    before, after = (
        [tree.div([tree.div(c.blocks) for c in row.cells], ["row"]) for row in rows] for rows in (old, new)
    )
    rows = {id(node): row for node, row in zip([*before, *after], [*old, *new], strict=True)}
    for match in match_blocks(before, after):
        was, now = ([rows[id(node)] for node in side] for side in (match.old, match.new))
        if was and now and len(was[0].cells) == len(now[0].cells):
            pairs = zip(was[0].cells, now[0].cells, strict=True)
            cells = (replace(a, blocks=_merge_cell(b.blocks, a.blocks, marker)) for b, a in pairs)
            made.append(replace(now[0], cells=tuple(cells)))
            continue
        made += [_marked_row(row, DELETED, marker) for row in was]
        made += [_marked_row(row, INSERTED, marker) for row in now]
    return tuple(made)


def _merge_cell(old: Sequence[Node], new: Sequence[Node], marker: ChangeMarker) -> list[Node]:
    """A cell's blocks; its only paragraph is one, however it was rewritten, since a cell cannot lose its last."""
    if signature(old) == signature(new):
        return list(new)
    kinds = {tree.kind(node) for node in (*old, *new)}
    if kinds <= PARAGRAPHS and len(old) <= 1 and len(new) <= 1:
        if not new:
            return [tree.plain(mark_all(tree.inlines(old[0]), DELETED, marker))]
        if not old:
            return [tree.with_inlines(new[0], mark_all(tree.inlines(new[0]), INSERTED, marker))]
        return merge_changed(old[0], new[0], marker)
    return merge_blocks(old, new, marker)


def _marked_row(row: Row, kind: str, marker: ChangeMarker) -> Row:
    cells = [_marked_cell(cell, kind, marker) for cell in row.cells]
    if cells and tree.kind(first := cells[0].blocks[0]) in PARAGRAPHS:
        begins = tree.with_inlines(first, [marker.mark(kind, "row"), *tree.inlines(first)])
        cells[0] = replace(cells[0], blocks=[begins, *cells[0].blocks[1:]])
    return replace(row, cells=tuple(cells))


def _marked_cell(cell: Cell, kind: str, marker: ChangeMarker) -> Cell:
    blocks = [_marked_block(node, kind, marker, marked=False) for node in cell.blocks]
    return replace(cell, blocks=blocks or [tree.plain([])])


# ---------------------------------------------------------------- blocks deleted or inserted whole


def deleted_block(node: Node, marker: ChangeMarker) -> Node:
    """A block that is no longer there."""
    return _marked_block(node, DELETED, marker)


def inserted_block(node: Node, marker: ChangeMarker) -> Node:
    """A block that was not there before; told apart from words put at the end of the paragraph above it."""
    return _marked_block(node, INSERTED, marker.an_hour_on)


def _marked_block(node: Node, kind: str, marker: ChangeMarker, marked: bool = True) -> Node:
    """A block deleted or inserted whole, its paragraphs with their marks."""
    mark = [marker.mark(kind)] if marked else []

    def inlines(nodes: list[Node]) -> list[Node]:
        return [*mark, *mark_all(nodes, kind, marker)] if nodes else []

    def blocks(nodes: list[Node]) -> list[Node]:
        return [_marked_block(inner, kind, marker, marked) for inner in nodes]

    if kind == DELETED and tree.kind(node) in marker.names:
        node = _uncounted(node, marker)
    if tree.kind(node) == "CodeBlock":
        node = tree.line_block([[tree.word(line)] for line in tree.letters(node).split("\n")])
    if tree.kind(node) == "LineBlock":
        first, *others = [mark_all(line, kind, marker) for line in tree.lines(node)] or [[]]
        return tree.line_block([[*mark, *first], *others])
    table = tree.kind(node) == "Table"
    made = _marked_table(node, kind, marker, blocks) if table else tree.change_inside(node, blocks, inlines)
    return _struck(made) if kind == DELETED else made


def _marked_table(node: Node, kind: str, marker: ChangeMarker, blocks: tree.Change) -> Node:
    def rows(given: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(_marked_row(row, kind, marker) for row in given)

    table = table_of(node)
    bodies = tuple(replace(body, titles=rows(body.titles), rows=rows(body.rows)) for body in table.bodies)
    caption = blocks(table.caption)
    return table_node(replace(table, caption=caption, head=rows(table.head), bodies=bodies, foot=rows(table.foot)))


def _struck(node: Node) -> Node:
    """A block that is deleted: no link leads to it, and it is not counted."""
    if tree.kind(node) not in tree.ATTRIBUTES_AT:
        return node
    return tree.with_attributes(node, tree.attr("", [*tree.classes(node), DELETED], tree.pairs(node)))


def _uncounted(node: Node, marker: ChangeMarker) -> Node:
    """A table or figure that is counted no more: its number is words of its caption."""
    pairs, caption = tree.pairs(node), tree.caption(node)
    number = pairs.pop("number", "")
    if number and caption:
        words = tree.word(f"{marker.names[tree.kind(node)]} {number} – ")
        caption = [tree.with_inlines(caption[0], [words, *tree.inlines(caption[0])]), *caption[1:]]
    named = tree.attr(tree.identifier(node), tree.classes(node), pairs)
    return tree.with_caption(tree.with_attributes(node, named), caption)
