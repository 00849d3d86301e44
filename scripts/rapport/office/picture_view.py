"""Pictures as their document shows them: cropped, cut round, mirrored and turned, in the pixels themselves.

Word and LibreOffice keep the whole picture in the file; what the author cut away must go no further.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
from collections.abc import Callable, Iterator

from lxml import etree
from msgspec import Struct

from rapport.office.namespaces import q
from rapport.office.normal_document import NormalDocument
from rapport.office.xml import Element
from rapport.project.images import FORMATS, MAX_PIXELS

WHOLE = 100_000  # a side of a picture, as DrawingML counts crops
DEGREE = 60_000  # as DrawingML counts turns
FIXED = 65_536  # VML's fractions and degrees that end in « f » or « fd »
SIDES = ("left", "top", "right", "bottom")
LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|px)")
MILLIMETRES = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
TURN = re.compile(r"rotate\s*\(\s*(-?[\d.eE-]+)\s*\)")


class PictureView(Struct, frozen=True):
    """How a picture is shown: parts of its sides cut off (left, top, right, bottom; of 1, or millimetres where
    `absolute`), whether it is cut to an ellipse, then its mirrorings and clockwise turns, from the innermost."""

    crop: tuple[float, ...] = (0, 0, 0, 0)
    absolute: bool = False
    ellipse: bool = False
    turns: tuple[tuple[bool, bool, float], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the picture is shown as it is in the file."""
        return not any(self.crop) and not self.ellipse and not any(map(any, self.turns))

    def apply(self, raw: bytes) -> bytes | None:
        """The picture with nothing but what is shown; None where it cannot be decoded, which intake then tells."""
        from PIL import Image, ImageChops, ImageDraw, ImageOps

        try:
            with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS or getattr(opened, "n_frames", 1) > 1:
                    return None
                photo, dpi = opened.format == "JPEG", opened.info.get("dpi", (96, 96))
                picture = ImageOps.exif_transpose(opened).convert("RGBA")
        except Exception:  # Pillow's decoders raise what they like on hostile files
            return None
        picture = picture.crop(self._box(picture.size, dpi))
        if self.ellipse:
            mask = Image.new("L", picture.size)
            ImageDraw.Draw(mask).ellipse((0, 0, picture.width - 1, picture.height - 1), fill=255)
            picture.putalpha(ImageChops.multiply(picture.getchannel("A"), mask))
        for mirrored, upside_down, degrees in self.turns:
            picture = ImageOps.mirror(picture) if mirrored else picture
            picture = ImageOps.flip(picture) if upside_down else picture
            picture = picture.rotate(-degrees, Image.Resampling.BICUBIC, expand=True) if degrees % 360 else picture
        out = io.BytesIO()
        if photo:
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(picture, mask=picture.getchannel("A"))
            paper.save(out, "JPEG", quality=95)
        else:
            picture.save(out, "PNG")
        return out.getvalue()

    def _box(self, size: tuple[int, int], dpi: tuple[float, float]) -> tuple[int, int, int, int]:
        """What is left of the pixels, one at least; sides that were drawn out beyond the picture cut nothing."""
        cuts = []
        for at, side in enumerate(self.crop):
            pixels = size[at % 2]
            share = side * (float(dpi[at % 2]) or 96) / 25.4 / pixels if self.absolute else side
            cuts.append(min(max(share, 0), 1) * pixels)
        left, top = (min(math.ceil(cuts[at] - 0.01), size[at] - 1) for at in (0, 1))
        right, bottom = (size[at] - math.ceil(cuts[at + 2] - 0.01) for at in (0, 1))
        return left, top, max(right, left + 1), max(bottom, top + 1)


def show_word_pictures(root: Element, part: str, normal: NormalDocument) -> None:
    """Give each picture of a part of a Word file that is not shown whole and upright pixels of its own."""
    shown = [(node, view) for node, view in _word_pictures(root) if not view.is_plain]
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    if not shown or links not in normal.parts:
        return
    relations = etree.fromstring(normal.parts[links])
    by_id = {one.get("Id"): one for one in relations.iter(q("rel:Relationship"))}
    for node, view in shown:
        key = next((key for key in (q("r:embed"), q("r:id"), q("r:pict")) if node.get(key) in by_id), None)
        if key is None:
            continue
        given = by_id[node.get(key)]
        target = given.get("Target", "")
        source = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        new = _kept(normal, view, source)
        if new is not None:
            made = etree.SubElement(relations, q("rel:Relationship"), dict(given.attrib))
            made.set("Id", f"shown-{name}-{len(by_id)}")
            made.set("Target", posixpath.join(posixpath.dirname(target), posixpath.basename(new)))
            by_id[made.get("Id")] = made
            node.set(key, made.get("Id"))
    normal.parts[links] = etree.tostring(relations)


def _kept(normal: NormalDocument, view: PictureView, source: str) -> str | None:
    """The name of a new part with the picture as shown; None where there is no picture to work on."""
    pixels = view.apply(normal.parts.get(source, b""))
    if pixels is None:
        return None
    suffix = "jpg" if pixels.startswith(b"\xff\xd8") else "png"
    new = f"{posixpath.splitext(source)[0]}-shown-{len(normal.parts)}.{suffix}"
    normal.parts[new] = pixels
    normal.count_repair("shown")
    return new


def _word_pictures(root: Element) -> Iterator[tuple[Element, PictureView]]:
    for blip in root.iter(q("a:blip")):
        yield blip, _drawn(blip)
    for image in root.iter(q("v:imagedata")):
        yield image, _vml(image)


def _named(node: Element, name: str) -> Element:
    return next((one for one in node if isinstance(one.tag, str) and etree.QName(one).localname == name), None)


def _drawn(blip: Element) -> PictureView:
    """DrawingML: the crop beside the blip, the turns of the picture's own shape and of the groups around it."""
    source = _named(blip.getparent(), "srcRect")
    crop = [_number(source.get(side)) / WHOLE if source is not None else 0.0 for side in ("l", "t", "r", "b")]
    ellipse, turns = False, list[tuple[bool, bool, float]]()
    for outer in blip.iterancestors():
        for name in ("spPr", "grpSpPr"):
            look = _named(outer, name)
            frame = _named(look, "xfrm") if look is not None else None
            if frame is not None:
                mirrored, upside_down = (frame.get(flip) in ("1", "true") for flip in ("flipH", "flipV"))
                turns.append((mirrored, upside_down, _number(frame.get("rot")) / DEGREE))
            form = _named(look, "prstGeom") if look is not None and not turns[1:] else None
            ellipse = ellipse or (form is not None and form.get("prst") == "ellipse")
    return PictureView(tuple(crop), False, ellipse, tuple(turns))


def _vml(image: Element) -> PictureView:
    """VML: the crop on the image, the turns in the style of the shapes around it."""
    crop = tuple(_fixed(image.get(f"crop{side}"), "f") for side in SIDES)
    turns = []
    for outer in image.iterancestors():
        style = dict(one.partition(":")[::2] for one in outer.get("style", "").replace(" ", "").split(";"))
        flips = style.get("flip", "")
        turns.append(("x" in flips, "y" in flips, _fixed(style.get("rotation"), "fd")))
    return PictureView(crop, turns=tuple(turns))


def _number(text: str | None) -> float:
    try:
        return float((text or "0").rstrip("%")) * (WHOLE / 100 if (text or "").endswith("%") else 1)
    except ValueError:
        return 0.0


def _fixed(text: str | None, unit: str) -> float:
    """A number of VML, plain or in 65,536ths."""
    bare = (text or "0").removesuffix(unit)
    return _number(bare) / (FIXED if bare != (text or "0") else 1)


def show_odt_pictures(
    frames: list[Element], properties_of: Callable[[Element], list[Element]], normal: NormalDocument
) -> None:
    """Give each picture of an OpenDocument text the pixels that its frame shows.

    `properties_of` gives the graphic properties of a frame's styles, its own first.
    """
    for frame in frames:
        image = frame.find(q("draw:image"))
        if image is None:
            continue
        look: dict[str, str] = {}
        for properties in reversed(properties_of(frame)):
            look |= dict(properties.attrib)
        view = _odt(frame, look)
        source = posixpath.normpath(image.get(q("xlink:href"), ""))
        new = None if view.is_plain else _kept(normal, view, source)
        if new is not None:
            image.set(q("xlink:href"), new)


def _odt(frame: Element, look: dict[str, str]) -> PictureView:
    """OpenDocument: `fo:clip` is lengths (top, right, bottom, left), a turn is anticlockwise radians."""
    lengths = [float(n) * MILLIMETRES[unit] for n, unit in LENGTH.findall(look.get(q("fo:clip"), ""))]
    top, right, bottom, left = lengths if len(lengths) == 4 else (0, 0, 0, 0)
    mirror = look.get(q("style:mirror"), "")
    turned = TURN.search(frame.get(q("draw:transform"), ""))
    degrees = round(-math.degrees(float(turned[1])), 2) if turned else 0.0
    flips = ("horizontal" in mirror, "vertical" in mirror.split())
    return PictureView((left, top, right, bottom), True, turns=((*flips, degrees),))
