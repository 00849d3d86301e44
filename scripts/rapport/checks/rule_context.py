"""What the rules compare a contribution with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec
from msgspec import Struct, field

from rapport.bibliography.library import Library
from rapport.model import Association, CslItem, Draft, Outline, Section, Theme
from rapport.project.images import Image
from rapport.project.points import EarlierPoints
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.scan_printed import in_testimony
from rapport.storage.cache import digest


class OutlineContext(Struct, frozen=True, dict=True):
    """What other texts do not change: the outline, the associations' cards, the treaties cited, testimonies' titles.

    Rules that are given this alone are not asked again for the same text: `fingerprint` is part of the place of what
    they said.
    """

    outline: Outline
    themes: Mapping[str, Theme]
    associations: Mapping[str, Association]
    cited_instruments: Mapping[str, Mapping[str, str]]  # by association: key typed → short name of the outline's text
    titles: frozenset[str]  # of the sections of testimonies

    @cached_property
    def fingerprint(self) -> str:
        """The digest of all that is here."""
        return digest(msgspec.json.encode(self, order="deterministic"))

    def is_of_testimonies(self, section: str) -> bool:
        """Whether a section's title is that of the testimonies."""
        return in_testimony(section, self.titles)

    def sections_of(self, draft: Draft) -> tuple[Section, ...]:
        """The sections of the theme's model; a proposed theme is written on the first theme's."""
        theme = self.themes.get(draft.theme) or next(iter(self.themes.values()))
        return theme.sections


class RuleContext(OutlineContext, frozen=True, kw_only=True):
    """The same with the works that may be cited, the images found, and who else wrote what."""

    library: Library
    images: Mapping[str, Image]
    paths: Mapping[tuple[str, str], tuple[str, ...]]  # (association, theme) → the files sent for it
    works: Mapping[str, CslItem]  # the CSL item of each work, by the report's key
    guarded: Mapping[str, Guarded] = field(default_factory=dict)  # what could identify someone, by the file it is in

    familiar_acronyms: frozenset[str] = frozenset()  # acronyms that need no explaining
    texts: Mapping[str, Draft] = field(default_factory=dict)  # every contribution, by its path
    names: frozenset[str] = frozenset()  # places of the report that every text may link to
    points: EarlierPoints = field(default_factory=EarlierPoints)

    @cached_property
    def outline_context(self) -> OutlineContext:
        """What other texts do not change, alone."""
        return OutlineContext(self.outline, self.themes, self.associations, self.cited_instruments, self.titles)
