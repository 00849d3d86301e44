"""What RTF says of changes and LibreOffice cannot read, put where it survives its conversion into DOCX.

Reading RTF, it forgets who put in or took out an end of paragraph, and who made words look otherwise. Writing RTF, it
says of an end of paragraph that the words before were put in or taken out, of words that look otherwise nothing but
a naked number, the date; it writes a comment that hangs on a note into the note, and what happened to a link's words
before the link. `mend_rtf` puts this right, or has it said by bookmarks; `restore_changes` has the converted file say
it as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from rapport.office.namespaces import q
from rapport.office.package import Package
from rapport.office.wordml import ensure_child
from rapport.office.xml import Element
from rapport.storage.schema import is_date

OFFICE = b"{\\*\\generator LibreOffice"
SIGN = re.compile(rb"\\(?:bin(\d{1,9}) ?|([a-z]+)(-?\d+)? ?|[^a-z])|[{}]", re.DOTALL)
# LibreOffice adds what happened to an end of paragraph to the properties of the last words, which end with « \loch ».
AT_END = re.compile(rb"\\(revised|deleted) ?\\revauth(?:del)?(\d{1,4}) ?\\revdttm(?:del)?(-?\d+) ?")
PROPERTIES = b"\\loch"
NAKED = re.compile(rb"\{(-?\d{6,10}) (?=[\\{}])")
# At a link, it says what happened to the first words in it before the link, or at the end of the link before.
TOO_SOON = re.compile(rb"\{(\\(?:revised|deleted)\\revauth(?:del)?\d+\\revdttm(?:del)?-?\d+ )(?=\{\\field|\})")
AUTHOR = re.compile(rb"\{((?:[^{}\\]|\\.)*);\}\s*")
AUTHORS = re.compile(rb"\{\\\*\\revtbl\s*((?:%b){0,2000})\}" % AUTHOR.pattern)
LETTER = re.compile(rb"\\u(-?\d{1,6}) ?(?:\\'..|\?)?|\\'([0-9a-f]{2})|\\([{}\\])", re.IGNORECASE)
DEEPEST = 1_000  # groups in one another
MOST = 2_000_000  # signs of the format in one file: a report of sixty pages has 150,000
ENDS = {b"revised": "ins", b"deleted": "del"}
LOOK, SO_FAR = "look", "so_far"  # words look otherwise from here, to here
NOTES = "word/footnotes.xml"
UNKNOWN = 0  # the number of nobody among those who changed anything
NAME = re.compile(r"_rapport_\d+_(ins|del|look|so_far)_(\d{8}|0)_(\d{1,4})")


class _Group(Struct):
    """A group that is open: what was done to its words, by whom, when; `end` is written before it closes."""

    start: int
    kind: str = ""
    author: int = UNKNOWN
    date: str = ""
    formatter: int = UNKNOWN
    end: bytes = b""
    look_from: int = -1  # where the words begin that look otherwise
    link: bool = False
    is_link_text: bool = False  # the words of a link
    note: bool = False
    comment: bool = False


def mend_rtf(content: bytes) -> bytes:
    """An RTF file that LibreOffice can read; as it was where nothing is to be mended, or it has no shape."""
    return _Mender(content).mend()


class _Mender(Struct):
    """One reading of a file; `changes` are the stretches that become others."""

    content: bytes
    changes: list[tuple[int, int, bytes]] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    office: bool = False
    single_author: int = UNKNOWN  # who changed anything, where one person did
    formatting_end: int = -1  # where the last words ended that look otherwise
    too_soon: bytes = b""  # what was said of words before they came
    note: int | None = None  # where the note begins that is open
    comment: int | None = None  # where the comment begins that is open in it

    def mend(self) -> bytes:
        who = authors(self.content)
        self.office, self.single_author = OFFICE in self.content, next(iter(who)) if len(who) == 1 else UNKNOWN
        at = count = 0
        while found := SIGN.search(self.content, at):
            at = self.sign(found)
            count += 1
            if at < 0 or count > MOST:
                return self.content
        return self.content if self.groups else b"".join(_pieces(self.content, self.changes))

    def sign(self, found: re.Match[bytes]) -> int:
        """One sign of the format; where to read on, -1 where the file has no shape."""
        if found[0] == b"{":
            return self.begin(found.start())
        if found[0] == b"}":
            return self.close(found.start()) if self.groups else -1
        if found[1]:
            return found.end() + int(found[1])
        return self.word(found) if found[2] and self.groups else found.end()

    def begin(self, at: int) -> int:
        above = self.groups[-1] if self.groups else _Group(at)
        self.groups.append(_Group(at, above.kind, above.author, above.date))
        naked = NAKED.match(self.content, at) if self.office else None
        if naked and (date := _date(naked[1])):
            self.look(naked.start(1), naked.end(), date, self.single_author)
        said = TOO_SOON.match(self.content, at) if self.office else None
        if said:
            self.too_soon = said[1]
            self.changes.append((*said.span(1), b""))
            return said.end()
        if above.is_link_text:
            self.say_now(at + 1)
        return at + 1 if len(self.groups) <= DEEPEST else -1

    def say_now(self, at: int) -> None:
        if self.too_soon:
            self.changes.append((at, at, self.too_soon))
            self.too_soon = b""

    def word(self, found: re.Match[bytes]) -> int:
        word, number, here, after = found[2], found[3] or b"0", self.groups[-1], found.end()
        if word in ENDS:
            at_end = AT_END.match(self.content, found.start()) if self.office else None
            if at_end and self.content.endswith(PROPERTIES, 0, found.start()):
                self.changes.append((*at_end.span(), self.bookmark(ENDS[at_end[1]], _date(at_end[3]), int(at_end[2]))))
                return at_end.end()
            here.kind = "" if found[3] == b"0" else ENDS[word]
        elif word in (b"revauth", b"revauthdel"):
            here.author = _number(number)
        elif word in (b"revdttm", b"revdttmdel"):
            here.date = _date(number)
        elif word == b"par" and here.kind:
            self.changes.append((found.start(), found.start(), self.bookmark(here.kind, here.date, here.author)))
        elif word == b"plain":
            here.kind = ""
        elif word == b"crauth":
            here.formatter = _number(number)
        elif word == b"crdate" and not here.end and (date := _date(number)):
            self.look(after, after, date, here.formatter)
        elif word in (b"field", b"fldrslt"):
            here.link, here.is_link_text = word == b"field", word == b"fldrslt"
        elif word == b"footnote" and self.note is None:
            here.note, self.note = True, self.groups[-2:][0].start
        elif word == b"atnid" and self.note is not None and self.comment is None:
            self.comment = here.start
        elif word == b"annotation":
            here.comment = True
        return after

    def close(self, at: int) -> int:
        group, after = self.groups.pop(), at + 1
        if group.end:
            self.changes.append((at, at, group.end))
            self.formatting_end = after
        if group.link and self.groups and self.groups[-1].look_from == group.start:  # what follows the link does not
            self.changes.append((after, after, self.groups[-1].end))
            self.groups[-1].end = b""
        if group.comment and self.comment is not None and self.note is not None:
            self.changes.append((self.comment, after, b""))
            self.changes.append((self.note, self.note, self.content[self.comment : after]))
            self.comment = None
        if group.note:
            self.note = self.comment = None
        if group.link and self.content[after : after + 1] not in (b"{", b"}"):
            self.say_now(after)
        return after

    def look(self, start: int, end: int, date: str, author: int) -> None:
        """The words of this group look otherwise, with those just before where these do so too."""
        here, begin = self.groups[-1], self.bookmark(LOOK, date, author)
        here.end, here.look_from = self.bookmark(SO_FAR, date, author), end
        if here.start == self.formatting_end:
            here.end, begin = self.changes.pop()[2], b""
        self.changes.append((start, end, begin))

    def bookmark(self, kind: str, date: str, author: int) -> bytes:
        """A bookmark at one place: two of the same words LibreOffice takes for one.

        Its name, of forty letters at most, says what was done, when and by whom.
        """
        name = f"_rapport_{len(self.changes)}_{kind}_{date.replace('-', '') or 0}_{author}".encode()
        return b"{\\*\\bkmkstart %b}{\\*\\bkmkend %b}" % (name, name)


def _pieces(content: bytes, changes: Iterable[tuple[int, int, bytes]]) -> Iterator[bytes]:
    done = 0
    for start, end, new in sorted(changes, key=itemgetter(0, 1)):
        if start >= done:
            yield content[done:start]
            yield new
            done = end
    yield content[done:]


def authors(content: bytes) -> dict[int, str]:
    """Who changed anything, by number; number 0 is LibreOffice's « Unknown »."""
    table = AUTHORS.search(content)
    names = AUTHOR.findall(table[1]) if table else []
    return {number: _text(name) for number, name in enumerate(names) if number}


def _text(words: bytes) -> str:
    def letter(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return chr(int(found[1]) % 0x10000).encode(errors="replace")
        return bytes.fromhex(found[2].decode()).decode("cp1252", "replace").encode() if found[2] else found[3]

    return " ".join(LETTER.sub(letter, words).decode(errors="replace").split())


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= 4 else UNKNOWN


def _date(digits: bytes) -> str:
    """The day of a packed date (minute, hour, day, month, year since 1900, day of the week), "" where it is none."""
    packed = int(digits[:11])
    minute, hour, day, month, year = (
        packed >> at & mask for at, mask in ((0, 63), (6, 31), (11, 31), (16, 15), (20, 511))
    )
    date = f"{year + 1900}-{month:02}-{day:02}"
    return date if minute < 60 and hour < 24 and is_date(date) else ""


def restore_changes(package: Package, who: Mapping[int, str]) -> Package:
    """A converted file with the bookmarks of ours turned into Word's own marks of change, by those of its `authors`."""
    parts = dict(package.parts)
    for name in (package.main, NOTES):
        root = package.xml(name)
        if root is None:
            continue
        _restore(root, who)
        for paragraph in list(root.iter(q("w:p"))):
            _join(paragraph)
        if name == NOTES:
            _sign(root, who)
        parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return replace(package, parts=parts)


def _sign(root: Element, who: Mapping[int, str]) -> None:
    """LibreOffice signs whatever was changed in a note « 0 »."""
    name = next(iter(who.values())) if len(who) == 1 else ""
    for change in root.iter(q("w:ins"), q("w:del")):
        if change.get(q("w:author")) == "0":
            change.set(q("w:author"), name)


def _join(paragraph: Element) -> None:
    """An end of paragraph between words that were taken out in the same minute was taken out: RTF does not say so."""
    after = paragraph.getnext()
    if after is None or after.tag != q("w:p"):
        return
    last, first = _taken_out(paragraph, -1), _taken_out(after, 0)
    if last and last == first:
        _mark_end(paragraph, "del", last)


def _taken_out(paragraph: Element, at: int) -> dict[str, str]:
    """By whom and when the first or last words of a paragraph were taken out; nothing where they were not."""
    words = list(paragraph.iter(q("w:t"), q("w:delText")))
    change = next(words[at].iterancestors(q("w:del")), None) if words else None
    return {} if change is None else {name: change.get(name, "") for name in (q("w:author"), q("w:date"))}


def _mark_end(paragraph: Element, kind: str, signed: Mapping[str, str]) -> None:
    properties = ensure_child(paragraph, "w:pPr")
    looks = properties.find(q("w:rPr"))
    if looks is None:
        looks = etree.SubElement(properties, q("w:rPr"))
    if looks.find(q(f"w:{kind}")) is None:
        etree.SubElement(looks, q(f"w:{kind}"), signed)


def _restore(root: Element, who: Mapping[int, str]) -> None:
    """Ends of paragraphs marked where a bookmark says so, and the runs from one that says « look » to the next.

    LibreOffice has a bookmark that comes after a note begin a letter too soon; it ends where it should.
    """
    look: dict[str, str] = {}
    names = {node.get(q("w:id")): node.get(q("w:name"), "") for node in root.iter(q("w:bookmarkStart"))}
    for node in list(root.iter(q("w:p"), q("w:r"), q("w:bookmarkEnd"))):
        if node.tag == q("w:p"):
            look = {}
        elif node.tag == q("w:r") and look:
            etree.SubElement(ensure_child(node, "w:rPr"), q("w:rPrChange"), look)
        elif said := NAME.fullmatch(names.get(node.get(q("w:id")), "")):
            kind, signed = said[1], _signed(said, who)
            paragraph = next(node.iterancestors(q("w:p")), None)
            if kind in (LOOK, SO_FAR):
                look = signed if kind == LOOK else {}
            elif paragraph is not None:
                _mark_end(paragraph, kind, signed)


def _signed(said: re.Match[str], who: Mapping[int, str]) -> dict[str, str]:
    """Who and when, as an attribute of Word's each; the day where it is known."""
    day = said[2]
    date = {} if day == "0" else {q("w:date"): f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00:00Z"}
    return {q("w:author"): who.get(int(said[3]), ""), **date}
