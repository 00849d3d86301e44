"""A PDF as a file: its objects, found through its table, and its streams.

It reads what typst writes (one table, no object streams, Flate alone) and refuses everything else by name, so that
nothing in the file escapes it; the tests compare it with two PDF libraries. With pikepdf (QPDF) below it in its place,
the shipped report gave the same reading in 1.5 times the time (1.08 s of CPU for 0.71 s, medians of five), and in three
times the time in `make watch`, which knows most pages already (0.52 s for 0.17 s): so it stays.
"""

from __future__ import annotations

import codecs
import re
import zlib
from bisect import bisect_right

from rapport.proof.reading import Unreadable

START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
SECTION = re.compile(rb"xref\s+0\s+(\d+)\s+")
ENTRY = 20  # bytes of a line of the table
OPENING = re.compile(rb"\s*(\d+) 0 obj\b\s*")
LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
STREAM = re.compile(rb">>\s*stream\r?\n")
PARENTHESES = 8  # levels of parentheses inside a string, which need no escape where they are balanced
INSIDE = rb"(?:[^\\()]++|\\.)*+"
for _ in range(PARENTHESES):
    INSIDE = rb"(?:[^\\()]++|\\.|\(" + INSIDE + rb"\))*+"
STRING = re.compile(rb"\(" + INSIDE + rb"\)", re.DOTALL)
TEXT = rb"(\(" + INSIDE + rb"\)|<[0-9A-Fa-f]*>)"
FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")


class PdfFile:
    """The objects of a PDF by number; reading one costs nothing but a slice."""

    def __init__(self, content: bytes) -> None:
        end = START.search(content[-64:])
        if not content.startswith(b"%PDF-1.") or not end or content.count(b"%%EOF") != 1:
            raise Unreadable("%PDF … %%EOF")
        self.content, start = content, int(end[1])
        head = SECTION.match(content, start)
        if not head:
            raise Unreadable("xref")
        count, first = int(head[1]), head.end()
        table = content[first : first + ENTRY * count]
        lines = [table[at : at + ENTRY] for at in range(0, len(table), ENTRY)]
        self.offsets = [int(line[:10]) if line[17:18] == b"n" else 0 for line in lines]
        if len(self.offsets) != count or not all(line[17:18] in (b"n", b"f") for line in lines):
            raise Unreadable("xref")
        self.ends = sorted([*filter(None, self.offsets), start])
        self.trailer = content[first + ENTRY * count :]

    def object(self, number: int | bytes) -> bytes:
        """The source of an object, from after « 12 0 obj »; its stream, if it has one, is still in it."""
        number = int(number)
        offset = self.offsets[number] if 0 < number < len(self.offsets) else 0
        opening = OPENING.match(self.content, offset) if offset else None
        if not opening or int(opening[1]) != number:
            raise Unreadable(f"{number} 0 obj")
        return self.content[opening.end() : self.ends[bisect_right(self.ends, offset)]]

    def dictionary(self, number: int | bytes) -> bytes:
        """The source of an object up to its stream."""
        source = self.object(number)
        found = STREAM.search(source)
        return source[: found.start() + 2] if found else source

    def stream(self, number: int | bytes) -> bytes:
        """What an object's stream holds, unpacked; a picture in JPEG stays as it is."""
        return unpack_stream(self.object(number))

    def value(self, source: bytes, key: bytes) -> bytes:
        """What stands under a key of a dictionary's source, a reference followed; b"" if there is no such key."""
        found = re.search(rb"/" + key + rb"\s*((\d+) 0 R|/[\w.-]+|\[[^\[\]]*\]|\d+)", source)
        if not found:
            return b""
        return self.object(found[2]) if found[2] else found[1]


def unpack_stream(source: bytes) -> bytes:
    """What the stream of an object's source holds."""
    found = STREAM.search(source)
    length = LENGTH.search(source, 0, found.start()) if found else None
    if not found or not length:
        raise Unreadable("stream")
    packed = source[found.end() : found.end() + int(length[1])]
    filters = FILTERS.search(source, 0, found.start())
    if not filters or b"DCT" in filters[1]:
        return packed
    if filters[1] not in (b"/FlateDecode", b"[/FlateDecode]"):
        raise Unreadable(filters[1].decode("latin-1"))
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise Unreadable(f"stream: {error}") from error


def unescape(string: bytes) -> bytes:
    """A literal string's bytes, without its parentheses; Python's escapes are PDF's, but for the parentheses."""
    if b"\\" not in string:
        return string
    pythons = string.replace(b"\\(", b"\\050").replace(b"\\)", b"\\051")
    decoded: bytes = codecs.escape_decode(pythons)[0]
    return decoded


def words(string: bytes) -> str:
    """A text string, `(…)` or `<…>`, as its words."""
    raw = letters(string)
    return raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def letters(string: bytes) -> bytes:
    """A string, `(…)` or `<…>`, as its bytes."""
    return bytes.fromhex(string[1:-1].decode("ascii")) if string.startswith(b"<") else unescape(string[1:-1])
