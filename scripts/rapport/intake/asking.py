"""Whose a file is and on what, as its folders say it, or as the editor answers at the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from rapport.intake.placing import IntakeSession
from rapport.intake.states import EditorChoices, IncomingFile, ReceivedText
from rapport.intake.waiting import WaitingFile
from rapport.language.copies import original_name
from rapport.language.names import identifier, nearest


def choices_of_folder(session: IntakeSession, arrived: IncomingFile) -> EditorChoices:
    """inbox/<association>/<thème>.docx says whose a file is as clearly as an option; so do <thème>/texte.docx and an
    archive or the subject of a message of that name, which say it where no folder does.
    """
    choices = session.choices
    folders = [identifier(name) for name in (*reversed(arrived.folder), *reversed(arrived.parcels))]
    whose = next((folder for folder in folders if folder in session.plan.associations), "")
    if not choices.association and whose:
        choices = replace(choices, association=whose)
        stem = identifier((original_name(arrived.name) or arrived.name).rpartition(".")[0])
        if not choices.theme and session.plan.theme(stem):
            choices = replace(choices, theme=stem)
    about = next((folder for folder in folders if session.plan.theme(folder)), "")
    return replace(choices, theme=about) if about and not choices.theme else choices


def told_by_folder(session: IntakeSession, arrived: IncomingFile) -> int:
    """How many of the two, whose a file is and on what, its folders say."""
    said = choices_of_folder(session, arrived)
    return bool(said.association) + bool(said.theme)


def ask_editor(session: IntakeSession, arrived: IncomingFile, known: ReceivedText | WaitingFile) -> EditorChoices:
    """What the editor answers at the terminal where it is not known; an empty answer leaves the file waiting."""
    choices = choices_of_folder(session, arrived)
    themes = [theme.id for theme in session.plan.outline.themes]
    association = known.association or answer(session, arrived, "association", list(session.plan.associations))
    return replace(choices, association=association, theme=known.theme or answer(session, arrived, "theme", themes))


def is_answer(answered: EditorChoices, known: ReceivedText | WaitingFile) -> bool:
    """Whether the editor said anything."""
    return (answered.association, answered.theme) != (known.association, known.theme)


def answer(session: IntakeSession, arrived: IncomingFile, what: str, known: Sequence[str]) -> str:
    """The identifier that the editor types, or the nearest; "" for none."""
    assert session.ask is not None
    said = session.ask(session.say(f"ask-{what}", file=arrived.path)).strip()
    return identifier(said) if identifier(said) in known else nearest(said, known) if said else ""
