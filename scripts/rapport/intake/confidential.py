"""What a Word file marks as confidential by words, made into the marks that a contribution has for it.

« ::: confidentiel » and « ::: », each on a line of its own, hold what stands between them; « [confidentiel] » at the
head or at the end of a recommendation holds that one. Anywhere else these words are told of by rule S19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapport import tree
from rapport.intake.inlines import drop, signs, take
from rapport.intake.states import Notification, ReceivedText
from rapport.model import Node
from rapport.office.normal_document import Loss

WORD = r"confidenti(?:el(?:le)?s?|al)"
OPENS = re.compile(rf"\s*:{{3,}}\s*\{{?\s*\.?{WORD}\s*\}}?\s*:*\s*", re.IGNORECASE)
CLOSES = re.compile(r"\s*:{3,}\s*")
SAID = rf"[\[(]\s*(?:(?:recommandation|passage|recommendation)\s+)?{WORD}\s*[\])]"
HEAD = re.compile(rf"\s*{SAID}\s*[:–—-]?\s*", re.IGNORECASE)
AFTER_HEAD = re.compile(rf"(?<=:)\s*{SAID}\s*[:–—-]?(?=\s)", re.IGNORECASE)
TAIL = re.compile(rf"\s*{SAID}(?P<end>\s*[.;]?)\s*$", re.IGNORECASE)
CHOSEN = re.compile(rf"\s*(?:{WORD}|[☒☑✓✔✗✘]|[xX]\s*$|oui\b|yes\b)", re.IGNORECASE)
MARK = "[confidentiel]"
TOLD = 80  # signs of what is told of


def enclose_marked(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks of a section, those between two typed marks in one confidential Div; a last one may stay open."""
    out: list[Node] = []
    inside: list[Node] | None = None
    for block in _cut_at_marks(blocks):
        words = tree.text(block) if tree.kind(block) in tree.PARAGRAPHS else ""
        opens, closes = OPENS.fullmatch(words), inside is not None and CLOSES.fullmatch(words)
        if opens or closes:
            received.losses.append(Loss("mark", 1, words.strip()))
            out += [_hidden(inside, received)] if inside else []
            inside = [] if opens else None
        else:
            (out if inside is None else inside).append(block)
    if inside:
        received.decisions.append(Notification("confidential-open", {"passage": tree.text(inside)[:TOLD]}))
    return [*out, _hidden(inside, received)] if inside else out


def _cut_at_marks(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks, lists cut where one of their items is nothing but a mark: the item is a paragraph then."""
    for block in blocks:
        items = tree.items(block) if tree.kind(block) in tree.LISTS else []
        marks = [at for at, item in enumerate(items) if _is_mark(item)]
        if not marks:
            yield block
            continue
        for start, end in zip([-1, *marks], [*marks, len(items)], strict=True):
            if held := items[start + 1 : end]:
                yield tree.with_items(block, held)
            if end < len(items):
                yield tree.as_kind(items[end][0], "Para")


def _is_mark(item: Sequence[Node]) -> bool:
    words = tree.text(item[0]) if len(item) == 1 and tree.kind(item[0]) in tree.PARAGRAPHS else ""
    return bool(OPENS.fullmatch(words) or CLOSES.fullmatch(words))


def without_marks(text: str, received: ReceivedText) -> str:
    """The words of a text but for those that mark one passage, or head the column that does."""
    for loss in received.losses:
        for said in [loss.text] if loss.kind == "mark" else re.findall(WORD, loss.text, re.IGNORECASE):
            text = text.replace(said, "", 1) if loss.kind in ("mark", "column") else text
    return text


def is_confidential_cell(said: str) -> bool:
    """Whether the cell of a table says that its row is confidential: in words, or ticked under that title."""
    return CHOSEN.match(said) is not None


def as_confidential(item: list[Node], received: ReceivedText) -> list[Node]:
    """A recommendation in a confidential Div, unless it is in one."""
    if item and tree.kind(item[0]) == "Div":
        return item
    first, *others = item or [tree.para([])]
    return [_hidden([tree.as_kind(first, "Para") if tree.kind(first) == "Plain" else first, *others], received)]


def confidential_lists(items: Sequence[Sequence[Node]]) -> Iterator[Node]:
    """The items of a list, each run of confidential ones in one confidential Div."""
    for apart, run in groupby(items, key=lambda item: bool(item) and tree.kind(item[0]) == "Div"):
        if apart:
            inner = [_tight(tree.blocks(item[0])) for item in run]
            yield tree.div([tree.bullet_list(inner)], [tree.CONFIDENTIAL])
        else:
            yield tree.bullet_list(list(run))


def _tight(item: list[Node]) -> list[Node]:
    return [tree.as_kind(item[0], "Plain")] if len(item) == 1 and tree.kind(item[0]) == "Para" else item


def _hidden(blocks: Sequence[Node], received: ReceivedText) -> Node:
    received.decisions.append(Notification("confidential-passage", {"passage": tree.text(list(blocks))[:TOLD]}))
    return tree.div(blocks, [tree.CONFIDENTIAL])


def confidential_item(blocks: list[Node], received: ReceivedText) -> list[Node]:
    """A recommendation that says of itself that it is confidential, without these words, in a confidential Div."""
    inlines = tree.inlines(blocks[0]) if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS else []
    text = signs(inlines)
    if head := HEAD.match(text):
        said, left = head[0], drop(inlines, head.end())
    elif tail := TAIL.search(text):
        said, left = tail[0], [*take(inlines, tail.start()), *tree.string(tail["end"].strip())]
    elif inner := AFTER_HEAD.search(text):
        said, left = inner[0], [*take(inlines, inner.start()), *drop(inlines, inner.end())]
    else:
        return blocks
    received.losses.append(Loss("mark", 1, said.strip()))
    return as_confidential([tree.with_inlines(blocks[0], left), *blocks[1:]], received)
