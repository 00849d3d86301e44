"""A Word file in large print: all letters grown with the text, and none smaller than what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

TEXT = 10  # points of running text in the reference document
SIZE = re.compile(r'(<w:szC?s? w:val=")(\d+)"')
RAISED = re.compile(r'<w:vertAlign w:val="(?:super|sub)script" ?/>')
"""What Word sets smaller by itself, to a size that no part of the file says."""


def enlarged_parts(parts: Mapping[str, bytes], smallest: int) -> dict[str, bytes]:
    """The parts of a file with no letter under `smallest` points; running text is of that size."""

    def grown(found: re.Match[str]) -> str:
        return f'{found[1]}{max(round(int(found[2]) * smallest / TEXT), 2 * smallest)}"'

    return {
        name: RAISED.sub("", SIZE.sub(grown, part.decode())).encode()
        if name.startswith("word/") and name.endswith(".xml")
        else part
        for name, part in parts.items()
    }
