"""Covers of Word and OpenDocument texts: no line of one is a finding, and none is lost without a word."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from rapport.intake.states import IntakeResult
from received_text import body, received
from word_files import bold, docx, h, odt, p, photo, picture, run, table

FACTS = "Les enfants rencontrés n’ont pas de tuteur."
END = h("Recommandations") + p("- Nommer un tuteur.")
TEXT = h("Constat") + p(FACTS) + END
MADE = f"## Constat\n\n{FACTS}\n\n## Recommandations\n\n- Nommer un tuteur."
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def centred(text: str, looks: str = "", side: str = "center") -> str:
    return f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{run(text, looks)}</w:p>'


def aside(result: IntakeResult) -> list[str]:
    """The lines of the cover that the receipt names."""
    return [line for one in result.contribution.losses if one.kind == "cover" for line in one.text.split(" / ")]


def asked(result: IntakeResult) -> list[str]:
    return [one.facts["text"] for one in result.contribution.questions if one.name == "cover-line"]


def title(result: IntakeResult) -> object:
    return result.contribution.header["titre"]


COVERS = {
    "a title of Word among plain lines": (
        p("Maison Inventée") + p("Les mineurs isolés", "Title") + p("Une enquête", "Subtitle"),
        ["Rédigé par Jeanne Inventée", "Paris, le 12 mars 2014", "Contact : a@exemple.org – 01 23 45 67 89"],
        "Les mineurs isolés",
        ["Maison Inventée", "Une enquête"],
    ),
    "lines in bold": (
        bold("Les mineurs isolés") + bold("Contribution de Maison Inventée au rapport alternatif"),
        ["Version 2 du 3 mai 2014", "Auteure : Jeanne Inventée", "Juin 2014"],
        "Les mineurs isolés",
        ["Contribution de Maison Inventée au rapport alternatif"],
    ),
    "centred lines": (
        centred("MAISON INVENTÉE") + centred("ENFANTS EN DANGER", "<w:b/>") + centred("Une enquête", side="right"),
        ["12 rue de l’Invention", "75011 Paris", "www.exemple.org", "2013-2014", "[Logo de l’association]"],
        "MAISON INVENTÉE",
        ["ENFANTS EN DANGER", "Une enquête"],
    ),
    "a page of its own": (
        p("Les mineurs isolés") + p("Maison Inventée") + p("avec le soutien d’une fondation"),
        ["Tél. : 01 23 45 67 89"],
        "Les mineurs isolés",
        ["Maison Inventée", "avec le soutien d’une fondation"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COVERS)
def test_a_cover_is_set_aside_and_named(name: str) -> None:
    above, known, called, others = COVERS[name]
    end = BREAK if "page" in name else ""
    result = received(docx(above + "".join(map(p, known)) + end + TEXT))
    assert body(result) == MADE
    assert title(result) == called
    told = aside(result) + list(result.contribution.placed_words)
    assert set(told) >= {*others, *known} and asked(result) == []


@pytest.mark.parametrize("body_name", ["Association Maison Inventée", "Le Collectif inventé", "FONDATION INVENTÉE"])
def test_the_name_of_a_body_is_no_title_where_another_line_may_be_one(body_name: str) -> None:
    above = centred(body_name, "<w:b/>") + centred("Enfants en danger", "<w:b/>") + p("Juin 2014")
    result = received(docx(above + TEXT))
    assert (title(result), aside(result)) == ("Enfants en danger", [body_name])
    assert "Juin 2014" in result.contribution.placed_words


@pytest.mark.parametrize(
    "lines", [("Maison Inventée", "Juin 2014"), ("Les mineurs isolés", "Une enquête", "Contact : a@exemple.org")]
)
def test_plain_lines_between_are_kept_and_asked_where_they_may_be_sentences(lines: tuple[str, ...]) -> None:
    result = received(docx(bold("Un titre") + "".join(map(p, lines)) + TEXT))
    assert asked(result) == list(lines[:-1])
    assert all(line in body(result) for line in lines[:-1])
    assert lines[-1] in [*aside(result), *result.contribution.placed_words]


TEXTS = {
    "a heading and its text": bold("Une vie en danger") + p(FACTS),
    "a numbered heading": bold("Un titre") + p("Juin 2014") + bold("1. Une vie en danger") + p(FACTS),
    "a sentence": p("Les enfants dorment dehors depuis juin 2014.") + p("Contact a été pris."),
    "a quotation in the middle": p("Juin 2014") + centred("« Je veux aller à l’école »") + p("Mai 2014") + p(FACTS),
}


KEPT = ("Une vie en danger", "dorment dehors", "Contact a été pris", "Je veux aller")


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_cover_stays(name: str) -> None:
    result = received(docx(TEXTS[name] + TEXT))
    words = [one for one in KEPT if one in TEXTS[name]]
    assert words
    for one in words:
        assert one in body(result) or title(result) == one
        assert not any(one in line for line in aside(result))


def test_a_text_that_is_all_short_lines_is_kept_whole() -> None:
    result = received(docx(bold("Un titre") + p("Juin 2014")))
    assert "Juin 2014" in body(result) or "Juin 2014" in result.contribution.placed_words


def test_a_logo_goes_with_the_cover_and_is_named() -> None:
    logo = p(inside=picture("rId9", "Le logo"))
    above = logo + p("Les mineurs isolés", "Title") + p("Juin 2014")
    held = {"relations": {"rId9": ("image", "media/a.jpg", False)}, "parts": {"word/media/a.jpg": photo()}}
    result = received(docx(above + TEXT, **held))
    assert body(result) == MADE and not result.images
    assert ("logo", 1) in [(one.kind, one.count) for one in result.contribution.losses]


def test_a_cover_of_writer() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>'
        "</style:style>"
    )
    lines = ("Maison Inventée", "Les mineurs isolés", "Juin 2014")
    above = "".join(f'<text:p text:style-name="P1">{escape(line)}</text:p>' for line in lines)
    text = '<text:h text:outline-level="1">Constat</text:h><text:p>Les faits.</text:p>'
    result = received(odt(above + text, styles), "mendicite.odt")
    assert body(result) == "## Constat\n\nLes faits."
    assert (title(result), aside(result)) == (lines[0], [lines[1]])
    assert result.contribution.header["date"] == "2014-06-01"


CELLS = {
    "side by side": (table(("Maison Inventée", "LES MINEURS ISOLÉS"), ("12 rue de l’Invention", "Novembre 2014")), 2),
    "labels": (
        table(("Association :", "Maison Inventée"), ("Titre", "Les mineurs isolés"), ("Date", "Novembre 2014")), 1
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_a_cover_in_a_table(name: str) -> None:
    above, lines = CELLS[name]
    result = received(docx(above + TEXT))
    assert body(result) == MADE and len(aside(result)) == lines
    assert (str(title(result)).capitalize(), result.contribution.header["date"]) == ("Les mineurs isolés", "2014-11-01")
    assert [one.facts["date"] for one in result.contribution.questions if one.name == "form-date"] == ["2014-11-01"]


@pytest.mark.parametrize(
    "rows",
    [
        (("Année", "Mineurs"), ("2012", "14"), ("2013", "22")),
        (("Association", "Maison Inventée"), ("Constat", "Les enfants dorment dehors.")),
    ],
)
def test_a_table_of_the_text_is_no_cover(rows: tuple[tuple[str, str], ...]) -> None:
    assert all(cell in body(received(docx(table(*rows) + p("Juin 2014") + TEXT))) for row in rows for cell in row)


def test_a_cover_in_plain_text() -> None:
    above = "Maison Inventée\n\nLES MINEURS ISOLÉS\n\nParis, novembre 2014\nContact : a@exemple.org"
    text = f"{above}\n\nConstat\n\n{FACTS}\n\nRecommandations\n\n- Nommer un tuteur.\n"
    result = received(text.encode(), "mendicite.txt")
    assert body(result) == MADE and title(result) == "LES MINEURS ISOLÉS"
    assert aside(result) == ["Maison Inventée", "Paris, novembre 2014 Contact : a@exemple.org"]


@pytest.mark.parametrize("above", ["", "# Les mineurs isolés\n\n"])
def test_the_first_date_of_several_is_of_the_text(above: str) -> None:
    told = "Janvier 2014\n\nDeux enfants sont placés.\n\nMars 2014\n\nDix enfants sont placés."
    result = received(f"{above}{told}\n".encode(), "mendicite.txt")
    assert body(result).endswith(told) and result.contribution.header["date"] == "2015-02-28"


@pytest.mark.parametrize("line", ["Depuis mars 2014, ils dorment dehors.", "Nous suivons Bobigny depuis mai 2014."])
def test_a_month_in_a_sentence_dates_nothing(line: str) -> None:
    assert received(docx(p(line) + TEXT)).contribution.header["date"] == "2015-02-28"


@pytest.mark.parametrize(
    "sentence",
    [
        "Écrire à a@exemple.org pour toute question sur les enfants de la place de la Gare",
        "12 rue des Lilas abrite quarante enfants dans un squat sans eau",
    ],
)
def test_a_sentence_with_an_address_is_no_line_of_a_cover(sentence: str) -> None:
    result = received(f"{sentence}\n\n{FACTS}\n".encode(), "a.txt")
    assert body(result) == f"## Constat\n\n{sentence}\n\n{FACTS}" and aside(result) == []
    called = received(
        f"Contact : Jeanne Inventée, chargée des enfants isolés, a@exemple.org\n\n{FACTS}\n".encode(), "a.txt"
    )
    assert len(aside(called)) == 1


def test_a_title_that_names_a_section_opens_it_where_a_list_follows_and_is_asked_about_elsewhere() -> None:
    name = "Recommandations pour la France"
    listed = received(docx(centred(name), p("- Nommer un tuteur."), p("- Ouvrir un foyer.")))
    assert title(listed) == name
    assert body(listed) == "## Recommandations\n\n- Nommer un tuteur.\n- Ouvrir un foyer."
    told = received(docx(centred(name), p(FACTS), p("- Nommer un tuteur."), p("- Ouvrir un foyer.")))
    assert body(told).startswith(f"## Constat\n\n{FACTS}")
    asked_of = [one.facts for one in told.contribution.questions if one.name == "title-section"]
    assert asked_of == [{"text": name, "section": "Recommandations", "first": "Constat"}]
