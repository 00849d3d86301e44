"""A form as a Word file that looks like the report, made to survive LibreOffice and Google Docs.

Content controls stand inside a line only: those around whole paragraphs are lost in LibreOffice. The prompt under a
heading is one that Word takes away at the first key, so that what is typed is ordinary text. Nothing is protected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import PurePosixPath

from rapport.forms.count_table import CountTable
from rapport.forms.docx_package import CORE, INNER, SETTINGS, TYPES, relations
from rapport.forms.fields import TAG, TICKED, UNTICKED
from rapport.forms.page import AnswerCell, Form, FormPart, Grid
from rapport.office import style_names as names
from rapport.office.archive import pack, unpack
from rapport.office.fields import field, text_run
from rapport.office.namespaces import NS, XML, core_properties, namespace_declarations
from rapport.office.page_setup import MARGINS, PAGE, TEXT_WIDTH, TWIPS
from rapport.output.docx.reference_document import reference_docx, style_xml
from rapport.output.docx.reference_styles import ACCENT, GREY, HAIRLINE, TINT, Style, heading
from rapport.translation.passage_lines import TextRun

SPACES = f'{namespace_declarations("w r mc w14")} mc:Ignorable="w14"'
PROMPT = "Placeholder Text"
ASK = "Ce qui est demandé"
ANSWER = "Réponse"
FREE = "free"  # the kind of an answer of several paragraphs, which no control holds
STEPS = "Pas à pas"
CODE = "Code d'un passage"
SENDER = "Expéditeur"
LIST = 4  # the numbers of « Comment remplir »
STYLES = (
    heading(1, 17, 20, 8, bold=True, color=ACCENT),
    Style(PROMPT, "Default Paragraph Font", kind="character", color=GREY),
    Style(ASK, names.TABLE_TEXT, bold=True, size=9.5),
    Style(ANSWER, names.TABLE_TEXT, size=10),
    Style(SENDER, "Normal", font="sans", size=9, color=GREY, space_after=0),
    Style(CODE, names.TABLE_TEXT, size=8, color=GREY),
    Style(STEPS, names.BODY, left_indent=18, hanging_indent=18, space_after=4, list_id=LIST),
)
KEPT = ("word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml", "word/numbering.xml")
CARD = (30, 70)
BESIDE = (50, 50)  # French and English
LOOKS = {
    "Strong": "<w:b/>", "Emph": "<w:i/>", "Strikeout": "<w:strike/>",
    "Superscript": '<w:vertAlign w:val="superscript"/>', "Subscript": '<w:vertAlign w:val="subscript"/>',
}  # fmt: skip
TALL = 30  # points: the least height of a row to write in
NUMBERS = (
    f'<w:abstractNum w:abstractNumId="{LIST}"><w:nsid w:val="5241503{LIST}"/><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
    f'<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
)
NUMBER = f'<w:num w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>'


def as_docx(form: Form) -> bytes:
    """The form as a Word file; the same bytes every time."""
    parts = dict(_base(form.language))
    parts["word/document.xml"] = _document(form)
    parts["word/footer1.xml"] = _footer(form)
    parts["word/header1.xml"] = _header(form)
    parts["docProps/core.xml"] = _properties(form)
    return pack(parts)


@cache
def _base(language: str) -> dict[str, bytes]:
    """The looks of the report, those of a form added, and the parts that say what is where."""
    reference = unpack(reference_docx(language))
    parts = {name: reference[name] for name in KEPT}
    styles = parts["word/styles.xml"].decode()
    for style in STYLES:
        old = re.compile(rf'<w:style [^>]*w:styleId="{names.style_id(style.name)}".*?</w:style>', re.DOTALL)
        styles = old.sub("", styles).replace("</w:styles>", f"{style_xml(style)}</w:styles>")
    parts["word/styles.xml"] = styles.encode()
    lists = parts["word/numbering.xml"].decode().replace("<w:num ", f"{NUMBERS}<w:num ", 1)
    parts["word/numbering.xml"] = lists.replace("</w:numbering>", f"{NUMBER}</w:numbering>").encode()
    locale = names.LOCALES[language]
    parts["word/settings.xml"] = (XML + SETTINGS.format(spaces=SPACES, locale=locale)).encode()
    parts["[Content_Types].xml"] = (XML + TYPES).encode()
    parts["_rels/.rels"] = (XML + relations((f"{NS['r']}/officeDocument", "word/document.xml"), CORE)).encode()
    inner = [(f"{NS['r']}/{PurePosixPath(name).stem.removesuffix('1')}", name) for name in INNER]
    parts["word/_rels/document.xml.rels"] = (XML + relations(*inner)).encode()
    return parts


# ---------------------------------------------------------------- the text


def _document(form: Form) -> bytes:
    writer = _Writer()
    body = "".join(writer.whole(form))
    width, height = (round(points * TWIPS) for points in PAGE)
    margins = " ".join(f'w:{side}="{round(points * TWIPS)}"' for side, points in MARGINS.items())
    end = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId{INNER.index("header1.xml") + 1}"/>'
        f'<w:footerReference w:type="default" r:id="rId{INNER.index("footer1.xml") + 1}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {margins} w:gutter="0"/></w:sectPr>'
    )
    return f"{XML}<w:document {SPACES}><w:body>{body}{end}</w:body></w:document>".encode()


class _Writer:
    """Writes a form; counts the controls and bookmarks, whose numbers must differ."""

    def __init__(self) -> None:
        self.count = 0

    def next_id(self) -> int:
        self.count += 1
        return self.count

    def whole(self, form: Form) -> Iterator[str]:
        yield _paragraph("Title", text_run(form.title))
        yield _paragraph("Subtitle", text_run(form.subtitle))
        for line in form.lines:
            yield _paragraph(names.BODY, text_run(line), "<w:keepNext/>")
        yield _paragraph("heading 1", text_run(form.say("how-title")))
        for step in form.how:
            yield _paragraph(STEPS, text_run(step))
        for note in form.notes:
            yield _paragraph(names.BODY, text_run(note), '<w:spacing w:before="120"/>')
        if form.card:
            yield _paragraph("heading 1", text_run(form.say("card-title")), "<w:pageBreakBefore/>")
            yield self.card(form, form.say("card-summary"), form.card)
        for part in form.parts:
            yield from self.part(part, form)
        if form.counts:
            yield _paragraph("heading 1", text_run(form.say("counts-title")))
            yield from (_paragraph(names.BODY, text_run(said)) for said in form.counts_said)
        for table in form.counts:
            yield from _count_table(table)

    def card(self, form: Form, summary: str, answers: Sequence[AnswerCell]) -> str:
        widths = _widths(CARD)
        rows = [_head((form.say("card-ask"), form.say("card-answer")), widths)]
        for answer in answers:
            asked = _paragraph(ASK, text_run(answer.label))
            place = "" if answer.kind == FREE else self.control(answer)
            rows.append(_row([asked, _paragraph(ANSWER, place)], widths))
        return _table(summary, widths, rows)

    def part(self, part: FormPart, form: Form) -> Iterator[str]:
        number = self.next_id()
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{part.bookmark}"/>'
        yield _paragraph("heading 1", f'{mark}{text_run(part.title)}<w:bookmarkEnd w:id="{number}"/>')
        if part.passages:
            yield self.passages(part)
            yield _paragraph(names.BODY, "")
            return
        yield _paragraph(names.BODY, self.control(part.ask, "<w:temporary/>"))
        if part.grid:
            yield from self.grid(part.grid)
        if part.card:
            yield self.card(form, part.title, part.card)
            yield _paragraph(names.BODY, "")

    def grid(self, grid: Grid) -> Iterator[str]:
        widths = _widths(grid.widths)
        yield _paragraph(names.TABLE_CAPTION, text_run(grid.caption))
        rows = [_head(grid.heads, widths)]
        for _ in range(grid.rows):
            cells = [_paragraph(names.TABLE_TEXT, self.cell(answer, grid.kind)) for answer in grid.cells]
            rows.append(_row(cells, widths, tall=True))
        yield _table(grid.caption, widths, rows)
        yield _paragraph(names.BODY, "")

    def passages(self, part: FormPart) -> str:
        """Each line of a text, its translation beside it."""
        widths = _widths(BESIDE)
        rows = [_head(part.heads, widths)]
        for row in part.passages:
            said = _paragraph(CODE, text_run(row.code)) + _paragraph(ANSWER, "".join(map(_run_of_look, row.french)))
            said += "".join(_paragraph(CODE, text_run(notice)) for notice in row.notices)
            written = "".join(map(_run_of_look, row.english))
            rows.append(_row([said, _paragraph(ANSWER, self.control(part.ask, name=row.code, shown=written))], widths))
        return _table(part.title, widths, rows)

    def cell(self, answer: AnswerCell, kind: str) -> str:
        """An empty place for words, a control for what is chosen."""
        if answer.kind == "text":
            return ""
        return self.control(answer, name=f"{kind}_{answer.name}")

    def control(self, answer: AnswerCell, temporary: str = "", name: str = "", shown: str = "") -> str:
        """A content control inside a line, with its prompt until something is put in; `shown` is in it already."""
        prompt = "<w:showingPlcHdr/>" if answer.kind != "checkbox" and not (answer.value or shown) else ""
        if shown:
            pass
        elif answer.kind == "checkbox":
            shown = '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>'
            shown += f"<w:t>{UNTICKED}</w:t></w:r>"
        else:
            shown = text_run(answer.value) if answer.value else text_run(answer.prompt, names.style_id(PROMPT))
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(answer.label)}"/><w:tag w:val="{TAG}{name or answer.name}"/>'
            f'<w:id w:val="{1000 + self.next_id()}"/>{temporary}{prompt}{KINDS[answer.kind](answer)}</w:sdtPr>'
            f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>" + (text_run(f" {answer.note}") if answer.note else "")
        )


def _run_of_look(run: TextRun) -> str:
    """Words in bold, italics and the like; the elements in the order that Word wants."""
    looks = "".join(look for name, look in LOOKS.items() if name in run.looks)
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def _count_table(table: CountTable) -> Iterator[str]:
    """The card of a count and its table: cells without controls, which every program keeps."""
    yield _paragraph(names.TABLE_CAPTION, text_run(table.title))
    for shares, (heads, *rows) in ((CARD, table.card), (table.widths, table.rows)):
        widths = _widths(shares)
        cells = [[_paragraph(ANSWER if at else ASK, text_run(text)) for at, text in enumerate(row)] for row in rows]
        yield _table(table.title, widths, [_head(heads, widths), *(_row(row, widths) for row in cells)])
        yield _paragraph(names.BODY, "")


def _choices(answer: AnswerCell) -> str:
    items = "".join(f'<w:listItem w:displayText="{escape(one)}" w:value="{escape(one)}"/>' for one in answer.choices)
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _box(answer: AnswerCell) -> str:
    states = (("checkedState", TICKED), ("uncheckedState", UNTICKED))
    looks = "".join(f'<w14:{name} w14:val="{ord(sign):04X}" w14:font="MS Gothic"/>' for name, sign in states)
    return f'<w14:checkbox><w14:checked w14:val="0"/>{looks}</w14:checkbox>'


def _day(answer: AnswerCell) -> str:
    return (
        '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:storeMappedDataAs w:val="dateTime"/>'
        '<w:calendar w:val="gregorian"/></w:date>'
    )


KINDS: dict[str, Callable[[AnswerCell], str]] = {
    "text": lambda answer: "", "dropdown": _choices, "date": _day, "checkbox": _box
}  # fmt: skip


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{names.style_id(style)}"/>{properties}</w:pPr>{runs}</w:p>'


def _widths(shares: Sequence[int]) -> list[int]:
    """Hundredths of the width of the text, in twentieths of a point."""
    return [round(TEXT_WIDTH * TWIPS * share / 100) for share in shares]


def _head(titles: Sequence[str], widths: Sequence[int]) -> str:
    """The row of titles, said again on every page and read aloud with each cell."""
    return _row([_paragraph(names.TABLE_HEAD, text_run(title)) for title in titles], widths, True)


def _row(cells: Sequence[str], widths: Sequence[int], head: bool = False, tall: bool = False) -> str:
    """A row; a tall one has room that invites to write, and grows with what is written."""
    looks = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>' if head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{looks}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    height = f'<w:trHeight w:val="{round(TALL * TWIPS)}" w:hRule="atLeast"/>' if tall else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"


def _table(summary: str, widths: Sequence[int], rows: Sequence[str]) -> str:
    """A table with every cell in a frame, so that one sees where to type; its summary is read aloud."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblDescription w:val="{escape(summary)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


# ---------------------------------------------------------------- the other parts


def _footer(form: Form) -> bytes:
    pages = text_run(form.say("page")) + field("PAGE", "1") + text_run(form.say("of")) + field("NUMPAGES", "1")
    return f"{XML}<w:ftr {SPACES}>{_paragraph('footer', pages)}</w:ftr>".encode()


def _header(form: Form) -> bytes:
    """The letterhead, on every page: it is in no one's text."""
    return f"{XML}<w:hdr {SPACES}>{_paragraph(SENDER, text_run(form.letterhead))}</w:hdr>".encode()


def _properties(form: Form) -> bytes:
    title = escape(f"{form.title} – {form.lines[-1]}")
    fields = f"<dc:title>{title}</dc:title><dc:language>{names.LOCALES[form.language]}</dc:language>"
    return core_properties(fields, form.date).encode()
