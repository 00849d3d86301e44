"""Accepted changes of whole paragraphs on their way into the texts, in memory, each proved; see `restructuring`.

Those that are read again as they should be are proved together on the report laid out again: the paragraphs of every
contribution print exactly the words accepted, and no rule is broken that was not before. Where that fails, the changes
of the files concerned are tried apart, those of all such files at once, until those that can be written are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import eq
from pathlib import Path

from msgspec.structs import replace

from rapport import tree
from rapport.diff.alignment import common_ends
from rapport.diff.markdown_alignment import keys
from rapport.examination.result import Examined
from rapport.model import Block, Diagnostic, Document, Report
from rapport.review.apply import source_file
from rapport.review.apply.change_search import ChangeSearch, Failure, group_by_files
from rapport.review.apply.cited_words import not_noted
from rapport.review.apply.combined_changes import CombinedChanges
from rapport.review.apply.edited_texts import EditedTexts, ReadText, TextState, UnfaithfulEdit
from rapport.review.apply.grouped_changes import ParagraphChange, cells_together, in_rows, with_notes, without_twins
from rapport.review.apply.link_writing import seen_beside_words
from rapport.review.apply.paragraph_aims import ParagraphAims
from rapport.review.apply.printed_paragraphs import PrintedParagraph, printed_paragraphs
from rapport.review.apply.project_copy import Trial, try_files
from rapport.review.apply.session import Paragraphs
from rapport.review.apply.splice import Collision, Crossing, SourceEdit
from rapport.review.apply.targets import CannotTarget, CurrentReport, Obstacle, WriteResult, changes_paragraphs
from rapport.review.collect.ledger import FORMAT, NOTE, PICTURE, Remark
from rapport.storage.cache import Cache

UNPROVED = Failure((Obstacle.UNPROVED, ""))
BY_PROOF = (Obstacle.RULE, Obstacle.UNPROVED)
BESIDE_ANOTHER = (Obstacle.OVERLAP, Obstacle.CROSSING, Obstacle.STRUCTURE)  # as another change had left the text
ORDER = ("format", "insert", "note", "change", "move", "merge", "delete")


class ParagraphWriting:
    """The accepted remarks on whole paragraphs on their way into the texts."""

    def __init__(
        self, root: Path, cache: Cache, examined: Examined, report: Report, document: Document,
        applied: Mapping[tuple[int, str], list[Remark]],
    ) -> None:  # fmt: skip
        self.root, self.cache, self.examined, self.document = root, cache, examined, document
        self.said = printed_paragraphs(report, document)
        self.today = CurrentReport(report, self.said)
        self.aims = ParagraphAims(root, {d.source.path: d for d in examined.drafts}, self.today, applied)
        self.raw, self.opened = self.aims.raw, self.aims.opened
        self.refused: dict[str, tuple[Obstacle, str]] = {}
        self.trial: Trial | None = None
        self.done: set[str] = set()
        self.read_before: dict[tuple[str, str], ReadText] = {}
        self.made_before: dict[tuple[int, ...], tuple[list[ParagraphChange], EditedTexts]] = {}

    def write(self, remarks: Sequence[Remark], sent: Mapping[int, Paragraphs]) -> WriteResult:
        """The files with these remarks in them."""
        wanted = self.whole_rows(list(self.aim_all(remarks, sent)), remarks, sent)
        kept, texts = self.settle_twice(without_twins(in_rows(wanted, self.opened)))
        files = self.files(texts)
        out = {(one.paths, name) for one in kept if one.kind == "delete" for name in one.names or (one.name,)}
        lost = [one for one in kept if one.kind in ("format", "change", "note") and (one.paths, one.name) in out]
        self.refuse(lost, Obstacle.CHANGED)
        lines = {remark.id: self.line(one, texts) for one in kept if one not in lost for remark in one.remarks}
        return WriteResult(files, lines, self.refused, self.trial)

    def settle_twice(self, changes: Sequence[ParagraphChange]) -> tuple[list[ParagraphChange], EditedTexts]:
        """As `settle`; what was left out beside a change that failed in the end is tried again without it."""
        kept, texts = self.settle(changes)
        if again := self.without_rivals(changes, kept):
            kept, texts = self.settle([one for one in changes if one in kept or one in again])
            written = {remark.id for one in kept for remark in one.remarks}
            self.refused = {name: why for name, why in self.refused.items() if name not in written}
        return kept, texts

    def without_rivals(
        self, changes: Sequence[ParagraphChange], kept: Sequence[ParagraphChange]
    ) -> list[ParagraphChange]:
        """What was left out beside changes of the same files that could not be proved in the end."""
        why = {one.remarks[0].id: self.refused[one.remarks[0].id][0] for one in changes if one not in kept}
        failed = {p for one in changes if why.get(one.remarks[0].id) in BY_PROOF for p in one.paths}
        return [one for one in changes if why.get(one.remarks[0].id) in BESIDE_ANOTHER and one.paths & failed]

    def whole_rows(
        self, wanted: list[ParagraphChange], remarks: Sequence[Remark], sent: Mapping[int, Paragraphs]
    ) -> list[ParagraphChange]:
        """The changes without the cells of a row of which another cannot be taken out."""
        for row in cells_together(remarks, lambda remark: sent[remark.projet].by_id.get(remark.bloc)):
            if why := next((self.refused[remark.id] for remark in row if remark.id in self.refused), None):
                gone = [one for one in wanted if one.remarks[0] in row]
                self.refuse(gone, *why)
                wanted = [one for one in wanted if one not in gone]
        return wanted

    def aim_all(self, remarks: Sequence[Remark], sent: Mapping[int, Paragraphs]) -> Iterator[ParagraphChange]:
        """What the remarks ask for; the notes that a new paragraph calls are put in with it."""
        new = {remark.id for remark in remarks if remark.ou and remark.doute != NOTE}
        notes: dict[str, list[Remark]] = defaultdict(list)
        for remark in remarks:
            if remark.doute == NOTE and remark.avec in new and remark.debut >= 0:
                notes[remark.avec].append(remark)
        with_it = {note.id for together in notes.values() for note in together}
        for remark in (remark for remark in remarks if remark.id not in with_it):
            mine = notes.get(remark.id, [])
            change = self.aim(remark, sent)
            if change is not None:
                yield with_notes(change, mine) if mine else change
            else:  # the paragraph stands there already, or cannot be written
                yield from filter(None, (self.aim(note, sent) for note in mine))

    def aim(self, remark: Remark, sent: Mapping[int, Paragraphs]) -> ParagraphChange | None:
        """What a remark asks for; None, with the reason kept, where nothing can be written."""
        try:
            return self.aims.aim(remark, sent.get(remark.projet, Paragraphs({}, {})))
        except CannotTarget as reason:
            if reason.why is Obstacle.DONE:
                self.done.add(remark.id)
            else:
                self.refused[remark.id] = (reason.why, "")
        except Crossing:
            self.refused[remark.id] = (_crossing(remark), "")
        return None

    # ------------------------------------------------------------ made, and proved

    def settle(self, wanted: Sequence[ParagraphChange]) -> tuple[list[ParagraphChange], EditedTexts]:
        """The changes that can be written, and the texts with them; each proof is of one trial of every search."""
        search = ChangeSearch(sorted(wanted, key=lambda one: ORDER.index(one.kind)))
        proved: Mapping[str, TextState] = {}
        while True:
            made, texts = self.make_by_files(search.changes())
            bad = {} if texts.states == proved else self.unproved_files(texts)
            proved = proved if bad else texts.states
            if not bad and not search.trials:
                return made, texts
            for refused, why in search.learn(made, bad):
                self.refuse(refused, *why)

    def make_by_files(self, wanted: Sequence[ParagraphChange]) -> tuple[list[ParagraphChange], EditedTexts]:
        """As `make`; those of files that no other change touches are made once."""
        texts, made, groups = self.texts(), list[ParagraphChange](), list(group_by_files(wanted))
        unmade = [group for group in groups if tuple(map(id, group)) not in self.made_before]
        if len(unmade) > 1:  # what each group makes of its texts is read before, those of all groups by one pandoc
            self.make([one for group in unmade for one in group])
        for group in groups:
            same = tuple(map(id, group))
            if same not in self.made_before:
                self.made_before[same] = self.make(group)
            now, changed = self.made_before[same]
            made += now
            texts.states |= {path: changed.states[path] for one in group for path in one.paths}
        return made, texts

    def make(self, wanted: Sequence[ParagraphChange]) -> tuple[list[ParagraphChange], EditedTexts]:
        """The changes that are read again as they should be, kind by kind, and the texts with them."""
        texts, made = self.texts(), list[ParagraphChange]()
        for kind in ORDER:
            waiting = [one for one in wanted if one.kind == kind]
            while waiting:
                combined = CombinedChanges(texts, waiting)
                several = len(combined.changes) > 1
                now, waiting = (combined.changes, combined.later) if several else (waiting[:1], waiting[1:])
                made += self.make_together(texts, now)
        return made, texts

    def make_together(self, texts: EditedTexts, changes: list[ParagraphChange]) -> list[ParagraphChange]:
        """Those of some changes that touch different paragraphs which can be made; found by files, and by halving."""
        if len(changes) < 2:
            return [one for one in changes if self.make_alone(texts, one)]
        states, tails, combined = dict(texts.states), dict(texts.tails), CombinedChanges(texts, changes)
        try:
            if not combined.later:
                combined.make()
                self.files(texts, combined.files)
                return changes
        except (UnfaithfulEdit, Crossing, source_file.Unwritable):
            texts.states, texts.tails = states, tails
        parts, half = list(group_by_files(changes)), len(changes) // 2
        parts = parts if len(parts) > 1 else [changes[:half], changes[half:]]
        return [one for part in parts for one in self.make_together(texts, part)]

    def make_alone(self, texts: EditedTexts, one: ParagraphChange) -> bool:
        """Whether a change is read again as it should be; the texts have it then, or the reason is kept."""
        states, tails = dict(texts.states), dict(texts.tails)
        try:
            one.make(texts)
            self.files(texts, one.paths)
            return True
        except Collision:
            self.refuse([one], Obstacle.OVERLAP)
        except Crossing:
            self.refuse([one], _crossing(one.remarks[0]))
        except UnfaithfulEdit:
            self.refuse([one], Obstacle.UNPROVED)
        except source_file.Unwritable:
            self.refuse([one], Obstacle.ENCODING)
        texts.states, texts.tails = states, tails
        return False

    def texts(self) -> EditedTexts:
        """The contributions as they stand."""
        return EditedTexts(self.cache, dict(self.opened), self.read_before)

    def refuse(self, group: Iterable[ParagraphChange], why: Obstacle, detail: str = "") -> None:
        """Note for each remark of the group why it is not written."""
        for one in group:
            self.refused |= {remark.id: (why, detail) for remark in one.remarks}

    def files(self, texts: EditedTexts, paths: Iterable[str] | None = None) -> dict[str, bytes]:
        """The files that are not what they were."""
        return {
            path: source_file.apply_edits(
                self.raw[path], [_difference(self.opened[path].text, texts.states[path].text)]
            )
            for path in (texts.states if paths is None else paths)
            if texts.states[path].text != self.opened[path].text
        }

    def unproved_files(self, texts: EditedTexts) -> dict[str, Failure]:
        """The files whose paragraphs, printed, would not say what was accepted, with the reason."""
        files = self.files(texts)
        if not files:
            return {}
        trial = self.trial = try_files(self.root, self.examined, files, self.cache)
        if trial.errors:
            why = {d.span.path: Failure((Obstacle.RULE, d.rule.code)) for d in trial.errors}
            return {
                path: replace(failure, leaves=_names_near(self.opened[path], texts.states[path], trial.errors))
                for path, failure in why.items()
                if path in files
            } or dict.fromkeys(files, next(iter(why.values())))
        if trial.laid_out is None:
            return dict.fromkeys(files, UNPROVED)
        return self.files_not_as_wanted(texts, files, *trial.laid_out)

    def files_not_as_wanted(
        self, texts: EditedTexts, files: Iterable[str], report: Report, document: Document
    ) -> dict[str, Failure]:
        """The files that, printed, say other words than their leaves should; all where another file changed."""
        before, said = _by_file(self.today.blocks, self.said), printed_paragraphs(report, document)
        after, cited = _by_file(report.blocks, said), _by_file(report.blocks, said, of_citations=True)
        same = (_say(after.get(path, []), [keys(p.text) for p in before[path]]) for path in before if path not in files)
        printed_now, then = (seen_beside_words(tree.document_blocks(one)) for one in (document, self.document))
        states = (texts.states, self.opened)
        typed, was = (
            seen_beside_words(p.node for one in s.values() for p in one.source.draft.body.passages) for s in states
        )
        faithful = typed - was <= printed_now and printed_now - then <= typed and then - printed_now <= was - typed
        if not (faithful and all(same)):
            return dict.fromkeys(files, UNPROVED)
        failed = {}
        for path in files:
            all_leaves = texts.states[path].source.leaves
            leaves = [leaf for leaf in all_leaves if leaf.printed_words is not None and leaf.words]
            wanted, printed = [leaf.printed_words or () for leaf in leaves], after.get(path, [])
            if not _say(printed, wanted):
                at = _differing(printed, wanted)
                names = (leaves[n].name for n in range(max(at.start - 1, 0), min(at.stop, len(leaves))))
                failed[path] = replace(UNPROVED, leaves=frozenset(names))
            elif unsaid := not_noted(all_leaves, cited.get(path, [])):
                failed[path] = replace(UNPROVED, leaves=unsaid)
        return failed

    def line(self, one: ParagraphChange, texts: EditedTexts) -> tuple[str, int]:
        """Where a change was made: the file and the line, of the text as it was for what has gone."""
        for states in (texts.states, self.opened):
            for path in sorted(one.paths):
                found = [leaf for leaf in states[path].source.leaves if leaf.name == one.name]
                if found and (states is self.opened or one.kind != "move" or not _stayed(one, path, texts)):
                    try:
                        source, leaf = states[path].source, found[0]
                        start = source.lines(leaf).begin if leaf.words else source.stretch(leaf).start  # a picture
                        return path, source.text.count("\n", 0, start) + 1
                    except (Crossing, ValueError):
                        continue
        return min(one.paths), 1


def _crossing(remark: Remark) -> Obstacle:
    """Why a change that takes in what is no word is not made."""
    if remark.genre in (FORMAT, PICTURE):
        return Obstacle.FORMAT
    return Obstacle.STRUCTURE if changes_paragraphs(remark) or not remark.apres else Obstacle.CROSSING


def _stayed(one: ParagraphChange, path: str, texts: EditedTexts) -> bool:
    """Whether a paragraph of this name in a file is another one than that which was moved."""
    return len(one.paths) > 1 and path == one.make.keywords["path"]  # type: ignore[attr-defined]


def _by_file(
    blocks: Iterable[Block], said: Mapping[str, Sequence[PrintedParagraph]], of_citations: bool = False
) -> dict[str, list[PrintedParagraph]]:
    """What each file prints, paragraph by paragraph, in the order of the file, or its notes that only cite."""
    found: dict[str, list[PrintedParagraph]] = defaultdict(list)
    for block in sorted(blocks, key=lambda one: (one.span.path, one.span.line, one.span.column)):
        found[block.span.path] += (one for one in said.get(block.id, ()) if one.is_citation == of_citations)
    return found


def _say(printed: Sequence[PrintedParagraph], wanted: Sequence[Sequence[str]]) -> bool:
    """Whether these paragraphs say just these words, one after the other."""
    return len(printed) == len(wanted) and all(map(PrintedParagraph.says, printed, wanted))


def _differing(printed: Sequence[PrintedParagraph], wanted: Sequence[Sequence[str]]) -> range:
    """From the first of the wanted paragraphs that is not printed so to the last."""
    start, tail = common_ends(printed, wanted, PrintedParagraph.says)
    return range(start, len(wanted) - tail)


def _names_near(before: TextState, now: TextState, broken: Iterable[Diagnostic]) -> frozenset[int]:
    """The leaves of a text around what breaks a rule there, and those that stood between them before."""
    old, here = [leaf.name for leaf in before.source.leaves], now.source.leaves
    starts, found = [now.source.stretch(leaf).start for leaf in here], set[int]()
    for line in (d.span.line for d in broken if d.span.path == now.source.draft.source.path):
        end = len("\n".join(now.text.split("\n")[:line]))
        at = bisect_right(starts, end)
        first = next((n for n in range(at - 1, 0, -1) if here[n].name in old and starts[n] < starts[at - 1]), 0)
        last = next((n for n in range(at, len(here)) if here[n].name in old), len(here))
        around = [leaf.name for leaf in here[first : last + 1]]
        known = [old.index(name) for name in around if name in old] + [len(old)] * (last == len(here))
        found |= {*around, *old[min(known, default=0) : max(known, default=0)]}
    return frozenset(found)


def _difference(old: str, new: str) -> SourceEdit:
    """The one stretch in which two texts differ."""
    start, tail = common_ends(old, new, eq)
    return SourceEdit(start, len(old) - tail, new[start : len(new) - tail])
