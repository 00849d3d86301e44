"""A contribution put in its place: written, merged with what is there, joined to it, set aside or asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.intake import merge, versions
from rapport.intake.journal import ASIDE, CONFLICT, INBOX, NOTHING, TAKEN, WAITING, Journal, JournalEntry
from rapport.intake.plan import Plan
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, Notification
from rapport.intake.versions import Relation
from rapport.language.names import LOST_LETTER
from rapport.messages import intake
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage import encoding
from rapport.storage.cache import Cache, digest
from rapport.storage.transaction import savepoint, write_atomically

ABSENT = "missing-section"  # the question after a section that a file has nothing for
CONFLICTS = f"{INBOX}/conflits"

Ask = Callable[[str], str]
Print = Callable[[str], None]


class IntakeSession(Struct, frozen=True, dict=True):
    """What stays the same for all files of one intake; `ask` is None where nobody can answer.

    `placed_results` are the results that this intake has put in their places, by the digests of their files;
    `contested_paths` the places for which files wait that nothing places in time.
    `repeat` shows a line that is masked already.
    """

    root: Path
    plan: Plan
    choices: EditorChoices
    cache: Cache
    journal: Journal
    door: Outgoing
    language: str
    show: Print
    repeat: Print
    ask: Ask | None = None
    contested_paths: set[str] = field(default_factory=set)
    placed_results: dict[str, IntakeResult] = field(default_factory=dict)

    def say(self, name: str, /, **facts: object) -> str:
        """A sentence of the intake's messages in the editor's language."""
        return intake(name, self.language, **facts)

    @cached_property
    def ground(self) -> str:
        """A digest of all that any file is read against: the plan, what is masked, what was said, the language."""
        return digest(self.plan.ground, self.door.ground, repr(self.choices), self.language)

    def journal_path(self, arrived: IncomingFile) -> str:
        """The path of a file that arrived as the journal has it, where what could identify somebody is masked."""
        return self.door.file_name(arrived.path)

    def write_journal(self) -> None:
        """The journal as it is now, with which all that came of a file stands."""
        self.journal.write((self.say("journal-head"), self.say("journal-how")))
        savepoint()


class Placement(Struct, frozen=True):
    """What became of a contribution: the verdict, where it stands, the lines that changed.

    `former_digest` is the journal's word for what stood there: the digest of a kept text, or NOTHING. `rival` is the
    file that this one cannot be told from, where nothing says which of the two counts; `first_half` is what this intake
    made of the file that this one goes on with.
    """

    verdict: str
    path: str
    changed_lines: Sequence[str] = ()
    former_digest: str = ""
    rival: JournalEntry | None = None
    first_half: IntakeResult | None = None


def place_contribution(session: IntakeSession, result: IntakeResult, path: str) -> Placement:
    """The contribution written, or merged with the one there, or left waiting with its question."""
    there = existing_text(session.root / path)
    if path in session.contested_paths and not (session.choices.replace or session.choices.add):
        return _contested(session, result, path)
    if there is None or there == result.text:
        return _written(session, result, path, there, result.text)
    last = session.journal.last_accepted(path)
    base = session.journal.base(last) if last and LOST_LETTER not in there else None
    changed = merge.difference(there if base is None else base, result.text)
    if session.choices.add:
        return _added(session, result, path, there, base, "version-added")
    if last and base is not None:
        known = _relation(session, last, base, result)
        if known is Relation.HALVES and versions.has_other_sections(there, result.text):
            return _added(session, result, path, there, base, known.value)
        if known is not Relation.NEWER:
            return _set_aside(session, result, path, last, known, changed)
    if last:
        result.contribution.decisions.append(Notification("second-version", {"file": last.fichier}))
    if base is not None:
        return _with_replaced(session, last, result, _merged(session, result, path, there, base, changed))
    if versions.is_shipped_draft(session.root, path, there):
        result.contribution.decisions.append(Notification("draft-replaced", {"path": path}))
        return _written(session, result, path, there, result.text)  # what changed is nothing of theirs
    if not _replaces(session, result, path):
        result.contribution.questions.append(Notification("exists", {"path": path}))
        session.journal.save_base(result.file.digest, result.text)
        return Placement(WAITING, path, changed)
    return _written(session, result, path, there, result.text, changed)


def _with_replaced(
    session: IntakeSession, last: JournalEntry | None, result: IntakeResult, placed: Placement
) -> Placement:
    """The same, with the file of this intake that gives way to this one, whose receipts say so."""
    first = session.placed_results.get(last.empreinte) if last else None
    if not last or not first or placed.verdict != TAKEN or last.empreinte == result.file.digest:
        return placed
    facts = {"file": session.journal_path(result.file), "now": last.modifie[:10] or last.date or "?"}
    facts["before"] = versions.last_change(result.file)[:10] or result.file.date or "?"
    first.contribution.decisions.append(Notification(Relation.OLDER.value, facts))
    return replace(placed, first_half=first)


def _contested(session: IntakeSession, result: IntakeResult, path: str) -> Placement:
    """One more file for a place for which others wait already."""
    result.contribution.questions.append(Notification("which-of-two", {"path": path}))
    session.journal.save_base(result.file.digest, result.text)
    return Placement(WAITING, path)


def _relation(session: IntakeSession, last: JournalEntry, base: str, result: IntakeResult) -> Relation:
    if last.empreinte == result.file.digest or session.choices.replace:
        return Relation.NEWER
    return versions.relation(last, base, result.file, session.journal_path(result.file), result.text)


def _written(
    session: IntakeSession, result: IntakeResult, path: str, there: str | None, text: str,
    changed: Sequence[str] = (), made: str = "",
) -> Placement:  # fmt: skip
    """The text in place, what it was made of and what stood there kept; `made` is what this file gave, if not all."""
    before = session.journal.save_before(session.root / path)
    session.journal.save_base(result.file.digest, made or result.text)
    if text != there:
        write_atomically(session.root / path, text.encode())
    _write_companions(session.root, result)
    session.placed_results[result.file.digest] = result
    return Placement(TAKEN, path, changed, before)


def _added(
    session: IntakeSession, result: IntakeResult, path: str, there: str, base: str | None, told: str
) -> Placement:
    """The second text's passages after those of the first, section by section."""
    last = session.journal.last_accepted(path)
    result.contribution.decisions.append(Notification(told, {"file": last.fichier if last else path}))
    text = versions.join_texts(there, result.text)
    made = versions.join_texts(there if base is None else base, result.text)
    first = session.placed_results.get(last.empreinte) if last else None
    for one in filter(None, (result, first)):
        asked = one.contribution.questions
        asked[:] = [q for q in asked if not (q.name == ABSENT and q.facts["section"] in versions.filled_sections(text))]
    placed = _written(session, result, path, there, text, merge.difference(there, text), made)
    return replace(placed, first_half=first)


def _merged(
    session: IntakeSession, result: IntakeResult, path: str, there: str, base: str, changed: Sequence[str]
) -> Placement:
    """The new version with the editor's corrections; where both changed a paragraph, both for the editor to choose."""
    merged = merge.merge(base, there, result.text, path, result.file.name)
    if not merged.conflicts:
        return _written(session, result, path, there, merged.text, changed)
    conflict = f"{CONFLICTS}/{path.split('/')[1]}--{path.split('/')[2]}"
    write_atomically(session.root / conflict, merged.text.encode())
    session.journal.save_base(result.file.digest, result.text)
    _write_companions(session.root, result)
    return Placement(CONFLICT, conflict, changed, NOTHING)


def _set_aside(
    session: IntakeSession, result: IntakeResult, path: str, last: JournalEntry, known: Relation,
    changed: Sequence[str],
) -> Placement:  # fmt: skip
    """A second file that does not take the place of the first: not taken, or asked about."""
    facts = {"file": last.fichier, "before": last.modifie[:10] or last.date or "?"}
    facts |= {"now": versions.last_change(result.file)[:10] or result.file.date or "?", "path": path}
    if known not in (Relation.UNSURE, Relation.HALVES):
        result.contribution.decisions.append(Notification(known.value, facts))
        return Placement(ASIDE, path, changed)
    result.contribution.questions.append(Notification("which-version", facts))
    session.journal.save_base(result.file.digest, result.text)
    told_apart = not versions.has_no_order(last, result.file, session.journal_path(result.file))
    rival = last if last.empreinte in session.placed_results and not told_apart else None
    return Placement(WAITING, path, changed, rival=rival)


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
    said = session.ask(session.say("ask-replace", file=result.file.path, path=path))
    return said.strip().lower()[:1] in ("o", "y")


def _write_companions(root: Path, result: IntakeResult) -> None:
    """Images and new entries of sources.bib; what is there already stays, and what cannot be read of it as it is."""
    folder = root / "contributions" / result.contribution.association
    for name, content in result.images.items():
        if not (folder / name).exists():
            write_atomically(folder / name, content)
    if result.contribution.works:
        from rapport.bibliography.new_entries import append_entries

        bib = folder / "sources.bib"
        before = existing_text(bib) or ""
        if added := append_entries(before, result.contribution.works)[len(before) :]:
            write_atomically(bib, (bib.read_bytes() if LOST_LETTER in before else before.encode()) + added.encode())
