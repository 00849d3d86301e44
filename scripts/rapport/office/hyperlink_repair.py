"""A fault of LibreOffice mended: it ends a deleted link too late or never, and then no program opens the file."""

from __future__ import annotations

import re
from collections import Counter

TAG = re.compile(rb"<(/?)([\w:.-]+)[^<>]*?(/?)>")
CHANGES = (b"w:del", b"w:ins", b"w:moveFrom", b"w:moveTo")


def close_tracked_changes(content: bytes) -> bytes:
    """XML in which a tracked change ends where what it stands in does; as it was where something else is wrong."""
    pieces: list[bytes] = []
    standing: list[bytes] = []
    owed: Counter[bytes] = Counter()  # changes that were ended here, whose own end may come too late
    done = 0
    for tag in TAG.finditer(content):
        closes, name, empty = tag.groups()
        if not closes:
            standing += [] if empty else [name]
            continue
        if owed[name] and standing[-1:] != [name]:
            owed[name] -= 1
            pieces.append(content[done : tag.start()])
            done = tag.end()
            continue
        while len(standing) > 1 and standing[-1] != name and standing[-1] in CHANGES:
            owed[standing[-1]] += 1
            pieces += [content[done : tag.start()], b"</%b>" % standing.pop()]
            done = tag.start()
        if not standing or standing.pop() != name:
            return content
    return b"".join((*pieces, content[done:]))
