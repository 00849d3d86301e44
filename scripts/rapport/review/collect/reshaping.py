"""Paragraphs put elsewhere, cut up, or made one with others, told by where they stand now."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.diff.words import WordPositions
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import QUOTED, AlignedReturn
from rapport.review.collect.edits import MARK, ParagraphEdit, Unit, join_lines
from rapport.review.collect.ledger import AFTER, Remark


def reshaping_remarks(
    laid: AlignedReturn, match: ParagraphMatch, base: str, apart: Container[int], told: Container[int]
) -> Iterator[Remark]:
    """What was done to a paragraph as a whole without any mark of change; `base` are its words in the draft.

    `apart`: which of the paragraphs that it is made of begin anew all the same; `told`: the cuts that a change of words
    tells already.
    """
    place, proof = match.places[0], match.method.value
    if match.is_moved and any(map(str.isalpha, base)):  # rows of numbers that Word counts change places by themselves
        goal = move_goal(laid, match.units[0])
        yield laid.remark(ledger.MOVE, place, None, avant=laid.places[place].text.strip(), preuve=proof, **goal)
    cuts = [cut for n, cut in enumerate(_cuts(base, [laid.units[j] for j in match.units])) if n not in told]
    if cuts:
        yield laid.remark(ledger.SPLIT, place, None, preuve=proof, **_cut_words(base, cuts))
    for joined in _joined(match.places, apart):
        words = f" {MARK} ".join(laid.places[i].text.strip() for i in joined)
        goal_id = laid.places[joined[-1]].id
        yield laid.remark(ledger.MERGE, joined[0], None, preuve=proof, avant=words, vers=goal_id)


def _joined(places: Sequence[int], apart: Container[int]) -> list[list[int]]:
    """The paragraphs of the draft that are one now, run by run."""
    runs: list[list[int]] = []
    for number, place in enumerate(places):
        if number and number not in apart:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) > 1]


def _cuts(base: str, units: Sequence[Unit]) -> list[int]:
    """After how many letters of its words in the draft a paragraph was cut."""
    sent = " ".join(unit.text_sent for unit in units)
    to_base, offset = WordPositions(sent, base), 0
    cuts = []
    for unit in units[:-1]:
        offset += len(unit.text_sent)
        cuts.append(to_base(offset, end=True))
        offset += 1
    return cuts


def _cut_words(base: str, cuts: Sequence[int]) -> dict[str, object]:
    """Where a paragraph was cut: the two words around each cut."""
    around = [(base[:cut].rstrip(), base[cut:].lstrip()) for cut in cuts]
    words = [((left.split() or [""])[-1], (right.split() or [""])[0]) for left, right in around]
    (left, right), (last, first) = around[0], words[0]
    start, end = len(left) - len(last), len(base) - len(right) + len(first)
    return {"debut": start, "avant": base[start:end], "apres": " … ".join(f"{one} {MARK} {two}" for one, two in words)}


def words_at_cuts(
    base: str, units: Sequence[Unit], changes: Sequence[ParagraphEdit]
) -> tuple[list[ParagraphEdit], set[int]]:
    """Words that nobody tracked, put in where a paragraph was cut, with the cut on their side; which cuts these are."""
    told, found = set[int](), list(changes)
    for number, cut in enumerate(_cuts(base, units)):
        before, after = (join_lines(unit.text_sent) for unit in units[number : number + 2])
        for n, edit in enumerate(found):
            old, new = join_lines(base[edit.start : edit.end]), join_lines(edit.new)
            if edit.is_tracked or not edit.start <= cut <= edit.end or MARK in new or new == old:
                continue
            if new.startswith(old) and after.startswith(words := new[len(old) :].strip()):
                found[n] = replace(edit, new=f"{old} {MARK} {words}")
            elif new.endswith(old) and before.endswith(words := new[: len(new) - len(old)].strip()):
                found[n] = replace(edit, new=f"{words} {MARK} {old}")
            elif new.startswith(old) and before.endswith(new):
                found[n] = replace(edit, new=f"{new} {MARK}")
            else:
                continue
            told.add(number)
    return found, told


def move_goal(laid: AlignedReturn, j: int) -> dict[str, str]:
    """What a move to the paragraph `j` of the file leads to: after which paragraph of the draft."""
    before = laid.neighbour(j, -1)
    match = laid.found.by_unit.get(j)
    if match is not None and not match.is_moved and not laid.units[j].text_sent.strip():
        before = match.places[0]
    if before is None:
        return {}
    return {"vers": laid.places[before].id, "apres": laid.places[before].text.strip()[:QUOTED], "ou": AFTER}


def joining_remarks(laid: AlignedReturn, j: int, i: int, proof: str) -> Iterator[Remark]:
    """The paragraph `j` of the file, `i` of the draft, whose end was deleted, goes on with what is left of the next."""
    here = laid.units[j]
    for after in range(j + 1, len(laid.units)):
        other = laid.units[after]
        if other.part != here.part:
            return
        if other.text_now.strip():
            match = laid.found.by_unit.get(after)
            if match is not None:
                goal = laid.places[match.places[0]]
                shown = f"{laid.places[i].text.strip()} {MARK} {goal.text.strip()}"
                yield laid.remark(ledger.MERGE, i, here.joining, avant=shown, vers=goal.id, preuve=proof)
            return
        if other.joining is None:
            return
