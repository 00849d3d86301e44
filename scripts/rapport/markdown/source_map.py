"""Where every block of pandoc's tree stands in the text it was read from, and which words the tree has lost.

Pandoc's Markdown reader gives no places. But it keeps words in order, so the words of the tree can be laid along those
of the text: each block gets the place of its first word, and what no block claims, markup aside, is text that would
silently vanish. Notes and captions stand elsewhere in the text, and are laid first; the cells of a drawn table are
typed line by line, and are laid in any order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from rapport import tree
from rapport.markdown.markup import CAPTION, NOTE_TEXT, MarkedWords, words_of
from rapport.model import Node

SURE = 4  # words in a row that must agree for a place to be believed without looking further
CERTAIN = 8  # or, when it is far away
NEAR = 200  # words that are not far away
STRAY = 40  # words in a row that a table may lose before it is thought to have ended
MAX_DEPTH = 24  # nodes, one inside the other: typst gives up at thirty, a reader long before


class TooDeep(Exception):
    """The tree is nested so deep that no reader, and no program after us, would follow."""


class SourceMap(Struct, frozen=True):
    """The offset of every top-level block and of every item of its list, and the runs of lost words."""

    blocks: tuple[int, ...]
    items: tuple[tuple[int, ...], ...]
    lost_runs: tuple[tuple[int, int], ...]


def locate_blocks(text: str, blocks: Sequence[Node]) -> SourceMap:
    """Lay the blocks of a tree along the text they were read from; offsets count characters of the text.

    Raises TooDeep when lists, quotations or anything else are nested beyond reason.
    """
    read = _TreeWords()
    for number, block in enumerate(blocks):
        for item, part in _parts(block):
            read.open((number, item))
            read.collect([part], 0)
    words = MarkedWords(text)
    words.lay_asides(read.notes, NOTE_TEXT)
    words.lay_asides(read.captions, CAPTION)
    first = _Alignment(words, read).run()
    return SourceMap(*_resolve(blocks, first, words.starts), words.unclaimed_runs())


class _Segment(Struct):
    """Words of one block or list item in reading order; those of a table (`bag`) may be typed in another."""

    owner: tuple[int, int]
    words: list[str] = field(default_factory=list)
    bag: bool = False


class _TreeWords:
    """The words of the tree: in the order of the text, and, apart, those of notes and of tables' captions."""

    def __init__(self) -> None:
        self.segments: list[_Segment] = []
        self.notes: list[list[str]] = []
        self.captions: list[list[str]] = []
        self.here: list[str] = []

    def open(self, owner: tuple[int, int], bag: bool = False) -> None:
        self.segments.append(_Segment(owner, bag=bag))
        self.here = self.segments[-1].words

    def collect(self, values: list[Any], depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooDeep
        for value in values:  # a call for each list, not for each word
            if type(value) is list:
                self.collect(value, depth)
            elif type(value) is dict:
                self.node(value, depth)

    def node(self, value: Node, depth: int) -> None:
        match tree.kind(value):
            case "Str" | "Code" | "CodeBlock" | "RawInline" | "RawBlock" | "Math":
                self.here.extend(words_of(tree.letters(value)))
            case "Space":
                pass
            case "Cite":
                self.collect(tree.inlines(value), depth + 1)
            case "Note":
                self.notes.append(self.collect_aside(tree.blocks(value), depth))
            case "Table":
                self.captions.append(self.collect_aside(tree.caption(value), depth))
                self.table([cell.blocks for cell in tree.table_of(value).cells()], depth)
            case "Figure":  # its caption is typed once and stands in the tree twice
                self.collect(tree.caption(value), depth + 1)
            case _:
                self.collect([tree.content(value)], depth + 1)

    def collect_aside(self, value: Any, depth: int) -> list[str]:
        here, self.here = self.here, []
        self.collect(value, depth + 1)
        here, self.here = self.here, here
        return here

    def table(self, content: Any, depth: int) -> None:
        owner, bag = self.segments[-1].owner, self.segments[-1].bag
        self.open(owner, bag=True)
        self.collect(content, depth + 1)
        self.open(owner, bag)


class _WordSearch:
    """Words of the tree looked for among those of the text."""

    def __init__(self, text: list[str], tree_words: list[str]) -> None:
        self.text, self.tree = text, tree_words

    def agree(self, at: int, cursor: int, count: int) -> bool:
        """Whether this many words of tree and text are the same, or as many as the tree still has."""
        wanted = self.tree[at : at + count]
        return self.text[cursor : cursor + len(wanted)] == wanted

    def run_length(self, at: int, cursor: int) -> int:
        """How many words agree, up to CERTAIN, which also stands for all that the tree still has."""
        for count in range(CERTAIN):
            if at + count == len(self.tree):
                return CERTAIN if count else 0
            if cursor + count == len(self.text) or self.tree[at + count] != self.text[cursor + count]:
                return count
        return CERTAIN

    def find(self, at: int, cursor: int, opens: bool) -> int:
        """The place of a word of the tree, at the cursor or after words that are not in the tree, or -1.

        `opens` says that a block begins with it: then words of a lost text that happen to be the same are passed over.
        """
        if self.agree(at, cursor, SURE):
            return cursor
        here = self.run_length(at, cursor)
        if here and not opens:
            return cursor
        if here:
            later = self.next_agreement(at + here, cursor + here) - here
            return later if later > cursor and self.agree(at, later, here) else cursor
        return self.next_agreement(at, cursor)

    def next_agreement(self, at: int, cursor: int) -> int:
        """The next place at which enough words agree, the nearer the fewer; -1 when there is none."""
        found, longest = -1, 0
        places = self.index.get(self.tree[at], ()) if at < len(self.tree) else ()
        for place in places[bisect_left(places, cursor) :][:NEAR]:
            length = self.run_length(at, place)
            if length == CERTAIN:
                return place
            if length > longest and (place - cursor <= 2 * length or (length >= SURE and place - cursor <= NEAR)):
                found, longest = place, length
        return found

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The places of every word of the text."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.text):
            places.setdefault(word, []).append(place)
        return places

    def extent(self, words: list[str], start: int) -> int:
        """Where a table ends that begins at `start`: all its words were met, or too many others."""
        wanted, missing, end = Counter(words), len(words), start
        for place in range(start, len(self.text)):
            if not missing or place >= end + STRAY:
                break
            if wanted[self.text[place]] > 0:
                wanted[self.text[place]] -= 1
                missing -= 1
                end = place + 1
        return end


class _Alignment:
    """The words of the tree laid, in order, along those of the text that no note or caption has claimed."""

    def __init__(self, words: MarkedWords, read: _TreeWords) -> None:
        self.given, self.segments = words, read.segments
        self.places = [index for index, used in enumerate(words.used) if not used and index not in words.numbers]
        self.text = [words.words[index] for index in self.places]
        self.search = _WordSearch(self.text, [word for segment in read.segments for word in segment.words])
        self.strays: Counter[str] = Counter()  # words of the tree that were found nowhere

    def run(self) -> dict[tuple[int, int], int]:
        """Claim every word that can be found; returns the first word of every block and item."""
        first: dict[tuple[int, int], int] = {}
        at = cursor = 0
        for segment in self.segments:
            if segment.words:
                place, cursor = self.lay(segment, at, cursor)
                at += len(segment.words)
                if place >= 0:
                    first.setdefault(segment.owner, self.places[place])
                    first.setdefault((segment.owner[0], -1), self.places[place])
        self.forgive()
        return first

    def lay(self, segment: _Segment, at: int, cursor: int) -> tuple[int, int]:
        """Lay a segment, whose words begin at `at` in the tree, from `cursor` on: its first word, the next cursor."""
        words, count = segment.words, len(segment.words)
        if self.search.agree(at, cursor, max(count, SURE)):
            self.claim(cursor, count)
            return cursor, cursor + count
        if segment.bag:
            return self.lay_bag(words, at, max(self.search.find(at, cursor, True), cursor))
        place = -1
        for number, word in enumerate(words):
            found = self.search.find(at + number, cursor, number == 0)
            if found < 0:
                self.strays[word] += 1
                continue
            self.claim(found, 1)
            place, cursor = found if place < 0 else place, found + 1
        return place, cursor

    def lay_bag(self, words: list[str], at: int, start: int) -> tuple[int, int]:
        """Lay the words of a table: in order as far as they stand so, the others wherever they stand in it."""
        end = self.search.extent(words, start)
        cursor, missing, claimed = start, Counter[str](), list[int]()
        for number, word in enumerate(words):
            found = self.search.find(at + number, cursor, False)
            if 0 <= found < end or (found >= 0 and self.search.run_length(at + number, found) == CERTAIN):
                self.claim(found, 1)
                claimed.append(found)
                cursor = found + 1
            else:
                missing[word] += 1
        for place in range(start, max(end, cursor)):
            if missing[self.text[place]] > 0 and not self.given.used[self.places[place]]:
                missing[self.text[place]] -= 1
                self.claim(place, 1)
                claimed.append(place)
        self.strays += missing
        return min(claimed, default=-1), max(claimed, default=start - 1) + 1

    def claim(self, cursor: int, count: int) -> None:
        for place in self.places[cursor : cursor + count]:
            self.given.used[place] = 1

    def forgive(self) -> None:
        """A word of the tree whose place was not found stands for the next unclaimed word that is the same."""
        if +self.strays:
            for place, word in zip(self.places, self.text, strict=True):
                if self.strays[word] > 0 and not self.given.used[place]:
                    self.strays[word] -= 1
                    self.given.used[place] = 1


def _resolve(
    blocks: Sequence[Node], first: dict[tuple[int, int], int], starts: Sequence[int]
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Offsets of blocks and items; one without words of its own stands where the one before it does."""
    offset, found, items = 0, [], []
    for number, block in enumerate(blocks):
        place = first.get((number, -1))
        offset = starts[place] if place is not None else offset
        found.append(offset)
        inner, here = [], offset
        for item, _ in _parts(block):
            if item >= 0:
                place = first.get((number, item))
                here = starts[place] if place is not None else here
                inner.append(here)
        items.append(tuple(inner))
    return tuple(found), tuple(items)


def _parts(block: Node) -> list[tuple[int, Any]]:
    """A list's items with their numbers, any other block whole (item -1)."""
    return list(enumerate(tree.items(block))) if tree.kind(block) in tree.LISTS else [(-1, block)]
