"""What one form says, in order: the first page, the card, the headings with their prompts and tables.

The tables of figures at its end are `count_table`'s. The writers, `docx` and `odt`, only give it a shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from rapport.figures.indicators import Indicator
from rapport.forms import fields
from rapport.forms.count_table import CountTable, count_table
from rapport.forms.fields import COLUMNS, FIELDS, FormField
from rapport.language.names import with_spaces_of
from rapport.messages import form, long_date
from rapport.model import Association, Outline, Section, Theme
from rapport.project.outline import title_in
from rapport.translation.passage_lines import TextLine

HOW = tuple(f"how-{number}" for number in range(1, 8))
ROWS = {"recommandations": 4, "temoignages": 3, "sources": 4}
# Shares of the width; the demand is what is written most in.
WIDTHS = {
    "recommandations": (44, 22, 14, 7, 13),
    "temoignages": (10, 12, 17, 12, 14, 10, 13, 12),
    "sources": (26, 38, 12, 24),
}


class AnswerCell(Struct, frozen=True):
    """A place to answer: `prompt` shows until something is put in; `note` is the sentence beside a box."""

    name: str
    kind: str = "text"
    label: str = ""
    prompt: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()
    note: str = ""


class Grid(Struct, frozen=True):
    """A table to fill in: its titles, and the places of one row, which are the same in all."""

    kind: str
    caption: str
    heads: tuple[str, ...]
    cells: tuple[AnswerCell, ...]
    rows: int
    widths: tuple[int, ...]


class PassageRow(Struct, frozen=True):
    """A line to translate: the code it is known by, the French, notices under it, the English so far."""

    code: str
    french: TextLine
    english: TextLine = ()
    notices: tuple[str, ...] = ()


class FormPart(Struct, frozen=True):
    """One heading of the outline, the bookmark that keeps its name, what is asked under it.

    `passages` stand side by side with the places of their translation, under the titles `heads`.
    """

    bookmark: str
    title: str
    ask: AnswerCell
    grid: Grid | None = None
    card: tuple[AnswerCell, ...] = ()
    passages: tuple[PassageRow, ...] = ()
    heads: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """The whole form; `lines` say for what report and whose it is, `notes` how long and until when."""

    language: str
    title: str
    subtitle: str
    lines: tuple[str, ...]
    how: tuple[str, ...]
    notes: tuple[str, ...]
    card: tuple[AnswerCell, ...]
    parts: tuple[FormPart, ...]
    date: str  # ISO: in the properties of the file
    counts: tuple[CountTable, ...] = ()
    letterhead: str = ""  # who sends it: the collective and its address

    def say(self, name: str) -> str:
        """One of the form's own sentences."""
        return form(name, self.language)

    @property
    def counts_said(self) -> tuple[str, ...]:
        """The sentences above the tables of figures."""
        names = ("counts-intro", "counts-same")[: len(self.counts)]
        return tuple(with_spaces_of(self.say(name), self.language) for name in names)


def compose(
    outline: Outline, associations: Mapping[str, Association], association: str, theme: Theme | None, language: str,
    hints: Sequence[str] | None = None, counts: Sequence[Indicator] = (), reply_by: str = "",
) -> Form:  # fmt: skip
    """The form of one association, on a theme or on one still to be chosen.

    `hints`: the points of earlier documents that nobody has answered on it; None where there are no such documents.
    `counts`: what the association is asked to count. `reply_by`: the ISO day by which it is wanted, "" for none.
    """

    def say(name: str, /, **facts: object) -> str:
        return with_spaces_of(form(name, language, **facts), language)

    named, identity = associations[association].name, outline.identity
    spoken = identity.english if language == "en" else {}
    report = spoken.get("title") or identity.title
    collective = spoken.get("collective") or identity.collective
    title = title_in(language, theme) if theme else ""
    notes = []
    if theme and theme.budget:
        notes.append(say("length", words=theme.budget))
    if reply_by:
        notes.append(say("reply", date=long_date(reply_by, language)))
    if theme and hints:
        notes.append(say("points"))
        notes += [say("point", point=with_spaces_of(hint, language)) for hint in hints]
    given = {
        "association": (named, tuple(sorted((one.name for one in associations.values()), key=str.casefold))),
        "theme": (title, tuple(title_in(language, one) for one in outline.themes if not one.is_closed or one is theme)),
        "auteurs": (named, ()),
        "langue": (fields.choice(language, language), ()),
    }
    left_out = {"theme_propose"} if theme else set[str]()
    left_out |= {"repond"} if hints is None else set()
    card = tuple(_answer(one, given, language) for one in FIELDS if one.name not in left_out)
    sections = (theme or outline.themes[0]).sections
    return Form(
        language=language,
        title=say("title"),
        subtitle=say("subtitle"),
        lines=(
            say("report", report=report, collective=collective),
            say("for", association=named),
            say("on", theme=title) if theme else say("open"),
        ),
        how=tuple(map(say, HOW)),
        notes=tuple(notes),
        card=card,
        parts=tuple(_part(section, language) for section in sections),
        date=identity.date,
        counts=tuple(count_table(one, language) for one in counts),
        letterhead=letterhead(outline, language),
    )


def letterhead(outline: Outline, language: str) -> str:
    """The name and address that every letter has, in a line."""
    identity = outline.identity
    named = identity.english.get("collective", "") if language == "en" else ""
    return " · ".join((named or identity.collective, *identity.contact))


def _answer(field: FormField, given: Mapping[str, tuple[str, tuple[str, ...]]], language: str) -> AnswerCell:
    value, choices = given.get(field.name, ("", ()))
    named = fields.label(field.name, language)
    if field.kind == "checkbox":
        return AnswerCell(field.name, field.kind, named, note=form(f"box-{field.name}", language))
    choices = choices or tuple(fields.choice(one, language) for one in field.choices)
    return AnswerCell(field.name, field.kind, named, form(f"prompt-{field.name}", language), value, choices)


def _part(section: Section, language: str) -> FormPart:
    title = title_in(language, section)
    ask = AnswerCell(f"ask_{section.id}", label=title, prompt=_ask(section, language))
    grid = _grid(section.kind, language) if section.kind in COLUMNS else None
    return FormPart(fields.bookmark(section.id), title, ask, grid)


def _ask(section: Section, language: str) -> str:
    """The prompt of a section that the forms know by name, else of its nature."""
    asked = fields.section_prompts(language)
    return with_spaces_of(asked.get(section.id) or asked.get(section.kind) or asked["texte"], language)


def _grid(kind: str, language: str) -> Grid:
    cells = []
    for field in COLUMNS[kind]:
        head = fields.column(kind, field.name, language)
        prompt = {"dropdown": form("choose", language), "date": form("day", language)}.get(field.kind, "")
        choices = tuple(fields.choice(one, language) for one in field.choices)
        cells.append(AnswerCell(field.name, field.kind, head, prompt, choices=choices))
    heads = tuple(cell.label for cell in cells)
    return Grid(kind, form(f"table-{kind}", language), heads, tuple(cells), ROWS[kind], WIDTHS[kind])
