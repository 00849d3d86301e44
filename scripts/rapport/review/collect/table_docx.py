"""The tables of remarks as a Word file on A4 laid sideways, in the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from rapport.office.archive import pack
from rapport.office.plain_page import ACCENT, GREY, put_font, put_language, save_word
from rapport.office.style_names import LOCALES
from rapport.review.collect.remark_rows import RemarkGroup, RemarkRow, RemarkTable

WIDTHS = (3.6, 3.6, 6.7, 6.7, 4.1)  # centimetres, of A4 laid sideways
TO_FILL = (3.2, 3.3, 5.8, 5.8, 2.8, 3.8)  # the same with what the editor fills in
CHANGED, CHOSEN = (2, 3), 4  # the columns of the words before and after, and of the decision
LONG = 600  # letters of a row that may be divided between two pages
HEAD, BAND, WARNING = ACCENT, "EEF1F6", "8A1C1C"


def as_docx(tables: Sequence[RemarkTable], date: str, language: str) -> bytes:
    """One table a draft; `date` (ISO) is the only one in the properties."""
    import docx  # late: slow to start, and wanted by this verb only
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm, Pt

    word = docx.Document()
    put_language(word, LOCALES[language])
    section = word.sections[0]
    section._sectPr.attrib.clear()  # the template's editing sessions
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    section.left_margin = section.right_margin = Cm(2.4)
    for name, size in (("Normal", 9.5), ("Heading 1", 16)):
        style = word.styles[name]
        put_font(style)
        style.font.size = Pt(size)
    for table in tables:
        word.add_heading(table.title, 1)
        word.add_paragraph(table.subject or table.empty_text)
        if table.groups:
            word.element.body.sectPr.addprevious(parse_xml(_table(table).replace("{space}", nsdecls("w"), 1)))
    return pack(save_word(word, tables[0].title if tables else "", "", date, language))


def _table(table: RemarkTable) -> str:
    """The head on every page; a band for each paragraph, its remarks under it; XML, for there may be thousands."""
    widths = TO_FILL if table.answer_columns else WIDTHS
    names = (*table.columns[:-1], *table.answer_columns) if table.answer_columns else table.columns
    head = (
        _cell(_paragraph(_run(name, '<w:b/><w:color w:val="FFFFFF"/>')), width, HEAD)
        for name, width in zip(names, widths, strict=True)
    )
    rows = [_row("".join(head), "<w:cantSplit/><w:tblHeader/>")]
    for group in table.groups:
        rows += [_band(group, widths), *(_remark(row, table.choices) for row in group.rows)]
    grid = "".join(f'<w:gridCol w:w="{_dxa(width)}"/>' for width in widths)
    looks = '<w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/><w:tblLook/>'
    return f"<w:tbl {{space}}><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _band(group: RemarkGroup, widths: Sequence[float]) -> str:
    """Where the paragraph is, and its first words, over the whole width."""
    words = _paragraph(_run(group.words, _small(GREY, 0)), "<w:keepNext/>") if group.words else ""
    said = _paragraph(_run(group.place, "<w:b/>"), "<w:keepNext/>")
    return _row(_cell(said + words, sum(widths), BAND, len(widths)), "<w:cantSplit/>")


def _remark(row: RemarkRow, choices: Sequence[str]) -> str:
    """One remark in its cells."""
    texts = (row.reviewer, row.kind, row.old_text, row.new_text, *(("", row.answer) if choices else (row.state,)))
    notes = [(note, GREY) for note in (*row.notes, row.name if choices else "")]
    small = "".join(_paragraph(_run(note, _small(c, 8))) for note, c in (*notes, (row.contradiction, WARNING)) if note)
    cells = []
    for column, (text, width) in enumerate(zip(texts, TO_FILL if choices else WIDTHS, strict=True)):
        lead, tail = row.words_around if column in CHANGED else ("", "")
        words = _run(lead) + _run(text, "<w:b/>" if lead or tail else "") + _run(tail)
        words += _dropdown(row.choice, choices) if choices and column == CHOSEN else ""
        cells.append(_cell(_paragraph(words) + (small if column == 1 else ""), width))
    whole = sum(map(len, (*texts, *row.words_around, *row.notes))) < LONG  # a long one may go on over the page
    return _row("".join(cells), "<w:cantSplit/>" if whole else "")


def _row(cells: str, looks: str) -> str:
    return f"<w:tr>{f'<w:trPr>{looks}</w:trPr>' if looks else ''}{cells}</w:tr>"


def _cell(paragraphs: str, width: float, color: str = "", span: int = 1) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>' if color else ""
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{_dxa(width)}"/>{wide}{shade}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(runs: str, looks: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{runs}</w:p>"


def _run(text: str, looks: str = "") -> str:
    """Words with their line breaks; nothing for none."""
    if not text:
        return ""
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{pieces}</w:r>"


def _small(color: str, size: int) -> str:
    return f'<w:color w:val="{color}"/>' + (f'<w:sz w:val="{2 * size}"/>' if size else "")


def _dxa(width: float) -> int:
    """Centimetres as twentieths of a point."""
    return round(width * 1440 / 2.54)


def _dropdown(chosen: str, choices: Sequence[str]) -> str:
    """A list to choose from, inside a line: one around a whole cell is lost in LibreOffice."""
    words = {choice: quoteattr(choice) for choice in choices}
    listed = "".join(f"<w:listItem w:displayText={word} w:value={word}/>" for word in words.values())
    looks = f"<w:sdtPr><w:dropDownList>{listed}</w:dropDownList></w:sdtPr>"
    return f"<w:sdt>{looks}<w:sdtContent><w:r><w:t>{escape(chosen)}</w:t></w:r></w:sdtContent></w:sdt>"
