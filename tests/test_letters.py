"""`rapport letters`: a page for each association, that it understands, and that says nothing of the others."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image

import office
from conftest import TESTS
from hostile import text as contribution
from rapport import cli
from rapport.commands import letters as letters_verb
from rapport.correspondence import annotated_files as letters_word
from rapport.correspondence import facts as letters_facts
from rapport.correspondence import letters
from rapport.messages import letters_en, letters_fr
from rapport.office import plain_page as letters_page

pytestmark = pytest.mark.slow

CASES = ("I03-no-words", "R01-near-reference", "F02-not-a-text", "P03-closed-theme")
ALPHA = "contributions/alpha/mendicite.md"
TODAY = "2014-12-10"

EXPECTED = """\
Collectif « Collectif inventé »
Adresse inventée

À : Association Bêta

Objet : vos textes pour le rapport au Comité inventé (Essai n° 1)

Bonjour,

Merci pour vos 2 textes. Voici ce que nous en avons fait, et ce qui reste à
faire avant le 28 février 2015.

Ce que nous avons reçu
----------------------
  - Mendicité : à corriger
    « Un texte inventé », daté du 4 décembre 2014
  - Travail forcé : accepté
    « Un second texte inventé sur le même thème », daté du 2 décembre 2014

Ce qu'il faut changer
---------------------

Mendicité

  Sous « Constat » :
    « Un texte inventé (inconnu2013). »
    Nous ne connaissons pas la référence « inconnu2013 ».
    Que faire : envoyez-nous l'ouvrage en entier : auteur, titre, éditeur,
    date, page. [R01]

Quand et comment répondre
-------------------------

Corrigez les passages cités dans votre propre fichier : dans Word, Ctrl+F
retrouve les mots entre guillemets. Renvoyez-le avant le 28 février 2015, ou
répondez simplement à cette lettre, point par point : nous ferons le reste.

Si un passage concerne un enfant, n'envoyez ni nom, ni date de naissance, ni
lieu précis.

Merci pour votre travail, et à bientôt.

Le secrétariat du Collectif
"""


def write(project: Path, path: str, text: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, encoding="utf-8")


def sent(project: Path, language: str = "fr", today: str = TODAY) -> dict[str, str]:
    """The letters as plain text, by association."""
    command = ["letters", "--root", str(project), "--lang", language, "--date", today]
    assert cli.run(command) == 0
    paths = sorted((project / "build/lettres").glob("*.txt"))
    return {path.stem: path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") for path in paths}


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_letter_in_full(project: Path) -> None:
    write(
        project,
        "contributions/beta/mendicite.md",
        contribution("Un début.\n\nUn texte.\n\nUn texte inventé [@inconnu2013]."),
    )
    assert sent(project)["beta"].replace("\u00a0", " ") == EXPECTED


def test_nothing_about_the_others(project: Path) -> None:
    for case in CASES:
        shutil.copytree(TESTS / "diagnostics" / case, project, dirs_exist_ok=True)
    write(project, "contributions/beta/parole.md", contribution("Le secret de Bêta : [mot]: perdu."))
    for language in ("fr", "en"):
        for name, text in sent(project, language).items():
            content = (project / f"build/lettres/{name}.docx").read_bytes()
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                parts = " ".join(package.read(part).decode() for part in ("word/document.xml", "docProps/core.xml"))
            for other in {"alpha": ("Bêta", "beta"), "beta": ("Alpha", "alpha"), "gamma": ("Alpha", "Bêta")}[name]:
                assert other not in text
                assert other not in parts


def test_both_forms_say_the_same(project: Path) -> None:
    write(project, ALPHA, contribution("[Mot]: perdu\n\n![](images/carre.png)"))
    text = sent(project)["alpha"]
    spoken = words((project / "build/lettres/alpha.docx").read_bytes())
    bare = [re.sub(r"[^\w]", "", part) for part in (text, spoken)]
    assert bare[0].replace("_", "") == bare[1]


def test_the_same_letter_is_the_same_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, ALPHA, contribution("[Mot]: perdu"))
    sent(project)
    first = {path.name: path.read_bytes() for path in (project / "build/lettres").iterdir()}
    sent(project)
    assert {path.name: path.read_bytes() for path in (project / "build/lettres").iterdir()} == first
    properties = docx.Document(io.BytesIO(first["alpha.docx"])).core_properties
    assert properties.created.date().isoformat() == "2015-02-28"
    assert (properties.author, properties.language) == ("Collectif «\u00a0Collectif inventé\u00a0»", "fr-FR")
    section = docx.Document(io.BytesIO(first["alpha.docx"])).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_word_file_is_valid(project: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    sent(project)
    result = audit.OpenXmlValidator().validate(project / "build/lettres/alpha.docx")
    assert result.is_valid, list(result.errors)[:5]


def test_a_lead_who_sent_nothing_is_asked_kindly(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    text = text.replace("  date_limite_sources:", "  retour_attendu: 2015-01-15\n  date_limite_sources:")
    outline.write_text(re.sub(r"( +)- id: mendicite\n", r"\g<0>\1  chef_de_file: gamma\n", text), encoding="utf-8")
    letter = sent(project)["gamma"].replace("\u00a0", " ")
    assert "Objet : votre texte attendu" in letter
    assert "  - Mendicité\n" in letter
    assert "avant le 15\njanvier 2015" in letter or "avant le 15 janvier 2015" in letter


def test_no_day_that_is_past_is_asked_for(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(re.sub(r"( +)- id: mendicite\n", r"\g<0>\1  chef_de_file: gamma\n", text), encoding="utf-8")
    for language, soon in (("fr", "dès que vous le pourrez"), ("en", "as soon as you can")):
        letters_ = {name: " ".join(text.split()) for name, text in sent(project, language, "2020-01-01").items()}
        assert soon in letters_["gamma"]
        assert not re.search(r"(?:avant le|before) \d", "".join(letters_.values()))


def test_the_day_is_the_calendars_or_the_reports(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    calendar = "".join(
        f"    - date: {d}\n      evenement: Une étape\n" for d in ("2014-09-05", "2015-01-20", "2015-06-08")
    )
    outline.write_text(
        text.replace("  longueur: courte", f"  calendrier:\n{calendar}  longueur: courte"), encoding="utf-8"
    )
    write(project, ALPHA, contribution("[Mot]: perdu"))
    assert "20 janvier 2015" in sent(project)["alpha"].replace("\n", " ").replace("\u00a0", " ")


def test_a_letter_that_has_no_cause_any_more_is_taken_away(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent(project)
    shutil.rmtree(project / "contributions/beta")
    capsys.readouterr()
    assert set(sent(project)) == {"alpha"}
    assert "build/lettres/beta.docx retiré" in capsys.readouterr().out


def test_a_folder_of_nobody_gets_no_letter(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "contributions/delta/mendicite.md", contribution("Un texte."))
    assert "delta" not in sent(project)
    assert "pas de lettre pour contributions/delta/" in capsys.readouterr().out


def test_what_the_editor_has_to_settle_is_only_counted(project: Path) -> None:
    shutil.copytree(TESTS / "diagnostics" / "P03-closed-theme", project, dirs_exist_ok=True)
    write(project, ALPHA, contribution("Un texte."))
    own = project / "contributions/alpha/travail-force.md"
    own.write_text(re.sub("avertissement: .*\n", "", own.read_text(encoding="utf-8")), encoding="utf-8")
    letter = sent(project)["alpha"].replace("\u00a0", " ")
    assert "vous n'avez rien à faire" in letter.replace("\n", " ")
    assert "reçu, une question de notre côté" in letter
    assert "outline.yaml" not in letter
    assert "Le secrétariat règle le reste de son côté (1 point)" in letter


def test_a_working_document_waits_for_the_associations_own_text(project: Path) -> None:
    letter = " ".join(sent(project)["alpha"].replace("\u00a0", " ").split())
    waiting = "Travail forcé : un document de travail tient la place de votre texte ; envoyez-nous le vôtre"
    assert waiting in letter or "Travail forcé (environ" in letter or waiting.split(" :")[0] in letter
    assert "Travail forcé : accepté" not in letter


def test_every_member_that_has_not_written_is_invited(project: Path) -> None:
    assert "gamma" not in sent(project), "a candidate"
    card = project / "contributions/gamma/association.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("candidate", "membre"), encoding="utf-8")
    letter = " ".join(sent(project)["gamma"].split())
    assert "nous n'avons encore rien reçu de vous" in letter and "Quelques pages en Word suffisent" in letter


def test_over_length_is_told_with_an_even_share(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(re.sub(r"( +)- id: mendicite\n", r"\g<0>\1  mots: 60\n", text), encoding="utf-8")
    long_ = contribution("Un mot inventé de plus. " * 30)
    write(project, "contributions/beta/mendicite.md", long_)
    words = told_words(sent(project)["beta"], r"Mendicité : votre texte a (\d+) mots, et le plan en prévoit (\d+)")
    assert words[1] == 60 and words[0] > 150
    write(project, "contributions/alpha/mendicite.md", contribution("Un texte court."))
    words = told_words(sent(project)["beta"], r"(\d+) associations y écrivent : à parts égales, cela ferait (\d+) mots")
    assert words == [2, 30]
    assert "à parts égales" not in sent(project)["alpha"], "under its share"


def told_words(letter: str, pattern: str) -> list[int]:
    found = re.search(pattern, " ".join(letter.replace("\u00a0", " ").split()))
    assert found, letter
    return [int(number) for number in found.groups()]


def test_a_letter_speaks_of_sections_and_sentences(project: Path) -> None:
    body = "Un fait **inventé** [@inconnu2013]. Une autre phrase[^1].\n\n[^1]: Une *note* de [@inconnu2013, p. 4]."
    write(project, "contributions/beta/mendicite.md", contribution(body))
    letter = sent(project)["beta"].replace("\u00a0", " ")
    assert "« Un fait inventé (inconnu2013). »" in letter
    assert "De même : « Une note de (inconnu2013, p. 4). »" in " ".join(letter.split())
    assert not re.search(r"[*@#`{]|\[\^|\bligne|\.md\b|:::|\bclé\b", letter)


def test_a_letter_stays_on_one_page(project: Path, tmp_path: Path) -> None:
    """The most that is asked of anybody: many mistakes of many kinds, a theme that it leads, one that is too long."""
    kinds = [f"Un fait inventé numéro {n}, raconté en une phrase assez longue [@inconnu{n}]." for n in range(30)]
    kinds += [
        "Un tableau :\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "- Former les équipes.",
        "Une phrase « ouverte.",
        "TODO",
    ]
    for theme in ("mendicite", "sport", "travail-force"):
        write(project, f"contributions/beta/{theme}.md", contribution("\n\n".join(kinds)))
    letter = sent(project)["beta"]
    found = re.search(r"elle s'arrête aux points les plus importants ; [^(]*\((\d+)\)", " ".join(letter.split()))
    assert found and int(found[1]) > 20
    assert "Nous ne connaissons pas la référence" in letter
    if office.OFFICE:
        (tmp_path / "lettre.docx").write_bytes((project / "build/lettres/beta.docx").read_bytes())
        assert len(pikepdf.open(office.as_pdf(tmp_path, "lettre.docx")).pages) == 1


def test_an_authors_own_words_are_not_masked_but_identifiers_are(project: Path) -> None:
    body = "Vu avec Zélie Quorbanet à la gare [@inconnu2013]. Appelez le 06 12 34 56 78 [@inconnu2013]."
    write(project, "contributions/beta/mendicite.md", contribution(body))
    write(project, "contributions/alpha/mendicite.md", contribution("Un autre texte, de Maxence Bourrigaud."))
    letters_ = sent(project)
    assert "Zélie Quorbanet" in letters_["beta"]
    assert "06 12" not in "".join(letters_.values())
    assert "Quorbanet" not in letters_["alpha"] and "Bourrigaud" not in letters_["beta"]


def test_a_text_on_no_theme_is_called_by_its_title_and_a_theme_by_its_own(project: Path) -> None:
    text = contribution("Un constat inventé.").replace("---\n", "---\narticles: [CDIE 12]\n", 1)
    write(project, "contributions/beta/travail-forces.md", text)
    letter = " ".join(sent(project)["beta"].split())
    assert "- Un texte inventé : à corriger" in letter
    assert "s'il répond bien au thème « Travail forcé », ou auquel. [P01]" in letter
    assert "« CDIE 12 » ne convient pas" in letter and "[…]" not in letter


def test_file_names_may_hold_anything(project: Path) -> None:
    for name in ("-a\nb\u202e.md", "é" * 120 + ".md", "<b>.md"):
        write(project, f"contributions/alpha/{name}", contribution("[Mot]: perdu"))
    letter = sent(project)["alpha"]
    assert "\u202e" not in letter
    assert max(map(len, letter.split("\n"))) <= 130


def test_the_words_are_in_both_languages() -> None:
    assert letters_fr.WORDS.keys() == letters_en.WORDS.keys()
    assert letters_fr.RULES.keys() == letters_en.RULES.keys()
    for name in letters_fr.WORDS:
        facts = [set(re.findall(r"\{(\w+)\}", said.WORDS[name])) for said in (letters_fr, letters_en)]
        assert facts[0] == facts[1], name


def test_no_word_is_unused() -> None:
    source = "".join(
        Path(module.__file__ or "").read_text(encoding="utf-8")
        for module in (letters, letters_facts, letters_page, letters_word, letters_verb)
    )
    known = set(re.findall(r"[\"']([^\"'\n]*?)[\"'{]", source))
    stems = ("length-", "thanks-", "fine-", "wait-", "state-", "comment-")
    assert [n for n in letters_fr.WORDS if n not in known and not n.startswith(stems)] == []


def test_the_sender_of_a_letter_is_its_letterhead() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 30), "navy").save(drawn, "PNG")
    lines = [letters_page.PageLine("sender", "Collectif inventé"), letters_page.PageLine("sender", "Adresse inventée")]
    lines.append(letters_page.PageLine("para", "Bonjour,"))
    made = letters_page.as_docx(lines, "2015-02-28", "fr", [(drawn.getvalue(), "Logo inventé")])
    assert made == letters_page.as_docx(lines, "2015-02-28", "fr", [(drawn.getvalue(), "Logo inventé")])
    logo, *words = docx.Document(io.BytesIO(made)).paragraphs
    assert 'descr="Logo inventé"' in logo._p.xml
    assert [paragraph.text for paragraph in words] == ["Collectif inventé", "Adresse inventée", "Bonjour,"]
    assert ["w:pBdr" in paragraph._p.xml for paragraph in words] == [False, True, False]
