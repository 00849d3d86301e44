"""One step of intake taken back: what stood in the place of a contribution stands there again; nothing is deleted.

The text that gives way is kept beside those of the files received, so that an editor's corrections in it are there.
"""

from __future__ import annotations

from msgspec.structs import replace

from rapport.intake.journal import (
    ASIDE,
    CONFLICT,
    FIGURES_KEPT,
    INBOX,
    NOTHING,
    REGISTERED,
    TAKEN,
    UNDONE,
    JournalEntry,
)
from rapport.intake.placing import IntakeSession
from rapport.storage.transaction import remove, write_atomically

STANDING = (TAKEN, CONFLICT, FIGURES_KEPT)
LAST = ("oui", "yes", "dernier", "last")  # UNDO=oui: whatever was taken in last


class NotUndone(Exception):
    """A step that cannot be taken back: `reason` is a sentence of messages/intake_*.py."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts


def undo(session: IntakeSession, said: str) -> None:
    """Take back what was made of a file, of all files in an archive or message, or the last step of a contribution."""
    steps = _steps(session, said)
    if not steps:
        raise NotUndone("undo-nothing", said=said)
    for entry in steps:
        kept = take_back(session, entry)
        session.journal.add(replace(entry, verdict=UNDONE))
        _reopen(session, entry)
        session.write_journal()
        session.show(session.say("undone", file=entry.fichier, path=entry.resultat))
        if kept:
            session.show(session.say("undone-kept", path=kept))
    session.show(session.say("undone-again", folder=INBOX))


def _reopen(session: IntakeSession, entry: JournalEntry) -> None:
    """The file of figures that were taken back, if it was no more than them, can be read anew."""
    file = session.journal.entries.get(entry.file_digest)
    if entry.verdict == FIGURES_KEPT and file and file.verdict in (REGISTERED, ASIDE):
        session.journal.add(replace(file, verdict=UNDONE))


def take_back_figures(session: IntakeSession, digest: str) -> None:
    """Take back the figures of a file."""
    for one in list(session.journal.entries.values()):
        if one.verdict == FIGURES_KEPT and one.file_digest == digest:
            take_back(session, one)
            session.journal.add(replace(one, verdict=UNDONE))


def take_back(session: IntakeSession, entry: JournalEntry) -> str:
    """What stood there before put back; says where the text that gave way is kept, "" where there was none."""
    later = session.journal.last_accepted(entry.resultat, entry.verdict)
    if entry.verdict in (TAKEN, FIGURES_KEPT) and later and later.empreinte != entry.empreinte:
        raise NotUndone("undo-later", file=entry.fichier, path=entry.resultat, later=later.fichier)
    place, old = session.root / entry.resultat, session.journal.before_path(entry.avant)
    if not entry.avant or (entry.avant != NOTHING and not old.is_file()):
        raise NotUndone("undo-unknown", file=entry.fichier, path=entry.resultat)
    gone = session.journal.save_before(place)
    if entry.avant == NOTHING:
        remove(place)
        if entry.verdict == CONFLICT and place.parent.is_dir() and not any(place.parent.iterdir()):
            place.parent.rmdir()
    else:
        write_atomically(place, old.read_bytes())
    return "" if gone == NOTHING else session.journal.before_path(gone).relative_to(session.root).as_posix()


def _steps(session: IntakeSession, said: str) -> list[JournalEntry]:
    """The entries meant, the last first."""
    done = [one for one in reversed(session.journal.entries.values()) if one.verdict in STANDING]
    on_it = done if said.lower() in LAST else [one for one in done if one.resultat == said.removeprefix("./")]
    if on_it and on_it[0].verdict == FIGURES_KEPT and on_it is not done:
        return on_it[:1]
    if on_it:
        return [one for one in done if one.file_digest == on_it[0].file_digest]
    name = session.door.file_name(said.removeprefix("./").removeprefix(f"{INBOX}/"))
    return [one for one in done if one.fichier == name or one.fichier.startswith(f"{name} › ")]
