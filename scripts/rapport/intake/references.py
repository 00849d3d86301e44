"""A bibliography that was sent (BibTeX, BibLaTeX, RIS): its entries put into the sources.bib of its association.

An entry whose key is there already, with other words, is left out and named: nothing is written over.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.intake.journal import TAKEN, WAITING
from rapport.intake.placing import IntakeSession, Placement, existing_text
from rapport.intake.received_documents import find_association
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, Notification, ReceivedText
from rapport.language.names import LOST_LETTER
from rapport.markdown import pandoc
from rapport.office.package import Unsafe
from rapport.project.read import OWN
from rapport.storage.encoding import decode, mend
from rapport.storage.transaction import write_atomically

OTHER_FORMATS = (".enw", ".nbib")  # of programs that write RIS as well
ENTRY = re.compile(r"^[ \t]*@(?!comment\b|preamble\b)(\w+)\s*[{(]\s*([^\s,{}()=]+)", re.MULTILINE | re.IGNORECASE)
NO_KEY = re.compile(r"^@\w+\{(?=,)", re.MULTILINE)


class Entries(Struct, frozen=True):
    """What a sources.bib becomes: its whole text, the keys added to it, and those that it has for other works."""

    text: str
    added_keys: tuple[str, ...]
    clashing_keys: tuple[str, ...]


def place_references(
    session: IntakeSession, arrived: IncomingFile, choices: EditorChoices
) -> tuple[IntakeResult, Placement]:
    """The entries in their association's sources.bib; waiting where nobody can tell whose they are."""
    try:
        given = as_biblatex(arrived.name, arrived.data)
    except Unsafe as error:
        return IntakeResult(arrived, problem=error.reason, detail=error.detail), Placement("", "")
    received = ReceivedText(association=choices.association or find_association(session, arrived))
    result = IntakeResult(arrived, received)
    if not received.association:
        received.questions.append(Notification("which-association"))
        return result, Placement(WAITING, "")
    path = f"contributions/{received.association}/{OWN}"
    place = session.root / path
    entries = with_entries(existing_text(place) or "", given)
    facts = {"path": path, "number": str(len(entries.added_keys)), "keys": ", ".join(entries.added_keys) or "—"}
    received.decisions.append(Notification("references-added", facts))
    if entries.clashing_keys:
        facts = {"path": path, "keys": ", ".join(entries.clashing_keys)}
        received.questions.append(Notification("references-clash", facts))
    before = session.journal.save_before(place)
    if entries.added_keys:
        _write(place, entries)
    return replace(result, text=entries.text), Placement(TAKEN, path, former_digest=before)


def as_biblatex(name: str, data: bytes) -> str:
    """The entries as BibLaTeX; raises `Unsafe` where they are in no format that we read."""
    if name.lower().endswith(OTHER_FORMATS):
        raise Unsafe("bibliography-format")
    text, _ = decode(data)
    if text is None:
        raise Unsafe("bibliography-format")
    text = mend(text)[0]
    if name.lower().endswith(".ris"):
        try:
            text = _of_ris(text)
        except pandoc.PandocError as error:
            raise Unsafe("unread", str(error).split("\n")[0]) from error
    if not ENTRY.search(text):
        raise Unsafe("bibliography-format")
    return text


def _of_ris(text: str) -> str:
    """RIS as BibLaTeX, titles in their own case, each entry with a key."""
    as_french = ["-M", "lang=fr-FR"]  # or titles are written in English capitals
    made = pandoc.run(["-f", "ris", "-t", "biblatex", "--sandbox", *as_french], text.encode()).decode()
    numbers = count(1)
    return NO_KEY.sub(lambda found: f"{found[0]}source-{next(numbers)}", made)


def with_entries(before: str, given: str) -> Entries:
    """A sources.bib with the entries of another file that it has not, as they were written."""
    known = _by_key(before)
    new = {key: entry for key, entry in _by_key(given).items() if key not in known}
    clashing = [k for k, entry in _by_key(given).items() if k in known and entry.split() != known[k].split()]
    clashing += [key for key, times in Counter(one[2] for one in ENTRY.finditer(given)).items() if times > 1]
    text = "\n".join(filter(None, [before, *(f"{entry.strip()}\n" for entry in new.values())]))
    return Entries(text, tuple(new), tuple(clashing))


def _by_key(text: str) -> dict[str, str]:
    """Every entry from its « @ » to the next one's, by its key, the first of two; an abbreviation is an entry too."""
    found = list(ENTRY.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    entries: dict[str, str] = {}
    for one, end in zip(found, ends, strict=False):
        entries.setdefault(one[2], text[one.start() : end])
    return entries


def _write(place: Path, entries: Entries) -> None:
    """The file in place; what cannot be read of it as it was, byte for byte."""
    before = existing_text(place) or ""
    kept = place.read_bytes() if LOST_LETTER in before else before.encode()
    write_atomically(place, kept + entries.text[len(before) :].encode())
