"""Words of one text that are missing in another, wherever they stand, joined and cut otherwise or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def gone_words(given: Sequence[str], kept: Sequence[str]) -> Counter[str]:
    """How often each word of `given` is missing in `kept`, where words only joined or cut otherwise are there."""
    gone, more = Counter(given) - Counter(kept), Counter(kept) - Counter(given)
    if gone and more:
        _pair(given, more, gone)
        _pair(kept, gone, more)
    return gone


def _pair(text: Sequence[str], wholes: Counter[str], parts: Counter[str]) -> None:
    """Runs of `text` that are one word of `wholes`, the longest at each place: taken from both counts."""
    begun = {whole[:length] for whole in wholes for length in range(1, len(whole))}
    at = 0
    while at < len(text):
        word, end, longest = text[at], at + 1, 0
        while word in begun and end < len(text):
            word += text[end]
            end += 1
            if wholes[word] > 0 and Counter(text[at:end]) & parts:
                longest = end
        if longest:
            wholes["".join(text[at:longest])] -= 1
            parts -= Counter(text[at:longest])
        at = longest or at + 1
