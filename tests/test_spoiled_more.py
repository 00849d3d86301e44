# ruff: noqa: E501  # one way to spoil, one line
"""More ways to spoil a finished file than `test_verify` and `test_unseen_words` have: each is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spoiled import Change, docx, in_style, instructed, pattern, raw, restyled, text
from test_unseen_words import STYLES, run, style
from test_verify import Sample, built, codes, in_document

assert built  # a fixture

HIDDEN_STYLE = '<w:style w:type="character" w:styleId="Tu"><w:name w:val="Tu"/><w:rPr><w:vanish/></w:rPr></w:style>'


def styled(content: bytes) -> bytes:
    """A style that hides its letters, on one run."""
    return run('<w:rStyle w:val="Tu"/>')(docx(STYLES, text("</w:styles>", f"{HIDDEN_STYLE}</w:styles>"))(content))


SPOILED: dict[str, tuple[str, Change]] = {
    "docx hidden by the style of paragraphs": ("docx", style("<w:vanish/>")),
    "docx hidden by the style of all": ("docx", docx(STYLES, in_style("Normal", "<w:vanish/>", "rPr"))),
    "docx hidden by a style of letters": ("docx", styled),
    "docx hidden on the web": ("docx", run("<w:webHidden/>")),
    "docx letters of one percent": ("docx", run('<w:w w:val="1"/>')),
    "docx ground as dark as the letters": ("docx", run('<w:color w:val="222222"/><w:shd w:val="clear" w:fill="222222"/>')),
    "docx a black marker": ("docx", run('<w:highlight w:val="black"/>')),
    "docx letters fitted into a point": ("docx", run('<w:fitText w:val="1"/>')),
    "docx two lines in one": ("docx", run('<w:eastAsianLayout w:combine="1"/>')),
    "docx struck twice": ("docx", run("<w:dstrike/>")),
    "docx digits of a cell": ("docx", in_document(pattern(r"(<w:tc>(?:(?!</w:tc>).)*?<w:t[^>]*>)10<", r"\g<1>01<"))),
    "docx a part of another kind": ("docx", in_document(text("</w:body>", '<w:altChunk r:id="rId1"/></w:body>'))),
    "html hidden": ("html", pattern(r"<p>(?=[^<]*deuxième)", "<p hidden>")),
    "html inert and told to nobody": ("html", pattern(r"<p>(?=[^<]*deuxième)", '<p aria-hidden="true">')),
    "html closed": ("html", pattern(r"<p>([^<]*deuxième.*?)</p>", r"<details><p>\1</p></details>")),
    "html a template": ("html", pattern(r"<p>([^<]*deuxième.*?)</p>", r"<template><p>\1</p></template>")),
    "html a dialogue": ("html", pattern(r"<p>([^<]*deuxième.*?)</p>", r"<dialog><p>\1</p></dialog>")),
    "html struck": ("html", pattern(r"<p>([^<]*deuxième.*?)</p>", r"<p><s>\1</s></p>")),
    "html none by class": ("html", restyled(".note,.recommendation{display:none}")),
    "html over one another": ("html", restyled("p{float:left;margin-bottom:-3em}")),
    "html another base": ("html", text("<head>", '<head><base href="https://exemple.org/">')),
    "html gone at once": ("html", text("<head>", '<head><meta http-equiv="refresh" content="0;url=https://exemple.org">')),
    "html digits of a cell": ("html", pattern(r"(<td[^>]*>\s*)10(?=\s*<)", r"\g<1>01")),
    "pdf letters not painted": ("pdf", instructed(rb"\bBT\b", b"BT\n3 Tr")),
    "pdf white letters": ("pdf", instructed(rb"cs 0\.[0-3][\d. ]* scn(\s+BT)", rb"cs 1 scn\1")),
    "pdf letters of no size": ("pdf", instructed(rb"(/\w+) [\d.]+ Tf", rb"\1 0.01 Tf")),
    "pdf off the page": ("pdf", instructed(rb"q 1 0 0 -1 [-\d.]+ ([-\d.]+) cm(?=[^()]*BT)", rb"q 1 0 0 -1 2000 \1 cm")),
    "pdf a sheet over all": ("pdf", instructed(rb"\Z", b"\nq 1 0 0 -1 0 841 cm/c0 cs 1 scn\n0 0 m 595 0 l 595 841 l 0 841 l h f\nQ\n")),
    "pdf clipped": ("pdf", instructed(rb"\A", b"0 0 1 1 re W n\n")),
    "pdf a smaller page": ("pdf", raw(rb"/MediaBox\s?\[[^\]]*\]", b"/MediaBox[0 0 200 200]")),
    "pdf cut to a corner": ("pdf", raw(rb"(/Type/Page/)", rb"/CropBox[0 0 50 50]\1")),
    "pdf turned": ("pdf", raw(rb"(/Type/Page/)", rb"/Rotate 180\1")),
    "pdf a layer that is off": ("pdf", raw(rb"(/Type/Catalog)", rb"\1/OCProperties<</D<</OFF[1 0 R]>>/OCGs[1 0 R]>>")),
    "pdf a stamp": ("pdf", raw(rb"(<<)(?=/Type/Page/)(?!.*?/Annots)", rb"\1/Annots[<</Type/Annot/Subtype/Square/Rect[0 0 595 841]/IC[1 1 1]>>]")),
    "pdf something done when opened": ("pdf", raw(rb"(/Type/Catalog)", rb"\1/OpenAction<</S/JavaScript/JS(1)>>")),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_it_is_told(name: str, built: Sample) -> None:
    suffix, spoil = SPOILED[name]
    good = next(content for path, content in built.outputs.items() if path.endswith(suffix))
    wrong: Callable[[bytes], bytes] = spoil
    spoiled = wrong(good)
    assert spoiled != good
    assert codes(built.found(suffix, spoiled))
