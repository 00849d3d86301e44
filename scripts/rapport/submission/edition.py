"""An edition as it was made: what the package that is handed in is made from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from rapport.examination.result import Examined
from rapport.model import Document, Report


class BuiltEdition(Struct, frozen=True):
    """An edition whose outputs were proved and put in place."""

    examined: Examined
    report: Report
    document: Document
    counts: Mapping[str, int]
    outputs: Mapping[str, bytes]
    claims: frozenset[str]  # what the proof of the outputs shows of them; see `proof.claims`
