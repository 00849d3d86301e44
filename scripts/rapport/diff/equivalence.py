"""What makes two things the same to a reader: words and looks. What is counted, and names, are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rapport import tree
from rapport.model import Node


def signature(value: Any) -> str:
    """The words and looks of a value as one string; an automatic number or label is « # » in it."""
    parts: list[str] = []
    _add(value, parts)
    return "".join(parts)


def _add(value: Any, parts: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list | dict):
                _add(item, parts)
        return
    match kind := tree.kind(value):
        case "Str":
            parts.append(tree.letters(value))
        case "Space" | "SoftBreak":
            parts.append(" ")
        case "Cite" | "Quoted":
            _add(tree.inlines(value), parts)
        case "Code" | "CodeBlock":
            parts.append(f"\1{kind}{tree.letters(value)}\2")
        case "Image":
            parts.append(f"\1{kind}{tree.target(value)}{tree.pairs(value).get('alt', '')}\2")
        case "Header":
            parts.append(f"\1{kind}{tree.level(value)}")
            _add(tree.inlines(value), parts)
            parts.append("\2")
        case "BulletList" | "OrderedList":
            parts.append(f"\1{kind}{tree.numbering(value)[0] if kind == 'OrderedList' else ''}")
            _add_items(tree.items(value), parts)
        case "Span" if tree.has_class(value, "number", "label"):
            parts.append("#")
        case "Span" | "Div" | "Link":
            marked = appearance(value)
            parts.append(f"\1{marked}" if marked else "")
            _add(tree.blocks(value) if kind == "Div" else tree.inlines(value), parts)
            parts.append("\2" if marked else "")
        case _:
            parts.append("\1Para" if kind == "Plain" else f"\1{kind}")
            content = tree.content(value)
            if isinstance(content, list):
                _add(content, parts)
            parts.append("\2")


def appearance(node: Node) -> str:
    """What a reader sees of something that holds others: its kind and classes, a language, an address outside."""
    classes, spoken, target = tree.classes(node), tree.pairs(node).get("lang", ""), tree.target(node)
    address = "" if target.startswith("#") else target
    seen = classes or spoken or tree.kind(node) != "Span"
    return f"{tree.kind(node)}{' '.join(classes)}{spoken}{address}" if seen else ""


def _add_items(items: Iterable[list[Node]], parts: list[str]) -> None:
    for item in items:
        parts.append("\3")
        _add(item, parts)
    parts.append("\2")
