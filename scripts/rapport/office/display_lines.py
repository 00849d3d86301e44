"""The lines above a text laid out as on a cover: centred, to the right, in a title's style, alone on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rapport.office.namespaces import q
from rapport.office.odf import own_text
from rapport.office.paragraph_styles import style_of
from rapport.office.paragraph_styles_odt import style_chain, style_value
from rapport.office.wordml import Styles, is_on, paragraph_text
from rapport.office.xml import Element

OPENING = 40  # paragraphs in which a cover ends
LONGEST = 20  # words of a line of a cover
TITLES = ("title", "subtitle", "author", "authors", "date")
ASIDE = ("center", "right", "end")


def word_display_lines(root: Element, styles: Styles) -> list[str]:
    """Those of a Word text, in order."""

    def is_displayed(paragraph: Element) -> bool:
        chain = [paragraph, *styles.chain(style_of(paragraph))]
        sides = (one.find(f"{q('w:pPr')}/{q('w:jc')}") for one in chain)
        side = next((one.get(q("w:val")) for one in sides if one is not None), "")
        name = style_of(paragraph)
        return side in ASIDE or (styles.style_name(name) or str(name).lower()) in TITLES

    return _display_lines(root.iter(q("w:p")), paragraph_text, is_displayed, _breaks_word_page)


def writer_display_lines(root: Element, styles: Mapping[str, Element]) -> list[str]:
    """Those of an OpenDocument text, in order."""

    def said(paragraph: Element, name: str) -> str:
        return style_value(paragraph.get(q("text:style-name"), ""), styles, "paragraph", name)

    def is_displayed(paragraph: Element) -> bool:
        names = (name.lower() for name in style_chain(paragraph.get(q("text:style-name"), ""), styles))
        return said(paragraph, "fo:text-align") in ASIDE or any(name in TITLES for name in names)

    def breaks(paragraph: Element) -> tuple[bool, bool]:
        return said(paragraph, "fo:break-before") == "page", said(paragraph, "fo:break-after") == "page"

    return _display_lines(root.iter(q("text:p"), q("text:h")), own_text, is_displayed, breaks)


def _display_lines(
    paragraphs: Iterator[Element],
    text: Callable[[Element], str],
    is_displayed: Callable[[Element], bool],
    breaks: Callable[[Element], tuple[bool, bool]],
) -> list[str]:
    """The lines; where a page ends after short lines alone, all that stand on it."""
    lines, shown = list[str](), list[str]()
    paged = False
    for _, paragraph in zip(range(OPENING), paragraphs, strict=False):
        line = " ".join(text(paragraph).split())
        before, after = breaks(paragraph)
        paged = paged or (before and _is_cover(lines))
        shown += [line] if is_displayed(paragraph) and not paged else []
        lines += [line] if line and not paged else []
        paged = paged or (after and _is_cover(lines))
        if paged:
            return lines
    return [line for line in shown if line]


def _is_cover(lines: list[str]) -> bool:
    """Whether a page holds some short lines and nothing else."""
    return len(lines) > 1 and all(len(line.split()) <= LONGEST and not line.endswith((".", ";")) for line in lines)


def _breaks_word_page(paragraph: Element) -> tuple[bool, bool]:
    properties = paragraph.find(q("w:pPr"))
    before = properties.find(q("w:pageBreakBefore")) if properties is not None else None
    ends = properties is not None and properties.find(q("w:sectPr")) is not None
    broken = any(one.get(q("w:type")) == "page" for one in paragraph.iter(q("w:br")))
    alone = broken and not paragraph_text(paragraph).strip()
    return (before is not None and is_on(before)) or alone, ends or broken
