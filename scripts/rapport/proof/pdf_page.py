"""A page of a PDF: the words and pictures that its instructions show, by the number of the tag they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from rapport.proof.pdf_file import INSIDE, TEXT, PdfFile, unescape, words
from rapport.proof.reading import Unreadable

FONT = re.compile(rb"/([\w+-]+)\s+(\d+) 0 R")
MAPPED = re.compile(rb"<(\w+)>\s*<(\w+)>")
CODES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
MCID = re.compile(rb"/MCID\s+(\d+)")
ACTUAL = re.compile(rb"/ActualText\s*" + TEXT, re.DOTALL)

STRINGS = rb"(?:[^()\]]++|\(" + INSIDE + rb"\))*+"

# What counts among a page's instructions: content marked and its end, fonts, text, pictures. Each match begins with all
# that does not count, and the last alternative lets nothing be looked at twice. The first one is a line of text as
# typst marks it, whole: nearly all there is, and quicker in one step than in six.
STEP = re.compile(
    rb"[^/E\[(]*+(?:"
    rb"/Span<</MCID (?P<line>\d+)(?:/Lang\([\w-]*\))?>>BDC\s[^/E\[(]*+(?:/c\d+ cs [^/E\[(]*+)?"
    rb"/(?P<face>\w+) [-\d.]+ Tf[^/E\[(]*+(?:\[(?P<whole>" + STRINGS + rb")\]TJ|\((?P<single>" + INSIDE + rb")\)Tj)"
    rb"\s+ET\s[^/E\[(]*+EMC\b"
    rb"|/(?P<tag>\w+)\s*(?P<about><<(?:[^<>]|<[0-9A-Fa-f]*>|<<[^<>]*>>)*>>)?\s*(?:BDC|BMC)\b"
    rb"|(?P<end>EMC\b)"
    rb"|/(?P<font>[\w+-]+)\s+[-\d.]+\s+Tf"
    rb"|\[(?P<pieces>" + STRINGS + rb")\]\s*TJ"
    rb"|\((?P<string>" + INSIDE + rb")\)\s*(?:Tj|')"
    rb"|/(?P<shown>[\w+-]+)\s+Do\b"
    rb"|[/E\[(])",
    re.DOTALL,
)
INVISIBLE = re.compile(rb"\b[1-7]\s+Tr\b")
KERNING = re.compile(rb"\)[-\d.\s]*\(")
BETWEEN = b"0(\xff\xff)0"  # between the words of two instructions: no font has that code
LOST = "\ufffd"


class PdfPage(Struct, frozen=True):
    """What a page shows: words and pictures by tag; words that are no part of the text, not seen, not read out."""

    words: Mapping[int, str]
    pictures: Mapping[int, bytes]
    furniture_words: tuple[str, ...]
    unseen_words: tuple[str, ...]
    untagged_words: tuple[str, ...]


class Letters(dict[int, str]):
    """What the codes of a font mean; a code that says nothing is lost to whoever copies or hears the text."""

    def __missing__(self, code: int) -> str:
        return "\uffff" if code == 0xFFFF else LOST


class Fonts:
    """The tables that say what the codes of a PDF's fonts mean, each unpacked once."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self.known: dict[bytes, bytes] = {}
        self.wide: dict[bytes, bytes] = {}

    def with_widths(self, resources: bytes) -> tuple[tuple[bytes, bytes, bytes], ...]:
        """The fonts that a page names, as (name, table, the widths of its codes)."""
        found = re.search(rb"/Font\s*(?:<<([^<>]*)>>|(\d+) 0 R)", resources)
        names = FONT.findall((found[1] or self.file.dictionary(found[2])) if found else b"")
        return tuple((name, self.table(number), self.widths(number)) for name, number in names)

    def widths(self, number: bytes) -> bytes:
        """How wide the codes of a font are: « first last width », one after another."""
        if number not in self.wide:
            inner = re.search(rb"/DescendantFonts\s*\[\s*(\d+) 0 R", self.file.dictionary(number))
            found = re.search(rb"/W\s*\[([^\[\]]*)\]", self.file.dictionary(inner[1])) if inner else None
            if not found:
                raise Unreadable(f"{int(number)} 0 obj: /W")
            self.wide[number] = found[1]
        return self.wide[number]

    def table(self, number: bytes) -> bytes:
        """A font's table from glyphs to characters. Raises Unreadable where the font has none."""
        if number not in self.known:
            source = self.file.dictionary(number)
            to_unicode = re.search(rb"/ToUnicode\s*(\d+) 0 R", source)
            if not to_unicode or b"/Identity-H" not in source:
                raise Unreadable(f"{int(number)} 0 obj: /Font")
            self.known[number] = self.file.stream(to_unicode[1])
        return self.known[number]


@lru_cache(maxsize=64)
def letters(table: bytes) -> Letters:
    """What a font's codes mean, by its table."""
    if b"beginbfrange" in table:
        raise Unreadable("beginbfrange")
    return Letters(
        (int(code, 16), bytes.fromhex(text.decode("ascii")).decode("utf-16-be"))
        for block in CODES.findall(table)
        for code, text in MAPPED.findall(block)
    )


class Tag(NamedTuple):
    """Marked content: its number, whether it is no part of the text, whether other words stand for what it shows.

    `backwards`: its signs are shown from the left where they are read from the right (PDF 1.7, 14.8.2.3.3).
    """

    number: int | None = None
    artifact: bool = False
    is_replaced: bool = False
    backwards: bool = False


def read_page(instructions: bytes, tables: Iterable[tuple[bytes, bytes]]) -> PdfPage:
    """What a page's instructions show, in these fonts."""
    fonts = {name: letters(table) for name, table in tables}
    runs: list[tuple[Tag, bytes, bytes]] = []  # the tag, the font, the codes between parentheses
    actual: list[tuple[Tag, int, str]] = []
    pictures: dict[int, bytes] = {}
    open_tags = [Tag()]
    font = b""
    for step in STEP.finditer(instructions):
        kind = step.lastgroup
        if kind is None:
            continue
        if kind in ("whole", "single"):
            font, above = step["face"], open_tags[-1]
            codes = step["whole"] if kind == "whole" else b"(" + step["single"] + b")"
            runs.append((Tag(int(step["line"]), above.artifact, above.is_replaced), font, codes))
        elif kind == "pieces":
            runs.append((open_tags[-1], font, step["pieces"]))
        elif kind in ("tag", "about"):
            tag, words_meant = _opened(open_tags[-1], step["tag"], step["about"] or b"")
            open_tags.append(tag)
            if words_meant is not None:
                actual.append((tag, len(runs), words_meant))
        elif kind == "end":
            open_tags.pop()
            if not open_tags:
                raise Unreadable("EMC")
        elif kind == "font":
            font = step["font"]
        elif kind == "string":
            runs.append((open_tags[-1], font, b"(" + step["string"] + b")"))
        elif kind == "shown" and open_tags[-1].number is not None and not open_tags[-1].artifact:
            pictures[open_tags[-1].number] = step["shown"]
    if len(open_tags) != 1:
        raise Unreadable("EMC")
    unseen = INVISIBLE.search(instructions) is not None
    return _page([tag for tag, _, _ in runs], _decoded(runs, fonts), actual, pictures, unseen)


def _opened(above: Tag, name: bytes, about: bytes) -> tuple[Tag, str | None]:
    """A tag inside another, and the words that it says stand for what it shows."""
    found, meant = MCID.search(about), ACTUAL.search(about)
    number = int(found[1]) if found else above.number
    backwards = above.backwards or name == b"ReversedChars"
    tag = Tag(number, above.artifact or name == b"Artifact", above.is_replaced or meant is not None, backwards)
    return tag, words(meant[1]) if meant and not above.is_replaced else None


def _decoded(runs: Sequence[tuple[Tag, bytes, bytes]], fonts: Mapping[bytes, Letters]) -> list[str]:
    """The words of each run; all of a font at once, which takes a third of the time."""
    texts = [""] * len(runs)
    by_font: dict[bytes, list[int]] = defaultdict(list)
    for at, (_, font, _) in enumerate(runs):
        by_font[font].append(at)
    for font, places in by_font.items():
        if font not in fonts:
            raise Unreadable(f"/{font.decode('latin-1')} Tf")
        joined = KERNING.sub(b"", BETWEEN.join([runs[at][2] for at in places]))
        codes = unescape(joined[joined.find(b"(") + 1 : joined.rfind(b")")])
        said = codes.decode("utf-16-be")
        if any(runs[at][0].backwards for at in places):
            signs = zip(places, said.split("\uffff"), strict=True)
            said = "\uffff".join(text[::-1] if runs[at][0].backwards else text for at, text in signs)
        for at, text in zip(places, said.translate(fonts[font]).split("\uffff"), strict=True):
            texts[at] = text
    return texts


def _page(
    tags: Sequence[Tag], texts: Sequence[str], actual: Sequence[tuple[Tag, int, str]],
    pictures: Mapping[int, bytes], unseen: bool,
) -> PdfPage:  # fmt: skip
    """The words of a page where their tags put them."""
    said: dict[int, list[str]] = defaultdict(list)
    aside: list[str] = []
    untagged: list[str] = []
    meant = list(actual)
    for at in range(len(tags) + 1):
        while meant and meant[0][1] == at:
            tag, _, text = meant.pop(0)
            (aside if tag.artifact or tag.number is None else said[tag.number]).append(text)
        if at == len(tags):
            break
        tag, text = tags[at], texts[at]
        if tag.artifact:
            aside.append(text)
        elif tag.number is None:
            untagged.append(text)
        elif not tag.is_replaced:
            said[tag.number].append(text)
    backwards = {tag.number for tag in tags if tag.backwards}  # whose words stand from the left too
    spoken = {number: "".join(words[::-1] if number in backwards else words) for number, words in said.items()}
    return PdfPage(spoken, pictures, tuple(aside), tuple(texts) if unseen else (), tuple(untagged))
