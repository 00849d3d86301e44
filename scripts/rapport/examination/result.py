"""The project as read and checked: what the steps of `pipeline.examine` make, and what every verb looks at."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.bibliography.library import Library
from rapport.checks.budget import Budget
from rapport.examination import stopping_texts
from rapport.examination.hidden_numbers import OwedFigures
from rapport.examination.workshops import CheckedWorkshops
from rapport.model import Acronym, Association, Contribution, Diagnostic, Draft, Outline, Severity, Source
from rapport.project.actions import Action
from rapport.project.agreements import Agreements
from rapport.project.calendar import Stage
from rapport.project.images import Image
from rapport.project.points import EarlierPoints
from rapport.report.merge import RefusedFile
from rapport.safeguarding.decisions import OpenFinding
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.world import World
from rapport.translation.translations import Translation


class Examined(Struct, frozen=True, kw_only=True):
    """The project as read and checked; without an outline nothing further can be done."""

    sources: Mapping[str, Source]
    outline: Outline | None
    associations: Mapping[str, Association]
    library: Library
    templates: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]
    drafts: tuple[Draft, ...] = ()
    accepted: tuple[Contribution, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    images: Mapping[str, Image] = field(default_factory=dict)
    guarded: Mapping[str, Guarded] = field(default_factory=dict)
    acronyms: tuple[Acronym, ...] = ()
    budget: Budget | None = None
    translations: tuple[Translation, ...] = ()
    in_translations: tuple[Diagnostic, ...] = ()  # what the English edition alone is held to
    agreements: Agreements = field(default_factory=Agreements)
    world: World | None = None
    calendar: tuple[Stage, ...] = ()
    actions: tuple[Action, ...] = ()
    points: EarlierPoints = field(default_factory=EarlierPoints)
    workshops: CheckedWorkshops = field(default_factory=CheckedWorkshops)
    owed_figures: OwedFigures | None = None  # None where the files of figures were not read
    open_numbers: tuple[OpenFinding, ...] = ()  # sentences that seem to say a hidden number and may be let pass

    def open(self, severity: Severity) -> int:
        """How many diagnostics of this severity are open."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.rule.severity is severity)


def refuse_texts(examined: Examined, writers: Mapping[str, str]) -> Examined:
    """The project with these texts refused (F14): paths, each with the writer that breaks down at it."""
    culprits = [one for one in examined.accepted if one.path in writers]
    return replace(
        examined,
        accepted=tuple(one for one in examined.accepted if one.path not in writers),
        refused=(*examined.refused, *(RefusedFile(one.association, one.theme, one.path) for one in culprits)),
        diagnostics=(*examined.diagnostics, *stopping_texts.diagnostics({c.path: writers[c.path] for c in culprits})),
    )
