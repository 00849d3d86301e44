"""The document as pandoc's DOCX writer needs it: every class a named style, every id a bookmark inside its paragraph.

One walk, which changes nothing in place (the PDF is made of the same tree).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from rapport import tree
from rapport.model import Document, Node
from rapport.office import style_names as styles
from rapport.office.fields import (
    COVER_RULE,
    COVER_TOP,
    NUMBERED,
    RULE,
    TAB,
    TOC_MARK,
    counted_name,
    field,
    properties_mark,
    text_run,
)
from rapport.office.page_setup import section_properties
from rapport.output.docx import changes
from rapport.output.docx.inlines import DocxInlines, raw
from rapport.output.docx.tables import adapt_table
from rapport.output.visitor import Unprintable, page_runs
from rapport.report.numbering import roman

ONE_COLUMN = 8
"""Lines of one kind on the cover; more are set in columns."""

COLUMNS = 3

LABEL_GAP = "\u00a0– "
LISTED = {"consolidated": styles.LISTED, "last-key": styles.LAST_KEY, "key": styles.KEY}


class DocxContext(Struct, frozen=True):
    """Where blocks stand: the styles of a paragraph and of a list's paragraph there ("": pandoc's own choice)."""

    text: str
    list: str


BODY = DocxContext(styles.BODY, styles.LIST)
NOTE = DocxContext("", styles.FOOTNOTE)
CELL = DocxContext(styles.TABLE_TEXT, styles.TABLE_TEXT)
HEAD = DocxContext(styles.TABLE_HEAD, styles.TABLE_HEAD)
ROW_HEAD = DocxContext(styles.ROW_HEAD, styles.ROW_HEAD)
MORE = DocxContext(styles.RECOMMENDATION_MORE, styles.LIST)


def adapt(document: Document) -> tuple[list[Node], frozenset[str]]:
    """The blocks for pandoc, and the names of the images they show; raises `Unprintable`."""
    visitor = DocxBlocks(document)
    blocks: list[Node] = []
    for run in page_runs(document):
        visitor.new_page = bool(blocks)
        blocks += visitor.blocks(run, BODY)
    visitor.check_references()
    return blocks, frozenset(visitor.images)


def styled_paragraph(style: str, inlines: list[Node]) -> Node:
    """A paragraph in a named style, or in the one that pandoc chooses."""
    block = tree.para(inlines)
    return tree.div([block], **{"custom-style": style}) if style else block


class DocxBlocks(DocxInlines):
    """Adapts blocks, each for the place where it stands, and counts as Word will."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.counts: Counter[str] = Counter()

    def blocks(self, nodes: Iterable[Node], place: DocxContext = NOTE) -> list[Node]:
        """Blocks adapted for a place, a footnote unless it is said; each of them may become several, or none."""
        return [block for node in nodes for block in self.visit("block", node, place)]

    def block_Para(self, node: Node, place: DocxContext) -> Iterable[Node]:
        return self.paragraph(tree.inlines(node), place.text)

    block_Plain = block_Para

    def paragraph(self, inlines: Sequence[Node], style: str) -> list[Node]:
        """A paragraph of these inlines in a style; none where there are none."""
        return [styled_paragraph(style, self.line(inlines))] if inlines else []

    def lines(self, lines: Iterable[Sequence[Node]], style: str) -> list[Node]:
        """Lines that are kept as they are: one paragraph."""
        inlines = [node for line in lines for node in (tree.line_break(), *line)]
        return self.paragraph(inlines[1:], style)

    def block_LineBlock(self, node: Node, place: DocxContext) -> Iterable[Node]:
        return self.lines(tree.lines(node), place.text)

    def block_CodeBlock(self, node: Node, _: DocxContext) -> Iterable[Node]:
        self.anchor(node)
        return self.lines([[tree.word(line)] for line in tree.letters(node).split("\n")], styles.CODE)

    def block_BlockQuote(self, node: Node, _: DocxContext) -> Iterable[Node]:
        return self.blocks(tree.blocks(node), DocxContext(styles.QUOTE, styles.QUOTE))

    def block_HorizontalRule(self, _: Node, _place: DocxContext) -> Iterable[Node]:
        return [tree.raw_block("openxml", RULE)]

    def block_BulletList(self, node: Node, place: DocxContext) -> Iterable[Node]:
        inside = DocxContext(place.list, place.list)
        return [tree.with_items(node, [self.blocks(item, inside) for item in tree.items(node)])]

    block_OrderedList = block_BulletList

    def block_DefinitionList(self, node: Node, _: DocxContext) -> Iterable[Node]:
        for term, definitions in tree.definitions(node):
            yield styled_paragraph(styles.TERM, self.line(term))
            for blocks in definitions:
                yield from self.blocks(blocks, DocxContext(styles.DEFINITION, styles.LIST))

    def block_Header(self, node: Node, place: DocxContext) -> Iterable[Node]:
        """A real heading; its id must not stay on it, or pandoc's bookmark would span the whole section."""
        level, number, inlines = tree.level(node), tree.pair(node, "number"), tree.heading_inlines(node)
        self.anchor(node)
        self.below_table = False  # the style leaves more room
        if level > 2:
            return [self.subheading(level, self.line(inlines))]
        if changes.change(tree.classes(node)):
            return [tree.header(level, self.line(inlines, NUMBERED[level] if number else ""), "")]
        heading = self.headings.get(tree.identifier(node))
        if heading is None:  # in a list, a quotation or a table, where no part or theme begins
            return self.paragraph([tree.strong(inlines)], place.text)
        self.level = level
        if number:
            self.agree("theme" if level == 2 else "part", number)
        line = self.line(inlines, NUMBERED[level] if number else "", heading.bookmark)
        return [tree.header(level, line, "")]

    def subheading(self, level: int, line: list[Node]) -> Node:
        """A heading below those of themes; right under a part's, it is of the second level without being listed."""
        before, level = self.level, self.descend(level)
        return styled_paragraph(styles.SUBHEADING, line) if before == 1 else tree.header(level, line, "")

    def block_Figure(self, node: Node, _: DocxContext) -> Iterable[Node]:
        self.anchor(node)
        shown = self.blocks(tree.blocks(node), DocxContext(styles.FIGURE, styles.FIGURE))
        return [*shown, *self.caption("figure", node, styles.FIGURE_CAPTION)]

    def block_Table(self, node: Node, _: DocxContext) -> Iterable[Node]:
        self.anchor(node)
        above = self.caption("table", node, styles.TABLE_CAPTION)
        table = adapt_table(tree.table_of(node), *(partial(self.blocks, place=one) for one in (HEAD, ROW_HEAD, CELL)))
        self.below_table = True
        return [*above, table]

    def caption(self, kind: str, node: Node, style: str) -> list[Node]:
        """« Tableau 3 – … »: a field counts, so that Word goes on counting; in a note, nothing is counted."""
        before: list[Node] = []
        if number := tree.pair(node, "number"):
            self.agree(kind, number)
            word, label = self.strings[kind], styles.style_id(styles.LABEL)
            counted = field(f"SEQ {word} \\* ARABIC", number, label)
            shown = self.in_bookmark(counted_name(kind, number), [raw(counted)])
            before = [raw(text_run(f"{word}\u00a0", label)), *shown, tree.word(LABEL_GAP)]
        paragraphs = []
        for block in tree.caption(node):
            paragraphs.append(styled_paragraph(style, self.line(tree.inlines(block), before=before)))
            before = []
        return paragraphs

    def agree(self, sequence: str, number: str) -> None:
        """Word counts for itself: what it will count must be what the document says."""
        self.counts[sequence] += 1
        counted = self.counts[sequence]
        if number != (roman(counted) if sequence == "part" else str(counted)):
            raise Unprintable(f"{sequence} {number} stands where Word counts {counted}")

    def block_Div(self, node: Node, place: DocxContext) -> Iterable[Node]:
        self.anchor(node)
        blocks = self.division(node, place)
        language, direction = tree.pair(node, "lang"), tree.pair(node, "dir")
        spoken = {"lang": styles.LOCALES.get(language, language)} if language else {}
        spoken |= {"dir": direction} if direction else {}
        return [tree.div(blocks, **spoken)] if spoken else blocks

    def division(self, node: Node, place: DocxContext) -> list[Node]:
        """What the classes of a Div ask for; classes that nobody knows ask for nothing."""
        classes, blocks = tree.classes(node), tree.blocks(node)
        if "toc" in classes:
            self.new_page = True  # the style of its own title says so already
            return [tree.raw_block("openxml", TOC_MARK)]
        if "cover" in classes:
            return self.cover(blocks)
        if "paragraph" in classes:
            return self.numbered_paragraph(node, styles.NUMBERED, BODY)
        if "recommendation" in classes:
            return self.numbered_paragraph(node, styles.RECOMMENDATION, MORE)
        if listed := next((style for name, style in LISTED.items() if name in classes), ""):
            return self.listed_recommendation(blocks, listed)
        if style := style_of(classes):
            place = DocxContext(style, styles.LIST if style == styles.SUMMARY else style)
        return self.blocks(blocks, place)

    def numbered_paragraph(self, node: Node, style: str, more: DocxContext) -> list[Node]:
        """A paragraph that Word numbers by its style; one that was deleted is not counted."""
        blocks, pairs = tree.blocks(node), tree.pairs(node)
        if not changes.change(tree.classes(node)):
            self.agree("paragraph", pairs.get("number", ""))
        self.recommendation = pairs.get("label", "")
        if not blocks or tree.kind(blocks[0]) not in ("Para", "Plain") or not tree.inlines(blocks[0]):
            raise Unprintable(f"paragraph {pairs['number']} begins with no text to number")
        return self.blocks(blocks[:1], DocxContext(style, styles.LIST)) + self.blocks(blocks[1:], more)

    def listed_recommendation(self, blocks: Sequence[Node], style: str) -> list[Node]:
        """A recommendation in a list: its label hangs before its words, as a paragraph's number does."""
        inlines = tree.inlines(blocks[0])
        at = next((at for at, node in enumerate(inlines) if tree.letters(node) == " "), -1)
        before = [*self.inlines(inlines[:at]), raw(TAB)] if at >= 0 else []  # one deleted whole has but one span
        words = inlines[at + 1 :]
        return [styled_paragraph(style, self.line(words, before=before)), *self.blocks(blocks[1:], BODY)]

    def cover(self, blocks: Sequence[Node]) -> list[Node]:
        """The cover's lines: for Word a section apart, without running header; many members make columns."""
        cover: list[Node] = []
        for block in blocks:
            lines = self.blocks(without_bullets([block]), BODY)
            if cover and len(lines) > ONE_COLUMN:
                end_section(cover, columns=1)
                end_section(lines, columns=COLUMNS)
            drawn = COVER_RULE if tree.has_class(block, "cover-subtitle") else "" if cover else COVER_TOP
            cover += [tree.raw_block("openxml", drawn)] * bool(drawn) + lines
        if cover:
            end_section(cover, columns=1)
        return cover


def style_of(classes: Sequence[str]) -> str:
    """The style that the classes of a Div are printed in, or ""."""
    kinds = [f"notice-{name}" for name in classes] if "notice" in classes else []
    return next((styles.STYLE_OF_CLASS[name] for name in (*kinds, *classes) if name in styles.STYLE_OF_CLASS), "")


def without_bullets(blocks: Iterable[Node]) -> Iterator[Node]:
    """Blocks with the items of their lists as plain paragraphs: a cover shows the members without bullets."""
    for block in blocks:
        if tree.kind(block) == "BulletList":
            for item in tree.items(block):
                yield from item
        elif tree.kind(block) == "Div":
            yield tree.with_blocks(block, list(without_bullets(tree.blocks(block))))
        else:
            yield block


def end_section(blocks: list[Node], columns: int) -> None:
    """Changes the last of some blocks, so that its last paragraph ends a stretch set in so many columns."""
    blocks[-1] = _with_first(blocks[-1], raw(properties_mark(section_properties(columns))))


def _with_first(block: Node, inline: Node) -> Node:
    """A block with an inline at the beginning of its last paragraph."""
    if tree.kind(block) == "Div":
        *before, last = tree.blocks(block)
        return tree.with_blocks(block, [*before, _with_first(last, inline)])
    return tree.with_inlines(block, [inline, *tree.inlines(block)])
