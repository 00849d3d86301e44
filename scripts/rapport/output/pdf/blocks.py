"""The document as the plain data that the typst template walks.

The template lays out and decides nothing: heading levels, the geometry of tables and the safety of links are settled
here, where a test needs no typesetting. A node that no method is named after is refused, so nothing of a text can
vanish on its way to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rapport.model import Document, Edition, Meta, Node
from rapport.output.pdf.inlines import Data, PdfInlines, language, plain
from rapport.output.pdf.tables import table_data
from rapport.tree import titled

BOXES = ("cover", "toc", "summary", "provenance", "csl-entry", "carried")
LISTED = ("consolidated", "key")  # a recommendation in a list: its R-number stands where a paragraph has its own
NOTICES = ("empty", "refused", "confidential", "proposed", "warning")
LINE, HEADER = 112, 70  # characters of the line over a page, and of the report's words in it: the title has the rest
SUBHEADING = 4  # the first level that is a contribution's own
ENUM_STYLES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
ENUM_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}


def lower(document: Document) -> tuple[dict[str, Data], frozenset[str]]:
    """The files of the typst root as name → data, and the names of the images they show.

    Each file but meta.json is a list of sections: runs of pages with a running head of their own.
    """
    lowering = PdfBlocks(document.meta)
    chapters = {f"chapter-{n:03}.json": blocks for n, blocks in enumerate(document.chapters, 1)}
    parts = {"front.json": document.front, **chapters, "back.json": document.back}
    files = {name: lowering.sections(blocks) for name, blocks in parts.items()}
    lowering.check_references()
    return {"meta.json": describe(document.meta, list(files), lowering.titles), **files}, frozenset(lowering.images)


def describe(meta: Meta, files: list[str], titles: list[str]) -> Data:
    """What the template needs to know of the document as a whole."""
    year, month, day = (int(part) for part in meta.date.split("-"))
    return {
        "title": meta.title,
        "author": meta.author,
        "text": language(meta.language),
        "date": {"year": year, "month": month, "day": day},
        "header": shortened(meta.header, HEADER),
        "strings": dict(meta.strings),
        "files": files,
        "titles": titles,
    }


def shortened(words: str, room: int) -> str:
    """As many words as there is room for, in characters."""
    return words if len(words) <= room else words[:room].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def running_head(blocks: Sequence[Data], edition: Edition) -> str:
    """The title that stands over the pages of a section: its first theme in a draft, where themes have pages of their
    own, else its first title."""
    titles = [b for b in blocks if b["t"] == "heading" and b["look"] <= 2]
    themes = [b for b in titles if b["look"] == 2 and b["number"] and edition is Edition.DRAFT]
    return "".join(plain(b["c"]) for b in (themes or titles)[:1])


def unlabelled(blocks: Sequence[Node]) -> list[Node]:
    """The blocks of a listed recommendation without the label, and its space, that open the first."""
    return [{"t": "Para", "c": blocks[0]["c"][2:]}, *blocks[1:]]


class PdfBlocks(PdfInlines):
    """One pass over a document in printing order."""

    def __init__(self, meta: Meta) -> None:
        super().__init__(meta.edition)
        self.strings = meta.strings
        self.room = LINE - len(shortened(meta.header, HEADER))
        self.level = 0
        self.inside = 0
        self.titles: list[str] = []

    def sections(self, nodes: Sequence[Node]) -> list[Data]:
        """Blocks cut into sections: the cover, the table of contents, and what each level-1 heading opens."""
        sections: list[Data] = []
        for block in self.blocks(nodes):
            kind = block["t"] if block["t"] in ("cover", "toc") else "body"
            title = block["t"] == "heading" and block["look"] == 1
            if kind != "body" or title or not sections or sections[-1]["kind"] != "body":
                sections.append({"kind": kind, "c": []})
            sections[-1]["c"].append(block)
        return [
            {**section, "running": shortened(running_head(section["c"], self.edition), self.room)}
            for section in sections
        ]

    def blocks(self, nodes: Iterable[Node]) -> list[Data]:
        """Lowered blocks; a Plain after another becomes a Para, or the two would run into one line."""
        lowered: list[Data] = []
        for node in nodes:
            block = self.method("block", node)(node.get("c"))
            if lowered and block["t"] == lowered[-1]["t"] == "plain":
                block["t"] = "para"
            lowered.append(block)
        return lowered

    def inner(self, nodes: Iterable[Node]) -> list[Data]:
        """The blocks of a quotation, list, note, table or figure: a heading in there opens nothing."""
        self.inside += 1
        lowered = self.blocks(nodes)
        self.inside -= 1
        return lowered

    def block_Para(self, c: Any) -> Data:
        return {"t": "para", "c": self.inlines(c)}

    def block_Plain(self, c: Any) -> Data:
        return {"t": "plain", "c": self.inlines(c)}

    def block_LineBlock(self, c: Any) -> Data:
        return {"t": "lines", "c": [self.inlines(line) for line in c]}

    def block_CodeBlock(self, c: Any) -> Data:
        return {"t": "code-block", "id": self.place(c[0][0]), "text": c[1]}

    def block_BlockQuote(self, c: Any) -> Data:
        return {"t": "quote", "c": self.inner(c)}

    def block_HorizontalRule(self, _: Any) -> Data:
        return {"t": "rule"}

    def block_BulletList(self, c: Any) -> Data:
        return {"t": "bullets", **self.items(c)}

    def block_OrderedList(self, c: Any) -> Data:
        (start, style, delimiter), nodes = c
        figure = ENUM_STYLES.get(style["t"], "1")
        pattern = ENUM_DELIMITERS.get(delimiter["t"], "{}.").format(figure)
        return {"t": "steps", "start": start, "pattern": pattern, **self.items(nodes)}

    def items(self, nodes: Sequence[Sequence[Node]]) -> Data:
        """The items of a list, which is tight when pandoc made no item a full paragraph."""
        tight = not any(node["t"] == "Para" for item in nodes for node in item)
        return {"tight": tight, "c": [self.inner(item) for item in nodes]}

    def block_DefinitionList(self, c: Any) -> Data:
        items = [
            {"term": self.inlines(term), "c": [block for text in texts for block in self.inner(text)]}
            for term, texts in c
        ]
        return {"t": "terms", "c": items}

    def block_Header(self, c: Any) -> Data:
        look, (identifier, _, pairs), _ = c
        content = self.inlines(titled({"t": "Header", "c": c}))
        if not plain(content).strip():  # a title that says nothing, or only shows a picture, is none
            return {"t": "group", "id": self.place(identifier), "text": {}, "c": [{"t": "para", "c": content}]}
        look = max(look, SUBHEADING) if self.inside else look
        self.level = min(look, self.level + 1)  # PDF/UA refuses a skipped level, whatever the text skips
        number = dict(pairs).get("number", "")
        if look <= 2 and identifier:
            self.titles.append(identifier)
        heading = {"t": "heading", "look": look, "level": self.level, "number": number}
        return {**heading, "id": self.place(identifier), "c": content}

    def block_Table(self, c: Any) -> Data:
        table = {"t": "table", "id": self.place(c[0][0]), **self.caption("table", c)}
        return {**table, **table_data(c, self.inner)}

    def block_Figure(self, c: Any) -> Data:
        figure = {"t": "figure", "id": self.place(c[0][0]), **self.caption("figure", c)}
        return {**figure, "c": self.inner(c[2])}

    def caption(self, kind: str, c: Any) -> Data:
        """The caption of a table or figure and its « Tableau 3 »."""
        (_, _, pairs), (_, blocks) = c[:2]
        number = dict(pairs).get("number", "")
        return {"label": f"{self.strings[kind]}\u00a0{number}" if number else "", "caption": self.blocks(blocks)}

    def block_Div(self, c: Any) -> Data:
        (identifier, classes, pairs), nodes = c
        box = {**self.kind(classes), "id": self.place(identifier), "number": dict(pairs).get("number", "")}
        if box.get("look") == "listed":
            box["number"], nodes = dict(pairs)["label"], unlabelled(nodes)
        inside = self.blocks(nodes)
        for block in inside:  # alone in its division, or a reader of the tags would hear no paragraph
            block["t"] = "para" if block["t"] == "plain" else block["t"]
        return {**box, "text": language(dict(pairs).get("lang", "")), "c": inside}

    def kind(self, classes: Sequence[str]) -> Data:
        """Which box of the template a Div is; one whose classes the report does not know only groups blocks."""
        for name in classes:
            if name in ("paragraph", "recommendation"):
                return {"t": "numbered", "look": name}
            if name in LISTED:
                return {"t": "numbered", "look": "listed"}
            if name == "notice":
                return {"t": "notice", "kind": next((n for n in NOTICES if n in classes), "warning")}
            if name.startswith("cover-"):
                return {"t": "cover-part", "part": name.removeprefix("cover-")}
            if name in BOXES:
                return {"t": name}
        return {"t": "group"}
