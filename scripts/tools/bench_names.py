"""bench-names: how many sentences of a labelled file the rules of protection find, and how many they find in vain.

A line of the file is {"id", "text", "label": 1 or 0 or another word, "identifiers": […]}. Nothing is known but our
lists, the way a first reading goes: no outline, no bibliography, no register. An English sentence is read as English
texts are.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from rapport.messages import bench
from rapport.safeguarding.english import speaks_english, unreviewed_in_french
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.scan_typed import scan_marked
from rapport.safeguarding.world import World, make_world

OWN = Path(__file__).resolve().parents[2] / "tests" / "safeguarding" / "sentences.jsonl"


class Scores(Struct, frozen=True):
    """Sentences found and missed, found in vain and rightly left, and those with an identifier found of all such."""

    found: int
    missed: tuple[str, ...]
    vain: tuple[str, ...]
    left: int
    identified: int
    identifiers: int

    @property
    def precision(self) -> float:
        """Of the sentences shown to the editor, how many had to be."""
        return self.found / max(self.found + len(self.vain), 1)

    @property
    def recall(self) -> float:
        """Of the sentences that had to be shown, how many were."""
        return self.found / max(self.found + len(self.missed), 1)

    @property
    def identified_recall(self) -> float:
        """The same, of the sentences with a named or numbered identifier."""
        return self.identified / max(self.identifiers, 1)


def flagged(text: str, known: World) -> bool:
    """Whether the editor would be shown something of this sentence."""
    found = tuple(finding for finding in scan_marked(text) if not known.knows(finding))
    return bool(unreviewed_in_french(Guarded(found), "").findings if speaks_english(text) else found)


def measure(lines: Iterable[str]) -> Scores:
    """Scores of a labelled file; lines with another label than 0 and 1 are left out. Raises ValueError."""
    known = make_world((), (), ())
    found = left = identified = identifiers = 0
    missed: list[str] = []
    vain: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = json.loads(line)
        name, label, shown = str(row.get("id", number)), row["label"], flagged(row["text"], known)
        if label == 1:
            found += shown
            missed += [] if shown else [name]
            if row.get("identifiers"):
                identifiers += 1
                identified += shown
        elif label == 0:
            left += not shown
            vain += [name] if shown else []
    return Scores(found, tuple(missed), tuple(vain), left, identified, identifiers)


def report(path: Path, say: Callable[[str], None], language: str, details: bool = True) -> None:
    """Say the scores of a file."""
    scores = measure(path.read_text(encoding="utf-8").splitlines())
    mark = "," if language == "fr" else "."
    numbers = {
        name: f"{value:.2f}".replace(".", mark)
        for name, value in (
            ("precision", scores.precision), ("recall", scores.recall), ("identified", scores.identified_recall),
        )
    }  # fmt: skip
    total = scores.found + len(scores.missed) + len(scores.vain) + scores.left
    say(bench("names", language, file=path.name, total=total, **numbers))
    if details and scores.missed:
        say(bench("names-missed", language, names=", ".join(scores.missed)))
    if details and scores.vain:
        say(bench("names-vain", language, names=", ".join(scores.vain)))


def run(path: Path | None, say: Callable[[str], None], language: str) -> bool:
    """Say the scores of a file, or of our own without details; False when it is no labelled file."""
    try:
        report(path or OWN, say, language, details=path is not None)
    except (OSError, ValueError, KeyError, TypeError):
        say(bench("names-unread", language, file=path or OWN))
        return False
    return True


def main(files: Sequence[str]) -> int:
    """Say the scores of the file named, else of our own; returns the exit status."""
    return int(not run(Path(files[0]) if files else None, print, os.environ.get("RAPPORT_LANG", "fr")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
