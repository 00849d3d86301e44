"""The PDF: everything arrives, nothing is run, it is tagged, and it is the same file every time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from pdf_reader import Reader
from rapport.language.printable import INVISIBLE, printable_characters, unprintable_characters
from rapport.model import Document, Edition, Meta, Node
from rapport.output.pdf import writer
from rapport.output.pdf.blocks import LINE, lower
from rapport.output.pdf.inlines import PdfInlines
from rapport.output.visitor import Unprintable
from rapport.tree import div, header, para, string

ATTR: Any = ["", [], []]
STRINGS = {"toc": "Sommaire inventé", "page": "Page", "of": "sur", "figure": "Figure", "table": "Tableau"}
META = Meta(
    title="Un rapport inventé",
    subtitle="",
    language="fr",
    date="2015-02-28",
    edition=Edition.DRAFT,
    header="Projet inventé",
    author="Des associations inventées",
    strings=STRINGS,
)
HOSTILE = '#eval("1+1") *x*.func()(read("secret.txt")) $x^2$ @ici <ici> // fin /* … */ `r` \\ #let x = 1; = titre'


def p(words: str) -> Node:
    return para(string(words))


def inline(kind: str, *content: Any) -> Node:
    return {"t": kind, "c": list(content) if len(content) > 1 else content[0]}


def styled(kind: str, words: str) -> Node:
    return inline(kind, string(words))


def note(*blocks: Node) -> Node:
    return {"t": "Note", "c": list(blocks)}


def link(words: str, target: str) -> Node:
    return inline("Link", ATTR, string(words), [target, ""])


def image(alt: str, name: str = "0a1b.png") -> Node:
    return inline("Image", ["", [], [["alt", alt], ["width", "50%"]]], [], [name, ""])


def cell(words: str, rows: int = 1, columns: int = 1) -> Any:
    return [ATTR, {"t": "AlignDefault"}, rows, columns, [{"t": "Plain", "c": string(words)}]]


def table(caption: str, *rows: Sequence[Any]) -> Node:
    """A table whose first row is its header and whose last its foot."""
    columns = [[{"t": "AlignRight"}, {"t": "ColWidthDefault"}] for _ in max(rows, key=len)]
    lines = [[ATTR, list(row)] for row in rows]
    said = [{"t": "Plain", "c": string(caption)}] if caption else []
    body = [ATTR, 1, [], lines[1:-1]]
    return {"t": "Table", "c": [ATTR, [None, said], columns, [ATTR, lines[:1]], [body], [ATTR, lines[-1:]]]}


def numbered(kind: str, number: int, *blocks: Node) -> Node:
    return div(blocks, [kind], f"p-{number}", number=str(number))


def counted(node: Node, number: str) -> Node:
    """A heading, table or figure under its number, as layout gives it."""
    at = 1 if node["t"] == "Header" else 0
    identifier, classes, pairs = node["c"][at]
    node["c"][at] = [identifier, classes, [*pairs, ["number", number]]]
    return node


def document(*chapters: Sequence[Node], front: Sequence[Node] = (), back: Sequence[Node] = ()) -> Document:
    return Document(META, tuple(front), tuple(tuple(chapter) for chapter in chapters), tuple(back))


EVERY_INLINE = [
    *string("Mots simples,"), {"t": "Space"}, styled("Emph", "penchés"), styled("Strong", "gras"), {"t": "SoftBreak"},
    styled("Underline", "soulignés"), styled("Strikeout", "barrés"), styled("Superscript", "hauts"),
    styled("Subscript", "bas"), styled("SmallCaps", "petits"), {"t": "LineBreak"},
    inline("Cite", [], string("(GRETA 2013)")), inline("Code", ATTR, "codés"), link("liés", "#p-2"),
    link("au loin", "https://example.org/a?b=c"), link("écrire", "mailto:a@example.org"), image("Une icône"),
    inline("Span", ["lieu", [], [["lang", "en"]]], string("in English")), note(p("Première note."), p("Sa suite.")),
]  # fmt: skip
EVERY_BLOCK = [
    numbered("paragraph", 1, para(EVERY_INLINE)),
    inline("Plain", string("Simple ligne.")),
    inline("Plain", string("Une autre.")),
    inline("LineBlock", [string("Vers un"), string("Vers deux")]),
    inline("CodeBlock", ATTR, "code un\n  code deux"),
    inline("BlockQuote", [p("Parole citée."), header(1, string("Titre égaré"), "egare")]),
    {"t": "BulletList", "c": [[p("Point un."), p("Sa suite.")], [p("Point deux.")]]},
    inline("OrderedList", [4, {"t": "LowerAlpha"}, {"t": "OneParen"}], [[p("Étape d.")]]),
    inline("DefinitionList", [[string("Terme"), [[p("Sa définition.")]]], [string("Autre"), [[p("La sienne.")]]]]),
    {"t": "HorizontalRule"},
    counted(
        table(
            "Les étapes",
            [cell("Entête", columns=2)],
            [cell("Haute", rows=2), cell("a1")],
            [cell("b1")],
            [cell("z1"), cell("z2")],
        ),
        "1",
    ),
    counted(inline("Figure", ATTR, [None, [p("Une légende")]], [inline("Plain", [image("Une barre")])]), "1"),
    numbered("recommendation", 2, p("Au ministère : agir."), p("Et vite.")),
    div([p("Association inventée")], ["provenance"]),
    *(div([p(f"Encadré {name}.")], ["notice", name]) for name in "empty refused warning confidential proposed".split()),
    div([p("Un résumé.")], ["summary"]),
    div([p("Ce que rien ne nomme.")], ["classe-inconnue"], lang="en"),
]
COVER_PARTS = "edition committee title subtitle answers date collective members contact".split()
WHOLE = document(
    [
        counted(header(1, string("Une partie"), "partie"), "I"),
        counted(header(2, string("Un thème"), "theme"), "1"),
        *EVERY_BLOCK,
    ],
    [
        counted(header(2, [*string("Autre thème"), note(p("Note de titre."))], "autre"), "2"),
        header(5, string("Profond"), "profond"),
    ],
    front=[
        div([div([p(f"Couverture {name}")], [f"cover-{name}"]) for name in COVER_PARTS], ["cover"]),
        header(1, string("Avant-propos"), "avant", ["unnumbered"]),
        p("Un mot."),
        div([], ["toc"]),
    ],
    back=[
        header(1, string("Sources"), "sources", ["unnumbered"]),
        div([div([p("Une référence.")], ["csl-entry"], "ref-a")], ["references"], "refs"),
    ],
)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    Image.new("RGB", (60, 40), "navy").save(folder / "0a1b.png")
    Image.new("RGB", (20, 4000), "navy").save(folder / "ffee.jpg")
    return folder


@pytest.fixture(scope="module")
def whole(images: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make(WHOLE, images, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def reader(whole: bytes) -> Reader:
    return Reader(whole)


def make(made: Document, images: Path, folder: Path) -> bytes:
    writer.stage(made, images, folder)
    return writer.compile(folder)


def test_calls_of_two_notes_stand_apart(images: Path, tmp_path: Path) -> None:
    cited = {"t": "Cite", "c": [[], [note(p("Une autre."))]]}
    line = para([*string("Un couple"), note(p("Une source.")), cited, *string(".")])
    lowered = json.dumps(lower(Document(META, (), ((line,),), ()))[0])
    assert lowered.count("apart") == 1, "the first note stands by its word"
    assert Reader(make(Document(META, (), ((line,),), ()), images, tmp_path)).says("couple12.")


# -- what is said arrives --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Mots simples, penchés gras", "soulignés barrés", "hauts bas petits", "(GRETA 2013)",
        "codés liés au loin écrire", "in English", "Première note. Sa suite.", "Simple ligne.", "Une autre.", "Vers un",
        "Vers deux", "code un", "code deux", "Parole citée.", "Titre égaré", "Point un.", "Sa suite.", "Point deux.",
        "d) Étape d.", "Terme", "Sa définition.", "Autre", "La sienne.", "Tableau 1 – Les étapes", "Entête", "Haute",
        "a1", "b1", "z1", "Figure 1 – Une légende", "1. Mots", "2. Au ministère : agir. Et vite.",
        "Association inventée", "Encadré empty.", "Encadré refused.", "Encadré warning.", "Encadré confidential.",
        "Encadré proposed.", "Un résumé.", "Ce que rien ne nomme.", "I Une partie", "1 Un thème", "2 Autre thème",
        "Note de titre.", "Profond", "Avant-propos", "Une référence.", "Sommaire inventé", "Projet inventé",
        "Page 3 sur", *(f"Couverture {name}" for name in COVER_PARTS),
    ],
)  # fmt: skip
def test_it_arrives(reader: Reader, words: str) -> None:
    assert reader.says(words)


def test_text_is_never_code(images: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("dérobé")
    hostile = [
        p(HOSTILE),
        inline("CodeBlock", ATTR, HOSTILE),
        para([inline("Code", ATTR, HOSTILE), note(p(HOSTILE))]),
        header(3, string(HOSTILE), "titre"),
        table(HOSTILE, [cell(HOSTILE)], [cell(HOSTILE)], [cell(HOSTILE)]),
    ]
    read = Reader(make(document(hostile), images, tmp_path / "pdf"))
    assert read.text.count("".join(HOSTILE.split())) >= 9
    assert not read.says("dérobé")


@pytest.mark.parametrize(
    "node",
    [
        inline("RawBlock", "typst", "#panic()"),
        inline("Para", [inline("RawInline", "html", "<b>")]),
        inline("Para", [inline("Math", {"t": "InlineMath"}, "x")]),
        inline("Nouveau", []),
        para([inline("Quoted", {"t": "DoubleQuote"}, string("a"))]),
        para([link("ici", "javascript:alert(1)")]),
        para([link("ici", "file:///etc/passwd")]),
        para([link("ici", "#nulle-part")]),
        para([image("alt", "../secret.png")]),
        para([image("alt", "https://example.org/a.png")]),
        para([image("")]),
        div([header(3, string("a"), "x"), header(3, string("b"), "x")]),
    ],
)
def test_what_must_not_be_printed_is_refused(node: Node) -> None:
    with pytest.raises(Unprintable):
        lower(document([node]))


def test_the_template_refuses_what_it_does_not_know(images: Path, tmp_path: Path) -> None:
    writer.stage(document([p("Un mot.")]), images, tmp_path)
    (tmp_path / "pages-001.json").write_text(json.dumps([{"kind": "body", "c": [{"t": "inconnu", "c": []}]}]))
    with pytest.raises(writer.TypesettingError, match="inconnu"):
        writer.compile(tmp_path)


# -- numbers, spaces, pages ------------------------------------------------------------------------------------


def test_a_word_without_end_can_break() -> None:
    pieces = PdfInlines(META).inlines(string("a" * 40 + " fin"))
    assert [piece if isinstance(piece, str) else piece["c"][0] for piece in pieces] == ["a" * 8] * 5 + [" fin"]


def test_titles_are_numbered_by_part_and_theme(reader: Reader) -> None:
    titles = [(level, " ".join(title.split())) for level, title in reader.bookmarks]
    assert titles == [
        (1, "Avant-propos"), (1, "Sommaire inventé"), (1, "I Une partie"), (2, "1 Un thème"), (2, "2 Autre thème"),
        (1, "Sources"),
    ]  # fmt: skip


def test_columns_follow_what_they_hold() -> None:
    data, _ = lower(
        document([table("", [cell("An"), cell("Mot " * 30)], [cell("2014"), cell("")], [cell(""), cell("")])])
    )
    assert data["pages-001.json"][0]["c"][0]["widths"] == [7, 63]


# -- for those who cannot see it -------------------------------------------------------------------------------


def test_the_file_says_what_it_is(reader: Reader) -> None:
    assert str(reader.root.Lang) == "fr"
    assert str(reader.pdf.docinfo["/Title"]) == META.title
    assert str(reader.pdf.docinfo["/Author"]) == META.author
    assert str(reader.pdf.docinfo["/CreationDate"]).startswith("D:20150228")
    assert reader.root.ViewerPreferences.DisplayDocTitle
    assert reader.root.MarkInfo.Marked
    with reader.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"


def test_everything_is_tagged(reader: Reader) -> None:
    assert reader.roles.keys() >= {"H1", "H2", "H3", "P", "L", "LI", "Table", "THead", "TH", "TD", "Caption", "Note"}
    assert reader.roles.keys() >= {"Figure", "Link", "BlockQuote", "Code", "TOC", "TOCI", "Em", "Strong"}
    assert [str(e.Alt) for e in reader.elements if e.S == "/Figure"] == ["Une icône", "Une barre"]
    assert "en" in {str(e.Lang) for e in reader.elements if "/Lang" in e}
    assert not {"/JavaScript", "/OpenAction", "/AcroForm", "/EmbeddedFiles"} & set(reader.root.keys())


def test_no_heading_level_is_skipped(reader: Reader) -> None:
    levels = [int(str(e.S)[2:]) for e in reader.elements if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_lead_where_they_say(reader: Reader) -> None:
    assert reader.addresses == {"https://example.org/a?b=c", "mailto:a@example.org"}


def test_the_fonts_have_every_character_they_claim(images: Path, tmp_path: Path) -> None:
    signs = " ".join(sorted(printable_characters() | INVISIBLE - set("\n\r")))
    read = Reader(
        make(document([para([{"t": "Str", "c": signs}, styled("Emph", "ș"), styled("Strong", "ệ")])]), images, tmp_path)
    )
    assert read.says("Ω") and read.says("ж") and read.says("ș")
    assert unprintable_characters("Țuțora, Việt Nam, България, Ελλάδα : œ, 5 €, ☒\u202f!") == ""
    assert unprintable_characters("文 et 😀 ou אב") == "אב文😀"


def test_a_character_no_font_has_is_named(images: Path, tmp_path: Path) -> None:
    with pytest.raises(writer.TypesettingError, match="文"):
        writer.stage(document([p("文")]), images, tmp_path)


# -- the folder, the process, the bytes ------------------------------------------------------------------------


def test_two_compilations_give_the_same_bytes(whole: bytes, images: Path, tmp_path: Path) -> None:
    assert make(WHOLE, images, tmp_path / "ailleurs") == whole


def test_staging_touches_only_what_changed(images: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pdf"
    two, three = (counted(header(1, string("Une partie"), f"partie-{n}"), n) for n in ("I", "II"))
    writer.stage(document([p("Un.")], [two, p("Deux.")], [three, para([image("Une barre")])]), images, folder)
    (folder / "intrus.txt").write_text("à ôter")
    (folder / "pages-001.json").unlink()
    (folder / "pages-001.json").symlink_to(images / "0a1b.png")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    writer.stage(document([p("Un.")], [two, p("Deux, changé.")]), images, folder)
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert before.keys() - after.keys() == {"intrus.txt", "pages-003.json", "0a1b.png"}
    changed = {name for name, time in after.items() if before[name] != time}
    assert changed == {"pages-002.json", "pages-001.json", "meta.json"}
    assert not any(path.is_symlink() for path in folder.iterdir())


def test_a_resident_compiler_sees_changes_and_survives_errors(images: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pdf"
    writer.stage(document([p("Un mot.")]), images, folder)
    with writer.Compiler() as compiler:
        first = compiler.compile(folder)
        writer.stage(document([p("Un autre.")]), images, folder)
        assert Reader(compiler.compile(folder)).says("Un autre.")
        (folder / "pages-001.json").write_text("[")
        with pytest.raises(writer.TypesettingError):
            compiler.compile(folder)
        writer.stage(document([p("Un mot.")]), images, folder)
        assert compiler.compile(folder) == first
        compiler.process.kill()
        with pytest.raises(writer.TypesettingError, match="ended"):
            compiler.compile(folder)
        assert compiler.compile(folder) == first


def test_the_command_compiles_once(images: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "pdf", tmp_path / "rapport.pdf"
    writer.stage(document([header(1, string("Titre"), "titre")]), images, folder)
    assert writer.main([str(folder), str(out)]) == 0
    assert Reader(out.read_bytes()).says("Titre")
    (folder / "meta.json").write_text("{}")
    assert writer.main([str(folder), str(out)]) == 3
    assert "strings" in capsys.readouterr().err


def test_a_picture_fits_its_page_and_a_table_runs_over_it(images: Path, tmp_path: Path) -> None:
    rows = [[cell("Année"), cell("Nombre")], *([cell(str(n)), cell("mot")] for n in range(90)), [cell(""), cell("")]]
    tall = inline("Figure", ATTR, [None, [p("Haute")]], [inline("Plain", [image("Une colonne", "ffee.jpg")])])
    made = make(document([tall, table("Longue", *rows)]), images, tmp_path)
    read = Reader(made)
    assert len(read.pages) > 2
    assert all("Année" in page for page in read.pages[1:])
    assert read.roles["TH"] == 2  # though every page shows them


def test_the_template_asks_for_nothing_outside_its_folder() -> None:
    for path in writer.TEMPLATE.glob("*.typ"):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"@|\beval\b|\bread\(|\bplugin\b|\bsys\b", code), path.name
        assert set(re.findall(r"(?:json|image)\(([^,)]*)", code)) <= {
            '"meta.json"',
            '"size.json"',
            "file",
            "node.name",
            "",
        }, path.name


def test_the_id_of_a_division_leaves_its_only_childs_alone(images: Path, tmp_path: Path) -> None:
    outer = div([div([p("Dedans.")], [], "inner")], [], "outer")
    linked = [para([link("là", "#inner")]), para([link("là", "#outer")])]
    assert make(document([outer, *linked]), images, tmp_path)


def test_what_stands_over_a_page_fits_on_its_line() -> None:
    long = "Un très long titre, " * 9
    pages = document([header(1, string(long), "titre"), p("Du texte inventé.")])
    files, _ = lower(replace(pages, meta=replace(META, header=long)))
    (section,) = files["pages-001.json"]
    said = [files["meta.json"]["header"], section["c"][0]["running"]]
    assert all(words.endswith("…") and long.startswith(words[:-1]) for words in said)
    assert 90 < sum(map(len, said)) <= LINE


def test_pages_run_on_until_a_part_begins_one(images: Path, tmp_path: Path) -> None:
    """Nothing but a part begins a page, and over a page that a title opens stands no other title."""

    def page(name: str, number: str = "") -> list[Node]:
        title = header(1, string(f"Page {name}"), name)
        return [counted(title, number) if number else title, p(f"Phrase inventée de la page {name}.")]

    filler = [p("Une phrase inventée qui remplit la page. " * 12) for _ in range(20)]
    chapters = (page("droit"), [*page("partie", "I"), *filler], page("autre", "II"))
    whole = document(*chapters, front=page("avant"), back=[*page("liste"), *page("fin")])
    made = Reader(make(whole, images, tmp_path))
    opening = [re.sub(r"\W", "", "".join(text.split())) for text in made.pages]
    assert "Pageavant" in opening[0] and "Pagedroit" in opening[0]
    assert all("Pagepartie" in text for text in opening[1:-1]) and len(opening) > 3
    assert "Pagepartie" not in opening[-1], "it opens with another"
    assert all(f"Page{name}" in opening[-1] for name in ("autre", "liste", "fin"))


def test_over_a_page_stands_the_theme_that_goes_on_there(images: Path, tmp_path: Path) -> None:
    def theme(name: str, number: str) -> list[Node]:
        heading = counted(header(2, string(f"Le thème {name}, en toutes lettres"), f"theme-{name}"), number)
        return [heading, *(p(f"Phrase inventée {at} du thème {name}. " * 12) for at in range(20))]

    part = counted(header(1, string("Une partie"), "partie"), "I")
    made = document([part, *theme("un", "1"), *theme("deux", "2")])
    made = replace(made, meta=replace(made.meta, short_titles={"theme-deux": "Deux en bref"}))
    first, *others = Reader(make(made, images, tmp_path)).pages
    assert "Deuxenbref" not in first
    assert len(others) > 2
    for page in others:
        at = re.search(r"duthème(un|deux)", page)
        assert at, page
        assert ("Lethèmeun" in page, "Deuxenbref" in page) == (at[1] == "un", at[1] == "deux"), page[:200]
