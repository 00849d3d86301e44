"""Two documents as one, to be printed by the ordinary exporters: Word's own tracked changes, or a page of the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from rapport import tree
from rapport.export import docx, html
from rapport.export.docx_package import pack, unpack
from rapport.model import Document, Node
from rapport.redline.blocks import one, paired
from rapport.redline.inlines import DELETED, Hand, said

PROTECTED = '<w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
CHANGE = re.compile(r'(<w:(?:ins|del|moveFrom|moveTo) )w:id="\d+"')
FIRST = 2_000_000  # the numbers of changes: out of the way of bookmarks
ROW = re.compile(r"<w:tr>(?:(?!<w:tr>).)*?<!--trPr (.*?)-->", re.DOTALL)
PROPERTIES_END = re.compile(r"(<w:tr>(?:<w:trPr>.*?(?=</w:trPr>))?)", re.DOTALL)
AFTER = re.compile(r"<!--after (.*?)-->(.*?</w:p>)", re.DOTALL)
MOVED = 5  # words below which the same paragraph elsewhere is another one that says the same


def compared(old: Document, new: Document, hand: Hand, header: str) -> Document:
    """The new document with what it was in the old one; `header` runs at the head of its pages."""
    before = [node for page in _pages(old) for node in page]
    after = [node for page in _pages(new) for node in page]
    home = {id(node): at for at, page in enumerate(_pages(new)) for node in page}
    pairs = list(paired(before, after))
    moves = _moves(pairs)
    pages: list[list[Node]] = [[] for _ in _pages(new)]
    here = 0
    for was, now in pairs:
        here = home[id(now)] if now is not None else here
        name = moves.get(id(now if was is None else was), "") if was is None or now is None else ""
        pages[here] += one(was, now, replace(hand, move=name))
    front, *chapters, back = (tuple(page) for page in pages)
    return Document(replace(new.meta, header=header), front, tuple(chapters), back)


def _pages(document: Document) -> tuple[Sequence[Node], ...]:
    return (document.front, *document.chapters, document.back)


def _moves(pairs: Sequence[tuple[Node | None, Node | None]]) -> dict[int, str]:
    """The paragraphs that went in one place and came in another, and the name of each move."""
    went: dict[str, list[Node]] = {}
    for was, now in pairs:
        if was is not None and now is None and _movable(was):
            went.setdefault(said(was), []).append(was)
    found: dict[int, str] = {}
    for was, now in pairs:
        if was is None and now is not None and (left := went.get(said(now))):
            name = f"move{len(found) // 2 + 1}"
            found[id(left.pop(0))] = found[id(now)] = name
    return found


def _movable(node: Node) -> bool:
    """Whether a block can move as Word moves things: one paragraph of plain words."""
    held = node["c"][1] if node["t"] == "Div" else [node]
    plain = len(held) == 1 and held[0]["t"] == "Para" and "label" not in _classes(held[0])
    return plain and not _linked(held[0]) and len(tree.text(held[0]).split()) >= MOVED


def _classes(block: Node) -> list[str]:
    return [name for inner in tree.walk(block["c"]) for name in tree.attributes(inner)[1]]


def _linked(block: Node) -> bool:
    return any(inner["t"] in ("Link", "Note", "Image") for inner in tree.walk(block["c"]))


# ---------------------------------------------------------------- the two files


def as_docx(document: Document, new: Document, images: Path, reference: Path) -> bytes:
    """The Word file; its table of contents is that of the new document. Changes may be accepted and refused freely."""
    parts = unpack(docx.finish(docx.write_draft(document, images, reference), new, {}))
    numbers = count(FIRST)
    for name in ("word/document.xml", "word/footnotes.xml"):
        text = AFTER.sub(r"\2\1", _rows(parts[name].decode()))
        parts[name] = CHANGE.sub(lambda found: f'{found[1]}w:id="{next(numbers)}"', text).encode()
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = settings.replace(PROTECTED, "<w:trackRevisions/>").encode()
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


def as_html(document: Document, images: Path) -> bytes:
    """The page of the web, changes in `ins` and `del`."""
    pages = [tuple(_for_the_web(page)) for page in _pages(document)]
    front, *chapters, back = pages
    return html.write(replace(document, front=front, chapters=tuple(chapters), back=back), images)


def _for_the_web(nodes: Sequence[Node]) -> Iterator[Node]:
    """Blocks in which a title that was deleted opens no section, and a paragraph that was deleted has no number."""
    for node in nodes:
        if DELETED in tree.attributes(node)[1]:
            if node["t"] == "Header":
                yield tree.para([{"t": "Strong", "c": node["c"][2]}])
                continue
            yield from _for_the_web(node["c"][1]) if node["t"] == "Div" else [node]
        elif node["t"] == "Div":
            yield {"t": "Div", "c": [node["c"][0], list(_for_the_web(node["c"][1]))]}
        else:
            yield node
