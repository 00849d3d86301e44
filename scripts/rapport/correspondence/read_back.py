"""A letter of agreement read back from its finished files: are the passages in it, letter for letter, as printed?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree
from msgspec.structs import replace

from rapport import tree
from rapport.model import Node
from rapport.office.namespaces import NS
from rapport.office.xml import Element

TEXTS = ("word/document.xml", "word/footnotes.xml")
KEPT = "//w:t[not(ancestor::w:moveFrom or ancestor::w:del)]/text()"
UNLABELLED = replace(tree.UNPICTURED, added_classes=frozenset(("label",)))
"""The number of a recommendation stands in the title of its passage."""
UNREAD = "//head|//style|//del|//a[@role='doc-noteref']"


def says_every_passage(files: Mapping[str, bytes], passages: Iterable[Node]) -> bool:
    """Whether each file of a letter says each paragraph and note of these passages, deleted words left out."""
    wanted = [said for node in passages for said in _paragraphs(node)]
    read = [READERS[path.rpartition(".")[2]](content) for path, content in files.items()]
    return all(said in whole for whole in map(_letters, read) for said in wanted)


def _paragraphs(node: Node) -> Iterator[str]:
    """The letters of each paragraph in a passage, its notes apart, as they are printed."""
    for inner in tree.walk([node]):
        if tree.kind(inner) in ("Para", "Plain", "Header"):
            yield _letters(tree.text([inner], UNLABELLED))


def _letters(text: str) -> str:
    return "".join(text.split())


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        roots = [etree.fromstring(package.read(name)) for name in TEXTS if name in package.namelist()]
    return "".join(words for root in roots for words in root.xpath(KEPT, namespaces=NS))


def _html(content: bytes) -> str:
    page = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    for element in page.xpath(UNREAD):
        _empty(element)
    return "".join(page.itertext())


def _empty(element: Element) -> None:
    """The words of an element go, those after it stay."""
    element.text = None
    element[:] = []


READERS: Mapping[str, Callable[[bytes], str]] = {"docx": _docx, "html": _html}
