"""What the rules compare a contribution with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapport.images import Image
from rapport.model import Association, Draft, Outline, Section, Span, Theme


@dataclass(frozen=True, slots=True)
class Known:
    """The outline, the associations, the keys of the bibliography, the images found, and who else wrote what."""

    outline: Outline
    themes: Mapping[str, Theme]
    associations: Mapping[str, Association]
    keys: Mapping[str, Span]
    images: Mapping[str, Image]
    paths: Mapping[tuple[str, str], tuple[str, ...]]  # (association, theme) → the files sent for it

    def sections_of(self, draft: Draft) -> tuple[Section, ...]:
        """The sections of the theme's model; a proposed theme is written on the first theme's."""
        theme = self.themes.get(draft.theme) or next(iter(self.themes.values()))
        return theme.sections
