"""The calendar files, read back by a reader of our own: what is moved stays one event."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import PRODUCT
from rapport import cli
from rapport.project import calendar
from rapport.storage import strict_yaml
from test_desk import CALENDAR, planned, write

pytestmark = pytest.mark.slow
ALL = "build/calendrier/tous.ics"
NEXT = """\
    - id: pour-beta
      date: 2014-11-05
      heure: 09:00
      heure_fin: 10:30
      fuseau: Europe/Zurich
      pour: [beta]
      evenement: Pour une seule association ; une virgule, un point
    - id: disparue
      date: 2014-12-24
      etat: annulee
      evenement: Réunion annulée
"""
Event = dict[str, tuple[str, str]]


def read(content: bytes) -> list[Event]:
    """The events of a file, each property by its name: (its parameters, its value as words)."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events: list[Event] = []
    inside = False
    for line in content.decode().replace("\r\n ", "").split("\r\n"):
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            inside = line.startswith("BEGIN")
            events += [{}] if inside else []
        elif inside:
            head, _, value = line.partition(":")
            name, _, parameters = head.partition(";")
            assert name not in events[-1]
            events[-1][name] = parameters, re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), value)
    return events


def told(root: Path, path: str = ALL) -> dict[str, Event]:
    assert cli.run(["calendar", "--root", str(root)]) == 0
    events = read((root / path).read_bytes())
    found = {event["UID"][1].partition("@")[0]: event for event in events}
    assert len(found) == len(events)
    return found


@pytest.fixture
def project(project: Path) -> Path:
    planned(project, CALENDAR + NEXT)
    return project


def moved(root: Path, before: str, after: str) -> None:
    outline = root / "chapters/outline.yaml"
    text = outline.read_text(encoding="utf-8")
    assert before in text
    outline.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_every_stage_is_an_event_with_its_days_hours_place_and_people(project: Path) -> None:
    events = told(project)
    assert set(events) == {"veille", "rencontre", "relecture", "pour-beta", "disparue"}
    days = {name: (event["DTSTART"], event.get("DTEND")) for name, event in events.items()}
    whole = "VALUE=DATE"
    assert days == {
        "veille": ((whole, "20141001"), (whole, "20141002")),
        "rencontre": ((whole, "20141002"), (whole, "20141004")),  # several days: the hour is told in words
        "relecture": ((whole, "20150131"), (whole, "20150201")),
        "pour-beta": (("TZID=Europe/Zurich", "20141105T090000"), ("TZID=Europe/Zurich", "20141105T103000")),
        "disparue": ((whole, "20141224"), (whole, "20141225")),
    }
    assert events["rencontre"]["LOCATION"][1] == "Salle inventée"
    said = "Heure : 14:30\nParticipants : Association Alpha, un invité\nDate d'avant : 20 septembre 2014"
    assert events["rencontre"]["DESCRIPTION"][1] == said
    assert events["pour-beta"]["SUMMARY"][1] == "Pour une seule association ; une virgule, un point"
    assert b"BEGIN:VTIMEZONE" in (project / ALL).read_bytes()


def test_the_stamp_is_of_the_data_and_two_runs_are_the_same(project: Path) -> None:
    events = told(project)
    assert events["rencontre"]["DTSTAMP"][1] == "20140901T000000Z"  # when the new date was read
    assert events["veille"]["DTSTAMP"][1] == "20150228T000000Z"
    before = (project / ALL).read_bytes()
    told(project)
    assert (project / ALL).read_bytes() == before


def test_a_date_that_moves_is_the_same_event_in_its_next_version(project: Path) -> None:
    before = told(project)
    moved(
        project, "date: 2014-10-02\n      fin: 2014-10-03",
        "date: 2014-10-16\n      fin: 2014-10-17",
    )  # fmt: skip
    moved(project, "      avant:\n", "      avant:\n        - date: 2014-10-02\n          lu_le: 2014-09-25\n")
    after = told(project)
    assert {name: event["UID"] for name, event in after.items()} == {n: e["UID"] for n, e in before.items()}
    assert (before["rencontre"]["SEQUENCE"][1], after["rencontre"]["SEQUENCE"][1]) == ("1", "2")
    assert after["rencontre"]["DTSTART"][1] == "20141016"
    assert after["rencontre"]["DTSTAMP"][1] == "20140925T000000Z"
    # what is counted from it moves with it, and says so
    assert (before["veille"]["SEQUENCE"][1], after["veille"]["SEQUENCE"][1]) == ("1", "2")
    assert after["veille"]["DTSTART"][1] == "20141015"
    assert before["relecture"] == after["relecture"]


def test_a_date_changed_without_a_word_of_the_one_before_is_the_next_version_too(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    before, first = told(project), outline.read_text("utf-8")
    seen = [int(before["relecture"]["SEQUENCE"][1])]
    for day in ("2015-04-30", "2015-05-31", "2015-05-31", "2015-04-30"):
        outline.write_text(re.sub(r"^  date: .*$", f"  date: {day}", first, count=1, flags=re.M), encoding="utf-8")
        after = told(project)
        assert after["relecture"]["UID"] == before["relecture"]["UID"]
        seen.append(int(after["relecture"]["SEQUENCE"][1]))
    assert seen == [0, 1, 2, 2, 3], "a version for each other day, none for the same"
    assert after["rencontre"] == before["rencontre"], "what is not counted from the report's date"
    write(project, "contributions/drafts/calendrier.yaml", "ce n'est : [ pas du YAML\n")
    assert told(project)["relecture"]["SEQUENCE"][1] == "0"


def test_a_stage_without_an_id_keeps_its_name_when_it_is_moved(project: Path) -> None:
    moved(project, "    - id: disparue\n      date: 2014-12-24\n", "    - date: 2014-12-24\n")
    name = next(name for name in told(project) if name.startswith("reunion-annulee"))
    moved(project, "    - date: 2014-12-24\n", "    - date: 2015-01-07\n      avant:\n        - date: 2014-12-24\n")
    assert told(project)[name]["DTSTART"][1] == "20150107"


def test_what_is_cancelled_says_so(project: Path) -> None:
    events = told(project)
    assert (events["disparue"]["STATUS"][1], events["disparue"]["SEQUENCE"][1]) == ("CANCELLED", "1")
    assert events["veille"]["STATUS"][1] == "CONFIRMED"


def test_an_association_has_what_concerns_it(project: Path) -> None:
    everything = set(told(project))
    assert set(told(project, "build/calendrier/beta.ics")) == everything
    assert set(told(project, "build/calendrier/alpha.ics")) == everything - {"pour-beta"}


def test_what_nobody_has_any_more_is_taken_away(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "build/calendrier/partie.ics", "")
    told(project)
    assert "build/calendrier/partie.ics retiré" in capsys.readouterr().out
    assert not (project / "build/calendrier/partie.ics").exists()


def test_names_that_nobody_cleared_are_masked(project: Path) -> None:
    moved(project, "      participants: [alpha, un invité]", "      participants: [alpha, Ludivine Marchal]")
    told(project)
    for path in (project / "build/calendrier").glob("*.ics"):
        assert "Marchal" not in path.read_text("utf-8").replace("\r\n ", "")


def test_the_reports_own_id_names_its_events(project: Path) -> None:
    moved(project, "  longueur: courte", "  id: essai-2015\n  longueur: courte")
    assert {event["UID"][1].partition("@")[2] for event in told(project).values()} == {"essai-2015"}


def test_a_zone_that_is_none_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved(project, "Europe/Zurich", "Europe/Marseille")
    assert cli.run(["calendar", "--root", str(project)]) == 1
    assert "Europe/Marseille" in capsys.readouterr().err


def test_the_ready_plan_is_counted_from_the_day_of_the_deposit() -> None:
    path = PRODUCT / "docs/plan-type.yaml"
    top, found = strict_yaml.read(f"date: 2015-02-28\n{path.read_text(encoding='utf-8')}", path.name)
    assert found == ()
    assert list(calendar.check_stages(top)) == []
    stages = {stage.id: date.fromisoformat(stage.date) for stage in calendar.read_stages(top)}
    weeks = {name: (day - stages["depot"]) // timedelta(weeks=1) for name, day in stages.items()}
    assert weeks == {
        "plan": -52, "formulaires": -40, "contributions": -26, "projet-1": -20, "projet-2": -14, "accords": -8,
        "gel": -4, "anglais": -2, "depot": 0,
    }  # fmt: skip


def test_a_page_of_the_report_may_print_the_stages_to_come(project: Path) -> None:
    page = project / "chapters/annexes.md.j2"
    loop = "{% for one in calendar %}{{ one.date | date }} : {{ one.event }}\n\n{% endfor %}"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n\n{loop}", encoding="utf-8")
    assert cli.run(["build", "--root", str(project)]) == 0
    printed = " ".join((project / "build/rapport-projet.html").read_text("utf-8").replace("\u00a0", " ").split())
    assert "2 octobre 2014 : Rencontre inventée" in printed
    assert "Réunion annulée" not in printed


def test_the_day_that_texts_are_wanted_by_is_never_past() -> None:
    stages = [calendar.Stage("x", "", date="2014-09-05"), calendar.Stage("contributions", "", date="2014-11-01")]
    days = [
        calendar.reply_day(given, stages, "2015-02-28", today)
        for given, today in (
            ("2014-10-01", "2014-08-01"), ("", "2014-08-01"), ("2014-10-01", "2014-10-02"), ("", "2014-12-01"),
            ("2014-10-01", "2015-03-01"),
        )
    ]  # fmt: skip
    assert days == ["2014-10-01", "2014-11-01", "2014-11-01", "2015-02-28", ""]
