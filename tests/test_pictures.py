"""Pictures: published as the document that brought them shows them, and nothing beside what is seen."""

from __future__ import annotations

import io
import posixpath
import zipfile

import pytest
from PIL import Image

from rapport import tree
from rapport.intake.document import open_document
from rapport.project import images
from word_files import docx, odt, p, picture, zipped

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
# Four quarters, wider than high: red and green above, blue and white below.
TOP, BOTTOM = (RED, GREEN), (BLUE, WHITE)


def quarters(format: str = "PNG", mode: str = "RGB") -> bytes:
    """80 by 40 pixels at 96 dpi."""
    whole, out = Image.new("RGB", (80, 40)), io.BytesIO()
    for y, row in enumerate((TOP, BOTTOM)):
        for x, colour in enumerate(row):
            whole.paste(colour, (40 * x, 20 * y, 40 * x + 40, 20 * y + 20))
    whole.convert(mode).save(out, format, dpi=(96, 96), quality=100)
    return out.getvalue()


def seen(picture: Image.Image) -> tuple[object, ...]:
    """The colours in the middle of the four quarters, left to right, top to bottom; the nearest of ours."""
    w, h = picture.size
    points = ((w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4))
    return tuple(_nearest(picture.convert("RGB").getpixel(point)) for point in points)


def _nearest(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return min((RED, GREEN, BLUE, WHITE), key=lambda one: sum((a - b) ** 2 for a, b in zip(one, colour, strict=True)))


def shown(name: str, data: bytes) -> list[Image.Image]:
    """The pictures that intake would publish, in the order of the text."""
    document = open_document(name, data)
    called = [tree.target(node) for block in document.blocks for node in tree.find([block], "Image")]
    return [Image.open(io.BytesIO(images.clean(document.media[address])[0])) for address in called]


def word(look: str = "", crop: str = "", geometry: str = "", content: bytes = b"", suffix: str = "png") -> bytes:
    drawn = picture("i", "Un carré inventé").replace("<a:xfrm>", f"<a:xfrm {look}>")
    drawn = drawn.replace("</a:xfrm>", f"</a:xfrm>{geometry}").replace("</pic:blipFill>", f"{crop}</pic:blipFill>")
    target = f"media/image1.{suffix}"
    parts: dict[str, bytes | str] = {f"word/{target}": content or quarters()}
    return docx(p(inside=drawn), parts=parts, relations={"i": ("image", target, False)})


RIGHT_HALF_CUT = '<a:srcRect r="50000"/>'
WORD = {
    "as it is": ("", "", (80, 40), (*TOP, *BOTTOM)),
    "cropped": ("", RIGHT_HALF_CUT, (40, 40), (RED, RED, BLUE, BLUE)),
    "cropped above": ("", '<a:srcRect t="50000"/>', (80, 20), (BLUE, WHITE, BLUE, WHITE)),
    "cropped in percent": ("", '<a:srcRect l="50%"/>', (40, 40), (GREEN, GREEN, WHITE, WHITE)),
    "drawn out, which cuts nothing": ("", '<a:srcRect l="-20000"/>', (80, 40), (*TOP, *BOTTOM)),
    "turned by a quarter": ('rot="5400000"', "", (40, 80), (BLUE, RED, WHITE, GREEN)),
    "turned the other way": ('rot="16200000"', "", (40, 80), (GREEN, WHITE, RED, BLUE)),
    "mirrored": ('flipH="1"', "", (80, 40), (GREEN, RED, WHITE, BLUE)),
    "upside down": ('flipV="true"', "", (80, 40), (BLUE, WHITE, RED, GREEN)),
    "cropped, mirrored, turned": ('rot="5400000" flipV="1"', RIGHT_HALF_CUT, (40, 40), (RED, BLUE, RED, BLUE)),
}  # fmt: skip


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF"])
@pytest.mark.parametrize(("look", "crop", "size", "colours"), WORD.values(), ids=list(WORD))
def test_a_picture_in_word_is_published_as_word_shows_it(
    format: str, look: str, crop: str, size: tuple[int, int], colours: tuple[object, ...]
) -> None:
    data = word(look, crop, content=quarters(format), suffix=format.lower())
    [image] = shown("lettre.docx", data)
    assert (image.size, seen(image)) == (size, colours)


def test_a_round_picture_has_no_corners() -> None:
    [image] = shown("lettre.docx", word(geometry='<a:prstGeom prst="ellipse"/>'))
    assert image.getpixel((0, 0)) == (0, 0, 0, 0)
    assert image.convert("RGBA").getpixel((40, 5)) != (0, 0, 0, 0)


def test_the_same_picture_twice_is_cropped_where_it_is_cropped() -> None:
    whole = picture("i", "Entière")
    cut = picture("i", "Coupée").replace("</pic:blipFill>", f"{RIGHT_HALF_CUT}</pic:blipFill>")
    data = docx(
        p(inside=whole), p(inside=cut), parts={"word/media/a.png": quarters()},
        relations={"i": ("image", "media/a.png", False)},
    )  # fmt: skip
    assert [image.size for image in shown("lettre.docx", data)] == [(80, 40), (40, 40)]


def test_a_picture_of_older_word_is_cropped_and_turned() -> None:
    drawn = (
        '<w:r><w:pict><v:shape style="width:60pt;height:30pt;rotation:90">'
        '<v:imagedata r:id="i" cropright="32768f"/></v:shape></w:pict></w:r>'
    )
    data = docx(
        p(inside=drawn), parts={"word/media/a.png": quarters()}, relations={"i": ("image", "media/a.png", False)}
    )
    [image] = shown("lettre.docx", data)
    assert (image.size, seen(image)) == ((40, 40), (BLUE, RED, BLUE, RED))


def test_a_picture_in_a_note_of_word_is_cropped() -> None:
    cut = picture("i", "Coupée").replace("</pic:blipFill>", f"{RIGHT_HALF_CUT}</pic:blipFill>")
    made = docx(p(inside=cut))
    document = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    opening = document[: document.index("<w:body>")].replace("w:document", "w:footnotes")
    notes = f'{opening}<w:footnote w:id="2">{p(inside=cut)}</w:footnote></w:footnotes>'
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    links = f'<Relationships {space}><Relationship Id="i" Type="{kind}" Target="media/a.png"/></Relationships>'
    parts: dict[str, bytes | str] = {
        "word/footnotes.xml": notes, "word/_rels/footnotes.xml.rels": links, "word/media/a.png": quarters()
    }  # fmt: skip
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(p(inside=call), parts=parts, relations={"n": ("footnotes", "footnotes.xml", False)})
    assert [image.size for image in shown("lettre.docx", data)] == [(40, 40)]


def opendocument(properties: str = "", transform: str = "", styles: str = "") -> bytes:
    uses = (
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    style = (
        f'{styles}<style:style style:name="fr1" style:parent-style-name="base" style:family="graphic">'
        f"<style:graphic-properties {uses} {properties}/></style:style>"
    )
    frame = (
        f'<text:p><draw:frame draw:style-name="fr1" {transform}><draw:image {uses} xlink:href="Pictures/a.png"/>'
        "</draw:frame></text:p>"
    )
    with zipfile.ZipFile(io.BytesIO(odt(frame, style))) as made:
        files: dict[str, bytes | str] = {name: made.read(name) for name in made.namelist()}
    return zipped({**files, "Pictures/a.png": quarters()})


HALF = f"{40 * 25.4 / 96:.3f}mm"
OPENDOCUMENT = {
    "as it is": ("", "", (80, 40), (*TOP, *BOTTOM)),
    "cropped": (f'fo:clip="rect(0mm, {HALF}, 0mm, 0mm)"', "", (40, 40), (RED, RED, BLUE, BLUE)),
    "cropped without commas": (f'fo:clip="rect(0mm {HALF} 0mm 0mm)"', "", (40, 40), (RED, RED, BLUE, BLUE)),
    "mirrored": ('style:mirror="horizontal-on-odd"', "", (80, 40), (GREEN, RED, WHITE, BLUE)),
    "upside down": ('style:mirror="vertical"', "", (80, 40), (BLUE, WHITE, RED, GREEN)),
    "turned": ("", 'draw:transform="rotate (-1.570796) translate (3cm 0cm)"', (40, 80), (BLUE, RED, WHITE, GREEN)),
}  # fmt: skip


@pytest.mark.parametrize(("look", "turn", "size", "colours"), OPENDOCUMENT.values(), ids=list(OPENDOCUMENT))
def test_a_picture_in_opendocument_is_published_as_it_is_shown(
    look: str, turn: str, size: tuple[int, int], colours: tuple[object, ...]
) -> None:
    [image] = shown("lettre.odt", opendocument(look, turn))
    assert (image.size, seen(image)) == (size, colours)


@pytest.mark.parametrize("format", ["PNG", "GIF", "WEBP", "TIFF"])
@pytest.mark.parametrize("alpha", [0, 1, 3])
def test_colours_under_what_nobody_sees_are_gone(format: str, alpha: int) -> None:
    picture = Image.open(io.BytesIO(quarters())).convert("RGBA")
    veil = Image.new("L", picture.size, 255)
    veil.paste(alpha, (0, 0, 40, 40))
    picture.putalpha(veil)
    out = io.BytesIO()
    picture.save(out, format, **({"lossless": True, "exact": True} if format == "WEBP" else {}))
    if format == "GIF" and alpha:
        pytest.skip("a GIF is seen through or is not")
    clean = Image.open(io.BytesIO(images.clean(out.getvalue())[0])).convert("RGBA")
    left = clean.crop((0, 0, 40, 40))
    assert left.getextrema() == ((0, 0),) * 4
    assert clean.getpixel((60, 10)) != (0, 0, 0, 0)


def test_a_large_picture_made_smaller_hides_nothing_either() -> None:
    picture = Image.new("RGBA", (images.MAX_SIDE + 200, 60), (200, 30, 30, 0))
    picture.paste((0, 90, 0, 255), (0, 0, 1300, 60))
    out = io.BytesIO()
    picture.save(out, "PNG")
    clean = Image.open(io.BytesIO(images.clean(out.getvalue())[0]))
    assert clean.convert("RGB").getextrema()[0][1] < 40


def test_pictures_in_a_palette_with_one_clear_colour_keep_none_of_it() -> None:
    picture, out = Image.open(io.BytesIO(quarters())).convert("P"), io.BytesIO()
    picture.save(out, "PNG", transparency=picture.getpixel((5, 5)))
    clean = Image.open(io.BytesIO(images.clean(out.getvalue())[0])).convert("RGBA")
    assert clean.getpixel((5, 5)) == (0, 0, 0, 0)


def test_an_address_of_a_made_picture_is_never_that_of_a_given_one() -> None:
    document = open_document("lettre.docx", word(crop=RIGHT_HALF_CUT))
    assert sorted(map(posixpath.dirname, document.media)) == ["media", "media"]
