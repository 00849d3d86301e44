"""Words compared: likeness by whole words, and the stretches in which two texts differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz

from rapport.diff.alignment import Stretch, edit_script, similarity
from rapport.diff.thresholds import FEW_WORDS, REMARK_BRIDGE
from rapport.language.folding import fold_typography

TOKEN = re.compile(r"\w+|[^\w\s]")


class Token(Struct, frozen=True):
    """A word or sign: its comparable form, and where it stands in its text."""

    key: str
    start: int
    end: int


@lru_cache(5_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and signs of a text, in order."""
    return tuple(Token(fold_typography(found[0]), found.start(), found.end()) for found in TOKEN.finditer(text))


@lru_cache(50_000)
def keys(text: str) -> tuple[str, ...]:
    """The comparable words of a text."""
    return tuple(token.key for token in tokens(fold_typography(text)))


def likeness(one: str, other: str) -> float:
    """0 to 1: how much two texts say in the same words and the same order; of very short ones, in the same letters."""
    left, right = keys(one), keys(other)
    if min(len(left), len(right)) < FEW_WORDS:
        return float(fuzz.ratio(fold_typography(one), fold_typography(other))) / 100
    return similarity(left, right)


class WordChangeRange(Struct, frozen=True):
    """Two texts differ here: places in each."""

    start: int
    end: int
    other_start: int
    other_end: int


def word_changes(one: str, other: str) -> Iterator[WordChangeRange]:
    """Where two texts differ by whole words; changes with hardly a word between them are one."""
    left, right = tokens(one), tokens(other)
    merged: list[list[int]] = []
    for same, i1, i2, j1, j2 in token_script(left, right):
        if same:
            continue
        if merged and i1 - merged[-1][1] <= REMARK_BRIDGE and j1 - merged[-1][3] <= REMARK_BRIDGE:
            merged[-1][1], merged[-1][3] = i2, j2
        else:
            merged.append([i1, i2, j1, j2])
    for i1, i2, j1, j2 in merged:
        start, end = _gap(left, i1, i2, one)
        other_start, other_end = _gap(right, j1, j2, other)
        old, new = one[start:end], other[other_start:other_end]
        lead = min(len(old) - len(old.lstrip()), len(new) - len(new.lstrip()))
        old, new = old[lead:], new[lead:]
        tail = min(len(old) - len(old.rstrip()), len(new) - len(new.rstrip()))
        yield WordChangeRange(start + lead, end - tail, other_start + lead, other_end - tail)


def token_script(left: Sequence[Token], right: Sequence[Token]) -> list[Stretch]:
    """The edit script of two texts' words."""
    return edit_script([token.key for token in left], [token.key for token in right])


def _gap(found: Sequence[Token], start: int, end: int, text: str) -> tuple[int, int]:
    """The letters between the token before a stretch and the one after it, spaces included."""
    return found[start - 1].end if start else 0, found[end].start if end < len(found) else len(text)


class WordPositions:
    """Where a place in one text is in another that differs a little."""

    def __init__(self, one: str, other: str) -> None:
        self.same = one == other
        if not self.same:
            self.left, self.right = tokens(one), tokens(other)
            self.script = token_script(self.left, self.right)
            self.length = len(other)

    def __call__(self, at: int, end: bool = False) -> int:
        """The place in the other text; `end`: of what ends here, otherwise of what begins."""
        if self.same:
            return at
        for index, token in enumerate(self.left):
            inside = token.start < at <= token.end if end else token.start <= at < token.end
            if inside:
                return self._of(index, at, token)
            if token.start >= at:
                if end and index:
                    return self._of(index - 1, self.left[index - 1].end, self.left[index - 1])
                return self._of(index, token.start, token)
        if not self.left:
            return 0
        return self._of(len(self.left) - 1, self.left[-1].end, self.left[-1])

    def _of(self, index: int, at: int, token: Token) -> int:
        for same, i1, i2, j1, j2 in self.script:
            if i1 <= index < i2:
                if same:
                    found = self.right[j1 + index - i1]
                    return min(found.start + at - token.start, found.end)
                return self.right[j1].start if j1 < j2 else (self.right[j1 - 1].end if j1 else 0)
        return self.length


def whole_words(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """A change widened to whole words: « s » put after « femme » is « femme » → « femmes »."""
    left, right = start, end
    cut = new if start == end else text[start:end]
    if cut[:1].isalnum() or new[:1].isalnum():
        while left and text[left - 1].isalnum():
            left -= 1
    if cut[-1:].isalnum() or new[-1:].isalnum():
        while right < len(text) and text[right].isalnum():
            right += 1
    return _anchored(text, left, right, text[left:start] + new + text[end:right])


def _anchored(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """A change that begins or ends with a space, or leaves no words, takes a neighbouring word in: then it is exact."""
    old = text[start:end]
    if old == old.strip() != "" and new == new.strip() != "":
        return start, end, new
    left = len(text[:start].rstrip())
    while left and not text[left - 1].isspace():
        left -= 1
    if text[left:start].strip():
        return _trimmed(text, left, end, text[left:start] + new)
    right = end + len(text[end:]) - len(text[end:].lstrip())
    while right < len(text) and not text[right].isspace():
        right += 1
    return _trimmed(text, start, right, new + text[end:right])


def _trimmed(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Without the spaces that both sides end with."""
    old = text[start:end]
    after = min(len(old) - len(old.rstrip()), len(new) - len(new.rstrip()))
    before = min(len(old) - len(old.lstrip()), len(new) - len(new.lstrip()))
    return start + before, end - after, new[before : len(new) - after]
