"""The head of a recommendation: « **Au ministère de la Justice** (CIDE 39 ; clé) : … », read in one place for all.

Head and demand are told apart by the first colon that stands outside brackets, after a space or a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.language.articles import Articles
from rapport.language.folding import fold_words
from rapport.model import Addressee, Node, Outline, RecommendationHead

KEY = "cle"  # « clé », as `plain` has it
BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)?")
SEPARATOR = re.compile(r"\s*(?:[,;]|\bet\b)\s*")
STOP = re.compile(r"[()]|:(?<=[\s)\w]:)(?=\s|$)")  # a bracket, or a colon that may end the head
LATE = re.compile(r":\s*\((?=[^()]*(?:\d|cl[ée]))[^()]*\)(?=\s)(?:\s*[:–-](?=\s))?", re.IGNORECASE)
"""Articles in brackets that come after the colon: « **Au Parlement :** (CIDE 3) légiférer »."""
NUMBERED = re.compile(r"\s*\([^()]*\d[^()]*\)")  # articles that stand in the bold too
MARK = re.compile(
    r"\s*[;,]\s*cl[ée](?=\s*[;,)])|\s+et\s+cl[ée](?=\s*\))|(?<=\()\s*cl[ée]\s*[;,]\s*|\s*\(\s*cl[ée]\s*\)",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"\s*(?:[,;]|\bet\b|\band\b)\s*(?=(?:au|aux|à|to)\b)", re.IGNORECASE)
TO = re.compile(r"^(?:aux?|a la|a l|a)(?: |$)")


def read(item: Sequence[Node]) -> RecommendationHead:
    """What the head of a recommendation says; an empty head where there is none."""
    said = articles(item)
    bold = tree.text(tree.first_inlines(item)[0]) if has_bold_addressee(item) else ""
    addressee = NUMBERED.sub("", bold).strip(" :")
    named = tuple(" ".join(one.split()) for one in ANOTHER.split(addressee) if one.strip())
    return RecommendationHead(named, tuple(one for one in said if fold_words(one) != KEY), KEY in map(fold_words, said))


def with_comparison_keys(
    head: RecommendationHead, item: Sequence[Node], known: Mapping[str, Addressee], articles: Articles
) -> RecommendationHead:
    """The head with each article by itself and what makes it equal another; `known` is what `addressees` gives."""
    keys = (addressee_key(name) for name in head.addressees)
    to = (addressee_key(known[key].name) if key in known else key for key in keys)
    said = articles.canonical(brackets(item))
    return replace(head, addressee_keys=tuple(to), demand_key=demand_words(item), articles=said)


def addressees(outline: Outline) -> Mapping[str, Addressee]:
    """Every addressee of the outline, by each of its names made comparable."""
    return {addressee_key(name): entry for entry in outline.addressees for name in (*entry.other_names, entry.name)}


def has_bold_addressee(item: Sequence[Node]) -> bool:
    """Whether a recommendation begins with words in bold: those it is addressed to, which « Au » alone does not say."""
    first = tree.first_inlines(item)
    return bool(first) and tree.kind(first[0]) == "Strong" and bool(addressee_key(tree.text(first[0])))


def brackets(item: Sequence[Node]) -> list[str]:
    """What stands in the brackets before the colon, but for the mark: « CIDE 39, OPSC 8 »."""
    text = " ".join(_text(item).split())
    head = MARK.sub("", text[: _colon(text)])
    return [match[1].strip() for match in BRACKETS.finditer(head)]


def articles(item: Sequence[Node]) -> list[str]:
    """What stands there, piece by piece: « (CIDE 39, OPSC 8) » → [« CIDE 39 », « OPSC 8 »]."""
    text = " ".join(_text(item).split())
    head = text[: _colon(text)]
    return [one for match in BRACKETS.finditer(head) for one in SEPARATOR.split(match[1].strip()) if one]


def without_key_mark(item: Sequence[Node]) -> list[Node]:
    """A recommendation without the word that marks it as key."""
    text = _text(item)
    found = MARK.search(text, 0, _colon(text))
    if not found:
        return list(item)
    return tree.with_first_inlines(item, _cut(tree.first_inlines(item), found.start(), found.end()))


def demand(inlines: list[Node]) -> list[Node]:
    """What a recommendation asks: the words after the colon, with a capital; all of them where there is no colon."""
    text = _letters(inlines)
    colon = _colon(text)
    if colon >= len(text.rstrip()) - 1:
        return inlines
    start = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
    return tree.with_capital(_cut(inlines, 0, start))


def demand_words(item: Sequence[Node]) -> str:
    """What a recommendation asks, in plain words: two that ask the same are equal here."""
    first = demand(tree.first_inlines(item)) if _begins_with_words(item) else item[:1]
    return fold_words(tree.text([first, *item[1:]]))


def addressee_key(addressee: str) -> str:
    """An addressee made comparable: « Au ministère de la Justice » → « ministere de la justice »."""
    return TO.sub("", fold_words(addressee), count=1)


def _text(item: Sequence[Node]) -> str:
    return _letters(tree.first_inlines(item)) if _begins_with_words(item) else tree.text(list(item[:1]))


def _begins_with_words(item: Sequence[Node]) -> bool:
    return bool(item) and tree.kind(item[0]) in tree.PARAGRAPHS


def _colon(text: str) -> int:
    """Where the head ends, on its last sign; the length of the text when it has no colon."""
    depth = 0
    for found in STOP.finditer(text):
        sign = found[0]
        if sign == ":" and not depth:
            late = None if "(" in text[: found.start()] else LATE.match(text, found.start())
            return late.end() - 1 if late else found.start()
        depth += (sign == "(") - (sign == ")" and depth > 0)
    return len(text)


def _letters(inlines: Sequence[Node]) -> str:
    """The words of inlines, a place in them for each sign, so that `_cut` finds the same places."""
    return tree.read_text(list(inlines)).words


def _cut(inlines: Sequence[Node], start: int, end: int) -> list[Node]:
    """Inlines without the signs from `start` to `end`; what holds none of them is shared."""
    left: list[Node] = []
    at = 0
    for place, node in enumerate(inlines):
        if at >= end:
            return [*left, *inlines[place:]]
        words = _letters([node])
        here, at = at, at + len(words)
        if at <= start:
            left.append(node)
        elif tree.kind(node) == "Str":
            rest = words[: max(start - here, 0)] + words[max(end - here, 0) :]
            again = rest and left and tree.kind(left[-1]) == "Str"  # one word: « 39 » + « ) »
            before = tree.letters(left.pop()) if again else ""
            left += [tree.word(before + rest)] if rest else []
        elif here < start or end < at:
            left.append(tree.with_inlines(node, _cut(tree.inlines(node), start - here, end - here)))
    return left
