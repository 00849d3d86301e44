"""contributions/inbox/journal.yaml: what arrived and what became of it; and the texts as they were first made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from rapport.storage import strict_yaml, yaml_out
from rapport.storage.machine_secret import make_secret, read_secret
from rapport.storage.transaction import write_atomically

if TYPE_CHECKING:
    from rapport.intake.states import IncomingFile

INBOX = "contributions/inbox"
JOURNAL = f"{INBOX}/journal.yaml"
RECEIVED_TEXTS = f"{INBOX}/recus"  # the Markdown first made of each file
TAKEN, WAITING, REFUSED, CONFLICT = "repris", "attente", "refuse", "conflit"
ASIDE, UNDONE = "ecarte", "annule"
REGISTERED = "document"  # in contributions/documents.yaml
FIGURES_KEPT = "chiffres"  # figures of a file, beside the entry of the file itself
NOTHING = "rien"  # what stood in the place of a contribution before it


class JournalEntry(Struct, frozen=True):
    """One file that arrived: its digest, its place in the inbox, who sent it and when, and what came of it."""

    empreinte: str
    fichier: str
    expediteur: str = ""
    date: str = ""
    verdict: str = ""
    resultat: str = ""
    texte: str = ""  # the digest of the Markdown made
    modifie: str = ""  # when the file itself says that it was last changed
    main: str = ""  # a digest of the name of whoever changed it last
    avant: str = ""  # the digest of the text that stood in its place before; NOTHING for none

    @property
    def is_final(self) -> bool:
        """Whether the same file again would give the same."""
        return self.verdict in (TAKEN, ASIDE, UNDONE, REGISTERED, FIGURES_KEPT)

    @property
    def file_digest(self) -> str:
        """The digest of the file that it came in: the same for a text and the figures of one form."""
        return self.empreinte.partition("-")[0]


NAMES = JournalEntry.__struct_fields__


def _waiting_name(entry: JournalEntry) -> str:
    """The name of a file that waits for an answer, "" for all others, which stand in the order of events."""
    return entry.fichier if entry.verdict in (WAITING, REFUSED) else ""


@cache
def _record(entry: JournalEntry) -> list[str]:
    """The lines of an entry: of five hundred, one changes from one writing to the next."""
    from rapport.intake.markdown import scalar  # late: every build reads the journal, for the desk

    values = ((name, getattr(entry, name)) for name in NAMES)
    return yaml_out.record((name, scalar(value)) for name, value in values if value)


class Journal:
    """The journal as read, to be added to and written back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.entries: dict[str, JournalEntry] = {}
        self.head = ""
        path = root / JOURNAL
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        top, found = strict_yaml.read(text, JOURNAL)
        if found:
            raise ValueError(JOURNAL)
        for item in top["recus"].value if "recus" in top else ():
            values = {name: str(value.value) for name, value in item.value.items() if name in NAMES}
            self.add(JournalEntry(**{"empreinte": "", "fichier": "", **values}))

    def add(self, entry: JournalEntry) -> None:
        """The entry after all others, also where one of the same file was there: they stand in the order of events."""
        self.entries.pop(entry.empreinte, None)
        self.entries[entry.empreinte] = entry

    @property
    def registered_count(self) -> int:
        """How many files and links are documents received."""
        return sum(entry.verdict == REGISTERED for entry in self.entries.values())

    def last_accepted(self, path: str, verdict: str = TAKEN) -> JournalEntry | None:
        """The last file that became this contribution, or these figures."""
        made = [entry for entry in self.entries.values() if entry.resultat == path and entry.verdict == verdict]
        return made[-1] if made else None

    def with_secret(self, found: Iterable[IncomingFile], is_new: bool = False) -> list[IncomingFile]:
        """Files as the journal knows them: a table by what only this computer can compute, from a secret that is made
        the first time where there `is_new`.
        """
        files = list(found)
        make = is_new and any(one.is_table for one in files)
        secret = make_secret(self.root) if make else read_secret(self.root)
        return [replace(one, secret=secret) if one.is_table else one for one in files]

    def base(self, entry: JournalEntry) -> str | None:
        """The Markdown first made of a file; None where it is gone."""
        path = self._made(entry.empreinte)
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def save_base(self, digest: str, text: str) -> None:
        """Keep the text as it was made of the file with this digest, for a later merge."""
        write_atomically(self._made(digest), text.encode())

    def save_before(self, place: Path, name: str = "") -> str:
        """The bytes that stand in a place kept: the name they are kept under (their digest), or NOTHING."""
        if not place.is_file():
            return NOTHING
        content = place.read_bytes()
        digest = name or hashlib.sha256(content).hexdigest()[:12]
        write_atomically(self.before_path(digest), content)
        return digest

    def before_path(self, digest: str) -> Path:
        """Where a text that gave way is kept."""
        return self.root / RECEIVED_TEXTS / f"avant-{digest}.md"

    def figures_path(self, entry: JournalEntry) -> Path:
        """Where figures are kept as they came."""
        return self.root / RECEIVED_TEXTS / f"chiffres-{hashlib.sha256(entry.empreinte.encode()).hexdigest()[:12]}"

    def _made(self, digest: str) -> Path:
        return self.root / RECEIVED_TEXTS / f"{digest[:12]}.md"

    def write(self, remarks: Iterable[str]) -> None:
        """The journal in place, its remarks above; what waits last, by name: to be asked again is no event."""
        entries = sorted(self.entries.values(), key=_waiting_name)
        lines = [*yaml_out.comments(remarks), *yaml_out.record_list("recus", map(_record, entries))]
        write_atomically(self.root / JOURNAL, ("\n".join(lines) + "\n").encode())
