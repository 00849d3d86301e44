"""Markdown sent by hand, or saved by a program: its notes, its header, its pictures, names as a Mac writes them."""

from __future__ import annotations

import base64
import unicodedata
from pathlib import Path

import pytest

from rapport import cli
from rapport.checks.header import KEYS
from rapport.intake.header_keys import usual_keys
from rapport.storage import strict_yaml
from rapport.storage.schema import Key
from received_text import body, received
from test_intake import MENDICITE, drop, intake, receipt, text_of
from word_files import photo

pytestmark = pytest.mark.slow

BODY = "## Constat\n\nUne phrase inventée[^1].\n\n[^1]: Une note.\n\n## Recommandations\n\n- **Au ministère** : agir.\n"


def test_what_google_docs_saves(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coded = base64.b64encode(photo()).decode()
    text = (
        "# **Un titre inventé** {#un-titre-inventé}\n\n## **Constat** {#constat}\n\nDes mots[^1].\n\n1. Un\n2. Deux\n\n"
        "![Un schéma inventé][image1]\n\n## **Recommandations** {#recommandations}\n\n* **Au ministère** : agir.\n\n"
        f"[^1]:  Une note.\n\n[image1]: <data:image/jpeg;base64,{coded}>\n"
    )
    drop(project, "beta/mendicite.md", text.encode())
    status, said = intake(project, capsys)
    assert status == 0, said
    told, made = receipt(project), text_of(project)
    assert "Aucun mot n'est perdu" in told and "perdu la trace" not in told and "images qui" not in told
    assert "[^1]" in made and "[^1]: Une note." in made
    (image,) = (project / "contributions" / "beta" / "images").glob("mendicite-*")
    assert f"![Un schéma inventé](images/{image.name})" in made or image.name in made


def test_a_note_in_a_plain_text_stays_a_note(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.txt", b"Constat\n\nUne phrase[^1].\n\n[^1]: Une note.\n")
    assert intake(project, capsys)[0] == 0
    assert "phrase[^1]." in text_of(project) and "[^1]: Une note." in text_of(project)


def test_the_header_says_whose_and_on_what_and_is_not_doubled(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "Title: Un titre tapé\nAuteurs:\n- Association Bêta (inventée)\nthème: mendicite\nDate: 2014-12-01\n"
    drop(project, "envoi.md", f"---\n{head}---\n\n{BODY}".encode())
    status, said = intake(project, capsys)
    assert status == 0, said
    header, found = strict_yaml.read(text_of(project).split("---\n")[1], MENDICITE)
    assert not found
    assert list(header) == ["titre", "auteurs", "date", "diffusion"]
    assert header["titre"].value == "Un titre tapé" and header["date"].value == "2014-12-01"
    assert "thème: mendicite" in receipt(project).replace(" :", ":")


def test_a_key_said_twice_stands_once() -> None:
    above = "titre: Un\nTitle: Deux\nauteurs: [A]\ncle inconnue: x\n"
    values, _ = strict_yaml.read(above, "")
    assert usual_keys(above, values) == ("titre: Un\nauteurs: [A]\ncle inconnue: x\n", "Title: Deux")


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_of_the_header_is_known_with_a_capital(key: Key) -> None:
    """Also with a space for « _ »; a key that is added to the header needs no other place."""
    above = f"{key.name.capitalize().replace('_', ' ')}: a\n"
    assert usual_keys(above, strict_yaml.read(above, "")[0]) == (f"{key.name}: a\n", "")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_is_found_however_its_accents_are_written(
    form: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "contributions" / "beta"
    name = unicodedata.normalize({"NFC": "NFD", "NFD": "NFC"}[form], "schéma.png")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / name).write_bytes(photo())
    target = unicodedata.normalize(form, "images/schéma.png")
    (folder / "mendicite.md").write_text(
        "---\ntitre: Un titre\ndate: 2014-12-01\nauteurs: [Bêta]\nstatut: valide\ndiffusion: publique\n---\n\n"
        f"## Constat\n\n![Un schéma]({target}){{alt=\"Un schéma inventé\"}}\n", encoding="utf-8",
    )  # fmt: skip
    capsys.readouterr()
    cli.run(["check", "--root", str(project)])
    assert "I01" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["mendicite.md", "mendicite.txt"])
def test_typed_boxes_and_lone_letters_stay_what_they_are(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "## Constat\n\n- [x] Fait\n- [ ] Pas fait\n\nC.\n\n> C.\n\n- a\n\n  C.\n\n1.\n   un point\n2. autre\n"
    drop(project, f"beta/{name}", text.encode())
    status, said = intake(project, capsys)
    assert status == 0, said
    made = text_of(project)
    assert "- ☒ Fait\n- ☐ Pas fait" in made and "> C\\." in made and "  C\\." in made and "1.  un point" in made
    assert "Aucun mot n'est perdu" in receipt(project) and "autre place" not in receipt(project)


def test_a_point_that_goes_on_without_indent_is_still_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.md", b"## Constat\n\n- un point\nqui va loin\n- un autre\n\nFin.\n")
    assert intake(project, capsys)[0] == 0
    assert "listes : 1 dans votre fichier, 1 dans le texte" in receipt(project)


@pytest.mark.parametrize("name", ["mendicite.md", "mendicite.txt"])
def test_a_point_of_several_lines_is_still_one(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "## Constat\n\n1. Premier  \n   suite du premier\n2. Second\n\nLa fin.\n"
    drop(project, f"beta/{name}", text.encode())
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "listes : 1 dans votre fichier, 1 dans le texte" in receipt(project)
    assert "autre forme" not in receipt(project)


HEADERS = {
    "whole": "titre: Un titre\ndate: 2014-12-01\nauteurs: [Association Bêta, Collectif]\ndiffusion: publique\n",
    "lists": "titre: 'Un titre : le sien'\nauteurs:\n  - Association Bêta\n  - Collectif\nlangue: fr\n",
    "a value of two lines": "titre: Un titre\n# à nous\navertissement: >\n  Une ligne,\n  puis une autre\n",
    "english keys": "title: Un titre\nauthor: Association Bêta\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_what_a_header_says_is_no_lost_word(header: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.md", f"---\n{header}---\n\n## Constat\n\nLes faits.\n".encode())
    status, said = intake(project, capsys)
    assert status == 0 and "tout n'y est pas" not in said
    assert "Aucun mot n'est perdu" in receipt(project) and "sans trace" not in receipt(project)


def test_attributes_of_what_is_hidden_are_no_words_and_leave_no_trace() -> None:
    text = '# Constat\n\nVu [caché]{style="font-size:0"} ici.\n\n::: {style="display:none"}\n![](a.png)\n:::\n'
    result = received(text.encode(), "a.md")
    assert [one.text for one in result.contribution.findings] == ["caché"]
    assert body(result).replace("  ", " ").startswith("## Constat\n\nVu ici.") and "display" not in result.text


@pytest.mark.parametrize(("above", "title", "day", "asked"), [
    ("---\ntitre: Un titre\ndate: 12/11/2014\n---\n", "Un titre", "2014-11-12", ""),
    ("---\ntitre: Des faits : ici\nDate : 12 novembre 2014\n---\n", "Des faits : ici", "2014-11-12", ""),
    ("---\ntitre: Un titre\ndate: nov. 2014\n---\n", "Un titre", "2014-11-01", "form-date"),
    ("---\ntitre: Un titre\ndate: hier\n---\n", "Un titre", "2015-02-28", "no-date"),
    ("---\ntitre: Un titre\ndate: 2019-01-01\n---\n", "Un titre", "2015-02-28", "late-date"),
    ("Titre : Un titre\nDate : nov. 2014\nAuteur : Bêta\n", "Un titre", "2014-11-01", "form-date"),
    ("# Un titre\n\n**Date :** 12/11/14\n", "Un titre", "2014-11-12", "form-date"),
    ("# Un titre\n\nFait à Paris, le 3 déc. 2014\n", "Un titre", "2014-12-03", ""),
])  # fmt: skip
def test_a_date_is_read_however_it_was_typed_or_asked(above: str, title: str, day: str, asked: str) -> None:
    result = received(f"{above}\n## Constat\n\nLes faits inventés.\n".encode(), "a.md")
    body(result)
    header, found = strict_yaml.read(result.text.split("---\n")[1], MENDICITE)
    assert not found and (header["titre"].value, header["date"].value) == (title, day)
    assert [one.name for one in result.contribution.questions if one.name.endswith("-date")] == [asked] * bool(asked)
