"""Whole numbers as they are written in words, in French and English, folded: « vingt et un », « twenty one »."""

from __future__ import annotations

MOST = 99
COLLECTIVE = {
    1: "un seul;une seule;un unique;une unique;seulement un;seulement une;only one;just one;a single;one single",
    2: "une paire;un couple;a pair;a couple;les deux;both;duo;un duo;a duo",
    3: "trio;un trio;a trio", 6: "demi douzaine;half a dozen;half dozen",
    8: "une huitaine", 10: "une dizaine", 12: "une douzaine;a dozen", 15: "une quinzaine", 20: "une vingtaine",
    24: "deux douzaines;two dozen", 30: "une trentaine", 40: "une quarantaine", 50: "une cinquantaine",
    60: "une soixantaine", 100: "une centaine;a hundred", 1000: "un millier;a thousand",
}  # fmt: skip
"""Words for so many of a kind; some say it roughly, which is near enough to give a small number away."""
FRENCH = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
FRENCH_TENS = "vingt vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()  # from 10 on
ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # from 20 on


def number_words(number: int) -> tuple[str, ...]:
    """How a number up to `MOST` is written, a space between its words, and the words for so many of a kind."""
    collective = [words for words in COLLECTIVE.get(number, "").split(";") if words]
    counted = [*_french(number), _english(number)] if 0 <= number <= MOST else []
    return tuple(dict.fromkeys(words.replace("-", " ") for words in (*counted, *collective)))


def _french(number: int) -> list[str]:
    if number < len(FRENCH):
        return [FRENCH[number], "une"] if number == 1 else [FRENCH[number]]
    ten = number // 10
    if ten in (7, 9):  # soixante-dix, quatre-vingt-onze
        ten -= 1
    rest = number - 10 * ten
    tens = FRENCH_TENS[ten - 1]
    if not rest:
        return [tens, f"{tens}s"] if ten == 8 else [tens]
    joint = "-et-" if rest in (1, 11) and ten < 8 else "-"
    ends = ["un", "une"] if rest == 1 else [FRENCH[rest]]
    return [f"{tens}{joint}{end}" for end in ends]


def _english(number: int) -> str:
    if number < len(ENGLISH):
        return ENGLISH[number]
    tens, rest = ENGLISH_TENS[number // 10 - 2], number % 10
    return f"{tens}-{ENGLISH[rest]}" if rest else tens
