"""A workshop's form that comes again: what was noted stays with its words, what was withdrawn stays out.

The workshop is invented (`workshop_sample`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from conftest import lay_stock, made_once
from rapport import cli
from test_workshop_forms import AGREED, MADE, SPOKEN, WORKSHOP, arrive, filled_word, form_of, intake, made, picture
from test_workshops import children, holding
from workshop_sample import PIECES

DRAWN = {"Ce que montre": ["une porte bleue"], **AGREED}
FORM = "build/formulaires/alpha/atelier-enfants.docx"
NOTED = "    comite: 'vu'\n    suite: 'le paragraphe 12'\n"
Typed = Mapping[str, Sequence[str]]


def record(project: Path, code: str) -> str:
    """The record of a piece in the header."""
    found = re.search(rf"  - reference: {code}\n((?:    .*\n)*)", made(project))
    return found[1] if found else ""


def words_under(project: Path, code: str) -> str:
    return made(project).partition(f"\n## {code}\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="session")
def first_intake(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop of seven words and a drawing taken in, looked at, each page shown again and agreed to, made once."""

    def make(root: Path) -> None:
        shutil.copytree(kept, lay_stock(root) / "build/cache")
        form = form_of(root, "docx")
        arrive(root, "atelier.docx", filled_word(form, [DRAWN, *SPOKEN], drawing=picture("blue")))
        assert cli.run(["intake", "--root", str(root)]) == 0
        codes = [*(f"P-{n:02}" for n in range(1, 8)), "D-01"]
        assert children(root, "--piece", " ".join(codes), "--looked", "--by", "la coordination") == 0
        for code in codes:
            assert children(root, "--piece", code, "--agree", "--date", "2014-06-12") == 0
        text = made(root).replace("    regarde_par", f"{NOTED}    regarde_par")
        (root / MADE).write_text(text, encoding="utf-8")

    return made_once(tmp_path_factory, "workshop", make)


@pytest.fixture
def agreed(first_intake: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first_intake, tmp_path / "projet d'été")


def again(
    project: Path, capsys: pytest.CaptureFixture[str], form: bytes, pieces: Sequence[Typed], workshop: Typed = WORKSHOP,
    color: str = "blue",
) -> str:  # fmt: skip
    name = f"corrige-{len(list((project / 'contributions/inbox').glob('corrige-*.docx')))}.docx"
    arrive(project, name, filled_word(form, pieces, workshop, picture(color)))
    return intake(project, capsys, str(project / "contributions/inbox" / name), "--replace")


def withheld(project: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Why each piece is printed nowhere, by its code."""
    capsys.readouterr()
    cli.run(["check", "--root", str(project)])
    said = capsys.readouterr()
    return dict(re.findall(r"(\w-\d+) n'est imprimé nulle part : (.*)", said.out + said.err))


def test_what_was_noted_stays_with_words_that_are_unchanged(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (agreed / FORM).read_bytes()
    before = {code: sorted(record(agreed, code).splitlines()) for code in ("P-02", "P-03", "P-05", "P-07", "D-01")}
    corrected = {**SPOKEN[3], "Les mots": ["nimeni nu ma intrebat nimic"]}
    fresh = {**SPOKEN[0], "Les mots": ["Des mots tout autres, inventés aussi."]}
    # The fourth is corrected, the first is gone, the sixth too; one is new; the order is another.
    said = again(agreed, capsys, form, [DRAWN, SPOKEN[6], SPOKEN[1], SPOKEN[2], corrected, SPOKEN[4], fresh])
    for code, lines in before.items():
        assert [re.sub("['\"]", "", one) for one in sorted(record(agreed, code).splitlines())] == [
            re.sub("['\"]", "", one) for one in lines
        ], code
    assert "juje" in words_under(agreed, "P-07") and "tout seul" in words_under(agreed, "P-02")
    assert "n'est plus dans le formulaire, et n'est donc plus dans le fichier : P-01, P-04, P-06" in said
    assert "mot pour mot : 6 ; dessins : 1" in said
    new = re.findall(r"reference: (P-\d+)", made(agreed))
    assert new == ["P-07", "P-02", "P-03", "P-08", "P-05", "P-09"], "a code is nobody else's"
    assert set(withheld(agreed, capsys)) == {"P-08", "P-09"}, "words that nobody has looked at"
    assert "regarde" not in record(agreed, "P-08") and "page_relue" not in record(agreed, "P-08")


def test_words_corrected_in_their_place_keep_their_code_and_nothing_else(
    agreed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = (agreed / FORM).read_bytes()
    corrected = {**SPOKEN[3], "Les mots": ["nimeni nu ma intrebat nimic"]}
    said = again(agreed, capsys, form, [DRAWN, *SPOKEN[:3], corrected, *SPOKEN[4:]])
    assert "nimic" in words_under(agreed, "P-04") and "n'est plus dans le formulaire" not in said
    assert "regarde" not in record(agreed, "P-04") and "comite" not in record(agreed, "P-04")
    assert set(withheld(agreed, capsys)) == {"P-04"}


@pytest.mark.parametrize("typed", ["Une autre traduction.", ""])
def test_a_translation_that_changed_is_looked_at_again_and_an_empty_one_takes_nothing_away(
    agreed: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    form = (agreed / FORM).read_bytes()
    english = "\n### Traduction en anglais\n\n> nobody asked me\n"
    text = made(agreed).replace("\n## P-05", f"{english}\n## P-05")
    (agreed / MADE).write_text(text, encoding="utf-8")
    changed = {**SPOKEN[3], "Traduction": [typed]}
    said = again(agreed, capsys, form, [DRAWN, *SPOKEN[:3], changed, *SPOKEN[4:]])
    assert english in made(agreed)
    assert ("à regarder de nouveau : P-04" in said) == bool(typed)
    assert ("regarde_par" in record(agreed, "P-04")) == (not typed)
    assert "mot pour mot : 7 ;" in said
    if typed:
        assert "personne n'y a cherché un nom" in withheld(agreed, capsys)["P-04"]
    else:
        assert "personne ne m'a demandé" in words_under(agreed, "P-04")


@pytest.mark.parametrize(
    ("noted", "row", "typed", "left"),
    [
        ("enfant: 'non'", "L'enfant", "oui", "enfant: 'non'"),
        ("editions: [livret]", "Où imprimer", "projet, livret", "editions: [livret]"),
        ("editions: [projet, publique, livret]", "Où imprimer", "projet", "editions: [projet]"),
        ("enfant: 'oui'", "L'enfant", "non", "enfant: 'non'"),
        ("enfant: 'oui'", "L'enfant", "oui, sauf le livret", "enfant: 'oui, sauf le livret'"),
        ("enfant: 'oui'", "L'enfant", "", "enfant: 'oui'"),
        ("editions: [livret]", "Où imprimer", "", "editions: [livret]"),
    ],
)
def test_of_two_agreements_of_one_day_the_narrower_counts(
    agreed: Path, capsys: pytest.CaptureFixture[str], noted: str, row: str, typed: str, left: str
) -> None:
    form = (agreed / FORM).read_bytes()
    key = noted.partition(":")[0]
    changed = re.sub(rf"    {key}: .*\n", f"    {noted}\n", record(agreed, "P-01"))
    (agreed / MADE).write_text(made(agreed).replace(record(agreed, "P-01"), changed, 1), encoding="utf-8")
    said = again(agreed, capsys, form, [DRAWN, {**SPOKEN[0], row: [typed]}, *SPOKEN[1:]])
    assert f"    {left}\n" in record(agreed, "P-01")
    assert "page_relue:" in record(agreed, "P-01")
    assert ("ne disent pas le même accord" in said) == (typed in ("oui", "projet, livret")), "what is not taken is told"


def test_a_later_agreement_counts_and_a_wider_one_is_asked_on_the_page(
    agreed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = (agreed / FORM).read_bytes()
    later = {"Date": ["01/07/2014"], "Où imprimer": ["projet, publique, livret"]}
    again(agreed, capsys, form, [DRAWN, {**SPOKEN[0], **later}, *SPOKEN[1:]])
    assert "    editions: [projet, publique, livret]\n" in record(agreed, "P-01")
    assert "accord_le: '2014-07-01'" in record(agreed, "P-01") and "regarde_par" in record(agreed, "P-01")
    assert set(withheld(agreed, capsys)) == {"P-01"}, "the page said fewer places"


def test_the_same_words_of_two_children_are_not_taken_for_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = form_of(project, "docx")
    refused = {**SPOKEN[0], "L'enfant": ["non"]}
    arrive(project, "atelier.docx", filled_word(form, [SPOKEN[0], refused]))
    intake(project, capsys)
    assert children(project, "--piece", "P-01", "--looked", "--by", "la coordination") == 0
    again(project, capsys, form, [refused])
    assert "regarde_par" not in made(project) and "enfant: 'non'" in made(project)


def test_another_drawing_writes_over_none(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (agreed / FORM).read_bytes()
    place = (agreed / MADE).with_name("atelier-invente-d-01.png")
    first = place.read_bytes()
    again(agreed, capsys, form, [DRAWN, *SPOKEN], color="red")
    assert place.read_bytes() == first and "image: atelier-invente-d-02.png\n" in made(agreed)
    assert "regarde" not in record(agreed, "D-02")
    intake(agreed, capsys, "--undo", MADE)
    assert withheld(agreed, capsys) == {} and "reference: D-01" in made(agreed)


def test_a_file_that_cannot_be_read_is_not_replaced(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (agreed / FORM).read_bytes()
    (agreed / MADE).write_text(made(agreed).replace("mois: '2014-05'", "mois: un mois"), encoding="utf-8")
    noted = made(agreed)
    assert "ce qui y est noté serait perdu" in again(agreed, capsys, form, SPOKEN[:2])
    assert made(agreed) == noted


@pytest.mark.parametrize("way", ["undo", "deleted", "title", "put back", "association"])
def test_what_was_withdrawn_comes_back_by_no_way(
    agreed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, way: str
) -> None:
    shutil.copytree((agreed / MADE).parent, tmp_path / "copie")
    for code in ("P-01", "D-01"):
        assert children(agreed, "--piece", code, "--withdraw", "--date", "2014-07-01") == 0
    at = agreed / "contributions/inbox/atelier.docx"
    if way == "undo":
        intake(agreed, capsys, "--undo", MADE)
        intake(agreed, capsys)
        intake(agreed, capsys, str(at))
    elif way == "deleted":
        (agreed / MADE).unlink()
        intake(agreed, capsys, str(at), "--replace")
    elif way == "put back":
        shutil.copytree(tmp_path / "copie", (agreed / MADE).parent, dirs_exist_ok=True)
        capsys.readouterr()
        cli.run(["check", "--root", str(agreed)])
        assert len(re.findall(r"C20 : (?:P-01|D-01) a été retiré", capsys.readouterr().out)) == 2
    else:
        typed = {**WORKSHOP, "Titre": ["Un autre titre"]} if way == "title" else WORKSHOP
        more = ["--association", "beta"] if way == "association" else []
        arrive(agreed, "autre.docx", filled_word(form_of(agreed, "docx"), [DRAWN, *SPOKEN], typed, picture("blue")))
        intake(agreed, capsys, str(agreed / "contributions/inbox/autre.docx"), *more)
    files = sorted(agreed.glob("contributions/*/enfants/*.md"))
    if way != "put back":
        assert not [one for one in files if PIECES[0].words[1] in one.read_text(encoding="utf-8")]
        assert not [one for one in files if "image:" in one.read_text(encoding="utf-8")]
    assert any(PIECES[1].words[0] in one.read_text(encoding="utf-8") for one in files), "the others are there"
    if way in ("undo", "deleted"):
        assert "reference: P-01\n    retire_le: 2014-07-01\n" in made(agreed), "its code is used no more"
    assert cli.run(["build", "--root", str(agreed)]) in (0, 1)
    cli.run(["booklet", "--root", str(agreed)])
    children(agreed)
    assert holding(agreed / "build", "pourtan chui la") == []
    register = (agreed / "contributions/retires.yaml").read_text(encoding="utf-8")
    assert "pourtan" not in register and register.count("reference:") == 2


def test_another_child_who_said_the_same_is_still_heard(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether the form comes again or a file is put back: one of the two is gone, the other stays as it was."""
    form = form_of(project, "docx")
    both = [SPOKEN[0], {**SPOKEN[1], "Les mots": SPOKEN[0]["Les mots"]}, SPOKEN[2]]
    arrive(project, "atelier.docx", filled_word(form, both))
    intake(project, capsys)
    assert children(project, "--piece", "P-01 P-02 P-03", "--looked", "--by", "la coordination") == 0
    for code in ("P-01", "P-02", "P-03"):
        assert children(project, "--piece", code, "--agree", "--date", "2014-06-12") == 0
    stands = record(project, "P-02")
    assert children(project, "--piece", "P-01", "--withdraw", "--date", "2014-07-01") == 0
    said = capsys.readouterr().out
    assert f"cela reste ({MADE} P-02)" in said and f"  {MADE}\n" not in said
    cli.run(["check", "--root", str(project)])
    assert "P-02" not in capsys.readouterr().out
    assert cli.run(["booklet", "--root", str(project)]) == 0
    assert holding(project / "build", "pourtan chui la") != []

    told = again(project, capsys, form, both)
    assert "que l'enfant avait retirés, et qui ne sont pas repris : 1" in told
    assert "reference: P-01\n    retire_le: 2014-07-01\n" in made(project)
    assert made(project).count(PIECES[0].words[1]) == 1 and words_under(project, "P-02").count(PIECES[0].words[1]) == 1
    plain = [re.sub("['\"]", "", one) for one in (record(project, "P-02"), stands)]
    assert plain[0] == plain[1]

    arrive(project, "titre.docx", filled_word(form, both, {**WORKSHOP, "Titre": ["Un autre titre"]}))
    told = intake(project, capsys, str(project / "contributions/inbox/titre.docx"))
    other = project / MADE.replace("atelier-invente", "un-autre-titre")
    assert "qui ne sont pas repris : 1" in told and other.read_text(encoding="utf-8").count(PIECES[0].words[1]) == 1
    cli.run(["check", "--root", str(project)])
    assert "C20" not in capsys.readouterr().out, "the other child is heard under another title too"
    other.unlink()

    copy = project / MADE.replace("atelier", "copie")
    copy.write_text(made(project), encoding="utf-8")
    capsys.readouterr()
    cli.run(["check", "--root", str(project)])
    assert re.findall(rf"{copy.name}:.* C20 : (P-\d+) a été retiré", capsys.readouterr().out) == ["P-02"]
    copy.unlink()
    assert children(project, "--piece", "P-02", "--withdraw", "--date", "2014-07-02") == 0
    cli.run(["check", "--root", str(project)])
    assert PIECES[0].words[1] not in made(project) and "cela reste" not in capsys.readouterr().out


def test_a_child_who_gives_it_again_is_heard(agreed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (agreed / FORM).read_bytes()
    assert children(agreed, "--piece", "P-01", "--withdraw") == 0
    register = agreed / "contributions/retires.yaml"
    register.write_text("retires:\n  - {atelier: 'damaged\n", encoding="utf-8")
    text = re.sub(r"  - reference: P-01\n(    .*\n)*", "", made(agreed))
    (agreed / MADE).write_text(text, encoding="utf-8")
    again(agreed, capsys, form, [DRAWN, *SPOKEN])
    assert PIECES[0].words[1] in made(agreed)
