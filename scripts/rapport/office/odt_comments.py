"""Comments on notes of an OpenDocument text put before the note: LibreOffice drops them on the way to Word."""

from __future__ import annotations

import re

from rapport.office.archive import pack, unpack

CONTENT = "content.xml"
NOTE = re.compile(rb"<text:note\s[^<>]*>.*?</text:note>", re.DOTALL)
ANNOTATION = re.compile(rb"<office:annotation(?:\s[^<>]*)?>.*?</office:annotation>", re.DOTALL)
ANNOTATION_END = re.compile(rb"<office:annotation-end\b[^<>]*/>")
NAME = re.compile(rb"\soffice:name=(?:\"[^\"]*\"|'[^']*')")


def comments_before_notes(odt: bytes) -> bytes:
    """The file with the comments of each note at the place where it is called; as it was where there are none."""
    parts = unpack(odt)
    content = parts.get(CONTENT, b"")
    moved = NOTE.sub(_comments_first, content)
    return odt if moved == content else pack({**parts, CONTENT: moved})


def _comments_first(note: re.Match[bytes]) -> bytes:
    """A note without comments, after them; they keep no range, which ended in the note."""
    comments = ANNOTATION.findall(note[0])
    if not comments:
        return note[0]
    bare = ANNOTATION_END.sub(b"", ANNOTATION.sub(b"", note[0]))
    return b"".join(NAME.sub(b"", comment, count=1) for comment in comments) + bare
