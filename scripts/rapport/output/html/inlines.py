"""Pandoc's inlines → HTML, one method for each kind of node; a node that no method is named after is refused."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from rapport.model import Meta, Node
from rapport.output.pdf.inlines import IMAGE_NAME, LANGUAGE, LENGTH, LINKS
from rapport.output.refusal import Unprintable
from rapport.tree import text

STYLES = {
    "Emph": "em",
    "Strong": "strong",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
CHANGES = {"insertion": "ins", "deletion": "del"}
CLASSES = frozenset("label derived consolidated key carried reference summary provenance csl-entry restyled".split())
"""Those that mean something to who reads the page or its style; numbers, notices and the cover have methods."""


class Note(NamedTuple):
    """A note on its way to the end of its theme."""

    number: int
    html: str


class HtmlInlines:
    """Writes inlines in printing order, knowing the language spoken and what was named on the way."""

    def __init__(self, meta: Meta, images: Path) -> None:
        self.meta, self.strings, self.images = meta, meta.strings, images
        self.lang = meta.language
        self.ids: set[str] = set()
        self.references: set[str] = set()
        self.widths: dict[str, str] = {}
        self.notes: list[Note] = []
        self.noted = 0

    def inner(self, nodes: Sequence[Node]) -> str:
        """The blocks of a note: the business of the class that knows blocks."""
        raise NotImplementedError

    def method(self, family: str, node: Node) -> Any:
        """The method that writes a node, found by the node's name."""
        found = getattr(self, f"{family}_{node['t']}", None)
        if found is None:
            raise Unprintable(f"a node that cannot be printed: {node['t']}")
        return found

    def place(self, identifier: str) -> str:
        """The attribute of an id, of which there is one of each name."""
        if not identifier:
            return ""
        if identifier in self.ids:
            raise Unprintable(f"an id that stands twice: {identifier}")
        self.ids.add(identifier)
        return f' id="{escape(identifier)}"'

    def check_references(self) -> None:
        """Every internal link leads to an id of the page."""
        if dangling := self.references - self.ids:
            raise Unprintable(f"internal links that lead nowhere: {', '.join(sorted(dangling))}")

    @contextmanager
    def speaking(self, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
        """The attribute of the language that `lang` among some pairs sets, and that language meanwhile."""
        before, spoken = self.lang, dict(pairs).get("lang", "")
        if known := LANGUAGE.fullmatch(spoken):
            self.lang = spoken
        yield f' lang="{spoken}"' if known else ""
        self.lang = before

    def attributes(self, attributes: Any, *more: str) -> str:
        """The id and the classes of a node as attributes."""
        identifier, classes, _ = attributes
        kept = " ".join([*more, *(name for name in classes if name in CLASSES)])
        return self.place(identifier) + (f' class="{kept}"' if kept else "")

    def inlines(self, nodes: Iterable[Node]) -> str:
        """The HTML of inlines; neighbouring words are escaped together, which is most of the speed."""
        made: list[str] = []
        words: list[str] = []
        for node in nodes:
            name = node["t"]
            if name == "Str":
                words.append(node["c"])
            elif name in ("Space", "SoftBreak"):
                words.append(" ")
            else:
                made.append(escape("".join(words), quote=False))
                words.clear()
                if name in STYLES:
                    made.append(f"<{STYLES[name]}>{self.inlines(node['c'])}</{STYLES[name]}>")
                else:
                    made.append(self.method("inline", node)(node.get("c")))
        made.append(escape("".join(words), quote=False))
        return "".join(made)

    def inline_LineBreak(self, _: Any) -> str:
        return "<br>"

    def inline_SmallCaps(self, c: Any) -> str:
        return f'<span class="smallcaps">{self.inlines(c)}</span>'

    def inline_Code(self, c: Any) -> str:
        return f"<code>{escape(c[1], quote=False)}</code>"

    def inline_Cite(self, c: Any) -> str:
        return self.inlines(c[1])

    def inline_Span(self, c: Any) -> str:
        attributes, nodes = c
        if kind := next((CHANGES[name] for name in attributes[1] if name in CHANGES), ""):
            moved = ' class="moved"' if "move" in dict(attributes[2]) else ""
            return f"<{kind}{moved}>{self.inlines(nodes)}</{kind}>"
        with self.speaking(attributes[2]) as spoken:
            said = self.attributes(attributes) + spoken
            content = self.inlines(nodes)
        return f"<span{said}>{content}</span>" if said else content

    def inline_Link(self, c: Any) -> str:
        attributes, nodes, (target, _) = c
        if target.startswith("#"):
            self.references.add(target[1:])
        elif not target.startswith(LINKS):
            raise Unprintable(f"a link that is neither http, https, mailto nor internal: {target}")
        role = ' role="doc-biblioref"' if target.startswith("#ref-") else ""
        return f'<a href="{escape(target)}"{role}{self.attributes(attributes)}>{self.inlines(nodes)}</a>'

    def inline_Image(self, c: Any) -> str:
        attributes, nodes, (name, _) = c
        values = dict(attributes[2])
        alt = values.get("alt", "").strip() or text(nodes)
        if not IMAGE_NAME.fullmatch(name):
            raise Unprintable(f"an image that is not a plain name of a PNG or JPEG file: {name}")
        if not alt:
            raise Unprintable(f"an image without alternative text: {name}")
        kind = "png" if name.endswith("png") else "jpeg"
        content = data(f"image/{kind}", self.images / name)
        said = self.attributes(attributes, *self.width(values.get("width", "")))
        return f'<img src="{content}" alt="{escape(alt)}"{said}>'

    def width(self, length: str) -> list[str]:
        """The class that gives a picture its width: attributes of style are against the page's own policy."""
        found = LENGTH.fullmatch(length)
        if not found:
            return []
        number, unit = found[1], found[2] or "px"
        name = f"w{number.replace('.', '-')}{unit.replace('%', 'pc')}"
        self.widths[name] = f"{number}{unit}"
        return [name]

    def inline_Note(self, c: Any) -> str:
        self.noted += 1
        number = self.noted
        back = self.strings["back"].format(number=number)
        here, there = self.place(f"appel-{number}"), self.place(f"note-{number}")
        link = f' <a href="#appel-{number}" role="doc-backlink" aria-label="{escape(back)}">↑</a>'
        content = self.inner(c).rstrip()
        content = (
            content.removesuffix("</p>") + link + "</p>" if content.endswith("</p>") else f"{content}<p>{link}</p>"
        )
        spoken = "" if self.lang == self.meta.language else f' lang="{self.lang}"'
        self.notes.append(Note(number, f'<li{there} value="{number}"{spoken}>{content}</li>'))
        called = self.strings["note"].format(number=number)
        return (
            f'<sup><a{here} href="#note-{number}" role="doc-noteref" aria-label="{escape(called)}">{number}</a></sup>'
        )


def data(kind: str, file: Path) -> str:
    """A file of this media type as an address that holds it."""
    return f"data:{kind};base64,{b64encode(file.read_bytes()).decode('ascii')}"
