"""Bibliographies that a program wrote into a text, each put under a title, so that nobody takes one for what is above.

EndNote, Zotero, Mendeley, Citavi and Word itself keep theirs in a field or a content control, LibreOffice in an index
or a section; people often leave it without a title, at the end of whatever came last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.odf import all_text
from rapport.office.wordml import Styles, new_run, paragraph_text
from rapport.office.xml import Element, replace

TITLE = "Sources"
WRITTEN = re.compile(
    r"\s*(?:ADDIN\s+)?(?:Mendeley\s+Bibliography\s+)?"
    r"(?:EN\.REFLIST|ZOTERO_BIBL|CSL_BIBLIOGRAPHY|MENDELEY_BIBLIOGRAPHY|CITAVI\.?BIBLIOGRAPHY|BIBLIOGRAPHY)",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"bibliogra|r[ée]f[ée]rences|sources|(?:ouvrages|documents) (?:cit|consult)|works cited", re.IGNORECASE
)
LONGEST = 8  # words of a line that is its title


def title_bibliographies(root: Element, styles: Styles) -> int:
    """A heading above each bibliography of a Word file that has none; how many got one."""
    count = 0
    for first in list(_first_paragraphs(root)):
        if not _has_title(first, paragraph_text):
            heading = etree.Element(q("w:p"))
            style = etree.SubElement(etree.SubElement(heading, q("w:pPr")), q("w:pStyle"))
            style.set(q("w:val"), styles.heading_style(1))
            heading.append(new_run(TITLE))
            first.addprevious(heading)
            count += 1
    return count


def _first_paragraphs(root: Element) -> Iterator[Element]:
    """The paragraph that each bibliography begins with."""
    for code in root.iter(q("w:instrText")):
        if WRITTEN.match(code.text or ""):
            yield from code.iterancestors(q("w:p"))
    for simple in root.iter(q("w:fldSimple")):
        if WRITTEN.match(simple.get(q("w:instr"), "")):
            yield from simple.iterancestors(q("w:p"))
    for tag in root.iter(q("w:tag")):
        if WRITTEN.match(tag.get(q("w:val"), "")):
            control = next(tag.iterancestors(q("w:sdt")))
            yield from list(control.iter(q("w:p")))[:1]


def title_writer_bibliographies(root: Element) -> int:
    """The same of an OpenDocument text, its indexes opened, of which pandoc reads nothing."""
    count = 0
    sections = [one for one in root.iter(q("text:section")) if WRITTEN.match(one.get(q("text:name"), ""))]
    for one in [*sections, *root.iter(q("text:bibliography"))]:
        titles = list(one.iterfind(f"{q('text:index-body')}/{q('text:index-title')}"))
        if not titles and not _has_title(one, all_text):
            one.addprevious(_writer_heading(TITLE))
            count += 1
        for title in titles:
            replace(title, [_writer_heading(all_text(title))])
    for index in list(root.iter(q("text:bibliography"))):
        replace(index, [line for body in index.iterfind(q("text:index-body")) for line in body])
    return count


def _writer_heading(text: str) -> Element:
    heading = etree.Element(q("text:h"))
    heading.set(q("text:outline-level"), "1")
    heading.text = " ".join(text.split())
    return heading


def _has_title(first: Element, words_of: Callable[[Element], str]) -> bool:
    """Whether its first line, or the last words before it, are its title."""
    if _is_title(words_of(first)):
        return True
    around = (first, *first.iterancestors(q("w:sdtContent"), q("w:sdt"), q("text:section")))
    lines = (words_of(line) for one in around for line in one.itersiblings(preceding=True))
    return _is_title(next((line for line in lines if line.strip()), ""))


def _is_title(text: str) -> bool:
    return len(text.split()) <= LONGEST and bool(TITLED.match(text.strip()))
