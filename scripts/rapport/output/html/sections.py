"""The top of the page: titles of the first levels close sections and open others; a theme ends with its notes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from rapport import tree
from rapport.model import Meta, Node
from rapport.output.html.blocks import HtmlBlocks
from rapport.output.visitor import NUMBERED, SECTION, THEME


class HtmlSections(HtmlBlocks):
    """Writes a flow of blocks as nested sections; `open_sections` are the levels of those that are not closed."""

    def __init__(self, meta: Meta, folder: Path) -> None:
        super().__init__(meta, folder)
        self.begins = ""
        self.open_sections: list[int] = []

    def chapter(self, nodes: Iterable[Node]) -> str:
        """A run of blocks, whose first section begins a page in print."""
        self.begins = ' class="chapter"'
        return self.flow(nodes)

    def flow(self, nodes: Iterable[Node]) -> str:
        """Blocks at the top of the page, or of a division that begins with a title."""
        html: list[str] = []
        for node in nodes:
            level = section_level(node)
            if level:
                html.append(self.close(level))
            if level and tree.kind(node) == "Header":
                html.append(self.section(node))
            elif level and not tree.has_class(node, "toc"):
                html.append(self.division(node))
            else:
                html.append(self.block(node))
        return "".join(html)

    def close(self, level: int = 1) -> str:
        """The end of the sections of this level and below; a theme that ends prints its notes first."""
        ends = self.end(max(level, SECTION))
        return ends + (self.endnotes() + self.end(level) if level <= THEME else "")

    def end(self, level: int) -> str:
        """The end of the sections of this level and below."""
        ends = ""
        while self.open_sections and self.open_sections[-1] >= level:
            self.open_sections.pop()
            ends += "</section>\n"
        return ends

    def section(self, header: Node) -> str:
        """The opening of a section and its heading; those of parts and themes bear its name."""
        level, identifier = tree.level(header), tree.identifier(header)
        self.open_sections.append(level)
        named = f' aria-labelledby="{escape(identifier)}"' if level <= THEME and identifier else ""
        begins, self.begins = self.begins, ""
        return f"<section{begins}{named}>\n{self.block(header)}"

    def division(self, node: Node) -> str:
        """A division that begins with a title, a summary in another language for one: a flow of its own."""
        outer, self.open_sections = self.open_sections, []
        with self.speaking(node) as lang:
            attributes = self.attributes(node)
            content = self.flow(tree.blocks(node)) + self.close()
        self.open_sections = outer
        return f"<div{attributes}{lang}>\n{content}</div>\n"

    def endnotes(self) -> str:
        """The notes called since the last ones printed; together they bear their numbers as a name."""
        if not self.notes:
            return ""
        first, last = min(self.notes), max(self.notes)
        name = f"{self.strings['notes']} {first}" + (f"–{last}" if last > first else "")
        items = "\n".join(self.notes.values())
        self.notes = {}
        return f'<section role="doc-endnotes" aria-label="{escape(name)}">\n<ol>\n{items}\n</ol>\n</section>\n'


def section_level(node: Node) -> int:
    """The level of the section that a block at the top of the page opens, 0 if it opens none.

    The table of contents stands between sections, and so does a division that begins with a title of its own.
    """
    if tree.kind(node) == "Header":
        return tree.level(node) if tree.level(node) <= SECTION and tree.text(tree.inlines(node)) else 0
    if tree.has_class(node, "toc"):
        return 1
    if tree.kind(node) == "Div" and not tree.has_class(node, "notice", *NUMBERED):
        return next(map(section_level, tree.blocks(node)), 0)
    return 0
