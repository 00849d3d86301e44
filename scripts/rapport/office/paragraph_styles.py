"""What styles and outline levels say of a Word paragraph, said again where pandoc looks: headings, bold and italics."""

from __future__ import annotations

from lxml import etree

from rapport.office.emphasis import NO_LOOKS, SWITCHES, Emphasis, looks_of
from rapport.office.namespaces import q
from rapport.office.wordml import Styles, ensure_child, outline_level, paragraph_text
from rapport.office.xml import Element

LONGEST = 25  # words of a heading that only its outline level makes one
SENTENCE = 14  # words from which a full stop says that it is a sentence after all
UNMARKED = (
    "caption",
    "table caption",
    "image caption",
    "quote",
    "intense quote",
    "block text",
    "footnote text",
    "endnote text",
)


def show_headings(root: Element, styles: Styles) -> int:
    """Give each paragraph with a level in the outline a style that pandoc knows as a heading's; how many got one."""
    count = 0
    for paragraph in root.iter(q("w:p")):
        style = style_of(paragraph)
        level = heading_level(paragraph, styles)
        if level and styles.heading(style) != level and _is_line(paragraph):
            _set_style(paragraph, styles.heading_style(level))
            count += 1
    return count


def heading_level(paragraph: Element, styles: Styles) -> int:
    """How deep a heading a paragraph is, by its own level or by its style's; 0 for none."""
    return outline_level(paragraph) or styles.level(style_of(paragraph))


def style_of(paragraph: Element) -> str | None:
    """The id of a paragraph's style; None where it has none of its own."""
    named = paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return named.get(q("w:val")) if named is not None else None


def _is_line(paragraph: Element) -> bool:
    """Whether the words are those of a heading: an outline level is often left on a paragraph by mistake."""
    words = paragraph_text(paragraph).split()
    return 0 < len(words) <= LONGEST and not (len(words) > SENTENCE and words[-1].endswith((".", ";", ",")))


def _set_style(paragraph: Element, style: str) -> None:
    ensure_child(ensure_child(paragraph, "w:pPr"), "w:pStyle").set(q("w:val"), style)


def show_emphasis(root: Element, styles: Styles) -> None:
    """Give the words of a paragraph whose style is bold or italic these looks themselves; headings need none."""
    emphasis = Emphasis(styles)
    for paragraph in root.iter(q("w:p")):
        style = style_of(paragraph)
        if style is None or styles.is_default(style) or styles.style_name(style) in UNMARKED:
            continue
        if heading_level(paragraph, styles) or not emphasis.letters_of(NO_LOOKS, style):
            continue
        for run in paragraph.iter(q("w:r")):
            _mark(run, emphasis, style)


def _mark(run: Element, emphasis: Emphasis, style: str) -> None:
    for sign in emphasis.letters_of(looks_of(run), style):
        properties = ensure_child(run, "w:rPr")
        if properties.find(SWITCHES[sign]) is None:
            etree.SubElement(properties, SWITCHES[sign])
