"""Every part of a message or an archive has its line: words, files, pictures, messages within, bibliographies."""

from __future__ import annotations

import io
import shlex
import struct
import subprocess
import time
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from rapport.documents.register import DOCUMENTS
from rapport.intake import mail, mail_words, unpack
from rapport.intake.references import as_biblatex, with_entries
from rapport.storage import strict_yaml
from test_intake import MENDICITE, drop, intake, receipt, text_of
from word_files import TEXT, docx, photo

pytestmark = pytest.mark.slow

TYPED = """Bonjour,

Voici notre texte :

Constat

Un constat inventé dans le message,
coupé par le logiciel.

Recommandations

Au ministère inventé (CIDE 32) : agir.

Bien à vous,

--{space}
Prénom Nom
Association Bêta
01 00 00 00 00

Le 5 déc. 2014 à 10:00, Secrétariat <s@example.org> a écrit :
> Bonjour,
> merci d'envoyer votre texte.
""".format(space=" ")


LONG = " ".join(["Un long texte inventé suit."] * 20)


def lines_of(root: Path) -> dict[str, tuple[str, str]]:
    """The journal: (verdict, result) by the place of each part."""
    journal, found = strict_yaml.read(text_of(root, "contributions/inbox/journal.yaml"), "j")
    assert not found
    entries = [{name: value.value for name, value in item.value.items()} for item in journal["recus"].value]
    return {entry["fichier"]: (entry["verdict"], entry.get("resultat", "")) for entry in entries}


def message(words: str = "", html: str = "", subject: str = "Contribution") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Date"] = "Bêta <bureau@beta.example>", "Fri, 05 Dec 2014 10:00:00 +0100"
    made["Subject"] = subject
    if words:
        made.set_content(words)
    if html:
        made.set_content(html, subtype="html")
    return made


def attach(made: EmailMessage, name: str, content: bytes, kind: str = "application/octet-stream") -> None:
    main, _, sub = kind.partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)


def test_every_part_of_a_message_has_a_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = message("Bonjour,\n\nLe schéma va après le premier paragraphe.\nNe publiez pas la phrase sur le lieu.\n")
    attach(made, "mendicite.docx", docx(*TEXT))
    attach(made, "schéma.png", photo(), "image/png")
    attach(made, "sources.bib", b"@misc{x1, title={Un titre}}\n")
    attach(made, "carte.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n", "text/vcard")
    within = message("Un mot d'avant.\n", subject="Avant")
    made.add_attachment(within)
    drop(project, "beta/envoi.eml", made.as_bytes())
    status, said = intake(project, capsys)
    assert status == 1, said  # the message within is a text without a theme
    found = lines_of(project)
    assert found["beta/envoi.eml › message.txt"] == ("ecarte", "")
    assert found["beta/envoi.eml › mendicite.docx"] == ("repris", MENDICITE)
    assert found["beta/envoi.eml › schéma.png"] == ("document", DOCUMENTS)
    assert found["beta/envoi.eml › sources.bib"] == ("repris", "contributions/beta/sources.bib")
    assert found["beta/envoi.eml › carte.vcf"] == ("ecarte", "")
    assert found["beta/envoi.eml › message.eml › message.txt"][0] == "attente"
    assert "Ne publiez pas la phrase sur le lieu" in said
    told = receipt(project, "envoi-eml-message-txt")
    assert "Ne publiez pas la phrase sur le lieu" in told
    assert "salutations et signature du message (1) : Bonjour," in told
    assert "@misc{x1," in text_of(project, "contributions/beta/sources.bib")


def test_a_text_typed_into_a_message(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.eml", message(TYPED).as_bytes())
    status, said = intake(project, capsys, "--theme", "mendicite")
    assert status == 0, said
    body = text_of(project).split("\n---\n", 1)[1]
    assert "Un constat inventé dans le message, coupé par le logiciel." in body
    for gone in ("Bonjour", "Bien à vous", "Prénom", "01 00", "a écrit", "merci d"):
        assert gone not in body
    told = receipt(project)
    assert "salutations et signature du message" in told and "Bien à vous" in told
    assert "06 00" not in told and "« […] » tient la place de mots qui pourraient désigner quelqu'un" in told
    assert "message cité ou transféré" in told and "merci d'envoyer votre texte" in told
    assert "perdu la trace" not in told


def test_a_message_that_is_a_web_page_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html = (
        "<html><head><style>p{}</style></head><body><h2>Constat</h2><p>Un <b>constat</b> inventé.</p>"
        '<p><img src="cid:schema1" alt="Un schéma inventé"></p><h2>Recommandations</h2><ul><li>Agir.</li></ul>'
        '<iframe src="file:///etc/hostname"></iframe><script>alert(1)</script></body></html>'
    )
    made = message(html=html)
    made.add_related(photo(), "image", "png", cid="<schema1>")
    drop(project, "beta/mendicite.eml", made.as_bytes())
    status, said = intake(project, capsys, "--theme", "mendicite")
    assert status == 0, said
    body = text_of(project)
    assert "Un **constat** inventé." in body and "- Agir." in body and "alert" not in body
    assert "beta/mendicite.eml › message.md" in lines_of(project)


def test_words_that_reading_a_page_loses_are_missed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<h2>Constat</h2><p>Un constat inventé.</p><p>Une phrase tombée.</p><h2>Recommandations</h2><p>Agir.</p>"
    read = mail.from_html
    monkeypatch.setattr(mail, "from_html", lambda html: read(html.replace("<p>Une phrase tombée.</p>", "")))
    drop(project, "beta/mendicite.eml", message(html=page).as_bytes())
    status, said = intake(project, capsys, "--theme", "mendicite")
    assert status == 0 and "attention, tout n'y est pas" in said, said
    (told,) = [path.read_text("utf-8") for path in (project / "build" / "recus").glob("beta-mendicite*.txt")]
    assert "phrase tombée" in told and "Aucun mot n'est perdu" not in told


def test_a_table_pasted_into_a_message_stays_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = "Bonjour,\n\nConstat\n\nAnnée\nMineurs\n2012\n14\n\nCordialement,\nPrénom\n"
    rows = "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in (("Année", "Mineurs"), ("2012", "14")))
    page = f"<p>Bonjour,</p><p><b>Constat</b></p><table>{rows}</table><p>Cordialement,<br>Prénom</p>"
    made = message(plain)
    made.replace_header("Subject", "Notre texte sur la mendicité")
    made.add_alternative(page, subtype="html")
    drop(project, "beta/envoi.eml", made.as_bytes())
    status, said = intake(project, capsys)  # its subject says what it is about
    assert status == 0, said
    body = text_of(project).split("\n---\n", 1)[1].strip()
    assert body == "## Constat\n\n| Année | Mineurs |\n|-------|---------|\n| 2012  | 14      |"
    assert mail.chosen_words(plain, page.replace("table", "div")) == (plain, False)


def test_what_a_page_says_of_its_looks_is_no_word() -> None:
    rows = "".join(f"<tr><td id='a'>{one}<br/></td><td class=b><p><br></p></td></tr>" for one in ("Mineurs", "14"))
    page = f'<p lang="fr" style="color:red">Un\x01 <span lang="fr">mot</span>&#1;<br></p><table>{rows}</table>'
    assert (
        mail.from_html(page) == "Un mot\n\n|         |     |\n|---------|-----|\n| Mineurs |     |\n| 14      |     |\n"
    )
    assert "display:none" in mail.from_html('<p>Vu <span style="color:red; display:none">caché</span></p>')


@pytest.mark.parametrize("page", [
    '<p>Vu.</p><p style="display:none">Caché ici.</p>',
    "<p>Vu.</p><p hidden>Caché ici.</p>",
    '<p>Vu.</p><ul style="visibility:hidden"><li>Caché</li><li>ici.</li></ul>',
    '<p>Vu.</p><table><tr style="mso-hide:all"><td>Caché</td><td>ici.</td></tr></table>',
    '<p>Vu. <b style="opacity:.0">Caché ici.</b></p>',
    '<p>Vu. <font color="#FFFFFF">Caché ici.</font></p>',
    '<body bgcolor="#003366"><p><font color="white">Vu.</font></p><p style="color:rgb(0, 51,102)">Caché ici.</p>',
    '<p>Vu. <span style="color:rgba(0,0,0,0)">Caché ici.</span></p>',
    '<p>Vu. <span style="font-size:1px">Caché ici.</span></p>',
    '<p>Vu.</p><p style="text-indent:-9999px">Caché ici.</p>',
    '<p>Vu.</p><div style="max-height:0;overflow:hidden">Caché ici.</div>',
    '<p>Vu.</p><div style="clip:rect(0,0,0,0)">Caché ici.</div>',
    '<p>Vu.</p><p style="display&#58;/**/n\\6fne">Caché ici.</p>',
    '<style>p.x{display:none}</style><p>Vu.</p><p class="x">Caché ici.</p>',
    "<p>Vu.</p><details><summary>Vu.</summary>Caché ici.</details>",
    "<p>Vu.</p><template>Caché ici.</template>",
    "<p>Vu.</p><pre hidden>Caché ici.</pre>",
    '<p>Vu.</p><img hidden src="x.png" alt="Caché ici.">',
    '<p>Vu.</p><table style="display:none"><caption>Caché</caption><tr><td>ici.</td></tr></table>',
])  # fmt: skip
def test_what_a_page_hides_waits_for_the_editor(page: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.eml", message(html=page).as_bytes())
    status, said = intake(project, capsys)
    assert status == 1 and "texte caché" in said and not (project / MENDICITE).exists()


def test_what_a_page_hides_waits_where_the_message_has_its_words_without_looks_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = message("Vu. Caché ici.", '<p>Vu. <span style="color:white">Caché ici.</span></p>')
    drop(project, "beta/mendicite.eml", made.as_bytes())
    status, said = intake(project, capsys)
    assert status == 1 and "texte caché" in said and not (project / MENDICITE).exists()


@pytest.mark.parametrize("page", [
    '<p style="color:initial;background:transparent none repeat scroll 0% 0%">Un mot.</p>',
    '<div style="font-size:0;padding:9px"><div style="font-size:13px;color:#333">Un mot.</div></div>',
    '<table bgcolor="#003366"><tr><td><font color="white">Un mot.</font></td></tr></table>',
    '<table background="x.png"><tr><td style="color:#fff">Un mot.</td></tr></table>',
    "<style>@media print {p{display:none}} p:hover{display:none} .f a{color:#fff}</style><p>Un mot.</p>",
    '<p style="margin-left:36pt;text-indent:-18pt;font:7pt serif">Un mot.</p><img hidden src="x.png">',
    '<div style="overflow:hidden;width:100%;max-width:600px;opacity:0.9">Un mot.</div>',
])  # fmt: skip
def test_what_a_page_shows_is_not_called_hidden(page: str) -> None:
    made = mail.from_html(page)
    assert "Un mot." in made and "display:none" not in made


@pytest.mark.parametrize(("page", "words"), [
    ('<p aria-hidden="true">Un mot.</p>', "Un mot."),  # from screen readers alone
    ("<noscript><p>Un mot.</p></noscript>", "Un mot."),  # no mail program runs a script
    ("<object data='x'><p>Un mot.</p></object>", "Un mot."),
    ("<textarea>Un mot.</textarea>", "Un mot."),
    ('<input value="Un mot.">', "Un mot."),
    ('<input type="submit" value="Un mot.">', "Un mot."),
    ('<textarea placeholder="Un mot."></textarea>', "Un mot."),
    ('<p><input type="checkbox" checked> Oui <input type="radio"> Non</p>', "☒ Oui ☐ Non"),
    ("<details open><summary>Un</summary>mot.</details>", "Un\n\nmot."),
    ("<select multiple><option>Un<option>mot.</select>", "Un ; mot."),
    ('<p>Vu <img src="cid:a" alt="Un mot."></p>', "Vu ![Un mot.](data-cid-a)"),
])  # fmt: skip
def test_what_a_reader_of_a_page_sees_is_taken(page: str, words: str) -> None:
    assert mail.from_html(page).strip() == words
    if "cid" not in page:
        assert words.split("\n")[0] in mail.chosen_words("", page)[0]


@pytest.mark.parametrize("page", [
    "<p>Vu.</p><details><summary>Vu.</summary><p>Caché ici.</p></details>",
    "<p>Vu.</p><template><p>Caché ici.</p></template>",
    '<p>Vu.</p><input type="hidden" value="Caché ici.">',
    "<p>Vu.</p><select><option selected>Vu.<option>Caché ici.</select>",
    '<p>Vu.</p><datalist><option value="Caché ici."></datalist>',
    "<p>Vu.</p><iframe>Caché ici.</iframe>",
])  # fmt: skip
def test_what_a_page_holds_and_does_not_show_is_marked(page: str) -> None:
    made = mail.from_html(page)
    assert made.startswith("Vu.") and '[Caché ici.]{style="display:none"}' in made
    assert mail.chosen_words("Vu. Caché ici.", page)[1]


@pytest.mark.parametrize(("plain", "page"), [
    ("Votre messagerie n'affiche pas ce message.", "<p>Un constat inventé.</p>"),
    ("Un constat inventé.", "<p>Un constat inventé.</p><p>Et la suite.</p>"),
    ("Un constat.", '<p>Un constat.</p><img src="http://a.example/b.png" alt="Carte des lieux">'),
    ("Un constat.", '<p>Un <a href="https://a.example/b">constat</a>.</p>'),
    ("Un constat.", '<p>Un constat.</p><img src="cid:a">'),
])  # fmt: skip
def test_a_page_that_says_more_than_the_words_without_looks_is_read(plain: str, page: str) -> None:
    assert mail.chosen_words(plain, page) == (mail.from_html(page), True)


@pytest.mark.parametrize(("plain", "page"), [
    ("Un constat inventé.", "<p>Un <b>c</b>onstat&nbsp;<i>inventé</i>.</p>"),
    ("Voir b <https://a.example/b?c=1&d=2>.", '<p>Voir <a href="https://a.example/b?c=1&amp;d=2">b</a>.</p>'),
    ("Écrire à a@b.example.", '<p>Écrire à <a href="mailto:a@b.example">a@b.example</a>.</p>'),
])  # fmt: skip
def test_words_without_looks_that_say_all_are_read(plain: str, page: str) -> None:
    assert mail.chosen_words(plain, page) == (plain, False)


def test_what_the_other_part_says_and_the_title_of_a_page_are_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logo = '<p>Cordialement,<br>Le bureau</p><img src="cid:logo" alt="Logo inventé">'
    page = f"<head><title>Titre caché</title></head><p>Chers amis,</p><p>Le tableau viendra plus tard.</p>{logo}"
    made = message("Version sans images.\nUn constat inventé.\n")
    made.add_alternative(page, subtype="html")
    made.get_payload()[1].add_related(photo(), "image", "png", cid="<logo>")  # type: ignore[index, union-attr]
    attach(made, "mendicite.docx", docx(*TEXT))
    drop(project, "beta/envoi.eml", made.as_bytes())
    assert intake(project, capsys)[0] == 0
    told = " ".join(receipt(project, "envoi-eml-message-md").split())
    assert "à lire : « Le tableau viendra plus tard. »" in told and "base64" not in told
    assert "Chers amis, / Cordialement, / Le bureau / [Logo inventé]" in told
    assert "sans les montrer à l'écran (1) : Version sans images. / Un constat inventé. / Titre caché" in told


def test_boxes_ticked_in_a_page_are_read_from_it() -> None:
    page = '<p><input type="checkbox" checked> Oui <input type="checkbox"> Non</p>'
    assert mail.chosen_words("Oui Non", page) == ("☒ Oui ☐ Non\n", True)


def test_hidden_words_of_a_message_are_answered_with_what_a_mail_program_can_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "beta/mendicite.eml", message(html="<p>Vu.</p><p hidden>Caché ici.</p>").as_bytes())
    assert intake(project, capsys)[0] == 1
    told = " ".join(receipt(project).split())
    assert "renvoyez votre message en texte brut" in told and "Révision" not in told


@pytest.mark.parametrize("page", ["<!DOCTYPE html>", "<?xml version='1.0'?>", "<!-- a", "</p>", " ", "<style></style>"])
def test_a_page_that_holds_nothing_says_nothing(page: str) -> None:
    assert mail.chosen_words("", page)[0].strip() == "" and mail.chosen_words("Un mot.", page) == ("Un mot.", False)


@pytest.mark.parametrize("piece", [
    "<style>", "<script ", "<head ", "<!--", "<style>@", "<style>@a{", "<style>/*", '<p style="/*', "<p ", "<br ",
])  # fmt: skip
def test_a_page_that_opens_what_it_never_closes_is_read_in_time(piece: str) -> None:
    page = piece * 40_000
    before = time.process_time()
    mail.with_hidden_marked(mail.UNREAD_HTML.sub("", page), mail.sheet_of(page))
    mail.TAG.sub(lambda tag: mail.ATTRIBUTE.sub("", tag[0]), page)
    assert time.process_time() - before < 4


def test_values_that_a_pattern_could_try_in_many_ways_are_read_in_time() -> None:
    page = f'<p style="background:{"1" * 40_000}x;color:{"rgb(" * 40_000}">Un mot.</p><p{" " * 40_000}>Suite.</p>'
    before = time.process_time()
    assert "Un mot." in mail.from_html(page) and time.process_time() - before < 4


def test_a_page_too_deep_to_tell_what_it_hides_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite.eml", message(html=f"{'<b>' * 2060}<i hidden>Caché ici.</i>").as_bytes())
    status, said = intake(project, capsys)
    assert status == 1 and not (project / MENDICITE).exists() and "abîmé" in said


def test_a_message_that_is_all_greeting_is_shown_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/un.eml", message("Bonjour,\n\nVoici la date.\n\nMerci\n").as_bytes())
    drop(project, "beta/deux.eml", message("Voici la correction : dix-huit enfants, non seize.\n").as_bytes())
    intake(project, capsys)
    assert lines_of(project)["beta/un.eml › message.txt"][0] == "ecarte"
    assert "Voici la date." in (project / "build/recus").joinpath(
        next(one.name for one in (project / "build/recus").glob("*un-eml*.txt"))
    ).read_text("utf-8-sig")
    assert lines_of(project)["beta/deux.eml › message.txt"][0] == "attente"


def test_of_one_file_twice_the_copy_in_a_folder_that_says_whose_it_is_counts(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "a/copie.docx", docx(*TEXT))
    drop(project, "beta/mendicite.docx", (project / "contributions/inbox/a/copie.docx").read_bytes())
    status, said = intake(project, capsys)
    assert status == 0 and lines_of(project) == {"beta/mendicite.docx": ("repris", MENDICITE)}, said
    assert "a/copie.docx : le même fichier que « beta/mendicite.docx »" in said


@pytest.mark.parametrize(("text", "subject", "kept", "quoted"), [
    ("Voici la correction : dix-huit enfants.\n", "", "Voici la correction : dix-huit enfants.\n", ""),
    ("Un mot.\n\n> cité\nla suite\n", "", "Un mot.\n\nla suite\n", "> cité"),
    ("Un mot.\n\nOn Fri, Dec 5, 2014 at 10:00 AM X <x@y.example>\nwrote:\n> cité\n", "", "Un mot.\n", "On Fri"),
    ("Un mot.\n\nDe : X\nEnvoyé : hier\nÀ : Y\nObjet : Z\n\nCité\n", "RE: Z", "Un mot.\n", "De : X"),
    ("Vu.\n\nDe : X\nEnvoyé : hier\nÀ : Y\nObjet : Z\n\nLe texte\n", "TR: Z", "Le texte\n", "De : X"),
    ("---------- Forwarded message ---------\nDe : X\nDate : hier\n\nLe texte\n", "", "Le texte\n", "Forwarded"),
    ("Un mot.\n\nEnvoyé de mon iPhone\n", "", "Un mot.\n", ""),
    ("Le mot « Cordialement, » n'est pas une fin.\n", "", "Le mot « Cordialement, » n'est pas une fin.\n", ""),
    (f"Cordialement,\n{LONG}\n", "", f"Cordialement,\n{LONG}\n", ""),
])  # fmt: skip
def test_what_is_cut_from_the_words_of_a_message(text: str, subject: str, kept: str, quoted: str) -> None:
    words = mail_words.cut_message(text, subject)
    assert words.text == kept
    assert quoted in words.quotation
    assert sorted(" ".join([words.text, words.signature, words.quotation]).split()) == sorted(text.split())


# ---------------------------------------------------------------- archives


def archive(*members: tuple[bytes, int, bytes]) -> bytes:
    """A zip whose members bear these very bytes as names, these flags and extra fields; each holds its own number."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for at, _ in enumerate(members):
            made.writestr(f"{at:08}", f"Texte {at}.")
    return _renamed(out.getvalue(), members)


def _renamed(data: bytes, members: tuple[tuple[bytes, int, bytes], ...]) -> bytes:
    local, central, offset = b"", b"", 0
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        for info, (name, flags, extra) in zip(old.infolist(), members, strict=True):
            content = old.read(info)
            head = struct.pack("<HHHHHIII", 20, flags, 0, 0, 33, info.CRC, len(content), len(content))
            lengths = struct.pack("<HH", len(name), len(extra))
            local += b"PK\x03\x04" + head + lengths + name + extra + content
            central += (
                b"PK\x01\x02" + struct.pack("<H", 20) + head + lengths + struct.pack("<HHHII", 0, 0, 0, 0, offset)
            )
            central += name + extra
            offset = len(local)
    number = len(members)
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, len(central), len(local), 0)


@pytest.mark.parametrize(("name", "flags", "extra"), [
    (unicodedata.normalize("NFD", "Bêta/thème/été.txt").encode(), 0, b""),  # a Mac
    ("Bêta/thème/été.txt".encode(), 0x800, b""),
    ("Bêta/thème/été.txt".encode("cp437"), 0, b""),
    ("Bêta/thème/été.txt".encode("cp850"), 0, b""),
    ("Bêta/thème/été.txt".encode("cp1252"), 0, b""),
    ("Bêta\\thème\\été.txt".encode(), 0x800, b""),  # PowerShell
    (b"B_ta/th_me/_t_.txt", 0, struct.pack("<HHBI", 0x7075, 5 + len("Bêta/thème/été.txt".encode()), 1, 0)
     + "Bêta/thème/été.txt".encode()),
])  # fmt: skip
def test_names_in_archives_are_read(name: bytes, flags: int, extra: bytes, tmp_path: Path) -> None:
    drop(tmp_path, "envoi.zip", archive((name, flags, extra)))
    (one,) = unpack.incoming_files(tmp_path)
    assert (one.path, one.data) == ("envoi.zip › Bêta/thème/été.txt", b"Texte 0.")
    assert one.folder == ("Bêta", "thème")


def test_two_names_that_read_alike_are_both_kept(tmp_path: Path) -> None:
    composed = "été.txt".encode()
    drop(tmp_path, "a.zip", archive((composed, 0x800, b""), (unicodedata.normalize("NFD", "été.txt").encode(), 0, b"")))
    assert [(o.path, o.data) for o in unpack.incoming_files(tmp_path)] == [
        ("a.zip › été (2).txt", b"Texte 1."), ("a.zip › été.txt", b"Texte 0."),
    ]  # fmt: skip


def test_folders_of_an_archive_say_whose_and_on_what(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("Association Bêta (inventée)/mendicite/texte.docx", docx(*TEXT))
        made.writestr("Association Bêta (inventée)/mendicite/schema.png", photo())
    drop(project, "envoi.zip", out.getvalue())
    status, said = intake(project, capsys)
    assert status == 0, said
    found = lines_of(project)
    assert found["envoi.zip › Association Bêta (inventée)/mendicite/texte.docx"] == ("repris", MENDICITE)
    assert found["envoi.zip › Association Bêta (inventée)/mendicite/schema.png"] == ("document", DOCUMENTS)


def test_the_screen_says_what_to_type_and_it_works_as_it_stands(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a/un texte.docx", docx(*TEXT))
        made.writestr("b/autre texte.txt", "Autre chose.")
    drop(project, "notre envoi.zip", out.getvalue())
    status, said = intake(project, capsys, "--lang", "fr")
    assert status == 1
    (line,) = [one for one in said.splitlines() if "à taper" in one and "un texte.docx" in one]
    file = next(part for part in shlex.split(line) if part.startswith("FILE=")).removeprefix("FILE=")
    assert file == "contributions/inbox/notre envoi.zip › a/un texte.docx"
    status, said = intake(project, capsys, "--association", "beta", "--theme", "mendicite", str(project / file))
    assert status == 0, said
    assert "tapez « make »" in said.replace("\u00a0", " ") and (project / MENDICITE).exists()


def test_a_name_that_turns_the_screen_around_is_shown_harmless_and_can_be_typed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, "l'été\u202ecod.docx", docx(*TEXT))
    status, said = intake(project, capsys, "--lang", "fr")
    assert status == 1 and "l'été\ufffdcod.docx : en attente" in said and "\u202e" not in said
    (typed,) = [one.split("FILE=")[1].split(" ASSOCIATION")[0] for one in said.splitlines() if "FILE=" in one]
    meant = subprocess.run(["bash", "-c", f"printf %s {typed}"], capture_output=True, env={"LC_ALL": "C.UTF-8"}).stdout
    assert meant.decode() == "contributions/inbox/l'été\u202ecod.docx"


# ---------------------------------------------------------------- bibliographies


def test_references_are_added_and_none_is_written_over(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = project / "contributions" / "beta" / "sources.bib"
    before = bib.read_text(encoding="utf-8") if bib.exists() else ""
    bib.write_text(before + "@misc{deja, title={Le premier}}\n", encoding="utf-8")
    sent = "@misc{deja, title={Un autre}}\n\n@book{neuf,\n  title = {Un livre inventé},\n}\n"
    drop(project, "beta/nos sources.bib", sent.encode())
    status, said = intake(project, capsys)
    assert status == 0 and "deja" in said
    made = bib.read_text(encoding="utf-8")
    assert "Le premier" in made and "Un autre" not in made and "Un livre inventé" in made
    assert "qui restent (deja)" in receipt(project, "sources")
    assert intake(project, capsys, "--undo", "oui")[0] == 0
    assert bib.read_text(encoding="utf-8") == before + "@misc{deja, title={Le premier}}\n"


def test_ris_becomes_biblatex_and_every_entry_has_a_key() -> None:
    ris = b"TY  - BOOK\r\nTI  - Un titre de livre\r\nAU  - Durand, Anne\r\nPY  - 2012\r\nER  - \r\n\r\n"
    text = as_biblatex("a.ris", ris + b"TY  - JOUR\r\nTI  - Autre\r\nER  - \r\n")
    assert with_entries("", text).added_keys == ("Durand_2012", "source-1")
    assert "title = {Un titre de livre}" in text
