"""Pictures of received files, wherever a program puts them: taken, or told by name."""

from __future__ import annotations

import io
import zipfile

import pytest

from rapport.intake.states import IntakeResult
from rapport.office.namespaces import q
from received_text import body, received
from word_files import docx, h, odt, p, photo, picture, run, table, zipped

RELATIONS = {
    "i": ("image", "media/i.jpg", False),
    "away": ("image", "http://x.example/a/vue%20un.png", True),
    "gone": ("image", "media/rien.png", False),
    "s": ("image", "media/s.svg", False),
}
INSIDE = picture("i")[picture("i").index("<pic:pic>") : picture("i").index("</pic:pic>")] + "</pic:pic>"
DRAWN = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG = f'<a:extLst><a:ext><svg:svgBlip xmlns:svg="{DRAWN}" r:embed="s"/></a:ext></a:extLst>'


def word(*blocks: str) -> IntakeResult:
    parts = {"word/media/i.jpg": photo(), "word/media/s.svg": "<svg/>"}
    return received(docx(h("Constat"), *blocks, parts=parts, relations=RELATIONS))


def writer(inside: str) -> IntakeResult:
    with zipfile.ZipFile(io.BytesIO(odt(f'<text:h text:outline-level="1">Constat</text:h>{inside}'))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return received(zipped(parts | {"Pictures/a.jpg": photo(), "Pictures/a.svg": b"<svg/>"}), "a.odt")


def shown(result: IntakeResult) -> int:
    return body(result).count("](images/")


def drawing(inside: str) -> str:
    return (
        '<w:r><w:drawing><wp:anchor><wp:extent cx="900000" cy="600000"/><wp:docPr id="1" name="g"/><a:graphic>'
        f"<a:graphicData>{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


FRAME = '<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="2cm">{}</draw:frame>'.format
ODT_BOX = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>".format
IMAGE = '<draw:image xlink:href="Pictures/a.jpg"/>'
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>".format
WORD = {
    "in a heading": (h("Un titre").replace("</w:p>", f"{picture('i')}</w:p>"), 1),
    "second in a run": (p(inside=picture("i").replace("</w:r>", picture("i")[5:])), 2),
    "in a group": (p(inside=drawing(f'<g:wgp xmlns:g="g">{INSIDE}{INSIDE}</g:wgp>')), 2),
    "in a canvas": (p(inside=drawing(f'<c:wpc xmlns:c="c">{INSIDE}</c:wpc>')), 1),
    "in a box": (p(inside=run("Hôte.") + BOX(p(inside=picture("i")))), 1),
    "in an old drawing": (
        p(inside='<w:r><w:pict><v:shape style="width:99pt"><v:imagedata r:id="i"/></v:shape></w:pict></w:r>'),
        1,
    ),
    "a PNG beside its SVG": (p(inside=picture("i").replace('"i"/>', f'"i">{SVG}</a:blip>')), 1),
    "in a cell": (table(("a", "b")).replace(p("a"), p(inside=picture("i"))), 1),
}
ODT = {
    "in a heading": (f'<text:h text:outline-level="2">Un titre{FRAME(IMAGE)}</text:h>', 1),
    "two together": (f"<text:p>{FRAME(IMAGE)}{FRAME(IMAGE)}</text:p>", 2),
    "in a group": (f"<text:p>Un <draw:g>{FRAME(IMAGE)}{FRAME(IMAGE)}</draw:g> deux</text:p>", 2),
    "in a box": (f"<text:p>Un {ODT_BOX(FRAME(IMAGE))}</text:p>", 1),
    "on the page": (f"<text:p>Un.</text:p>{FRAME(IMAGE).replace('as-char', 'page')}", 1),
    "a PNG beside its SVG": (f"<text:p>{FRAME(IMAGE.replace('.jpg', '.svg') + IMAGE)}</text:p>", 1),
    "that leads somewhere": (f"<text:p>Un <draw:a>{FRAME(IMAGE)}</draw:a> deux</text:p>", 1),
    "that leads somewhere, on the page": (f"<draw:a>{FRAME(IMAGE).replace('as-char', 'page')}</draw:a>", 1),
    "a group that leads somewhere": (f"<text:p><draw:a><draw:g>{FRAME(IMAGE) * 2}</draw:g></draw:a></text:p>", 2),
    "in a link": (f"<text:p><text:a>voir {FRAME(IMAGE)} ici</text:a> là</text:p>", 1),
    "in a field": (f"<text:p><text:meta>voir {FRAME(IMAGE)} ici</text:meta> là</text:p>", 1),
    "numbered": (f"<text:numbered-paragraph><text:p>{FRAME(IMAGE)} ici</text:p></text:numbered-paragraph>", 1),
}  # fmt: skip


@pytest.mark.parametrize("where", WORD)
def test_pictures_of_word_are_taken(where: str) -> None:
    block, count = WORD[where]
    assert shown(word(block, p("Suite."))) == count


@pytest.mark.parametrize("where", ODT)
def test_pictures_of_an_odt_are_taken(where: str) -> None:
    block, count = ODT[where]
    assert shown(writer(f"{block}<text:p>Suite.</text:p>")) == count


def test_pictures_that_are_not_there_are_named() -> None:
    linked = picture("i").replace('r:embed="i"', 'r:link="away"')
    result = word(p("Un."), p(inside=linked), p(inside=picture("gone")), p(inside=picture("none", "une vue")))
    told = [one.text for one in result.contribution.losses if one.kind == "linked-picture"]
    assert (told, shown(result)) == (["vue un.png", "rien.png", "une vue"], 0)
    images = [
        FRAME(IMAGE.replace("Pictures/a.jpg", name)) for name in ("http://x.example/vue.png", "Pictures/rien.png")
    ]
    result = writer(f"<text:p>Un. {images[0]} {images[1]}</text:p>")
    assert [one.text for one in result.contribution.losses] == ["vue.png", "rien.png"]


CAPTIONED = '![une vue](images/mendicite-0a250406.jpg){width="2.5cm"}'


def test_captions_above_below_and_in_a_frame() -> None:
    label, image = p("Figure 2 : une vue", "caption"), p(inside=picture("i"))
    frame = table(("x",)).replace(p("x"), image + p("une vue"))
    for blocks in ((label, image), (image, label), (table(("x",)).replace(p("x"), image + label),), (frame,)):
        assert body(word(*blocks, p("Suite."))) == f"## Constat\n\n{CAPTIONED}\n\nSuite."
    one = f"<text:p>{FRAME(IMAGE)}Illustration <text:sequence>1</text:sequence> : une vue</text:p>"
    box = f"<text:p>Un.<draw:frame><draw:text-box>{one}</draw:text-box></draw:frame></text:p>"
    assert "![une vue](images/" in body(writer(box))


def test_pictures_on_a_later_page_stand_there() -> None:
    pages = "<text:p>Un.</text:p><text:p><text:soft-page-break/>Deux.</text:p><text:p>Trois.</text:p>"
    frame = FRAME(IMAGE).replace("as-char", "page").replace("svg:width", 'text:anchor-page-number="2" svg:width')
    lines = [line for line in body(writer(frame + pages)).splitlines() if line]
    assert [line[:4] for line in lines[1:]] == ["Un.", "Deux", "![](", "Troi"]


def test_pictures_and_word_art_of_a_page_header_are_named() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="l" Type="{kind}" Target="media/i.jpg"/>'
    path = '<w:p><w:r><w:pict><v:shape><v:textpath string="BROUILLON"/></v:shape></w:pict></w:r></w:p>'
    names = " ".join(f'xmlns:{name}="{q(f"{name}:x")[1:-2]}"' for name in ("w", "v"))
    parts = {
        "word/header1.xml": f"<w:hdr {names}>{path}</w:hdr>",
        "word/_rels/header1.xml.rels": f"<Relationships {space}>{relation}</Relationships>",
        "word/media/i.jpg": photo(),
    }
    result = received(docx(h("Constat"), p("Un texte."), parts=parts))
    assert body(result) == "## Constat\n\nUn texte."
    said = {(one.kind, one.count, one.text) for one in result.contribution.losses}
    assert {("header", 1, "BROUILLON"), ("page-picture", 1, "")} <= said


@pytest.mark.parametrize("said", ["<svg:desc>Un plan</svg:desc>", "<svg:title>Un plan</svg:title>", ""])
def test_the_place_of_a_picture_that_an_odt_no_longer_holds_is_named(said: str) -> None:
    frame = f'<draw:frame draw:name="Forme1"><draw:image><text:p/></draw:image>{said}</draw:frame>'
    words = f"<text:h>Constat</text:h><text:p>{frame}</text:p><text:p>Un fait inventé.</text:p>"
    result = received(odt(words + "<text:h>Recommandations</text:h><text:p>- Agir.</text:p>"))
    assert "Un fait inventé." in body(result)
    assert [(one.kind, one.text) for one in result.contribution.losses] == [
        ("linked-picture", "Un plan" if said else "Forme1")
    ]
