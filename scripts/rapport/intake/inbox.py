"""intake: every file of the inbox made into a contribution, a question or a refusal, with a receipt each.

What an editor corrected is never overwritten: a later version is merged with it, and where both changed the same
paragraph the two are laid side by side in `contributions/inbox/conflits/`, for the editor to choose.
"""

from __future__ import annotations

import errno
import hashlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from rapport.documents.register import DOCUMENTS, NATURES
from rapport.intake import asking, editor_receipt, other_forms, receipt, repetition, reporting, undo, versions, waiting
from rapport.intake.conflicts import resolve_conflicts
from rapport.intake.conversion import convert_file, covering_note
from rapport.intake.document import NO_TEXTS
from rapport.intake.figure_answers import figure_sheets, figures_result, figures_told, kept_files, with_figures_kept
from rapport.intake.journal import (
    ASIDE,
    CONFLICT,
    INBOX,
    REFUSED,
    REGISTERED,
    TAKEN,
    UNDONE,
    WAITING,
    Journal,
    JournalEntry,
)
from rapport.intake.old_formats import old_formats_converted
from rapport.intake.placing import CONFLICTS, IntakeSession, Placement, place_contribution
from rapport.intake.proof import account_for
from rapport.intake.received_documents import dangerous_part, enter_document, enter_links, find_association
from rapport.intake.references import place_references
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, Notification, ReceivedText
from rapport.intake.unpack import incoming_files
from rapport.language.names import consonant_stamp
from rapport.project.read import OWN
from rapport.storage.transaction import write_atomically

BIBLIOGRAPHY = "bibliography"  # why a file is no text
PART = " › "  # between a file and what lies in it
OF_A_TEXT = 2  # sections by which the words of a message that brings files are a text too

Progress = Callable[..., None]
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)  # no fault of the file that is read


class AmbiguousTheme(Exception):
    """One theme was said for several files."""


def process_inbox(session: IntakeSession, files: Sequence[Path], progress: Progress) -> bool:
    """Take in what waits; says whether nothing is left to settle."""
    (session.root / INBOX).mkdir(parents=True, exist_ok=True)
    unread = {} if files else repetition.contents(session.root)
    resolve_conflicts(session)
    arrived = session.journal.with_secret(_arrived(session.root, files), is_new=True)
    if sum(_may_be_text(one) for one in arrived) > 1 and session.choices.theme:
        raise AmbiguousTheme
    again = {one.digest for one in arrived if files and _is_wanted_again(session, one)}
    new = [one for one in arrived if one.digest in again or not _is_settled(session.journal, one)]
    fresh, twins = versions.without_twins(versions.by_last_change(new), lambda one: asking.told_by_folder(session, one))
    for path, first in twins:
        session.show(_twin(session, path, first))
    before = session.journal.registered_count
    kept = waiting.WaitingFiles(session)
    known = {} if files else kept.recall(fresh)
    session.contested_paths.update(told.path for told in known.values() if told.is_contested)
    reading = old_formats_converted(session.cache, [one for one in fresh if one.digest not in known])
    for at, one in enumerate(fresh):
        progress("intake", number=at + 1, of=len(fresh), name=one.name)
        told = known.get(one.digest)
        if told and not _process_again(session, kept, one, told):
            continue
        if not told:
            _process_file(session, kept, *next(reading))
        # After each file: whoever stops us here finds what was taken in, and may correct it before going on.
        session.write_journal()
    for line in _summary(session, arrived, fresh, session.journal.registered_count - before):
        session.show(line)
    if not files:  # every file that waits was asked for
        kept.sweep()
        _remember(session, kept, unread, arrived, fresh, twins)
    return all(session.journal.entries[one.digest].is_final for one in fresh)


def _arrived(root: Path, named: Sequence[Path]) -> Iterator[IncomingFile]:
    """What lies in the inbox, or what was named: « envoi.zip › texte.docx » is one part of a file."""
    if not named:
        yield from incoming_files(root)
    for path in named:
        outer, _, part = str(path).partition(PART)
        for one in incoming_files(root, [_in_inbox(root, Path(outer))]):
            if not part or f"{one.path}{PART}".partition(PART)[2].startswith(f"{part}{PART}"):
                yield one


def _may_be_text(one: IncomingFile) -> bool:
    return not one.is_message_text and one.name.rpartition(".")[2].lower() not in NO_TEXTS


def _summary(
    session: IntakeSession, arrived: Sequence[IncomingFile], fresh: Sequence[IncomingFile], registered: int
) -> Iterator[str]:
    """What became of all files, and what to type now."""
    if not arrived:
        yield session.say("no-inbox", folder=INBOX)
    elif not fresh:
        yield session.say("nothing", folder=INBOX)
    else:
        counts = Counter(session.journal.entries[one.digest].verdict for one in fresh)
        facts = {name: counts[verdict] for verdict, name in ((TAKEN, "taken"), (REFUSED, "refused"))}
        still = counts[WAITING] + counts[CONFLICT]
        yield session.say("summary", **facts, waiting=still, known=len(arrived) - len(fresh))
        yield from kept_files(session, fresh)
        if registered:
            yield session.say("documents", number=registered)
        yield session.say("receipts", folder=reporting.RECEIPTS)
        if still or counts[TAKEN]:
            yield session.say("now-settle" if still else "now-build")


def _remember(
    session: IntakeSession, kept: waiting.WaitingFiles, before: dict[str, str], arrived: Sequence[IncomingFile],
    fresh: Sequence[IncomingFile], twins: Iterable[tuple[str, str]],
) -> None:  # fmt: skip
    """Keep what the next intake will say, where nothing changes and each file that waits is asked about once more."""
    still = [one for one in fresh if not _is_settled(session.journal, one)]
    if session.choices != EditorChoices() or not all(one.digest in kept.told_files for one in still):
        return
    places = {one.path for one in still}
    again = [_twin(session, *twin) for twin in twins if twin[1] in places]
    said = repetition.make_repetition(
        map(session.door.words, again), [kept.told_files[one.digest] for one in still],
        [session.door.words(line) for line in _summary(session, arrived, still, 0)],
    )  # fmt: skip
    repetition.remember(session.root, session.cache, session.language, before, said)


def _twin(session: IntakeSession, path: str, first: str) -> str:
    return session.say("same-file", file=path, other=first)


def nothing_new(root: Path, journal: Journal) -> bool:
    """Whether everything in the inbox has been taken in, and no conflict waits: then the project need not be read."""
    return (
        bool(journal.entries)
        and not (root / CONFLICTS).exists()
        and all(_is_settled(journal, o) for o in journal.with_secret(incoming_files(root)))
    )


def _is_settled(journal: Journal, one: IncomingFile) -> bool:
    entry = journal.entries.get(one.digest)
    there = entry is not None and entry.verdict == CONFLICT and (journal.root / entry.resultat).exists()
    return entry is not None and (entry.is_final or there)


def _is_wanted_again(session: IntakeSession, one: IncomingFile) -> bool:
    """Whether a file that was named is read anew although it is known: with a new answer, or after a step back."""
    choices, entry = session.choices, session.journal.entries.get(one.digest)
    again = (UNDONE, REGISTERED) if choices.is_text else (UNDONE,)
    return choices.citations or choices.replace or choices.add or (entry is not None and entry.verdict in again)


def _in_inbox(root: Path, path: Path) -> Path:
    """A file named on the command line, kept in the inbox like the others, under a name of its own."""
    inbox = (root / INBOX).resolve()
    if path.resolve().is_relative_to(inbox):
        return root / INBOX / path.resolve().relative_to(inbox)
    content = path.read_bytes()
    place = root / INBOX / path.name
    if place.exists() and place.read_bytes() != content:
        place = place.with_name(f"{place.stem}-{consonant_stamp(hashlib.sha256(content).hexdigest())}{place.suffix}")
    if not place.exists():
        write_atomically(place, content)
    return place


def _process_file(
    session: IntakeSession, kept: waiting.WaitingFiles, arrived: IncomingFile, converted: bytes | None
) -> None:
    """One file taken in, its receipt written."""
    if other_forms.take_in(session, arrived, converted or arrived.data):
        return
    choices = asking.choices_of_folder(session, arrived)
    result = _convert(session, arrived, choices, converted)
    if session.ask and waiting.is_asked(result):
        answered = asking.ask_editor(session, arrived, result.contribution)
        if asking.is_answer(answered, result.contribution):
            _settle(session, kept, _convert(session, arrived, answered, converted))
            kept.told_files.pop(arrived.digest, None)
            return
    if told := _settle(session, kept, result):
        kept.keep(arrived, told)


def _process_again(
    session: IntakeSession, kept: waiting.WaitingFiles, arrived: IncomingFile, told: waiting.WaitingFile
) -> bool:
    """A file that waits since an earlier intake: read only where the editor now says whose it is, or may let it in.

    Says whether it was.
    """
    if session.ask and told.path:
        _process_file(session, kept, *next(old_formats_converted(session.cache, [arrived])))
        return True
    if session.ask and told.is_asked:
        answered = asking.ask_editor(session, arrived, told)
        if asking.is_answer(answered, told):
            readable, converted = next(old_formats_converted(session.cache, [arrived]))
            _settle(session, kept, _convert(session, readable, answered, converted))
            kept.told_files.pop(arrived.digest, None)
            return True
    for line in told.lines:
        session.repeat(line)
    return False


def _settle(session: IntakeSession, kept: waiting.WaitingFiles, result: IntakeResult) -> waiting.WaitingFile | None:
    """What a file was read as, in its place; what was told of it, if it waits."""
    arrived = result.file
    if result.problem == BIBLIOGRAPHY:
        return _conclude(session, *place_references(session, arrived, asking.choices_of_folder(session, arrived)))
    if program := dangerous_part(arrived, result.problem):
        return _conclude(session, replace(result, problem="program", detail=program), Placement(REFUSED, ""))
    dictionary = session.plan.dictionary
    if result.problem == "spreadsheet" and (sheets := figure_sheets(arrived, dictionary)):
        return _place(session, kept, figures_result(arrived, sheets, _whose(session, arrived), dictionary))
    if result.problem in NATURES:
        _enter(session, result)
        return None
    return _place(session, kept, result)


def _whose(session: IntakeSession, arrived: IncomingFile) -> str:
    """The association of a file that is no text; asked where that is not known and somebody can answer."""
    whose = asking.choices_of_folder(session, arrived).association or find_association(session, arrived)
    return whose or (
        asking.answer(session, arrived, "association", list(session.plan.associations)) if session.ask else ""
    )


def _enter(session: IntakeSession, result: IntakeResult) -> None:
    """A document in the register of those received."""
    one = enter_document(session, result, asking.choices_of_folder(session, result.file))
    received = ReceivedText(one.association, one.theme, header={"titre": one.titre, "numero": str(one.numero)})
    _conclude(session, replace(result, contribution=received), Placement(REGISTERED, DOCUMENTS))


def _enter_links(session: IntakeSession, arrived: IncomingFile) -> None:
    """Every link in the words of a message in the register, with a line in the journal."""
    for one in enter_links(session, arrived, asking.choices_of_folder(session, arrived)):
        entry = JournalEntry(one.empreinte, f"{one.envoi}{PART}{one.adresse}", session.door.sender(arrived.sender))
        session.journal.add(replace(entry, date=arrived.date, verdict=REGISTERED, resultat=DOCUMENTS))
        session.show(session.say("registered", file=one.adresse, number=one.numero, title=one.titre, path=DOCUMENTS))


def _place(session: IntakeSession, kept: waiting.WaitingFiles, result: IntakeResult) -> waiting.WaitingFile | None:
    """A text put in its place, or what keeps it from there."""
    arrived = result.file
    path = (
        f"contributions/{result.contribution.association}/{result.contribution.theme}.md"
        if result.is_attributed
        else ""
    )
    if (
        arrived.is_message_text
        and not result.problem
        and len([b for b in result.contribution.sections.values() if b]) < OF_A_TEXT
    ):
        result = covering_note(result, session.door.words)
    if result.problem == "figures" and result.contribution.association not in session.plan.associations:
        placed = Placement(WAITING, "")
    elif result.problem:
        placed = Placement(ASIDE if result.problem in receipt.NO_TEXT else REFUSED, "")
    elif result.obstacles or not path:
        placed = Placement(WAITING, "")
    else:
        placed = place_contribution(session, result, path)
    if placed.verdict in (TAKEN, CONFLICT) or (result.problem == "figures" and placed.verdict == ASIDE):
        result = with_figures_kept(session, result)
    told = _conclude(session, result, placed)
    if result.problem == "covering":
        _enter_links(session, arrived)
    if placed.first_half:
        reporting.write_again(session, placed.first_half, path)
    if placed.rival:
        _take_back_rival(session, kept, placed.rival)
    return told


def _conclude(session: IntakeSession, result: IntakeResult, placed: Placement) -> waiting.WaitingFile | None:
    """What became of a file, in the journal, in its receipts and on the screen; what was told of it, if it waits."""
    arrived = result.file
    placed = placed if placed.verdict else replace(placed, verdict=REFUSED)
    session.journal.add(JournalEntry(
        empreinte=arrived.digest, fichier=session.door.file_name(arrived.path),
        expediteur=session.door.sender(arrived.sender), date=arrived.date, verdict=placed.verdict, resultat=placed.path,
        texte=hashlib.sha256(result.text.encode()).hexdigest()[:12] if placed.verdict == TAKEN else "",
        modifie=versions.last_change(arrived), main=versions.last_editor(arrived), avant=placed.former_digest,
    ))  # fmt: skip
    place = session.root / placed.path if placed.verdict == TAKEN else None
    kept = [session.root / note.path for note in result.figures]
    no_text = result.problem or placed.path.endswith(OWN)
    account = None if no_text else account_for(result, place, session.cache, kept)
    receipts = reporting.write_receipts(session, result, account, placed.verdict, placed.path, placed.changed_lines)
    commands = editor_receipt.commands(result, reporting.VERDICTS[placed.verdict], placed.path, session.say)
    lines = [reporting.verdict_line(session, result, account, placed.verdict, placed.path)]
    lines += [*figures_told(session, result), *(session.say("to-type", line=line) for line in commands)]
    if placed.verdict == REFUSED:
        lines.append(session.say("to-answer", line=receipt.to_do(result, account, "refused", session.say)))
    for line in lines:
        session.show(line)
    return waiting.waiting_file(session, result, placed, lines, receipts)


def _take_back_rival(session: IntakeSession, kept: waiting.WaitingFiles, rival: JournalEntry) -> None:
    """Of two files of one intake that nothing places in time, the one read first has no more right than the other."""
    result = session.placed_results.pop(rival.empreinte)
    undo.take_back(session, rival)
    undo.take_back_figures(session, rival.empreinte)
    result.contribution.questions.append(Notification("which-of-two", {"path": rival.resultat}))
    result.contribution.decisions[:] = [one for one in result.contribution.decisions if "version" not in one.name]
    session.contested_paths.add(rival.resultat)
    if told := _conclude(session, result, Placement(WAITING, rival.resultat)):
        kept.keep(result.file, told)


def _convert(
    session: IntakeSession, arrived: IncomingFile, choices: EditorChoices, converted: bytes | None
) -> IntakeResult:
    """The file as far as it can be taken; a mistake of ours in one file keeps no other from being read."""
    try:
        return convert_file(arrived, session.plan, choices, session.cache, converted)
    except RecursionError:
        return IntakeResult(arrived, problem="nested")
    except Exception as error:  # what people send goes through a dozen readers that raise what they like
        if isinstance(error, OSError) and error.errno in FULL_DISK:
            raise
        report = "".join(traceback.format_exception(error))
        write_atomically(session.root / "build" / "erreur.txt", f"{arrived.path}\n{report}".encode())
        return IntakeResult(arrived, problem="ours", detail=type(error).__name__)
