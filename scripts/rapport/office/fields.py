"""The few pieces of WordprocessingML that we write ourselves: text, fields, bookmarks, marks for later."""

from __future__ import annotations

import hashlib
from html import escape

TOC_MARK = "<!--table of contents-->"
"""Stands in document.xml until `output/docx/repairs` replaces it."""

RULE = '<w:p><w:pPr><w:pStyle w:val="Filet"/></w:pPr></w:p>'
COVER_TOP = '<w:p><w:pPr><w:pStyle w:val="CouvertureHaut"/></w:pPr></w:p>'
COVER_RULE = (
    '<w:p><w:pPr><w:pStyle w:val="CouvertureFilet"/></w:pPr>'
    '<w:r><w:rPr><w:u w:val="thick" w:color="D29A35"/></w:rPr><w:tab/><w:tab/></w:r></w:p>'
)
TAB = "<w:r><w:tab/></w:r>"
NEW_PAGE = ("<w:pageBreakBefore/>", '<w:spacing w:before="0"/>')
# Not in the styles: a title without a number would need one of its own, which no table of contents lists in all the
# languages of Word, or numbering 0, which the Open XML SDK does not accept.
NUMBERED = {
    level: f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' for level, number in ((1, 2), (2, 3))
}
BELOW_TABLE = '<w:spacing w:before="200"/>'


def properties_mark(properties: str) -> str:
    """Properties that pandoc cannot give a paragraph: `output/docx/repairs` moves them up from its first words."""
    return f"<!--pPr {properties}-->" if properties else ""


def text_run(text: str, style: str = "") -> str:
    """Plain text as one run."""
    return _run(f'<w:t xml:space="preserve">{escape(text)}</w:t>', style)


def field(instruction: str, shown: str, style: str = "") -> str:
    """A field that Word can update, with what it shows until then.

    In the long form, because readers (pandoc among them) lose the result of the short one.
    """
    ends = ("begin", "separate", "end")
    begin, separate, end = (_run(f'<w:fldChar w:fldCharType="{kind}"/>', style) for kind in ends)
    code = _run(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>', style)
    return begin + code + separate + text_run(shown, style) + end


def _run(content: str, style: str) -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{content}</w:r>"


def bookmark(number: int, name: str) -> tuple[str, str]:
    """The two ends of a bookmark of ours; the number is out of the way of pandoc's."""
    number += 1_000_000
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


COUNTED = ("table", "figure", "recommendation")
"""What prints its own number as text: a reference repeats that text. What Word numbers itself, it asks Word for."""


def reference(kind: str, number: str, name: str) -> str:
    """The field that shows the number of a place; after an update, Word's own. `name` is the bookmark there."""
    return f"REF {counted_name(kind, number)} \\h" if kind in COUNTED else f"REF {name} \\n \\h"


def counted_name(kind: str, number: str) -> str:
    """The bookmark around a printed number; hidden, as those are that Word makes for its own references."""
    return f"_Ref_{kind}_{number}"


def bookmark_name(identifier: str) -> str:
    """The bookmark that pandoc gives an id: itself, or its digest where Word's 40 characters do not hold it."""
    if identifier[:1].isalpha() and len(identifier) <= 40:
        return identifier
    return "X" + hashlib.sha1(identifier.encode(), usedforsecurity=False).hexdigest()[1:]
