"""Figures kept where « make figures » reads them: a spreadsheet that answers the dictionary, a table of our form.

A journal entry of its own stands for each, so that it can be taken back. Its name, and what stood in its place, are
known by the file that it came in, never by a digest of its few small numbers, which could be guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec.structs import replace

from rapport.figures.collection import ENDINGS, answers_by_file
from rapport.figures.counts import Answer, answer_of
from rapport.figures.grids.grid import FigureProblem, GridCell, SheetGrid, UnreadableGrid
from rapport.figures.grids.reading import grids
from rapport.figures.indicators import Dictionary
from rapport.figures.sheet_reading import filled_sheets, read_sheet
from rapport.intake.form_count import ABOVE, FormCount
from rapport.intake.journal import FIGURES_KEPT, INBOX, JournalEntry
from rapport.intake.placing import IntakeSession
from rapport.intake.states import FigureNote, IncomingFile, IntakeResult, Notification, ReceivedText
from rapport.inventory import figure_cells
from rapport.inventory.reading import inventory
from rapport.language.names import consonant_stamp
from rapport.messages import figures, form, long_date
from rapport.project.read import CONTRIBUTIONS, FIGURES
from rapport.storage.transaction import remove, write_atomically

NO_THEME = "libre"  # in the name of a form's figures


# ---------------------------------------------------------------- spreadsheets


def figure_sheets(arrived: IncomingFile, dictionary: Dictionary) -> list[SheetGrid]:
    """The sheets of a file that name a count of the dictionary, be they filled in well or not."""
    if not arrived.name.lower().endswith(ENDINGS):
        return []
    try:
        sheets = grids(arrived.name, arrived.data)
    except UnreadableGrid:
        return []
    return filled_sheets([sheet for sheet in sheets if _names_count(sheet, dictionary)], dictionary)


def _names_count(sheet: SheetGrid, dictionary: Dictionary) -> bool:
    answer, problems = answer_of(sheet, "", dictionary)
    return answer is not None or any(one.name != "no-indicator" for one in problems)


def figures_result(
    arrived: IncomingFile, sheets: Sequence[SheetGrid], association: str, dictionary: Dictionary
) -> IntakeResult:  # fmt: skip
    """What a spreadsheet of figures was read as; whose it is, is a question where that is not known.

    A questionnaire that nobody filled in is not kept.
    """
    if all(read_sheet(sheet, dictionary).is_blank for sheet in sheets):
        return IntakeResult(arrived, problem="figures-blank")
    received = ReceivedText(association=association)
    received.questions += [] if association else [Notification("which-association")]
    return IntakeResult(arrived, received, problem="figures", sheets=tuple(sheets))


def with_figures_kept(session: IntakeSession, result: IntakeResult) -> IntakeResult:
    """The figures of a file in their places, and what its receipt says of each table, or that later ones are there."""
    notes = _keep_spreadsheet(session, result) if result.sheets else _keep_counts(session, result)
    problem = "figures-older" if result.problem == "figures" and not notes else result.problem
    return replace(result, figures=notes, problem=problem)


def _keep_spreadsheet(session: IntakeSession, result: IntakeResult) -> tuple[FigureNote, ...]:
    arrived, association = result.file, result.contribution.association
    answers = [answer_of(sheet, association, session.plan.dictionary)[0] for sheet in result.sheets]
    suffix = arrived.name.rpartition(".")[2].lower()
    path = f"{CONTRIBUTIONS}/{association}/{FIGURES}/reponse-{consonant_stamp(arrived.digest)}.{suffix}"
    if not _take_turn(session, arrived, association, [one for one in answers if one], path):
        return ()
    _write(session, arrived, "classeur", path, arrived.data)
    counted = figure_cells.file_cells((session.root / path).read_bytes())
    return tuple(_sheet_note(session, sheet, path, counted) for sheet in result.sheets)


def _sheet_note(
    session: IntakeSession, sheet: SheetGrid, path: str, counted: Sequence[figure_cells.Cells]
) -> FigureNote:
    """Each filled cell as another reader has it, against what was read of it here."""
    answer, problems = answer_of(sheet, "", session.plan.dictionary)
    read = {place: cell for place, cell in sheet.cells.items() if cell.text or cell.odd}
    own, same = max(((cells, _same_cells(read, cells)) for cells in counted), key=itemgetter(1), default=({}, 0))
    indicator = session.plan.dictionary.indicator(answer.indicator) if answer else None
    title = indicator.title(session.language) if indicator else _sheet(sheet.sheet, session.language) or sheet.path
    return FigureNote(title, path, len(own), same, tuple((one, "", "") for one in problems))


def _sheet(number: str, language: str) -> str:
    return figures("intake-sheet", language, sheet=number) if number else ""


def _same_cells(read: Mapping[tuple[int, int], GridCell], counted: figure_cells.Cells) -> int:
    return sum(place in read and _is_same(read[place], said) for place, said in counted.items())


def _is_same(cell: GridCell, counted: str) -> bool:
    """Whether two readers have the same; a date is a number to one of them, and what is odd is told, not read."""
    return cell.odd is not None or "".join(cell.text.split()) == "".join(counted.split()).removesuffix(".0")


# ---------------------------------------------------------------- tables of our form


def _keep_counts(session: IntakeSession, result: IntakeResult) -> tuple[FigureNote, ...]:
    received = inventory(result.file.name, result.converted_file or result.file.data)
    tables = figure_cells.form_tables(received) if received else {}
    notes = (_keep_count(session, result, count, tables.get(count.indicator, [])) for count in result.counts)
    return tuple(note for note in notes if note)


def _keep_count(
    session: IntakeSession, result: IntakeResult, count: FormCount, received: Sequence[str]
) -> FigureNote | None:
    association, dictionary = result.contribution.association, session.plan.dictionary
    path, (answer, problems) = _place(session, result, count), count.answer(association, dictionary)
    if not _take_turn(session, result.file, association, [answer] if answer else [], path):
        return None
    _write(session, result.file, count.indicator, path, count.as_csv())
    kept = figure_cells.kept_table((session.root / path).read_bytes())
    told = tuple(_placed(count, one, session.language) for one in problems)
    indicator = dictionary.indicator(count.indicator)
    title = indicator.title(session.language) if indicator else count.indicator
    return FigureNote(title, path, *figure_cells.agreement(received, kept), told)


def _place(session: IntakeSession, result: IntakeResult, count: FormCount) -> str:
    """Where a table of a form is kept: over the one of an earlier form that nobody has corrected, else beside it."""
    theme = result.contribution.theme if session.plan.theme(result.contribution.theme) else NO_THEME
    stem = f"{CONTRIBUTIONS}/{result.contribution.association}/{FIGURES}/formulaire-{theme}-{count.indicator}"
    there, path = session.root / f"{stem}.csv", f"{stem}.csv"
    if not there.is_file() or there.read_bytes() == count.as_csv():
        return path
    if _is_as_kept(session, path):
        return path
    file = session.door.file_name(result.file.path)
    session.show(figures("intake-corrected", session.language, file=file, path=path))
    return f"{stem}-{consonant_stamp(result.file.digest)}.csv"


def _placed(count: FormCount, problem: FigureProblem, language: str) -> tuple[FigureProblem, str, str]:
    """A problem with the titles of its row and column in the form; rows count from the table's own first."""
    row, column = count.place(problem)
    facts = dict(problem.facts)
    if "first" in facts:
        facts["first"] = str(int(facts["first"]) - ABOVE)
    named = form(f"counts-{row}", language) if row in count.answers or problem.name == "header-missing" else row
    name = "form-header-missing" if problem.name == "header-missing" else problem.name
    return replace(problem, name=name, facts=facts), named, column


# ---------------------------------------------------------------- both


def _is_as_kept(session: IntakeSession, path: str) -> bool:
    """Whether a file of figures is one that intake kept and nobody has corrected."""
    last = session.journal.last_accepted(path, FIGURES_KEPT)
    made = session.journal.figures_path(last) if last else None
    return bool(made and made.is_file() and made.read_bytes() == (session.root / path).read_bytes())


def _take_turn(
    session: IntakeSession, arrived: IncomingFile, association: str, answers: Sequence[Answer], path: str
) -> bool:
    """Whether answers are kept: not where the same was answered on a later day. What they answer whole gives way."""
    earlier = answers_by_file(session.root, association, session.plan.dictionary)
    same = {old: kept for old, kept in earlier.items() if any(_speaks_of(one, kept) for one in answers)}
    file = session.door.file_name(arrived.path)
    for old, kept in same.items():
        later = "" if session.choices.replace else _day_after(kept, answers)
        if later:
            facts = {"path": old, "day": long_date(later, session.language), "inbox": INBOX}
            session.show(figures("intake-older", session.language, file=file, **facts))
            return False
    for old, kept in same.items():
        if old != path and _is_as_kept(session, old) and all(_is_covered(one, answers) for one in kept):
            _remove(session, arrived, old)
            session.show(figures("intake-replaced", session.language, file=file, path=old))
    return True


def _speaks_of(answer: Answer, others: Iterable[Answer]) -> bool:
    return any(one.indicator == answer.indicator and one.places & answer.places for one in others)


def _is_covered(answer: Answer, others: Iterable[Answer]) -> bool:
    return any(one.indicator == answer.indicator and one.places >= answer.places for one in others)


def _day_after(kept: Iterable[Answer], answers: Sequence[Answer]) -> str:
    """The day of what was answered on a later day, "" where that is so of nothing."""
    days = (one.day for one in kept for new in answers if one.day > new.day and _speaks_of(new, [one]))
    return next(days, "")


def _remove(session: IntakeSession, arrived: IncomingFile, path: str) -> None:
    """A file of figures that others take the place of, taken away; an entry in the journal gives it back."""
    _note(session, arrived, path.rpartition("/")[2], path)
    remove(session.root / path)


def _write(session: IntakeSession, arrived: IncomingFile, name: str, path: str, content: bytes) -> None:
    """The file in its place, with an entry of its own in the journal; what stood there, and what stands there, kept."""
    entry = _note(session, arrived, name, path)
    write_atomically(session.journal.figures_path(entry), content)
    write_atomically(session.root / path, content)


def _note(session: IntakeSession, arrived: IncomingFile, name: str, path: str) -> JournalEntry:
    """The journal's entry of a file of figures; what stands in its place is kept."""
    own = f"{arrived.digest}-{name}"
    stamp = hashlib.sha256(f"{own} {path}".encode()).hexdigest()[:12]
    before = session.journal.save_before(session.root / path, stamp)
    entry = JournalEntry(
        own, session.door.file_name(arrived.path), session.door.sender(arrived.sender), arrived.date, FIGURES_KEPT,
        path, avant=before,
    )  # fmt: skip
    session.journal.add(entry)
    return entry


def figures_told(session: IntakeSession, result: IntakeResult) -> Iterator[str]:
    """On the screen: where the figures of a file are kept, and what is said of each table."""
    file = session.door.file_name(result.file.path)
    for path in dict.fromkeys(note.path for note in result.figures):
        yield figures("intake-kept", session.language, file=file, path=path)
    for line in figure_lines(result, session.language):
        yield figures("intake-line", session.language, line=line)


def kept_files(session: IntakeSession, fresh: Iterable[IncomingFile]) -> Iterator[str]:
    """At the end, of how many of these files figures were kept: what holds figures alone is not taken as a text."""
    own = {key.partition("-")[0] for key, one in session.journal.entries.items() if one.verdict == FIGURES_KEPT}
    if number := sum(one.digest in own for one in fresh):
        yield figures("intake-files", session.language, number=number)


def figure_lines(result: IntakeResult, language: str) -> Iterator[str]:
    """What a receipt says of figures, a line a table and one for each thing to mend; never a number that was typed."""
    for note in result.figures:
        name = "intake-counted" if note.kept_cells == note.filled_cells else "intake-uncounted"
        yield figures(name, language, title=note.title, filled=note.filled_cells, kept=note.kept_cells)
        yield from (_problem_line(note, *problem, language) for problem in note.problems)


def _problem_line(note: FigureNote, problem: FigureProblem, row: str, column: str, language: str) -> str:
    """« tableau « Mineurs repérés », ligne « Vol », colonne « de 0 à 5 ans » : écrivez un nombre entier »."""
    if problem.path:  # of a spreadsheet, which names its cells
        place = _sheet(problem.sheet, language) or note.title
        parts = {"cell": problem.cell}
    else:
        place, parts = figures("intake-table", language, title=note.title), {"row": row, "column": column}
    place += "".join(figures(f"intake-{name}", language, name=text) for name, text in parts.items() if text)
    return figures("intake-problem", language, place=place, message=figures(problem.name, language, **problem.facts))
