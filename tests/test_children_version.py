"""The version of the report for children: large print, measured sentences, the numbers of the report, who approved it.

Sizes are read back by programs that share nothing with ours: pypdf for the PDF, plain expressions for the rest.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdf
import pytest

from rapport import cli
from rapport.language.readability import hard_words, plain_sentences, readability
from rapport.output.docx.large_print import enlarged_parts
from rapport.proof.docx_forms import odd_forms
from rapport.proof.docx_layout import odd_layout
from rapport.proof.large_print import smallest_letters
from test_workshops import children, lines_of
from workshop_sample import PATH, PIECES, lay_workshop

PAGE = "chapters/version-enfants.md.j2"
COVER = "chapters/couverture-version-enfants.md.j2"
NONE = "Aucun atelier d'enfants n'a approuvé cette version."
SHORT = """# Ce rapport, pour toi {.unnumbered}

Ce texte est pour toi. Il dit ce que nous demandons.

## Nos demandes {.unnumbered}

La première demande est la [](#recommandation-r1).
"""
COVERED = """:::::: {.cover}
::: {.cover-title}
Le rapport expliqué aux enfants
:::
::: {.cover-answers}
{{ approval }}
:::
::::::

::: {.toc}
:::
"""


def version(root: Path, *typed: str) -> int:
    return cli.run(["children-version", "--root", str(root), *typed])


def lay(root: Path, page: str = SHORT, cover: str = COVERED) -> None:
    (root / PAGE).write_text(page, encoding="utf-8")
    (root / COVER).write_text(cover, encoding="utf-8")


def built(root: Path) -> dict[str, bytes]:
    return {suffix: (root / f"build/version-enfants.{suffix}").read_bytes() for suffix in ("docx", "pdf", "html")}


def words(suffix: str, content: bytes) -> str:
    return " ".join(" ".join(lines_of(suffix, content)).split()).replace("’", "'")


def pdf_sizes(content: bytes) -> set[float]:
    sizes = set[float]()

    def look(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(matrix[3]), 2))

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=look)
    return sizes


def test_it_is_printed_at_fourteen_points_with_the_reports_numbers_and_says_that_nobody_approved_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(project)
    assert version(project) == 0
    said = capsys.readouterr().out
    assert "aucune lettre n'a moins de 14 points" in said and "5 phrases" in said
    made = built(project)
    for suffix, content in made.items():
        assert NONE in words(suffix, content), suffix
        assert "La première demande est la recommandation R1." in words(suffix, content), suffix
        assert smallest_letters(f"x.{suffix}", content) == 14, suffix
    assert 14.0 in pdf_sizes(made["pdf"]) and min(pdf_sizes(made["pdf"])) >= 14
    with zipfile.ZipFile(io.BytesIO(made["docx"])) as word:
        sizes = re.findall(r'<w:szC?s? [^>]*w:val="(\d+)"', word.read("word/styles.xml").decode())
        assert min(map(int, sizes)) == 28
    before = made["pdf"]
    assert version(project) == 0 and built(project)["pdf"] == before


def test_what_is_raised_keeps_its_size_and_the_order_of_the_standard() -> None:
    run = '<w:rPr><w:b/><w:sz w:val="20"/><w:u w:val="single"/><w:vertAlign w:val="{}script"/></w:rPr>'
    want = '<w:rPr><w:b/><w:position w:val="{}"/><w:sz w:val="28"/><w:u w:val="single"/></w:rPr>'
    for where, height in (("super", 10), ("sub", -6)):
        made = enlarged_parts({"word/document.xml": run.format(where).encode()}, 14)
        assert made["word/document.xml"].decode() == want.format(height)
        assert list(odd_forms("word/document.xml", made["word/document.xml"])) == ["<w:sz>"]
    assert list(odd_layout(b'<w:position w:val="400"/>')) == ["position 400"], "words moved off their line"


def test_it_may_go_without_a_table_of_contents(project: Path) -> None:
    lay(project, cover=COVERED.replace("::: {.toc}\n:::\n", ""))
    assert version(project) == 0
    for suffix, content in built(project).items():
        assert "Table des matières" not in words(suffix, content), suffix


def test_letters_that_are_too_small_are_seen_in_each_output(project: Path) -> None:
    assert cli.run(["build", "--root", str(project)]) == 0
    for suffix in ("docx", "pdf", "html"):
        path = project / f"build/rapport-projet.{suffix}"
        assert smallest_letters(str(path), path.read_bytes()) < 14, suffix


def test_too_small_a_letter_stops_it(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rapport.output.docx import writer

    lay(project)
    monkeypatch.setattr(writer, "enlarged_parts", lambda parts, smallest: parts)
    assert version(project) != 0
    assert "pt < 14 pt" in capsys.readouterr().out
    assert not list((project / "build").glob("version-enfants*"))


def test_who_approved_it_is_said_of_the_text_as_it_stands_and_of_no_other(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    lay(project)
    assert version(project, "--workshop", "atelier-essai", "--agree", "--date", "2014-06-20") == 0
    text = place.read_text(encoding="utf-8")
    assert re.search(r"^version_approuvee: [a-z]{6}\nversion_approuvee_le: 2014-06-20\nparoles:", text, re.MULTILINE)
    assert version(project) == 0
    approved = (
        "Les enfants de l'atelier « Ce que nous avons à dire (atelier inventé pour un essai) » (Rhône) ont approuvé"
    )
    for suffix, content in built(project).items():
        said = words(suffix, content).replace("\u00a0", " ")
        assert f"{approved} cette version en juin 2014." in said and NONE not in said, suffix
        assert "20 juin" not in said, suffix
    lay(project, SHORT.replace("pour toi.", "pour toi, enfant."))
    capsys.readouterr()
    assert version(project) == 0
    assert re.search(rf"{PATH}:1:1: note C21 : .*le texte a changé depuis", capsys.readouterr().out)
    assert all(NONE in words(suffix, content) for suffix, content in built(project).items())
    place.write_text(re.sub(r"version_approuvee: .*\n", "", text), encoding="utf-8")
    assert version(project) == 0
    assert "rien ne dit quel texte c'était" in capsys.readouterr().out
    assert version(project, "--withdraw") == 0
    assert "version_approuvee" not in place.read_text(encoding="utf-8")


def test_a_workshop_that_withdrew_everything_is_not_named(project: Path) -> None:
    lay_workshop(project)
    lay(project)
    assert version(project, "--agree", "--date", "2014-06-20") == 0
    assert version(project) == 0
    for code in (*(piece.code for piece in PIECES), "D-01"):
        assert children(project, "--piece", code, "--withdraw") == 0
    assert not list((project / "build").glob("version-enfants*"))
    assert version(project) == 0
    for suffix, content in built(project).items():
        assert NONE in words(suffix, content) and "atelier inventé" not in words(suffix, content), suffix


@pytest.mark.parametrize(
    ("page", "cover", "told"),
    [
        (SHORT.replace("recommandation-r1", "recommandation-r99"), COVERED, "R06"),
        (SHORT, COVERED.replace("{{ approval }}", "Approuvé par tous."), "P08"),
        (SHORT + "\nMalik Bourrigaud habite au 12 rue des Lilas, 06 12 34 56 78.\n", COVERED, "C01"),
    ],
)  # fmt: skip
def test_what_is_wrong_stops_it_and_the_one_before_stays(
    project: Path, page: str, cover: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(project)
    assert version(project) == 0
    before = built(project)
    lay(project, page, cover)
    assert version(project) == 1
    assert f" {told} " in capsys.readouterr().out
    assert built(project) == before


def test_without_pages_there_is_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (PAGE, PAGE.replace("chapters/", "chapters/en/")):
        (project / path).unlink()
    assert version(project) == 1
    assert "chapters/version-enfants.md.j2" in capsys.readouterr().err
    assert version(project, "--report-language", "en") == 1


def test_long_sentences_and_hard_words_are_told_where_they_stand(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "Ce texte est pour toi et pour tes amis et pour tous ceux qui veulent le lire un soir."
    lay(
        project,
        f"# Pour toi {{.unnumbered}}\n\nLis.\n{long}\nL'ONU le lira. Une **kafala** est là. La kafala, le proxénète.\n",
    )
    assert cli.run(["check", "--root", str(project)]) == 0
    said = capsys.readouterr().out
    assert f"{PAGE}:4:1: note S32 : cette phrase a 19 mots" in said
    assert f"{PAGE}:5:3: note S33 : « ONU » peut arrêter un enfant : c'est un sigle" in said
    assert f"{PAGE}:5:53: note S33 : « proxénète »" in said
    assert "« kafala »" not in said


def test_the_measures_are_those_of_the_sources() -> None:
    sentences = plain_sentences("Le chat dort. Les enfants regardent la lune ! {# non #}\n\n- un\n- deux\n")
    assert [len(one.words) for one in sentences] == [3, 5, 1, 1]
    measured = readability(sentences)
    assert (measured.sentences, measured.words, measured.longest) == (4, 10, 5)
    assert measured.lix == round(10 / 4 + 100 * 2 / 10)  # « enfants », « regardent » have more than six letters
    assert [
        *hard_words("Nous respectons, forcent, demandons.", plain_sentences("Nous respectons, forcent."), "fr")
    ] == []
