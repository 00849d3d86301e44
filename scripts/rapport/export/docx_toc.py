"""The table of contents, filled: Word shows it as it is and asks nothing when it opens the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from rapport.export.docx_fields import field, text_run
from rapport.export.docx_headings import Heading

TAB = "<w:r><w:tab/></w:r>"
BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def table_of_contents(title: str, headings: Iterable[Heading], pages: Mapping[str, int]) -> str:
    """A TOC field in the frame by which Word knows it, its lines linked and their page numbers in place.

    The field's end stands in the last line: Word puts it in an empty paragraph of its own, which is read aloud.
    """
    lines = [_line(heading, pages.get(heading.id)) for heading in headings]
    if not lines:
        return ""
    levels, runs = zip(*lines, strict=True)
    runs = [BEGIN + runs[0], *runs[1:]]
    runs[-1] += END
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f'</w:sdtPr><w:sdtContent>{_paragraph("TOCHeading", text_run(title))}'
        f'{"".join(_paragraph(f"Toc{level}", run) for level, run in zip(levels, runs, strict=True))}'
        "</w:sdtContent></w:sdt>"
    )


def _line(heading: Heading, page: int | None) -> tuple[int, str]:
    """The level and the runs of one line: number, title and page, all of it one link."""
    number = text_run(heading.number) + TAB if heading.number else ""
    shown = field(f"PAGEREF {heading.bookmark} \\h", str(page)) if page is not None else ""
    return heading.level, (
        f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">'
        f"{number}{text_run(heading.text)}{TAB}{shown}</w:hyperlink>"
    )


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>{runs}</w:p>'
