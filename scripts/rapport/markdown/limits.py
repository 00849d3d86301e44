"""What pandoc would read for ever: openings never closed, whose number multiplies its time. Known before it is asked.

Measured with pandoc 3.9: twelve brackets one inside the other take a third of a second, sixteen three, twenty for
ever; so do twenty quotes of two kinds in turn, or of one kind among links; two hundred links never closed take four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_BRACKETS = 10  # one inside the other
MAX_QUOTES = 12  # straight ones, opened and not closed
MAX_LINKS = 100  # parentheses opened and not closed, in a paragraph with links
FEW = min(MAX_BRACKETS, MAX_QUOTES, MAX_LINKS)
PARAGRAPH_END = re.compile(r"\n[ \t>]*(?=\n)")
BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
# A straight quote closes where no letter follows, and else opens where none stands before: « l'enfant » has neither.
QUOTE = re.compile(
    r"\\.|(?P<quote>[\"'])(?:(?<=\S.)(?P<closes>(?![^\W_])))?(?:(?<![^\W_].)(?P<opens>(?=\S)))?", re.DOTALL
)
LINK = re.compile(r"\](?:\(|:)")


def first_tangled_line(text: str) -> int:
    """The line (from 0) of the first paragraph that opens too much without closing it, or -1."""
    if max(text.count("["), text.count('"') + text.count("'"), text.count("(")) <= FEW:
        return -1
    for line, paragraph in _paragraphs(text):
        if _brackets(paragraph) or _quotes(paragraph) or _links(paragraph):
            return line
    return -1


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = line = 0
    for end in [*(match.end() for match in PARAGRAPH_END.finditer(text)), len(text)]:
        yield line, text[at:end]
        line += text.count("\n", at, end)
        at = end


def _brackets(paragraph: str) -> bool:
    depth = 0
    for sign in BRACKET.finditer(paragraph) if paragraph.count("[") > MAX_BRACKETS else ():
        depth = depth + 1 if sign[0] == "[" else max(depth - 1, 0) if sign[0] == "]" else depth
        if depth > MAX_BRACKETS:
            return True
    return False


def _quotes(paragraph: str) -> bool:
    """Quotes of two kinds, or of one kind where there are links, whose titles stand between quotes too."""
    if paragraph.count('"') + paragraph.count("'") <= MAX_QUOTES:
        return False
    depth = {'"': 0, "'": 0}
    linked = LINK.search(paragraph) is not None
    for sign in QUOTE.finditer(paragraph):
        quote = sign["quote"]
        if sign["closes"] is not None and depth[quote]:
            depth[quote] -= 1
        elif sign["opens"] is not None:
            depth[quote] += 1
        if sum(depth.values()) > MAX_QUOTES and (linked or all(depth.values())):
            return True
    return False


def _links(paragraph: str) -> bool:
    return LINK.search(paragraph) is not None and paragraph.count("(") - paragraph.count(")") > MAX_LINKS
