"""Whole numbers as they are written in words, in French and English, folded: « vingt et un », « twenty one »."""

from __future__ import annotations

MOST = 99
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
    """How a number up to `MOST` is written, a space between its words; nothing for a greater one."""
    if not 0 <= number <= MOST:
        return ()
    return tuple(dict.fromkeys(words.replace("-", " ") for words in (*_french(number), _english(number))))


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
