"""`rapport forms` and what comes back: a form filled in gives one contribution, whatever program it went through."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

import word_files
from form_filler import (
    CARD,
    MARKDOWN,
    SECTIONS,
    fill_docx,
    fill_odt,
    flattened,
    google,
    retitled,
    still_prompts,
    with_blocks,
    with_table_row,
)  # fmt: skip
from rapport import cli, pipeline, tree
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.forms import docx as forms_docx
from rapport.forms import files as forms
from rapport.forms import odt as forms_odt
from rapport.forms.fields import COLUMNS, FIELDS, FormField
from rapport.forms.page import AnswerCell, Form, compose
from rapport.intake import unpack as unpacked
from rapport.intake.blocks import clean_blocks
from rapport.intake.conversion import convert_file
from rapport.intake.markdown import write
from rapport.intake.plan import plan_of
from rapport.intake.proof import account_for
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, ReceivedText
from rapport.language import dates
from rapport.markdown import pandoc
from rapport.messages import forms_en, forms_fr
from rapport.office import convert
from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q
from rapport.project.calendar import reply_day

pytestmark = pytest.mark.slow

OFFICE = bool(shutil.which("soffice"))


@pytest.fixture
def examined(project: Path) -> Examined:
    return pipeline.examine(project, open_cache(project))


def form_of(examined: Examined, theme: str = "parole", language: str = "fr") -> Form:
    assert examined.outline
    chosen = next((one for one in examined.outline.themes if one.id == theme), None)
    wanted = reply_day(examined.outline.identity.reply_by, (), "", "2014-12-10")
    return compose(examined.outline, examined.associations, "beta", chosen, language, reply_by=wanted)


def taken(examined: Examined, root: Path, name: str, data: bytes, converted: bytes | None = None) -> IntakeResult:
    return convert_file(IncomingFile(name, data), plan_of(examined), EditorChoices(), open_cache(root), converted)


@pytest.mark.parametrize("asked", FIELDS, ids=lambda asked: asked.name)
def test_every_field_has_its_words(asked: FormField) -> None:
    for name, words in (("forms_fr", forms_fr.WORDS), ("forms_en", forms_en.WORDS)):
        wanted = {f"label-{asked.name}", f"{'box' if asked.kind == 'checkbox' else 'prompt'}-{asked.name}"}
        assert wanted <= words.keys(), f"add {sorted(wanted - words.keys())} to messages/{name}.py"


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_form_of_before_that_asks_for_a_state_is_read_and_told(examined: Examined, project: Path, kind: str) -> None:
    form = form_of(examined)
    assert "statut" not in {cell.name for cell in form.card}
    states = ("ébauche", "relu", "validé par l'association")
    row = AnswerCell("statut", "dropdown", "État du texte", "Choisissez : ébauche, relu ou validé", "relu", states)
    before = replace(form, card=(*form.card, row))
    filled = fill_docx(forms_docx.as_docx(before)) if kind == "docx" else fill_odt(forms_odt.as_odt(before))
    one = taken(examined, project, f"ancien.{kind}", filled)
    assert not one.problem and "statut" not in one.text
    assert [told.facts for told in one.contribution.decisions if told.name == "form-former"] == [
        {"field": "État du texte", "text": "relu"}
    ]
    assert_nothing_lost(one)


def assert_nothing_lost(one: IntakeResult) -> None:
    """By the independent count: everything of the file is in the text, or named."""
    counted = account_for(one, None, open_cache(Path(tempfile.mkdtemp())))
    assert counted
    assert {tally.kind: tally.missing_words for tally in counted.tallies if tally.missing_words} == {}


def questions(one: IntakeResult) -> list[tuple[str, str]]:
    return [(told.name, told.facts.get("text", "")) for told in one.contribution.questions]


# ---------------------------------------------------------------- the forms themselves


def test_one_form_for_each_and_one_for_each_theme_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["forms", "--root", str(project)]) == 0
    made = sorted(str(p.relative_to(project / forms.FOLDER)) for p in (project / forms.FOLDER).rglob("*.*"))
    named = (
        "alpha/formulaire alpha/parole alpha/travail-force beta/formulaire beta/travail-force gamma/formulaire".split()
    )
    assert made == [f"{name}.{suffix}" for name in named for suffix in ("docx", "odt")]
    assert "6 formulaires dans build/formulaires/" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in (project / forms.FOLDER).rglob("*.*")}
    shutil.rmtree(project / forms.FOLDER)
    assert cli.run(["forms", "--root", str(project)]) == 0
    assert before == {path: path.read_bytes() for path in (project / forms.FOLDER).rglob("*.*")}


def test_one_form_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--association", "gamma", "--theme", "mendicite"]
    assert cli.run(["forms", "--root", str(project), *chosen]) == 0
    said = "build/formulaires/gamma/mendicite.{0} écrit"
    assert capsys.readouterr().out.split("\n")[:2] == [said.format("docx"), said.format("odt")]
    assert cli.run(["forms", "--root", str(project), *chosen]) == 0
    assert "build/formulaires/gamma/mendicite.docx inchangé" in capsys.readouterr().out
    assert cli.run(["forms", "--root", str(project), "--theme", "mendicité forcée"]) == cli.arguments.USAGE
    assert "tapez l'un de ceux-ci : mendicite, travail-force, parole, formation" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_word_form_is_sound(examined: Examined, tmp_path: Path, language: str) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    file = tmp_path / "form.docx"
    file.write_bytes(forms_docx.as_docx(form_of(examined, language=language)))
    assert audit.OpenXmlValidator().validate(str(file)).errors == []
    parts = zipfile.ZipFile(file)
    root = etree.fromstring(parts.read("word/document.xml"))
    assert all(
        table.find(f"{q('w:tr')}/{q('w:trPr')}/{q('w:tblHeader')}") is not None for table in root.iter(q("w:tbl"))
    )
    assert all(table.find(f".//{q('w:tblDescription')}") is not None for table in root.iter(q("w:tbl")))
    assert all(sdt.getparent().tag == q("w:p") for sdt in root.iter(q("w:sdt")))  # LibreOffice keeps no others
    numbers = [one.get(q("w:val")) for one in root.iterfind(f".//{q('w:sdtPr')}/{q('w:id')}")]
    assert len(numbers) == len(set(numbers))
    marks = [mark.get(q("w:name")) for mark in root.iter(q("w:bookmarkStart"))]
    assert marks[:2] == ["sec_constat", "sec_analyse"] and len(marks) == 6
    settings = parts.read("word/settings.xml").decode()
    assert "documentProtection" not in settings and "updateFields" not in settings
    assert ('w:val="fr-FR"' if language == "fr" else 'w:val="en-GB"') in parts.read("word/styles.xml").decode()


def test_the_first_page_says_how_long_and_until_when(project: Path) -> None:
    plan = project / "chapters" / "outline.yaml"
    text = plan.read_text(encoding="utf-8").replace("articles: [CIDE 12]\n", "articles: [CIDE 12]\n        mots: 220\n")
    plan.write_text(
        text.replace("  date: 2015-02-28\n", "  date: 2015-02-28\n  retour_attendu: 2015-01-20\n"), encoding="utf-8"
    )
    examined = pipeline.examine(project, open_cache(project))
    assert form_of(examined).notes == (
        "Longueur prévue pour ce thème\u00a0: 220 mots, toutes associations ensemble et notes comprises.",
        "À renvoyer avant le 20 janvier 2015.",
    )


def test_the_catalogues_are_whole() -> None:
    assert forms_fr.WORDS.keys() == forms_en.WORDS.keys()
    for name in forms_fr.WORDS:
        facts = [set(re.findall(r"\{(\w+)\}", said.WORDS[name])) for said in (forms_fr, forms_en)]
        assert facts[0] == facts[1], name


def test_no_word_of_the_card_means_two_things() -> None:
    for words in (forms_fr.WORDS, forms_en.WORDS):
        heads = [words[f"label-{field.name}"] for field in FIELDS]
        heads += [words[f"column-{kind}-{field.name}"] for kind, fields in COLUMNS.items() for field in fields]
        assert all(heads)
        assert len({words[f"label-{field.name}"] for field in FIELDS}) == len(FIELDS)


# ---------------------------------------------------------------- filled in, and back


def test_an_empty_form_is_no_text(examined: Examined, project: Path) -> None:
    form = form_of(examined)
    for name, data in (("vide.docx", forms_docx.as_docx(form)), ("vide.odt", forms_odt.as_odt(form))):
        one = taken(examined, project, name, data)
        assert (one.problem, one.contribution.sections) == ("blank", {})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_form_filled_in(examined: Examined, project: Path, language: str) -> None:
    one = taken(examined, project, "rempli.docx", fill_docx(forms_docx.as_docx(form_of(examined, language=language))))
    said = "langue: en\n" if language == "en" else ""
    assert one.text == MARKDOWN.replace("articles:", f"{said}articles:")
    assert_nothing_lost(one)


def test_the_opendocument_form_filled_in(examined: Examined, project: Path) -> None:
    one = taken(examined, project, "rempli.odt", fill_odt(forms_odt.as_odt(form_of(examined))))
    assert one.text == MARKDOWN
    assert_nothing_lost(one)


def test_a_form_through_google_docs(examined: Examined, project: Path) -> None:
    one = taken(examined, project, "google.docx", google(fill_docx(forms_docx.as_docx(form_of(examined)))))
    assert one.text == MARKDOWN
    assert_nothing_lost(one)
    assert (one.contribution.association, one.contribution.theme) == ("beta", "parole")


def test_a_form_pasted_into_a_mail(examined: Examined, project: Path) -> None:
    page = "-t html-smart --wrap=none --embed-resources=false -f docx+styles".split()
    filled = fill_docx(forms_docx.as_docx(form_of(examined)))
    message = EmailMessage()
    message.set_content("Voyez la page.")
    message.add_alternative(f"<p>Bonjour,</p>{pandoc.run(page, filled).decode()}".replace("'", "’"), subtype="html")
    (words,) = unpacked.incoming_files(project, [_written(project / "envoi.eml", message.as_bytes())])
    one = convert_file(words, plan_of(examined), EditorChoices(), open_cache(project))
    assert one.contribution.sections and not [q for q in one.contribution.questions if "form" in q.name]
    assert account_for(one, None, open_cache(project)).is_complete  # type: ignore[union-attr]


def _written(place: Path, content: bytes) -> Path:
    place.write_bytes(content)
    return place


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_a_form_saved_as_plain_text_is_read_where_every_line_has_its_place(
    examined: Examined, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(convert.FILTERS, "txt", "txt:Text (encoded):UTF8")
    form = form_of(examined)
    filled = {"mot.docx": fill_docx(forms_docx.as_docx(form)), "libre.odt": fill_odt(forms_odt.as_odt(form))}
    as_typed = MARKDOWN.replace("### Un intertitre", "Un intertitre").replace(
        "**Des mots inventés en gras.**", "Des mots inventés en gras."
    )
    for name, data in convert.convert(filled, "txt").items():
        one = taken(examined, project, f"{name}.txt", data)
        assert one.text == as_typed, one.problem
        assert_nothing_lost(one)
        for before, after in (("Un rapport inventé", "Un rapport\ninventé"), ("TEST/2", "TEST/2\nun mot\nun autre")):
            spoiled = data.decode("utf-8-sig").replace(before, after).encode()
            assert taken(examined, project, f"{name}.txt", spoiled).problem == "form-as-text"
    rows = b"Constat\n\nUn constat.\n\nUne recommandation par ligne du tableau, avec son destinataire.\n"
    assert taken(examined, project, "texte.txt", rows).problem == ""


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("to", ["docx", "odt", "doc", "rtf"])
def test_a_form_through_libreoffice(
    examined: Examined, project: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    monkeypatch.setitem(convert.FILTERS, "doc", "doc:MS Word 97")
    monkeypatch.setitem(convert.FILTERS, "rtf", "rtf:Rich Text Format")
    form = form_of(examined)
    filled = {"mot.docx": fill_docx(forms_docx.as_docx(form)), "libre.odt": fill_odt(forms_odt.as_odt(form))}
    saved = convert.convert(filled, to)
    again = {}
    if to in ("doc", "rtf"):
        again = convert.to_docx({f"{name}.{to}": data for name, data in saved.items()})
    for name, data in saved.items():
        one = taken(examined, project, f"{name}.{to}", data, again.get(f"{name}.{to}"))
        assert one.text == MARKDOWN, name
        assert_nothing_lost(one)
        assert (one.contribution.association, one.contribution.theme) == ("beta", "parole"), name


@pytest.mark.parametrize("name", ["mot.docx", "libre.odt"])
def test_what_was_typed_over_a_prompt_is_kept(examined: Examined, project: Path, name: str) -> None:
    """LibreOffice 7.4 leaves the mark of a prompt on what was typed over it."""
    form = form_of(examined)
    filled = fill_docx(forms_docx.as_docx(form)) if name == "mot.docx" else fill_odt(forms_odt.as_odt(form))
    one = taken(examined, project, name, still_prompts(filled))
    assert one.text == MARKDOWN
    assert_nothing_lost(one)


def test_a_form_filled_in_is_accepted(examined: Examined, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = project / "contributions" / "inbox" / "envoi.docx"
    place.parent.mkdir()
    place.write_bytes(fill_docx(forms_docx.as_docx(form_of(examined))))
    assert cli.run(["intake", "--root", str(project)]) == 0, capsys.readouterr()
    assert (project / "contributions" / "beta" / "parole.md").read_text(encoding="utf-8") == MARKDOWN
    capsys.readouterr()
    cli.run(["check", "--root", str(project)])
    assert not [line for line in capsys.readouterr().out.split("\n") if "beta/parole.md" in line and "erreur" in line]


# ---------------------------------------------------------------- as people fill forms in


def test_a_heading_written_otherwise_is_known_by_its_bookmark(examined: Examined, project: Path) -> None:
    filled = fill_docx(forms_docx.as_docx(form_of(examined)))
    one = taken(examined, project, "titre.docx", retitled(filled, "Constat", "Ce que voient nos équipes inventées"))
    assert one.text == MARKDOWN
    assert_nothing_lost(one)
    assert "Ce que voient nos équipes inventées" in [told.facts.get("text") for told in one.contribution.decisions]


def test_text_typed_behind_a_heading_is_kept(examined: Examined, project: Path) -> None:
    filled = fill_docx(forms_docx.as_docx(form_of(examined)))
    one = taken(examined, project, "titre.docx", retitled(filled, "Constat", "Constat : des faits inventés"))
    assert "## Constat\n\ndes faits inventés\n" in one.text
    assert_nothing_lost(one)
    long = "Des faits inventés, mot après mot, " * 3
    one = taken(examined, project, "titre.docx", retitled(filled, "Constat", long))
    assert f"## Constat\n\n{long.strip()}\n" in one.text
    assert_nothing_lost(one)


def test_a_word_of_a_prompt_is_a_word(examined: Examined, project: Path) -> None:
    """« Choisir » and « Date » alone are prompts of the tables; in a sentence they are not."""
    form = fill_docx(forms_docx.as_docx(form_of(examined)))
    one = taken(examined, project, "mots.docx", retitled(form, "Former les équipes inventées.", "Choisir une Date."))
    assert "- **Au ministère inventé** (CIDE 12 ; clé) : Choisir une Date.\n" in one.text


def test_a_row_of_ones_own_is_asked_not_lost(examined: Examined, project: Path) -> None:
    filled = with_table_row(
        fill_docx(forms_docx.as_docx(form_of(examined))), "Une ligne inventée", "Une remarque inventée"
    )
    one = taken(examined, project, "ligne.docx", filled)
    assert one.text == MARKDOWN
    assert ("form-remark", "Une ligne inventée Une remarque inventée") in questions(one)
    assert_nothing_lost(one)


def test_text_typed_beside_the_prompt(examined: Examined, project: Path) -> None:
    """Where the prompt is no control any more, people type before or after it."""
    asked = forms_fr.WORDS["ask-constat"]
    typed = {
        **SECTIONS,
        "constat": [("p", f"{asked} Un texte inventé.")],
        "analyse": [("p", f"Un autre. {forms_fr.WORDS['ask-analyse']}")],
    }
    one = taken(examined, project, "invite.docx", fill_docx(forms_docx.as_docx(form_of(examined)), sections=typed))
    assert "## Constat\n\nUn texte inventé.\n" in one.text
    assert "Convention\n\nUn autre.\n" in one.text
    assert asked not in one.text
    assert_nothing_lost(one)


def test_text_typed_into_the_prompt(examined: Examined, project: Path) -> None:
    """LibreOffice lets the arrow keys into the middle of a prompt, and breaks lines there where one types Enter."""
    asked = forms_fr.WORDS["ask-constat"]
    typed = {**SECTIONS, "constat": [("p", f"{asked[:9]}Un texte@inventé.{asked[9:]}")]}
    filled = fill_docx(forms_docx.as_docx(form_of(examined)), sections=typed)
    parts = unpack(filled)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"@", b"</w:t><w:br/><w:t>")
    one = taken(examined, project, "dedans.docx", pack(parts))
    assert "## Constat\n\nUn texte\n\ninventé.\n\n##" in one.text
    assert_nothing_lost(one)


def test_text_typed_in_front_of_a_heading(examined: Examined, project: Path) -> None:
    filled = fill_docx(forms_docx.as_docx(form_of(examined)))
    one = taken(examined, project, "titre.docx", retitled(filled, "Témoignages", "Une fin inventée. Témoignages"))
    assert "\n\nUne fin inventée.\n\n## Témoignages\n" in one.text
    assert_nothing_lost(one)


def test_a_sentence_of_an_older_form_is_told(examined: Examined, project: Path) -> None:
    """Forms wait for months in mailboxes; meanwhile their sentences may be written better."""
    old = forms_fr.WORDS["ask-recommandations"].replace("Écrivez une", "Inscrivez une")
    filled = fill_docx(forms_docx.as_docx(form_of(examined)), sections={**SECTIONS, "recommandations": [("p", old)]})
    one = taken(examined, project, "vieux.docx", filled)
    assert one.text == MARKDOWN
    assert ("form-printed", old) in [(told.name, told.facts.get("text")) for told in one.contribution.decisions]
    assert_nothing_lost(one)


def test_a_form_without_styles(examined: Examined, project: Path) -> None:
    table = word_files.table(("Année inventée", "Nombre inventé"), ("2013", "douze"))
    filled = with_blocks(fill_docx(forms_docx.as_docx(form_of(examined))), "Un premier paragraphe", table)
    one = taken(examined, project, "plat.docx", flattened(filled))
    assert "| Année inventée | Nombre inventé |\n|-" in one.text
    assert one.text == taken(examined, project, "mot.docx", filled).text
    assert_nothing_lost(one)


def test_the_receipt_of_a_form_counts_its_own_words_apart(
    examined: Examined, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = project / "contributions" / "inbox" / "envoi.docx"
    place.parent.mkdir()
    place.write_bytes(fill_docx(forms_docx.as_docx(form_of(examined))))
    assert cli.run(["intake", "--root", str(project)]) == 0, capsys.readouterr()
    receipt = " ".join(next((project / "build" / "recus").glob("*.txt")).read_text(encoding="utf-8").split())
    assert "imprimés par le formulaire lui-même : " in receipt
    assert "Aucun mot n'est perdu" in receipt
    assert "nommés ci-dessous" not in receipt
    assert "Ce qui n'a pas pu être repris" not in receipt


def test_what_is_not_understood_is_asked(examined: Examined, project: Path) -> None:
    card = CARD | {"date": "au printemps", "diffusion": "entre nous", "articles": "12 et 39"}
    one = taken(examined, project, "flou.docx", fill_docx(forms_docx.as_docx(form_of(examined)), card))
    assert ("form-date-unread", "au printemps") in questions(one)
    assert ("form-unknown", "entre nous") in questions(one)
    assert_nothing_lost(one)


def test_a_theme_of_ones_own(examined: Examined, project: Path) -> None:
    card = CARD | {"theme_propose": "Le sport inventé"}
    one = taken(examined, project, "propose.docx", fill_docx(forms_docx.as_docx(form_of(examined, "")), card))
    assert (one.contribution.theme, one.contribution.proposes) == ("le-sport-invente", "Le sport inventé")
    assert "theme_propose: Le sport inventé\n" in one.text


@pytest.mark.parametrize(
    ("typed", "language", "iso", "sure"),
    [
        ("12 janvier 2015", "fr", "2015-01-12", True),
        ("le lundi 1er décembre 2014", "fr", "2014-12-01", True),
        ("12/01/2015", "fr", "2015-01-12", True),
        ("12.01.2015", "fr", "2015-01-12", True),
        ("2015-01-12", "fr", "2015-01-12", True),
        ("12/01/2015", "en", "2015-01-12", False),
        ("25/01/2015", "en", "2015-01-25", True),
        ("01/25/2015", "fr", "2015-01-25", False),
        ("12/1/15", "fr", "2015-01-12", False),
        ("janvier 2015", "fr", "2015-01-01", False),
        ("12 janv. 2015", "fr", "2015-01-12", True),
        ("January 12th, 2015", "en", "2015-01-12", True),
        ("31/02/2015", "fr", "", True),
        ("au printemps 2015", "fr", "", True),
        ("12 ju 2015", "fr", "", True),
    ],
)
def test_dates_as_people_type_them(typed: str, language: str, iso: str, sure: bool) -> None:
    assert dates.read(typed, language) == dates.Day(iso, sure)


def test_the_opendocument_form_is_whole(examined: Examined) -> None:
    with zipfile.ZipFile(io.BytesIO(forms_odt.as_odt(form_of(examined)))) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        named = set(re.findall(r'full-path="([^"]+\.xml)"', package.read("META-INF/manifest.xml").decode()))
        assert named == {name for name in package.namelist() if "/" not in name} - {"mimetype"}
        sheets = [etree.fromstring(package.read(name)) for name in ("styles.xml", "content.xml")]
        looks = [one for sheet in sheets for one in sheet.iter("{*}style", "{*}list-style")]
        styles = {value for one in looks for key, value in one.items() if key.endswith("}name")}
        used = set(re.findall(r'(?:text|table):style-name="([^"]+)"', package.read("content.xml").decode()))
        assert used <= styles


def test_what_programs_do_to_notes_and_tables_is_undone() -> None:
    """LibreOffice raises the call of a note and sets the note in; each program gives columns widths of its own."""
    said = tree.para(tree.string("Une note inventée."))
    note = {"t": "Note", "c": [{"t": "BlockQuote", "c": [said]}]}
    raised = tree.para([*tree.string("mot"), {"t": "Superscript", "c": [note]}])
    received = ReceivedText()
    assert clean_blocks([raised], received) == [tree.para([*tree.string("mot"), {"t": "Note", "c": [said]}])]
    texts = ["| | |", "|--|--|", "| Année | Nombre |", "| 2013 | douze |"]
    table = json.loads(next(pandoc.read_all(["\n".join(texts)])).payload)["blocks"][0]
    table["c"][2] = [[side, {"t": "ColWidth", "c": 0.5}] for side, _ in table["c"][2]]
    assert write(clean_blocks([table], received)).splitlines()[0] == "| Année | Nombre |"
    assert received.repairs == {"table-head": 1}


def test_a_list_begins_at_one_under_each_heading(examined: Examined, project: Path) -> None:
    typed = {**SECTIONS, "bonnes-pratiques": [("p", "Avant."), ("l", "Une suite inventée")]}
    one = taken(examined, project, "suite.docx", fill_docx(forms_docx.as_docx(form_of(examined)), sections=typed))
    assert "Avant.\n\n1.  Une suite inventée\n" in one.text
    assert one.contribution.repairs["list-start"] == 1
    assert_nothing_lost(one)
