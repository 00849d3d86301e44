"""What a page is made of: each element and attribute that our pages use, in the places where they use it.

An allow-list, measured on our own outputs: whatever else a browser knows may hide, turn, cover, replace or add words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.proof.docx_structure import FROM_THE_RIGHT
from rapport.proof.reading import Element

HEAD = frozenset("meta title style".split())
ELEMENTS = frozenset(
    "html head body a header div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd br hr main section nav span em strong s "
    "u sup sub code pre table caption thead tbody tfoot tr th td figure figcaption img aside blockquote".split()
)
EVERYWHERE = frozenset("id class lang dir".split())
CELL = frozenset("scope colspan rowspan headers".split())
ATTRIBUTES = {
    "meta": frozenset("charset http-equiv content name".split()),
    "a": frozenset("href role aria-label".split()),
    "aside": frozenset(("aria-label",)),
    "div": frozenset("role tabindex aria-label".split()),
    "li": frozenset(("value",)),
    "main": frozenset(("tabindex",)),
    "nav": frozenset(("aria-labelledby",)),
    "ol": frozenset("type start".split()),
    "section": frozenset("role aria-label aria-labelledby".split()),
    "img": frozenset("src alt".split()),
    "th": CELL,
    "td": CELL,
    **{f"h{level}": frozenset(("aria-level",)) for level in range(2, 7)},
}
ROLES = {
    "a": ("doc-biblioref", "doc-noteref", "doc-backlink"),
    "div": ("note", "group"),
    "section": ("doc-endnotes",),
}
COVER = frozenset(
    "field edition committee title subtitle answers below date collective members contact licence logos".split()
)
"""What stands on the deep blue of the cover or under it, in other colours than the text."""
NUMBER = re.compile(r"\d+$")


def odd_elements(page: Element) -> Iterator[str]:
    """Elements, attributes and classes that have no place in a page, or not in theirs; how it says to be read."""
    first = next(page.iter("meta"), None)
    if page.getroottree().docinfo.doctype != "<!DOCTYPE html>" or first is None or first.get("charset") != "utf-8":
        yield "<meta charset>"
    for element in page.iter("*"):
        tag = element.tag
        if next(element.iterancestors("svg"), None) is not None or tag == "svg":  # judged as charts
            continue
        in_head = element.getparent() is not None and element.getparent().tag == "head"
        if tag not in (HEAD if in_head else ELEMENTS):
            yield f"<{tag}>"
        elif attributes := element.keys():
            unknown = set(attributes) - EVERYWHERE - ATTRIBUTES.get(tag, frozenset())
            yield from (f"<{tag} {name}>" for name in sorted(unknown))
            yield from odd_values(element)
    yield from (f"<table> {words}" for table in page.iter("table") for words in _odd_spans(table))


def odd_values(element: Element) -> Iterator[str]:
    """Roles, directions, classes and numbers that are not those of such an element."""
    tag, names = element.tag, element.get("class", "").split()
    if (role := element.get("role")) and role not in ROLES.get(tag, ()):
        yield f"<{tag} role={role}>"
    if (turned := element.get("dir")) and (
        turned not in ("ltr", "rtl") or (turned == "rtl" and not FROM_THE_RIGHT.search("".join(element.itertext())))
    ):
        yield f"<{tag} dir={turned}>"
    if (
        (not COVER.isdisjoint(names) and next(element.iterancestors("header"), None) is None)
        or ("banner" in names and tag != "aside")
        or ("skip" in names and (tag != "a" or element.getparent().tag != "body"))
        or "restyled" in names
    ):
        yield f"<{tag} class={' '.join(names)}>"
    if tag == "li" and (value := element.get("value")) and element.get("id") != f"note-{value}":
        yield f"<li value={value}>"
    if role in ("doc-noteref", "doc-backlink") and not _is_notes_link(element, role):
        yield f"<a href={element.get('href')}>"


def _is_notes_link(link: Element, role: str) -> bool:
    """Whether a note's call, the note and the way back have one number."""
    if role == "doc-noteref":
        number, wanted = "".join(link.itertext()), "note"
        named = link.get("id") == f"appel-{number}"
    else:
        note = next(link.iterancestors("li"), None)
        number, wanted = note.get("value", "") if note is not None else "", "appel"
        named = True
    said = NUMBER.search(link.get("aria-label", ""))
    return bool(named and number and link.get("href") == f"#{wanted}-{number}" and said and said[0] == number)


def _odd_spans(table: Element) -> Iterator[str]:
    """A table whose rows are not all as wide: its cells stand under other headings than theirs."""
    for part in table.iterchildren("thead", "tbody", "tfoot"):
        rows = list(part.iterchildren("tr"))
        wide = [0] * len(rows)
        for at, row in enumerate(rows):
            for cell in row.iterchildren("td", "th"):
                across, down = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
                if at + down > len(rows):
                    yield f"rowspan {down}"
                for below in range(at, min(at + down, len(rows))):
                    wide[below] += across
        if len(set(wide)) > 1:
            yield f"colspan {max(wide)}"
