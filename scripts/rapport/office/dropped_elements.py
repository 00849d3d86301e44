"""What pandoc's reader would drop of a Word text, put where it reads it, or counted as lost."""

from __future__ import annotations

from lxml import etree

from rapport.office.namespaces import q
from rapport.office.normal_document import Loss
from rapport.office.story import Story
from rapport.office.wordml import PRIVATE, SYMBOLS, block_text, new_run, number, unwrap
from rapport.office.xml import remove, replace


def choose_alternatives(story: Story) -> None:
    """Of two drawings of the same thing, one: that with text, the newer first."""
    for node in story.elements("mc:AlternateContent"):
        ways = [*node.iterfind(q("mc:Choice")), *node.iterfind(q("mc:Fallback"))]
        best = next((way for way in ways if way.find(f".//{q('w:t')}") is not None), ways[0] if ways else None)
        replace(node, list(best) if best is not None else [])


def show_symbols(story: Story) -> None:
    """A letter of a symbol font is a private character that says nothing: the common ones are told in Unicode."""
    for typed in story.elements("w:t"):
        typed.text = (typed.text or "").translate(PRIVATE)
    for symbol in story.elements("w:sym"):
        code = number(symbol.get(q("w:char")), 0, 16) & 0xFF
        text = SYMBOLS.get((symbol.get(q("w:font"), ""), code), "")
        if text:
            made = etree.Element(q("w:t"))
            made.text = text
            symbol.getparent().replace(symbol, made)
            story.normal.count_repair("symbol")


def show_rubies(story: Story) -> None:
    """A word with its reading above it: the word, then the reading in brackets."""
    for ruby in story.elements("w:ruby"):
        base, above = (ruby.find(q(name)) for name in ("w:rubyBase", "w:rt"))
        said = [block_text(part) for part in (base, above) if part is not None]
        replace(ruby, list(new_run(" (".join(said) + ")" * (len(said) - 1))))
        story.normal.count_repair("field")


def show_simple_fields(story: Story) -> None:
    """A field of one element goes on as the words it shows; links and citations are read elsewhere."""
    for node in story.elements("w:fldSimple"):
        if not node.get(q("w:instr"), "").strip().upper().startswith(("HYPERLINK", "ADDIN")):
            unwrap(node)
            story.normal.count_repair("field")


def show_equations(story: Story) -> None:
    """An equation goes on as the words in it; its arrangement is lost and told."""
    for node in story.elements("m:oMathPara", "m:oMath"):
        if node.getparent() is None or any(True for _ in node.iterancestors(q("m:oMath"), q("m:oMathPara"))):
            continue
        text = " ".join(t.text or "" for t in node.iter(q("m:t"), q("w:t")))
        story.normal.losses.append(Loss("equation", 1))
        run = new_run(text)
        if node.getparent().tag == q("w:p") or node.tag == q("m:oMath"):
            replace(node, [run])
        else:
            paragraph = etree.Element(q("w:p"))
            paragraph.append(run)
            replace(node, [paragraph])


def drop_objects(story: Story) -> None:
    """Embedded files stay outside; the picture that stands for them goes too."""
    for node in story.elements("w:object"):
        if node.find(f".//{q('o:OLEObject')}") is not None or node.find(f".//{q('w:control')}") is not None:
            boxes = list(node.iter(q("w:txbxContent")))
            replace(node, boxes)


def show_word_art(story: Story) -> None:
    """The words of WordArt stand in an attribute of its path."""
    for path in story.elements("v:textpath"):
        words = path.get("string", "")
        run = next(path.iterancestors(q("w:r")), None)
        if words.strip() and run is not None:
            run.addprevious(new_run(f"{words} "))
            story.normal.count_repair("word-art")


def drop_wrappers(story: Story) -> None:
    """Wrappers that mean nothing to a reader."""
    for node in story.elements("w:smartTag", "w:customXml", "w:dir", "w:bdo"):
        unwrap(node)
    for node in story.elements("w:smartTagPr", "w:customXmlPr"):
        remove(node)
