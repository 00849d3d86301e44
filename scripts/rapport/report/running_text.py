"""layout: the finished body read once, for what is made of it: its words, its citations, where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapport import tree
from rapport.model import Node

OF_THE_BODY = frozenset(("paragraph", "recommendation", "block"))
THEME = "theme-"  # how the ids of themes' headings begin


@dataclass(frozen=True, slots=True)
class RunningText:
    """One block of the body: its words, notes at the end, what it cites, and the numbered paragraph it belongs to."""

    node: Node
    text: str
    cites: tuple[Node, ...]
    number: str
    paragraph: str

    @property
    def id(self) -> str:
        return str(tree.attributes(self.node)[0])


def read(chapters: Sequence[Sequence[Node]]) -> Iterator[RunningText]:
    """Every block of the body; what has no number of its own belongs to the paragraph above it."""
    number, paragraph = "", ""
    for node in (node for chapter in chapters for node in chapter):
        identifier, classes, pairs = tree.attributes(node)
        if OF_THE_BODY & set(classes):
            if own := dict(pairs).get("number", ""):
                number, paragraph = own, identifier
            text, cites = _prose(node["c"][1])
            yield RunningText(node, text, cites, number, paragraph)


def words(node: Node) -> str:
    """The words of a node, its notes at the end."""
    return _prose([node])[0]


def _prose(nodes: Sequence[Node]) -> tuple[str, tuple[Node, ...]]:
    parts, cites, notes = list[str](), list[Node](), list[Any]()
    _gather(nodes, parts, cites, notes)
    while notes:
        parts.append("\n")
        _gather(notes.pop(0), parts, cites, notes)
    return "".join(parts), tuple(cites)


def theme_numbers(chapters: Sequence[Sequence[Node]]) -> dict[str, str]:
    """The number of every theme that is printed, by the id of its heading."""
    return {
        node["c"][1][0]: dict(node["c"][1][2]).get("number", "")
        for chapter in chapters
        for node in chapter
        if node["t"] == "Header" and node["c"][0] == 2 and node["c"][1][0].startswith(THEME)
    }


def _gather(value: Any, parts: list[str], cites: list[Node], notes: list[Any]) -> None:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list | dict):
                _gather(item, parts, cites, notes)
        return
    match value.get("t"):
        case "Str":
            parts.append(value["c"])
        case "Space" | "SoftBreak" | "LineBreak":
            parts.append(" ")
        case "Code" | "CodeBlock":
            parts.append("\n")  # code is no prose
        case "Cite":
            cites.append(value)
            _gather(value["c"][1], parts, cites, notes)
        case "Note":
            notes.append(value["c"])
        case kind:
            if isinstance(value.get("c"), list):
                _gather(value["c"], parts, cites, notes)
            if kind in tree.BLOCKS:
                parts.append("\n")
