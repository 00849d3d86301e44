"""Words that are all in a finished file and that nobody would see: hidden, shrunk, moved away, covered by its looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapport.proof.docx_layout import odd_layout
from rapport.proof.html_style import odd_style
from spoiled import Change, docx, in_properties, in_run, in_style, pattern, restyled
from test_verify import NOTES, Sample, built, codes, in_document

assert built  # a fixture
WORDS = "Le deuxième paragraphe"
STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"

CSS = {
    "none": "p{display:none}",
    "opacity": "p{opacity:.01}",
    "visibility": "p{visibility:hidden}",
    "clip": "p{clip-path:inset(50%)}",
    "size": "p{font-size:1px}",
    "colour": "p{color:#fff}",
    "off": "p{position:absolute;left:-9999px}",
    "indent": "p{text-indent:-9999px}",
    "height": "p{height:1px;overflow:hidden}",
    "scale": "p{transform:scale(0)}",
    "details": "table{content-visibility:hidden}",
    "print": "@media print{p{display:none}}",
    "before": "p::before{content:'non';}",
    "nth": "li:nth-child(2){display:none}",
    "media": "@media (max-width:600px){.note{display:none}}",
    "filter": "p{filter:opacity(0)}",
    "zoom": "p{zoom:.01}",
    "overlay": "main::after{content:'';position:fixed;inset:0;background:#fff}",
    "direction": "p{unicode-bidi:bidi-override;direction:rtl}",
    "transform text": "p{text-transform:uppercase}",
    "columns": "p{max-height:0;overflow:clip}",
    "mask": "p{mask:linear-gradient(transparent,transparent)}",
    "fill": "p{-webkit-text-fill-color:transparent}",
    "letter": "p{letter-spacing:-1em}",
    "margin": "p{margin-left:-200vw}",
}


def row(what: str) -> Change:
    return in_document(pattern(r"<w:trPr>", f"<w:trPr>{what}"))


def table(what: str) -> Change:
    return in_document(pattern(r"<w:tblPr>", f"<w:tblPr>{what}"))


def paragraph(what: str) -> Change:
    return in_document(in_properties(WORDS, what))


def run(what: str) -> Change:
    return in_document(in_run(WORDS, what))


def style(what: str, of: str = "rPr") -> Change:
    return docx(STYLES, in_style("BodyText", what, of))


WORD: dict[str, Change] = {
    "a colour of the theme": run('<w:color w:val="auto" w:themeColor="background1"/>'),
    "no fill": run("<w14:textFill><w14:noFill/></w14:textFill>"),
    "far to the right": paragraph('<w:ind w:left="20000"/>'),
    "far to the left": paragraph('<w:ind w:left="-20000" w:right="20000"/>'),
    "the first line away": paragraph('<w:ind w:firstLine="-20000"/>'),
    "a line without height": paragraph('<w:spacing w:line="20" w:lineRule="exact"/>'),
    "a frame": paragraph('<w:framePr w:x="20000"/>'),
    "a hidden paragraph's end": paragraph("<w:rPr><w:vanish/></w:rPr>"),
    "a low row": row('<w:trHeight w:val="20" w:hRule="exact"/>'),
    "a hidden row": row("<w:hidden/>"),
    "a table off the page": table('<w:tblInd w:w="20000" w:type="dxa"/>'),
    "a table that floats": table('<w:tblpPr w:tblpX="20000"/>'),
    "a cell that squeezes": in_document(pattern(r"<w:tcPr>", "<w:tcPr><w:tcFitText/>")),
    "a small page": in_document(pattern(r"<w:pgSz [^>]*>", '<w:pgSz w:w="2000" w:h="2000"/>')),
    "margins off the page": in_document(pattern(r"<w:pgMar [^>]*>", '<w:pgMar w:left="12000" w:right="-9000"/>')),
    "a picture of a point": in_document(pattern(r"<wp:extent [^>]*>", '<wp:extent cx="1" cy="1"/>')),
    "a picture over words": in_document(
        pattern(r"<wp:inline\b[^>]*>(.*?)</wp:inline>", r'<wp:anchor behindDoc="0">\1</wp:anchor>')
    ),
    "a field that shows nothing": in_document(
        pattern(
            rf"(<w:r><w:t[^>]*>{WORDS}.*?</w:r>)",
            r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>\1<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
    ),
    "a choice that nothing takes": in_document(
        pattern(
            rf"<w:r>(<w:t[^>]*>{WORDS}.*?</w:t>)</w:r>",
            r"<mc:AlternateContent><mc:Choice><w:r>\1</w:r></mc:Choice><mc:Fallback/></mc:AlternateContent>",
        )
    ),
    "low notes": docx(NOTES, pattern(r"<w:pPr>", '<w:pPr><w:spacing w:line="10" w:lineRule="exact"/>')),
    "numbers in white": docx(NUMBERING, pattern(r"<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>')),
    "a style in a colour of the theme": style('<w:color w:val="auto" w:themeColor="background1"/>'),
    "a style in small letters": style('<w:sz w:val="2"/>'),
    "a style far below its line": style('<w:position w:val="-2000"/>'),
    "a style of letters over letters": style('<w:spacing w:val="-400"/>'),
    "a style of low lines": style('<w:spacing w:line="1" w:lineRule="exact"/>', "pPr"),
    "a style off the page": style('<w:ind w:left="20000"/>', "pPr"),
    "everything off the page": docx(STYLES, pattern(r"(<w:pPrDefault>.*?<w:pPr>)", r'\1<w:ind w:left="20000"/>')),
}


@pytest.mark.parametrize("name", WORD)
def test_what_hides_words_in_word_is_told(name: str, built: Sample) -> None:
    spoil: Callable[[bytes], bytes] = WORD[name]
    good = next(content for path, content in built.outputs.items() if path.endswith("docx"))
    assert codes(built.found("docx", spoil(good)))


@pytest.mark.parametrize("name", CSS)
def test_what_hides_words_in_a_page_is_told(name: str, built: Sample) -> None:
    good = next(content for path, content in built.outputs.items() if path.endswith("html"))
    assert codes(built.found("html", restyled(CSS[name])(good)))


def test_what_hides_nothing_is_not_told() -> None:
    kept = (
        "p{margin:0 0 1em;color:#222} td{width:30%} .field{background:#12356b;color:#fff} h2{font:600 1.2rem/1 serif}"
    )
    assert list(odd_style(kept)) == []
    part = b'<w:ind w:left="440" w:hanging="440"/><w:spacing w:after="80" w:line="240" w:lineRule="auto"/>'
    assert list(odd_layout(part)) == []
    shown = b'<w:fldChar w:fldCharType="%s"/>'
    field = shown % b"begin" + shown % b"separate" + b"<w:t>3</w:t>" + shown % b"end" + b"<w:t>mot</w:t>"
    assert list(odd_layout(field)) == []
