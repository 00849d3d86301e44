"""What pages print beside the report itself: lists made of the finished body, and what the editor keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from rapport import tree
from rapport.model import Association, Node, Report
from rapport.project.calendar import Stage
from rapport.tree.anchors import name_in_text
from rapport.workshops.annex import PrintedWorkshop

CHART = "graphique-"  # how the identifier of a chart begins


class DerivedPiece(Enum):
    """What a slot may stand for beside blocks and nodes; all but the first and last are made of the finished body."""

    BIBLIOGRAPHY = 1
    RECOMMENDATIONS = 2
    KEYS = 3
    ARTICLES = 4
    ACRONYMS = 5
    POINTS = 6
    PRACTICES = 7
    KEYS_IN_ENGLISH = 8
    APPROVAL = 9


NEEDED = {
    DerivedPiece.BIBLIOGRAPHY: "bibliography",
    DerivedPiece.POINTS: "points",
    DerivedPiece.APPROVAL: "approval",
}
"""What a page has to print once, by its name in the template."""


class PageValues(Struct, frozen=True):
    """What pages print beside the report: the calendar, whether there are points of earlier documents, workshops."""

    calendar: Sequence[Stage] = ()
    points: bool = False
    workshops: Sequence[PrintedWorkshop] = ()
    booklet: bool = False  # whether the pages are those of the booklet of workshops alone
    approval: Sequence[str] = ()  # who approved it: then the pages are those of the version for children alone


def marked_language(inlines: list[Node], language: str) -> list[Node]:
    """Inlines in a language that is not the report's, marked as such; "" for the report's own."""
    return [tree.span(inlines, lang=language)] if language else inlines


def charts_asked_for(report: Report) -> Iterator[str]:
    """The identifiers of the charts that a text of the report refers to."""
    for block in report.blocks:
        for node in tree.walk(block.node) if block.links else ():
            name = name_in_text(tree.target(node).removeprefix("#")) if tree.kind(node) == "Link" else ""
            if name.startswith(CHART):
                yield name


def approval_pieces(lines: Sequence[str]) -> list[Node | DerivedPiece]:
    """What stands where the cover of the version for children says who approved it; nothing on other covers."""
    return [DerivedPiece.APPROVAL, *(tree.para(tree.string(line)) for line in lines)] if lines else []


def member_values(association: Association) -> Mapping[str, str]:
    """What a page may print of a member of the Collective."""
    full = f"{association.name} ({association.acronym})" if association.acronym else association.name
    return {"name": association.name, "full_name": full}
