"""Children's workshops: words unchanged to the letter in three outputs, printed only as far as each child agreed.

The workshop is invented (`workshop_sample`); what is read back is read by programs that share nothing with ours.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from conftest import PRODUCT
from rapport import cli
from rapport.storage import manifest
from workshop_sample import DRAWING, PATH, PIECES, lay_workshop

ARABIC = re.compile("[\u0600-\u06ff]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def built(root: Path, *typed: str) -> dict[str, bytes]:
    """The three files of the draft."""
    assert cli.run(["build", "--root", str(root), *typed]) == 0
    stem = "rapport-projet-en" if "en" in typed else "rapport-projet"
    return {suffix: (root / f"build/{stem}.{suffix}").read_bytes() for suffix in ("docx", "pdf", "html")}


class _Words(HTMLParser):
    """The lines of a page, as a browser breaks them."""

    def __init__(self) -> None:
        super().__init__()
        self.said = ""

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.said += "\n" if tag in ("p", "br", "h2", "h3", "li", "div") else ""

    def handle_data(self, data: str) -> None:
        self.said += data


def lines_of(suffix: str, content: bytes) -> list[str]:
    """Every line that a reader sees in a file."""
    if suffix == "html":
        words = _Words()
        words.feed(content.decode())
        return words.said.split("\n")
    if suffix == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        # the face has one drawing for the hyphen and the soft hyphen, which pypdf takes for the other
        return "\n".join(page.extract_text() for page in pages).replace("\u00ad", "-").split("\n")
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    said = ""
    for node in body.iter():
        said += "\n" if node.tag in (f"{W}p", f"{W}br") else (node.text or "") if node.tag == f"{W}t" else ""
    return said.split("\n")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_childs_words_are_unchanged_in_three_outputs(project: Path, language: str) -> None:
    lay_workshop(project)
    for suffix, content in built(project, "--report-language", language).items():
        said = [line.strip() for line in lines_of(suffix, content)]
        for piece in PIECES:
            for line in filter(None, piece.words):
                if suffix == "pdf" and ARABIC.search(line):  # pypdf gives the letters from the left
                    assert letters(line) in map(letters, said), (suffix, line)
                else:
                    assert line in said, (suffix, line)


def letters(line: str) -> Counter[str]:
    return Counter(re.sub(r"[\s«»]", "", line))


def test_words_from_the_right_are_set_from_the_right_in_a_font_that_has_them(project: Path) -> None:
    lay_workshop(project)
    made = built(project)
    html = made["html"].decode()
    assert '<div class="verbatim" lang="ar" dir="rtl">' in html and "Rapport Arabic" in html
    with zipfile.ZipFile(io.BytesIO(made["docx"])) as word:
        assert "w:bidi" in word.read("word/document.xml").decode()
        assert 'w:name="Rapport Arabic"' in word.read("word/fontTable.xml").decode()
        assert 'w:cs="Rapport Arabic"' in word.read("word/styles.xml").decode()
    fonts = [
        str(font)
        for page in pypdf.PdfReader(io.BytesIO(made["pdf"])).pages
        for font in page["/Resources"]["/Font"].values()
    ]  # type: ignore[index]
    assert any("RapportArabic" in font for font in fonts)


def test_without_a_workshop_nothing_of_them_is_in_any_file(project: Path) -> None:
    made = built(project)
    assert b"verbatim" not in made["html"] and b"Arabic" not in made["html"]
    assert "word/fonts/font7.odttf" not in zipfile.ZipFile(io.BytesIO(made["docx"])).namelist()


WITHOUT = {
    "enfant: oui\n": ("enfant: non\n", "l'enfant n'est pas d'accord"),
    "    representant: administrateur ad hoc\n": ("", "rien ne dit quel représentant"),
    "    accord_le: 2014-05-20\n": ("", "n'a pas de date"),
    "    editions: [projet, publique, confidentielle, livret]\n": ("", "pour quelles éditions"),
    "    regarde_par: la coordination\n": ("", "personne n'y a cherché"),
    "    page_relue_le: 2014-06-12\n": ("", "n'a pas encore été montrée"),
    "> Je veu alé a lécol.": ("> Je veu allé a lécol.", "a changé depuis"),
}


@pytest.mark.parametrize("taken", WITHOUT, ids=lambda taken: taken.split(":")[0].strip(" >"))
def test_what_was_not_agreed_to_is_printed_nowhere_and_told(
    project: Path, taken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    put, told = WITHOUT[taken]
    place.write_text(place.read_text(encoding="utf-8").replace(taken, put, 1), encoding="utf-8")  # of P-01
    for suffix, content in built(project).items():
        said = "\n".join(lines_of(suffix, content))
        assert "pourtan chui la" not in said, suffix
        assert "tout seul" in said, suffix
    assert cli.run(["check", "--root", str(project)]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"note C17 : P-01 n'est imprimé nulle part : .*{told}", said), said


def test_an_edition_that_was_not_agreed_to_does_not_have_the_piece(project: Path) -> None:
    place = lay_workshop(project)
    place.write_text(place.read_text(encoding="utf-8").replace("[projet, ", "[", 1), encoding="utf-8")
    assert b"pourtan chui la" not in built(project)["html"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("je dor o skwat de Vénissieux", "un lieu plus précis"),
        ("mon copin Kevin il est parti", "un nom"),
        ("mon numéro cé 06 12 34 56 78", "un numéro ou une adresse"),
    ],
)  # fmt: skip
def test_what_could_identify_somebody_is_an_error_and_withholds_the_piece(
    project: Path, words: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    changed = place.read_text(encoding="utf-8").replace(PIECES[0].words[0], words, 1)
    place.write_text(changed, encoding="utf-8")
    assert cli.run(["check", "--root", str(project)]) == 1
    assert re.search(rf"erreur C18 : dans P-01, quelque chose peut désigner quelqu'un \({why}", capsys.readouterr().out)
    cli.run(["build", "--root", str(project)])
    assert b"pourtan chui la" not in (project / "build/rapport-projet.html").read_bytes()


@pytest.mark.parametrize(
    ("changed", "into"),
    [("lieu: Rhône", "lieu: Lyon"), ("enfants: 8", "enfants: 3"), ("ages: [11-12, 13-15]", "ages: [14]"),
     ("mois: 2014-05", "mois: 2014-05-14"), ("## P-01\n", "## P-99\n"), ("> Je veu alé", "Je veu alé")],
)  # fmt: skip
def test_a_workshop_that_says_too_much_or_does_not_hold_together_is_not_printed(
    project: Path, changed: str, into: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    text = place.read_text(encoding="utf-8")
    assert changed in text
    place.write_text(text.replace(changed, into, 1), encoding="utf-8")
    assert cli.run(["check", "--root", str(project)]) == 1
    assert f"{PATH}:" in capsys.readouterr().out
    cli.run(["build", "--root", str(project)])
    assert b"verbatim" not in (project / "build/rapport-projet.html").read_bytes()


def test_a_drawing_with_a_face_is_printed_nowhere(project: Path) -> None:
    place = lay_workshop(project)
    place.write_text(place.read_text(encoding="utf-8").replace("visage: non", "visage: oui"), encoding="utf-8")
    assert DRAWING.encode() not in built(project)["html"]


def test_no_workshop_ships_with_the_project() -> None:
    assert not [path for path in manifest.files(str(PRODUCT)) if "/enfants/" in path]
