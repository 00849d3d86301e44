"""A file that is no contribution, or a link in a message, entered in the register of documents received."""

from __future__ import annotations

from msgspec.structs import replace

from rapport.documents.links import links
from rapport.documents.programs import program_in
from rapport.documents.properties import Properties, properties, title_of_file
from rapport.documents.register import NATURES, DocumentRegister, ReceivedDocument
from rapport.intake import attribution
from rapport.intake.placing import IntakeSession
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, SentDocument
from rapport.messages import documents
from rapport.office.normal_document import NormalDocument

LINK = "link"


def dangerous_part(arrived: IncomingFile, problem: str) -> str:
    """What of a document would run, "" for nothing, or for what is no document."""
    return program_in(arrived.name, arrived.data) if problem in NATURES else ""


def enter_document(session: IntakeSession, result: IntakeResult, choices: EditorChoices) -> ReceivedDocument:
    """The document in the register, and its file where it can be opened; raises `UnreadableRegister`.

    Its title and date are those that its text says, else those of its properties.
    """
    arrived, told = result.file, result.contribution.header
    said = Properties(str(told["titre"]), str(told["date"])) if told else properties(arrived.data)
    title = said.title or title_of_file(arrived.name)
    association = choices.association or find_association(session, arrived, title)
    about = choices.theme or _theme(session, arrived, title, association)
    masked = session.door.words(title) if said.title else session.door.file_name(title)
    one = ReceivedDocument(
        0, masked, NATURES[result.problem], association, about, said.date, arrived.date,
        envoi=session.door.file_name(arrived.path), empreinte=arrived.digest[:12],
    )  # fmt: skip
    return _entered(session, one, arrived.data)


def enter_links(session: IntakeSession, arrived: IncomingFile, choices: EditorChoices) -> list[ReceivedDocument]:
    """The links in the words of a message, each a document; raises `UnreadableRegister`."""
    entered = []
    for link in links(arrived.data.decode("utf-8", "replace")):
        found = IncomingFile(f"{arrived.path} › {link.address}", link.address.encode(), arrived.sender, arrived.date)
        association = choices.association or find_association(session, arrived, link.words)
        about = choices.theme or _theme(session, arrived, link.words, association)
        address = session.door.address(link.address)
        one = ReceivedDocument(
            0, session.door.words(link.words) or address, NATURES[LINK], association, about, "", arrived.date,
            envoi=session.door.file_name(arrived.path), adresse=address, empreinte=found.digest[:12],
        )  # fmt: skip
        entered.append(_entered(session, one, b""))
    return entered


def find_association(session: IntakeSession, arrived: IncomingFile, title: str = "") -> str:
    """The association, by folder, sender, name and title: the institutions in a document are those it speaks of."""
    return attribution.association(_outside(arrived), title, session.plan).answer


def _theme(session: IntakeSession, arrived: IncomingFile, title: str, association: str) -> str:
    return attribution.theme(_outside(arrived), title, association, session.plan).answer


def _outside(arrived: IncomingFile) -> SentDocument:
    """What is known of a file without its text."""
    known = SentDocument(arrived.name, "text", NormalDocument({}, ""), ())
    return replace(known, sender=arrived.sender, folder=arrived.folder, parcels=arrived.parcels)


def _entered(session: IntakeSession, one: ReceivedDocument, data: bytes) -> ReceivedDocument:
    register = DocumentRegister(session.root)
    numbered = register.add(one)
    register.keep(numbered, data)
    register.write((documents("head", session.language), documents("head-how", session.language)))
    return replace(numbered)
