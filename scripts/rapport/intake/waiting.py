"""What was told of a file that waits for an answer, kept by content: the next intake says it again, unread.

It holds as long as the file, its place in the inbox, what it is read against and what stands where it would go are the
same, and its receipts are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from rapport.intake.journal import REFUSED, WAITING
from rapport.intake.placing import IntakeSession, Placement, existing_text
from rapport.intake.states import IncomingFile, IntakeResult
from rapport.storage.cache import digest

KIND = "waiting"  # in build/cache
# Problems that the next reading may not meet.
MAY_PASS = ("ours", "no-office", "not-converted", "unread", "bibliography")
OF_TWO = "which-of-two"  # a question that goes when the other file goes


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """What the screen said of one file, and the receipts written; `path` is where its text would go, "" for nowhere.

    `association` and `theme` are ids, "" where they are asked; `stands` is a digest of what stood at `path`.
    """

    verdict: str
    lines: tuple[str, ...]
    receipts: tuple[str, ...]
    path: str
    association: str
    theme: str
    is_asked: bool
    stands: str


def waiting_file(
    session: IntakeSession, result: IntakeResult, placed: Placement, lines: Sequence[str], receipts: Sequence[str]
) -> WaitingFile | None:
    """What there is to say again of a file; None where it was taken in, or where its next reading may end otherwise."""
    of_two = placed.rival or any(one.name == OF_TWO for one in result.contribution.questions)
    if placed.verdict not in (WAITING, REFUSED) or result.problem in MAY_PASS or of_two:
        return None
    received = result.contribution
    return WaitingFile(
        placed.verdict, tuple(lines), tuple(receipts), placed.path, received.association, received.theme,
        is_asked(result), _stands(session, placed.path),
    )  # fmt: skip


def is_asked(result: IntakeResult) -> bool:
    """Whether an editor at a terminal is asked whose a text is, or on what."""
    return not (result.problem or result.file.is_message_text or result.is_attributed)


def keep(session: IntakeSession, arrived: IncomingFile, told: WaitingFile) -> None:
    """Store what was told of a file."""
    place, _ = session.cache.get(KIND, *_key(session, arrived))
    session.cache.put(place, orjson.dumps(asdict(told)))


def recall(session: IntakeSession, arrived: IncomingFile) -> WaitingFile | None:
    """What was told of this very file and still holds; None where it has to be read."""
    _, stored = session.cache.get(KIND, *_key(session, arrived))
    entry = session.journal.entries.get(arrived.digest)
    if stored is None or entry is None or entry.fichier != session.journal_path(arrived):
        return None
    kept = orjson.loads(stored)
    told = WaitingFile(**(kept | {"lines": tuple(kept["lines"]), "receipts": tuple(kept["receipts"])}))
    there = all(_is_written(session.root / path) for path in told.receipts)
    return told if there and entry.verdict == told.verdict and told.stands == _stands(session, told.path) else None


def _is_written(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _key(session: IntakeSession, arrived: IncomingFile) -> tuple[str, ...]:
    cut = (words for one in arrived.cut_texts for words in one)
    facts = (arrived.digest, arrived.path, arrived.sender, arrived.date, arrived.problem, arrived.detail)
    return (session.ground, *facts, str(arrived.is_message_text), *cut)


def _stands(session: IntakeSession, path: str) -> str:
    """A digest of the contribution in a place, and of the file it came from."""
    if not path:
        return ""
    return digest(existing_text(session.root / path) or "", repr(session.journal.last_accepted(path)))
