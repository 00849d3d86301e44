"""Tracked changes of received files, accepted as Word accepts them."""

from __future__ import annotations

from received_text import body, received
from word_files import docx, h, p, run, table

GONE = '<w:rPr><w:del w:id="9" w:author="Anne"/></w:rPr>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="Anne"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}{GONE}</w:pPr>{inside}</w:p>"


STYLE = '<w:pStyle w:val="heading2"/>'


def constat(*blocks: str) -> str:
    return body(received(docx(h("Constat"), *blocks))).removeprefix("## Constat").strip()


def test_a_chain_of_deleted_ends_joins_them_all() -> None:
    chain = [paragraph(run("un ")), paragraph(run("deux ")), paragraph(run("trois ")), p("quatre")]
    assert constat(*chain, p("cinq")) == "un deux trois quatre\n\ncinq"


def test_a_deleted_heading_leaves_the_paragraph_below_as_it_is() -> None:
    assert constat(paragraph(deleted("Un titre"), STYLE), p("Le texte reste.")) == "Le texte reste."


def test_a_heading_joined_to_a_paragraph_takes_what_the_paragraph_is() -> None:
    assert constat(paragraph(run("Un titre "), STYLE), p("et son texte.")) == "Un titre et son texte."


def test_deleted_paragraphs_one_after_another_leave_nothing() -> None:
    assert constat(p("Avant."), paragraph(deleted("a")), paragraph(deleted("b")), p("Après.")) == "Avant.\n\nAprès."


def test_an_end_deleted_before_marks_between_paragraphs() -> None:
    between = '<w:bookmarkStart w:id="5" w:name="a"/><w:bookmarkEnd w:id="5"/>'
    assert constat(paragraph(run("un ")), between, p("deux")) == "un deux"


def test_a_moved_paragraph_stands_once() -> None:
    mark = '<w:rPr><w:{} w:id="2" w:author="Anne"/></w:rPr>'.format
    away = (
        f'<w:p><w:pPr>{mark("moveFrom")}</w:pPr><w:moveFrom w:id="3" w:author="Anne">{run("Lui.")}</w:moveFrom></w:p>'
    )
    here = f'<w:p><w:pPr>{mark("moveTo")}</w:pPr><w:moveTo w:id="4" w:author="Anne">{run("Lui.")}</w:moveTo></w:p>'
    assert constat(p("Un."), away, p("Deux."), here, p("Trois.")) == "Un.\n\nDeux.\n\nLui.\n\nTrois."


def test_the_cells_of_a_deleted_row_are_told_apart() -> None:
    cells = "".join(f"<w:tc>{paragraph(deleted(text))}</w:tc>" for text in ("neuf", "dix"))
    row = f'<w:tr><w:trPr><w:del w:id="2" w:author="Anne"/></w:trPr>{cells}</w:tr>'
    result = received(docx(h("Constat"), table(("Un", "Deux"), ("a", "b")).replace("</w:tbl>", f"{row}</w:tbl>")))
    assert body(result) == "## Constat\n\n| Un  | Deux |\n|-----|------|\n| a   | b    |"
    assert "neuf dix" in [one.text for one in result.contribution.findings]
