"""A fault of LibreOffice mended: it leaves the end of a deleted link out, and then no program opens the file."""

from __future__ import annotations

import re

TAG = re.compile(rb"<(/?)([\w:.-]+)[^<>]*?(/?)>")
CHANGES = (b"w:del", b"w:ins", b"w:moveFrom", b"w:moveTo")


def ended(content: bytes) -> bytes:
    """XML in which a tracked change ends where what it stands in does; as it was where something else is wrong."""
    pieces: list[bytes] = []
    standing: list[bytes] = []
    done = 0
    for tag in TAG.finditer(content):
        closes, name, empty = tag.groups()
        if not closes:
            standing += [] if empty else [name]
            continue
        while len(standing) > 1 and standing[-1] != name and standing[-1] in CHANGES:
            pieces += [content[done : tag.start()], b"</%b>" % standing.pop()]
            done = tag.start()
        if not standing or standing.pop() != name:
            return content
    return b"".join((*pieces, content[done:]))
