"""Titles of sections as associations write them, tables of contents, letters, dates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from received_text import body, received
from word_files import bold, docx, field, h, odt, p

END = h("Recommandations") + p("À l’État : agir.")


def told(*blocks: str) -> tuple[str, list[str], list[str]]:
    """The text without its last section; the decisions and questions, each with its facts, but for whose it is."""
    result = received(docx(*blocks, END))
    text = body(result).partition("## Recommandations")[0].strip()
    decisions = [one.name for one in result.contribution.decisions if not one.name.startswith("whose-")]
    return text, decisions, [one.name for one in result.contribution.questions if one.name != "no-date"]


@pytest.mark.parametrize("title", ["Constats et analyse", "Constat & analyse juridique", "Constats / Analyse"])
def test_a_compound_title_opens_its_first_section_and_is_asked_about(title: str) -> None:
    for heading in (h(title), bold(title)):
        text, decisions, questions = told(heading, p("Les faits."))
        assert (text, decisions, questions) == ("## Constat\n\nLes faits.", [], ["section-compound"])


def test_the_second_half_of_a_title_is_a_heading_below() -> None:
    text, decisions, _ = told(h("Constats : les enfants dans la rue"), p("Les faits."))
    assert (text, decisions) == ("## Constat\n\n### les enfants dans la rue\n\nLes faits.", ["section-known"])


@pytest.mark.parametrize("title", ["Principaux constats", "Constats sur le terrain", "Nos constats à Ville"])
def test_a_title_with_a_complement(title: str) -> None:
    text, decisions, _ = told(h(title), p("Les faits."))
    assert (text, decisions) == ("## Constat\n\nLes faits.", ["section-known"])


def test_a_title_that_only_begins_so_opens_no_section_again() -> None:
    text, _, _ = told(
        h("Constat"), p("Les faits."), h("Analyse"), p("Le droit."), h("Constats de la Défenseure", 2), p("Elle dit.")
    )
    assert text.endswith("### Constats de la Défenseure\n\nElle dit.")


@pytest.mark.parametrize("number", ["2/", "II –", "2 -", "B:"])
def test_a_number_before_a_title_is_counted_however_it_is_typed(number: str) -> None:
    """`told` demands that nothing be unaccounted for."""
    text, _, _ = told(h("Constat"), p("Les faits."), h(f"{number} Cadre juridique"), p("Le droit."))
    assert text.endswith("## Analyse au regard de la Convention\n\nLe droit.")


def test_numbers_of_more_than_one_level_make_a_title() -> None:
    text, _, _ = told(
        p("1. CONSTATS"),
        p("1.1. Dans la rue"),
        p("Des mots."),
        p("1.1.1 Le jour"),
        p("D’autres."),
        p("1.2. Cela finit."),
        h("12.04.2013 23:03", 2),
        p("Une heure."),
    )
    assert text == (
        "## Constat\n\n### Dans la rue\n\nDes mots.\n\n#### Le jour\n\nD’autres.\n\n1.2. Cela finit.\n\n"
        "### 12.04.2013 23:03\n\nUne heure."
    )


@pytest.mark.parametrize(
    "lines", [("Pour l’association, la présidente",), ("Fait à Ville, le 3 mai 2014", "La présidente,", "Mme Inventée")]
)
def test_the_signature_of_a_text_is_left_out_and_named(lines: tuple[str, ...]) -> None:
    result = received(docx(h("Constat"), p("Les faits."), END, *map(p, lines)))
    assert body(result).endswith("- **À l’État** : agir.")
    assert ("letter", " / ".join(lines)) in [(one.kind, one.text) for one in result.contribution.losses]


@pytest.mark.parametrize("title", ["Conclusion", "En conclusion", "Annexe 1 : les lieux", "Contacts"])
def test_what_comes_after_the_recommendations_makes_none(title: str) -> None:
    result = received(docx(h("Constat"), p("Les faits."), END, h(title), p("Des mots à la fin.")))
    assert body(result) == (
        f"## Constat\n\nLes faits.\n\n### {title}\n\nDes mots à la fin.\n\n## Recommandations\n\n- **À l’État** : agir."
    )
    assert ("after-demands", {"text": title, "section": "Constat"}) in [
        (one.name, one.facts) for one in result.contribution.decisions
    ]


# ---------------------------------------------------------------- tables of contents

ENTRIES = ("1. Constat ........ 2", "2. Analyse au regard de la Convention\u20263")
BODY = h("Constat") + p("Les faits.") + h("Analyse au regard de la Convention") + p("Le droit.")


@pytest.mark.parametrize("lines", [ENTRIES, ("Constat", "Analyse au regard de la Convention", "Recommandations")])
@pytest.mark.parametrize("title", [h("Sommaire"), bold("TABLE DES MATIÈRES"), p("Sommaire :")])
def test_a_typed_table_of_contents_is_left_out_and_named(title: str, lines: tuple[str, ...]) -> None:
    result = received(docx(title, *map(p, lines), BODY, END))
    assert body(result).startswith("## Constat\n\nLes faits.\n\n## Analyse")
    (loss,) = [one for one in result.contribution.losses if one.kind == "toc"]
    assert loss.count == len(lines) + 1 and loss.text.endswith(lines[-1])


def test_the_title_of_an_automatic_one_goes_with_it() -> None:
    begun = p(inside=field(' TOC \\o "1-3" ', "Constat 2"), style="toc1")
    result = received(docx(p("Sommaire"), begun, BODY, END))
    assert body(result).startswith("## Constat\n\nLes faits.")
    assert [one.text for one in result.contribution.losses] == ["Constat 2", "Sommaire"]
    index = (
        "<text:table-of-content><text:index-body><text:p>Constat 2</text:p></text:index-body></text:table-of-content>"
    )
    text = '<text:p>Sommaire</text:p>{}<text:h text:outline-level="1">Constat</text:h><text:p>Les faits.</text:p>'
    assert body(received(odt(text.format(index)), "a.odt")) == "## Constat\n\nLes faits."


def test_a_word_that_only_looks_like_one_stays() -> None:
    assert "Sommaire" in body(received(docx(h("Constat"), p("Sommaire"), p("Les faits sont peu connus."), END)))


# ---------------------------------------------------------------- letters

ABOVE = (
    "Association Bêta",
    "12, rue inventée",
    "À l’attention du Collectif",
    "Objet : contribution",
    "Madame, Monsieur,",
)
BELOW = ("Veuillez agréer, Madame, Monsieur, nos salutations.", "Une Personne, présidente")


def test_a_letter_is_said_and_its_frame_left_aside() -> None:
    result = received(docx(*map(p, ABOVE), p("Les enfants ne sont pas entendus."), *map(p, BELOW)))
    assert body(result) == "## Constat\n\nLes enfants ne sont pas entendus."
    assert [one.text for one in result.contribution.losses] == [" / ".join((*ABOVE, *BELOW))]
    assert "letter" in [one.name for one in result.contribution.decisions]


def test_the_day_of_a_letter_is_that_of_the_text() -> None:
    above = (*ABOVE[:3], "Paris, le 3 novembre 2014", *ABOVE[3:])
    result = received(docx(*map(p, above), p("Les enfants ne sont pas entendus."), *map(p, BELOW)))
    assert result.contribution.header["date"] == "2014-11-03"
    assert "no-date" not in [one.name for one in result.contribution.questions]


def test_what_is_said_after_a_greeting_without_an_end_is_no_letter() -> None:
    assert "Objet" in body(received(docx(*map(p, ABOVE), p("Les enfants ne sont pas entendus."))))
    annex = h("Annexe", 2) + p("Des chiffres.")
    assert "Annexe" in body(received(docx(*map(p, ABOVE), p("Un texte."), *map(p, BELOW), annex)))


# ---------------------------------------------------------------- dates and bylines


@pytest.mark.parametrize("line", ["Paris, le 3 mai 2013", "03/05/2013", "Association Bêta – 2013-05-03", "le 3.5.2013"])
def test_a_line_above_that_says_when(line: str) -> None:
    result = received(docx(p(line), h("Constat"), p("Les faits."), END))
    assert (result.contribution.header["date"], body(result)[:10]) == ("2013-05-03", "## Constat")


@pytest.mark.parametrize("gap", ["  ", "   ", "\u00a0 "])
@pytest.mark.parametrize("made", [h, bold])
def test_titles_whose_letters_stand_apart(made: Callable[[str], str], gap: str) -> None:
    facts = gap.join(" ".join(word) for word in ("LES", "FAITS"))
    result = received(docx(made("C O N S T A T"), p("Un."), made(facts), p("Deux."), made("U N E"), p("A B C D E F.")))
    assert body(result).replace("#", "").split() == [*"Constat Un. Deux. U N E A B C D E F.".split()]
    assert result.contribution.repairs["spaced"] == 2
    typed = "R E C O M M A N D A T I O N S :\n\n- Agir.\n"
    assert body(received(typed.encode(), "a.txt")) == "## Recommandations\n\n- Agir."


def test_typed_numbers_that_go_on_from_section_to_section_go() -> None:
    one, two, three, four = (f"{number}.\tUn fait inventé, dit en une phrase." for number in range(1, 5))
    result = received(docx(h("Constat"), p(one), p(two), h("Analyse"), p(three), h("Recommandations"), p(four)))
    assert [line[:2] for line in body(result).split("\n\n")] == ["##", "Un", "Un", "##", "Un", "##", "- "]
    assert "2.  Un fait" in body(received(docx(h("Constat"), p(one), p(two), h("Analyse"), p(one))))


def test_a_title_laid_out_on_a_cover_is_none_of_a_section_unless_it_is_its_name() -> None:
    def shown(text: str) -> str:
        return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>'

    above = shown("CONTRIBUTION") + shown("La parole des enfants") + shown("Juin 2014")
    result = received(docx(above, shown("Témoignages"), p("Des mots inventés.")))
    assert body(result) == "## Témoignages\n\nDes mots inventés."
    assert result.contribution.header["titre"] == "La parole des enfants"


def test_titles_on_the_lines_of_their_texts_are_titles_where_a_text_has_no_others() -> None:
    lines = (
        "Constat : les enfants dorment dehors.",
        "Analyse : la loi les protège.",
        "Recommandations : ouvrir un foyer.",
    )
    wanted = (
        "## Constat\n\nLes enfants dorment dehors.\n\n## Analyse au regard de la Convention\n\nLa loi les protège.\n\n"
        "## Recommandations\n\n- ouvrir un foyer."
    )
    assert body(received(docx(*map(p, lines)))) == wanted
    assert body(received("\n\n".join(lines).encode(), "a.txt")) == wanted
    alone = body(received(docx(p("Exemples : deux cas."), p("La suite : rien."))))
    assert alone == "## Constat\n\nExemples : deux cas.\n\nLa suite : rien."
    below = body(received(docx(h("Constat"), *map(p, lines[:2]))))
    assert below == f"## Constat\n\n{lines[0]}\n\n{lines[1]}"
