"""A .bib file as it is written: entries and fields with their places, so that rules can speak of them.

Pandoc says what an entry means; this says where it stands and how long it is once its abbreviations are written
out, which pandoc would do whatever their length. It never fails: what it cannot follow, it steps over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from rapport.model import LocatedValue, Source, Span

# A remark outside entries, or the opening of something.
OPENING = re.compile(r"%[^\n]*|@(\w+)\s*\{")
NEXT_LINE = re.compile(r"^[ \t]*@", re.MULTILINE)  # where reading goes on after something that cannot be followed
KEY = re.compile(r"\s*([^\s,{}()]+)[ \t\n]*(?=[,})])")
NAME = re.compile(r"(?:[\s,]|%[^\n]*\n)*([\w.:+/-]+)\s*=\s*")
END = re.compile(r"(?:[\s,]|%[^\n]*\n)*\}")
REMARK = re.compile(r"%[^\n]*\n")
AS_TYPED = "langid={french}"  # of two fields of one name, pandoc takes the last
GLUE = re.compile(r"\s*#\s*")
EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")
BARE = re.compile(r"[\w.:+/-]+")
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
QUOTES = re.compile(r"\\.|[{}\"]", re.DOTALL)
SKIPPED, MONTHS = ("comment", "preamble"), "jan feb mar apr may jun jul aug sep oct nov dec".split()
MAX_LOST = 30  # each may cost a reading of the whole file; pandoc says what is wrong with it


class BibField(Struct, frozen=True):
    """One field's text as typed, without braces, where it stands, its length written out, what nothing defines."""

    text: str
    span: Span
    length: int
    unknown_name: str = ""


class BibEntry(Struct, frozen=True):
    """One entry: its type in lower case, its key, and its fields by their names in lower case."""

    kind: str
    key: LocatedValue[str]
    fields: Mapping[str, BibField] = field(default_factory=dict)
    names: Mapping[str, Span] = field(default_factory=dict)


class Bib(Struct, frozen=True):
    """What a file holds; `length` is that of all its texts and abbreviations once written out."""

    entries: tuple[BibEntry, ...]
    length: int
    insertions: tuple[tuple[int, str], ...] = ()  # what pandoc is given more, in order, each at its offset


def without_blank_lines(source: Source, bib: Bib) -> str:
    """A file's text as pandoc is to read it: an empty line inside a field would lose it the rest of the entry.

    Every title is read as a French one: of any other pandoc changes capitals, as English lists of references do.
    """
    pieces, begun = [], 0
    for at, text in bib.insertions:
        pieces += [source.text[begun:at], text]
        begun = at
    return "".join([*pieces, source.text[begun:]])


def scan(source: Source) -> Bib:
    """Every entry of a file, those with a mistake too, as far as they can be followed."""
    return _Scanning(source).bib()


class _Lost(Exception):
    """The text cannot be followed from here."""


class _Scanning:
    def __init__(self, source: Source) -> None:
        self.path, self.text = source.path, source.text
        self.starts = [0, *(m.end() for m in re.finditer("\n", source.text))]
        self.strings: dict[str, int] = {}
        self.length = self.lost = 0
        self.added: list[tuple[int, str]] = []

    def bib(self) -> Bib:
        return Bib(tuple(self.entries()), self.length, tuple(sorted(self.added)))

    def entries(self) -> Iterator[BibEntry]:
        at = 0
        while self.lost < MAX_LOST and (match := OPENING.search(self.text, at)):
            at = match.end()
            kind = (match[1] or "").lower()
            if kind == "string":
                at = self.define(at)
            elif kind in SKIPPED:
                at = self.skip(at)
            elif kind and (key := KEY.match(self.text, at)):
                entry, at = self.entry(kind, key)
                yield entry

    def define(self, at: int) -> int:
        """An abbreviation: what it stands for counts, used or not."""
        if not (name := NAME.match(self.text, at)):
            return at
        try:
            value, at = self.value(name.end())
        except _Lost:
            return self.next_line(name.end())
        self.strings[name[1].lower()] = value.length
        self.length += value.length
        return at

    def skip(self, at: int) -> int:
        """The end of something that holds no entry, even if it looks so."""
        try:
            return self.closing(at, "{") + 1
        except _Lost:
            return self.next_line(at)

    def entry(self, kind: str, key: re.Match[str]) -> tuple[BibEntry, int]:
        fields: dict[str, BibField] = {}
        names: dict[str, Span] = {}
        at = key.end()
        try:
            while name := NAME.match(self.text, at):
                value, at = self.value(name.end())
                fields[name[1].lower()] = value
                names[name[1].lower()] = self.span(name.start(1), name.end(1))
                self.length += value.length
            if not (end := END.match(self.text, at)):
                raise _Lost
            comma = "" if "," in REMARK.sub("", end[0]) else ","
            self.added.append((end.end() - 1, comma + AS_TYPED))
        except _Lost:
            at = self.next_line(key.end())
        return BibEntry(kind, LocatedValue(key[1], self.span(key.start(1), key.end(1))), fields, names), at

    def value(self, at: int) -> tuple[BibField, int]:
        """A field's value: texts, numbers and abbreviations joined by « # »."""
        texts, length, start, unknown_name = [], 0, at, ""
        while True:
            opening = self.text[at : at + 1]
            if opening in ("{", '"') and opening:
                end = self.closing(at + 1, opening)
                self.added += [(match.end(), "{}") for match in EMPTY_LINE.finditer(self.text, at + 1, end)]
                text, at = self.text[at + 1 : end], end + 1
                length += len(text)
            elif bare := BARE.match(self.text, at):
                text, at = bare[0], bare.end()
                unknown_name += "" if text.isdigit() or text.lower() in MONTHS or text.lower() in self.strings else text
                length += self.strings.get(text.lower(), len(text))
            else:
                raise _Lost
            texts.append(text)
            if not (glue := GLUE.match(self.text, at)):
                span = self.span(start, min(at, self.line_end(start)))
                return BibField("".join(texts), span, length, unknown_name), at
            at = glue.end()

    def closing(self, at: int, opening: str) -> int:
        """The place of the brace or quote that closes a text begun here."""
        depth = 0
        for match in (BRACES if opening == "{" else QUOTES).finditer(self.text, at):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                if depth == 0 and opening == "{":
                    return match.start()
                depth -= 1
            elif match[0] == '"' and depth == 0:
                return match.start()
        raise _Lost

    def next_line(self, at: int) -> int:
        self.lost += 1
        match = NEXT_LINE.search(self.text, at)
        return match.start() if match else len(self.text)

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)

    def span(self, start: int, end: int) -> Span:
        line = bisect_right(self.starts, start)
        return Span(self.path, line, start - self.starts[line - 1] + 1, max(end - start, 1))
