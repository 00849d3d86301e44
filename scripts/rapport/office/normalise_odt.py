"""An OpenDocument text as pandoc can read it without losing a word; the counterpart of `normalise` for Word files.

Pandoc's reader drops text boxes, shapes, annotations, most fields and everything inside a content control.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from lxml import etree

from rapport.office.citation_fields import mark, properties_by_name, tell_unknown
from rapport.office.cited_works import read_instruction
from rapport.office.controls_odt import show_controls, show_form_fields
from rapport.office.cross_references import writer_references
from rapport.office.display_lines import writer_display_lines
from rapport.office.drawings_odt import show_drawings
from rapport.office.indents import show_odt_indents
from rapport.office.list_levels_odt import show_lists
from rapport.office.namespaces import namespace_declarations, q
from rapport.office.normal_document import TAB, FieldCitation, Loss, NormalDocument, OfficeHeading
from rapport.office.odf import DESCRIPTION, all_text, elements, lines, own_text, replace_node, unwrap
from rapport.office.package import Package, Unsafe, parse_xml
from rapport.office.paragraph_styles_odt import show_emphasis, show_headings, show_small_caps, style_chain
from rapport.office.picture_view import show_odt_pictures
from rapport.office.program_bibliographies import title_writer_bibliographies
from rapport.office.told_parts_odt import count_objects, take_out_contents, take_out_hidden, tell_changes, tell_comments
from rapport.office.wordml import number
from rapport.office.xml import Element, remove, replace

Styles = Mapping[str, Element]

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
    _mend(root, package, normal)
    normal.text = lines(body)
    _mark_tabs(root)
    normal.parts["content.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    _furniture(styles, normal)
    normal.parts.setdefault("styles.xml", NO_STYLES)
    return normal


def _mend(root: Element, package: Package, normal: NormalDocument) -> None:
    """The mendings, in an order in which none hides anything from the next."""
    sheets = [sheet for sheet in (package.xml("styles.xml"), root) if sheet is not None]
    styles, list_styles = (
        {one.get(q("style:name"), ""): one for sheet in sheets for one in sheet.iter(q(kind))}
        for kind in ("style:style", "text:list-style")
    )
    normal.display_lines = writer_display_lines(root, styles)
    _show_citations(root, properties_by_name(package), normal)
    normal.count_repair("bibliography", title_writer_bibliographies(root))
    for numbered in reversed(elements(root, "text:numbered-paragraph")):
        replace(numbered, [one for one in numbered if one.tag in (q("text:p"), q("text:h"))])
    show_headings(root, styles, normal)
    show_lists(root, styles, list_styles, normal)
    _note_headings(root, styles, normal)
    take_out_contents(root, normal)
    tell_changes(root, normal)
    tell_comments(root, normal)
    take_out_hidden(root, styles, normal)
    show_controls(root, normal)
    show_form_fields(root, normal)
    count_objects(root, normal)
    show_odt_pictures(elements(root, "draw:frame"), partial(_graphic_properties, styles), normal)
    _note_descriptions(root, normal)
    show_drawings(root, normal)
    _flatten_nested_tables(root, normal)
    _show_fields(root, normal)
    show_emphasis(root, styles)
    show_small_caps(root, styles)
    normal.count_repair("indent", show_odt_indents(root, styles))


def _mark_tabs(root: Element) -> None:
    for tab in elements(root, "text:tab"):
        tab.tag, tab.text = q("text:span"), TAB


def _note_headings(root: Element, styles: Styles, normal: NormalDocument) -> None:
    """The title, headings and bookmarked paragraphs, in order."""
    for node in elements(root, "text:p", "text:h"):
        level = number(node.get(q("text:outline-level")), 1) if node.tag == q("text:h") else 0
        marks = [*node.iter(q("text:bookmark"), q("text:bookmark-start"))]
        names = tuple(mark.get(q("text:name"), "") for mark in marks)
        style = _style_name(node, styles)
        if style == "title" and not normal.title:
            normal.title = own_text(node).strip()
        if level or names:
            normal.headings.append(OfficeHeading(own_text(node), level, names))


def _style_name(node: Element, styles: Styles) -> str:
    """The named style that a paragraph is in, itself or through an automatic one; in lower case."""
    name = node.get(q("text:style-name"), "")
    style = styles.get(name)
    if style is not None and style.get(q("style:parent-style-name")) and re.fullmatch(r"P\d+", name):
        name = style.get(q("style:parent-style-name"))
    return str(name).replace("_20_", " ").lower()


def _show_citations(root: Element, properties: Mapping[str, str], normal: NormalDocument) -> None:
    """Zotero's citations stand between two marks, whose name, or a property of that name, holds the works."""
    for start in elements(root, "text:reference-mark-start", "text:bookmark-start"):
        name = start.get(q("text:name"), "")
        instruction = properties.get(name, name)
        works = tuple(read_instruction(instruction, {}))
        between, node = [], start.getnext()
        while node is not None and node.get(q("text:name")) != name:
            between.append(node)
            node = node.getnext()
        if node is None:
            continue
        shown = (start.tail or "") + "".join(all_text(one) + (one.tail or "") for one in between)
        if works:
            start.tail = mark(FieldCitation(shown, works), normal)
            for one in between:
                one.tail = None
                remove(one)
        else:
            tell_unknown(instruction, shown, normal)


def _graphic_properties(styles: Styles, frame: Element) -> list[Element]:
    """What a frame's style says of its picture, then what that style is based on."""
    chain = style_chain(frame.get(q("draw:style-name"), ""), styles)
    return [look for name in chain if (look := styles[name].find(q("style:graphic-properties"))) is not None]


def _note_descriptions(root: Element, normal: NormalDocument) -> None:
    """What pictures show, in words, by their address: pandoc does not read it."""
    for frame in elements(root, "draw:frame"):
        image = frame.find(q("draw:image"))
        said = [(d.text or "").strip() for d in frame if isinstance(d.tag, str) and d.tag.startswith(DESCRIPTION)]
        if image is not None and any(said):
            normal.descriptions[image.get(q("xlink:href"), "")] = max(said, key=len)


def _flatten_nested_tables(root: Element, normal: NormalDocument) -> None:
    """A table inside a cell goes on as its paragraphs, which pandoc would drop."""
    for table in reversed(elements(root, "table:table")):
        if next(table.iterancestors(q("table:table-cell")), None) is not None:
            inside = (q("text:p"), q("text:h"), q("text:list"))
            blocks = [b for b in table.iter(*inside) if b.getparent().tag == q("table:table-cell")]
            for block in blocks:
                block.tail = None
            replace(table, blocks)
            normal.count_repair("nested-table")


def _show_fields(root: Element, normal: NormalDocument) -> None:
    """A field goes on as the words it shows."""
    text = q("text:")
    for node in [n for n in root.iter() if isinstance(n.tag, str) and n.tag.startswith(text)]:
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
            normal.count_repair("field")
            if next(node.iter(q("draw:frame"), q("text:note")), None) is not None:
                unwrap(node)
                continue
            made = etree.Element(q("text:span"))
            made.text = all_text(node)
            replace_node(node, made)


def _furniture(styles: Element, normal: NormalDocument) -> None:
    for kind in ("header", "footer"):
        nodes = (
            [] if styles is None else styles.iter(q(f"style:{kind}"), q(f"style:{kind}-left"), q(f"style:{kind}-first"))
        )
        said = [t for t in dict.fromkeys(" ".join(all_text(node).split()) for node in nodes) if t]
        if said:
            normal.losses.append(Loss(kind, len(said), " ".join(said)))
    beside = [] if styles is None else styles.iterfind(f".//{q('style:master-page')}//{q('draw:image')}")
    if pictures := {image.get(q("xlink:href"), "") for image in beside}:
        normal.losses.append(Loss("page-picture", len(pictures)))
