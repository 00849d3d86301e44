"""Messages of Outlook (.msg): every part has its line, as those of an .eml."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from outlook_files import attachment, compound, properties
from rapport.documents.register import DOCUMENTS
from rapport.intake import outlook, outlook_html
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


def test_a_page_within_compressed_rtf_is_read() -> None:
    # The two examples of Microsoft's own description of the format (MS-OXRTFCP 3.1 and 3.2).
    run = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    crossing = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    unpacked = [outlook_html.decompress(bytes.fromhex(one)) for one in (run, crossing)]
    assert unpacked == [b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"]


@pytest.mark.parametrize("damaged", [
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320",  # its end is missing
    "1a0000000a0000004c5a4675e2d44b51ffffffffffffffffffffffffffffffff",  # copies what was never written
    "1a000000ffffffff4c5a4675e2d44b51006162636465666768",  # says that it is larger than it is
])  # fmt: skip
def test_compressed_rtf_that_is_not_whole_gives_nothing_and_the_words_beside_it_are_read(damaged: str) -> None:
    data = bytes.fromhex(damaged)
    assert outlook_html.decompress(data) == b""
    tree = properties({0x0037: "Objet", 0x1000: "Un mot."}) | {"__substg1.0_10090102": data}
    assert outlook.read(compound(tree)).words == "Un mot."


def test_compressed_rtf_that_grows_without_end_is_not_read() -> None:
    copied = (b"\xff" + b"\x0c\xff" * 8) * 100_000
    data = struct.pack("<IIII", len(copied) + 12, 10_000_000, 0x75465A4C, 0) + copied
    assert outlook_html.decompress(data) == b""


def test_letters_beyond_65535_of_a_page_in_rtf_are_whole() -> None:
    text = b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\u-10179 ?\\u-8704 ?}"
    data = struct.pack("<IIII", len(text) + 12, len(text), 0x414C454D, 0) + text
    assert outlook_html.page_of(data) == "<p>😀"


@pytest.mark.parametrize("plain", ["", "Constat\r\n\r\nAnnée\t\r\nMineurs\t\r\n2012\t\r\n14\t\r\n"])
def test_a_table_of_a_message_whose_page_is_in_rtf_alone_stays_one(plain: str) -> None:
    cells = (("Ann\\'e9e", "Mineurs"), ("2012", "14"))
    cell, row, end = (
        "{\\*\\htmltag148 <td>}",
        "{\\*\\htmltag140 <tr>}",
        "{\\*\\htmltag156 </td>}\\htmlrtf \\cell\\htmlrtf0 ",
    )
    rows = "".join(f"{row}{''.join(f'{cell}{word}{end}' for word in some)}{{\\*\\htmltag144 </tr>}}" for some in cells)
    page = (
        "{\\*\\htmltag64 <p><b>}\\htmlrtf {\\b\\htmlrtf0 Constat\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </b></p><table>}"
    )
    text = (
        f"{{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {{\\fonttbl{{\\f0 Arial;}}}}{page}{rows}{{\\*\\htmltag248 </table>}}}}"
    )
    head = len(text) + 12, len(text), 0x414C454D, 0  # as it stands, not compressed
    packed = struct.pack("<IIII", *head) + text.encode()
    tree = properties({0x0037: "Objet", **({0x1000: plain} if plain else {})}) | {"__substg1.0_10090102": packed}
    read = outlook.read(compound(tree))
    assert read.is_markdown and "**Constat**" in read.words
    assert [row.split("|")[1].split() for row in read.words.split("\n") if "Année" in row or "2012" in row] == [
        ["Année"],
        ["2012"],
    ]
