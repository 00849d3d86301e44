"""What a PDF says of itself, and what it holds that nobody sees on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from rapport.proof.pdf_file import TEXT, PdfFile, letters, words
from rapport.proof.pdf_forms import odd_names
from rapport.proof.pdf_page import PdfPage
from rapport.proof.reading import Unreadable

ENTRY = re.compile(rb"/(\w+)\s*" + TEXT, re.DOTALL)
ADDRESS = re.compile(rb"/URI\s*" + TEXT, re.DOTALL)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ABOUT_FIELDS = "{http://www.aiim.org/pdfa/ns/"  # PDF/A explains the fields that it does not know
IDENTIFIERS = ("instanceID", "InstanceID", "DocumentID", "OriginalDocumentID")  # digests, in which any figure may stand

# Long enough never to turn up by chance in packed bytes.
ACTIVE = (b"/EmbeddedFile", b"/JavaScript", b"/OpenAction", b"/PieceInfo", b"/OCProperties", b"/RichMedia",
          b"/Filespec", b"/AcroForm", b"/SubmitForm", b"/ImportData")  # fmt: skip


def properties(file: PdfFile, root: bytes) -> Iterator[tuple[str, str]]:
    """What the two records of a PDF say, and where its links lead."""
    if found := re.search(rb"/Info\s*(\d+) 0 R", file.trailer):
        for name, value in ENTRY.findall(file.object(found[1])):
            yield f"Info {name.decode('latin-1')}", words(value)
    if found := re.search(rb"/Metadata\s*(\d+) 0 R", root):
        yield from _record(file.stream(found[1]))
    for goal in ADDRESS.findall(file.content):
        yield "URI", letters(goal).decode("utf-8", "replace")


def _record(packet: bytes) -> Iterator[tuple[str, str]]:
    try:
        record = etree.fromstring(packet, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"XMP: {error}") from error
    for element in record.iter(etree.Element):
        if not (element.text or "").strip() or element.tag.startswith(ABOUT_FIELDS):
            continue
        named = element
        while named.tag.startswith(RDF) and named.getparent() is not None:
            named = named.getparent()
        if (name := etree.QName(named).localname) not in IDENTIFIERS:
            yield f"XMP {name}", element.text
    for description in record.iter(f"{RDF}Description"):
        yield from ((f"XMP {etree.QName(name).localname}", value) for name, value in description.attrib.items())


def hidden_content(file: PdfFile, pages: Iterable[PdfPage]) -> Iterator[tuple[str, str]]:
    """Text drawn invisibly or without a tag, attachments, scripts, layers, remarks."""
    for page in pages:
        if page.unseen_words:
            yield "hidden", "".join(page.unseen_words)
        if page.untagged_words:
            yield "hidden", "".join(page.untagged_words)
    for name in ACTIVE:
        if name in file.content:
            yield "active", name.decode("ascii")
    yield from (("look", name) for name in odd_names(file))
