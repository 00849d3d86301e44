"""Our form saved as plain text: its tables made again, a line a cell, where no line can belong elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapport import tree
from rapport.forms import fields
from rapport.forms.fields import COLUMNS, FIELDS, FormField
from rapport.intake.answers import is_ticked
from rapport.intake.document import lines_as_blocks
from rapport.intake.form_tables import ENOUGH
from rapport.intake.form_wording import CELLS, FormTexts
from rapport.intake.plan import Plan
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES
from rapport.model import Node


def form_blocks(text: str, plan: Plan) -> list[Node]:
    """The form's blocks, as a Word file would give them; none where it is not certain which answer is whose."""
    lines = [cell.strip() for line in text.removesuffix("\n").split("\n") for cell in line.split("\t")]
    titles = {fold_words(t) for one in plan.outline.themes for s in one.sections for t in (s.title, s.title_en) if t}
    heads = [at for at, line in enumerate(lines) if fold_words(line) in titles]
    known, prompts = fields.labels(), FormTexts(CELLS)
    card = [
        (at, name) for at, line in enumerate(lines[: min(heads, default=0)]) if (name := known.get(fold_words(line)))
    ]
    names = [name for _, name in card]
    order = [field.name for field in FIELDS if field.name in names]
    if len(card) < ENOUGH or names != order or len({lines[at] for at in heads}) < len(heads):
        return []
    ends = [*(at for at, _ in card[1:]), heads[0]]
    rows = [[lines[at : at + 1], lines[at + 1 : end]] for (at, _), end in zip(card, ends, strict=True)]
    out = [*lines_as_blocks(lines[: card[0][0]]), _table(rows)]
    for at, end in pairwise([*heads, len(lines)]):
        inside = list(_section(lines[at + 1 : end], prompts))
        if None in inside:
            return []
        out += [tree.header(1, tree.string(lines[at]), ""), *filter(None, inside)]
    return out


def _section(lines: Sequence[str], prompts: FormTexts) -> Iterator[Node | None]:
    """The blocks under one heading; None for a table whose lines are not those of its rows."""
    said = [fold_words(line) for line in lines]
    for language in LANGUAGES:
        for kind, asked in COLUMNS.items():
            heads = [fold_words(fields.column(kind, field.name, language)) for field in asked]
            at = next((at for at in range(len(said)) if said[at : at + len(heads)] == heads), None)
            if at is None:
                continue
            cells = list(lines[at + len(heads) :])
            whole = not cells or len(cells) % len(heads) == (not cells[-1])  # an empty line ends a table
            while cells and not cells[-1]:
                cells.pop()
            cells += [""] * (-len(cells) % len(heads))
            rows = [cells[start : start + len(heads)] for start in range(0, len(cells), len(heads))]
            fits = whole and all(
                not cell or prompts(cell) or _fits(field, cell)
                for row in rows
                for field, cell in zip(asked, row, strict=True)
            )
            yield from lines_as_blocks(lines[:at])
            yield _table([[[cell] for cell in row] for row in [lines[at : at + len(heads)], *rows]]) if fits else None
            return
    yield from lines_as_blocks(lines)


def _fits(field: FormField, cell: str) -> bool:
    """Whether a cell can be an answer to what its column asks."""
    if field.kind == "checkbox":
        return cell in (fields.TICKED, fields.UNTICKED) or is_ticked(cell)
    if field.kind == "dropdown":
        return fold_words(cell) in fields.choices(field)
    return bool(re.search(r"\d", cell)) or "date" not in (field.kind, field.name)


def _table(rows: Sequence[Sequence[Sequence[str]]]) -> Node:
    """A table of cells, each its lines."""
    made = (
        tree.Row(tuple(tree.Cell([tree.para(tree.string(one)) for one in cell if one]) for cell in row)) for row in rows
    )
    return tree.table_node(tree.Table(tuple(tree.Column() for _ in rows[0]), (), (tree.TableBody(tuple(made)),)))
