"""Numbers of articles however they are typed: « 12 et 39 », « 42-43 », « 34 à 36 », « 37(b) et c) », « 40, par. 2 »."""

from __future__ import annotations

import re
from collections.abc import Iterator

BIS = r"(?:\s?(?:bis|ter|quater|quinquies)\b)?"
NUMBER = rf"\d{{1,3}}(?:[.-]\d{{1,3}})*(?![\d/]){BIS}(?:\s[a-z]\))?(?:\s[ivx]+\))?"
LETTER = r"(?:[a-z]|[ivx]+)\)(?:\s[ivx]+\))?"  # « 37 b) et c) »: the number before goes on
JOINT = r"\s?(?:,|;|/|&|et|ou|ainsi que|and|or|as well as|to|à|-|–)\s?"
ARTICLES = r"(?:(?:l'|les\s|the\s)?art(?:icles?|s?\.)\s)?"
NUMBERS = rf"{NUMBER}(?:{JOINT}(?:{NUMBER}|{LETTER}))*"
NUMBERS_BEFORE = rf"{NUMBER}(?:{JOINT}{ARTICLES}(?:{NUMBER}|{LETTER}))*"  # « article 3 et article 4 de la Convention »
ONE = re.compile(rf"(?P<joint>{JOINT})?{ARTICLES}(?P<number>{NUMBER}|{LETTER})")
THROUGH = re.compile(r"\s?(?:à|to|-|–)\s?$")
HYPHEN = re.compile(r"(\d{1,3})-(\d{1,3})")
PARAGRAPHS = re.compile(r"(\d{1,3}\.)(\d{1,2})-(\d{1,2})")
ROMAN = re.compile(r"(.*\s)([ivx]+)\)")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
FOLLOWING = r"\s(?:(?:et|and)\s(?:suiv(?:antes?|ants?|\.)?|s\.|following|seq\.?)|(?:ss|sqq?|ff)\b\.?)"
"""« 19 et suivants »: which ones, nobody can tell."""
LAST = re.compile(r"(.*?)(\d+|[a-z])(\)?)")
SUB = re.compile(r"\s[a-z]+\)")
SEVERAL = re.compile(
    r"\b(?P<article>\d{1,3}),?\s?(?P<word>\b(?:paragraphe?s?|paras?\.|pars?\.|alinéas?|al\.)|§§?)\s?"
    r"(?P<first>\d{1,2})(?P<more>(?:\s?(?:,|et|ou|and|or|&|à|to|-|–)\s?\d{1,2}(?![\w.]))+)"
)
BRACKETED = re.compile(r"\b(\d{1,3})\.(\d{1,2})((?:\s?(?:,|et|ou|and|or|&|à|to|-|–)\s?\(\s?\d{1,2}\s?\))+)")
PLURAL = re.compile(r"\w+s\.?|§§")
WIDEST = 60  # articles in « 1 à 42 »: more are not a range
PARAGRAPH = ("§", "paragraph", "par.", "pars.", "para.", "paras.", "alinéa", "al.")
LETTERED = ("alinéa", "al.", "lettre", "point", "litt.")
EVENED = (
    (("/",), re.compile(r"(?<![\d/])(\d{1,3})/(?=\d{2,3}(?![\d/]))"), r"\1, "),  # « 12/39 »; « 12/2 » is a paragraph
    (("er", "ᵉʳ"), re.compile(r"(\d)\s?(?:er|ᵉʳ)\b"), r"\1"),
    (("article ",), re.compile(r"article (?:premier|first)\b"), "article 1"),
    (PARAGRAPH, re.compile(r",?\s?(?:\b(?:paragraphe?|par\.|para\.|alinéa|al\.)|§)\s?(\d+)"), r".\1"),
    (PARAGRAPH, re.compile(r",?\s?\b(?:paragraphe?|par\.|alinéa|al\.)\s(?:premier|first)\b"), ".1"),
    (LETTERED, re.compile(r",?\s(?:alinéa|al\.|lettre|point|litt\.)\s(?=[a-z]\))"), " "),
    ((")",), re.compile(r"(\d)\s?\(\s?(\d{1,2})\s?\)"), r"\1.\2"),
    ((")",), re.compile(r"(\d)[.\s]?\(?([a-z])\s?\)"), r"\1 \2)"),
    (("",), re.compile(r"(\d)([a-h])\b(?!\))"), r"\1 \2)"),
    ((")",), re.compile(r"(?<=[a-z]\))[.\s]?\(?([ivx]+|[a-z])\)"), r" \1)"),
)
"""What is made even, and how: of each row, one of the signs stands in whatever its pattern finds."""


def normalise_numbers(text: str) -> str:
    """A text with its numbers of articles typed one way: « 3 §1(a)(ii) » → « 3.1 a) ii) »."""
    text = " ".join(text.split()).replace("’", "'").replace("\u2011", "-")
    if any(sign in text for sign in PARAGRAPH):
        text = SEVERAL.sub(_each_of_its_article, text)
    for signs, pattern, instead in EVENED:
        if any(sign in text for sign in signs):
            text = pattern.sub(instead, text)
    return BRACKETED.sub(_each_bracket_of_its_article, text) if ")" in text else text


def _each_bracket_of_its_article(several: re.Match[str]) -> str:
    """« 12.1 et (2) » → « 12.1 et 12.2 »."""
    return f"{several[1]}.{several[2]}" + re.sub(r"\(\s?(\d+)\s?\)", rf"{several[1]}.\1", several[3])


def _each_of_its_article(several: re.Match[str]) -> str:
    """« 12 al. 1 et 2 » → « 12.1 et 12.2 »; « 12 al. 1 et 39 » is an article more, unless the word is a plural."""
    article, before = several["article"], int(several["first"])

    def own(number: re.Match[str]) -> str:
        nonlocal before
        is_paragraph = bool(PLURAL.fullmatch(several["word"])) or before < int(number[0]) <= int(article)
        before = int(number[0]) if is_paragraph else int(article)
        return f"{article}.{number[0]}" if is_paragraph else number[0]

    return f"{article}.{several['first']}" + re.sub(r"\d+", own, re.sub(r"\s?[-–]\s?", " à ", several["more"]))


def article_numbers(numbers: str, *, code: bool = False) -> Iterator[str]:
    """Every number of « 34, 35 et 37 à 39 »; in a code a hyphen is part of a number (« 225-4-1 »)."""
    before = ""
    for match in ONE.finditer(numbers):
        number = match["number"]
        if number[0].isalpha():
            number = _continued(before, number)
        if before and THROUGH.match(match["joint"] or ""):
            yield from (through := _through(before, number))[1:]
            number = through[-1]
        elif not code and (pair := HYPHEN.fullmatch(number)) and int(pair[1]) < int(pair[2]):
            yield from (through := _through(pair[1], pair[2]))
            number = through[-1]
        elif not code and (paragraphs := PARAGRAPHS.fullmatch(number)):
            yield from (through := _through(*_ends(paragraphs)))
            number = through[-1]
        elif not code and pair and len(pair[2]) == 1:  # « 3-1 » is « 3.1 »
            number = f"{pair[1]}.{pair[2]}"
            yield number
        else:
            yield number
        before = number


def backward_range(numbers: str, *, code: bool = False) -> str:
    """The first range of a list that ends before it begins, the right way round: « 43 à 42 » → « 42 à 43 »; or ""."""
    before = ""
    for match in ONE.finditer(numbers):
        number = match["number"]
        if number[0].isalpha():
            number = _continued(before, number)
        ends = [before, number] if before and THROUGH.match(match["joint"] or "") else []
        if not code and not ends and (pair := HYPHEN.fullmatch(number)) and len(pair[2]) > 1:
            ends = [pair[1], pair[2]]
        elif not code and not ends and (paragraphs := PARAGRAPHS.fullmatch(number)):
            ends = _ends(paragraphs)
        if ends and _between(ends[1], ends[0]):
            return f"{ends[1]} à {ends[0]}"
        before = number
    return ""


def _ends(paragraphs: re.Match[str]) -> list[str]:
    """« 12.1-2 » → « 12.1 », « 12.2 »."""
    return [paragraphs[1] + paragraphs[2], paragraphs[1] + paragraphs[3]]


def _continued(before: str, letter: str) -> str:
    """« c) » after « 37 b) » is « 37 c) »; « iii) » after « 40.2 b) ii) » is « 40.2 b) iii) »."""
    subs = SUB.findall(before)
    deep = len(subs) > 1 and set(letter[:-1]) <= set("ivx")
    return before[: len(before) - sum(map(len, subs[1:] if deep else subs))] + " " + letter


def _through(first: str, last: str) -> list[str]:
    """The numbers from one to another, both with them; the two alone where they are no range."""
    return _between(first, last) or [first, last]


def _between(first: str, last: str) -> list[str]:
    """The numbers of a range; [] where the two are none: « 3 à 12.1 », « 43 à 42 »."""
    roman, to = ROMAN.fullmatch(first), ROMAN.fullmatch(last)
    if roman and to and roman[1] == to[1] and {roman[2], to[2]} <= set(ROMANS):
        begin, end = ROMANS.index(roman[2]), ROMANS.index(to[2])
        return [f"{roman[1]}{number})" for number in ROMANS[begin : end + 1]] if begin < end else []
    low, high = LAST.fullmatch(first), LAST.fullmatch(last)
    if not low or not high or low[1] != high[1] or low[3] != high[3]:
        return []
    if low[2].isdigit() and high[2].isdigit() and int(low[2]) < int(high[2]) <= int(low[2]) + WIDEST:
        return [f"{low[1]}{number}{low[3]}" for number in range(int(low[2]), int(high[2]) + 1)]
    if low[2].isalpha() and high[2].isalpha() and low[2] < high[2]:
        return [f"{low[1]}{chr(letter)}{low[3]}" for letter in range(ord(low[2]), ord(high[2]) + 1)]
    return []
