"""The few words of a text that a person needs to find a place in it."""

from __future__ import annotations

from rapport.proof.reading import CALLS, CLOSE, MARKS, OPEN, fold

WIDE = 80  # letters of an excerpt
NOTHING = "∅"
SPACES = str.maketrans(dict.fromkeys(MARKS + OPEN + CLOSE, " "))


def readable(text: str) -> str:
    """A text without marks, as a person reads it."""
    return " ".join(CALLS.sub("", text).translate(SPACES).split())


def shorten(text: str) -> str:
    """A text short enough for one line."""
    text = " ".join(text.split())
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def first_difference(one: str, other: str) -> int:
    """The index of the first character in which two strings differ, the shorter one's length where there is none."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def excerpt(words: str, at: int) -> str:
    """The words about a place that is counted in folded letters."""
    place = 0
    for index, sign in enumerate(words):
        if place >= at:
            return words[max(0, index - WIDE // 2) : index + WIDE // 2]
        place += len(fold(sign))
    return words[-WIDE:]
