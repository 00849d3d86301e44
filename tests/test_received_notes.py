"""Notes that people type by hand in received files: a mark at a word, the same before the line that explains it."""

from __future__ import annotations

import pytest

from received_text import body, received
from word_files import docx, h, odt, p, run

CALLS = {
    "stars": ("Une enquête* le dit, une autre** aussi.", "* Enquête inventée, 2012.", "** Rapport inventé."),
    "brackets": ("Une enquête (1) le dit, une autre (2) aussi.", "(1) Enquête inventée, 2012.", "(2) Rapport inventé."),
    "square": ("Une enquête[1] le dit, une autre [2] aussi.", "[1] Enquête inventée, 2012.", "[2] Rapport inventé."),
    "raised": ("Une enquête¹ le dit, une autre² aussi.", "¹ Enquête inventée, 2012.", "² Rapport inventé."),
}
NOTES = (
    "Une enquête[^1] le dit, une autre[^2] aussi.\n\nLa suite.\n\n"
    "[^1]: Enquête inventée, 2012.\n\n[^2]: Rapport inventé."
)


def constat(*blocks: str) -> str:
    return body(received(docx(h("Constat"), *blocks))).removeprefix("## Constat").strip()


@pytest.mark.parametrize("kind", CALLS)
def test_notes_typed_at_the_end_are_notes(kind: str) -> None:
    text, *lines = CALLS[kind]
    result = received(docx(h("Constat"), p(text), p("La suite."), p("Notes"), *map(p, lines)))
    assert body(result).removeprefix("## Constat").strip() == NOTES
    assert result.contribution.repairs["typed-note"] == 2
    inside = "".join(f"<text:p>{line}</text:p>" for line in (text, "La suite.", *lines))
    in_odt = received(odt(f'<text:h text:outline-level="1">Constat</text:h>{inside}'), "a.odt")
    assert body(in_odt).removeprefix("## Constat").strip() == NOTES


def test_raised_letters_that_call_notes() -> None:
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    text = constat(p(inside=f"{run('Une enquête')}{raised}{run(' le dit.')}"), p(inside=raised + run(" Inventée.")))
    assert text == "Une enquête[^1] le dit.\n\n[^1]: Inventée."
    looks = '<style:text-properties style:text-position="super 58%"/>'
    style = f'<style:style style:name="T1" style:family="text">{looks}</style:style>'
    call = '<text:span text:style-name="T1">1</text:span>'
    inside = f"<text:p>Une enquête{call} le dit.</text:p><text:p>{call} Inventée.</text:p>"
    in_odt = body(received(odt(f'<text:h text:outline-level="1">Constat</text:h>{inside}', style), "a.odt"))
    assert in_odt.removeprefix("## Constat").strip() == text


def test_the_same_mark_on_each_page() -> None:
    text = constat(p("Un fait* ici."), p("* Inventé."), p("Un autre* là."), p("* Inventé aussi."))
    assert text == "Un fait[^1] ici.\n\nUn autre[^2] là.\n\n[^1]: Inventé.\n\n[^2]: Inventé aussi."


def test_a_call_in_a_recommendation_makes_no_recommendation_of_its_note() -> None:
    blocks = (h("Recommandations"), p("Au Parlement : voter une loi*."), p("* Voir une étude inventée."))
    text = body(received(docx(h("Constat"), p("Mots."), *blocks)))
    assert text.endswith("- **Au Parlement** : voter une loi[^1].\n\n[^1]: Voir une étude inventée.")


def test_a_line_that_several_words_call_is_asked_about() -> None:
    result = received(docx(h("Constat"), p("Un fait* et un autre*."), p("* Inventé.")))
    (question,) = (one for one in result.contribution.questions if one.name == "note-calls")
    assert question.facts == {"mark": "*", "text": "Inventé."}
    assert "Un fait\\* et un autre\\*." in body(result)


@pytest.mark.parametrize(
    "lines",
    [
        ("Deux raisons : (1) la peur et (2) la honte.", "(1) La peur vient des adultes.", "(2) La honte dure."),
        ("Il faut ceci (1), cela (2).", "(1) Ceci est dit.", "(2) Cela aussi.", "Puis la suite."),
        ("Il faut cela (2).", "(2) Cela est dit."),
        ("Voir le point (1) plus bas.", "(1) La peur vient des adultes."),
        ("Des étudiant*e*s le disent.", "* Un point."),
        ("Rien ne l'appelle.", "* Un point."),
    ],
)
def test_what_only_looks_like_a_note_stays(lines: tuple[str, ...]) -> None:
    assert "[^" not in constat(*map(p, lines))
