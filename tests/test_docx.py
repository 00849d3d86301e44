"""The Word file: what the document says arrives, as Word's own things, and nothing else does."""

from __future__ import annotations

import getpass
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from rapport.export import docx_styles as styles
from rapport.export.docx import finish, write_draft
from rapport.export.docx_fields import bookmark_name
from rapport.export.docx_headings import headings
from rapport.export.docx_lines import Unprintable
from rapport.export.reference import reference_docx
from rapport.export.reference_styles import STYLES, TEXT_WIDTH
from rapport.model import Document, Edition, Meta, Node
from rapport.tree import div, header, para, string

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = {"toc": "Table des matières", "page": "Page", "of": "sur", "figure": "Figure", "table": "Tableau"}
LONG = "p-" + "abcdefgh-" * 8


def p(words: str) -> Node:
    return para(string(words))


def numbered(kind: str, number: int, identifier: str, *blocks: Node) -> Node:
    return div(blocks, [kind], identifier, number=str(number))


def inline(kind: str, words: str) -> Node:
    return {"t": kind, "c": string(words)}


def link(words: str, target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], string(words), [target, ""]]}


def image(name: str, alt: str) -> Node:
    return {"t": "Image", "c": [["", [], [["alt", alt]]], string("autre"), [name, ""]]}


def table(rows: list[list[str]], caption: str, identifier: str = "") -> Node:
    attr: list[Any] = ["", [], []]
    lines = [
        [attr, [[attr, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": string(c)}]] for c in row]] for row in rows
    ]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    said = [{"t": "Plain", "c": string(caption)}] if caption else []
    body = [[attr, 0, [], lines[1:]]]
    return {"t": "Table", "c": [[identifier, [], []], [None, said], columns, [attr, lines[:1]], body, [attr, []]]}


def figure(name: str, alt: str, caption: str) -> Node:
    shown = {"t": "Plain", "c": [image(name, alt)]}
    return {"t": "Figure", "c": [["fig-1", [], []], [None, [{"t": "Plain", "c": string(caption)}]], [shown]]}


COVER = div(
    [
        div([p("PROJET N° 1")], ["cover-edition"]),
        div([p("La traite des mineurs en France")], ["cover-title"]),
        div([{"t": "BulletList", "c": [[p(f"Membre {n}")] for n in range(1, 12)]}], ["cover-members"]),
        div([p("Secrétariat du Collectif")], ["cover-contact"]),
    ],
    ["cover"],
)
EVERY_INLINE = [
    *string("Mots simples, "), inline("Emph", "en italique"), inline("Strong", "en gras"),
    inline("Strikeout", "barrés"), inline("Underline", "soulignés"), inline("SmallCaps", "petits"),
    inline("Superscript", "exposés"), inline("Subscript", "indices"), {"t": "SoftBreak"},
    {"t": "Quoted", "c": [{"t": "DoubleQuote"}, string("cités")]}, {"t": "LineBreak"},
    {"t": "Code", "c": [["", [], []], "codés"]}, link("liés", "#p-2"), link("au loin", "https://example.org/?a=1&b=2"),
    {"t": "Cite", "c": [[], string("(GRETA 2013)")]},
    {"t": "Span", "c": [["", ["inconnue"], [["lang", "en"]]], string("in English")]},
    {"t": "Note", "c": [p("Première note."), p("Sa suite.")]},
]  # fmt: skip
FIRST = (
    header(1, string("Les formes"), "part-formes"),
    header(2, string("Ventes de bébés"), "theme-ventes"),
    div([p("Aucune contribution reçue.")], ["notice", "empty"]),
    header(3, string("Constat"), "ventes-constat"),
    div([p("Hors la Rue")], ["provenance"]),
    numbered("paragraph", 1, "p-1", para(EVERY_INLINE)),
    div([p("Un texte que rien ne désigne.")], ["classe-inconnue"]),
    {"t": "BulletList", "c": [[p("Élément un."), p("Suite de l’élément.")], [p("Élément deux.")]]},
    {"t": "OrderedList", "c": [[1, {"t": "LowerAlpha"}, {"t": "OneParen"}], [[p("Étape a.")]]]},
    {"t": "BlockQuote", "c": [p("Parole citée.")]},
    {"t": "CodeBlock", "c": [["", [], []], "ligne une\n  ligne deux"]},
    {"t": "LineBlock", "c": [string("Vers un"), string("Vers deux")]},
    {"t": "DefinitionList", "c": [[string("Terme"), [[p("Sa définition.")]]]]},
    {"t": "HorizontalRule"},
    table([["Étape", "Autorité"], ["Repérage", "Police et gendarmerie"]], "Étapes", "tab-1"),
    table([["Sans", "Légende"], ["ni", "numéro"]], ""),
    figure("0a1b.png", "Une barre & <rien>", "Signalements"),
    header(3, string("Recommandations"), "ventes-reco"),
    numbered("recommendation", 2, "p-2", p("Au ministère : agir."), p("Et vite.")),
)
SECOND = (
    header(2, string("Adoptions illégales"), "theme-adoptions"),
    numbered("paragraph", 3, LONG, para([*string("Voir le "), link("paragraphe long", f"#{LONG}")])),
    div([numbered("paragraph", 4, "p-4", p("In English."))], lang="en"),
    numbered("paragraph", 5, "p-5", p("<!--pPr <w:pageBreakBefore/>--> <!--table of contents--> (page)")),
    figure("ffee.png", "Une colonne", "Très haute")
    | {"c": [["fig-2", [], []], [None, []], [para([image("ffee.png", "Une colonne")])]]},
)
META = Meta(
    title="La traite des mineurs & la Convention",
    subtitle="Rapport alternatif",
    language="fr",
    date="2015-02-28",
    edition=Edition.DRAFT,
    header="Projet n° 1 — <rapport>",
    author="Ensemble contre la traite",
    strings=WORDS,
)
DOCUMENT = Document(
    META,
    front=(
        COVER,
        header(1, string("Le collectif"), "collectif", ["unnumbered"]),
        p("Qui nous sommes."),
        div([], ["toc"]),
    ),
    chapters=(FIRST, SECOND),
    back=(
        header(1, string("Bibliographie"), "biblio", ["unnumbered"]),
        div([div([p("GRETA, Rapport, 2013.")], ["csl-entry"], "ref-greta2013")], [], "refs"),
    ),
)
PAGES = {"collectif": 2, "part-formes": 4, "theme-ventes": 4, "theme-adoptions": 6, "biblio": 8}


@dataclass(frozen=True)
class Word:
    """A finished file, opened."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @cached_property
    def body(self) -> etree._Element:
        return self.xml("word/document.xml")

    @cached_property
    def paragraphs(self) -> list[tuple[str, str, etree._Element]]:
        """The style, the text and the element of every paragraph."""
        return [(value(p, "pPr/pStyle"), said(p), p) for p in self.body.iter(f"{W}p")]

    def of(self, style: str) -> list[str]:
        return [text for name, text, _ in self.paragraphs if name == styles.style_id(style)]


def value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def said(element: etree._Element) -> str:
    shown = {f"{W}t": lambda e: e.text or "", f"{W}tab": lambda e: "\t", f"{W}br": lambda e: "\n"}
    return "".join(shown[e.tag](e) for e in element.iter(*shown))


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Document], Word]:
    """Document → finished Word file."""
    folder = tmp_path_factory.mktemp("docx")
    (folder / "reference.docx").write_bytes(reference_docx("fr"))
    Image.new("RGB", (60, 40), "navy").save(folder / "0a1b.png")
    Image.new("RGB", (200, 4000), "navy").save(folder / "ffee.png")
    return lambda d: Word(finish(write_draft(d, folder, folder / "reference.docx"), d, PAGES))


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
        "Mots simples, en italiqueen grasbarréssoulignéspetitsexposésindices «\u00a0cités\u00a0»\n"
        "codésliésau loin(GRETA 2013)in English"
    ) in text
    for words in (
        "PROJET N° 1", "Membre 11", "Aucune contribution reçue.", "Hors la Rue", "Un texte que rien ne désigne.",
        "Élément un.", "Suite de l’élément.", "Étape a.", "Parole citée.", "ligne une\n  ligne deux", "Vers un\nVers deux",
        "Terme", "Sa définition.", "Police et gendarmerie", "Tableau\u00a01\u00a0– Étapes", "Figure\u00a01\u00a0– Signalements",
        "Et vite.", "In English.", "GRETA, Rapport, 2013.",
    ):  # fmt: skip
        assert words in text, words


def test_classes_become_named_styles(draft: Word) -> None:
    assert draft.of("Provenance") == ["Hors la Rue"]
    assert draft.of("Encadré – sans contribution") == ["Aucune contribution reçue."]
    assert draft.of(styles.RECOMMENDATION_MORE) == ["Et vite."]
    assert draft.of("Bibliography") == ["GRETA, Rapport, 2013."]
    assert draft.of("heading 1") == ["Le collectif", "Les formes", "Bibliographie"]
    known = {style.get(f"{W}styleId") for style in draft.xml("word/styles.xml").iter(f"{W}style")}
    used = {e.get(f"{W}val") for name in ("pStyle", "rStyle", "tblStyle") for e in draft.body.iter(W + name)}
    assert used <= known


def test_footnotes_are_real_and_in_order(draft: Word) -> None:
    notes = draft.xml("word/footnotes.xml").findall(f"{W}footnote")
    assert [said(note).strip() for note in notes if note.get(f"{W}type") is None] == ["Première note.Sa suite."]
    assert len(list(draft.body.iter(f"{W}footnoteReference"))) == 1


def test_text_that_looks_like_our_marks_stays_text(draft: Word) -> None:
    text, paragraph = next((t, e) for _, t, e in draft.paragraphs if "pPr" in t)
    assert text == "<!--pPr <w:pageBreakBefore/>--> <!--table of contents--> (page)"
    assert not list(paragraph.iter(f"{W}pageBreakBefore"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (numbered("paragraph", 7, "x", p("a")), "stands where Word counts 1"),
        (numbered("paragraph", 1, "x", {"t": "HorizontalRule"}), "no text to number"),
        ({"t": "RawBlock", "c": ["openxml", "<w:p/>"]}, "RawBlock"),
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
    numbers = {text: value(e, "pPr/numPr/ilvl") for style, text, e in draft.paragraphs if style.startswith("Heading")}
    assert numbers["Les formes"] == "0"
    assert numbers["Ventes de bébés"] == numbers["Adoptions illégales"] == "1"
    assert numbers["Le collectif"] == numbers["Constat"] == ""
    assert [h.number for h in headings(DOCUMENT)] == ["", "I", "1", "2", ""]


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
    assert {"p-1", "theme-ventes", "tab-1", "fig-1", "ref-greta2013"} <= set(names)


def test_a_final_edition_keeps_only_the_anchors_that_links_need(public: Word) -> None:
    names = {e.get(f"{W}name") for e in public.body.iter(f"{W}bookmarkStart")}
    assert {name for name in names if not name.startswith("_Toc")} == {"p-2", bookmark_name(LONG)}
    assert len(list(public.body.iter(f"{W}bookmarkEnd"))) == len(names)


def test_only_a_draft_tracks_corrections(draft: Word, public: Word) -> None:
    assert b"<w:trackRevisions/>" in draft.parts["word/settings.xml"]
    assert b"track" not in public.parts["word/settings.xml"]


def test_list_items_go_on_without_an_empty_bullet(draft: Word) -> None:
    items = {text: e.find(f"{W}pPr") for style, text, e in draft.paragraphs if style == styles.style_id(styles.LIST)}
    assert items["Élément un."].find(f"{W}numPr") is not None
    assert items["Suite de l’élément."].find(f"{W}numPr") is None
    assert items["Suite de l’élément."].find(f"{W}ind").get(f"{W}left") == "400"


# ---------------------------------------------------------------- pages


def test_the_table_of_contents_is_filled_and_asks_nothing(draft: Word) -> None:
    lines = [*zip(draft.of("toc 1"), ["", "I", ""], strict=True), *zip(draft.of("toc 2"), "12", strict=True)]
    assert [line for line, _ in lines] == [
        "Le collectif\t2", "I\tLes formes\t4", "Bibliographie\t8", "1\tVentes de bébés\t4", "2\tAdoptions illégales\t6",
    ]  # fmt: skip
    assert draft.of("TOC Heading") == ["Table des matières"]
    codes = "".join(e.text for e in draft.body.iter(f"{W}instrText"))
    assert 'TOC \\o "1-2"' in codes and codes.count("PAGEREF") == 5
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


def test_chapters_start_on_a_new_page_and_the_cover_stands_apart(draft: Word) -> None:
    broken = [text for _, text, e in draft.paragraphs if list(e.iter(f"{W}pageBreakBefore"))]
    assert broken == ["Adoptions illégales"]  # what begins with a part does by its style
    sections = list(draft.body.iter(f"{W}sectPr"))
    assert [s.find(f"{W}cols").get(f"{W}num") for s in sections] == ["1", "2", "1", None]
    assert [len(s.findall(f"{W}headerReference")) for s in sections] == [0, 0, 0, 1]
    size = sections[-1].find(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


def test_header_and_footer_are_in_the_words_of_the_report(draft: Word) -> None:
    running = {name: said(draft.xml(name)) for name in draft.parts if re.match("word/(header|footer)", name)}
    assert sorted(running.values()) == ["Page 1 sur 1", "Projet n° 1 — <rapport>"]


def test_no_paragraph_is_empty_but_a_rule(draft: Word, public: Word) -> None:
    for word in (draft, public):
        empty = [style for style, text, e in word.paragraphs if not text and not list(e.iter(f"{W}drawing"))]
        assert [style for style in empty if style != styles.RULE] == [""]  # between two tables Word needs one


# ---------------------------------------------------------------- tables and pictures


def test_tables_have_a_header_row_whole_rows_and_the_width_of_the_text(draft: Word) -> None:
    first, *_ = tables = list(draft.body.iter(f"{W}tbl"))
    assert [len(list(t.iter(f"{W}tblHeader"))) for t in tables] == [1, 1]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for t in tables for row in t.iter(f"{W}tr"))
    widths = [int(c.get(f"{W}w")) for c in first.iter(f"{W}gridCol")]
    assert abs(sum(widths) - TEXT_WIDTH * 20) <= 2 and widths[0] < widths[1]
    assert draft.of(styles.TABLE_HEAD) == ["Étape", "Autorité", "Sans", "Légende"]
    codes = [e.text.split() for e in draft.body.iter(f"{W}instrText") if "SEQ" in e.text]
    assert [code[:2] for code in codes] == [["SEQ", "Tableau"], ["SEQ", "Figure"]]


def test_pictures_say_what_they_show_and_not_where_they_lay(draft: Word) -> None:
    drawings = list(draft.body.iter("{*}inline"))
    assert [d.find("{*}docPr").get("descr") for d in drawings] == ["Une barre & <rien>", "Une colonne"]
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
    assert english == {"in English", "In English."}


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
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    lines = [" ".join(line.split()) for line in (tmp_path / "report.txt").read_text(encoding="utf-8-sig").splitlines()]
    assert [line.split()[0] for line in lines if re.match(r"\d+\. ", line)] == ["1.", "2.", "3.", "4.", "5."]
    assert {"I Les formes", "1 Ventes de bébés", "2 Adoptions illégales"} <= set(lines)
