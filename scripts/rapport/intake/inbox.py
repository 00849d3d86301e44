"""intake: every file of the inbox made into a contribution, a question or a refusal, with a receipt each.

What an editor corrected is never overwritten: a later version is merged with it, and where both changed the same
paragraph the two are laid side by side in `contributions/inbox/conflits/`, for the editor to choose.
"""

from __future__ import annotations

import errno
import hashlib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapport.documents.register import DOCUMENTS, NATURES
from rapport.intake import editor_receipt, merge, receipt, reporting, translation_answers, undo, versions, workshop_form
from rapport.intake.conversion import convert_file
from rapport.intake.document import NO_TEXTS
from rapport.intake.figure_answers import answers_figures, figures_place
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
from rapport.intake.placing import CONFLICTS, IntakeSession, Placement, existing_text, place_contribution
from rapport.intake.proof import account_for
from rapport.intake.received_documents import dangerous_part, enter_document, enter_links
from rapport.intake.references import place_references
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult, Notification, ReceivedText
from rapport.intake.unpack import incoming_files
from rapport.language.copies import original_name
from rapport.language.names import LOST_LETTER, consonant_stamp, identifier, nearest
from rapport.office import convert
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.package import Unsafe, refuse_old
from rapport.project.read import OWN
from rapport.storage.transaction import remove, write_atomically

AT_ONCE = 20  # files that one start of LibreOffice converts
BIBLIOGRAPHY = "bibliography"  # why a file is no text
PART = " › "  # between a file and what lies in it
OF_A_TEXT = 2  # sections by which the words of a message that brings files are a text too
CONVERTED = (Kind.DOC, Kind.RTF)

Progress = Callable[..., None]
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)  # no fault of the file that is read


class AmbiguousTheme(Exception):
    """One theme was said for several files."""


def process_inbox(session: IntakeSession, files: Sequence[Path], progress: Progress) -> bool:
    """Take in what waits; says whether nothing is left to settle."""
    (session.root / INBOX).mkdir(parents=True, exist_ok=True)
    _resolve_conflicts(session)
    arrived = list(_arrived(session.root, files))
    if sum(_may_be_text(one) for one in arrived) > 1 and session.choices.theme:
        raise AmbiguousTheme
    again = {one.digest for one in arrived if files and _is_wanted_again(session, one)}
    fresh = versions.by_last_change([o for o in arrived if o.digest in again or not _is_settled(session.journal, o)])
    before = _registered(session.journal)
    for at, (one, converted) in enumerate(_old_formats_converted(fresh)):
        progress("intake", number=at + 1, of=len(fresh), name=one.name)
        _process_file(session, one, converted)
        # After each file: whoever stops us here finds what was taken in, and may correct it before going on.
        session.write_journal()
    counts = Counter(session.journal.entries[one.digest].verdict for one in fresh)
    counts["known"] = len(arrived) - len(fresh)
    counts[REGISTERED] = _registered(session.journal) - before
    _show_summary(session, arrived, fresh, counts)
    return not counts[WAITING] + counts[REFUSED] + counts[CONFLICT]


def _registered(journal: Journal) -> int:
    """How many files and links are documents received."""
    return sum(entry.verdict == REGISTERED for entry in journal.entries.values())


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
    return not one.beside and one.name.rpartition(".")[2].lower() not in NO_TEXTS


def _show_summary(
    session: IntakeSession, arrived: Sequence[IncomingFile], fresh: Sequence[IncomingFile], counts: Counter[str]
) -> None:
    if not arrived:
        session.show(session.say("no-inbox", folder=INBOX))
    elif not fresh:
        session.show(session.say("nothing", folder=INBOX))
    else:
        facts = {name: counts[verdict] for verdict, name in ((TAKEN, "taken"), (REFUSED, "refused"))}
        still = counts[WAITING] + counts[CONFLICT]
        session.show(session.say("summary", **facts, waiting=still, known=counts["known"]))
        if counts[REGISTERED]:
            session.show(session.say("documents", number=counts[REGISTERED]))
        session.show(session.say("receipts", folder=reporting.RECEIPTS))
        if still or counts[TAKEN]:
            session.show(session.say("now-settle" if still else "now-build"))


def nothing_new(root: Path, journal: Journal) -> bool:
    """Whether everything in the inbox has been taken in, and no conflict waits: then the project need not be read."""
    return (
        bool(journal.entries)
        and not (root / CONFLICTS).exists()
        and all(_is_settled(journal, o) for o in incoming_files(root))
    )


def _is_settled(journal: Journal, one: IncomingFile) -> bool:
    entry = journal.entries.get(one.digest)
    there = entry is not None and entry.verdict == CONFLICT and (journal.root / entry.resultat).exists()
    return entry is not None and (entry.final or there)


def _is_wanted_again(session: IntakeSession, one: IncomingFile) -> bool:
    """Whether a file that was named is read anew although it is known: with a new answer, or after a step back."""
    choices, entry = session.choices, session.journal.entries.get(one.digest)
    return choices.citations or choices.replace or choices.add or (entry is not None and entry.verdict == UNDONE)


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


def _old_formats_converted(arrived: Sequence[IncomingFile]) -> Iterator[tuple[IncomingFile, bytes | None]]:
    """Every file, old formats with what LibreOffice made of them; a few at each start of it."""
    arrived = [_with_refusal(one) for one in arrived]
    old = [one for one in arrived if not one.problem and kind_of(one.data) in CONVERTED]
    made: dict[str, bytes] = {}
    problem: dict[str, str] = {}
    for start in range(0, len(old), AT_ONCE):
        batch = {f"{one.digest}.{kind_of(one.data)}": one.data for one in old[start : start + AT_ONCE]}
        try:
            made |= convert.to_docx(batch)
        except convert.NoOffice:
            problem |= dict.fromkeys(batch, "no-office")
        except convert.ConversionError:
            problem |= dict.fromkeys(batch, "not-converted")
    for one in arrived:
        name = f"{one.digest}.{kind_of(one.data)}" if one.data else ""
        if one in old and name not in made:
            yield replace(one, problem=problem.get(name, "not-converted")), None
        else:
            yield one, made.get(name)


def _with_refusal(one: IncomingFile) -> IncomingFile:
    """The file, or why LibreOffice is not to open it."""
    try:
        if not one.problem and kind_of(one.data) in CONVERTED:
            refuse_old(one.data)
    except Unsafe as error:
        return replace(one, problem=error.reason, detail=error.detail)
    return one


def _process_file(session: IntakeSession, arrived: IncomingFile, converted: bytes | None) -> None:
    """One file taken in, its receipt written."""
    if any(one.take_in(session, arrived, converted or arrived.data) for one in (workshop_form, translation_answers)):
        return
    result = _convert(session, arrived, _choices_of_folder(session, arrived), converted)
    if session.ask and not (result.problem or arrived.beside) and not result.is_attributed:
        answered = _ask_editor(session, result)
        result = _convert(session, arrived, answered, converted)
    if result.problem == BIBLIOGRAPHY:
        _conclude(session, *place_references(session, arrived, _choices_of_folder(session, arrived)))
    elif program := dangerous_part(arrived, result.problem):
        _conclude(session, replace(result, problem="program", detail=program), Placement(REFUSED, ""))
    elif result.problem in NATURES:
        _enter(session, result)
    else:
        _place(session, result)


def _enter(session: IntakeSession, result: IntakeResult) -> None:
    """A document in the register of those received."""
    choices = _choices_of_folder(session, result.arrived)
    one = enter_document(session, result.arrived, result.problem, choices)
    received = ReceivedText(one.association, one.theme, header={"titre": one.titre, "numero": str(one.numero)})
    _conclude(session, replace(result, received=received), Placement(REGISTERED, DOCUMENTS))
    if result.problem == "spreadsheet" and answers_figures(session.root, result.arrived):
        _keep_figures(session, result, one.association)


def _keep_figures(session: IntakeSession, result: IntakeResult, association: str) -> None:
    """The answer to a question of the dictionary, where « make figures » reads it; whose it is, is asked."""
    file = session.door.file_name(result.arrived.path)
    if not association and session.ask:
        association = _answer(session, result, "association", list(session.plan.associations))
    if association not in session.plan.associations:
        session.show(session.say("figures-whose", file=file))
        return
    place = figures_place(result.arrived, association)
    write_atomically(session.root / place, result.arrived.data)
    session.show(session.say("figures-kept", file=file, path=place))


def _enter_links(session: IntakeSession, arrived: IncomingFile) -> None:
    """Every link in the words of a message in the register, with a line in the journal."""
    for one in enter_links(session, arrived, _choices_of_folder(session, arrived)):
        entry = JournalEntry(one.empreinte, f"{one.envoi}{PART}{one.adresse}", session.door.sender(arrived.sender))
        session.journal.add(replace(entry, date=arrived.date, verdict=REGISTERED, resultat=DOCUMENTS))
        session.show(session.say("registered", file=one.adresse, number=one.numero, title=one.titre, path=DOCUMENTS))


def _place(session: IntakeSession, result: IntakeResult) -> None:
    """A text put in its place, or what keeps it from there."""
    arrived = result.arrived
    path = f"contributions/{result.received.association}/{result.received.theme}.md" if result.is_attributed else ""
    if arrived.beside and not result.problem and len([b for b in result.received.sections.values() if b]) < OF_A_TEXT:
        result = IntakeResult(arrived, problem="covering", detail=session.door.words(arrived.data.decode()))
    if result.problem:
        placed = Placement(ASIDE if result.problem in receipt.NO_TEXT else REFUSED, "")
    elif result.stopped or not path:
        placed = Placement(WAITING, "")
    else:
        placed = place_contribution(session, result, path)
    _conclude(session, result, placed)
    if result.problem == "covering":
        _enter_links(session, arrived)
    if placed.rival:
        _take_back_rival(session, placed.rival)


def _conclude(session: IntakeSession, result: IntakeResult, placed: Placement) -> None:
    """What became of a file, in the journal, in its receipt and on the screen."""
    arrived = result.arrived
    placed = placed if placed.verdict else replace(placed, verdict=REFUSED)
    session.journal.add(JournalEntry(
        arrived.digest, session.door.file_name(arrived.path), session.door.sender(arrived.sender),
        arrived.date, placed.verdict, placed.path,
        hashlib.sha256(result.text.encode()).hexdigest()[:12] if placed.verdict == TAKEN else "",
        versions.last_change(arrived), versions.last_editor(arrived), placed.before,
    ))  # fmt: skip
    place = session.root / placed.path if placed.verdict == TAKEN else None
    account = None if result.problem or placed.path.endswith(OWN) else account_for(result, place, session.cache)
    reporting.write_receipts(session, result, account, placed.verdict, placed.path, placed.changed)
    session.show(reporting.verdict_line(session, result, account, placed.verdict, placed.path))
    for line in editor_receipt.commands(result, reporting.VERDICTS[placed.verdict], placed.path, session.say):
        session.show(session.say("to-type", line=line))
    if placed.verdict == REFUSED:
        session.show(session.say("to-answer", line=receipt.to_do(result, account, "refused", session.say)))


def _take_back_rival(session: IntakeSession, rival: JournalEntry) -> None:
    """Of two files of one intake that nothing places in time, the one read first has no more right than the other."""
    result = session.taken.pop(rival.empreinte)
    undo.take_back(session, rival)
    result.received.questions.append(Notification("which-of-two", {"path": rival.resultat}))
    _conclude(session, result, Placement(WAITING, rival.resultat))


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


def _choices_of_folder(session: IntakeSession, arrived: IncomingFile) -> EditorChoices:
    """inbox/<association>/<thème>.docx says whose a file is as clearly as an option; so does <thème>/texte.docx."""
    choices = session.choices
    folders = [identifier(folder) for folder in reversed(arrived.folder)]
    whose = next((folder for folder in folders if folder in session.plan.associations), "")
    if not choices.association and whose:
        choices = replace(choices, association=whose)
        stem = identifier((original_name(arrived.name) or arrived.name).rpartition(".")[0])
        if not choices.theme and session.plan.theme(stem):
            choices = replace(choices, theme=stem)
    about = next((folder for folder in folders if session.plan.theme(folder)), "")
    return replace(choices, theme=about) if about and not choices.theme else choices


def _ask_editor(session: IntakeSession, result: IntakeResult) -> EditorChoices:
    """What the editor answers at the terminal; an empty answer leaves the file waiting."""
    choices, received = _choices_of_folder(session, result.arrived), result.received
    themes = [theme.id for theme in session.plan.outline.themes]
    association = received.association or _answer(session, result, "association", list(session.plan.associations))
    theme = received.theme or _answer(session, result, "theme", themes)
    return replace(choices, association=association, theme=theme)


def _answer(session: IntakeSession, result: IntakeResult, what: str, known: Sequence[str]) -> str:
    """The identifier that the editor types, or the nearest; "" for none."""
    assert session.ask is not None
    said = session.ask(session.say(f"ask-{what}", file=result.arrived.path)).strip()
    return identifier(said) if identifier(said) in known else nearest(said, known) if said else ""


def _resolve_conflicts(session: IntakeSession) -> None:
    """A conflict whose marks are gone was settled: the text becomes the contribution, the new version its base."""
    for file in sorted((session.root / CONFLICTS).glob("*--*.md")):
        text = existing_text(file) or ""
        where = f"{CONFLICTS}/{file.name}"
        if merge.has_conflicts(text) or LOST_LETTER in text:
            continue
        path = "contributions/" + file.name.replace("--", "/", 1)
        before = session.journal.save_before(session.root / path)
        write_atomically(session.root / path, text.encode())
        remove(file)
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
        for entry in [e for e in session.journal.entries.values() if e.verdict == CONFLICT and e.resultat == where]:
            base = session.journal.base(entry) or ""
            digest = hashlib.sha256(base.encode()).hexdigest()[:12]
            session.journal.add(replace(entry, verdict=TAKEN, resultat=path, texte=digest, avant=before))
        session.write_journal()
        session.show(session.say("resolved", path=path))
