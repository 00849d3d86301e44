"""layout, second half: Pages as pandoc read them + the blocks of the Report → Document, ready to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from rapport import tree
from rapport.bibliography.citeproc import Citations
from rapport.language.typography import set_typography
from rapport.messages import long_date, phrase
from rapport.model import Block, Body, Document, Edition, Meta, Node, Passage, Report
from rapport.project.points import EarlierPoints
from rapport.report.body_blocks import THEME
from rapport.report.cross_references import resolve
from rapport.report.derived_lists import DerivedLists, list_placeholder, with_label
from rapport.report.numbering import Numbering
from rapport.report.page_contents import Names
from rapport.report.page_rendering import SLOT, RenderedPage
from rapport.report.page_values import DerivedPiece
from rapport.report.recommendation_list import consolidate, labels, listed_addressees
from rapport.report.templates import Pages
from rapport.report.typeset_blocks import typeset_blocks
from rapport.storage.cache import Cache

ROW_HEADS = "row-heads"
HEAD = 70  # signs of a running head: a title that is longer would be cut
LINE = 100  # signs of a source that goes on one line with its title
PRINTED = (
    *("toc", "page", "of", "figure", "table", "notes"),
    *("draft", "watermark", "edition", "skip", "note", "back"),
)


def assemble(
    report: Report, pages: Pages, body: Body, citations: Citations, language: str, points: EarlierPoints, cache: Cache
) -> Document:
    """The document: slots filled, paragraphs numbered from 1; `body` is pandoc's reading of the pages."""
    numbering, filling = Numbering(), _Filling(pages.passages(body), citations, Names(report), _sources(report))
    groups = consolidate(report.blocks, listed_addressees(report.outline, language))
    filling.labels = labels(groups)
    front = tuple(numbering.page(filling.pages(pages.front_matter)))
    chapters = tuple(tuple(numbering.chapter(filling.pages(chapter))) for chapter in pages.chapters)
    back = tuple(numbering.page(filling.pages(pages.back_matter)))
    front, *middle, back = map(tuple, citations.settle([front, *chapters, back]))
    chapters = tuple(middle)
    report = replace(report, english_keys=_placed(report.english_keys, citations))
    derived = DerivedLists(report, groups, chapters, language, points)
    front, back = tuple(derived.with_lists(front)), tuple(derived.with_lists(back))
    chapters = tuple(tuple(derived.with_lists(derived.with_expansions(chapter))) for chapter in chapters)
    identity = report.outline.identity
    meta = Meta(
        title=identity.title,
        subtitle=identity.subtitle,
        language=language,
        date=identity.date,
        edition=report.edition,
        header=_header(report, language),
        author=identity.collective,
        short_titles={f"{THEME}{t.id}": t.short for t in report.outline.themes if t.short},
        strings={name: phrase(f"print-{name}", language) for name in PRINTED},
    )
    with typeset_blocks(cache, meta) as blocks:
        return set_typography(resolve(Document(meta, front, chapters, back), report), blocks)


def _placed(blocks: Mapping[str, Block], citations: Citations) -> Mapping[str, Block]:
    """Blocks with their citations written out."""
    return {name: replace(b, node=citations.place(b.node)) if b.cites else b for name, b in blocks.items()}


def _header(report: Report, language: str) -> str:
    identity = report.outline.identity
    match report.edition:
        case Edition.DRAFT:
            date = long_date(identity.date, language)
            return f"{identity.draft_name}, {date} — {identity.subtitle or identity.title}"
        case Edition.CONFIDENTIAL:
            return f"{phrase('print-confidential', language)} — {identity.subtitle or identity.title}"
        case _:
            return identity.title if len(identity.title) <= HEAD else identity.subtitle or identity.title


def _sources(report: Report) -> Set[str]:
    """The blocks of sections where sources are listed."""
    kinds = {section.id: section.kind for theme in report.outline.themes for section in theme.sections}
    return {block.id for block in report.blocks if kinds.get(block.section) == "sources"}


def _line(block: Node) -> list[Node]:
    """The words of a block that is one short point of a list; [] of any other."""
    inner = tree.blocks(block)
    items = tree.items(inner[0]) if len(inner) == 1 and tree.kind(inner[0]) == "BulletList" else []
    if len(items) != 1 or len(items[0]) != 1 or tree.kind(items[0][0]) not in tree.PARAGRAPHS:
        return []
    return tree.inlines(items[0][0]) if len(tree.text(items[0][0])) <= LINE else []


class _Filling:
    """Puts in place what the slots of pages stand for, citations written out."""

    def __init__(
        self, read: Mapping[int, Sequence[Passage]], citations: Citations, names: Names, sources: Set[str]
    ) -> None:
        self.read, self.citations, self.names = read, citations, names
        self.labels: Mapping[str, str] = {}
        self.sources = sources

    def pages(self, pages: Sequence[RenderedPage]) -> list[Node]:
        """The blocks of these pages, slots filled."""
        blocks: list[Node] = []
        for page in pages:
            slots = self.slots(page)
            for passage in self.read[page.index]:
                node = self.citations.place(passage.node) if passage.cites else passage.node
                blocks.extend(_filled(node, slots))
        return with_row_heads(list(self.one_lined(blocks)))

    def one_lined(self, blocks: Sequence[Node]) -> Iterator[Node]:
        """The blocks, a section of sources that is one short line set as a line that begins with its title."""
        skip = False
        for index, node in enumerate(blocks):
            under, after = (*blocks[index + 1 : index + 3], None, None)[:2]
            line = _line(under) if under and tree.identifier(under) in self.sources else []
            alone = not (after and tree.kind(after) == "Div" and tree.has_class(after, "block", "provenance"))
            if tree.kind(node) == "Header" and under and line and alone:
                title = tree.span(tree.inlines(node), ["label"], tree.identifier(node))
                yield tree.div([tree.para([title, tree.space(), *line])], ["block"], tree.identifier(under))
                skip = True
            elif not skip:
                yield node
            else:
                skip = False

    def slots(self, page: RenderedPage) -> list[list[Node]]:
        """The nodes of each slot of a page; where one association wrote all of it, its name stands once."""
        authors = [p.association for pieces in page.slots for p in pieces if isinstance(p, Block) and p.theme]
        alone = len(set(authors)) == 1
        told = ""
        slots = []
        for pieces in page.slots:
            slots.append(self.pieces(pieces, told))
            if alone and any(isinstance(piece, Block) for piece in pieces):
                told = authors[0]
        return slots

    def pieces(self, pieces: Sequence[Block | Node | DerivedPiece], author: str) -> list[Node]:
        """The nodes of a slot; before a block, the name of who wrote it where that is not the author named last."""
        nodes: list[Node] = []
        for piece in pieces:
            if piece is DerivedPiece.BIBLIOGRAPHY:
                nodes.extend(self.citations.bibliography)
            elif isinstance(piece, DerivedPiece):
                nodes += [list_placeholder(piece)] if piece is not DerivedPiece.APPROVAL else []
            elif isinstance(piece, Block):
                if self.names.shown and piece.theme and piece.association != author:
                    nodes.append(tree.div([tree.para(tree.string(self.names(piece.association)))], ["provenance"]))
                author = piece.association
                nodes.append(self.block(piece))
            elif isinstance(piece, dict):
                nodes.append(piece)
        return nodes

    def block(self, block: Block) -> Node:
        """The block's node under the block's id, of the class that says how it is printed."""
        node = self.citations.place(block.node) if block.cites else block.node
        match tree.kind(node):
            case "Div" if tree.has_class(node, "recommendation"):
                label = self.labels[block.id]
                return tree.div(with_label(tree.blocks(node), label), ["recommendation"], block.id, label=label)
            case "Header":
                return tree.with_identifier(node, tree.identifier(node) or block.id)
            case "Para":
                return tree.div([node], ["paragraph"], block.id)
            case _:
                return tree.div([node], ["block"], block.id)


def _filled(node: Node, slots: Sequence[Sequence[Node]]) -> Sequence[Node]:
    """A template's block with its slots filled: a slot alone in its paragraph gives its blocks in its stead."""
    inlines = tree.inlines(node) if tree.kind(node) in tree.PARAGRAPHS else []
    index = _slot(inlines[0]) if len(inlines) == 1 else None
    if index is not None:
        content = slots[index]
        return [tree.para(list(content))] if content and tree.kind(content[0]) in tree.INLINES else content

    def splice(inner: Node) -> Node | None:
        if (found := _slot(inner)) is not None:
            return tree.span(slots[found])
        if tree.kind(inner) == "Div":
            return tree.with_blocks(inner, [b for child in tree.blocks(inner) for b in _filled(child, slots)])
        return None

    return [tree.rewrite(node, splice)]


def _slot(node: Node) -> int | None:
    """The index of the slot that a node marks, if it does."""
    return int(tree.pairs(node)["n"]) if tree.kind(node) == "Span" and tree.has_class(node, SLOT) else None


def with_row_heads(nodes: Sequence[Node]) -> list[Node]:
    """Blocks, with what stands in a division of `ROW_HEADS` in its place: tables whose first column heads each row."""
    kept = list[Node]()
    for node in nodes:
        if tree.kind(node) == "Div" and tree.has_class(node, ROW_HEADS):
            kept += [_with_heads(block) if tree.kind(block) == "Table" else block for block in tree.blocks(node)]
        else:
            kept.append(node)
    return kept


def _with_heads(node: Node) -> Node:
    table = tree.table_of(node)
    bodies = tuple(replace(body, title_columns=1) for body in table.bodies)
    return tree.table_node(replace(table, bodies=bodies))
