"""What LibreOffice writes into RTF and cannot read there again, put where it survives its conversion into DOCX.

It writes that an end of paragraph was put in or taken out as if the words before were, and of words that were made to
look otherwise nothing but a naked number, the date; a comment that hangs on a note it writes into the note. `mended`
has it said by bookmarks, `restored` has the converted file say it as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from rapport.shape import is_date
from rapport.word.package import Package
from rapport.word.wordml import q

WRITER = b"{\\*\\generator LibreOffice"
SIGN = re.compile(rb"\\(?:bin(\d+) ?|([a-z]+)(-?\d+)? ?|[^a-z])|[{}]", re.DOTALL)
REVISED = re.compile(rb"\\(revised|deleted) ?\\revauth(?:del)?(\d+) ?\\revdttm(?:del)?(-?\d+) ?")
NAKED = re.compile(rb"\{(-?\d{6,10}) (?=\\)")
AUTHORS = re.compile(rb"\{\\\*\\revtbl\s*((?:\{[^{}]*;\}\s*)*)\}")
LETTER = re.compile(rb"\\u(-?\d+) ?(?:\\'..|\?)?|\\'([0-9a-f]{2})|\\([{}\\])", re.IGNORECASE)
PROPERTIES = b"\\loch"  # the last word of a run's own properties: what follows was added for the end of its paragraph
DEEPEST = 1_000  # groups in one another
MOST = 5_000_000  # signs of the format in one file: a report of sixty pages has 150,000
ENDS = {b"revised": "ins", b"deleted": "del"}
LOOK, LAYOUT = "look", "layout"
NAME = re.compile(r"_rapport_\d+_(ins|del|look|layout)_(\d{8}|0)_(\d{1,4})")
UNKNOWN = 0  # the number of nobody among those who changed anything


@dataclass(slots=True)
class _Group:
    """A group that is open; `end` is what is written before it closes."""

    start: int
    end: bytes = b""
    note: bool = False
    comment: bool = False


def mended(content: bytes) -> bytes:
    """An RTF file as LibreOffice should have written it; as it was where it is of another hand, or of no shape."""
    return _Mender(content).mended() if WRITER in content else content


class _Mender:
    """One reading of a file; `changes` are the stretches that become others."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.authors = authors(content)
        self.changes: list[tuple[int, int, bytes]] = []
        self.groups: list[_Group] = []
        self.note: int | None = None  # where the note begins that is open
        self.comment: int | None = None  # where the comment begins that is open in it

    def mended(self) -> bytes:
        at = count = 0
        while found := SIGN.search(self.content, at):
            at = self.sign(found)
            count += 1
            if at < 0 or count > MOST:
                return self.content
        return b"".join(self.pieces()) if not self.groups else self.content

    def pieces(self) -> Iterator[bytes]:
        done = 0
        for start, end, new in sorted(self.changes):
            if start >= done:
                yield self.content[done:start]
                yield new
                done = end
        yield self.content[done:]

    def sign(self, found: re.Match[bytes]) -> int:
        """One sign of the format; where to read on, -1 where the file has no shape."""
        if found[0] == b"{":
            self.groups.append(_Group(found.start()))
            naked = NAKED.match(self.content, found.start())
            if naked and (date := _date(int(naked[1]))):
                begin, end = self.bookmark(LOOK, date, self.only_author())
                self.changes.append((naked.start(1), naked.end(), begin))
                self.groups[-1].end = end
            return found.end() if len(self.groups) <= DEEPEST else -1
        if found[0] == b"}":
            return self.close(found.start()) if self.groups else -1
        if found[1]:
            return found.end() + int(found[1])
        return self.word(found) if found[2] and self.groups else found.end()

    def word(self, found: re.Match[bytes]) -> int:
        word, here = found[2], self.groups[-1]
        if word in ENDS:
            revised = REVISED.match(self.content, found.start())
            if revised and self.content.endswith(PROPERTIES, 0, found.start()):
                self.end_of_paragraph(revised)
            return revised.end() if revised else found.end()
        if word == b"loch" and found[3] and (date := _date(int(found[3]))):
            begin, end = self.bookmark(LAYOUT, date, self.only_author())
            self.changes.append((found.start(3), found.end(), begin + end))
        elif word == b"footnote" and self.note is None:
            here.note, self.note = True, self.groups[-2:][0].start
        elif word == b"atnid" and self.note is not None and self.comment is None:
            self.comment = here.start
        elif word == b"annotation":
            here.comment = True
        return found.end()

    def end_of_paragraph(self, revised: re.Match[bytes]) -> None:
        made = self.bookmark(ENDS[revised[1]], _date(int(revised[3])), int(revised[2]))
        self.changes.append((*revised.span(), b"".join(made)))

    def close(self, at: int) -> int:
        group, after = self.groups.pop(), at + 1
        if group.end:
            self.changes.append((at, at, group.end))
        if group.comment and self.comment is not None and self.note is not None:
            self.changes.append((self.comment, after, b""))
            self.changes.append((self.note, self.note, self.content[self.comment : after]))
            self.comment = None
        if group.note:
            self.note = self.comment = None
        return after

    def bookmark(self, kind: str, date: str, author: int) -> tuple[bytes, bytes]:
        """Both ends of a bookmark whose name, of forty letters at most, says what was done, when and by whom."""
        name = f"_rapport_{len(self.changes)}_{kind}_{date.replace('-', '') or 0}_{author}".encode()
        return b"{\\*\\bkmkstart %b}" % name, b"{\\*\\bkmkend %b}" % name

    def only_author(self) -> int:
        """Who changed looks is not written: it is known where one person alone changed anything."""
        return next(iter(self.authors)) if len(self.authors) == 1 else UNKNOWN


def authors(content: bytes) -> dict[int, str]:
    """Who changed anything, by number; number 0 is LibreOffice's « Unknown »."""
    table = AUTHORS.search(content)
    names = re.findall(rb"\{([^{}]*);\}", table[1]) if table else []
    return {number: _text(name) for number, name in enumerate(names) if number}


def _text(words: bytes) -> str:
    def letter(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return chr(int(found[1]) % 0x10000).encode(errors="replace")
        return bytes.fromhex(found[2].decode()).decode("cp1252", "replace").encode() if found[2] else found[3]

    return " ".join(LETTER.sub(letter, words).decode(errors="replace").split())


def _date(number: int) -> str:
    """The day in RTF's packed dates (minute, hour, day, month, year since 1900, day of the week), "" where it is none."""
    minute, hour, day, month, year = (number >> at & mask for at, mask in ((0, 63), (6, 31), (11, 31), (16, 15), (20, 511)))
    date = f"{year + 1900}-{month:02}-{day:02}"
    return date if minute < 60 and hour < 24 and is_date(date) else ""


def restored(package: Package, who: Mapping[int, str]) -> Package:
    """A converted file with the bookmarks of ours turned into Word's own marks of change, by those of its `authors`."""
    parts = dict(package.parts)
    for name in (package.main, "word/footnotes.xml"):
        root = package.xml(name)
        if root is not None and any([_restore(mark, who) for mark in list(root.iter(q("w:bookmarkStart")))]):
            parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return replace(package, parts=parts)


def _restore(mark: Any, who: Mapping[int, str]) -> bool:
    said = NAME.fullmatch(mark.get(q("w:name"), ""))
    paragraph = next(mark.iterancestors(q("w:p")), None)
    if said is None or paragraph is None:
        return False
    kind, day = said[1], said[2]
    signed = {q("w:author"): who.get(int(said[3]), "")}
    if day != "0":
        signed[q("w:date")] = f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00:00Z"
    if kind == LOOK:
        for run in _runs(mark):
            etree.SubElement(_first(run, "w:rPr"), q("w:rPrChange"), signed)
    elif kind == LAYOUT:
        etree.SubElement(_first(paragraph, "w:pPr"), q("w:pPrChange"), signed)
    else:
        looks = _first(paragraph, "w:pPr")
        looks = looks.find(q("w:rPr")) if looks.find(q("w:rPr")) is not None else etree.SubElement(looks, q("w:rPr"))
        etree.SubElement(looks, q(f"w:{kind}"), signed)
    return True


def _runs(mark: Any) -> Iterator[Any]:
    """The runs from where a bookmark begins to where it ends, in its paragraph."""
    for node in mark.itersiblings():
        if node.tag == q("w:bookmarkEnd") and node.get(q("w:id")) == mark.get(q("w:id")):
            return
        yield from node.iter(q("w:r"))


def _first(node: Any, name: str) -> Any:
    """The properties that a run or paragraph begins with, made where it has none."""
    found = node.find(q(name))
    if found is None:
        found = etree.Element(q(name))
        node.insert(0, found)
    return found
