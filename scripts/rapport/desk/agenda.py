"""The calendar as .ics files, for all and for each association; a stage that is moved stays the same event.

The UID comes from the stage's id and SEQUENCE from the dates it had (RFC 5545, 3.8.4.7 and 3.8.7.4), DTSTAMP from the
data, so that the same outline gives the same bytes; DTEND is the day after the last one. A date that somebody changed
without noting the one before is known by `contributions/drafts/calendrier.yaml`, what was given out last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from msgspec.structs import replace

from rapport.examination.result import Examined
from rapport.messages import desk as desk_words
from rapport.messages import long_date
from rapport.model import Outline
from rapport.project.associations import participants
from rapport.project.calendar import CANCELLED, Stage
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage import schema, strict_yaml, yaml_out
from rapport.storage.transaction import remove_others, write_changed

FOLDER = "build/calendrier"
ALL = "tous"
GIVEN_OUT = "contributions/drafts/calendrier.yaml"


def write(root: Path, examined: Examined, door: Outgoing, language: str) -> tuple[dict[str, int], list[str]]:
    """The files put in place and those of before taken away: the stages in each by its path, and what was removed."""
    stages = versions(root, [stage for stage in examined.calendar if stage.date], desk_words("calendar-head", language))
    files = dict(agendas(examined, stages, door, language))
    counts = {f"{FOLDER}/{name}.ics": count for name, (count, _) in files.items()}
    for name, (_, content) in files.items():
        write_changed(root / FOLDER / f"{name}.ics", content)
    return counts, remove_others(root, FOLDER, ("*.ics",), counts)


def versions(root: Path, stages: Sequence[Stage], head: str) -> list[Stage]:
    """The stages with the SEQUENCE that they are given out with: one more than last time where days, hours or state
    are others. The register of what was given out is written; one that cannot be read counts for nothing."""
    path = root / GIVEN_OUT
    top, _ = strict_yaml.read(path.read_text("utf-8", errors="replace") if path.is_file() else "", GIVEN_OUT)
    last = {schema.text(one.value, "uid"): one.value for one in schema.mappings(top, "etapes")}
    found, rows = list[Stage](), list[list[tuple[str, str]]]()
    for stage in stages:
        when = " ".join(
            (stage.date, stage.last_day, stage.time, stage.end_time, stage.state * (not stage.open))
        ).strip()
        given = last.get(stage.uid, {})
        number = schema.text(given, "version")
        known = int(number) + (schema.text(given, "quand") != when) if number.isdecimal() else 0
        found.append(replace(stage, sequence=max(stage.sequence, known)))
        rows.append([("uid", stage.uid), ("quand", when), ("version", str(found[-1].sequence))])
    content = ("\n".join([*yaml_out.comments([head]), *yaml_out.records("etapes", rows)]) + "\n").encode()
    if rows:
        write_changed(path, content)
    return found


def agendas(
    examined: Examined, stages: Sequence[Stage], door: Outgoing, language: str
) -> Iterator[tuple[str, tuple[int, bytes]]]:
    """The name of each file, how many stages it has, and its bytes; an association that nothing concerns has none."""
    outline = examined.outline
    assert outline is not None
    names = {one.id: one.short for one in examined.associations.values()}
    for name in (ALL, *participants(examined.associations, examined.drafts, outline.identity.date)):
        mine = [stage for stage in stages if name == ALL or stage.concerns(name)]
        if mine:
            yield name, (len(mine), agenda(mine, outline, names, door, language))


def agenda(stages: Sequence[Stage], outline: Outline, names: dict[str, str], door: Outgoing, language: str) -> bytes:
    """These stages as one calendar file."""
    identity = outline.identity
    calendar = Calendar()
    calendar.add("prodid", "-//rapport-alternatif//calendrier//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    said = desk_words("calendar-name", language, collective=identity.collective, draft=identity.draft_name)
    calendar.add("x-wr-calname", door.words(said))
    for stage in stages:
        calendar.add_component(_event(stage, identity.date, names, door, language))
    timed = [stage.date for stage in stages if _timed(stage)]
    if timed:
        years = int(min(timed)[:4]), int(max(timed)[:4])
        calendar.add_missing_timezones(date(years[0], 1, 1), date(years[1] + 1, 12, 31))
    content: bytes = calendar.to_ical()
    return content


def _event(stage: Stage, stamp: str, names: dict[str, str], door: Outgoing, language: str) -> Event:
    event = Event()
    event.add("uid", stage.uid)
    event.add("sequence", stage.sequence)
    event.add("status", "CANCELLED" if stage.state == CANCELLED else "CONFIRMED")
    read = max((former.read_on for former in stage.former), default="") or stamp
    event.add("dtstamp", datetime.combine(date.fromisoformat(read), time(), UTC))
    event.add("summary", door.words(stage.title(language)))
    if stage.place:
        event.add("location", door.words(stage.place))
    if about := "\n".join(door.words(line) for line in _about(stage, names, language)):
        event.add("description", about)
    start, end = _span(stage)
    event.add("dtstart", start)
    if end:
        event.add("dtend", end)
    return event


def _timed(stage: Stage) -> bool:
    """Whether a stage is at an hour: one of several days without the hour at which it ends lasts whole days."""
    return bool(stage.time and (stage.end_time or not stage.end))


def _span(stage: Stage) -> tuple[date, date | None]:
    """From when to when; whole days end with the day after the last."""
    first, last = date.fromisoformat(stage.date), date.fromisoformat(stage.last_day)
    if not _timed(stage):
        return first, last + timedelta(days=1)
    zone = ZoneInfo(stage.zone)
    end = datetime.combine(last, time.fromisoformat(stage.end_time), zone) if stage.end_time else None
    return datetime.combine(first, time.fromisoformat(stage.time), zone), end


def _about(stage: Stage, names: dict[str, str], language: str) -> Iterator[str]:
    """Who takes part, the dates of before, who says so."""
    if stage.time and not _timed(stage):
        yield desk_words("calendar-time", language, time=stage.time)
    if stage.participants:
        who = ", ".join(names.get(one, one) for one in stage.participants)
        yield desk_words("calendar-participants", language, names=who)
    for former in stage.former:
        yield desk_words("calendar-former", language, date=long_date(former.date, language))
    if stage.source:
        yield desk_words("calendar-source", language, source=stage.source)
