"""The bibliographies: keys of each association's own, works recognised and listed once, limits that hold."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import PRODUCT
from pdf_reader import Reader
from rapport import cli, pipeline, tree
from rapport.bibliography import bibtex, reading
from rapport.bibliography.citeproc import clusters, predict_citations
from rapport.bibliography.institutions import unbraced_institutions
from rapport.bibliography.library import Library, gather
from rapport.examination.opening import open_cache
from rapport.markdown import pandoc, parse
from rapport.markdown.body_text import BodyText
from rapport.model import Diagnostic, Edition, Source
from rapport.storage.cache import Cache

pytestmark = pytest.mark.slow

SAME = (
    "@book{{{key}, author = {{Auteur, Inventé}}, title = {{{title}}}, publisher = {{Éditeur inventé}},"
    " date = {{{date}}}}}\n"
)


def entry(key: str, title: str, date: str = "2009") -> str:
    return SAME.format(key=key, title=title, date=date)


def cite(project: Path, name: str, key: str) -> None:
    """Make a text cite one more work, in its findings."""
    path = project / "contributions" / f"{name}.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("## Constat\n", f"## Constat\n\nVoir [@{key}].\n"), "utf-8"
    )


def own(project: Path, association: str, text: str) -> None:
    (project / "contributions" / association / "sources.bib").write_text(text, encoding="utf-8")


def references(project: Path, edition: Edition = Edition.CONFIDENTIAL) -> dict[str, str]:
    """The references that the report lists, by their ids, as they are printed."""
    cache = open_cache(project)
    _, document, problems = pipeline.lay_out(pipeline.examine(project, cache), edition, cache)
    assert document is not None and not problems
    entries = [n for n in tree.walk(list(document.back_matter)) if n["t"] == "Div" and "csl-entry" in n["c"][0][1]]
    assert len({n["c"][0][0] for n in entries}) == len(entries)
    return {n["c"][0][0]: tree.text(n) for n in entries}


def library(tmp_path: Path, shared: str, **associations: str) -> tuple[Library, tuple[Diagnostic, ...]]:
    sources = [Source(f"{name}.bib", text, "") for name, text in {"": shared, **associations}.items()]
    read, _ = reading.read_bibliographies(sources, Cache(tmp_path / "cache", "test"))()
    return gather(read[0], dict(zip(associations, read[1:], strict=True)))


def test_one_key_in_two_associations_is_two_works(project: Path) -> None:
    for name, title in (("alpha", "Un titre que connaît {Alpha}"), ("beta", "Un titre que connaît {Bêta}")):
        own(project, name, entry("etude", title))
        cite(project, f"{name}/travail-force", "etude")
    listed = references(project)
    assert [key for key in listed if "etude" in key] == ["ref-alpha--etude", "ref-beta--etude"]
    assert "Alpha" in listed["ref-alpha--etude"] and "Bêta" in listed["ref-beta--etude"]


def test_an_associations_key_hides_the_editors_in_its_texts_alone(project: Path) -> None:
    own(project, "alpha", entry("rapport2012", "Un tout autre titre de cette association"))
    cite(project, "beta/travail-force", "rapport2012")
    assert {"ref-alpha--rapport2012", "ref-rapport2012"} <= references(project).keys()


def test_a_work_of_two_bibliographies_is_listed_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "Un mot dit une fois par nous deux"  # short words: no line of the PDF ends inside one
    own(project, "alpha", entry("une", title))
    own(project, "beta", entry("autre", title.upper(), "2009-03"))
    cite(project, "alpha/travail-force", "une")
    cite(project, "beta/travail-force", "autre, p. 4")
    assert cli.run(["build", "--root", str(project)]) == 0
    capsys.readouterr()
    pdf = Reader((project / "build" / "rapport-projet.pdf").read_bytes()).text
    docx = ZipFile(project / "build" / "rapport-projet.docx").read("word/document.xml").decode()
    assert pdf.count(title.replace(" ", "")) == docx.count(title) == 1
    assert "(Auteur,2009,p.4)" in pdf and "(Auteur,2009)" in pdf


def test_a_template_may_cite_what_is_kept_under_another_key(project: Path) -> None:
    bib = project / "bibliography.bib"
    bib.write_text(bib.read_text("utf-8") + entry("encore", "Un livre inventé", "2010"), encoding="utf-8")
    page = project / "chapters" / "presentation.md.j2"
    page.write_text(page.read_text("utf-8") + "\n\nVoir [@encore].\n", encoding="utf-8")
    assert [key for key in references(project) if key in ("ref-livre2010", "ref-encore")] == ["ref-livre2010"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("title = {Un titre}, doi = {10.1234/AB}", "title = {Autre}, doi = {https://doi.org/10.1234/ab}", True),
        ("title = {Un titre}, number = {CRC/C/GC/12}", "title = {Autre}, number = {crc/c/gc/12}", True),
        ("title = {Un titre}, number = {CRC/C/GC/12}", "title = {Autre}, number = {CRC/C/GC/12}", True),
        ("title = {Un titre}, number = {GRETA(2012)16}", "title = {Autre}, number = {GRETA (2012) 16}", True),
        ("title = {Un titre}, number = {vente E.14.V.10}", "title = {Autre}, number = {E.14.V.10}", True),
        ("title = {Un titre}, number = {12}", "title = {Autre}, number = {12}", False),
        ("title = {Rapport annuel}, author = {{CNCDH}}", "title = {Rapport annuel}, author = {{OFPRA}}", False),
        ("title = {Rapport annuel}, author = {{CNCDH}}", "title = {Rapport annuel}, author = {{La CNCDH}}", True),
        ("title = {Rapport annuel}", "title = {Rapport annuel}", False),
        ("title = {Une étude au long titre inventé}", "title = {UNE ÉTUDE au long titre, inventé}", True),
        ("title = {Un titre de cinq mots}, volume = {1}", "title = {Un titre de cinq mots}, volume = {2}", False),
        ("title = {Un titre de cinq mots}, number = {A/1/2}", "title = {Un titre de cinq mots}, number = {A/1/3}", False),
    ],
)  # fmt: skip
def test_what_makes_two_entries_one_work(tmp_path: Path, one: str, other: str, same: bool) -> None:
    texts = [f"@report{{k{n}, date = {{2010}}, {fields}}}" for n, fields in enumerate((one, other))]
    kept, found = library(tmp_path, texts[0], beta=texts[1])
    assert len(kept.references) == (1 if same else 2)
    assert [d.rule.code for d in found] == (["R13"] if same else [])


def test_only_what_is_printed_goes_on(tmp_path: Path) -> None:
    text = "@book{a, title={T}, date={2010}, file={:/home/x.pdf}, abstract={A}, keywords={k}, annotation={n}}"
    kept, _ = library(tmp_path, text)
    assert set(kept.references[0].item) == {"id", "type", "title", "issued"}


def test_hostile_files_are_refused_before_pandoc_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_start", lambda *given, **more: pytest.fail("pandoc was asked"))
    names = [f"s{chr(97 + n)}" for n in range(12)]
    bomb = '@string{sa = "0123456789"}\n' + "".join(
        f"@string{{{b} = {' # '.join([a] * 10)}}}\n" for a, b in pairwise(names)
    )
    loop = "@book{a, crossref={b}}\n@book{b, crossref={c}}\n@book{c, xdata={x, a}}\n"
    many = "".join(f"@book{{k{n}, title={{T}}}}\n" for n in range(5_000))
    for text in (bomb + "@book{a, title = sl}\n", loop, many):
        _, found = reading.read_bibliographies([Source("x.bib", text, "")], Cache(tmp_path / "cache", "test"))()
        assert "R04" in {d.rule.code for d in found}


@pytest.mark.parametrize(
    ("start", "repeated"), [("", "@book{a,title={"), ("", "@"), ('@book{a, title = "', "{"), ("", "@a{b,")]
)
def test_the_scanner_never_fails_and_takes_no_longer_than_its_text(start: str, repeated: str) -> None:
    """Eight times the text takes about eight times as long, where going back over it would take sixty-four times."""

    def cost(times: int) -> float:
        before = time.process_time()
        bibtex.scan(Source("x.bib", start + repeated * times, ""))
        return time.process_time() - before

    assert min(cost(40_000) for _ in range(3)) < 24 * min(cost(5_000) for _ in range(5))


def test_the_scanner_sees_what_pandoc_sees(tmp_path: Path) -> None:
    text = """% @book{comment, title = {x}}
@comment{@book{non, title = {x}}}
@string{ed = "Éditeur"}
@Book { quotes, title = "A {"}B{"} C" # ed, year = 2010 }
@book{a, title={x {y} z}, year=2010} @book{b,
  title = {Une accolade \\{ échappée}, % une remarque
  year  = 2011,
}
"""
    scanned = [entry.key.value for entry in bibtex.scan(Source("x.bib", text, "")).entries]
    read, found = reading.read_bibliographies([Source("x.bib", text, "")], Cache(tmp_path / "cache", "test"))()
    assert [reference.key.value for reference in read[0]] == scanned
    assert "R04" not in {d.rule.code for d in found}


def test_without_the_editors_bibliography_nothing_else_is_blamed(project: Path) -> None:
    (project / "bibliography.bib").unlink()
    examined = pipeline.examine(project, open_cache(project))
    assert [d.rule.code for d in examined.diagnostics] == ["F02"]
    assert len(references(project)) == 3


@pytest.mark.parametrize("language", ["", "en/"])
def test_citeproc_is_asked_for_what_the_shipped_pages_cite_before_they_are_read(tmp_path: Path, language: str) -> None:
    page = (PRODUCT / f"chapters/{language}cadre-juridique.md.j2").read_text(encoding="utf-8")
    (body,) = parse.read_bodies([BodyText("chapters/", page)], Cache(tmp_path, "tests"))
    read = clusters(passage.node for passage in body.passages if passage.cites)
    assert list(predict_citations(page, {})) == list(read) != []


def test_no_letter_of_a_title_changes_case(tmp_path: Path) -> None:
    titles = [
        ("", "La traite des enfants en France : Rapport CRC/C/OPSC/FRA/1"),
        ("langid = {french},", "Une note sur HCR/GIP/09/08 et l’A/C.3"),
        ("langid = {english},", "Trafficking in Persons Report: France"),
        ("hyphenation = {english}, % with a remark, here\n", "Un Titre Tout En Capitales (E/CN.4/Sub.2/2005/34)"),
    ]
    text = "".join(
        f"@inproceedings{{k{at}, author = {{A, B}}, title = {{{title}}}, booktitle = {{Les Actes De Paris}}, {more}}}\n"
        for at, (more, title) in enumerate(titles)
    )
    works, _ = library(tmp_path, text + "@book{last}\n")
    items = {reference.key.value: reference.item for reference in works.references}
    assert [items[f"k{at}"]["title"] for at in range(len(titles))] == [title for _, title in titles]
    assert {items[f"k{at}"]["container-title"] for at in range(len(titles))} == {"Les Actes De Paris"}


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("author", "{Ministère de la Justice} and {Défenseur des droits}", []),
        ("author", "Gaulle, Charles de and Jean du Bois and Awa DIOP and GRETA, {Groupe d'experts} and UNICEF", []),
        ("author", "Ministère, de la Justice and Martin, Jeanne", ["Ministère, de la Justice"]),
        ("editor", "Save the Children and Terre and Humanisme", ["Save the Children"]),
        ("author", "{Comité} des droits", ["{Comité} des droits"]),
        ("publisher", "Ministry of Health and Welfare", ["Ministry of Health and Welfare"]),
        ("publisher", "{Simon and Schuster}", []),
        *(
            ("author", name, [name])
            for name in (
                "ONU Femmes",
                "La Cimade",
                "Hors la Rue",
                "Terre des hommes",
                "Croix-Rouge française",
                "Unicef France",
                "Les Amis du Bus des femmes",
                "Anti-Slavery International",
                "The Code",
            )
        ),
        *(
            ("author", name, [])
            for name in (
                "De la Tour, Marie",
                "Jean de la Fontaine",
                "Ludwig van Beethoven",
                "Marie d'Agoult",
                "Joachim du Bellay",
                "Anne-Marie LEROY",
                "{La Cimade}",
                "J. K. Rowling",
                "Ben Jelloun, Tahar",
                "{García Márquez}, Gabriel José",
                "Simone de Beauvoir",
            )
        ),
    ],
)
def test_institutions_without_braces_are_told(field: str, text: str, told: list[str]) -> None:
    assert list(unbraced_institutions(field, text)) == told
