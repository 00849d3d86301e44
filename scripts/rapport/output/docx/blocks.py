"""The document as pandoc's DOCX writer needs it: every class a named style, every id a bookmark inside its paragraph.

One walk, which changes nothing in place (the PDF is made of the same tree).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapport.model import Document, Node
from rapport.office import style_names as styles
from rapport.office.fields import NUMBERED, RULE, TOC_MARK, counted_name, field, properties_mark, text_run
from rapport.office.page_setup import section_properties
from rapport.output.docx import changes
from rapport.output.docx.headings import headings
from rapport.output.docx.inlines import NO_ATTR, Lines, raw, string
from rapport.output.docx.tables import adapt_table
from rapport.output.refusal import Unprintable
from rapport.report.numbering import roman
from rapport.tree import titled

ONE_COLUMN = 8
"""Lines of one kind on the cover; more are set in two columns."""

LABEL_GAP = "\u00a0– "
TAB = "<w:r><w:tab/></w:r>"
LISTED = {"consolidated": styles.LISTED, "key": styles.KEY}


@dataclass(frozen=True, slots=True)
class DocxContext:
    """Where blocks stand: the styles of a paragraph and of a list's paragraph there ("": pandoc's own choice)."""

    text: str
    list: str


BODY = DocxContext(styles.BODY, styles.LIST)
NOTE = DocxContext("", styles.FOOTNOTE)
CELL = DocxContext(styles.TABLE_TEXT, styles.TABLE_TEXT)
HEAD = DocxContext(styles.TABLE_HEAD, styles.TABLE_HEAD)
MORE = DocxContext(styles.RECOMMENDATION_MORE, styles.LIST)


def adapt(document: Document) -> tuple[list[Node], frozenset[str]]:
    """The blocks for pandoc, and the names of the images they show; raises `Unprintable`."""
    walk = _Walk(document)
    blocks = walk.blocks(document.front, BODY)
    for chapter in (*document.chapters, document.back):
        walk.lines.new_page = True
        blocks += walk.blocks(chapter, BODY)
    if astray := walk.lines.links - walk.lines.ids:
        raise Unprintable(f"internal links lead nowhere: {', '.join(sorted(astray))}")
    return blocks, frozenset(walk.lines.images)


def styled(style: str, inlines: list[Node]) -> Node:
    """A paragraph in a named style, or in the one that pandoc chooses."""
    block: Node = {"t": "Para", "c": inlines}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [block]]} if style else block


class _Walk:
    """One pass in the order of print, with what it counts; a method for each kind of block."""

    def __init__(self, document: Document) -> None:
        self.words = document.meta.strings
        self.headings = {heading.id: heading for heading in headings(document)}
        named = {identifier: heading.bookmark for identifier, heading in self.headings.items()}
        self.lines = Lines(named, partial(self.blocks, place=NOTE))
        self.counts: Counter[str] = Counter()
        self.level = 0

    def blocks(self, nodes: Iterable[Node], place: DocxContext) -> list[Node]:
        """Blocks adapted for a place; each of them may become several, or none."""
        return [made for node in nodes for made in self.block(node, place)]

    def block(self, node: Node, place: DocxContext) -> Iterable[Node]:
        method = getattr(self, f"block_{node['t']}", None)
        if method is None:
            raise Unprintable(f"a block that no exporter may receive: {node['t']}")
        return method(node.get("c"), place)

    def block_Para(self, inlines: Sequence[Node], place: DocxContext) -> Iterable[Node]:
        return [styled(place.text, self.lines.line(inlines))] if inlines else []

    block_Plain = block_Para

    def block_LineBlock(self, lines: Sequence[Sequence[Node]], place: DocxContext) -> Iterable[Node]:
        inlines = [node for line in lines for node in ({"t": "LineBreak"}, *line)]
        return self.block_Para(inlines[1:], place)

    def block_CodeBlock(self, content: Any, _: DocxContext) -> Iterable[Node]:
        (identifier, _classes, _keys), code = content
        self.lines.anchor(identifier)
        return self.block_LineBlock(
            [[string(line)] for line in code.split("\n")], DocxContext(styles.CODE, styles.CODE)
        )

    def block_BlockQuote(self, blocks: Sequence[Node], _: DocxContext) -> Iterable[Node]:
        return self.blocks(blocks, DocxContext(styles.QUOTE, styles.QUOTE))

    def block_HorizontalRule(self, _: None, _place: DocxContext) -> Iterable[Node]:
        return [{"t": "RawBlock", "c": ["openxml", RULE]}]

    def block_BulletList(self, items: Sequence[Sequence[Node]], place: DocxContext) -> Iterable[Node]:
        return [{"t": "BulletList", "c": self.items(items, place)}]

    def block_OrderedList(self, content: Any, place: DocxContext) -> Iterable[Node]:
        return [{"t": "OrderedList", "c": [content[0], self.items(content[1], place)]}]

    def items(self, items: Sequence[Sequence[Node]], place: DocxContext) -> list[list[Node]]:
        return [self.blocks(item, DocxContext(place.list, place.list)) for item in items]

    def block_DefinitionList(self, pairs: Any, _: DocxContext) -> Iterable[Node]:
        for term, definitions in pairs:
            yield styled(styles.TERM, self.lines.line(term))
            for blocks in definitions:
                yield from self.blocks(blocks, DocxContext(styles.DEFINITION, styles.LIST))

    def block_Header(self, content: Any, place: DocxContext) -> Iterable[Node]:
        """A real heading; its id must not stay on it, or pandoc's bookmark would span the whole section."""
        level, (identifier, classes, keys), _inlines = content
        inlines = titled({"t": "Header", "c": content})
        self.lines.anchor(identifier)
        self.lines.below_table = False  # the style leaves more room
        if level > 2:
            return [self.subheading(level, self.lines.line(inlines))]
        if changes.change(classes):
            number = NUMBERED[level] if dict(keys).get("number") else ""
            return [{"t": "Header", "c": [level, NO_ATTR, self.lines.line(inlines, number)]}]
        heading = self.headings.get(identifier)
        if heading is None:  # in a list, a quotation or a table, where no part or theme begins
            return self.block_Para([{"t": "Strong", "c": inlines}], place)
        if level == 1:
            self.lines.new_page = False  # the style says so already
        self.level = level
        if heading.number:
            self.agree("theme" if level == 2 else "part", heading.number)
        line = self.lines.line(inlines, NUMBERED[level] if heading.number else "", heading.bookmark)
        return [{"t": "Header", "c": [level, NO_ATTR, line]}]

    def subheading(self, level: int, line: list[Node]) -> Node:
        """A heading below those of themes; right under a part's, it is of the second level without being listed."""
        self.level, before = min(level, self.level + 1), self.level
        return styled(styles.SUBHEADING, line) if before == 1 else {"t": "Header", "c": [self.level, NO_ATTR, line]}

    def block_Figure(self, content: Any, _: DocxContext) -> Iterable[Node]:
        (identifier, _classes, keys), (_short, caption), blocks = content
        self.lines.anchor(identifier)
        shown = self.blocks(blocks, DocxContext(styles.FIGURE, styles.FIGURE))
        return [*shown, *self.caption("figure", dict(keys).get("number", ""), caption, styles.FIGURE_CAPTION)]

    def block_Table(self, content: Any, _: DocxContext) -> Iterable[Node]:
        (identifier, _classes, keys), (_short, caption) = content[:2]
        self.lines.anchor(identifier)
        above = list(self.caption("table", dict(keys).get("number", ""), caption, styles.TABLE_CAPTION))
        made = adapt_table(content, partial(self.blocks, place=HEAD), partial(self.blocks, place=CELL))
        self.lines.below_table = True
        return [*above, made]

    def caption(self, kind: str, counted: str, blocks: Sequence[Node], style: str) -> Iterator[Node]:
        """« Tableau 3 – … »: a field counts, so that Word goes on counting; in a note, nothing is counted."""
        before: list[Node] = []
        if counted:
            self.agree(kind, counted)
            word, label = self.words[kind], styles.style_id(styles.LABEL)
            number = field(f"SEQ {word} \\* ARABIC", counted, label)
            shown = self.lines.bookmarked(counted_name(kind, counted), [raw(number)])
            before = [raw(text_run(f"{word}\u00a0", label)), *shown, string(LABEL_GAP)]
        for block in blocks:
            yield styled(style, self.lines.line(block["c"], before=before))
            before = []

    def agree(self, sequence: str, number: str) -> None:
        """Word counts for itself: what it will count must be what the document says."""
        self.counts[sequence] += 1
        counted = self.counts[sequence]
        if number != (roman(counted) if sequence == "part" else str(counted)):
            raise Unprintable(f"{sequence} {number} stands where Word counts {counted}")

    def block_Div(self, content: Any, place: DocxContext) -> Iterable[Node]:
        (identifier, classes, keys), blocks = content
        self.lines.anchor(identifier)
        language = dict(keys).get("lang", "")
        made = self.division(classes, dict(keys), blocks, place)
        if not language:
            return made
        return [{"t": "Div", "c": [["", [], [["lang", styles.LOCALES.get(language, language)]]], made]}]

    def division(self, classes: list[str], keys: dict[str, str], blocks: list[Node], place: DocxContext) -> list[Node]:
        """What the classes of a Div ask for; classes that nobody knows ask for nothing."""
        if "toc" in classes:
            self.lines.new_page = False  # the style of its title says so already
            return [{"t": "RawBlock", "c": ["openxml", TOC_MARK]}]
        if "cover" in classes:
            return self.cover(blocks)
        if "paragraph" in classes:
            return self.numbered(keys, blocks, styles.NUMBERED, BODY, changes.change(classes))
        if "recommendation" in classes:
            return self.numbered(keys, blocks, styles.RECOMMENDATION, MORE, changes.change(classes))
        if listed := next((style for name, style in LISTED.items() if name in classes), ""):
            return self.listed(blocks, listed)
        if style := style_of(classes):
            place = DocxContext(style, styles.LIST if style == styles.SUMMARY else style)
        return self.blocks(blocks, place)

    def numbered(
        self, keys: dict[str, str], blocks: list[Node], style: str, more: DocxContext, change: str = ""
    ) -> list[Node]:
        """A paragraph that Word numbers by its style; one that was deleted is not counted."""
        if not change:
            self.agree("paragraph", keys.get("number", ""))
        self.lines.label = keys.get("label", "")
        if not blocks or blocks[0]["t"] not in ("Para", "Plain") or not blocks[0]["c"]:
            raise Unprintable(f"paragraph {keys['number']} begins with no text to number")
        return self.blocks(blocks[:1], DocxContext(style, styles.LIST)) + self.blocks(blocks[1:], more)

    def listed(self, blocks: list[Node], style: str) -> list[Node]:
        """A recommendation in a list: its label hangs before its words, as a paragraph's number does."""
        inlines = blocks[0]["c"]
        at = next((at for at, node in enumerate(inlines) if node == string(" ")), -1)
        before = [*self.lines.inlines(inlines[:at]), raw(TAB)] if at >= 0 else []  # one deleted whole has but one span
        words = inlines[at + 1 :]
        return [styled(style, self.lines.line(words, before=before)), *self.blocks(blocks[1:], BODY)]

    def cover(self, blocks: list[Node]) -> list[Node]:
        """The cover's lines: for Word a section apart, without running header; many members make two columns."""
        made: list[Node] = []
        for block in blocks:
            lines = self.blocks(unlisted([block]), BODY)
            if made and len(lines) > ONE_COLUMN:
                end_section(made[-1], columns=1)
                end_section(lines[-1], columns=2)
            made += lines
        if made:
            end_section(made[-1], columns=1)
        return made


def style_of(classes: Sequence[str]) -> str:
    """The style that the classes of a Div are printed in, or ""."""
    kinds = [f"notice-{name}" for name in classes] if "notice" in classes else []
    return next((styles.STYLE_OF_CLASS[name] for name in (*kinds, *classes) if name in styles.STYLE_OF_CLASS), "")


def unlisted(blocks: Iterable[Node]) -> Iterator[Node]:
    """Blocks with the items of their lists as plain paragraphs: a cover shows the members without bullets."""
    for block in blocks:
        if block["t"] == "BulletList":
            for item in block["c"]:
                yield from item
        elif block["t"] == "Div":
            yield {"t": "Div", "c": [block["c"][0], list(unlisted(block["c"][1]))]}
        else:
            yield block


def end_section(block: Node, columns: int) -> None:
    """The last paragraph of a block that we just made ends a stretch set in so many columns."""
    while block["t"] == "Div":
        block = block["c"][1][-1]
    block["c"].insert(0, raw(properties_mark(section_properties(columns))))
