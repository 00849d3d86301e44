"""The calendar of the outline: stages with their dates, those they had before, and deadlines counted from others.

A stage is dated (`date`), or so many days or weeks before or after another stage or the report's own date (`jours`,
`semaines`, `depuis`): it then moves when that one is moved.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import rules
from rapport.language.names import identifier, nearest
from rapport.model import Diagnostic, Fields, Span, YamlValue
from rapport.storage import schema
from rapport.storage.cache import digest
from rapport.storage.schema import Key

PLANNED, MOVED, CANCELLED, DONE = "prevue", "reportee", "annulee", "faite"
ZONE = "Europe/Paris"  # of the times, where « fuseau » is not said
UID = 16  # signs of what stands for the report in the names of its stages
RECEPTION = "contributions"  # the stage of the ready plan at which texts have come
REPORT = "rapport"  # what « depuis » counts from where it is not said: the report's own date
OFFSET = re.compile(r"[+-]?\d{1,3}")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def is_offset(text: str) -> bool:
    """True for a whole number of days or weeks, with or without its sign."""
    return OFFSET.fullmatch(text) is not None


def is_time(text: str) -> bool:
    """True for a time of the day written 09:30."""
    return TIME.fullmatch(text) is not None


def is_zone(text: str) -> bool:
    """True for the name of a time zone, Europe/Paris."""
    import zoneinfo  # late: few outlines name one

    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


STAGE = (
    Key("id", test=schema.is_identifier, expectation="identifier"),
    Key("date", test=schema.is_date, expectation="date"), Key("fin", test=schema.is_date, expectation="date"),
    Key("jours", test=is_offset, expectation="number"), Key("semaines", test=is_offset, expectation="number"),
    Key("depuis"),
    Key("heure", test=is_time, expectation="time"), Key("heure_fin", test=is_time, expectation="time"),
    Key("fuseau", test=is_zone, expectation="zone"), Key("lieu"), Key("participants", "list"), Key("pour", "list"),
    Key("etat", allowed_values=(PLANNED, MOVED, CANCELLED, DONE)), Key("avant", "mappings"),
    *(Key(n) for n in ("evenement", "evenement_en", "source")),
)  # fmt: skip
FORMER = (
    Key("date", required=True, test=schema.is_date, expectation="date"), Key("source"),
    Key("lu_le", test=schema.is_date, expectation="date"),
)  # fmt: skip


class FormerDate(Struct, frozen=True):
    """A date that a stage had before: who announced its change, and the day on which that was read."""

    date: str
    source: str = ""
    read_on: str = ""


class Stage(Struct, frozen=True):
    """One stage of the calendar; dates are ISO days, `end` the last day included, times « 09:30 », "" what is not said.

    `id` never changes, whatever becomes of the date; `uid` is what calendars know it by, and `sequence` how often it
    was moved or cancelled. `only` are the associations that it concerns, () for all.
    """

    id: str
    event: str
    event_en: str = ""
    date: str = ""
    end: str = ""
    time: str = ""
    end_time: str = ""
    place: str = ""
    participants: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    state: str = PLANNED
    former: tuple[FormerDate, ...] = ()
    source: str = ""
    offset: int | None = None  # days, where the date is counted from `since`
    since: str = ""
    zone: str = ZONE
    uid: str = ""
    sequence: int = 0
    span: Span = field(default_factory=lambda: Span(""))

    def concerns(self, association: str) -> bool:
        """Whether it is in the calendar of an association."""
        return not self.only or association in self.only

    @property
    def last_day(self) -> str:
        """The last day of the stage."""
        return self.end or self.date

    @property
    def open(self) -> bool:
        """Whether it is still to come: neither cancelled nor done."""
        return self.state not in (CANCELLED, DONE)

    def title(self, language: str) -> str:
        """What it is called in the language of who reads it."""
        return self.event_en if language == "en" and self.event_en else self.event


def check_stages(report: Fields) -> Iterator[Diagnostic]:
    """What is wrong with the calendar of an outline's « rapport »: keys, dates, ids, what dates are counted from."""
    entries = schema.mappings(report, "calendrier")
    ids = {schema.text(entry.value, "id") for entry in entries} - {""}
    for entry in entries:
        yield from schema.check(entry.value, STAGE, entry.span)
        for former in schema.mappings(entry.value, "avant"):
            yield from schema.check(former.value, FORMER, former.span)
        if not any(schema.text(entry.value, key) for key in ("date", "jours", "semaines")):
            yield Diagnostic(rules.MISSING_KEY, entry.span, {"key": "date", "wanted": "date"})
        since = schema.text(entry.value, "depuis")
        if since and since not in ids | {REPORT}:
            facts = {"name": since, "nearest": nearest(since, ids), "known": ", ".join(sorted(ids | {REPORT}))}
            yield Diagnostic(rules.UNKNOWN_NAME_IN_OUTLINE, entry.value["depuis"].span, facts)
        elif (end := schema.text(entry.value, "fin")) and end < schema.text(entry.value, "date"):
            yield schema.bad_value(Key("fin", expectation="date"), entry.value["fin"])
    yield from _in_circles(entries)


def _in_circles(entries: Sequence[YamlValue]) -> Iterator[Diagnostic]:
    """Stages whose dates are counted from one another, with no date to begin with."""
    resolved = resolve([_stage(entry) for entry in entries], "2000-01-01")
    for entry, stage in zip(entries, resolved, strict=True):
        if not stage.date and stage.since and "depuis" in entry.value:
            facts = {"name": stage.since, "nearest": "", "known": REPORT}
            yield Diagnostic(rules.UNKNOWN_NAME_IN_OUTLINE, entry.value["depuis"].span, facts)


def read_stages(report: Fields) -> tuple[Stage, ...]:
    """The stages of a sound outline's « rapport », in the order of their dates."""
    stages = [_stage(entry) for entry in schema.mappings(report, "calendrier")]
    dated = resolve(_with_ids(stages), schema.text(report, "date"))
    by_id = {stage.id: stage for stage in dated}
    collective = schema.text(schema.mapping(report, "collectif"), "nom")
    ours = schema.text(report, "id") or digest(collective)[:UID]
    dated = [replace(s, uid=f"{s.id}@{ours}", sequence=_moves(s, by_id) + (s.state == CANCELLED)) for s in dated]
    return tuple(sorted(dated, key=lambda stage: (stage.date, stage.time, stage.id)))


def _moves(stage: Stage, by_id: Mapping[str, Stage]) -> int:
    """How often a stage was moved, by itself or with the one that its date is counted from."""
    before = by_id.get(stage.since)
    return len(stage.former) + (_moves(before, by_id) if before else 0)


def _stage(entry: YamlValue) -> Stage:
    values = entry.value
    former = tuple(
        FormerDate(schema.text(f.value, "date"), schema.text(f.value, "source"), schema.text(f.value, "lu_le"))
        for f in schema.mappings(values, "avant")
    )
    days, weeks = (_number(schema.text(values, key)) for key in ("jours", "semaines"))
    dated = schema.text(values, "date")
    return Stage(
        id=schema.text(values, "id"),
        event=schema.text(values, "evenement"),
        event_en=schema.text(values, "evenement_en"),
        date=dated,
        end=schema.text(values, "fin"),
        time=schema.text(values, "heure"),
        end_time=schema.text(values, "heure_fin"),
        place=schema.text(values, "lieu"),
        participants=schema.texts(values, "participants"),
        only=schema.texts(values, "pour"),
        state=schema.text(values, "etat", MOVED if former else PLANNED),
        former=former,
        source=schema.text(values, "source"),
        offset=None if dated else days + 7 * weeks,
        since="" if dated else schema.text(values, "depuis", REPORT),
        zone=schema.text(values, "fuseau", ZONE),
        span=entry.span,
    )


def _number(text: str) -> int:
    return int(text) if is_offset(text) else 0


def _with_ids(stages: Iterable[Stage]) -> Iterator[Stage]:
    """Each stage with an id: its own, or one of its words and of the first date that it had."""
    seen: dict[str, int] = {}
    for stage in stages:
        first = stage.former[0].date if stage.former else stage.date
        name = stage.id or "-".join(filter(None, (identifier(stage.event)[:40].strip("-"), first)))
        seen[name] = seen.get(name, 0) + 1
        yield replace(stage, id=name if seen[name] == 1 else f"{name}-{seen[name]}")


def resolve(stages: Iterable[Stage], date: str) -> list[Stage]:
    """The stages, each with its day; "" for those that are counted in a circle or from what is not there."""
    found = list(stages)
    by_id = {stage.id: stage for stage in found if stage.id}
    return [replace(stage, date=_day(stage, by_id, date, ())) for stage in found]


def _day(stage: Stage, by_id: Mapping[str, Stage], report: str, seen: tuple[str, ...]) -> str:
    if stage.offset is None:
        return stage.date
    if stage.since == REPORT and REPORT not in by_id:
        start = report
    elif stage.since in by_id and stage.since not in seen and stage.since != stage.id:
        start = _day(by_id[stage.since], by_id, report, (*seen, stage.since))
    else:
        return ""
    if not schema.is_date(start):
        return ""
    try:
        return (datetime.date.fromisoformat(start) + datetime.timedelta(days=stage.offset)).isoformat()
    except OverflowError:
        return ""


def reply_day(given: str, stages: Iterable[Stage], deposit: str, today: str) -> str:
    """The ISO day by which texts are wanted: the editor's own (`given`), else the stage « contributions », else the
    next before the report's own date (`deposit`), else that; "" where each is past, which nobody is asked to keep."""
    coming = {one.id: one.date for one in stages if one.open and today <= one.date < deposit}
    days = (given, coming.get(RECEPTION, ""), *sorted(coming.values()), deposit)
    return next((day for day in days if day >= today), "")


def printable_stages(stages: Iterable[Stage], language: str) -> list[dict[str, str]]:
    """What a page of the report may print of the stages that are to come."""
    names = ("date", "end", "time", "place")
    return [{name: getattr(one, name) for name in names} | {"event": one.title(language)} for one in stages if one.open]
