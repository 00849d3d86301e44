"""What became of the recommendations: the file begun and completed, the table, the report that starts from it."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import yaml
from lxml import html

from docx_sample import Word, said
from rapport import cli
from rapport.messages.stop import ERRORS
from test_new import ANSWERS, begin, present

FOLLOW = "chapters/suivi.yaml"
assert present  # a fixture
PLACES = (
    ("reco-a", "R1", "Une demande tenue.", "sport", False),
    ("reco-b", "R2", "Une demande oubliée.", "internet", False),
    ("reco-c", "R2", "Une demande oubliée.", "", True),
)
MAP = {"number": 1, "name": "Essai", "date": "2015-02-28", "sources": "", "outputs": {}, "places": [
    {"id": name, "lasting": name, "kind": "p", "part": "body", "theme": theme, "label": label,
     "text": f"{label} {words}", "copy": copy}
    for name, label, words, theme, copy in PLACES
]}  # fmt: skip
DONE = """\
suivi:
  - recommandation: 'reco-a'
    suite: entiere
    observation: CRC/C/FRA/CO/5, par. 66
    notes:
      - date: 2016-02-23
        note: C
        source: inventé
      - date: 2018-01-01
        note: A
        source: inventé
"""


def follow(project: Path) -> int:
    return cli.run(["follow", "--root", str(project)])


def frozen(project: Path) -> Path:
    (project / "contributions/drafts/1").mkdir(parents=True, exist_ok=True)
    (project / "contributions/drafts/1/map.json").write_bytes(orjson.dumps(MAP))
    return project / FOLLOW


def test_without_a_frozen_draft_it_says_what_to_type(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert follow(project) == ERRORS
    assert "make draft" in capsys.readouterr().err
    assert not (project / FOLLOW).exists()


def test_the_file_is_begun_then_completed_and_never_written_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = frozen(project)
    assert follow(project) == 0
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["suivi"]
    assert [(one["recommandation"], one["numero"], one["texte"]) for one in entries] == [
        ("reco-a", "R1", "Une demande tenue."),
        ("reco-b", "R2", "Une demande oubliée."),
    ]
    path.write_text(f"# de ma main\n{DONE}", encoding="utf-8")
    capsys.readouterr()
    assert follow(project) == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# de ma main\n{DONE}") and "'reco-b'" in text
    out = capsys.readouterr().out
    assert "2 recommandations : 1 reprises en entier, 0 en partie, 0 non reprises, 1 à examiner" in out
    assert "R1   en entier    CRC/C/FRA/CO/5, par. 66     A  Une demande tenue." in out
    assert follow(project) == 0 and path.read_text(encoding="utf-8") == text
    page = html.fromstring((project / "build/suivi.html").read_bytes()).text_content()
    word = said(Word((project / "build/suivi.docx").read_bytes()).body)
    for words in (page, word):
        assert "A, 1er janvier 2018 (inventé)" in words and "À examiner (1)" in words


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("note: C", "note: F"),
        ("'reco-a'", "reco-z"),
        ("suite: entiere", "suite: oui"),
        ("source: inventé", "sourc: inventé"),
        ("date: 2018-01-01", "date: 2018"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str], wrong: str, told: str
) -> None:
    path = frozen(project)
    path.write_text(DONE.replace(wrong, told), encoding="utf-8")
    assert follow(project) == ERRORS
    assert f"{FOLLOW}:" in (err := capsys.readouterr().err) and "erreur E0" in err
    assert path.read_text(encoding="utf-8") == DONE.replace(wrong, told)


def test_the_next_report_starts_from_what_was_not_done(present: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frozen(present).write_text(DONE, encoding="utf-8")
    assert follow(present) == 0
    assert begin(present, ANSWERS.replace("Pays-Bas", "France")) == 0
    text = (present.parent / "autre/chapters/points/rapport-2015.yaml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    assert document["points"] == [{"numero": "2", "objet": "Une demande oubliée.", "themes": ["internet"]}]
    capsys.readouterr()
    assert cli.run(["check", "--root", str(present.parent / "autre")]) == 0
    assert "erreur E" not in capsys.readouterr().out


def test_a_report_on_another_state_starts_from_nothing_of_it(present: Path) -> None:
    frozen(present).write_text(DONE, encoding="utf-8")
    assert follow(present) == 0 and begin(present, ANSWERS) == 0
    assert not (present.parent / "autre/chapters/points").exists()
