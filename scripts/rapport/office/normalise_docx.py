"""A Word file as pandoc can read it without losing a word: what pandoc drops is carried or counted, never silent.

Pandoc's reader drops the text of many text boxes and of the paragraph they hang on, results of simple fields, content
controls' state, and more. Here each is put where pandoc reads it. What no text can carry (SmartArt, charts, embedded
objects) is a `Loss`; what must not pass (hidden text, changes still tracked, comments) is a `Finding`.
"""

from __future__ import annotations

import re

from lxml import etree

from rapport.office.accept_changes import accept_changes
from rapport.office.citation_fields import take_citations
from rapport.office.content_controls import show_controls, show_form_fields
from rapport.office.cross_references import word_references
from rapport.office.display_lines import word_display_lines
from rapport.office.dropped_elements import (
    choose_alternatives,
    drop_objects,
    drop_wrappers,
    show_equations,
    show_rubies,
    show_simple_fields,
    show_symbols,
    show_word_art,
)
from rapport.office.hidden_text import hidden_parts
from rapport.office.indents import show_indents
from rapport.office.list_levels import ListDefinitions, show_list_levels
from rapport.office.namespaces import NS, q
from rapport.office.normal_document import TAB, Loss, NormalDocument, OfficeHeading
from rapport.office.package import Package, parse_xml
from rapport.office.paragraph_styles import show_emphasis, show_headings
from rapport.office.picture_runs import show_pictures
from rapport.office.picture_view import show_word_pictures
from rapport.office.program_bibliographies import title_bibliographies
from rapport.office.side_parts import comments, count_drawings, furniture, outside, usual_names
from rapport.office.story import Story
from rapport.office.tables import even_tables
from rapport.office.text_boxes import show_shape_texts, show_text_boxes
from rapport.office.wordml import Styles, outline_level, paragraph_text, story_root, usual_prefix
from rapport.office.xml import remove, replace

CONTENTS = re.compile(r"toc \d|table of figures|table of authorities|tm \d")  # the report makes its own
METADATA = ("title", "subtitle", "author", "authors", "date", "abstract")


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
        story = Story(story_root(package, name), styles, normal)
        if name == main:
            normal.display_lines = word_display_lines(story.root, styles)
        word_references(story.root, normal)
        story.normal.count_repair("bibliography", title_bibliographies(story.root, styles))
        take_citations(story.root, package, normal)
        _work_over(story, numbering)
        show_word_pictures(story.root, name, normal)
        show_pictures(story.root, name, normal)
        texts.append(story.text())
        normal.parts[name] = etree.tostring(
            usual_prefix(story.root), encoding="UTF-8", xml_declaration=True, standalone=True
        )
    styles.part_from_headings()
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
    normal.text = "\n".join(texts).replace(TAB, " ")
    for told in (comments, furniture, count_drawings, outside):
        told(package, normal)
    return normal


def _notes(package: Package, main: str) -> list[str]:
    folder = main.rpartition("/")[0]
    return [f"{folder}/{name}".lstrip("/") for name in ("footnotes.xml", "endnotes.xml")]


def _work_over(story: Story, numbering: ListDefinitions) -> None:
    """Every mending, in an order in which none hides anything from the next."""
    _note_headings(story)
    accept_changes(story)
    choose_alternatives(story)
    _remove_hidden(story)
    show_controls(story)
    show_form_fields(story)
    show_symbols(story)
    show_rubies(story)
    show_simple_fields(story)
    show_equations(story)
    drop_objects(story)
    show_word_art(story)
    show_shape_texts(story.root)
    story.normal.count_repair("text-box", show_text_boxes(story.root))
    drop_wrappers(story)
    story.normal.count_repair("outline", show_headings(story.root, story.styles))
    show_emphasis(story.root, story.styles)
    story.normal.count_repair("list-level", show_list_levels(story.root, story.styles, numbering))
    story.normal.count_repair("indent", show_indents(story.root, story.styles))
    even_tables(story.root)
    _mark_tabs(story)


def _mark_tabs(story: Story) -> None:
    for tab in story.elements("w:tab"):
        if tab.getparent().tag == q("w:r"):
            mark = etree.Element(q("w:t"))
            mark.text = TAB
            replace(tab, [mark])


def _note_headings(story: Story) -> None:
    """Note headings, bookmarks and the title; a table of contents goes, which the report makes anew."""
    for p in story.elements("w:p"):
        style = p.find(f"{q('w:pPr')}/{q('w:pStyle')}")
        name = style.get(q("w:val")) if style is not None else None
        level = outline_level(p) or story.styles.level(name)
        if story.styles.style_name(name) in METADATA:  # pandoc would take the paragraph out of the text
            if story.styles.style_name(name) == "title" and not story.normal.title:
                story.normal.title = paragraph_text(p).strip()
            remove(style)
        if CONTENTS.match(story.styles.style_name(name)):
            story.normal.losses.append(Loss("toc", 1, paragraph_text(p).strip()))
            for child in [c for c in p if c.tag != q("w:pPr")]:
                p.remove(child)
            continue
        marks = tuple(b.get(q("w:name"), "") for b in p.iter(q("w:bookmarkStart")))
        if level or marks:
            story.normal.headings.append(OfficeHeading(paragraph_text(p), level, marks))


def _remove_hidden(story: Story) -> None:
    """Text that nobody sees in Word is taken out and told."""
    for node, text in hidden_parts(story.root, story.styles):
        story.tell("hidden", node, text)
        if node.tag in (q("w:tr"), q("w:drawing"), q("w:pict")):
            remove(node)
        else:
            for child in [c for c in node if c.tag not in (q("w:rPr"), q("w:pPr"))]:
                node.remove(child)
