"""A page as people lay it out, made a running text: frames and boxes opened, lines apart, separators and numbers gone.

What comes out is still pandoc's blocks; those of a box stand in a Div of the class `BOXED`, one a Div.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.intake.blocks import without_divisions
from rapport.intake.headings import TypedHeading, has_bold_words, section_of
from rapport.intake.inlines import drop, hoist_breaks, split_lines, without_custom_styles
from rapport.intake.layout_tables import opened_layout
from rapport.intake.states import BOXED, ReceivedText
from rapport.intake.typed_lists import MARK, NUMBER, PARAGRAPH
from rapport.model import Node, Section

SEPARATOR = re.compile(r"^[\s\-_=~*•·.–—―─━═#+]{3,}$")
CAPTION = 40  # words below a picture in a frame that are its caption
HEADING = 14  # words of an item that may be a heading
SPACED = re.compile(r"(?:[^\W\d_][’']?\s+){4,}[^\W\d_]\s*:?\Z")  # « C O N S T A T »
SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "»", "”")
LISTS_ALONE = [[kind] for kind in tree.LISTS]


def running_text(
    blocks: Sequence[Node], typed: str, sections: Sequence[Section], received: ReceivedText
) -> Iterator[Node]:
    """The blocks in their order, `typed` the file's own words; every repair is told in `received`."""
    for spaced, boxed in _opened(blocks, False, sections, received):
        block = _unspaced(spaced, typed, received)
        for line in _lines(block, sections, received):
            if tree.kind(line) in tree.PARAGRAPHS and bool(SEPARATOR.match(tree.text(line))):
                received.count_repair("rule")
            elif boxed:
                yield tree.div([line], [BOXED])
            else:
                yield from _unlisted(line, sections, received)


def _unspaced(block: Node, typed: str, received: ReceivedText) -> Node:
    """A line whose letters stand apart, joined; between its words the file has more than one space."""
    alone = tree.text(block).strip() if tree.kind(block) in (*tree.PARAGRAPHS, "Header") else ""
    if not SPACED.match(alone):
        return block
    found = re.search(r"\s+".join(map(re.escape, alone.split())), typed)
    as_typed = found[0] if found else alone
    words = [re.sub(r"\s", "", word) for word in re.split(r"\s{2,}", as_typed)]
    received.placed_words.append(as_typed)
    received.count_repair("spaced")
    joined = tree.string(" ".join(words))
    return tree.with_inlines(block, [tree.strong(joined)] if has_bold_words(tree.inlines(block)) else joined)


def _opened(
    blocks: Sequence[Node], boxed: bool, sections: Sequence[Section], received: ReceivedText
) -> Iterator[tuple[Node, bool]]:
    """Every block out of its Divs, frames and tables for looks, and whether it stands in a box with others."""
    for block in blocks:
        if tree.kind(block) == "Div":
            yield from _opened(tree.blocks(block), boxed or tree.has_class(block, BOXED), sections, received)
        elif tree.kind(block) == "Table" and (inside := _framed(tree.table_of(block))):
            received.count_repair("frame")
            yield from _opened(inside, boxed or len(inside) > 1, sections, received)
        elif tree.kind(block) == "Table" and (inside := opened_layout(tree.table_of(block), sections, received)):
            yield from _opened(inside, boxed, sections, received)
        else:
            yield block, boxed


def _framed(table: tree.Table) -> list[Node]:
    """What stands in a frame drawn as a table: of one cell, or of one column with pictures and their captions."""
    cells = list(table.cells())
    if len(table.columns) != 1 or not cells or any(tree.find([one.blocks for one in cells], "Table")):
        return []
    pictured = any(tree.find([one.blocks for one in cells], "Image"))
    if len(cells) > 1 and not (pictured and len(cells) == 2):
        return []
    blocks = [block for cell in cells for block in without_divisions(cell.blocks)] + table.caption
    blocks = [tree.as_kind(one, "Para") if tree.kind(one) == "Plain" else one for one in blocks]
    shown = [[tree.kind(node) for node in tree.inlines(one)] for one in blocks]
    if len(blocks) == 2 and shown[0] == ["Image"] and shown[1] and "Image" not in shown[1]:
        short = len(tree.text(blocks[1]).split()) <= CAPTION
        return [tree.figure(blocks[:1], [tree.as_kind(blocks[1], "Plain")])] if short else blocks
    return blocks


# ---------------------------------------------------------------- lines made by Shift+Enter


def _lines(block: Node, sections: Sequence[Section], received: ReceivedText) -> list[Node]:
    """A paragraph whose lines are headings or items of a typed list, cut there; any other block whole."""
    inside = tree.inlines(block) if tree.kind(block) in tree.PARAGRAPHS else []
    end = next((kind for kind in ("LineBreak", "SoftBreak") if any(tree.find(inside, kind))), "")
    if not end:
        return [block]
    lines = split_lines(hoist_breaks(without_custom_styles(inside)), end)
    titled = [_is_title(line, sections) for line in lines]
    titled = [False] * len(lines) if all(titled) else titled
    marked = [bool(MARK.match(tree.text(line).lstrip())) for line in lines]
    if end == "SoftBreak":  # a line that is only full may end anywhere
        upper = [not tree.text(line).lstrip()[:1].islower() for line in lines]
        titled = [one and upper[at] and _begins(lines, at) for at, one in enumerate(titled)]
        marked = [one and sum(marked) > 1 and _begins(lines, at) for at, one in enumerate(marked)]
    if len(lines) < 2 or not (any(titled) or any(marked)):
        return [block]
    received.count_repair("line")
    out, together = list[Node](), list[Node]()
    between = tree.line_break() if end == "LineBreak" else tree.soft_break()
    for line, alone in zip(lines, map(any, zip(titled, marked, strict=True)), strict=True):
        if alone:
            out += [tree.para(together)] if together else []
            out.append(tree.para(line))
            together = []
        else:
            together += [*([between] if together else []), *line]
    return [*out, *([tree.para(together)] if together else [])]


def _begins(lines: Sequence[Sequence[Node]], at: int) -> bool:
    """Whether a line begins where the one before it has ended."""
    before = tree.text(list(lines[at - 1])).rstrip() if at else ":"
    return before.endswith((*SENTENCE_ENDS, ")", ",")) or has_bold_words(lines[at - 1])


def _is_title(line: Sequence[Node], sections: Sequence[Section]) -> bool:
    text = tree.text(list(line)).strip()
    named = section_of(text, sections)[1] in ("exact", "name") and not text.endswith((".", ";", ","))
    return len(text.split()) <= HEADING and (has_bold_words(line) or named)


# ---------------------------------------------------------------- what Word numbers without its being a list


def _unlisted(block: Node, sections: Sequence[Section], received: ReceivedText) -> Iterator[Node]:
    """A list of one short item in bold is a heading with a number; one of long items, paragraphs with numbers."""
    items = tree.items(block) if tree.kind(block) in tree.LISTS else []
    first = items[0][0] if items and items[0] else None
    alone = len(items) == 1 and first is not None and tree.kind(first) in tree.PARAGRAPHS
    if first is not None and alone and _is_title(tree.inlines(first), sections):
        received.count_repair("numbered-heading")
        yield tree.para(tree.inlines(first))
        for rest in items[0][1:]:
            yield from _unlisted(rest, sections, received)
    elif (
        len(items) == 1 and [tree.kind(one) for one in items[0]] in LISTS_ALONE
    ):  # its second level, and nothing of its first
        yield from _unlisted(items[0][0], sections, received)
    else:
        yield block


def numbered_throughout(parts: Sequence[Node | TypedHeading]) -> list[Node]:
    """The numbered sentences that go on from under one heading to under another, as a UN text's paragraphs: lists, and
    paragraphs whose numbers were typed.
    """
    found, chain = list[Node](), list[Node]()
    following, headed, crossed = 0, False, False
    for part in parts:
        if isinstance(part, TypedHeading):
            headed = True
        elif items := _counted(part):
            start = _first_number(part)
            if start != following:
                found += chain if crossed and _are_sentences(chain) else []
                chain, crossed = [], False
            crossed |= bool(chain) and headed
            chain.append(part)
            following, headed = start + len(items), False
    return found + (chain if crossed and _are_sentences(chain) else [])


def _are_sentences(lists: Sequence[Node]) -> bool:
    """Whether most items end as a sentence does: words alone are points of a list, wherever Word went on counting."""
    items = [tree.text(item[:1]).rstrip() for one in lists for item in _counted(one)]
    return 2 * sum(item.endswith(SENTENCE_ENDS) for item in items) > len(items)


def _counted(block: Node) -> list[list[Node]]:
    """The items that a block numbers: those of a numbered list, a paragraph that begins with its number."""
    if tree.kind(block) == "OrderedList" and tree.numbering(block)[1] in ("Decimal", "DefaultStyle"):
        return tree.items(block)
    return [[block]] if tree.kind(block) == "Para" and NUMBER.match(tree.text(block)) else []


def _first_number(block: Node) -> int:
    typed = NUMBER.match(tree.text(block)) if tree.kind(block) == "Para" else None
    return int(typed["number"]) if typed else tree.numbering(block)[0]


def numbered_paragraphs(block: Node, throughout: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The items of a numbered list as paragraphs, where it is one of those or most are as long as paragraphs are."""
    items, whole = _counted(block), any(one is block for one in throughout)
    long = [item for item in items if len(tree.text(item).split()) >= PARAGRAPH]
    if not whole and (2 * len(long) <= len(items) or tree.kind(block) == "Para"):
        return [block]
    received.count_repair("numbered-paragraph", len(items))
    if typed := NUMBER.match(tree.text(block)) if tree.kind(block) == "Para" else None:
        received.placed_words.append(typed[0])
        return [tree.para(drop(tree.inlines(block), typed.end()))]
    return [tree.as_kind(one, "Para") if tree.kind(one) == "Plain" else one for item in items for one in item]
