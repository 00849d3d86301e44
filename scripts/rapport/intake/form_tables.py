"""The tables of a filled-in form: the card with its rows, and the grids that become lists or rows of the header."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from rapport import tree
from rapport.forms import fields
from rapport.forms.fields import COLUMNS, TICKED
from rapport.intake import answers, confidential, recommendations
from rapport.intake.answers import Answers
from rapport.intake.blocks import cell_inlines, cell_text, without_divisions
from rapport.intake.printed_form import PrintedForm
from rapport.language.folding import fold_words
from rapport.model import Node

KEY = "clé"  # after the articles of a recommendation that the summary takes up
ENOUGH = 3  # rows, columns or headings of ours by which a table or a file is known

Row = list[list[Node]]
"""The cells of a row of a table, each its blocks."""


class FormTables:
    """The tables of one form; `card` is what its rows say, by field, `marks` how many demands became confidential."""

    def __init__(self, printed: PrintedForm, gathered: Answers) -> None:
        self.printed, self.answers = printed, gathered
        self.card: dict[str, str] = {}
        self.marks = 0
        self.grids: Mapping[str, Callable[[Sequence[Row], Mapping[str, int]], list[Node]]] = {
            "recommandations": self.recommendations,
            "temoignages": self.consents,
            "sources": self.sources,
        }

    def table(self, block: Node) -> list[Node]:
        """What a table of the form becomes in the text; another table, as it is."""
        rows = recommendations.table_rows(block)
        heads = [fold_words(tree.text(cell)) for cell in rows[0]] if rows else []
        for kind in COLUMNS:
            known = fields.columns(kind)
            columns = {known[head]: index for index, head in enumerate(heads) if head in known}
            if len(columns) >= ENOUGH:
                return self.grid(kind, block, rows, columns)
        named = sum(bool(row) and field_of_row(row[0]) != "" for row in rows)
        if named >= ENOUGH or (named and self.card and not self.printed.is_in_text):
            self.take_card(rows)
            self.take_caption(block)
            return []
        return [block]

    def grid(self, kind: str, block: Node, rows: Sequence[Row], columns: Mapping[str, int]) -> list[Node]:
        """A grid that is known by its columns, without its heads, its caption and its empty rows."""
        self.printed.note_cells(rows[0])
        self.take_caption(block)
        filled = [row for row in rows[1:] if any(self.printed.cell_text(cell) for cell in row)]
        for row in rows[1:]:
            if row not in filled:
                self.printed.note_cells(row)
        return self.grids[kind](filled, columns) if filled else []

    def take_caption(self, table: Node) -> None:
        """The caption of a table of the form: what the form prints, or words that have no place in it."""
        caption = tree.text(tree.caption(table))
        is_ours = self.printed.under(caption) or self.printed.front(caption)
        if caption and not is_ours:
            self.answers.tell_left_over(caption, caption)
        if is_ours and caption not in self.printed.words:  # else it is what is read aloud
            self.printed.words.append(caption)

    def take_card(self, rows: Sequence[Row]) -> None:
        """The rows of the first table: each known field with its answer; what is in no field is told."""
        for row in rows:
            name = field_of_row(row[0]) if row else ""
            texts = [self.printed.answer_in_row(cell, "\n") for cell in row[1:]]
            label = tree.text(row[0]) if row else ""
            if name:
                self.printed.words.append(label)
                self.card[name] = "\n".join(filter(None, texts))
                for cell in row[1:]:
                    self.printed.note_around(cell_text(cell), self.printed.answer_in_row(cell))
            elif self.printed.cells(label) or all(self.printed.front(tree.text(cell)) for cell in row):
                self.printed.note_cells(row)
            elif any(texts) or label:
                self.answers.tell_left_over(label, " ".join([label, *texts]).strip())

    def recommendations(self, rows: Sequence[Row], columns: Mapping[str, int]) -> list[Node]:
        """The list of the recommendations filled in."""
        items = []
        for row in rows:
            cell = _cells(row, columns)
            key_text = self.printed.cell_text(cell("cle"))
            key = answers.is_ticked(key_text)
            typed = re.sub(r"\s*;\s*", " ; ", self.printed.cell_text(cell("articles")))
            articles = " ; ".join(filter(None, [typed, KEY * key]))
            demand = [*without_divisions(cell("demande")), *_other_cells(row, columns)]
            addressee = tree.string(self.printed.cell_text(cell("destinataire")))
            items.append(self.audience(recommendations.item(addressee, articles, demand), cell("portee")))
            self.printed.words += [key_text] if not key or key_text != TICKED else []
        return [tree.bullet_list(items)]

    def audience(self, item: list[Node], cell: Sequence[Node]) -> list[Node]:
        """A recommendation with the words that say that it is confidential, where that was chosen."""
        self.printed.note_cells([cell])
        if not item or not confidential.is_confidential_cell(self.printed.cell_text(cell)):
            return item
        self.marks += 1
        inlines = [*tree.string(confidential.MARK), tree.space(), *tree.inlines(item[0])]
        return [tree.with_inlines(item[0], inlines), *item[1:]]

    def consents(self, rows: Sequence[Row], columns: Mapping[str, int]) -> list[Node]:
        """The records of consent, which go into the header: nothing of them is text."""
        for row in rows:
            cell = _cells(row, columns)
            names = [field.name for field in COLUMNS["temoignages"]]
            self.answers.record({name: self.printed.cell_text(cell(name)) for name in names})
            self.printed.note_cells([blocks for blocks in row if not self.printed.cell_text(blocks)])
        return []

    def sources(self, rows: Sequence[Row], columns: Mapping[str, int]) -> list[Node]:
        """The list of the sources filled in, titles in italics."""
        items = []
        for row in rows:
            cell = _cells(row, columns)
            inlines: list[Node] = []
            for field in COLUMNS["sources"]:
                if words := cell_inlines(cell(field.name)):
                    inlines += [tree.word(","), tree.space()] if inlines else []
                    inlines += [tree.styled_inlines("Emph", words)] if field.name == "titre" else words
            items.append([tree.plain(inlines), *_other_cells(row, columns)])
        return [tree.bullet_list(items)]


def field_of_row(cell: Sequence[Node]) -> str:
    """The field that a row of the card asks for, "" for none."""
    return answers.nearest_key(tree.text(list(cell)), fields.labels())


def _cells(row: Row, columns: Mapping[str, int]) -> Callable[[str], list[Node]]:
    return lambda name: row[columns[name]] if name in columns and columns[name] < len(row) else []


def _other_cells(row: Row, columns: Mapping[str, int]) -> list[Node]:
    """The blocks of the cells under no column of ours."""
    others = (blocks for index, blocks in enumerate(row) if index not in columns.values())
    return [block for blocks in others for block in without_divisions(blocks)]
