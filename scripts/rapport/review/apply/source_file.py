"""A file as it lies on the disk, changed where its text is changed: encoding, line ends and every other byte stay."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from msgspec import Struct

from rapport.review.apply.splice import SourceEdit
from rapport.storage.encoding import decode, mend
from rapport.storage.encoding import read as as_text

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WITH_MARK = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
LINE = re.compile("(\r\n?|[\n\v\f\x85\u2028\u2029])")


class Unwritable(Exception):
    """The file's encoding has no sign for the new words, or its text cannot be found again in its bytes."""


class _Typed(Struct, frozen=True):
    """Bytes as text: the mark before it, the text exactly as encoded, how it is encoded."""

    mark: bytes
    text: str
    encoding: str
    is_encoded_twice: bool = False

    def bytes(self, text: str) -> bytes:
        try:
            return self.mark + (text.encode().decode("cp1252") if self.is_encoded_twice else text).encode(self.encoding)
        except UnicodeError as error:
            raise Unwritable from error


def apply_edits(raw: bytes, edits: Sequence[SourceEdit]) -> bytes:
    """The bytes with these edits, whose places count letters of the text as `read` gives it; raises `Unwritable`."""
    typed = _typed(raw)
    text = read(raw)
    places = _Places(typed.text, text)
    new, expected = typed.text, text
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        new = new[: places(edit.start)] + edit.new + new[places(edit.end) :]
        expected = expected[: edit.start] + edit.new + expected[edit.end :]
    made = typed.bytes(new)
    if typed.bytes(typed.text) != raw or read(made) != mend(expected)[0]:
        raise Unwritable
    return made


def read(raw: bytes) -> str:
    """The text of a file as every stage sees it; raises `Unwritable` for what is no text."""
    text = as_text(raw)
    if text is None:
        raise Unwritable
    return text


def _typed(raw: bytes) -> _Typed:
    mark = next((one for one in MARKS if raw.startswith(one)), b"")
    text, encoding = decode(raw)
    if text is None:
        raise Unwritable
    if encoding == "twice":
        return _Typed(mark, text.removeprefix("\ufeff"), "utf-8", is_encoded_twice=True)
    name = WITH_MARK.get(mark) or (
        f"{encoding}-{'be' if raw[:1] == bytes(1) else 'le'}" if "16" in encoding else encoding
    )
    return _Typed(mark, text.removeprefix("\ufeff"), name)


class _Places:
    """Where a place of the text as it is seen stands in the text as it is encoded."""

    def __init__(self, encoded: str, seen: str) -> None:
        pieces = LINE.split(encoded)
        self.encoded, self.seen = pieces[::2], seen.split("\n")
        self.starts, at = [], 0
        for line, end in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            self.starts.append(at)
            at += len(line) + len(end)
        if len(self.encoded) != len(self.seen):
            raise Unwritable

    def __call__(self, at: int) -> int:
        line = 0
        for line, seen in enumerate(self.seen):  # noqa: B007
            if at <= len(seen):
                break
            at -= len(seen) + 1
        return self.starts[line] + _column(self.encoded[line], self.seen[line], at)


def _column(encoded: str, seen: str, at: int) -> int:
    if encoded == seen:
        return at
    for column in range(len(encoded) + 1):
        if mend(encoded[:column])[0] == seen[:at] and mend(encoded[:column])[0] + mend(encoded[column:])[0] == seen:
            return column
    raise Unwritable
