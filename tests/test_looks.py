"""Outputs whose words are all there, and which yet say something else to whoever opens them: each has to be noticed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from rapport import display
from spoiled import Change, Pdf, docx, pattern, pdf, raw, text
from test_verify import Sample, built, codes, in_document  # noqa: F401 (a fixture)

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


MUTATIONS: dict[str, tuple[str, Change, str]] = {
    "docx: words as white as the paper": ("docx", run_of('<w:color w:val="FFFFFF"/>'), "V14"),
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
    "pdf: in another language": ("pdf", raw(rb"(/Type/Catalog.*?/Lang\s*)\(fr[^)]*\)", rb"\1(en)"), "V15"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_changes_how_words_are_seen_is_noticed(built: Sample, name: str) -> None:  # noqa: F811
    suffix, change, wanted = MUTATIONS[name]
    good = next(content for path, content in built.outputs.items() if path.endswith(suffix))
    spoiled = change(good)
    assert spoiled != good
    found = built.found(suffix, spoiled)
    assert wanted in codes(found), [display.message(d, "fr") for d in found]
