"""Every picture of a Word text in a run of its own, as pandoc reads one: groups, canvases, old drawings opened."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import unquote

from lxml import etree

from rapport.office.namespaces import NS, q
from rapport.office.normal_document import Loss, NormalDocument
from rapport.office.xml import Element, replace

PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525}
HOLDERS = ("w:drawing", "w:pict", "w:object")


def show_pictures(root: Element, part: str, normal: NormalDocument) -> None:
    """Give each picture a run of its own; one outside the file, or missing, is told by what names it."""
    targets = _targets(part, normal)
    for holder in list(root.iter(*(q(name) for name in HOLDERS))):
        images = list(holder.iter(q("a:blip"), q("v:imagedata")))
        if not images or any(True for _ in holder.iterancestors(*(q(name) for name in HOLDERS))):
            continue
        runs = []
        for image in images:
            relation = image.get(q("r:embed")) or image.get(q("r:id")) or image.get(q("r:pict")) or ""
            if relation in targets and not targets[relation][1]:
                runs.append(_run(image, holder, relation))
            else:
                away = targets.get(relation) or targets.get(image.get(q("r:link"), ""), ("", True))
                said = _description(image, holder) or unquote(posixpath.basename(away[0].replace("\\", "/")))
                normal.losses.append(Loss("linked-picture", 1, said))
        _put(holder, runs)


def _targets(part: str, normal: NormalDocument) -> dict[str, tuple[str, bool]]:
    """What a part's relations lead to, by id, and whether that is outside the file or not there."""
    folder, _, name = part.rpartition("/")
    links = normal.parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = etree.fromstring(links).iter(q("rel:Relationship")) if links else ()
    out = {}
    for one in found:
        target = one.get("Target", "")
        inside = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        inside = target.lstrip("/") if target.startswith("/") else inside
        out[one.get("Id", "")] = target, one.get("TargetMode") == "External" or inside not in normal.parts
    return out


def _put(holder: Element, runs: list[Element]) -> None:
    """Runs in the place of a drawing; the run that it stood in is cut there."""
    outer = next(holder.iterancestors(q("w:r")), None)
    if outer is None or holder.getparent() is not outer:
        replace(holder, runs)
        return
    after = etree.Element(q("w:r"))
    looks = outer.find(q("w:rPr"))
    if looks is not None:
        after.append(deepcopy(looks))
    rest = list(holder.itersiblings())
    after.extend(rest)
    outer.remove(holder)
    for run in reversed([*runs, *([after] if rest else [])]):
        outer.addnext(run)


def _run(image: Element, holder: Element, relation: str) -> Element:
    """A run that holds nothing but one picture in the line."""
    run = etree.Element(q("w:r"), nsmap={**{name: NS[name] for name in ("w", "wp", "a", "r")}, "pic": PICTURE})
    inline = etree.SubElement(etree.SubElement(run, q("w:drawing")), q("wp:inline"))
    width, height = (str(side) for side in _size(image, holder))
    etree.SubElement(inline, q("wp:extent"), cx=width, cy=height)
    etree.SubElement(inline, q("wp:docPr"), id="1", name="", descr=_description(image, holder))
    data = etree.SubElement(etree.SubElement(inline, q("a:graphic")), q("a:graphicData"), uri=PICTURE)
    picture = etree.SubElement(data, f"{{{PICTURE}}}pic")
    blip = etree.SubElement(etree.SubElement(picture, f"{{{PICTURE}}}blipFill"), q("a:blip"))
    blip.set(q("r:embed"), relation)
    frame = etree.SubElement(etree.SubElement(picture, f"{{{PICTURE}}}spPr"), q("a:xfrm"))
    etree.SubElement(frame, q("a:ext"), cx=width, cy=height)
    return run


def _size(image: Element, holder: Element) -> tuple[int, int]:
    """Width and height in EMU as the page shows them; 0 where the file does not say."""
    alone = len(list(holder.iter(q("a:blip"), q("v:imagedata")))) == 1
    shown = holder.find(f".//{q('wp:extent')}") if alone else None
    if shown is None:
        own = next((one for outer in image.iterancestors() for one in _frames(outer)), None)
        shown = own if own is not None else holder.find(f".//{q('wp:extent')}")
    if shown is not None:
        return _whole(shown.get("cx")), _whole(shown.get("cy"))
    for outer in image.iterancestors():
        style = dict(one.partition(":")[::2] for one in outer.get("style", "").replace(" ", "").split(";"))
        if "width" in style:
            return _length(style["width"]), _length(style.get("height", ""))
    return 0, 0


def _frames(outer: Element) -> Iterator[Element]:
    """The size that a shape gives itself."""
    for child in outer:
        if isinstance(child.tag, str) and etree.QName(child).localname == "spPr":
            yield from child.iterfind(f"{q('a:xfrm')}/{q('a:ext')}")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _length(text: str) -> int:
    try:
        return round(float(text[:-2]) * EMU.get(text[-2:], 0))
    except ValueError:
        return 0


def _description(image: Element, holder: Element) -> str:
    """What the author said that a picture shows, of the picture itself before the drawing that it is part of."""
    near = [
        child
        for outer in image.iterancestors()
        for child in outer.iter()
        if isinstance(child.tag, str) and etree.QName(child).localname == "cNvPr"
    ][:1]
    for node in [*near, *holder.iter(q("wp:docPr")), *image.iterancestors()]:
        for name in ("descr", "alt", "title"):
            if said := str(node.get(name, "")).strip():
                return said
    return ""
