"""Accepted changes written into the contributions, in memory, and proved before anything is put in place.

Two proofs: each file is read again, and all its blocks are what they were but those aimed at, which keep everything
that is no word; then the whole report is laid out again, and every paragraph says exactly the words that were accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from rapport import tree
from rapport.diff.markdown_alignment import keys, moved_place, with_changes
from rapport.examination.result import Examined
from rapport.markdown import parse
from rapport.model import Diagnostic, Document, Node, Report, Source
from rapport.project.read import ContributionFile
from rapport.review.apply import source_file
from rapport.review.apply.edited_texts import lost_word_count
from rapport.review.apply.printed_paragraphs import PrintedParagraph, printed_paragraphs
from rapport.review.apply.project_copy import Trial, try_files
from rapport.review.apply.source_ranges import SourceText
from rapport.review.apply.splice import Crossing, SourceEdit
from rapport.review.apply.targets import CurrentReport, Obstacle, Target, WriteResult
from rapport.storage.cache import Cache

ROUNDS = 6
PRINTED_WORDS = frozenset(("Str", "Space", "SoftBreak", "Quoted", *tree.STYLED))  # what a change of words may change


class _Plan(Struct):
    """One aim and the edits of its file that it takes; `twin_remarks` want the very same."""

    aim: Target
    edits: list[SourceEdit] = field(default_factory=list)
    twin_remarks: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.aim.block.span.path


class Writing:
    """The accepted remarks on their way into the texts."""

    def __init__(self, root: Path, cache: Cache, examined: Examined, report: Report, document: Document) -> None:
        self.root, self.cache, self.examined, self.report = root, cache, examined, report
        self.said = printed_paragraphs(report, document)
        self.today = CurrentReport(report, self.said)
        self.drafts = {draft.source.path: draft for draft in examined.drafts}
        self.typed: dict[str, SourceText] = {}
        self.raw: dict[str, bytes] = {}
        self.refused: dict[str, tuple[Obstacle, str]] = {}
        self.trial: Trial | None = None

    def write(self, aims: Sequence[Target]) -> WriteResult:
        """The files with what can be proved of these changes in them; nothing is put in place yet."""
        plans = self.plan(aims)
        self.read_together(plans)
        for path in sorted({plan.path for plan in plans}):
            plans = self.faithful_plans(path, plans)
        plans = self.settle(plans)
        files = {path: self.file(path, plans) for path in {plan.path for plan in plans}}
        for plan in plans:
            self.refused.pop(plan.aim.remark.id, None)
        lines = {
            name: (plan.path, self.draft_line(plan))
            for plan in plans
            for name in (plan.aim.remark.id, *plan.twin_remarks)
        }
        return WriteResult(files, lines, self.refused, self.trial)

    def settle(self, plans: list[_Plan]) -> list[_Plan]:
        """The plans that are proved together; those of a paragraph that cannot be, one after the other."""
        kept = self.stable(plans)
        waiting: dict[tuple[str, int], list[_Plan]] = defaultdict(list)
        for plan in plans:
            if plan not in kept and self.refused[plan.aim.remark.id][0] is Obstacle.UNPROVED:
                waiting[(plan.aim.block.id, plan.aim.paragraph)].append(plan)
        crowded = [together for together in waiting.values() if len(together) > 1]
        whole = True  # the plans kept were proved together at last
        for number in range(max(map(len, crowded), default=0)):
            tried = [together[number] for together in crowded if number < len(together)]
            good = self.prove([*kept, *tried])
            whole = len(good) == len(kept) + len(tried)
            kept += [plan for plan in tried if plan in good]
        return kept if whole else self.stable(kept)

    def stable(self, plans: list[_Plan]) -> list[_Plan]:
        """The plans without those that cannot be proved, until the rest can."""
        for _ in range(ROUNDS):
            kept = self.prove(plans)
            if len(kept) == len(plans):
                return kept
            plans = kept
        self.refuse(plans, Obstacle.UNPROVED)
        return []

    def refuse(self, plans: Iterable[_Plan], why: Obstacle, detail: str = "") -> None:
        """Note for the remarks of these plans, and their twins, why they are not written."""
        for plan in plans:
            self.refused |= dict.fromkeys((plan.aim.remark.id, *plan.twin_remarks), (why, detail))

    def text(self, path: str) -> SourceText:
        """A contribution's text with its source map, read once."""
        if path not in self.typed:
            self.raw[path] = (self.root / path).read_bytes()
            self.typed[path] = SourceText(self.drafts[path])
        return self.typed[path]

    def draft_line(self, plan: _Plan) -> int:
        """The line of its contribution, counted from 1, that a plan's change begins on."""
        text = self.text(plan.path).text
        return text.count("\n", 0, min(edit.start for edit in plan.edits)) + 1

    # ------------------------------------------------------------ what is to be changed

    def plan(self, aims: Sequence[Target]) -> list[_Plan]:
        """Each aim with its edits; those that overlap, or cannot be laid on the text as typed, are refused."""
        by_words: dict[tuple[str, int], list[_Plan]] = defaultdict(list)
        for aim in aims:
            here = by_words[(aim.block.id, aim.paragraph)]
            twin = next((plan for plan in here if plan.aim.changes == aim.changes), None)
            if twin is not None:
                twin.twin_remarks.append(aim.remark.id)
            else:
                here.append(_Plan(aim))
        kept: list[_Plan] = []
        for here in by_words.values():
            against = [one for one in here if any(other is not one and _overlap(one, other) for other in here)]
            self.refuse(against, Obstacle.OVERLAP)
            for plan in here:
                if plan not in against and self.edits(plan):
                    kept.append(plan)
        return kept

    def edits(self, plan: _Plan) -> bool:
        """Whether the changes of a plan can be made in its text; they are kept in it, or the reason is."""
        aim = plan.aim
        try:
            text = self.text(plan.path)
            ground = text.ground(aim.block, self.said[aim.block.id], aim.paragraph)
            plan.edits = [ground.edit(change) for change in aim.changes]
        except Crossing:
            self.refuse([plan], Obstacle.CROSSING)
            return False
        return True

    # ------------------------------------------------------------ the first proof: the file read again

    def read_together(self, plans: Sequence[_Plan]) -> None:
        """The files with all their plans read by one pandoc, into the cache."""
        with suppress(source_file.Unwritable):
            paths = {plan.path for plan in plans}
            for _ in parse.parse(
                [self.contribution_file(path, self.file(path, plans)) for path in sorted(paths)], self.cache
            ):
                pass

    def contribution_file(self, path: str, content: bytes) -> ContributionFile:
        """A file with this content, to be read."""
        draft = self.drafts[path]
        return ContributionFile(draft.association, draft.theme, Source(path, source_file.read(content), ""))

    def faithful_plans(self, path: str, plans: list[_Plan]) -> list[_Plan]:
        """The plans without those after which this file would not be read as what it was, in other words."""
        mine, others = [p for p in plans if p.path == path], [p for p in plans if p.path != path]
        return [*others, *self.readable(path, [], mine)]

    def readable(self, path: str, kept: list[_Plan], more: list[_Plan]) -> list[_Plan]:
        """The plans of a file that can be read with those kept; those that cannot are found by halving."""
        if self.reads(path, [*kept, *more]):
            return [*kept, *more]
        if len(more) == 1:
            return kept
        half = len(more) // 2
        return self.readable(path, self.readable(path, kept, more[:half]), more[half:])

    def reads(self, path: str, plans: Sequence[_Plan]) -> bool:
        """Whether a file with these plans is read again as what it was but for the words of their paragraphs."""
        try:
            content = self.file(path, plans)
        except source_file.Unwritable:
            self.refuse(plans[-1:], Obstacle.ENCODING)
            return False
        draft = self.drafts[path]
        (again,) = parse.parse([self.contribution_file(path, content)], self.cache)
        touched = {self.text(path).passage(plan.aim.block) for plan in plans}
        old, new = draft.body.passages, again.body.passages
        same = len(old) == len(new) and all(
            _frame(one.node) == _frame(other.node) if number in touched else one.node == other.node
            for number, (one, other) in enumerate(zip(old, new, strict=False))
        )
        if not same or lost_word_count(again) != lost_word_count(draft):
            self.refuse(plans[-1:], Obstacle.UNPROVED)
            return False
        for plan in plans:
            self.refused.pop(plan.aim.remark.id, None)
        return True

    def file(self, path: str, plans: Sequence[_Plan]) -> bytes:
        """A contribution's bytes after those of the plans that are its own."""
        self.text(path)
        return source_file.apply_edits(
            self.raw[path], [edit for plan in plans if plan.path == path for edit in plan.edits]
        )

    # ------------------------------------------------------------ the second proof: the report laid out again

    def prove(self, plans: list[_Plan]) -> list[_Plan]:
        """The plans without those whose paragraph, printed, would not say what was accepted."""
        if not plans:
            return plans
        files = {path: self.file(path, plans) for path in {plan.path for plan in plans}}
        trial = self.trial = try_files(self.root, self.examined, files, self.cache)
        if broken := self.breaking_plans(trial, plans):
            return [plan for plan in plans if plan not in broken]
        if trial.laid_out is None:
            self.refuse(plans, Obstacle.UNPROVED)
            return []
        wrong = self.unproved_plans(plans, *trial.laid_out)
        self.refuse(wrong, Obstacle.UNPROVED)
        return [plan for plan in plans if plan not in wrong]

    def breaking_plans(self, trial: Trial, plans: Sequence[_Plan]) -> list[_Plan]:
        """The plans by which a rule is broken that was not before."""
        found: list[_Plan] = []
        for diagnostic in trial.errors:
            there = [plan for plan in plans if plan.path == diagnostic.span.path]
            told = keys(_quoted(diagnostic, trial.examined))
            near = [plan for plan in there if any(set(keys(edit.new)) & set(told) for edit in plan.edits)]
            near = near or [plan for plan in there if abs(self.draft_line(plan) - diagnostic.span.line) <= 1]
            blamed = near or there or list(plans)
            self.refuse(blamed, Obstacle.RULE, diagnostic.rule.code)
            found += blamed
        return found

    def unproved_plans(self, plans: Sequence[_Plan], report: Report, document: Document) -> list[_Plan]:
        """The plans whose paragraph, printed again, does not say what was accepted; all where a block is gone."""
        said = printed_paragraphs(report, document)
        after = [block for block in report.blocks if block.id in said]
        if len(after) != len(self.today.blocks):
            self.refuse(plans, Obstacle.UNPROVED)
            return list(plans)
        wanted: dict[str, list[_Plan]] = defaultdict(list)
        for plan in plans:
            wanted[plan.aim.block.id].append(plan)
        wrong: list[_Plan] = []
        for before, now in zip(self.today.blocks, after, strict=True):
            here = wanted.get(before.id, [])
            if here:
                wrong += _unsaid(here, self.said[before.id], said[now.id])
        return wrong


def _unsaid(plans: Sequence[_Plan], before: Sequence[PrintedParagraph], now: Sequence[PrintedParagraph]) -> list[_Plan]:
    """The plans of one block whose paragraph does not say what it should; all where another paragraph changed."""
    expected = [
        with_changes(keys(p.text), (c for plan in plans if plan.aim.paragraph == n for c in plan.aim.changes))
        for n, p in enumerate(before)
    ]
    if len(expected) != len(now):
        return list(plans)
    called = [
        [moved_place(at, (c for plan in plans if plan.aim.paragraph == n for c in plan.aim.changes)) for at in p.calls]
        for n, p in enumerate(before)
    ]
    wrong = {
        n
        for n, (words, calls, p) in enumerate(zip(expected, called, now, strict=True))
        if words != keys(p.text) or calls != list(p.calls)
    }
    if wrong - {plan.aim.paragraph for plan in plans}:
        return list(plans)
    return [plan for plan in plans if plan.aim.paragraph in wrong]


def _overlap(one: _Plan, other: _Plan) -> bool:
    """Whether two remarks change the same words, or put words at the same place."""
    return any(
        (a.start < b.end and b.start < a.end) or (a.start, a.end) == (b.start, b.end)
        for a in one.aim.changes
        for b in other.aim.changes
    )


def _frame(node: Node) -> list[object]:
    """What a block is made of beside its words, in order: citations, notes, links, pictures, lists and cells."""
    frame: list[object] = []
    for inner in tree.walk(node):
        match kind := tree.kind(inner):
            case _ if kind in PRINTED_WORDS:
                continue
            case "Cite":
                keys_cited = [cited["citationId"] for cited in tree.citations(inner)]
                frame.append((kind, keys_cited, tree.text(tree.inlines(inner))))
            case "Link" | "Image":
                frame.append((kind, tree.attributes(inner), tree.target(inner), tree.tooltip(inner)))
            case "BulletList":
                frame.append((kind, len(tree.items(inner))))
            case "OrderedList":
                frame.append((kind, tree.numbering(inner), len(tree.items(inner))))
            case "Code" | "CodeBlock":
                frame.append((kind, tree.attributes(inner), tree.letters(inner)))
            case _:
                frame.append((kind, tree.attributes(inner)))
    return frame


def _quoted(diagnostic: Diagnostic, examined: Examined) -> str:
    """The words that a diagnostic is of."""
    span = diagnostic.span
    lines = examined.sources[span.path].text.split("\n") if span.path in examined.sources else []
    return lines[span.line - 1][span.column - 1 :][: span.length] if 0 < span.line <= len(lines) else ""
