"""Accepted changes of words in the editor's own templates, where the words stand there literally.

They are laid on the one stretch of the template that says them, outside what Jinja puts in, and proved on the report
laid out again: one paragraph says exactly the words accepted, every other one what it said, and no rule is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.diff.alignment import common_places
from rapport.diff.markdown_alignment import WordChange, changes, keys, tokens, with_changes
from rapport.diff.thresholds import STILL_SAYS
from rapport.examination.result import Examined
from rapport.model import Document, Report
from rapport.review.apply import source_file
from rapport.review.apply.printed_paragraphs import paragraphs
from rapport.review.apply.project_copy import Trial, try_files
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.splice import Crossing, SourceEdit, SourceParagraph
from rapport.review.apply.targets import (
    CannotTarget,
    Obstacle,
    WriteResult,
    carry_changes,
    check_words,
    current_words,
    is_exactly,
)
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph
from rapport.storage.cache import Cache

TEMPLATE = ".j2"
JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
STRETCH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")  # lines without a blank one among them


class TemplateChange(Struct, frozen=True):
    """One remark: the file, its edits, which paragraph of the document it changes, and to what words."""

    remark: Remark
    path: str
    edits: tuple[SourceEdit, ...]
    paragraph: int
    changes: tuple[WordChange, ...]


def in_template(place: DraftParagraph | None) -> bool:
    """Whether a paragraph of a draft is typed in a template of the editor's."""
    return place is not None and not place.block and place.path.endswith(TEMPLATE)


class TemplateWriting:
    """The accepted remarks on templates on their way into these; `applied`: those written, by draft and paragraph."""

    def __init__(
        self, root: Path, cache: Cache, examined: Examined, report: Report, document: Document,
        applied: Mapping[tuple[int, str], list[Remark]],
    ) -> None:  # fmt: skip
        del report
        self.root, self.cache, self.examined, self.applied = root, cache, examined, applied
        self.said = _said(document)
        self.raw: dict[str, bytes] = {}
        self.refused: dict[str, tuple[Obstacle, str]] = {}
        self.trial: Trial | None = None
        self.done: set[str] = set()

    def write(self, remarks: Sequence[Remark], sent: Mapping[int, Paragraphs]) -> WriteResult:
        """The templates with these remarks in them."""
        wanted = list(self.aim_all(remarks, sent))
        for one, other in combinations(wanted, 2):
            if one.path == other.path and _overlap(one.edits, other.edits):
                self.refused |= dict.fromkeys((one.remark.id, other.remark.id), (Obstacle.OVERLAP, ""))
        wanted = [one for one in wanted if one.remark.id not in self.refused]
        kept = self.provable([], wanted) if wanted else []
        lines = {one.remark.id: (one.path, self.line(one)) for one in kept}
        return WriteResult(self.files(kept), lines, self.refused, self.trial)

    def aim_all(self, remarks: Sequence[Remark], sent: Mapping[int, Paragraphs]) -> Iterator[TemplateChange]:
        """What can be changed in templates for these remarks; of any other the reason is kept."""
        for remark in remarks:
            try:
                yield self.aim(remark, sent[remark.projet].by_id[remark.bloc])
            except CannotTarget as reason:
                if reason.why is Obstacle.DONE:
                    self.done.add(remark.id)
                else:
                    self.refused[remark.id] = (reason.why, "")
            except (Crossing, source_file.Unwritable):
                self.refused[remark.id] = (Obstacle.EDITOR, "")

    def aim(self, remark: Remark, place: DraftParagraph) -> TemplateChange:
        """The change of the one stretch of a template that says the words; raises `CannotTarget` or `Crossing`."""
        check_words(remark, place, Obstacle.EDITOR)
        base, start = current_words(place, remark, self.applied.get((remark.projet, place.id), []))
        wanted = changes(base, start, start + remark.end - remark.debut, remark.apres)
        if not wanted:
            raise CannotTarget(Obstacle.SPACES)
        if any(sign in one.new for one in wanted for sign in "{}"):
            raise Crossing
        saying = [n for n, words in enumerate(self.said) if words == keys(base) or is_exactly(keys(base), words)]
        if len(saying) != 1:
            now = with_changes(keys(base), wanted)
            done = not saying and any(words == now or is_exactly(now, words) for words in self.said)
            raise CannotTarget(Obstacle.DONE if done else Obstacle.EDITOR)
        here = tuple(carry_changes(wanted, keys(base), self.said[saying[0]]))
        ground = self.ground(place.path, self.said[saying[0]])
        return TemplateChange(remark, place.path, tuple(map(ground.edit, here)), saying[0], here)

    def ground(self, path: str, words: Sequence[str]) -> SourceParagraph:
        """The one stretch of a template that says these words; raises `Crossing`."""
        if path not in self.raw:
            self.raw[path] = (self.root / path).read_bytes()
        text = source_file.read(self.raw[path])
        bare = JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        scored = []
        for stretch in STRETCH.finditer(bare):
            found = [
                replace(token, start=token.start + stretch.start(), end=token.end + stretch.start())
                for token in tokens(stretch[0])
            ]
            places = common_places(words, [token.key for token in found])
            scored.append((len(places), stretch.start(), SourceParagraph(text, found, places, 0, len(words))))
        scored.sort(key=lambda one: one[:2], reverse=True)
        if not scored or scored[0][0] < STILL_SAYS * len(words) or scored[0][0] == [*scored, (0,)][1][0]:
            raise Crossing
        return scored[0][2]

    # ------------------------------------------------------------ proved

    def files(self, plans: Iterable[TemplateChange]) -> dict[str, bytes]:
        """The editor's pages after these changes, by path."""
        edits: dict[str, list[SourceEdit]] = {}
        for one in plans:
            edits.setdefault(one.path, []).extend(one.edits)
        return {path: source_file.apply_edits(self.raw[path], made) for path, made in edits.items()}

    def provable(self, kept: list[TemplateChange], more: list[TemplateChange]) -> list[TemplateChange]:
        """The changes that can be proved with those kept; where some cannot, they are found by halving."""
        why = self.prove([*kept, *more])
        if why is None:
            return [*kept, *more]
        if len(more) == 1:
            self.refused[more[0].remark.id] = why
            return kept
        half = len(more) // 2
        return self.provable(self.provable(kept, more[:half]), more[half:])

    def prove(self, plans: Sequence[TemplateChange]) -> tuple[Obstacle, str] | None:
        """None where the report laid out again says exactly what was accepted, else the reason."""
        try:
            files = self.files(plans)
        except source_file.Unwritable:
            return Obstacle.ENCODING, ""
        trial = self.trial = try_files(self.root, self.examined, files, self.cache)
        if trial.errors:
            return Obstacle.RULE, trial.errors[0].rule.code
        expected = list(self.said)
        for paragraph in {one.paragraph for one in plans}:
            mine = [change for one in plans if one.paragraph == paragraph for change in one.changes]
            expected[paragraph] = with_changes(expected[paragraph], mine)
        proved = trial.laid_out is not None and _said(trial.laid_out[1]) == expected
        return None if proved else (Obstacle.UNPROVED, "")

    def line(self, one: TemplateChange) -> int:
        """The line of its page, counted from 1, that a change begins on."""
        return source_file.read(self.raw[one.path]).count("\n", 0, min(edit.start for edit in one.edits)) + 1


def _said(document: Document) -> list[list[str]]:
    """The words of every paragraph of the document, in order, each once: divisions are entered, not read."""
    blocks = (node for node in tree.document_blocks(document) if tree.kind(node) != "Div")
    return [keys(paragraph.text) for node in blocks for paragraph in paragraphs(node) if paragraph.text]


def _overlap(some: Iterable[SourceEdit], others: Sequence[SourceEdit]) -> bool:
    return any(a.start <= b.end and b.start <= a.end for a in some for b in others)
