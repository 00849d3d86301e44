"""A piece's own words known again wherever somebody quotes them, in any script, and what is kept to know them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapport.language.folding import folded_letters
from rapport.language.names import CONSONANTS
from rapport.safeguarding.masks import mask_places
from rapport.storage.cache import digest
from rapport.workshops.workshop import LETTERS, ChildPiece

RUN = 4  # words in a row that are a quotation
LONG_RUN = 5  # where a file is named for it: two children may begin a sentence alike
SHORTEST = 10  # letters of such a run: « il y a un » quotes nobody


def texts_of(piece: ChildPiece) -> list[str]:
    """All that is kept of a piece: its words, what was made of them in other languages, what its drawing shows."""
    return [" ".join(lines) for lines in (piece.words, *piece.translations.values(), (piece.description,))]


def trace(words: Iterable[str]) -> str:
    """The code by which words that were withdrawn are known if they come back, and not told; "" for none."""
    letters = folded_letters(" ".join(words))[0]
    return digest(letters)[:LETTERS].translate(CONSONANTS) if letters else ""


def trace_of_drawing(content: bytes) -> str:
    """The same for a drawing, by the bytes of its file."""
    return digest(content.hex())[:LETTERS].translate(CONSONANTS)


class QuotedWords:
    """Runs of words of a piece; spaces, signs, case and accents make no difference."""

    def __init__(self, texts: Iterable[str], length: int = RUN) -> None:
        self.runs = frozenset(run for text in texts for run in _runs(text, length))

    def stand_in(self, text: str) -> bool:
        """Whether a text quotes the piece."""
        letters = folded_letters(text)[0] if self.runs else ""
        return any(run in letters for run in self.runs)

    def mask(self, text: str) -> str:
        """The text with « […] » for what it quotes."""
        letters, places = folded_letters(text) if text and self.runs else ("", [])
        return mask_places(text, [(places[start], places[end - 1] + 1) for start, end in self._found(letters)])

    def _found(self, letters: str) -> Iterator[tuple[int, int]]:
        for run in self.runs:
            at = letters.find(run)
            while at >= 0:
                yield at, at + len(run)
                at = letters.find(run, at + 1)


def _runs(text: str, length: int) -> Iterator[str]:
    """The letters of every run of words of a text, the whole text where it is shorter than one."""
    words = [letters for word in text.split() if (letters := folded_letters(word)[0])]
    for at in range(max(len(words) - length + 1, 1)):
        run, more = "".join(words[at : at + length]), at + length
        while len(run) < SHORTEST and more < len(words):
            run, more = run + words[more], more + 1
        if len(run) >= SHORTEST:
            yield run
