"""make new: another report from answers, in a folder of its own, with nothing of the present one left in it."""

import errno
import os
import re
import shutil
from pathlib import Path
from unittest.mock import Mock

import pypdfium2
import pytest
from lxml import etree, html

import form_filler
from conftest import PRODUCT
from rapport import cli
from rapport.office.archive import unpack
from rapport.scaffold.folder import cards
from rapport.scaffold.pages import page_of_another
from rapport.scaffold.profiles import profiles
from rapport.scaffold.questionnaire import QUESTIONS, AnswerMistake, find_mistake, read_answers
from test_transaction import KILLED, killed_at

ANSWERS = """État : Pays-Bas
Comité : crc-liste
Date du dépôt : 2027-03-01
Numéro du rapport de l'État : 5 et 6
Cote du rapport de l'État : CRC/C/NLD/5-6
Membre du Conseil de l'Europe : oui
Associations parties : SOS Esclaves
Nouvelles associations : Association inventée
Dossier à créer : ../autre
"""


@pytest.fixture
def present(tmp_path: Path) -> Path:
    """The shipped report, without the program."""
    folder = tmp_path / "présent"
    for name in ("chapters", "contributions", "docs"):
        shutil.copytree(PRODUCT / name, folder / name, ignore=shutil.ignore_patterns("inbox"))
    shutil.copy(PRODUCT / "bibliography.bib", folder)
    return folder


def begin(present: Path, answers: str) -> int:
    (present / "reponses.txt").write_text(answers, encoding="utf-8")
    return cli.run(["new", "--root", str(present), "--answers", "reponses.txt"])


def test_another_report_passes_every_check_and_says_nothing_of_the_present_one(
    present: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(present, ANSWERS) == 0
    new = present.parent / "autre"
    capsys.readouterr()
    assert cli.run(["check", "--root", str(new)]) == 0
    assert capsys.readouterr().out == "aucune erreur dans 0 contribution\n"
    texts = [path.read_text(encoding="utf-8") for path in sorted((new / "chapters").rglob("*.*"))]
    printed = re.sub(r"\{#.*?#\}", "", "\n".join(texts), flags=re.DOTALL)
    own = r"France|Fran[cç]ais|French|CRC/C/FRA|MIPROF|juillet 2014|2015-|Éducation nationale|département"
    assert re.findall(own, printed) == ["French"] * 2  # the language
    outline = (new / "chapters/outline.yaml").read_text(encoding="utf-8")
    assert (
        "titre: La traite des mineurs aux Pays-Bas au regard de la Convention relative aux droits de l’enfant"
        in outline
    )
    assert "titre: Cinquième et sixième rapports périodiques des Pays-Bas" in outline
    assert "en lien avec les Pays-Bas" in outline
    assert "code pénal" not in outline and "Directive 2011/36" not in outline and "STCE 197" in outline
    assert list(new.glob("contributions/*/*.md")) == []


def test_members_keep_their_dates_and_those_that_left_are_members_no_more(present: Path) -> None:
    assert begin(present, ANSWERS) == 0
    kept = cards(present.parent / "autre")
    assert "etat: ancienne" in kept["sos-esclaves"] and "date: 2015-02-28" in kept["sos-esclaves"]
    assert "etat: membre" in kept["association-inventee"]
    assert kept["hors-la-rue"] == cards(present)["hors-la-rue"].rstrip("\n") + "\n"


def test_nothing_is_written_over(present: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (present.parent / "autre").mkdir()
    (present.parent / "autre/mien.txt").write_text("à moi", encoding="utf-8")
    before = {path: path.read_bytes() for path in present.rglob("*") if path.is_file()}
    assert begin(present, ANSWERS) == 1
    assert "existe et n'est pas vide" in capsys.readouterr().err
    assert [path.name for path in (present.parent / "autre").iterdir()] == ["mien.txt"]
    assert begin(present, ANSWERS.replace("../autre", "dedans")) == 1
    assert {path: path.read_bytes() for path in before} == before


def test_all_of_it_is_written_or_nothing(
    present: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy", Mock(side_effect=OSError(28, "No space left on device", "x")))
        assert begin(present, ANSWERS) == 1
    said = capsys.readouterr().err
    assert f"impossible d'écrire {present.parent / 'autre'} : le disque est plein" in said
    assert [path.name for path in present.parent.iterdir()] == ["présent"]
    assert begin(present, ANSWERS) == 0
    assert sorted(path.name for path in present.parent.iterdir()) == ["autre", "présent"]


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to know which file is moved")
@pytest.mark.parametrize("moment", ["while it is written", "before it is put in place", "when it stands"])
def test_one_that_was_killed_is_begun_again_by_the_same_command(
    moment: str, present: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, copy = present.parent / "autre", shutil.copy

    def end(*_: object) -> None:
        os._exit(KILLED)

    def half(source: Path, place: Path) -> None:
        end() if source.name == "guide-edition.md" else copy(source, place)

    with monkeypatch.context() as patched:
        if moment == "while it is written":
            patched.setattr(shutil, "copy", half)
        if moment == "when it stands":
            patched.setattr("rapport.commands.new._Beginning.tell", end)
        number = int(moment == "before it is put in place")
        assert killed_at(number, lambda: begin(present, ANSWERS), present.parent) == KILLED
    stood = contents(new)
    assert bool(stood) == (moment == "when it stands")
    assert cli.run(["check", "--root", str(present)]) == 0
    assert not (present / "build/tmp").exists()
    assert begin(present, ANSWERS) == 0, capsys.readouterr().err
    assert sorted(path.name for path in present.parent.iterdir()) == ["autre", "présent"]
    right = contents(new)
    assert right and stood in ({}, right)
    (new / "mien.txt").write_text("à moi", encoding="utf-8")
    assert begin(present, ANSWERS) == 1, "what somebody has begun to work in is theirs"
    shutil.rmtree(new)
    assert begin(present, ANSWERS) == 0
    assert contents(new) == right


def test_a_new_report_on_another_disk(present: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = Path.replace

    def elsewhere(path: Path, target: Path) -> Path:
        if path.name == "rapport":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", elsewhere)
    assert begin(present, ANSWERS) == 0
    assert sorted(path.name for path in present.parent.iterdir()) == ["autre", "présent"]
    assert (present.parent / "autre/chapters/outline.yaml").is_file()


def test_a_file_of_answers_is_begun_with_the_questions(present: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "--root", str(present), "--answers", "r.txt"]) == 0
    text = (present / "r.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^[^#\n].* :$", text, re.MULTILINE)) == len(QUESTIONS)
    assert cli.run(["new", "--root", str(present), "--answers", "r.txt"]) == 1
    assert "« État » : «  » n'est pas compris" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "answer", "near"),
    [
        ("comite", "cedw", "cedaw"), ("depot", "1er mars 2027", ""), ("etat", "Pays Bass", "Pays-Bas"),
        ("parties", "Amical du Nid", "amicale-du-nid"), ("nouvelles", "SOS Esclaves", ""),
        ("rapport", "5 et 6", None), ("rapport", "initial", None), ("parties", "toutes", None),
        ("parties", "Amicale du Nid", None), ("nouvelles", "Maison inventée", None),
    ],
)  # fmt: skip
def test_answers_that_are_not_understood_are_told(question: str, answer: str, near: str | None) -> None:
    called = {"amicale-du-nid": "amicale-du-nid", "sos-esclaves": "sos-esclaves"}
    told = find_mistake(question, answer, called)
    assert told == (None if near is None else AnswerMistake(question, answer, near))


def test_a_line_that_is_no_question_is_told() -> None:
    answers, wrong = read_answers("Etat : Haïti\nCouleur : bleu\n", {"État": "etat"}, lambda question, said: "oui", {})
    assert answers.state.code == "HTI"
    assert AnswerMistake("", "Couleur") in wrong


@pytest.mark.parametrize(
    ("profile", "state", "said"),
    [
        ("crc-liste", "Cuba", "mineurs à Cuba au regard de la Convention relative"),
        ("crc", "Italie", "mineurs en Italie au regard de la Convention relative"),
        ("cedaw", "les Pays-Bas", "mineurs aux Pays-Bas au regard de la Convention sur l’élimination"),
        ("ccpr", "Haïti", "mineurs en Haïti au regard du Pacte international"),
        ("upr", "Cuba", "mineurs à Cuba au regard de la Déclaration universelle"),
        ("greta", "Italie", "mineurs en Italie au regard de la Convention du Conseil"),
        ("lanzarote", "Albanie", "mineurs en Albanie au regard de la Convention du Conseil"),
    ],
)
def test_for_every_committee_nothing_is_to_be_mended_in_a_new_report(
    present: Path, profile: str, state: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        begin(present, f"État : {state}\nComité : {profile}\nDate du dépôt : 2099-03-01\nDossier à créer : ../autre\n")
        == 0
    )
    new = present.parent / "autre"
    capsys.readouterr()
    assert cli.run(["check", "--root", str(new)]) == 0
    assert capsys.readouterr().out == "aucune erreur dans 0 contribution\n"
    outline = (new / "chapters/outline.yaml").read_text(encoding="utf-8")
    assert said in outline
    assert re.findall(r"reponse_a:\n +titre: Rapport (?:initial)?", outline) == ["reponse_a:\n    titre: Rapport "]
    own = {"ccpr": ("du Pacte", "Covenant"), "upr": ("de la Déclaration", "Declaration")}
    french, english = own.get(profile, ("de la Convention", "Convention"))
    assert f"titre: Analyse au regard {french}\n" in outline
    assert f"titre_en: Analysis in the light of the {english}\n" in outline
    assert f"une analyse au regard {french}, puis" in (new / "chapters/presentation.md.j2").read_text("utf-8")
    assert cli.run(["letters", "--root", str(new)]) == 0
    assert "[…]" not in (new / "build/lettres/acf.txt").read_text("utf-8")


def test_a_collective_of_another_name_has_nothing_of_the_present_one(
    present: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = ANSWERS.replace("SOS Esclaves", "toutes") + "Nom du Collectif : Plateforme inventée\n"
    assert begin(present, other) == 1
    assert "« Contact » : «  » n'est pas compris" in capsys.readouterr().err
    assert begin(present, other + "Contact : 1 rue Inventée\n") == 0
    outline = (present.parent / "autre/chapters/outline.yaml").read_text(encoding="utf-8")
    assert (
        "collectif:\n    nom: Plateforme inventée\n    nom_en: Plateforme inventée\n  citations: notes\n  date:"
        in outline
    )
    kept = cards(present.parent / "autre")
    assert not [name for name, card in kept.items() if "coordination: oui" in card]
    assert [name for name, card in kept.items() if "etat: ancienne" not in card] == ["association-inventee"]
    assert cli.run(["check", "--root", str(present.parent / "autre")]) == 0


def test_a_page_loses_what_is_its_reports_own() -> None:
    page = "A{# ce rapport seulement #} B{# sinon : C #}\n\n{# ce Comité seulement #}D{# sinon : #}\n"
    assert page_of_another(page, same_committee=False) == "AC\n"
    assert "D" in page_of_another(page, same_committee=True)


def test_every_profile_says_where_and_when_it_was_read() -> None:
    for profile in profiles().values():
        assert profile.source and re.fullmatch(r"\d{4}-\d{2}", profile.read_in)
        assert re.fullmatch(r"((mots|pages) \d+)?", profile.limit)


def test_from_nothing_to_a_package_in_ten_commands_without_a_word_of_yaml(
    present: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = list[str]()
    root = present.parent / "autre"

    def make(*arguments: str, folder: Path = root) -> str:
        commands.append(arguments[0])
        assert cli.run([*arguments, "--root", str(folder)]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    (present / "reponses.txt").write_text(ANSWERS, encoding="utf-8")
    make("new", "--answers", "reponses.txt", folder=present)
    begun = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    make("forms")
    for association, theme in (("hors-la-rue", "participation"), ("association-inventee", "formation")):
        receive(root, association, theme, monkeypatch)
    assert "repris : 2 ; en attente : 0 ; refusés : 0" in make("intake")
    make("build")
    make("consent")
    monkeypatch.setattr("builtins.input", lambda question: "le bureau")
    make("consent", "--agree")
    assert "prêt à déposer" in make("public")
    assert len(commands) == 7 <= 10
    assert {path: path.read_bytes() for path in begun} == begun, "no file of the editor was typed in"
    package = root / "build/soumission-public"
    page = (package / "rapport-public.html").read_text(encoding="utf-8")
    printed = " ".join(html.document_fromstring(page.encode()).find("body").text_content().split())
    assert "Une observation inventée sur participation." in printed and "sur formation." in printed
    assert "aux Pays-Bas" in printed
    members = {card.split("nom: ")[1].split("\n")[0] for card in cards(root).values()}
    for name in sorted(members, key=len, reverse=True):
        printed = printed.replace(name, "").replace(name.replace("'", "’"), "")
    assert re.findall(r"\bFrance\b|Fran[cç]ais|French|CRC/C/FRA|MIPROF|juillet 2014|décembre 2014|2015", printed) == []
    statement = " ".join((package / "attestation.txt").read_text(encoding="utf-8-sig").split())
    assert "toutes approuvées par leur association" in statement
    assert "SHA-256" in statement and "[…]" not in statement


def receive(root: Path, association: str, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form filled in by an association, saved among the files received."""
    title = re.search(rf"- id: {theme}\n\s+titre: (.*)", (root / "chapters/outline.yaml").read_text(encoding="utf-8"))
    assert title
    card = {"theme": title[1], "titre": "Un texte inventé", "auteurs": "Un service inventé", "diffusion": "publique"}
    said = {
        "constat": [("p", f"Une observation inventée sur {theme}.")],
        "analyse": [("p", "L'article 12 de la Convention est cité par un texte inventé.")],
    }
    asks = ((f"Répondre à la demande inventée sur {theme}.", "Au Gouvernement", "CIDE 12", False, ""),)
    monkeypatch.setattr(form_filler, "GRIDS", ((), (), asks, ()))
    form = (root / f"build/formulaires/{association}/formulaire.docx").read_bytes()
    inbox = root / "contributions/inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / f"{association}-{theme}.docx").write_bytes(form_filler.fill_docx(form, card, said))


ELSEWHERE = """État : Belgique
Comité : cedaw
Date du dépôt : 2099-09-01
Numéro du rapport de l'État : 9
Cote du rapport de l'État : CEDAW/C/BEL/9
Membre du Conseil de l'Europe : oui
Membre de l'Union européenne : oui
Associations parties : Association Jeunes Errants
Nouvelles associations : Maison inventée
Nom du Collectif : Plateforme inventée
Nom anglais du Collectif : Invented Platform
Contact : Plateforme inventée ; Bruxelles
Dossier à créer : ../autre
"""
OF_THE_PRESENT = (
    r"\bFrance\b|\b[Ff]rançaise|\bFrench [CRSG]|CRC/C/FRA|MIPROF|\b201[45]\b|Jeunes Errants|code pénal|rue du Bac|"
    r"[Dd]épartement|Éducation nationale|National Education|garde des Sceaux|"
    r"Ensemble contre la traite|Together against|Comité des droits de l.enfant|Committee on the Rights of the Child"
)
EVERYTHING = (
    "forms", "letters", "calendar", "children-version", "briefs", "translation", "reminders", "draft", "build",
    "consent",
)  # fmt: skip


def test_no_output_of_another_report_says_a_word_of_the_present_one(
    present: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert begin(present, ELSEWHERE) == 0
    assert "6600 mots au plus" in capsys.readouterr().out
    root = present.parent / "autre"
    assert cli.run(["forms", "--root", str(root)]) == 0
    for association, theme in (("hors-la-rue", "participation"), ("maison-inventee", "formation")):
        receive(root, association, theme, monkeypatch)
    assert cli.run(["intake", "--root", str(root)]) == 0
    for name in EVERYTHING:
        assert cli.run([name, "--root", str(root)]) == 0, name
    assert cli.run(["build", "--root", str(root), "--report-language", "en"]) == 0
    monkeypatch.setattr("builtins.input", lambda question: "le bureau")
    assert cli.run(["consent", "--root", str(root), "--agree"]) == 0
    assert cli.run(["public", "--root", str(root)]) == 0
    read = {path.relative_to(root).as_posix(): said(path, root) for path in sorted((root / "build").rglob("*.*"))}
    read = {name: text for name, text in read.items() if text}
    assert {Path(name).suffix for name in read} >= {".docx", ".odt", ".pdf", ".html", ".txt", ".ics"}
    left = {name: found for name, text in read.items() if (found := re.findall(OF_THE_PRESENT, text))}
    assert left == {}
    assert [name for name in read if "jeunes-errants" in name] == [], "it has left"
    assert any("À renvoyer avant le 3 mars 2099" in text for name, text in read.items() if "formulaires" in name)
    assert "avant le 3 mars 2099" in " ".join(read["build/lettres/acf.txt"].split())


def said(path: Path, root: Path) -> str:
    """The words of an output without the names of those who take part; "" for what has none."""
    if "cache" in path.parts or "staging" in path.parts:
        return ""
    data = path.read_bytes()
    match path.suffix:
        case ".docx" | ".odt":
            parts = (part for name, part in unpack(data).items() if name.endswith(".xml"))
            text = " ".join("|".join(etree.fromstring(part).itertext()) for part in parts)
        case ".pdf":
            text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
        case ".html":
            page = html.document_fromstring(data)
            for element in page.xpath("//style | //script"):
                element.drop_tree()
            text = " ".join(page.itertext())
        case ".txt" | ".ics" | ".eml":
            text = data.decode("utf-8-sig")
        case _:
            return ""
    text = re.sub(r"\s+", " ", text)
    members = {card.split("nom: ")[1].split("\n")[0] for name, card in cards(root).items() if name != "jeunes-errants"}
    for name in sorted(members, key=len, reverse=True):
        text = text.replace(name, "").replace(name.replace("'", "’"), "")
    return text


def test_the_committees_own_text_is_the_convention_of_a_report_to_it(present: Path) -> None:
    assert begin(present, ELSEWHERE) == 0
    outline = (present.parent / "autre/chapters/outline.yaml").read_text(encoding="utf-8")
    named = re.findall(r"- sigle: (.+)\n(?:  (?!- sigle).*\n)*?  autres_noms:\n(?:  - .*\n)*?  - Convention\n", outline)
    assert named == ["CEDEF"]
    page = (present.parent / "autre/chapters/cadre-juridique.md.j2").read_text(encoding="utf-8")
    assert "36 et 39 de la CIDE." in page and "porte sur l'application {{ rapport.convention | du }}" in page


def test_a_file_of_questions_says_what_an_empty_answer_means(present: Path) -> None:
    assert cli.run(["new", "--root", str(present), "--answers", "r.txt"]) == 0
    text = (present / "r.txt").read_text(encoding="utf-8")
    assert "# oui ou non : la directive 2011/36/UE reste au plan, ou non\n# proposé : non\n" in text
    assert "# crc-liste = Comité des droits de l’enfant des Nations Unies : questions à poser" in text
    assert "# crc = Comité des droits de l’enfant des Nations Unies : plus de détail" in text
