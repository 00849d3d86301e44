"""A form as an OpenDocument text, for those who write in LibreOffice; the same looks as the Word file.

Prompts are placeholders, which vanish at the first key; lists, dates and boxes are LibreOffice's content controls, and
where a program does not know those, ordinary words that can be typed over.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from rapport.forms.count_table import CountTable
from rapport.forms.docx import ANSWER, ASK, BESIDE, CARD, CODE, FREE, PROMPT, SENDER, STEPS, TALL
from rapport.forms.docx import STYLES as OWN
from rapport.forms.fields import TAG, TICKED, UNTICKED
from rapport.forms.odt_runs import RUNS, styled_run
from rapport.forms.page import AnswerCell, Form, FormPart, Grid
from rapport.office import style_names as names
from rapport.office.namespaces import namespace_declarations
from rapport.office.page_setup import MARGINS, PAGE, TEXT_WIDTH
from rapport.output.docx.reference_styles import HAIRLINE, TINT, Style
from rapport.output.docx.reference_styles import STYLES as REPORT

SPACES = namespace_declarations("office style text table meta manifest fo svg dc loext")
VERSION = 'office:version="1.3"'
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MIME = "application/vnd.oasis.opendocument.text"
FONTS = {"serif": "Cambria", "sans": "Calibri"}
ROMAN = {"serif": "roman", "sans": "swiss"}
KNOWN = {"Normal": "Standard", names.BODY: "Text_20_body", "heading 1": "Heading_20_1", "footer": "Footer"}
USED = (
    "Normal", names.BODY, "Title", "Subtitle", "heading 1", names.TABLE_TEXT, names.TABLE_HEAD, ASK, ANSWER, CODE,
    SENDER, "caption", names.TABLE_CAPTION, STEPS, "footer",
)  # fmt: skip


def as_odt(form: Form) -> bytes:
    """The form as an OpenDocument text; the same bytes every time."""
    parts = {
        "content.xml": _part("document-content", _content(form)),
        "styles.xml": _part("document-styles", _styles(form)),
        "meta.xml": _part("document-meta", _meta(form)),
        "META-INF/manifest.xml": MANIFEST,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {"mimetype": MIME, **parts}.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()


def _part(name: str, inside: str) -> str:
    return f"{XML}<office:{name} {SPACES} {VERSION}>{inside}</office:{name}>"


# ---------------------------------------------------------------- the text


def _content(form: Form) -> str:
    grids = {part.grid.kind: part.grid.widths for part in form.parts if part.grid}
    counts = {f"count{at}": table.widths for at, table in enumerate(form.counts)}
    widths_of = {"card": CARD, "beside": BESIDE, **grids, **counts}
    looks = "".join(_columns(kind, widths) for kind, widths in widths_of.items())
    body = "".join(_whole(form))
    return (
        f"<office:automatic-styles>{looks}{CELLS}{RUNS}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )


def _whole(form: Form) -> Iterator[str]:
    yield _paragraph("Title", escape(form.title))
    yield _paragraph("Subtitle", escape(form.subtitle))
    for line in form.lines:
        yield _paragraph(names.BODY, escape(line))
    yield _heading(escape(form.say("how-title")))
    steps = "".join(f"<text:list-item>{_paragraph(STEPS, escape(step))}</text:list-item>" for step in form.how)
    yield f'<text:list text:style-name="LSteps">{steps}</text:list>'
    for note in form.notes:
        yield _paragraph(names.BODY, escape(note))
    if form.card:
        yield _heading(escape(form.say("card-title")), "NewPage")
        yield _card("card", form.say("card-summary"), form.card, form)
    for part in form.parts:
        yield from _section(part, form)
    if form.counts:
        yield _heading(escape(form.say("counts-title")))
        yield from (_paragraph(names.BODY, escape(said)) for said in form.counts_said)
    yield from (part for at, table in enumerate(form.counts) for part in _count_table(table, f"count{at}"))


def _count_table(table: CountTable, name: str) -> Iterator[str]:
    """The card of a count and its table; their cells are plain ones, which every program keeps."""
    yield _paragraph(names.TABLE_CAPTION, escape(table.title))
    for own, (heads, *rows) in ((f"card-{name}", table.card), (name, table.rows)):
        cells = [[_paragraph(ANSWER if at else ASK, escape(text)) for at, text in enumerate(row)] for row in rows]
        yield _table(own, table.title, heads, cells)
        yield _paragraph(names.BODY, "")


def _card(name: str, summary: str, answers: Sequence[AnswerCell], form: Form) -> str:
    rows = []
    for one in answers:
        place = "" if one.kind == FREE else _control(one, one.name)
        rows.append([_paragraph(ASK, escape(one.label)), _paragraph(ANSWER, place)])
    return _table(name, summary, [form.say("card-ask"), form.say("card-answer")], rows)


def _section(part: FormPart, form: Form) -> Iterator[str]:
    mark = f'<text:bookmark-{{}} text:name="{part.bookmark}"/>'
    yield _heading(mark.format("start") + escape(part.title) + mark.format("end"))
    if part.passages:
        yield _passages(part)
        yield _paragraph(names.BODY, "")
        return
    yield _paragraph(names.BODY, _prompt(part.ask))
    if part.grid:
        yield _paragraph(names.TABLE_CAPTION, escape(part.grid.caption))
        yield _grid(part.grid)
        yield _paragraph(names.BODY, "")
    if part.card:
        yield _card(f"card-{part.bookmark}", part.title, part.card, form)
        yield _paragraph(names.BODY, "")


def _grid(grid: Grid) -> str:
    row = [
        _paragraph(names.TABLE_TEXT, "" if one.kind == "text" else _control(one, f"{grid.kind}_{one.name}"))
        for one in grid.cells
    ]
    return _table(grid.kind, grid.caption, grid.heads, [row] * grid.rows, "Tall")


def _passages(part: FormPart) -> str:
    """Each line of a text, its translation beside it."""
    rows = []
    for row in part.passages:
        said = _paragraph(CODE, escape(row.code)) + _paragraph(ANSWER, "".join(map(styled_run, row.french)))
        said += "".join(_paragraph(CODE, escape(notice)) for notice in row.notices)
        rows.append([said, _paragraph(ANSWER, "".join(map(styled_run, row.english)) or _prompt(part.ask))])
    return _table("beside", part.title, part.heads, rows)


def _prompt(answer: AnswerCell) -> str:
    words = f'text:description="{escape(answer.label)}"' if answer.label else ""
    return f'<text:placeholder text:placeholder-type="text" {words}>&lt;{escape(answer.prompt)}&gt;</text:placeholder>'


def _control(answer: AnswerCell, name: str) -> str:
    """A placeholder for words, a content control for what is chosen."""
    if answer.kind == "text":
        return escape(answer.value) or _prompt(answer)
    kinds = {
        "checkbox": f'loext:checkbox="true" loext:checked="false" loext:checked-state="{TICKED}" '
        f'loext:unchecked-state="{UNTICKED}"',
        "date": 'loext:date="true" loext:date-format="D MMMM YYYY" loext:date-rfc-language-tag="fr-FR"',
        "dropdown": 'loext:dropdown="true"',
    }
    items = "".join(
        f'<loext:list-item loext:display-text="{escape(one)}" loext:value="{escape(one)}"/>' for one in answer.choices
    )
    shown = escape(answer.value or answer.prompt) if answer.kind != "checkbox" else UNTICKED
    prompt = ""
    if answer.kind != "checkbox" and not answer.value:
        prompt = 'loext:showing-place-holder="true" '
        shown = f'<text:span text:style-name="{_name(PROMPT)}">{shown}</text:span>'
    named = f'loext:alias="{escape(answer.label)}" loext:tag="{TAG}{name}"'
    control = f"<loext:content-control {prompt}{kinds[answer.kind]} {named}>{items}{shown}</loext:content-control>"
    return control + (f" {escape(answer.note)}" if answer.note else "")


def _paragraph(style: str, inside: str) -> str:
    return f'<text:p text:style-name="{_name(style)}">{inside}</text:p>'


def _heading(inside: str, style: str = "Heading_20_1") -> str:
    return f'<text:h text:style-name="{style}" text:outline-level="1">{inside}</text:h>'


def _table(name: str, summary: str, heads: Sequence[str], rows: Sequence[Sequence[str]], height: str = "Row") -> str:
    look = name.partition("-")[0]  # « card-count0 » has the widths of the card
    columns = "".join(f'<table:table-column table:style-name="{look}.{at}"/>' for at in range(len(heads)))
    head = _row([_paragraph(names.TABLE_HEAD, escape(one)) for one in heads], "CellHead")
    return (
        f'<table:table table:name="{name}" table:style-name="{look}"><table:title>{escape(summary)}</table:title>'
        f"{columns}<table:table-header-rows>{head}</table:table-header-rows>"
        f"{''.join(_row(row, 'Cell', height) for row in rows)}</table:table>"
    )


def _row(cells: Sequence[str], style: str, height: str = "Row") -> str:
    inside = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{cell}</table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:style-name="{height}">{inside}</table:table-row>'


# ---------------------------------------------------------------- the looks


def _name(style: str) -> str:
    """The name of a style as OpenDocument writes it: « Body Text » is LibreOffice's own « Text body »."""
    return KNOWN.get(style) or "".join(c if c.isalnum() else f"_{ord(c):x}_" for c in style)


def _columns(name: str, widths: Sequence[int]) -> str:
    whole = (
        f'<style:table-properties style:width="{TEXT_WIDTH:.1f}pt" table:align="left" table:border-model="collapsing"/>'
    )
    out = f'<style:style style:name="{name}" style:family="table">{whole}</style:style>'
    for at, share in enumerate(widths):
        width = f'<style:table-column-properties style:column-width="{TEXT_WIDTH * share / 100:.1f}pt"/>'
        out += f'<style:style style:name="{name}.{at}" style:family="table-column">{width}</style:style>'
    return out


def _cell(name: str, more: str = "") -> str:
    looks = f'<style:table-cell-properties fo:border="0.5pt solid #{HAIRLINE}" fo:padding="3pt"{more}/>'
    return f'<style:style style:name="{name}" style:family="table-cell">{looks}</style:style>'


CELLS = (
    _cell("Cell")
    + _cell("CellHead", f' fo:background-color="#{TINT}"')
    + '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
    '</style:style><style:style style:name="Tall" style:family="table-row"><style:table-row-properties '
    f'fo:keep-together="always" style:min-row-height="{TALL}pt"/>'
    '</style:style><style:style style:name="NewPage" style:family="paragraph" '
    'style:parent-style-name="Heading_20_1"><style:paragraph-properties fo:break-before="page"/></style:style>'
)
STEP = (
    '<text:list-style style:name="LSteps"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="18pt" '
    'fo:text-indent="-18pt" fo:margin-left="18pt"/></style:list-level-properties></text:list-level-style-number>'
    "</text:list-style>"
)


def _styles(form: Form) -> str:
    looks: Mapping[str, Style] = {style.name: style for style in (*REPORT, *OWN)}
    locale, country = names.LOCALES[form.language].split("-")
    faces = "".join(
        f'<style:font-face style:name="{name}" svg:font-family="{name}" style:font-family-generic="{ROMAN[kind]}"/>'
        for kind, name in FONTS.items()
    )
    default = (
        f'<style:default-style style:family="paragraph"><style:text-properties fo:language="{locale}" '
        f'fo:country="{country}"/></style:default-style>'
    )
    prompt = (
        f'<style:style style:name="{_name(PROMPT)}" style:display-name="{PROMPT}" style:family="text">'
        f"{_words(looks[PROMPT])}</style:style>"
    )
    pages = (
        f'<text:p text:style-name="Footer">{escape(form.say("page"))}<text:page-number text:select-page="current">1'
        f"</text:page-number>{escape(form.say('of'))}<text:page-count>1</text:page-count></text:p>"
    )
    margins = {side: MARGINS[side] for side in ("left", "right")}
    margins |= {"top": MARGINS["header"], "bottom": MARGINS["footer"]}
    page = (
        f'<style:page-layout-properties fo:page-width="{PAGE[0]}pt" fo:page-height="{PAGE[1]}pt" '
        + " ".join(f'fo:margin-{side}="{points}pt"' for side, points in margins.items())
        + "/>"
    )
    room = MARGINS["bottom"] - MARGINS["footer"]
    footer = f'<style:footer-style><style:header-footer-properties fo:min-height="{room:.1f}pt"/></style:footer-style>'
    above = MARGINS["top"] - MARGINS["header"]
    header = f'<style:header-style><style:header-footer-properties fo:min-height="{above:.1f}pt"/></style:header-style>'
    return (
        f"<office:font-face-decls>{faces}</office:font-face-decls>"
        f"<office:styles>{default}{''.join(_style(looks[name]) for name in USED)}{prompt}{STEP}</office:styles>"
        f'<office:automatic-styles><style:page-layout style:name="Page">{page}{header}{footer}</style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="Page"><style:header>{_paragraph(SENDER, escape(form.letterhead))}</style:header>'
        f"<style:footer>{pages}</style:footer></style:master-page></office:master-styles>"
    )


def _style(style: Style) -> str:
    """One of the report's styles; what it leaves out comes from its parent, as in Word."""
    parent = f' style:parent-style-name="{_name(style.base)}"' if style.base else ""
    level = ' style:default-outline-level="1"' if style.outline else ""
    after = f' style:next-style-name="{_name(style.follow)}"' if style.follow else ""
    return (
        f'<style:style style:name="{_name(style.name)}" style:display-name="{_shown(style.name)}" '
        f'style:family="paragraph"{parent}{after}{level}>{_lines(style)}{_words(style)}</style:style>'
    )


def _shown(style: str) -> str:
    return KNOWN[style].replace("_20_", " ") if style in KNOWN else escape(style)


def _lines(style: Style) -> str:
    points = {"margin-top": style.space_before, "margin-bottom": style.space_after, "margin-left": style.left_indent}
    looks = [f'fo:{name}="{value}pt"' for name, value in points.items() if value is not None]
    looks += [f'fo:line-height="{style.line * 100:.0f}%"'] if style.line else []
    looks += ['fo:keep-with-next="always"'] if style.keep_next else []
    looks += [f'fo:text-align="{"end" if style.align == "right" else style.align}"'] if style.align else []
    looks += [f'fo:background-color="#{style.fill}"'] if style.fill else []
    for border in style.borders:
        looks.append(f'fo:border-{border.side}="{border.width}pt solid #{border.color}"')
        looks.append(f'fo:padding-{border.side}="{border.space}pt"')
    return f"<style:paragraph-properties {' '.join(looks)}/>" if looks else ""


def _words(style: Style) -> str:
    looks = [f'style:font-name="{FONTS[style.font]}"'] if style.font else []
    looks += [f'fo:font-size="{style.size}pt"'] if style.size else []
    looks += ['fo:font-weight="bold"'] if style.bold else []
    looks += [f'fo:color="#{style.color}"'] if style.color else []
    return f"<style:text-properties {' '.join(looks)}/>" if looks else ""


# ---------------------------------------------------------------- the other parts


def _meta(form: Form) -> str:
    return (
        f"<office:meta><dc:title>{escape(f'{form.title} – {form.lines[-1]}')}</dc:title>"
        f"<dc:language>{names.LOCALES[form.language]}</dc:language><dc:date>{form.date}T00:00:00</dc:date></office:meta>"
    )


MANIFEST = (
    f'{XML}<manifest:manifest {namespace_declarations("manifest")} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta")
    )
    + "</manifest:manifest>"
)
