"""The DOCX read back, as Word would show it: its text, what Word counts, its notes, its table of contents."""

from __future__ import annotations

from rapport.proof.appearance import odd_docx, unseen_characters
from rapport.proof.charts import parse_svg, read_svg
from rapport.proof.docx_counting import DocxNumbering
from rapport.proof.docx_package import TEXT, VAL, DocxPackage, W
from rapport.proof.docx_references import MARKED, REFERRING, DocxReferences
from rapport.proof.docx_structure import LINK, DocxStructure, is_turned
from rapport.proof.reading import CALL, CELL, END, PICTURE, DrawnChart, Element, Picture, Reading, fold

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, CELL_TAG, CALL_TAG = f"{W}p", f"{W}tc", f"{W}footnoteReference"
STYLE, NUMBERING = f"{W}pStyle", f"{W}numPr"
FLOW = (TEXT, PARAGRAPH, CELL_TAG, CALL_TAG, f"{W}drawing", *REFERRING, LINK)
EMU = 25_400  # two points: what rounding may do to a side
FLOWING = ("word/document.xml", "word/footnotes.xml")


def read_docx(content: bytes) -> Reading:
    """A Word file; raises `Unreadable`."""
    return _Reader(DocxPackage(content)).reading()


class _Reader:
    """One walk through the body; notes are read where they are called."""

    def __init__(self, package: DocxPackage) -> None:
        self.package, self.parts = package, package.parts
        self.body = package.parse_part("word/document.xml")
        self.counting = DocxNumbering(package.parse_part("word/styles.xml"), package.parse_part("word/numbering.xml"))
        notes = package.parse_part("word/footnotes.xml")
        self.footnotes = {note.get(f"{W}id"): note for note in notes if note.get(f"{W}type") is None}
        self.media = _targets(package.parse_part("word/_rels/document.xml.rels"))
        self.said: list[str] = []
        self.notes: list[str] = []
        self.contents: list[str] = []
        self.pictures: list[Picture] = []
        self.odd: list[tuple[str, str]] = []
        self.calls = 0
        self.label = ""  # what Word writes before the paragraph: its number, or the sign of its item
        self.names: list[tuple[str, str]] = []  # of pictures
        self.references = DocxReferences()
        self.shape = DocxStructure(self.counting.styles, self.said)
        self.listed: list[Element] = []
        self.read_notes: list[Element] = []

    def reading(self) -> Reading:
        self.set_apart()
        self.flow(self.body)
        uncalled = ("".join(note.itertext()) for note in self.footnotes.values())
        hidden = [
            *self.package.hidden_content(),
            *(("hidden", words) for words in uncalled),
            *self.odd,
            *self.references.stray_references(),
            *odd_docx(self.parts),
            *unseen_characters("".join([*self.said, *self.notes])),
        ]
        hidden += [("look", f"{part} w:rtl") for part in FLOWING if is_turned(self.parts[part])]
        return Reading(
            fold("".join(self.said)),
            fold("".join(self.notes)),
            fold("".join(self.contents)),
            running_heads=tuple(self.package.running_heads()),
            properties=tuple(one for one in (*self.names, *self.package.properties()) if one[1].strip()),
            hidden_words=tuple(hidden),
            pictures=tuple(self.pictures),
            language=self.package.language(),
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
                self.label = self.counting.label(style, own)
                said.append(self.label)
            elif tag == CELL_TAG:
                said.append(CELL)
                self.shape.cell(said, child)
            elif tag == LINK:
                self.shape.link(child)
            elif tag == CALL_TAG:
                self.note(child.get(f"{W}id"))
            elif tag in REFERRING:
                if tag == MARKED:
                    self.shape.bookmark(self.said, child.get(f"{W}name", ""))
                self.references.read(child, self.said, self.label)
            else:
                self.drawing(child)

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
            self.names.append(("name", named.get("name", "")))
        for blip in drawing.iter(f"{A}blip"):
            target = self.media.get(blip.get(f"{R}embed"), "")
            self.odd += [("look", "a:ext")] * is_stretched(drawing, self.parts.get(f"word/{target}", b""))
            svg = next((drawn.get(f"{R}embed") for drawn in blip.iter(f"{ASVG}svgBlip")), None)
            self.pictures.append(Picture(self.parts.get(f"word/{target}", b""), chart=self.chart(svg) if svg else None))

    def chart(self, relation: str) -> DrawnChart:
        """The drawing that is shown in a picture's place."""
        part = self.parts.get(f"word/{self.media.get(relation, '')}", b"")
        drawn, odd = read_svg(parse_svg(part))
        self.odd += [("look", f"<svg> {what}") for what in odd]
        return drawn


def _about(paragraph: Element) -> tuple[str, Element | None]:
    """The style of a paragraph, and the list properties of its own."""
    style, own = "", None
    for about in paragraph[0] if len(paragraph) and paragraph[0].tag == f"{W}pPr" else ():
        if about.tag == STYLE:
            style = about.get(VAL, "")
        elif about.tag == NUMBERING:
            own = about
    return style, own


def is_stretched(drawing: Element, content: bytes) -> bool:
    """Whether a picture is shown in another size than its place has, or wider or higher than it is."""
    shown = [
        (int(size.get("cx")), int(size.get("cy"))) for size in drawing.iter(f"{WP}extent", f"{A}ext") if size.get("cx")
    ]
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20)) if content[:4] == b"\x89PNG" else shown[0]
    (across, down), *others = shown
    return any(other != (across, down) for other in others) or abs(across * height - down * width) > max(
        EMU * width, EMU * height
    )


def _targets(relations: Element) -> dict[str, str]:
    return {relation.get("Id"): relation.get("Target") for relation in relations}
