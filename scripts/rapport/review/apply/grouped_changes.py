"""Accepted remarks that are one change: the cells of a row, a new paragraph with its notes, what several ask alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.markdown_alignment import keys, tokens
from rapport.review.apply import paragraph_words, table_rows
from rapport.review.apply.edited_texts import EditedTexts, TextState
from rapport.review.apply.targets import empties_paragraph
from rapport.review.collect.ledger import DELETION, Remark
from rapport.review.freeze.draft_map import DraftParagraph

PlaceOf = Callable[[Remark], DraftParagraph | None]


class ParagraphChange(Struct, frozen=True):
    """What one or several remarks ask for: its kind, the files it touches, and how it is made on texts in memory.

    `name` is the leaf that it is about; `names` are all the cells of a row that goes.
    """

    kind: str
    remarks: tuple[Remark, ...]
    paths: frozenset[str]
    name: int
    make: Callable[[EditedTexts], object]
    names: tuple[int, ...] = ()


def in_rows(wanted: Sequence[ParagraphChange], opened: Mapping[str, TextState]) -> list[ParagraphChange]:
    """Cells of one row that go, and new ones after the same cell, are one change each; the last rows first."""
    rest: list[ParagraphChange] = []
    cells: dict[tuple[str, int, int, str], list[ParagraphChange]] = defaultdict(list)
    for one in wanted:
        (path, *more) = sorted(one.paths)
        leaf = opened[path].leaf(one.name) if not more and one.kind in ("delete", "insert") else None
        if leaf is not None and leaf.row >= 0 and not leaf.side_kind and len(one.remarks) == 1:
            cells[(path, leaf.passage, leaf.row, one.kind)].append(one)
        else:
            rest.append(one)
    for (path, _, _, kind), together in sorted(cells.items(), key=lambda one: -one[0][2]):
        if kind == "delete":
            names = tuple(dict.fromkeys(one.name for one in together))
            row = _one(together, partial(table_rows.delete_row, path=path, names=names))
            rest.append(replace(row, names=names))
        else:
            rest += _new_rows(path, together)
    return rest


def _new_rows(path: str, together: Sequence[ParagraphChange]) -> Iterator[ParagraphChange]:
    """The new cells that one reviewer put after one cell."""
    for (name, _), mine in groupby(together, key=lambda one: (one.name, one.remarks[0].relecteur)):
        same = list(mine)
        words = [one.remarks[0].apres for one in same]
        yield _one(same, partial(table_rows.insert_rows, path=path, name=name, cells=words))


def _one(together: Sequence[ParagraphChange], make: Callable[[EditedTexts], object]) -> ParagraphChange:
    return replace(together[0], remarks=tuple(remark for one in together for remark in one.remarks), make=make)


def cells_together(remarks: Iterable[Remark], place_of: PlaceOf) -> list[list[Remark]]:
    """The cells that one reviewer took out one after the other: rows of a table, which go whole or not at all."""
    runs: list[list[Remark]] = []
    for one in sorted(remarks, key=lambda r: (r.projet, r.relecteur, r.place)):
        place = place_of(one)
        if place is None or place.kind != "table" or one.genre != DELETION or not empties_paragraph(one, place):
            continue
        last = runs[-1][-1] if runs else None
        if last and (last.projet, last.relecteur, last.place) == (one.projet, one.relecteur, one.place - 1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [run for run in runs if len(run) > 1]


def without_twins(changes: Sequence[ParagraphChange]) -> list[ParagraphChange]:
    """What several reviewers ask for alike, once, with the remarks of all."""
    found: dict[tuple[str, frozenset[str], int], list[ParagraphChange]] = defaultdict(list)
    for one in changes:
        here = found[(one.kind, one.paths, one.name)]
        twin = next((n for n, other in enumerate(here) if _is_twin(one, other)), None)
        if twin is None:
            here.append(one)
        else:
            here[twin] = replace(here[twin], remarks=(*here[twin].remarks, *one.remarks))
    return [one for here in found.values() for one in here]


def _is_twin(one: ParagraphChange, other: ParagraphChange) -> bool:
    mine, theirs = ({remark.relecteur for remark in change.remarks} for change in (one, other))
    makes = [made for made in (one.make, other.make) if isinstance(made, partial)]
    return (
        not mine & theirs
        and len(makes) == 2
        and len({made.func for made in makes}) == 1
        and (makes[0].keywords == makes[1].keywords)
    )


def with_notes(change: ParagraphChange, notes: Sequence[Remark]) -> ParagraphChange:
    """A new paragraph with the notes that it calls, each at its place in it."""
    path, said = min(change.paths), change.remarks[0].apres
    made = partial(_insert_with_notes, make=change.make, path=path, said=said, notes=notes)
    return replace(change, remarks=(*change.remarks, *notes), make=made)


def _insert_with_notes(
    texts: EditedTexts, make: Callable[[EditedTexts], object], path: str, said: str, notes: Sequence[Remark]
) -> None:
    name = make(texts)
    assert isinstance(name, int)
    for note in notes:
        paragraph_words.add_note(texts, path, name, keys(said), words_before(said, note.debut), note.apres)


def words_before(text: str, at: int) -> int:
    """How many words of a text stand before a place in it."""
    return sum(1 for token in tokens(text) if token.end <= at)
