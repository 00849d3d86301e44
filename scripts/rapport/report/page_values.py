"""What pages print beside the report itself: lists made of the finished body, and what the editor keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rapport.project.calendar import Stage
from rapport.workshops.annex import PrintedWorkshop


class DerivedPiece(Enum):
    """What a slot may stand for beside blocks and nodes; all but the first are made of the finished body."""

    BIBLIOGRAPHY = 1
    RECOMMENDATIONS = 2
    KEYS = 3
    ARTICLES = 4
    ACRONYMS = 5
    POINTS = 6


NEEDED = {DerivedPiece.BIBLIOGRAPHY: "bibliography", DerivedPiece.POINTS: "points"}
"""What a page has to print once, by its name in the template."""


@dataclass(frozen=True, slots=True)
class PageValues:
    """What pages print beside the report: the calendar, whether there are points of earlier documents, workshops."""

    calendar: Sequence[Stage] = ()
    points: bool = False
    workshops: Sequence[PrintedWorkshop] = ()
