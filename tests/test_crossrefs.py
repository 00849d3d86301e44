"""Links from one place of the report to another: their words, their numbers, and what each file makes of them."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest
from lxml import etree
from msgspec.structs import replace

from docx_sample import W, Word, said
from pdf_reader import Reader
from rapport import pipeline, tree
from rapport.examination.opening import open_cache
from rapport.model import Document, Edition, Node, Report
from rapport.output.pdf.writer import Compiler
from rapport.proof.completeness import block_id, departures
from rapport.proof.expectation import expected_text

pytestmark = pytest.mark.slow

HEADER = """---
titre: Un texte inventé
date: 2014-12-01
auteurs: Association inventée
statut: ebauche
diffusion: publique
{more}---

## Constat

{constat}

## Analyse au regard de la Convention

Une analyse inventée.

## Recommandations

{recommendation}
"""
PLACES = """[]{#debut} Un constat inventé.

| a | b |
|---|---|
| c | d |

: Un tableau inventé {#mon-tableau}

![Un carré inventé](images/carre.png){#ma-figure alt="un carré"}

### Un intertitre inventé {#mon-titre}

- []{#ma-liste} un point

::: {#ma-boite}
| e | f |
|---|---|
| g | h |

: Un second tableau inventé
:::

::: confidentiel
[]{#secret} Un secret inventé.
:::
"""
DEMAND = "- []{#ma-demande} **Au ministère inventé** (CIDE 32) : inventer une mesure."


def write(project: Path, place: str, constat: str, recommendation: str = DEMAND, more: str = "") -> None:
    path = project / "contributions" / f"{place}.md"
    path.write_text(HEADER.format(constat=constat, recommendation=recommendation, more=more), encoding="utf-8")


def lay_out(project: Path, edition: Edition = Edition.DRAFT, language: str = "fr") -> tuple[Report, Document]:
    cache = open_cache(project)
    report, document, problems = pipeline.lay_out(pipeline.examine(project, cache), edition, cache, language)
    assert report is not None and document is not None, problems
    return report, document


def nodes(document: Document) -> list[Node]:
    pages = (document.front_matter, *document.chapters, document.back_matter)
    return list(tree.walk([list(page) for page in pages]))


def sentence(document: Document, opening: str) -> str:
    """The paragraph that begins with these words."""
    found = (tree.text(node) for node in nodes(document) if node["t"] == "Para")
    return next(text for text in found if text.startswith(opening)).replace("\u00a0", "~")


@pytest.fixture
def referring(project: Path) -> Path:
    """The stock with a text full of places, before a text that refers to them."""
    write(project, "alpha/travail-force", PLACES)
    return project


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("[](#theme-mendicite)", "thème~2 (Mendicité)"),
        ("[](#partie-transversal)", "partie~II (Les questions transversales)"),
        ("[](#membres)", "«~Les associations membres du Collectif~»"),
        ("[](../alpha/travail-force.md#mon-tableau)", "tableau~1"),
        ("[](../alpha/travail-force.md#ma-boite)", "tableau~2"),
        ("[](../alpha/travail-force.md#ma-figure)", "figure~1"),
        ("[](../alpha/travail-force.md#mon-titre)", "«~Un intertitre inventé~»"),
        ("[ici](../alpha/travail-force.md#mon-tableau)", "ici"),
        ("[](../alpha/travail-force.md#secret)", "(renvoi à venir)"),
        ("[un secret](../alpha/travail-force.md#secret)", "un secret"),
        ("[](../gamma/parole.md#nulle-part)", "(renvoi à venir)"),
    ],
)
def test_the_program_writes_the_words(referring: Path, typed: str, printed: str) -> None:
    write(referring, "beta/mendicite", f"Voir {typed}.")
    assert sentence(lay_out(referring)[1], "Voir") == f"Voir {printed}."


def test_numbers_are_those_that_are_printed(referring: Path) -> None:
    here = "../alpha/travail-force.md"
    write(
        referring,
        "beta/mendicite",
        f"Voir [](#soi), []({here}#debut), []({here}#ma-liste).\n\n[]{{#soi}} Soi.",
        more="",
    )
    _, document = lay_out(referring)
    numbers = {}
    for node in nodes(document):
        if node["t"] == "Div" and "number" in dict(node["c"][0][2]):
            numbers[tree.text(node["c"][1])] = dict(node["c"][0][2])["number"]
    begun, own = numbers["Un constat inventé."], numbers["Soi."]
    assert sentence(document, "Voir") == f"Voir paragraphe~{own}, paragraphe~{begun}, «~Un intertitre inventé~»."


def test_a_recommendation_is_called_by_its_label(referring: Path) -> None:
    write(referring, "beta/mendicite", "Voir [](../alpha/travail-force.md#ma-demande).")
    said = sentence(lay_out(referring)[1], "Voir")
    assert re.fullmatch(r"Voir recommandation~R\d+\.", said), said


def test_every_reference_says_its_kind_and_leads_to_a_place(referring: Path) -> None:
    here = "../alpha/travail-force.md"
    typed = ", ".join(f"[]({here}#{name})" for name in ("debut", "mon-tableau", "ma-figure", "ma-demande", "mon-titre"))
    write(referring, "beta/mendicite", f"Voir {typed}, [](#theme-parole).")
    _, document = lay_out(referring)
    everything = nodes(document)
    ids = {tree.attributes(node)[0] for node in everything}
    links = [node["c"] for node in everything if node["t"] == "Link" and "reference" in node["c"][0][1]]
    assert {target[1:] for _, _, (target, _) in links} <= ids
    kinds = [dict(pairs)["kind"] for (_, _, pairs), _, _ in links]
    assert {"paragraph", "table", "figure", "recommendation", "section", "theme"} <= set(kinds)


def test_a_name_of_ones_own_comes_before_the_reports(project: Path) -> None:
    write(project, "beta/mendicite", "Voir [](#theme-parole).\n\n### Le sien {#theme-parole}\n\nDu texte inventé.")
    assert sentence(lay_out(project)[1], "Voir") == "Voir «~Le sien~»."


def test_two_texts_may_use_the_same_name(project: Path) -> None:
    write(project, "alpha/mendicite", "Alpha voit [](#ici).\n\n### Chez Alpha {#ici}\n\nDu texte inventé.")
    write(project, "beta/mendicite", "Beta voit [](#ici).\n\n### Chez Beta {#ici}\n\nUn autre texte inventé.")
    _, document = lay_out(project)
    assert sentence(document, "Alpha") == "Alpha voit «~Chez Alpha~»."
    assert sentence(document, "Beta") == "Beta voit «~Chez Beta~»."


def test_what_an_edition_does_not_print_keeps_its_words_without_link(referring: Path) -> None:
    write(referring, "beta/mendicite", "Voir [un secret](../alpha/travail-force.md#secret) et [](#theme-formation).")
    for edition, words, linked in (
        (Edition.PUBLIC, "Voir un secret et thème «~La formation~».", 0),
        (Edition.CONFIDENTIAL, "Voir un secret et thème «~La formation~».", 1),
    ):
        report, document = lay_out(referring, edition)
        assert sentence(document, "Voir") == words
        assert not departed(report, document)
        leading = [node["c"][2][0] for node in nodes(document) if node["t"] == "Link"]
        assert sum("secret" in tree.text(n["c"][1]) for n in nodes(document) if n["t"] == "Link") == linked, leading


def test_no_name_in_an_anonymous_edition_says_whose_it_is(referring: Path) -> None:
    work = "@book{conte,\n author = {Auteur, Inventé},\n title = {Un conte inventé},\n date = {2012}\n}\n"
    (referring / "contributions/alpha/sources.bib").write_text(work, encoding="utf-8")
    write(referring, "alpha/travail-force", PLACES + "\nUn conte le dit [@conte].\n")
    write(
        referring,
        "beta/mendicite",
        "Voir [](../alpha/travail-force.md#mon-tableau), [un secret](#soi).\n\n[]{#soi} Soi.",
    )
    for edition, signed in ((Edition.DRAFT, True), (Edition.PUBLIC, False)):
        found = nodes(lay_out(referring, edition)[1])
        names = {tree.identifier(node) for node in found if node["t"] in tree.ATTRIBUTES_AT} - {""}
        targets = {tree.target(node)[1:] for node in found if node["t"] == "Link" and tree.target(node)[0] == "#"}
        assert targets <= names
        told = [name for name in names if re.search("alpha|beta|mon-|ma-|soi|debut|conte", name)]
        assert bool(told) is signed, told
        assert {"alpha--travail-force--mon-tableau", "ref-alpha--conte"} <= names or not signed


def test_verification_holds_references_to_the_words_that_were_typed(referring: Path) -> None:
    """Words of the author's own have to be there, whether they lead anywhere; the program's may."""
    here = "../alpha/travail-force.md"
    write(
        referring, "beta/mendicite", f"Voir [là-bas]({here}#debut), [](#theme-formation), [un secret]({here}#secret)."
    )
    report, document = lay_out(referring, Edition.PUBLIC)
    assert not departed(report, document)
    for words in (b"l\xc3\xa0-bas", b"secret"):
        chapters = orjson.loads(orjson.dumps(document.chapters).replace(words, b"ailleurs"))
        assert departed(report, replace(document, chapters=chapters)) == ["changed"], words


def departed(report: Report, document: Document) -> list[str]:
    """What verification has against the blocks of a document."""
    said = expected_text(document, {block_id(block) for block in report.blocks})
    return [departure.kind for departure in departures(report, said, {}, shown=False)]


def test_the_editors_templates_refer_too(referring: Path) -> None:
    page = referring / "chapters" / "couverture.md.j2"
    line = "\nVoir [](#theme-mendicite) et [](../contributions/alpha/travail-force.md#mon-tableau).\n"
    page.write_text(page.read_text(encoding="utf-8").replace("\n::: {.toc}", f"{line}\n::: {{.toc}}"), encoding="utf-8")
    assert sentence(lay_out(referring)[1], "Voir") == "Voir thème «~Mendicité~» et tableau~1."


@pytest.fixture
def built(referring: Path) -> dict[str, bytes]:
    here = "../alpha/travail-force.md"
    typed = ", ".join(f"[]({here}#{name})" for name in ("debut", "mon-tableau", "ma-figure", "ma-demande"))
    write(referring, "beta/mendicite", f"Voir {typed}, [](#theme-mendicite), [](#partie-formes), [là]({here}#debut).")
    from rapport.output.export import Export

    cache = open_cache(referring)
    examined = pipeline.examine(referring, cache)
    _, document, problems = pipeline.lay_out(examined, Edition.PUBLIC, cache)
    assert document is not None, problems
    with Compiler() as compiler:
        made = Export(referring, cache, compiler)(document, examined.images)
    return {path.rpartition(".")[2]: content for path, content in made.outputs.items()}


def test_word_counts_references_itself(built: dict[str, bytes]) -> None:
    word = Word(built["docx"])
    paragraph = next(e for _, text, e in word.paragraphs if text.startswith("Voir"))
    shown = said(paragraph).replace("\u00a0", "~")
    codes = [" ".join((e.text or "").split()) for e in paragraph.iter(f"{W}instrText")]
    assert [code.partition(" ")[0] for code in codes] == ["REF"] * 6
    assert [("\\n" in code) for code in codes] == [True, False, False, False, True, True]
    numbers = re.findall(r"(?:paragraphe|tableau|figure|recommandation|thème|partie)~([RIV\d]+)", shown)
    assert results(paragraph) == numbers and len(numbers) == 6
    names = {e.get(f"{W}name") for e in word.body.iter(f"{W}bookmarkStart")}
    assert {code.split()[1] for code in codes} <= names
    kept = {name for name in names if name.startswith("_Ref")}
    assert kept == {code.split()[1] for code in codes if "\\n" not in code}  # the final edition has no other


def results(paragraph: etree._Element) -> list[str]:
    """What the fields of a paragraph show."""
    shown: list[str] = []
    inside = False
    for element in paragraph.iter(f"{W}fldChar", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "separate":
            shown.append("")
        inside = kind == "separate" if kind else inside
        if not kind and inside:
            shown[-1] += element.text
    return shown


def test_a_counted_bookmark_holds_the_number_and_nothing_else(built: dict[str, bytes]) -> None:
    body = Word(built["docx"]).parts["word/document.xml"].decode()
    for name, text in (("_Ref_table_1", "1"), ("_Ref_figure_1", "1")):
        inside = re.search(rf'w:name="{name}" ?/>(.*?)<w:bookmarkEnd', body, re.DOTALL)
        assert inside and re.findall(r"<w:t[^>]*>([^<]*)", inside[1]) == [text]


def test_the_pdf_links_to_the_place(built: dict[str, bytes]) -> None:
    reader = Reader(built["pdf"])
    assert reader.says("Voir paragraphe")
    links = [note for page in reader.pdf.pages for note in page.get("/Annots", []) if "/URI" not in note.get("/A", {})]
    leading = [note for note in links if "/Dest" in note or "/A" in note]
    assert len(leading) >= 7
