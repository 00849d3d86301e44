"""The DOCX read back, as Word would show it: its text, what Word counts, its notes, its table of contents."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from rapport.proof.appearance import odd_docx, unseen_characters
from rapport.proof.charts import parse_svg, read_svg
from rapport.proof.docx_counting import DocxNumbering
from rapport.proof.docx_structure import LINK, DocxStructure, odd_runs
from rapport.proof.reading import CALL, CELL, END, PICTURE, DrawnChart, Element, Picture, Reading, Unreadable, fold

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = f"{W}val"
TEXT, PARAGRAPH, CELL_TAG, CALL_TAG = f"{W}t", f"{W}p", f"{W}tc", f"{W}footnoteReference"
STYLE, NUMBERING = f"{W}pStyle", f"{W}numPr"
FIELD, CODE = f"{W}fldChar", f"{W}instrText"
MARKED, MARKED_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
FLOW = (TEXT, PARAGRAPH, CELL_TAG, CALL_TAG, f"{W}drawing", FIELD, CODE, MARKED, MARKED_END, LINK)
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
FLOWING = ("word/document.xml", "word/footnotes.xml")
OFF = ("0", "false", "off")


def read_docx(content: bytes) -> Reading:
    """A Word file; raises `Unreadable`."""
    return _Reader(*_unpacked(content)).reading()


def _unpacked(content: bytes) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The parts of the package, each whole, and what the package says of the day and the machine it was made on."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
            said = [("zip", package.comment.decode("latin-1"))]
            for info in package.infolist():
                if info.date_time != NO_DATE:
                    said.append((f"zip {info.filename}", "{:04}-{:02}-{:02}".format(*info.date_time)))
                said.append(("zip", (info.extra + info.comment).decode("latin-1")))
            return parts, said
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(str(error)) from error


def _parsed(parts: dict[str, bytes], name: str) -> Element:
    if name not in parts:
        raise Unreadable(name)
    try:
        return etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{name}: {error}") from error


class _Reader:
    """One walk through the body; notes are read where they are called."""

    def __init__(self, parts: dict[str, bytes], packed: list[tuple[str, str]]) -> None:
        self.parts, self.properties = parts, packed
        self.body = _parsed(parts, "word/document.xml")
        self.counting = DocxNumbering(_parsed(parts, "word/styles.xml"), _parsed(parts, "word/numbering.xml"))
        notes = _parsed(parts, "word/footnotes.xml")
        self.footnotes = {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") is None}
        self.media = _targets(_parsed(parts, "word/_rels/document.xml.rels"))
        self.said: list[str] = []
        self.notes: list[str] = []
        self.contents: list[str] = []
        self.pictures: list[Picture] = []
        self.odd: list[tuple[str, str]] = []
        self.calls = 0
        self.label = ""
        self.code: list[str] = []
        self.result = 0
        self.open: dict[str, tuple[str, str, int]] = {}
        self.marked: dict[str, tuple[str, str]] = {}
        self.references: list[tuple[str, bool, str]] = []
        self.shape = DocxStructure(self.counting.styles, self.said)
        self.listed: list[Element] = []
        self.read_notes: list[Element] = []

    def reading(self) -> Reading:
        self.set_apart()
        self.flow(self.body)
        self.said_of_itself()
        hidden = [*self.hidden_content(), *(("hidden", "".join(note.itertext())) for note in self.footnotes.values())]
        hidden += [("part", name) for name in self.parts if not PARTS.fullmatch(name)]
        hidden += [("part", name) for name in self.parts if name.endswith(".odttf") and not self.is_ours(name)]
        hidden += [
            *self.odd,
            *self.stray_references(),
            *odd_docx(self.parts),
            *unseen_characters("".join([*self.said, *self.notes])),
        ]
        hidden += [("look", f"w:{name}") for part in FLOWING for name in odd_runs(self.parts[part])]
        return Reading(
            fold("".join(self.said)),
            fold("".join(self.notes)),
            fold("".join(self.contents)),
            running_heads=tuple(self.running_heads()),
            properties=tuple((place, value) for place, value in self.properties if value.strip()),
            hidden_words=tuple(hidden),
            pictures=tuple(self.pictures),
            language=self.language(),
            names=tuple(filter(None, (mark.get(f"{W}name") for mark in self.body.iter(MARKED)))),
            structure=self.shape.structure([self.body, *self.read_notes], self.listed),
        )

    def flow(self, element: Element) -> None:
        """The text under an element, in order; lxml passes over what is none, which is most of a Word file."""
        said = self.said
        for child in element.iter(FLOW):
            tag = child.tag
            if tag == TEXT:
                said.append(child.text or "")
            elif tag == PARAGRAPH:
                style, own = _about(child)
                self.shape.paragraph(said, style)
                said.append(self.list_label(style, own))
            elif tag == CELL_TAG:
                said.append(CELL)
                self.shape.cell(said, child)
            elif tag == LINK:
                self.shape.link(child)
            elif tag == CALL_TAG:
                self.note(child.get(f"{W}id"))
            elif tag in (FIELD, CODE, MARKED, MARKED_END):
                self.referring(tag, child)
            else:
                self.drawing(child)

    def list_label(self, style: str, own: Element | None) -> str:
        """What Word writes before a paragraph: its number, or the sign of its item."""
        self.label = self.counting.label(style, own)
        return self.label

    def referring(self, tag: str, element: Element) -> None:
        """What stands in a bookmark, under which number, and what a REF field shows of it."""
        if tag == CODE:
            self.code = (element.text or "").split()
        elif tag == MARKED:
            self.open[element.get(f"{W}id")] = (element.get(f"{W}name"), self.label, len(self.said))
            self.shape.bookmark(self.said, element.get(f"{W}name", ""))
        elif tag == MARKED_END:
            name, label, start = self.open.pop(element.get(f"{W}id"), ("", "", 0))
            self.marked[name] = (label.rstrip("."), "".join(self.said[start:]))
        elif (kind := element.get(f"{W}fldCharType")) == "separate":
            self.result = len(self.said)
        elif kind == "end" and self.code[:1] == ["REF"]:
            self.references.append((self.code[1], "\\n" in self.code, "".join(self.said[self.result :])))
            self.code = []

    def stray_references(self) -> Iterator[tuple[str, str]]:
        """References that would show something else as soon as Word counted anew."""
        for name, by_number, shown in self.references:
            number, words = self.marked.get(name, ("", ""))
            if shown != (number if by_number else words):
                yield "link", f"{shown} → {name}"

    def set_apart(self) -> None:
        """Takes out what is not read where it stands: the table of contents, cells that only go on, second versions."""
        for control in list(self.body.iter(f"{W}sdt")):
            gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(VAL) == "Table of Contents":
                self.contents += [text.text or "" for text in control.iter(TEXT)]
                self.listed += control.iter(LINK)
                control.getparent().remove(control)
        for merged in list(self.body.iter(f"{W}vMerge")):
            if merged.get(VAL) != "restart":
                cell = merged.getparent().getparent()
                cell.getparent().remove(cell)
        for fallback in list(self.body.iter(f"{MC}Fallback")):
            fallback.getparent().remove(fallback)

    def note(self, name: str) -> None:
        self.calls += 1
        call = f"{CALL}{self.calls}{END}"
        self.said.append(call)
        note = self.footnotes.pop(name, None)
        if note is not None:
            outer, self.said = self.said, [call]
            self.read_notes.append(note)
            self.flow(note)
            self.notes += self.said
            self.said = outer

    def drawing(self, drawing: Element) -> None:
        """A picture: what is said for it, and its bytes."""
        properties = next(drawing.iter(f"{WP}docPr"), None)
        self.said.append(f"{PICTURE}{properties.get('descr', '') if properties is not None else ''}{END}")
        for named in drawing.iter(f"{WP}docPr", f"{PIC}cNvPr"):
            self.properties.append(("name", named.get("name", "")))
        for blip in drawing.iter(f"{A}blip"):
            target = self.media.get(blip.get(f"{R}embed"), "")
            svg = next((drawn.get(f"{R}embed") for drawn in blip.iter(f"{ASVG}svgBlip")), None)
            self.pictures.append(Picture(self.parts.get(f"word/{target}", b""), chart=self.chart(svg) if svg else None))

    def chart(self, relation: str) -> DrawnChart:
        """The drawing that is shown in a picture's place."""
        part = self.parts.get(f"word/{self.media.get(relation, '')}", b"")
        drawn, odd = read_svg(parse_svg(part))
        self.odd += [("look", f"<svg> {what}") for what in odd]
        return drawn

    def language(self) -> str:
        """The language of what says none of its own."""
        lang = _parsed(self.parts, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        return "" if lang is None else lang.get(VAL, "")

    def said_of_itself(self) -> None:
        """The document's properties, and every address that its parts lead to."""
        for name in self.parts:
            if name.startswith("docProps/"):
                for element in _parsed(self.parts, name).iter(etree.Element):
                    values = [element.text or "", *(v for k, v in element.attrib.items() if not k.startswith("{"))]
                    self.properties += [(f"{name} {etree.QName(element).localname}", value) for value in values]
            elif name.endswith(".rels"):
                links = (r for r in _parsed(self.parts, name) if r.get("TargetMode") == "External")
                self.properties += [(name, link.get("Target", "")) for link in links]

    def hidden_content(self) -> list[tuple[str, str]]:
        """Text that Word does not print, tracked changes, comments."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, part in self.parts.items():
            if name.startswith("word/") and name.endswith(".xml") and name != "word/styles.xml":
                for element in _parsed(self.parts, name).iter(*HIDDEN) if _suspect(part) else ():
                    if element.get(VAL) not in OFF:
                        run = element.getparent().getparent() if HIDDEN[element.tag] == "hidden" else element
                        found[HIDDEN[element.tag]].append("".join(run.itertext()))
        return [(kind, " ".join(texts)) for kind, texts in found.items()]

    def is_ours(self, name: str) -> bool:
        """Whether a font is one of ours, untouched: in another, an « A » may look like any letter."""
        return hashlib.sha256(self.parts[name]).hexdigest() in FONTS

    def running_heads(self) -> list[str]:
        """The words of running heads and feet."""
        names = [name for name in self.parts if name.startswith(("word/header", "word/footer"))]
        return ["".join(t.text or "" for t in _parsed(self.parts, name).iter(f"{W}t")) for name in sorted(names)]


def _about(paragraph: Element) -> tuple[str, Element | None]:
    """The style of a paragraph, and the list properties of its own."""
    style, own = "", None
    for about in paragraph[0] if len(paragraph) and paragraph[0].tag == f"{W}pPr" else ():
        if about.tag == STYLE:
            style = about.get(VAL, "")
        elif about.tag == NUMBERING:
            own = about
    return style, own


def _suspect(part: bytes) -> bool:
    """Whether it is worth while to look for hidden text in a part: a text search is quicker than a walk."""
    marks = (b"<w:vanish", b"<w:webHidden", b"<w:specVanish", b"<w:del", b"<w:ins ", b"<w:move", b"<w:comment")
    return any(mark in part for mark in marks)


def _targets(relations: Element) -> dict[str, str]:
    return {relation.get("Id"): relation.get("Target") for relation in relations}
