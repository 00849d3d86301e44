"""What our forms print themselves, told from what people typed by its words alone: programs lose every other mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, form_words

FRONT = ("title", "subtitle", "report", "for", "on", "open", "how-", "length", "reply", "card-", "prompt-")
UNDER = ("ask-", "table-")
BESIDE = ("prompt-", "box-")
CELLS = (*BESIDE, "choose", "day")
WORDS_OWN = (
    "cliquez ou appuyez ici pour entrer du texte", "click or tap here to enter text", "choisissez un element",
    "choose an item", "cliquez ou appuyez ici pour entrer une date", "click or tap to enter a date",
)  # fmt: skip
ALIKE, LONG = 85, 30  # of 100, and letters


class Printed:
    """Whether a text is one that the forms print, in any language, with whatever facts; « <…> » is LibreOffice's."""

    def __init__(self, names: Sequence[str]) -> None:
        texts = [t for one in LANGUAGES for name, t in form_words(one).items() if name.startswith(tuple(names))]
        whole = sorted((text for text in texts if "{" not in text), key=len, reverse=True)
        self.words = [shape.format(text) for text in whole for shape in ("<{}>", "{}")]
        shapes = [".+?".join(map(fold_words, re.split(r"\{\w+\}", text))) for text in texts]
        self.pattern = re.compile("|".join((*shapes, *WORDS_OWN)))
        self.long = [said for said in map(fold_words, whole) if len(said) >= LONG]

    def __call__(self, text: str) -> bool:
        return bool(fold_words(text)) and self.pattern.fullmatch(fold_words(text)) is not None

    def nearly(self, text: str) -> bool:
        """Whether a text is a sentence of ours in slightly other words: those of a form made long ago, or touched."""
        from rapidfuzz import fuzz, process

        said = fold_words(text)
        best = process.extractOne(said, self.long, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return len(said) >= LONG and best is not None

    def around(self, text: str) -> tuple[int, int]:
        """Where what was typed begins and ends in a text that was typed before, behind or into a prompt."""
        for words in self.words:
            start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, words, strict=False)))
            if len(text) > len(words) and text.endswith(words[start:]):
                return start, len(text) - len(words) + start
        return 0, len(text)
