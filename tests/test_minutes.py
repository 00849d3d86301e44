"""Minutes of a meeting: documents received, dated by their own word, never findings nor recommendations."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport.documents.register import DOCUMENTS
from rapport.intake.states import IntakeResult
from received_text import received
from test_intake import drop, editors, intake, receipt, text_of
from word_files import bold, docx, h, odt, p

CLOSED = p("La séance est levée à 17 h 30.")
AGENDA = p("Présents : le bureau, deux bénévoles.") + p("Ordre du jour :") + p("1. La permanence") + p("2. Le budget")
KINDS = {
    "a title and what follows": (
        p("Compte rendu de la réunion du 12 mars 2014", "Title") + AGENDA + CLOSED,
        "Compte rendu de la réunion du 12 mars 2014",
        "2014-03-12",
    ),
    "on two lines": (
        bold("COMPTE-RENDU") + p("Réunion du groupe de travail, 3/02/2014") + p("Excusés : deux") + CLOSED,
        "COMPTE-RENDU – Réunion du groupe de travail, 3/02/2014",
        "2014-02-03",
    ),
    "of a board, the last one approved": (
        p("Maison Inventée") + h("Procès-verbal du conseil d’administration")
        + p("Approbation du procès-verbal du 3 janvier 2014") + p("Réunion tenue le 4 avril 2014") + AGENDA,
        "Procès-verbal du conseil d’administration",
        "2014-04-04",
    ),
    "no title": (
        p("Réunion du 5 mai 2014") + AGENDA + p("Prochaine réunion : 2 juin 2014"),
        "Réunion du 5 mai 2014",
        "2014-05-05",
    ),
    "in English": (
        p("Minutes of the board meeting, 5 May 2014") + p("Apologies: two members") + p("The meeting closed at five."),
        "Minutes of the board meeting, 5 May 2014",
        "2014-05-05",
    ),
    "no day told": (h("Relevé de décisions du bureau") + AGENDA + CLOSED, "Relevé de décisions du bureau", ""),
}  # fmt: skip
TEXTS = {
    "a contribution that a meeting agreed": h("Constat") + p("La séance est levée, dit le juge.") + h("Recommandations")
    + p("- Nommer un tuteur."),
    "minutes that carry its sections": p("Compte rendu de la réunion sur la mendicité") + h("Constat")
    + p("Des enfants mendient.") + h("Recommandations") + p("- Nommer un tuteur."),
    "a word on a report": p("Compte rendu au Comité des droits de l’enfant") + p("Les enfants dorment dehors."),
    "one clue": p("Les personnes présentes ont vu des enfants dormir dehors.") + p("Ordre du jour : rien."),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_minutes_are_known_with_their_day(kind: str) -> None:
    words, title, day = KINDS[kind]
    result = received(docx(words))
    assert (result.problem, result.contribution.header) == ("minutes", {"titre": title, "date": day})


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_that_only_speaks_of_meetings_is_one(kind: str) -> None:
    assert received(docx(TEXTS[kind])).problem == ""


def test_minutes_in_other_formats_and_by_their_name() -> None:
    lines = ["Compte rendu de réunion du 12/03/2014", "Présents : deux", "La séance est levée à midi."]
    written: list[IntakeResult] = [
        received(odt("".join(f"<text:p>{line}</text:p>" for line in lines))),
        received("\n\n".join(lines).encode(), "note.txt"),
        received(f"# {lines[0]}\n\n{lines[1]}\n\n{lines[2]}\n".encode(), "note.md"),
    ]
    assert [(one.problem, one.contribution.header["date"]) for one in written] == [("minutes", "2014-03-12")] * 3
    named = received(docx(p("Nous avons parlé de la permanence.")), "CR réunion bureau 12-03-2014.docx")
    assert named.contribution.header == {"titre": "CR réunion bureau 12-03-2014", "date": "2014-03-12"}


@pytest.mark.slow
def test_minutes_are_registered_and_taken_as_a_text_where_the_editor_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = KINDS["a title and what follows"][0] + p("Des enfants mendient devant la gare.")
    drop(project, "beta/mendicite/bureau.docx", docx(words))
    status, shown = intake(project, capsys)
    assert (status, "inscrit sous le n° 1" in shown) == (0, True)
    register = text_of(project, DOCUMENTS)
    for told in ("compte rendu", "'2014-03-12'", "beta", "Compte rendu de la réunion du 12 mars 2014"):
        assert told in register
    assert "compte rendu de réunion" in receipt(project, "bureau")
    typed = "make intake FILE=contributions/inbox/beta/mendicite/bureau.docx THEME=…"
    assert typed in editors(project, "bureau") and typed in shown
    intake(project, capsys, str(project / "contributions/inbox/beta/mendicite/bureau.docx"), "--theme", "mendicite")
    assert "Des enfants mendient devant la gare." in text_of(project)
