"""The form of a workshop taken in: its file and drawings written, the journal, the receipt, the line on the screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

from rapport.intake.conversion import STOPPING
from rapport.intake.journal import ASIDE, NOTHING, TAKEN, WAITING, JournalEntry
from rapport.intake.placing import IntakeSession, existing_text
from rapport.intake.states import IncomingFile, SentDocument
from rapport.intake.workshop_form import Answers, WorkshopCard, read
from rapport.intake.workshop_receipt import WorkshopReceipt
from rapport.intake.workshop_text import TypedPiece, workshop_text
from rapport.language.folding import fold_words
from rapport.language.names import identifier
from rapport.messages import workshops
from rapport.model import Source
from rapport.project import images
from rapport.project.read import CONTRIBUTIONS, WORKSHOPS
from rapport.storage.transaction import write_atomically
from rapport.workshops.form_rows import OF_WORKSHOP
from rapport.workshops.quoted_words import trace, trace_of_drawing
from rapport.workshops.reading import read_workshop
from rapport.workshops.workshop import ChildPiece

LONGEST = 40  # letters of a file's name
JPEG = b"\xff\xd8"


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
        self.drawings: dict[str, bytes] = {}
        self.withdrawn: tuple[ChildPiece, ...] = ()
        self.refused: list[WorkshopCard] = []
        self.unread_pictures = 0

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
        self.withdrawn = _withdrawn(self.association, self.path, there or "")
        text = workshop_text(self.whole, list(self.pieces()), self.withdrawn)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        if there is not None and last and last.texte == digest:
            self.show("form-same")
            return self.entry(ASIDE)
        if there is not None and not choices.replace:
            self.show("form-exists")
            return self.entry(WAITING)
        before = journal.save_before(root / self.path) if there is not None else NOTHING
        write_atomically(root / self.path, text.encode())
        for name, content in self.drawings.items():
            write_atomically((root / self.path).with_name(name), content)
        self.tell(text)
        return self.entry(TAKEN, digest, before)

    def pieces(self) -> Iterator[TypedPiece]:
        """Words and drawings in the order of the form, each under a code of its own; never what a child withdrew."""
        taken = {one.code for one in self.withdrawn}
        spoken = (code for number in count(1) if (code := f"P-{number:02}") not in taken)
        drawn = (code for number in count(1) if (code := f"D-{number:02}") not in taken)
        gone = {one.consent.withdrawn_trace for one in self.withdrawn} - {""}
        cards, self.cards = self.cards, []
        for card in cards:
            refused = set[str]()
            if any(words := card.answers.get("mots", ())):
                if trace(words) in gone:
                    refused |= {"mots", "traduction"}
                else:
                    yield TypedPiece(next(spoken), card.answers)
            for address in card.pictures:
                clean, problem = images.clean(self.document.media.get(address, b""))
                if problem:
                    self.unread_pictures += 1
                elif trace_of_drawing(clean) in gone:
                    refused |= {"decrit", address}
                else:
                    code = next(drawn)
                    name = f"{self.name}-{code.lower()}.{'jpg' if clean.startswith(JPEG) else 'png'}"
                    self.drawings[name] = clean
                    yield TypedPiece(code, card.answers, name)
            if refused:
                self.refused.append(card.keep(refused))
            self.cards.append(card.remove(refused))

    def tell(self, text: str) -> None:
        """What was taken, on the screen and in the receipt."""
        receipt = WorkshopReceipt(
            self.session, self.arrived, self.data, self.path, text, self.whole, self.cards, self.drawings.keys(),
            self.unread_pictures, self.refused,
        )  # fmt: skip
        receipt.show()
        receipt.write()


def _withdrawn(association: str, path: str, text: str) -> tuple[ChildPiece, ...]:
    """The pieces that were withdrawn from the workshop as it stands: a form does not know of it."""
    workshop, _ = read_workshop(association, PurePosixPath(path).stem, Source(path, text, ""))
    return tuple(one for one in workshop.pieces if one.consent.withdrawn_on) if workshop else ()


def _is_filled(card: WorkshopCard) -> bool:
    return "mots" in card.answers and bool(any(card.answers["mots"]) or card.pictures)


def _association(session: IntakeSession, whole: Answers) -> str:
    typed = fold_words(" ".join(whole.get("association", ())))
    known = session.plan.associations.values()
    return next((one.id for one in known if typed in (fold_words(one.name), fold_words(one.acronym or one.name))), "")
