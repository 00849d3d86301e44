"""An edition as it was made: what the package that is handed in is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rapport.model import Document, Report


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """An edition whose outputs were proved and put in place."""

    examined: Any
    report: Report
    document: Document
    counts: Any
    outputs: Any
    claims: frozenset[str]  # what the proof of the outputs lets be said of them; see `proof.claims`
