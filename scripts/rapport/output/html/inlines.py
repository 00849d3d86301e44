"""Pandoc's inlines → HTML."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from rapport import tree
from rapport.model import Meta, Node
from rapport.output.visitor import LANGUAGE, LENGTH, Visitor, word_runs

STYLES = {
    "Emph": "em",
    "Strong": "strong",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
CHANGES = {"insertion": "ins", "deletion": "del"}
CLASSES = frozenset(
    "label derived consolidated shortlist key carried reference summary provenance csl-entry restyled "
    "verbatim voice-code voice-note".split()
)
"""Those that mean something to who reads the page or its style; numbers, notices and the cover have methods."""


class HtmlInlines(Visitor[str]):
    """Writes inlines; knows the language spoken, the widths of pictures and the notes that wait for their theme's end.

    `folder` holds the pictures; `widths` are CSS lengths by the class that gives them.
    """

    def __init__(self, meta: Meta, folder: Path) -> None:
        super().__init__(meta)
        self.folder = folder
        self.lang = meta.language
        self.widths: dict[str, str] = {}
        self.notes: dict[int, str] = {}
        self.said_by_children = self.right_to_left = False
        self.last_note = 0

    def id_attribute(self, identifier: str) -> str:
        """The attribute of an id, of which there is one of each name."""
        return f' id="{escape(self.define(identifier))}"' if identifier else ""

    @contextmanager
    def speaking(self, node: Node) -> Iterator[str]:
        """The attribute of the language that a node says, if any, which is the one spoken meanwhile."""
        before, spoken = self.lang, tree.pair(node, "lang")
        if known := LANGUAGE.fullmatch(spoken):
            self.lang = spoken
        yield f' lang="{spoken}"' if known else ""
        self.lang = before

    def attributes(self, node: Node, *more: str) -> str:
        """The id and the classes of a node as attributes, after `more` classes."""
        classes = " ".join([*more, *(name for name in tree.classes(node) if name in CLASSES)])
        return self.id_attribute(tree.identifier(node)) + (f' class="{classes}"' if classes else "")

    def direction(self, node: Node) -> str:
        """The attribute of words that are written from the right; what a child said needs a style of its own."""
        self.said_by_children |= tree.has_class(node, "verbatim")
        rightward = tree.pair(node, "dir") != "rtl"
        self.right_to_left |= not rightward
        return "" if rightward else ' dir="rtl"'

    def inlines(self, nodes: Iterable[Node]) -> str:
        """The HTML of inlines; neighbouring words are escaped together, which is most of the speed."""
        html: list[str] = []
        for words, node in word_runs(nodes):
            html.append(escape(words, quote=False))
            if node is None:
                break
            if (kind := tree.kind(node)) in STYLES:
                html.append(f"<{STYLES[kind]}>{self.inlines(tree.inlines(node))}</{STYLES[kind]}>")
            else:
                html.append(self.visit("inline", node))
        return "".join(html)

    def inline_LineBreak(self, _: Node) -> str:
        return "<br>"

    def inline_SmallCaps(self, node: Node) -> str:
        return f'<span class="smallcaps">{self.inlines(tree.inlines(node))}</span>'

    def inline_Code(self, node: Node) -> str:
        return f"<code>{escape(tree.letters(node), quote=False)}</code>"

    def inline_Cite(self, node: Node) -> str:
        return self.inlines(tree.inlines(node))

    def inline_Span(self, node: Node) -> str:
        if element := next((CHANGES[name] for name in tree.classes(node) if name in CHANGES), ""):
            moved = ' class="moved"' if tree.pair(node, "move") else ""
            return f"<{element}{moved}>{self.inlines(tree.inlines(node))}</{element}>"
        with self.speaking(node) as lang:
            attributes = self.attributes(node) + lang
            content = self.inlines(tree.inlines(node))
        return f"<span{attributes}>{content}</span>" if attributes else content

    def inline_Link(self, node: Node) -> str:
        role = ' role="doc-biblioref"' if self.refer(node).startswith("ref-") else ""
        content = self.attributes(node) + ">" + self.inlines(tree.inlines(node))
        return f'<a href="{escape(tree.target(node))}"{role}{content}</a>'

    def inline_Image(self, node: Node) -> str:
        name, alternative = self.picture(node), self.alternative(node)
        if name.endswith(".svg"):
            return self.chart(node, (self.folder / name).read_text("utf-8"), alternative)
        content = data(f"image/{'png' if name.endswith('png') else 'jpeg'}", self.folder / name)
        attributes = self.attributes(node, *self.width(tree.pair(node, "width")))
        return f'<img src="{content}" alt="{escape(alternative)}"{attributes}>'

    def chart(self, node: Node, drawing: str, alternative: str) -> str:
        """A chart in the page itself, where its words have the page's fonts; for a screen reader it is one picture."""
        attributes = self.attributes(node, "chart", *self.width(tree.pair(node, "width")))
        return drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(alternative)}"{attributes} ', 1)

    def width(self, length: str) -> list[str]:
        """The class that gives a picture its width: attributes of style are against the page's own policy."""
        found = LENGTH.fullmatch(length)
        if not found:
            return []
        number, unit = found[1], found[2] or "px"
        name = f"w{number.replace('.', '-')}{unit.replace('%', 'pc')}"
        self.widths[name] = f"{number}{unit}"
        return [name]

    def inline_Note(self, node: Node) -> str:
        self.last_note += 1
        number = self.last_note
        back, called = (escape(self.strings[name].format(number=number)) for name in ("back", "note"))
        call_id, note_id = self.id_attribute(f"appel-{number}"), self.id_attribute(f"note-{number}")
        link = f' <a href="#appel-{number}" role="doc-backlink" aria-label="{back}">↑</a>'
        content = self.nested_blocks(tree.blocks(node)).rstrip()
        inside = content.removesuffix("</p>")
        content = f"{inside}{link}</p>" if inside != content else f"{content}<p>{link}</p>"
        lang = "" if self.lang == self.meta.language else f' lang="{self.lang}"'
        self.notes[number] = f'<li{note_id} value="{number}"{lang}>{content}</li>'
        return f'<sup><a{call_id} href="#note-{number}" role="doc-noteref" aria-label="{called}">{number}</a></sup>'


def data(media_type: str, file: Path) -> str:
    """A file as an address that holds it."""
    return f"data:{media_type};base64,{b64encode(file.read_bytes()).decode('ascii')}"
