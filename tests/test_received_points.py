"""Points and paragraphs numbered « 1.1 », « 1.2 » by hand, which are no headings; titles that were replaced."""

from __future__ import annotations

import pytest

from rapport.intake.proof import account_for
from received_text import body, project_cache, received
from word_files import bold, docx, h, p

END = h("Recommandations") + p("À l’État : agir.")
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
