"""The document as pandoc's DOCX writer needs it: every class a named style, every id a bookmark inside its paragraph.

One walk, which changes nothing in place (the PDF is made of the same tree). Words and the spaces between them are
joined into one string as they pass: that halves pandoc's time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapport.export import docx_styles as styles
from rapport.export.docx_fields import NEW_PAGE, NUMBERED, RULE, TOC_MARK, bookmark, field, properties_mark, text_run
from rapport.export.docx_headings import Heading, headings
from rapport.export.reference_styles import section_properties
from rapport.export.docx_tables import NO_ATTR, adapt_table
from rapport.model import Document, Node
from rapport.tree import text

FORMATTED = frozenset(("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"))
ONE_COLUMN = 8  # lines of the cover; more are set in two
LABEL_GAP = "\u00a0– "
QUOTES = {
    "fr": {"DoubleQuote": ("«\u00a0", "\u00a0»"), "SingleQuote": ("“", "”")},
    "en": {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")},
}
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
LINK = re.compile(r"#.|https?://|mailto:")
IMAGE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


class Unprintable(ValueError):
    """The tree holds what must never reach an exporter: a bug of ours, never a user's slip."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: the styles of a paragraph and of a list's paragraph there ("": pandoc's own choice)."""

    text: str
    list: str


BODY = Place(styles.BODY, styles.LIST)
NOTE = Place("", styles.FOOTNOTE)
CELL = Place(styles.TABLE_TEXT, styles.TABLE_TEXT)
HEAD = Place(styles.TABLE_HEAD, styles.TABLE_HEAD)
MORE = Place(styles.RECOMMENDATION_MORE, styles.LIST)


def adapt(document: Document) -> tuple[list[Node], frozenset[str]]:
    """The blocks for pandoc, and the names of the images they show; raises `Unprintable`."""
    walk = _Walk(document)
    blocks = walk.blocks(document.front, BODY)
    for chapter in (*document.chapters, document.back):
        walk.new_page = True
        blocks += walk.blocks(chapter, BODY)
    if astray := walk.links - walk.ids:
        raise Unprintable(f"internal links lead nowhere: {', '.join(sorted(astray))}")
    return blocks, frozenset(walk.images)


def raw(xml: str) -> Node:
    """Our own XML inside a line."""
    return {"t": "RawInline", "c": ["openxml", xml]}


def styled(style: str, block: Node) -> Node:
    """A block in a named style, or as pandoc would print it."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [block]]} if style else block


class _Walk:
    """One pass in the order of print, with what it counts and what waits for the next paragraph."""

    def __init__(self, document: Document) -> None:
        self.words = document.meta.strings
        self.quotes = QUOTES.get(document.meta.language, QUOTES["en"])
        self.headings: dict[str, Heading] = {heading.id: heading for heading in headings(document)}
        self.counts: Counter[str] = Counter()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.images: set[str] = set()
        self.waiting: list[str] = []
        self.new_page = False

    # ---------------------------------------------------------------- blocks

    def blocks(self, nodes: Iterable[Node], place: Place) -> list[Node]:
        """Blocks adapted for a place; each of them may become several, or none."""
        return [made for node in nodes for made in self.block(node, place)]

    def block(self, node: Node, place: Place) -> Iterable[Node]:
        method = getattr(self, f"block_{node['t']}", None)
        if method is None:
            raise Unprintable(f"a block that no exporter may receive: {node['t']}")
        return method(node.get("c"), place)

    def block_Para(self, inlines: Sequence[Node], place: Place) -> Iterable[Node]:
        if inlines:
            yield styled(place.text, {"t": "Para", "c": self.line(inlines)})

    block_Plain = block_Para

    def block_LineBlock(self, lines: Sequence[Sequence[Node]], place: Place) -> Iterable[Node]:
        inlines = [node for line in lines for node in ({"t": "LineBreak"}, *line)]
        yield from self.block_Para(inlines[1:], place)

    def block_CodeBlock(self, content: Any, _: Place) -> Iterable[Node]:
        (identifier, _classes, _keys), text = content
        self.anchor(identifier)
        lines = [[{"t": "Str", "c": line}] for line in text.split("\n")]
        yield from self.block_LineBlock(lines, Place(styles.CODE, styles.CODE))

    def block_BlockQuote(self, blocks: Sequence[Node], _: Place) -> Iterable[Node]:
        return self.blocks(blocks, Place(styles.QUOTE, styles.QUOTE))

    def block_HorizontalRule(self, _: None, _place: Place) -> Iterable[Node]:
        yield {"t": "RawBlock", "c": ["openxml", RULE]}

    def block_BulletList(self, items: Sequence[Sequence[Node]], place: Place) -> Iterable[Node]:
        yield {"t": "BulletList", "c": self.items(items, place)}

    def block_OrderedList(self, content: Any, place: Place) -> Iterable[Node]:
        yield {"t": "OrderedList", "c": [content[0], self.items(content[1], place)]}

    def items(self, items: Sequence[Sequence[Node]], place: Place) -> list[list[Node]]:
        return [self.blocks(item, Place(place.list, place.list)) for item in items]

    def block_DefinitionList(self, pairs: Any, _: Place) -> Iterable[Node]:
        for term, definitions in pairs:
            yield from self.block_Para(term, Place(styles.TERM, styles.TERM))
            for blocks in definitions:
                yield from self.blocks(blocks, Place(styles.DEFINITION, styles.LIST))

    def block_Header(self, content: Any, _: Place) -> Iterable[Node]:
        """A real heading; its id must not stay on it, or pandoc's bookmark would span the whole section."""
        level, (identifier, _classes, _keys), inlines = content
        self.anchor(identifier)
        if level == 1:
            self.new_page = False  # the style says so already
        if level <= 2:
            heading = self.headings[identifier]
            start, end = bookmark(heading.index, heading.bookmark)
            numbering = NUMBERED.format(level=level - 1) if heading.number else ""
            made = self.line(inlines, numbering, [raw(start)], [raw(end)])
        else:
            made = self.line(inlines)
        yield {"t": "Header", "c": [level, NO_ATTR, made]}

    def block_Figure(self, content: Any, _: Place) -> Iterable[Node]:
        (identifier, _classes, _keys), (_short, caption), blocks = content
        self.anchor(identifier)
        yield from self.blocks(blocks, Place(styles.FIGURE, styles.FIGURE))
        yield from self.caption("figure", caption, styles.FIGURE_CAPTION)

    def block_Table(self, content: Any, _: Place) -> Iterable[Node]:
        (identifier, _classes, _keys), (_short, caption) = content[:2]
        self.anchor(identifier)
        yield from self.caption("table", caption, styles.TABLE_CAPTION)
        yield adapt_table(content, partial(self.blocks, place=HEAD), partial(self.blocks, place=CELL))

    def caption(self, kind: str, blocks: Sequence[Node], style: str) -> Iterator[Node]:
        """« Tableau 3 – … »: a field counts, so that Word goes on counting."""
        before: list[Node] = []
        if blocks:
            self.counts[kind] += 1
            word = self.words[kind]
            label = styles.style_id(styles.LABEL)
            number = field(f"SEQ {word} \\* ARABIC", str(self.counts[kind]), label)
            before = [raw(text_run(f"{word}\u00a0", label) + number), string(LABEL_GAP)]
        for block in blocks:
            yield styled(style, {"t": "Para", "c": self.line(block["c"], before=before)})
            before = []

    def block_Div(self, content: Any, place: Place) -> Iterable[Node]:
        (identifier, classes, keys), blocks = content
        self.anchor(identifier)
        made = list(self.division(classes, dict(keys), blocks, place))
        if language := dict(keys).get("lang"):
            made = [{"t": "Div", "c": [["", [], [["lang", LOCALES.get(language, language)]]], made]}]
        return made

    def division(self, classes: list[str], keys: dict[str, str], blocks: list[Node], place: Place) -> Iterable[Node]:
        """What the classes of a Div ask for; classes that nobody knows ask for nothing."""
        if "toc" in classes:
            self.new_page = False
            return [{"t": "RawBlock", "c": ["openxml", TOC_MARK]}]
        if "cover" in classes:
            return self.cover(blocks)
        if "paragraph" in classes:
            return self.numbered(keys, blocks, styles.NUMBERED, BODY)
        if "recommendation" in classes:
            return self.numbered(keys, blocks, styles.RECOMMENDATION, MORE)
        if style := style_of(classes):
            place = Place(style, styles.LIST if style == styles.SUMMARY else style)
        return self.blocks(blocks, place)

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

    def numbered(self, keys: dict[str, str], blocks: list[Node], style: str, more: Place) -> list[Node]:
        """A paragraph that Word numbers by its style: what Word will count must be what the document says."""
        self.counts["number"] += 1
        if keys.get("number") != str(self.counts["number"]):
            raise Unprintable(f"paragraph {keys.get('number')} stands where Word counts {self.counts['number']}")
        if not blocks or blocks[0]["t"] not in ("Para", "Plain") or not blocks[0]["c"]:
            raise Unprintable(f"paragraph {keys['number']} begins with no text to number")
        return self.blocks(blocks[:1], Place(style, styles.LIST)) + self.blocks(blocks[1:], more)

    # ---------------------------------------------------------------- lines

    def anchor(self, identifier: str) -> None:
        """An id becomes a bookmark inside the next paragraph: between paragraphs, Word's own editing loses them."""
        if identifier:
            self.known(identifier)
            self.waiting.append(identifier)

    def known(self, identifier: str) -> None:
        if identifier in self.ids:
            raise Unprintable(f"two places have the id {identifier}")
        self.ids.add(identifier)

    def line(
        self, inlines: Iterable[Node], properties: str = "", before: Sequence[Node] = (), after: Sequence[Node] = ()
    ) -> list[Node]:
        """The inlines of one paragraph, with the bookmarks and the page break that waited for it."""
        if self.new_page:
            properties = properties.join(NEW_PAGE)
        waiting, self.waiting, self.new_page = self.waiting, [], False
        made = [*before, *self.inlines(inlines), *after]
        for identifier in reversed(waiting):
            made = [{"t": "Span", "c": [[identifier, [], []], made]}]
        return [raw(properties_mark(properties)), *made] if properties else made

    def inlines(self, nodes: Iterable[Node]) -> list[Node]:
        """Inlines adapted, each stretch of plain words made one string."""
        made: list[Node] = []
        words: list[str] = []
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                words.append(node["c"])
            elif kind in ("Space", "SoftBreak"):
                words.append(" ")
            else:
                for inline in self.inline(kind, node.get("c")):
                    if inline["t"] == "Str":
                        words.append(inline["c"])
                        continue
                    if words:
                        made.append(string("".join(words)))
                        words = []
                    made.append(inline)
        if words:
            made.append(string("".join(words)))
        return made

    def inline(self, kind: str, content: Any) -> Iterable[Node]:
        if kind in FORMATTED:
            return [{"t": kind, "c": self.inlines(content)}]
        method = getattr(self, f"inline_{kind}", None)
        if method is None:
            raise Unprintable(f"an inline that no exporter may receive: {kind}")
        return method(content)

    def inline_LineBreak(self, _: None) -> Iterable[Node]:
        return [{"t": "LineBreak"}]

    def inline_Quoted(self, content: Any) -> Iterable[Node]:
        left, right = self.quotes[content[0]["t"]]
        return [string(left), *self.inlines(content[1]), string(right)]

    def inline_Cite(self, content: Any) -> Iterable[Node]:
        return self.inlines(content[1])

    def inline_Code(self, content: Any) -> Iterable[Node]:
        return [{"t": "Code", "c": [NO_ATTR, content[1]]}]

    def inline_Span(self, content: Any) -> Iterable[Node]:
        (identifier, classes, keys), inlines = content
        kept = [name for name in classes if name in styles.KEPT_CLASSES]
        language = [["lang", LOCALES.get(value, value)] for key, value in keys if key == "lang"]
        if identifier:
            self.known(identifier)
        elif not kept and not language:
            return self.inlines(inlines)
        return [{"t": "Span", "c": [[identifier, kept, language], self.inlines(inlines)]}]

    def inline_Link(self, content: Any) -> Iterable[Node]:
        _attr, inlines, (target, _title) = content
        if not LINK.match(target):
            raise Unprintable(f"a link that leads out of the report: {target}")
        if target.startswith("#"):
            self.links.add(target[1:])
        return [{"t": "Link", "c": [NO_ATTR, self.inlines(inlines), [target, ""]]}]

    def inline_Image(self, content: Any) -> Iterable[Node]:
        (_identifier, _classes, keys), inlines, (target, _title) = content
        if not IMAGE.fullmatch(target):
            raise Unprintable(f"an image that is not staged: {target}")
        self.images.add(target)
        sizes = [[key, value] for key, value in keys if key in ("width", "height")]
        return [{"t": "Image", "c": [["", [], sizes], [string(dict(keys).get("alt") or text(inlines))], [target, ""]]}]

    def inline_Note(self, blocks: Any) -> Iterable[Node]:
        return [{"t": "Note", "c": self.blocks(blocks, NOTE)}]


def string(words: str) -> Node:
    """Words and their spaces as one node."""
    return {"t": "Str", "c": words}


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
    """A styled paragraph that we just made becomes the last of a stretch set in so many columns."""
    (paragraph,) = block["c"][1]
    paragraph["c"].insert(0, raw(properties_mark(section_properties(columns))))
