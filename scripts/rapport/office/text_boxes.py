"""Text boxes of a Word file put into the text: their paragraphs follow the one they hang on, marked as a box's."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.wordml import has_picture, new_run, paragraph_text
from rapport.office.xml import Element, remove, replace

BOX = "\ue0b0"
"""Begins each paragraph of a box of several until pandoc has read it: its title must not swallow what follows it."""


def show_text_boxes(root: Element) -> int:
    """Put the paragraphs of text boxes after the paragraph they hang on, innermost first; how many boxes there were."""
    emptied, count = list[Element](), 0
    for box in reversed(list(root.iter(q("w:txbxContent")))):
        host = next(box.iterancestors(q("w:p")), None)
        if host is None or host.getparent() is None:
            continue
        blocks, at = list(box), host
        for block in blocks:
            at.addnext(block)
            at = block
        _mark(blocks)
        count += 1
        emptied.append(next(box.iterancestors(q("w:drawing"), q("w:pict")), None))
        remove(box)
    for drawing in emptied:
        if drawing is not None and not has_picture(drawing):
            remove(drawing)
    return count


def show_shape_texts(root: Element) -> int:
    """Make text boxes of the words in shapes that PowerPoint or a drawing canvas put there; how many there were."""
    count = 0
    for body in [one for one in root.iter() if isinstance(one.tag, str) and etree.QName(one).localname == "txBody"]:
        lines = [_words(paragraph) for paragraph in body.iter(q("a:p"))]
        if any(line.strip() for line in lines):
            made = etree.Element(q("w:txbxContent"))
            for line in lines:
                etree.SubElement(made, q("w:p")).append(new_run(line))
            replace(body, [made])
            count += 1
    return count


def _words(paragraph: Element) -> str:
    return "".join((one.text or "") if one.tag == q("a:t") else " " for one in paragraph.iter(q("a:t"), q("a:br")))


def _mark(blocks: Iterable[Element]) -> None:
    paragraphs = [one for one in blocks if one.tag == q("w:p") and paragraph_text(one).strip()]
    for paragraph in paragraphs if len(paragraphs) > 1 else ():
        paragraph.insert(0 if paragraph.find(q("w:pPr")) is None else 1, new_run(BOX))
