"""Tracked changes and comments as Word has them: the classes are pandoc's own, the rest is what pandoc leaves out.

A Span `.insertion` or `.deletion` (with `author`, `date`, and `move` where the words went elsewhere) holds words; an
empty one `.paragraph-insertion`, `.row-deletion`, … stands first in a paragraph, or a row, that came or went whole.
`.restyled` holds words whose bold, italics and their like were those that `was` names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from rapport import tree
from rapport.model import Node

CHANGES = ("insertion", "deletion")
COMMENTS = ("comment-start", "comment-end")
RESTYLED = "restyled"
TAGS = {"insertion": ("ins", "moveTo"), "deletion": ("del", "moveFrom")}


def change(classes: Sequence[str]) -> str:
    """Which change the classes of a span speak of, or ""."""
    return next((name for name in CHANGES if name in classes), "")


def marks(inlines: Sequence[Node]) -> tuple[str, str, list[Node]]:
    """What the first spans say of the whole: properties of the paragraph, what opens it; and the other inlines.

    Changes of a row, and the end of a move, are put in their places by `compare.files`.
    """
    properties, opening, rest = "", "", list(inlines)
    while rest and tree.kind(rest[0]) == "Span" and not tree.inlines(rest[0]):
        classes, pairs = tree.classes(rest[0]), tree.pairs(rest[0])
        of, _, kind = classes[0].partition("-") if classes else ("", "", "")
        if kind not in CHANGES:
            break
        mark = f"<w:{_tag(kind, pairs)} {_origin(pairs)}/>"
        properties += f"<w:rPr>{mark}</w:rPr>" if of == "paragraph" else ""
        opening += f"<!--trPr {mark}-->" if of == "row" else ""
        opening += _range(kind, pairs) if of == "paragraph" and "move" in pairs else ""
        rest = rest[1:]
    return properties, opening, rest


def _range(kind: str, pairs: Mapping[str, str]) -> str:
    """Where what was moved begins, and its end, which goes behind the paragraph."""
    tag, name = _tag(kind, pairs), escape(pairs["move"])
    number = 3_000_000 + 2 * int(pairs["move"].removeprefix("move")) + (kind == "deletion")
    origin = _origin(pairs).split(" ", 1)[1]
    start = f'<w:{tag}RangeStart w:id="{number}" {origin} w:name="{name}"/>'
    return f'{start}<!--after <w:{tag}RangeEnd w:id="{number}"/>-->'


def tags_around(properties: str) -> tuple[str, str]:
    """What stands around words of ours in a paragraph that came whole, from the properties that say so."""
    mark = properties.removeprefix("<w:rPr>").removesuffix("</w:rPr>")
    return mark.replace("/>", ">"), f"</{mark[1:].split(' ', 1)[0]}>"


def move_tags(kind: str, pairs: Mapping[str, str]) -> tuple[str, str]:
    """What stands before and after words that were moved."""
    tag = _tag(kind, pairs)
    return f"<w:{tag} {_origin(pairs)}>", f"</w:{tag}>"


def restyle_marks(pairs: Mapping[str, str]) -> tuple[str, str]:
    """Marks around words that only changed their looks; `compare.files` makes a w:rPrChange of them in each run."""
    return f"<!--was {pairs['was']}|{_origin(pairs)}-->", "<!--/was-->"


def _tag(kind: str, pairs: Mapping[str, str]) -> str:
    return TAGS[kind]["move" in pairs]


def _origin(pairs: Mapping[str, str]) -> str:
    return f'w:id="0" w:author="{escape(pairs["author"])}" w:date="{escape(pairs["date"])}"'
