"""Texts that say nearly the same: a small sketch of each, so that not every pair has to be compared."""

from __future__ import annotations

import zlib

from rapport.language.folding import fold_words

RUN = 3  # words that make one mark
KEPT = 8  # marks kept of a text: two texts that share two thirds of their runs share some of them
FEWEST = 15  # words below which texts are alike by chance


def sketch(text: str, fewest: int = FEWEST) -> tuple[int, ...]:
    """The smallest marks of a text's runs of words; nothing for a short text."""
    words = fold_words(text).split()
    if len(words) < fewest:
        return ()
    runs = {zlib.crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)}
    return tuple(sorted(runs)[:KEPT])
