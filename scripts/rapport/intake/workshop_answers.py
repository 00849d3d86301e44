"""The form of a workshop taken in: its file and drawings written, the journal, the receipt, the line on the screen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from msgspec.structs import replace

from rapport.intake.conversion import STOPPING
from rapport.intake.journal import ASIDE, NOTHING, TAKEN, WAITING, JournalEntry
from rapport.intake.placing import IntakeSession, existing_text
from rapport.intake.states import IncomingFile, SentDocument
from rapport.intake.workshop_form import Answers, WorkshopCard, read
from rapport.intake.workshop_pieces import FormReading
from rapport.intake.workshop_receipt import WorkshopReceipt
from rapport.intake.workshop_text import workshop_text
from rapport.language.folding import fold_words
from rapport.language.names import identifier
from rapport.messages import workshops
from rapport.model import Source
from rapport.project.read import CONTRIBUTIONS, WORKSHOPS
from rapport.storage.transaction import write_atomically
from rapport.workshops.form_rows import OF_WORKSHOP
from rapport.workshops.reading import read_workshop
from rapport.workshops.withdrawn_register import REGISTER, WithdrawnPiece, read_withdrawn
from rapport.workshops.workshop import Workshop

LONGEST = 40  # letters of a file's name


def place(session: IntakeSession, arrived: IncomingFile, document: SentDocument, data: bytes) -> JournalEntry:
    """The file of the workshop and its drawings written; what the journal says of it, whose file it was left out."""
    return _WorkshopIntake(session, arrived, document, data).place()


class _WorkshopIntake:
    """One form on its way into the project."""

    def __init__(self, session: IntakeSession, arrived: IncomingFile, document: SentDocument, data: bytes) -> None:
        self.session, self.arrived, self.document, self.data = session, arrived, document, data
        cards = read(document, data)
        self.whole = {name: lines for one in cards for name, lines in one.answers.items() if name in OF_WORKSHOP}
        self.cards = [one for one in cards if _is_filled(one)]
        self.association = session.choices.association or _association(session, self.whole)
        self.name = identifier(" ".join(self.whole.get("titre", ())) or "atelier")[:LONGEST].strip("-")
        self.path = f"{CONTRIBUTIONS}/{self.association}/{WORKSHOPS}/{self.name}.md"

    def say(self, name: str, **facts: object) -> str:
        return workshops(name, self.session.language, **facts)

    def show(self, name: str, **facts: object) -> None:
        self.session.show(self.say(name, file=self.arrived.path, path=self.path, **facts))

    def entry(self, verdict: str, text: str = "", before: str = "") -> JournalEntry:
        path = self.path if verdict == TAKEN else ""
        return JournalEntry(self.arrived.digest, "", verdict=verdict, resultat=path, texte=text, avant=before)

    def place(self) -> JournalEntry:
        """The workshop's file written, unless another stands there or something is to be asked first."""
        choices, journal, root = self.session.choices, self.session.journal, self.session.root
        asked = "form-waits" if not self.association else "form-empty" if not self.cards else ""
        if not asked and not choices.accept and any(one.kind in STOPPING for one in self.document.normal.findings):
            asked = "form-notices"
        if asked:
            self.show(asked)
            return self.entry(WAITING)
        there, last = existing_text(root / self.path), journal.last_accepted(self.path)
        digest = hashlib.sha256(
            workshop_text(self.whole, self.form.bare_pieces()).encode() + self.form.drawings_content
        ).hexdigest()[:12]
        if there is not None and last and last.texte == digest and not choices.replace:
            self.show("form-same")
            return self.entry(ASIDE)
        if there is not None and not choices.replace:
            self.show("form-exists")
            return self.entry(WAITING)
        former = self.former(there) if there is not None else None
        if there is not None and former is None:
            self.show("form-unread")
            return self.entry(WAITING)
        before = journal.save_before(root / self.path) if there is not None else NOTHING
        self.write(former)
        return self.entry(TAKEN, digest, before)

    @cached_property
    def form(self) -> FormReading:
        """The cards on their way."""
        return FormReading(self.document, self.cards, self.name, (self.session.root / self.path).parent)

    def former(self, text: str) -> Workshop | None:
        """The workshop that stands there; None where it cannot be read."""
        return read_workshop(self.association, self.name, Source(self.path, text, ""))[0]

    def write(self, former: Workshop | None) -> None:
        """The file and its drawings, with what was noted on the `former` one, and nothing that a child withdrew."""
        register = read_withdrawn(self.session.root)
        withdrawn = _withdrawn(register.pieces_of(self.path), former)
        of_file = [one for one in withdrawn if one not in register.pieces]
        standing = register.mark(self.session.root, former) if former else None
        gone = replace(register, pieces=(*register.pieces, *of_file))
        read = self.form.read(standing, gone, {one.code for one in withdrawn})
        if read.twins and register.pieces:
            stay = {f"{self.path} {code}": traces for code, traces in read.twins.items()}
            content = register.with_twins(stay, workshops("register-head", self.session.language).split("\n"))
            write_atomically(self.session.root / REGISTER, content)
        text = workshop_text(self.whole, read.pieces, withdrawn, former)
        place = self.session.root / self.path
        write_atomically(place, text.encode())
        for name, content in read.drawings.items():
            write_atomically(place.with_name(name), content)
        receipt = WorkshopReceipt(self.session, self.arrived, self.data, self.path, text, self.whole, read)
        receipt.show()
        receipt.write()


def _withdrawn(known: Sequence[WithdrawnPiece], former: Workshop | None) -> list[WithdrawnPiece]:
    """What was withdrawn from a workshop, by the register and by its file: a form does not know of it."""
    codes = {one.code for one in known}
    pieces = former.pieces if former else ()
    noted = [(one.code, one.consent) for one in pieces if one.consent.withdrawn_on and one.code not in codes]
    traces = [tuple(filter(None, (consent.withdrawn_trace,))) for _, consent in noted]
    of_file = zip(noted, traces, strict=True)
    return [
        *known,
        *(WithdrawnPiece("", code, consent.withdrawn_on, known_by) for (code, consent), known_by in of_file),
    ]


def _is_filled(card: WorkshopCard) -> bool:
    return "mots" in card.answers and bool(any(card.answers["mots"]) or card.pictures)


def _association(session: IntakeSession, whole: Answers) -> str:
    typed = fold_words(" ".join(whole.get("association", ())))
    known = session.plan.associations.values()
    return next((one.id for one in known if typed in (fold_words(one.name), fold_words(one.acronym or one.name))), "")
