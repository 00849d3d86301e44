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

import docx
import pypdf
import pytest
from PIL import Image as Pillow

from conftest import PRODUCT
from rapport import cli
from rapport.messages.stop import USAGE
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


@pytest.mark.parametrize(
    ("field", "into", "line"),
    [("titre: Ce que", "titre: M[ariama]{.smallcaps} dit ce que", "titre: "),
     ("on dessine", "06 12 34 ^56^ 78", "methode: "),
     ("une éducatrice", "Kadi**atou** Diallo", "accompagnement: "),
     ("regarde_par: la coordination", "regarde_par: 'Anne Dubois, 06 12 34 56 78'", "    regarde_par: 'Anne"),
     ("titre: Ce que", "titre: <!-- Mariama Diallo --> Ce que", "titre: "),
     ("> Je veu alé", "> mon tel 06 12 34\n> 56 78", "> mon tel")],
)  # fmt: skip
def test_marks_and_ends_of_lines_hide_nobody_and_the_line_is_named(
    project: Path, field: str, into: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    text = place.read_text(encoding="utf-8").replace(field, into, 1)
    place.write_text(text, encoding="utf-8")
    number = 1 + next(at for at, said in enumerate(text.split("\n")) if said.startswith(line))
    assert cli.run(["check", "--root", str(project)]) == 1
    assert re.search(rf"{PATH}:{number}:\d+: erreur C18", capsys.readouterr().out)


def test_the_adult_who_looked_may_be_named(project: Path) -> None:
    place = lay_workshop(project)
    text = place.read_text(encoding="utf-8").replace("regarde_par: la coordination", "regarde_par: Anne Dubois")
    place.write_text(text, encoding="utf-8")
    assert cli.run(["check", "--root", str(project)]) == 0


def test_a_drawing_with_a_face_is_printed_nowhere(project: Path) -> None:
    place = lay_workshop(project)
    place.write_text(place.read_text(encoding="utf-8").replace("visage: non", "visage: oui"), encoding="utf-8")
    assert DRAWING.encode() not in built(project)["html"]


def test_no_workshop_ships_with_the_project() -> None:
    assert not [path for path in manifest.files(str(PRODUCT)) if "/enfants/" in path]


# ---------------------------------------------------------------- asking again, and withdrawal


def holding(root: Path, words: str) -> list[str]:
    """Every file, and every part of an archive however deep, in which words stand."""

    def look(name: str, content: bytes) -> list[str]:
        found = [name] if words.encode() in content else []
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found += [one for part in archive.namelist() for one in look(f"{name} › {part}", archive.read(part))]
        return found

    return [one for path in sorted(root.rglob("*")) if path.is_file() for one in look(str(path), path.read_bytes())]


def children(root: Path, *typed: str) -> int:
    return cli.run(["children", "--root", str(root), "--association", "alpha", *typed])


def test_a_letter_asks_again_with_that_piece_alone_and_the_answer_lets_it_be_printed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_workshop(project, asked_again=False)
    assert children(project) == 0
    letter = (project / "build/enfants/alpha/atelier-essai/P-01.txt").read_text(encoding="utf-8-sig")
    for line in PIECES[0].words:
        assert " ".join(line.split()) in " ".join(letter.split())
    assert not [one for piece in PIECES[1:] for one in piece.words if one and one in letter]
    assert b"verbatim" not in built(project)["html"]
    assert children(project, "--piece", "P-01", "--agree", "--date", "2014-06-12") == 0
    html = built(project)["html"]
    assert b"pourtan chui la" in html and b"tout seul" not in html
    assert children(project) == 0
    back = (project / "build/enfants/alpha/atelier-essai/lettre-retour-P-01.txt").read_text(encoding="utf-8-sig")
    assert "Le Comité n'a pas encore répondu" in back and "P-01" in back and "P-02" not in back
    assert not list((project / "build/enfants/alpha/atelier-essai").glob("lettre-retour-P-02*"))


def test_a_letter_back_is_of_one_piece_alone_and_says_who_may_read_it(project: Path) -> None:
    place = lay_workshop(project)
    folder = project / "build/enfants/alpha/atelier-essai"
    folder.mkdir(parents=True)
    (folder / "lettre-retour.txt").write_text("of all, as it was made before", encoding="utf-8")
    text = place.read_text(encoding="utf-8")
    for_committee = re.sub(r"(reference: P-02\n(?:    .*\n)*?    editions: ).*", r"\1[confidentielle]", text)
    place.write_text(for_committee, encoding="utf-8")
    assert children(project) == 0
    letters = {path.name: path.read_text(encoding="utf-8-sig") for path in folder.glob("lettre-retour*.txt")}
    assert set(letters) == {f"lettre-retour-P-0{n}.txt" for n in range(1, 8)}
    asking = {path.name: path.read_text(encoding="utf-8-sig") for path in folder.glob("P-*.txt")}
    for name, said in {**letters, **asking}.items():
        assert "[…]" not in said, "a child reads their own words"
        shown = " ".join(said.split())
        for piece in PIECES:
            told = [line for line in piece.words if line and " ".join(line.split()) in shown]
            assert bool(told) == (piece.code in name), (name, piece.code)
    assert "le rapport que seul le Comité lit" in letters["lettre-retour-P-02.txt"]
    assert (
        "tout le monde" not in letters["lettre-retour-P-02.txt"]
        and "tout le monde" in letters["lettre-retour-P-01.txt"]
    )


def test_words_from_the_right_are_as_large_as_their_translation(project: Path) -> None:
    lay_workshop(project)
    assert children(project) == 0
    letter = docx.Document(str(project / "build/enfants/alpha/atelier-essai/P-05.docx"))
    sizes = {
        one.style.name: one.style.element.rPr for one in letter.paragraphs if one.style.name.startswith("Lettre said")
    }
    own, theirs = sizes["Lettre said-rtl"].find(f"{W}szCs"), sizes["Lettre said"].find(f"{W}sz")
    assert own.get(f"{W}val") == theirs.get(f"{W}val") == "24"


@pytest.mark.parametrize("asked_again", [False, True])
def test_the_letter_about_a_drawing_shows_it_as_it_is_printed(project: Path, asked_again: bool) -> None:
    lay_workshop(project, asked_again)
    assert children(project) == 0
    folder = project / "build/enfants/alpha/atelier-essai"
    name = f"lettre-retour-{DRAWING}" if asked_again else DRAWING
    letter = docx.Document(str(folder / f"{name}.docx"))
    assert not (folder / f"{name}.txt").exists(), "text cannot show it"
    (shown,) = letter.inline_shapes
    assert abs(shown.height.cm - 9) < 0.1 and abs(shown.width.cm - 13.5) < 0.1, "as in the report"
    assert shown._inline.docPr.get("descr") == "une maison avec une porte bleue et personne devant"
    (part,) = [one.target_part for one in letter.part.rels.values() if "image" in one.reltype]
    with Pillow.open(io.BytesIO(part.blob)) as here, Pillow.open((project / PATH).with_name("dessin-01.png")) as there:
        assert here.convert("RGB").tobytes() == there.convert("RGB").tobytes()
    lines = [one.text for one in letter.paragraphs]
    at = next(at for at, one in enumerate(letter.paragraphs) if one._p.xpath(".//w:drawing"))
    assert lines[at - 1] == DRAWING and lines[at + 1] == "une maison avec une porte bleue et personne devant"


def test_nothing_is_shown_before_somebody_looked_at_it_and_said_who(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project, asked_again=False)
    text = re.sub(r"    (?:regarde_par|regarde_le|nom|visage): .*\n", "", place.read_text(encoding="utf-8"))
    place.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert children(project) == 0
    said = capsys.readouterr().out
    assert "à regarder" in said and "D-01 (contributions/alpha/enfants/dessin-01.png)" in said
    assert 'PIECE="P-01 P-02 P-03 P-04 P-05 P-06 P-07 D-01" LOOKED=oui' in said and "0 fichiers" not in said
    assert children(project, "--piece", "P-01 D-01", "--looked") == USAGE, "nobody said who looked"
    assert children(project, "--piece", "P-01 D-01", "--looked", "--agree", "--by", "x") == USAGE
    assert place.read_text(encoding="utf-8") == text
    typed = ["--piece", "p-01, D-01", "--looked", "--by", "l'équipe : la coordination", "--date", "2014-05-21"]
    assert children(project, *typed) == 0
    changed = place.read_text(encoding="utf-8")
    assert changed.count("regarde_par: 'l''équipe : la coordination'\n    regarde_le: 2014-05-21\n") == 2
    assert changed.count("    nom: non\n    visage: non\n") == 1, "of the drawing"
    assert len(changed.split("\n")) == len(text.split("\n")) + 6
    capsys.readouterr()
    assert children(project) == 0
    made = {path.stem for path in (project / "build/enfants/alpha/atelier-essai").iterdir()}
    assert made == {"P-01", "D-01"}
    assert 'PIECE="P-02 P-03 P-04 P-05 P-06 P-07" LOOKED=oui' in capsys.readouterr().out


def test_a_piece_withdrawn_after_the_draft_went_out_is_gone_from_everything(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_workshop(project)
    built(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    words = "voudré kon me croi"
    assert len(holding(project, words)) > 5
    capsys.readouterr()
    assert children(project, "--piece", "P-02", "--withdraw", "--date", "2014-07-01") == 0
    said = capsys.readouterr().out
    assert "projet figé n° 1" in said and "anciennes versions" in said
    assert holding(project, words) == []
    after = built(project)
    assert b"pourtan chui la" in after["html"]
    assert children(project) == 0
    assert holding(project, words) == []
    assert cli.run(["check", "--root", str(project)]) == 0
    assert "P-02 n'est imprimé nulle part : l'accord a été retiré" in capsys.readouterr().out


def test_a_drawing_withdrawn_is_gone_with_its_picture(project: Path) -> None:
    lay_workshop(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    assert children(project, "--piece", DRAWING, "--withdraw") == 0
    assert not (project / PATH).with_name("dessin-01.png").exists()
    assert holding(project, "une maison avec une porte bleue") == []


def test_a_frozen_draft_that_holds_what_was_withdrawn_by_hand_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = lay_workshop(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    text = place.read_text(encoding="utf-8")
    place.write_text(
        text.replace("    langue: fr\n", "    langue: fr\n    retire_le: 2014-07-01\n", 1), encoding="utf-8"
    )
    assert cli.run(["check", "--root", str(project)]) == 0
    said = capsys.readouterr().out
    assert "C20 : P-01 a été retiré, et il en reste quelque chose : ses mots" in said
    assert "le projet figé n° 1" in said


def test_a_reviewer_changes_no_word_of_a_child_and_the_ledger_has_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_workshop(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    sent = (project / "build/projet-1/rapport-projet-1.docx").read_bytes()
    parts = {one: zipfile.ZipFile(io.BytesIO(sent)).read(one) for one in zipfile.ZipFile(io.BytesIO(sent)).namelist()}
    body = parts["word/document.xml"].decode()
    assert "nimeni nu ma intrebat" in body
    parts["word/document.xml"] = body.replace("nimeni nu ma intrebat", "nimeni nu m-a întrebat corect").encode()
    back = project / "contributions/inbox/reviews/relu.docx"
    back.parent.mkdir(parents=True)
    with zipfile.ZipFile(back, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    cli.run(["review", "--root", str(project)])
    assert "changements dans les mots d'enfants" in capsys.readouterr().out
    for ledger in (project / "contributions/drafts").rglob("*.yaml"):
        assert "nimeni" not in ledger.read_text(encoding="utf-8")


def test_a_redline_has_no_word_of_a_child(project: Path) -> None:
    lay_workshop(project)
    assert cli.run(["draft", "--root", str(project)]) == 0
    assert cli.run(["redline", "--root", str(project), "--", "1", "maintenant"]) == 0
    assert holding(project / "build/comparaison", "pourtan chui la") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_booklet_holds_the_words_alone_to_the_letter(project: Path, language: str) -> None:
    place = lay_workshop(project)
    text = place.read_text(encoding="utf-8")
    at = text.index("- reference: P-07")
    place.write_text(text[:at] + text[at:].replace(", livret]", "]", 1), encoding="utf-8")
    assert cli.run(["booklet", "--root", str(project), "--report-language", language]) == 0
    stem = "build/livret-enfants" if language == "fr" else "build/livret-enfants-en"
    for suffix in ("docx", "pdf", "html"):
        said = [line.strip() for line in lines_of(suffix, (project / f"{stem}.{suffix}").read_bytes())]
        assert not [line for line in said if "juje" in line]  # P-07 agreed to the report alone
        for line in (line for piece in PIECES[:6] for line in piece.words if line):
            if suffix == "pdf" and ARABIC.search(line):
                assert letters(line) in map(letters, said)
            else:
                assert line in said, (suffix, line)


@pytest.mark.parametrize(("number", "listed"), [(1, False), (3, False), (4, True)])
def test_the_booklet_has_contents_where_there_is_something_to_look_up(project: Path, number: int, listed: bool) -> None:
    place = lay_workshop(project)
    for more in range(2, number + 1):
        copied = place.with_name(f"atelier-{more}.md")
        copied.write_text(place.read_text(encoding="utf-8").replace("Ce que nous", f"{more}. Ce que nous"), "utf-8")
    assert cli.run(["booklet", "--root", str(project)]) == 0
    page = (project / "build/livret-enfants.html").read_text(encoding="utf-8")
    assert ('aria-labelledby="sommaire"' in page) == listed and page.count("Ce que nous avons à dire") >= number
    pages = [one.extract_text() for one in pypdf.PdfReader(project / "build/livret-enfants.pdf").pages]
    assert all("4. Ce que nous" in one for one in pages[1:2]) == listed
    with zipfile.ZipFile(project / "build/livret-enfants.docx") as package:
        assert (b" TOC " in package.read("word/document.xml")) == listed


def test_there_is_no_booklet_without_a_word_for_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["booklet", "--root", str(project)]) == 1
    assert "pas de livret" in capsys.readouterr().err
    assert not list((project / "build").glob("livret*"))
