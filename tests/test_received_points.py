"""Points and paragraphs numbered « 1.1 », « 1.2 » by hand, which are no headings; titles that were replaced."""

from __future__ import annotations

import pytest

from rapport.intake.proof import account_for
from received_text import body, project_cache, received
from word_files import bold, docx, h, p, run

END = h("Recommandations") + p("À l’État : agir.")
POINT = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
LONG = (
    "Une phrase inventée assez longue pour que personne n'y voie un point de liste, car elle dit en trente mots ce que "
)
LONG += "d'autres diraient en dix, avec une incise et une fin qui tarde à venir."


def made(*blocks: str) -> tuple[str, dict[str, int]]:
    """The text before the recommendations, and the repairs that the receipt tells."""
    result = received(docx(*blocks, END))
    return body(result).partition("## Recommandations")[0].strip(), dict(result.contribution.repairs)


@pytest.mark.parametrize("ends", ["", ";", "."])
def test_points_numbered_at_two_levels_are_a_list(ends: str) -> None:
    points = [p(f"1.{n} {words}{ends}") for n, words in enumerate(("manque de lits", "peu d'interprètes"), 1)]
    text, repairs = made(bold("1. Constat"), p("Deux difficultés :"), *points, p("La suite."))
    assert text.split("\n\n", 1)[1].replace(".  ", ". ") == (
        f"Deux difficultés :\n\n1. manque de lits{ends}\n2. peu d'interprètes{ends}\n\nLa suite."
    )
    assert repairs["bullet"] == 2


def test_what_has_words_below_it_is_a_heading() -> None:
    text, _ = made(bold("1. Constat"), p("1.1 À la gare"), p("Des mots."), p("1.2 À l'école"), p("D'autres mots."))
    assert "### À la gare\n\nDes mots.\n\n### À l'école" in text


def test_paragraphs_numbered_at_two_levels_lose_their_numbers() -> None:
    text, repairs = made(bold("1. Constat"), p(f"1.1 {LONG}"), p(f"1.2 {LONG}"))
    assert text == f"## Constat\n\n{LONG}\n\n{LONG}"
    assert repairs["numbered-paragraph"] == 2


def test_a_number_with_a_part_is_no_mark() -> None:
    assert made(h("Constat"), p("1.5 million children, as invented."))[0].endswith("1.5 million children, as invented.")


def test_demands_numbered_at_two_levels_have_their_addressee() -> None:
    result = received(docx(h("Constat"), p("Des mots."), h("Recommandations"), p("3.1 À l'État : agir."), p("Autre.")))
    assert "- **À l'État** : agir." in body(result)


def test_a_title_that_another_replaced_is_kept_and_nothing_of_it_is_lost() -> None:
    """« Analyse au regard de la CIDE » shares most of its words with the title that took its place."""
    result = received(docx(h("Constat"), p("Des mots."), h("Analyse au regard de la CIDE"), p("Le droit."), END))
    account = account_for(result, None, project_cache())
    assert account and account.is_complete
    titles = account.tally_of("headings")
    assert (titles.received_count, titles.kept_count, titles.reshaped_words, titles.named_words) == (3, 3, (), ())
    assert account.tally_of("words").named_words == ("cide",)


def test_long_paragraphs_with_letters_keep_them_and_days_are_no_points() -> None:
    """« voir le a) » leads there; « 12.07 » is a day."""
    text, repairs = made(h("Constat"), p(f"a) {LONG}"), p(f"b) {LONG}"))
    assert text.replace("\\", "") == f"## Constat\n\na) {LONG}\n\nb) {LONG}" and "numbered-paragraph" not in repairs
    text, _ = made(h("Constat"), p("12.07 Atelier."), p("12.08 Réunion."))
    assert "12.07 Atelier." in text and "12.08 Réunion." in text


def test_a_list_whose_articles_moved_is_the_same_list() -> None:
    result = received(
        docx(h("Constat"), p("Des mots."), h("Recommandations"), POINT.format(run("À l’État : agir vite (CIDE 32).")))
    )
    account = account_for(result, None, project_cache())
    assert "(CIDE 32) : agir vite." in body(result)
    assert account and account.tally_of("lists").reshaped_words == ()


def test_whom_to_call_is_no_demand_and_a_sentence_below_a_letter_is_no_signature() -> None:
    result = received(docx(h("Constat"), p("Des mots."), END, p("Contact : bureau@beta.example")))
    assert "Contact" not in body(result)
    assert [one.text for one in result.contribution.losses] == ["Contact : bureau@beta.example"]
    signed = p("Veuillez agréer nos vœux.") + p("Une Personne, présidente")
    letter = body(
        received(docx(p("Madame,"), p("Les faits."), signed, p("À retenir : dix enfants de plus à l'école.")))
    )
    assert letter == "## Constat\n\nLes faits.\n\nÀ retenir : dix enfants de plus à l'école."
