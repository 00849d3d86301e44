"""Rows of tables put in and taken out, and cells emptied; only where a table is typed with bars, a row a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport.review.apply.edited_texts import EditedTexts
from rapport.review.apply.leaves import INDENT, keys_of
from rapport.review.apply.splice import Crossing, SourceEdit

BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=\n)")


def delete_row(texts: EditedTexts, path: str, names: Sequence[int]) -> None:
    """The cells of one row taken out: the row, where all of them go; those alone otherwise, which are empty then."""
    state = texts.states[path]
    cells = [state.leaf(name) for name in names]
    row = [one for one in state.source.leaves if (one.passage, one.row) == (cells[0].passage, cells[0].row)]
    if {cell.name for cell in row if cell.words} != set(names):
        for name in names:
            empty_cell(texts, path, name)
        return
    lines = state.source.lines(cells[0])
    wanted = []
    for one in state.source.leaves:
        below = one.passage == cells[0].passage and one.row > cells[0].row
        if one not in row:
            wanted.append(replace(one, row=one.row - 1) if below else one)
    texts.make(path, [SourceEdit(lines.start, min(lines.end + 1, len(state.text)), "")], wanted)


def empty_cell(texts: EditedTexts, path: str, name: int) -> None:
    """A cell without its words; the row keeps its others where they are."""
    state = texts.states[path]
    leaf = state.leaf(name)
    lines = state.source.lines(leaf)
    ground = state.source.ground(leaf)
    bars = [lines.start + bar.start() for bar in BAR.finditer(state.text[lines.start : lines.end])]
    places = [ground.tokens[place] for place in ground.places.values()]
    left = max((bar for bar in bars if bar < min(token.start for token in places)), default=None)
    right = min((bar for bar in bars if bar >= max(token.end for token in places)), default=None)
    if left is None or right is None or len(state.group(leaf)) > 1 or "Note" in leaf.frame:
        raise Crossing
    edit = SourceEdit(left + 1, right, " " * (right - left - 1))
    texts.make(path, [edit], [one for one in state.source.leaves if one is not leaf])


def insert_rows(texts: EditedTexts, path: str, name: int, cells: Sequence[str]) -> None:
    """New rows after the one that a cell ends; `cells`: their words, row by row, none of them empty."""
    state = texts.states[path]
    leaf = state.leaf(name)
    text, leaves, lines = state.text, state.source.leaves, state.source.lines(leaf)
    here = text[lines.start : lines.end]
    row = [one for one in leaves if (one.passage, one.row, one.side_kind) == (leaf.passage, leaf.row, "")]
    bars = len(BAR.findall(here.strip(" \t>")))
    width = bars - 1 if BAR.match(here.lstrip(" \t>")) and here.rstrip().endswith("|") else bars + 1
    if not bars or row[-1] is not leaf or len(cells) % width:
        raise Crossing
    end = lines.end
    if rule := RULE.match(text, end + 1):
        end = rule.end()
    lead, ground = INDENT.match(here), state.source.ground(leaf)
    typed = [ground.escape(" ".join(cell.split()), lines.end) for cell in cells]
    rows = [typed[at : at + width] for at in range(0, len(typed), width)]
    new = "".join(f"\n{lead[0] if lead else ''}| {' | '.join(one)} |" for one in rows)
    made = []
    for number, cell in enumerate(cells):
        words = keys_of(cell)
        if not words:
            raise Crossing
        printed = None if leaf.printed_words is None else words
        one = replace(leaf, words=words, looks=("",) * len(words), frame=(), printed_words=printed, name=texts.name())
        made.append(replace(one, row=leaf.row + 1 + number // width))
    at = max(n for n, one in enumerate(leaves) if one.passage == leaf.passage and one.row <= leaf.row) + 1
    below = [replace(r, row=r.row + len(rows)) if r.passage == leaf.passage and r.row >= 0 else r for r in leaves[at:]]
    texts.make(path, [SourceEdit(end, end, new)], [*leaves[:at], *made, *below])
