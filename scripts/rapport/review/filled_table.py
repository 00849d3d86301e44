"""The table of remarks that the editor filled in: in each row, the remark, the decision chosen and the answer typed.

It is read by the words of its cells alone, which every word processor keeps: the name of the remark stands in brackets
with the state that it had when the table was made, so that a row that was left alone decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from rapport.language.folding import fold_words
from rapport.messages import LANGUAGES, decisions
from rapport.office.file_kinds import Kind
from rapport.office.namespaces import q
from rapport.office.package import open_package
from rapport.office.row_names import read_name
from rapport.office.xml import Element
from rapport.review.collect.ledger import ACCEPTED, ANSWERED, APPLIED, COMMENT, OPEN, REFUSED, STATES, Remark

UNDERSTOOD = {
    "oui": ACCEPTED, "yes": ACCEPTED, "ok": ACCEPTED, "acceptee": ACCEPTED, "accepte": ACCEPTED, "accepted": ACCEPTED,
    "non": REFUSED, "no": REFUSED, "refusee": REFUSED, "refuse": REFUSED, "refused": REFUSED,
    "repondue": ANSWERED, "repondre": ANSWERED, "answered": ANSWERED, "answer": ANSWERED,
    "fait": APPLIED, "faite": APPLIED, "faite a la main": APPLIED, "done": APPLIED, "appliquee": APPLIED,
    "ouverte": OPEN, "": OPEN,
}  # fmt: skip


class Decision(Struct, frozen=True):
    """What was decided on one remark, and the words for its reviewer."""

    id: str
    state: str
    answer: str


class FilledRow(Struct, frozen=True):
    """One row as it came back; `old_state` is the state that the remark had when the table was made."""

    id: str
    old_state: str
    choice: str
    answer: str


class FilledTable(Struct, frozen=True):
    """What a table decides, how many rows decide nothing new, and what of it was not understood."""

    decisions: tuple[Decision, ...]
    unchanged_rows: int
    unclear_rows: tuple[str, ...]


def rows(content: bytes) -> Iterator[FilledRow]:
    """The rows of a Word or OpenDocument file that name a remark; raises `Unsafe`."""
    package = open_package(content)
    row, cell = ("w:tr", "w:tc") if package.kind is Kind.DOCX else ("table:table-row", "table:table-cell")
    for line in package.xml(package.main).iter(q(row)):
        cells = [_words(one) for one in line.iter(q(cell))]
        name = read_name(" ".join(cells))
        if name and len(cells) >= 2:
            yield FilledRow(*name, " ".join(cells[-2].split()), " ".join(cells[-1].split()))


def _words(cell: Element) -> str:
    """The words of a cell, without those that are deleted."""
    said: list[str] = []
    for one in cell.iter(q("w:p"), q("w:br"), q("w:tab"), q("w:t"), q("text:p")):
        if one.tag == q("w:t"):
            said.append(one.text or "")
        else:
            said.append(f" {''.join(one.itertext())}" if one.tag == q("text:p") else " ")
    return "".join(said)


def choices(language: str) -> dict[str, str]:
    """The decisions that a row offers: state → words."""
    return {
        state: decisions(f"table-choice-{state}", language) for state in (OPEN, ACCEPTED, REFUSED, ANSWERED, APPLIED)
    }


def state_of_choice(words: str) -> str | None:
    """The state that a choice stands for, in either language; None for words that are none."""
    known = {fold_words(said): state for language in LANGUAGES for state, said in choices(language).items()}
    return {**UNDERSTOOD, **known}.get(fold_words(words))


def decide_rows(found: list[FilledRow], remarks: Mapping[str, Remark], language: str) -> FilledTable:
    """What the rows decide on the remarks of the ledger."""
    made: dict[str, Decision] = {}
    same, unclear = 0, []
    for row in found:
        remark = remarks.get(row.id)
        state = state_of_choice(row.choice)
        problem = _problem(row, state, remark)
        decision = None if problem or remark is None else _decision(row, state or OPEN, remark)
        if problem:
            offered = ", ".join(choices(language).values())
            unclear.append(decisions(f"table-{problem}", language, id=row.id, words=row.choice, choices=offered))
        elif decision is None:
            same += 1
        elif made.setdefault(row.id, decision) != decision:
            unclear.append(decisions("table-twice", language, id=row.id))
            del made[row.id]
    return FilledTable(tuple(made.values()), same, tuple(unclear))


def _problem(row: FilledRow, state: str | None, remark: Remark | None) -> str:
    """Why a row cannot be taken, "" where it can."""
    if remark is None or row.old_state not in STATES:
        return "unknown"
    if state is None:
        return "unclear"
    if state == row.old_state:
        return (
            "answer-alone" if state == OPEN and row.answer and remark.genre != COMMENT and remark.etat == OPEN else ""
        )
    if state == remark.etat or (remark.etat == APPLIED and state == ACCEPTED):
        return ""
    if remark.etat == APPLIED:
        return "applied"
    if state == APPLIED and remark.etat != ACCEPTED:
        return "not-accepted"
    return "no-answer" if state == ANSWERED and not row.answer else ""


def _decision(row: FilledRow, state: str, remark: Remark) -> Decision | None:
    """The decision of a row, None where it says what the ledger says."""
    if state == row.old_state:  # the choice was left alone
        state = ANSWERED if state == OPEN and remark.etat == OPEN and row.answer else remark.etat
    if remark.etat == APPLIED:
        state = APPLIED
    answer = row.answer or remark.reponse
    if (state, answer) == (remark.etat, remark.reponse):
        return None
    return Decision(remark.id, state, answer)
