"""Where, in a file that somebody sent, the words of our text stand: letter by letter, else the likeliest place.

Spaces, signs, accents and capitals are no part of the comparison: a Markdown text and its Word file differ in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.thresholds import LINE_LIKE, PART_LIKE
from rapport.language.folding import folded_letters
from rapport.office.text_offsets import OffsetParagraph

SHORTEST = 8  # letters that say something even as a part of a paragraph
LONG = 25  # letters of a part that can be told from any other
MARKS = re.compile(
    r"""^\s*(?:\[\^[^\]]+\]:|[-*+]|\d+[.)]|\#+|>)\s+   # what begins a note, an item, a heading, a quotation
    | (?<=\])\([^()\s]*\)                              # the target of a link
    | \[\^[^\]]+\] | \{[^{}]*\}                        # calls of notes, attributes
    | ^[a-z_]+:(?=\s)                                   # a key of the header
    """,
    re.VERBOSE,
)
KEY = re.compile(r"(?<![\w.])@[\w:.-]*\w")  # typed in Word, or there as a program showed the work


class LocationMethod(StrEnum):
    """How near a place is to what was looked for."""

    WORDS = "words"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    START = "start"


class TextQuery(Struct, frozen=True):
    """A line of our Markdown; the words in it, by offset and length (0: all); its heading; how far on it is."""

    line: str
    offset: int = 0
    length: int = 0
    heading: str = ""
    share: float = 0.0  # from 0 to 1


class FoundPlace(Struct, frozen=True):
    """A place in the file: which paragraph, from which letter to which."""

    paragraph: OffsetParagraph
    start: int
    end: int
    how: LocationMethod


class KnownText(Struct, frozen=True):
    """A paragraph, its bare letters, and where each of them is in its text."""

    paragraph: OffsetParagraph
    letters: str
    places: tuple[int, ...]
    share: float


def searchable_paragraphs(paragraphs: Sequence[OffsetParagraph]) -> list[KnownText]:
    """The paragraphs that say something, ready to be compared with."""
    folded = [(paragraph, *folded_letters(paragraph.text)) for paragraph in paragraphs if _can_hang(paragraph)]
    return [
        KnownText(paragraph, letters, tuple(places), at / len(folded))
        for at, (paragraph, letters, places) in enumerate(folded)
        if letters
    ]


def _can_hang(paragraph: OffsetParagraph) -> bool:
    """Whether there is something in the running text that a comment can be put on."""
    hung = paragraph.host or paragraph
    return bool(hung.pieces or hung.runs)


def find(wanted: TextQuery, among: Sequence[KnownText]) -> FoundPlace | None:
    """The best place for what is said of a line; None in a file without a word."""
    if not among:
        return None
    wanted = _cell(wanted)
    words = _words(wanted)
    if wanted.line and (found := _of_line(wanted, words, among)):
        return _in_paragraph(found, wanted, words)
    if len(words) >= SHORTEST and (holding := [one for one in among if words in one.letters]):
        return _in_paragraph(_nearest(holding, wanted), wanted, words)
    if heading := _of_heading(wanted, among):
        return FoundPlace(heading.paragraph, 0, len(heading.paragraph.text), LocationMethod.HEADING)
    first = next((one for one in among if one.paragraph.host is None), among[0])
    return FoundPlace(first.paragraph, 0, len(first.paragraph.text), LocationMethod.START)


def _cell(wanted: TextQuery) -> TextQuery:
    """Of a row of a table, the cell with the words: in the file it is a paragraph of its own."""
    start, end = wanted.offset, wanted.offset + wanted.length
    if not wanted.line.startswith("|") or "|" in wanted.line[start:end]:
        return wanted
    first = wanted.line.rfind("|", 0, start) + 1
    return replace(wanted, line=wanted.line[first:].partition("|")[0], offset=start - first)


def letters_of_line(line: str) -> str:
    """The letters of a line of Markdown, without its marks."""
    return folded_letters(MARKS.sub(" ", line))[0]


def _words(wanted: TextQuery) -> str:
    """The letters of the words looked for; "" for the whole line."""
    typed = wanted.line[wanted.offset : wanted.offset + wanted.length]
    return letters_of_line(typed) if len(typed) < len(wanted.line) else ""


def _of_line(wanted: TextQuery, words: str, among: Sequence[KnownText]) -> KnownText | None:
    """The paragraph that a line was made of: the same, one that holds it, a part of it, or one much like it."""
    lines = [
        line
        for line in dict.fromkeys((letters_of_line(wanted.line), letters_of_line(KEY.sub("", wanted.line))))
        if line
    ]
    for line in lines:
        for group in (
            [one for one in among if one.letters == line],
            [one for one in among if len(line) >= SHORTEST and line in one.letters],
            [
                one for one in among if one.letters in line and (len(one.letters) >= SHORTEST or one.letters == words)
            ],  # a cell of a row
        ):
            if group:
                holding = [one for one in group if words and words in one.letters]
                return _nearest(holding or group, wanted)
    return _alike(lines[0], wanted, among) if lines else None


def _alike(line: str, wanted: TextQuery, among: Sequence[KnownText]) -> KnownText | None:
    from rapidfuzz import fuzz  # late: a letter seldom needs it

    whole = [(fuzz.ratio(line, one.letters, score_cutoff=LINE_LIKE), one) for one in among]
    best = max(score for score, _ in whole)
    if best:
        return _nearest([one for score, one in whole if score == best], wanted)
    long = [one for one in among if min(len(one.letters), len(line)) >= LONG]
    part = [(fuzz.partial_ratio(line, one.letters, score_cutoff=PART_LIKE), one) for one in long]
    best = max((score for score, _ in part), default=0)
    return _nearest([one for score, one in part if score == best], wanted) if best else None


def _of_heading(wanted: TextQuery, among: Sequence[KnownText]) -> KnownText | None:
    """The shortest paragraph that holds the title of the section; a number may stand before it."""
    title = letters_of_line(wanted.heading)
    holding = [one for one in among if title and title in one.letters and len(one.letters) <= 2 * len(title) + SHORTEST]
    return min(holding, key=lambda one: len(one.letters), default=None)


def _in_paragraph(found: KnownText, wanted: TextQuery, words: str) -> FoundPlace:
    """The words themselves, where they come several times the one about as far on in the line; else the paragraph."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", found.letters)] if words else []
    if not starts:
        return FoundPlace(found.paragraph, 0, len(found.paragraph.text), LocationMethod.PARAGRAPH)
    before = len(letters_of_line(wanted.line[: wanted.offset]))
    start = min(starts, key=lambda at: abs(at - before))
    return FoundPlace(
        found.paragraph, found.places[start], found.places[start + len(words) - 1] + 1, LocationMethod.WORDS
    )


def _nearest(group: Sequence[KnownText], wanted: TextQuery) -> KnownText:
    return min(group, key=lambda one: abs(one.share - wanted.share))
