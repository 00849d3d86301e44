"""The file of a translation, taken apart and put together again, line by line: nothing in it is Markdown yet.

    ::: {.bloc ref=p0123456789}
    > the French, quoted by the program
    >> the French of before, while the translation is to be revised

    the English
    :::

Headings between the blocks are landmarks for the translator; all other text there would be printed nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from rapport.translation.quote import reference

HEADER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
OPEN = re.compile(r":{3,}[ \t]*\{(?P<marks>[^{}]*\.bloc(?![\w-])[^{}]*)\}[ \t]*")
CLOSE = re.compile(r":{3,}[ \t]*")
HEADING = re.compile(r"#{1,6}[ \t].*")
REVISE, CHECKED, REMOVED, CONFIDENTIAL = "a-revoir", "verifie", "retire", "confidentiel"
MARKS = (REVISE, CHECKED, REMOVED, CONFIDENTIAL)


class Fault(Struct, frozen=True):
    """What in a file is not where the form has it: its kind, its words, its line (from 1)."""

    kind: str
    text: str
    line: int


class TranslationEntry(Struct, frozen=True):
    """One block: what it translates (`former`: the French of before), the English, and the lines both begin at."""

    ref: str
    quote: str
    english: str = ""
    former: str = ""
    marks: frozenset[str] = field(default_factory=frozenset)
    line: int = 0
    english_line: int = 0

    @property
    def quoted_reference(self) -> str:
        """The reference of what is quoted: the same as `ref` unless somebody changed one of them."""
        return reference(self.quote)


class TranslationFile(Struct, frozen=True):
    """A translation as typed: its header with its fences, the YAML in it, its blocks, and what is out of place."""

    head: str
    yaml: str | None
    entries: tuple[TranslationEntry, ...]
    faults: tuple[Fault, ...]


def read(text: str) -> TranslationFile:
    """Take a file apart."""
    header = HEADER.match(text)
    head = header[0] if header else ""
    reading = _Reading(head.count("\n"))
    for line in text[len(head) :].split("\n"):
        reading.line(line)
    reading.end()
    return TranslationFile(head, header["yaml"] if header else None, tuple(reading.entries), tuple(reading.faults))


class _Reading:
    """Goes through the lines of a body, inside a block or between two."""

    def __init__(self, before: int) -> None:
        self.number = before
        self.opened = 0
        self.marks = ""
        self.lines: list[str] = []
        self.entries: list[TranslationEntry] = []
        self.faults: list[Fault] = []

    def line(self, line: str) -> None:
        self.number += 1
        if opening := OPEN.fullmatch(line):
            self.end()
            self.opened, self.marks, self.lines = self.number, opening["marks"], []
        elif self.opened and CLOSE.fullmatch(line):
            self.close()
        elif self.opened:
            self.lines.append(line)
        elif line.strip() and not HEADING.fullmatch(line):
            self.faults.append(Fault("translation-outside", line.strip(), self.number))

    def end(self) -> None:
        """The end of the file, or another block, where one is still open."""
        if self.opened:
            self.faults.append(Fault("translation-open", ":::", self.opened))
            self.close()

    def close(self) -> None:
        tokens = self.marks.split()
        refs = [token[4:].strip("\"'") for token in tokens if token.startswith("ref=")]
        marks = frozenset(token[1:] for token in tokens if token.startswith("."))
        odd = [token for token in tokens if token[1:] not in ("bloc", *MARKS) and not token.startswith("ref=")]
        if odd or len(refs) != 1:
            self.faults.append(Fault("translation-mark", odd[0] if odd else "ref=", self.opened))
        quoted = _leading(self.lines)
        rest = self.lines[quoted:]
        blank = next((index for index, line in enumerate(rest) if line.strip()), len(rest))
        quotes = [line for line in self.lines[:quoted] if line.strip()]
        self.entries.append(
            TranslationEntry(
                ref=refs[0] if refs else "",
                quote="\n".join(line[1:].removeprefix(" ") for line in quotes if not line.startswith(">>")),
                former="\n".join(line[2:].removeprefix(" ") for line in quotes if line.startswith(">>")),
                english="\n".join(rest[blank:]).rstrip(),
                marks=marks & {*MARKS},
                line=self.opened,
                english_line=self.opened + 1 + quoted + blank,
            )
        )
        self.opened = 0


def _leading(lines: list[str]) -> int:
    """How many lines at the head of a block quote the French: up to the first empty one after them."""
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and lines[end].startswith(">"):
        end += 1
    return end


def write(head: str, parts: Iterable[tuple[str, Iterable[TranslationEntry]]]) -> str:
    """The text of a file: its header, then under each heading its blocks."""
    lines = [head.rstrip("\n")]
    for title, entries in parts:
        lines += ["", f"## {title}"]
        for entry in entries:
            lines += ["", *_written(entry)]
    return "\n".join(lines) + "\n"


def _written(entry: TranslationEntry) -> Iterator[str]:
    marks = "".join(f" .{mark}" for mark in MARKS if mark in entry.marks)
    yield f"::: {{.bloc{marks} ref={entry.ref}}}"
    yield from (f"> {line}".rstrip() for line in entry.quote.split("\n"))
    yield from (f">> {line}".rstrip() for line in entry.former.split("\n") if entry.former)
    yield from ("", entry.english, "") if entry.english else ("", "", "")
    yield ":::"
