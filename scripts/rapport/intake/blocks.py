"""Pandoc's blocks of a Word file made into those of a contribution: no styles, no anchors, no names of programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.intake.inlines import hoist_spaces, join_styled, signs, trim, without_bold, without_custom_styles
from rapport.intake.states import ReceivedText
from rapport.intake.tables import as_grid, caption_of, with_titles
from rapport.language.names import consonant_stamp, identifier
from rapport.language.web_addresses import real_address
from rapport.model import Node
from rapport.office.normal_document import Loss
from rapport.storage.cache import digest

CM = {"in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "pt": 2.54 / 72}
WIDEST = 16  # centimetres
LONG_NUMBER = re.compile(r"\d{4}")


def without_divisions(blocks: Sequence[Node]) -> Iterator[Node]:
    """Every block out of the Divs in which pandoc puts Word's styles."""
    for block in blocks:
        yield from without_divisions(tree.blocks(block)) if tree.kind(block) == "Div" else [block]


def clean_blocks(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks as a contribution may have them; what is left out is told in `received`."""
    return _Cleaning(blocks, received).blocks(blocks)


class _Cleaning:
    def __init__(self, blocks: Sequence[Node], received: ReceivedText) -> None:
        self.received = received
        nodes = list(tree.walk(list(blocks)))
        wanted = {tree.target(n)[1:] for n in nodes if tree.kind(n) == "Link" and tree.target(n).startswith("#")}
        self.linked = {tree.identifier(n) for n in nodes} & wanted - {""}

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            match tree.kind(block):
                case "Div":
                    out += self.blocks(tree.blocks(block))
                case "Para" | "Plain":
                    if inlines := trim(self.inlines(tree.inlines(block))):
                        out.append(tree.with_inlines(block, inlines))
                case "Header":
                    inlines = tree.inlines(block)
                    if tree.text(inlines) or any(tree.find(inlines, "Image")):
                        out.append(tree.header(tree.level(block), self.inlines(inlines), self.anchor(block)))
                case "CodeBlock":
                    out += [tree.para(tree.string(line)) for line in tree.letters(block).split("\n") if line.strip()]
                case "RawBlock":
                    self.received.losses.append(Loss("raw", 1, tree.letters(block)))
                case "HorizontalRule":
                    self.received.count_repair("rule")
                case "BulletList":
                    items = self.items(tree.items(block))
                    out += [tree.bullet_list(items)] if items else []
                case "OrderedList":
                    items = self.items(tree.items(block))
                    out += [tree.ordered_list(items, tree.numbering(block)[0])] if items else []
                case "DefinitionList":
                    for term, texts in tree.definitions(block):
                        out.append(tree.para([tree.strong(without_bold(self.inlines(term)))]))
                        out += [inner for text in texts for inner in self.blocks(text)]
                case "Table":
                    out.append(self.table(block))
                case "Figure":
                    out += self.figure(block)
                case _:
                    out.append(tree.change_inside(block, self.blocks, self.inlines))
        return join_adjacent_lists(out, self.received)

    def table(self, node: Node) -> Node:
        """A table without styles, its caption without the number that the report gives it."""
        table = as_grid(tree.table_of(tree.change_inside(node, self.cell, self.inlines)))
        if titled := with_titles(table):
            self.received.count_repair("table-head")
            table = titled
        caption = caption_of(table.caption, self.received)
        return tree.table_node(replace(table, caption=caption, attributes=tree.attr(self.anchor(node))))

    def items(self, items: Sequence[list[Node]]) -> list[list[Node]]:
        """The items of a list; one that holds nothing but a list gives its items."""
        out: list[list[Node]] = []
        for item in filter(None, map(self.blocks, items)):
            out += tree.items(item[0]) if len(item) == 1 and tree.kind(item[0]) in tree.LISTS else [_tight(item)]
        return out

    def cell(self, blocks: list[Node]) -> list[Node]:
        """The blocks of a cell: in one, Markdown has neither tables nor numbers that can be followed to their place."""
        out: list[Node] = []
        for block in self.blocks(blocks):
            match tree.kind(block):
                case "Table":
                    self.received.count_repair("nested-table")
                    for cell in tree.table_of(block).cells():
                        out += self.cell(cell.blocks)
                case "OrderedList":
                    for number, item in enumerate(tree.items(block), tree.numbering(block)[0]):
                        first = tree.inlines(item[0]) if tree.kind(item[0]) in tree.PARAGRAPHS else []
                        out.append(tree.para([*tree.string(f"{number}. "), *first]))
                        out += self.cell(item[1:] if first else item)
                case "Header":
                    out.append(tree.para([tree.strong(tree.inlines(block))]))
                case _:
                    out.append(block)
        return out

    def figure(self, figure: Node) -> list[Node]:
        """A picture with its caption; what only looks like one, as the blocks it holds."""
        inside = self.blocks(tree.blocks(figure))
        caption = caption_of(self.blocks(tree.caption(figure)), self.received)
        images = list(tree.find(inside, "Image"))
        if len(images) != 1 or tree.text([n for n in inside if tree.kind(n) not in tree.PARAGRAPHS]):
            return [*inside, *caption]
        if not caption:
            return [tree.para(images)]
        return [tree.figure([tree.plain(images)], caption, tree.attr(self.anchor(figure)))]

    def anchor(self, node: Node) -> str:
        """The identifier of a node where a link leads to it, else ""."""
        return _safe(tree.identifier(node)) if tree.identifier(node) in self.linked else ""

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for node in inlines:
            match tree.kind(node):
                case "Span":
                    out += self.span(node)
                case "Str" if "://" in tree.letters(node):
                    out.append(tree.word(real_address(tree.letters(node))))
                case "Link":
                    out += self.link(node)
                case "Image":
                    pairs = tree.pairs(node)
                    width = _width(pairs.get("width", ""))
                    alternative = tree.inlines(node) or tree.string(pairs.get("alt", ""))
                    out.append(tree.image(alternative, tree.target(node), **({"width": width} if width else {})))
                case "Code" | "Math":
                    out += tree.string(tree.letters(node))
                case "RawInline":
                    self.received.losses.append(Loss("raw", 1, tree.letters(node)))
                case "Quoted":
                    opening, closing = "“”" if tree.double(node) else "‘’"
                    out += [tree.word(opening), *self.inlines(tree.inlines(node)), tree.word(closing)]
                case "Note":
                    held = [tree.blocks(b) if tree.kind(b) == "BlockQuote" else [b] for b in tree.blocks(node)]
                    blocks = self.blocks([block for group in held for block in group])
                    out += [tree.note(blocks)] if blocks else []
                case kind if kind in tree.STYLED:
                    out += self.style(kind, self.inlines(tree.inlines(node)))
                case _:
                    out.append(node)
        return join_styled(out)

    def span(self, node: Node) -> list[Node]:
        """A Span that a link leads to, or that says in which language its words are; of any other, its words."""
        anchor, language = self.anchor(node), tree.pairs(node).get("lang", "")
        spoken = {"lang": language} if len(language) in (2, 5) else {}
        inside = self.inlines(tree.inlines(node))
        return [tree.span(inside, (), anchor, **spoken)] if anchor or (spoken and tree.text(inside)) else inside

    def style(self, kind: str, inner: list[Node]) -> list[Node]:
        """Bold, italic and the like around words; never around nothing, the spaces beside them, or a note alone."""
        before, words, after = hoist_spaces(inner)
        if words and all(tree.kind(node) == "Note" for node in words):  # LibreOffice raises the call of a note
            return inner
        return [*before, *([tree.styled_inlines(kind, words)] if words else []), *after]

    def link(self, node: Node) -> list[Node]:
        """A link to the web or to a place of this text; any other goes on as its words, told."""
        target, inside = real_address(tree.target(node)), self.inlines(tree.inlines(node))
        here = target.startswith("#") and target[1:] in self.linked
        if tree.text(inside) and (here or target.lower().startswith(("http://", "https://", "mailto:"))):
            before, words, after = hoist_spaces(inside)
            return [*before, tree.link(words, f"#{_safe(target[1:])}" if here else target), *after]
        if target and not target.startswith("#"):
            self.received.losses.append(Loss("link", 1, ""))
        return inside


def join_adjacent_lists(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """Two lists side by side made one: Markdown cannot say where one ends and the next begins."""
    out: list[Node] = []
    for block in blocks:
        if out and tree.kind(block) in tree.LISTS and tree.kind(out[-1]) == tree.kind(block):
            received.count_repair("joined-list")
            out[-1] = tree.with_items(out[-1], [*tree.items(out[-1]), *tree.items(block)])
        else:
            out.append(block)
    return out


def cell_text(cell: Sequence[Node], joint: str = " ") -> str:
    """The words of a cell, its paragraphs joined."""
    lines = [
        signs(without_custom_styles(tree.inlines(b))) if tree.kind(b) in tree.PARAGRAPHS else tree.text(b)
        for b in without_divisions(cell)
    ]
    return joint.join(line for line in (" ".join(line.split()) for line in lines) if line)


def cell_inlines(cell: Sequence[Node]) -> list[Node]:
    """The inlines of a cell on one line."""
    out: list[Node] = []
    for block in without_divisions(cell):
        paragraph = tree.kind(block) in tree.PARAGRAPHS
        if paragraph or tree.text(block):
            out += [tree.space()] if out else []
            out += without_custom_styles(tree.inlines(block)) if paragraph else tree.string(tree.text(block))
    return out


def _tight(item: list[Node]) -> list[Node]:
    """An item of one paragraph as Word shows it, without air around it."""
    if tree.kind(item[0]) == "Para" and all(tree.kind(b) in tree.LISTS for b in item[1:]):
        return [tree.as_kind(item[0], "Plain"), *item[1:]]
    return item


def _width(value: str) -> str:
    """A width as a contribution may have it: centimetres with one decimal, or per cent."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(in|cm|mm|px|pt|%)", value)
    if not found or float(found[1]) <= 0:
        return ""
    return f"{float(found[1]):.0f}%" if found[2] == "%" else f"{min(float(found[1]) * CM[found[2]], WIDEST):.1f}cm"


def _safe(name: str) -> str:
    """The name of a place; of one that a program named, by « _ » or a number, a name of ours without digits."""
    if name.startswith("_") or LONG_NUMBER.search(name):
        return f"renvoi-{consonant_stamp(digest(name))}"
    return identifier(name) or "ici"
