"""A Word file as pandoc can read it without losing a word: what pandoc drops is carried or counted, never silent.

Pandoc's reader drops the text of many text boxes and of the paragraph they hang on, results of simple fields, content
controls' state, and more. Here each is put where pandoc reads it. What no text can carry (SmartArt, charts, embedded
objects) is a `Loss`; what must not pass (hidden text, changes still tracked, comments) is a `Finding`.
"""

from __future__ import annotations

import re

from lxml import etree

from rapport.office.citation_fields import take_citations
from rapport.office.content_controls import control
from rapport.office.cross_references import word_references
from rapport.office.hidden_text import hidden_parts
from rapport.office.list_levels import ListDefinitions, show_list_levels
from rapport.office.namespaces import NS, q
from rapport.office.normal_document import Control, Loss, NormalDocument, Notice, OfficeHeading
from rapport.office.package import Package, parse_xml
from rapport.office.paragraph_styles import show_emphasis, show_headings
from rapport.office.picture_runs import show_pictures
from rapport.office.picture_view import show_word_pictures
from rapport.office.side_parts import comments, count_drawings, furniture, outside, usual_names
from rapport.office.tables import even_tables
from rapport.office.text_boxes import show_shape_texts, show_text_boxes
from rapport.office.wordml import (
    CHECKED,
    PRIVATE,
    SYMBOLS,
    UNCHECKED,
    Styles,
    all_text,
    block_text,
    has_picture,
    is_on,
    new_run,
    number,
    outline_level,
    paragraph_text,
    places,
    story_root,
    unwrap,
    usual_prefix,
)
from rapport.office.xml import Element, remove, replace


def normalise(package: Package) -> NormalDocument:
    """The file made ready for pandoc; raises `Unsafe` for parts that are not XML."""
    package = usual_names(package)
    normal = NormalDocument(dict(package.parts))
    styles = Styles(story_root(package, "word/styles.xml"))
    numbering = ListDefinitions(story_root(package, "word/numbering.xml"))
    main = package.main
    stories = [name for name in (main, *_notes(package, main)) if name in package.parts]
    texts = []
    for name in stories:
        story = _Story(story_root(package, name), styles, normal)
        word_references(story.root, normal)
        take_citations(story.root, package, normal)
        story.work(numbering)
        show_word_pictures(story.root, name, normal)
        show_pictures(story.root, name, normal)
        texts.append(story.text())
        normal.parts[name] = etree.tostring(
            usual_prefix(story.root), encoding="UTF-8", xml_declaration=True, standalone=True
        )
    for name, root, changed in (
        ("word/styles.xml", styles.root, styles.added),
        ("word/numbering.xml", numbering.root, numbering.changed),
    ):
        if changed:
            normal.parts[name] = etree.tostring(usual_prefix(root))
    for name in [n for n in normal.parts if n.startswith("word/") and n.endswith(".xml") and n not in stories]:
        if NS["w"].encode() in normal.parts[name] and b"xmlns:w=" not in normal.parts[name]:
            normal.parts[name] = etree.tostring(usual_prefix(parse_xml(normal.parts[name], name)))
            normal.repairs["namespace"] = 1
    normal.text = "\n".join(texts)
    for told in (comments, furniture, count_drawings, outside):
        told(package, normal)
    return normal


def _notes(package: Package, main: str) -> list[str]:
    folder = main.rpartition("/")[0]
    return [f"{folder}/{name}".lstrip("/") for name in ("footnotes.xml", "endnotes.xml")]


CONTENTS = re.compile(r"toc \d|table of figures|table of authorities|tm \d")  # the report makes its own
METADATA = ("title", "subtitle", "author", "authors", "date", "abstract")


class _Story:
    """One part with running text (the body, the notes), worked over in place."""

    def __init__(self, root: Element, styles: Styles, normal: NormalDocument) -> None:
        self.root, self.styles, self.normal = root, styles, normal
        self.places = dict(places(root))

    def work(self, numbering: ListDefinitions) -> None:
        """Every mending, in an order in which none hides anything from the next."""
        self.headings()
        self.changes()
        self.alternatives()
        self.remove_hidden()
        self.controls()
        self.form_fields()
        self.symbols()
        self.rubies()
        self.simple_fields()
        self.equations()
        self.objects()
        show_shape_texts(self.root)
        self.count_repairs("text-box", show_text_boxes(self.root))
        self.wrappers()
        self.count_repairs("outline", show_headings(self.root, self.styles))
        show_emphasis(self.root, self.styles)
        self.count_repairs("list-level", show_list_levels(self.root, self.styles, numbering))
        even_tables(self.root)

    def text(self) -> str:
        """All that is left to read, a line a paragraph."""
        return "\n".join(paragraph_text(p) for p in self.root.iter(q("w:p")))

    def elements(self, *names: str) -> list[Element]:
        return list(self.root.iter(*(q(name) for name in names)))

    def place(self, node: Element) -> tuple[tuple[str, int], ...]:
        """Where a node stands: page and, in a table, which."""
        while node is not None and node not in self.places:
            node = node.getparent()
        return self.places.get(node, ()) if node is not None else ()

    # ------------------------------------------------------------ what is only read

    def headings(self) -> None:
        for p in self.elements("w:p"):
            style = p.find(f"{q('w:pPr')}/{q('w:pStyle')}")
            name = style.get(q("w:val")) if style is not None else None
            level = outline_level(p) or self.styles.level(name)
            if self.styles.style_name(name) in METADATA:  # pandoc would take the paragraph out of the text
                if self.styles.style_name(name) == "title" and not self.normal.title:
                    self.normal.title = paragraph_text(p).strip()
                remove(style)
            if CONTENTS.match(self.styles.style_name(name)):
                self.normal.losses.append(Loss("toc", 1, paragraph_text(p).strip()))
                for child in [c for c in p if c.tag != q("w:pPr")]:
                    p.remove(child)
                continue
            marks = tuple(b.get(q("w:name"), "") for b in p.iter(q("w:bookmarkStart")))
            if level or marks:
                self.normal.headings.append(OfficeHeading(paragraph_text(p), level, marks))

    # ------------------------------------------------------------ what must not pass unseen

    def changes(self) -> None:
        """Tracked changes are told; the text goes on as if they were all accepted."""
        for node in self.elements("w:ins", "w:moveTo"):
            if node.getparent().tag == q("w:rPr") or node.getparent().tag == q("w:trPr"):
                self.tell("insertion", node, "¶")
                remove(node)
            else:
                self.tell("insertion", node, all_text(node))
                unwrap(node)
        marks = list[Element]()
        for node in self.elements("w:del", "w:moveFrom"):
            parent = node.getparent()
            if parent is None:
                continue
            if parent.tag == q("w:rPr"):  # a paragraph mark that was deleted
                self.tell("deletion", node, "¶")
                marks.append(parent.getparent().getparent())
                remove(node)
            elif parent.tag == q("w:trPr"):
                self.tell("deletion", node, all_text(parent.getparent()))
                remove(parent.getparent())
            else:
                self.tell("deletion", node, all_text(node))
                remove(node)
        for paragraph in marks:
            self.join_paragraphs(paragraph)
        for node in self.elements("w:cellDel", "w:cellIns"):
            cell = node.getparent().getparent()
            gone = node.tag == q("w:cellDel")
            self.tell("deletion" if gone else "insertion", node, all_text(cell))
            remove(node)
            if gone:
                self.empty_texts(cell)
        for node in self.elements("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:sectPrChange", "w:tcPrChange"):
            self.tell("format", node, "")
            remove(node)
        for node in self.elements("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
            if node.tag != q("w:commentRangeEnd"):
                self.normal.marked.setdefault(node.get(q("w:id"), ""), self.place(node))
            remove(node)

    def join_paragraphs(self, paragraph: Element) -> None:
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

    def tell(self, kind: str, node: Element, text: str) -> None:
        author = node.get(q("w:author"), "")
        self.normal.findings.append(Notice(kind, " ".join(text.split()), self.place(node), author))

    def remove_hidden(self) -> None:
        """Text that nobody sees in Word is taken out and told."""
        for node, text in hidden_parts(self.root, self.styles):
            self.tell("hidden", node, text)
            if node.tag in (q("w:tr"), q("w:drawing"), q("w:pict")):
                remove(node)
            else:
                for child in [c for c in node if c.tag not in (q("w:rPr"), q("w:pPr"))]:
                    node.remove(child)

    # ------------------------------------------------------------ what pandoc would drop

    def alternatives(self) -> None:
        """Of two drawings of the same thing, one: that with text, the newer first."""
        for node in self.elements("mc:AlternateContent"):
            ways = [*node.iterfind(q("mc:Choice")), *node.iterfind(q("mc:Fallback"))]
            best = next((way for way in ways if way.find(f".//{q('w:t')}") is not None), ways[0] if ways else None)
            replace(node, list(best) if best is not None else [])

    def controls(self) -> None:
        """Content controls: what was put in stays in its place; a prompt nobody answered is not text.

        Only where Word knows the prompt by its building block: LibreOffice goes on saying « prompt » of what was typed.
        """
        for sdt in self.elements("w:sdt"):
            properties, content = sdt.find(q("w:sdtPr")), sdt.find(q("w:sdtContent"))
            said = "" if content is None else block_text(content)
            shows = (q("w:showingPlcHdr"), f"{q('w:placeholder')}/{q('w:docPart')}")
            prompt = properties is not None and all(properties.find(name) is not None for name in shows)
            if properties is not None:
                self.normal.controls.append(control(properties, "" if prompt else said))
            if prompt and content is not None:
                self.normal.count_repair("prompt")
                self.normal.losses.append(Loss("prompt", 1, said))
                self.empty_texts(content)
            replace(sdt, [] if content is None else list(content))

    def empty_texts(self, content: Element) -> None:
        for text in list(content.iter(q("w:t"))):
            text.text = ""

    def form_fields(self) -> None:
        """Form fields of older forms: their state as text, since pandoc sees neither box nor list."""
        for data in self.elements("w:ffData"):
            name = data.find(q("w:name"))
            called = name.get(q("w:val"), "") if name is not None else ""
            box, menu = data.find(q("w:checkBox")), data.find(q("w:ddList"))
            run = next(data.iterancestors(q("w:r")), None)
            if box is not None:
                state = box.find(q("w:checked"))
                state = box.find(q("w:default")) if state is None else state
                ticked = state is not None and is_on(state)
                self.normal.controls.append(Control(called, called, "checkbox", "", ticked))
                self.put_before(run, CHECKED if ticked else UNCHECKED)
            elif menu is not None:
                entries = [e.get(q("w:val"), "") for e in menu.iterfind(q("w:listEntry"))]
                chosen = menu.find(q("w:result"))
                chosen = menu.find(q("w:default")) if chosen is None else chosen
                index = number(chosen.get(q("w:val")), 0) if chosen is not None else 0
                value = entries[index] if 0 <= index < len(entries) else ""
                self.normal.controls.append(Control(called, called, "dropdown", value))
                self.put_before(run, value)

    def put_before(self, run: Element, text: str) -> None:
        if run is not None and text:
            run.addprevious(new_run(text))
            self.normal.count_repair("form-field")

    def symbols(self) -> None:
        """A letter of a symbol font is a private character that says nothing: the common ones are told in Unicode."""
        for typed in self.elements("w:t"):
            typed.text = (typed.text or "").translate(PRIVATE)
        for symbol in self.elements("w:sym"):
            code = number(symbol.get(q("w:char")), 0, 16) & 0xFF
            text = SYMBOLS.get((symbol.get(q("w:font"), ""), code), "")
            if text:
                made = etree.Element(q("w:t"))
                made.text = text
                symbol.getparent().replace(symbol, made)
                self.normal.count_repair("symbol")

    def rubies(self) -> None:
        """A word with its reading above it: the word, then the reading in brackets."""
        for ruby in self.elements("w:ruby"):
            base, above = (ruby.find(q(name)) for name in ("w:rubyBase", "w:rt"))
            said = [block_text(part) for part in (base, above) if part is not None]
            replace(ruby, list(new_run(" (".join(said) + ")" * (len(said) - 1))))
            self.normal.count_repair("field")

    def simple_fields(self) -> None:
        for node in self.elements("w:fldSimple"):
            if not node.get(q("w:instr"), "").strip().upper().startswith(("HYPERLINK", "ADDIN")):
                unwrap(node)
                self.normal.count_repair("field")

    def equations(self) -> None:
        """An equation goes on as the words in it; its arrangement is lost and told."""
        for node in self.elements("m:oMathPara", "m:oMath"):
            if node.getparent() is None or any(True for _ in node.iterancestors(q("m:oMath"), q("m:oMathPara"))):
                continue
            text = " ".join(t.text or "" for t in node.iter(q("m:t"), q("w:t")))
            self.normal.losses.append(Loss("equation", 1))
            run = new_run(text)
            if node.getparent().tag == q("w:p") or node.tag == q("m:oMath"):
                replace(node, [run])
            else:
                paragraph = etree.Element(q("w:p"))
                paragraph.append(run)
                replace(node, [paragraph])

    def objects(self) -> None:
        """Embedded files stay outside; the picture that stands for them goes too."""
        for node in self.elements("w:object"):
            if node.find(f".//{q('o:OLEObject')}") is not None or node.find(f".//{q('w:control')}") is not None:
                boxes = list(node.iter(q("w:txbxContent")))
                replace(node, boxes)
        for path in self.elements("v:textpath"):  # WordArt
            words = path.get("string", "")
            run = next(path.iterancestors(q("w:r")), None)
            if words.strip() and run is not None:
                run.addprevious(new_run(f"{words} "))
                self.normal.count_repair("word-art")

    def count_repairs(self, repair: str, count: int) -> None:
        for _ in range(count):
            self.normal.count_repair(repair)

    def wrappers(self) -> None:
        """Wrappers that mean nothing to a reader."""
        for node in self.elements("w:smartTag", "w:customXml", "w:dir", "w:bdo"):
            unwrap(node)
        for node in self.elements("w:smartTagPr", "w:customXmlPr"):
            remove(node)
