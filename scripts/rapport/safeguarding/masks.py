"""Masks put over places of a text, and the places where known words stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapport.language.folding import bare_letters
from rapport.safeguarding.printed_words import fold_signs

MASK = "[…]"
LETTER = re.compile(r"[^\W_]")


def mask_places(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with one mask for each run of places, which are offsets (start, end)."""
    said, at = "", 0
    for start, end in _joined(sorted(places)):
        said += text[at:start] + MASK
        at = end
    return said + text[at:]


def _joined(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    here: tuple[int, int] | None = None
    for start, end in places:
        if end <= start:
            continue
        if here and start <= here[1]:
            here = here[0], max(end, here[1])
        else:
            if here:
                yield here
            here = start, end
    if here:
        yield here


def known_places(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Wherever these words stand, as they are."""
    for word in words:
        if word in text and LETTER.search(word):
            before, after = (r"(?<!\w)" if word[:1].isalnum() else ""), (r"(?!\w)" if word[-1:].isalnum() else "")
            yield from (match.span() for match in re.finditer(before + re.escape(word) + after, text))


def private_places(text: str, private: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Wherever these names stand, whatever marks or spaces are between their letters."""
    plain = fold_signs(text)
    letters = bare_letters(plain).casefold()
    for _, wanted in private:
        if wanted.casefold() in letters:
            yield from (match.span() for match in _spread(wanted).finditer(text))


@lru_cache(4096)
def _spread(letters: str) -> re.Pattern[str]:
    """These letters, whole words of them, with signs or spaces between."""
    return re.compile(r"(?<![^\W_])" + r"[^\w]{0,3}".join(map(re.escape, letters)) + r"(?![^\W_])", re.IGNORECASE)
