"""The findings of what is printed beside contributions, as typed and as printed: templates, values, bibliographies.

Pandoc reads these glued together, filled in or through BibLaTeX, so that no tree keeps their places. They are looked at
twice: as typed, each finding where it stands; then with every mark gone (brackets, emphasis, entities, a word cut at a
line's end made whole), each finding that only this shows looked for letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec.structs import replace

from rapport.bibliography import bibtex
from rapport.model import Source
from rapport.safeguarding.printed_words import (
    HARD,
    MARKUP,
    SOFT,
    TypedLetters,
    fold_signs,
    joined_lines,
    reading_variants,
)
from rapport.safeguarding.reading import ProsePiece, read
from rapport.safeguarding.scan import Finding, mark, scan, scan_piece, scan_plain
from rapport.safeguarding.scan_printed import OVER_SEVERAL, each_once

NOTE_OR_KEY = re.compile(r"\[\^[^\]\s]{1,60}\]:?|(?<![\w.])-?@\{?[A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,80}\}?")
HEADING = re.compile(r"^(?=[ \t>]*#{1,6}[ \t]).*$", re.MULTILINE)
LINE_END = re.compile(r"(?<=\S)(\\)?[ \t]*\n(?![ \t]*\n)[ \t>]*(?=[^\W\d_])|(?<=\w-) (?=[a-zà-ÿ])")
ESCAPE, BRACKETS = re.compile(r"\\(?=[^\w\s])"), re.compile(r"[\[\]*`^~]+|(?<!\w)_+|_+(?!\w)")
ATTRIBUTE = re.compile(r"=(?:\"([^\"\n]{1,300})\"|'([^'\n]{1,300})')")
UNPRINTED = frozenset("date year month langid isbn issn doi number pages".split())
PEOPLE = frozenset("author editor translator bookauthor".split())
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327", "=": "\u0304"}
ACCENT = re.compile(r"""\\(?:(['`^"~=])\s?|(c)(?=\s|\{)\s?)\{?(\\?[A-Za-z])\}?""")
COMMAND = re.compile(r"\\(?:[A-Za-z]+\s?|-)|[{}]")


def scan_marked(text: str) -> list[Finding]:
    """Every finding of a Markdown text, offsets its own."""
    return _both(text, scan(text), text)


def scan_value(text: str) -> list[Finding]:
    """Every finding of one value: a title, a name, a line of a card."""
    return _both(text, scan_plain(text), text)


def scan_works(source: Source) -> list[Finding]:
    """Every finding of a bibliography's fields but those of people and numbers, offsets those of the file."""
    found, typed = list[Finding](), TypedLetters(source.text)
    lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
    for entry in bibtex.scan(source).entries:
        for name, field in entry.fields.items():
            if name in UNPRINTED:
                continue
            start, text = lines[field.span.line - 1] + field.span.column - 1, without_commands(field.text)
            for finding in scan_value(text):
                if name not in PEOPLE or finding.kind == "identifier":
                    at, length = typed.find(text, finding.start, finding.length, start)
                    found.append(replace(finding, start=at, length=length))
    return found


def without_commands(text: str) -> str:
    r"""What BibLaTeX prints of a field: « {\'E}cole », « \textsc{k}adiatou » and « {K}adi{}atou » in letters."""
    text = ACCENT.sub(lambda a: unicodedata.normalize("NFC", a[3].lstrip("\\") + ACCENTS[a[1] or a[2]]), text)
    return COMMAND.sub("", text).replace("~", " ")


def _both(text: str, typed: Iterable[Finding], source: str) -> list[Finding]:
    """What was found as typed, then what only the words as printed show."""
    found = list(typed)
    seen, letters, taken = set(map(mark, found)), TypedLetters(source), dict[tuple[str, str], list[int]]()
    for piece, joined in _printed(text):
        for finding in scan_piece(ProsePiece(piece, (0,), (0,))):
            if mark(finding) in seen or (joined and finding.kind not in OVER_SEVERAL):
                continue
            places = taken.setdefault(mark(finding), [])
            at, length = letters.find(piece, finding.start, finding.length, 0, places)
            places.append(at)
            found.append(replace(finding, start=at, length=length))
    return each_once(found)


def _printed(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text without its marks, each in every way to read it; then short ones in a row as one."""
    bare = without_marks(text)
    pieces = [fold_signs(piece.text) for piece in read(bare)[0]]
    if bare == text and len(pieces) == 1 and pieces[0] == text and not set(text) & set('"«“'):
        return
    yield from ((reading, False) for piece in pieces for reading in reading_variants(piece))
    yield from joined_lines([piece.strip() for piece in pieces])


def without_marks(text: str) -> str:
    """A Markdown text with no mark inside a word; what attributes say of pictures stands at its end."""
    said = [one or other for one, other in ATTRIBUTE.findall(text)]
    text = ESCAPE.sub("", MARKUP.sub("", NOTE_OR_KEY.sub("", unescape("\n\n".join([text, *said])))))
    text = HEADING.sub(lambda heading: heading[0] + "\n", BRACKETS.sub("", text))
    return LINE_END.sub(lambda end: HARD if end[1] else SOFT, text)
