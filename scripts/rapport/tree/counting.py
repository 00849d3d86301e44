"""How many words: as a word processor counts them, so that the number here is the one the Committee would find.

A word is what stands between two spaces, punctuation alone included (« : » after a space is a word); a non-breaking
space is a space. Notes count apart, because a limit may leave them out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from rapport.tree.text import COUNTED, read_text


class WordCount(NamedTuple):
    """Words of the text, and words of its notes. The works cited count apart, by how the style writes them."""

    text: int
    notes: int


def words(node: Any) -> WordCount:
    """The words of a value: captions and notes too; of a citation what stands around its keys, and its years."""
    text, notes, _ = read_text(node, COUNTED)
    in_notes = 0
    while notes:
        inside = read_text(notes.pop()["c"], COUNTED)
        in_notes += count_words_of_string(inside.words)
        notes += inside.notes
    return WordCount(count_words_of_string(text), in_notes)


def count_words_of_string(text: str) -> int:
    """The words of a plain string."""
    return len(text.split())  # splits at non-breaking spaces too, as Word does
