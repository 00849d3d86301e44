"""The registers beside the texts: what arrived, what was remarked, drafts, documents, figures expected."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from rapport.documents.register import DOCUMENTS, DocumentRegister, ReceivedDocument, UnreadableRegister
from rapport.examination.hidden_numbers import OwedFigures
from rapport.figures import INDICATORS
from rapport.intake.journal import JOURNAL, Journal
from rapport.review.collect import ledger
from rapport.review.collect.ledger import Remark
from rapport.review.freeze import draft_map
from rapport.review.freeze.draft_map import FrozenDraft


class Registers(Struct, frozen=True):
    """What is kept of what arrived and of what was remarked, and the drafts that were frozen.

    `figures`: the counts that each association has still to answer; `unread`: what cannot be read, and is left out.
    """

    journal: Journal | None
    remarks: tuple[Remark, ...]
    drafts: tuple[FrozenDraft, ...]
    documents: tuple[ReceivedDocument, ...]
    figures: OwedFigures
    unread: tuple[str, ...]


def read_registers(root: Path, associations: Iterable[str], owed: OwedFigures | None = None) -> Registers:
    """The registers as they stand; one that cannot be read is left out, and named. `owed` is not read again."""
    unread, journal, remarks = list[str](), None, tuple[Remark, ...]()
    try:
        journal = Journal(root)
    except (ValueError, OSError):
        unread.append(JOURNAL)
    try:
        remarks = ledger.load(root).remarks
    except (ledger.BadLedger, OSError):
        unread.append(ledger.LEDGER)
    drafts = []
    for number in draft_map.numbers(root):
        try:
            drafts.append(draft_map.load(root, number))
        except (ValueError, OSError):
            unread.append(f"{draft_map.folder(number)}/{draft_map.MAP}")
    documents = tuple[ReceivedDocument, ...]()
    try:
        documents = tuple(DocumentRegister(root).in_order())
    except (UnreadableRegister, OSError):
        unread.append(DOCUMENTS)
    expected = owed if owed is not None else _expected(root, associations)
    if expected is None:
        unread.append(INDICATORS)
    return Registers(journal, remarks, tuple(drafts), documents, expected or {}, tuple(unread))


def _expected(root: Path, associations: Iterable[str]) -> OwedFigures | None:
    """The figures expected of each association; None where the file of indicators has a mistake."""
    if not (root / INDICATORS).exists():
        return {}
    from rapport.figures.collection import answers_expected, collect  # late: few projects count
    from rapport.figures.indicators import read_indicators, text_file

    source = text_file(root, INDICATORS)
    if source is None:
        return None
    dictionary, problems = read_indicators(source)
    if problems:
        return None
    names = tuple(associations)
    return answers_expected(dictionary, collect(root, names, dictionary), names)
