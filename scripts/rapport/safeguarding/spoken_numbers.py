"""Telephone numbers in words: « zéro six, vingt-deux, soixante et onze … »."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

SMALL = {
    word: str(value)
    for value, word in enumerate(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    )
} | {"zero": "0"}
TENS = (
    {"vingt": 20, "vingts": 20}
    | {word: 10 * tens for tens, word in enumerate("trente quarante cinquante soixante septante".split(), 3)}
    | {"nonante": 90}
)

HUNDRED = re.compile(r"(?i)\bcents?\b")
ENGLISH_NUMBERS = dict(
    zip(
        "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split(),
        "zéro zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
        "dix-huit dix-neuf vingt trente quarante cinquante soixante septante quatre-vingt nonante cent".split(),
        strict=True,
    )
)  # fmt: skip


def is_spoken_number(said: str) -> bool:
    """Whether numbers in words are a telephone's: nine digits or ten, which are not one number after another."""
    values = _values(said)
    digits = "".join(values)
    rising = all(int(b) - int(a) in (0, 1) for a, b in itertools.pairwise(values))
    if rising or (
        digits[0] != "0" and all(value.isdigit() and len(value) == 1 for value in values) and len(digits) < 9
    ):
        return False
    if not any(map(str.isalpha, said)) or len(HUNDRED.findall(said)) > 1:
        return False
    if digits.startswith("0"):
        return len(digits) > 4
    return len(digits) in (9, 10) or ("33" in values[:2] and len(digits) > 7)


def _values(said: str) -> list[str]:
    """« six vingt-deux soixante et onze » → 6, 22, 71."""
    values: list[int | str] = []
    spoken = (ENGLISH_NUMBERS.get(word, word) for word in re.findall(r"[^\W_]+|[,;.]", said.lower()))
    tens = False
    for word in re.findall(r"[^\W_]+|[,;.]", " ".join(spoken)):
        if word in ",;.":  # « quatre-vingts, seize » are two numbers
            tens = False
        elif word.isdigit():
            values.append(word)
            tens = False
        elif HUNDRED.fullmatch(word):
            values.append(100 * int(values.pop() if values and values[-1] in range(2, 10) else 1))
            tens = False
        elif word in TENS:
            if word.startswith("vingt") and values and values[-1] == 4:
                values[-1] = 80
            else:
                values.append(TENS[word])
            tens = True
        elif word in SMALL:
            small = int(SMALL[word])
            over = tens and isinstance(values[-1], int) and small
            if over and (small < 10 or values[-1] in (60, 80)) and small < 17:
                values[-1] = int(values[-1]) + small
                tens = values[-1] in (70, 90)
            elif tens and values[-1] in (10, 70, 90) and 7 <= small <= 9:
                values[-1] = int(values[-1]) + small
                tens = False
            else:
                values.append(small)
                tens = small == 10
    return list(map(str, _with_hundreds(values)))


def _with_hundreds(values: list[int | str]) -> Iterator[int | str]:
    """600, 12, 34 → 612, 34."""
    over = 0
    for value in values:
        if isinstance(value, int) and value >= 100:
            over = value
        elif over:
            yield over + int(value)
            over = 0
        else:
            yield value
    if over:
        yield over
