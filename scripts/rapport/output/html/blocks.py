"""Pandoc's blocks → HTML: sections, headings that skip no level, numbered paragraphs, notes at the end of a theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from rapport import tree
from rapport.model import Meta, Node
from rapport.output.html.inlines import HtmlInlines
from rapport.output.html.tables import DENSE, table_html
from rapport.output.visitor import LIST_TYPES, NUMBERED, THEME, notice

CONTENTS = "\0"
"""Where the table of contents goes: it is known at the end; no text holds this character."""
DEEPEST = 6  # HTML has no h7


class HtmlTitle(NamedTuple):
    """A line of the table of contents; `lang` is an attribute, or ""."""

    level: int
    identifier: str
    number: str
    text: str
    lang: str


class HtmlBlocks(HtmlInlines):
    """Writes blocks, each the same wherever it stands (see `sections` for what the top of the page has besides)."""

    def __init__(self, meta: Meta, folder: Path) -> None:
        super().__init__(meta, folder)
        self.titles: list[HtmlTitle] = []

    def block(self, node: Node) -> str:
        """A block as HTML."""
        html: str = self.visit("block", node)
        return html

    def blocks(self, nodes: Iterable[Node]) -> str:
        """Blocks as HTML, one after the other."""
        return "".join([self.block(node) for node in nodes])

    def item(self, nodes: Sequence[Node]) -> str:
        """The content of an item, a cell or a caption, where a first line that pandoc left plain is no paragraph."""
        kinds = [tree.kind(node) for node in nodes[:2]]
        if kinds[:1] == ["Plain"] and kinds[1:] != ["Plain"]:
            return self.inlines(tree.inlines(nodes[0])) + self.nested_blocks(nodes[1:])
        return self.nested_blocks(nodes)

    def block_Para(self, node: Node) -> str:
        return f"<p>{self.inlines(tree.inlines(node))}</p>\n"

    block_Plain = block_Para

    def block_LineBlock(self, node: Node) -> str:
        return f"<p>{'<br>'.join(map(self.inlines, tree.lines(node)))}</p>\n"

    def block_CodeBlock(self, node: Node) -> str:
        code = escape(tree.letters(node), quote=False)
        return f"<pre{self.id_attribute(tree.identifier(node))}><code>{code}</code></pre>\n"

    def block_BlockQuote(self, node: Node) -> str:
        return f"<blockquote>{self.nested_blocks(tree.blocks(node))}</blockquote>\n"

    def block_HorizontalRule(self, _: Node) -> str:
        return "<hr>\n"

    def block_BulletList(self, node: Node) -> str:
        return f"<ul>\n{self.items(node)}</ul>\n"

    def block_OrderedList(self, node: Node) -> str:
        start, style, delimiter = tree.numbering(node)
        kind = f' type="{LIST_TYPES[style]}"' if style in LIST_TYPES else ""
        signs = ' class="paren"' if delimiter in ("OneParen", "TwoParens") else ""
        begins = f' start="{start}"' if start != 1 else ""
        return f"<ol{kind}{begins}{signs}>\n{self.items(node)}</ol>\n"

    def items(self, node: Node) -> str:
        """The items of a list as HTML."""
        return "".join([f"<li>{self.item(blocks)}</li>\n" for blocks in tree.items(node)])

    def block_DefinitionList(self, node: Node) -> str:
        html = ["<dl>\n"]
        for term, texts in tree.definitions(node):
            html.append(f"<dt>{self.inlines(term)}</dt>\n")
            html += [f"<dd>{self.item(blocks)}</dd>\n" for blocks in texts]
        return "".join([*html, "</dl>\n"])

    def block_Header(self, node: Node) -> str:
        identifier, number, inlines = tree.identifier(node), tree.pair(node, "number"), tree.inlines(node)
        words = tree.text([inline for inline in inlines if not tree.has_class(inline, "deletion")])
        if not words:  # a title that says nothing, or only shows a picture, is none
            return f"<p{self.id_attribute(identifier)}>{self.inlines(inlines)}</p>\n"
        look = self.look(node)
        level = self.descend(look) + 1  # the title of the report is the h1
        shown = f'<span class="number">{number}</span> ' if number else ""
        name = f"h{min(level, DEEPEST)}"
        deeper = f' aria-level="{level}"' if level > DEEPEST else ""
        with self.speaking(node) as lang:
            if look <= THEME and identifier:
                self.titles.append(HtmlTitle(look, identifier, number, words, lang))
            attributes = f'{self.id_attribute(identifier)} class="look-{min(look, DEEPEST)}"{deeper}{lang}'
            return f"<{name}{attributes}>{shown}{self.inlines(inlines)}</{name}>\n"

    def block_Table(self, node: Node) -> str:
        caption, table = self.caption("table", node), tree.table_of(node)
        name = self.label("table", node) or self.strings["table"]
        dense = ' class="dense"' if len(table.columns) >= DENSE else ""
        head = f"<caption>{caption}</caption>\n" if caption else ""
        html = f"<table{self.id_attribute(tree.identifier(node))}{dense}>\n{head}{table_html(table, self.item)}</table>"
        # a wide one scrolls by itself, which a keyboard can do only in what it can reach
        return f'<div class="table" role="group" tabindex="0" aria-label="{escape(name)}">\n{html}\n</div>\n'

    def block_Figure(self, node: Node) -> str:
        html = f"<figure{self.id_attribute(tree.identifier(node))}>\n{self.nested_blocks(tree.blocks(node))}"
        caption = self.caption("figure", node)
        return html + (f"<figcaption>{caption}</figcaption>\n" if caption else "") + "</figure>\n"

    def caption(self, kind: str, node: Node) -> str:
        """The caption of a table or figure, which begins with its « Tableau 3 »."""
        label, blocks = self.label(kind, node), tree.caption(node)
        shown = f'<span class="label">{label}</span> – ' if label else ""
        if [tree.kind(block) for block in blocks] in (["Plain"], ["Para"]):
            return shown + self.inlines(tree.inlines(blocks[0]))
        return shown + self.nested_blocks(blocks)

    def block_Div(self, node: Node) -> str:
        classes, number = tree.classes(node), tree.pair(node, "number")
        if "toc" in classes:
            return CONTENTS
        kinds = [name for name in NUMBERED if name in classes]
        if "notice" in classes:
            kinds = ["notice", notice(classes)]
        with self.speaking(node) as lang:
            attributes = self.attributes(node, *kinds) + lang + (' role="note"' if "notice" in kinds else "")
            attributes += self.direction(node)
            content = self.blocks(tree.blocks(node))
            if number and "notice" not in kinds:
                content = self.numbered_paragraph(number, content)
        return f"<div{attributes}>{content}</div>\n" if attributes else content

    def numbered_paragraph(self, number: str, content: str) -> str:
        """A paragraph under its number, a part of its text; « #par-12 » leads there, whatever its words become."""
        shown = f'<span class="number"{self.id_attribute(f"par-{number}")}>{number}.</span> '
        return f"<p>{shown}{content[3:]}" if content.startswith("<p>") else f"<p>{shown}</p>\n{content}"
