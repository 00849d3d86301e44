"""Printed words laid along the Markdown that they come from: which word stands where in the text as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape

from msgspec import Struct

from rapport.diff.words import Token, token_script
from rapport.language.folding import fold_typography

# A word, or one sign: as typed, a sign may stand behind a backslash, be three full stops, two hyphens, or an entity.
TOKEN = re.compile(r"\\[^\w\s]|\.{3}|-{2,3}|&#?\w{2,31};|[^\W_]+|[^\w\s]|_")

SENTENCE_ENDS = (".", "?", "!", "…")


@lru_cache(20_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and signs of a text, printed or typed."""
    return tuple(Token(_key(found[0]), found.start(), found.end()) for found in TOKEN.finditer(text))


def keys(text: str) -> list[str]:
    """The comparable words and signs of a text."""
    return [token.key for token in tokens(text)]


def _key(sign: str) -> str:
    if len(sign) > 1 and not sign[0].isalnum():
        sign = "-" if sign[0] == "-" else unescape(sign) if sign[0] == "&" else sign.removeprefix("\\")
    return fold_typography(sign)


class WordChange(Struct, frozen=True):
    """Printed words from `start` up to `end` (numbers of tokens) become `new`.

    `space_left` and `space_right`: a space beside them, and beside what they become; where words only go, the latter
    say whether a space is left where they stood. `before_call`: what is put in stands before the call of a note there.
    """

    start: int
    end: int
    new: str
    space_left: bool
    space_right: bool
    old_space_left: bool = False
    old_space_right: bool = False
    before_call: bool = False


def changes(before: str, start: int, end: int, after: str) -> list[WordChange]:
    """What putting `after` in the place of before[start:end] does to the words, each stretch by itself."""
    text = before[:start] + after + before[end:]
    old, new = tokens(before), tokens(text)
    lead = _common([t.key for t in old], [t.key for t in new], sum(1 for t in old if t.end <= start))
    tail = _common(
        [t.key for t in reversed(old[lead:])], [t.key for t in reversed(new[lead:])],
        sum(1 for t in old if t.start >= end),
    )  # fmt: skip
    stop, there = len(old) - tail, new[lead : len(new) - tail]
    sign = old[stop].key if tail else ""
    first = next((n for n, token in enumerate(there) if token.key == sign), None) if sign in SENTENCE_ENDS else None
    put: list[tuple[int, int, int, int]] = []
    if first is not None and all(token.key != sign for token in old[lead:stop]):
        put = [(stop + 1, stop + 1, lead + first + 1, len(new) - tail + 1)]  # sentences after the one that ends here
        there = there[:first]
    script = [stretch for same, *stretch in token_script(old[lead:stop], there) if not same]
    pieces = [(lead + i1, lead + i2, lead + j1, lead + j2) for i1, i2, j1, j2 in script] + put
    return [_change((before, old, i1, i2), (text, new, j1, j2)) for i1, i2, j1, j2 in pieces]


TokenRange = tuple[str, Sequence[Token], int, int]
"""A text, its tokens, and some of them."""


def _change(was: TokenRange, now: TokenRange) -> WordChange:
    _, _, first, last = was
    text, found, j1, j2 = now
    left, right = _beside(now)
    if j1 == j2:
        return WordChange(first, last, "", left or right, left or right)
    return WordChange(first, last, text[found[j1].start : found[j2 - 1].end], left, right, *_beside(was))


def _beside(stretch: TokenRange) -> tuple[bool, bool]:
    """Whether something that is no word, which is to say a space, stands before some tokens, and after them."""
    text, found, first, last = stretch
    before = found[first - 1].end if first else 0
    after = found[last].start if last < len(found) else len(text)
    start, end = (found[first].start, found[last - 1].end) if first < last else (after, before)
    return text[before:start] != "", text[end:after] != ""


def _common(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """How many of the first signs are the same, up to so many."""
    count = 0
    for left, right in zip(one[:most], other, strict=False):
        if left != right:
            break
        count += 1
    return count


def moved_place(at: int, made: Iterable[WordChange]) -> int:
    """After how many words the call of a note stands once words are changed: after those in the place of its own."""
    now = at
    for one in made:
        size = len(keys(one.new))
        if at >= one.end and (one.before_call or (at, one.start) != (one.end, one.end)):
            now += size - (one.end - one.start)
        elif at > one.start:
            now += one.start + size - at
    return now


def with_changes(words: Sequence[str], made: Iterable[WordChange]) -> list[str]:
    """The comparable words once changes are made that do not overlap; what is put in stands before what goes."""
    out = list(words)
    for change in sorted(made, key=lambda one: (one.start, one.end), reverse=True):
        out[change.start : change.end] = keys(change.new)
    return out
