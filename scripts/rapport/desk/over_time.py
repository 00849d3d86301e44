"""What changed over time: files that arrived, words of each frozen draft, remarks, passages agreed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from rapport.intake.journal import TAKEN, JournalEntry
from rapport.project.agreements import Agreement
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import FrozenDraft
from rapport.storage.schema import is_date
from rapport.tree.counting import count_words_of_string

WIDTH, HEIGHT = 360, 120  # of a plot, and its margins: left, right, top, bottom
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 24
CARD = ".yaml"
DAY = 10  # letters of an ISO day


class Series(Struct, frozen=True):
    """One thing that changes: its name in `messages`, and (label, number) pairs in order, added up if by `days`."""

    name: str
    points: tuple[tuple[str, int], ...]
    days: bool = True

    @property
    def highest(self) -> int:
        return max((number for _, number in self.points), default=0)


class PlotPoint(Struct, frozen=True):
    """One point of a plot, in the units of its box: where it stands, its label, its number."""

    x: float
    y: float
    label: str
    number: int


def series(
    journal: Iterable[JournalEntry], drafts: Iterable[FrozenDraft], remarks: Iterable[Remark],
    agreed: Iterable[Agreement],
) -> tuple[Series, ...]:  # fmt: skip
    """The four plots. What has no day is in none of those that go by days."""
    arrivals = Counter(entry.date[:DAY] for entry in journal if entry.verdict == TAKEN)
    told = Counter(remark.date[:DAY] for remark in remarks)
    signed: Counter[str] = Counter()
    for agreement in agreed:
        signed[agreement.date] += len(agreement.imprints)
    words = tuple((str(draft.number), written_words(draft)) for draft in drafts)
    return (
        Series("arrivals", _added(arrivals)), Series("words", words, days=False), Series("remarks", _added(told)),
        Series("agreements", _added(signed)),
    )  # fmt: skip


def written_words(draft: FrozenDraft) -> int:
    """The words of a draft that its associations wrote, each once: their cards, on the cover, are not theirs, nor are
    the numbers that recommendations are given."""
    own = (one for one in draft.places if one.association and not one.copy and not one.path.endswith(CARD))
    return sum(count_words_of_string(one.text.removeprefix(f"{one.label} ")) for one in own)


def _added(by_day: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Days in order, each with how many there were by its end."""
    total, points = 0, []
    for day in sorted(day for day in by_day if is_date(day)):
        total += by_day[day]
        points.append((day, total))
    return tuple(points)


def marks(one: Series) -> tuple[PlotPoint, ...]:
    """Where the points of a plot stand: days at their distance, drafts side by side, numbers from 0."""
    places = [float(date.fromisoformat(label).toordinal()) for label, _ in one.points] if one.days else []
    places = places or [float(at) for at in range(len(one.points))]
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    span = (places[-1] - places[0]) if places else 0.0
    return tuple(
        PlotPoint(
            round(LEFT + wide * ((place - places[0]) / span if span else 0.5), 1),
            round(TOP + high * (1 - number / (one.highest or 1)), 1), label, number,
        )
        for place, (label, number) in zip(places, one.points, strict=True)
    )  # fmt: skip


def steps(found: Sequence[PlotPoint]) -> str:
    """The line of a plot that goes by days, as the points of an SVG polyline: level until the next day that counts."""
    if not found:
        return ""
    points = [(float(LEFT), float(HEIGHT - BOTTOM)), (found[0].x, float(HEIGHT - BOTTOM))]
    for before, here in zip((None, *found), found, strict=False):
        points += [(here.x, before.y)] if before else []
        points.append((here.x, here.y))
    points.append((float(WIDTH - RIGHT), found[-1].y))
    return " ".join(f"{x:g},{y:g}" for x, y in points)
