"""What is typed and read otherwise by a machine: « &amp; » in a text, tables of bars and tabs, calls of notes."""

from __future__ import annotations

import pytest

from rapport import tree
from rapport.intake.markdown import write
from received_text import body, received
from word_files import docx, h, odt, p, run, table

HEAD = '<text:h text:outline-level="1">Constat</text:h>'


def constat(data: bytes, name: str) -> str:
    return body(received(data, name)).removeprefix("## Constat").strip()


# ---------------------------------------------------------------- entities


@pytest.mark.parametrize("typed", ["&amp;", "&lt;b&gt;", "&eacute;", "&#233;", "&#xE9;", "?a=1&amp;b=2"])
def test_an_entity_typed_in_a_text_stays_its_letters(typed: str) -> None:
    written = typed.replace("&", "\\&")
    split = p(inside=run("Mot ") + run(typed, '<w:color w:val="FF0000"/>') + run("suite"))
    made = constat(docx(h("Constat"), p(f"Avant {typed} après."), split, table(("A", "B"), (typed, "c"))), "a.docx")
    assert f"Avant {written} après." in made and f"Mot {written}suite" in made and f"| {written} " in made
    in_odt = f"{HEAD}<text:p>Avant <text:span>{typed.replace('&', '&amp;')}</text:span> après.</text:p>"
    assert constat(odt(in_odt), "a.odt") == f"Avant {written} après."
    assert constat(f"Constat\n\nAvant {typed} après.".encode(), "a.txt") == f"Avant {written} après."


def test_an_entity_of_markdown_is_the_sign_it_stands_for() -> None:
    assert constat(b"## Constat\n\nR&amp;D, `&lt;` et \\&lt;.\n", "a.md") == "R&D, \\&lt; et \\&lt;."


# ---------------------------------------------------------------- tables

GRID = "| Année | Enfants |\n|-------|---------|\n| 2013  | douze   |"
TYPED = {
    "glued": "Des chiffres :\n| Année | Enfants |\n|---|---|\n| 2013 | douze |\nSuite.",
    "without a rule": "Des chiffres :\n\n| Année | Enfants |\n| 2013 | douze |\n\nSuite.",
    "both": "Des chiffres :\n| Année | Enfants |\n| 2013 | douze |\nSuite.",
    "double spaced": "Des chiffres :\n\n| Année | Enfants |\n\n| 2013 | douze |\n\nSuite.",
    "no outer bars": "Des chiffres :\nAnnée | Enfants\n--- | ---\n2013 | douze\nSuite.",
    "a rule too short": "Des chiffres :\n| Année | Enfants |\n|---|\n| 2013 | douze |\nSuite.",
    "a grid": "Des chiffres :\n+---+---+\n| Année | Enfants |\n+===+===+\n| 2013 | douze |\n+---+---+\nSuite.",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_table_as_people_type_it_is_a_table(typed: str) -> None:
    for text, name in ((f"Constat\n\n{typed}\n", "a.txt"), (f"## Constat\n\n{typed}\n", "a.md")):
        assert constat(text.encode(), name) == f"Des chiffres :\n\n{GRID}\n\nSuite."


def test_columns_made_with_tabs_are_a_table() -> None:
    made = constat(b"Constat\n\nNom\tAge\tVille\nL'une\t12\t*Lyon*\n", "a.txt")
    assert made.startswith("| Nom   | Age | Ville") and "| 12  | \\*Lyon\\* |" in made


@pytest.mark.parametrize(
    "typed", ["- Un\tdeux\n- Trois\tquatre", "```\n| a | b |\n| c | d |\n```", "Un | seul bar.", "| une ligne seule |"]
)
def test_what_only_looks_like_a_table_is_none(typed: str) -> None:
    assert "|--" not in constat(f"## Constat\n\n{typed}\n".encode(), "a.md")


def test_an_entity_typed_in_two_runs_keeps_its_letters() -> None:
    assert write([tree.para([tree.word("R&"), tree.word("amp"), tree.word(";D")])]) == "R\\&amp;D\n"


# ---------------------------------------------------------------- prompts of content controls


def control(text: str, *, known: bool = False) -> str:
    """A content control of Word that says it shows its prompt; `known` by the building block that the prompt is."""
    block = '<w:placeholder><w:docPart w:val="A1"/></w:placeholder>' if known else ""
    return f"<w:sdt><w:sdtPr>{block}<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


PROMPTS = (
    "Cliquez ou appuyez ici pour entrer du texte.",
    "Choisissez un élément.",
    "Click here to enter a date.",
    "[Titre]",
)


@pytest.mark.parametrize("text", PROMPTS)
def test_a_prompt_that_no_building_block_names_is_no_text(text: str) -> None:
    result = received(docx(h("Constat"), p(inside=run("Avant.")), p(inside=control(text))))
    assert body(result) == "## Constat\n\nAvant."
    inside = f'<loext:content-control loext:showing-place-holder="true">{text}</loext:content-control>'
    heading = '<text:h text:outline-level="1">Constat</text:h>'
    in_odt = received(odt(f"{heading}<text:p>Avant.</text:p><text:p>{inside}</text:p>"), "a.odt")
    assert body(in_odt) == "## Constat\n\nAvant."


def test_what_may_be_a_prompt_stays_and_is_asked_about() -> None:
    """LibreOffice goes on saying « prompt » of what was typed over it."""
    result = received(docx(h("Constat"), p(inside=control("Décrivez les faits en dix lignes."))))
    assert body(result) == "## Constat\n\nDécrivez les faits en dix lignes."
    (question,) = (one for one in result.contribution.questions if one.name == "prompt-or-text")
    assert question.facts == {"text": "Décrivez les faits en dix lignes."}
    assert received(docx(h("Constat"), p(inside=run("Mots.")), p(inside=control("Rien.", known=True)))).text.endswith(
        "Mots.\n"
    )


# ---------------------------------------------------------------- looks of letters


SPACED = "Selon Dupont, les faits."
LOOKS = {
    "small capitals": ('fo:font-variant="small-caps"', "<w:smallCaps/>", "Selon [Dupont]{.smallcaps}, les faits."),
    "letters far apart": ('fo:letter-spacing="0.2cm"', '<w:spacing w:val="60"/>', SPACED),
    "capitals": ('fo:text-transform="uppercase"', "<w:caps/>", SPACED),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_look_of_letters_comes_out_alike_from_word_and_writer(look: str) -> None:
    in_writer, in_word, made = LOOKS[look]
    style = '<style:style style:name="{}" style:family="text" {}</style:style>'.format
    styles = style("A", f"><style:text-properties {in_writer}/>") + style("B", 'style:parent-style-name="A">')
    for name in "AB":
        words = f'<text:p>Selon <text:span text:style-name="{name}">Dupont</text:span>, les faits.</text:p>'
        assert constat(odt(HEAD + words, styles), "mendicite.odt") == made
    words = p(inside=run("Selon ") + run("Dupont", in_word) + run(", les faits."))
    assert constat(docx(h("Constat"), words), "mendicite.docx") == made


def test_small_capitals_in_a_link_or_around_a_note_lose_nothing() -> None:
    style = '<style:style style:name="A" style:family="text"><style:text-properties fo:font-variant="small-caps"/>'
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Une note.</text:p></text:note-body></text:note>"
    )
    span = '<text:span text:style-name="A">{}</text:span>'.format
    words = span(f"Un mot{note}") + " " + span('<text:a xlink:href="https://exemple.org/a">lien</text:a>')
    made = constat(odt(f"{HEAD}<text:p>{words}.</text:p>", style + "</style:style>"), "mendicite.odt")
    assert all(part in made for part in ("Un mot[^1]", "[lien](https://exemple.org/a)", "[^1]: Une note."))
