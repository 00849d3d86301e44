"""The sentences of what is printed that say a number, in folded words, as `prose` looks for hidden numbers in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from rapport.figures.comparisons import COMPARED, IN_WORDS, MARK, NUMBER, WORDS
from rapport.language.folding import fold_words
from rapport.language.number_words import COLLECTIVE, MOST, number_words
from rapport.model import Source
from rapport.project.agreements import AGREEMENTS
from rapport.project.read import CONTRIBUTIONS, ENGLISH, FIGURE_PAGES, REGISTER

DATA = (".yaml", ".bib")  # in which each line says a thing of its own
NOT_PRINTED = (*FIGURE_PAGES.values(), REGISTER, AGREEMENTS)
BLOCK = re.compile(r"[^\n]+\n?(?:(?! {0,3}\[\^[^\]\s]+\]:)[^\n]+\n?)*")  # a note is one
LISTED = re.compile(r"\s*(?:\||(?:[-*+]|(?:\d{1,3}|[a-z])[.)])\s)")
HEADING = re.compile(r"#+ (.*)")
MARKS = re.compile(r"[*_~^\\`<>{}\[\]\u00ad\u200b-\u200d\u2060]")
NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]:?")  # « [^1] »
DECIMALS = re.compile(
    r"\d+[.,](?:0+(?=\s*(?:\w|\||$))|\d+(?=\s?(?:%|pour cent|per ?cent)))"
)  # « 4,0 enfants », « 24,6 % »
INCLUSIVE = re.compile(r"(?<=\w)(?:(?:[·‧•]\w{1,4})+|-e(?:-?s)?)\b")  # « mineur·e·s », « mineur-e-s »
SIGNS = re.compile(r"[:,;.!?…()«»=“”\"|]|(?<!\d)[–—]|[–—](?!\d)")
ADDED = re.compile(r"(?<![\w-])\d+(?:\s*\+\s*\d+|\s+[-−–]\s+\d+|\s*−\s*\d+)+(?![\w-])")  # « 35 − 32 », « 2 + 1 »
ENCLOSED = re.compile("[①-⑳⓪-⓿❶-➓⑴-⒛]")  # « ③ », « ⑶ », « ⒊ »
NOTE = re.compile(r" {0,3}(\[\^[^\]\s]+\]):")
MARKER = re.compile(r"(?m)^\s*\d{1,3}[.)](?=\s)")  # « 3. » before a point of a list
SENTENCE = re.compile(r"[^.!?;…]*+(?:[.!?;…](?!\s)[^.!?;…]*+)*+[.!?;…]?")
OTHER_IN_FRENCH = re.compile(r"\b(?:case|file|sale)(?=s?\b)")  # boxes, queues and dirty ones
SentenceWithNumber = tuple[int, int, str, str]
"""Where it begins, the length of its first line, its folded words, those that stand above it."""


def printed_texts(sources: Iterable[Source]) -> Iterator[Source]:
    """The texts that are printed and that somebody typed: contributions, translations, the editor's pages and lists."""
    yield from (one for one in sources if one.path.endswith((".md", ".md.j2", *DATA)) and one.path not in NOT_PRINTED)


def sentences_with_numbers(source: Source) -> Iterator[SentenceWithNumber]:
    """What of a text can say a hidden number: each sentence, line of a table or caption that says a number at all."""
    theme = source.path.rpartition("/")[2].partition(".")[0]
    is_french = source.path.startswith(CONTRIBUTIONS) and not source.path.endswith((ENGLISH, *DATA))
    for at, sentence, beside, above in _sentences(source):
        words = NUMBER.sub(" ", _folded(beside)) + _folded(sentence)
        words = OTHER_IN_FRENCH.sub("objet", words) if is_french else words
        if NUMBER.search(words) or COMPARED.search(words):
            start = at + len(sentence) - len(sentence.lstrip())
            yield start, len(sentence.strip().split("\n")[0]), words, _folded(f"{theme} {above}")


@lru_cache(64)  # a paragraph stands above each of its sentences
def _folded(text: str) -> str:
    """Words alone, each sign between them `MARK`, each number in digits: « 2 078 » is 2078, « 4,5 » is none."""
    text = INCLUSIVE.sub("s", NOTE_CALL.sub(" ", text).replace("^[", " "))
    text = re.sub(r"(?![0-9])\d", lambda digit: str(int(digit[0])), text)  # « ３ », of other keyboards
    text = ENCLOSED.sub(lambda number: f" {int(unicodedata.numeric(number[0], 0))} ", text)
    text = ADDED.sub(_with_result, text)
    text = re.sub(r"(?<=\d)[.,\s\u202f](?=\d{3}\b)", "", MARKS.sub("", text))
    text = DECIMALS.sub(lambda number: str(round(float(number[0].replace(",", ".")))), text)
    text = re.sub(r"(?<=\d)[.,](?=\d)", MARK, text)
    text = re.sub("%|pour cent|per cent", " percent ", text).replace("°", " degre ")
    pattern, numbers = _said_numbers()
    said = pattern.sub(lambda found: f"{IN_WORDS}{numbers[found[0]]}", fold_words(SIGNS.sub(f" {MARK} ", text)))
    return f" {said} "


def _with_result(found: re.Match[str]) -> str:
    """Numbers that are added or subtracted, and what that makes: « 35 ; 32 ; 3 »."""
    terms = [(-1 if sign else 1) * int(number) for sign, number in re.findall(r"([-−–])?\s*(\d+)", found[0])]
    return " ; ".join(str(abs(term)) for term in (*terms, sum(terms))) if sum(terms) > 0 else found[0]


@cache
def _said_numbers() -> tuple[re.Pattern[str], dict[str, int]]:
    """The numbers from one that words say, « un » alone is none: the longest first, « vingt-quatre » is one number."""
    known = {said: number for number in (*range(1, MOST + 1), *COLLECTIVE) for said in number_words(number)}
    numbers = {said: number for said, number in known.items() if said not in ("un", "une", "one")}
    return re.compile(rf"\b(?:{'|'.join(sorted(numbers, key=len, reverse=True))})\b"), numbers


def _sentences(source: Source) -> Iterator[tuple[int, str, str, str]]:
    """The sentences of a text as it was typed, and each row of its tables; the heads of a row's columns, and the
    line that leads to a list or a table; above each its heading and its paragraph, that which calls it above a note.
    """
    text, is_data, heading, lead = source.text, source.path.endswith(DATA), "", ""
    for block in BLOCK.finditer(text):
        title = HEADING.match(block[0])
        heading = title[1] if title and not is_data else heading
        is_table = block[0].lstrip().startswith("|")
        note = NOTE.match(block[0])
        called = _paragraph_with(text, note[1]) if note else ""
        is_in_lines = is_data or is_table or block[0].startswith("---")  # the header of a text
        is_listed = LISTED.match(block[0])
        items = MARKER.sub(lambda marker: " " * len(marker[0]), block[0]) if is_listed else block[0]
        parts = re.finditer(r"[^\n]+", block[0]) if is_in_lines else SENTENCE.finditer(items)
        head = block[0].lstrip().partition("\n")[0] if is_table else ""
        heads = f"{lead} {head}" if is_listed and not is_data else head
        above = heading if is_in_lines else f"{heading} {called} {block[0]}"
        if not is_listed:
            lead = re.split(r"[.!?] ", block[0])[-1] if block[0].rstrip().endswith(":") else ""
        for part in parts:
            if part[0].strip() and not (is_data and part[0].lstrip().startswith("#")):  # a comment is not printed
                yield block.start() + part.start(), _without_labels(part[0], head), heads, above


def _paragraph_with(text: str, call: str) -> str:
    """The paragraph that calls a note."""
    at = text.find(call)
    return text[text.rfind("\n\n", 0, at) + 1 : text.find("\n\n", at)]


def _without_labels(row: str, head: str) -> str:
    """A row of a table with blanks for the numbers under « Article » or « Page »; any other line as it is."""
    titles = [fold_words(title).split()[:1] for title in head.split("|")]
    cells = row.split("|")
    for at, title in enumerate(titles[: len(cells)]):
        if WORDS["labels"].intersection(title):
            cells[at] = re.sub(r"\d", " ", cells[at])
    return "|".join(cells)
