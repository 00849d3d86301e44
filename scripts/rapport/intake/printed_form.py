"""What a filled-in form printed itself, kept apart from what was typed: noted word by word as the file is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.forms import fields
from rapport.forms.fields import FIELDS
from rapport.forms.page import letterhead
from rapport.intake import form_wording, word_count
from rapport.intake.answers import Answers
from rapport.intake.blocks import cell_text
from rapport.intake.form_wording import FormTexts
from rapport.intake.states import Notification
from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES
from rapport.model import Node
from rapport.office.normal_document import Loss

FURNITURE = ("header", "footer")


class PrintedForm:
    """The form's own texts of each place, and `words`, those of them that the file has.

    `is_in_text` turns true at the first heading of a section: until then the card and what explains it are read.
    """

    def __init__(self, answers: Answers) -> None:
        self.front, self.under = FormTexts(form_wording.FRONT), FormTexts(form_wording.UNDER)
        self.cells, self.beside = FormTexts(form_wording.CELLS), FormTexts(form_wording.BESIDE)
        self.answers = answers
        self.words: list[str] = []
        self.is_in_text = False

    def take_out(self, blocks: Sequence[Node], nearly: bool = True) -> bool:
        """Whether the form printed this, which is then noted; told, where the words are not quite the same."""
        text = tree.text(list(blocks))
        if not text:
            return not self.is_in_text and not any(tree.find(list(blocks), "Image"))
        known = self.under if self.is_in_text else self.front
        if not known(text):
            if not nearly or not known.is_nearly_ours(text):
                return False
            self.answers.decisions.append(Notification("form-printed", {"text": text}))
        self.words.append(text)
        return True

    def note_around(self, text: str, typed: str) -> None:
        """Note what the form printed around what was typed; a word made of both counts as the form's."""
        start = text.find(typed)
        edges = (start, start + len(typed))
        glued = any(text[edge - 1 : edge + 1].isalnum() for edge in edges if 0 < edge < len(text))
        self.words.append(text if glued else text.replace(typed, "", 1) if typed else text)

    def note_cells(self, row: Sequence[Sequence[Node]]) -> None:
        """Keep the words of a row's cells."""
        self.words += [tree.text(list(cell)) for cell in row]

    def cell_text(self, cell: Sequence[Node]) -> str:
        """What was typed or chosen in a cell of a table: "" for its prompt, and for a box not ticked."""
        text = cell_text(cell)
        return "" if self.cells(text) or text in fields.UNTICKED else text

    def answer_in_row(self, cell: Sequence[Node], joint: str = " ") -> str:
        """What was put into a row of the card, without the prompt or the sentence beside a box."""
        text = cell_text(cell, joint)
        straight = text.replace("’", "'")  # as a program may have turned them
        at, words = next(
            ((at, w) for w in self.beside.words if (at := straight.find(w.replace("’", "'"))) >= 0), (0, "")
        )
        if words:
            text = f"{text[:at]}{text[at + len(words) :]}".strip()
        else:
            start, end = self.beside.typed_extent(text)
            text = text[start:end].strip()
        return "" if text in fields.UNTICKED else text

    def loss(self) -> Loss:
        """What of the file is not in the contribution because the form printed it."""
        words = word_count.words("\n".join(self.words))
        return Loss("form", len(words), " ".join(words))

    def furniture(self, loss: Loss) -> Loss:
        """What the reading of the file lost, called the form's own where it is."""
        heads = [fold_words(letterhead(self.answers.plan.outline, language)) for language in LANGUAGES]
        own = any(known(loss.text) for known in (self.front, self.under, self.cells))
        own = own or fold_words(loss.text) in heads or bool(re.fullmatch(r"Page \d+ (sur|of) \d+", loss.text))
        if loss.kind not in (*FURNITURE, "prompt") or not own:
            return loss
        kind = "furniture" if loss.kind in FURNITURE else "form"
        return replace(loss, kind=kind, count=len(word_count.words(loss.text)))

    def language(self) -> str:
        """The language of the form, by the words at the head of its rows."""
        printed = {fold_words(text) for text in self.words}
        return max(LANGUAGES, key=lambda code: sum(fold_words(fields.label(f.name, code)) in printed for f in FIELDS))
