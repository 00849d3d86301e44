"""The reference document: the looks of `reference_styles` as the Word file whose styles pandoc copies.

Made by code, so that a change of look is a reviewed diff; made once, because python-docx is slow to start.
`python -m rapport.output.docx.reference_document LANGUAGE` writes it to standard output.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from rapport.office import style_names as names
from rapport.office.archive import pack, unpack
from rapport.office.fields import field, text_run
from rapport.office.page_setup import MARGINS, NUMBER_WIDTH, PAGE, TWIPS
from rapport.output.docx.reference_styles import ACCENT, HAIRLINE, STYLES, Border, Style

FONTS = {
    "serif": '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cs="Cambria"/>',
    "sans": '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:cs="Calibri"/>',
    "mono": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
"""python-docx's template brings the theme: Calibri for headings, Cambria for text."""

LEFT_OUT = ("/stylesWithEffects", "/customXml")
"""Parts of python-docx's template that would contradict our styles."""

WORDS_OWN = {
    "Normal", "Body Text", "List Paragraph", "Quote", "Bibliography", "Title", "Subtitle", "caption", "header",
    "footer", "TOC Heading", "toc 1", "toc 2", "footnote text", "footnote reference", "Default Paragraph Font",
    "Hyperlink", "line number",
    *(f"heading {level}" for level in range(1, 7)),
}  # fmt: skip
"""Styles that Word knows by name, and shows in the language of its own menus."""


def reference_docx(language: str) -> bytes:
    """The reference document of a report in « fr » or « en »; the same bytes every time."""
    word = docx.Document()
    _put_styles(word, names.LOCALES[language])
    _put_numbering(word)
    _put_page(word)
    for relation in [key for key, it in word.part.rels.items() if it.reltype.endswith(LEFT_OUT)]:
        del word.part.rels[relation]
    word.core_properties.author = word.core_properties.comments = ""
    word.core_properties.created = word.core_properties.modified = datetime(2000, 1, 1)
    buffer = io.BytesIO()
    word.save(buffer)
    return pack(unpack(buffer.getvalue()))


def _parse(xml: str) -> object:
    """An element from XML that says w: without declaring it."""
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


def _put_styles(word: WordDocument, locale: str) -> None:
    """Our styles in the place of python-docx's own, which are many and American."""
    root = word.styles.element
    for old in (*root.findall(qn("w:docDefaults")), *root.findall(qn("w:style"))):
        root.remove(old)
    root.insert(0, _parse(DEFAULTS.format(font=FONTS["serif"], locale=locale)))
    for xml in (*map(style_xml, STYLES), NO_LIST, PLAIN_TABLE, TABLE):
        root.append(_parse(xml))


def _put_numbering(word: WordDocument) -> None:
    """The numbers of paragraphs and of headings.

    pandoc keeps a numbering of the reference only where it is numbered below its own: 990 and 1000.
    """
    root = word.part.numbering_part.element
    root[:] = [_parse(xml) for xml in NUMBERING]


def _put_page(word: WordDocument) -> None:
    """A4, its margins, its running header and footer (the cover is a section apart and goes without)."""
    section = word.sections[0]
    section._sectPr.attrib.clear()  # the template's editing sessions
    section.page_width, section.page_height = Pt(PAGE[0]), Pt(PAGE[1])
    section.left_margin, section.right_margin = Pt(MARGINS["left"]), Pt(MARGINS["right"])
    section.top_margin, section.bottom_margin = Pt(MARGINS["top"]), Pt(MARGINS["bottom"])
    section.header_distance, section.footer_distance = Pt(MARGINS["header"]), Pt(MARGINS["footer"])
    pages = text_run(names.PAGE_MARK) + field("PAGE", "1") + text_run(names.OF_MARK) + field("NUMPAGES", "1")
    for part, style, runs in (
        (section.header, "Header", text_run(names.HEADER_MARK)),
        (section.footer, "Footer", pages),
    ):
        part.is_linked_to_previous = False
        part._element[:] = [_parse(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>')]


# ---------------------------------------------------------------- one style as XML


def style_xml(style: Style) -> str:
    """`<w:style>` with its properties in the order that the schema wants."""
    default = ' w:default="1"' if not style.base else ""
    custom = ' w:customStyle="1"' if style.name not in WORDS_OWN else ""
    based = f'<w:basedOn w:val="{names.style_id(style.base)}"/>' if style.base else ""
    follow = f'<w:next w:val="{names.style_id(style.follow)}"/>' if style.follow else ""
    return (
        f'<w:style w:type="{style.kind}"{default}{custom} w:styleId="{names.style_id(style.name)}">'
        f'<w:name w:val="{style.name}"/>'
        f"{based}{follow}<w:qFormat/>"
        f"{_wrap('pPr', _paragraph(style)) if style.kind == 'paragraph' else ''}{_wrap('rPr', _run(style))}</w:style>"
    )


def _wrap(tag: str, pieces: Iterator[str]) -> str:
    inside = "".join(pieces)
    return f"<w:{tag}>{inside}</w:{tag}>" if inside else ""


def _switch(tag: str, value: bool | None) -> str:
    return "" if value is None else f"<w:{tag}/>" if value else f'<w:{tag} w:val="0"/>'


def _twips(**points: float | None) -> str:
    """Attributes in twentieths of a point, for those given."""
    return "".join(f' w:{name}="{round(value * TWIPS)}"' for name, value in points.items() if value is not None)


def _paragraph(style: Style) -> Iterator[str]:
    yield _switch("keepNext", style.keep_next)
    yield _switch("keepLines", style.keep_lines)
    yield _switch("pageBreakBefore", style.new_page)
    if style.list_id is not None:
        yield f'<w:numPr><w:numId w:val="{style.list_id}"/></w:numPr>'
    yield _switch("suppressLineNumbers", style.skips_line_numbers)
    yield _wrap("pBdr", map(_border, style.borders))
    if style.fill:
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>'
    yield _wrap("tabs", (_tab(kind, at) for kind, at in style.tabs))
    spacing = _twips(before=style.space_before, after=style.space_after)
    if style.line is not None:
        spacing += f' w:line="{round(style.line * 240)}" w:lineRule="auto"'
    if spacing:
        yield f"<w:spacing{spacing}/>"
    if indent := _twips(left=style.left_indent, right=style.right_indent, hanging=style.hanging_indent):
        yield f"<w:ind{indent}/>"
    yield _switch("contextualSpacing", style.contextual)
    if style.align:
        yield f'<w:jc w:val="{style.align}"/>'
    if style.outline is not None:
        yield f'<w:outlineLvl w:val="{style.outline - 1}"/>'


def _border(border: Border) -> str:
    width = round(border.width * 8)
    return f'<w:{border.side} w:val="{border.line}" w:sz="{width}" w:space="{border.space}" w:color="{border.color}"/>'


def _tab(kind: str, at: float) -> str:
    leader = ' w:leader="dot"' if kind == "right" else ""
    return f'<w:tab w:val="{kind}"{leader}{_twips(pos=at)}/>'


def _run(style: Style) -> Iterator[str]:
    yield FONTS.get(style.font, "")
    yield _switch("b", style.bold) + _switch("bCs", style.bold)
    yield _switch("i", style.italic) + _switch("iCs", style.italic)
    if style.color:
        yield f'<w:color w:val="{style.color}"/>'
    if style.tracking is not None:
        yield f"<w:spacing{_twips(val=style.tracking)}/>"
    if style.size is not None:
        yield f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
    if style.underline:
        yield '<w:u w:val="single"/>'
    if style.is_superscript:
        yield '<w:vertAlign w:val="superscript"/>'


# ---------------------------------------------------------------- what is the same in every report

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
)

NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
)

# pandoc bases its « Table » on a TableNormal that nobody defines; here somebody does.
PLAIN_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)

TABLE = (
    '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
    f'<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>'
    '<w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" '
    f'w:color="{ACCENT}"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
)


def _numbering(number: int, kind: str, shown: str, style: str = "", look: str = "") -> str:
    """A list of one level, its numbers in the margin.

    Themes have a list of their own, not a level under the parts: LibreOffice starts a lower level anew each time.
    """
    linked = f'<w:pStyle w:val="{names.style_id(style)}"/>' if style else ""
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="5241503{number}"/>'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{kind}"/>{linked}<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0"{_twips(hanging=NUMBER_WIDTH)}/></w:pPr>{look}</w:lvl></w:abstractNum>'
    )


NUMBER_LOOK = f'<w:rPr>{FONTS["sans"]}<w:b/><w:i w:val="0"/><w:color w:val="{ACCENT}"/><w:sz w:val="16"/></w:rPr>'
NUMBERING = (
    _numbering(1, "decimal", "%1.", names.NUMBERED, NUMBER_LOOK),
    _numbering(2, "upperRoman", "%1"),
    _numbering(3, "decimal", "%1"),
    *(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2, 3)),
)


if __name__ == "__main__":
    sys.stdout.buffer.write(reference_docx(sys.argv[1]))
