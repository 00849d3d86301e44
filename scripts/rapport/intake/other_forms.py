"""Forms that make no contribution, a workshop's and a translator's: which one a file is, its line in the journal."""

from __future__ import annotations

from msgspec.structs import replace

from rapport.intake import translation_answers, workshop_answers
from rapport.intake.document import open_document
from rapport.intake.placing import IntakeSession
from rapport.intake.states import IncomingFile
from rapport.intake.translation_form import is_translation_form
from rapport.intake.workshop_form import is_workshop_form
from rapport.office.package import Unsafe

FORMS = ((is_workshop_form, workshop_answers.place), (is_translation_form, translation_answers.place))


def take_in(session: IntakeSession, arrived: IncomingFile, data: bytes) -> bool:
    """Whether a file is one of these forms; then it is taken in, and the journal says so."""
    place = None if arrived.problem else next((place for is_one, place in FORMS if is_one(data)), None)
    if place is None:
        return False
    try:
        document = open_document(arrived.name, data)
    except Unsafe:
        return False
    entry = place(session, arrived, document, data)
    name, sender = session.door.file_name(arrived.path), session.door.sender(arrived.sender)
    session.journal.add(replace(entry, fichier=name, expediteur=sender, date=arrived.date))
    return True
