"""What a finished output says, in a form in which three formats can be compared letter by letter.

A text is one string in reading order. Marks that no text can hold (control characters are refused in texts) stand
where a note is called, a picture is shown and a cell begins. Spaces, hyphens and quotation marks
are left out: each format breaks lines, hyphenates and quotes in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from lxml import etree
from msgspec import Struct, field

Element: TypeAlias = etree._Element
"""An element of a part of a Word file, or of a page: `Any` to a type checker that has no types for lxml."""

CALL, PICTURE, CELL, END = "\x01", "\x02", "\x03", "\x04"
BREAK, OPEN, CLOSE = "\x05", "\x06", "\x07"
"""Only in what is expected: between two pieces, and around words that the program writes into a text."""
MARKS = CALL + PICTURE + CELL + END

# Besides spaces: hyphens of all kinds, what joins or breaks words unseen, quotation marks and apostrophes.
FOLDED = re.compile("[-\u00ad\u2010\u2011\u200b\u200c\u200d\u2060\ufeff«»“”„‟‹›‘’‚‛'\"ʼ]")

CALLS = re.compile(f"{CALL}[^{END}]*{END}")
MARKED = re.compile(f"[{CALL}{PICTURE}][^{END}]*(?:{END}|$)|[{CELL}{BREAK}{OPEN}{CLOSE}]")
OPENING = 24
"""Letters of a text that tell where one is in the report."""


class Unreadable(ValueError):
    """An output cannot be read back: what was found instead of what its format has there."""


class ChartMark(Struct, frozen=True):
    """One thing that a chart draws beside its words: what it is, and where, rightwards and downwards in any unit.

    Of a bar or an outline two opposite corners, of a line or an axis its corners, of a point its middle.
    """

    kind: str
    places: tuple[tuple[float, float], ...]


class DrawnChart(Struct, frozen=True):
    """What a chart shows: its words in the order drawn, folded, and its marks.

    `drawing` is all of it in one form, whatever holds it; a PDF's has none.
    """

    words: str
    marks: tuple[ChartMark, ...] = ()
    drawing: str = ""


class Picture(Struct, frozen=True):
    """A picture as an output shows it: the bytes of its file, or, in a PDF, its packed pixels,
    its size and how far each is seen through.

    A chart is drawn instead; in a Word file it has its bytes as well, for what draws none.
    """

    content: bytes = b""
    pixels: bytes = b""
    size: tuple[int, int] = (0, 0)
    mask: bytes = b""
    chart: DrawnChart | None = None


class Structure(Struct, frozen=True):
    """What an output makes of its words; words are folded and without marks.

    `headings` are (level, words) in order, `heading_cells` the cells that are headings, each by its place among all
    cells, `marked_words` those of each of `transcript.MARKS`. Of each link inside the report, `links` has its words and
    what may be read where it leads; `contents` and `bookmarks` (None where a format has none) the same of the lines of
    the table of contents and of the PDF's bookmarks.
    """

    headings: tuple[tuple[int, str], ...] = ()
    heading_cells: frozenset[int] = frozenset()
    marked_words: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Lead, ...] = ()
    contents: tuple[Lead, ...] = ()
    bookmarks: tuple[Lead, ...] | None = None


Lead = tuple[str, tuple[str, ...]]


class PrintedWords(NamedTuple):
    """Some words in one line: the id of the block around them, the number before them, the titles they stand under.

    `items` says that they are the items of one list, read as one line.
    """

    text: str
    owner: str = ""
    number: str = ""
    chapter: str = ""
    section: str = ""
    items: bool = False


class Reading(Struct, frozen=True):
    """One output as read back: its text, its notes and its contents (all folded), and what else it holds.

    `running_heads` is what stands outside the text (running heads); `properties` what the file says of itself, by
    place; `hidden_words` what a reader would not see, as (kind, words); `titles` the words and page of each, where
    there are pages; `language` the one that the whole is said to be in; `names` what its places are called, `words` its
    pieces (of a page alone) as they stand.
    """

    text: str
    notes: str
    contents: str
    running_heads: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    hidden_words: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()
    titles: tuple[tuple[str, int], ...] = ()
    language: str = ""
    structure: Structure = Structure()
    names: tuple[str, ...] = ()
    words: tuple[PrintedWords, ...] = ()


def fold(text: str) -> str:
    """A text without what formats write in their own ways: spaces, hyphens, quotation marks."""
    return FOLDED.sub("", "".join(text.split()))


def without_calls(text: str) -> str:
    """The same without calls of notes, pictures and other marks."""
    return fold(MARKED.sub("", text))


def first_letters(said: Sequence[str], at: int) -> str:
    """The first letters of what is said from a place on."""
    width = 8
    while len(words := without_calls("".join(said[at : at + width]))) < OPENING and at + width < len(said):
        width *= 4
    return words[:OPENING]
