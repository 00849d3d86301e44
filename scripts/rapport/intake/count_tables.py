"""The tables of figures of our form, taken out of a file wherever they stand: no number of theirs gets into a text.

Each is known by its key (« chiffre mineurs-reperes, version 1 »), which survives every program. What was typed is kept
as it is; what it means is judged by the reader of files of figures (`figures.counts`), on the same rows that are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.figures.grids.grid import GridCell, Odd
from rapport.figures.indicators import Dictionary, Indicator
from rapport.forms.count_table import KEY, PRINTED, SAID, printed_texts
from rapport.intake import answers
from rapport.intake.blocks import cell_text, without_divisions
from rapport.intake.form_count import FormCount, Row
from rapport.intake.states import SentDocument
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, form
from rapport.model import Node


def take_counts(
    document: SentDocument, dictionary: Dictionary
) -> tuple[SentDocument, tuple[FormCount, ...], tuple[str, ...]]:
    """The document without its tables of figures; those that somebody filled in; the words of ours that are gone."""
    if not any(_key(block) for block in without_divisions(document.blocks)):
        return document, (), ()
    taking = _Taking(list(without_divisions(document.blocks)), dictionary)
    normal = replace(document.normal, text=tree.text(taking.blocks))
    return replace(document, blocks=tuple(taking.blocks), normal=normal), taking.filled, tuple(taking.printed)


def _key(block: Node) -> re.Match[str] | None:
    """The key of a table of figures, from the first row, in which both of its tables have it."""
    if tree.kind(block) != "Table":
        return None
    first = next(iter(tree.table_of(block).rows()), None)
    return KEY.search(" ".join(cell_text(cell.blocks) for cell in first.cells)) if first else None


class _Taking:
    """The tables of a document read, then what stands between them."""

    def __init__(self, blocks: Sequence[Node], dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.known = {fold_words(text) for text in printed_texts(dictionary)} | {""}
        self.asked = {fold_words(form(f"counts-{name}", one)): name for one in LANGUAGES for name in (*PRINTED, *SAID)}
        self.counts: dict[tuple[str, str], FormCount] = {}
        self.printed: list[str] = []
        for block in blocks:
            if found := _key(block):
                self.table(block, found)
        self.filled = self.finish()
        self.blocks = list(self.others(blocks))

    def others(self, blocks: Sequence[Node]) -> Iterator[Node]:
        """The blocks that are no tables of figures, without what the form prints; what was typed behind one is its."""
        begin, within = self.begin(blocks), False
        count: FormCount | None = None
        for at, block in enumerate(blocks):
            text = " ".join(tree.text([block]).split())
            if found := _key(block):
                count, within = self.counts[_identity(found)], True
            elif at >= begin and self.is_printed(block, text) and (within or count is None):
                self.printed.append(text)
            elif within and count in self.filled and _is_paragraph(block):
                count.notes.append(text)
            else:
                within = within and tree.kind(block) != "Header"
                yield block

    def begin(self, blocks: Sequence[Node]) -> int:
        """Where the part of the figures begins: with its heading, where that still stands above the first table."""
        first = next(at for at, block in enumerate(blocks) if _key(block))
        begin = first
        titles = {fold_words(form("counts-title", language)) for language in LANGUAGES}
        while begin and self.is_printed(blocks[begin - 1], tree.text([blocks[begin - 1]])):
            begin -= 1
            if fold_words(tree.text([blocks[begin]])) in titles:
                break
        return begin

    def is_printed(self, block: Node, text: str) -> bool:
        """Whether a block is words that the form prints, or none."""
        return (_is_paragraph(block) or tree.kind(block) == "Header") and fold_words(text) in self.known

    def table(self, block: Node, found: re.Match[str]) -> None:
        """One of the two tables of a count: in its card, the key is on the right."""
        count = self.counts.setdefault(_identity(found), FormCount(*_identity(found)))
        known = self.dictionary.indicator(count.indicator)
        rows = _laid_out(block)
        if caption := " ".join(tree.text(tree.caption(block)).split()):
            self.note(count, caption)
        if KEY.search(rows[0][0].text):
            self.grid(count, rows, known)
        else:
            for row in rows:
                self.card(count, [cell.text for cell in row])

    def card(self, count: FormCount, texts: Sequence[str]) -> None:
        """One row of a card."""
        label, typed = texts[0], " ".join(filter(None, texts[1:]))
        name = answers.nearest_key(label, self.asked)
        if fold_words(label) not in self.asked or name in PRINTED:
            for text in texts:
                self.note(count, text)
        else:
            self.printed.append(label)
            count.answers[name] = " ".join(filter(None, [count.answers.get(name, ""), typed]))

    def grid(self, count: FormCount, rows: list[Row], known: Indicator | None) -> None:
        """The table of a count; its key makes room for nothing, since files of figures have it above."""
        self.note(count, rows[0][0].text)
        rows[0][0] = GridCell()
        count.heads = int(known is None or bool(known.dimensions))
        count.rows += rows[1:] if count.rows or not count.heads else rows

    def note(self, count: FormCount, text: str) -> None:
        """Words that the form prints, or else a note."""
        bare = " ".join(KEY.sub(" ", text).split())
        if bare != " ".join(text.split()):
            self.printed += [found[0] for found in KEY.finditer(text)]
        if not bare or fold_words(bare) in self.known:
            self.printed.append(bare)
        else:
            count.notes.append(bare)

    def finish(self) -> tuple[FormCount, ...]:
        """The counts that somebody filled in; who said nothing with one said it with the one before."""
        filled, before = [], dict[str, str]()
        for count in self.counts.values():
            if not count.is_filled:
                self.printed += [cell.text for row in count.rows for cell in row]
                continue
            count.answers = count.answers if any(count.answers.values()) else dict(before)
            before = count.answers
            known = self.dictionary.indicator(count.indicator)
            count.title = known.title("fr") if known else count.indicator
            filled.append(count)
        return tuple(filled)


def _identity(found: re.Match[str]) -> tuple[str, str]:
    return found["id"].lower(), found["version"]


def _is_paragraph(block: Node) -> bool:
    """Whether a block is words alone."""
    return tree.kind(block) in tree.PARAGRAPHS and not any(tree.find([block], "Image"))


def _laid_out(block: Node) -> list[Row]:
    """The rows of a table, each cell in its column, those that are merged marked."""
    places: dict[tuple[int, int], GridCell] = {}
    for at, row in enumerate(tree.table_of(block).rows()):
        column = 0
        for cell in row.cells:
            while (at, column) in places:
                column += 1
            reach = [(at + down, column + aside) for down in range(cell.row_span) for aside in range(cell.column_span)]
            odd = Odd.MERGED if len(reach) > 1 else None
            places |= dict.fromkeys(reach, GridCell("", odd)) | {reach[0]: GridCell(cell_text(cell.blocks), odd)}
    wide = max(column for _, column in places) + 1
    return [[places.get((at, column), GridCell()) for column in range(wide)] for at in range(max(places)[0] + 1)]
