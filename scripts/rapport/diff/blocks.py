"""Two lists of blocks made one: what stayed as it is, what changed with its changes, what went and what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from rapport import tree
from rapport.diff.block_matching import BlockPair, lone, matched, with_words
from rapport.diff.equivalence import said
from rapport.diff.inlines import DELETED, INSERTED, SAME, Hand, divided, merged, whole
from rapport.model import Node

ENDED = "ended"  # the class of a mark that speaks of the end of a paragraph alone
NUMBERED = frozenset(("paragraph", "recommendation"))
LABELLED = frozenset(("recommendation", "consolidated", "key"))


def over(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """The blocks of both lists, changes marked."""
    return [node for match in matched(old, new) for node in made_one(match, hand)]


def made_one(match: BlockPair, hand: Hand) -> list[Node]:
    """What stands for a block that went, came, changed or stayed, or for paragraphs divided and joined."""
    if not match.new:
        return [gone(node, hand) for node in match.old if node["t"] != "HorizontalRule"]  # no change can hold one
    if not match.old:
        return [come(node, hand) for node in match.new]
    if len(match.old) + len(match.new) > 2:
        return _divided(match, hand)
    old, new = match.old[0], match.new[0]
    return [new] if match.same and _labels(old) == _labels(new) else both(old, new, hand)


def _labels(node: Node) -> list[str]:
    """The labels of recommendations, which are counted, and printed as text."""
    if node["t"] != "Div":
        return []
    (_, _, pairs), blocks = node["c"]
    own = dict(pairs).get("label")
    return [own] if own else [label for block in blocks for label in _labels(block)]


def _divided(match: BlockPair, hand: Hand) -> list[Node]:
    """The paragraphs of a match of several: those that were joined lose their ends, those divided gain some."""
    pieces = divided([lone(node) or [] for node in match.old], [lone(node) or [] for node in match.new], hand)
    made = []
    for index, (end, inlines) in enumerate(pieces):
        words = inlines if end == SAME else [hand.mark(end, "paragraph", ENDED), *inlines]
        if end == DELETED:
            made.append(_struck(with_words(match.old[index], words)))
        else:
            made.append(with_words(match.new[min(index, len(match.new) - 1)], words))
    return made


def both(old: Node, new: Node, hand: Hand) -> list[Node]:
    """A block that changed."""
    before, after = old["c"], new["c"]
    match new["t"]:
        case "Para" | "Plain":
            return [{"t": new["t"], "c": merged(before, after, hand)}]
        case "Header":
            return [{"t": "Header", "c": [after[0], after[1], merged(before[2], after[2], hand)]}]
        case "Div":
            return [{"t": "Div", "c": [after[0], _inside(before[1], after[1], set(after[0][1]), hand)]}]
        case "BlockQuote":
            return [{"t": "BlockQuote", "c": over(before, after, hand)}]
        case "BulletList":
            return [{"t": "BulletList", "c": _items(before, after, hand)}]
        case "OrderedList":
            return [{"t": "OrderedList", "c": [after[0], _items(before[1], after[1], hand)]}]
        case "LineBlock" if len(before) == len(after):
            return [{"t": "LineBlock", "c": [merged(b, a, hand) for b, a in zip(before, after, strict=True)]}]
        case "Table" if bool(before[1][1]) == bool(after[1][1]):
            return [_table(before, after, hand)]
        case "Figure" if bool(before[1][1]) == bool(after[1][1]):
            caption = [after[1][0], _cell(before[1][1], after[1][1], hand)]
            return [{"t": "Figure", "c": [after[0], caption, _pictures(before[2], after[2], hand)]}]
    return [gone(old, hand), come(new, hand)]


def _pictures(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """The picture of a figure, or the old one in a paragraph of its own: side by side they would not fit."""
    if said(list(old)) == said(list(new)):
        return list(new)
    return [*(gone(node, hand) for node in old), *(come(node, hand) for node in new)]


def _inside(old: Sequence[Node], new: Sequence[Node], classes: set[str], hand: Hand) -> list[Node]:
    """The blocks of a division; a numbered one keeps its first paragraph, and a label stands apart from the words."""
    if not old or not new or not {"Para"} >= {old[0]["t"], new[0]["t"]} or not classes & (NUMBERED | LABELLED):
        return over(old, new, hand)
    before, after = old[0]["c"], new[0]["c"]
    first: list[Node] = []
    if classes & LABELLED and _label(before) and _label(after):
        first = [*merged(before[:1], after[:1], replace(hand, counting=True)), {"t": "Str", "c": " "}]
        before, after = _after_label(before), _after_label(after)
    return [tree.para([*first, *merged(before, after, hand)]), *over(old[1:], new[1:], hand)]


def _label(inlines: Sequence[Node]) -> bool:
    return bool(inlines) and "label" in tree.attributes(inlines[0])[1]


def _after_label(inlines: Sequence[Node]) -> list[Node]:
    """The inlines after a label and its space."""
    rest = list(inlines[1:])
    if rest and rest[0]["t"] == "Str":
        rest[0] = {"t": "Str", "c": rest[0]["c"].removeprefix(" ")}
    return rest


def _items(old: Sequence[Any], new: Sequence[Any], hand: Hand) -> list[list[Node]]:
    """The items of a list, each as a division of its own while they are compared."""
    listed = over([tree.div(item) for item in old], [tree.div(item) for item in new], hand)
    return [node["c"][1] for node in listed]


def _table(old: Any, new: Any, hand: Hand) -> Node:
    """A table with as many columns: row by row, cell by cell."""
    caption = [new[1][0], _cell(old[1][1], new[1][1], hand)]
    head = [new[3][0], _rows(old[3][1], new[3][1], hand)]
    foot = [new[5][0], _rows(old[5][1], new[5][1], hand)]
    attributes, heads = (new[4][0][0], new[4][0][1]) if new[4] else (["", [], []], 0)
    rows = [[row for body in table[4] for part in body[2:] for row in part] for table in (old, new)]
    bodies = [[attributes, heads, [], _rows(rows[0], rows[1], hand)]] if rows[0] or rows[1] else []
    return {"t": "Table", "c": [new[0], caption, new[2], head, bodies, foot]}


def _rows(old: Sequence[Any], new: Sequence[Any], hand: Hand) -> list[Any]:
    """Rows, compared as divisions of their cells; a row that came or went says so in its first cell."""
    made = []
    before, after = ([tree.div([tree.div(c[4]) for c in row[1]], ["row"]) for row in rows] for rows in (old, new))
    left, right = ({id(n): r for n, r in zip(ns, rows, strict=True)} for ns, rows in ((before, old), (after, new)))
    for match in matched(before, after):
        was, now = [left[id(node)] for node in match.old], [right[id(node)] for node in match.new]
        if was and now and len(was[0][1]) == len(now[0][1]):
            pairs = zip(was[0][1], now[0][1], strict=True)
            made.append([now[0][0], [[*a[:4], _cell(b[4], a[4], hand)] for b, a in pairs]])
            continue
        made += [_row(row, DELETED, hand) for row in was]
        made += [_row(row, INSERTED, hand) for row in now]
    return made


def _cell(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """A cell's blocks; its only paragraph is one, however it was rewritten, since a cell cannot lose its last."""
    if said(list(old)) == said(list(new)):
        return list(new)
    if not new and all(node["t"] in ("Para", "Plain") for node in old):
        return [{"t": "Plain", "c": whole(old[-1]["c"], DELETED, hand)}] if len(old) == 1 else over(old, new, hand)
    if not old and len(new) == 1 and new[0]["t"] in ("Para", "Plain"):
        return [{"t": new[0]["t"], "c": whole(new[0]["c"], INSERTED, hand)}]
    if len(old) == len(new) == 1 and {old[0]["t"], new[0]["t"]} <= {"Para", "Plain"}:
        return [{"t": new[0]["t"], "c": merged(old[0]["c"], new[0]["c"], hand)}]
    return over(old, new, hand)


def _row(row: Any, kind: str, hand: Hand) -> Any:
    attributes, cells = row
    made = []
    for index, cell in enumerate(cells):
        blocks = [_changed(node, kind, hand, marked=False) for node in cell[4]] or [{"t": "Plain", "c": []}]
        if index == 0 and blocks[0]["t"] in ("Para", "Plain"):
            blocks[0] = {"t": blocks[0]["t"], "c": [hand.mark(kind, "row"), *blocks[0]["c"]]}
        made.append([*cell[:4], blocks])
    return [attributes, made]


def gone(node: Node, hand: Hand) -> Node:
    """A block that is no longer there."""
    return _changed(node, DELETED, hand)


def come(node: Node, hand: Hand) -> Node:
    """A block that was not there before; told apart from words put at the end of the paragraph above it."""
    return _changed(node, INSERTED, hand.later)


def _changed(node: Node, kind: str, hand: Hand, marked: bool = True) -> Node:
    """A block deleted or inserted whole, its paragraphs with their marks."""

    def inlines(nodes: list[Node]) -> list[Node]:
        return [*([hand.mark(kind)] if marked else []), *whole(nodes, kind, hand)] if nodes else []

    def blocks(nodes: list[Node]) -> list[Node]:
        return [_changed(inner, kind, hand, marked) for inner in nodes]

    if kind == DELETED and node["t"] in hand.names:
        node = _uncounted(node, hand)
    if node["t"] == "Table":
        return _whole_table(node, kind, hand, blocks)
    if node["t"] == "CodeBlock":
        node = {"t": "LineBlock", "c": [[{"t": "Str", "c": line}] for line in node["c"][1].split("\n")]}
    if node["t"] == "LineBlock":
        lines = [whole(line, kind, hand) for line in node["c"]]
        lines[0] = [*([hand.mark(kind)] if marked else []), *lines[0]] if lines else []
        return {"t": "LineBlock", "c": lines}
    made = tree.change_inside(node, blocks, inlines)
    return _struck(made) if kind == DELETED else made


def _struck(node: Node) -> Node:
    """A block that is deleted: no link leads to it, and it is not counted."""
    at = tree.ATTRIBUTES_AT.get(node["t"])
    if at is None:
        return node
    _, classes, pairs = node["c"][at]
    content = list(node["c"])
    content[at] = ["", [*classes, DELETED], pairs]
    return {"t": node["t"], "c": content}


def _uncounted(node: Node, hand: Hand) -> Node:
    """A table or figure that is counted no more: its number is words of its caption."""
    (name, classes, pairs), (short, caption), *rest = node["c"]
    number = dict(pairs).get("number", "")
    if number and caption:
        first = [{"t": "Str", "c": f"{hand.names[node['t']]} {number} – "}, *caption[0]["c"]]
        caption = [{"t": caption[0]["t"], "c": first}, *caption[1:]]
    return {"t": node["t"], "c": [[name, classes, [p for p in pairs if p[0] != "number"]], [short, caption], *rest]}


def _whole_table(node: Node, kind: str, hand: Hand, blocks: Callable[[list[Node]], list[Node]]) -> Node:
    attributes, (short, caption), columns, (head, above), bodies, (foot, below) = node["c"]

    def rows(given: Sequence[Any]) -> list[Any]:
        return [_row(row, kind, hand) for row in given]

    kept = ["", [*attributes[1], DELETED], attributes[2]] if kind == DELETED else attributes
    made = [[a, heads, rows(first), rows(rest)] for a, heads, first, rest in bodies]
    return {
        "t": "Table",
        "c": [kept, [short, blocks(caption)], columns, [head, rows(above)], made, [foot, rows(below)]],
    }
