"""The finished files of the stock report, in every edition: valid, and fit to be read aloud."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import lay_stock
from docx_rules import unclosed_fields, wrong_bookmarks
from docx_sample import W, Word, value
from pdf_reader import Reader
from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.model import Edition
from rapport.office import style_names as styles
from rapport.output.export import Export
from rapport.output.pdf.writer import Compiler

pytestmark = pytest.mark.slow

EDITIONS = [(Edition.DRAFT, "fr"), (Edition.PUBLIC, "fr"), (Edition.CONFIDENTIAL, "fr"), (Edition.DRAFT, "en")]


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda pair: f"{pair[0].value}-{pair[1]}")
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The stock report in one edition and language: what each file holds, by its kind."""
    edition, language = request.param
    root = lay_stock(tmp_path_factory.mktemp("entier") / "projet")
    long = [f"| point {n} | valeur {n} |" for n in range(90)]
    text = root / "contributions" / "alpha" / "travail-force.md"
    table = "\n".join(["| Point | Valeur |", "|---|---|", *long, "", ": Un long tableau inventé {#long}"])
    added = f"## Constat\n\nVoir [](#long), [](#theme-mendicite), [](#theme-travail-force).\n\n{table}\n"
    text.write_text(text.read_text(encoding="utf-8").replace("## Constat\n", added, 1), encoding="utf-8")
    cache = open_cache(root)
    examined = pipeline.examine(root, cache)
    _, document, problems = pipeline.lay_out(examined, edition, cache, language)
    assert document is not None, problems
    with Compiler() as compiler:
        made = Export(root, cache, compiler)(document, examined.images)
    return {Path(path).suffix[1:]: content for path, content in made.outputs.items()}


@pytest.fixture(scope="module")
def word(outputs: dict[str, bytes]) -> Word:
    return Word(outputs["docx"])


@pytest.fixture(scope="module")
def reader(outputs: dict[str, bytes]) -> Reader:
    return Reader(outputs["pdf"])


# ---------------------------------------------------------------- the Word file


def test_the_word_file_is_valid(outputs: dict[str, bytes], tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    (tmp_path / "report.docx").write_bytes(outputs["docx"])
    assert audit.OpenXmlValidator().validate(str(tmp_path / "report.docx")).errors == []


def test_bookmarks_and_fields_are_whole(word: Word) -> None:
    assert list(wrong_bookmarks(word)) == []
    assert list(unclosed_fields(word)) == []


@pytest.mark.parametrize(
    ("taken", "put", "told"),
    [
        (b"<w:bookmarkEnd ", b"<w:proofErr ", "not ended once"),
        (b"<w:bookmarkStart ", b"<w:proofErr ", "an end before its beginning"),
        (b'w:name="theme-mendicite"', b'w:name="theme-formation"', "a name twice"),
        (b" REF _Toc", b" REF _Toq", "leads nowhere"),
        (b'w:fldCharType="end"', b'w:fldCharType="separate"', "separate where none can be"),
    ],
)
def test_the_rules_see_what_is_broken(word: Word, taken: bytes, put: bytes, told: str) -> None:
    """As long as they see nothing broken, they prove something."""
    if taken not in word.parts["word/document.xml"]:
        pytest.skip("not in this edition")
    broken = Word(word.data)
    broken.__dict__["parts"] = word.parts | {
        "word/document.xml": word.parts["word/document.xml"].replace(taken, put, 1)
    }
    assert told in " ".join([*wrong_bookmarks(broken), *unclosed_fields(broken)])


def test_no_level_of_headings_is_skipped(word: Word) -> None:
    found = {style.get(f"{W}styleId"): style for style in word.xml("word/styles.xml").iter(f"{W}style")}
    levels = [level for style, _, _ in word.paragraphs if (level := outline_level(found, style)) is not None]
    assert levels[0] == 0 and all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) > 8


def outline_level(found: dict[str, Any], style: str) -> int | None:
    """The level that a style has in the outline, its own or that of the style it is based on."""
    while style in found:
        if level := value(found[style], "pPr/outlineLvl"):
            return int(level)
        style = value(found[style], "basedOn")
    return None


def test_tables_and_pictures_can_be_read_aloud(word: Word) -> None:
    for table in word.body.iter(f"{W}tbl"):
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))
    pictures = list(word.body.iter("{*}docPr"))
    assert pictures and all(picture.get("descr", "").strip() for picture in pictures)


def test_a_heading_in_another_language_says_so(word: Word) -> None:
    english = next(e for style, text, e in word.paragraphs if text == "Summary" and style == "Heading1")
    assert {value(run, "rPr/lang") for run in english.iter(f"{W}r")} == {"en-GB"}


DRAWN = (styles.RULE, "CouvertureHaut", "CouvertureFilet")
"""Paragraphs that are lines or fields of colour, each once where it is wanted."""


def test_no_paragraph_is_empty(word: Word) -> None:
    empty = [(style, e) for style, text, e in word.paragraphs if not text.strip() and not list(e.iter(f"{W}drawing"))]
    # a rule is a paragraph's border, as is the cover's field above its first line; a cell has to have a paragraph
    wrong = [style for style, e in empty if style not in DRAWN and e.getparent().tag != f"{W}tc"]
    assert wrong == []


# ---------------------------------------------------------------- the PDF


ENDS_IN_A_RETURN = "a stream /Length does not match its raw content length"
"""What page-validation 0.11 says of a stream whose packed bytes happen to end in 0D: the test counts for itself."""


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_an_independent_checker_finds_the_pdf_conformant(outputs: dict[str, bytes], profile: str) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    report = page.validate_pdf_bytes(outputs["pdf"], profile=profile)
    failures = [failure.message for failure in report.failures]
    assert [message for message in failures if message != ENDS_IN_A_RETURN] == []
    assert report.rules.total > 100
    whole = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", outputs["pdf"]))
    assert whole and all(outputs["pdf"][at.end() + int(at[1]) :].startswith(b"\nendstream") for at in whole)


def test_the_pdf_says_what_a_reader_needs(reader: Reader, outputs: dict[str, bytes]) -> None:
    root = reader.root
    assert str(root.Lang)[:2] in ("fr", "en")
    assert root.ViewerPreferences.DisplayDocTitle is True or bool(root.ViewerPreferences.DisplayDocTitle)
    assert reader.pdf.docinfo["/Title"]
    assert "/OpenAction" not in root and "/AA" not in root and "/JavaScript" not in root.get("/Names", {})
    assert b"/JavaScript" not in outputs["pdf"] and b"/Launch" not in outputs["pdf"]
    assert [str(e.Alt).strip() for e in reader.elements if e.S == "/Figure"]
    assert all(str(e.get("/Alt", "")).strip() for e in reader.elements if e.S == "/Figure")


def test_every_table_of_the_pdf_has_its_header(reader: Reader) -> None:
    tables = [e for e in reader.elements if e.S == "/Table"]
    assert tables
    for table in tables:
        inside = roles(table)
        assert "/TH" in inside and "/TD" in inside


def roles(element: Any) -> list[str]:
    """The roles of all that stands in an element."""
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    inner = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [role for kid in inner for role in (str(kid.S), *roles(kid))]


def test_a_long_table_repeats_its_header_and_loses_no_row(reader: Reader) -> None:
    heads = [number for number, text in enumerate(reader.pages) if "PointValeur" in text]
    assert len(heads) >= 2
    assert all(reader.says(f"point {n} valeur {n}") for n in range(90))


def test_the_tags_follow_the_order_of_reading(reader: Reader) -> None:
    """On every page, marked content is tagged in the order in which it is set: notes apart, which stand below, and
    pictures with their captions, which float to where there is room for them."""
    order: dict[int, list[int]] = {}
    for page, number in marked(reader.root.StructTreeRoot.K, None):
        order.setdefault(page, []).append(number)
    assert order and all(numbers == sorted(numbers) for numbers in order.values())


def marked(node: Any, page: int | None) -> Iterator[tuple[int, int]]:
    """(page, number of marked content) in the order of the tags."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from marked(kid, page)
    elif isinstance(node, pikepdf.Dictionary):
        page = node.Pg.objgen[0] if "/Pg" in node else page
        if node.get("/Type") == "/MCR" and page is not None:
            yield page, int(node.MCID)
        elif node.get("/S") != "/Note" and not holds_a_picture(node) and "/K" in node:
            yield from marked(node.K, page)
    elif isinstance(node, int) and page is not None:
        yield page, node


def holds_a_picture(node: Any) -> bool:
    """Whether a tag is a picture, or the one around a picture and its caption."""
    if node.get("/S") != "/Div" or not isinstance(node.get("/K"), pikepdf.Array):
        return bool(node.get("/S") == "/Figure")
    kids = [kid for kid in node.K if isinstance(kid, pikepdf.Dictionary)]
    below = [kid.K if isinstance(kid.get("/K"), pikepdf.Array) else [kid.get("/K")] for kid in kids if "/K" in kid]
    inside = [*kids, *(one for found in below for one in found if isinstance(one, pikepdf.Dictionary))]
    return {"/Caption", "/Figure"} <= {str(kid.get("/S")) for kid in inside}


def test_bookmarks_and_links_of_the_pdf_lead_to_its_pages(reader: Reader) -> None:
    assert [level for level, _ in reader.bookmarks].count(1) >= 3
    pages = {page.objgen for page in reader.pdf.pages}
    places = named(reader.root.Names.Dests)
    links = [note for page in reader.pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert links
    for link in links:
        goal = link.get("/Dest", link.get("/A", {}).get("/D", None))
        if goal is None:
            assert str(link.A.S) == "/URI"
            continue
        place = places[str(goal)] if isinstance(goal, pikepdf.String | pikepdf.Name) else goal
        assert place[0].objgen in pages


def named(node: Any) -> dict[str, Any]:
    """The places that a tree of names holds."""
    kids = {name: place for kid in node.get("/Kids", []) for name, place in named(kid).items()}
    pairs = list(node.get("/Names", []))
    return kids | {str(name): place for name, place in zip(pairs[::2], pairs[1::2], strict=True)}


def test_no_glyph_is_missing(outputs: dict[str, bytes]) -> None:
    """Glyph 0 is the empty box that a font shows for what it does not have."""
    with pikepdf.open(io.BytesIO(outputs["pdf"])) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("Tj", "TJ"):
                    pieces = operands[0] if str(operator) == "TJ" else operands
                    for codes in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                        assert b"\0\0" not in {codes[i : i + 2] for i in range(0, len(codes), 2)}
