"""An OpenDocument text as pandoc can read it without losing a word; the counterpart of `normalise` for Word files.

Pandoc's reader drops text boxes, shapes, annotations, most fields and everything inside a content control.
"""

from __future__ import annotations

import re

from lxml import etree

from rapport.office.citation_fields import mark, properties_by_name, tell_unknown
from rapport.office.cited_works import read_instruction
from rapport.office.content_controls import PROMPT
from rapport.office.cross_references import writer_references
from rapport.office.drawings_odt import show_drawings
from rapport.office.hidden_text_odt import hidden_parts
from rapport.office.indents import show_odt_indents
from rapport.office.list_levels_odt import show_lists
from rapport.office.namespaces import namespace_declarations, q
from rapport.office.normal_document import Control, FieldCitation, Loss, NormalDocument, Notice, OfficeHeading
from rapport.office.odf import DESCRIPTION, all_text, lines, own_text, remove_node, replace_node, unwrap
from rapport.office.package import Package, Unsafe, parse_xml
from rapport.office.paragraph_styles_odt import show_emphasis, show_headings
from rapport.office.picture_view import show_odt_pictures
from rapport.office.wordml import CHECKED, UNCHECKED, number
from rapport.office.xml import Element, remove, replace

# Pandoc reads no file without this part.
NO_STYLES = f"<office:document-styles {namespace_declarations('office')}/>".encode()
READ_BY_PANDOC = frozenset(
    "p h span a s tab line-break note note-citation note-body bookmark bookmark-start bookmark-end soft-page-break "
    "list list-item list-header section index-body reference-mark reference-mark-start reference-mark-end".split()
)
NOT_TEXT = frozenset(
    "tracked-changes change change-start change-end sequence-decls variable-decls user-field-decls "
    "index-title-template table-of-content-source bibliography-source".split()
)


def normalise_odt(package: Package) -> NormalDocument:
    """The file made ready for pandoc; raises `Unsafe` for parts that are not XML."""
    normal = NormalDocument(dict(package.parts))
    root = parse_xml(package.parts["content.xml"], "content.xml")
    styles = package.xml("styles.xml")
    body = root.find(f"{q('office:body')}/{q('office:text')}")
    if body is None:
        raise Unsafe("damaged", "office:text")
    writer_references(root, normal)
    work = _Work(root, package, normal)
    work()
    normal.parts["content.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    normal.text = lines(body)
    _furniture(styles, normal)
    normal.parts.setdefault("styles.xml", NO_STYLES)
    return normal


class _Work:
    """The mendings, in an order in which none hides anything from the next."""

    def __init__(self, root: Element, package: Package, normal: NormalDocument) -> None:
        self.root, self.normal = root, normal
        self.properties = properties_by_name(package)
        styles = package.xml("styles.xml")
        sheets = [sheet for sheet in (styles, root) if sheet is not None]
        self.styles, self.list_styles = (
            {one.get(q("style:name"), ""): one for sheet in sheets for one in sheet.iter(q(kind))}
            for kind in ("style:style", "text:list-style")
        )

    def __call__(self) -> None:
        self.citations()
        show_headings(self.root, self.styles, self.normal)
        show_lists(self.root, self.styles, self.list_styles, self.normal)
        self.headings()
        self.contents()
        self.changes()
        self.annotations()
        self.remove_hidden()
        self.controls()
        self.forms()
        self.objects()
        show_odt_pictures(self.elements("draw:frame"), self.graphic_properties, self.normal)
        self.descriptions()
        show_drawings(self.root, self.normal)
        self.nested_tables()
        self.fields()
        show_emphasis(self.root, self.styles)
        for _ in range(show_odt_indents(self.root, self.styles)):
            self.normal.count_repair("indent")

    def elements(self, *names: str) -> list[Element]:
        return list(self.root.iter(*(q(name) for name in names)))

    def headings(self) -> None:
        for node in self.elements("text:p", "text:h"):
            level = number(node.get(q("text:outline-level")), 1) if node.tag == q("text:h") else 0
            marks = [*node.iter(q("text:bookmark"), q("text:bookmark-start"))]
            names = tuple(mark.get(q("text:name"), "") for mark in marks)
            style = self.style_name(node)
            if style == "title" and not self.normal.title:
                self.normal.title = own_text(node).strip()
            if level or names:
                self.normal.headings.append(OfficeHeading(own_text(node), level, names))

    def style_name(self, node: Element) -> str:
        """The named style that a paragraph is in, itself or through an automatic one; in lower case."""
        name = node.get(q("text:style-name"), "")
        style = self.styles.get(name)
        if style is not None and style.get(q("style:parent-style-name")) and re.fullmatch(r"P\d+", name):
            name = style.get(q("style:parent-style-name"))
        return str(name).replace("_20_", " ").lower()

    def citations(self) -> None:
        """Zotero's citations stand between two marks, whose name, or a property of that name, holds the works."""
        for start in self.elements("text:reference-mark-start", "text:bookmark-start"):
            name = start.get(q("text:name"), "")
            instruction = self.properties.get(name, name)
            works = tuple(read_instruction(instruction, {}))
            between, node = [], start.getnext()
            while node is not None and node.get(q("text:name")) != name:
                between.append(node)
                node = node.getnext()
            if node is None:
                continue
            shown = (start.tail or "") + "".join(all_text(one) + (one.tail or "") for one in between)
            if works:
                start.tail = mark(FieldCitation(shown, works), self.normal)
                for one in between:
                    one.tail = None
                    remove(one)
            else:
                tell_unknown(instruction, shown, self.normal)

    def contents(self) -> None:
        """A table of contents or an index is made anew by the report."""
        for node in self.elements("text:table-of-content", "text:alphabetical-index", "text:illustration-index"):
            said = [text for p in node.iter(q("text:p"), q("text:h")) if (text := own_text(p).strip())]
            self.normal.losses.append(Loss("toc", len(said), " ".join(said)))
            remove_node(node)

    def changes(self) -> None:
        """Tracked changes are told; what was deleted lies apart, what was inserted stays."""
        for region in self.elements("text:changed-region"):
            for change in region:
                kind = {"insertion": "insertion", "deletion": "deletion"}.get(etree.QName(change).localname, "format")
                author = change.find(f".//{q('dc:creator')}")
                text = " ".join(own_text(p) for p in change.iter(q("text:p"), q("text:h")))
                self.tell(kind, text, (author.text or "") if author is not None else "")
        for node in self.elements("text:tracked-changes", "text:change", "text:change-start", "text:change-end"):
            remove_node(node)

    def annotations(self) -> None:
        for node in self.elements("office:annotation"):
            author = node.find(q("dc:creator"))
            text = " ".join(own_text(p) for p in node.iter(q("text:p")))
            self.tell("comment", text, (author.text or "") if author is not None else "")
        for node in self.elements("office:annotation", "office:annotation-end"):
            remove_node(node)

    def tell(self, kind: str, text: str, author: str = "") -> None:
        self.normal.findings.append(Notice(kind, " ".join(text.split()), (), author))

    def remove_hidden(self) -> None:
        """Text that nobody sees is taken out and told."""
        for node in self.elements("text:hidden-text"):
            self.tell("hidden", node.get(q("text:string-value"), ""))
            remove_node(node)
        for node, text in hidden_parts(self.root, self.styles):
            self.tell("hidden", text)
            if node.tag in (q("text:p"), q("text:h"), q("table:table-cell")):
                node.text = None
                for child in list(node):
                    node.remove(child)
            else:
                remove_node(node)
        for node in self.elements("text:hidden-paragraph"):
            remove_node(node)

    def controls(self) -> None:
        """Content controls as the words in them: LibreOffice goes on saying « prompt » of what was typed over one."""
        for node in self.elements("loext:content-control"):
            listed = bool(items := node.findall(q("loext:list-item")))
            for item in items:
                remove_node(item)
            said = " ".join(all_text(node).split())
            shown = node.get(q("loext:showing-place-holder")) == "true"
            prompt = shown and bool(PROMPT.fullmatch(said))
            self.normal.likely_prompts += [said] if shown and said and not prompt else []
            box = node.get(q("loext:checkbox")) == "true"
            menu = node.get(q("loext:dropdown")) == "true" or listed
            date = node.get(q("loext:date")) == "true"
            kind = "checkbox" if box else "dropdown" if menu else "date" if date else "text"
            tag, alias = node.get(q("loext:tag"), ""), node.get(q("loext:alias"), "")
            value = "" if prompt else said
            self.normal.controls.append(Control(tag, alias, kind, value, node.get(q("loext:checked")) == "true"))
            if prompt:
                self.drop_prompt(node)
                continue
            self.normal.count_repair("control")
            unwrap(node)
        for node in self.elements("text:placeholder"):
            self.drop_prompt(node)

    def drop_prompt(self, node: Element) -> None:
        """A prompt that nobody answered is no text."""
        self.normal.count_repair("prompt")
        self.normal.losses.append(Loss("prompt", 1, " ".join(all_text(node).split())))
        remove_node(node)

    def forms(self) -> None:
        """Boxes and lists of older forms: their state as text."""
        states: dict[str, str] = {}
        for node in self.elements("form:checkbox", "form:listbox", "form:combobox", "form:text", "form:textarea"):
            name, kind = node.get(q("form:name"), ""), etree.QName(node).localname
            ticked = node.get(q("form:current-state"), node.get(q("form:state"), "")) == "checked"
            value = node.get(q("form:current-value"), node.get(q("form:value"), ""))
            if kind == "listbox":
                chosen = [o for o in node.iter(q("form:option")) if o.get(q("form:current-selected")) == "true"]
                value = chosen[0].get(q("form:label"), "") if chosen else ""
            if kind == "checkbox":
                value = CHECKED if ticked else UNCHECKED
            states[node.get(q("form:id"), node.get(q("xml:id"), ""))] = value
            self.normal.controls.append(Control(name, name, kind, "" if kind == "checkbox" else value, ticked))
        for node in self.elements("draw:control"):
            value = states.get(node.get(q("draw:control"), ""), "")
            made = etree.Element(q("text:span"))
            made.text = value
            self.normal.count_repair("form-field")
            replace_node(node, made)
        for node in self.elements("office:forms"):
            remove_node(node)

    def objects(self) -> None:
        """Charts, equations and embedded files stay outside, counted."""
        for kind, name in (("object", "draw:object-ole"), ("object", "draw:plugin"), ("object", "draw:applet")):
            if found := self.elements(name):
                self.normal.losses.append(Loss(kind, len(found)))
        if embedded := self.elements("draw:object"):
            self.normal.losses.append(Loss("chart", len(embedded)))

    def graphic_properties(self, frame: Element) -> list[Element]:
        """What a frame's style says of its picture, then what that style is based on."""
        name, found, seen = frame.get(q("draw:style-name"), ""), list[Element](), set[str]()
        while name in self.styles and name not in seen:
            seen.add(name)
            look = self.styles[name].find(q("style:graphic-properties"))
            found += [look] if look is not None else []
            name = self.styles[name].get(q("style:parent-style-name"), "")
        return found

    def descriptions(self) -> None:
        """What pictures show, in words, by their address: pandoc does not read it."""
        for frame in self.elements("draw:frame"):
            image = frame.find(q("draw:image"))
            said = [(d.text or "").strip() for d in frame if isinstance(d.tag, str) and d.tag.startswith(DESCRIPTION)]
            if image is not None and any(said):
                self.normal.descriptions[image.get(q("xlink:href"), "")] = max(said, key=len)

    def nested_tables(self) -> None:
        """A table inside a cell goes on as its paragraphs, which pandoc would drop."""
        for table in reversed(self.elements("table:table")):
            if next(table.iterancestors(q("table:table-cell")), None) is not None:
                inside = (q("text:p"), q("text:h"), q("text:list"))
                blocks = [b for b in table.iter(*inside) if b.getparent().tag == q("table:table-cell")]
                for block in blocks:
                    block.tail = None
                replace(table, blocks)
                self.normal.count_repair("nested-table")

    def fields(self) -> None:
        """A field goes on as the words it shows."""
        text = q("text:")
        for node in [n for n in self.root.iter() if isinstance(n.tag, str) and n.tag.startswith(text)]:
            name = etree.QName(node).localname
            if name in NOT_TEXT or node.getparent() is None:
                continue
            inline = next(node.iterancestors(q("text:p"), q("text:h")), None) is not None
            if name == "ruby":
                base = node.find(q("text:ruby-base"))
                made = etree.Element(q("text:span"))
                made.text = all_text(base) if base is not None else ""
                replace_node(node, made)
            elif inline and name not in READ_BY_PANDOC and not name.startswith("ruby"):
                made = etree.Element(q("text:span"))
                made.text = all_text(node)
                self.normal.count_repair("field")
                replace_node(node, made)


def _furniture(styles: Element, normal: NormalDocument) -> None:
    for kind in ("header", "footer"):
        nodes = (
            [] if styles is None else styles.iter(q(f"style:{kind}"), q(f"style:{kind}-left"), q(f"style:{kind}-first"))
        )
        said = [t for t in dict.fromkeys(" ".join(all_text(node).split()) for node in nodes) if t]
        if said:
            normal.losses.append(Loss(kind, len(said), " ".join(said)))
