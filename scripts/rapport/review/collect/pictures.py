"""The pictures of a returned file beside those of the draft: put in, taken out, replaced, described anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport.diff.alignment import edit_script
from rapport.language.folding import fold_typography
from rapport.office.seen_objects import SeenPicture
from rapport.office.tracked_text import TrackedPicture
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import AlignedReturn
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftPicture

NAMELESS = "image"
TOGETHER = 2  # paragraphs between two that stand together


def picture_remarks(laid: AlignedReturn) -> Iterator[Remark]:
    """What was done to pictures; of a draft whose map knows none, what was tracked alone."""
    yield from (_tracked(laid, one) for one in laid.returned.pictures if one.insertion or one.deletion)
    if laid.frozen.pictures is None or laid.missing:
        return
    then, now = laid.frozen.pictures, [one for one in laid.returned.pictures if not one.insertion]
    kinds = _kinds([SeenPicture(one.digest, one.look, one.said) for one in then], [one.picture for one in now])
    muted = bool(then) and not any(one.picture.description for one in now)  # a program's doing
    for stretch in edit_script(kinds[: len(then)], kinds[len(then) :]):
        here, there = then[stretch.start : stretch.end], now[stretch.other_start : stretch.other_end]
        if stretch.is_same:
            yield from () if muted else _described(laid, here, there)
        else:
            yield from _replaced(laid, here, there)


def _kinds(then: Sequence[SeenPicture], now: Sequence[SeenPicture]) -> list[int]:
    """A number for each picture, the same for those that the eye takes for one."""
    known: list[SeenPicture] = []
    found = []
    for one in (*then, *now):
        at = next((n for n, other in enumerate(known) if one.looks_like(other)), len(known))
        found.append(at)
        if at == len(known):
            known.append(one)
    return found


def _described(laid: AlignedReturn, here: Sequence[DraftPicture], there: Sequence[TrackedPicture]) -> Iterator[Remark]:
    for was, one in zip(here, there, strict=True):
        if fold_typography(was.said) != fold_typography(one.picture.description) and not one.deletion:
            yield _remark(laid, _place(laid, was), None, was.said, one.picture.description)


def _replaced(laid: AlignedReturn, here: Sequence[DraftPicture], there: Sequence[TrackedPicture]) -> Iterator[Remark]:
    """Pictures one for another where they stand in one place, otherwise those that went and those that came."""
    new = list(there)
    for was in here:
        place = _place(laid, was)
        one = next((one for one in new if _near(place, _beside(laid, one))), None)
        if one is not None:
            new.remove(one)
        yield _remark(laid, place, None, _called(was.said), _called(one.picture.description) if one else "")
    for one in new:
        yield _remark(laid, _beside(laid, one), None, "", _called(one.picture.description))


def _near(place: int | None, other: int | None) -> bool:
    """Whether two paragraphs stand together, as a picture's caption and the paragraph before it do."""
    return place is not None and other is not None and abs(place - other) <= TOGETHER


def _tracked(laid: AlignedReturn, one: TrackedPicture) -> Remark:
    said = _called(one.picture.description)
    before, after = ("", said) if one.insertion else (said, "")
    kept = next((was for was in laid.frozen.pictures or () if was.digest == one.picture.digest), None)
    place = _place(laid, kept) if kept and not one.insertion else _beside(laid, one)
    return _remark(laid, place, one.deletion or one.insertion, before, after)


def _remark(laid: AlignedReturn, place: int | None, change: object, before: str, after: str) -> Remark:
    return laid.remark(ledger.PICTURE, place, change, avant=before, apres=after)


def _called(said: str) -> str:
    """« [image : …] »: a picture in a line of words."""
    return f"[{NAMELESS} : {said}]" if said else f"[{NAMELESS}]"


def _place(laid: AlignedReturn, picture: DraftPicture) -> int | None:
    return laid.index.get(picture.bloc)


def _beside(laid: AlignedReturn, one: TrackedPicture) -> int | None:
    """The paragraph of the draft that a picture stands in or after."""
    for line in range(one.line, -1, -1):
        found = laid.found.by_unit.get(laid.at_line.get(line, -1))
        if found is not None and laid.returned.lines[line].part == laid.returned.lines[one.line].part:
            return found.places[-1]
    return None
