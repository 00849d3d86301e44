"""A Word file in large print: all letters grown with the text, and none smaller than what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

TEXT = 10  # points of running text in the reference document
SIZE = re.compile(r'(<w:szC?s? w:val=")(\d+)"')
RAISED = re.compile(
    r"(?P<later>(?:<w:(?:szC?s?|highlight|u|effect|bdr|shd|fitText)\b[^>]*>)*)"
    r'<w:vertAlign w:val="(?P<where>\w+)script" ?/>'
)
"""What Word sets smaller by itself, to a size that no part of the file says; what the standard has after `position`."""
HEIGHTS = {"super": 0.35, "sub": -0.2}
"""How far letters are raised instead, of their own size."""


def enlarged_parts(parts: Mapping[str, bytes], smallest: int) -> dict[str, bytes]:
    """The parts of a file with no letter under `smallest` points; running text is of that size."""

    def grown(found: re.Match[str]) -> str:
        return f'{found[1]}{max(round(int(found[2]) * smallest / TEXT), 2 * smallest)}"'

    def raised(found: re.Match[str]) -> str:
        return f'<w:position w:val="{round(2 * smallest * HEIGHTS[found["where"]])}"/>{found["later"]}'

    return {
        name: RAISED.sub(raised, SIZE.sub(grown, part.decode())).encode()
        if name.startswith("word/") and name.endswith(".xml")
        else part
        for name, part in parts.items()
    }
