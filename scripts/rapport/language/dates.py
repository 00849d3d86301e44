"""Dates as people type them in a form, made ISO, and whether one could be sure."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from rapport.language.folding import fold_words
from rapport.language.months import MONTHS

FIGURES = re.compile(r"\b(\d{1,2})\s*[/.\-\u2010-\u2013]\s*(\d{1,2})\s*[/.\-\u2010-\u2013]\s*(\d{4}|\d{2})\b")
YEAR_FIRST = re.compile(r"\b(\d{4})[-/.\u2010-\u2013](\d{1,2})[-/.\u2010-\u2013](\d{1,2})\b")
WORDS = re.compile(r"(?:\b(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+)?\b(?P<month>[a-z]{3,9})\s+(?P<year>\d{4})\b")
MONTH_FIRST = re.compile(r"\b(?P<month>[a-z]{3,9})\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<year>\d{4})\b")


class Day(Struct, frozen=True):
    """A date in ISO, "" where none was understood; `is_certain` says that it can only be this one."""

    iso: str = ""
    is_certain: bool = True


def read(text: str, language: str = "fr") -> Day:
    """« 12 janvier 2015 », « 12/01/2015 », « 2015-01-12 »; a day left out is the first, and not sure."""
    if found := YEAR_FIRST.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := FIGURES.search(text):
        return _figures(int(found[1]), int(found[2]), found[3], language)
    said = fold_words(text)
    for shape in (MONTH_FIRST, WORDS):
        for match in shape.finditer(said):
            if month := _month(match["month"]):
                return _day(int(match["year"]), month, int(match["day"] or 1), bool(match["day"]))
    return Day()


def _figures(first: int, second: int, year: str, language: str) -> Day:
    """The day comes first, as in France and in Britain; in English one cannot be sure of that."""
    sure = len(year) == 4 and (language == "fr" or first > 12 or first == second)
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    if second > 12 >= first:
        return _day(whole, first, second, False)
    return _day(whole, second, first, sure)


def _day(year: int, month: int, day: int, sure: bool = True) -> Day:
    try:
        return Day(date(year, month, day).isoformat(), sure)
    except ValueError:
        return Day()


def _month(word: str) -> int:
    """The number of a month by its name or an abbreviation that means no other; 0 for any other word."""
    for names in MONTHS.values():
        likely = [number for number, name in enumerate(names, 1) if fold_words(name).startswith(word)]
        if len(likely) == 1:
            return likely[0]
    return 0
