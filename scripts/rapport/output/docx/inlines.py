"""The inlines of a paragraph as pandoc's DOCX writer needs them, and what they name, point to and show.

Words and the spaces between them are joined into one string as they pass: that halves pandoc's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapport import tree
from rapport.model import Document, Node
from rapport.office.fields import (
    BELOW_TABLE,
    NEW_PAGE,
    bookmark,
    bookmark_name,
    counted_name,
    field,
    properties_mark,
    reference,
)
from rapport.office.style_names import INNER_LINK, LABEL, LOCALES, style_id
from rapport.output.docx import changes
from rapport.output.docx.headings import headings
from rapport.output.visitor import WORDS, Visitor, word_runs
from rapport.project.images import still_picture

KEPT_CLASSES = frozenset(("csl-left-margin", "csl-right-inline", "csl-indent", "csl-block"))
"""Classes of pandoc's own that its DOCX writer knows how to print; all others are ours or mean nothing."""


BETWEEN_NOTES = tree.styled_inlines("Superscript", [tree.word("\u00a0")])
"""Between two calls: the notes 28 and 29, not a note 2829."""


def raw(xml: str) -> Node:
    """Our own XML inside a line."""
    return tree.raw_inline("openxml", xml)


class DocxInlines(Visitor[list[Node]]):
    """Makes one line after another; what was met between lines (bookmarks, a new page) goes into the next one."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.meta)
        self.headings = {heading.id: heading for heading in headings(document)}
        self.waiting: list[str] = []
        self.bookmarks = 0
        self.reference = ""  # the field that shows the number in the link that we are in
        self.recommendation = ""  # the number of the one that begins here
        self.new_page = False
        self.below_table = False

    def anchor(self, node: Node) -> None:
        """A block's id becomes a bookmark inside the next paragraph: between them, Word's own editing loses it."""
        if identifier := self.define(tree.identifier(node)):
            self.waiting.append(identifier)

    def in_bookmark(self, name: str, inlines: Sequence[Node]) -> list[Node]:
        """Inlines inside a bookmark that Word's own fields refer to."""
        self.bookmarks += 1
        start, end = bookmark(self.bookmarks, name)
        return [raw(start), *inlines, raw(end)]

    def line(
        self, nodes: Iterable[Node], properties: str = "", mark: str = "", before: Sequence[Node] = ()
    ) -> list[Node]:
        """The inlines of one paragraph, with the bookmarks, the page break and the room that waited for it."""
        if self.new_page:
            properties = properties.join(NEW_PAGE)
        elif self.below_table:
            properties += BELOW_TABLE
        waiting, self.waiting, self.new_page, self.below_table = self.waiting, [], False, False
        changed, opening, nodes = changes.marks(list(nodes))
        properties += changed
        if before and changed:
            start, end = changes.tags_around(changed)
            before = [raw(start), *before, raw(end)]
        line = [*before, *([raw(opening)] if opening else []), *self.inlines(nodes)]
        line = self.in_bookmark(mark, line) if mark else line
        for identifier in reversed(waiting):
            line = [tree.span(line, identifier=identifier)]
        return [raw(properties_mark(properties)), *line] if properties else line

    def inlines(self, nodes: Iterable[Node]) -> list[Node]:
        """Inlines adapted, each stretch of plain words made one string."""
        adapted: list[Node] = []
        for words, node in word_runs(self._adapted(nodes)):
            adapted += [tree.word(words)] if words else []
            if node is not None and adapted and tree.kind(node) == tree.kind(adapted[-1]) == "Note":
                adapted.append(BETWEEN_NOTES)
            adapted += [node] if node is not None else []
        return adapted

    def _adapted(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if tree.kind(node) in WORDS:
                yield node
            else:
                yield from self.inline(node)

    def inline(self, node: Node) -> Iterable[Node]:
        """What becomes of one inline: none, one or several."""
        if tree.kind(node) in tree.STYLED:
            return [tree.with_inlines(node, self.inlines(tree.inlines(node)))]
        adapted: Iterable[Node] = self.visit("inline", node)
        return adapted

    def inline_LineBreak(self, node: Node) -> Iterable[Node]:
        return [node]

    def inline_Cite(self, node: Node) -> Iterable[Node]:
        return self.inlines(tree.inlines(node))

    def inline_Note(self, node: Node) -> Iterable[Node]:
        return [tree.note(self.blocks(tree.blocks(node)))]

    def inline_Code(self, node: Node) -> Iterable[Node]:
        return self.with_bookmark(node, [tree.with_attributes(node, tree.attr())])

    def inline_Span(self, node: Node) -> Iterable[Node]:
        classes, pairs, inlines = tree.classes(node), tree.pairs(node), tree.inlines(node)
        if "number" in classes and self.reference:
            return [raw(field(self.reference, tree.text(inlines), style_id(INNER_LINK)))]
        if "label" in classes:
            return self.recommendation_label(self.inlines(inlines))
        if kind := changes.change(classes):
            return self.as_change(kind, pairs, self.inlines(inlines))
        if changes.RESTYLED in classes:
            before, after = changes.restyle_marks(pairs)
            return [raw(before), *self.inlines(inlines), raw(after)]
        if classes and classes[0] in changes.COMMENTS:
            return [tree.with_identifier(node, "")]
        known = [name for name in classes if name in KEPT_CLASSES]
        spoken = pairs.get("lang", "")
        adapted = self.inlines(inlines)
        language = {"lang": LOCALES.get(spoken, spoken)} if spoken else {}
        return self.with_bookmark(node, [tree.span(adapted, known, **language)] if known or language else adapted)

    def as_change(self, kind: str, pairs: Mapping[str, str], inlines: list[Node]) -> Iterable[Node]:
        """Words that came, went, or were moved."""
        if "move" not in pairs:
            return [tree.span(inlines, [kind], **pairs)]
        before, after = changes.move_tags(kind, pairs)
        return [raw(before), *inlines, raw(after)]

    def inline_Link(self, node: Node) -> Iterable[Node]:
        place, pairs = self.refer(node), tree.pairs(node)
        if tree.has_class(node, "reference"):
            name = self.headings[place].bookmark if place in self.headings else bookmark_name(place)
            self.reference = reference(pairs["kind"], pairs["number"], name)
        words, self.reference = self.inlines(tree.inlines(node)), ""
        return self.with_bookmark(node, [tree.link(words, tree.target(node))])

    def recommendation_label(self, words: list[Node]) -> list[Node]:
        """« R12 » in its style; where the recommendation itself stands, references find it."""
        label = [tree.span(words, **{"custom-style": LABEL})]
        name = counted_name("recommendation", self.recommendation) if self.recommendation else ""
        self.recommendation = ""
        if not name or name in self.ids:  # what two texts ask in the same words has one label
            return label
        return self.in_bookmark(self.define(name), label)

    def inline_Image(self, node: Node) -> Iterable[Node]:
        """A staged image; its file name goes no further than pandoc, its alternative text stands in the file."""
        name, pairs = still_picture(self.picture(node)), tree.pairs(node)
        self.images.add(name)
        sizes = {key: value for key, value in pairs.items() if key in ("width", "height")}
        words = tree.word(pairs.get("alt") or tree.text(tree.inlines(node)))
        return self.with_bookmark(node, [tree.image([words], name, **sizes)])

    def with_bookmark(self, node: Node, inlines: list[Node]) -> list[Node]:
        """What a node became, under a bookmark of its own if the node has an id."""
        identifier = self.define(tree.identifier(node))
        return [tree.span(inlines, identifier=identifier)] if identifier else inlines
