"""Tables that only lay out a page are opened in reading order, not a word lost; tables of data stay tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from received_text import body, received
from word_files import bold, docx, h, p, photo, picture

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LEFT = "Les enfants rencontrés à la gare n’ont pas de tuteur, et personne ne leur dit ce qui les attend le soir."
RIGHT = (
    "Les maraudes du soir les retrouvent plus loin, avec d’autres adultes qui se disent leurs cousins, sans papiers."
)
ENGLISH = (
    "The children whom we met at the station have no guardian, and nobody tells them what will happen the next day."
)
END = h("Recommandations") + p("- À l’État : agir.")
MADE = "\n\n## Recommandations\n\n- **À l’État** : agir."


def grid(*rows: Sequence[str]) -> str:
    """A table without borders, each cell given as XML."""
    columns = "<w:tblGrid>" + "<w:gridCol/>" * len(rows[0]) + "</w:tblGrid>"
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{columns}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


PAGES = {
    "two columns of prose": (
        h("Constat") + grid((p(LEFT) + p("Ils ont peur."), p(RIGHT))),
        f"{LEFT}\n\nIls ont peur.\n\n{RIGHT}",
    ),
    "labels and answers": (
        grid((bold("Constat"), p(LEFT)), (bold("Témoignages"), p(RIGHT))),
        f"{LEFT}\n\n## Témoignages\n\n{RIGHT}",
    ),
    "a title in each cell": (
        grid((h("Constat") + p(LEFT), h("Témoignages") + p(RIGHT))),
        f"{LEFT}\n\n## Témoignages\n\n{RIGHT}",
    ),
}
DATA = {
    "numbers": (("Année", "Enfants suivis"), ("2012", "14"), ("2013", "21")),
    "long remarks": (("Ville", "Ce que nous voyons"), ("Lyon", LEFT), ("Lille", RIGHT)),
    "before and after": (("Avant la loi", "Depuis la loi"), (LEFT, RIGHT), (RIGHT, LEFT)),
    "short cells": (("Police", "Justice"),),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_table_for_looks_is_opened_in_reading_order(kind: str) -> None:
    words, expected = PAGES[kind]
    result = received(docx(words + END))
    assert body(result) == f"## Constat\n\n{expected}{MADE}"
    assert result.contribution.repairs["layout"] == 1


@pytest.mark.parametrize("kind", DATA)
def test_a_table_of_data_stays_one(kind: str) -> None:
    result = received(docx(h("Constat") + grid(*[[p(cell) for cell in row] for row in DATA[kind]]) + END))
    assert ("layout" not in result.contribution.repairs and "|" in body(result)) or "+--" in body(result)


def test_pictures_beside_their_texts() -> None:
    shown = p(inside=picture("rId9", "Une gare"))
    parts, relations = {"word/media/a.png": photo()}, {"rId9": (f"{REL}/image", "media/a.png", False)}
    rows = grid((shown, p(LEFT)), (p(RIGHT), shown))
    made = body(received(docx(h("Constat") + rows + END, parts=parts, relations=relations)))
    assert [made.count('alt="Une gare"'), made.count("|"), made.index(LEFT) < made.index(RIGHT)] == [2, 0, True]


@pytest.mark.parametrize("side", [0, 1])
def test_of_two_languages_side_by_side_the_french_is_the_text(side: int) -> None:
    pair, heads = (LEFT, ENGLISH), ("Français", "English")
    rows = [[p(one[side]), p(one[1 - side])] for one in (heads, pair)]
    result = received(docx(h("Constat") + grid(*rows) + END))
    assert body(result) == f"## Constat\n\n{LEFT}{MADE}"
    (told,) = [one.text for one in result.contribution.losses if one.kind == "english"]
    assert ENGLISH in told and "bilingual" in [one.name for one in result.contribution.questions]
