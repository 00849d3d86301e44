"""Reminders: three things that this association can do, the next date, never sent, not twice in seven days."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml

from hostile import text as contribution
from rapport import cli
from test_desk import ACTIONS, planned, write

pytestmark = pytest.mark.slow
TODAY = "2015-01-12"
SENT = "contributions/drafts/rappels.yaml"
FIVE = ACTIONS + "".join(
    f"  - id: plus-{n}\n    quoi: Affaire {n}\n    qui: beta\n    source: une réunion inventée\n" for n in range(4)
)


@pytest.fixture
def project(project: Path) -> Path:
    planned(project)
    write(project, "chapters/actions.yaml", FIVE)
    return project


def remind(root: Path, *arguments: str, date: str = TODAY) -> int:
    return cli.run(["reminders", "--root", str(root), "--date", date, *arguments])


def text(root: Path, association: str) -> str:
    said = (root / f"build/rappels/{association}.txt").read_text(encoding="utf-8-sig")
    return " ".join(said.replace("\u00a0", " ").replace("\u202f", " ").split())


def message(root: Path, association: str) -> EmailMessage:
    read = email.message_from_bytes(
        (root / f"build/rappels/{association}.eml").read_bytes(), policy=email.policy.default
    )
    assert isinstance(read, EmailMessage)
    return read


def body(read: EmailMessage) -> str:
    part = read.get_body()
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n").replace("\u00a0", " ").replace("\u202f", " ")


def test_three_things_the_most_pressing_first(project: Path) -> None:
    assert remind(project) == 0
    asked = [line[2:] for line in body(message(project, "beta")).splitlines() if line.startswith("- ")]
    assert asked == [
        "Envoyer le rapport d'activité (c'était attendu pour le 10 janvier 2015)", "Affaire 0", "Affaire 1",
    ]  # fmt: skip
    assert all(one in text(project, "beta") for one in asked)


def test_deadlines_are_compared_with_today(project: Path) -> None:
    remind(project, date="2015-01-02")
    assert "Envoyer le rapport d'activité (avant le 10 janvier 2015)" in text(project, "beta")
    assert "La prochaine date : 31 janvier 2015 – Dernière relecture." in text(project, "beta")
    remind(project, date="2014-10-01")
    assert "La prochaine date : 1er octobre 2014 – La veille." in text(project, "beta")
    remind(project, date="2014-10-03")  # a stage of several days is not over on its last
    assert "La prochaine date : 2 octobre 2014 – Rencontre inventée." in text(project, "beta")
    remind(project, date="2016-01-01")
    assert "prochaine date" not in text(project, "beta")


def test_nobody_is_asked_what_another_has_to_do(project: Path) -> None:
    remind(project)
    assert not (project / "build/rappels/gamma.txt").exists()
    write(project, "chapters/actions.yaml", FIVE.replace("qui: collectif", "qui: gamma"))
    remind(project)
    said = text(project, "gamma")
    assert "Préparer la rencontre (c'était attendu pour le 2 octobre 2014)" in said
    assert "Affaire" not in said and "Bêta" not in said


def test_a_member_that_has_sent_nothing_is_asked_what_it_sees_while_there_is_a_day_for_it(project: Path) -> None:
    card = project / "contributions/gamma/association.yaml"
    card.write_text(card.read_text("utf-8").replace("candidate", "membre"), encoding="utf-8")
    assert remind(project) == 0
    assert "Vos constats, sur un sujet du plan ou un autre : ils ont leur place jusqu'au" in text(project, "gamma")
    assert "Le fichier joint : formulaire.docx." in text(project, "gamma")
    assert remind(project, date="2015-03-01") == 0
    assert not (project / "build/rappels/gamma.txt").exists()


def test_what_is_done_is_not_asked_again(project: Path) -> None:
    write(project, "chapters/actions.yaml", FIVE.replace("    nature: piece\n", "    fait_le: 2015-01-09\n", 1))
    remind(project)
    assert "rapport d'activité" not in text(project, "beta")


def test_a_refused_text_comes_with_its_letter(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "contributions/alpha/mendicite.md", contribution("Un texte inventé [@inconnu2013]."))
    remind(project)
    assert (
        "à joindre, et pas encore fait : build/lettres/alpha.docx (tapez « make letters »)" in capsys.readouterr().out
    )
    assert [part.get_filename() for part in message(project, "alpha").iter_attachments()] == []
    assert cli.run(["letters", "--root", str(project)]) == 0
    remind(project)
    read = message(project, "alpha")
    assert "Votre texte « Mendicité » : quelques points à corriger" in body(read)
    (attached,) = read.iter_attachments()
    assert attached.get_filename() == "alpha.docx"
    assert attached.get_content() == (project / "build/lettres/alpha.docx").read_bytes()
    assert "Le fichier joint : alpha.docx." in body(read)


def test_the_message_is_one_to_be_finished(project: Path) -> None:
    remind(project, "--words", "Merci encore pour la réunion de jeudi.")
    read = message(project, "beta")
    assert (read["X-Unsent"], read["To"], read["From"], read["Date"]) == ("1", None, None, None)
    assert "Collectif inventé" in read["Subject"]
    assert body(read).split("\n\n")[1] == "Merci encore pour la réunion de jeudi."
    remind(project)
    assert "[Ajoutez ici un mot à vous" in text(project, "beta")
    before = (project / "build/rappels/beta.eml").read_bytes()
    remind(project)
    assert (project / "build/rappels/beta.eml").read_bytes() == before


def test_what_was_sent_is_noted_and_not_proposed_for_seven_days(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert remind(project, "--sent", "beta") == 0
    (noted,) = yaml.safe_load((project / SENT).read_text(encoding="utf-8"))["envoyes"]
    asked = ["action-piece", "action-plus-0", "action-plus-1"]
    assert noted == {"association": "beta", "date": yaml.safe_load(TODAY), "choses": asked}
    capsys.readouterr()
    remind(project, date="2015-01-18")
    assert "Association Bêta : rappel envoyé le 12 janvier 2015" in capsys.readouterr().out
    assert not (project / "build/rappels/beta.txt").exists()
    remind(project, date="2015-01-19")
    assert (project / "build/rappels/beta.txt").exists()
    remind(project, "--sent", "oui", date="2015-01-19")
    assert [one["association"] for one in yaml.safe_load((project / SENT).read_text("utf-8"))["envoyes"]] == [
        "beta", "alpha", "beta",
    ]  # fmt: skip


def test_names_that_nobody_cleared_are_masked(project: Path) -> None:
    write(project, "chapters/actions.yaml", FIVE.replace("Affaire 0", "Appeler Ludivine Marchal"))
    remind(project, "--words", "Ludivine Marchal vous salue.")
    for path in (project / "build/rappels").iterdir():
        assert b"Marchal" not in path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--date", "demain"], 2, "n'est pas une date"),
        (["--association", "delta"], 2, "delta"),
        (["--sent", "delta"], 2, "delta"),
    ],
)
def test_what_was_mistyped_is_told(
    project: Path, arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["reminders", "--root", str(project), *arguments]) == status
    assert said in capsys.readouterr().err
    assert not (project / SENT).exists()


def test_a_register_that_cannot_be_read_is_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, SENT, "envoyes:\n  - association: beta\n    date: hier\n")
    before = (project / SENT).read_bytes()
    assert remind(project, "--sent", "beta") == 1
    assert f"{SENT} ne se lit plus à partir de la ligne 3" in capsys.readouterr().err
    assert (project / SENT).read_bytes() == before
