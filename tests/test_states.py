"""The State of a report in sentences: articles, prepositions, contractions; names found in a text."""

import pytest

from rapport.language.contractions import with_au
from rapport.language.states import state_called, states, states_in_symbols, states_named


@pytest.mark.parametrize(
    ("code", "le", "en", "du", "au"),
    [
        ("FRA", "la France", "en France", "de la France", "à la France"),
        ("PRT", "le Portugal", "au Portugal", "du Portugal", "au Portugal"),
        ("NLD", "les Pays-Bas", "aux Pays-Bas", "des Pays-Bas", "aux Pays-Bas"),
        ("HTI", "Haïti", "en Haïti", "d’Haïti", "à Haïti"),
        ("ITA", "l’Italie", "en Italie", "de l’Italie", "à l’Italie"),
        ("IRN", "l’Iran", "en Iran", "de l’Iran", "à l’Iran"),
        ("CUB", "Cuba", "à Cuba", "de Cuba", "à Cuba"),
        ("OMN", "Oman", "à Oman", "d’Oman", "à Oman"),
        ("BRB", "la Barbade", "à la Barbade", "de la Barbade", "à la Barbade"),
        ("MEX", "le Mexique", "au Mexique", "du Mexique", "au Mexique"),
        ("PSE", "l’État de Palestine", "dans l’État de Palestine", "de l’État de Palestine", "à l’État de Palestine"),
    ],
)
def test_a_state_has_its_article_and_its_prepositions(code: str, le: str, en: str, du: str, au: str) -> None:
    state = states()[code]
    assert (state.le, state.en, state.du, state.au) == (le, en, du, au)


@pytest.mark.parametrize("typed", ["Pays-Bas", "les pays bas", "the Netherlands", "Netherlands", "NLD", "nld"])
def test_a_state_is_known_by_any_of_its_names(typed: str) -> None:
    assert state_called(typed) == states()["NLD"]
    assert state_called("Syldavie") is None


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Cinquième rapport périodique de la France", "au cinquième rapport périodique de la France"),
        ("Cinquième et sixième rapports périodiques", "aux cinquième et sixième rapports périodiques"),
        ("Rapport initial d’Haïti", "au rapport initial d’Haïti"),
        ("Rapport valant cinquième et sixième rapports", "au rapport valant cinquième et sixième rapports"),
        ("Liste de points concernant l’Italie", "à la liste de points concernant l’Italie"),
        ("Observations finales de 2016", "aux observations finales de 2016"),
        ("Les réponses écrites des Pays-Bas", "aux réponses écrites des Pays-Bas"),
        ("Le deuxième rapport", "au deuxième rapport"),
    ],
)  # fmt: skip
def test_what_a_report_answers_is_contracted(title: str, sentence: str) -> None:
    assert with_au(title) == sentence


def test_states_are_found_in_a_text_within_no_longer_name() -> None:
    text = "De la Guinée-Bissau au Niger, par la République dominicaine; the Netherlands; le Nigéria, l'Italie."
    assert [(state.code, text[at : at + len(words)]) for state, at, words in states_named(text)] == [
        ("GNB", "Guinée-Bissau"), ("NER", "Niger"), ("DOM", "République dominicaine"), ("NLD", "Netherlands"),
        ("NGA", "Nigéria"),
        ("ITA", "Italie"),
    ]  # fmt: skip
    assert len(states()) == 197


def test_states_are_found_in_symbols() -> None:
    text = "CRC/C/FRA/5, CRC/C/OPSC/FRA/CO/1, CRC/C/15/Add.240, CEDAW/C/PRT/7-8, A/HRC/WG.6/29/NLD/1, CRC/C/GC/12"
    assert [state.code for state, *_ in states_in_symbols(text)] == ["FRA", "FRA", "PRT", "NLD"]
