"""What comes with a text or in parts: a word to whoever opens it, two halves, a page of a mail that is laid out."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest

from rapport.intake import mail, mail_words, page_tables, unpack
from rapport.inventory import web_page
from test_intake import drop, editors, intake, receipt, text_of
from word_files import docx, h, p, photo, zipped

pytestmark = pytest.mark.slow

TEXT = "<h2>Constat</h2><p>Un fait inventé.</p><h2>Recommandations</h2><ul><li>À l’État : agir.</li></ul>"
GRID = "<table><tr><th>Année</th><th>Cas</th></tr><tr><td>2012</td><td>4</td></tr></table>"


def message(page: str, plain: str = "Voyez la page.") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Bureau <bureau@beta.example>", "mendicite"
    made.set_content(plain)
    made.add_alternative(page, subtype="html")
    made.get_payload()[1].add_related(photo(), "image", "png", cid="<a1>")  # type: ignore[index, union-attr]
    return made.as_bytes()


# ---------------------------------------------------------------- a word to whoever opens it


@pytest.mark.parametrize("name", ["lisez-moi.txt", "LISEZMOI.TXT", "Readme.md", "À lire d'abord.txt", "1 - à lire.txt"])
def test_a_word_to_the_reader_is_no_contribution(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = "Bonjour,\r\n\r\nLa première partie est définitive.\r\n".encode("cp1252")
    text = docx(h("Constat"), p("Un fait inventé."), h("Recommandations"), p("À l’État : agir."))
    drop(project, "beta/mendicite.zip", zipped({f"mendicite/{name}": word, "mendicite/texte.docx": text}))
    status, said = intake(project, capsys)
    assert status == 0, said
    assert "le mot qui accompagne l'envoi, à lire : « Bonjour, / La première partie est définitive. »" in said
    assert "Un fait inventé." in text_of(project) and "définitive" not in text_of(project)


def test_a_whole_text_of_that_name_is_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite/lisez-moi.md", b"## Constat\n\nUn fait.\n\n## Recommandations\n\n- Agir.\n")
    assert intake(project, capsys)[0] == 0 and "Un fait." in text_of(project)


@pytest.mark.parametrize("name", ["lire et écrire.txt", "relisez-moi.txt", "mendicite.txt", "readme.docx"])
def test_other_names_are_those_of_texts(name: str) -> None:
    assert not unpack._is_note(name)


# ---------------------------------------------------------------- two halves


def test_no_half_is_asked_for_what_the_other_brings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/mendicite 1.docx", docx(h("Constat"), p("Des enfants inventés mendient la nuit.")))
    second = docx(h("Analyse au regard de la Convention"), p("Une loi."), h("Recommandations"), p("À l’État : agir."))
    drop(project, "beta/mendicite 2.docx", second)
    assert intake(project, capsys)[0] == 0
    assert "Une loi." in text_of(project)
    for half in ("1-", "2-"):
        assert "rien n'a été reconnu" not in receipt(project, half), half
        assert "mots : " in receipt(project, half) and "Repris dans" in editors(project, half)
    assert "les deux ont été réunis" in receipt(project, "2-")


# ---------------------------------------------------------------- a page that is laid out with tables


@pytest.mark.parametrize(("page", "tables"), [
    (f"<table><tr><td><table><tr><td>Logo</td><td>Mai</td></tr></table></td></tr><tr><td>{GRID}</td></tr></table>", 1),
    ("<table><tr><td>À gauche</td><td>À droite</td></tr></table>", 0),
    ("<table><tr><td>un</td></tr><tr><td>deux</td></tr></table>", 0),
    ("<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", 0),
    ("<table><tr><td colspan=2><h1>Titre</h1></td></tr><tr><td>a</td><td>b</td></tr></table>", 0),
    ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", 1),
    (GRID, 1),
])  # fmt: skip
def test_a_table_of_a_page_is_one_where_it_shows_rows_and_columns(page: str, tables: int) -> None:
    words = mail.from_html(page)
    assert len(web_page.read(page).tables) == tables
    assert len(re.findall(r"^\|[-:|]+\|$", words, re.MULTILINE)) == tables and "+--" not in words and ":::" not in words
    assert set(re.findall(r"\w+", re.sub("<[^>]*>", " ", page))) <= set(re.findall(r"\w+", words))


def test_tags_that_do_not_match_open_nothing() -> None:
    for page in ("</table><td>a</td>", "<table>", "<td><h2>x</h2>", "<table><caption>y</caption></table></table>"):
        assert re.findall(r">(\w)<", page) == re.findall(r">(\w)<", page_tables.without_layout(page))


def test_a_newsletter_is_read_as_its_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = '<table><tr><td><img src="cid:a1" alt="Logo inventé"></td><td>Décembre 2014</td></tr></table>'
    foot = "<p>Cordialement,</p><table><tr><td><small>Ce message est privé.</small></td></tr></table>"
    page = f"<table><tr><td>{head}<p>Bonjour,</p>{TEXT}{GRID}{foot}</td></tr></table>"
    drop(project, "beta/envoi.eml", message(page.replace("</p><h2>R", f"</p>{GRID}<h2>R")))
    status, said = intake(project, capsys)
    assert status == 0, said
    body = text_of(project)
    assert "|" in body and "+--" not in body and "\\|" not in body and "Cordialement" not in body
    told = receipt(project, "message")
    assert "images : 1 dans votre fichier, 0 dans le texte, nommés ci-dessous : 1" in told
    assert "titres : 2 dans votre fichier, 2 dans le texte" in told and "Logo inventé" in told
    assert "sans trace" not in told and "{.small}" not in told


def test_what_a_page_holds_is_counted_in_the_page() -> None:
    page = "<ol><li>un<ul><li>sous un</li></ul></li><li>deux</ol><h2>Titre</h2><img src=a><img style='display: none'>"
    found = web_page.read(page)
    assert [[" ".join(one.split()) for one in points] for points in found.lists] == [["un sous un", "deux"]]
    assert (found.headings, len(found.pictures)) == (["Titre"], 1)


def test_what_is_quoted_or_cut_is_told_without_marks() -> None:
    words = "Un fait.\n\nCordialement,\n\n| a | b |\n|---|---|\n| [c](https://x.example) | **d** |\n\n![L](data:a){x=1}"
    cut = mail_words.cut_message(words)
    assert cut.text == "Un fait.\n" and cut.signature == "Cordialement,\na b\nc d\n[L]"
    assert mail_words.cut_pictures(words, cut.text) == ["L"]


# ---------------------------------------------------------------- whose a part is, and on what


FACT = "Des enfants inventés attendent devant la gare."
BARE = docx(h("Constat"), p(FACT), h("Recommandations"), p("À l’État : agir."))
FORWARDED = (
    "Pour information.\n\n---------- Message transféré ----------\n"
    "De : Bêta <bureau@beta.example>\nDate : mar. 11 mars 2014 à 09:12\nObjet : {}\nÀ : Relais\n\n{}"
)
WORDS = f"Constat\n\n{FACT}\n\nRecommandations\n\nÀ l’État : agir."


def passed_on(subject: str, words: str, outer: str = "Fwd: contribution", bold: bool = False) -> EmailMessage:
    """A message that somebody else's office passes on, as programs write its header."""
    made = EmailMessage()
    made["From"], made["Date"], made["Subject"] = "r@relais.example", "Wed, 12 Mar 2014 10:00:00 +0100", outer
    text = FORWARDED.format(subject, words)
    made.set_content(text)
    if bold:
        lines = (
            re.sub(r"^(De|Date|Objet|À) :", r"<b>\1 :</b>", escape(line, quote=False)) for line in text.split("\n")
        )
        made.set_content("<br>".join(lines), subtype="html")
    return made


PARCELS = {
    "an archive in a folder of an archive": (
        "z.zip", zipped({"Bêta/travail forcé.zip": zipped({"textes/final.docx": BARE})}),
    ),
    "archives of those names": ("beta.zip", zipped({"envoi/travail-force.zip": zipped({"final.docx": BARE})})),
    "an archive that names both": ("Bêta - le travail forcé (v2).zip", zipped({"final.docx": BARE})),
    "a message passed on": ("tr.eml", passed_on("Le travail forcé", WORDS).as_bytes()),
    "a header in bold": ("tr.eml", passed_on("Le travail forcé", WORDS, bold=True).as_bytes()),
    "the theme in its words": ("tr.eml", passed_on("Notre texte", f"Thème : travail forcé\n\n{WORDS}").as_bytes()),
    "the theme as its title": ("tr.eml", passed_on("Notre texte", f"Le travail forcé\n\n{WORDS}").as_bytes()),
    "the subject alone": ("tr.eml", passed_on("Notre texte", WORDS, "TR: Bêta, travail forcé").as_bytes()),
}  # fmt: skip


@pytest.mark.parametrize("name", PARCELS)
def test_what_brings_a_text_says_whose_it_is_and_on_what(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "contributions/beta/travail-force.md").unlink(missing_ok=True)
    drop(project, *PARCELS[name])
    status, said = intake(project, capsys)
    assert status == 0, said
    assert FACT in text_of(project, "contributions/beta/travail-force.md")
    if "tr.eml" in PARCELS[name]:
        assert "2014-03-11" in text_of(project, "contributions/beta/travail-force.md")


def test_the_subject_of_a_message_tells_of_its_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = passed_on("Le travail forcé", "Voici notre texte.")
    sent.make_mixed()
    sent.add_attachment(BARE, "application", "octet-stream", filename="texte.docx")
    (project / "contributions/beta/travail-force.md").unlink(missing_ok=True)
    drop(project, "envoi.eml", sent.as_bytes())
    status, said = intake(project, capsys)
    assert status == 0, said
    assert FACT in text_of(project, "contributions/beta/travail-force.md")


def test_one_word_of_a_theme_is_a_likely_answer(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop(project, "beta/z.zip", zipped({"travail des mineurs/final.docx": BARE}))
    status, said = intake(project, capsys)
    assert status == 1 and "THEME=travail-force" in said


def test_the_words_of_who_passes_a_message_on_are_named_and_no_text() -> None:
    words = "Bonjour à tous,\n\nPour information.\n\nMarie\n\n"
    words += "De : Bêta <b@beta.example>\nDate : 11 mars 2014\nObjet : Texte\n\n"
    sent = f"Bonjour Marie,\n\nVoici notre texte :\n\n{WORDS}\n\nBien à vous,\nPaul"
    cut = mail_words.cut_message(words + sent, "TR : Texte")
    assert cut.text == f"{WORDS}\n"
    for told in ("Pour information.", "Marie", "Bonjour Marie,", "Voici notre texte :", "Paul"):
        assert told in cut.signature
    long = "Notre propre constat est que des enfants mendient. " * 12
    kept = mail_words.cut_message(f"{long}\n\n{words.split('Marie')[-1].strip()}\n\n{WORDS}\n", "TR : Texte").text
    assert long.strip() in kept and FACT in kept
