"""What says a number by others: a share, a multiple, a sum, a difference, what is left of a whole.

In folded words (see `prose`): a number is in digits, « w4 » where words said it; « zz » is a sign between two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

IN_WORDS, MARK = "w", "zz"
NUMBER = re.compile(rf"\b({IN_WORDS}?)(\d+)\b")
WORDS = {
    kind: frozenset(words.split())
    for kind, _, words in (line.partition(":") for line in (Path(__file__).parent / "words.txt").open(encoding="utf-8"))
}
"""Who is counted and in what units, what a number of a place in a text follows, what no noun of a number is."""
PERSONS, UNITS = (
    frozenset(word + end for word in WORDS[kind] for end in ("", "s", "x")) for kind in ("people", "units")
)
PEOPLE = PERSONS | UNITS
SHARES = {
    "moitie": 2, "demi": 2, "half": 2, "tier": 3, "third": 3, "quart": 4, "quarter": 4, "percent": 100,
    "cinquieme": 5, "fifth": 5, "sixieme": 6, "sixth": 6, "septieme": 7, "seventh": 7, "huitieme": 8, "eighth": 8,
    "neuvieme": 9, "ninth": 9, "dixieme": 10, "tenth": 10, "douzieme": 12, "twelfth": 12, "vingtieme": 20,
}  # fmt: skip
TIMES = re.compile(rf"\b(?:{IN_WORDS}?(\d+) (?:fois|times) (?:plus|moins|more|less|fewer|as)|twice|double)\b")
SHARE = re.compile(rf"(?:\b{IN_WORDS}?(\d+) )?\b({'|'.join(SHARES)})s?\b")
ORDINALS = {
    "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4,
    "cinquieme": 5, "fifth": 5, "sixieme": 6, "sixth": 6, "septieme": 7, "seventh": 7, "huitieme": 8, "eighth": 8,
    "neuvieme": 9, "ninth": 9, "dixieme": 10, "tenth": 10,
}  # fmt: skip
SOME = "|".join(PEOPLE)
ONE_OF = rf"(?:{IN_WORDS}?(\d+)|une?|an?|one) (?:\w+ )??(?:{SOME})"
ONE = rf"(?:{IN_WORDS}?(\d+)(?: (?:{SOME})(?: (?!{MARK})\w+)?)?|(?:une?|an?|one)(?: (?!{MARK})\w+){{0,2}}?)"
ONE_IN = re.compile(rf"\b{ONE} (?:sur|in|out of) {IN_WORDS}?(\d+)\b")
SUM = re.compile(rf"\b{ONE_OF} (et|and|{MARK}) {ONE_OF}\b")
AND = r"[^.]{0,24}?\b(?:et|puis|plus|and|then)"
ONE_MORE = re.compile(
    rf"\b{ONE_OF} {AND} (?:{IN_WORDS}?(\d+)|une?) (?:autres?|others?|more)\b|\b{ONE_OF} {AND} another\b"
)
LAST_OF = re.compile(
    rf"\b({'|'.join(ORDINALS)}) (?:{'|'.join(PERSONS)})\b"
    rf"|\b{ONE_OF} {AND} (?:une?|la|le|a|the) ({'|'.join(ORDINALS)}) (?:{MARK}|one\b)"
)
MORE = re.compile(rf"\b{IN_WORDS}?(\d+) (?:(?:{SOME}) )?(?:de plus|de moins|more|fewer|less)\b")
REST = re.compile(r"\b(?:autres|reste|restants?|restantes?|others|rest|remaining|remainder)\b")
PART = re.compile(r"\b(?:sur|dont|parmi|des|tout|total|out|of|among|including|all)\b")
"""The words of a part and its whole: « sur les 27, 24 », « 27 mineurs, dont 24 », « 24 of the 27 »."""
YEARS = frozenset(range(1900, 2100))
COMPARED = re.compile("|".join(one.pattern for one in (SHARE, ONE_IN, TIMES, SUM, ONE_MORE, LAST_OF, MORE, REST)))


def shares(words: str) -> Iterator[tuple[int, int]]:
    """Each share that is said, its part and its whole: « deux tiers », « un enfant sur quatre »."""
    yield from ((int(said[1] or 1), SHARES[said[2]]) for said in SHARE.finditer(words))
    yield from ((int(said[1] or 1), int(said[2])) for said in ONE_IN.finditer(words) if int(said[2]))


def ratios(words: str) -> Iterator[float]:
    """What words say that one number is of another."""
    yield from (part / whole for part, whole in shares(words))
    for said in TIMES.finditer(words):
        if times := int(said[1] or 2):
            yield from (float(times), 1 / times)


def wholes(words: str, numbers: Iterable[int]) -> Iterator[int]:
    """Of what these numbers are the share that the words name: of 16, where they say « un quart » and 4 is one."""
    for part, whole in shares(words):
        yield from (number * whole // part for number in numbers if part and not number * whole % part)


def sums(words: str) -> Iterator[int]:
    """The sums of people that words say: « deux garçons et une fille », « deux garçons puis un autre », « un troisième
    garçon »; not « un enfant, une victime ».
    """
    yield from (ORDINALS[said[1] or said[3]] for said in LAST_OF.finditer(words))
    yield from (int(said[1] or said[3] or 1) + int(said[2] or 1) for said in ONE_MORE.finditer(words))
    for said in SUM.finditer(words):
        if said[2] != MARK or said[1] or said[3]:
            yield int(said[1] or 1) + int(said[3] or 1)


def numbers_said(words: str) -> frozenset[int]:
    """The numbers of folded words."""
    return frozenset(int(said[2]) for said in NUMBER.finditer(words))


def parts(words: str, above: str) -> Iterator[tuple[int, int]]:
    """Each pair of numbers of which the second may be a part of the first: one said here, the other here or above."""
    if PART.search(words) or REST.search(words):
        here = numbers_said(words) - YEARS
        yield from ((whole, part) for whole in here | numbers_said(above) - YEARS for part in here if whole > part)


def differences(words: str) -> Iterator[int]:
    """By how many one number is said to be more or less than another."""
    yield from (int(said[1]) for said in MORE.finditer(words))
