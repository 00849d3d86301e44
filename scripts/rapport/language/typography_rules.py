"""The rules of typography: text → edits. They see the words of a whole run, whatever nodes these stand in.

French: what the Imprimerie nationale prescribes (spaces, guillemets, ordinals), as UN documents in French apply it.
No rule changes the letters and digits of a word, but for the endings of ordinals (« 2ème » → « 2e »).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from rapport.language.months import FRENCH
from rapport.language.patterns import late_pattern

Edit = tuple[int, int, str, bool]
"""From, to (offsets), what stands there instead, and whether that is raised (« 1er »)."""

Rules = Callable[[str], list[Edit]]

WIDE, NARROW = "\u00a0", "\u202f"
OBJECT = "\ufffc"
"""Stands in the text for what is no text: a note's call, code, an image, words in another language."""

BLANKS = " \u00a0\u202f\u2009"
S = f"[{BLANKS}]"
UNITS = "km|m|m²|km²|cm|mm|kg|g|h|min|ha|°C|k€|M€|Md€|millions?|milliards?"
AFTER = rf"[\s»”\"')\]{OBJECT}]|\Z"  # what may follow a mark that ends a stretch of words

SPACES = late_pattern(f"{S}*")
DIGIT = late_pattern(r"\d")
# A space that is there before a mark; its absence before one. Every pattern begins with a sign that is rare or plain to
# find, and looks back from there: that is what makes them quick, on a hundred thousand spaces in a row too.
SPACED = late_pattern(rf"{S}(?<!{S}.){S}*(?=[;!?:])")
UNSPACED = late_pattern(rf"[;!?](?:(?<=[\w»)\]…”{OBJECT}].)|(?<=\.\.\..))(?=[;!?]*(?:{AFTER}))")
UNSPACED_COLON = late_pattern(rf":(?<=[\w»)\]”{OBJECT}].)(?={AFTER})")
SIGN = late_pattern(rf"(?<=\d){S}*(?=[%€‰])")
THOUSANDS = late_pattern(rf"(?<![\w,/])\d{{1,3}}(?:{S}\d{{3}})+(?![\w/])")
BEFORE_NUMBER = late_pattern(
    rf"(?<!\w)(?:(?:pp?|art|al|par|chap|vol|fig)\.{S}*(?=\d)|[nN][°º]{S}*(?=[\dA-Z])|§{S}*(?=\d)"
    rf"|(?:[Aa]rticles?|[Pp]aragraphes?|[LRD]\.){S}+(?=[\dLRD]))"
)
AFTER_NUMBER = late_pattern(rf"{S}(?:(?<=\d.)|(?<=\der.)){S}*(?=(?:{FRENCH}|{UNITS})(?!\w))")
TITLE = late_pattern(rf"[MDP](?<!\w.)(?:(?<=M)(?:M?\.|mes?|lles?|e)|(?<=[DP])r){S}+(?=[A-ZÀ-ÖØ-Þ])")
ORDINAL = late_pattern(r"[\dIVX](ers?|[èe]?res?|(?:i?[èe]m)?es?|nde?s?)(?![\w/]|-\d)")
APOSTROPHE = late_pattern(r"'(?<=[^\W\d_].)")
DASH = late_pattern(r"-(?<= .)(?= )(?!(?<=\d .) \d)")
QUOTE = late_pattern(r"[«»“”\"]")
ADDRESS = late_pattern(r"(?<![^\s«»“”\"])[^\s«»“”\"]*(?:://|www\.|@|(?<=[A-Z])/)[^\s«»“”\"]*")
OPENED_BY = {"»": "«", "”": "“", '"': '"'}
OPENING = f"{BLANKS}\n([«“'’-–—/{OBJECT}"  # what stands before a straight mark that opens
TRAILING = ".,;:!?…)]’'"  # after an address, this is not part of it
ROMAN_ALONE = late_pattern(r" ?(?:siècle|République|arrondissement|législature|Assemblée|session)")


def french_edits(text: str) -> list[Edit]:
    """What to change in French text."""
    edits = [*_spaces(text), *_marks(text)]
    if DIGIT.search(text):
        edits += _numbers(text)
    edits += _ordinals(text)
    edits += ((m.start(), m.end(), m[0].rstrip(BLANKS) + WIDE, False) for m in TITLE.finditer(text))
    return merge_edits(text, edits + _quotes(text, ("«" + WIDE, WIDE + "»"), ("“", "”")))


def english_edits(text: str) -> list[Edit]:
    """What to change in the English edition's own text: quotation marks, and the spaces of whoever translates."""
    edits = [(m.start(), m.end(), "", False) for m in SPACED.finditer(text)]
    edits += ((m.start(), m.end(), "", False) for m in SIGN.finditer(text) if text[m.end()] == "%")
    return merge_edits(text, [*edits, *_marks(text), *_quotes(text, ("“", "”"), ("‘", "’"))])


def reference_list_edits(text: str) -> list[Edit]:
    """What to change in what citeproc wrote: only spaces that are there, for a title may be in any language."""
    numbers = (edit for edit in _numbers(text) if any(sign in BLANKS for sign in text[edit[0] : edit[1]]))
    spaces = (edit for edit in _spaces(text) if edit[1] > edit[0])
    return merge_edits(text, [*spaces, *numbers])


def no_edits(_: str) -> list[Edit]:
    """Words in another language are left as they were typed."""
    return []


def merge_edits(text: str, edits: list[Edit]) -> list[Edit]:
    """Edits in order, of two that meet the first; none in an address or a symbol (« CRC/C/66/2 »), none for nothing."""
    if not edits:
        return edits
    addresses = _addresses(text)
    kept: list[Edit] = []
    last = 0
    for edit in sorted(edits):
        start, end, new, raised = edit
        while addresses and addresses[0][1] <= start:
            addresses.popleft()
        if start < last or (addresses and addresses[0][0] < end):
            continue
        last = end
        if raised or text[start:end] != new:
            kept.append(edit)
    return kept


def _addresses(text: str) -> deque[tuple[int, int]]:
    """Where addresses and symbols stand, without the marks that follow them."""
    if not ("/" in text or "@" in text or "www." in text):
        return deque()
    return deque((m.start(), m.start() + len(m[0].rstrip(TRAILING))) for m in ADDRESS.finditer(text))


def _spaces(text: str) -> Iterator[Edit]:
    """French spaces before marks: narrow before « ; ! ? », wide before « : » and the signs of numbers."""
    for m in SPACED.finditer(text):
        yield m.start(), m.end(), NARROW if text[m.end()] in ";!?" else WIDE, False
    for pattern, space in ((UNSPACED, NARROW), (UNSPACED_COLON, WIDE)):
        for m in pattern.finditer(text):
            yield m.start(), m.start(), space, False
    if "%" in text or "€" in text or "‰" in text:
        for m in SIGN.finditer(text):
            yield m.start(), m.end(), WIDE, False


def _marks(text: str) -> Iterator[Edit]:
    """Apostrophes, ellipses, and the hyphen typed for a dash (not between numbers: it may be a minus)."""
    if "'" in text:
        yield from ((m.start(), m.end(), "’", False) for m in APOSTROPHE.finditer(text))
    if "..." in text:
        yield from ((m.start(), m.end(), "…", False) for m in re.finditer(r"\.\.\.", text))
    if "-" in text:
        yield from ((m.start(), m.end(), "–", False) for m in DASH.finditer(text))


def _numbers(text: str) -> Iterator[Edit]:
    """What a number is kept together with: its thousands, « art. », its unit, its month."""
    for m in THOUSANDS.finditer(text):
        yield m.start(), m.end(), re.sub(S, NARROW, m[0]), False
    for m in BEFORE_NUMBER.finditer(text):
        yield m.start(), m.end(), m[0].rstrip(BLANKS) + WIDE, False
    for m in AFTER_NUMBER.finditer(text):
        yield m.start(), m.end(), WIDE, False


def _ordinals(text: str) -> Iterator[Edit]:
    """« 2ème » → 2e, « XXIe » → XXIe, the ending raised; « Le », « Ce » and other words are none."""
    for m in ORDINAL.finditer(text):
        begin = m.start()
        figures = str.isdigit if text[begin].isdigit() else "IVX".__contains__
        while begin and figures(text[begin - 1]):
            begin -= 1
        ending = _ending(text[begin : m.start() + 1], m[1])
        if text[begin].isdigit() or ending == "er" or m.start() > begin:
            alone = False
        else:
            alone = not ROMAN_ALONE.match(text, m.end())
        if ending and not alone and not (begin and (text[begin - 1].isalnum() or text[begin - 1] in "/_")):
            yield m.start(1), m.end(1), ending, True


def _ending(number: str, typed: str) -> str:
    """The ending that French gives an ordinal, or "" where the typed one is none."""
    many = "s" if typed.endswith("s") else ""
    kind = typed.removesuffix("s")
    if kind == "er" or kind in ("re", "ère", "ere"):
        return ("er" if kind == "er" else "re") + many if number in ("1", "I") else ""
    if kind in ("nd", "nde"):
        return kind + many if number == "2" else ""
    return "e" + many


def _quotes(text: str, outer: tuple[str, str], inner: tuple[str, str]) -> list[Edit]:
    """Quotation marks by depth. From where they do not nest (a quotation runs on), guillemets get spaces, no more."""
    found = list(QUOTE.finditer(text))
    if sum(m[0] == '"' for m in found) % 2:
        found = [m for m in found if m[0] != '"']
    edits: list[Edit] = []
    chunk: list[Edit] = []
    stack: list[re.Match[str]] = []
    begun = 0
    inside = sum(m[0] == "»" for m in found) > sum(m[0] == "«" for m in found)  # it began in another paragraph
    for index, m in enumerate(found):
        sign, at = m[0], m.start()
        marks = inner if stack or inside else outer
        if sign in "«“" or (sign == '"' and (at == 0 or text[at - 1] in OPENING)):
            begun = begun if stack else index
            chunk.append(_mark(text, at, marks[0], True))
            stack.append(m)
        elif not stack:  # it closes nothing that was opened here
            edits += _guillemets(text, [m], outer)
            inside = inside and sign != "»"
        elif (opened := stack.pop())[0] != OPENED_BY[sign]:
            break
        else:
            mark = (inner if stack or inside else outer)[1]
            empty = SPACES.fullmatch(text, opened.end(), at)  # then the spaces are the opening mark's
            chunk.append((at, at + 1, mark.strip(BLANKS), False) if empty else _mark(text, at, mark, False))
            if not stack:
                edits += chunk
                chunk = []
    return edits + _guillemets(text, found[begun:], outer) if chunk else edits


def _guillemets(text: str, found: Iterable[re.Match[str]], marks: tuple[str, str]) -> list[Edit]:
    """Guillemets in their places, with the spaces that they have in French."""
    if marks[0][0] != "«":
        return []
    return [_mark(text, m.start(), marks[m[0] == "»"], m[0] == "«") for m in found if m[0] in "«»"]


def _mark(text: str, at: int, mark: str, opens: bool) -> Edit:
    """The edit that puts a mark in place of a typed one and of the spaces on its inner side."""
    start, end = at, at + 1
    if opens:
        while end < len(text) and text[end] in BLANKS:
            end += 1
        bare = end == len(text) or text[end] == "\n"
    else:
        while start and text[start - 1] in BLANKS:
            start -= 1
        if start and text[start - 1] == "«":
            return at, end, mark.strip(BLANKS), False
        bare = start == 0 or text[start - 1] == "\n"
    return start, end, mark.strip(BLANKS) if bare else mark, False
