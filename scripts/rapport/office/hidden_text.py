"""What nobody sees in a Word text: hidden, in the colour of its ground, minute, in a closed row or off the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.office.namespaces import q
from rapport.office.run_appearance import Sight
from rapport.office.wordml import Styles, all_text, is_on, number, pieces
from rapport.office.xml import Element

FLAT = 20  # twips, a point: nothing fits a line or row that is no higher
OFF = (-11_000, 32_000)  # twips from the page's edge
BESIDE = (-5_000, 11_500)  # twips from a margin: further out, or in, there is no page
TWIP = 635  # EMU
GONE = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)


def hidden_parts(root: Element, styles: Styles) -> Iterator[tuple[Element, str]]:
    """Every row, frame, box, paragraph and run that nobody sees, the outer ones first; and its words."""
    sight = Sight(styles)
    names = ("w:tr", "w:p", "w:drawing", "w:pict", "w:r")
    for node in list(root.iter(*(q(name) for name in names))):
        if _hides(node, sight):
            text = "".join(pieces(node)) if node.tag == q("w:r") else all_text(node)
            if text.strip():
                yield node, text


def _hides(node: Element, sight: Sight) -> bool:
    if node.tag == q("w:r"):
        return sight.hides(node)
    if node.tag == q("w:tr"):
        row = node.find(q("w:trPr"))
        switch = row.find(q("w:hidden")) if row is not None else None
        return (switch is not None and is_on(switch)) or _is_flat(row, "w:trHeight", "w:val", "w:hRule")
    if node.tag == q("w:p"):
        above = node.find(q("w:pPr"))
        frame = above.find(q("w:framePr")) if above is not None else None
        off = frame is not None and any(_is_off(frame.get(q(f"w:{side}")), 1) for side in "xy")
        return off or _is_flat(above, "w:spacing", "w:line", "w:lineRule") or _is_beside(above)
    return any(_is_shut(one) for one in node.iter("*"))


def _is_flat(properties: Element, name: str, size: str, rule: str) -> bool:
    found = properties.find(q(name)) if properties is not None else None
    return found is not None and found.get(q(rule)) == "exact" and number(found.get(q(size)), 99) <= FLAT


def _is_beside(properties: Element) -> bool:
    """Whether indents put a paragraph's lines off the page."""
    indent = properties.find(q("w:ind")) if properties is not None else None
    if indent is None:
        return False
    left = number(indent.get(q("w:left"), indent.get(q("w:start"))), 0)
    right = number(indent.get(q("w:right"), indent.get(q("w:end"))), 0)
    first = number(indent.get(q("w:firstLine")), 0) - number(indent.get(q("w:hanging")), 0)
    return min(left, left + first, right) <= BESIDE[0] or max(left, right) >= BESIDE[1]


def _is_off(at: str | None, unit: int) -> bool:
    return not OFF[0] <= number(at, 0) / unit <= OFF[1]


def _is_shut(node: Element) -> bool:
    """Whether this part of a drawing hides all of it, makes nothing of it, or puts it off the page."""
    if node.tag == q("wp:docPr"):
        return node.get("hidden", "0") in ("1", "true")
    if node.tag == q("wp:extent"):
        return "0" in (node.get("cx"), node.get("cy"))
    if node.tag == q("wp:posOffset"):
        return _is_off(node.text, TWIP)
    return bool(GONE.search(node.get("style", "")))
