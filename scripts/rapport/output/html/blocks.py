"""Pandoc's blocks → HTML: sections, headings that skip no level, numbered paragraphs, notes at the end of a theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from rapport.model import Meta, Node
from rapport.output.html.inlines import HtmlInlines
from rapport.output.html.tables import DENSE, rows
from rapport.tree import attributes, text

CONTENTS = "\0"
"""Where the table of contents goes: it is known at the end; no text holds this character."""
NOTICES = ("empty", "refused", "warning", "confidential", "proposed")
NUMBERED = ("paragraph", "recommendation")
THEME = 2
SECTION = 3  # the last level that opens a section
DEEPEST = 6  # HTML has no h7
LIST_TYPES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}


class HtmlTitle(NamedTuple):
    """A line of the table of contents."""

    level: int
    identifier: str
    number: str
    text: str
    spoken: str


class HtmlBlocks(HtmlInlines):
    """One pass over a document in printing order."""

    def __init__(self, meta: Meta, images: Path) -> None:
        super().__init__(meta, images)
        self.level = 1  # the title of the report is the h1
        self.inside = 0
        self.begins = ""
        self.open: list[int] = []
        self.titles: list[HtmlTitle] = []

    # ---- sections

    def chapter(self, nodes: Iterable[Node]) -> str:
        """The blocks of a chapter, whose first section begins a page in print."""
        self.begins = ' class="chapter"'
        return self.flow(nodes)

    def flow(self, nodes: Iterable[Node]) -> str:
        """Blocks at the top of the page: here, titles of the first levels close sections and open others."""
        made: list[str] = []
        for node in nodes:
            level = opened(node)
            if level:
                made.append(self.close(level))
            if level and node["t"] == "Header":
                made.append(self.section(node["c"]))
            elif level and "toc" not in node["c"][0][1]:
                made.append(self.apart(node["c"]))
            else:
                made.append(self.block(node))
        return "".join(made)

    def close(self, level: int = 1) -> str:
        """The end of the sections of this level and below; a theme that ends prints its notes first."""
        ended = self.end(max(level, SECTION))
        return ended + (self.endnotes() + self.end(level) if level <= THEME else "")

    def end(self, level: int) -> str:
        ended = ""
        while self.open and self.open[-1] >= level:
            self.open.pop()
            ended += "</section>\n"
        return ended

    def section(self, c: Any) -> str:
        """The opening of a section and its heading; those of parts and themes bear its name."""
        level, (identifier, _, _), _ = c
        self.open.append(level)
        named = f' aria-labelledby="{escape(identifier)}"' if level <= THEME and identifier else ""
        begins, self.begins = self.begins, ""
        return f"<section{begins}{named}>\n{self.block_Header(c)}"

    def apart(self, c: Any) -> str:
        """A division that begins with a title, a summary in another language for one: a flow of its own."""
        (identifier, classes, pairs), nodes = c
        outer, self.open = self.open, []
        with self.speaking(pairs) as spoken:
            said = self.attributes((identifier, classes, pairs))
            content = self.flow(nodes) + self.close()
        self.open = outer
        return f"<div{said}{spoken}>\n{content}</div>\n"

    def endnotes(self) -> str:
        """The notes called since the last ones printed; together they bear their numbers as a name."""
        if not self.notes:
            return ""
        first, last = self.notes[0].number, self.notes[-1].number
        name = f"{self.strings['notes']} {first}" + (f"–{last}" if last > first else "")
        items = "\n".join(note.html for note in self.notes)
        self.notes = []
        return f'<section role="doc-endnotes" aria-label="{escape(name)}">\n<ol>\n{items}\n</ol>\n</section>\n'

    # ---- blocks

    def block(self, node: Node) -> str:
        written: str = self.method("block", node)(node.get("c"))
        return written

    def blocks(self, nodes: Iterable[Node]) -> str:
        return "".join([self.block(node) for node in nodes])

    def inner(self, nodes: Sequence[Node]) -> str:
        """The blocks of a quotation, list, note, table or figure: a heading in there opens nothing."""
        self.inside += 1
        made = self.blocks(nodes)
        self.inside -= 1
        return made

    def item(self, nodes: Sequence[Node]) -> str:
        """The content of an item, a cell or a caption, where a first line that pandoc left plain is no paragraph."""
        if nodes and nodes[0]["t"] == "Plain" and not (nodes[1:] and nodes[1]["t"] == "Plain"):
            return self.inlines(nodes[0]["c"]) + self.inner(nodes[1:])
        return self.inner(nodes)

    def block_Para(self, c: Any) -> str:
        return f"<p>{self.inlines(c)}</p>\n"

    block_Plain = block_Para

    def block_LineBlock(self, c: Any) -> str:
        return f"<p>{'<br>'.join(map(self.inlines, c))}</p>\n"

    def block_CodeBlock(self, c: Any) -> str:
        return f"<pre{self.place(c[0][0])}><code>{escape(c[1], quote=False)}</code></pre>\n"

    def block_BlockQuote(self, c: Any) -> str:
        return f"<blockquote>{self.inner(c)}</blockquote>\n"

    def block_HorizontalRule(self, _: Any) -> str:
        return "<hr>\n"

    def block_BulletList(self, c: Any) -> str:
        return f"<ul>\n{self.items(c)}</ul>\n"

    def block_OrderedList(self, c: Any) -> str:
        (start, style, delimiter), items = c
        kind = f' type="{LIST_TYPES[style["t"]]}"' if style["t"] in LIST_TYPES else ""
        signs = ' class="paren"' if delimiter["t"] in ("OneParen", "TwoParens") else ""
        begins = f' start="{start}"' if start != 1 else ""
        return f"<ol{kind}{begins}{signs}>\n{self.items(items)}</ol>\n"

    def items(self, items: Iterable[Sequence[Node]]) -> str:
        return "".join([f"<li>{self.item(nodes)}</li>\n" for nodes in items])

    def block_DefinitionList(self, c: Any) -> str:
        made = ["<dl>\n"]
        for term, texts in c:
            made.append(f"<dt>{self.inlines(term)}</dt>\n")
            made += [f"<dd>{self.item(nodes)}</dd>\n" for nodes in texts]
        return "".join([*made, "</dl>\n"])

    def block_Header(self, c: Any) -> str:
        look, (identifier, _, pairs), nodes = c
        words = text([node for node in nodes if "deletion" not in attributes(node)[1]])
        if not words:  # a title that says nothing, or only shows a picture, is none
            return f"<p{self.place(identifier)}>{self.inlines(nodes)}</p>\n"
        look = max(look, SECTION + 1) if self.inside else look
        self.level = min(look + 1, self.level + 1)
        number = dict(pairs).get("number", "")
        shown = f'<span class="number">{number}</span> ' if number else ""
        name = f"h{min(self.level, DEEPEST)}"
        deeper = f' aria-level="{self.level}"' if self.level > DEEPEST else ""
        with self.speaking(pairs) as spoken:
            if look <= THEME and identifier:
                self.titles.append(HtmlTitle(look, identifier, number, words, spoken))
            said = f'{self.place(identifier)} class="look-{min(look, DEEPEST)}"{deeper}{spoken}'
            return f"<{name}{said}>{shown}{self.inlines(nodes)}</{name}>\n"

    def block_Table(self, c: Any) -> str:
        label, caption = self.caption("table", c)
        name = label or self.strings["table"]
        dense = ' class="dense"' if len(c[2]) >= DENSE else ""
        head = f"<caption>{caption}</caption>\n" if caption else ""
        table = f"<table{self.place(c[0][0])}{dense}>\n{head}{rows(c, self.item)}</table>"
        # a wide one scrolls by itself, which a keyboard can do only in what it can reach
        return f'<div class="table" role="group" tabindex="0" aria-label="{escape(name)}">\n{table}\n</div>\n'

    def block_Figure(self, c: Any) -> str:
        shown = f"<figure{self.place(c[0][0])}>\n{self.inner(c[2])}"
        _, caption = self.caption("figure", c)
        return shown + (f"<figcaption>{caption}</figcaption>\n" if caption else "") + "</figure>\n"

    def caption(self, kind: str, c: Any) -> tuple[str, str]:
        """« Tableau 3 », and the caption that begins with it, of a table or figure."""
        (_, _, pairs), (_, nodes) = c[:2]
        number = dict(pairs).get("number", "")
        label = f"{self.strings[kind]}\u00a0{number}" if number else ""
        shown = f'<span class="label">{label}</span> – ' if label else ""
        words = self.inlines(nodes[0]["c"]) if [n["t"] for n in nodes] in (["Plain"], ["Para"]) else self.inner(nodes)
        return label, shown + words

    # ---- divisions

    def block_Div(self, c: Any) -> str:
        attributes, nodes = c
        classes, pairs = attributes[1], dict(attributes[2])
        if "toc" in classes:
            return CONTENTS
        kinds = [name for name in NUMBERED if name in classes]
        if "notice" in classes:
            kinds = ["notice", next((name for name in NOTICES if name in classes), "warning")]
        with self.speaking(attributes[2]) as spoken:
            said = self.attributes(attributes, *kinds) + spoken + (' role="note"' if "notice" in kinds else "")
            content = self.blocks(nodes)
            if "number" in pairs and "notice" not in kinds:
                content = self.numbered(pairs["number"], content)
        return f"<div{said}>{content}</div>\n" if said else content

    def numbered(self, number: str, content: str) -> str:
        """A paragraph under its number, a part of its text; « #par-12 » leads there, whatever its words become."""
        shown = f'<span class="number"{self.place(f"par-{number}")}>{number}.</span> '
        return f"<p>{shown}{content[3:]}" if content.startswith("<p>") else f"<p>{shown}</p>\n{content}"


def opened(node: Node) -> int:
    """The level of the section that a block at the top of the page opens, 0 if it opens none.

    The table of contents stands between sections, and so does a division that begins with a title of its own.
    """
    if node["t"] == "Header":
        return int(node["c"][0]) if node["c"][0] <= SECTION and text(node["c"][2]) else 0
    if node["t"] == "Div":
        (_, classes, _), nodes = node["c"]
        if "toc" in classes:
            return 1
        return opened(nodes[0]) if nodes and not {"notice", *NUMBERED} & set(classes) else 0
    return 0
