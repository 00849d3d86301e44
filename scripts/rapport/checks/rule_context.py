"""What the rules compare a contribution with."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from rapport.bibliography.library import Library
from rapport.model import Association, CslItem, Draft, Outline, Section, Theme
from rapport.project.images import Image
from rapport.project.points import EarlierPoints
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.scan_printed import in_testimony


class RuleContext(Struct, frozen=True):
    """The outline, the associations, the works that may be cited, the images found, and who else wrote what."""

    outline: Outline
    themes: Mapping[str, Theme]
    associations: Mapping[str, Association]
    library: Library
    images: Mapping[str, Image]
    paths: Mapping[tuple[str, str], tuple[str, ...]]  # (association, theme) → the files sent for it
    works: Mapping[str, CslItem]  # the CSL item of each work, by the report's key
    guarded: Mapping[str, Guarded] = field(default_factory=dict)  # what could identify someone, by the file it is in

    familiar_acronyms: frozenset[str] = frozenset()  # acronyms that need no explaining
    titles: frozenset[str] = frozenset()  # of the sections of testimonies
    texts: Mapping[str, Draft] = field(default_factory=dict)  # every contribution, by its path
    instruments: Mapping[str, str] = field(default_factory=dict)  # works that are texts of the outline, by key
    names: frozenset[str] = frozenset()  # places of the report that every text may link to
    points: EarlierPoints = field(default_factory=EarlierPoints)

    def is_of_testimonies(self, section: str) -> bool:
        """Whether a section's title is that of the testimonies."""
        return in_testimony(section, self.titles)

    def sections_of(self, draft: Draft) -> tuple[Section, ...]:
        """The sections of the theme's model; a proposed theme is written on the first theme's."""
        theme = self.themes.get(draft.theme) or next(iter(self.themes.values()))
        return theme.sections
