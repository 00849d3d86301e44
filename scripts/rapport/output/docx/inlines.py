"""The inlines of a paragraph as pandoc's DOCX writer needs them, and what they name, point to and show.

Words and the spaces between them are joined into one string as they pass: that halves pandoc's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rapport.model import Node
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
from rapport.output.refusal import Unprintable
from rapport.tree import text

NO_ATTR: list[Any] = ["", [], []]
FORMATTED = frozenset(("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"))
LINK = re.compile(r"#.|https?://|mailto:")
IMAGE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

KEPT_CLASSES = frozenset(("csl-left-margin", "csl-right-inline", "csl-indent", "csl-block"))
"""Classes of pandoc's own that its DOCX writer knows how to print; all others are ours or mean nothing."""


def string(words: str) -> Node:
    """Words and their spaces as one node."""
    return {"t": "Str", "c": words}


def raw(xml: str) -> Node:
    """Our own XML inside a line."""
    return {"t": "RawInline", "c": ["openxml", xml]}


class Lines:
    """Makes one line after another, in the order of print; `note` adapts the blocks of a footnote.

    `headings` are the bookmarks of the parts and themes by id.
    """

    def __init__(self, headings: Mapping[str, str], note: Callable[[list[Node]], list[Node]]) -> None:
        self.headings = headings
        self.note = note
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.images: set[str] = set()
        self.waiting: list[str] = []
        self.bookmarks = 0
        self.reference = ""  # the field that shows the number in the link that we are in
        self.label = ""  # of the recommendation that begins here
        self.new_page = False
        self.below_table = False

    def anchor(self, identifier: str) -> None:
        """An id becomes a bookmark inside the next paragraph: between paragraphs, Word's own editing loses them."""
        if identifier:
            self.name(identifier)
            self.waiting.append(identifier)

    def bookmarked(self, name: str, made: list[Node]) -> list[Node]:
        """Inlines inside a bookmark that Word's own fields refer to."""
        self.bookmarks += 1
        start, end = bookmark(self.bookmarks, name)
        return [raw(start), *made, raw(end)]

    def name(self, identifier: str) -> None:
        """Two bookmarks of one name make Word drop one of them without a word."""
        if identifier in self.ids:
            raise Unprintable(f"two places have the id {identifier}")
        self.ids.add(identifier)

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
            opened, closed = changes.around(changed)
            before = [raw(opened), *before, raw(closed)]
        made = [*before, *([raw(opening)] if opening else []), *self.inlines(nodes)]
        made = self.bookmarked(mark, made) if mark else made
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

    def inline_Cite(self, content: Any) -> Iterable[Node]:
        return self.inlines(content[1])

    def inline_Note(self, blocks: list[Node]) -> Iterable[Node]:
        return [{"t": "Note", "c": self.note(blocks)}]

    def inline_Code(self, content: Any) -> Iterable[Node]:
        return self.named(content[0][0], [{"t": "Code", "c": [NO_ATTR, content[1]]}])

    def inline_Span(self, content: Any) -> Iterable[Node]:
        (identifier, classes, keys), inlines = content
        if "number" in classes and self.reference:
            return [raw(field(self.reference, text(inlines), style_id(INNER_LINK)))]
        if "label" in classes:
            return self.labelled(self.inlines(inlines))
        if kind := changes.change(classes):
            return self.changed(kind, keys, self.inlines(inlines))
        if changes.RESTYLED in classes:
            before, after = changes.restyled(dict(keys))
            return [raw(before), *self.inlines(inlines), raw(after)]
        if classes and classes[0] in changes.COMMENTS:
            return [{"t": "Span", "c": [["", classes, keys], inlines]}]
        kept = [name for name in classes if name in KEPT_CLASSES]
        spoken = dict(keys).get("lang", "")
        made = self.inlines(inlines)
        language = [["lang", LOCALES.get(spoken, spoken)]] if spoken else []
        if kept or language:
            made = [{"t": "Span", "c": [["", kept, language], made]}]
        return self.named(identifier, made)

    def changed(self, kind: str, keys: list[list[str]], made: list[Node]) -> Iterable[Node]:
        """Words that came, went, or were moved."""
        if "move" not in dict(keys):
            return [{"t": "Span", "c": [["", [kind], keys], made]}]
        before, after = changes.moved(kind, dict(keys))
        return [raw(before), *made, raw(after)]

    def inline_Link(self, content: Any) -> Iterable[Node]:
        (identifier, classes, keys), inlines, (target, _title) = content
        if not LINK.match(target):
            raise Unprintable(f"a link that is neither a web address nor a place in the report: {target}")
        if target.startswith("#"):
            self.links.add(target[1:])
        if "reference" in classes:
            name = self.headings.get(target[1:]) or bookmark_name(target[1:])
            self.reference = reference(dict(keys)["kind"], dict(keys)["number"], name)
        words, self.reference = self.inlines(inlines), ""
        return self.named(identifier, [{"t": "Link", "c": [NO_ATTR, words, [target, ""]]}])

    def labelled(self, words: list[Node]) -> list[Node]:
        """« R12 » in its style; where the recommendation itself stands, references find it."""
        made: list[Node] = [{"t": "Span", "c": [["", [], [["custom-style", LABEL]]], words]}]
        name, self.label = counted_name("recommendation", self.label) if self.label else "", ""
        if not name or name in self.ids:  # what two texts ask in the same words has one label
            return made
        self.name(name)
        return self.bookmarked(name, made)

    def inline_Image(self, content: Any) -> Iterable[Node]:
        """A staged image; its file name goes no further than pandoc, its alternative text stands in the file."""
        (identifier, _classes, keys), inlines, (target, _title) = content
        if not IMAGE.fullmatch(target):
            raise Unprintable(f"an image that is not staged: {target}")
        self.images.add(target)
        sizes = [[key, value] for key, value in keys if key in ("width", "height")]
        said = string(dict(keys).get("alt") or text(inlines))
        return self.named(identifier, [{"t": "Image", "c": [["", [], sizes], [said], [target, ""]]}])

    def named(self, identifier: str, made: list[Node]) -> list[Node]:
        """Inlines under a bookmark of their own."""
        if not identifier:
            return made
        self.name(identifier)
        return [{"t": "Span", "c": [[identifier, [], []], made]}]
