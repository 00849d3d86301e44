"""Our own form, filled in: the card and the tables become the header and lists, the rest is read as any other text.

What a control is called survives Word alone, so every answer has more than one name: tag, title, the words of its row;
a heading its bookmark, then its words. What the form itself prints is told apart from what was typed by its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.forms import fields
from rapport.forms.fields import FIELDS, FORMER, TAG, FormField
from rapport.intake import answers, confidential, freeform
from rapport.intake.blocks import without_divisions
from rapport.intake.form_tables import ENOUGH, FormTables
from rapport.intake.headings import section_of
from rapport.intake.inlines import drop, signs, split_lines, take, without_custom_styles
from rapport.intake.plan import Plan
from rapport.intake.printed_form import PrintedForm
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES
from rapport.model import Node, Section
from rapport.office.normal_document import Control, Loss, OfficeHeading

LONGEST = 14  # words of a heading


def read(document: SentDocument, plan: Plan, theme: str = "") -> ReceivedText | None:
    """The form as a contribution in the making; None when it is none of ours."""
    reading = _Reading(document, plan)
    return reading.received_text(theme) if reading.is_form else None


class _SectionHeadings:
    """The headings of sections that a form has, by bookmark or by title."""

    def __init__(self, plan: Plan, headings: Sequence[OfficeHeading]) -> None:
        sections = {s.id: s for theme in plan.outline.themes for s in theme.sections}  # of all models
        self.sections = tuple(sections.values())
        names = {fields.bookmark(section.id): section.id for section in self.sections}
        self.marked = {
            fold_words(heading.text): names[mark]
            for heading in headings
            for mark in heading.bookmarks
            if mark in names and heading.text.strip()
        }
        self.titles = {fold_words(t) for s in self.sections for t in (s.title, s.title_en) if t} | self.marked.keys()

    def marked_section(self, text: str) -> Section | None:
        """The section whose bookmark this heading has."""
        identifier = self.marked.get(fold_words(text))
        return next((section for section in self.sections if section.id == identifier), None)


class _Reading:
    """One form read, block by block."""

    def __init__(self, document: SentDocument, plan: Plan) -> None:
        self.document, self.plan = document, plan
        self.answers = answers.Answers(plan)
        self.printed = PrintedForm(self.answers)
        self.tables = FormTables(self.printed, self.answers)
        self.headings = _SectionHeadings(plan, document.normal.headings)
        controls = document.normal.controls
        self.tags = {control.tag.removeprefix(TAG): control for control in controls if control.tag.startswith(TAG)}
        self.blocks = [block for given in without_divisions(document.blocks) for block in self.block(given)]

    @property
    def is_form(self) -> bool:
        """Whether enough of the form is left to know it by."""
        return any(len(known) >= ENOUGH for known in (self.tables.card, self.tags, self.headings.marked))

    def block(self, block: Node) -> list[Node]:
        """What is left of a block when the form's own words are taken out."""
        match tree.kind(block):
            case "Header":
                return self.heading(block)
            case "Para" | "Plain" if fold_words(tree.text(block)) in self.headings.titles:  # it lost its style
                return self.heading(tree.header(1, without_custom_styles(tree.inlines(block)), ""))
            case "Para" | "Plain":
                return self.paragraph(without_custom_styles(tree.inlines(block)))
            case "OrderedList" if not self.printed.is_in_text:
                items = [item for item in tree.items(block) if not self.printed.take_out(item)]
                return [tree.with_items(block, items)] if items else []
            case "Table":
                return self.tables.table(block)
        return [block]

    def heading(self, block: Node) -> list[Node]:
        text = tree.text(tree.inlines(block))
        if not (self.headings.marked.get(fold_words(text)) or section_of(text, self.headings.sections)[0]):
            return [] if self.printed.take_out([block]) else [block]
        self.printed.is_in_text = True
        section = self.headings.marked_section(text)
        return self.section(section, text, without_custom_styles(tree.inlines(block))) if section else [block]

    def section(self, known: Section, text: str, inlines: list[Node]) -> list[Node]:
        """The heading of a section under its own title, and what was typed in front of it or behind it on its line."""
        head = tree.header(1, tree.string(known.title), "")
        for title in filter(None, (known.title, known.title_en)):
            before = re.fullmatch(rf"(?P<typed>.*[.:;!?…»)]|(?:\S+\s+){{4,}}\S+)\s+{re.escape(title)}", text)
            after = re.match(rf"{re.escape(title)}(?:\W+|$)", text, re.IGNORECASE)
            if not before and not after:
                continue
            if title != known.title:
                self.answers.placed_words.append(title)
            if before:
                return [tree.para(take(inlines, before.end("typed"))), head]
            typed = drop(inlines, after.end()) if after else []
            return [head, tree.para(typed)] if tree.text(typed) else [head]
        if len(text.split()) > LONGEST:  # a paragraph typed over the heading
            return [head, tree.para(inlines)]
        self.answers.decisions.append(Notification("section-known", {"text": text, "section": known.title}))
        self.answers.placed_words.append(text)
        return [head]

    def paragraph(self, inlines: list[Node]) -> list[Node]:
        """A paragraph without the prompt that it was typed into; in a control, LibreOffice only breaks lines."""
        text, in_text = signs(inlines), self.printed.is_in_text
        start, end = self.printed.under.typed_extent(text) if in_text else (0, len(text))
        if self.printed.take_out([tree.para(inlines)], nearly=end - start == len(text)):
            return []
        if not in_text:
            return [tree.para(inlines)]
        self.printed.note_around(text, text[start:end])
        return [tree.para(line) for line in split_lines(drop(take(inlines, end), start))]

    def answer(self, field: FormField) -> tuple[str, bool]:
        """What was put in for a field, and whether its box is ticked: by tag, by title, by the words of its row."""
        titles = [fold_words(fields.label(field.name, language)) for language in LANGUAGES]
        by_title = [one for one in self.document.normal.controls if fold_words(one.alias) in titles and one.value]
        control = self.tags.get(field.name) or next(iter(by_title), Control("", "", "text", ""))
        cell = self.tables.card.get(field.name, "")
        start, end = self.printed.beside.typed_extent(control.value)
        is_blank = self.printed.cells(control.value) or control.kind == "checkbox"
        words = "" if is_blank else control.value[start:end].strip()
        return cell if fold_words(words) in fold_words(cell) else words, control.is_checked

    def received_text(self, theme: str) -> ReceivedText:
        self.answers.language = self.printed.language()
        for field in (*FIELDS, *FORMER):
            words, checked = self.answer(field)
            self.answers.take(field, words, checked)
        text = tree.text(self.blocks)  # the form knows its own prompts
        normal = replace(self.document.normal, text=text, title="", headings=[], likely_prompts=[])
        rest = replace(self.document, blocks=tuple(self.blocks), normal=normal)
        received = freeform.read(rest, self.plan, theme or self.answers.theme)
        for section, blocks in received.sections.items():
            received.sections[section] = _numbered_from_one(blocks, received)
        self.answers.put_into(received)
        for _ in range(self.tables.marks):
            received.losses.remove(Loss("mark", 1, confidential.MARK))
        received.losses.append(self.printed.loss())
        losses = self.document.normal.losses
        losses[:] = [self.printed.furniture(loss) for loss in losses]
        return received


def _numbered_from_one(blocks: list[Node], received: ReceivedText) -> list[Node]:
    """The first numbered list of a section begins at one: programs go on from the section before, each in its way."""
    at = next((at for at, block in enumerate(blocks) if tree.kind(block) == "OrderedList"), -1)
    if at < 0 or tree.numbering(blocks[at])[0] <= 1:
        return blocks
    received.count_repair("list-start")
    _, style, delimiter = tree.numbering(blocks[at])
    return [*blocks[:at], tree.ordered_list(tree.items(blocks[at]), 1, style, delimiter), *blocks[at + 1 :]]
