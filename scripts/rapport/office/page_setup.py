"""The measures of the page, in points: A4, and the margin that the numbers of paragraphs hang out into."""

from __future__ import annotations

PAGE = (595.3, 841.9)
MARGINS = {"left": 90.7, "right": 65.2, "top": 76.5, "bottom": 70.9, "header": 37.0, "footer": 31.0}
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
TALLEST_PICTURE = 480.0

FIELD_BORDER, FIELD_SPACE = 12.0, 31
"""Of the deep field of the cover: the widest border and the most room inside it that Word knows."""

COVER_MARGINS = MARGINS | dict.fromkeys(("left", "right"), FIELD_BORDER + FIELD_SPACE) | {"top": 0.0, "bottom": 28.0}

NUMBER_WIDTH = 26.0
"""How far the number of a paragraph or a theme hangs out: enough for four small digits."""

LIST_STEP = 20.0
LIST_HANG = 15.0
"""Each level of a list stands a step further in; its bullet hangs back."""

TWIPS = 20
EMU = 12_700
"""To a point: Word counts lengths in twentieths, and the sides of pictures in something smaller still."""


def section_properties(columns: int) -> str:
    """The end of a stretch of the cover that is set in so many columns; it has no running header."""
    width, height = (round(points * TWIPS) for points in PAGE)
    margins = " ".join(f'w:{side}="{round(points * TWIPS)}"' for side, points in COVER_MARGINS.items())
    return (
        f'<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {margins} w:gutter="0"/>'
        f'<w:cols w:num="{columns}" w:space="400"/></w:sectPr>'
    )
