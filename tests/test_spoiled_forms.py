# ruff: noqa: E501  # one way to spoil, one line
"""Finished files spoiled by what the formats know and ours do not use, or in what lies beside the words: each is told."""

from __future__ import annotations

import re

import pytest

from rapport.proof.html_style import is_our_sheet
from rapport.proof.picture_comparison import same_picture
from rapport.proof.reading import Picture
from spoiled import Change, Pdf, docx, instructed, pattern, pdf, raw, restyled, swap, text
from test_unseen_words import NUMBERING, STYLES, WORDS, paragraph, run, style, table
from test_verify import NOTES, Sample, built, codes, in_document, picture

assert built  # a fixture

SETTINGS = "word/settings.xml"
LATER = r"(?=(?:(?!<w:tc>).)*ligne bleue)"
PLACE = r'(?=<span class="number" id="par-10">)'


def cell(what: str) -> Change:
    return in_document(pattern(rf"<w:tcPr />{LATER}", f"<w:tcPr>{what}</w:tcPr>"))


def around(before: str, after: str) -> Change:
    return in_document(pattern(rf"(<w:r><w:t[^>]*>{WORDS}.*?</w:r>)", rf"{before}\1{after}"))


def before(what: str) -> Change:
    return in_document(pattern(rf"<w:r>(<w:t[^>]*>{WORDS})", rf"<w:r>{what}\1"))


def setting(what: str) -> Change:
    return docx(SETTINGS, text("<w:defaultTabStop", f"{what}<w:defaultTabStop"))


def exchanged(one: str, other: str) -> Change:
    return lambda content: swap(content.decode(), one, other).encode()


def hypertext(tag: str) -> Change:
    return text("Le deuxième paragraphe inventé", f"<{tag}>Le deuxième paragraphe inventé</{tag.split()[0]}>")


def calls_exchanged(opened: Pdf) -> None:
    """Each of two calls of notes leads to the note of the other."""
    one, other = (n for n, source in opened.objects.items() if re.search(rb"/Contents\(Note [34]\)", source))
    goals = [re.search(rb"/Dest \d+ 0 R", opened.objects[n])[0] for n in (one, other)]  # type: ignore[index]
    opened.objects[one] = opened.objects[one].replace(goals[0], goals[1])
    opened.objects[other] = opened.objects[other].replace(goals[1], goals[0])


def over_another(opened: Pdf) -> None:
    """One line is drawn over the one below it."""
    _, instructions = opened.pages()[3]
    stream = opened.file.stream(instructions)
    lines = list(re.finditer(rb"q 1 0 0 -1 90\.708664 ([\d.]+) cm(?=[^()]*BT)", stream))
    opened.write(instructions, stream[: lines[5].start(1)] + lines[6][1] + stream[lines[5].end(1) :])


SPOILED: dict[str, tuple[str, Change]] = {
    # pictures
    "docx a picture cropped": ("docx", in_document(pattern("<a:stretch>", '<a:srcRect l="90000"/><a:stretch>'))),
    "docx a picture turned": ("docx", in_document(text("<a:xfrm>", '<a:xfrm rot="10800000">'))),
    "docx a picture seen through": ("docx", in_document(pattern(r'(<a:blip r:embed="\w+") />', r'\1><a:alphaModFix amt="0"/></a:blip>'))),
    "docx a picture stretched": ("docx", in_document(pattern(r'(<wp:extent) cx="\d+"', r'\1 cx="5101600"'))),
    "docx a picture flat": ("docx", in_document(pattern(r'(<a:ext cx="\d+") cy="\d+"', r'\1 cy="1"'))),
    "docx a picture elsewhere": ("docx", in_document(text('<a:off x="0"', '<a:off x="99999999"'))),
    "docx a picture in another shape": ("docx", in_document(text('prst="rect"', 'prst="line"'))),
    "docx a picture with a name": ("docx", in_document(pattern(r'(<wp:docPr [^>]*)name="Picture"', r'\1name="Camille"'))),
    "docx a picture that is a link": ("docx", in_document(pattern(r"(<wp:docPr [^>]*) />", r'\1><a:hlinkClick r:id="rId1"/></wp:docPr>'))),
    # tables
    "docx a table wider than the page": ("docx", in_document(text('w:w="8788"', 'w:w="38788"'))),
    "docx a column wider than the page": ("docx", in_document(pattern(r'<w:gridCol w:w="\d+"', '<w:gridCol w:w="24613"'))),
    "docx a column without room": ("docx", in_document(pattern(r'<w:gridCol w:w="\d+"', '<w:gridCol w:w="1"'))),
    "docx a cell wider than the page": ("docx", cell('<w:tcW w:w="30000" w:type="dxa"/>')),
    "docx a cell over many columns": ("docx", cell('<w:gridSpan w:val="9"/>')),
    "docx a cell that goes on": ("docx", cell("<w:hMerge/>")),
    "docx words beside a table": ("docx", table('<w:tblCaption w:val="Camille"/>')),
    # letters
    "docx another face": ("docx", style('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')),
    "docx another face for all": ("docx", docx(STYLES, pattern(r"(<w:rPrDefault>.*?)<w:rFonts [^>]*>", r'\1<w:rFonts w:ascii="Wingdings"/>'))),
    "docx another theme": ("docx", docx("word/theme/theme1.xml", pattern("<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'))),
    "docx lowered": ("docx", run('<w:vertAlign w:val="subscript"/>')),
    "docx no longer raised": ("docx", in_document(pattern(r'<w:vertAlign w:val="superscript" ?/>', ""))),
    "docx no longer in italics": ("docx", in_document(pattern(r"<w:i /><w:iCs />", ""))),
    "docx from the right": ("docx", paragraph("<w:bidi/>")),
    "docx letters turned round": ("docx", around('<w:bdo w:val="rtl">', "</w:bdo>")),
    "docx far below": ("docx", paragraph('<w:spacing w:before="31680"/>')),
    "docx words between marks": ("docx", in_document(text("</w:tblPr>", "</w:tblPr>Camille"))),
    # what stands before words, and around them
    "docx a sign of another face": ("docx", before('<w:sym w:font="Wingdings" w:char="F041"/>')),
    "docx the day": ("docx", before("<w:dayLong/>")),
    "docx another page": ("docx", before('<w:br w:type="page"/>')),
    "docx the number of a note": ("docx", before("<w:footnoteRef/>")),
    "docx a sheet": ("docx", before('<w:pict><v:rect style="position:absolute;width:500pt;height:800pt" fillcolor="white"/></w:pict>')),
    "docx a sheet in the running head": ("docx", docx("word/header1.xml", pattern("</w:p>", "<w:r><w:pict><v:rect/></w:pict></w:r></w:p>"))),
    "docx a tag": ("docx", around('<w:sdt><w:sdtPr><w:tag w:val="Camille"/></w:sdtPr><w:sdtContent>', "</w:sdtContent></w:sdt>")),
    "docx a smart tag": ("docx", around('<w:smartTag w:element="Camille">', "</w:smartTag>")),
    "docx a field": ("docx", around('<w:fldSimple w:instr=" PAGE ">', "</w:fldSimple>")),
    "docx words over a link": ("docx", in_document(text('<w:hyperlink r:id="', '<w:hyperlink w:tooltip="Camille" r:id="'))),
    "docx a remark of XML": ("docx", in_document(text("<w:body>", "<w:body><!-- Camille -->"))),
    "docx an instruction of XML": ("docx", in_document(text("<w:body>", "<w:body><?Camille?>"))),
    "docx words of another space": ("docx", in_document(text("<w:body>", '<w:body xmlns:z="urn:z" z:x="Camille">'))),
    "docx another bookmark": ("docx", in_document(text("<w:bookmarkStart ", '<w:bookmarkStart w:id="9955" w:name="Camille"/><w:bookmarkEnd w:id="9955"/><w:bookmarkStart '))),
    # numbers
    "docx counted from nine": ("docx", in_document(text(r"SEQ Tableau \* ARABIC ", r"SEQ Tableau \* ARABIC \r 9 "))),
    "docx counted with pictures": ("docx", in_document(text("SEQ Tableau", "SEQ Figure"))),
    "docx notes from five": ("docx", setting('<w:footnotePr><w:numStart w:val="5"/></w:footnotePr>')),
    "docx notes in signs": ("docx", in_document(text("<w:cols ", '<w:footnotePr><w:numFmt w:val="chicago"/></w:footnotePr><w:cols '))),
    "docx no room after a number": ("docx", docx(NUMBERING, text('<w:lvl w:ilvl="0">', '<w:lvl w:ilvl="0"><w:suff w:val="nothing"/>'))),
    "docx a note of no words": ("docx", docx(NOTES, text("<w:footnoteRef", "<w:pgNum/><w:footnoteRef"))),
    # what it says of itself
    "docx words of the settings": ("docx", setting('<w:docVars><w:docVar w:name="a" w:val="Camille"/></w:docVars>')),
    "docx a template": ("docx", setting('<w:attachedTemplate r:id="rId1"/>')),
    "docx words to look for": ("docx", docx("docProps/core.xml", text("</cp:coreProperties>", "<cp:keywords>Camille</cp:keywords></cp:coreProperties>"))),
    "docx another title": ("docx", docx("docProps/core.xml", text("<dc:title>", "<dc:title>Faux "))),
    # the page
    **{f"html in <{tag}>": ("html", hypertext(tag)) for tag in ("title", "sup", "sub", "em", "strong", 'span class="restyled"', 'span class="committee"', "p popover")},
    **{f"html <p {what}>": ("html", pattern(f"<p>{PLACE}", f"<p {what}>")) for what in ('dir="rtl"', 'aria-label="Camille"', 'role="presentation"', 'class="field"', 'class="banner"', 'id="camille"')},
    "html calls exchanged": ("html", exchanged('href="#note-3"', 'href="#note-4"')),
    "html the way back": ("html", text('<a href="#appel-3"', '<a href="#appel-4"')),
    "html a call that is told otherwise": ("html", text('aria-label="note 3"', 'aria-label="note 33"')),
    "html a cell over many columns": ("html", text("<td>ligne bleue", '<td colspan="500">ligne bleue')),
    "html a cell over many rows": ("html", text("<td>ligne verte", '<td rowspan="9">ligne verte')),
    "html letters of another table": ("html", text('charset="utf-8"', 'charset="windows-1252"')),
    "html of no kind": ("html", text("<!DOCTYPE html>\n", "")),
    "html words to look for": ("html", text('<meta name="robots"', '<meta name="keywords" content="Camille"><meta name="robots"')),
    "html another title": ("html", text("<title>PROJET", "<title>Final")),
    "html a narrow window": ("html", text("width=device-width", "width=10")),
    "html no longer raised": ("html", text("2<sup>e</sup> alinéa", "2e alinéa")),
    "html raised, not lowered": ("html", text("H<sub>2</sub>O", "H<sup>2</sup>O")),
    **{f"html {css}": ("html", restyled(css)) for css in (
        ":root{font-size:1px}", ".skip{left:0}", "p{line-height:0}", "img{object-position:9999px}", "p{font-family:wingdings}",
        "ol{list-style:none}", "ol{counter-reset:list-item 5}", ".banner{height:100vh}", "p{outline:9em solid #fff}",
        "p{border-top:99em solid #fff}", "p{padding-left:200vw}", "p{text-decoration:line-through 2em}", "@import url(x.css);",
        '@font-face{font-family:"Rapport Serif";src:local(Wingdings)}', ":root{color-scheme:dark}", "p{display:none",
    )},
    # the PDF
    "pdf calls exchanged": ("pdf", pdf(calls_exchanged)),
    "pdf a line over another": ("pdf", pdf(over_another)),
    "pdf moved in its line": ("pdf", instructed(rb"\[(?=\()", b"[-60000 ")),
    "pdf cut for all pages": ("pdf", raw(rb"(/Type/Pages)", rb"\1/CropBox[0 0 99 99]")),
    "pdf turned for all pages": ("pdf", raw(rb"(/Type/Pages)", rb"\1/Rotate 90")),
    "pdf other words for a reader": ("pdf", raw(rb"/StructElem/S/P/", b"/StructElem/S/P/ActualText(faux)/")),
    "pdf another description": ("pdf", raw(rb"/StructElem/S/P/", b"/StructElem/S/P/Alt(faux)/")),
    "pdf another role": ("pdf", raw(rb"/Em/Span", b"/Em/Artifact")),
    "pdf a picture turned dark": ("pdf", raw(rb"/Subtype/Image", b"/Subtype/Image/Decode[1 0 1 0 1 0]")),
    "pdf a picture seen through": ("pdf", raw(rb"/Subtype/Image", b"/Subtype/Image/Mask[0 255 0 255 0 255]")),
    "pdf other letters for the codes": ("pdf", raw(rb"/CIDToGIDMap/Identity", b"/CIDToGIDMap 1 0 R")),
    "pdf a frame around a link": ("pdf", raw(rb"/Border ?\[0 0 0\]", b"/Border[0 0 90]")),
    "pdf words to look for": ("pdf", raw(rb"/Author", b"/Keywords(Camille)/Author")),
    "pdf a field of its own": ("pdf", raw(rb"/Author", b"/Camille(Camille)/Author")),
    "pdf opened at what is attached": ("pdf", raw(rb"(/Type/Catalog)", rb"\1/PageMode/UseAttachments")),
    "pdf read from the right": ("pdf", raw(rb"/L2R", b"/R2L")),
    "pdf pages that pass by": ("pdf", raw(rb"/Tabs/S", b"/Tabs/S/Dur 1")),
    "pdf locked": ("pdf", lambda content: content.replace(b"/Root", b"/Encrypt<</Filter/Standard>>/Root", 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_it_is_told(name: str, built: Sample) -> None:
    suffix, spoil = SPOILED[name]
    good = next(content for path, content in built.outputs.items() if path.endswith(suffix))
    assert (spoiled := spoil(good)) != good
    assert codes(built.found(suffix, spoiled))


def test_our_style_sheet_is_known_whatever_the_widths_of_pictures(built: Sample) -> None:
    page = next(content.decode() for path, content in built.outputs.items() if path.endswith("html"))
    css = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert is_our_sheet(css) and is_our_sheet(css.replace("@page{@top", ".w12-0cm{width:12.0cm}\n@page{@top"))
    assert not is_our_sheet(css.replace("@page{@top", ".w12-0cm{width:12.0cm;color:#fff}\n@page{@top"))


def test_pixels_of_another_size_or_seen_through_are_another_picture(built: Sample) -> None:
    sent, pixels = picture(), bytes((255, 0, 0)) * 1600
    for _ in range(2):  # the second time from what was kept
        assert same_picture(sent, Picture(pixels=pixels, size=(40, 40)), built.proof.cache)
        assert not same_picture(sent, Picture(pixels=pixels, size=(20, 80)), built.proof.cache)
        assert not same_picture(sent, Picture(pixels=pixels, size=(40, 40), mask=bytes(1600)), built.proof.cache)
