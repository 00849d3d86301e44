"""The Word file: what the document says arrives, as Word's own things, and nothing else does."""

from __future__ import annotations

import getpass
import hashlib
import io
import os
import re
import shutil
import subprocess
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from docx_sample import (
    DOCUMENT,
    LONG,
    META,
    W,
    Word,
    counted,
    div,
    header,
    image,
    link,
    numbered,
    p,
    para,
    said,
    string,
    table,
    value,
)  # fmt: skip
from office import as_pdf, needs_office
from rapport.model import Document, Edition, Node
from rapport.office import style_names as styles
from rapport.office.embedded_fonts import FACES, FOLDER, font_parts, obfuscate_font
from rapport.office.fields import bookmark_name
from rapport.office.namespaces import q
from rapport.office.page_setup import TEXT_WIDTH
from rapport.output.columns import fair_widths, with_room
from rapport.output.docx.headings import headings
from rapport.output.docx.reference_document import reference_docx
from rapport.output.docx.reference_styles import STYLES
from rapport.output.docx.writer import write
from rapport.output.visitor import Unprintable
from rapport.proof.docx_package import FONTS
from rapport.proof.docx_reading import read_docx
from spoiled import docx as docx_with

pytestmark = pytest.mark.slow
FILES = ("serif.ttf", "serif-bold.ttf", "serif-italic.ttf", "serif-bold-italic.ttf", "sans.ttf", "sans-bold.ttf")


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Document], Word]:
    """Document → finished Word file."""
    folder = tmp_path_factory.mktemp("docx")
    (folder / "reference.docx").write_bytes(reference_docx("fr"))
    Image.new("RGB", (60, 40), "navy").save(folder / "0a1b.png")
    Image.new("RGB", (200, 4000), "navy").save(folder / "ffee.png")
    return lambda d: Word(write(d, folder, folder / "reference.docx"))


@pytest.fixture(scope="module")
def draft(make: Callable[[Document], Word]) -> Word:
    return make(DOCUMENT)


@pytest.fixture(scope="module")
def public(make: Callable[[Document], Word]) -> Word:
    return make(replace(DOCUMENT, meta=replace(META, edition=Edition.PUBLIC)))


# ---------------------------------------------------------------- what is said arrives


def test_every_kind_of_node_arrives(draft: Word) -> None:
    text = [text for _, text, _ in draft.paragraphs]
    assert (
        "Mots simples, en italiqueen grasbarréssoulignéspetitsexposésindices \ncodésliésau loin(GRETA 2013)in English"
    ) in text
    for words in (
        "PROJET N° 1", "Membre 11", "Aucune contribution reçue.", "Hors la Rue", "Un texte que rien ne désigne.",
        "Élément un.", "Suite de l’élément.", "Étape a.", "Parole citée.", "ligne une\n  ligne deux",
        "Vers un\nVers deux", "Terme", "Sa définition.", "Police et gendarmerie", "Tableau\u00a01\u00a0– Étapes",
        "Figure\u00a01\u00a0– Signalements", "Et vite.", "In English: 12 000.", "GRETA, Rapport, 2013.",
    ):  # fmt: skip
        assert words in text, words


def test_classes_become_named_styles(draft: Word) -> None:
    assert draft.of("Provenance") == ["Hors la Rue"]
    assert draft.of("Encadré – sans contribution") == ["Aucune contribution reçue."]
    assert draft.of(styles.RECOMMENDATION_MORE) == ["Et vite."]
    assert draft.of("Bibliography") == ["GRETA, Rapport, 2013."]
    assert draft.of(styles.QUOTE) == ["Parole citée.", "Titre égaré"]
    assert draft.of("heading 1") == ["Le collectif", "Les formes", "Questions transversales", "Bibliographie"]
    known = {style.get(f"{W}styleId") for style in draft.xml("word/styles.xml").iter(f"{W}style")}
    used = {e.get(f"{W}val") for name in ("pStyle", "rStyle", "tblStyle") for e in draft.body.iter(W + name)}
    assert used <= known


def test_footnotes_are_real_and_in_order(draft: Word) -> None:
    notes = draft.xml("word/footnotes.xml").findall(f"{W}footnote")
    assert [said(note).strip() for note in notes if note.get(f"{W}type") is None] == ["Première note.Sa suite."]
    assert len(list(draft.body.iter(f"{W}footnoteReference"))) == 1


def test_calls_of_two_notes_stand_apart(make: Callable[[Document], Word]) -> None:
    notes = [{"t": "Note", "c": [p(words)]} for words in ("Une source.", "Une autre.")]
    cited = {"t": "Cite", "c": [[], [notes[1]]]}
    word = make(Document(META, (), ((para([*string("Un couple"), notes[0], cited, *string(".")]),),), ()))
    (line,) = (one for one in word.body.iter(f"{W}p") if "Un couple" in said(one))
    assert re.findall(r"\d|\s|[.]", "".join(_letters_and_calls(line)).partition("couple")[2]) == ["1", "\xa0", "2", "."]


def test_what_announces_a_list_stands_on_its_page(make: Callable[[Document], Word]) -> None:
    words = ("Il vise : tout.", "Deux choses\u00a0:", "Une chose.")
    word = make(Document(META, (), (tuple(map(p, words)),), ()))
    kept = {said(one): one.find(f"{W}pPr/{W}keepNext") is not None for one in word.body.iter(f"{W}p")}
    assert [kept[one] for one in words] == [False, True, False]


def _letters_and_calls(line: etree._Element) -> Iterator[str]:
    calls = 0
    for node in line.iter(f"{W}t", f"{W}footnoteReference"):
        calls += node.text is None
        yield node.text or str(calls)


def test_text_that_looks_like_our_marks_stays_text(draft: Word) -> None:
    text, paragraph = next((t, e) for _, t, e in draft.paragraphs if "pPr" in t)
    assert text == "<!--pPr <w:pageBreakBefore/>--> <!--table of contents--> (page)"
    assert not list(paragraph.iter(f"{W}pageBreakBefore"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (numbered("paragraph", 7, "x", p("a")), "stands where Word counts 1"),
        (numbered("paragraph", 1, "x", {"t": "HorizontalRule"}), "no text to number"),
        (counted(table([["a"], ["b"]], "Légende"), "2"), "table 2 stands where Word counts 1"),
        (counted(header(1, string("Partie"), "x"), "II"), "part II stands where Word counts 1"),
        ({"t": "RawBlock", "c": ["openxml", "<w:p/>"]}, "RawBlock"),
        (para([{"t": "Quoted", "c": [{"t": "DoubleQuote"}, []]}]), "Quoted"),
        (para([{"t": "RawInline", "c": ["openxml", "<w:r/>"]}]), "RawInline"),
        (para([{"t": "Math", "c": [{"t": "InlineMath"}, "x"]}]), "Math"),
        (para([image("../secret.png", "")]), "not staged"),
        (para([image("https://example.org/a.png", "")]), "not staged"),
        (para([link("x", "file:///etc/passwd")]), "a link"),
        (para([link("x", "#nulle-part")]), "lead nowhere: nulle-part"),
        (div([p("a"), div([p("b")], [], "x")], [], "x"), "two places have the id x"),
    ],
)
def test_what_must_not_come_here_is_refused(make: Callable[[Document], Word], wrong: Node, said: str) -> None:
    with pytest.raises(Unprintable, match=re.escape(said)):
        make(Document(META, (), ((wrong,),), ()))


# ---------------------------------------------------------------- Word's own numbers, anchors and lists


def test_word_counts_the_numbers_that_the_document_says(draft: Word) -> None:
    found = draft.xml("word/styles.xml").findall(f"{W}style")
    counted = {style.get(f"{W}styleId") for style in found if value(style, "pPr/numPr/numId") == "1"}
    assert counted == {styles.style_id(styles.NUMBERED), styles.style_id(styles.RECOMMENDATION)}
    names = [e.find(f"{W}bookmarkStart").get(f"{W}name") for style, _, e in draft.paragraphs if style in counted]
    assert names == ["p-1", "p-2", bookmark_name(LONG), "p-4", "p-5"]
    numbering = draft.xml("word/numbering.xml")
    num = next(n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == "1")
    kept = next(
        a for a in numbering.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == value(num, "abstractNumId")
    )
    assert (value(kept, "lvl/numFmt"), value(kept, "lvl/lvlText"), value(kept, "lvl/start")) == ("decimal", "%1.", "1")


def test_headings_are_numbered_by_word(draft: Word) -> None:
    lists = {text: value(e, "pPr/numPr/numId") for style, text, e in draft.paragraphs if style.startswith("Heading")}
    assert lists["Les formes"] == lists["Questions transversales"] == "2"
    assert lists["Ventes de bébés"] == lists["Adoptions illégales"] == lists["Le statut de l’enfant"] == "3"
    assert lists["Le collectif"] == lists["Constat"] == ""
    assert [h.number for h in headings(DOCUMENT)] == ["", "I", "1", "2", "II", "3", ""]


def test_bookmarks_stand_inside_paragraphs_and_links_find_them(draft: Word) -> None:
    starts = list(draft.body.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name") for start in starts]
    ids = [start.get(f"{W}id") for start in starts]
    assert {start.getparent().tag for start in starts} == {f"{W}p"}
    assert len(set(names)) == len(names) and max(map(len, names)) <= 40
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(end.get(f"{W}id") for end in draft.body.iter(f"{W}bookmarkEnd"))
    anchors = {e.get(f"{W}anchor") for e in draft.body.iter(f"{W}hyperlink")} - {None}
    assert {"p-2", bookmark_name(LONG)} <= anchors <= set(names)
    looks = {e.get(f"{W}val"): e.getparent().getparent().getparent() for e in draft.body.iter(f"{W}rStyle")}
    assert looks["Renvoi"].get(f"{W}anchor") and not looks["Hyperlink"].get(f"{W}anchor")
    assert {"p-1", "theme-ventes", "tab-1", "fig-1", "ref-greta2013"} <= set(names)


def test_a_final_edition_keeps_only_the_anchors_that_links_need(public: Word) -> None:
    names = {e.get(f"{W}name") for e in public.body.iter(f"{W}bookmarkStart")}
    assert {name for name in names if not name.startswith("_Toc")} == {"p-2", bookmark_name(LONG)}
    assert len(list(public.body.iter(f"{W}bookmarkEnd"))) == len(names)


def test_only_a_draft_tracks_corrections(draft: Word, public: Word) -> None:
    assert b"<w:trackRevisions/>" in draft.parts["word/settings.xml"]
    assert b"track" not in public.parts["word/settings.xml"]


def test_only_a_draft_wears_its_word_and_its_line_numbers(draft: Word, public: Word) -> None:
    header = next(draft.xml(name) for name in draft.parts if name.startswith("word/header"))
    shape = next(header.iter("{*}shape"))
    assert shape.get("alt") == META.strings["watermark"]
    assert [path.get("string") for path in shape.iter("{*}textpath")] == ["PROJET"]
    counted = [section.find(f"{W}lnNumType") for section in draft.body.iter(f"{W}sectPr")]
    assert [None if c is None else c.get(f"{W}countBy") for c in counted] == [None, None, None, "5"]
    everything = b"".join(public.parts[name] for name in public.parts if name.endswith(".xml"))
    assert b"lnNumType" not in everything and b'PROJET"' not in everything and b"v:shape" not in everything


@pytest.mark.parametrize("style", ["header", "footer", "caption", "TOC Heading", "toc 1", "toc 2", "Title"])
def test_lines_that_nobody_quotes_are_not_counted(style: str) -> None:
    assert next(s for s in STYLES if s.name == style).skips_line_numbers


def test_list_items_go_on_without_an_empty_bullet(draft: Word) -> None:
    items = {text: e.find(f"{W}pPr") for style, text, e in draft.paragraphs if style == styles.style_id(styles.LIST)}
    assert items["Élément un."].find(f"{W}numPr") is not None
    assert items["Suite de l’élément."].find(f"{W}numPr") is None
    assert items["Suite de l’élément."].find(f"{W}ind").get(f"{W}left") == "400"


def test_lists_stand_under_their_paragraph_with_bullets_that_all_fonts_have(draft: Word) -> None:
    lists = [
        a for a in draft.xml("word/numbering.xml").iter(f"{W}abstractNum") if int(a.get(f"{W}abstractNumId")) > 990
    ]
    first = [a.find(f"{W}lvl") for a in lists]
    assert {(value(level, "numFmt"), value(level, "lvlText")) for level in first} == {
        ("bullet", "–"),
        ("lowerLetter", "%1)"),
    }
    indents = [level.find(f"{W}pPr/{W}ind") for level in first]
    assert {(i.get(f"{W}left"), i.get(f"{W}hanging")) for i in indents} == {("400", "300")}
    assert b"Symbol" not in draft.parts["word/numbering.xml"]


# ---------------------------------------------------------------- pages


def test_the_table_of_contents_is_filled_and_asks_nothing(draft: Word) -> None:
    assert draft.of("toc 1") == [
        "Le collectif", "I\tLes formes\t§\u00a01", "II\tQuestions transversales", "Bibliographie"
    ]  # fmt: skip
    assert draft.of("toc 2") == [
        "1\tVentes de bébés\t§\u00a01", "2\tAdoptions illégales\t§\u00a03", "3\tLe statut de l’enfant"
    ]  # fmt: skip
    assert draft.of("TOC Heading") == ["Table des matières"]
    codes = "".join(e.text for e in draft.body.iter(f"{W}instrText"))
    assert 'TOC \\o "1-2"' in codes and "PAGEREF" not in codes
    kinds = [e.get(f"{W}fldCharType") for e in draft.body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    assert (
        b"updateFields" not in draft.parts["word/settings.xml"] and b"w:dirty" not in draft.parts["word/document.xml"]
    )
    anchors = {e.get(f"{W}anchor") for e in draft.body.iter(f"{W}hyperlink") if e.get(f"{W}history")}
    heads = [e for style, _, e in draft.paragraphs if style in ("Heading1", "Heading2")]
    assert anchors == {
        e.get(f"{W}name") for h in heads for e in h.iter(f"{W}bookmarkStart") if "_Toc" in e.get(f"{W}name")
    }


def test_parts_start_on_a_new_page_and_the_cover_stands_apart(draft: Word) -> None:
    broken = [text for _, text, e in draft.paragraphs if list(e.iter(f"{W}pageBreakBefore"))]
    assert broken == ["Les formes", "Questions transversales"], "parts alone"
    sections = list(draft.body.iter(f"{W}sectPr"))
    assert [s.find(f"{W}cols").get(f"{W}num") for s in sections] == ["1", "3", "1", None]
    assert [len(s.findall(f"{W}headerReference")) for s in sections] == [0, 0, 0, 1]
    size = sections[-1].find(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


def test_header_and_footer_are_in_the_words_of_the_report(draft: Word) -> None:
    running = {name: said(draft.xml(name)) for name in draft.parts if re.match("word/(header|footer)", name)}
    assert sorted(running.values()) == ["Page 1 sur 1", "Projet n° 1 — <rapport>"]


DRAWN = (styles.RULE, *(styles.style_id(styles.STYLE_OF_CLASS[f"cover-{name}"]) for name in ("top", "rule")))
"""Styles of paragraphs that draw a line or a field, and say nothing."""


def test_no_paragraph_is_empty_but_what_is_drawn(draft: Word, public: Word) -> None:
    for word in (draft, public):
        empty = [style for style, text, e in word.paragraphs if not text and not list(e.iter(f"{W}drawing"))]
        assert [style for style in empty if style not in DRAWN] == [""]  # between two tables Word needs one


# ---------------------------------------------------------------- tables and pictures


def test_tables_have_a_header_row_whole_rows_and_the_width_of_the_text(draft: Word) -> None:
    first, *_ = tables = list(draft.body.iter(f"{W}tbl"))
    assert [len(list(t.iter(f"{W}tblHeader"))) for t in tables] == [1, 1]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for t in tables for row in t.iter(f"{W}tr"))
    widths = [int(c.get(f"{W}w")) for c in first.iter(f"{W}gridCol")]
    assert abs(sum(widths) - TEXT_WIDTH * 20) <= 2 and widths[0] < widths[1]
    assert draft.of(styles.TABLE_HEAD) == ["Étape", "Autorité", "Sans", "Légende"]
    below = next(e for _, text, e in draft.paragraphs if text == "Sous les tableaux.")
    assert below.find(f"{W}pPr/{W}spacing").get(f"{W}before") == "200"
    codes = [e.text.split() for e in draft.body.iter(f"{W}instrText") if "SEQ" in e.text]
    assert [code[:2] for code in codes] == [["SEQ", "Tableau"], ["SEQ", "Figure"]]


def test_what_stands_in_a_list_or_a_cell_keeps_to_it(make: Callable[[Document], Word]) -> None:
    narrow = table([["Étape", "Image"], ["Repérage", ""]], "Étapes")
    narrow["c"][4][0][3][0][1][1][4] = [para([image("ffee.png", "")])]
    item = {"t": "BulletList", "c": [[p("Un"), table([["a", "b"], ["c", "d"]], "")]]}
    word = make(Document(META, (), ((narrow, item, narrow),), ()))
    indented = list(word.body.iter(f"{W}tbl"))[1]
    assert (value_of(indented, "tblInd"), value_of(indented, "tblW")) == ("400", str(round(TEXT_WIDTH * 20) - 400))
    column = list(word.body.iter(f"{W}gridCol"))[1]
    assert all(int(e.get("cx")) <= int(column.get(f"{W}w")) * 635 for e in word.body.iter("{*}extent"))
    assert word.body[0][-2].tag == f"{W}p"  # or LibreOffice shows the last table as a tracked change


def test_many_columns_get_smaller_type_and_narrow_margins(make: Callable[[Document], Word]) -> None:
    usual, many = (table([["Étape"] * n, ["Repérage"] * n], "Étapes") for n in (7, 8))
    word = make(Document(META, (), ((usual, many),), ()))
    assert len(word.of(styles.TABLE_TEXT)) == len(word.of(styles.TABLE_HEAD)) == 7
    assert len(word.of(styles.NARROW_TEXT)) == len(word.of(styles.NARROW_HEAD)) == 8
    assert [t.find(f"{W}tblPr/{W}tblCellMar") is not None for t in word.body.iter(f"{W}tbl")] == [False, True]


def value_of(table: etree._Element, name: str) -> str | None:
    found = table.find(f"{W}tblPr/{W}{name}")
    return None if found is None else found.get(f"{W}w")


def test_pictures_say_what_they_show_and_not_where_they_lay(draft: Word) -> None:
    drawings = list(draft.body.iter("{*}inline"))
    assert [d.find("{*}docPr").get("descr") for d in drawings] == ["Une barre & <rien>", "Une colonne"]
    assert {d.get("distL") for d in drawings} == {"0"}  # unsaid, LibreOffice moves them off by nine points
    assert all(e.get("descr") is None for e in draft.body.iter("{*}cNvPr"))
    assert not any(name in part for name in (b"0a1b", b"ffee") for part in draft.parts.values())
    assert max(int(d.find("{*}extent").get("cy")) for d in drawings) <= 480 * 12700


# ---------------------------------------------------------------- the file


def test_the_same_report_gives_the_same_bytes(make: Callable[[Document], Word], draft: Word) -> None:
    assert make(DOCUMENT).data == draft.data
    assert reference_docx("en") == reference_docx("en")


def test_nothing_of_the_machine_or_of_the_tools_is_left(draft: Word) -> None:
    with zipfile.ZipFile(io.BytesIO(draft.data)) as package:
        assert {(i.date_time[0], i.create_system) for i in package.infolist()} == {(1980, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
    everything = b"\n".join(draft.parts.values())
    for left in ("/tmp", str(Path.home()), "python-docx", "pandoc", "Normal.dotm", "rsid", "<!--", styles.HEADER_MARK):
        assert left.encode() not in everything, left
    assert getpass.getuser().encode() not in draft.parts["docProps/core.xml"]


def test_the_file_says_of_itself_what_the_report_says(draft: Word) -> None:
    core = {etree.QName(e).localname: e.text for e in draft.xml("docProps/core.xml")}
    assert core == {
        "title": "La traite des mineurs & la Convention",
        "subject": "Rapport alternatif",
        "creator": "Ensemble contre la traite",
        "language": "fr-FR",
        "created": "2015-02-28T00:00:00Z",
        "modified": "2015-02-28T00:00:00Z",
    }
    assert len(draft.xml("docProps/app.xml")) == len(draft.xml("docProps/custom.xml")) == 0


def test_the_language_is_said_and_where_it_changes(draft: Word) -> None:
    default = draft.xml("word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert default is not None and default.get(f"{W}val") == "fr-FR"
    english = {said(run) for run in draft.body.iter(f"{W}r") if value(run, "rPr/lang") == "en-GB"}
    assert english == {"in English", "In English: 12 000."}


def _luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_colour_can_be_read(style: Any) -> None:
    by_name = {s.name: s for s in STYLES}
    color = ground = ""
    at = style
    while at is not None:
        color, ground = color or at.color, ground or at.fill
        at = by_name.get(at.base)
    lights = sorted((_luminance(color or "1C2230"), _luminance(ground or "FFFFFF")))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def test_every_class_has_its_style() -> None:
    assert set(styles.STYLE_OF_CLASS.values()) <= {style.name for style in STYLES}
    assert len({styles.style_id(style.name) for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize("edition", ["draft", "public"])
def test_the_file_is_valid(edition: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    (tmp_path / "report.docx").write_bytes(request.getfixturevalue(edition).data)
    assert audit.OpenXmlValidator().validate(str(tmp_path / "report.docx")).errors == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_counts_as_the_document_does(draft: Word, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(draft.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "report.docx"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # it leaves folders there
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120, env=environment)
    lines = [" ".join(line.split()) for line in (tmp_path / "report.txt").read_text(encoding="utf-8-sig").splitlines()]
    assert [line.split()[0] for line in lines if re.match(r"\d+\. ", line)] == ["1.", "2.", "3.", "4.", "5."]
    assert {"I Les formes", "2 Adoptions illégales", "II Questions transversales", "3 Le statut de l’enfant"} <= set(
        lines
    )


def test_the_file_carries_its_fonts(draft: Word) -> None:
    with zipfile.ZipFile(io.BytesIO(draft.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    table = etree.fromstring(parts["word/fontTable.xml"])
    relations = {one.get("Id"): one.get("Target") for one in etree.fromstring(parts["word/_rels/fontTable.xml.rels"])}
    carried = []
    for font in table:
        for face in (face for face in font if face.get(q("w:fontKey"))):
            key = uuid.UUID(face.get(q("w:fontKey")))
            clear = obfuscate_font(parts[f"word/{relations[face.get(q('r:id'))]}"], key)
            assert clear.startswith(b"\0\1\0\0") and clear == (FOLDER / FILES[len(carried)]).read_bytes()
            carried.append(f"{font.get(q('w:name'))} {face.tag.partition('}embed')[2]}")
    assert carried == [
        *(f"Rapport Serif {face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")),
        *("Rapport Sans Regular", "Rapport Sans Bold"),
    ]
    embedded = {hashlib.sha256(part).hexdigest() for name, part in parts.items() if name.endswith(".odttf")}
    arabic = {hashlib.sha256(part).hexdigest() for name, part in font_parts(tuple(FACES)).items() if "odttf" in name}
    assert embedded < arabic == FONTS  # what the proof knows by itself; Arabic letters only where they stand
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]
    assert b"Cambria" not in parts["word/styles.xml"] + parts["word/theme/theme1.xml"]


def test_another_font_is_seen(draft: Word) -> None:
    other = docx_with("word/fonts/font1.odttf", lambda font: font[:-1] + b"x")(draft.data)
    assert ("part", "word/fonts/font1.odttf") in read_docx(other).hidden_words
    assert read_docx(draft.data).hidden_words == ()


@needs_office
def test_a_machine_without_the_fonts_shows_them(draft: Word, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(draft.data)
    named = set(re.findall(rb"/BaseFont/[A-Z]+\+([\w-]+)", as_pdf(tmp_path, "report.docx").read_bytes()))
    assert {b"RapportSerif", b"RapportSans"} <= named
    assert not [name for name in named if name.startswith((b"DejaVu", b"Carlito", b"Caladea", b"LiberationS"))]


def test_the_widest_columns_give_way_first() -> None:
    assert fair_widths([16, 12, 40, 30]) == [16, 12, 40, 30]
    assert fair_widths([18, 12, 12, 24, 12, 28, 24]) == [16, 12, 12, 16, 12, 16, 16]


def test_no_column_cuts_a_word() -> None:
    assert with_room([22, 9, 53, 57], [14, 10, 20, 24]) == pytest.approx([21.77049, 14.1, 50.481481, 54.648029])
    assert with_room([30, 70], [10, 20]) == [30, 70]
    assert with_room([1, 1], [60, 60]) == [1, 1]  # there is no room for both: the author's widths are kept
