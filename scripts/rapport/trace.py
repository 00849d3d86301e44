"""Where every block of pandoc's tree stands in the text it was read from, and which words the tree has lost.

Pandoc's Markdown reader gives no places. But it keeps words in order, notes apart, so the letters and digits of the
tree can be laid along those of the text: each block gets the place of its first word, and what no block
claims, markup aside, is text that would silently vanish.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from rapport.model import Node

# Letters that are markup, not words of the author's: pandoc keeps them elsewhere in the tree, or nowhere.
MARKUP = re.compile(
    r"""
      (?<=\])\([^()\s]*(?:\s+"[^"\n]*")?\)            # the address of a link or image
    | (?<=\])\[[^\]\n]*\]                             # the label of a reference link
    | \{[^{}\n]*[\#.=][^{}\n]*\}                      # attributes
    | \[\^[^\]\s]+\]:?                                # a note's call, or the label of its text
    | ^[ \t>]*(?:[-*+][ \t]+)*\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)][ \t]+   # the number of a list item
    | ^:{3,}.*$                                       # the fence of a division
    | ^(?:```|~~~).*$                                 # the fence of a code block
    | ^[ \t]{0,3}\[[^\]\n^@]+\]:[ \t]*<?(?:https?:|mailto:|\#|images/)\S*(?:[ \t]+"[^"\n]*")?[ \t]*$   # a link's definition
    | ^[ \t]*[Tt]able(?=:[ \t])                       # the word that announces a caption
    | &\#?\w+;                                        # an entity
    """,
    re.VERBOSE | re.MULTILINE,
)
NOTE_TEXT = re.compile(r"^[ \t]{0,3}\[\^[^\]\s]+\]:", re.MULTILINE)
WORD = re.compile(r"[^\W_]+")
AHEAD = 24  # letters that must agree before a jump forward is believed
SHORT = 6  # or, at the end of a stream, as many as there are, but not fewer than these


@dataclass(frozen=True, slots=True)
class Trace:
    """The offset of every top-level block and of every item of its list, and the runs of lost words."""

    blocks: tuple[int, ...]
    items: tuple[tuple[int, ...], ...]
    lost: tuple[tuple[int, int], ...]


def trace(text: str, blocks: Sequence[Node]) -> Trace:
    """Lay the blocks of a tree along the text they were read from; offsets count characters of the text."""
    return _Alignment(text).run(blocks)


class _Alignment:
    def __init__(self, text: str) -> None:
        bare = MARKUP.sub(lambda match: " " * len(match[0]), text)
        self.text, self.offsets, words = text, array("l"), []
        for match in WORD.finditer(bare):
            words.append(match[0])
            self.offsets.extend(range(match.start(), match.end()))
        self.letters = "".join(words)
        self.used = bytearray(len(self.letters))
        self.word_ends = bytearray(len(self.letters) + 1)
        for end in accumulate(map(len, words)):
            self.word_ends[end] = 1
        self.asides: list[list[str]] = []  # notes and captions, which stand elsewhere in the text
        self.note_texts = [self.at(match.end()) for match in NOTE_TEXT.finditer(text)]

    def at(self, offset: int) -> int:
        """The index, among the letters, of the first letter at or after an offset of the text."""
        return bisect_right(self.offsets, offset - 1)

    def run(self, blocks: Sequence[Node]) -> Trace:
        first: dict[tuple[int, int], int] = {}
        cursor = 0
        for number, block in enumerate(blocks):
            for item, part in _parts(block):
                words: list[str] = []
                self.collect(part, words)
                start, cursor = self.lay(words, cursor)
                if start >= 0:
                    first[number, item] = start
                    first.setdefault((number, -1), start)
        for aside in self.asides:
            self.lay_aside(aside)
        return Trace(*self.resolve(blocks, first), self.lost())

    def collect(self, value: Any, words: list[str]) -> None:
        """The words of a node in reading order; those of a note or a caption apart."""
        if isinstance(value, list):
            for item in value:
                if isinstance(item, list | dict):
                    self.collect(item, words)
            return
        match value.get("t"):
            case "Str":
                words.extend(WORD.findall(value["c"]))
            case "Code" | "CodeBlock" | "RawInline" | "RawBlock" | "Math":
                words.extend(WORD.findall(value["c"][1]))
            case "Cite":
                self.collect(value["c"][1], words)
            case "Note":
                self.set_aside(value["c"])
            case "Table":  # its caption may be typed above or below it
                self.set_aside(value["c"][1])
                self.collect(value["c"][2:], words)
            case "Figure":  # its caption is typed once and stands in the tree twice
                self.collect(value["c"][1], words)
            case _:
                self.collect([v for v in value.values() if isinstance(v, list)], words)

    def set_aside(self, value: Any) -> None:
        words: list[str] = []
        self.collect(value, words)
        self.asides.append(words)

    def lay(self, words: list[str], cursor: int) -> tuple[int, int]:
        """Lay one part's words along the letters from a cursor on and mark what they use.

        Returns the index of the first word found (or -1) and the cursor after the last.
        """
        used, start = self.used, -1
        for number, word in enumerate(words):
            if number == 0 or not self.stands(word, cursor):
                found = self.ahead(words, number, cursor)
                if found < 0:
                    continue
                cursor = found
            start = cursor if start < 0 else start
            used[cursor : cursor + len(word)] = b"\1" * len(word)
            cursor += len(word)
        return start, cursor

    def ahead(self, words: list[str], number: int, cursor: int) -> int:
        """Where a part begins, or goes on after a gap in the text: the next place at which enough letters agree.

        A caption or the text of a note may stand between: the first word alone proves nothing.
        """
        wanted = "".join(words[number : number + AHEAD])[:AHEAD]
        found = self.letters.find(wanted, cursor) if len(wanted) >= SHORT else -1
        if found < 0 and number == 0:
            return cursor if self.stands(words[0], cursor) else self.letters.find(wanted, cursor)
        return found

    def stands(self, word: str, cursor: int) -> bool:
        """Whether this whole word stands at this place."""
        return self.letters.startswith(word, cursor) and self.word_ends[cursor + len(word)] == 1

    def lay_aside(self, words: list[str]) -> None:
        """A note stands where its text is defined, a caption or `^[note]` in an unused run of the main text."""
        head = "".join(words[:AHEAD])[:AHEAD]
        starts = [s for s in self.note_texts if self.letters.startswith(head, s) and not self.is_used(s)]
        at = starts[0] if starts else self.letters.find(head)
        while at >= 0 and self.is_used(at):
            at = self.letters.find(head, at + 1)
        if at >= 0 and head:
            self.lay(words, at)

    def is_used(self, index: int) -> bool:
        return index < len(self.used) and self.used[index] == 1

    def resolve(
        self, blocks: Sequence[Node], first: dict[tuple[int, int], int]
    ) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        """Offsets of blocks and items; one without words of its own stands where the one before it does."""
        offset, starts, items = 0, [], []
        for number, block in enumerate(blocks):
            place = first.get((number, -1))
            offset = self.offsets[place] if place is not None else offset
            starts.append(offset)
            inner, here = [], offset
            for item, _ in _parts(block):
                if item >= 0:
                    place = first.get((number, item))
                    here = self.offsets[place] if place is not None else here
                    inner.append(here)
            items.append(tuple(inner))
        return tuple(starts), tuple(items)

    def lost(self) -> tuple[tuple[int, int], ...]:
        """Runs of letters nothing claimed, as (start, end) offsets of the text; a run stops at a line's end."""
        runs: list[tuple[int, int]] = []
        index = self.used.find(0)
        while index >= 0:
            stop = self.used.find(1, index)
            stop = len(self.used) if stop < 0 else stop
            runs.extend(self.by_line(index, stop))
            index = self.used.find(0, stop)
        return tuple(runs)

    def by_line(self, index: int, stop: int) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        for offset in self.offsets[index:stop]:
            if runs and "\n" not in self.text[runs[-1][1] : offset]:
                runs[-1] = (runs[-1][0], offset + 1)
            else:
                runs.append((offset, offset + 1))
        return runs


def _parts(block: Node) -> list[tuple[int, Any]]:
    """A list's items with their numbers, any other block whole (item -1)."""
    if block["t"] == "BulletList":
        return list(enumerate(block["c"]))
    if block["t"] == "OrderedList":
        return list(enumerate(block["c"][1]))
    return [(-1, block)]
