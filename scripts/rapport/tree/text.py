"""The words of pandoc's tree."""

from __future__ import annotations

from typing import Any


def text(value: Any) -> str:
    """The words a reader sees in a value, spaces where there are spaces, notes left out."""
    parts: list[str] = []
    _text([value], parts)
    return "".join(parts).strip()


def _text(values: list[Any], parts: list[str]) -> None:
    for value in values:  # a call for each list, not for each word
        if type(value) is list:
            _text(value, parts)
        elif type(value) is dict:
            match value.get("t"):
                case "Str":
                    parts.append(value["c"])
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Code" | "CodeBlock":
                    parts.append(value["c"][1])
                case "Cite":
                    _text(value["c"][1], parts)
                case "Note":
                    pass
                case "Para" | "Plain" | "Header":
                    _text(value["c"], parts)
                    parts.append(" ")
                case _:
                    _text([value.get("c")], parts)
