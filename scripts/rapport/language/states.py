"""The State that a report is about, as sentences need it: « au Portugal », « des Pays-Bas », “the Netherlands”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from rapport.language.folding import fold_words

FILE = Path(__file__).with_name("states.txt")
VOWELS = tuple("AEIOUÉÎHaeiouéh")
CAPITALISED = re.compile(r"(?<![\w-])[A-ZÉÎ]\w*")
SYMBOL = re.compile(r"\b[A-Z]+/(?:[\w.]+/)*?([A-Z]{3})(?:/(?:CO|Q|QPR|RQ|INT|Add|[\d.-]+)\b(?:/?[\w.-]*\w)*)")
INSIDE = re.compile(r"-?\w")
PLAIN_WORDS = frozenset({"Maurice", "Dominique", "Oman", "Jordan", "Chad"})
"""Names that are also a person's or another thing's: alone they say nothing."""

# After « dans » (where), « à » (to whom), « de » (of what), and alone, by the form of a State's name in states.txt.
IN = {"f": "en ", "v": "en ", "e": "en ", "m": "au ", "p": "aux ", "n": "à ", "i": "à la ", "s": "dans l’"}
TO = {"f": "à la ", "i": "à la ", "v": "à l’", "s": "à l’", "m": "au ", "p": "aux ", "n": "à ", "e": "à "}
OF = {"f": "de la ", "i": "de la ", "v": "de l’", "s": "de l’", "m": "du ", "p": "des "}
THE = {"f": "la ", "i": "la ", "v": "l’", "s": "l’", "m": "le ", "p": "les ", "n": "", "e": ""}


class State(Struct, frozen=True):
    """A State by its three letters, its names, and the form of its French name (states.txt)."""

    code: str
    name: str
    form: str
    english: str
    adjectives: str = ""  # of its law, in French, in their forms
    english_adjective: str = ""

    @property
    def le(self) -> str:
        """« la France », « les Pays-Bas », « Haïti »."""
        return THE[self.form] + self.name

    @property
    def en(self) -> str:
        """« en France », « au Portugal », « aux Pays-Bas », « en Haïti »."""
        return IN[self.form] + self.name

    @property
    def au(self) -> str:
        """« à la France », « au Portugal », « à Haïti »."""
        return TO[self.form] + self.name

    @property
    def du(self) -> str:
        """« de la France », « du Portugal », « d’Haïti »."""
        return OF.get(self.form, "d’" if self.name.startswith(VOWELS) else "de ") + self.name


NO_STATE = State("", "État", "s", "the State")
"""What pages call the State of a report whose outline names none: « l’État »."""


@cache
def states() -> dict[str, State]:
    """Every State by its three letters."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {line[:3]: State(*line.split("|")) for line in lines if not line.startswith("#")}


def state_called(typed: str) -> State | None:
    """The State of three letters or of a French or English name, with or without its article; None for no State."""
    wanted = fold_words(typed)
    known = (state for state in states().values() if wanted in {fold_words(name) for name in _names(state)})
    return next(known, None)


def states_named(text: str) -> Iterator[tuple[State, int, str]]:
    """The States that a text names, in order: each with its place and the words of it; none within a longer name."""
    past, by_word = 0, _by_first_word()
    for match in CAPITALISED.finditer(text):
        if match.start() < past or match[0] not in by_word:
            continue
        for name, state in by_word[match[0]]:
            end = match.start() + len(name)
            if text[match.start() : end].replace("'", "’") == name and not INSIDE.match(text, end):
                past = end
                yield state, match.start(), text[match.start() : end]
                break


@cache
def _by_first_word() -> dict[str, list[tuple[str, State]]]:
    """The names that begin with a word, the longest first, so that « Guinée-Bissau » is not « Guinée »."""
    names = {name: state for state in states().values() for name in (state.name, state.english.removeprefix("the "))}
    by_word: dict[str, list[tuple[str, State]]] = {}
    for name in sorted(names.keys() - PLAIN_WORDS, key=len, reverse=True):
        by_word.setdefault(CAPITALISED.findall(name)[0], []).append((name, names[name]))
    return by_word


def states_in_symbols(text: str) -> Iterator[tuple[State, int, str]]:
    """The States whose documents a text names by their symbols, « CRC/C/FRA/CO/4 »: each with its place and words."""
    for match in SYMBOL.finditer(text):
        if state := states().get(match[1]):
            yield state, match.start(), match[0]


def laws_named(text: str) -> Iterator[tuple[State, int, str]]:
    """The laws and authorities of a State that a text names by its adjective, « code pénal français », “French Act”."""
    for match in _law().finditer(text):
        said = match["fr"] or match["en"]
        for state in states().values():
            if said in state.adjectives.split() or said == state.english_adjective:
                yield state, match.start(), match[0]


@cache
def _law() -> re.Pattern[str]:
    known = [state for state in states().values() if state.adjectives]
    french = "|".join(" ".join(state.adjectives for state in known).split())
    english = "|".join(state.english_adjective for state in known)
    return re.compile(
        rf"\b(?:[Cc]ode|[Ll]oi|[Dd]roit|[Gg]ouvernement|[Pp]arlement|[Jj]ustice|[Ll]égislation|État|[Aa]utorités)"
        rf"\s(?:\w+\s)?(?P<fr>{french})\b"
        rf"|\b(?P<en>{english})\s(?:\w+\s)?(?:[Cc]ode|[Aa]ct|[Ll]aw|[Gg]overnment|[Pp]arliament|[Aa]uthorities)\b"
    )


def _names(state: State) -> tuple[str, ...]:
    return state.code, state.name, state.le, state.english, state.english.removeprefix("the ")
