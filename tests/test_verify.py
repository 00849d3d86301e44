"""Verification: what is printed wrong is noticed whatever it is, and nothing is said of what is right."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
from msgspec.structs import replace
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from conftest import PRODUCT, lay_stock
from pdf_reader import Reader
from rapport import cli, pipeline, rules
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.messages import display
from rapport.model import Diagnostic, Document, Edition
from rapport.output.docx import writer as docx_export
from rapport.proof.pdf_page import Fonts, read_page
from rapport.proof.pdf_reading import read_pdf
from rapport.proof.proof import Proof
from rapport.storage.cache import Cache
from spoiled import (
    Change,
    Pdf,
    around,
    beyond,
    dated,
    docx,
    instructed,
    kids,
    moved,
    packed,
    pattern,
    pdf,
    raw,
    retyped,
    swap,
    tagged,
    text,
)
from tools import bench_corpus

pytestmark = pytest.mark.slow

SECRET = "Le lieu de l'atelier inventé reste réservé aux lecteurs de cette édition."
HEADER = (
    "---\ntitre: Un texte inventé\ndate: 2014-12-01\nauteurs: Association\nstatut: relu\ndiffusion: publique\n---\n"
)
TEXT = f"""{HEADER}
## Constat

Première phrase du premier paragraphe inventé. Elle compte 417 pas inventés et s'arrête là[^une].

Le deuxième paragraphe inventé parle d'une rivière[^deux]. Il cite un rapport [@rapport2012, p. 4].

Le troisième paragraphe inventé parle d'une montagne, et renvoie à la page
<https://exemple.invalid/un/tres/long/chemin/qui/ne/tient/pas/sur/une/seule/ligne/de/la/page/imprimee?avec=un&autre=mot>.

| Colonne inventée | Nombre inventé |
|------------------|---------------:|
| ligne verte      | 31             |
| ligne bleue      | 57             |

: La légende inventée d'un tableau

![Un carré gris pour essayer](images/carre.png){{alt="un carré gris, et rien d'autre dedans"}}

::: confidentiel
{SECRET}
:::

[^une]: La première note inventée parle d'un pont.
[^deux]: La deuxième note inventée parle d'un moulin.

## Analyse au regard de la Convention

Une analyse inventée : affinité, efficace, œuvre ; 2ème alinéa, XXème siècle, H~2~O et 10^e^, [petites]{{.smallcaps}}.

Terme inventé
:   Une définition inventée.

| Un vers inventé
| et un autre vers

```
un-code = "inventé" -- avec -- tirets
```

## Recommandations

- **Au ministère inventé** (CIDE 32) : construire un pont inventé sur la rivière.
- **Au Parlement** (CIDE 3) : dessiner une carte inventée de la montagne :

    a. d'abord au crayon inventé ;
    b. ensuite à l'encre inventée.
"""
REFUSED = f"""{HEADER}
## Constat

Cette phrase d'un fichier refusé parle d'un phare inventé au bord de la mer.

## Analyse

Une rubrique qui n'existe pas.
"""


class Sample(NamedTuple):
    """A project that was built, and what proves its outputs."""

    root: Path
    examined: Examined
    outputs: dict[str, bytes]
    proof: Proof

    def proof_of(self, document: Document) -> Proof:
        known = self.proof
        return Proof(
            known.report, document, self.examined.images, known.withheld, known.typed, self.root, known.cache,
            known.protection,
        )  # fmt: skip

    def found(self, name: str = "", content: bytes = b"") -> tuple[Diagnostic, ...]:
        """What is said of the outputs, one of which may be spoiled."""
        fresh = self.proof_of(self.proof.document)
        for path, good in self.outputs.items():
            fresh.read(path, content if path.endswith(name) and name else good)
        return fresh().diagnostics


def sample(root: Path, edition: Edition) -> Sample:
    cache = open_cache(root)
    examined = pipeline.examine(root, cache)
    report, document, problems = pipeline.lay_out(examined, edition, cache)
    assert report and document, problems
    proof = pipeline.proof(examined, report, document, root, cache)
    suffixes = ("docx", "pdf", "html")
    names = {
        Edition.DRAFT: "rapport-projet",
        Edition.PUBLIC: "rapport-public",
        Edition.CONFIDENTIAL: "rapport-confidentiel-ne-pas-diffuser",
    }
    outputs = {f"build/{names[edition]}.{s}": (root / f"build/{names[edition]}.{s}").read_bytes() for s in suffixes}
    return Sample(root, examined, outputs, proof)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A draft that holds every form a text may take, a confidential passage and a refused file."""
    root = lay_stock(tmp_path_factory.mktemp("verification"))
    (root / "contributions/alpha/mendicite.md").write_text(TEXT, encoding="utf-8")
    (root / "contributions/beta/parole.md").write_text(REFUSED, encoding="utf-8")
    assert cli.run(["build", "--root", str(root)]) == 1  # because of the refused file
    return sample(root, Edition.DRAFT)


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {diagnostic.rule.code for diagnostic in found}


# ---- what was spoiled, where, how, and what must be said of it

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
FIRST = "Première phrase du premier paragraphe inventé. Elle compte 417 pas inventés et s’arrête là"


def paragraph(words: str) -> str:
    """A paragraph of a Word file, as a pattern, that begins its text with some words."""
    return rf"<w:p>(?:(?!</w:p>).)*?{re.escape(words)}(?:(?!</w:p>).)*?</w:p>"


def in_document(change: Change) -> Change:
    return docx(DOCUMENT, change)


def swapped(one: str, other: str) -> Change:
    def change(content: bytes) -> bytes:
        page = content.decode()
        first, second = re.search(one, page, re.DOTALL), re.search(other, page, re.DOTALL)
        assert first and second
        return swap(page, first[0], second[0]).encode()

    return change


def doubled(one: str) -> Change:
    return pattern(rf"({one})", r"\1\1")


def picture(exif: bool = False) -> bytes:
    out, said = io.BytesIO(), PngInfo()
    if exif:
        said.add_text("Comment", "chez moi, le 3 mai")
    Image.new("RGB", (40, 40), "red").save(out, "PNG", pnginfo=said)
    return out.getvalue()


def repainted(opened: object) -> None:
    """The first picture of a PDF in other colours."""
    for number, source in opened.objects.items():  # type: ignore[attr-defined]
        if b"/Subtype/Image" in source and b"/Width" in source:
            pixels = opened.file.stream(number)  # type: ignore[attr-defined]
            head = source[: source.index(b"stream\n")]
            changed = zlib.compress(bytes(255 - value for value in pixels))
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(changed), head)
            opened.objects[number] = head + b"stream\n" + changed + b"\nendstream\nendobj"  # type: ignore[attr-defined]
            return
    raise AssertionError("no picture")


def new_media(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    name = next(name for name in parts if name.startswith("word/media/"))
    return packed({**parts, name: picture()})


def commented_media(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    name = next(name for name in parts if name.startswith("word/media/"))
    return packed({**parts, name: picture(exif=True)})


def between_names(content: bytes) -> bytes:
    """The first two names that stand before passages change places."""
    page = content.decode()
    at = page.index("Provenance" if "<w:p>" in page else 'class="provenance"')
    head, rest = page[:at], page[at:]
    one, other = ">Association Bêta<", ">Association Alpha<"
    assert one in rest and other in rest
    return (head + rest.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other, 1)).encode()


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


NEXT_RUN = r"<w:r>(?:(?!</w:r>).)*?"
MUTATIONS: dict[str, tuple[str, Change, str]] = {
    # Word
    "docx: a sentence is lost": (
        "docx",
        in_document(text("Première phrase du premier paragraphe inventé. ", "")),
        "V05",
    ),
    "docx: a paragraph is lost": (
        "docx",
        in_document(pattern(paragraph("Le deuxième paragraphe"), "")),
        "V02 V07 V08 V14",
    ),
    "docx: a paragraph is printed twice": (
        "docx",
        in_document(doubled(paragraph("Le troisième paragraphe"))),
        "V03 V07",
    ),
    "docx: two paragraphs change places": (
        "docx",
        in_document(swapped(paragraph("Le deuxième paragraphe"), paragraph("Le troisième paragraphe"))),
        "V04 V07",
    ),
    "docx: two names change places": ("docx", in_document(between_names), "V06"),
    "docx: a name is another": (
        "docx",
        in_document(pattern('("Provenance" ?/></w:pPr>(?:(?!</w:p>).)*?>)Association Bêta<', r"\1Association Alpha<")),
        "V06",
    ),
    "docx: a figure is another": ("docx", in_document(text("417 pas", "471 pas")), "V05"),
    "docx: a note is lost": (
        "docx",
        docx(NOTES, pattern(r'<w:footnote w:id="\d+">(?:(?!</w:footnote>).)*?moulin.*?</w:footnote>', "")),
        "V08",
    ),
    "docx: a note is another": ("docx", docx(NOTES, text("moulin", "château")), "V08"),
    "docx: a note is called nowhere": (
        "docx",
        in_document(pattern(r'<w:footnoteReference w:id="\d+"\s*/>', "")),
        "V08 V14",
    ),
    "docx: a cell is empty": ("docx", in_document(text(">ligne bleue<", "><")), "V09"),
    "docx: two cells change places": ("docx", in_document(lambda c: swap(c.decode(), ">31<", ">57<").encode()), "V09"),
    "docx: a line of a table is lost": (
        "docx",
        in_document(pattern(r"<w:tr>(?:(?!</w:tr>).)*?ligne bleue.*?</w:tr>", "")),
        "V09",
    ),
    "docx: a picture has no words": ("docx", in_document(text("un carré gris, et rien d’autre dedans", "")), "V11"),
    "docx: a caption is another": ("docx", in_document(text("La légende inventée", "La légende oubliée")), "V10"),
    "docx: the number of a table is another": (
        "docx",
        in_document(pattern(r"(SEQ Tableau.{0,600}?<w:t[^>]*>)\d+(</w:t>)", r"\g<1>9\2")),
        "V10",
    ),
    "docx: a paragraph has no number": (
        "docx",
        in_document(
            pattern(
                r'<w:pStyle w:val="ParagrapheNumerote" ?/>(?=(?:(?!</w:p>).)*?troisième paragraphe)',
                '<w:pStyle w:val="BodyText"/>',
            )
        ),
        "V07",
    ),
    "docx: a recommendation has another label": (
        "docx",
        in_document(pattern(r"(<w:t[^>]*>)R2(</w:t>)", r"\1R7\2")),
        "V05",
    ),
    "docx: numbers begin elsewhere": (
        "docx",
        docx("word/numbering.xml", pattern(r'<w:start w:val="1" ?/>', '<w:start w:val="5"/>')),
        "V07",
    ),
    "docx: a theme stands elsewhere": (
        "docx",
        in_document(moved("Mendicité", "Les questions transversales", "Travail forcé")),
        "*",
    ),
    "docx: a confidential sentence": (
        "docx",
        in_document(text(FIRST[:45], SECRET.replace("'", "’") + FIRST[:45])),
        "V13",
    ),
    "docx: a refused sentence in a running head": (
        "docx",
        docx(
            "word/header1.xml",
            pattern(r"(<w:t[^>]*>)", r"\1Cette phrase d’un fichier refusé parle d’un phare inventé au bord de la mer"),
        ),
        "V12 V13",
    ),
    "docx: a sentence of nobody's": (
        "docx",
        in_document(
            pattern(
                r"(</w:p>)(?=\s*<w:p>(?:(?!</w:p>).)*?troisième paragraphe)",
                r"\1<w:p><w:r><w:t>Personne n'a rien écrit de tel ici.</w:t></w:r></w:p>",
            )
        ),
        "V12",
    ),
    "docx: hidden text": (
        "docx",
        in_document(pattern(r"<w:r>(<w:t[^>]*>Première phrase)", r"<w:r><w:rPr><w:vanish/></w:rPr>\1")),
        "V14",
    ),
    "docx: a deletion": (
        "docx",
        in_document(
            pattern(
                r"(<w:r>(?:(?!</w:r>).)*?Première phrase)",
                r'<w:del w:id="9000" w:author="x"><w:r><w:delText>Un mot.</w:delText></w:r></w:del>\1',
            )
        ),
        "V14",
    ),
    "docx: an insertion": (
        "docx",
        in_document(
            pattern(r"(<w:r>(?:(?!</w:r>).)*?Première phrase.*?</w:r>)", r'<w:ins w:id="9000" w:author="x">\1</w:ins>')
        ),
        "V14",
    ),
    "docx: a remark": (
        "docx",
        docx(
            "word/comments.xml",
            pattern(
                r"</w:comments>|(?<=<w:comments)([^>]*)/>",
                r'\1><w:comment w:id="0" w:author="x"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:comment></w:comments>',
            ),
        ),
        "V14",
    ),
    "docx: a file too many": ("docx", docx("word/embeddings/secret.bin", lambda _: b"octets"), "V14"),
    "docx: a path": (
        "docx",
        docx("docProps/core.xml", pattern("(<dc:subject>)", r"\1/home/coordination/rapport")),
        "V15",
    ),
    "docx: a path in the name of a picture": (
        "docx",
        in_document(pattern(r'(<pic:cNvPr [^>]*name=")', r"\1/home/coordination/")),
        "V15",
    ),
    "docx: another author": ("docx", docx("docProps/core.xml", pattern("(<dc:creator>).*?(<)", r"\1Camille\2")), "V15"),
    "docx: the date of today": ("docx", docx("docProps/core.xml", pattern("2015-02-28", "2026-11-23")), "V15"),
    "docx: the name of a tool": (
        "docx",
        docx("docProps/app.xml", pattern("/>$", "><Application>LibreOffice/25.2</Application></Properties>")),
        "V15",
    ),
    "docx: dates in the package": ("docx", dated, "V15"),
    "docx: a picture with a remark": ("docx", commented_media, "V15 V17"),
    "docx: another picture": ("docx", new_media, "V17"),
    "docx: cut short": ("docx", cut, "V01"),
    "docx: not a text": ("docx", docx(DOCUMENT, lambda c: c[: len(c) // 2]), "V01"),
    "docx: another paragraph in the contents": ("docx", in_document(pattern("(§\u00a0)\\d+", r"\g<1>77")), "V18"),
    "docx: a title lost in the contents": (
        "docx",
        in_document(pattern(r'<w:p><w:pPr><w:pStyle w:val="Toc2"/>.*?</w:p>', "")),
        "V18",
    ),
    # PDF
    "pdf: a figure is another": ("pdf", retyped("417 pas", "471 pas"), "V05"),
    "pdf: a word is another": (
        "pdf",
        retyped("paragraphe inventé parle d’une montagne", "paragraphe inventé parle d’une campagne"),
        "V05 V14",
    ),
    "pdf: a name is another": ("pdf", retyped("Association Bêta", "Association Alpha", at=1), "V06"),
    "pdf: a number is another": ("pdf", retyped("12.", "13."), "V07"),
    "pdf: a note is another": ("pdf", retyped("d’un moulin", "d’un moulins"), "V08"),
    "pdf: a note is lost": ("pdf", tagged(b"Note", kids(lambda held: []), rb"Note 2"), "V08"),
    "pdf: the call of a note is lost": ("pdf", tagged(b"Lbl", kids(lambda held: []), rb"/K\[\d+ 0 R\]"), "V08"),
    "pdf: a cell is another": ("pdf", retyped("ligne verte", "ligne vertes"), "V09"),
    "pdf: a cell is lost": ("pdf", tagged(b"TD", kids(lambda held: [])), "V09"),
    "pdf: two cells change places": ("pdf", around("ligne verte", lambda held, at: held[::-1]), "V09"),
    "pdf: two lines of a table change places": ("pdf", beyond("ligne verte", lambda held, at: held[::-1]), "V09"),
    "pdf: a caption is another": ("pdf", retyped("La légende inventée", "La légende inventés"), "V10"),
    "pdf: a picture has no words": (
        "pdf",
        tagged(b"Figure", lambda s: re.sub(rb"/Alt<[0-9A-F]*>", b"/Alt()", s)),
        "V11",
    ),
    "pdf: a paragraph is lost": (
        "pdf",
        around("deuxième paragraphe", lambda held, at: held[:at] + held[at + 1 :]),
        "V02 V07 V08",
    ),
    "pdf: paragraphs change places": (
        "pdf",
        around("deuxième paragraphe", lambda held, at: [*held[:at], held[at + 1], held[at], *held[at + 2 :]]),
        "V04 V07",
    ),
    "pdf: a paragraph is read twice": (
        "pdf",
        around("troisième paragraphe", lambda held, at: [*held[:at], held[at], *held[at:]]),
        "V03",
    ),
    "pdf: chapters change places": ("pdf", around("deuxième paragraphe", lambda held, at: held[at:] + held[:at]), "*"),
    "pdf: invisible text": ("pdf", instructed(rb"0 Tr", b"3 Tr"), "V14"),
    "pdf: text outside the tags": ("pdf", instructed(rb"/Span<</MCID 3/?[^>]*>>BDC(.*?)EMC", rb"\1"), "*"),
    "pdf: text as an ornament": ("pdf", instructed(rb"/Span<</MCID 3>>BDC", b"/Artifact<</Type/Layout>>BDC"), "*"),
    "pdf: an attachment": ("pdf", raw(rb"/Type/Catalog", b"/Type/Catalog/Names<</EmbeddedFiles<</Names[]>>>>"), "V14"),
    "pdf: a script": ("pdf", raw(rb"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(1)>>"), "V14"),
    "pdf: a remark": ("pdf", raw(rb"/Type/Catalog", b"/Type/Catalog/Extra<</Type/Annot/Subtype/FreeText>>"), "V14"),
    "pdf: another author": ("pdf", raw(rb"(/Author)(<[^>]*>|\([^)]*\))", rb"\1(Camille)"), "V15"),
    "pdf: a path": (
        "pdf",
        raw(rb"(/Author)(<[^>]*>|\([^)]*\))", rb"\1\2/Subject(/home/coordination/rapport)"),
        "V14 V15",
    ),
    "pdf: the date of today": ("pdf", raw(rb"D:20150228", b"D:20261123"), "V15"),
    "pdf: the date of today, in the other record": ("pdf", raw(rb"2015-02-28T", b"2026-11-23T"), "V15"),
    "pdf: another picture": ("pdf", pdf(repainted), "V17"),
    "pdf: cut short": ("pdf", cut, "V01"),
    "pdf: something after the end": ("pdf", lambda content: content + b"\n%%EOF\n", "V01"),
    "pdf: another page in the contents": ("pdf", retyped("Mendicité", "Mendicitée"), "*"),
    # HTML
    "html: a sentence is lost": ("html", text("Première phrase du premier paragraphe inventé. ", ""), "V05"),
    "html: a paragraph is lost": (
        "html",
        pattern(r'<p><span class="number"[^>]*>10\.</span>(?:(?!</p>).)*?</p>', ""),
        "V02 V07",
    ),
    "html: a paragraph is printed twice": (
        "html",
        pattern(r"(<p>(?:(?!</p>).)*?troisième paragraphe.*?</p>)", r"\1\1"),
        "V03",
    ),
    "html: two names change places": ("html", between_names, "V06"),
    "html: a figure is another": ("html", text("417 pas", "471 pas"), "V05"),
    "html: a number is another": ("html", pattern(r'(<span class="number"[^>]*>)12\.', r"\g<1>13."), "V07"),
    "html: a note is another": ("html", text("moulin", "château"), "V08"),
    "html: a note is lost": ("html", pattern(r'<li id="note-\d+"(?:(?!</li>).)*?moulin.*?</li>', ""), "V08"),
    "html: the call of a note is lost": ("html", pattern(r"<sup>(?:(?!</sup>).)*?doc-noteref.*?</sup>", ""), "V08"),
    "html: a cell is lost": ("html", pattern(r"<td[^>]*>ligne verte</td>", ""), "V09 V14"),
    "html: a caption is another": ("html", text("La légende inventée", "La légende oubliée"), "V10"),
    "html: a picture has no words": ("html", pattern(r'alt="un carré gris, et[^"]*"', 'alt=""'), "V11"),
    "html: a confidential sentence in a remark": ("html", text("</main>", f"<!-- {SECRET} --></main>"), "V13 V14"),
    "html: hidden text": (
        "html",
        text("</main>", "<p hidden>Un texte inventé que personne ne voit.</p></main>"),
        "V12 V14",
    ),
    "html: a script": ("html", text("</main>", "<script>1</script></main>"), "V05 V14"),
    "html: a sentence of nobody's": (
        "html",
        text("</main>", "<p>Personne n'a rien écrit de tel ici.</p></main>"),
        "V12",
    ),
    "html: the name of a tool": ("html", text("<title>", '<meta name="generator" content="pandoc 3.9"><title>'), "V15"),
    "html: a path": ("html", text("</main>", '<a href="file:///home/coordination/rapport.md"></a></main>'), "V15"),
    "html: another picture": (
        "html",
        pattern(r"data:image/png;base64,[^\"]*", "data:image/png;base64,iVBORw0KGgo="),
        "V17",
    ),
    "html: a picture from elsewhere": (
        "html",
        pattern(r'data:image/png;base64,[^"]*', "https://exemple.invalid/image.png"),
        "V17",
    ),
    "html: cut short": ("html", cut, "V01"),
    "html: a title lost in the contents": ("html", pattern(r"<li><a href=\"#theme-mendicite\">.*?</li>", ""), "V18"),
}


def test_nothing_is_said_of_what_is_right(built: Sample) -> None:
    assert [display.as_text(d, {}, "fr") for d in built.found()] == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_spoiled_is_noticed(name: str, built: Sample) -> None:
    suffix, change, wanted = MUTATIONS[name]
    path = next(path for path in built.outputs if path.endswith(suffix))
    spoiled = change(built.outputs[path])
    assert spoiled != built.outputs[path]
    found = built.found(suffix, spoiled)
    for language in ("fr", "en"):
        assert all(display.as_text(diagnostic, built.examined.sources, language) for diagnostic in found)
    if wanted == "*":
        assert found
    else:
        assert codes(found) == set(wanted.split()), [display.message(d, "fr") for d in found]


@pytest.mark.parametrize("name", [name for name in MUTATIONS if name.startswith("pdf")])
def test_a_spoiled_page_that_was_kept_is_noticed_again(name: str, built: Sample) -> None:
    suffix, change, _ = MUTATIONS[name]
    spoiled = change(next(good for path, good in built.outputs.items() if path.endswith(suffix)))
    first = built.found(suffix, spoiled)
    assert first
    assert built.found(suffix, spoiled) == first


def test_pages_that_were_kept_say_what_they_said(built: Sample, tmp_path: Path) -> None:
    content = built.outputs["build/rapport-projet.pdf"]
    fresh = read_pdf(content)
    assert read_pdf(content, Cache(tmp_path, "this version")) == fresh
    kept = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(kept) >= content.count(b"/Type/Page/")
    assert read_pdf(content, Cache(tmp_path, "this version")) == fresh
    for damage in (b"", kept[0].read_bytes()):  # emptied, or another page's
        for path in kept[1:]:
            path.write_bytes(damage)
        assert read_pdf(content, Cache(tmp_path, "this version")) == fresh


def test_verify_reads_every_page_from_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.run(["build", "--root", str(project)]) == 0
    asked, get = [], Cache.get
    monkeypatch.setattr(Cache, "get", lambda cache, kind, *facts: asked.append(kind) or get(cache, kind, *facts))
    assert cli.run(["verify", "--root", str(project)]) == 0
    assert asked and "pdf-page" not in asked


# ---- nothing is said of what is right


@pytest.mark.parametrize("edition", list(Edition))
def test_every_edition_is_proved(edition: Edition, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--root", str(project), "--edition", edition.value]) == 0
    assert "vérifié : " in capsys.readouterr().out


def test_the_english_edition_is_proved(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--root", str(project), "--report-language", "en"]) == 0
    assert "vérifié : " in capsys.readouterr().out


def test_the_shipped_project_is_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("chapters", "contributions", "bibliography.bib"):
        copy = shutil.copytree if (PRODUCT / name).is_dir() else shutil.copy
        copy(PRODUCT / name, tmp_path / name)
    assert cli.run(["build", "--root", str(tmp_path)]) == 0
    assert "vérifié : " in capsys.readouterr().out


def test_a_large_report_is_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench_corpus.write(tmp_path, 12, PRODUCT / "chapters")
    for template in (tmp_path / "chapters").glob("*.j2"):  # the product's cite works that this bibliography lacks
        template.write_text(re.sub(r" *\[[^]@]*@[^]]*\]", "", template.read_text(encoding="utf-8")), encoding="utf-8")
    assert cli.run(["build", "--root", str(tmp_path)]) == 0
    assert "vérifié : " in capsys.readouterr().out


def test_what_is_hard_to_print_is_proved(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Notes and tables over several pages, very long words, other alphabets, notes in tables and titles."""
    long = " ".join(f"Le mot inventé numéro {n} d'une phrase sans fin, anticonstitutionnellement." for n in range(160))
    notes = "".join(f"Une phrase inventée[^n{n}]. " for n in range(40))
    texts = "".join(f"[^n{n}]: Une note inventée, la numéro {n}. {long[: 40 * n]}.\n" for n in range(40))
    rows = "".join(f"| ligne {n}[^r{n}] | {n} % | δέλτα, дельта |\n" for n in range(60))
    called = "".join(f"[^r{n}]: La note inventée de la ligne {n}.\n" for n in range(60))
    body = f"""{HEADER}
## Constat

{long}

{notes}

### Un intertitre inventé[^titre]

| Nom inventé | Part inventée | Autres alphabets |
|-------------|--------------:|------------------|
{rows}

: Une légende inventée[^legende]

1. Un point inventé

   a. un sous-point inventé

      i. un sous-sous-point inventé

Un mot ~~barré~~ inventé, un *~~autre~~* [^barre], et des renvois : [](#mon-tableau),
[celui-ci](#ma-ligne), [](#theme-mendicite).

#### Un intertitre inventé plus bas

[]{{#ma-ligne}}Un paragraphe inventé, avec un renvoi [à lui-même](#ma-ligne).

| Un mot |     | ~~Un autre~~ |
|--------|-----|--------------|
| inventé |    | inventé aussi |

: Une autre légende inventée {{#mon-tableau}}

|     |     |
|-----|-----|
| un tableau inventé | sans tête |

- Un tiret -- et un autre --- puis « des guillemets "dans" des guillemets », l\\'apostrophe, l'autre.

Donau\u00addampf\u00adschiff{"abcdefghij" * 9} et {"x" * 90}.

[^titre]: La note inventée d'un intertitre.
[^barre]: La note inventée d'un mot ~~barré~~, avec [un renvoi](#ma-ligne).
[^legende]: La note inventée d'une légende.
{texts}{called}
## Analyse au regard de la Convention

Une analyse inventée.

## Recommandations

- **Au Parlement** (CIDE 3) : inventer une loi.
"""
    (project / "contributions/beta/mendicite.md").write_text(body, encoding="utf-8")
    status = cli.run(["build", "--root", str(project)])
    said = capsys.readouterr().out
    assert "vérifié : " in said and status == 0, said


def test_what_was_compared_is_counted_in_good_french_and_english() -> None:
    counts = {"sentences": 2, "notes": 1, "cells": 0, "pictures": 1, "numbers": 12}
    french, english = (display.verification_line(counts, {"whole"}, language) for language in ("fr", "en"))
    assert "2 phrases, 1 note, 0 case de tableau, 1 image et 12 numéros" in french
    assert "2 sentences, 1 note, 0 cells of tables, 1 picture and 12 numbers" in english


# ---- what a failure does


def test_the_good_outputs_of_before_are_kept(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    assert cli.run(["build", "--root", str(project)]) == 0
    before = {path.name: path.read_bytes() for path in (project / "build").glob("rapport-*")}
    text = project / "contributions/beta/travail-force.md"
    text.write_text(text.read_text(encoding="utf-8").replace("Un autre constat", "Un constat"), encoding="utf-8")
    write = docx_export.write
    monkeypatch.setattr(
        docx_export,
        "write",
        lambda *given, **more: in_document(doubled(paragraph("Un constat")))(write(*given, **more)),
    )
    assert cli.run(["build", "--root", str(project)]) == 3
    out = capsys.readouterr().out
    assert "erreur V03 : dans build/rapport-projet.docx" in out and "la vérification a échoué" in out
    assert "contributions/beta/travail-force.md:11" in out
    assert {path.name: path.read_bytes() for path in (project / "build").glob("rapport-*")} == before
    monkeypatch.undo()
    assert cli.run(["build", "--root", str(project)]) == 0
    assert {path.name: path.read_bytes() for path in (project / "build").glob("rapport-*")} != before


def test_the_verb_reads_what_is_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", "--root", str(project)]) == 1
    assert "rien à vérifier" in capsys.readouterr().out
    assert cli.run(["build", "--root", str(project)]) == 0
    assert cli.run(["verify", "--root", str(project)]) == 0
    page = project / "build" / "rapport-projet.html"
    page.write_bytes(text("Un autre constat", "Un constat")(page.read_bytes()))
    capsys.readouterr()
    assert cli.run(["verify", "--root", str(project)]) == 3
    assert "V05" in capsys.readouterr().out
    contribution = project / "contributions/beta/travail-force.md"
    contribution.write_text(contribution.read_text(encoding="utf-8") + "\n- Une seconde source.\n", encoding="utf-8")
    assert cli.run(["verify", "--root", str(project)]) == 1
    assert "n'a pas été fait avec les textes et le programme d'aujourd'hui : tapez « make »" in capsys.readouterr().out
    (project / "build" / "rapport-projet-en.html").write_bytes(page.read_bytes())
    (project / "build" / "rapport-public-en.html").write_bytes(page.read_bytes())
    assert cli.run(["verify", "--root", str(project)]) == 1
    said = capsys.readouterr().out
    assert "rapport-projet-en.html n'a" in said and "tapez « make english »" in said
    assert "rapport-public-en.html n'a" in said and "tapez « make public ENGLISH=oui »" in said


# ---- laying out is watched too


def test_what_laying_out_does_to_a_block_is_noticed(built: Sample) -> None:
    document = built.proof.document
    at, theme = next((n, c) for n, c in enumerate(document.chapters) if "deuxième paragraphe" in str(c))
    places = [
        n for n, node in enumerate(theme) if "deuxième paragraphe" in str(node) or "troisième paragraphe" in str(node)
    ]
    one, other = places
    spoiled = {
        "V02": [node for n, node in enumerate(theme) if n != one],
        "V04": [*theme[:one], *theme[other : other + 1], *theme[one:other], *theme[other + 1 :]],
        "V05": orjson.loads(orjson.dumps(theme).replace("rivière".encode(), b"ruelle")),
        "V06": orjson.loads(orjson.dumps(theme).replace(b"Association Alpha", "Association Bêta".encode())),
        "V16": [*theme, {"t": "Para", "c": [{"t": "Str", "c": "{{ oublié }}"}]}],
    }
    for code, chapter in spoiled.items():
        changed = replace(document, chapters=(*document.chapters[:at], tuple(chapter), *document.chapters[at + 1 :]))
        assert codes(built.proof_of(changed).layout_diagnostics) == {code}, code


# ---- our reader of PDF agrees with one that others wrote


def test_the_pdf_says_the_same_to_another_reader(built: Sample) -> None:
    content = next(content for path, content in built.outputs.items() if path.endswith(".pdf"))
    opened = Pdf(content)
    fonts = Fonts(opened.file)
    ours = []
    for page, instructions in opened.pages():
        resources = opened.file.value(opened.file.dictionary(page), b"Resources")
        read = read_page(opened.file.stream(instructions), [one[:2] for one in fonts.with_widths(resources)])
        ours.append("".join("".join([*read.words.values(), *read.furniture_words, *read.untagged_words]).split()))
    assert [Counter(page) for page in ours] == [Counter(page) for page in Reader(content).pages]


def test_every_rule_of_verification_is_shown() -> None:
    """A folder of tests/diagnostics cannot break an output: the rules of this family are shown here."""
    shown = {code for _, _, wanted in MUTATIONS.values() for code in wanted.split()} | {
        "V16",
        "V19",
        "V20",
    }  # see test_second_net.py, test_figures_charts.py
    assert {rule.code for rule in rules.RULES if rule.code.startswith("V")} <= shown
