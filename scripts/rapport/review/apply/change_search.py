"""Which of the changes of some files can be written: tried together; where their proof fails, apart.

Those at whose paragraphs other words are printed than were accepted are tried after the others; else they are halved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct

from rapport.review.apply.grouped_changes import ParagraphChange
from rapport.review.apply.targets import Obstacle

Refusal = tuple[Obstacle, str]
Refused = tuple[list[ParagraphChange], Refusal]


class Failure(Struct, frozen=True):
    """Why a file cannot be proved, and at which of its leaves, by their names, as far as the proof says."""

    why: Refusal
    leaves: frozenset[int] = frozenset()


class ChangeSearch:
    """Changes on their way to a proof: `proved` hold, `lawful` break no rule, the `trials` are being tried.

    No two trials have a file in common: a file that fails tells which of them does. Where every file fails, one change
    may have done it to all: half of the trials are `postponed` until the others are tried.
    """

    def __init__(self, wanted: Sequence[ParagraphChange]) -> None:
        self.proved, self.lawful = list[ParagraphChange](), list[ParagraphChange]()
        self.wanted = wanted
        self.trials, self.postponed = list[list[ParagraphChange]](), list[list[ParagraphChange]]()
        self.waiting = list(group_by_files(wanted))
        self.resume()

    def changes(self) -> list[ParagraphChange]:
        """What is going to be proved, in the order given."""
        found = {id(one) for one in (*self.proved, *self.lawful, *(one for trial in self.trials for one in trial))}
        return [one for one in self.wanted if id(one) in found]

    def learn(self, made: Sequence[ParagraphChange], bad: Mapping[str, Failure]) -> Iterator[Refused]:
        """The next trials, after a proof of the changes `made`; what cannot be written, with the reason.

        Where a rule was broken, the report was not laid out: what breaks none is not proved yet.
        """
        if len(self.trials) > 1 and all(_reason(one.paths, bad) for one in made):
            self.postponed[:0] = self.trials[len(self.trials) // 2 :]
            self.trials = self.trials[: len(self.trials) // 2]
            return
        laid_out = all(failure.why[0] is not Obstacle.RULE for failure in bad.values())
        self.suspect(bad, laid_out)
        there, again, good = {id(one) for one in made}, list[list[ParagraphChange]](), list[ParagraphChange]()
        for trial in self.trials:
            tried = [one for one in trial if id(one) in there]
            why = _reason({path for one in trial for path in one.paths}, bad)
            if why is None:
                good += tried
            elif len(tried) == 1:
                yield tried, why
            else:
                again += [group for half in two_trials(tried, bad) for group in group_by_files(half)]
        self.lawful += good
        if laid_out:
            self.proved, self.lawful = self.proved + self.lawful, []
        self.waiting[:0] = again
        self.resume()

    def suspect(self, bad: Mapping[str, Failure], laid_out: bool) -> None:
        """What was let through in a file that fails is tried again: it may be what fails, alone or beside others."""
        failing = [one for one in self.lawful if _reason(one.paths, bad)] if laid_out or not self.trials else []
        if not self.trials and not failing:
            failing = [one for one in self.proved if _reason(one.paths, bad)]
        there = {id(one) for one in failing}
        self.proved = [one for one in self.proved if id(one) not in there]
        self.lawful = [one for one in self.lawful if id(one) not in there]
        self.trials = list(group_by_files([*failing, *(one for trial in self.trials for one in trial)]))

    def resume(self) -> None:
        """The next trials: of the changes of one file, those that come first."""
        if not self.waiting:
            self.waiting, self.postponed = self.postponed, []
        self.trials, later, taken = list[list[ParagraphChange]](), list[list[ParagraphChange]](), set[str]()
        for trial in self.waiting:
            paths = {path for one in trial for path in one.paths}
            (later if paths & taken else self.trials).append(trial)
            taken |= paths
        self.waiting = later


def _reason(paths: Set[str], bad: Mapping[str, Failure]) -> Refusal | None:
    """Why the first of these files cannot be proved; None where all can."""
    return next((bad[path].why for path in sorted(paths & bad.keys())), None)


def two_trials(wrong: list[ParagraphChange], bad: Mapping[str, Failure]) -> tuple[list[ParagraphChange], ...]:
    """The changes of a trial that failed in two trials, the one that comes next first."""
    accused = [one for one in wrong if any(path in bad and one.name in bad[path].leaves for path in one.paths)]
    if accused and len(accused) < len(wrong):
        return [one for one in wrong if one not in accused], accused
    return wrong[: len(wrong) // 2], wrong[len(wrong) // 2 :]


def group_by_files(changes: Sequence[ParagraphChange]) -> Iterator[list[ParagraphChange]]:
    """The changes in groups that have no file in common, each group in the order given."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, one in enumerate(changes):
        near = [group for group in groups if group[0] & one.paths]
        groups = [group for group in groups if group not in near]
        paths = set(one.paths).union(*(group[0] for group in near))
        groups.append((paths, [*(number for group in near for number in group[1]), at]))
    return ([changes[at] for at in sorted(numbers)] for _, numbers in groups)
