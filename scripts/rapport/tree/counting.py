"""How many words: as a word processor counts them, so that the number here is the one the Committee would find.

A word is what stands between two spaces, punctuation alone included (« : » after a space is a word); a non-breaking
space is a space. Notes count apart, because a limit may leave them out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from rapport import tree
from rapport.model import Node

YEAR = "2014"  # what a key is printed as, at least
BLOCKS = tree.BLOCKS | {"Note"}


class WordCount(NamedTuple):
    """Words of the text, and words of its notes. The works cited count apart, by how the style writes them."""

    text: int
    notes: int


def words(node: Any) -> WordCount:
    """The words of a value: captions and notes too; of a citation what stands around its keys, and its years."""
    notes: list[Node] = []
    text = _count(node, notes)
    in_notes = 0
    while notes:
        in_notes += _count(notes.pop()["c"], notes)
    return WordCount(text, in_notes)


def of_string(text: str) -> int:
    """The words of a plain string."""
    return len(text.split())  # splits at non-breaking spaces too, as Word does


def _count(value: Any, notes: list[Node]) -> int:
    parts: list[str] = []
    _flatten([value], parts, notes)
    return of_string("".join(parts))


def _flatten(values: list[Any], parts: list[str], notes: list[Node]) -> None:
    for value in values:  # a call for each list, not for each word
        if type(value) is list:
            _flatten(value, parts, notes)
        elif type(value) is dict:
            match value.get("t"):
                case "Str":
                    parts.append(value["c"])
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Code" | "CodeBlock":
                    parts.append(f" {value['c'][1]} ")
                case "Cite":
                    for cited in value["c"][0]:
                        _flatten(cited["citationPrefix"], parts, notes)
                        parts.append(f" {YEAR}")
                        _flatten(cited["citationSuffix"], parts, notes)
                case "Note":
                    notes.append(value)
                case kind:
                    around = " " if kind in BLOCKS else ""
                    parts.append(around)
                    _flatten([value.get("c")], parts, notes)
                    parts.append(around)
