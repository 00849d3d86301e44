"""What a letter quotes of a text: one sentence, as it reads in Word, without the signs that it is typed with."""

from __future__ import annotations

import re

WIDEST = 150  # characters of a quotation
END = re.compile(r"(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\bart)[.!?…]+[»”)\"]*\s+(?=[A-ZÀ-Þ«“\[*_])")
FENCE = re.compile(r"^\s*(?::::|```|~~~|\|?[\s|:-]+\|?$).*")
AT_THE_START = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\(?\d{1,3}[.)]\s+|>\s?|:\s+|\[\^[^\]]+\]:\s*)+")
SIGNS = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"), (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"\[-?@([^\]]+)\]"), r"(\1)"), (re.compile(r"\[([^\]]*)\]\{[^}]*\}"), r"\1"),
    (re.compile(r"\{[.#][^}]*\}"), ""), (re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"), ""),
    (re.compile(r"\\(?=\W)"), ""), (re.compile(r"\s*\|\s*"), " "),
)  # fmt: skip


def sentence_at(line: str, column: int) -> str:
    """The sentence of a typed line that a column (from 1) is in, as it reads in Word; cut where it is long."""
    if FENCE.match(line):
        return ""
    at = max(column - 1, 0)
    ends = [found.end() for found in END.finditer(line)]
    start = max((end for end in ends if end <= at), default=0)
    stop = min((end for end in ends if end > at), default=len(line))
    if stop - start > WIDEST:
        cut = max(start, min(at - WIDEST // 2, stop - WIDEST))
        return _cut(line, start, stop, cut)
    return as_read(line[start:stop], start == 0)


def _cut(line: str, start: int, stop: int, cut: int) -> str:
    """The part of a long sentence that begins at `cut`, with an ellipsis where words are left out."""
    words = as_read(line[cut : cut + WIDEST], cut == 0)
    return "…" * (cut > start) + words + "…" * (cut + WIDEST < stop)


def as_read(text: str, whole: bool = True) -> str:
    """Typed words as they read in Word; `whole`: they begin their line."""
    text = AT_THE_START.sub("", text) if whole else text
    for sign, instead in SIGNS:
        text = sign.sub(instead, text)
    return " ".join(text.split())
