"""What is told of a workshop's form that was taken in: on the screen, and in a letter to whoever sent it.

That every word was taken is said after the file written was read again and laid against an independent count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from rapport.intake.placing import IntakeSession
from rapport.intake.reporting import RECEIPTS
from rapport.intake.states import IncomingFile
from rapport.intake.workshop_form import Answers
from rapport.intake.workshop_pieces import FormPieces
from rapport.intake.workshop_text import CONSENT
from rapport.inventory.reading import inventory
from rapport.inventory.states import Inventory, words
from rapport.language.names import consonant_stamp, identifier, with_unbroken_spaces
from rapport.messages import LANGUAGES, form, workshops
from rapport.model import Source
from rapport.office.plain_page import PageLine
from rapport.workshops.form_rows import CODED, OF_PIECE, OF_WORKSHOP, PIECES, label, row_key, rows_by_key
from rapport.workshops.reading import read_workshop

HOW = tuple(f"form-how-{number}" for number in range(1, 6))
PRINTED = ("form-title", "form-subtitle", "form-for", "form-piece", "form-leave", *HOW)
OF_FORM = ("how-title", "card-title", "card-summary", "card-ask", "card-answer", "page", "of")


class WorkshopAccount(Struct, dict=True):
    """The form, what was made of it, and what both say of each other: `text` is the file at `path`, read again."""

    session: IntakeSession
    file: IncomingFile
    data: bytes
    path: str
    text: str
    whole: Answers
    read: FormPieces

    def say(self, name: str, **facts: object) -> str:
        """A sentence of the workshops' messages in the editor's language."""
        return workshops(name, self.session.language, **facts)

    @cached_property
    def form_inventory(self) -> Inventory | None:
        """The form by the independent count; None for a format that it does not know."""
        return inventory(self.file.name, self.data)

    @cached_property
    def is_proved(self) -> bool:
        """Whether each text of the file is, word for word, one cell of the form, and none is missing."""
        path = PurePosixPath(self.path)
        workshop, _ = read_workshop(path.parts[1], path.stem, Source(self.path, self.text, ""))
        if workshop is None or self.form_inventory is None:
            return False
        cells = Counter(tuple(words(cell)) for table in self.form_inventory.tables for cell in table)
        texts = [lines for one in workshop.pieces for lines in (one.words, *one.translations.values()) if lines]
        kept = Counter(tuple(words("\n".join(lines))) for lines in texts)
        kept -= Counter(tuple(words("\n".join(lines))) for lines in self.read.kept_translations)
        wanted = sum(any(one.answers.get(name, ())) for one in self.read.cards for name in ("mots", "traduction"))
        return kept <= cells and kept.total() == wanted

    @cached_property
    def facts(self) -> dict[str, int]:
        """How many pieces have words, and how many are drawings."""
        spoken = sum(any(card.answers.get("mots", ())) for card in self.read.cards)
        return {"number": spoken, "drawings": self.drawings}

    @cached_property
    def notices(self) -> list[str]:
        """What of the form is not in the file: words, pictures; and answers that are wanted."""
        return [*self._lost(), *self._noted(), *self._missing()]

    @property
    def drawings(self) -> int:
        """How many drawings the file has."""
        return sum(bool(one.picture) for one in self.read.pieces)

    def _noted(self) -> Iterator[str]:
        """What of the file that stood there is no longer so."""
        read = self.read
        for name, codes in (
            ("gone", read.missing_codes), ("narrower", read.narrower_codes), ("anew", read.changed_codes)
        ):  # fmt: skip
            if codes:
                yield self.say(f"told-{name}", pieces=", ".join(codes))

    def _lost(self) -> Iterator[str]:
        if self.form_inventory is None:
            yield self.say("told-uncounted")
        elif beside := self._lines_beside(self.form_inventory):
            yield self.say("told-beside", words=" / ".join(beside))
        shown = len(self.form_inventory.pictures) if self.form_inventory else 0
        if self.read.refused:
            yield self.say("told-withdrawn", number=len(self.read.refused))
        shown -= sum(len(card.pictures) for card in self.read.refused)
        if left := max(self.read.unread_pictures, shown - self.drawings):
            yield self.say("told-pictures", number=left)

    def _missing(self) -> Iterator[str]:
        for at, card in enumerate(self.read.cards):
            wanted = [*(("decrit",) if card.pictures else ()), *CONSENT]
            wanted = [name for name in wanted if name not in self.read.known_rows.get(at, ())]
            missing = [label(name, self.session.language) for name in wanted if not any(card.answers.get(name, ()))]
            if missing:
                yield self.say("told-missing", number=at + 1, rows=" ; ".join(missing))

    def _lines_beside(self, received: Inventory) -> list[str]:
        """Lines of the form with words that are neither in the workshop's file nor the form's own."""
        left = Counter(words(received.text))
        left.subtract(words(self.text))
        for answers in (self.whole, *(card.answers for card in self.read.cards)):
            left.subtract(word for name in CODED for line in answers.get(name, ()) for word in words(line))
        own, taken = _own_words(self.session), {tuple(words(line)) for line in self.text.split("\n")}
        lines = [" ".join(line.split()) for line in received.text.split("\n")]
        withdrawn = (line for card in self.read.refused for said in card.answers.values() for line in said)
        for line in (*withdrawn, *(line for line in lines if row_key(line) in rows_by_key())):
            left.subtract(words(line))
            taken.add(tuple(words(line)))
        lines = [line for line in lines if tuple(words(line)) not in taken]
        return [line for line in lines if any(left[word] > 0 and word not in own for word in words(line))]


class WorkshopReceipt(WorkshopAccount):
    """What the account says, on the screen and as a letter to the association."""

    def show(self) -> None:
        """The lines on the screen."""
        taken = "form-taken" if self.is_proved else "form-taken-unproved"
        self.session.show(self.say(taken, file=self.file.path, path=self.path, **self.facts))
        for one in self.notices:
            self.session.show(f"  {one}")
        self.session.show(self.say("form-next", path=self.path))

    def write(self) -> None:
        """The letter of the collective."""
        session = self.session
        lines = list(self._letter())
        if session.language == "fr":
            lines = [replace(line, text=with_unbroken_spaces(line.text)) for line in lines]
        name = identifier(session.door.file_name(self.file.path.replace(" › ", " ")))[:60] or "atelier"
        stem = f"{RECEIPTS}/{name}-{consonant_stamp(self.file.digest)}"
        session.door.write_page(session.root, stem, lines, self.file.date or session.plan.outline.identity.date)

    def _letter(self) -> Iterator[PageLine]:
        identity = self.session.plan.outline.identity
        yield from (PageLine("sender", one) for one in (identity.collective, *identity.contact))
        yield PageLine("subject", self.say("receipt-subject"))
        yield PageLine("para", self.say("receipt-hello"))
        yield PageLine("para", self.say("receipt-thanks", title=" ".join(self.whole.get("titre", ()))))
        yield PageLine("item", self.say("receipt-taken" if self.is_proved else "receipt-taken-unproved", **self.facts))
        if self.notices:
            yield PageLine("heading", self.say("receipt-told"))
            yield from (PageLine("item", one) for one in self.notices)
        yield PageLine("para", self.say("receipt-after"))
        yield PageLine("signature", self.say("receipt-signature"))


def _own_words(session: IntakeSession) -> set[str]:
    """The words of the form's own sentences, in either language, and of what it takes from the project."""
    texts = [text for one in session.plan.associations.values() for text in (one.id, one.name)]
    identity = session.plan.outline.identity
    texts += [identity.collective, identity.english.get("collective", ""), *identity.contact]
    for language in LANGUAGES:
        texts += [workshops(name, language, association="", number="") for name in PRINTED]
        texts += [label(name, language) for name in (*OF_WORKSHOP, *OF_PIECE)]
        texts += [form(name, language) for name in OF_FORM]
    return {word for text in texts for word in words(text)} | {str(number) for number in range(1, PIECES + 1)}
