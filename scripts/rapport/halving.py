"""One text never stops the others: those that a writer breaks down at, or cannot print whole, are found by halving, and
set aside.

Nothing of this is done where nothing breaks. Where it does, only the step that broke is tried, with half of the texts,
then half of those; a text is accused only where that step breaks down at it alone and not at a report without texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from rapport import pipeline
from rapport.examination import stopping_texts
from rapport.examination.result import Examined, refuse_texts
from rapport.model import Contribution, Edition
from rapport.output.export import Export
from rapport.proof import ProofFailure
from rapport.report.writer_failure import LAYOUT, WriterFailure
from rapport.storage import manifest
from rapport.storage.cache import Cache

Result = TypeVar("Result")


class Halving(Struct, frozen=True):
    """How an edition is made, and so how a part of its texts is tried."""

    edition: Edition
    cache: Cache
    export: Export
    language: str = "fr"

    def make(
        self, examined: Examined, attempt: Callable[[Examined], Result],
        tell: Callable[[Examined], None] = lambda examined: None,
    ) -> Result:  # fmt: skip
        """What `attempt` makes of the project, without the texts that stop it; `tell` is given the project without.

        Raises what the writer, or the proof of what it wrote, said where no single text is the cause.
        """
        while True:
            try:
                return attempt(examined)
            except WriterFailure as failure:
                examined = self.without_culprits(_Tried(self, examined, failure.writer), failure.__cause__ or failure)
            except ProofFailure as failure:
                if not failure.writer:
                    raise
                examined = self.without_culprits(_Tried(self, examined, failure.writer, is_proved=True), failure)
            tell(examined)

    def without_culprits(self, tried: _Tried, failure: BaseException) -> Examined:
        """The project with the texts refused that this writer breaks down at."""
        examined = tried.examined
        culprits = [] if tried.breaks(()) else tried.culprits(examined.accepted, broken=True)
        if not culprits:
            raise failure
        writers = {culprit.path: tried.writer for culprit in culprits}
        stopping_texts.record_culprits(writers, examined.sources, examined.images, self.cache)
        manifest.forget(str(self.export.root), "check")
        return refuse_texts(examined, writers)


class _Tried(Struct, frozen=True):
    """One writer, tried with some of the texts; `is_proved`: whether what it writes is read back."""

    halving: Halving
    examined: Examined
    writer: str
    is_proved: bool = False

    def breaks(self, group: Sequence[Contribution]) -> bool:
        """Whether the writer breaks down at a report of these texts alone."""
        how = self.halving
        some = replace(self.examined, accepted=tuple(group))
        try:
            report, document, _ = pipeline.lay_out(some, how.edition, how.cache, how.language)
            if report is None or document is None or self.writer == LAYOUT:
                return False
            proof = pipeline.proof(some, report, document, how.export.root, how.cache)
            made = proof.read if self.is_proved else lambda path, content: None
            how.export.attempt(document, self.examined.images, self.writer, made)
            return self.is_proved and bool(proof.wrong(proof.readings))
        except WriterFailure as failure:
            return failure.writer == self.writer

    def culprits(self, group: Sequence[Contribution], broken: bool) -> list[Contribution]:
        """The texts of a group at which, alone, the writer breaks down; `broken` is what is supposed of the group."""
        if len(group) < 2 or not broken:
            if not self.breaks(group):
                return []
            if len(group) < 2:
                return list(group)
        middle = len(group) // 2
        found = self.culprits(group[:middle], broken=False)
        return found + self.culprits(group[middle:], broken=not found)
