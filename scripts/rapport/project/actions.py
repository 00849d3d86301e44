"""chapters/actions.yaml: who does what by when; what the minutes of a meeting leave to be done, sent or decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from rapport import rules
from rapport.model import Association, Diagnostic, Source, Span, YamlValue
from rapport.project.calendar import Stage
from rapport.storage import schema
from rapport.storage.schema import Key

ACTIONS = "chapters/actions.yaml"
AWAITED, DONE, DROPPED = "attendue", "faite", "abandonnee"
COLLECTIVE, OUTSIDE = "collectif", "exterieur"  # those who act and are no association
TOP = (Key("actions", "mappings"),)
ACTION = (
    Key("id", required=True, test=schema.is_identifier, expectation="identifier"),
    Key("quoi", required=True), Key("quoi_en"), Key("qui", required=True),
    Key("pour", test=schema.is_date, expectation="date"), Key("etape"),
    Key("nature", allowed_values=("action", "piece", "decision")), Key("etat", allowed_values=(AWAITED, DONE, DROPPED)),
    Key("fait_le", test=schema.is_date, expectation="date"), Key("source", required=True),
)  # fmt: skip


class Action(Struct, frozen=True):
    """One thing to be done, sent (« piece ») or decided: who, what, by which ISO day ("" for none), said where.

    `holder` is an association's id, « collectif » or « exterieur ». `stage`: the stage of the calendar that gave the
    day.
    """

    id: str
    task: str
    task_en: str
    holder: str
    due_date: str
    stage: str
    kind: str
    state: str
    done_on: str
    source: str
    span: Span

    @property
    def open(self) -> bool:
        """Whether it is still awaited."""
        return self.state == AWAITED

    def words(self, language: str) -> str:
        """What is to be done, in the language of who reads it."""
        return self.task_en if language == "en" and self.task_en else self.task


def read_actions(
    source: Source | None, associations: Mapping[str, Association], stages: Iterable[Stage]
) -> tuple[tuple[Action, ...], tuple[Diagnostic, ...]]:
    """The actions in the file's order, and what is wrong with it: an entry that is not whole is left out."""
    if source is None:
        return (), ()
    top, problems = schema.read(source, TOP)
    found = [*problems]
    days = {stage.id: stage.date for stage in stages}
    actions: dict[str, Action] = {}
    for entry in schema.mappings(top, "actions"):
        wrong = [*schema.check(entry.value, ACTION, entry.span), *_unknown(entry, associations, days)]
        name = schema.text(entry.value, "id")
        if not wrong and name in actions:
            wrong = [Diagnostic(rules.DUPLICATE_IDENTIFIER, entry.span, {"id": name}, (actions[name].span,))]
        found += wrong
        if not wrong:
            actions[name] = _action(entry, days)
    return tuple(actions.values()), tuple(found)


def _unknown(entry: YamlValue, associations: Mapping[str, Association], days: Mapping[str, str]) -> list[Diagnostic]:
    """Who acts, or the stage that an action is due at, where the project has none of that name."""
    known = {"qui": (*associations, COLLECTIVE, OUTSIDE), "etape": tuple(days)}
    said = {key: schema.text(entry.value, key) for key in known}
    return [
        schema.unknown_name(entry.value[key], known[key])
        for key, name in said.items()
        if name and name not in known[key]
    ]


def _action(entry: YamlValue, days: Mapping[str, str]) -> Action:
    def said(key: str, default: str = "") -> str:
        return schema.text(entry.value, key, default)

    done = said("fait_le")
    return Action(
        id=said("id"),
        task=said("quoi"),
        task_en=said("quoi_en"),
        holder=said("qui"),
        due_date=said("pour") or days.get(said("etape"), ""),
        stage=said("etape"),
        kind=said("nature", "action"),
        state=said("etat", DONE if done else AWAITED),
        done_on=done,
        source=said("source"),
        span=entry.span,
    )
