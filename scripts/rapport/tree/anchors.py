"""The names that people give to places of their texts, and the links that lead there, from any text to any other.

A text's names live in a namespace of its own, `<association>--<theme>--`, so that two texts may use the same one. A
name typed with « # » alone is first one of the text's own, then one of the report's (`theme-sport`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import NamedTuple

from rapport import tree
from rapport.model import Node, Part

TEXT = re.compile(r"contributions/([^/]+)/([^/]+)\.md")
OF_ITS_OWN = "--"
"""Between association, theme and name; neither of the first two can hold it."""


class LinkTarget(NamedTuple):
    """The text that a link leads to and the name of the place in it."""

    path: str
    name: str


def namespace(association: str, theme: str) -> str:
    """What the names of a text begin with in the report."""
    return f"{association}{OF_ITS_OWN}{theme}{OF_ITS_OWN}"


def link_target(path: str, target: str) -> LinkTarget | None:
    """Where a link of the text at `path` leads, if that is a place: « #name » or « ../association/theme.md#name »."""
    file, sign, name = tree.address(target).partition("#")
    if not sign or not name or ":" in file or "\\" in file:
        return None
    if not file:
        return LinkTarget(path, name)
    other = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    return LinkTarget(other, name) if TEXT.fullmatch(other) else None


def report_id(path: str, target: str) -> str | None:
    """The id in the report that a link leads to: of an editor's page (no contribution) the names are the report's."""
    place = link_target(path, target)
    if place is None:
        return None
    text = TEXT.fullmatch(place.path)
    return f"{namespace(*text.groups())}{place.name}" if text else place.name


def name_in_text(name: str) -> str:
    """The name as it was typed, for a place that the text itself turns out not to have."""
    return name.split(OF_ITS_OWN, 2)[-1]


def move_into_first_words(inlines: Sequence[Node]) -> list[Node] | None:
    """A line that begins with a bare name, `[]{#name} **Au ministère** …`, with the name inside what follows it.

    So a line begins with its words for whoever looks at it; None where there is nothing to move.
    """
    if len(inlines) < 2 or not is_bare_anchor(inlines[0]):
        return None
    anchor, *rest = inlines
    while rest and rest[0]["t"] in ("Space", "SoftBreak"):
        rest.pop(0)
    if rest and rest[0]["t"] in ("Strong", "Emph"):
        return [{"t": rest[0]["t"], "c": [anchor, *rest[0]["c"]]}, *rest[1:]]
    return [anchor, *rest] if rest else None


def is_bare_anchor(node: Node) -> bool:
    """Whether a node is a name and nothing else."""
    return node["t"] == "Span" and bool(node["c"][0][0]) and not node["c"][1]


def outline_names(parts: Sequence[Part], templates: Sequence[str]) -> frozenset[str]:
    """Names that every text may link to: those of parts and themes, and those written in the editor's templates."""
    names = {f"theme-{theme.id}" for part in parts for theme in part.themes} | {f"partie-{part.id}" for part in parts}
    return frozenset(names | {name for text in templates for name in WRITTEN.findall(text)})


WRITTEN = re.compile(r"\{[^{}\n]*#([A-Za-z][\w-]*)[^{}\n]*\}")
