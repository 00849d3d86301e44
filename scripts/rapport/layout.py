"""layout, second half: Pages as pandoc read them + the blocks of the Report → Document, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapport import tree
from rapport.cite import Citations
from rapport.messages import phrase
from rapport.model import Block, Body, Document, Edition, Meta, Node, Passage, Report
from rapport.pages import SLOT, Names, Page, Pages, Piece

PRINTED = ("toc", "page", "of", "figure", "table", "notes", "continued", "appendix")


def assemble(report: Report, pages: Pages, body: Body, citations: Citations, language: str) -> Document:
    """The document: slots filled, paragraphs numbered from 1; `body` is pandoc's reading of the pages."""
    number, filling = _Numbering(), _Filling(pages.passages(body), citations, Names(report))
    chapters = tuple(tuple(number(filling.pages(chapter))) for chapter in pages.chapters)
    identity = report.outline.identity
    meta = Meta(
        title=identity.title,
        subtitle=identity.subtitle,
        language=language,
        date=identity.date,
        edition=report.edition,
        header=_header(report, language),
        author=identity.collective,
        strings={name: phrase(f"print-{name}", language) for name in PRINTED},
    )
    return Document(meta, tuple(filling.pages(pages.front)), chapters, tuple(filling.pages(pages.back)))


def _header(report: Report, language: str) -> str:
    identity = report.outline.identity
    match report.edition:
        case Edition.DRAFT:
            return f"{identity.draft_name} — {identity.subtitle or identity.title}"
        case Edition.CONFIDENTIAL:
            return f"{phrase('print-confidential', language)} — {identity.subtitle or identity.title}"
        case _:
            return identity.title


class _Filling:
    """Puts in place what the slots of pages stand for, citations written out."""

    def __init__(self, read: Mapping[int, Sequence[Passage]], citations: Citations, names: Names) -> None:
        self.read, self.citations, self.names = read, citations, names

    def pages(self, pages: Sequence[Page]) -> list[Node]:
        """The blocks of these pages, slots filled."""
        blocks: list[Node] = []
        for page in pages:
            slots = [self.pieces(pieces) for pieces in page.slots]
            for passage in self.read[page.index]:
                node = self.citations.place(passage.node) if passage.cites else passage.node
                blocks.extend(_filled(node, slots))
        return blocks

    def pieces(self, pieces: Sequence[Block | Node | Piece]) -> list[Node]:
        """The nodes of a slot; before a block, the name of who wrote it where that changes."""
        nodes: list[Node] = []
        author = ""
        for piece in pieces:
            if piece is Piece.BIBLIOGRAPHY:
                nodes.extend(self.citations.bibliography)
            elif isinstance(piece, Block):
                if self.names.shown and piece.association != author:
                    nodes.append(tree.div([tree.para(tree.string(self.names(piece.association)))], ["provenance"]))
                author = piece.association
                nodes.append(self.block(piece))
            elif isinstance(piece, dict):
                nodes.append(piece)
        return nodes

    def block(self, block: Block) -> Node:
        """The block's node under the block's id, of the class that says how it is printed."""
        node = self.citations.place(block.node) if block.cites else block.node
        match node["t"]:
            case "Div" if "recommendation" in node["c"][0][1]:
                return tree.div(node["c"][1], ["recommendation"], block.id)
            case "Header":
                level, (identifier, classes, pairs), inlines = node["c"]
                return {"t": "Header", "c": [level, [identifier or block.id, classes, pairs], inlines]}
            case "Para":
                return tree.div([node], ["paragraph"], block.id)
            case _:
                return tree.div([node], ["block"], block.id)


def _filled(node: Node, slots: Sequence[Sequence[Node]]) -> Sequence[Node]:
    """A template's block with its slots filled: a slot alone in its paragraph gives its blocks in its stead."""
    index = _slot(node["c"][0]) if node["t"] == "Para" and len(node["c"]) == 1 else None
    if index is not None:
        content = slots[index]
        return [tree.para(list(content))] if content and content[0]["t"] in tree.INLINES else content

    def splice(inner: Node) -> Node | None:
        if inner["t"] == "Span" and (found := _slot(inner)) is not None:
            return {"t": "Span", "c": [["", [], []], list(slots[found])]}
        if inner["t"] == "Div":
            return {"t": "Div", "c": [inner["c"][0], [b for child in inner["c"][1] for b in _filled(child, slots)]]}
        return None

    return [tree.rewrite(node, splice)]


def _slot(node: Node) -> int | None:
    """The index of the slot that a node marks, if it does."""
    if node["t"] != "Span" or SLOT not in node["c"][0][1]:
        return None
    return int(dict(node["c"][0][2])["n"])


class _Numbering:
    """Numbers the paragraphs of the body, from 1, as they come."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, blocks: Sequence[Node]) -> list[Node]:
        return [self.numbered(node) for node in blocks]

    def numbered(self, node: Node) -> Node:
        if node["t"] == "Para":  # the editor's own linking prose
            node = tree.div([node], ["paragraph"])
        if node["t"] == "Div" and {"paragraph", "recommendation"} & set(node["c"][0][1]):
            self.last += 1
            identifier, classes, pairs = node["c"][0]
            return {"t": "Div", "c": [[identifier, classes, [*pairs, ["number", str(self.last)]]], node["c"][1]]}
        return node
