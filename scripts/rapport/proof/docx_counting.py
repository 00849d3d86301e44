"""What Word counts: the numbers of paragraphs and titles, by style, and those of lists."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapport.proof.docx_package import VAL, W
from rapport.proof.list_signs import list_number
from rapport.proof.reading import Element

FORMATS = {"lowerLetter": "LowerAlpha", "upperLetter": "UpperAlpha", "lowerRoman": "LowerRoman",
           "upperRoman": "UpperRoman", "decimal": "Decimal"}  # fmt: skip


class Level(NamedTuple):
    """A level of a list: what it counts from, in which figures, the text around them, the level that restarts it."""

    start: int
    format: str
    text: str
    restart: int | None


class DocxNumbering:
    """Word's counters, moved on paragraph by paragraph."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        self.styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.lists: dict[str, str] = {}
        self.levels: dict[str, dict[int, Level]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        for one in numbering.iter(f"{W}abstractNum"):
            self.levels[one.get(f"{W}abstractNumId")] = dict(map(_level, one.iter(f"{W}lvl")))
        for one in numbering.iter(f"{W}num"):
            name = one.get(f"{W}numId")
            self.lists[name] = one.find(f"{W}abstractNumId").get(VAL)
            self.starts[name] = {
                int(over.get(f"{W}ilvl")): int(over.find(f"{W}startOverride").get(VAL))
                for over in one.iter(f"{W}lvlOverride")
                if over.find(f"{W}startOverride") is not None
            }
        self.by_style: dict[str, tuple[str, int] | None] = {}

    def label(self, style: str, own: Element | None) -> str:
        """What stands before the next paragraph, of this style and these list properties of its own; "" for nothing."""
        place = _place(own) if own is not None else self.style_list(style)
        if place is None or place[0] not in self.lists:
            return ""
        name, level = place
        abstract = self.lists[name]
        levels = self.levels[abstract]
        if level not in levels:
            return ""
        counters = self.counters.setdefault(abstract, {})
        if name not in self.begun:
            self.begun.add(name)
            for at in self.starts[name]:
                counters.pop(at, None)
        first = self.starts[name].get(level, levels[level].start)
        counters[level] = counters[level] + 1 if level in counters else first
        for deeper in [at for at in counters if at > level]:
            restart = levels[deeper].restart
            if restart is None or restart > level:
                del counters[deeper]
        here = levels[level]
        if here.format not in FORMATS:
            return ""

        def figure(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return list_number(counters.get(at, levels[at].start), FORMATS.get(levels[at].format, "Decimal"))

        return re.sub(r"%(\d)", figure, here.text)

    def style_list(self, style: str) -> tuple[str, int] | None:
        """The list that a style counts in, its own or the one it inherits."""
        if style not in self.by_style:
            self.by_style[style] = self._style_list(style)
        return self.by_style[style]

    def _style_list(self, style: str) -> tuple[str, int] | None:
        element = self.styles.get(style)
        if element is None:
            return None
        own = element.find(f"{W}pPr/{W}numPr")
        based = element.find(f"{W}basedOn")
        inherited = self.style_list(based.get(VAL)) if based is not None else None
        if own is None:
            return inherited
        name, level = _place(own)
        return (name or (inherited[0] if inherited else ""), level)


def _place(properties: Element) -> tuple[str, int]:
    level, name = properties.find(f"{W}ilvl"), properties.find(f"{W}numId")
    return (name.get(VAL) if name is not None else "", int(level.get(VAL)) if level is not None else 0)


def _level(element: Element) -> tuple[int, Level]:
    def value(name: str, otherwise: str) -> str:
        found = element.find(f"{W}{name}")
        return otherwise if found is None else str(found.get(VAL))

    restart = value("lvlRestart", "")
    level = Level(
        int(value("start", "1")), value("numFmt", "decimal"), value("lvlText", ""), int(restart) if restart else None
    )
    return int(element.get(f"{W}ilvl")), level
