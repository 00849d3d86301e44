"""Our own form, filled in: the card and the tables become the header and lists, the rest is read as any other text.

What a control is called survives Word alone, so every answer has more than one name: tag, title, the words of its row;
a heading its bookmark, then its words. What the form itself prints is told apart from what was typed by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rapport import tree
from rapport.forms import fields
from rapport.forms.fields import COLUMNS, FIELDS, TAG, TICKED, FormField
from rapport.intake import answers, confidential, form_wording, freeform, recommendations, word_count
from rapport.intake.blocks import cell_inlines, cell_text, without_divisions
from rapport.intake.form_wording import FormTexts
from rapport.intake.headings import section_of
from rapport.intake.inlines import drop, signs, split_lines, take, without_custom_styles
from rapport.intake.plan import Plan
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES
from rapport.model import Node, Section
from rapport.office.normal_document import Control, Loss

LONGEST = 14  # words of a heading
KEY = "clé"  # after the articles of a recommendation that the summary takes up
ENOUGH = 3  # rows, columns or headings of ours by which a table or a file is known
FURNITURE = ("header", "footer")

Row = list[list[Node]]
"""The cells of a row of a table, each its blocks."""


def read(document: SentDocument, plan: Plan, theme: str = "") -> ReceivedText | None:
    """The form as a contribution in the making; None when it is none of ours."""
    found = _Reading(document, plan)
    return found.result(theme) if found.is_form else None


class _Reading:
    def __init__(self, document: SentDocument, plan: Plan) -> None:
        self.document, self.plan = document, plan
        self.front, self.under = FormTexts(form_wording.FRONT), FormTexts(form_wording.UNDER)
        self.cells, self.beside = FormTexts(form_wording.CELLS), FormTexts(form_wording.BESIDE)
        self.answers = answers.Answers(plan)
        self.printed: list[str] = []  # the form's own words
        self.card: dict[str, str] = {}
        self.marks = 0  # recommendations that got the words of a mark from here
        self.started = False
        self.sections = tuple({s.id: s for one in plan.outline.themes for s in one.sections}.values())  # of all models
        names = {fields.bookmark(section.id): section.id for section in self.sections}
        self.marked = {
            fold_words(heading.text): names[mark]
            for heading in document.normal.headings
            for mark in heading.bookmarks
            if mark in names and heading.text.strip()
        }
        self.titles = {fold_words(t) for s in self.sections for t in (s.title, s.title_en) if t} | self.marked.keys()
        self.tags = {one.tag.removeprefix(TAG): one for one in document.normal.controls if one.tag.startswith(TAG)}
        self.blocks = [block for given in without_divisions(document.blocks) for block in self.block(given)]

    @property
    def is_form(self) -> bool:
        """Whether enough of the form is left to know it by."""
        return len(self.card) >= ENOUGH or len(self.tags) >= ENOUGH or len(self.marked) >= ENOUGH

    # ------------------------------------------------------------ the parts of the file, one by one

    def block(self, block: Node) -> list[Node]:
        """What is left of a block when the form's own words are taken out."""
        match tree.kind(block):
            case "Header":
                return self.heading(block)
            case "Para" | "Plain" if fold_words(tree.text(block)) in self.titles:  # a heading that lost its style
                return self.heading(tree.header(1, without_custom_styles(tree.inlines(block)), ""))
            case "Para" | "Plain":
                return self.paragraph(without_custom_styles(tree.inlines(block)))
            case "OrderedList" if not self.started:
                items = [item for item in tree.items(block) if not self.is_printed(item)]
                return [tree.with_items(block, items)] if items else []
            case "Table":
                return self.table(block)
        return [block]

    def heading(self, block: Node) -> list[Node]:
        text = tree.text(tree.inlines(block))
        section = self.marked.get(fold_words(text), "") or section_of(text, self.sections)[0]
        if not section:
            return [] if self.is_printed([block]) else [block]
        self.started = True
        if not self.marked.get(fold_words(text)):
            return [block]
        known = next(one for one in self.sections if one.id == section)
        return self.section(known, text, without_custom_styles(tree.inlines(block)))

    def section(self, known: Section, text: str, inlines: list[Node]) -> list[Node]:
        """The heading of a section under its own title, and what was typed in front of it or behind it on its line."""
        head = tree.header(1, tree.string(known.title), "")
        for title in filter(None, (known.title, known.title_en)):
            before = re.fullmatch(rf"(?P<typed>.*[.:;!?…»)]|(?:\S+\s+){{4,}}\S+)\s+{re.escape(title)}", text)
            after = re.match(rf"{re.escape(title)}(?:\W+|$)", text, re.IGNORECASE)
            if not before and not after:
                continue
            if title != known.title:
                self.answers.placed.append(title)
            if before:
                return [tree.para(take(inlines, before.end("typed"))), head]
            typed = drop(inlines, after.end()) if after else []
            return [head, tree.para(typed)] if tree.text(typed) else [head]
        if len(text.split()) > LONGEST:  # a paragraph typed over the heading
            return [head, tree.para(inlines)]
        self.answers.decisions.append(Notification("section-known", {"text": text, "section": known.title}))
        self.answers.placed.append(text)
        return [head]

    def paragraph(self, inlines: list[Node]) -> list[Node]:
        """A paragraph without the prompt that it was typed into; in a control, LibreOffice only breaks lines."""
        text = signs(inlines)
        start, end = self.under.typed_extent(text) if self.started else (0, len(text))
        if self.is_printed([tree.para(inlines)], nearly=end - start == len(text)):
            return []
        if not self.started:
            return [tree.para(inlines)]
        self.note_printed(text, text[start:end])
        return [tree.para(line) for line in split_lines(drop(take(inlines, end), start))]

    def note_printed(self, text: str, typed: str) -> None:
        """Note what the form printed around what was typed; a word made of both counts as the form's."""
        at = text.find(typed)
        glued = any(text[edge - 1 : edge + 1].isalnum() for edge in (at, at + len(typed)) if 0 < edge < len(text))
        self.printed.append(text if glued else text.replace(typed, "", 1) if typed else text)

    def is_printed(self, blocks: Sequence[Node], nearly: bool = True) -> bool:
        """Whether the form printed this, which is then noted; told, where the words are not quite the same."""
        text = tree.text(list(blocks))
        if not text:
            return not self.started and not any(tree.find(list(blocks), "Image"))
        known = self.under if self.started else self.front
        if not known(text):
            if not nearly or not known.nearly(text):
                return False
            self.answers.decisions.append(Notification("form-printed", {"text": text}))
        self.printed.append(text)
        return True

    # ------------------------------------------------------------ tables

    def table(self, block: Node) -> list[Node]:
        rows = recommendations.table_rows(block)
        heads = [fold_words(tree.text(cell)) for cell in rows[0]] if rows else []
        for kind in COLUMNS:
            known = fields.columns(kind)
            at = {known[head]: index for index, head in enumerate(heads) if head in known}
            if len(at) >= ENOUGH:
                self.printed += [tree.text(cell) for cell in rows[0]]
                caption = tree.text(tree.caption(block))
                if caption and not self.under(caption):
                    self.answers.left_over(caption, caption)
                if self.under(caption) and caption not in self.printed:  # else it is what is read aloud
                    self.printed.append(caption)
                filled = [row for row in rows[1:] if any(self.cell_text(cell) for cell in row)]
                self.printed += [tree.text(cell) for row in rows[1:] if row not in filled for cell in row]
                return GRIDS[kind](self, filled, at) if filled else []
        named = sum(bool(row) and self.field_of_row(row[0]) != "" for row in rows)
        if named >= ENOUGH or (named and self.card and not self.started):
            self.take_card(rows)
            return []
        return [block]

    def field_of_row(self, cell: Sequence[Node]) -> str:
        """The field that a row asks for."""
        return answers.nearest_key(tree.text(list(cell)), fields.labels())

    def take_card(self, rows: Sequence[Row]) -> None:
        for row in rows:
            name = self.field_of_row(row[0]) if row else ""
            texts = [self.answer_in_row(cell, "\n") for cell in row[1:]]
            label = tree.text(row[0]) if row else ""
            if name:
                self.printed.append(label)
                self.card[name] = "\n".join(filter(None, texts))
                for cell in row[1:]:
                    self.note_printed(cell_text(cell), self.answer_in_row(cell))
            elif self.cells(label) or all(self.front(tree.text(cell)) for cell in row):
                self.printed += [tree.text(cell) for cell in row]
            elif any(texts) or label:
                self.answers.left_over(label, " ".join([label, *texts]).strip())

    def answer_in_row(self, cell: Sequence[Node], joint: str = " ") -> str:
        """What was put into a row of the card, without the prompt or the sentence beside a box."""
        text = cell_text(cell, joint)
        words = next((one for one in self.beside.words if one in text), "")
        if words:
            text = text.replace(words, "", 1).strip()
        else:
            start, end = self.beside.typed_extent(text)
            text = text[start:end].strip()
        return "" if text in fields.UNTICKED else text

    def cell_text(self, cell: Sequence[Node]) -> str:
        """What was typed or chosen in a cell of a table: "" for its prompt, and for a box not ticked."""
        text = cell_text(cell)
        return "" if self.cells(text) or text in fields.UNTICKED else text

    def recommendations(self, rows: Sequence[Row], at: Mapping[str, int]) -> list[Node]:
        items = []
        for row in rows:
            cell = _cells(row, at)
            key = answers.is_ticked(self.cell_text(cell("cle")))
            typed = re.sub(r"\s*;\s*", " ; ", self.cell_text(cell("articles")))
            articles = " ; ".join(filter(None, [typed, KEY * key]))
            others = [
                block
                for index, blocks in enumerate(row)
                if index not in at.values()
                for block in without_divisions(blocks)
            ]
            demand = [*without_divisions(cell("demande")), *others]
            made = recommendations.item(tree.string(self.cell_text(cell("destinataire"))), articles, demand)
            items.append(self.audience(made, cell("portee")))
            self.printed += [self.cell_text(cell("cle"))] if not key or self.cell_text(cell("cle")) != TICKED else []
        return [tree.bullet_list(items)]

    def audience(self, item: list[Node], cell: Sequence[Node]) -> list[Node]:
        """A recommendation with the words that say that it is confidential, where that was chosen."""
        self.printed.append(tree.text(list(cell)))
        if not item or not confidential.is_confidential_cell(self.cell_text(cell)):
            return item
        self.marks += 1
        return [
            tree.with_inlines(item[0], [*tree.string(confidential.MARK), tree.space(), *tree.inlines(item[0])]),
            *item[1:],
        ]

    def consents(self, rows: Sequence[Row], at: Mapping[str, int]) -> list[Node]:
        for row in rows:
            cell = _cells(row, at)
            self.answers.record({field.name: self.cell_text(cell(field.name)) for field in COLUMNS["temoignages"]})
            self.printed += [tree.text(blocks) for blocks in row if not self.cell_text(blocks)]
        return []

    def sources(self, rows: Sequence[Row], at: Mapping[str, int]) -> list[Node]:
        items = []
        for row in rows:
            cell = _cells(row, at)
            inlines: list[Node] = []
            for field in COLUMNS["sources"]:
                if words := cell_inlines(cell(field.name)):
                    inlines += [tree.word(","), tree.space()] if inlines else []
                    inlines += [tree.styled_inlines("Emph", words)] if field.name == "titre" else words
            others = [
                block
                for index, blocks in enumerate(row)
                if index not in at.values()
                for block in without_divisions(blocks)
            ]
            items.append([tree.plain(inlines), *others])
        return [tree.bullet_list(items)]

    # ------------------------------------------------------------ the whole

    def answer(self, field: FormField) -> tuple[str, bool]:
        """What was put in for a field, and whether its box is ticked: by tag, by title, by the words of its row."""
        titles = [fold_words(fields.label(field.name, language)) for language in LANGUAGES]
        by_title = [one for one in self.document.normal.controls if fold_words(one.alias) in titles and one.value]
        control = self.tags.get(field.name) or next(iter(by_title), Control("", "", "text", ""))
        cell = self.card.get(field.name, "")
        start, end = self.beside.typed_extent(control.value)
        said = "" if self.cells(control.value) or control.kind == "checkbox" else control.value[start:end].strip()
        return cell if fold_words(said) in fold_words(cell) else said, control.checked

    def result(self, theme: str) -> ReceivedText:
        self.answers.language = self.language()
        for field in FIELDS:
            said, checked = self.answer(field)
            self.answers.take(field, said, checked)
        normal = replace(self.document.normal, text=tree.text(self.blocks), title="", headings=[])
        rest = replace(self.document, blocks=tuple(self.blocks), normal=normal)
        received = freeform.read(rest, self.plan, theme or self.answers.theme)
        for section, blocks in received.sections.items():
            received.sections[section] = _numbered_from_one(blocks, received)
        self.answers.into(received)
        for _ in range(self.marks):
            received.losses.remove(Loss("mark", 1, confidential.MARK))
        words = word_count.words("\n".join(self.printed))
        received.losses.append(Loss("form", len(words), " ".join(words)))
        given = self.document.normal.losses
        given[:] = [self.furniture(loss) for loss in given]
        return received

    def furniture(self, loss: Loss) -> Loss:
        """What the reading of the file lost, called the form's own where it is."""
        own = any(known(loss.text) for known in (self.front, self.under, self.cells)) or re.fullmatch(
            r"Page \d+ (sur|of) \d+", loss.text
        )
        if loss.kind not in (*FURNITURE, "prompt") or not own:
            return loss
        kind = "furniture" if loss.kind in FURNITURE else "form"
        return replace(loss, kind=kind, count=len(word_count.words(loss.text)))

    def language(self) -> str:
        """The language of the form, by the words at the head of its rows."""
        said = {fold_words(text) for text in self.printed}
        return max(LANGUAGES, key=lambda one: sum(fold_words(fields.label(f.name, one)) in said for f in FIELDS))


GRIDS: Mapping[str, Callable[[_Reading, Sequence[Row], Mapping[str, int]], list[Node]]] = {
    "recommandations": _Reading.recommendations,
    "temoignages": _Reading.consents,
    "sources": _Reading.sources,
}


def _numbered_from_one(blocks: list[Node], received: ReceivedText) -> list[Node]:
    """The first numbered list of a section begins at one: programs go on from the section before, each in its way."""
    at = next((at for at, block in enumerate(blocks) if tree.kind(block) == "OrderedList"), -1)
    if at < 0 or tree.numbering(blocks[at])[0] <= 1:
        return blocks
    received.count_repair("list-start")
    _, style, delimiter = tree.numbering(blocks[at])
    return [*blocks[:at], tree.ordered_list(tree.items(blocks[at]), 1, style, delimiter), *blocks[at + 1 :]]


def _cells(row: Row, at: Mapping[str, int]) -> Callable[[str], list[Node]]:
    return lambda name: row[at[name]] if name in at and at[name] < len(row) else []
