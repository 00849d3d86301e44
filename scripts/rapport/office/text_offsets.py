"""The paragraphs of a Word or OpenDocument text, every letter with the bytes it stands at.

What is put into somebody's file is put between its bytes, so that all the rest stays as it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree
from msgspec import Struct, field

from rapport.office.package import parse_xml

NOT_UTF8 = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
CALLS = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
SPANS = frozenset("text:span text:a text:meta text:ruby text:ruby-base loext:content-control".split())
PARAGRAPHS = ("text:p", "text:h")
NOT_READ = frozenset("office:annotation text:tracked-changes text:note-citation svg:desc svg:title".split())


class OffsetRun(Struct):
    """A run of Word's: its bytes, and its properties as they lie in the file."""

    start: int
    end: int = 0
    looks: bytes = b""


class TextPiece(Struct, frozen=True):
    """Letters that lie together and their bytes; in Word also their run, and the start of their text element."""

    text: str
    start: int
    end: int
    run: OffsetRun | None = None
    element: int = 0
    keeps_spaces: bool = False  # whether the element says that its outer spaces count

    def byte(self, index: int) -> int:
        """The offset in the file, in bytes, of a character of this text."""
        return self.start + len(self.text[:index].encode())


class OffsetParagraph(Struct):
    """One paragraph. No comment can hang in a text box or a note: there `host` is what it hangs on."""

    pieces: list[TextPiece] = field(default_factory=list)
    runs: list[OffsetRun] = field(default_factory=list)
    host: OffsetParagraph | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def piece_at(self, index: int) -> tuple[TextPiece, int]:
        """The piece that a letter is in, and which of its letters it is."""
        for piece in self.pieces:
            if index < len(piece.text):
                return piece, index
            index -= len(piece.text)
        raise IndexError(index)


class Event(NamedTuple):
    """« open » or « close » of an element, or « text », and its bytes (of an element those of that tag alone)."""

    kind: str
    name: str
    start: int
    end: int
    attributes: Mapping[str, str]


def in_plain_utf_8(content: bytes) -> bytes:
    """The same XML in UTF-8 without CDATA, the only kind that is added to; nearly every file is so already."""
    if NOT_UTF8.match(content) or content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<![CDATA[" in content:
        return bytes(etree.tostring(parse_xml(content), encoding="UTF-8", xml_declaration=True, standalone=True))
    return content


def word_paragraphs(main: bytes, prefix: str, notes: Mapping[str, bytes]) -> list[OffsetParagraph]:
    """The paragraphs of a Word file; `prefix` is that of Word's own names, `notes` « footnote » → its part."""
    out, calls, _ = _of_part(main, prefix)
    for kind, content in notes.items():
        paragraphs, _, ids = _of_part(content, prefix)
        for paragraph, note in zip(paragraphs, ids, strict=True):
            if run := calls.get((CALLS[kind], note)):
                out.append(OffsetParagraph(paragraph.pieces, [], OffsetParagraph(runs=[run])))
    return out


def _of_part(content: bytes, prefix: str) -> tuple[list[OffsetParagraph], dict[tuple[str, str], OffsetRun], list[str]]:
    """The paragraphs of a part, the runs that call notes, and the note that each paragraph is in."""
    paragraphs, calls, ids = list[OffsetParagraph](), dict[tuple[str, str], OffsetRun](), list[str]()
    names, open_paragraphs, runs, note = list[str](), list[OffsetParagraph](), list[OffsetRun](), ""
    looks = element = skipped = 0
    spaced = False
    for kind, name, start, end, attributes in _events(content):
        own = name.removeprefix(prefix) if name.startswith(prefix) else name
        if kind == "open":
            names.append(own)
            if skipped or own in ("mc:Fallback", "del", "moveFrom"):  # drawn a second time, or no longer there
                skipped += 1
            elif own == "p":
                paragraphs.append(OffsetParagraph(host=open_paragraphs[0] if open_paragraphs else None))
                open_paragraphs.append(paragraphs[-1])
                ids.append(note)
            elif own == "r" and open_paragraphs:
                runs.append(OffsetRun(start))
                open_paragraphs[-1].runs.append(runs[-1])
            elif own == "rPr" and names[-2:-1] == ["r"]:
                looks = start
            elif own == "t":
                element, spaced = start, attributes.get("xml:space") == "preserve"
            elif own in CALLS:
                note = attributes.get(f"{prefix}id", "")
            elif own in CALLS.values() and runs:
                calls[own, attributes.get(f"{prefix}id", "")] = runs[-1]
        elif kind == "close":
            names.pop()
            if skipped:
                skipped -= 1
            elif own == "p":
                open_paragraphs.pop()
            elif own == "r" and runs:
                runs.pop().end = end
            elif own == "rPr" and names[-1:] == ["r"] and runs:
                runs[-1].looks = content[looks:end]
        elif names[-2:] == ["r", "t"] and open_paragraphs and runs and not skipped:
            open_paragraphs[-1].pieces.append(TextPiece(name, start, end, runs[-1], element, spaced))
    return paragraphs, calls, ids


def odf_paragraphs(content: bytes) -> list[OffsetParagraph]:
    """The paragraphs of an OpenDocument text; letters of fields and the like are not theirs."""
    paragraphs, names, open_paragraphs, skipped = list[OffsetParagraph](), list[str](), list[OffsetParagraph](), 0
    for kind, name, start, end, _ in _events(content):
        if kind == "open":
            names.append(name)
            if skipped or name in NOT_READ:
                skipped += 1
            elif name in PARAGRAPHS:
                paragraphs.append(OffsetParagraph(host=open_paragraphs[0] if open_paragraphs else None))
                open_paragraphs.append(paragraphs[-1])
        elif kind == "close":
            names.pop()
            if skipped:
                skipped -= 1
            elif name in PARAGRAPHS:
                open_paragraphs.pop()
        elif open_paragraphs and not skipped and (names[-1] in PARAGRAPHS or names[-1] in SPANS):
            open_paragraphs[-1].pieces.append(TextPiece(name, start, end))
    return paragraphs


def _events(content: bytes) -> list[Event]:
    """The elements and letters of a part in their order; of letters `name` is what they say."""
    events: list[Event] = []
    parser = expat.ParserCreate()
    opened = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal opened
        at, opened = parser.CurrentByteIndex, True
        events.append(Event("open", name, at, at, attributes))

    def close(name: str) -> None:
        nonlocal opened
        at = parser.CurrentByteIndex
        alone = opened and content[at - 2 : at] == b"/>"  # of an empty element expat tells where it has ended
        events.append(Event("close", name, at, at if alone else content.index(b">", at) + 1, {}))
        opened = False

    def letters(text: str) -> None:
        nonlocal opened
        at, opened = parser.CurrentByteIndex, False
        end = at + len(text.encode())
        if content[at : at + 1] == b"&":
            end = content.index(b";", at) + 1
        elif content[at : at + 2] == b"\r\n":
            end = at + 2
        events.append(Event("text", text, at, end, {}))

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, close, letters
    parser.Parse(content, True)
    return events
