"""What a file is compared with: the outline, the associations, the works that the report knows, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.figures.indicators import Dictionary
from rapport.messages import LANGUAGES
from rapport.model import Association, Contribution, CslItem, Outline, Section, Span, Theme
from rapport.project.points import hint

if TYPE_CHECKING:
    from rapport.examination.result import Examined


class Plan(Struct, frozen=True):
    """`works` are the CSL items of bibliography.bib by key; `own_works` those of each association's sources.bib.

    `hints`: the points of earlier documents as forms print them; `contributions` by association and theme;
    `dictionary`: what forms ask to count.
    """

    outline: Outline
    associations: Mapping[str, Association]
    works: Mapping[str, CslItem] = field(default_factory=dict)
    own_works: Mapping[str, Mapping[str, CslItem]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    contributions: Mapping[tuple[str, str], Contribution] = field(default_factory=dict)
    dictionary: Dictionary = field(default_factory=Dictionary)

    def theme(self, identifier: str) -> Theme | None:
        """The theme of this id; None where the outline has none."""
        return next((theme for theme in self.outline.themes if theme.id == identifier), None)

    def sections(self, theme: str = "") -> tuple[Section, ...]:
        """The sections of a theme's model; the first theme's for one that is not known yet."""
        return (self.theme(theme) or self.outline.themes[0]).sections

    @property
    def ground(self) -> str:
        """All of it that the reading of any text depends on: not where it is written, how long texts may be, what was
        accepted since, what one association cites (`own_ground`).
        """
        nowhere = Span("")
        identity = replace(
            self.outline.identity, length="", length_words=None, length_notes=False, length_span=nowhere, logos=()
        )
        themes = [replace(one, budget=None, span=nowhere, budget_span=nowhere) for one in self.outline.themes]
        others = (self.outline.instruments, self.associations, self.works, self.hints, self.dictionary)
        return repr((identity, themes, *others))

    def own_ground(self, association: str) -> str:
        """What the reading of one association's texts depends on besides."""
        return repr(self.own_works.get(association))


def plan_of(examined: Examined, dictionary: Dictionary | None = None) -> Plan:
    """What files are compared with, of a project as read."""
    assert examined.outline is not None
    items = {reference.key.value: reference.item for reference in examined.library.references}
    keys = examined.library.keys
    works = {typed: items[name] for typed, name in keys.get("", {}).items() if name in items}
    own = {
        association: {typed: items[name] for typed, name in known.items() if name in items}
        for association, known in keys.items()
        if association
    }
    hints = tuple(hint(*point, language) for point in examined.points.points for language in LANGUAGES)
    accepted = {(one.association, one.theme): one for one in examined.accepted}
    counted = dictionary or Dictionary()
    return Plan(examined.outline, examined.associations, works, own, hints, accepted, counted)
