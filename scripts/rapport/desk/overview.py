"""Everything on the page, as numbers and lists, gathered from the examined project and from the registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport import rules
from rapport.correspondence import agreement_status
from rapport.correspondence.agreement_status import AgreedPassage, Approval, agreed_passages, approvals
from rapport.correspondence.facts import folder_of
from rapport.desk.over_time import Series, series
from rapport.documents.register import TO_READ, ReceivedDocument
from rapport.examination.result import Examined
from rapport.intake.journal import FIGURES_KEPT
from rapport.language.names import identifier
from rapport.messages import figures
from rapport.messages.display import place
from rapport.model import Association, Contribution, Edition, Outline, Report, Theme
from rapport.project.actions import Action
from rapport.project.associations import participants
from rapport.project.calendar import Stage
from rapport.project.outline import title_in
from rapport.review.collect import ledger
from rapport.review.collect.ledger import Remark
from rapport.submission import readiness
from rapport.submission.readiness import Check
from rapport.submission.registers import Registers, read_registers
from rapport.translation.refresh import progress

STATES = {
    agreement_status.APPROVED: "V", agreement_status.ASKED: "A",
    agreement_status.RECEIVED: "R", agreement_status.WORKING: "E",
}  # fmt: skip
CONFIDENTIAL, REFUSED, LEAD = "C", "X", "?"
LETTERS = (*STATES.values(), CONFIDENTIAL, REFUSED, LEAD)
"""What a cell says of a text: its approval, confidential, refused; « ? »: its lead has sent nothing."""


class ListLine(Struct, frozen=True):
    """One line of a list: where it is or what it is, whose hands it is in, how many things it stands for."""

    subject: str
    holder: str = ""
    number: int = 1
    note: str = ""


class Listing(Struct, frozen=True):
    """A number and the list that it leads to; `name` is that of its words in `messages`."""

    name: str
    lines: tuple[ListLine, ...]

    @property
    def number(self) -> int:
        return sum(line.number for line in self.lines)


class ThemeRow(Struct, frozen=True):
    """A theme, and the letter of each association, "" where it has no part in it."""

    theme: str
    title: str
    cells: tuple[str, ...]


class PartRows(Struct, frozen=True):
    """The themes of one part of the report; those that were proposed have a part of their own, without a title."""

    title: str
    rows: tuple[ThemeRow, ...]


class Length(Struct, frozen=True):
    """The words of a theme, an association or the report, and how many were planned."""

    title: str
    words: int
    planned_words: int | None = None


class Desk(Struct, frozen=True):
    """The whole of the page. `unread` are registers that cannot be read, whose content is missing from it."""

    title: str
    draft: str
    date: str
    blocking: tuple[tuple[Check, tuple[ListLine, ...]], ...]
    calendar: tuple[Stage, ...]
    columns: tuple[Association, ...]
    parts: tuple[PartRows, ...]
    silent_associations: tuple[str, ...]
    report_length: Length
    themes: tuple[Length, ...]
    associations: tuple[Length, ...]
    listings: tuple[Listing, ...]
    over_time: tuple[Series, ...]
    actions: tuple[Action, ...]
    names: dict[str, str]
    unread: tuple[str, ...] = ()


def gather(root: Path, examined: Examined, language: str, draft: Report | None = None) -> Desk:
    """The page of a project, in the language of who reads it; `draft` is its French draft, where it was merged already
    and no reservation stands in it.
    """
    outline, kept = examined.outline, read_registers(root, examined.associations, examined.owed_figures)
    assert outline is not None
    passages = agreed_passages(examined, draft)
    stand = approvals(examined, passages)
    names = {one.id: one.short for one in examined.associations.values()}
    columns = tuple(participants(examined.associations, examined.drafts, outline.identity.date).values())
    taking_part = {one.id for one in columns}  # nobody waits for the figures of one that has left
    kept = replace(kept, figures={name: owed for name, owed in kept.figures.items() if name in taking_part})
    writers = {draft.association for draft in examined.drafts}
    arrived = [one for one in kept.journal.entries.values() if one.verdict != FIGURES_KEPT] if kept.journal else ()
    return Desk(
        title=_in(language, outline.identity.title, outline.identity.english.get("title", "")),
        draft=_in(language, outline.identity.draft_name, outline.identity.english.get("draft_name", "")),
        date=outline.identity.date,
        blocking=tuple(_blocking(examined, kept, stand, names)),
        calendar=examined.calendar,
        columns=columns,
        parts=tuple(_parts(examined, outline, columns, stand, language)),
        silent_associations=tuple(names[one.id] for one in columns if one.id not in writers),
        report_length=Length("", examined.budget.total if examined.budget else 0, outline.identity.length_words),
        themes=tuple(_theme_lengths(examined, outline, language)),
        associations=tuple(_association_lengths(examined, names)),
        listings=tuple(_listings(examined, passages, stand, kept, names, language)),
        over_time=series(arrived, kept.drafts, kept.remarks, examined.agreements.agreements),
        actions=examined.actions,
        names=names,
        unread=kept.unread,
    )


def _in(language: str, french: str, english: str) -> str:
    return english if language == "en" and english else french


# ---------------------------------------------------------------- what blocks


def _blocking(
    examined: Examined, kept: Registers, stand: Mapping[str, Approval], names: dict[str, str]
) -> Iterator[tuple[Check, tuple[ListLine, ...]]]:
    """The checks of the public edition that are open, each with its places and whose they are."""
    for check in readiness.checks(examined, Edition.PUBLIC, "fr", kept, stand=stand):
        if not check.green:
            yield check, tuple(ListLine(at, _who(at, names)) for at in check.places)


def _who(path: str, names: dict[str, str]) -> str:
    """The association in whose folder a place is, "" for the editor's own files."""
    return names.get(identifier(folder_of(path)), "")


# ---------------------------------------------------------------- themes and associations


def _parts(
    examined: Examined, outline: Outline, columns: tuple[Association, ...], stand: Mapping[str, Approval], language: str
) -> Iterator[PartRows]:
    """The rows of every part of the outline, then those of the themes that associations propose."""
    letters = {(text.association, text.theme): _letter(text, stand[text.path]) for text in examined.accepted}
    letters |= {(one.association, one.theme): REFUSED for one in examined.refused}

    def row(theme: str, title: str, lead: str | None) -> ThemeRow:
        cells = (letters.get((a.id, theme), LEAD if a.id == lead else "") for a in columns)
        return ThemeRow(theme, title, tuple(cells))

    for part in outline.parts:
        themes = [row(t.id, title_in(language, t), t.lead) for t in part.themes if not t.is_closed]
        if themes:
            yield PartRows(title_in(language, part), tuple(themes))
    known = {theme.id for theme in outline.themes}
    others = sorted({theme for _, theme in letters if theme not in known})
    if others:
        yield PartRows("", tuple(row(name, name, None) for name in others))


def _letter(text: Contribution, approval: Approval) -> str:
    return CONFIDENTIAL if text.confidential else STATES[approval.state]


def _theme_lengths(examined: Examined, outline: Outline, language: str) -> Iterator[Length]:
    """The themes that have words, or were given some."""
    words = examined.budget.themes if examined.budget else {}
    known: dict[str, Theme] = {theme.id: theme for theme in outline.themes}
    for theme in outline.themes:
        if not theme.is_closed and (words.get(theme.id) or theme.budget):
            yield Length(title_in(language, theme), words.get(theme.id, 0), theme.budget)
    yield from (Length(name, count) for name, count in words.items() if name not in known)


def _association_lengths(examined: Examined, names: dict[str, str]) -> Iterator[Length]:
    """Those who wrote, the longest first."""
    counted = examined.budget
    writers = {text.association for text in counted.texts} if counted else set()
    found = ((counted.words_of(name), name) for name in writers) if counted else ()
    yield from (Length(names.get(name, name), words) for words, name in sorted(found, key=lambda one: (-one[0], one)))


# ---------------------------------------------------------------- numbers that lead to lists


def _listings(
    examined: Examined, passages: Mapping[str, Sequence[AgreedPassage]], stand: Mapping[str, Approval], kept: Registers,
    names: dict[str, str], language: str,
) -> Iterator[Listing]:  # fmt: skip
    """The numbers of the page, each with its list."""
    yield Listing("remarks", tuple(_remark(r, names) for r in kept.remarks if r.etat == ledger.OPEN))
    waiting = (r for r in kept.remarks if r.etat == ledger.ACCEPTED and not r.suite)
    yield Listing("accepted", tuple(_remark(r, names) for r in waiting))
    yield Listing("agreements", tuple(_unagreed(passages, names)))
    yield Listing("approved", tuple(_approved(examined, stand, names, language)))
    unreviewed = (d for d in examined.diagnostics if d.rule is rules.UNREVIEWED_NAME)
    yield Listing("names", tuple(ListLine(place(d.span), _who(d.span.path, names)) for d in unreviewed))
    if examined.translations:
        yield Listing("translations", tuple(_untranslated(examined, names, language)))
    yield Listing("figures", tuple(_expected(kept, names, language)))
    if examined.points.documents:
        yield Listing("points", tuple(_unanswered(examined, language)))
    to_read = (one for one in kept.documents if one.etat == TO_READ)
    yield Listing("documents", tuple(_document(one, names) for one in to_read))
    yield Listing("actions", tuple(_action(one, names, language) for one in examined.actions if one.open))


def _expected(kept: Registers, names: Mapping[str, str], language: str) -> Iterator[ListLine]:
    """How many counts each association has not begun to answer, and what is missing of those that it has."""
    for association, expected in kept.figures.items():
        name = names.get(association, association)
        if whole := sum(not one.is_begun for one in expected):
            yield ListLine(name, number=whole)
        for one in expected:
            if one.is_begun:
                missing = " ; ".join(one.missing_titles(language)) or figures("some-cells", language)
                title = one.indicator.title(language)
                yield ListLine(figures("missing", language, name=name, title=title, missing=missing))


def _remark(remark: Remark, names: dict[str, str]) -> ListLine:
    """Where a remark stands, never its words nor its author."""
    at = f"{remark.fichier}:{remark.ligne}" if remark.fichier else ""
    return ListLine(
        f"{remark.id} · {at}" if at else remark.id, names.get(remark.association, ""), note=str(remark.projet)
    )


def _unagreed(by_association: Mapping[str, Sequence[AgreedPassage]], names: dict[str, str]) -> Iterator[ListLine]:
    """The associations that have passages to agree to, and how many."""
    for association, passages in by_association.items():
        left = sum(1 for passage in passages if not passage.is_agreed)
        if left:
            yield ListLine(names.get(association, association), number=left)


def _approved(
    examined: Examined, stand: Mapping[str, Approval], names: dict[str, str], language: str
) -> Iterator[ListLine]:
    """The texts that their association has approved: who answered for it, and when."""
    assert examined.outline is not None
    titles = {theme.id: title_in(language, theme) for theme in examined.outline.themes}
    for text in examined.accepted:
        if (one := stand[text.path]).state == agreement_status.APPROVED:
            who = f"{names.get(text.association, text.association)}, {one.approver}"
            yield ListLine(titles.get(text.theme, text.theme), who, note=one.date)


def _untranslated(examined: Examined, names: dict[str, str], language: str) -> Iterator[ListLine]:
    """The texts of which some English is still to be written or written again, and how many passages."""
    assert examined.outline is not None
    titles = {theme.id: title_in(language, theme) for theme in examined.outline.themes}
    begun = {(t.association, t.theme): t for t in examined.translations}
    for text in examined.accepted:
        far = progress(text, examined.outline, begun.get((text.association, text.theme)))
        if far.done_blocks < far.all_blocks:
            who = names.get(text.association, text.association)
            yield ListLine(titles.get(text.theme, text.theme), who, far.all_blocks - far.done_blocks)


def _unanswered(examined: Examined, language: str) -> Iterator[ListLine]:
    """The points of earlier documents that no accepted text answers, with the themes that they belong to."""
    assert examined.outline is not None
    titles = {theme.id: title_in(language, theme) for theme in examined.outline.themes if not theme.is_closed}
    for document, point in examined.points.open_points(examined.accepted):
        what = " · ".join([document.label(point, language), *(titles[name] for name in point.themes if name in titles)])
        yield ListLine(what)


def _document(one: ReceivedDocument, names: dict[str, str]) -> ListLine:
    """A document by its number and title, whose words have passed the door already."""
    return ListLine(f"{one.numero} · {one.titre}", names.get(one.association, ""), note=one.recu[:10])


def _action(action: Action, names: dict[str, str], language: str) -> ListLine:
    return ListLine(action.words(language), names.get(action.holder, action.holder), note=action.due_date)
