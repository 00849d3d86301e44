"""Pandoc's blocks of a Word file made into those of a contribution: no styles, no anchors, no names of programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapport import tree
from rapport.intake.headings import without
from rapport.intake.received import ReceivedText
from rapport.language.names import identifier
from rapport.model import Node
from rapport.office.normalised import Loss

LISTS = ("BulletList", "OrderedList")
CM = {"in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "pt": 2.54 / 72}
LABEL = re.compile(
    r"^\s*(?:Tableau|Figure|Graphique|Image|Carte|Sch[ée]ma|Table)\s+\d{1,3}\s*[.:–—-]\s*", re.IGNORECASE
)


def flat(blocks: Sequence[Node]) -> Iterator[Node]:
    """Every block out of the Divs in which pandoc puts Word's styles."""
    for block in blocks:
        yield from flat(block["c"][1]) if block["t"] == "Div" else [block]


def clean(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks as a contribution may have them; what is left out is told in `received`."""
    return _Cleaning(blocks, received).blocks(blocks)


class _Cleaning:
    def __init__(self, blocks: Sequence[Node], received: ReceivedText) -> None:
        self.received = received
        nodes = list(tree.walk(list(blocks)))
        self.wanted = {n["c"][2][0][1:] for n in nodes if n["t"] == "Link" and n["c"][2][0].startswith("#")}
        self.there = {tree.attributes(n)[0] for n in nodes} & self.wanted - {""}

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            match block["t"]:
                case "Div":
                    out += self.blocks(block["c"][1])
                case "Para" | "Plain":
                    if inlines := _trimmed(self.inlines(block["c"])):
                        out.append({"t": block["t"], "c": inlines})
                case "Header":
                    level, attributes, inlines = block["c"]
                    if tree.text(inlines) or any(True for n in tree.walk(inlines) if n["t"] == "Image"):
                        out.append({"t": "Header", "c": [level, self.named(attributes), self.inlines(inlines)]})
                case "CodeBlock":
                    out += [tree.para(tree.string(line)) for line in block["c"][1].split("\n") if line.strip()]
                case "RawBlock":
                    self.received.losses.append(Loss("raw", 1, block["c"][1]))
                case "HorizontalRule":
                    self.received.repaired("rule")
                case "BulletList":
                    items = self.items(block["c"])
                    out += [{"t": "BulletList", "c": items}] if items else []
                case "OrderedList":
                    start, _, _ = block["c"][0]
                    items = self.items(block["c"][1])
                    how = [start, {"t": "Decimal"}, {"t": "Period"}]
                    out += [{"t": "OrderedList", "c": [how, items]}] if items else []
                case "DefinitionList":
                    for term, texts in block["c"]:
                        out.append(tree.para([{"t": "Strong", "c": self.inlines(term)}]))
                        out += [one for text in texts for one in self.blocks(text)]
                case "Table":
                    out.append(self.table(block))
                case "Figure":
                    out += self.figure(block)
                case _:
                    out.append(tree.change_inside(block, self.blocks, self.inlines))
        return apart(out, self.received)

    def table(self, table: Node) -> Node:
        """A table without styles, its caption without the number that the report gives it."""
        node = _plain_table(tree.change_inside(table, self.cell, self.inlines))
        if _untitled(node):
            self.received.repaired("table-head")
        attributes, (short, caption), *rest = node["c"]
        return {"t": "Table", "c": [self.named(attributes), [short, self.caption(caption)], *rest]}

    def items(self, items: Sequence[list[Node]]) -> list[list[Node]]:
        """The items of a list; one that holds nothing but a list gives its items."""
        out: list[list[Node]] = []
        for item in filter(None, map(self.blocks, items)):
            if len(item) == 1 and item[0]["t"] in LISTS:
                out += item[0]["c"] if item[0]["t"] == "BulletList" else item[0]["c"][1]
            else:
                out.append(_tight(item))
        return out

    def cell(self, blocks: list[Node]) -> list[Node]:
        """The blocks of a cell: in one, Markdown has neither tables nor numbers that can be followed to their place."""
        out: list[Node] = []
        for block in self.blocks(blocks):
            if block["t"] == "Table":
                self.received.repaired("nested-table")
                _, _, _, (_, above), bodies, (_, below) = block["c"]
                rows = [*above, *(row for body in bodies for part in body[2:4] for row in part), *below]
                out += [inner for row in rows for cell in row[1] for inner in self.cell(cell[4])]
            elif block["t"] == "OrderedList":
                for number, item in enumerate(block["c"][1], block["c"][0][0]):
                    first = item[0]["c"] if item[0]["t"] in ("Para", "Plain") else []
                    out.append(tree.para([*tree.string(f"{number}. "), *first]))
                    out += self.cell(item[1:] if first else item)
            elif block["t"] == "Header":
                out.append(tree.para([{"t": "Strong", "c": block["c"][2]}]))
            else:
                out.append(block)
        return out

    def figure(self, figure: Node) -> list[Node]:
        """A picture with its caption; what only looks like one, as the blocks it holds."""
        attributes, (short, caption), held = figure["c"]
        inside, said = self.blocks(held), self.caption(self.blocks(caption))
        images = [n for n in tree.walk(inside) if n["t"] == "Image"]
        if len(images) != 1 or tree.text([n for n in inside if n["t"] not in ("Para", "Plain")]):
            return [*inside, *said]
        if not said:
            return [tree.para(images)]
        kept = {"t": "Plain", "c": images}
        return [{"t": "Figure", "c": [self.named(attributes), [short, said], [kept]]}]

    def caption(self, blocks: list[Node]) -> list[Node]:
        """« Tableau 3 : Les chiffres » → « Les chiffres »: the report numbers its tables and figures itself."""
        if blocks and blocks[0]["t"] in ("Para", "Plain") and (label := LABEL.match(tree.text(blocks[0]["c"]))):
            self.received.placed.append(label[0])
            self.received.repaired("label")
            blocks = [{"t": blocks[0]["t"], "c": without(blocks[0]["c"], label.end())}, *blocks[1:]]
        return [{"t": "Plain", "c": b["c"]} if b["t"] == "Para" else b for b in blocks if b.get("c")]

    def named(self, attributes: list[Any]) -> list[Any]:
        """The id where a link leads to it; nothing else."""
        return [_safe(attributes[0]) if attributes[0] in self.there else "", [], []]

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for node in inlines:
            content: Any = node.get("c")
            match node["t"]:
                case "Span":
                    attributes, inner = content
                    name = self.named(attributes)
                    pairs = [[k, v] for k, v in attributes[2] if k == "lang" and len(v) in (2, 5)]
                    inside = self.inlines(inner)
                    keep = name[0] or (pairs and tree.text(inside))
                    out += [{"t": "Span", "c": [[name[0], [], pairs], inside]}] if keep else inside
                case "Link":
                    out += self.link(node)
                case "Image":
                    pairs = [[key, cut] for key, value in content[0][2] if key == "width" and (cut := _width(value))]
                    alt = content[1] or tree.string(dict(content[0][2]).get("alt", ""))
                    out.append({"t": "Image", "c": [["", [], pairs], alt, [content[2][0], ""]]})
                case "Code":
                    out += tree.string(content[1])
                case "Math":
                    out += tree.string(content[1])
                case "RawInline":
                    self.received.losses.append(Loss("raw", 1, content[1]))
                case "Quoted":
                    marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                    out += [{"t": "Str", "c": marks[0]}, *self.inlines(content[1]), {"t": "Str", "c": marks[1]}]
                case "Note":
                    blocks = self.blocks(
                        [b for one in content for b in (one["c"] if one["t"] == "BlockQuote" else [one])]
                    )
                    out += [{"t": "Note", "c": blocks}] if blocks else []
                case kind if kind in tree.STYLED:
                    out += self.style(kind, self.inlines(content))
                case _:
                    out.append(node)
        return _joined(out)

    def style(self, kind: str, inner: list[Node]) -> list[Node]:
        """Bold, italic and the like around words; never around nothing, the spaces beside them, or a note alone."""
        before, words, after = _hoisted(inner)
        if words and all(node["t"] == "Note" for node in words):  # LibreOffice raises the call of a note
            return inner
        return [*before, *([{"t": kind, "c": words}] if words else []), *after]

    def link(self, node: Node) -> list[Node]:
        """A link to the web or to a place of this text; any other goes on as its words, told."""
        _, words, (target, _) = node["c"]
        inside = self.inlines(words)
        here = target.startswith("#") and target[1:] in self.there
        if tree.text(inside) and (here or target.lower().startswith(("http://", "https://", "mailto:"))):
            before, said, after = _hoisted(inside)
            to = f"#{_safe(target[1:])}" if here else target
            return [*before, {"t": "Link", "c": [["", [], []], said, [to, ""]]}, *after]
        if target and not target.startswith("#"):
            self.received.losses.append(Loss("link", 1, ""))
        return inside


def apart(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """Two lists side by side made one: Markdown cannot say where one ends and the next begins."""
    out: list[Node] = []
    for block in blocks:
        if out and block["t"] in LISTS and out[-1]["t"] == block["t"]:
            received.repaired("joined-list")
            before, after = out[-1]["c"], block["c"]
            joined = [*before, *after] if block["t"] == "BulletList" else [before[0], [*before[1], *after[1]]]
            out[-1] = {"t": block["t"], "c": joined}
        else:
            out.append(block)
    return out


def captioned(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """A line « Tableau 3 : … » or « Figure 2 : … » beside a table or a picture alone, made its caption."""
    out: list[Node] = []
    cleaning = _Cleaning((), received)
    for block in blocks:
        before = out[-1] if out else block
        table, label = (block, before) if block["t"] == "Table" else (before, block)
        if out and _is_label(label) and (made := _with_caption(table, label, cleaning)):
            out[-1] = made
        else:
            out.append(block)
    return out


def _is_label(block: Node) -> bool:
    return block["t"] == "Para" and bool(LABEL.match(tree.text(block)))


def _with_caption(block: Node, label: Node, cleaning: _Cleaning) -> Node | None:
    """The table or picture with this caption; None where it has one, or is something else."""
    if block["t"] == "Table" and not block["c"][1][1]:
        attributes, (short, _), *rest = block["c"]
        return {"t": "Table", "c": [attributes, [short, cleaning.caption([label])], *rest]}
    if block["t"] == "Para" and [node["t"] for node in block["c"]] == ["Image"]:
        held = [{"t": "Plain", "c": block["c"]}]
        return {"t": "Figure", "c": [["", [], []], [None, cleaning.caption([label])], held]}
    return None


def _untitled(table: Node) -> bool:
    """Whether a table had no titles, and its first row has now become them: all its cells hold words."""
    _, _, _, head, bodies, _ = table["c"]
    rows = bodies[0][3] if bodies else []
    first = [tree.text(cell[4]) for cell in rows[0][1]] if len(rows) > 1 else []
    if head[1] or not first or not all(re.search(r"[^\W\d_]", said) for said in first) or not _parted(rows):
        return False
    head[1].append(rows.pop(0))
    return True


def _parted(rows: list[Any]) -> bool:
    """The cells of the first row that reach below it cut there, if they can be: a title stands above its column."""
    reach = max(cell[2] for cell in rows[0][1])
    if any(cell[2] > 1 for row in rows[1:reach] for cell in row[1]):
        return False
    column = 0
    for cell in rows[0][1]:
        for row in rows[1 : cell[2]]:
            widths = [one[3] for one in row[1]]
            index = next((at for at in range(len(widths)) if sum(widths[:at]) >= column), len(widths))
            row[1].insert(index, [*cell[:2], 1, cell[3], []])
        cell[2] = 1
        column += cell[3]
    return True


def _plain_table(table: Node) -> Node:
    """A table of one line to a cell without the widths that each program gives its columns; any other as it is."""
    _, _, columns, (_, above), bodies, (_, below) = table["c"]
    cells = [
        cell
        for rows in (above, *(part for body in bodies for part in body[2:4]), below)
        for row in rows
        for cell in row[1]
    ]
    inside = [cell[4] for cell in cells]
    if any(len(one) > 1 or (one and one[0]["t"] not in ("Para", "Plain")) for one in inside):
        return table
    if any(node["t"] == "LineBreak" for node in tree.walk(inside)):
        return table
    for cell in cells:
        cell[4] = [{"t": "Plain", "c": block["c"]} for block in cell[4]]
    columns[:] = [[side, {"t": "ColWidthDefault"}] for side, _ in columns]
    return table


def _tight(item: list[Node]) -> list[Node]:
    """An item of one paragraph as Word shows it, without air around it."""
    if item[0]["t"] == "Para" and all(b["t"] in ("BulletList", "OrderedList") for b in item[1:]):
        return [{"t": "Plain", "c": item[0]["c"]}, *item[1:]]
    return item


def _width(value: str) -> str:
    """A width as a contribution may have it: centimetres with one decimal, or per cent."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(in|cm|mm|px|pt|%)", value)
    if not found or float(found[1]) <= 0:
        return ""
    return f"{float(found[1]):.0f}%" if found[2] == "%" else f"{min(float(found[1]) * CM[found[2]], 16):.1f}cm"


def _safe(name: str) -> str:
    return identifier(name) or "ici"


BLANK = ("Space", "SoftBreak", "LineBreak")


def _joined(inlines: list[Node]) -> list[Node]:
    """Two runs in bold side by side made one: Markdown cannot say where one ends and the next begins."""
    out: list[Node] = []
    for node in inlines:
        if out and node["t"] in tree.STYLED and out[-1]["t"] == node["t"]:
            out[-1] = {"t": node["t"], "c": [*out[-1]["c"], *node["c"]]}
        else:
            out.append(node)
    return out


def _hoisted(inlines: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """The spaces before, the words, the spaces after; a line break at the edge is a space."""
    words = _trimmed(inlines)
    start = next((at for at, node in enumerate(inlines) if node["t"] not in BLANK), len(inlines))
    space: list[Node] = [{"t": "Space"}]
    before = space if start else []
    return before, words, space if words and start + len(words) < len(inlines) else []


def _trimmed(inlines: list[Node]) -> list[Node]:
    """Without the spaces and line breaks at both ends."""
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in BLANK:
        start += 1
    while end > start and inlines[end - 1]["t"] in BLANK:
        end -= 1
    return inlines[start:end]
