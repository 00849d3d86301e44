"""The document as the plain data that the typst template walks.

The template lays out and decides nothing: heading levels, the geometry of tables and the safety of links are settled
here, where a test needs no typesetting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from rapport import tree
from rapport.model import Document, Meta, Node
from rapport.output.pdf.inlines import Box, Data, PdfInlines, box_content, box_kind, language, plain
from rapport.output.pdf.tables import table_data, words
from rapport.output.visitor import LIST_TYPES, LISTED, NUMBERED, THEME, notice, page_runs

BOXES = (
    "cover",
    "toc",
    "summary",
    "shortlist",
    "provenance",
    "csl-entry",
    "carried",
    "verbatim",
    "voice-code",
    "voice-note",
)
LINE, HEADER = 112, 70  # characters of the line over a page, and of the report's words in it: the title has the rest
ENUM_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}


def lower(document: Document) -> tuple[dict[str, Box | list[Box] | int], frozenset[str]]:
    """The files of the typst root as name → data, and the names of the images they show.

    Each file but meta.json and size.json is a list of sections: runs of pages, each of which begins a page.
    """
    lowering = PdfBlocks(document.meta)
    files = {f"pages-{n:03}.json": lowering.sections(run) for n, run in enumerate(page_runs(document), 1)}
    lowering.check_references()
    about = describe(document.meta, list(files))
    return {"meta.json": about, "size.json": document.meta.smallest, **files}, frozenset(lowering.images)


def describe(meta: Meta, files: list[str]) -> Box:
    """What the template needs to know of the document as a whole."""
    year, month, day = (int(part) for part in meta.date.split("-"))
    return {
        "title": meta.title,
        "author": meta.author,
        "text": language(meta.language),
        "date": {"year": year, "month": month, "day": day},
        "header": shorten(meta.header, HEADER),
        "strings": dict(meta.strings),
        "files": files,
    }


def shorten(words: str, room: int) -> str:
    """As many words as there is room for, in characters."""
    return words if len(words) <= room else words[:room].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


KEPT_WITH_NEXT = ("heading", "provenance", "notice")
NEAR = 4
"""Blocks: typst sets a page again for a picture that floats from there, with notes at its foot whose room is asked for
already."""
LETTERS, MOST_WHOLE = 95, 4  # of a line of the text; lines of a paragraph that does not break
WHOLE = 1500
"""Characters: a recommendation of the list that holds no more stays on its page."""


class PdfBlocks(PdfInlines):
    """Lowers blocks; `room` is that of a running head in characters."""

    def __init__(self, meta: Meta) -> None:
        super().__init__(meta)
        self.room = LINE - len(shorten(meta.header, HEADER))

    def sections(self, nodes: Sequence[Node]) -> list[Box]:
        """Blocks cut into sections: the cover, the table of contents, and what stands before, between or after them."""
        sections: list[Box] = []
        held: list[Box] = []
        for block in self.blocks(nodes):
            kind = box_kind(block) if box_kind(block) in ("cover", "toc") else "body"
            if kind != "body" or not sections or sections[-1]["kind"] != "body":
                held = []
                sections.append({"kind": kind, "c": held})
            held.append(block)
        return sections

    def blocks(self, nodes: Iterable[Node]) -> list[Box]:
        """Lowered blocks; a Plain after another becomes a Para, or the two would run into one line."""
        lowered: list[Box] = []
        for node in nodes:
            block: Box = self.visit("block", node)
            last = lowered[-1] if lowered else {}
            if box_kind(last) in KEPT_WITH_NEXT and (opening := opening_with_note(block)):
                last["below"] = opening
            if box_kind(last) == "figure" and last["stays"] and box_kind(block) == "table":
                lowered[-1] = {"t": "charted", "c": [last, block]}
            else:
                lowered.append(_as_paragraph(block) if box_kind(last) == "plain" else block)
        for at, box in enumerate(lowered):
            if any(map(_floats, lowered[at + 2 : at + 2 + NEAR])):
                box.pop("below", None)
        return lowered

    def block_Para(self, node: Node) -> Box:
        return {"t": "para", "c": self.inlines(tree.inlines(node))}

    def block_Plain(self, node: Node) -> Box:
        return {"t": "plain", "c": self.inlines(tree.inlines(node))}

    def block_LineBlock(self, node: Node) -> Box:
        return {"t": "lines", "c": [self.inlines(line) for line in tree.lines(node)]}

    def block_CodeBlock(self, node: Node) -> Box:
        return {"t": "code-block", "id": self.define(tree.identifier(node)), "text": tree.letters(node)}

    def block_BlockQuote(self, node: Node) -> Box:
        return {"t": "quote", "c": self.nested_blocks(tree.blocks(node))}

    def block_HorizontalRule(self, _: Node) -> Box:
        return {"t": "rule"}

    def block_BulletList(self, node: Node) -> Box:
        return {"t": "bullets", **self.items(node)}

    def block_OrderedList(self, node: Node) -> Box:
        start, style, delimiter = tree.numbering(node)
        pattern = ENUM_DELIMITERS.get(delimiter, "{}.").format(LIST_TYPES.get(style, "1"))
        return {"t": "steps", "start": start, "pattern": pattern, **self.items(node)}

    def items(self, node: Node) -> Box:
        """The items of a list, which is tight when pandoc made no item a full paragraph."""
        items = tree.items(node)
        tight = not any(tree.kind(block) == "Para" for item in items for block in item)
        return {"tight": tight, "c": [self.nested_blocks(item) for item in items]}

    def block_DefinitionList(self, node: Node) -> Box:
        items = [
            {"term": self.inlines(term), "c": [block for text in texts for block in self.nested_blocks(text)]}
            for term, texts in tree.definitions(node)
        ]
        return {"t": "terms", "c": items}

    def block_Header(self, node: Node) -> Box:
        content, identifier = self.inlines(tree.heading_inlines(node)), tree.identifier(node)
        if not plain(content).strip():  # a title that says nothing, or only shows a picture, is none
            return {"t": "group", "id": self.define(identifier), "text": {}, "c": [{"t": "para", "c": content}]}
        look = self.look(node)
        heading = {"t": "heading", "look": look, "level": self.descend(look), "number": tree.pair(node, "number")}
        if look < THEME or (look == THEME and heading["number"]):
            title = self.meta.short_titles.get(identifier) or plain(content)
            heading["running"] = shorten(title, self.room)
        return {**heading, "id": self.define(identifier), "c": content}

    def block_Table(self, node: Node) -> Box:
        table = {"t": "table", "id": self.define(tree.identifier(node)), **self.caption("table", node)}
        return {**table, **table_data(tree.table_of(node), self.nested_blocks)}

    def block_Figure(self, node: Node) -> Box:
        figure = {"t": "figure", "id": self.define(tree.identifier(node)), **self.caption("figure", node)}
        chart = any(tree.target(image).endswith(".svg") for image in tree.find(node, "Image"))
        return {**figure, "stays": chart, "c": self.nested_blocks(tree.blocks(node))}

    def caption(self, kind: str, node: Node) -> Box:
        """The caption of a table or figure and its « Tableau 3 »."""
        return {"label": self.label(kind, node), "caption": self.blocks(tree.caption(node))}

    def block_Div(self, node: Node) -> Box:
        pairs, blocks = tree.pairs(node), tree.blocks(node)
        box = {**division(tree.classes(node)), "id": self.define(tree.identifier(node))}
        box["number"] = pairs.get("number", "")
        if box.get("look") == "listed":
            box["number"], blocks = pairs["label"], [tree.para(tree.inlines(blocks[0])[2:]), *blocks[1:]]
        # alone in its division, or a reader of the tags would hear no paragraph
        lowered = [_as_paragraph(block) for block in self.blocks(blocks)]
        if box.get("look") == "listed" and len(words(lowered)) > WHOLE:
            box["breakable"] = True
        if pairs.get("dir") == "rtl":
            box["rightward"] = False
        return {**box, "text": language(pairs.get("lang", "")), "c": lowered}


def _as_paragraph(block: Box) -> Box:
    """A block, and in place of a Plain the paragraph that it is."""
    return {**block, "t": "para"} if box_kind(block) == "plain" else block


def _floats(box: Box) -> bool:
    """Whether a box is a picture that goes where there is room, or holds one."""
    if box_kind(box) == "group":
        return any(_floats(own) for own in box_content(box) if isinstance(own, dict))
    return box_kind(box) == "figure" and not box["stays"]


def opening_with_note(block: Box) -> tuple[int, int] | None:
    """The lines at a paragraph's head that stay together, and the letters of the first note called there, if any."""
    if box_kind(block) == "numbered":
        return next((opening_with_note(own) for own in box_content(block) if isinstance(own, dict)), None)
    runs = list(_runs(box_content(block))) if box_kind(block) in ("para", "plain") else []
    length = 1 + sum(letters for letters, is_note in runs if not is_note) // LETTERS
    lines = length if length < MOST_WHOLE else 2
    before = list(takewhile(lambda run: not run[1], runs))
    if len(before) == len(runs) or sum(letters for letters, _ in before) > lines * LETTERS:
        return None
    return lines, runs[len(before)][0]


def _runs(pieces: Sequence[Data]) -> Iterator[tuple[int, bool]]:
    """The letters of running text in order, and whether they are those of a note."""
    for piece in pieces:
        if isinstance(piece, str) or box_kind(piece) == "note":
            yield len(words(piece)), not isinstance(piece, str)
        else:
            yield from _runs(box_content(piece))


def division(classes: Sequence[str]) -> Box:
    """Which box of the template a Div is; one whose classes the report does not know only groups blocks."""
    for name in classes:
        if name in NUMBERED:
            return {"t": "numbered", "look": name}
        if name in LISTED:
            return {"t": "numbered", "look": "listed"}
        if name == "notice":
            return {"t": "notice", "kind": notice(classes)}
        if name.startswith("cover-"):
            return {"t": "cover-part", "part": name.removeprefix("cover-")}
        if name in BOXES:
            return {"t": name}
    return {"t": "group"}
