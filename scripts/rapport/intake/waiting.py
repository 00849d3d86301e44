"""What was told of a file that waits for an answer, kept by content: the next intake says it again, unread.

It holds as long as the file, its place in the inbox, what it is read against and what stands where it would go are the
same, and its receipts are there. Names that became known or private since are told by another door: what was said
holds as long as no such name stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct, field
from msgspec.structs import asdict

from rapport.intake.journal import REFUSED, WAITING
from rapport.intake.placing import IntakeSession, Placement, existing_text
from rapport.intake.reporting import WrittenReceipts
from rapport.intake.states import IncomingFile, IntakeResult
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.cache import digest

KIND, NAMES = "waiting", "waiting-names"  # in build/cache
# Problems that the next reading may not meet.
MAY_PASS = ("ours", "no-office", "not-converted", "unread", "bibliography")
OF_TWO = "which-of-two"  # a question that goes when the other file goes
PRIVATE, KNOWN = "p:", "k:"  # kinds of names
WORD = re.compile(r"[^\W_]+")


class WaitingFile(Struct, frozen=True):
    """What the screen said of one file, masked, and the receipts written; `path` is where its text would go, "" for
    nowhere.

    `association` and `theme` are ids, "" where they are asked; `is_contested` where another file waits for the same
    place; `told_words` are the words of all that was told, before anything was masked.
    """

    verdict: str
    lines: Sequence[str]
    receipts: Sequence[str]
    path: str
    association: str
    theme: str
    is_asked: bool
    is_contested: bool
    told_words: Sequence[str]


def waiting_file(
    session: IntakeSession, result: IntakeResult, placed: Placement, lines: Sequence[str], receipts: WrittenReceipts
) -> WaitingFile | None:
    """What there is to say again of a file; None where it was taken in, or where its next reading may end otherwise."""
    if placed.verdict not in (WAITING, REFUSED) or result.problem in MAY_PASS:
        return None
    received = result.contribution
    of_two = bool(placed.rival) or any(one.name == OF_TWO for one in received.questions)
    masked = ("\n".join(map(session.door.words, line.split("\n"))) for line in lines)
    return WaitingFile(
        verdict=placed.verdict,
        lines=tuple(masked),
        receipts=receipts.paths,
        path=placed.path,
        association=received.association,
        theme=received.theme,
        is_asked=is_asked(result),
        is_contested=of_two,
        told_words=tuple(sorted(_words("\n".join([*lines, receipts.text])))),
    )


def is_asked(result: IntakeResult) -> bool:
    """Whether an editor at a terminal is asked whose a text is, or on what."""
    return not (result.problem or result.file.is_message_text or result.is_attributed)


class WaitingFiles(Struct, frozen=True, dict=True):
    """What is kept of the files that wait, for one intake; `told_files` is what was said of each, by digest."""

    session: IntakeSession
    told_files: dict[str, WaitingFile] = field(default_factory=dict)

    def keep(self, arrived: IncomingFile, told: WaitingFile) -> None:
        """Store what was told of a file, and the names by which it was masked."""
        self.told_files[arrived.digest] = told
        cache = self.session.cache
        kept = asdict(told) | {"door": self._door, "ground": _ground(self.session, told), "as": self._named(arrived)}
        cache.put(cache.get(KIND, *_key(self.session, arrived))[0], orjson.dumps(kept))
        place, known = cache.get(NAMES, self._door)
        if known is None:
            cache.put(place, orjson.dumps(sorted(self._names)))

    def recall(self, arrived: Iterable[IncomingFile]) -> dict[str, WaitingFile]:
        """What was told of these very files and still holds, by their digests; the others have to be read."""
        found = {one.digest: told for one in arrived if (told := self._recall(one))}
        rivals = Counter(told.path for told in found.values() if told.is_contested)
        self.told_files.update({d: told for d, told in found.items() if not told.is_contested or rivals[told.path] > 1})
        return self.told_files.copy()

    def sweep(self) -> None:
        """Forget the files that were not asked for."""
        self.session.cache.sweep(KIND, NAMES)

    def _recall(self, arrived: IncomingFile) -> WaitingFile | None:
        session = self.session
        _, stored = session.cache.get(KIND, *_key(session, arrived))
        entry = session.journal.entries.get(arrived.digest)
        if stored is None or entry is None:
            return None
        kept: dict[str, Any] = orjson.loads(stored)
        door, ground, named = kept.pop("door"), kept.pop("ground"), kept.pop("as")
        told = WaitingFile(**kept)
        holds = (
            entry.fichier == named
            and entry.verdict == told.verdict
            and all(_is_written(session.root / path) for path in told.receipts)
            and ground == _ground(session, told)
            and not self._names_changed(door, told.told_words)
        )
        return told if holds else None

    @cached_property
    def _names(self) -> frozenset[str]:
        return _names_of(self.session.door)

    @cached_property
    def _door(self) -> str:
        return digest(*sorted(self._names))

    def _named(self, arrived: IncomingFile) -> str:
        return self.session.journal.entries[arrived.digest].fichier

    def _names_changed(self, door: str, said: Sequence[str]) -> bool:
        """Whether a name that was masked by another door stands among these words."""
        changed = self._changes(door)
        if changed is None:
            return True
        there = frozenset(said)
        return any(words <= there for first in there & changed.keys() for words in changed[first])

    def _changes(self, door: str) -> Mapping[str, list[frozenset[str]]] | None:
        """The words of the names that this door tells otherwise than another, by the first in the order of letters.

        What other texts cite or call somebody by since may stay masked in what was told.
        """
        if door not in self._known_changes:
            _, stored = self.session.cache.get(NAMES, door)
            now, then = self._names, frozenset(orjson.loads(stored or b"[]"))
            new = (name for name in now - then if not name.startswith(KNOWN))
            gone = (name for name in then - now if not name.startswith(PRIVATE))
            self._known_changes[door] = None if stored is None else _by_word([*new, *gone])
        return self._known_changes[door]

    @cached_property
    def _known_changes(self) -> dict[str, Mapping[str, list[frozenset[str]]] | None]:
        return {self._door: {}}


def _names_of(door: Outgoing) -> frozenset[str]:
    """Every name and key that decides what is masked, after the sign of its kind: c, it is no one's; k, a text cites
    it or calls somebody by it, or it is a word of ours; p, it was found in a text.
    """
    phrases = {phrase for found in door.world.phrases.values() for phrase in found}
    kinds = {"c:": phrases, KNOWN: door.known_names | door.world.keys, PRIVATE: door.private}
    return frozenset(f"{kind}{name}" for kind, names in kinds.items() for name in names)


def _by_word(names: Iterable[str]) -> Mapping[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for name in names:
        words = _words(name.partition(":")[2])
        if words:
            found.setdefault(min(words), []).append(words)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(map(str.casefold, WORD.findall(text)))


def _is_written(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _key(session: IntakeSession, arrived: IncomingFile) -> tuple[str, ...]:
    cut = (words for one in arrived.cut_texts for words in one)
    unread = "" if arrived.data else arrived.problem
    facts = (arrived.digest, arrived.path, arrived.sender, arrived.date, unread, repr(arrived.parcels))
    return (session.ground, *facts, str(arrived.is_message_text), *cut)


def _ground(session: IntakeSession, told: WaitingFile) -> str:
    """A digest of what this one file is read against: its association's works, what stands in its place and whence."""
    works = session.plan.own_ground(told.association)
    if not told.path:
        return digest(works)
    there = existing_text(session.root / told.path) or ""
    return digest(works, there, repr(session.journal.last_accepted(told.path)))
