"""The look of the Word file, style by style; of its numbers and tables alone, `reference_document` says more.

Lengths are points, colours RRGGBB; every colour of text has a contrast of 4.5 or more on its ground. The measures are
those of Cambria and Calibri; the finished file carries fonts as large as they are (`office.embedded_fonts`).
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from rapport.office import style_names as names
from rapport.office.page_setup import FIELD_BORDER, FIELD_SPACE, NUMBER_WIDTH, TEXT_WIDTH

PAPER = "FFFFFF"
PALE = "DBE4F2"
ACCENT = "12356B"
INK = "1C2230"
GREY = "59616E"
RED = "9A1F2B"
AMBER = "7A4F00"
HAIRLINE = "B9C2CF"
TINT = "F1F4F9"
RED_TINT = "FDF3F3"
AMBER_TINT = "FDF8EC"
GREY_TINT = "F0F0F2"


class Border(Struct, frozen=True):
    """A line along one side of a paragraph: its width and its distance from the text."""

    side: str
    color: str
    width: float = 0.5
    space: int = 4
    line: str = "single"


class Style(Struct, frozen=True):
    """One Word style; what is left out (None or "") comes from the style it is based on.

    `skips_line_numbers`: where a draft numbers its lines, those of this style are passed over.
    """

    name: str
    base: str = "Normal"
    follow: str = ""
    kind: str = "paragraph"
    font: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    color: str = ""
    tracking: float | None = None
    underline: bool = False
    is_superscript: bool = False
    space_before: float | None = None
    space_after: float | None = None
    line: float | None = None
    left_indent: float | None = None
    right_indent: float | None = None
    hanging_indent: float | None = None
    align: str = ""
    keep_next: bool | None = None
    keep_lines: bool | None = None
    new_page: bool | None = None
    skips_line_numbers: bool | None = None
    contextual: bool | None = None
    list_id: int | None = None
    outline: int | None = None
    tabs: tuple[tuple[str, float], ...] = ()
    fill: str = ""
    borders: tuple[Border, ...] = ()


def bar(color: str, space: int = 4) -> tuple[Border, ...]:
    """A thick line on the left."""
    return (Border("left", color, 2.25, space),)


def box(color: str, width: float, line: str = "single", left: float = 0) -> tuple[Border, ...]:
    """A line all around, thicker on the left where asked; Word wants the sides in this order."""
    sides = {"top": width, "left": left or width, "bottom": width, "right": width}
    return tuple(Border(side, color, wide, 6, line) for side, wide in sides.items())


def heading(level: int, size: float, before: float, after: float, **look: Any) -> Style:
    """A real heading, kept with what follows."""
    return Style(f"heading {level}", follow=names.BODY, size=size, space_before=before, space_after=after, line=1.0,
                 keep_next=True, keep_lines=True, outline=level, **look)  # fmt: skip


def notice(kind: str, tint: str, borders: tuple[Border, ...]) -> Style:
    """A box of one kind: told from the others by its line as well as by its colour."""
    return Style(names.STYLE_OF_CLASS[f"notice-{kind}"], names.NOTICE, fill=tint, borders=borders)


def cover(name: str, size: float, after: float, font: str = "sans", **look: Any) -> Style:
    """A line of the cover."""
    return Style(
        names.STYLE_OF_CLASS[f"cover-{name}"], font=font, size=size, space_after=after, skips_line_numbers=True, **look
    )


def on_field(name: str, size: float, after: float, font: str = "sans", **look: Any) -> Style:
    """A line of the cover on its deep field: with the same borders in each, Word and LibreOffice draw one field."""
    return cover(name, size, after, font, **{"color": PAPER, **look}, fill=ACCENT, borders=FIELD, keep_next=True)


FIELD = (
    Border("top", ACCENT, 0.25, 0),
    *(Border(side, ACCENT, FIELD_BORDER, FIELD_SPACE) for side in ("left", "bottom", "right")),
)
"""They bring the field to the sides of the page: the cover's margins are as wide as they are.

A wide one at the top would not reach the edge in LibreOffice, which leaves as much room above it; none at all would
leave white corners.
"""
BARS = (Border("top", INK, 2, 6), Border("bottom", INK, 2, 6))
TOC_TABS = (("left", 24.0), ("right", TEXT_WIDTH))

STYLES = (
    Style("Normal", "", font="serif", size=10, color=INK, space_before=0, space_after=0, line=1.0),
    # Running text.
    Style(names.BODY, space_after=7, line=1.12),
    Style(names.NUMBERED, names.BODY, left_indent=0, hanging_indent=NUMBER_WIDTH, list_id=1),
    Style(names.RECOMMENDATION, names.BODY, left_indent=0, hanging_indent=NUMBER_WIDTH, list_id=1, fill=TINT,
          borders=bar(ACCENT)),
    Style(names.RECOMMENDATION_MORE, names.BODY, left_indent=0, fill=TINT, borders=bar(ACCENT, 30)),
    Style(names.LISTED, names.BODY, left_indent=0, hanging_indent=NUMBER_WIDTH, space_before=5, space_after=1,
          keep_next=True, keep_lines=True),
    Style(names.KEY, names.LISTED, space_after=4),  # the shortlist stays on one page
    Style(names.LAST_KEY, names.KEY, keep_next=False),
    Style(names.STYLE_OF_CLASS["carried"], names.BODY, font="sans", size=8.5, color=GREY, space_after=5, line=1.1),
    Style(names.SUMMARY, names.BODY),
    Style(names.LIST, names.BODY, space_after=4.5),
    Style(names.QUOTE, names.BODY, left_indent=22, right_indent=22, italic=True),
    Style(names.CODE, font="mono", size=9, left_indent=8, right_indent=8, space_before=3, space_after=9, fill=TINT),
    Style(names.RULE, left_indent=160, right_indent=160, space_after=14, line=0.7,
          borders=(Border("bottom", GREY, 0.75, 1),)),
    Style(names.TERM, names.BODY, bold=True, space_after=1, keep_next=True),
    Style(names.DEFINITION, names.BODY, left_indent=22),
    Style("Bibliography", names.BODY, size=9.5, left_indent=22, hanging_indent=22, space_after=4.5, line=1.12,
          keep_lines=True),
    # Headings: a part, a theme, a section of the model, then an association's own.
    heading(1, 25, 42, 22, bold=True, color=ACCENT),
    heading(2, 17, 20, 13, bold=True, color=ACCENT),
    heading(3, 12, 15, 6, font="sans", bold=True, color=ACCENT),
    Style(names.SUBHEADING, "heading 3", follow=names.BODY, outline=2),
    heading(4, 10.5, 11, 5, font="sans", bold=True),
    heading(5, 10.5, 9, 4, bold=True, italic=True),
    heading(6, 10.5, 8, 4, italic=True),
    # What is said about a text: who wrote it, what is missing.
    Style("Provenance", font="sans", size=8, color=GREY, align="right", space_before=8, space_after=2, keep_next=True,
          borders=(Border("top", HAIRLINE, 0.5, 2),)),
    Style(names.NOTICE, font="sans", size=9.5, space_before=6, space_after=10, line=1.12, left_indent=9, right_indent=9,
          keep_next=True, keep_lines=True, fill=TINT),
    notice("empty", "FFFFFF", box(GREY, 0.75, "dashed")),
    notice("refused", RED_TINT, box(RED, 1.5)),
    notice("warning", AMBER_TINT, box(AMBER, 0.5, left=3)),
    notice("confidential", GREY_TINT, BARS),
    notice("proposed", TINT, box(ACCENT, 0.75, "dotted")),
    # The cover, from top to bottom.
    on_field("top", 20, 30),
    on_field("edition", 9, 56, bold=True, tracking=0.5),
    on_field("committee", 12, 20, color=PALE, tracking=0.4),
    on_field("title", 30, 10, font="serif", bold=True, line=0.92),
    on_field("rule", 20, 16),
    on_field("subtitle", 16.5, 18, font="serif"),
    on_field("answers", 10.5, 0, color=PALE, line=1.15),
    cover("date", 10, 10, color=GREY, space_before=24),
    cover("collective", 16, 14, font="serif", bold=True, color=ACCENT, keep_next=True),
    cover("members", 8.8, 3, left_indent=8, right_indent=4, hanging_indent=8),
    cover("logos", 9.5, 0, space_before=16),
    cover("contact", 8.6, 0, color=GREY, space_before=18, line=1.15, contextual=True,
          borders=(Border("top", HAIRLINE, 0.5, 8),)),
    cover("licence", 8, 0, color=GREY, space_before=6),
    # Figures and tables.
    Style(names.FIGURE, align="center", space_before=8, space_after=4, keep_next=True),
    Style("caption", font="sans", size=9, line=1.1, keep_lines=True, skips_line_numbers=True),
    Style(names.FIGURE_CAPTION, "caption", align="center", space_after=13),
    Style(names.TABLE_CAPTION, "caption", space_before=10, space_after=5, keep_next=True),
    Style(names.TABLE_TEXT, font="sans", size=9, line=1.05, skips_line_numbers=True),
    Style("Compact", names.TABLE_TEXT),  # pandoc's own, of empty cells
    Style(names.TABLE_HEAD, names.TABLE_TEXT, bold=True, keep_next=True),
    Style(names.NARROW_TEXT, names.TABLE_TEXT, size=6.5),
    Style(names.NARROW_HEAD, names.TABLE_HEAD, size=6.5),
    Style(names.ROW_HEAD, names.TABLE_TEXT, bold=True),
    Style(names.NARROW_ROW_HEAD, names.ROW_HEAD, size=6.5),
    # Table of contents, notes, running header and footer.
    Style("TOC Heading", size=25, bold=True, color=ACCENT, space_after=22, keep_next=True, new_page=True,
          skips_line_numbers=True),
    Style("toc 1", size=10.5, bold=True, color=ACCENT, space_before=8, space_after=3, left_indent=24, hanging_indent=24,
          keep_next=True, tabs=TOC_TABS, skips_line_numbers=True),
    Style("toc 2", size=9.5, space_after=2, left_indent=24, hanging_indent=24, tabs=TOC_TABS, skips_line_numbers=True),
    Style(names.FOOTNOTE, skips_line_numbers=True, size=8.5, space_after=2, line=1.05),
    Style("header", skips_line_numbers=True, font="sans", size=8, color=GREY,
          borders=(Border("bottom", HAIRLINE, 0.5, 4),)),
    Style("footer", skips_line_numbers=True, font="sans", size=8, color=GREY, align="right"),
    # Words inside a line.
    Style("Default Paragraph Font", "", kind="character"),
    Style("line number", "Default Paragraph Font", kind="character", font="sans", size=7, color=GREY),
    Style(names.LABEL, "Default Paragraph Font", kind="character", bold=True, color=ACCENT),
    Style(names.INNER_LINK, "Default Paragraph Font", kind="character", color=ACCENT),
    Style(names.OUTER_LINK, "Default Paragraph Font", kind="character", color=ACCENT, underline=True),
    Style("footnote reference", "Default Paragraph Font", kind="character", is_superscript=True),
    Style("Verbatim Char", "Default Paragraph Font", kind="character", font="mono", size=9),
)  # fmt: skip
