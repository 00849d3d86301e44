"""Which of the changes of some files can be written: tried together; where their proof fails, apart.

Those at whose paragraphs other words are printed than were accepted are tried after the others; else they are halved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapport.review.apply.edited_texts import TextState
from rapport.review.apply.grouped_changes import ParagraphChange
from rapport.review.apply.targets import Obstacle

Refusal = tuple[Obstacle, str]
Refused = tuple[list[ParagraphChange], Refusal]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file cannot be proved, and at which of its leaves, by their names, as far as the proof says."""

    why: Refusal
    leaves: frozenset[int] = frozenset()


@dataclass(slots=True)
class ChangeSearch:
    """The changes of files that a change leads from one to another of: `proved_changes` hold, `trial` is being proved.

    `written_changes` are those of both that are read again as they should be, `states` the texts with them.
    """

    trial: list[ParagraphChange]
    proved_changes: list[ParagraphChange] = field(default_factory=list)
    waiting: list[list[ParagraphChange]] = field(default_factory=list)
    written_changes: list[ParagraphChange] = field(default_factory=list)
    states: Mapping[str, TextState] = field(default_factory=dict)
    paths: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.paths = frozenset(path for one in self.trial for path in one.paths)

    @property
    def is_known(self) -> bool:
        """Whether the texts are those of the last proof that held."""
        return not self.trial and self.written_changes == self.proved_changes and bool(self.states)

    def begin(self, made: list[ParagraphChange], states: Mapping[str, TextState]) -> None:
        """What is going to be proved."""
        self.written_changes, self.states = made, {path: states[path] for path in self.paths}

    def learn(self, bad: Mapping[str, Failure]) -> list[ParagraphChange]:
        """The next trial, after a proof that failed for the `bad` files; those of this one that cannot be written."""
        wrong = [one for one in self.trial if one in self.written_changes] if self.reason(bad) else []
        if not self.reason(bad):
            self.proved_changes = self.written_changes
        if len(wrong) > 1:
            self.waiting += self.two_trials(wrong, bad)
        self.resume()
        return wrong if len(wrong) == 1 else []

    def two_trials(self, wrong: list[ParagraphChange], bad: Mapping[str, Failure]) -> list[list[ParagraphChange]]:
        """The changes of a trial that failed in two trials, the one that comes next at the end."""
        leaves = {(path, leaf) for path in self.paths & bad.keys() for leaf in bad[path].leaves}
        accused = [one for one in wrong if any((path, one.name) in leaves for path in one.paths)]
        if accused and len(accused) < len(wrong):
            return [accused, [one for one in wrong if one not in accused]]
        half = len(wrong) // 2
        return [wrong[half:], wrong[:half]]

    def reason(self, bad: Mapping[str, Failure]) -> Refusal | None:
        """Why the texts cannot be proved; None where they can."""
        return next((bad[path].why for path in sorted(self.paths & bad.keys())), None)

    def give_up(self) -> list[ParagraphChange]:
        """What was proved alone, and fails beside the changes of other files."""
        given, self.proved_changes = self.proved_changes, []
        return given

    def postpone(self) -> None:
        """The trial for later: it may be another that fails."""
        self.waiting.append(self.trial)
        self.trial = []

    def resume(self) -> None:
        """The next trial."""
        self.trial = self.waiting.pop() if self.waiting else []


def next_trials(searches: Sequence[ChangeSearch], bad: Mapping[str, Failure]) -> Iterator[Refused]:
    """The next trial of every search after a proof; what cannot be written, with the reason.

    Where every file fails, one change may have done it to all: half of the searches wait until the others are proved.
    """
    trying = [search for search in searches if search.trial]
    if len(trying) > 1 and all(search.reason(bad) for search in searches if search.written_changes):
        for search in trying[len(trying) // 2 :]:
            search.postpone()
        return
    for search in trying or searches:
        if why := search.reason(bad):
            yield search.learn(bad) if trying else search.give_up(), why
        else:
            search.learn(bad)
    if not trying or not any(search.reason(bad) for search in trying):
        for search in searches:
            if not search.trial:
                search.resume()


def group_by_files(changes: Sequence[ParagraphChange]) -> Iterator[list[ParagraphChange]]:
    """The changes in groups that have no file in common, each group in the order given."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, one in enumerate(changes):
        near = [group for group in groups if group[0] & one.paths]
        groups = [group for group in groups if group not in near]
        paths = set(one.paths).union(*(group[0] for group in near))
        groups.append((paths, [*(number for group in near for number in group[1]), at]))
    return ([changes[at] for at in sorted(numbers)] for _, numbers in groups)
