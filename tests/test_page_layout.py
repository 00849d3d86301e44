"""What stands where on the pages of the finished PDF: nothing is left behind at a foot, no foot is left empty."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from pdf_reader import Reader
from rapport.model import Node
from rapport.proof.pdf_reading import read_pdf
from rapport.tree import div, header, para, string
from test_pdf import ATTR, cell, document, image, inline, make, note, p, table

FOOT, HEAD = 22 / 297, 25 / 297  # of a page's height: its margins
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="{}"><path d="M0,0h300v{}h-300Z"/></svg>'


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graphiques")
    for height in (60, 180, 340):
        (folder / f"{height}.svg").write_text(SVG.format(height, height), encoding="utf-8")
    return folder


def lines(number: int) -> list[Node]:
    return [p(f"Ligne inventée {at}.") for at in range(number)]


def opened(kind: str, notes: list[Node]) -> list[Node]:
    """A title, what may stand between, and a paragraph that calls notes in its first two lines."""
    words = [*string("Début inventé"), *notes, *string(" et la suite. " * 5)]
    text = [div([para(words)], ["paragraph"])] if kind == "numbered" else [para(words)]
    between = [div([p("Encadré.")], {"notice": ["notice", "warning"]}.get(kind, [kind]))]
    return [header(3, string("Titre inventé"), "titre"), *(between if kind in ("notice", "provenance") else []), *text]


@pytest.mark.parametrize("kind", ["plain", "numbered", "notice", "provenance"])
@pytest.mark.parametrize("length", [3, 30])
def test_no_title_ends_a_page_where_its_paragraph_calls_a_note(
    kind: str, length: int, images: Path, tmp_path: Path
) -> None:  # fmt: skip
    for before in (0, 1):
        first = [para([*string("Avant."), note(p("Une note d'avant."))])] * before
        for number in range(24, 40):
            body = [*first, *lines(number), *opened(kind, [note(p("Mots d'une note inventée. " * length))])]
            pages = Reader(make(document(body), images, tmp_path)).pages
            assert ["Titreinventé" in page for page in pages] == ["Débutinventé" in page for page in pages], number


def chart(height: int) -> Node:
    picture = inline("Plain", [image("Un graphique", f"{height}.svg")])
    return inline("Figure", ATTR, [None, [p("Un graphique inventé")]], [picture])


def blank(page: pypdf.PageObject) -> float:
    """How much of the height between its margins a page leaves empty under its last line or picture."""
    lowest = [1.0]

    def lower(operator: bytes, operands: list[object], cm: list[float], tm: list[float]) -> None:
        if operator in (b"Tj", b"TJ"):
            lowest.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5]) / float(page.mediabox.height))

    page.extract_text(visitor_operand_before=lower)
    body = sorted(height for height in lowest if height > FOOT)
    return (body[0] - FOOT) / (1 - FOOT - HEAD)


@pytest.mark.parametrize("height", [60, 180, 340])
def test_a_chart_that_does_not_fit_leaves_no_foot_empty(height: int, images: Path, tmp_path: Path) -> None:
    rows = [[cell("Forme"), cell("Nombre")], *([cell(f"Forme {n}"), cell("12")] for n in range(height // 30 + 2))]
    for number in range(0, 40, 3):
        body = [*lines(number), chart(height), table("Les mêmes nombres", *rows), *lines(45)]
        made = make(document(body), images, tmp_path)
        pages = pypdf.PdfReader(io.BytesIO(made)).pages
        assert max(map(blank, pages[:-1])) < 0.1, number
        reader = Reader(made)
        told = [str(element.S) for element in reader.elements]
        assert told.index("/Figure") < told.index("/Table"), "the chart is heard before its table"


@pytest.mark.parametrize("kind", ["provenance", "notice", "numbered"])
def test_no_note_comes_before_its_call_where_a_picture_floats(kind: str, tmp_path: Path) -> None:
    Image.new("RGB", (300, 180), "navy").save(tmp_path / "image.png")
    figure = inline("Figure", ATTR, [None, [p("Une image")]], [inline("Plain", [image("Une image", "image.png")])])
    for number in range(10, 40):
        notes = [note(p("Mots d'une première note. " * 3)), note(p("Mots d'une seconde note."))]
        made = make(document([*lines(number), *opened(kind, notes), figure, *lines(30)]), tmp_path, tmp_path / "pdf")
        pages = Reader(made).pages
        called, noted = (
            next(at for at, page in enumerate(pages) if words in page) for words in ("Débutinventé", "unesecondenote")
        )
        assert called <= noted, number
        assert not read_pdf(made).hidden_words, number
