"""The tables of remarks as a Word file on A4 laid sideways, in the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rapport.office.archive import pack, unpack
from rapport.office.plain_page import ACCENT, FONT, GREY, LEFT_OUT
from rapport.office.style_names import LOCALES
from rapport.review.collect.remark_rows import RemarkGroup, RemarkTable

WIDTHS = (3.6, 3.6, 6.7, 6.7, 4.1)  # centimetres, of A4 laid sideways
TO_FILL = (3.2, 3.3, 5.8, 5.8, 2.8, 3.8)  # the same with what the editor fills in
CHANGED = (2, 3)  # the columns of the words before and after
HEAD, BAND, WARNING = ACCENT, "EEF1F6", "8A1C1C"


def as_docx(tables: Sequence[RemarkTable], date: str, language: str) -> bytes:
    """One table a draft; `date` (ISO) is the only one in the properties."""
    import docx  # late: slow to start, and wanted by this verb only
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    word = docx.Document()
    for spoken in word.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LOCALES[language])
    section = word.sections[0]
    section._sectPr.attrib.clear()  # the template's editing sessions
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    section.left_margin = section.right_margin = Cm(2.4)
    for name, size in (("Normal", 9.5), ("Heading 1", 16)):
        style = word.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.font.size = Pt(size)
    for table in tables:
        word.add_heading(table.title, 1)
        word.add_paragraph(table.subject or table.none)
        if table.groups:
            _put_table(word, table)
    for relations in (word.part.rels, word.part.package.rels):
        for relation in [key for key, it in relations.items() if it.reltype.endswith(LEFT_OUT)]:
            del relations[relation]
    facts = word.core_properties
    facts.title = tables[0].title if tables else ""
    facts.author = facts.comments = facts.keywords = facts.last_modified_by = ""
    facts.language, facts.revision = LOCALES[language], 1
    facts.created = facts.modified = datetime.fromisoformat(date)
    buffer = io.BytesIO()
    word.save(buffer)
    return pack(unpack(buffer.getvalue()))


def _put_table(word: Any, table: RemarkTable) -> None:
    """The head on every page; a band for each paragraph, its remarks under it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, RGBColor

    widths = TO_FILL if table.asked else WIDTHS
    made = word.add_table(rows=1, cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    head = made.rows[0]
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    names = (*table.columns[:-1], *table.asked) if table.asked else table.columns
    for cell, name, width in zip(head.cells, names, widths, strict=True):
        cell.width = Cm(width)
        _shade(cell, HEAD)
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    for group in table.groups:
        _put_group(made, group, table.choices)
    for row in made.rows:
        whole = OxmlElement("w:cantSplit")
        if sum(len(cell.text) for cell in row.cells) < 600:  # a long one may go on over the page
            row._tr.get_or_add_trPr().insert(0, whole)
    made._tbl.tblPr.find(qn("w:tblLook")).attrib.clear()


def _put_group(made: Any, group: RemarkGroup, choices: Sequence[str]) -> None:
    from docx.shared import Cm, Pt, RGBColor

    band = made.add_row().cells
    band = band[0].merge(band[-1])
    _shade(band, BAND)
    paragraph = band.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(group.where).bold = True
    if group.words:
        words = paragraph.add_run(f"\n{group.words}")
        words.font.color.rgb = RGBColor.from_string(GREY)
    for row in group.rows:
        cells = made.add_row().cells
        texts = (row.who, row.what, row.before, row.after, *(("", row.answer) if choices else (row.state,)))
        widths = TO_FILL if choices else WIDTHS
        for column, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
            cell.width = Cm(width)
            lead, tail = row.around if column in CHANGED else ("", "")
            for piece in (lead, text, tail):
                if piece:
                    cell.paragraphs[0].add_run(piece).bold = (piece is text and bool(lead or tail)) or None
        if choices:
            cells[4].paragraphs[0]._p.append(_dropdown(row.choice, choices))
        notes = [(note, GREY) for note in (*row.notes, row.name if choices else "")]
        for note, color in (*notes, (row.against, WARNING)):
            if note:
                small = cells[1].add_paragraph().add_run(note)
                small.font.size, small.font.color.rgb = Pt(8), RGBColor.from_string(color)


def _dropdown(chosen: str, choices: Sequence[str]) -> object:
    """A list to choose from, inside a line: one around a whole cell is lost in LibreOffice."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    words = {choice: quoteattr(choice) for choice in choices}
    listed = "".join(f"<w:listItem w:displayText={word} w:value={word}/>" for word in words.values())
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:dropDownList>{listed}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{escape(chosen)}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _shade(cell: Any, color: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
