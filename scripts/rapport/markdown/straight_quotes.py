"""Straight quotation marks, as they are typed: which open, which close, which are never closed.

Pandoc takes the second mark of « "il dit "viens"" » for one that closes, and drops the space before it. Where straight
marks stand one inside another, they are given to it as curly ones, which it leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

PARAGRAPH = re.compile(r"(?:^[ \t>]*\S.*\n?)+", re.MULTILINE)
ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\(?\d{1,3}[.)]|\[\^[^\]\s]+\]:|\|)[ \t]", re.MULTILINE)
APART = re.compile(r"`+[^`\n]+`+|\{[^{}\n]*\}|\]\([^()\n]*\)|<[^<>\n]*>|^[ \t>]*\[[^\]\n^]+\]:.*$", re.MULTILINE)
FENCE = re.compile(r"^[ \t>]*(```|~~~).*?^[ \t>]*\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"(?:^|\A).*\n?(?:(?!#{1,6}[ \t]).*(?:\n|\Z))*", re.MULTILINE)
GUILLEMET = re.compile(r"^[ \t>]*(?P<begins>«)|(?P<opens>«)|(?P<closes>»)", re.MULTILINE)
ODD = re.compile(
    r"(?<![\w'])(?P<apostrophes>'')(?=\w)|(?<![\w`])(?P<accents>``)(?=\w[^`\n]*'')"
    r"|(?P<low>„)(?=\w[^„“\n]*”)|(?:^|(?<=[\s(]))(?P<closing>”)(?=\w)",
    re.MULTILINE,
)
"""What opens a quotation on a keyboard that has no mark for it: two apostrophes, a mark that closes."""
BEFORE_OPENING = " \t\n\u00a0\u202f([«“'’-–—/*_>|\""
AFTER_CLOSING = ' \t\n\u00a0\u202f)]»”.,;:!?…*_-–—/|"['


class Mark(NamedTuple):
    """A straight mark: its offset, and whether it opens; None where both sides are letters or both are spaces."""

    offset: int
    opens: bool | None


def curl_quotes(text: str) -> str:
    """A text whose straight marks are curly where they nest or stand between spaces; no letter moves."""
    letters = list(text)
    for marks in paragraphs(text) if '"' in text else ():
        if unclosed_mark(marks) < 0 and (_deepest(marks) > 1 or any(mark.opens is None for mark in marks)):
            for mark, opens in zip(marks, _sides(marks), strict=True):
                letters[mark.offset] = "“" if opens else "”"
    return "".join(letters)


def paragraphs(text: str) -> Iterator[list[Mark]]:
    """The straight marks of each paragraph and item that has any; code, attributes and addresses are passed over."""
    bare = APART.sub(_blank, FENCE.sub(_blank, text))
    for paragraph in PARAGRAPH.finditer(bare):
        if '"' not in paragraph[0]:
            continue
        starts = [paragraph.start(), *(m.start() for m in ITEM.finditer(bare, *paragraph.span())), paragraph.end()]
        for start, end in pairwise(starts):
            if marks := [_mark(bare, at) for at in range(start, end) if bare[at] == '"' and bare[at - 1 : at] != "\\"]:
                yield marks


def unclosed_mark(marks: Sequence[Mark]) -> int:
    """Where the mark stands that has no other; -1 where all have."""
    opened: list[int] = []
    for mark, opens in zip(marks, _sides(marks), strict=True):
        if opens:
            opened.append(mark.offset)
        elif opened:
            opened.pop()
        else:
            return mark.offset
    return opened[-1] if opened else -1


def unclosed_quotes(text: str) -> Iterator[tuple[str, int]]:
    """The marks that have no other, each with its offset: straight in its paragraph, a guillemet in its section."""
    yield from ((odd[0], odd.start()) for odd in ODD.finditer(APART.sub(_blank, FENCE.sub(_blank, text))))
    yield from (('"', at) for marks in paragraphs(text) if (at := unclosed_mark(marks)) >= 0)
    for section in SECTION.finditer(text):
        opened: list[int] = []
        for mark in GUILLEMET.finditer(text, *section.span()):
            if mark["opens"]:
                opened.append(mark.start("opens"))
            elif mark["closes"] and opened:
                opened.pop()
            elif mark["closes"]:
                yield "»", mark.start("closes")
            elif not opened:  # each paragraph of a long quotation begins with a mark of its own
                opened.append(mark.start("begins"))
        yield from (("«", at) for at in opened)


def _sides(marks: Sequence[Mark]) -> list[bool]:
    """Whether each mark opens; one that does not show it closes what is open."""
    depth, sides = 0, []
    for mark in marks:
        sides.append(depth == 0 if mark.opens is None else mark.opens)
        depth += 1 if sides[-1] else -1
    return sides


def _deepest(marks: Sequence[Mark]) -> int:
    """How many quotations stand one inside another."""
    return max(accumulate((1 if opens else -1 for opens in _sides(marks)), initial=0))


def _mark(text: str, at: int) -> Mark:
    before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
    may_open = before in BEFORE_OPENING and not after.isspace()
    may_close = after in AFTER_CLOSING and not before.isspace()
    if may_open and may_close:  # between signs: « "" », « ("a") »
        may_open = (before != '"' and before in "([«“*_'’") or (before == '"' and after.isalnum())
        may_close = not may_open
    return Mark(at, may_open if may_open != may_close else None)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
