"""What every verb begins with: the project's texts read, and pandoc at work on them, before the rest is imported.

Little is imported here, because pandoc waits for it; the stages that follow take longer to import than all of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from rapport.bibliography import reading
from rapport.bibliography.reading import Works
from rapport.markdown import parse
from rapport.model import Draft
from rapport.project import read
from rapport.storage import manifest
from rapport.storage.cache import Cache

FEW = 8
"""Texts that are not in the cache: so many are read before another process has begun."""
HERE = 0.6
"""The part of them that this process reads: the other begins later, and has templates and bibliographies to look at."""


class OpenedProject(Struct, frozen=True):
    """A project's texts, and what pandoc makes of them as it goes.

    `works` gives the entries of each bibliography, the editor's first if there is one, and what is wrong with them;
    `drafts` the contributions in their order, without `contributions_beside`, which another process is to read. Each
    may be asked for once.
    """

    project: read.Project
    works: Callable[[], Works]
    drafts: Iterator[Draft]
    contributions_beside: Sequence[read.ContributionFile] = ()


def open_cache(root: Path) -> Cache:
    """The cache of a project, for this very version of the program."""
    return Cache(root / "build" / "cache", manifest.program())


def open_project(root: Path, cache: Cache) -> OpenedProject:
    """Read every text, and set pandoc to work on those that are not in the cache."""
    project = read.read(root)
    shared = [project.bibliography] if project.bibliography else []
    works = reading.read_bibliographies([*shared, *(source for _, source in project.own_bibliographies)], cache)
    unread = [at for at, sent in enumerate(project.contributions) if not parse.is_read(sent, cache)]
    last = unread[int(len(unread) * HERE)] if len(unread) > FEW else len(project.contributions)
    here, beside = project.contributions[:last], project.contributions[last:]
    return OpenedProject(project, works, parse.parse(here, cache), beside)
