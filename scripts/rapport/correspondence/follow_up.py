"""chapters/suivi.yaml: what became of each recommendation, by the id that it has in every draft (its lasting id).

A recommendation was taken up whole, in part or not, by an observation of the Committee; dated notes grade what the
State then did, A to E, as the Human Rights Committee grades follow-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import rules
from rapport.language.names import nearest
from rapport.messages import follow, long_date
from rapport.model import Diagnostic, Fields, Source, Span
from rapport.project.points import EARLIER_REPORT
from rapport.review.collect.remark_rows import RemarkGroup, RemarkRow, RemarkTable
from rapport.review.freeze.draft_map import DraftParagraph
from rapport.storage import schema, yaml_out
from rapport.storage.schema import Key

FOLLOW_UP = "chapters/suivi.yaml"
WHOLE, PART, NOT, OPEN = "entiere", "partie", "non", ""
OUTCOMES = (WHOLE, PART, NOT, OPEN)
GRADES = ("A", "B", "C", "D", "E")
TOP = (Key("suivi", "mappings"),)
ENTRY = (
    Key("recommandation", required=True), Key("numero"), Key("theme"), Key("texte"),
    Key("suite", allowed_values=(WHOLE, PART, NOT)), Key("observation"), Key("notes", "mappings"),
)  # fmt: skip
NOTE = (
    Key("date", required=True, test=schema.is_date, expectation="date"),
    Key("note", required=True, allowed_values=GRADES),
    Key("source", required=True), Key("remarque"),
)  # fmt: skip


class FollowUpNote(Struct, frozen=True):
    """What the State had done on this ISO day, graded A to E, said by this source."""

    date: str
    grade: str
    source: str
    remark: str


class FollowedRecommendation(Struct, frozen=True):
    """A recommendation and what became of it: `outcome` is one of `OUTCOMES`, OPEN where nobody has looked yet."""

    lasting: str
    number: str
    theme: str
    words: str
    outcome: str
    observation: str
    notes: tuple[FollowUpNote, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be asked: taken up whole, and graded A last where it was graded."""
        last = max(self.notes, key=lambda note: note.date).grade if self.notes else GRADES[0]
        return self.outcome == WHOLE and last == GRADES[0]


def recommendations_of(places: Iterable[DraftParagraph]) -> dict[str, DraftParagraph]:
    """The recommendations of a frozen draft by their lasting ids, each number once, in the order of the body."""
    found: dict[str, DraftParagraph] = {}
    for place in places:
        if place.label and not place.copy and place.label not in {one.label for one in found.values()}:
            found[place.lasting] = place
    return found


def read_follow_up(
    source: Source, known: Mapping[str, DraftParagraph]
) -> tuple[tuple[FollowedRecommendation, ...], tuple[Diagnostic, ...]]:
    """The entries in the file's order, and what is wrong; `known`: the recommendations that there are."""
    top, problems = schema.read(source, TOP)
    found = [*problems]
    entries: dict[str, FollowedRecommendation] = {}
    places: dict[str, Span] = {}
    for entry in schema.mappings(top, "suivi"):
        wrong = [*schema.check(entry.value, ENTRY, entry.span)]
        for note in schema.mappings(entry.value, "notes"):
            wrong += schema.check(note.value, NOTE, note.span)
        name = schema.text(entry.value, "recommandation")
        if name and name not in known:
            wrong.append(
                schema.bad_value(
                    Key("recommandation", expectation="lasting"), entry.value["recommandation"], nearest(name, known)
                )
            )
        if name in places:
            wrong.append(Diagnostic(rules.DUPLICATE_IDENTIFIER, entry.span, {"id": name}, (places[name],)))
        found += wrong
        if not wrong:
            places[name] = entry.span
            entries[name] = _entry(entry.value, known[name])
    return tuple(entries.values()), tuple(found)


def _entry(fields: Fields, place: DraftParagraph) -> FollowedRecommendation:
    notes = tuple(
        FollowUpNote(*(schema.text(note.value, key) for key in ("date", "note", "source", "remarque")))
        for note in schema.mappings(fields, "notes")
    )
    words = schema.text(fields, "texte") or words_of(place)
    return FollowedRecommendation(
        schema.text(fields, "recommandation"), schema.text(fields, "numero") or place.label,
        schema.text(fields, "theme") or place.theme, words, schema.text(fields, "suite"),
        schema.text(fields, "observation"), notes,
    )  # fmt: skip


def words_of(place: DraftParagraph) -> str:
    """What a recommendation says, without its number."""
    return " ".join(place.text.removeprefix(place.label).split())


def entry_lines(places: Iterable[tuple[str, str, str, str]]) -> list[str]:
    """New entries as the file keeps them: lasting id, number, theme, words; nobody has looked at them yet."""
    pairs = [
        [("recommandation", yaml_out.single_quoted(lasting)), ("numero", number), ("theme", theme or "''"),
         ("texte", yaml_out.single_quoted(words)), ("suite", "''"), ("observation", "''")]
        for lasting, number, theme, words in places
    ]  # fmt: skip
    return yaml_out.records("suivi", pairs)


def follow_up_table(entries: Sequence[FollowedRecommendation], title: str, language: str) -> RemarkTable:
    """The table as Word and the web have it: those taken up whole, in part, not, and those to be looked at."""

    def say(name: str, /, **facts: object) -> str:
        return follow(name, language, **facts)

    groups = []
    for outcome in OUTCOMES:
        mine = [one for one in entries if one.outcome == outcome]
        if mine:
            rows = tuple(_row(one, language) for one in mine)
            groups.append(RemarkGroup(say(f"group-{outcome or 'open'}", number=len(mine)), "", rows))
    columns = tuple(say(f"column-{name}") for name in ("number", "outcome", "words", "observation", "notes"))
    return RemarkTable(say("title", name=title), say("subject", **counts(entries)), columns, tuple(groups), "")


def counts(entries: Iterable[FollowedRecommendation]) -> dict[str, int]:
    """How many recommendations there are, and how many of each outcome."""
    every = [one.outcome for one in entries]
    return {"all": len(every), **{outcome or "open": every.count(outcome) for outcome in OUTCOMES}}


def _row(one: FollowedRecommendation, language: str) -> RemarkRow:
    notes = " ; ".join(_note(note, language) for note in one.notes)
    outcome = follow(f"outcome-{one.outcome or 'open'}", language)
    return RemarkRow(one.number, one.number, outcome, (), one.words, one.observation, notes)


def _note(note: FollowUpNote, language: str) -> str:
    said = follow("note", language, grade=note.grade, date=long_date(note.date, language), source=note.source)
    return f"{said} – {note.remark}" if note.remark else said


def points_left(entries: Iterable[FollowedRecommendation], report: Mapping[str, str]) -> str:
    """A file of chapters/points/ for the next report: what was not done, each recommendation a point to be answered.

    `report`: the `cote`, `titre`, `auteur`, `date` and `source` of the report that made them.
    """
    left = [one for one in entries if not one.is_done]
    points = [
        {"numero": one.number.lstrip("R"), "objet": one.words, "themes": [one.theme] if one.theme else []}
        for one in left
    ]
    head = "# Les recommandations du rapport précédent qui n'ont pas été suivies, écrites par « make new ».\n"
    values = {**report, "nature": EARLIER_REPORT, "unite": "recommandation", "points": points}
    return head + yaml_out.whole_file(values) if left else ""


def screen_lines(entries: Iterable[FollowedRecommendation], language: str) -> Iterator[str]:
    """One line for each recommendation: number, outcome, observation, last grade, first words."""
    for one in entries:
        grade = max(one.notes, key=lambda note: note.date).grade if one.notes else "–"
        words = one.words if len(one.words) <= 60 else f"{one.words[:59].rstrip()}…"
        outcome = follow(f"outcome-{one.outcome or 'open'}", language)
        yield f"  {one.number:<5}{outcome:<13}{one.observation or '–':<28}{grade:<3}{words}"
