"""Documents received that are no contributions: their register, what is refused, and references made of them."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from rapport import cli
from rapport.documents.links import holds_links_alone, links
from rapport.documents.programs import program_in
from rapport.documents.properties import properties, title_of_author, title_of_file
from rapport.documents.reference import NoReference, reference
from rapport.documents.register import DOCUMENTS, DocumentRegister, ReceivedDocument, UnreadableRegister
from test_intake import drop, editors, intake, receipt, text_of
from test_intake_mail import attach, lines_of, message
from word_files import zipped

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{}</dc:title><dcterms:created>2013-05-12T10:00:00Z</dcterms:created></cp:coreProperties>"
)
TITLE = "Les aires inventées : état des lieux"


def pdf(title: str = TITLE, action: str = "", owner: str = "") -> bytes:
    """A PDF of one empty page; `action` is done by its catalog, or at a click on its page (`owner` « note »)."""
    made = PdfWriter()
    page = made.add_blank_page(100, 100)
    made.add_metadata({"/Title": title, "/CreationDate": "D:20130512100000"})
    if action:
        does = DictionaryObject({NameObject("/S"): NameObject(action), NameObject("/JS"): TextStringObject("x()")})
        note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): does})
        if owner == "note":
            made.add_annotation(0, note)
        else:
            (page if owner == "page" else made.root_object)[NameObject("/AA")] = DictionaryObject(
                {NameObject("/O"): does}
            )
    content = io.BytesIO()
    made.write(content)
    return content.getvalue()


def name(key: str, value: object) -> DictionaryObject:
    """A dictionary of a PDF with one entry."""
    return DictionaryObject({NameObject(key): value})


SCRIPT = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})


def scripted(place: str) -> bytes:
    """A PDF whose script stands in a form, behind another action, in its outline, or in the form of another kind."""
    made = PdfWriter()
    made.add_blank_page(100, 100)
    inner = DictionaryObject({NameObject("/T"): TextStringObject("total"), NameObject("/AA"): name("/C", SCRIPT)})
    entries = {
        "field": ("/AcroForm", name("/Fields", ArrayObject([name("/Kids", ArrayObject([inner]))]))),
        "next": ("/OpenAction", DictionaryObject({NameObject("/S"): NameObject("/GoTo"), NameObject("/Next"): SCRIPT})),
        "outline": ("/Outlines", name("/First", name("/Next", name("/A", SCRIPT)))),
    }
    if place == "xfa":
        form = DecodedStreamObject()
        form.set_data(b"<template><script>x()</script></template>")
        entries["xfa"] = ("/AcroForm", name("/XFA", ArrayObject([TextStringObject("t"), form])))
    key, value = entries[place]
    made.root_object[NameObject(key)] = value
    content = io.BytesIO()
    made.write(content)
    return content.getvalue()


def sheet(title: str = "Chiffres inventés de 2013", **parts: bytes) -> bytes:
    return zipped(
        {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>", "docProps/core.xml": CORE.format(title)} | parts
    )


def run(root: Path, capsys: pytest.CaptureFixture[str], *typed: str) -> tuple[int, str]:
    status = cli.run([*typed, "--root", str(root)])
    shown = capsys.readouterr()
    return status, shown.out + shown.err


# ---------------------------------------------------------------- what a file says of itself


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        (TITLE, TITLE),
        ("  Rapport\n annuel  2013 ", "Rapport annuel 2013"),
        ("Microsoft Word - Rapport annuel.doc", ""),
        ("Microsoft PowerPoint - Formation des juges", ""),
        ("rapport final corrigé.docx", ""),
        (r"C:\\Documents\\rapport annuel", ""),
        ("Présentation PowerPoint", ""),
        ("Sans titre 2", ""),
        ("Document1", ""),
        ("scan_0001", ""),
        ("Classeur1", ""),
        ("", ""),
        ("xx yy", ""),
    ],
)
def test_only_titles_that_somebody_wrote_are_believed(title: str, kept: str) -> None:
    assert title_of_author(title) == kept


def test_the_properties_of_each_format() -> None:
    assert (properties(pdf()).title, properties(pdf()).date) == (TITLE, "2013-05-12")
    assert (properties(sheet()).title, properties(sheet()).date) == ("Chiffres inventés de 2013", "2013-05-12")
    assert properties("<html><title>Une page inventée</title>".encode()).title == "Une page inventée"
    for broken in (b"%PDF-1.4 rien", b"PK\x03\x04rien", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rien", pdf()[:300], b""):
        assert properties(broken).title == ""


def test_the_name_of_a_file_as_a_title() -> None:
    assert title_of_file("Rapport_annuel 2013 (1).pdf") == "Rapport annuel 2013"


# ---------------------------------------------------------------- what is dangerous


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", pdf(action="/JavaScript"), "JavaScript"),
        ("a.pdf", pdf(action="/Launch", owner="note"), "Launch"),
        ("a.pdf", pdf(action="/Launch", owner="page"), "Launch"),
        ("a.pdf", b"%PDF-1.4 /S /Launch rien", "Launch"),
        ("a.pdf", scripted("field"), "JavaScript « total »"),
        ("a.pdf", scripted("next"), "JavaScript"),
        ("a.pdf", scripted("outline"), "JavaScript"),
        ("a.pdf", scripted("xfa"), "JavaScript (XFA)"),
        ("a.pdf", pdf(), ""),
        ("a.pdf", pdf(action="/URI", owner="note"), ""),
        ("a.xlsx", sheet(**{"xl/vbaProject.bin": b"x"}), "macro"),
        ("a.xlsm", sheet(), ".xlsm"),
        ("a.xlsx", sheet(), ""),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT_CUR".encode("utf-16-le"), "macro"),
        ("photo.jpg", b"MZ\x90", "programme"),
        ("outil.exe", b"x", ".exe"),
        ("a.svg", b"<svg><script>x</script></svg>", "script"),
    ],
)
def test_programs_are_found(name: str, data: bytes, found: str) -> None:
    assert program_in(name, data) == found


def test_documents_with_programs_are_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "a.pdf", pdf(action="/JavaScript"))
    drop(project, "b.xlsx", sheet(**{"xl/vbaProject.bin": b"x"}))
    status, said = intake(project, capsys)
    assert status == 1 and said.count("un programme") == 2
    assert not (project / DOCUMENTS).exists()


# ---------------------------------------------------------------- the register


def test_documents_are_entered_and_kept_untouched(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = message("Bonjour,\n\nVoici le rapport et https://www.example.org/etude?page=2.\n\nBien à vous,\n")
    attach(made, "rapport.pdf", pdf(), "application/pdf")
    attach(made, "chiffres.xlsx", sheet())
    attach(made, "entretien.mp3", b"ID3\x04" + bytes(50), "audio/mpeg")
    drop(project, "beta/mendicite/envoi.eml", bytes(made))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert f"document reçu, inscrit sous le n° 2 dans {DOCUMENTS} : « {TITLE} »" in said
    assert "documents inscrits : 4" in said
    found = {one.nature: one for one in DocumentRegister(project).in_order()}
    assert set(found) == {"pdf", "tableur", "enregistrement", "lien"}
    one = found["pdf"]
    assert (one.titre, one.association, one.theme, one.date, one.recu, one.etat) == (
        TITLE, "beta", "mendicite", "2013-05-12", "2014-12-05", "à lire",
    )  # fmt: skip
    assert (project / one.place).read_bytes() == pdf()
    assert found["lien"].place == "https://www.example.org/etude?page=2"
    assert found["enregistrement"].titre == "entretien"
    assert {verdict for verdict, _ in lines_of(project).values()} == {"ecarte", "document"}
    assert "Nous gardons ce document tel quel" in receipt(project, "rapport")
    assert "make documents N=" in editors(project, "rapport")
    before = text_of(project, DOCUMENTS)
    assert "rien de nouveau" in intake(project, capsys)[1]
    assert text_of(project, DOCUMENTS) == before
    assert "documents reçus : 4 (à lire : 4" in run(project, capsys, "status")[1]
    assert DOCUMENTS not in run(project, capsys, "check")[1]


def test_the_register_holds_no_identifier(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/Leïla Benamar 06 12 34 56 78.pdf", pdf("Récit de Leïla Benamar, 06 12 34 56 78"))
    made = message("Bonjour,\n\nhttps://example.org/?tel=0612345678\n")
    drop(project, "beta/envoi.eml", bytes(made))
    said = intake(project, capsys)[1]
    shown = run(project, capsys, "documents")[1]
    for text in (text_of(project, DOCUMENTS), text_of(project, "contributions/inbox/journal.yaml"), said, shown):
        assert "n° 1" in text or "1" in text
        for secret in ("Benamar", "06 12", "0612345678"):
            assert secret not in text


def test_an_editors_correction_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/a.pdf", pdf())
    intake(project, capsys)
    place = project / DOCUMENTS
    place.write_text(place.read_text(encoding="utf-8").replace(TITLE, "Un titre corrigé"), encoding="utf-8")
    drop(project, "b.pdf", pdf("Un autre titre inventé"))
    intake(project, capsys)
    assert [one.titre for one in DocumentRegister(project).in_order()] == ["Un titre corrigé", "Un autre titre inventé"]


@pytest.mark.parametrize("broken", ["documents:\n  - numero: x\n", "documents:\n  - rien\n", "documents: [\n"])
def test_a_register_that_cannot_be_read_is_not_written_over(
    broken: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / DOCUMENTS).write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableRegister):
        DocumentRegister(project)
    drop(project, "a.pdf", pdf())
    for verb in ("intake", "documents", "status"):
        status, said = run(project, capsys, verb)
        assert status == 1 and f"{DOCUMENTS}:" in said and "ne peut plus être lu" in said
    assert text_of(project, DOCUMENTS) == broken


# ---------------------------------------------------------------- links


def test_links_are_found_in_plain_words_and_in_markdown() -> None:
    text = (
        "Voir https://example.org/a, [notre étude](https://example.org/b) et (https://example.org/c).\n"
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fd&data=05 https://example.org/a"
    )
    found = [(link.address, link.words) for link in links(text)]
    assert found == [
        ("https://example.org/a", ""), ("https://example.org/b", "notre étude"),
        ("https://example.org/c", ""), ("https://example.org/d", ""),
    ]  # fmt: skip
    assert holds_links_alone("Je vous conseille https://example.org/a")
    assert not holds_links_alone("mot " * 80 + "https://example.org/a") and not holds_links_alone("Rien.")


def test_a_message_that_gives_a_link_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = EmailMessage()
    made["From"], made["Date"] = "Bêta <bureau@beta.example>", "Fri, 05 Dec 2014 10:00:00 +0100"
    made.set_content("Bonjour,\n\nUne étude inventée : https://example.org/etude\n")
    drop(project, "beta/lien.eml", bytes(made))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert [one.adresse for one in DocumentRegister(project).in_order()] == ["https://example.org/etude"]


# ---------------------------------------------------------------- references


def test_a_document_is_read_and_cited(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/a.pdf", pdf())
    intake(project, capsys)
    drop(project, "b.pdf", pdf("Un autre titre inventé"))
    intake(project, capsys)
    assert "n° 1 : noté, lu" in run(project, capsys, "documents", "1", "--read")[1]
    status, said = run(project, capsys, "documents", "1", "--cite", "oui")
    assert status == 2 and 'AUTHOR="…" YEAR="…"' in said
    status, said = run(
        project, capsys, "documents", "1", "--cite", "oui", "--author", "Institution inventée", "--year", "2013"
    )
    assert status == 0 and "@institution2013 est écrite dans contributions/beta/sources.bib" in said, said
    entry = text_of(project, "contributions/beta/sources.bib")
    assert "author = {{Institution inventée}}" in entry and f"title = {{{TITLE}}}" in entry and "date = {2013}" in entry
    status, said = run(
        project, capsys, "documents", "2", "--cite", "autre2012", "--author", "Nom, Prénom", "--year", "2012-03-01"
    )
    assert status == 0 and "bibliography.bib" in said
    assert "@report{autre2012" in text_of(project, "bibliography.bib")
    assert [(one.etat, one.cle) for one in DocumentRegister(project).in_order()] == [
        ("cité", "institution2013"), ("cité", "autre2012"),
    ]  # fmt: skip
    said = run(project, capsys, "check")[1]
    assert "0 erreur, 0 point à voir" in said, said
    assert "cité @autre2012" in run(project, capsys, "documents")[1]
    assert run(project, capsys, "documents", "1", "--cite", "oui")[0] == 2


@pytest.mark.parametrize(
    ("typed", "status"),
    [(("9", "--read"), 2), (("--read",), 2), (("1", "2", "--title", "x"), 2), (("1", "--theme", "nulle-part"), 2),
     (("1", "--cite", "a b", "--author", "X", "--year", "2013"), 2), (("1", "2", "--read"), 0),
     (("1", "--cite", "x", "--author", "X", "--year", "hier"), 2)],
)  # fmt: skip
def test_what_is_mistyped_changes_nothing(
    typed: tuple[str, ...], status: int, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/a.pdf", pdf())
    drop(project, "b.pdf", pdf("Un autre titre inventé"))
    intake(project, capsys)
    before = text_of(project, DOCUMENTS)
    assert run(project, capsys, "documents", *typed)[0] == status
    assert (text_of(project, DOCUMENTS) == before) == (status != 0)


def test_an_entry_of_a_link_says_when_it_was_read() -> None:
    link = ReceivedDocument(4, "Une étude", "lien", adresse="https://example.org/100%_a")
    work = reference(link, "oui", "Une étude", "Nom, Prénom ; Autre, Prénom", "", "2014-12-06", ())
    assert (work.kind, work.key) == ("online", "nom")
    assert work.fields["author"] == "Nom, Prénom and Autre, Prénom"
    assert (work.fields["url"], work.fields["urldate"]) == ("https://example.org/100%_a", "2014-12-06")
    with pytest.raises(NoReference, match="key-taken"):
        reference(link, "nom", "Une étude", "X", "", "2014-12-06", ("nom",))
