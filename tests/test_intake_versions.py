"""Two files for one theme of one association: nothing replaces anything by itself, and never back in time."""

from __future__ import annotations

import hashlib
import shutil
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from conftest import PRODUCT
from rapport import cli
from rapport.commands.context import Context
from rapport.intake import inbox, versions
from rapport.intake.journal import JOURNAL
from rapport.intake.states import IncomingFile, IntakeResult
from rapport.language.copies import original_name
from rapport.markdown import pandoc
from test_intake import MENDICITE, drop, intake, receipt, text_of
from word_files import docx, h, p, zipped

pytestmark = pytest.mark.slow

FACTS = "Des équipes inventées passent chaque nuit dans les gares et notent ce qu'elles voient."
MORE = "Un foyer imaginaire leur ouvre sa porte jusqu'au matin, sans rien demander."
DEMANDS = "Ouvrir partout des foyers imaginaires."


def sent(*body: str, changed: str = "", hand: str = "") -> bytes:
    core = (
        '<cp:coreProperties xmlns:cp="urn:c" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<cp:lastModifiedBy>{hand}</cp:lastModifiedBy><dcterms:modified>{changed}</dcterms:modified>"
        "</cp:coreProperties>"
    )
    return docx(*body, parts={"docProps/core.xml": core} if changed else {})


def facts(*paragraphs: str, changed: str = "", hand: str = "") -> bytes:
    return sent(h("Constat"), *(p(text) for text in paragraphs), changed=changed, hand=hand)


def test_the_newer_of_two_wins_whatever_their_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite (1).docx", facts(FACTS, MORE, changed="2014-12-01T10:00:00Z"))
    drop(project, "beta/mendicite.docx", facts(FACTS, changed="2014-11-01T10:00:00Z"))
    status, said = intake(
        project,
        capsys,
    )
    assert status == 0, said
    assert MORE in text_of(project)
    assert "nouvelle version de « beta/mendicite.docx »" in receipt(project, "1-").replace("\u00a0", " ")


def test_an_older_file_is_told_and_not_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE, changed="2014-12-01T10:00:00Z"))
    intake(project, capsys)
    before = text_of(project)
    drop(project, "beta/mendicite v2.docx", facts(FACTS, changed="2014-11-01T10:00:00Z"))
    status, said = intake(project, capsys)
    assert (status, text_of(project)) == (0, before)
    assert "laissé de côté" in said and "plus ancien que « beta/mendicite.docx »" in said.replace("\u00a0", " ")
    assert intake(project, capsys)[1] == "rien de nouveau dans contributions/inbox/\n"


def test_versions_are_numbers_and_not_letters(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite v10.docx", facts(FACTS.replace("nuit", "soir"), MORE))
    drop(project, "beta/mendicite v2.docx", facts(FACTS, MORE))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "chaque soir" in text_of(project)
    said = said.replace("\u00a0", " ")
    assert "v2.docx : laissé de côté, ce fichier (?) est plus ancien que « beta/mendicite v10.docx »" in said
    assert "Nous l'avons repris" not in receipt(project, "v2") and "repris" in receipt(project, "v10")


def test_two_that_nothing_places_in_time_are_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    intake(project, capsys)
    before = text_of(project)
    other = drop(project, "beta/mendicite-PC-ACCUEIL.docx", facts(FACTS.replace("nuit", "soir"), MORE))
    status, said = intake(
        project,
        capsys,
    )
    assert status == 1 and "lequel fait foi" in said
    assert text_of(project) == before
    assert intake(project, capsys, "--replace", str(other))[0] == 0
    assert "chaque soir" in text_of(project)


def test_a_conflicting_copy_with_its_own_words_is_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE, changed="2014-11-01T10:00:00Z"))
    intake(project, capsys)
    name = "beta/mendicite.sync-conflict-20141201-101500-ABCDEF.docx"
    drop(project, name, facts(FACTS.replace("nuit", "soir"), MORE, changed="2014-12-01T10:00:00Z"))
    status, said = intake(project, capsys)
    assert status == 1 and "lequel fait foi" in said
    assert "chaque nuit" in text_of(project)


@pytest.mark.parametrize(("word", "told"), [("", "tout ce qu'il dit est déjà dans"), ("soir", "lequel fait foi")])
def test_all_that_it_says_is_in_the_other_is_said_of_every_word(
    word: str, told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One word in two hundred makes another text."""
    long = [f"{FACTS} Cela se passe au mois numéro {at}, dans une ville imaginaire." for at in range(12)]
    drop(project, "beta/mendicite.docx", facts(*long, MORE))
    intake(project, capsys)
    drop(project, "beta/mendicite (2).docx", facts(*long[:-1], long[-1].replace("nuit", word or "nuit")))
    assert told in " ".join(intake(project, capsys)[1].split())


def test_halves_of_one_text_are_joined(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite 1.docx", facts(FACTS))
    drop(project, "beta/mendicite 2.docx", sent(h("Recommandations"), p(DEMANDS)))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert FACTS.split(" et ")[0] in text_of(project) and "foyers imaginaires" in text_of(project)
    assert "les deux ont été réunis" in receipt(project, "2-")


def test_another_text_never_takes_the_place_of_the_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, changed="2014-11-01T10:00:00Z"))
    intake(project, capsys)
    drop(project, "beta/mendicite bis.docx", facts(MORE, changed="2014-12-01T10:00:00Z"))
    status, said = intake(project, capsys)
    assert status == 1 and "lequel fait foi" in said
    assert FACTS.split(" et ")[0] in text_of(project) and MORE not in text_of(project)


@pytest.mark.parametrize(("name", "content", "told"), [
    ("mendicite.gdoc", b'{"url":"https://docs.google.com/open?id=x"}', "raccourci vers Google Docs"),
    ("mendicite.url", b"[InternetShortcut]\r\nURL=https://exemple.example/\r\n", "c'est un raccourci"),
    ("mendicite.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", "c'est un raccourci"),
    ("sources.bib", b"@misc{x, title={Un titre}}", "bibliographie rangée dans contributions/beta/sources.bib"),
    ("sources.ris", b"TY  - BOOK\r\nTI  - Un titre\r\nER  - \r\n", "bibliographie rangée dans"),
    ("mendicite.tex", b"\\section{Constat} Des mots.", "pas un format"),
])  # fmt: skip
def test_what_is_no_text_replaces_none(
    name: str, content: bytes, told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS))
    intake(project, capsys)
    before = text_of(project)
    drop(project, f"beta/{name}", content)
    status, said = intake(project, capsys)
    assert status == (1 if name.endswith(".tex") else 0) and told in said
    assert text_of(project) == before
    assert status == 1 or intake(project, capsys)[1] == "rien de nouveau dans contributions/inbox/\n"


def test_our_own_untouched_draft_gives_way(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = "---\ntitre: Un document de travail\nstatut: ebauche\n---\n\n## Constat\n\nRien encore.\n"
    (project / MENDICITE).write_text(ours, encoding="utf-8")
    listed = f"{hashlib.sha256(ours.encode()).hexdigest()}  {MENDICITE}\n"
    (project / "chapters" / "ebauches.txt").write_text(listed, encoding="utf-8")
    drop(project, "beta/mendicite.docx", facts(FACTS))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "chaque nuit" in text_of(project)
    kept = (project / "contributions" / "inbox" / "recus").glob("*.md")
    assert ours in [path.read_text(encoding="utf-8") for path in kept]


def test_every_working_document_that_is_shipped_is_known_as_ours() -> None:
    waiting = [
        path for path in sorted((PRODUCT / "contributions").glob("*/*.md")) if "avertissement:" in path.read_text()
    ]
    assert len(waiting) == 18
    for path in waiting:
        name = path.relative_to(PRODUCT).as_posix()
        assert versions.is_shipped_draft(PRODUCT, name, path.read_text(encoding="utf-8")), name
        assert "\nstatut:" not in path.read_text(encoding="utf-8"), name


# ---------------------------------------------------------------- two of one time, one step back, one added


def test_of_two_undated_files_of_one_batch_neither_is_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = project / MENDICITE
    first = drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    drop(project, "beta/mendicite (1).docx", facts(FACTS.replace("nuit", "soir"), MORE))
    status, said = intake(project, capsys)
    assert status == 1 and said.count("lequel fait foi") == 2
    assert not there.exists()
    assert intake(project, capsys)[0] == 1 and not there.exists()  # nor the second time
    assert intake(project, capsys, str(first))[0] == 0  # the editor names the one that counts
    assert "chaque nuit" in text_of(project)
    assert intake(project, capsys)[0] == 1 and "chaque nuit" in text_of(project)


def test_what_waits_is_told_again_without_being_read(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(project, "sans-nom.docx", docx(p(FACTS)))
    drop(project, "casse.docx", b"PK\x03\x04 rien")
    drop(project, "beta/mendicite.docx", facts(FACTS))
    there = project / MENDICITE
    there.write_text("---\ntitre: Autre\n---\n\n## Constat\n\nUne phrase.\n", encoding="utf-8")
    status, first = intake(project, capsys)
    assert status == 1 and "en attente : 2 ; refusés : 1" in first
    read = list[str]()
    whole = inbox.convert_file

    def counted(arrived: IncomingFile, *rest: Any) -> IntakeResult:
        read.append(arrived.path)
        return whole(arrived, *rest)

    monkeypatch.setattr(inbox, "convert_file", counted)

    def again() -> tuple[list[str], str]:
        read.clear()
        shutil.rmtree(project / "build/cache/unchanged-inbox")  # each file is asked for
        said = intake(project, capsys)[1]
        return sorted(read), said

    assert again() == ([], first)  # the same questions, word for word
    drop(project, "autre.docx", docx(p(MORE)))
    assert again()[0] == ["autre.docx"]
    for place in (project / "build/cache/waiting").iterdir():
        place.write_bytes(place.read_bytes()[:-9])  # half-written
    assert len(again()[0]) == 4
    for path in (project / "build/recus").glob("sans-nom*.txt"):
        path.unlink()
    assert again()[0] == ["sans-nom.docx"]
    there.unlink()  # what was in the way is gone
    assert again()[0] == ["beta/mendicite.docx"] and "chaque nuit" in text_of(project)
    outline = project / "chapters/outline.yaml"
    plan = outline.read_text(encoding="utf-8")
    outline.write_text(f"# Revu.\n{plan}", encoding="utf-8")  # nothing that a text is read against
    assert again()[0] == []
    outline.write_text(plan.replace("Travail forcé", "Travail imposé"), encoding="utf-8")
    assert again()[0] == ["autre.docx", "casse.docx", "sans-nom.docx"]


def test_what_still_waits_when_it_is_read_again_leaves_the_journal_as_it_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    drop(project, "beta/mendicite finale.docx", facts(FACTS, "D'autres mots inventés."))
    drop(project, "casse.docx", b"PK\x03\x04 rien")
    drop(project, "gamma/travail-force.docx", facts(FACTS))
    intake(project, capsys)
    before = (project / JOURNAL).read_bytes()
    shutil.rmtree(project / "build/cache")
    assert "en attente : 2" in intake(project, capsys)[1]
    assert (project / JOURNAL).read_bytes() == before


def test_the_same_file_twice_in_one_intake_is_taken_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = facts(FACTS)
    drop(project, "beta/mendicite.docx", data)
    drop(project, "beta/mendicite (1).docx", data)
    status, said = intake(project, capsys)
    assert status == 0 and "repris : 1 ; en attente : 0" in said, said
    assert "beta/mendicite.docx : le même fichier que « beta/mendicite (1).docx », pris une seule fois" in said


@pytest.mark.parametrize("third", ["mendicite 3.docx", "aa.docx"])
@pytest.mark.parametrize("later", [False, True])
def test_of_three_undated_files_none_is_taken(
    later: bool, third: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    drop(project, "beta/mendicite (1).docx", facts(FACTS.replace("nuit", "soir"), MORE))
    if later:
        intake(project, capsys)
    last = drop(project, f"beta/mendicite/{third}", facts(FACTS.replace("nuit", "semaine"), MORE))
    status, said = intake(project, capsys)
    assert status == 1 and said.count("lequel fait foi") == 3, said
    assert not (project / MENDICITE).exists()
    assert intake(project, capsys, "--replace", str(last))[0] == 0 and "chaque semaine" in text_of(project)


# ---------------------------------------------------------------- nothing has changed since


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The projects read since, of which an intake that has nothing to do reads none."""
    found = list[Path]()
    whole = Context.examine

    def counted(context: Context, *rest: Any) -> Any:
        found.append(context.root)
        return whole(context, *rest)

    monkeypatch.setattr(Context, "examine", counted)
    return found


def test_a_second_intake_reads_nothing_where_nothing_has_changed(
    project: Path, capsys: pytest.CaptureFixture[str], examined: list[Path]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS))
    drop(project, "sans-nom.docx", docx(p(FACTS, MORE)))
    drop(project, "sans-nom bis.docx", docx(p(FACTS, MORE)))
    drop(project, "casse.docx", b"PK\x03\x04 rien")
    first = intake(project, capsys)[1]
    assert "repris : 1 ; en attente : 1 ; refusés : 1 ; déjà connus : 1" in first and len(examined) == 1
    status, again = intake(project, capsys)
    assert status == 1 and len(examined) == 1
    assert "repris : 0 ; en attente : 1 ; refusés : 1 ; déjà connus : 2" in again
    told = [line for line in first.splitlines() if line.startswith(("sans-nom", "casse", "   "))]
    assert again.splitlines()[: len(told)] == told and len(told) > 4
    (project / "build/cache/unchanged-inbox").rename(project / "build/cache/gone")
    assert intake(project, capsys) == (1, again) and len(examined) == 2  # as it is said when it is worked out


CHANGES = ["chapters/outline.yaml", MENDICITE, "contributions/inbox/autre.docx", "contributions/inbox/sans-nom.docx"]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_read(
    change: str, project: Path, capsys: pytest.CaptureFixture[str], examined: list[Path]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS))
    drop(project, "sans-nom.docx", docx(p(FACTS)))
    intake(project, capsys)
    place = project / change
    place.write_bytes(docx(p(MORE)) if change.endswith("docx") else place.read_bytes() + b"\n")
    intake(project, capsys)
    assert len(examined) == 2


def test_what_arrives_during_an_intake_is_read_by_the_next(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(project, "sans-nom.docx", docx(p(FACTS)))
    whole = inbox.convert_file

    def while_reading(arrived: IncomingFile, *rest: Any) -> IntakeResult:
        drop(project, "beta/mendicite.docx", facts(MORE))
        return whole(arrived, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "convert_file", while_reading)
        assert "en attente : 1" in intake(project, capsys)[1]
    assert "repris : 1 ; en attente : 1" in intake(project, capsys)[1]


def test_only_what_holds_a_name_that_became_private_is_told_anew(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """« Rose » is a word, until a text calls somebody so."""
    drop(project, "rose.docx", docx(p("Une rose inventée.")))
    drop(project, "lilas.docx", docx(p("Un lilas inventé.")))
    intake(project, capsys)
    text = project / "contributions/alpha/travail-force.md"
    told = text.read_text(encoding="utf-8").replace("\n## ", "\nUne enfant qui s'appelle Rose est venue.\n\n## ", 1)
    text.write_text(told, encoding="utf-8")
    read = list[str]()
    whole = inbox.convert_file

    def counted(arrived: IncomingFile, *rest: Any) -> IntakeResult:
        read.append(arrived.path)
        return whole(arrived, *rest)

    monkeypatch.setattr(inbox, "convert_file", counted)
    assert "en attente : 2" in intake(project, capsys)[1]
    assert read == ["rose.docx"]


def test_what_waits_no_longer_leaves_the_cache(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = project / "build/cache/waiting"
    drop(project, "sans-nom.docx", docx(p(FACTS)))
    drop(project, "autre.docx", docx(p(MORE)))
    intake(project, capsys)
    assert len(list(kept.iterdir())) == 2
    (project / "contributions/inbox/sans-nom.docx").unlink()
    intake(project, capsys)
    assert len(list(kept.iterdir())) == 1


def test_one_step_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, changed="2014-11-01T10:00:00Z"))
    intake(project, capsys)
    first = text_of(project)
    drop(project, "beta/mendicite 2.docx", facts(FACTS, MORE, changed="2014-12-01T10:00:00Z"))
    intake(project, capsys)
    corrected = text_of(project).replace("Un foyer", "Une maison")
    (project / MENDICITE).write_text(corrected, encoding="utf-8")
    status, said = intake(project, capsys, "--undo", "contributions/inbox/beta/mendicite.docx")
    assert status == 2 and "défaites d'abord celui de « beta/mendicite 2.docx »" in said.replace("\u00a0", " ")
    status, said = intake(project, capsys, "--undo", "oui")
    assert (status, text_of(project)) == (0, first), said
    (kept,) = [line.rpartition(" ")[2] for line in said.splitlines() if "est gardé dans" in line]
    assert (project / kept).read_text(encoding="utf-8") == corrected
    assert intake(project, capsys)[1] == "rien de nouveau dans contributions/inbox/\n"  # it stays undone
    assert intake(project, capsys, "--undo", MENDICITE)[0] == 0
    assert not (project / MENDICITE).exists()
    assert intake(project, capsys, "--undo", MENDICITE)[0] == 2
    assert intake(project, capsys, str(project / "contributions/inbox/beta/mendicite.docx"))[0] == 0
    assert text_of(project) == first


def test_a_settled_conflict_is_taken_back_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, changed="2014-11-01T10:00:00Z"))
    intake(project, capsys)
    ours = text_of(project).replace("inventées", "de jour")
    (project / MENDICITE).write_text(ours, encoding="utf-8")
    drop(
        project, "beta/mendicite 2.docx", facts(FACTS.replace("inventées", "de garde"), changed="2014-12-01T10:00:00Z")
    )
    assert intake(project, capsys)[0] == 1
    conflict = project / "contributions/inbox/conflits/beta--mendicite.md"
    assert conflict.exists()
    assert intake(project, capsys, "--undo", "beta/mendicite 2.docx")[0] == 0
    assert not conflict.exists() and text_of(project) == ours


def test_halves_of_one_section_are_added_where_the_editor_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS))
    intake(project, capsys)
    second = drop(project, "beta/mendicite suite.docx", sent(h("Constat"), p(MORE), h("Recommandations"), p(DEMANDS)))
    status, said = intake(project, capsys)
    assert status == 1 and "lequel fait foi" in said
    status, said = intake(project, capsys, "--add", str(second))
    assert status == 0, said
    body = text_of(project).split("\n---\n", 1)[1]
    assert body.index("chaque nuit") < body.index("Un foyer imaginaire") < body.index("## Recommandations")
    assert body.count("## Constat") == 1 and "foyers imaginaires" in body
    assert "a été ajouté à la suite de « beta/mendicite.docx »" in receipt(project, "suite").replace("\u00a0", " ")


def test_a_version_by_another_hand_that_dropped_much_is_asked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE, changed="2014-11-01T10:00:00Z", hand="Anne"))
    intake(project, capsys)
    before = text_of(project)
    drop(project, "beta/mendicite 2.docx", facts(FACTS, "Autre chose.", changed="2014-12-01T10:00:00Z", hand="Paul"))
    status, said = intake(project, capsys)
    assert status == 1 and "lequel fait foi" in said and text_of(project) == before
    assert "Paul" not in text_of(project, "contributions/inbox/journal.yaml")
    drop(project, "beta/mendicite 3.docx", facts(FACTS, "Autre chose.", changed="2014-12-01T10:00:00Z", hand="Anne"))
    assert intake(project, capsys)[0] == 1  # that of Paul waits still
    assert "Autre chose." in text_of(project)


@pytest.mark.parametrize("name", [
    "formation (1).md", "formation(1).md", "formation - Copie.md", "formation - Copie (2).md", "formation-Copie.md",
    "Copie de formation.md", "Copy of formation.md", "formation copy 2.md", "[Conflict] formation.md",
    "formation (copie en conflit de Poste 2014-12-01).md", "formation (copie conflictuelle de Poste).md",
    "formation (Anne's conflicted copy 2014-12-01).md", "formation (conflicted copy 2014-12-01 101500).md",
    "formation.sync-conflict-20141201-101500-ABCDEF.md", "formation-DESKTOP-X1.md", "formation-PC-ACCUEIL.md",
    "formation (Case Conflict).md", "formation (SFConflict anne@x.example 2014-12-01-10-15-00).md",
])  # fmt: skip
def test_copies_by_the_names_that_programs_give(name: str) -> None:
    assert original_name(name) == "formation.md"


@pytest.mark.parametrize("name", ["formation.md", "photocopie.md", "formation (suite).md", "formation-2.md"])
def test_names_that_are_no_copies(name: str) -> None:
    assert original_name(name) == ""


# ---------------------------------------------------------------- blank forms


def blank_by(route: str, form: Path) -> bytes:
    """Our form with nothing written in it, as each route brings it back."""
    word, odt = form.with_suffix(".docx").read_bytes(), form.with_suffix(".odt").read_bytes()
    match route:
        case "odt":
            return odt
        case "md" | "txt":
            written = {"md": "markdown", "txt": "plain"}[route]
            return pandoc.run(["-f", "docx", "-t", written], word)
        case "zip":
            return zipped({"dossier/mendicite.odt": odt})
        case "eml":
            message = EmailMessage()
            message["From"] = "Bêta <b@beta.example>"
            message.add_attachment(word, maintype="application", subtype="octet-stream", filename="mendicite.docx")
            return message.as_bytes()
    return word


@pytest.mark.parametrize("route", ["docx", "odt", "md", "txt", "zip", "eml"])
def test_a_blank_form_never_takes_the_place_of_a_text(
    route: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.docx", facts(FACTS, MORE))
    intake(project, capsys)
    before = text_of(project)
    assert cli.run(["forms", "--root", str(project), "--association", "beta", "--theme", "mendicite"]) == 0
    form = project / "build" / "formulaires" / "beta" / "mendicite.docx"
    drop(project, f"beta/mendicite 2.{route}", blank_by(route, form))
    said = intake(project, capsys)[1]
    assert "c'est notre formulaire, et aucun texte n'y a été écrit" in said, said
    assert text_of(project) == before


def test_a_form_with_one_sentence_in_it_is_not_blank(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forms", "--root", str(project), "--association", "beta", "--theme", "mendicite"]) == 0
    form = project / "build" / "formulaires" / "beta" / "mendicite.docx"
    typed = blank_by("txt", form).decode().replace("Écrivez ici ce que vous constatez", "Rien ne change. Écrivez ici")
    drop(project, "beta/mendicite.txt", typed.encode())
    status, said = intake(project, capsys)
    assert status == 1
    assert "c'est notre formulaire, mais en texte seul" in said
