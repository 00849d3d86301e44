"""`rapport public` and `rapport confidential`: nothing is handed in before all is green, and never half a package."""

from __future__ import annotations

import errno
import getpass
import hashlib
import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import html

from conftest import PRODUCT, lay_stock, made_once
from rapport import cli, pipeline, rules
from rapport.examination.opening import open_cache
from rapport.messages import submission_en, submission_fr
from rapport.model import Diagnostic, Edition, Span
from rapport.proof import ProofFailure
from rapport.proof.proof import Proof
from rapport.storage import transaction
from rapport.submission.readiness import checks
from rapport.submission.registers import read_registers
from test_english import ALL, BETA, ENGLISH, PAROLE, fill

pytestmark = pytest.mark.slow

PUBLIC = "build/soumission-public"
CONFIDENTIAL = "build/soumission-confidentiel-ne-pas-diffuser"
SECRET = "constat inventé, réservé à l"
TEXT = "contributions/alpha/travail-force.md"


def run(project: Path, *arguments: str) -> int:
    return cli.run([*arguments, "--root", str(project)])


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE), old
    path.write_text(re.sub(old, new, text, flags=re.MULTILINE), encoding="utf-8")


def finish(project: Path) -> Path:
    """The stock project as it would be on the last day: no working document, each association has agreed."""
    change(project / TEXT, r"^avertissement: .*\n", "")
    return approve(project)


def approve(project: Path, *associations: str) -> Path:
    """Every association (or these) shown its text, and its agreement recorded."""
    assert run(project, "consent") == 0
    for name in associations or ("alpha", "beta"):
        answer = ("--agree", "--by", "la présidence", "--date", "2015-02-01")
        assert run(project, "consent", "--association", name, *answer) == 0
    return project


def open_checks(project: Path, edition: Edition = Edition.PUBLIC, today: str = "") -> set[str]:
    examined = pipeline.examine(project, open_cache(project))
    return {
        c.name
        for c in checks(examined, edition, "fr", read_registers(project, examined.associations), today)
        if not c.green
    }


@pytest.fixture(scope="session")
def finished(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is finished, made once: to be copied, never written."""

    def make(root: Path) -> None:
        shutil.copytree(kept, lay_stock(root) / "build/cache")
        finish(root)

    return made_once(tmp_path_factory, "finished", make)


@pytest.fixture
def complete(finished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(finished, tmp_path / "projet d'été")


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_product_is_not_ready_and_says_exactly_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("chapters", "contributions"):
        shutil.copytree(PRODUCT / name, tmp_path / name)
    shutil.copy(PRODUCT / "bibliography.bib", tmp_path)
    assert run(tmp_path, "public") == 1
    said = capsys.readouterr().err
    texts = {path.relative_to(PRODUCT).as_posix() for path in (PRODUCT / "contributions").glob("*/*.md")}
    texts = {path for path in texts if not path.endswith(".en.md")}
    assert f"documents de travail qui tiennent la place du texte de l'association : {len(texts)}\n" in said
    assert "c'est normal tant que" in said
    assert said.count("à faire ") == 3, "working documents, agreements, the day of the submission"
    assert set(re.findall(r"contributions/\S+\.md", said)) == texts, "each is named"
    assert "il reste 3 points" in said
    assert not list((tmp_path / "build").glob("*soumission*"))


def test_a_finished_report_is_packed_whole(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(complete, "public") == 0
    assert f"prêt à déposer : {PUBLIC}/" in capsys.readouterr().out
    files = content(complete / PUBLIC)
    reports = {f"rapport-public.{suffix}" for suffix in ("docx", "pdf", "html")}
    assert set(files) == reports | {"attestation.docx", "attestation.txt", "SHA256SUMS"}
    for name in reports:
        assert files[name] == (complete / "build" / name).read_bytes()
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "SHA256SUMS"}
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=complete / PUBLIC, check=True)
    with zipfile.ZipFile(complete / f"{PUBLIC}.zip") as archive:
        assert {n.partition("/")[2]: archive.read(n) for n in archive.namelist()} == files


def test_what_is_not_proved_is_not_printed_and_said(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = complete / "contributions/alpha/travail-force.md"
    change(text, "## Analyse", "Un foyer inventé compte 54 places.\n\n## Analyse")
    approve(complete, "alpha")
    assert run(complete, "public") == 0
    assert "le rapport ne dit pas qu'« un chiffre n'est donné qu'avec sa source »" in capsys.readouterr().out
    page = (complete / "build/rapport-public.html").read_text(encoding="utf-8")
    assert "54 places" in page and "qu’avec sa source" not in page


def test_the_statement_says_what_was_verified_and_nothing_of_the_machine(complete: Path) -> None:
    assert run(complete, "public") == 0
    files = content(complete / PUBLIC)
    page = docx.Document(io.BytesIO(files["attestation.docx"]))
    printed = "\n".join(paragraph.text for paragraph in page.paragraphs)
    said = files["attestation.txt"].decode("utf-8-sig")
    for text in (printed, said):
        assert "28\u00a0février 2015" in text
        assert "phrases\u00a0: 15" in text
        assert "aucun passage confidentiel n’y est" in text.replace("\r\n    ", " ")
        for name in ("rapport-public.docx", "rapport-public.pdf", "rapport-public.html"):
            assert hashlib.sha256(files[name]).hexdigest() in text
    properties = zipfile.ZipFile(io.BytesIO(files["attestation.docx"])).read("docProps/core.xml").decode()
    today = (time.strftime("%Y-%m-%d"), time.strftime("%d/%m/%Y"))
    for leak in (str(complete), complete.name, str(PRODUCT), getpass.getuser() + "/", *today):
        assert leak not in said + printed + properties
    assert "2015-02-28" in properties


def test_nothing_changed_touches_nothing(complete: Path) -> None:
    run(complete, "public")
    before = (complete / PUBLIC).stat().st_ino, (complete / f"{PUBLIC}.zip").stat().st_mtime_ns
    assert run(complete, "public") == 0
    assert before == ((complete / PUBLIC).stat().st_ino, (complete / f"{PUBLIC}.zip").stat().st_mtime_ns)


def test_the_confidential_package_says_that_it_must_not_circulate(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(complete, "confidential") == 0
    assert "NE PAS DIFFUSER" in capsys.readouterr().out
    files = content(complete / CONFIDENTIAL)
    assert all("ne-pas-diffuser" in name for name in files if name != "SHA256SUMS")
    assert "NE PAS DIFFUSER" in files["attestation-ne-pas-diffuser.txt"].decode()
    assert (complete / f"{CONFIDENTIAL}.zip").exists()
    run(complete, "public")
    html = {name: text.replace(b"\xe2\x80\x99", b"'").decode() for name, text in
            {**files, **content(complete / PUBLIC)}.items() if name.endswith(".html")}  # fmt: skip
    assert SECRET in html["rapport-confidentiel-ne-pas-diffuser.html"]
    made = [path.name for path in (complete / "build").iterdir() if "confidentiel" in path.name]
    assert len(made) == 5 and all("ne-pas-diffuser" in name for name in made), made
    assert SECRET not in html["rapport-public.html"]


def test_a_point_that_opens_again_leaves_the_former_package(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(complete, "public")
    before = content(complete / PUBLIC)
    change(complete / "contributions/beta/travail-force.md", "inventé", "imaginé")
    capsys.readouterr()
    assert run(complete, "public") == 1
    said = capsys.readouterr().err
    assert "contributions/beta/travail-force.md" in said
    assert f"{PUBLIC}/ est d'avant" in said
    assert content(complete / PUBLIC) == before


def test_outputs_that_cannot_be_proved_leave_the_former_package(
    complete: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(complete, "public")
    before = content(complete / PUBLIC)
    change(complete / "contributions/beta/travail-force.md", "inventé", "imaginé")
    approve(complete, "beta")

    def refuse(_: Proof) -> None:
        raise ProofFailure(
            (Diagnostic(rules.LEFT_OVER, Span("chapters"), {"output": "pdf", "words": "w", "found": "f"}),)
        )

    monkeypatch.setattr(Proof, "accept", refuse)
    capsys.readouterr()
    assert run(complete, "public") == 3
    assert f"{PUBLIC}/ est d'avant" in capsys.readouterr().out
    assert content(complete / PUBLIC) == before


@pytest.mark.parametrize("name", ["attestation.docx", "SHA256SUMS", "soumission-public.zip"])
def test_a_disk_that_is_full_when_it_is_packed(
    complete: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(complete, "public")
    before, archive = content(complete / PUBLIC), (complete / f"{PUBLIC}.zip").read_bytes()
    change(complete / "contributions/beta/travail-force.md", "inventé", "imaginé")
    approve(complete, "beta")
    write = transaction.write_whole

    def full(path: Path, part: Path, said: bytes) -> None:
        if path.name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write(path, part, said)

    monkeypatch.setattr(transaction, "write_whole", full)
    capsys.readouterr()
    assert run(complete, "public") == 1
    assert "le disque est plein" in capsys.readouterr().err
    assert (content(complete / PUBLIC), (complete / f"{PUBLIC}.zip").read_bytes()) == (before, archive)
    monkeypatch.undo()
    assert run(complete, "public") == 0
    assert content(complete / PUBLIC) != before
    assert not (complete / transaction.FOLDER).exists()


@pytest.mark.parametrize(
    ("path", "old", "new", "open_"),
    [
        ("contributions/beta/travail-force.md", r"\A---\n", "", {"errors", "refused"}),
        ("contributions/beta/travail-force.md", "^statut: .*", "statut: ebauche", set()),
        ("contributions/beta/travail-force.md", "^statut: .*\n", "", set()),
        (TEXT, "inventé", "imaginé", {"consent"}),
        (TEXT, "^## Constat\n", "## Constat\n\nUne rencontre inventée avec Zélie Quorbanet.\n", {"names", "consent"}),
        (TEXT, r"^- \*\*Au ministère inventé\*\* \(CIDE 32\)", "- **Au ministère inventé**", {"reviews", "consent"}),
        ("chapters/resume-anglais.md.j2", r"\A(?s:.*)\Z", "{# à écrire #}\n", {"summary"}),
        (TEXT, r"\Z", "\n## Témoignages\n\nUne parole inventée.\n", {"errors", "refused"}),
    ],
)  # fmt: skip
def test_each_check_tells_what_is_open(complete: Path, path: str, old: str, new: str, open_: set[str]) -> None:
    change(complete / path, old, new)
    assert open_checks(complete) == open_


REMARK = """\
remarques:
  - id: r1
    projet: 1
    genre: commentaire
    date: 2015-01-03
    texte: Une remarque inventée.
    etat: acceptee
    suite: appliquee
"""
ACTION = """\
actions:
  - id: lire
    quoi: Relire une page inventée
    qui: collectif
    pour: 2015-02-10
    source: une réunion inventée
"""
STAGE = "  calendrier:\n    - id: depot\n      semaines: 0\n      evenement: Dépôt inventé\n  longueur: courte"


@pytest.mark.parametrize(
    ("path", "text", "open_"),
    [
        ("contributions/drafts/ledger.yaml", REMARK, set()),
        ("contributions/drafts/ledger.yaml", REMARK.replace("    suite: appliquee\n", ""), {"remarks"}),
        ("contributions/drafts/ledger.yaml", REMARK.replace("acceptee", "ouverte"), {"remarks"}),
        ("contributions/drafts/ledger.yaml", "remarques: [", {"remarks"}),
        (
            "contributions/documents.yaml",
            "documents:\n  - numero: 1\n    titre: 'Un'\n    nature: 'pdf'\n",
            {"sources"},
        ),
        ("contributions/documents.yaml", "documents: [", {"sources"}),
        ("chapters/actions.yaml", ACTION, {"deadlines"}),
        ("chapters/actions.yaml", ACTION + "    fait_le: 2015-02-09\n", set()),
        ("chapters/actions.yaml", ACTION.replace("02-10", "02-11"), set()),
    ],
)
def test_remarks_documents_and_deadlines_are_asked_for(complete: Path, path: str, text: str, open_: set[str]) -> None:
    (complete / path).write_text(text, encoding="utf-8")
    assert open_checks(complete, today="2015-02-11") == open_


def test_the_day_of_the_submission_is_compared_with_today(complete: Path) -> None:
    change(complete / "chapters/outline.yaml", "  longueur: courte", STAGE)
    found = [open_checks(complete, today=day) for day in ("2015-02-28", "2015-03-01", "")]
    assert found == [set(), {"deadlines"}, set()]
    change(complete / "chapters/outline.yaml", "semaines: 0", "semaines: 0\n      etat: faite")
    assert open_checks(complete, today="2015-03-01") == set()


def test_a_working_document_that_its_association_agrees_to_is_its_text(complete: Path) -> None:
    change(complete / TEXT, "^statut: ", "avertissement: Une réserve inventée.\nstatut: ")
    assert open_checks(complete) == set(), "the agreement on record covers every word that is printed"
    assert "Une réserve inventée" not in draft_page(complete)
    change(complete / TEXT, "inventé", "imaginé")
    assert open_checks(complete) == {"final", "consent"}
    assert "Une réserve imaginée" in draft_page(complete)


def draft_page(project: Path) -> str:
    assert run(project, "build") == 0
    return (project / "build/rapport-projet.html").read_text(encoding="utf-8")


def test_nobody_asked_is_nobody_agreed(complete: Path) -> None:
    (complete / "contributions/drafts/consent.yaml").unlink()
    assert open_checks(complete) == {"consent"}


def test_a_page_that_cannot_be_read_is_an_open_error(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = complete / "chapters/theme.md.j2"
    theme.write_text(theme.read_text(encoding="utf-8") + "\n::: {.notice}\n", encoding="utf-8")
    assert run(complete, "public") == 1
    said = capsys.readouterr().err
    assert "erreurs qui restent : 1" in said and "chapters/theme.md.j2" in said


def test_a_proposed_theme_is_decided_on_first(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proposed = complete / "contributions/beta/trafic-nouveau.md"
    text = (complete / "contributions/beta/travail-force.md").read_text(encoding="utf-8")
    proposed.write_text(text.replace("---\n", "---\ntheme_propose: Un thème nouveau\n", 1), encoding="utf-8")
    assert run(complete, "public") == 1
    assert "trafic-nouveau.md:2" in capsys.readouterr().err


def test_a_testimony_that_nobody_signed(complete: Path) -> None:
    record = (
        "temoignages:\n  - reference: T-01\n    enfant: oui\n    representant: administrateur ad hoc\n"
        "    date: 2014-06-01\n    portee: publique\n    procedure_en_cours: oui\nstatut: "
    )
    change(complete / TEXT, "^statut: ", record)
    change(
        complete / TEXT, r"^## Recommandations", "## Témoignages\n\nUne parole inventée (T-01).\n\n## Recommandations"
    )
    approve(complete)
    for edition, open_ in ((Edition.PUBLIC, {"testimonies", "reviews"}), (Edition.CONFIDENTIAL, {"testimonies"})):
        assert open_checks(complete, edition) == open_


def test_nothing_at_all_cannot_be_handed_in(complete: Path) -> None:
    for path in (complete / "contributions").glob("*/*.md"):
        path.unlink()
    assert "texts" in open_checks(complete)


def test_the_english_edition(complete: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outline = complete / "chapters/outline.yaml"
    change(outline, "^  projet: .*", "  projet: Essai n° 1\n  projet_en: Trial No. 1")
    for french in ("Convention relative aux droits de l'enfant", "Protocole facultatif"):
        change(outline, f"^    nom: {french}", f"    nom: {french}\n    nom_en: Invented")
    run(complete, "translation")
    fill(complete / ENGLISH, ALL[1:])
    fill(complete / "contributions/beta/travail-force.en.md", BETA)
    fill(complete / "contributions/alpha/parole.en.md", PAROLE)
    capsys.readouterr()
    assert run(complete, "public", "--report-language", "en") == 1
    said = capsys.readouterr().err
    assert said.count("à faire ") == 1 and ENGLISH in said, "the associations have not agreed to their English"
    change(complete / ENGLISH, r"\A---\n", "---\nstatut: valide\n")  # of a file made before: it approves nothing
    assert run(complete, "public", "--report-language", "en") == 1
    run(complete, "consent")
    said = capsys.readouterr().out
    assert re.search(r"^alpha, passages accordés : (\d+) sur \1, à accorder en anglais : ", said, re.MULTILINE)
    letter = html.document_fromstring((complete / "build/accords/alpha.html").read_bytes())
    spoken = [one.text_content().strip() for one in letter.xpath("//*[@lang='en']")]
    assert len(spoken) == 5 and all(spoken), "the English stands under its French"
    assert not any("@" in one for one in spoken), "as it is printed"
    assert run(complete, "public") == 0, "the French package waits for no English"
    for association in ("alpha", "beta"):
        run(complete, "consent", "--association", association, "--agree", "--by", "le bureau")
    assert run(complete, "confidential", "--report-language", "en", "--lang", "en") == 0
    assert "DO NOT CIRCULATE" in capsys.readouterr().out
    folder = complete / "build/soumission-confidentiel-en-do-not-circulate"
    assert "Statement of verification" in (folder / "statement-do-not-circulate.txt").read_text(encoding="utf-8-sig")
    assert (folder / "rapport-confidentiel-en-do-not-circulate.docx").exists()


def test_both_languages_have_the_same_words() -> None:
    french, english = submission_fr.WORDS, submission_en.WORDS
    assert french.keys() == english.keys()
    facts = {name: [set(re.findall(r"\{(\w+)\}", words[name])) for words in (french, english)] for name in french}
    assert {name: found for name, found in facts.items() if found[0] != found[1]} == {}
    readers = [
        *(PRODUCT / "scripts/rapport/submission").glob("*.py"),
        *(PRODUCT / "scripts/rapport/commands").glob("*.py"),
    ]
    sources = "".join(path.read_text(encoding="utf-8") for path in readers)
    known = set(re.findall(r"[\"']([a-z-]+?)[\"'{]", sources))
    stems = (
        "check-",
        "open-",
        "do-",
        "agreed-",
        "mark-",
        "before-",
        "statement-",
        "apart-",
        "approved-",
        "unprinted-",
        "name-",
    )
    assert [name for name in french if name not in known and not name.startswith(stems)] == []


def test_a_closed_theme_leaves_the_draft_its_contents_and_the_count(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "build") == 0 and run(project, "status", "--all") == 0
    before = capsys.readouterr().out
    title = re.search(r"- id: mendicite\n\s+titre: (.*)", (project / "chapters/outline.yaml").read_text("utf-8"))
    assert title and title[1] in (project / "build/rapport-projet.html").read_text(encoding="utf-8")
    change(project / "chapters/outline.yaml", r"^( +)- id: mendicite\n", r"\1- id: mendicite\n\1  statut: clos\n")
    assert run(project, "build") == 0 and run(project, "status", "--all") == 0
    after = capsys.readouterr().out
    assert title[1] not in (project / "build/rapport-projet.html").read_text(encoding="utf-8")
    counted = [re.search(r"contribution acceptée : \d+ sur (\d+)", said) for said in (before, after)]
    assert counted[0] and counted[1] and int(counted[0][1]) - int(counted[1][1]) == 1
    assert "  mendicite " in before and "  mendicite " not in after
