"""Changes that cannot be proved are found where other words are printed or by halving, those of all files at once."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from rapport.review.apply.change_search import Failure, group_by_files
from rapport.review.apply.grouped_changes import ParagraphChange
from rapport.review.apply.paragraph_writing import ParagraphWriting
from rapport.review.apply.targets import Obstacle


def change(name: int, *paths: str) -> ParagraphChange:
    remark: Any = SimpleNamespace(id=str(name))
    return ParagraphChange("insert", (remark,), frozenset(paths), name, lambda texts: None)


class Proving(ParagraphWriting):
    """Texts are the names of the changes made in them; `bad` fails alone, `poison` makes every file fail.

    `tells`: the proof says at which paragraphs other words are printed.
    """

    def __init__(self, wanted: Sequence[ParagraphChange], bad: set[int], poison: set[int], tells: bool) -> None:
        self.tells = tells
        self.opened: Any = {path: "" for one in wanted for path in one.paths}
        self.bad, self.poison, self.proofs, self.makes = bad, poison, 0, 0
        self.cache: Any = None
        self.read_before, self.made_before, self.refused = {}, {}, {}

    def make(self, wanted: Sequence[ParagraphChange]) -> Any:
        self.makes += len(wanted)
        said = {path: [one.name for one in wanted if path in one.paths] for path in self.opened}
        return list(wanted), SimpleNamespace(states=said)

    def unproved_files(self, texts: Any) -> Any:
        self.proofs += 1
        files = {path: set(names) for path, names in texts.states.items() if names}
        everywhere = any(names & self.poison for names in files.values())
        accused = self.bad if self.tells else set()
        return {
            path: Failure((Obstacle.UNPROVED, ""), frozenset(names & accused))
            for path, names in files.items() if everywhere or names & self.bad
        }  # fmt: skip


def proved(
    wanted: Sequence[ParagraphChange], bad: set[int], poison: set[int], tells: bool = False
) -> tuple[set[int], Proving]:
    search = Proving(wanted, bad, poison, tells)
    kept, texts = search.settle(wanted)
    assert {name for names in texts.states.values() for name in names} == {one.name for one in kept}
    assert set(search.refused) == {str(one.name) for one in wanted} - {str(one.name) for one in kept}
    return {one.name for one in kept}, search


def test_one_that_fails_takes_no_other_with_it() -> None:
    wanted = [change(n, f"{n % 30}.md") for n in range(600)]
    bad = {0, 1, 2, 3, 204, 205, 599}
    kept, search = proved(wanted, bad, set())
    assert kept == set(range(600)) - bad
    assert search.proofs <= 20  # of seven files at once, each halved from twenty


def test_what_is_printed_otherwise_is_tried_after_the_others() -> None:
    wanted = [change(n, f"{n % 30}.md") for n in range(600)]
    bad = {0, 1, 204, 599}
    kept, search = proved(wanted, bad, set(), tells=True)
    assert kept == set(range(600)) - bad
    assert search.proofs <= 4  # all; without the four; the four; what is left is proved already
    assert proved(wanted, bad, set())[1].proofs > 2 * search.proofs


def test_an_accusation_that_is_wrong_refuses_nobody_else() -> None:
    """What the proof tells is only where to look first."""

    class Misled(Proving):
        def unproved_files(self, texts: Any) -> Any:
            return {
                path: replace(failure, leaves=frozenset({2, 4, 6}))
                for path, failure in super().unproved_files(texts).items()
            }

    wanted = [change(n, "a.md") for n in range(60)]
    search = Misled(wanted, {7, 31}, set(), tells=False)
    assert {one.name for one in search.settle(wanted)[0]} == set(range(60)) - {7, 31}


def test_one_that_makes_every_file_fail_is_found() -> None:
    wanted = [change(n, f"{n % 30}.md") for n in range(300)]
    kept, search = proved(wanted, {17}, {44, 201})
    assert kept == set(range(300)) - {17, 44, 201}
    assert search.proofs <= 60


def test_files_that_a_move_links_are_searched_together() -> None:
    wanted = [change(0, "a"), change(1, "b"), change(2, "c"), change(3, "a", "b"), change(4, "d", "c"), change(5, "e")]
    assert [[one.name for one in group] for group in group_by_files(wanted)] == [[0, 1, 3], [2, 4], [5]]
    assert proved(wanted, {3}, set())[0] == {0, 1, 2, 4, 5}


def test_files_that_moves_link_are_searched_at_once() -> None:
    """Forty files in one chain of moves, a change fails in each of thirty: as if they were linked by none."""
    chain = [change(1000 + n, f"{n}.md", f"{n + 1}.md") for n in range(39)]
    wanted = [*(change(n, f"{n % 40}.md") for n in range(400)), *chain]
    bad = set(range(30))
    kept, search = proved(wanted, bad, set(), tells=True)
    assert kept == {one.name for one in wanted} - bad
    assert search.proofs <= 4


def test_what_only_broke_no_rule_is_not_proved_yet() -> None:
    """A broken rule in one file hides what is printed otherwise in another, and refuses no good change there."""

    class Lawful(Proving):
        def unproved_files(self, texts: Any) -> Any:
            unlawful = {path: Failure((Obstacle.RULE, "S03")) for path, names in texts.states.items() if 3 in names}
            failures = super().unproved_files(texts)
            return unlawful or failures

    wanted = [change(n, f"{n % 2}.md") for n in range(20)]
    search = Lawful(wanted, {8}, set(), tells=False)
    assert {one.name for one in search.settle(wanted)[0]} == set(range(20)) - {3, 8}
    assert search.refused["3"] == (Obstacle.RULE, "S03") and search.refused["8"] == (Obstacle.UNPROVED, "")
    assert set(search.refused) == {"3", "8"}


class Rivals(Proving):
    """Of two changes, the second cannot be made beside the first."""

    def make(self, wanted: Sequence[ParagraphChange]) -> Any:
        made = wanted[:1] if {1, 2} == {one.name for one in wanted} else wanted
        self.refuse([one for one in wanted if one not in made], Obstacle.OVERLAP)
        return super().make(made)


@pytest.mark.parametrize(("bad", "kept"), [({1}, [2]), (set(), [1])])
def test_what_collides_with_a_change_that_fails_is_tried_without_it(bad: set[int], kept: list[int]) -> None:
    wanted = [change(1, "a.md"), change(2, "a.md")]
    search = Rivals(wanted, bad, set(), tells=False)
    assert [one.name for one in search.settle_twice(wanted)[0]] == kept
    assert set(search.refused) == {"1", "2"} - set(map(str, kept))
