"""A comparison as its two files: Word's own tracked changes, and a page of the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from rapport import tree
from rapport.compare.index import index
from rapport.compare.typed_numbers import write_numbers
from rapport.diff.blocks import PARAGRAPH_END
from rapport.diff.inlines import DELETED
from rapport.model import Document, Node
from rapport.office.archive import pack, unpack
from rapport.output.docx import writer as docx
from rapport.output.docx.repairs import TRACKED
from rapport.output.html import writer as html

CHANGED = ("word/document.xml", "word/footnotes.xml")
CHANGE = re.compile(r'(<w:(?:ins|del|moveFrom|moveTo|rPrChange) )w:id="\d+"')
FIRST = 2_000_000  # the numbers of changes: out of the way of bookmarks
ROW = re.compile(r"<w:tr>(?:(?!<w:tr>).)*?<!--trPr (.*?)-->", re.DOTALL)
PROPERTIES_END = re.compile(r"(<w:tr>(?:<w:trPr>.*?(?=</w:trPr>))?)", re.DOTALL)
AFTER = re.compile(r"<!--after (.*?)-->(.*?</w:p>)", re.DOTALL)
RESTYLED = re.compile(r"<!--was (\w*(?: \w+)*)\|(.*?)-->(.*?)<!--/was-->", re.DOTALL)
RUN = re.compile(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?", re.DOTALL)
# In the order of the standard; what pandoc writes for each.
STYLES = {
    "Strong": "<w:b/><w:bCs/>",
    "Emph": "<w:i/><w:iCs/>",
    "SmallCaps": "<w:smallCaps/>",
    "Strikeout": "<w:strike/>",
    "Underline": '<w:u w:val="single"/>',
    "Superscript": '<w:vertAlign w:val="superscript"/>',
    "Subscript": '<w:vertAlign w:val="subscript"/>',
}
STYLED = re.compile(r"<w:(?:b|bCs|i|iCs|smallCaps|strike|u|vertAlign)(?: [^>]*)?/>")


def as_docx(document: Document, new: Document, images: Path, reference: Path) -> bytes:
    """The Word file; its table of contents is that of the new document. Changes may be accepted and refused freely."""
    parts = unpack(docx.write(document, images, reference, listed=new))
    for name in CHANGED:
        parts[name] = AFTER.sub(r"\2\1", _rows(RESTYLED.sub(_restyled, parts[name].decode()))).encode()
    write_numbers(parts)
    numbers = count(FIRST)
    for name in CHANGED:
        parts[name] = CHANGE.sub(lambda found: f'{found[1]}w:id="{next(numbers)}"', parts[name].decode()).encode()
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(TRACKED, "<w:trackRevisions/>").encode()
    return pack(parts)


def _rows(body: str) -> str:
    """What a row says of itself, moved from its first words to its properties."""
    for found in reversed(list(ROW.finditer(body))):
        row = found[0].replace(f"<!--trPr {found[1]}-->", "", 1)
        opened = PROPERTIES_END.match(row)
        assert opened
        mark = found[1] if "<w:trPr>" in opened[0] else f"<w:trPr>{found[1]}</w:trPr>"
        body = f"{body[: found.start()]}{opened[0]}{mark}{row[opened.end() :]}{body[found.end() :]}"
    return body


def _restyled(found: re.Match[str]) -> str:
    """The runs of some words, each with the looks that it had."""
    before = "".join(STYLES[name] for name in STYLES if name in found[1].split())

    def run(head: re.Match[str]) -> str:
        now = head[1] or ""
        other = STYLED.sub("", now)
        return f"<w:r><w:rPr>{now}<w:rPrChange {found[2]}><w:rPr>{other}{before}</w:rPr></w:rPrChange></w:rPr>"

    return RUN.sub(run, found[3])


# ---------------------------------------------------------------- the page


def as_html(document: Document, images: Path, listed: str = "") -> bytes:
    """The page of the web, changes in `ins` and `del`; opened by a list of them in the language `listed`, if any."""
    shown = tree.with_pages(document, map(_for_the_web, tree.document_pages(document)))
    if listed:
        shown = replace(shown, front_matter=(*index(tree.document_pages(shown), listed), *shown.front_matter))
    return html.write(shown, images)


def _for_the_web(nodes: Sequence[Node]) -> Iterator[Node]:
    """Blocks in which a title that was deleted opens no section, and a paragraph that was deleted has no number."""
    for node in tree.rewrite(list(nodes), _seen):
        kind, deleted = tree.kind(node), tree.has_class(node, DELETED)
        if kind == "Header" and deleted:
            yield tree.para([tree.strong(tree.inlines(node))])
        elif kind == "Div":
            inside = list(_for_the_web(tree.blocks(node)))
            yield from inside if deleted else [tree.with_blocks(node, inside)]
        else:
            yield node


def _seen(node: Node) -> Node | None:
    """A label that was counted anew as the new one; the end of a paragraph that came or went as a sign."""
    if tree.kind(node) == "Span" and tree.has_class(node, "counted"):
        return tree.span([] if tree.has_class(node, DELETED) else tree.inlines(node))
    if tree.kind(node) not in tree.PARAGRAPHS or not tree.inlines(node):
        return None
    mark, *rest = tree.inlines(node)
    if not tree.has_class(mark, PARAGRAPH_END):
        return None
    sign = tree.span([tree.word("¶")], [tree.classes(mark)[0].removeprefix("paragraph-")])
    return tree.with_inlines(node, [*tree.rewrite(rest, _seen), sign])
