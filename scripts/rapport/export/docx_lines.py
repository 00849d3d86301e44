"""The inlines of a paragraph as pandoc's DOCX writer needs them, and what they name, point to and show.

Words and the spaces between them are joined into one string as they pass: that halves pandoc's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rapport.export.docx_fields import BELOW_TABLE, NEW_PAGE, properties_mark
from rapport.export.docx_styles import LOCALES
from rapport.model import Node
from rapport.tree import text

NO_ATTR: list[Any] = ["", [], []]
FORMATTED = frozenset(("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"))
QUOTES = {
    "fr": {"DoubleQuote": ("«\u00a0", "\u00a0»"), "SingleQuote": ("“", "”")},
    "en": {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")},
}
# What French sets before a space stays before it, as Word itself does where French is typed; no word is touched.
FRENCH_SPACE = re.compile(
    r" (?:(?=[»:;!?%€])|(?<=« )|(?=\d)(?:(?<=\bp\. )|(?<=\bart\. )|(?<=\b[nN]° )|(?<=\d )(?=\d{3}(?!\d))))"
)
LINK = re.compile(r"#.|https?://|mailto:")
IMAGE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

KEPT_CLASSES = frozenset(("csl-left-margin", "csl-right-inline", "csl-indent", "csl-block"))
"""Classes of pandoc's own that its DOCX writer knows how to print; all others are ours or mean nothing."""


class Unprintable(ValueError):
    """The tree holds what must never reach an exporter: a bug of ours, never a user's slip."""


def string(words: str) -> Node:
    """Words and their spaces as one node."""
    return {"t": "Str", "c": words}


def raw(xml: str) -> Node:
    """Our own XML inside a line."""
    return {"t": "RawInline", "c": ["openxml", xml]}


class Lines:
    """Makes one line after another, in the order of print; `note` adapts the blocks of a footnote."""

    def __init__(self, language: str, note: Callable[[list[Node]], list[Node]]) -> None:
        self.language = language
        self.note = note
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.images: set[str] = set()
        self.waiting: list[str] = []
        self.new_page = False
        self.below_table = False

    def anchor(self, identifier: str) -> None:
        """An id becomes a bookmark inside the next paragraph: between paragraphs, Word's own editing loses them."""
        if identifier:
            self.name(identifier)
            self.waiting.append(identifier)

    def name(self, identifier: str) -> None:
        """Two bookmarks of one name make Word drop one of them without a word."""
        if identifier in self.ids:
            raise Unprintable(f"two places have the id {identifier}")
        self.ids.add(identifier)

    def line(
        self, nodes: Iterable[Node], properties: str = "", before: Sequence[Node] = (), after: Sequence[Node] = ()
    ) -> list[Node]:
        """The inlines of one paragraph, with the bookmarks, the page break and the room that waited for it."""
        if self.new_page:
            properties = properties.join(NEW_PAGE)
        elif self.below_table:
            properties += BELOW_TABLE
        waiting, self.waiting, self.new_page, self.below_table = self.waiting, [], False, False
        made = [*before, *self.inlines(nodes), *after]
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
                        made.append(self.words(words))
                        words = []
                    made.append(inline)
        if words:
            made.append(self.words(words))
        return made

    def words(self, words: list[str]) -> Node:
        text = "".join(words)
        return string(FRENCH_SPACE.sub("\u00a0", text) if self.language == "fr" else text)

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """In another language for a while, if one is named."""
        before, self.language = self.language, language[:2] or self.language
        yield
        self.language = before

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
        left, right = QUOTES.get(self.language, QUOTES["en"])[content[0]["t"]]
        return [string(left), *self.inlines(content[1]), string(right)]

    def inline_Cite(self, content: Any) -> Iterable[Node]:
        return self.inlines(content[1])

    def inline_Note(self, blocks: list[Node]) -> Iterable[Node]:
        return [{"t": "Note", "c": self.note(blocks)}]

    def inline_Code(self, content: Any) -> Iterable[Node]:
        return self.named(content[0][0], [{"t": "Code", "c": [NO_ATTR, content[1]]}])

    def inline_Span(self, content: Any) -> Iterable[Node]:
        (identifier, classes, keys), inlines = content
        kept = [name for name in classes if name in KEPT_CLASSES]
        spoken = dict(keys).get("lang", "")
        with self.speaking(spoken):
            made = self.inlines(inlines)
        language = [["lang", LOCALES.get(spoken, spoken)]] if spoken else []
        if kept or language:
            made = [{"t": "Span", "c": [["", kept, language], made]}]
        return self.named(identifier, made)

    def inline_Link(self, content: Any) -> Iterable[Node]:
        (identifier, _classes, _keys), inlines, (target, _title) = content
        if not LINK.match(target):
            raise Unprintable(f"a link that is neither a web address nor a place in the report: {target}")
        if target.startswith("#"):
            self.links.add(target[1:])
        return self.named(identifier, [{"t": "Link", "c": [NO_ATTR, self.inlines(inlines), [target, ""]]}])

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
