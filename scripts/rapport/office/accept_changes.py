"""The changes still tracked in a Word file, accepted and told; what hangs on comments goes, their places are kept."""

from __future__ import annotations

from rapport.office.namespaces import q
from rapport.office.story import Story
from rapport.office.wordml import all_text, block_text, empty_texts, has_picture, unwrap
from rapport.office.xml import Element, remove


def accept_changes(story: Story) -> None:
    """Tracked changes are told; the text goes on as if they were all accepted."""
    _keep_insertions(story)
    _take_deletions(story)
    _settle_cells(story)
    for node in story.elements("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:sectPrChange", "w:tcPrChange"):
        story.tell("format", node, "")
        remove(node)
    for node in story.elements("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        if node.tag != q("w:commentRangeEnd"):
            story.normal.comment_places.setdefault(node.get(q("w:id"), ""), story.place(node))
        remove(node)


def _keep_insertions(story: Story) -> None:
    for node in story.elements("w:ins", "w:moveTo"):
        if node.getparent().tag == q("w:rPr") or node.getparent().tag == q("w:trPr"):
            story.tell("insertion", node, "¶")
            remove(node)
        else:
            story.tell("insertion", node, all_text(node))
            unwrap(node)


def _take_deletions(story: Story) -> None:
    marks = list[Element]()
    for node in story.elements("w:del", "w:moveFrom"):
        parent = node.getparent()
        if parent is None:
            continue
        if parent.tag == q("w:rPr"):  # a paragraph mark that was deleted
            story.tell("deletion", node, "¶")
            marks.append(parent.getparent().getparent())
            remove(node)
        elif parent.tag == q("w:trPr"):
            story.tell("deletion", node, " ".join(map(all_text, parent.getparent().iter(q("w:tc")))))
            remove(parent.getparent())
        else:
            story.tell("deletion", node, all_text(node))
            remove(node)
    for paragraph in marks:
        _join_next(paragraph)


def _settle_cells(story: Story) -> None:
    for node in story.elements("w:cellDel", "w:cellIns"):
        cell = node.getparent().getparent()
        deleted = node.tag == q("w:cellDel")
        story.tell("deletion" if deleted else "insertion", node, all_text(cell))
        remove(node)
        if deleted:
            empty_texts(cell)


def _join_next(paragraph: Element) -> None:
    """A paragraph joined to the next, whose properties stay; alone, it goes where nothing is left of it."""
    after = paragraph.getnext()
    while after is not None and after.tag not in (q("w:p"), q("w:tbl"), q("w:sectPr"), q("w:sdt")):
        after = after.getnext()
    inside = [child for child in paragraph if child.tag != q("w:pPr")]
    if after is not None and after.tag == q("w:p"):
        at = 1 if after.find(q("w:pPr")) is not None else 0
        after[at:at] = inside
        remove(paragraph)
    elif paragraph.getprevious() is not None and not block_text(paragraph) and not has_picture(paragraph):
        remove(paragraph)
