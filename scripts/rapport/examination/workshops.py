"""Children's workshops read and held to their rules, apart from the contributions and more strictly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from rapport import rules
from rapport.examination.children_version import page_codes
from rapport.examination.reading import EditorLists
from rapport.language.names import nearest
from rapport.model import Association, Diagnostic, Span
from rapport.project import images
from rapport.project.images import Image
from rapport.project.read import Project
from rapport.safeguarding.guard import Guarded
from rapport.storage.cache import Cache
from rapport.workshops.approval import lapsed_approvals
from rapport.workshops.consent import printable_in, withheld
from rapport.workshops.protection import guard_workshops
from rapport.workshops.reading import read_workshop
from rapport.workshops.withdrawal import remaining
from rapport.workshops.withdrawn_register import read_withdrawn
from rapport.workshops.workshop import Workshop


class CheckedWorkshops(Struct, frozen=True):
    """The workshops that can be read, their drawings by path, what may identify somebody, what is to be said."""

    workshops: tuple[Workshop, ...] = ()
    pictures: Mapping[str, Image] | None = None
    guarded: Mapping[str, Guarded] | None = None
    identifying: frozenset[str] = frozenset()
    open_paths: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"workshops": len(self.workshops), "diagnostics": len(self.diagnostics)}

    def in_edition(self, edition: str) -> tuple[Workshop, ...]:
        """What an edition, or the booklet (« livret »), may hold of them."""
        whole = (one for one in self.workshops if one.path not in self.open_paths)
        return tuple(printable_in(whole, edition, self.pictures or {}, self.identifying))

    @property
    def nameable(self) -> tuple[Workshop, ...]:
        """Those whose own facts say nothing that could identify somebody."""
        return tuple(one for one in self.workshops if one.path not in self.open_paths)


def check_workshops(
    root: Path, project: Project, associations: Mapping[str, Association], lists: EditorLists, cache: Cache
) -> CheckedWorkshops:  # fmt: skip
    """Every workshop of the project; one of an association without a card is told as its texts are."""
    workshops: list[Workshop] = []
    found: list[Diagnostic] = []
    gone = read_withdrawn(root)
    for sent in project.workshops:
        if sent.association not in associations:
            facts = {"folder": sent.association, "nearest": nearest(sent.association, associations)}
            found.append(Diagnostic(rules.UNKNOWN_ASSOCIATION, Span(sent.source.path), facts))
            continue
        workshop, problems = read_workshop(sent.association, sent.theme, sent.source)
        found += problems
        workshops += [gone.mark(root, workshop)] if workshop else []
    drawings = [piece.picture for one in workshops for piece in one.pieces if piece.picture]
    pictures = images.load(root, drawings, cache)
    seen = guard_workshops(workshops, project.sources, lists.world)
    found += [*seen.diagnostics, *withheld(workshops, pictures), *remaining(root, workshops)]
    found += lapsed_approvals(workshops, page_codes(project.templates))
    return CheckedWorkshops(
        tuple(workshops), pictures, seen.guarded, seen.identifying, seen.open_paths, tuple(found)
    )  # fmt: skip
