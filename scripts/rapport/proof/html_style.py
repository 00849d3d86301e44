"""What a page's style sheet does to words: nothing that hides, shrinks, moves, covers or adds any.

An allow-list: properties and kinds of values that no style sheet of ours uses are reported, whatever they would do. The
rules in `APART` style no words of a text: marks that the program draws, the link that skips to the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from rapport.proof.pdf_paint import WHITE, contrast, parts_of_colour

RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
DATA = re.compile(r"url\([^)]*\)")
PROPERTIES = frozenset(
    "color-scheme box-sizing scroll-padding-top text-size-adjust background margin color font overflow-wrap "
    "hyphens text-decoration-thickness text-underline-offset text-decoration text-decoration-style outline "
    "outline-offset display max-width max-height height width font-family object-fit object-position padding "
    "padding-left padding-right padding-top padding-bottom padding-block padding-inline padding-inline-start "
    "margin-bottom margin-top margin-left margin-right margin-inline margin-block list-style-type list-style "
    "border border-left border-top border-bottom border-right border-color border-radius border-collapse "
    "border-left-width border-inline-start border-width border-block white-space font-size font-weight font-style "
    "line-height font-variant-caps font-variant-numeric font-feature-settings text-wrap text-align vertical-align "
    "break-after break-inside break-before columns column-gap gap align-items align-self flex flex-wrap "
    "justify-content grid-template-columns grid-column grid-row position top float overflow overflow-x overflow-y "
    "text-indent letter-spacing caption-side orphans widows counter-reset counter-increment table-layout "
    "print-color-adjust -webkit-print-color-adjust scrollbar-gutter scroll-margin-top cursor min-width min-height "
    "system suffix src size font-kerning tab-size quotes page".split()
)
APART = re.compile(
    r":is\(ins, del, \.restyled\)::(?:before, :is\(ins, del, \.restyled\)::)?after|(?::lang\(en\) > )?"
    r"(?:ins|del|ins\.moved|del\.moved|\.restyled)::before|del img|\.skip(?:, \.banner, \[role=\"doc-backlink\"\])?|"
    r"h1::after|\.provenance::(?:before|after)|\.notice(?:\.\w+)?::before|\[role=\"doc-endnotes\"\]::before|\.banner|"
    r"\.skip:focus|"
    r"@(?:top|bottom)-(?:left|right|center)|:root"
)
DARK_GROUND = re.compile(r"\.field(?: a)?|\.committee|\.answers|\.field \.edition")
VALUES = {
    "display": r"block|flex|inline-flex|inline-block|inline|grid|table(?:-\w+)*|list-item|contents",
    "position": r"relative|sticky|static",
    "overflow": r"auto|visible", "overflow-x": r"auto|visible", "overflow-y": r"auto|visible",
    "top": r"0|3rem", "float": r"left|none", "white-space": r"pre-wrap|nowrap|normal",
    "letter-spacing": r"0|0?\.\d+em|normal",
    "list-style": r"none",
}  # fmt: skip
LENGTH = re.compile(r"(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))(rem|em|px|pt|mm|cm|vh|vw|%|ch)(?![\w%])")
FEWEST = {"rem": 0.7, "em": 0.7, "px": 9, "pt": 6, "mm": 2.5, "cm": 0.25, "vh": 5, "vw": 5, "%": 20, "ch": 5}
"""The least size of letters, and of what holds some, by its unit."""
FARTHEST = 2.0  # em that a line, or a box, begins to the left of its place
COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
NAMED = re.compile(r"var\((--\w+)\)")
STRING = r'"(?:[^"\\]|\\.)*"'
PRINTED = re.compile(
    rf"@page\{{@top-left\{{content:{STRING}\}}@bottom-right\{{content:{STRING} counter\(page\) {STRING} "
    r"counter\(pages\)\}\}\n|"
    r"\.w[\d-]+[a-z]*\{width:[\d.]+(?:[a-z]+|%)\}\n"
)
LARGE = re.compile(r"max\(([^(),]+(?:\([^()]*\))?[^(),]*), \d\dpt\)")
SHEETS = frozenset(
    {
        "4996c18321ddbc1a8cb02a748df1789e6b6458dd01752c3989bfb43307d7f81f",
        "39db849402f2e413175db00cc7601b29dddc3624ef47b1b84c3979eb459fd1b1",
        "4444fa3366d33aba1476a4dc7476def458f39dc227b67f438cfdde82252819de",
        "3b97775ceddc6ae22a184bf558d5566b8724f7d49646ab11393443a8415d6b25",
    }
)
"""Our style sheets: alone, with children's own words, with those written from the right; changed with `html.css`."""
READABLE, PALE = 4.5, 1.25  # contrasts with white: of letters (WCAG 2.1, level AA), of what they stand on


def is_our_sheet(css: str) -> bool:
    """Whether a style sheet is ours, fonts included, but for the widths of pictures and what is over printed pages."""
    bare = LARGE.sub(r"\1", PRINTED.sub("", css))
    return hashlib.sha256(bare.encode()).hexdigest() in SHEETS


def odd_style(css: str) -> Iterator[str]:
    """Each rule's selector and the declaration that could keep words from being read as they stand."""
    css = DATA.sub("url()", css)
    colours = dict(re.findall(r"(--\w+):\s*(#\w+)", css))
    for rule in RULE.finditer(css):
        selector = " ".join(rule[1].split())
        if APART.fullmatch(selector):
            continue
        for declaration in rule[2].split(";"):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if name and name != "--gutter" and (name not in PROPERTIES or not _is_seen(name, value, selector, colours)):
                yield f"{selector[-40:]} {{{name}: {value[:40]}}}"


def _is_seen(name: str, value: str, selector: str, colours: dict[str, str]) -> bool:
    """Whether a declaration leaves words where and as large and dark as they are to be."""
    if name in VALUES:
        return re.fullmatch(VALUES[name], value) is not None
    lengths = [(float(number), unit) for number, unit in LENGTH.findall(value)]
    match name:
        case "font" | "font-size":
            return all(size >= FEWEST[unit] for size, unit in lengths[:1]) and not re.match(r"0(?![.\d])", value)
        case "width" | "height" | "max-width" | "max-height":
            small = any(size < FEWEST[unit] for size, unit in lengths[:1]) or value == "0"
            return not small or selector == "hr"
        case "text-indent":
            return all(-FARTHEST <= size <= FARTHEST and unit in ("em", "rem") for size, unit in lengths)
        case "color":
            return bool(DARK_GROUND.fullmatch(selector)) or _contrast(value, colours) >= READABLE
        case "background":
            ground = _contrast(value, colours)
            return bool(DARK_GROUND.fullmatch(selector)) or value == "none" or 0 < ground <= PALE
    if name.startswith(("margin", "padding")):
        return all(size >= -FARTHEST for size, _ in lengths)
    return True


def _contrast(value: str, colours: dict[str, str]) -> float:
    """The contrast with white of a colour; 0 of one that is not known."""
    named = NAMED.fullmatch(value)
    found = COLOUR.fullmatch(colours.get(named[1], "") if named else value)
    if found is None:
        return 0
    plain = found[1] if len(found[1]) == 6 else "".join(sign * 2 for sign in found[1])
    return contrast(parts_of_colour(plain), WHITE)
