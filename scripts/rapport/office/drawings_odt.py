"""Drawings of an OpenDocument text put into the text: words of boxes and shapes, pictures of groups and of the page."""

from __future__ import annotations

from rapport.office.namespaces import q
from rapport.office.normal_document import Loss, NormalDocument
from rapport.office.odf import add_after, all_text, keep_tail, own_text, remove_node
from rapport.office.text_boxes import BOX
from rapport.office.wordml import number
from rapport.office.xml import Element, remove, replace

SHAPES = tuple(
    q(f"draw:{name}")
    for name in (
        "text-box custom-shape rect ellipse line polygon path connector caption polyline circle regular-polygon".split()
    )
)
LINES = (q("text:p"), q("text:h"))
INSIDE = (*LINES, q("text:list"), q("table:table"))
SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def show_drawings(root: Element, normal: NormalDocument) -> None:
    """Put what drawings hold where pandoc reads it."""
    body = root.find(f"{q('office:body')}/{q('office:text')}")
    for link in list(root.iter(q("draw:a"))):
        _open_link(link)
    for link in reversed(list(root.iter(q("text:a")))):
        for frame in reversed(list(link.iter(q("draw:frame")))):
            _take_out(frame, link)
    for box in reversed(list(root.iter(*SHAPES))):
        _open_box(box, body, normal)
    for frame in list(root.iter(q("draw:frame"))):
        _keep_one_picture(frame)
        image = frame.find(q("draw:image"))
        if image is not None and _is_void(image):
            told = frame.findtext(q("svg:desc")) or frame.findtext(q("svg:title")) or frame.get(q("draw:name"), "")
            normal.losses.append(Loss("linked-picture", 1, told))
        if image is None or _is_void(image):
            remove_node(frame)
    for group in list(root.iter(q("draw:g"))):
        _open_group(group)
    for frame in [one for one in body if one.tag == q("draw:frame")]:
        _put_on_its_page(frame, body)


def _open_link(link: Element) -> None:
    """A drawing that leads somewhere when it is clicked, in the place of its link."""
    inside = list(link)
    for one in inside:
        one.tail = None
    if inside:
        inside[-1].tail = link.tail
        replace(link, inside)


def _take_out(frame: Element, link: Element) -> None:
    """A picture behind the words of the link that it stands in: pandoc reads none there."""
    keep_tail(frame)
    remove(frame)
    add_after(link, frame)


def _open_box(box: Element, body: Element, normal: NormalDocument) -> None:
    """The paragraphs of a text box or shape put after the one it hangs on, marked where they are several."""
    blocks = [block for block in box if block.tag in INSIDE]
    if not any(all_text(block).strip() or next(block.iter(q("draw:image")), None) is not None for block in blocks):
        return
    host = next(box.iterancestors(*LINES), None)
    lines = [one for one in blocks if one.tag in LINES and own_text(one).strip()]
    for line in lines if len(lines) > 1 else ():
        line.text = BOX + (line.text or "")
    for block in blocks:
        box.remove(block)
        block.tail = None
    if host is not None:
        for block in reversed(blocks):
            add_after(host, block)
    else:  # anchored to the page
        body.extend(blocks)
    normal.count_repair("text-box")


def _keep_one_picture(frame: Element) -> None:
    """Of several forms of one picture, that which can be shown: a PNG beside an SVG."""
    images = frame.findall(q("draw:image"))
    shown = [one for one in images if one.get(q("xlink:href"), "").lower().endswith(SHOWN)]
    for image in images if len(images) > 1 else ():
        if image is not (shown or images)[0]:
            frame.remove(image)


def _is_void(image: Element) -> bool:
    """Whether nothing says where a picture is: LibreOffice keeps the place of one that it could not read."""
    return not image.get(q("xlink:href")) and image.find(q("office:binary-data")) is None


def _open_group(group: Element) -> None:
    """The pictures of a group one after another in its place."""
    if group.getparent() is None or next(group.iterancestors(q("draw:g")), None) is not None:
        return
    frames = [frame for frame in group.iter(q("draw:frame")) if frame.find(q("draw:image")) is not None]
    tail, group.tail = group.tail, None
    for frame in frames:
        frame.tail = None
    if frames:
        frames[-1].tail = tail
        replace(group, frames)
    else:
        group.tail = tail
        remove_node(group)


def _put_on_its_page(frame: Element, body: Element) -> None:
    """A picture anchored to a page put after the first paragraph of that page, as LibreOffice last laid it out."""
    page = number(frame.get(q("text:anchor-page-number")), 1)
    paragraphs = [block for block in body if block.tag in LINES]
    broken = list(body.iter(q("text:soft-page-break")))
    at = next((_top(one, body) for one in broken[page - 2 : page - 1]), None) if page > 1 else None
    host = paragraphs[0] if page == 1 and paragraphs else at if at is not None else next(reversed(paragraphs), None)
    if host is None:
        return
    body.remove(frame)
    made = body.makeelement(q("text:p"), {})
    frame.tail = None
    made.append(frame)
    add_after(host, made)


def _top(node: Element, body: Element) -> Element:
    """The block of the body that a node stands in."""
    while node.getparent() is not body:
        node = node.getparent()
    return node
