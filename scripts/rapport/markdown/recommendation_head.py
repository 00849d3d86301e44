"""The head of a recommendation: « **Au ministère de la Justice** (CIDE 39 ; clé) : … », read in one place for all.

Head and demand are told apart by the first colon that stands outside brackets, after a space or a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapport import tree
from rapport.language.names import plain
from rapport.model import Node, Recommended

KEY = "cle"  # « clé », as `plain` has it
BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)?")
SEPARATOR = re.compile(r"\s*(?:[,;]|\bet\b)\s*")
STOP = re.compile(r"[()]|:(?<=[\s)\w]:)(?=\s|$)")  # a bracket, or a colon that may end the head
MARK = re.compile(
    r"\s*[;,]\s*cl[ée](?=\s*[;,)])|\s+et\s+cl[ée](?=\s*\))|(?<=\()\s*cl[ée]\s*[;,]\s*|\s*\(\s*cl[ée]\s*\)",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"\s*(?:[,;]|\bet\b|\band\b)\s*(?=(?:au|aux|à|to)\b)", re.IGNORECASE)
TO = re.compile(r"(?:aux?|a la|a l|a)(?: |$)")


def read(item: Sequence[Node]) -> Recommended:
    """What the head of a recommendation says; an empty head where there is none."""
    said = articles(item)
    addressee = tree.text(item[0]["c"][0]).strip(" :") if bold(item) else ""
    named = tuple(" ".join(one.split()) for one in ANOTHER.split(addressee) if one.strip())
    return Recommended(named, tuple(one for one in said if plain(one) != KEY), KEY in map(plain, said))


def compared(head: Recommended, item: Sequence[Node]) -> Recommended:
    """The head with what makes its recommendation the same as another."""
    return replace(head, to=tuple(map(addressee_key, head.addressees)), asks=asked(item))


def bold(item: Sequence[Node]) -> bool:
    """Whether a recommendation begins with words in bold: those it is addressed to, which « Au » alone does not say."""
    first = item[0]["c"] if item and item[0]["t"] in ("Plain", "Para") else []
    return bool(first) and first[0]["t"] == "Strong" and bool(addressee_key(tree.text(first[0])))


def articles(item: Sequence[Node]) -> list[str]:
    """What stands in the brackets before the colon: « (CIDE 39, OPSC 8) » → [« CIDE 39 », « OPSC 8 »]."""
    text = " ".join(_text(item).split())
    head = text[: _colon(text)]
    return [one for match in BRACKETS.finditer(head) for one in SEPARATOR.split(match[1].strip()) if one]


def unmarked(item: Sequence[Node]) -> list[Node]:
    """A recommendation without the word that marks it as key."""
    text = _text(item)
    found = MARK.search(text, 0, _colon(text))
    if not found:
        return list(item)
    return [{**item[0], "c": _cut(item[0]["c"], found.start(), found.end())}, *item[1:]]


def demand(inlines: list[Node]) -> list[Node]:
    """What a recommendation asks: the words after the colon, with a capital; all of them where there is no colon."""
    text = _flat(inlines)
    colon = _colon(text)
    if colon >= len(text.rstrip()) - 1:
        return inlines
    start = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
    return _capital(_cut(inlines, 0, start))


def asked(item: Sequence[Node]) -> str:
    """What a recommendation asks, in plain words: two that ask the same are equal here."""
    first = demand(item[0]["c"]) if item and item[0]["t"] in ("Plain", "Para") else item[:1]
    return plain(tree.text([first, *item[1:]]))


def addressee_key(addressee: str) -> str:
    """An addressee made comparable: « Au ministère de la Justice » → « ministere de la justice »."""
    return TO.sub("", plain(addressee), count=1)


def _text(item: Sequence[Node]) -> str:
    return _flat(item[0]["c"]) if item and item[0]["t"] in ("Plain", "Para") else tree.text(item[0]) if item else ""


def _colon(text: str) -> int:
    """Where the head ends; the length of the text when it has no colon."""
    depth = 0
    for found in STOP.finditer(text):
        sign = found[0]
        if sign == ":" and not depth:
            return found.start()
        depth += (sign == "(") - (sign == ")" and depth > 0)
    return len(text)


def _flat(inlines: Sequence[Node]) -> str:
    """The words of inlines, a place in them for each sign, so that `_cut` finds the same places."""
    words: list[str] = []
    _gather(inlines, words)
    return "".join(words)


def _gather(inlines: Sequence[Node], words: list[str]) -> None:
    for node in inlines:
        match node["t"]:
            case "Str":
                words.append(node["c"])
            case "Space" | "SoftBreak" | "LineBreak":
                words.append(" ")
            case "Code":
                words.append(node["c"][1])
            case "Note":
                pass
            case _:
                _gather(_held(node), words)


def _held(node: Node) -> list[Node]:
    """The inlines that an inline holds."""
    return list(node["c"] if node["t"] in tree.STYLED else node["c"][1])


def _cut(inlines: Sequence[Node], start: int, end: int) -> list[Node]:
    """Inlines without the signs from `start` to `end`; what holds none of them is shared."""
    kept: list[Node] = []
    at = 0
    for node in inlines:
        words = _flat([node])
        here, at = at, at + len(words)
        if at <= start or here >= end:
            kept.append(node)
        elif node["t"] == "Str":
            left = words[: max(start - here, 0)] + words[max(end - here, 0) :]
            again = left and kept and kept[-1]["t"] == "Str"  # one word: « 39 » + « ) »
            before = kept.pop()["c"] if again else ""
            kept += [{"t": "Str", "c": before + left}] if left else []
        elif here < start or end < at:
            inner = _cut(_held(node), start - here, end - here)
            kept.append({**node, "c": inner if node["t"] in tree.STYLED else [node["c"][0], inner, *node["c"][2:]]})
    return kept


def _capital(inlines: list[Node]) -> list[Node]:
    """Inlines that begin a sentence: a first word in small letters gets its capital."""
    if not inlines:
        return inlines
    first, *rest = inlines
    if first["t"] == "Str":
        return [{"t": "Str", "c": first["c"][:1].upper() + first["c"][1:]}, *rest]
    if first["t"] in tree.STYLED:
        return [{**first, "c": _capital(first["c"])}, *rest]
    if first["t"] == "Span":  # the French of what is not translated yet
        return [{**first, "c": [first["c"][0], _capital(first["c"][1])]}, *rest]
    return inlines
