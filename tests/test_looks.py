"""Outputs whose words are all there, and which yet say something else to whoever opens them: each has to be noticed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rapport import cli
from rapport.messages import display
from rapport.model import Edition
from spoiled import (
    Change,
    Pdf,
    docx,
    exchanged_links,
    laid_link,
    moved_part,
    pattern,
    pdf,
    raw,
    shifted_link,
    text,
    widened_link,
)  # fmt: skip
from test_verify import Sample, built, codes, in_document, sample  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow

STYLES, RELATIONS = "word/styles.xml", "word/_rels/document.xml.rels"
LONG_RUN = r"<w:r>(<w:t[^>]*>[^<]{40,})"
OUTSIDE = (
    '<Relationship Id="x1" TargetMode="External" Target="http://example.org/x" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
)


def run_of(properties: str) -> Change:
    """A Word file in which the first long run looks otherwise."""
    return in_document(pattern(LONG_RUN, rf"<w:r><w:rPr>{properties}</w:rPr>\1"))


def body_style(properties: str) -> Change:
    """A Word file in which the style of running text looks otherwise."""
    return docx(STYLES, pattern(r'(w:styleId="BodyText".*?)(</w:style>)', rf"\1<w:rPr>{properties}</w:rPr>\2"))


def related(kind: str) -> Change:
    return docx(RELATIONS, text("</Relationships>", OUTSIDE.format(kind)))


def headed(more: str) -> Change:
    """A page with something more in its head."""
    return text("</title>", f"</title>{more}")


def attribute(words: str) -> Change:
    return pattern(r"<p>", f"<p {words}>")


def on_page(number: int, change: Callable[[Pdf, int, int], None]) -> Change:
    """A PDF of which one page is changed: the numbers of the page and of its instructions are given."""
    return pdf(lambda opened: change(opened, *opened.pages()[number]))


def written(old: bytes, new: bytes) -> Callable[[Pdf, int, int], None]:
    def change(opened: Pdf, _: int, instructions: int) -> None:
        stream = opened.file.stream(instructions)
        assert re.search(old, stream), old
        opened.write(instructions, re.sub(old, new, stream, count=1))

    return change


def about(old: bytes, new: bytes) -> Callable[[Pdf, int, int], None]:
    def change(opened: Pdf, page: int, _: int) -> None:
        assert re.search(old, opened.objects[page]), old
        opened.objects[page] = re.sub(old, new, opened.objects[page], count=1)

    return change


def pages_swapped(opened: Pdf) -> None:
    """Two pages in each other's place, their tags where they were."""
    number, source = next((n, s) for n, s in opened.objects.items() if b"/Type/Pages/Count" in s)
    found = re.search(rb"/Kids\[([^\]]*)\]", source)
    assert found
    held = re.findall(rb"\d+ 0 R", found[1])
    held[-1], held[-2] = held[-2], held[-1]
    opened.objects[number] = source[: found.start(1)] + b" ".join(held) + source[found.end(1) :]


def titled(number: int, style: str) -> Change:
    """A Word file in which one title has the style of another level."""

    def change(content: bytes) -> bytes:
        page = content.decode()
        found = list(re.finditer(r'<w:pStyle w:val="Heading3" ?/>', page))[number]
        return f'{page[: found.start()]}<w:pStyle w:val="{style}"/>{page[found.end() :]}'.encode()

    return in_document(change)


def place_moved(opened: Pdf) -> None:
    """The place that links to a chapter lead to, further down on its page."""
    catalogue = next(source for source in opened.objects.values() if b"/Dests" in source)
    found = re.search(rb"\(presentation\)(\d+) 0 R", catalogue)
    assert found
    number = int(found[1])
    opened.objects[number] = re.sub(rb"(XYZ [\d.]+ )[\d.]+", rb"\g<1>300", opened.objects[number])


def painted(what: bytes) -> Callable[[Pdf, int, int], None]:
    """Something more that is painted last on a page, as an ornament."""

    def change(opened: Pdf, _: int, instructions: int) -> None:
        more = b"\n/Artifact<</Type/Layout>>BDC\n" + what + b"\nEMC\n"
        opened.write(instructions, opened.file.stream(instructions).rstrip() + more)

    return change


def boxed(colour: bytes, more: bytes = b"") -> bytes:
    """A box over the middle of a page."""
    return b"q 1 0 0 -1 90 700 cm/c0 cs %s scn 0 0 m 400 0 l 400 500 l 0 500 l\nh\nf\nQ%s" % (colour, more)


def ground(opened: Pdf, page: int, instructions: int) -> None:
    """Words in the colour of the box that they stand on."""
    stream = opened.file.stream(instructions)
    tint = re.search(rb"cs ([\d.]+ [\d.]+ [\d.]+) scn 0 0 m .*?\n", stream)
    assert tint
    rest, count = re.subn(rb"[\d.]+ [\d.]+ [\d.]+(?= scn\s+BT)", tint[1], stream[tint.end() :], count=1)
    assert count
    opened.write(instructions, stream[: tint.end()] + rest)


def darkened(opened: Pdf, page: int, instructions: int) -> None:
    """A box in the colour of the words that stand on it."""
    stream = opened.file.stream(instructions)
    opened.write(instructions, re.sub(rb"[\d.]+ [\d.]+ [\d.]+ (?=scn 0 0 m)", b"0.07 0.2 0.42 ", stream, count=1))


def first_box(change: Callable[[Pdf, int, int], None]) -> Change:
    """The first page, after the cover, on which words stand on a box."""

    def spoil(opened: Pdf) -> None:
        number, instructions = next(
            (page, source) for page, source in opened.pages()[1:]
            if re.search(rb"cs [\d.]+ [\d.]+ [\d.]+ scn 0 0 m", opened.file.stream(source))
        )  # fmt: skip
        change(opened, number, instructions)

    return pdf(spoil)


RIGHT_HALF = b"q 1 0 0 -1 300 760 cm/c0 cs 1 scn 0 0 m 250 0 l 250 600 l 0 600 l\nh\nf\nQ"
MUTATIONS: dict[str, tuple[str, Change, str]] = {
    "docx: words as white as the paper": ("docx", run_of('<w:color w:val="FFFFFF"/>'), "V14"),
    "docx: a cover without its ground": ("docx", docx(STYLES, pattern('w:fill="12356B"', 'w:fill="FDFDFD"')), "V14"),
    "docx: words too small to be read": ("docx", run_of('<w:sz w:val="2"/>'), "V14"),
    "docx: a style that hides": ("docx", body_style("<w:vanish/>"), "V14"),
    "docx: a style in white": ("docx", body_style('<w:color w:val="FEFEFE"/>'), "V14"),
    "docx: a paragraph moved off the page": (
        "docx", in_document(pattern("(<w:pPr>)", r'\1<w:framePr w:w="1" w:hAnchor="page" w:x="-20000"/>')), "V14"
    ),
    "docx: a template fetched from elsewhere": ("docx", related("attachedTemplate"), "V14"),
    "docx: a field that fetches": ("docx", in_document(pattern(" (?:REF|SEQ) [^<]*", " INCLUDETEXT http://x")), "V14"),
    "docx: an address is another": (
        "docx", docx(RELATIONS, pattern('Target="https?://[^"]+"', 'Target="https://example.org/x"')), "V14"
    ),
    "docx: a reference that Word would count otherwise": (
        "docx", in_document(pattern(r"( REF )(\S+)( \\n)", r"\1_Toc000000001\3")), "V14"
    ),
    "docx: signs that nobody sees": ("docx", in_document(pattern("(deuxi)(ème)", "\\1\u200b\\2")), "V14"),
    "docx: in another language": ("docx", docx(STYLES, pattern('(<w:lang [^>]*w:val=")fr', r"\1de")), "V15"),
    "docx: words crossed out": ("docx", run_of("<w:strike/>"), "V14"),
    "docx: words crossed out twice": ("docx", run_of('<w:dstrike w:val="true"/>'), "V14"),
    "docx: words that only a web page hides": ("docx", run_of("<w:webHidden/>"), "V14"),
    "docx: words hidden as a mark is": ("docx", run_of("<w:specVanish/>"), "V14"),
    "docx: words squeezed": ("docx", run_of('<w:w w:val="1"/>'), "V14"),
    "docx: letters one over the other": ("docx", run_of('<w:spacing w:val="-240"/>'), "V14"),
    "docx: words on a ground of their colour": ("docx", run_of('<w:shd w:val="clear" w:fill="1C2230"/>'), "V14"),
    "docx: a style on a dark ground": (
        "docx", docx(STYLES, pattern('(w:shd [^>]*w:fill=")F1F4F9', r"\g<1>1C2230")), "V14"
    ),
    "docx: words marked over": ("docx", run_of('<w:highlight w:val="black"/>'), "V14"),
    "docx: the head of a table is one no more": ("docx", in_document(pattern("<w:tblHeader[^>]*>", "")), "V14"),
    "docx: a row is a head": (
        "docx", in_document(pattern("(<w:cantSplit ?/>)(?!<w:tblHeader)", r"\1<w:tblHeader/>")), "V14"
    ),
    "docx: a title one level deeper": ("docx", titled(1, "Heading4"), "V14"),
    "docx: a title is none": ("docx", titled(-1, "BodyText"), "V14"),
    "docx: a paragraph is a title": (
        "docx", in_document(pattern('<w:pStyle w:val="BodyText" ?/>', '<w:pStyle w:val="Heading3"/>')), "V14"
    ),
    "docx: titles of another level": (
        "docx", docx(STYLES, pattern('<w:outlineLvl w:val="2" ?/>', '<w:outlineLvl w:val="3"/>')), "V14"
    ),
    "docx: a link to another place": (
        "docx", in_document(pattern('(<w:hyperlink w:anchor=")ref-[^"]+', r"\1membres")), "V14"
    ),
    "docx: a link is none": (
        "docx", in_document(pattern(r'<w:hyperlink w:anchor="(?!_Toc)[^>]*>(.*?)</w:hyperlink>', r"\1")), "V14"
    ),
    "docx: a line of the contents leads elsewhere": (
        "docx", in_document(pattern('(<w:hyperlink w:anchor="_Toc00000000)2', r"\g<1>3")), "V14"
    ),
    "html: words crossed out": ("html", pattern("<p>([^<]{20,})", r"<p><s>\1</s>"), "V14"),
    "html: a heading of a table is none": ("html", pattern('<th scope="col"[^>]*>(.*?)</th>', r"<td>\1</td>"), "V14"),
    "html: a cell is a heading": ("html", pattern("<td[^>]*>(.+?)</td>", r"<th>\1</th>"), "V14"),
    "html: a title one level deeper": ("html", pattern("<h4( .*?)</h4>", r"<h5\1</h5>"), "V14"),
    "html: a title is none": ("html", pattern("<h3[^>]*>(.*?)</h3>", r"<p>\1</p>"), "V14"),
    "html: a link to another place": ("html", pattern(r'(<a href="#)ref-[^"]+', r"\1membres"), "V14"),
    "html: a link is none": ("html", pattern(r'<a href="#ref-[^>]*>(.*?)</a>', r"\1"), "V14"),
    "html: a line of the contents leads elsewhere": (
        "html", pattern(r'(<nav.*?<li><a href="#)[^"]+', r"\1bibliographie"), "V14"
    ),
    "html: a style that hides": ("html", text("</style>", ".paragraph{display:none}</style>"), "V14"),
    "html: a style that adds words": ("html", text("</style>", 'p::after{content:" pas"}</style>'), "V14"),
    "html: another policy": ("html", text("default-src 'none'", "default-src *"), "V14"),
    "html: a page that goes elsewhere": ("html", headed('<meta http-equiv="refresh" content="0;url=//x">'), "V14"),
    "html: links that start elsewhere": ("html", headed('<base href="http://example.org/">'), "V14"),
    "html: a folded passage": ("html", pattern("<p>(.*?)</p>", r"<details><p>\1</p></details>"), "V14"),
    "html: a struck passage": ("html", pattern("<p>(.*?)</p>", r"<p><del>\1</del></p>"), "V14"),
    "html: something runs": ("html", attribute('onclick="x()"'), "V14"),
    "html: a passage with a look of its own": ("html", attribute('style="color:white"'), "V14"),
    "html: a passage that is not read aloud": ("html", attribute('aria-hidden="true"'), "V14"),
    "html: the numbers of two anchors change places": ("html", pattern('id="par-3"', 'id="par-4"'), "V14"),
    "html: a link to another paragraph": (
        "html", pattern(r'<a href="#p\w+" class="reference">(\d+)<', r'<a href="#membres" class="reference">\1<'), "V14"
    ),
    "html: an address is another": ("html", pattern(r'href="https?://[^"]+"', 'href="https://example.org/x"'), "V14"),
    "html: in another language": ("html", text('<html lang="fr"', '<html lang="en"'), "V15"),
    "html: signs that turn the words round": ("html", text("deuxième", "deux\u202eième\u202c"), "V14"),
    "pdf: words as white as the paper": ("pdf", on_page(4, written(rb"(?:[\d.]+ ){3}(scn\s+BT)", rb"1 1 1 \1")), "V14"),
    "pdf: words in another kind of ink": ("pdf", on_page(4, written(rb"BT\s", rb"BT 1 g ")), "V14"),
    "pdf: words too small to be read": ("pdf", on_page(4, written(rb"(/\w+) [\d.]+ Tf", rb"\1 0.4 Tf")), "V14"),
    "pdf: words turned over": ("pdf", on_page(4, written(rb"1 0 0 -1 ([\d.]+ [\d.]+ Tm)", rb"1 0 0 1 \1")), "V14"),
    "pdf: a page is cut": ("pdf", on_page(4, about(rb"/MediaBox\[[^\]]*\]", b"/MediaBox[0 600 595 842]")), "V14"),
    "pdf: a page is turned": ("pdf", on_page(4, about(rb"/Type/Page/", b"/Type/Page/Rotate 180/")), "V14"),
    "pdf: pages change places": ("pdf", pdf(pages_swapped), "V14"),
    "pdf: an address is another": ("pdf", raw(rb"/URI\(https?://[^)]+\)", b"/URI(https://example.org/x)"), "V14"),
    "pdf: the head of a table is one no more": ("pdf", raw(rb"/S/TH/", b"/S/TD/"), "V14"),
    "pdf: a cell is a heading": ("pdf", raw(rb"/S/TD/", b"/S/TH/"), "V14"),
    "pdf: a title one level deeper": ("pdf", raw(rb"/S/H4/", b"/S/H5/"), "V14"),
    "pdf: a title is none": ("pdf", raw(rb"/S/H3/", b"/S/P/"), "V14"),
    "pdf: a paragraph is a title": ("pdf", raw(rb"/StructElem/S/P/", b"/StructElem/S/H4/"), "V14"),
    "pdf: a link to another place": ("pdf", raw(rb"(/Subtype/Link.*/Dest)\(p\w+\)", rb"\1(membres)"), "V14"),
    "pdf: a place is another": ("pdf", pdf(place_moved), "V14"),
    "pdf: a line of the contents leads elsewhere": (
        "pdf", raw(rb"(/Subtype/Link.*/Dest)\(presentation\)", rb"\1(bibliographie)"), "V14"
    ),
    "pdf: a link above its words": (
        "pdf", raw(rb"(/Subtype/Link.*?/Rect)\s*\[[^\]]*\]", rb"\1[72 800 200 812]"), "V14"
    ),
    "pdf: a link with no place": ("pdf", raw(rb"(/Subtype/Link.*?/Rect)\s*\[[^\]]*\]", rb"\1[0 0 0 0]"), "V14"),
    "pdf: a link beside its words": ("pdf", shifted_link, "V14"),
    "pdf: a link all over the page": ("pdf", widened_link, "V14"),
    "pdf: a part of a link on other words": ("pdf", moved_part, "V14"),
    "pdf: a link that no tag knows": ("pdf", laid_link, "V14"),
    "pdf: two links exchanged": ("pdf", exchanged_links, "V14"),
    "pdf: a bookmark says something else": ("pdf", raw(rb"/Title\(Qui nous sommes\)", b"/Title(Rien)"), "V14"),
    "pdf: a bookmark leads elsewhere": (
        "pdf", raw(rb"(/Title\(Qui nous sommes\)/Dest) \d+ 0 R", rb"\1(bibliographie)"), "V14"
    ),
    "pdf: a bookmark is lost": ("pdf", raw(rb"/First (\d+) 0 R/Last \1 0 R", b""), "V14"),
    "pdf: a white box over words": ("pdf", on_page(4, painted(boxed(b"1"))), "V14"),
    "pdf: a box of another form over words": ("pdf", on_page(4, painted(b"q 1 g 90 200 400 500 re f Q")), "V14"),
    "pdf: a box in the colour of before": (
        "pdf", on_page(4, painted(boxed(b"1", b"\nq\n0 0 m 9 0 l 9 9 l\nh\nf\nQ"))), "V14"
    ),
    "pdf: a picture over words": ("pdf", on_page(4, painted(b"q 400 0 0 500 90 200 cm/x0 Do\nQ")), "V14"),
    "pdf: a turned picture over words": ("pdf", on_page(4, painted(b"q 0 400 500 0 90 200 cm/x0 Do\nQ")), "V14"),
    "pdf: a line as thick as words": (
        "pdf", on_page(4, painted(b"q 1 0 0 -1 90 700 cm/c0 CS 1 1 1 SCN 20 w 4 M 0 0 m 400 0 l\nS\nQ")), "V14"
    ),
    "pdf: a line right of the page": (
        "pdf", on_page(4, written(rb"(q 1 0 0 -1) [\d.]+( [\d.]+ cm)", rb"\1 900\2")), "V14"
    ),
    "pdf: a line that runs over the edge": (
        "pdf", on_page(4, written(rb"(q 1 0 0 -1) [\d.]+( [\d.]+ cm)", rb"\1 560\2")), "V14"
    ),
    "pdf: a line below the page": (
        "pdf", on_page(4, written(rb"(q 1 0 0 -1 [\d.]+) [\d.]+( cm)", rb"\1 -40\2")), "V14"
    ),
    "pdf: a line above the page": (
        "pdf", on_page(4, written(rb"(q 1 0 0 -1 [\d.]+) [\d.]+( cm)", rb"\1 900\2")), "V14"
    ),
    "pdf: words moved in their line": (
        "pdf", on_page(4, written(rb"Tf 1 0 0 -1 0 0 Tm", b"Tf 1 0 0 -1 700 0 Tm")), "V14"
    ),
    "pdf: a page moved as a whole": ("pdf", on_page(4, written(rb"\A", b"1 0 0 1 600 0 cm\n")), "V14"),
    "pdf: a page clipped": ("pdf", on_page(4, written(rb"\A", b"0 0 m 9 0 l 9 9 l\nh\nW n\n")), "V14"),
    "pdf: a page clipped by the other rule": ("pdf", on_page(4, written(rb"\A", b"0 0 9 9 re\nW* n\n")), "V14"),
    "pdf: words that let everything through": ("pdf", on_page(4, written(rb"\A", b"/g0 gs\n")), "V14"),
    "pdf: words squeezed": ("pdf", on_page(4, written(rb"BT\s", b"BT 1 Tz ")), "V14"),
    "pdf: letters one over the other": ("pdf", on_page(4, written(rb"BT\s", b"BT -9 Tc ")), "V14"),
    "pdf: letters without a width": ("pdf", raw(rb"/W\[[^\]]*\]", b"/W[0 9999 0]"), "V14"),
    "pdf: words raised off the page": ("pdf", on_page(4, written(rb"BT\s", b"BT 2000 Ts ")), "V14"),
    "pdf: words drawn as an outline clips": ("pdf", on_page(4, written(rb"BT 0 Tr", b"BT 7 Tr")), "V14"),
    "pdf: words after a step": ("pdf", on_page(4, written(rb"BT\s", b"BT 0 -2000 Td ")), "V14"),
    "pdf: a box over the end of lines": (
        "pdf", on_page(4, painted(RIGHT_HALF)), "V14"
    ),
    "pdf: a picture over the end of lines": ("pdf", on_page(4, painted(b"q 250 0 0 600 300 150 cm/x0 Do\nQ")), "V14"),
    "pdf: words in the colour of their box": ("pdf", first_box(ground), "V14"),
    "pdf: a box in the colour of its words": ("pdf", first_box(darkened), "V14"),
    "pdf: in another language": ("pdf", raw(rb"(/Type/Catalog.*?/Lang\s*)\(fr[^)]*\)", rb"\1(en)"), "V15"),
}  # fmt: skip


def test_a_word_that_was_typed_crossed_out_stays_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text_of = project / "contributions/beta/travail-force.md"
    text_of.write_text(text_of.read_text(encoding="utf-8").replace("Un autre", "Un ~~autre~~"), encoding="utf-8")
    assert cli.run(["build", "--root", str(project)]) == 0
    made = sample(project, Edition.DRAFT)
    assert made.found() == ()
    good, page = (made.outputs[f"build/rapport-projet.{suffix}"] for suffix in ("docx", "html"))
    for change in (pattern("<w:strike ?/>", ""), pattern("<w:strike ?/>", '<w:strike w:val="0"/>')):
        assert codes(made.found("docx", in_document(change)(good))) == {"V14"}
    assert codes(made.found("html", pattern("<s>(.*?)</s>", r"\1")(page))) == {"V14"}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_changes_how_words_are_seen_is_noticed(built: Sample, name: str) -> None:  # noqa: F811
    suffix, change, wanted = MUTATIONS[name]
    good = next(content for path, content in built.outputs.items() if path.endswith(suffix))
    spoiled = change(good)
    assert spoiled != good
    found = built.found(suffix, spoiled)
    assert wanted in codes(found), [display.message(d, "fr") for d in found]


def test_words_off_the_page_are_told_with_their_page(built: Sample) -> None:  # noqa: F811
    good = next(content for path, content in built.outputs.items() if path.endswith("pdf"))
    moved = on_page(4, written(rb"(q 1 0 0 -1 [\d.]+) [\d.]+( cm)", rb"\1 -40\2"))
    told, *_ = [d for d in built.found("pdf", moved(good)) if d.facts.get("what") == "outside"]
    assert "p. 5 : " in told.facts["words"]


TALL = {
    "items": "\n".join("| - x     | y       |" for _ in range(75)),
    "lines": "\n".join("| x \\     | y       |" for _ in range(75)),
    "words": "\n".join("| un mot  |         |" for _ in range(300)),
}


@pytest.mark.parametrize("name", TALL)
def test_a_row_taller_than_a_page_goes_on_overleaf(name: str, project: Path) -> None:
    head = "+---------+---------+\n| Un      | Autre   |\n+=========+=========+"
    rows = f"{head}\n{TALL[name]}\n+---------+---------+"
    path = project / "contributions/beta/travail-force.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Un autre constat", f"{rows}\n\nUn autre constat"), "utf-8"
    )
    assert cli.run(["build", "--root", str(project)]) == 0
    assert sample(project, Edition.DRAFT).found() == ()


def test_a_recommendation_longer_than_a_page_goes_on_overleaf(project: Path) -> None:
    path = project / "contributions/beta/travail-force.md"
    long = "inventer une mesure. " + "Le mot inventé d'une phrase sans fin. " * 260
    path.write_text(
        path.read_text(encoding="utf-8").replace("inventer une autre mesure.", long.strip(), 1), encoding="utf-8"
    )
    assert cli.run(["build", "--root", str(project)]) == 0
    assert sample(project, Edition.DRAFT).found() == ()
