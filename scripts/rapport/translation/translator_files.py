"""The files that translators fill in, written for the first time or brought up to date; what was typed is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from rapport.model import Contribution, Outline
from rapport.project.read import ENGLISH
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.transaction import write_atomically
from rapport.translation.refresh import Progress, progress, refresh_file
from rapport.translation.translations import Translation


class TranslatorFile(Struct, frozen=True):
    """The file of one contribution's translation: where it is or goes, and what is in it (None: not begun)."""

    path: str
    contribution: Contribution
    translation: Translation | None

    def progress(self, outline: Outline) -> Progress:
        """How far its English has come."""
        return progress(self.contribution, outline, self.translation)

    def write(self, root: Path, outline: Outline, door: Outgoing) -> bool:
        """Write it, its hints in the language of the door, which masks its French; whether anything changed."""
        content = refresh_file(self.contribution, outline, self.translation, door.language, door.words).encode()
        changed = self.translation is None or (root / self.path).read_bytes() != content
        if changed:
            write_atomically(root / self.path, content)
        return changed


def translator_files(
    contributions: Iterator[Contribution], translations: Mapping[tuple[str, str], Translation]
) -> Iterator[TranslatorFile]:
    """The file of each contribution; `translations` are those begun, by association and theme."""
    for contribution in contributions:
        before = translations.get((contribution.association, contribution.theme))
        yield TranslatorFile(before.path if before else translation_path(contribution), contribution, before)


def translation_path(contribution: Contribution) -> str:
    """The path of a contribution's translation."""
    return f"{contribution.path[: -len('.md')]}{ENGLISH}"
