"""The lines of a letter as a page: plain text, and a Word file of the same words, in the same bytes every time."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from rapport.language.names import with_unbroken_spaces
from rapport.office.archive import pack, unpack
from rapport.office.embedded_fonts import with_sans
from rapport.office.namespaces import q
from rapport.office.style_names import LOCALES
from rapport.office.xml import Element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph

COLUMNS = 76
INDENT = {
    "entry": "  - ",
    "item": "  - ",
    "detail": "    ",
    "point": "  ",
    "quote": "    « ",
    "what": "    ",
    "said": "    ",
    "said-rtl": "    ",
}
APART = frozenset("to subject para heading page file point signature".split())  # kinds with an empty line above
INK, GREY, ACCENT = "1C2230", "59616E", "12356B"
FONT = "Calibri"  # LibreOffice has its twin, Carlito, so the page breaks alike
SAID = ("said", "said-rtl")
FROM_THE_RIGHT = "-rtl"  # how the kinds of lines end that are written from the right
LEFT_OUT = ("/stylesWithEffects", "/customXml", "/thumbnail", "/extended-properties")
MARGIN_CM = 2.2
LOGO_CM = 1.4
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PICTURE_CM = (16.6, 9.0)  # at most, of a picture: as wide as the lines, as high as in the report
HELD = "\ue000"  # stands for a space that no line is folded at


class PageLine(Struct, frozen=True):
    """One paragraph of a letter: its kind, its words, and what stands small after them.

    A `picture` (PNG or JPEG) stands above the words, which say what it shows; text alone has the words.
    """

    kind: str
    text: str
    small: str = ""
    picture: bytes = b""


def as_text(lines: Sequence[PageLine]) -> bytes:
    """The letter as plain text, folded, with the line ends that Windows' own editor wants."""
    said: list[str] = []
    for line in lines:
        first = INDENT.get(line.kind, "")
        text = f"{line.text} »" if line.kind == "quote" else line.text
        text = f"{text} [{line.small}]" if line.small else text
        if said and line.kind in APART:
            said.append("")
        first, after, whole = with_unbroken_spaces(first, HELD), " " * len(first), with_unbroken_spaces(text, HELD)
        folded = textwrap.wrap(whole, COLUMNS, initial_indent=first, subsequent_indent=after, break_on_hyphens=False)
        said += [words.replace(HELD, " ") for words in folded]
        if line.kind == "heading":
            said.append("-" * min(len(line.text), COLUMNS))
    # The mark says UTF-8 to an old Notepad.
    return ("\r\n".join(said) + "\r\n").encode("utf-8-sig")


Logo = tuple[bytes, str]  # a picture, PNG or JPEG, and what it shows


class LineStyle(Struct, frozen=True):
    """How a kind of line looks on the page; lengths are points."""

    size: float = 10.5
    bold: bool = False
    italic: bool = False
    color: str = INK
    space_before: float = 0
    space_after: float = 0
    indent: float = 0
    hanging_indent: float = 0
    keep: bool = False
    new_page: bool = False


LOOKS = {
    "letterhead": LineStyle(size=13, bold=True, color=ACCENT, space_after=2, keep=True),
    "sender": LineStyle(size=9.5, color=GREY, keep=True),
    "to": LineStyle(space_before=14, bold=True),
    "subject": LineStyle(space_before=8, space_after=4),
    "para": LineStyle(space_before=7),
    "heading": LineStyle(size=12, bold=True, color=ACCENT, space_before=11, space_after=2, keep=True),
    "page": LineStyle(size=14, bold=True, color=ACCENT, space_after=4, keep=True, new_page=True),
    "entry": LineStyle(space_before=3, indent=14, hanging_indent=14, keep=True),
    "item": LineStyle(space_before=3, indent=14, hanging_indent=14),
    "detail": LineStyle(size=9.5, color=GREY, indent=14),
    "file": LineStyle(bold=True, space_before=6, keep=True),
    "point": LineStyle(space_before=5, indent=14, keep=True),
    "quote": LineStyle(italic=True, indent=28, keep=True),
    "what": LineStyle(indent=28),
    "signature": LineStyle(space_before=10),
    "said": LineStyle(size=12, space_before=3, indent=28),
    "said-rtl": LineStyle(size=12, space_before=3, indent=28),
}


def as_docx(
    lines: Sequence[PageLine], date: str, language: str, logos: Sequence[Logo] = (), own_fonts: bool = False
) -> bytes:
    """The letter as a Word file on A4, its sender as a letterhead; `date` (ISO) is the only one in its properties; with
    `own_fonts` it carries that of its PDF, so that its lines break alike on any machine."""
    import docx  # late: slow to start, and wanted by this verb only

    blank, styles = _blank_page(LOCALES[language], frozenset(line.kind for line in lines) & frozenset(SAID))
    word = docx.Document(io.BytesIO(blank))
    senders = [index for index, line in enumerate(lines) if line.kind == "sender"]
    _put_logos(word, logos if senders else (), styles["letterhead"])
    for index, line in enumerate(lines):
        _put_line(word, line, styles["letterhead" if index in senders[:1] else line.kind])
        if index in senders[-1:]:
            _rule_under(word)
    title, author = (next((line.text for line in lines if line.kind == kind), "") for kind in ("subject", "sender"))
    parts = save_word(word, title, author, date, language)
    return pack(with_sans(parts) if own_fonts else parts)


@cache
def _blank_page(locale: str, said: frozenset[str]) -> tuple[bytes, dict[str, str]]:
    """A4 without a word, with the styles of our lines, and their ids: made once, since a style takes a millisecond."""
    import docx
    from docx.shared import Cm

    word = docx.Document()
    put_language(word, locale)
    section = word.sections[0]
    section._sectPr.attrib.clear()  # the template's editing sessions
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    styles = _put_styles(word, said)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue(), styles


def _put_logos(word: WordDocument, logos: Sequence[Logo], style: str) -> None:
    """The logos on one line, each with what it shows in words."""
    from docx.shared import Cm

    if not logos:
        return
    paragraph = word.add_paragraph()
    paragraph._p.style = style
    for content, shows in logos:
        paragraph.add_run().add_picture(io.BytesIO(content), height=Cm(LOGO_CM))._inline.docPr.set("descr", shows)
        paragraph.add_run("  ")


def _rule_under(word: WordDocument) -> None:
    """A line under the last paragraph."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    rule = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="6" w:color="{ACCENT}"/></w:pBdr>'
    properties = word.paragraphs[-1]._p.get_or_add_pPr()
    properties.insert(1, parse_xml(rule))  # after the style


def put_language(word: WordDocument, locale: str) -> None:
    """Say which language the words of a file are in."""
    from docx.oxml.ns import qn

    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def put_font(style: BaseStyle) -> None:
    """Give a style the one font of these pages."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme would win over the font named
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(q(f"w:{script}"), FONT)


def _put_styles(word: WordDocument, used: frozenset[str]) -> dict[str, str]:
    """One style for each kind of line, by its id; headings are Word's own, so that they are found in its navigation.

    Those of a child's words are there where a letter has any.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    ids = dict[str, str]()
    for kind, look in LOOKS.items():
        if kind in SAID and kind not in used:
            continue
        name = "Heading 1" if kind == "heading" else f"Lettre {kind}"
        style = word.styles[name] if kind == "heading" else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        put_font(style)
        style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
        style.font.color.rgb = RGBColor.from_string(look.color)
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(look.space_before), Pt(look.space_after), 1.05
        shape.left_indent, shape.first_line_indent = Pt(look.indent), Pt(-look.hanging_indent)
        shape.keep_with_next, shape.keep_together, shape.widow_control = look.keep, True, True
        shape.page_break_before = look.new_page
        if kind.endswith(FROM_THE_RIGHT):
            style.element.pPr.find(qn("w:spacing")).addprevious(style.element.makeelement(qn("w:bidi"), {}))
            size = style.element.rPr.find(qn("w:sz"))  # which counts for other scripts alone
            size.addnext(size.makeelement(qn("w:szCs"), dict(size.attrib)))
        ids[kind] = style.style_id
    return ids


def _put_line(word: WordDocument, line: PageLine, style: str) -> None:
    """One line in the style of that id, before the section's end: python-docx would look through all styles and all
    paragraphs again at each line, and a list may have ten thousand."""
    text = {"entry": f"•\t{line.text}", "item": f"•\t{line.text}", "quote": f"« {line.text} »"}.get(
        line.kind, line.text
    )
    if line.picture:
        paragraph = word.add_paragraph()
        paragraph._p.style = style
        _put_picture(paragraph, line)
    ending = word.element.body.sectPr
    paragraph = ending.makeelement(q("w:p"))
    ending.addprevious(paragraph)
    look = etree.SubElement(etree.SubElement(paragraph, q("w:pPr")), q("w:pStyle"))
    look.set(q("w:val"), style)
    _put_words(etree.SubElement(paragraph, q("w:r")), with_unbroken_spaces(text))
    if line.small:
        run = etree.SubElement(paragraph, q("w:r"))
        looks = etree.SubElement(run, q("w:rPr"))
        etree.SubElement(looks, q("w:color")).set(q("w:val"), GREY)
        etree.SubElement(looks, q("w:sz")).set(q("w:val"), "15")  # half points
        _put_words(run, f"  {line.small}")


def _put_words(run: Element, text: str) -> None:
    """Words with their tabulations and line breaks."""
    for piece in re.split(r"([\t\n\r])", text):
        if piece in ("\t", "\n", "\r"):
            etree.SubElement(run, q("w:tab" if piece == "\t" else "w:br"))
        elif piece:
            words = etree.SubElement(run, q("w:t"))
            words.text = piece
            if piece.strip() != piece:
                words.set(XML_SPACE, "preserve")


def _put_picture(paragraph: Paragraph, line: PageLine) -> None:
    """A line's picture, as large as the page lets it be, with what it shows in words."""
    from docx.shared import Cm, Emu

    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(line.picture))
    scale = min(Cm(PICTURE_CM[0]) / shape.width, Cm(PICTURE_CM[1]) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape._inline.docPr.set("descr", line.text)


def save_word(word: WordDocument, title: str, author: str, date: str, language: str) -> dict[str, bytes]:
    """The parts of a Word file, by name, without what the template left in it; `date` (ISO) is its only one."""
    for relations in (word.part.rels, word.part.package.rels):
        for relation in [key for key, it in relations.items() if it.reltype.endswith(LEFT_OUT)]:
            del relations[relation]
    facts = word.core_properties
    facts.title, facts.author = title, author
    facts.comments = facts.keywords = facts.last_modified_by = ""
    facts.language, facts.revision = LOCALES[language], 1
    facts.created = facts.modified = datetime.fromisoformat(date)
    buffer = io.BytesIO()
    word.save(buffer)
    return unpack(buffer.getvalue())
