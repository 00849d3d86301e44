"""The parts of a Word file, what they hold beside the text that is printed, and what they say of who made them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from rapport.proof.reading import Element, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
TEXT = f"{W}t"
OFF = ("0", "false", "off")
UNSEEN = {
    "vanish": "hidden",
    "webHidden": "hidden",
    "specVanish": "hidden",
    "del": "deleted",
    "moveFrom": "deleted",
    "ins": "inserted",
    "moveTo": "inserted",
    "commentReference": "comment",
    "comment": "comment",
}
HIDDEN = {f"{W}{name}": what for name, what in UNSEEN.items()}
NO_DATE = (1980, 1, 1, 0, 0, 0)
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml"
    r"|word/(document|styles|numbering|settings|webSettings|fontTable|footnotes|comments|theme/theme\d*)\.xml"
    r"|word/(header|footer)\d*\.xml|word/_rels/\w+\.xml\.rels|word/media/\w+\.(png|jpe?g|svg)"
    r"|word/fonts/font\d\.odttf"
)
"""What a report has no other parts than: no macro, no embedded file, no second text."""
FONTS = frozenset(
    {
        "261224205f459028481df926c14a1cfa208a6bf447590aee70f66dc369e8977b",
        "312ed8df74c5f3997a02d5408942f5131db37182654f9700086c09ec048cbd25",
        "eb75068a277fe7f6e55e234c53d1fa1006c9731ee04cee340ce37812ac35d590",
        "e4f992fc496ed938280a4f841438421690cbb1fa02b1d8947581e89e68836403",
        "d89a5b1378d6568f08ddb4bda2f41bb1f90c878e209f489c24032d099e3c0e4c",
        "cb6c12a5826b3d9e559ede412c6652e2ee7536f63415830f219d881f6c7b2f1a",
        "c009d6eb22f62740939913a325f455d91fcc2c908bcd7ff9f6290f146aa90e05",
    }
)
"""The fonts that a Word file may carry, as they stand in it: changed with those of `office/fonts`."""


class DocxPackage:
    """A Word file taken apart."""

    def __init__(self, content: bytes) -> None:
        """Raises `Unreadable`."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                self.parts = {info.filename: package.read(info) for info in package.infolist()}
                self.packing = tuple(_packing(package))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Unreadable(str(error)) from error

    def parse_part(self, name: str) -> Element:
        """A part of the file; raises `Unreadable`, also where there is none."""
        if name not in self.parts:
            raise Unreadable(name)
        try:
            return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"{name}: {error}") from error

    def language(self) -> str:
        """The language of what says none of its own."""
        lang = self.parse_part("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        return "" if lang is None else lang.get(VAL, "")

    def properties(self) -> Iterator[tuple[str, str]]:
        """How it was packed, the document's properties, and every address that its parts lead to."""
        yield from self.packing
        for name in self.parts:
            if name.startswith("docProps/"):
                for element in self.parse_part(name).iter(etree.Element):
                    values = [element.text or "", *(v for k, v in element.attrib.items() if not k.startswith("{"))]
                    yield from ((f"{name} {etree.QName(element).localname}", value) for value in values)
            elif name.endswith(".rels"):
                links = (r for r in self.parse_part(name) if r.get("TargetMode") == "External")
                yield from ((name, link.get("Target", "")) for link in links)

    def hidden_content(self) -> Iterator[tuple[str, str]]:
        """Text that Word does not print, tracked changes, comments; parts that a report has not, fonts not ours."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, part in self.parts.items():
            if name.startswith("word/") and name.endswith(".xml") and name != "word/styles.xml":
                for element in self.parse_part(name).iter(*HIDDEN) if _suspect(part) else ():
                    if element.get(VAL) not in OFF:
                        run = element.getparent().getparent() if HIDDEN[element.tag] == "hidden" else element
                        found[HIDDEN[element.tag]].append("".join(run.itertext()))
        yield from ((kind, " ".join(texts)) for kind, texts in found.items())
        yield from (("part", name) for name in self.parts if not PARTS.fullmatch(name))
        yield from (("part", name) for name in self.parts if name.endswith(".odttf") and not self.is_our_font(name))

    def is_our_font(self, name: str) -> bool:
        """Whether a font is one of ours, untouched: in another, an « A » may look like any letter."""
        return hashlib.sha256(self.parts[name]).hexdigest() in FONTS

    def running_heads(self) -> Iterator[str]:
        """The words of running heads and feet."""
        for name in sorted(name for name in self.parts if name.startswith(("word/header", "word/footer"))):
            yield "".join(text.text or "" for text in self.parse_part(name).iter(TEXT))


def _packing(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """What the package says of the day and the machine it was made on."""
    yield "zip", package.comment.decode("latin-1")
    for info in package.infolist():
        if info.date_time != NO_DATE:
            yield f"zip {info.filename}", "{:04}-{:02}-{:02}".format(*info.date_time)
        yield "zip", (info.extra + info.comment).decode("latin-1")


def _suspect(part: bytes) -> bool:
    """Whether it is worth while to look for hidden text in a part: a text search is quicker than a walk."""
    marks = (b"<w:vanish", b"<w:webHidden", b"<w:specVanish", b"<w:del", b"<w:ins ", b"<w:move", b"<w:comment")
    return any(mark in part for mark in marks)
