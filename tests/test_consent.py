"""Each association is shown its text, agrees to these very words, keeps out of others; report and editor know."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from conftest import lay_stock
from rapport import cli
from rapport.messages import consent_en, consent_fr
from rapport.model import Source
from rapport.office.archive import pack, unpack
from rapport.project.agreements import AGREEMENTS, read_agreements
from rapport.safeguarding import outgoing_files
from rapport.safeguarding.decisions import record
from rapport.safeguarding.register import ReviewEntry
from rapport.safeguarding.scan import Finding
from test_english import BETA as BETA_ENGLISH
from test_english import fill

pytestmark = pytest.mark.slow

FACT = re.compile(r"{(\w+)}")
BETA = "contributions/beta/travail-force.md"
BY = ("--by", "Une personne inventée", "--date", "2015-01-20")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock project with a first draft frozen, a text corrected since, and everybody asked."""
    root = lay_stock(tmp_path_factory.mktemp("projet montré"))
    assert cli.run(["draft", "--root", str(root)]) == 0
    change(root, "Une autre analyse inventée", "Une analyse bien inventée")
    assert cli.run(["consent", "--root", str(root), "--lang", "fr", "--date", "2015-01-15"]) == 0
    return root


@pytest.fixture
def root(asked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(asked, tmp_path / "projet"))


def change(root: Path, before: str, after: str) -> None:
    text = (root / BETA).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (root / BETA).write_text(text.replace(before, after), encoding="utf-8")


def run(root: Path, *arguments: str) -> int:
    return cli.run([arguments[0], "--root", str(root), "--lang", "fr", *arguments[1:]])


def said(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    run(root, *arguments)
    return capsys.readouterr().out


def passages(root: Path, association: str) -> dict[str, str]:
    """The passages of a letter: number → imprint."""
    book, wrong = read_agreements(Source(AGREEMENTS, (root / AGREEMENTS).read_text(encoding="utf-8"), ""))
    assert not wrong
    return dict(next(one.passages for one in book.requests if one.association == association))


def record_received(root: Path, text: str) -> None:
    """Have the text of beta's file as intake made it."""
    made = root / "contributions" / "inbox" / "recus"
    made.mkdir(parents=True)
    (made / "0123456789ab.md").write_text(text, encoding="utf-8")
    (made.parent / "journal.yaml").write_text(
        "recus:\n  - empreinte: 0123456789abcdef\n    fichier: texte.docx\n    verdict: repris\n"
        f"    resultat: {BETA}\n    texte: 0123456789ab\n",
        encoding="utf-8",
    )


# ---------------------------------------------------------------- the letters


def test_a_letter_shows_what_changed_since_the_text_was_sent(asked: Path) -> None:
    with ZipFile(asked / "build/accords/beta.docx") as file:
        body = file.read("word/document.xml").decode()
    deleted = " ".join(re.findall(r"<w:del [^>]*>.*?</w:del>", body, re.DOTALL))
    inserted = " ".join(re.findall(r"<w:ins [^>]*>.*?</w:ins>", body, re.DOTALL))
    assert "autre" in deleted and "bien" in inserted
    page = (asked / "build/accords/beta.html").read_text(encoding="utf-8")
    assert "Votre texte tel qu’il est maintenant" in page and "<ins" in page
    assert "Un autre constat inventé." in page and "Ce qui a changé\N{NO-BREAK SPACE}: 4." in page
    assert "Ce texte est inventé pour les tests" not in page  # that is alpha's
    assert "Rien n’y a changé depuis votre envoi." in (asked / "build/accords/alpha.html").read_text(encoding="utf-8")


PRINTED = "Voici vos passages tels qu’ils seront imprimés."


def pages(root: Path) -> dict[str, bytes]:
    return {f"beta.{suffix}": (root / f"build/accords/beta.{suffix}").read_bytes() for suffix in ("docx", "html")}


def spoil(path: str, content: bytes, old: str, new: str) -> bytes:
    """A file of a letter with some of its words changed."""
    if path.endswith(".html"):
        assert old.encode() in content
        return content.replace(old.encode(), new.encode())
    parts = unpack(content)
    assert old.encode() in parts["word/document.xml"]
    return pack({**parts, "word/document.xml": parts["word/document.xml"].replace(old.encode(), new.encode())})


def test_as_they_will_be_printed_is_said_of_letters_that_were_read_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One letter masked or lost in either of the files, and the letter does not say it."""
    assert PRINTED in pages(root)["beta.html"].decode()
    door = outgoing_files.rewritten
    for spoiled in ("docx", "html"):

        def masked(name: str, content: bytes, *rest: Any, spoiled: str = spoiled) -> bytes:
            made = door(name, content, *rest)
            return spoil(name, made, "constat inventé", "[…] inventé") if name.endswith(spoiled) else made

        monkeypatch.setattr(outgoing_files, "rewritten", masked)
        assert run(root, "consent", "--association", "beta") == 0
        said = pages(root)["beta.html"].decode()
        assert PRINTED not in said and "ce qui a été supprimé est barré" in said
    monkeypatch.setattr(outgoing_files, "rewritten", door)
    assert run(root, "consent", "--association", "beta") == 0
    assert PRINTED in pages(root)["beta.html"].decode()


def test_a_passage_that_went_is_a_change(root: Path) -> None:
    change(root, "Une analyse bien inventée", "Une autre analyse inventée")  # as it was sent
    change(root, "> Une citation inventée.\n", "")
    assert run(root, "consent", "--association", "beta") == 0
    page = (root / "build/accords/beta.html").read_text(encoding="utf-8")
    assert "ce qui a été supprimé est barré" in page and "<del" in page and "Rien n’y a changé" not in page


def test_titles_are_called_by_the_paragraph_that_they_lead_to(asked: Path) -> None:
    assert list(passages(asked, "beta")) == ["2", "4.0", "4", "4.1", "6/R1", "6.1"]


def test_the_text_that_intake_made_is_the_one_that_was_sent(root: Path) -> None:
    text = (root / BETA).read_text(encoding="utf-8")
    record_received(root, text.replace("Un autre constat inventé", "Un constat reçu"))
    assert run(root, "consent", "--association", "beta") == 0
    page = (root / "build/accords/beta.html").read_text(encoding="utf-8")
    assert re.search(r"<del[^>]*>[^<]*reçu", page)


def test_a_text_that_can_no_longer_be_compared_is_shown_whole(root: Path) -> None:
    record_received(root, "Sans en-tête.\n")
    assert run(root, "consent", "--association", "beta") == 0
    page = (root / "build/accords/beta.html").read_text(encoding="utf-8")
    assert "n’est plus comparable" in page and "<ins" not in page and "Un autre constat inventé." in page


def test_the_same_letters_twice(root: Path) -> None:
    def state() -> dict[Path, bytes]:
        folders = (root / "build" / "accords", root / "contributions" / "drafts")
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    before = state()
    assert run(root, "consent", "--date", "2015-02-01") == 0  # nothing new was shown: it was asked on the same day
    assert state() == before


ENGLISH = (
    "The MIPROF does invent.",
    "An invented subheading",
    "An invented quotation. This rapport alternatif carries further the general comment.",
    *BETA_ENGLISH[3:],
)


GLOSSARY = """sigles:
  - sigle: MIPROF
    nom: Mission interministérielle inventée
    nom_en: Interministerial mission
    source: aucune
"""


def test_a_letter_shows_an_association_its_own_words_whole(root: Path) -> None:
    change(root, "Un autre constat inventé", "La MIPROF invente")
    (root / "chapters/sigles.yaml").write_text(GLOSSARY, encoding="utf-8")
    assert run(root, "translation", "--association", "beta") == 0
    fill(root / BETA.replace(".md", ".en.md"), ENGLISH)
    assert run(root, "consent", "--association", "beta") == 0
    for suffix in ("docx", "html"):
        shown = standing_words(root / f"build/accords/beta.{suffix}")
        assert "[…]" not in shown
        for own in ("The MIPROF (Interministerial mission) does", *ENGLISH[1:3], "Mission interministérielle inventée"):
            assert own in shown, suffix


def test_a_name_that_went_stays_hidden_in_what_is_struck_out(root: Path) -> None:
    sent = (root / BETA).read_text(encoding="utf-8").replace("Un autre constat inventé.", "Kadiatou l'a dit[^k].")
    sent += "\n[^k]: Une note de Fatoumata Sylla.\n"
    record_received(root, sent)
    assert run(root, "consent", "--association", "beta") == 0
    for suffix in ("docx", "html"):
        whole = letter_markup(root / f"build/accords/beta.{suffix}")
        assert not [name for name in ("Kadiatou", "Fatoumata", "Sylla") if name in whole]
        assert "[…]" in whole and "[…]" not in standing_words(root / f"build/accords/beta.{suffix}")


def standing_words(letter: Path) -> str:
    """What a letter shows as the text of today: nothing that is struck out."""
    kept = re.sub(r"<(w:del|del)\b[^>]*(?<!/)>.*?</\1>", "", letter_markup(letter), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", kept)).replace("\u00a0", " ").split())


def letter_markup(letter: Path) -> str:
    if letter.suffix == ".html":
        return letter.read_text(encoding="utf-8")
    with ZipFile(letter) as file:
        return "".join(file.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))


def test_a_letter_with_words_that_nobody_reviewed_is_held_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / AGREEMENTS).read_bytes()
    change(root, "Un autre constat inventé.", "Zélie Quorbanet est venue.")
    why = f"dans {BETA} ; tapez « make review-names »"
    assert run(root, "consent", "--association", "beta") == 1
    assert f"lettre de beta retenue : elle ne montrerait pas en entier des mots que personne n'a relus, {why}" in (
        capsys.readouterr().err
    )
    assert run(root, "consent", "--association", "beta", "--agree", *BY) == 1
    assert f"accord de beta non noté : son texte a des mots que personne n'a relus, {why}" in capsys.readouterr().err
    assert (root / AGREEMENTS).read_bytes() == before
    assert "lettre de beta retenue" in said(root, capsys, "consent")
    assert sorted(path.name for path in (root / "build/accords").iterdir()) == ["alpha.docx", "alpha.html"]
    name = Finding("name", "Zélie Quorbanet", 0, 15, "Zélie Quorbanet est venue.")
    record(root, name, True, ReviewEntry("une élue inventée", "une relectrice", "2015-01-16"))
    assert run(root, "consent", "--association", "beta") == 0
    assert "Zélie Quorbanet est venue." in standing_words(root / "build/accords/beta.docx")


def test_nobody_is_asked_about_an_association_whose_words_wait_for_a_review(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(root, "Un autre constat inventé.", "Un autre constat inventé. Zélie Quorbanet est venue.")
    monkeypatch.setattr("builtins.input", lambda question: "le bureau")
    out = said(root, capsys, "consent", "--agree")
    assert "accord de beta non noté" in out and "accord de alpha noté" in out and "accord de beta noté" not in out


# ---------------------------------------------------------------- agreements


def test_an_agreement_is_to_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "consent", "--association", "beta", "--agree", *BY) == 0
    whole = "associations qui ont tout accordé : 1 sur 2"
    assert whole in said(root, capsys, "status")
    change(root, "Un autre constat inventé.", "Un autre\nconstat   inventé.")  # the same words
    assert whole in said(root, capsys, "status")
    change(root, "Une seconde pratique", "Une deuxième pratique")
    status = said(root, capsys, "status")
    assert "associations qui ont tout accordé : 0 sur 2" in status and "Association Bêta (1)" in status
    out = said(root, capsys, "consent", "--association", "beta")
    assert re.search(r"beta, passages accordés : 6 sur 7, à accorder : [\d.]+$", out, re.MULTILINE)


def test_an_agreement_is_to_what_was_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "Un autre constat inventé", "Un constat qu'elle n'a pas vu")
    out = said(root, capsys, "consent", "--association", "beta", "--agree", *BY)
    assert "passages changés depuis la lettre, que cet accord ne couvre plus : 1" in out
    assert "Association Bêta (1)" in said(root, capsys, "status")


def test_the_agreements_are_asked_for_one_by_one(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(("", "la présidence"))
    questions = list[str]()
    monkeypatch.setattr("builtins.input", lambda question: questions.append(question) or next(answers))
    out = said(root, capsys, "consent", "--agree")
    assert [q.split(" (")[0] for q in questions] == ["Association Alpha", "Association Bêta"]
    assert "accord de beta noté" in out and "accord de alpha noté" not in out
    monkeypatch.setattr("builtins.input", closed)
    assert "ce qui a été répondu est noté" in said(root, capsys, "consent", "--agree")
    monkeypatch.setattr("builtins.input", lambda question: "le bureau")
    said(root, capsys, "consent", "--agree")
    assert run(root, "consent", "--agree") == 2, "nothing is awaited any more"


def closed(question: str) -> str:
    raise EOFError(question)


def test_an_agreement_to_some_passages(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = next(n for n in passages(root, "beta") if "/" not in n and "." not in n)
    with_it = [n for n in passages(root, "beta") if n.split("/")[0].split(".")[0] == number]
    out = said(root, capsys, "consent", "--association", "beta", "--agree", "--on", f"§ {number} et r1", *BY)
    assert f"accord de beta noté ; passages : {len(with_it) + 1}" in out


def test_the_final_edition_wants_every_agreement(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "public") == 1
    assert "textes auxquels leur association n'a pas encore donné son accord" in capsys.readouterr().err
    for association in ("alpha", "beta"):
        assert run(root, "consent", "--association", association, "--agree", *BY) == 0
    capsys.readouterr()
    assert run(root, "public") == 0, "nothing but the agreements was open"
    statement = (root / "build/soumission-public/attestation.txt").read_text(encoding="utf-8-sig")
    said_once = " ".join(statement.split())
    assert "toutes approuvées par leur association" in said_once
    assert "Accords des associations notés" in said_once


def test_the_final_edition_asks_for_agreements_though_nobody_was_asked(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "public") == 1
    assert "textes auxquels leur association n'a pas encore donné son accord" in capsys.readouterr().err
    assert "accords à recueillir" not in said(project, capsys, "status")


# ---------------------------------------------------------------- reservations


def test_a_reservation_is_a_note_in_every_output(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "elle demande une loi d'invention"
    assert run(root, "consent", "--association", "beta", "--reserve", "--on", "R2", "--words", words, *BY) == 0
    assert run(root, "consent", "--association", "alpha", "--reserve", "--on", "R1", *BY) == 0
    assert run(root, "build") == 0  # which verifies all three
    html = (root / "build/rapport-projet.html").read_text(encoding="utf-8")
    assert html.count("Réserve de Association Bêta : elle demande une loi d’invention.".replace(" :", "\u00a0:")) == 1
    assert html.count("Association Alpha ne s’associe pas à cette recommandation.") == 1
    with ZipFile(root / "build/rapport-projet.docx") as file:
        notes = file.read("word/footnotes.xml").decode()
    assert "elle demande une loi d’invention" in re.sub(r"<[^>]+>", "", notes)
    assert run(root, "verify") == 0
    assert run(root, "build", "--report-language", "en") in (0, 1)


def test_a_reservation_goes_with_its_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "consent", "--association", "alpha", "--reserve", "--on", "R1", *BY) == 0
    assert "D01" not in said(root, capsys, "check")
    change(root, "inventer une autre mesure", "inventer deux autres mesures")
    assert "D01" in said(root, capsys, "check")
    run(root, "build")
    assert "ne s’associe pas" not in (root / "build/rapport-projet.html").read_text(encoding="utf-8")


def test_what_a_reservation_says_is_protected_like_any_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "appelez le 06 12 34 56 78"
    assert run(root, "consent", "--association", "beta", "--reserve", "--on", "R2", "--words", words, *BY) == 0
    kept = root / "contributions/drafts/consent.yaml"
    masked = kept.read_text(encoding="utf-8")
    assert "appelez le […]" in masked and "06 12" not in masked  # it goes into git
    kept.write_text(masked.replace("[…]", "06 12 34 56 78"), encoding="utf-8")
    assert "erreur C01" in said(root, capsys, "check")
    assert "Une personne" not in said(root, capsys, "check")  # who signed is printed nowhere, and is no finding


# ---------------------------------------------------------------- what cannot be understood

WRONG = (
    (("--association", "beta", "--agree"), "dites qui a répondu"),
    (("--agree", *BY), "dites de quelle association"),
    (("--association", "betta", "--agree", *BY), "tapez l'une de celles-ci : beta, alpha, gamma"),
    (("--association", "gamma", "--agree", *BY), "n'a encore rien reçu"),
    (("--association", "beta", "--agree", "--on", "99", *BY), "n'est pas un passage de la lettre"),
    (("--association", "beta", "--reserve", *BY), "dites sur quoi"),
    (("--association", "beta", "--reserve", "--on", "R99", *BY), "n'est ni un paragraphe ni une recommandation"),
    (("--association", "beta", "--agree", "--reserve", *BY), "en deux fois"),
    (("--association", "beta", "--agree", "--by", "X", "--date", "hier"), "n'est pas une date"),
    (("--association", "gamma"), "n'a aucun passage"),
)


@pytest.mark.parametrize(("typed", "sentence"), WRONG, ids=[sentence[:24] for _, sentence in WRONG])
def test_what_cannot_be_recorded(
    root: Path, typed: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / AGREEMENTS).read_bytes()
    assert run(root, "consent", *typed) == 2
    assert sentence in capsys.readouterr().err
    assert (root / AGREEMENTS).read_bytes() == before


def test_a_refused_text_is_in_no_letter(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "## Recommandations", "## Recommandation inventée")
    assert run(root, "consent", "--association", "beta") == 1
    assert f"texte refusé, qui n'est dans aucune lettre : {BETA}" in capsys.readouterr().err
    assert BETA in said(root, capsys, "consent")


def test_a_damaged_file_is_not_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / AGREEMENTS).write_text("accords:\n  - association: beta\n    date: hier\n", encoding="utf-8")
    assert run(root, "consent", "--association", "beta", "--agree", *BY) == 1
    assert "corrigez-la d'abord" in capsys.readouterr().err
    assert "hier" in (root / AGREEMENTS).read_text(encoding="utf-8")


def test_the_letters_do_without_a_frozen_draft_that_cannot_be_read(root: Path) -> None:
    (root / "contributions/drafts/1/sources.zip").write_bytes(b"not an archive")
    assert run(root, "consent") == 0


def test_both_languages_say_the_same() -> None:
    assert list(consent_fr.WORDS) == list(consent_en.WORDS)
    for name, text in consent_fr.WORDS.items():
        assert set(FACT.findall(text)) == set(FACT.findall(consent_en.WORDS[name])), name
