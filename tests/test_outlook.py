"""Messages of Outlook (.msg): every part has its line, as those of an .eml."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlook_files import attachment, compound, properties
from rapport.documents.register import DOCUMENTS
from rapport.intake import outlook
from test_intake import MENDICITE, drop, intake, text_of
from test_intake_mail import lines_of
from word_files import TEXT, docx, photo

FROM = {0x0C1A: "Bêta", 0x5D01: "bureau@beta.example"}

SENT = docx(*TEXT)  # made once: a file says the second it was packed in


def saved() -> bytes:
    words = "Bonjour,\r\n\r\nVoici notre texte, à ne pas signer.\r\n\r\nBien à vous,\r\nPrénom\r\n"
    within = properties({**FROM, 0x0037: "Avant", 0x1000: "Un mot d'avant."}, within=True, sent="2014-12-01T09:00")
    return compound({
        **properties({**FROM, 0x0037: "Contribution", 0x1000: words}, sent="2014-12-05T10:00"),
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__attach_version1.0_#00000000": attachment("mendicite.docx", SENT),
        "__attach_version1.0_#00000001": attachment("schéma.jpg", photo()),
        "__attach_version1.0_#00000002": {"__substg1.0_3701000D": within},
    })  # fmt: skip


def test_a_message_is_read() -> None:
    read = outlook.read(saved())
    assert (read.sender, read.date, read.subject) == ("Bêta <bureau@beta.example>", "2014-12-05", "Contribution")
    assert "à ne pas signer" in read.words and not read.is_markdown
    assert [name for name, _ in read.files] == ["mendicite.docx", "schéma.jpg", "Avant.eml"]
    assert read.files[0][1] == SENT and b"Mon, 01 Dec 2014" in read.files[2][1]


def test_a_message_whose_words_are_a_page() -> None:
    tree = properties({0x0037: "Objet"}) | {"__substg1.0_10130102": "<p>Un <b>mot</b> é</p>".encode()}
    read = outlook.read(compound(tree))
    assert (read.words.strip(), read.is_markdown, read.sender, read.date) == ("Un **mot** é", True, "", "")


def test_every_part_has_a_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/envoi.msg", saved())
    status, said = intake(project, capsys)
    found = lines_of(project)
    assert found["beta/envoi.msg › mendicite.docx"] == ("repris", MENDICITE), said
    assert found["beta/envoi.msg › schéma.jpg"] == ("document", DOCUMENTS)
    assert found["beta/envoi.msg › message.txt"][0] == "ecarte"
    assert found["beta/envoi.msg › Avant.eml › message.txt"][0] == "attente" and status == 1
    assert "date: 2014-12-05" in text_of(project, MENDICITE)


@pytest.mark.parametrize("cut", [600, 2000])
def test_a_damaged_one_is_refused(cut: int, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/envoi.msg", saved()[:cut])
    status, said = intake(project, capsys)
    assert status == 1 and "c'est un message d'Outlook" in said and "Traceback" not in said
    assert "dans Outlook : ouvrez le message" in said and "Document Word" not in said


def test_words_in_outlooks_own_format_alone_are_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = properties({0x0037: "Objet"}) | {"__substg1.0_10090102": b"LZFu"}
    drop(project, "beta/envoi.msg", compound(tree))
    status, said = intake(project, capsys)
    assert status == 1 and "c'est un message d'Outlook" in said and ".eml" in said
