"""What makes two things the same to a reader: words and looks. What is counted, and names, are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def said(value: Any) -> str:
    """The words and looks of a value as one string; an automatic number or label is « # » in it."""
    parts: list[str] = []
    _said(value, parts)
    return "".join(parts)


def _said(value: Any, parts: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list | dict):
                _said(item, parts)
        return
    kind, content = value.get("t"), value.get("c")
    match kind:
        case "Str":
            parts.append(content)
        case "Space" | "SoftBreak":
            parts.append(" ")
        case "Cite" | "Quoted":
            _said(content[1], parts)
        case "Code" | "CodeBlock":
            parts.append(f"\1{kind}{content[1]}\2")
        case "Image":
            parts.append(f"\1{kind}{content[2][0]}{dict(content[0][2]).get('alt', '')}\2")
        case "Header":
            parts.append(f"\1{kind}{content[0]}")
            _said(content[2], parts)
            parts.append("\2")
        case "OrderedList":
            parts.append(f"\1{kind}{content[0][0]}")
            _items(content[1], parts)
        case "BulletList":
            parts.append(f"\1{kind}")
            _items(content, parts)
        case "Span" if {"number", "label"} & set(content[0][1]):
            parts.append("#")
        case "Span" | "Div" | "Link":
            marked = look(value)
            parts.append(f"\1{marked}" if marked else "")
            _said(content[1], parts)
            parts.append("\2" if marked else "")
        case _:
            parts.append("\1Para" if kind == "Plain" else f"\1{kind}")
            if isinstance(content, list):
                _said(content, parts)
            parts.append("\2")


def look(node: Any) -> str:
    """What a reader sees of something that holds others: its kind and classes, a language, an address outside."""
    attributes, _, *target = node["c"]
    _, classes, pairs = attributes
    spoken = dict(pairs).get("lang", "")
    address = target[0][0] if target and not target[0][0].startswith("#") else ""
    seen = classes or spoken or node["t"] != "Span"
    return f"{node['t']}{' '.join(classes)}{spoken}{address}" if seen else ""


def _items(items: Iterable[Any], parts: list[str]) -> None:
    for item in items:
        parts.append("\3")
        _said(item, parts)
    parts.append("\2")
