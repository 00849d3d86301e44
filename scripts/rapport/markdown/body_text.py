"""The body of a contribution as text, and what is found in it, each at the place where it was typed."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from rapport.model import Find, Span


class BodyText(Struct, frozen=True):
    """A body to be read: its text, the line of its file it begins at, and the namespace of its names.

    The editor's own templates have no namespace: their ids, classes and heading levels are the report's.
    """

    path: str
    text: str
    first_line: int = 1
    namespace: str = ""


class FindRecorder:
    """What rules want to know of a body, recorded with its span in the file."""

    def __init__(self, text: BodyText) -> None:
        self.path, self.first_line, self.text = text.path, text.first_line, text.text
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        self.finds: list[Find] = []
        self.searched: dict[str, int] = {}  # from where each literal is looked for next

    def record(self, kind: str, value: str, offset: int, literal: str, detail: str = "") -> None:
        """Record a find at the next place its literal stands at, or where its block begins."""
        # « @livre » does not stand in « @livre2010 », nor « x » in « texte ».
        before, after = r"(?<!\w)" if literal[:1].isalnum() else "", r"(?!\w)" if literal[-1:].isalnum() else ""
        whole = re.compile(before + re.escape(literal) + after)
        match = whole.search(self.text, max(offset - 200, self.searched.get(literal, 0))) or whole.search(self.text)
        at = match.start() if match else -1
        self.searched[literal] = at + 1 if at >= 0 else self.searched.get(literal, 0)
        end = at + len(literal.split("\n")[0]) if at >= 0 else None
        self.finds.append(Find(kind, value, self.span(at if at >= 0 else offset, end), detail))

    def span(self, start: int, end: int | None = None) -> Span:
        """Where letters of the body stand in its file."""
        line = bisect_right(self.line_starts, start)
        length = max((end or start + 1) - start, 1)
        return Span(self.path, line + self.first_line - 1, start - self.line_starts[line - 1] + 1, length)
