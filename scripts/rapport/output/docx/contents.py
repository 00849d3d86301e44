"""The table of contents, filled: Word shows it as it is and asks nothing when it opens the file.

It gives the number of the first paragraph, by which the United Nations cite, and which is the same in every output.
The pages of a Word file depend on who lays it out: whoever wants them updates the field, and gets those they see.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapport.office.fields import TAB, text_run
from rapport.office.style_names import style_id
from rapport.output.docx.headings import DocxHeading

PARAGRAPH = "§\u00a0"
BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
FRAME = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    "</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def table_of_contents(title: str, headings: Iterable[DocxHeading]) -> str:
    """A TOC field in the frame by which Word knows it, its lines linked.

    The field's end stands in the last line: Word puts it in an empty paragraph of its own, which is read aloud.
    """
    listed = tuple(headings)
    lines = [_line(heading) for heading in listed]
    if not lines:
        return ""
    lines[0] = BEGIN + lines[0]
    lines[-1] += END
    shown = (_paragraph(f"toc {heading.level}", line) for heading, line in zip(listed, lines, strict=True))
    return FRAME.format(content=_paragraph("TOC Heading", text_run(title)) + "".join(shown))


def _line(heading: DocxHeading) -> str:
    """The runs of one line: number, title and first paragraph, all of it one link."""
    number = text_run(heading.number) + TAB if heading.number else ""
    shown = TAB + text_run(PARAGRAPH + heading.paragraph) if heading.paragraph else ""
    return (
        f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">'
        f"{number}{text_run(heading.text)}{shown}</w:hyperlink>"
    )


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{runs}</w:p>'
