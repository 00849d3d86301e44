"""Charts: drawn from what was published, read back from the finished files, and held against their tables."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from msgspec.structs import replace

from conftest import lay_stock
from rapport import cli
from rapport.figures import PUBLISHED
from rapport.figures.charts.bars import bar_chart
from rapport.figures.charts.chart import Chart
from rapport.figures.charts.drawing import draw, drawing_name
from rapport.figures.charts.gallery import gallery
from rapport.figures.charts.years import series, year_chart
from rapport.figures.definition import definition
from rapport.figures.publication import PrintedNumber, Publication, as_yaml, places, population
from rapport.proof.chart_marks import TableNumber
from rapport.proof.charts import ExpectedChart, parse_svg, pdf_charts, read_svg
from rapport.proof.html_words import printed_words
from rapport.proof.reading import ChartMark, DrawnChart
from test_figures_files import dictionary
from test_figures_publication import WIDE

CHARTED = WIDE.replace("chevauchement: inconnu", "chevauchement: inconnu, graphiques: [barres]")
NUMBERS = [None, PrintedNumber(12, 30), PrintedNumber(25, 25), PrintedNumber(40, 44, True)]
"""Of the three rows and of all: hidden, a range, a certainty."""


def published(year: int = 2013, numbers: list[PrintedNumber | None] = NUMBERS) -> Publication:
    """A table whose columns all say the same, for one year; None: hidden."""
    indicator = dictionary(CHARTED).indicators[0]
    shape = tuple(len(axis.categories) for axis in indicator.printed_dimensions)
    shown = {cell: number for cell in places(shape) if (number := numbers[cell[0]]) is not None}
    who = population(replace(indicator, start=f"{year}-01-01", end=f"{year}-12-31"))
    texts = {one: definition(indicator, one) for one in ("fr", "en")}
    return Publication(
        indicator.id, 2, 1, who, {"fr": "Mineurs d'un essai", "en": "Minors"}, texts, indicator.printed_dimensions,
        shown, ("alpha",), (), (),
    )  # fmt: skip


def bars(*numbers: PrintedNumber | None) -> Chart:
    chart = bar_chart(published(numbers=list(numbers) if numbers else NUMBERS), "fr")
    assert chart
    return chart


def years() -> Chart:
    found = series([published(2011), published(2012), published(2013)], "fr")
    assert found
    chart = year_chart(found, "fr")
    assert chart
    return chart


def words(svg: bytes) -> list[str]:
    """The words of a drawing, by a reader of this test's own."""
    root = etree.fromstring(svg)
    texts = (node for node in root.iter("{*}text"))
    return [" ".join("".join(node.itertext()).split()) for node in texts]


def test_bars_say_each_row_and_its_number_and_no_total() -> None:
    (drawing,) = draw([bars().specification])
    assert words(drawing.svg) == ["Mendicité", "Cambriolage", "Sport", "caché", "de 12 à 30", "25"]
    assert b"<text" in drawing.svg and b"aria-" not in drawing.svg and drawing.png.startswith(b"\x89PNG")


def test_a_chart_is_drawn_the_same_twice_and_its_name_says_what_is_drawn() -> None:
    one, other = bars(), bars(PrintedNumber(5, 5), *NUMBERS[1:])
    assert list(draw([one.specification])) == list(draw([one.specification]))
    assert drawing_name(one) == drawing_name(bars()) != drawing_name(other)


def test_great_numbers_are_drawn_as_their_table_says_them() -> None:
    great = PrintedNumber(12305, 1234567)
    (drawing,) = draw([bars(great, great, great, great).specification])
    assert set(words(drawing.svg)[3:]) == {"de 12 305 à 1 234 567"}
    assert b"12\xe2\x80\xaf305" in drawing.svg and b"de\xc2\xa012" in drawing.svg
    assert TableNumber.read_from("de\u00a012\u202f305 à\u00a01\u202f234\u202f567") == TableNumber(12305, 1234567, True)


def test_what_does_not_see_the_chart_hears_its_numbers() -> None:
    assert bars().alternative == (
        "Graphique en barres. Mineurs d'un essai, forme : Mendicité : caché ; Cambriolage : de\u00a012 à\u00a030 ; "
        "Sport : 25. Les mêmes nombres sont dans le tableau."
    )
    assert "Cambriolage : 2011 de\u00a012 à\u00a030, 2012 de\u00a012 à\u00a030, 2013 de" in years().alternative


def test_the_title_says_the_message_where_every_number_within_the_ranges_would() -> None:
    clear = bars(PrintedNumber(40, 50), PrintedNumber(12, 30), PrintedNumber(25, 25), NUMBERS[3])
    assert "Le plus grand nombre : Mendicité, de\u00a040 à\u00a050." in clear.caption
    for doubtful in (None, PrintedNumber(29, 50)):
        assert "plus grand nombre" not in bars(doubtful, *NUMBERS[1:]).caption
    more = bars(PrintedNumber(40, 50), PrintedNumber(12, 30, True), *NUMBERS[2:])
    assert "plus grand nombre" not in more.caption


def test_nothing_to_compare_is_no_chart() -> None:
    one = published()
    assert bar_chart(replace(one, axes=(), numbers={(): PrintedNumber(5, 9)}), "fr") is None
    assert series([one], "fr") is None and series([one, replace(one, number=2)], "fr") is None


def test_small_multiples_have_a_panel_a_row_each_with_its_own_numbers() -> None:
    (drawing,) = draw([years().specification])
    said = words(drawing.svg)
    rows = ["Mendicité", "Cambriolage", "Sport"]
    assert [word for word in said if word in rows] == rows
    assert said.count("caché") == 3 and said.count("25") == 3 and said.count("2012") == 3
    assert len({word for word in said if word.startswith("de")}) == 1


def test_a_chart_that_did_not_change_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = gallery([published()], dictionary(CHARTED), {})
    monkeypatch.setitem(sys.modules, "vl_convert", None)  # whoever imports it fails
    again = gallery([published()], dictionary(CHARTED), first.files)
    assert again == first and len(first.files) == 4
    assert [(one.chart.id, one.is_requested) for one in first.charts["fr"]] == [("graphique-essai", True)]


# ---------------------------------------------------------------- the reader of the finished files


BARS = ExpectedChart("MendicitéCambriolageSportcachéde12à3025",
                     ((TableNumber(),), (TableNumber(12, 30, True),), (TableNumber(25, 25, True),)))  # fmt: skip
MIXED = [PrintedNumber(40, 50), None, PrintedNumber(12, 30), PrintedNumber(60, 60)]
"""Of the three rows and of all, for a year that differs."""


def panels() -> tuple[bytes, ExpectedChart]:
    """A drawing of three periods, and what it must show by a hand of this test's own."""
    found = series([published(2011), published(2012, MIXED), published(2013)], "fr")
    chart = year_chart(found, "fr") if found else None
    assert chart
    (drawing,) = draw([chart.specification])
    hidden, half, sure = TableNumber(), TableNumber(12, 30, True), TableNumber(25, 25, True)
    rows = ((hidden, TableNumber(40, 50, True), hidden), (half, hidden, half), (sure, half, sure))
    return drawing.svg, ExpectedChart(read_svg(parse_svg(drawing.svg))[0].words, rows, True)


def seen(svg: bytes) -> DrawnChart:
    return read_svg(parse_svg(svg))[0]


def test_the_proof_reads_words_and_marks() -> None:
    (drawing,) = draw([bars().specification])
    drawn, odd = read_svg(parse_svg(drawing.svg))
    assert odd == () and drawn.words == BARS.words
    assert [mark.kind for mark in drawn.marks] == ["axis", "outline", "full", "full"]
    assert BARS.differs(drawn) == ""
    assert BARS.differs(replace(drawn, words=drawn.words.replace("25", "26")))
    svg, wanted = panels()
    assert read_svg(parse_svg(svg))[1] == () and wanted.differs(seen(svg)) == ""


def spoiled_marks(svg: bytes) -> list[bytes]:
    """A drawing with each of its marks longer, elsewhere, gone, of another look, or twice."""
    found = []
    for mark in re.finditer(rb'<(?:path|line) [^>]*stroke="#(?:12436D|3D3D3D)"[^>]*/>', svg):
        places = re.search(rb'(?<= d=")[^"]*', mark[0])
        ways = [b"", mark[0] * 2, mark[0].replace(b"#12436D", b"#3D3D3D"), mark[0].replace(b'"white"', b'"none"')]
        ways = [one for one in ways if one != mark[0]]
        if places and b"A" not in places[0]:
            numbers = list(re.finditer(rb"-?[\d.]+", places[0]))
            for at in (0, 1, len(numbers) - 1):
                moved = places[0][: numbers[at].start()] + str(float(numbers[at][0]) + 9).encode()
                ways.append(mark[0].replace(places[0], moved + places[0][numbers[at].end() :]))
        if moved_by := re.search(rb"translate\(([-\d.]+),([-\d.]+)\)", mark[0]):
            ways.append(mark[0].replace(moved_by[1], str(float(moved_by[1]) + 12).encode(), 1))
            ways.append(mark[0].replace(moved_by[0], b"translate(%s,%f)" % (moved_by[1], float(moved_by[2]) + 3)))
        found += [svg[: mark.start()] + way + svg[mark.end() :] for way in ways]
    return found


@pytest.mark.parametrize("kind", ["bars", "panels"])
def test_no_mark_of_a_chart_may_say_another_number(kind: str) -> None:
    svg, wanted = (next(iter(draw([bars().specification]))).svg, BARS) if kind == "bars" else panels()
    assert wanted.differs(seen(svg)) == ""
    spoiled = spoiled_marks(svg)
    passed = [
        one for one in spoiled if one != svg and not wanted.differs(seen(one)) and not read_svg(parse_svg(one))[1]
    ]
    assert len(spoiled) > 20 and passed == []


@pytest.mark.parametrize(
    "spoiled",
    [
        b'<image href="http://x.org/a.png"/>', b"<script>a()</script>", b"<!-- Awa -->", b'<text fill="red">Awa</text>',
        b'<g onclick="a()"/>', b"<title>Awa</title>", b'<use href="#a"/>', b"Awa",
    ],
)  # fmt: skip
def test_whatever_else_a_drawing_holds_is_told(spoiled: bytes) -> None:
    (drawing,) = draw([bars().specification])
    _, odd = read_svg(parse_svg(drawing.svg.replace(b"</svg>", spoiled + b"</svg>")))
    assert odd


def test_a_page_of_a_pdf_has_a_picture_in_the_place_of_a_chart() -> None:
    look = b"q 0.5 0 0 -0.5 10 90 cm/c1 cs 0.07058824 0.2627451 0.42745098 scn/c0 CS "
    look += b"0.07058824 0.2627451 0.42745098 SCN 1.5 w"
    bar = look + b" 0 8 m 80 8 l 80 26 l 0 26 l\nh\nB\nQ\n/Span<</ActualText<FEFF00A0>>>BDC x EMC "
    opening = b"/Span<</MCID 7/Alt(a \\) b)>>BDC\nq 10 90 m 60 90 l 60 20 l 10 20 l\nh\nW\nn\n"
    plain, lengths = pdf_charts(opening + bar + b"Q\nEMC/Span<<")
    assert lengths == {7: (ChartMark("full", ((10.0, -86.0), (50.0, -77.0))),)} and plain.endswith(b"EMC/Span<<")
    assert b"70.00000 10.00000 20.00000 cm/chart Do" in plain
    assert b"ActualText" not in plain


# ---------------------------------------------------------------- the report


@pytest.fixture
def reporting(tmp_path: Path) -> Path:
    root = lay_stock(tmp_path / "projet")
    (root / "chapters" / "indicateurs.yaml").write_text(CHARTED, encoding="utf-8")
    record = as_yaml([published(2011), published(2012), published(2013)], ["un essai"])
    (root / PUBLISHED).write_text(record, encoding="utf-8")
    assert cli.run(["figures", "--root", str(root)]) == 0
    return root


def build(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    status = cli.run(["build", "--root", str(root)])
    said = capsys.readouterr()
    return status, said.out + said.err


def refer(root: Path, words: str) -> None:
    text = root / "contributions" / "alpha" / "travail-force.md"
    head, mark, body = text.read_text(encoding="utf-8").partition("## Constat\n")
    text.write_text(f"{head}{mark}\n{words}\n{body}", encoding="utf-8")


def test_charts_stand_in_all_three_outputs_where_they_are_asked_for(
    reporting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = build(reporting, capsys)
    assert status == 0, said
    html = (reporting / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert html.count("<svg ") == 1 and "Graphique en barres" in html  # the indicator asks for bars alone
    refer(reporting, "Voir [l'évolution](#graphique-essai-annees) et [le tableau](#chiffre-essai-annees).")
    status, said = build(reporting, capsys)
    assert status == 0, said
    html = (reporting / "build" / "rapport-projet.html").read_text(encoding="utf-8")
    assert html.count("<svg ") == 2 and 'scope="row"' in html
    assert '<a href="#graphique-essai-annees" class="reference">l’évolution</a>' in html
    with zipfile.ZipFile(reporting / "build" / "rapport-projet.docx") as package:
        names, body = package.namelist(), package.read("word/document.xml").decode()
        types = package.read("[Content_Types].xml").decode()
    assert sum(name.endswith(".svg") for name in names) == 2 == body.count("asvg:svgBlip ")
    assert 'Extension="svg"' in types and 'w:firstColumn="1"' in body
    pdf = (reporting / "build" / "rapport-projet.pdf").read_bytes()
    assert pdf.count(b"/S/Figure") >= 2


def test_marks_are_read_in_the_finished_pdf(reporting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each mark of the SVG, where the page has it; moved in the page's instructions, it is told."""
    refer(reporting, "Voir [l'évolution](#graphique-essai-annees).")
    status, said = build(reporting, capsys)
    assert status == 0, said
    half, sure = TableNumber(12, 30, True), TableNumber(25, 25, True)
    wanted = [BARS.rows, ((TableNumber(),) * 3, (half,) * 3, (sure,) * 3)]
    pages = pikepdf.open(reporting / "build" / "rapport-projet.pdf").pages
    found = [marks for page in pages for marks in pdf_charts(page.Contents.read_bytes())[1].values()]
    assert [len(marks) for marks in found] == [4, 3 + 3 + 2 + 6]
    for rows, marks in zip(wanted, found, strict=True):
        expected = ExpectedChart("", rows, len(rows[0]) > 1)
        assert expected.differs(DrawnChart("", marks)) == ""
        for at, mark in enumerate(marks):
            if mark.kind == marks[(at + 1) % len(marks)].kind == "axis":
                continue  # the panel of a row that is hidden in every year
            for move in ((7, 0), (0, 7)):
                (x, y), *others = mark.places
                moved = replace(mark, places=((x + move[0], y + move[1]), *others))
                assert expected.differs(DrawnChart("", (*marks[:at], moved, *marks[at + 1 :]))), (at, mark, move)


SPOILED = {
    "a number": (">25<", ">26<", "V20"),
    "a name": (">Sport<", ">Spart<", "V20"),
    "a bar": (re.compile(r'd="M0,([\d.]+)h([\d.]+)v'), r'd="M0,\1h3v', "V20"),
    "an outline's end": (
        re.compile(r'd="M([\d.]+),([\d.]+)h[\d.]+v(\d+)h-[\d.]+Z" fill="white"'),
        r'd="M\1,\2h9v\3h-9Z" fill="white"',
        "V20",
    ),
    "an address": ("</svg>", '<image href="http://x.org/"/></svg>', "P08"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_chart_that_does_not_say_its_table_stops_the_report(
    reporting: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, rule = SPOILED[name]
    for file in (reporting / "chapters" / "graphiques").glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        file.write_text(old.sub(new, text) if isinstance(old, re.Pattern) else text.replace(old, new), encoding="utf-8")
    status, said = build(reporting, capsys)
    assert status != 0 and rule in said
    assert not (reporting / "build" / "rapport-projet.pdf").exists()


def test_a_chart_that_is_not_there_is_told(reporting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (reporting / "chapters" / "graphiques").iterdir():
        file.unlink()
    status, said = build(reporting, capsys)
    assert status == 1 and "P08" in said and "make figures" in said
    assert cli.run(["figures", "--root", str(reporting)]) == 0
    assert build(reporting, capsys)[0] == 0


def test_a_build_imports_no_library_of_charts(reporting: Path) -> None:
    code = f"import sys; from rapport import cli; s = cli.run(['build', '--root', {str(reporting)!r}]); "
    code += "sys.exit(s or 'vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


# ---------------------------------------------------------------- one pattern everywhere


def numbers_of(text: str) -> list[list[str]]:
    """The cells of the tables of a page that are numbers, « x » where one is hidden, in any language."""
    hidden = {"caché", "hidden"}
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [["x" if cell in hidden else " ".join(re.findall(r"\d+", cell)) for cell in row[1:]] for row in rows]


def test_both_languages_hide_and_print_the_same(reporting: Path) -> None:
    french, english = (
        (reporting / "chapters" / path / "chiffres.md.j2").read_text(encoding="utf-8") for path in ("", "en")
    )
    assert numbers_of(french) == numbers_of(english) and any("x" in row for row in numbers_of(french))
    told = re.findall(r"{%.*?%}", french)
    assert set(told) <= {"{% if edition.draft %}", "{% endif %}", '{% if "graphique-essai-annees" in charts %}'}


def test_the_description_of_the_data_set_says_what_the_data_set_is(reporting: Path) -> None:
    """What the W3C's model for tabular data asks: each column described, in order, each value of its type."""
    folder = reporting / "build" / "chiffres"
    said = json.loads((folder / "essai.csv-metadata.json").read_text(encoding="utf-8"))
    assert said["@context"][0] == "http://www.w3.org/ns/csvw" and (folder / said["url"]).is_file()
    head, *rows = list(csv.reader((folder / said["url"]).read_text(encoding="utf-8").splitlines()))
    columns = said["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == head and rows
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            assert value or not column["required"]
            assert column["datatype"] == "string" or not value or value.isdecimal()


def test_words_of_a_chart_are_read_apart() -> None:
    """« 18 ou plus » and « 202 » glued would be « plus202 », a name that nobody knows."""
    chart = "<svg><g><text><tspan>Paris et</tspan><tspan>sa région</tspan></text><text>18 ou plus</text></g></svg>"
    page = html.document_fromstring(f"<body><p>Avant</p><figure>{chart}</figure></body>")
    assert [piece.text for piece in printed_words(page)] == ["Avant", "Paris et sa région", "18 ou plus"]
