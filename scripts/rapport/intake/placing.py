"""A contribution put in its place: written, merged with what is there, joined to it, set aside or asked about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rapport.intake import merge, versions
from rapport.intake.journal import ASIDE, CONFLICT, INBOX, TAKEN, WAITING, Journal, JournalEntry
from rapport.intake.plan import Plan
from rapport.intake.states import EditorChoices, IntakeResult, Notification
from rapport.language.names import LOST_LETTER
from rapport.messages import intake
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage import encoding
from rapport.storage.cache import Cache, write_atomically

CONFLICTS = f"{INBOX}/conflits"

Ask = Callable[[str], str]
Print = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class IntakeSession:
    """What stays the same for all files of one intake; `ask` is None where nobody can answer."""

    root: Path
    plan: Plan
    choices: EditorChoices
    cache: Cache
    journal: Journal
    door: Outgoing
    language: str
    show: Print
    ask: Ask | None = None

    def say(self, name: str, /, **facts: object) -> str:
        return intake(name, self.language, **facts)


def place_contribution(session: IntakeSession, result: IntakeResult, path: str) -> tuple[str, str, list[str]]:
    """The contribution written, or merged with the one there: (verdict, where, what changed)."""
    place, digest = session.root / path, result.arrived.digest
    there = existing_text(place)
    text, changed = result.text, list[str]()
    if there is not None and there != result.text:
        last = session.journal.last_accepted(path)
        base = session.journal.base(last) if last and LOST_LETTER not in there else None
        changed = merge.difference(there if base is None else base, result.text)
        known = versions.Relation.NEWER
        if last and base is not None and last.empreinte != digest and not session.choices.replace:
            known = versions.relation(last, base, result.arrived, text)
        if known is versions.Relation.HALVES and versions.has_other_sections(there, text):
            text = versions.joined(there, text)
            result.received.decisions.append(Notification(known.value, {"file": last.fichier if last else ""}))
            session.journal.save_base(digest, versions.joined(base or "", result.text))
            write_atomically(place, text.encode())
            _write_companions(session.root, result)
            return TAKEN, path, changed
        if last and known is not versions.Relation.NEWER:
            return _set_aside(session, result, path, last, known), path, changed
        if last:
            result.received.decisions.append(Notification("second-version", {"file": last.fichier}))
        if base is None and versions.is_shipped_draft(session.root, path, there):
            result.received.decisions.append(Notification("draft-replaced", {"path": path}))
        elif base is None and not _replaces(session, result, path):
            result.received.questions.append(Notification("exists", {"path": path}))
            session.journal.save_base(digest, result.text)
            return WAITING, path, changed
        if base is None:
            session.journal.save_base(hashlib.sha256(there.encode()).hexdigest(), there)
        else:
            merged = merge.merge(base, there, result.text, path, result.arrived.name)
            text = merged.text
            if merged.conflicts:
                path = f"{CONFLICTS}/{path.split('/')[1]}--{path.split('/')[2]}"
                write_atomically(session.root / path, text.encode())
                session.journal.save_base(digest, result.text)
                _write_companions(session.root, result)
                return CONFLICT, path, changed
    session.journal.save_base(digest, result.text)
    if text != there:
        write_atomically(place, text.encode())
    _write_companions(session.root, result)
    return TAKEN, path, changed


def _set_aside(
    session: IntakeSession, result: IntakeResult, path: str, last: JournalEntry, known: versions.Relation
) -> str:
    """A second file that does not take the place of the first: not taken, or asked about; the verdict."""
    facts = {"file": last.fichier, "before": last.modifie[:10] or last.date or "?"}
    facts |= {"now": versions.stamp(result.arrived)[:10] or result.arrived.date or "?", "path": path}
    waits = known in (versions.Relation.UNSURE, versions.Relation.HALVES)
    if waits:
        result.received.questions.append(Notification("which-version", facts))
        session.journal.save_base(result.arrived.digest, result.text)
    else:
        result.received.decisions.append(Notification(known.value, facts))
    return WAITING if waits else ASIDE


def existing_text(place: Path) -> str | None:
    """The text that is there already, a lost letter for what cannot be read of it; None where there is none."""
    if not place.is_file():
        return None
    raw = place.read_bytes()
    text = encoding.read(raw)
    return raw.decode("utf-8", "replace") if text is None else text


def _replaces(session: IntakeSession, result: IntakeResult, path: str) -> bool:
    """Whether a text that did not come this way may give its place, which only the editor can say."""
    if session.choices.replace or not session.ask:
        return session.choices.replace
    return session.ask(session.say("ask-replace", file=result.arrived.path, path=path)).strip().lower()[:1] in (
        "o",
        "y",
    )


def _write_companions(root: Path, result: IntakeResult) -> None:
    """Images and new entries of sources.bib; what is there already stays, and what cannot be read of it as it is."""
    folder = root / "contributions" / result.received.association
    for name, content in result.images.items():
        if not (folder / name).exists():
            write_atomically(folder / name, content)
    if result.received.works:
        from rapport.intake.cited_works import appended

        bib = folder / "sources.bib"
        before = existing_text(bib) or ""
        if added := appended(before, result.received.works)[len(before) :]:
            write_atomically(bib, (bib.read_bytes() if LOST_LETTER in before else before.encode()) + added.encode())
