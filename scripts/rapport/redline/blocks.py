"""Two lists of blocks made one: what is the same is found first, then what is nearly so, and the rest went or came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz.distance import Indel

from rapport import tree
from rapport.model import Node
from rapport.redline.inlines import DELETED, INSERTED, Hand, merged, said, whole

ALIKE = 0.42  # of the words of two blocks in common: they are one block, changed
LARGE = 40_000  # ways of pairing two stretches that are worth weighing
NUMBERED = frozenset(("paragraph", "recommendation"))
LABELLED = frozenset(("recommendation", "consolidated", "key"))
Pair = tuple[Node | None, Node | None]


def over(old: Sequence[Node], new: Sequence[Node], hand: Hand) -> list[Node]:
    """The blocks of both lists, changes marked."""
    return [node for pair in paired(old, new) for node in one(*pair, hand)]


def one(old: Node | None, new: Node | None, hand: Hand) -> list[Node]:
    """What stands for a block that went, came, changed or stayed."""
    if old is None or new is None:
        return [gone(old, hand)] if old else [come(new, hand)] if new else []
    return [new] if said(old) == said(new) else both(old, new, hand)


def paired(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
    """Every block of both lists once, in an order that is that of each."""
    here, there = [said(node) for node in old], [said(node) for node in new]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _nearly(old[i1:i2], new[j1:j2])


def _nearly(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
    """Blocks of two stretches paired in order so that they are as alike as can be."""
    if len(old) * len(new) > LARGE:
        a, b = len(old) // 2, len(new) // 2
        yield from _nearly(old[:a], new[:b])
        yield from _nearly(old[a:], new[b:])
        return
    scores = [[_alike(o, n) for n in new] for o in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            joined = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((node, None) for node in old[i:])
    yield from ((None, node) for node in new[j:])


def _alike(old: Node, new: Node) -> float:
    """How much two blocks of one kind have in common; 0 where they are two blocks."""
    if _kind(old) != _kind(new):
        return 0
    if "cover" in tree.attributes(old)[1]:
        return 1
    score = Indel.normalized_similarity(tree.text(old).split(), tree.text(new).split())
    return float(score) if score >= ALIKE else 0


def _kind(node: Node) -> tuple[Any, ...]:
    """What two blocks must share to be one; a paragraph is one wherever it stands."""
    name = {"Plain": "Para"}.get(node["t"], node["t"])
    if name == "Table":
        return name, len(node["c"][2])
    if name == "Header":
        return name, node["c"][0], "unnumbered" in node["c"][1][1]
    return name, *tree.attributes(node)[1]


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
        case "Table":
            return [_table(before, after, hand)]
        case "Figure" if said(before[2]) == said(after[2]):
            return [{"t": "Figure", "c": [after[0], [after[1][0], over(before[1][1], after[1][1], hand)], after[2]]}]
    return [gone(old, hand), come(new, hand)]


def _inside(old: Sequence[Node], new: Sequence[Node], classes: set[str], hand: Hand) -> list[Node]:
    """The blocks of a division; a numbered one keeps its first paragraph, and a label stands apart from the words."""
    if not old or not new or not {"Para"} >= {old[0]["t"], new[0]["t"]} or not classes & (NUMBERED | LABELLED):
        return over(old, new, hand)
    before, after = old[0]["c"], new[0]["c"]
    first: list[Node] = []
    if classes & LABELLED and _label(before) and _label(after):
        first = [*merged(before[:1], after[:1], hand), {"t": "Str", "c": " "}]
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
    caption = [new[1][0], over(old[1][1], new[1][1], hand)]
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
    for was, now in paired(before, after):
        if was and now and len(left[id(was)][1]) == len(right[id(now)][1]):
            attributes, cells = right[id(now)]
            pairs = zip(left[id(was)][1], cells, strict=True)
            made.append([attributes, [[*a[:4], _cell(b[4], a[4], hand)] for b, a in pairs]])
            continue
        if was:
            made.append(_row(left[id(was)], DELETED, hand))
        if now:
            made.append(_row(right[id(now)], INSERTED, hand))
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
    """A block that was not there before."""
    return _changed(node, INSERTED, hand)


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
    if node["t"] == "CodeBlock" and kind == DELETED:
        return {"t": "LineBlock", "c": [inlines([{"t": "Str", "c": line}]) for line in node["c"][1].split("\n")]}
    if node["t"] == "LineBlock":
        lines = [whole(line, kind, hand) for line in node["c"]]
        lines[0] = [*([hand.mark(kind)] if marked else []), *lines[0]] if lines else []
        return {"t": "LineBlock", "c": lines}
    made = tree.change_inside(node, blocks, inlines)
    if kind == DELETED and (at := tree.ATTRIBUTES_AT.get(node["t"])) is not None:
        _, classes, pairs = made["c"][at]
        content = list(made["c"])
        content[at] = ["", [*classes, DELETED], pairs]
        made = {"t": made["t"], "c": content}
    return made


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
