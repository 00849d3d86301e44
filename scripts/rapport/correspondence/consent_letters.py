"""« Votre texte tel qu'il est maintenant »: an association's passages, with what changed in them since it sent them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.compare.confidential import without_confidential
from rapport.compare.document import ComparedPart, passages_document
from rapport.compare.files import as_docx, as_html
from rapport.compare.redline import change_marker, stage_files
from rapport.compare.states import ReportState, frozen_files, printed_blocks, state_with_files
from rapport.correspondence.agreement_status import AgreedPassage, blocks_by_id, list_numbers, number_passages
from rapport.correspondence.read_back import says_every_passage
from rapport.diff.block_matching import BlockPair, match_blocks
from rapport.intake.journal import Journal
from rapport.language.typography import Setting
from rapport.messages import consent, long_date
from rapport.messages.stop import Stop
from rapport.model import Node
from rapport.review.freeze import draft_map as drafts_map
from rapport.storage.cache import Cache
from rapport.translation.block_shape import in_language

FOLDER = "build/accords"
THEME, PASSAGE = 2, 3  # levels of titles


class Letter(Struct, frozen=True):
    """What one association is shown: its passages with their numbers and labels, their English where it is finished,
    and the two files."""

    association: str
    passages: tuple[tuple[str, str, AgreedPassage], ...]
    english: tuple[tuple[str, str, AgreedPassage], ...]
    files: Mapping[str, bytes]


class ComparedPassage(Struct, frozen=True):
    """A passage as it was and is; `names`: the number, the label, and whether its author agreed, of each new block."""

    theme: str
    match: BlockPair
    names: Sequence[tuple[str, str, bool]]
    english: Sequence[Node] = ()


def letters(
    root: Path, now: ReportState, standing: Mapping[str, Sequence[AgreedPassage]],
    english: Mapping[str, AgreedPassage], cache: Cache, language: str, masked: Callable[[str, bytes], bytes],
) -> Iterator[Letter]:  # fmt: skip
    """The letters of these associations.

    `english` is that of their passages, by the ids of the blocks; `masked` makes of a finished file what is sent.
    """
    texts = [draft.source.path for draft in now.examined.drafts if draft.association in standing]
    then = _as_sent(root, texts, cache, language)
    then, now = without_confidential(then, now) if then else (None, now)
    places = blocks_by_id(now.document)
    before, after = printed_blocks(then) if then else {}, printed_blocks(now)
    broken = {refused.association for refused in then.examined.refused} if then else set(standing)
    writing = _Writing(root, now, then, english, language, masked)
    for association, mine in standing.items():
        here = number_passages(mine, places)
        old = None if association in broken else before.get(association, {})
        new = after.get(association, {})
        spoken = tuple((n, label, english[p.block.id]) for n, label, p in here if p.block.id in english)
        yield Letter(association, tuple(here), spoken, writing.files(association, here, old, new, places))


def _as_sent(root: Path, paths: Sequence[str], cache: Cache, language: str) -> ReportState | None:
    """The report with these texts as they were sent: as intake first made them, or as the first draft had them."""
    try:
        return state_with_files(root, dict(_originals(root, paths, language)), cache, language)
    except (Stop, ValueError):
        return None


def _originals(root: Path, paths: Sequence[str], language: str) -> Iterator[tuple[str, bytes]]:
    journal = Journal(root)
    waiting = []
    for path in paths:
        entry = journal.last_accepted(path)
        text = journal.base(entry) if entry else None
        if text is None:
            waiting.append(path)
        else:
            yield path, text.encode()
    for number in drafts_map.numbers(root):
        sent = dict(frozen_files(root, number, language)) if waiting else {}
        for path in sorted(set(waiting) & set(sent)):
            waiting.remove(path)
            yield path, sent[path]


class _Writing:
    def __init__(
        self, root: Path, now: ReportState, then: ReportState | None, english: Mapping[str, AgreedPassage],
        language: str, masked: Callable[[str, bytes], bytes],
    ) -> None:  # fmt: skip
        self.root, self.now, self.then, self.english, self.language = root, now, then, english, language
        self.masked = masked

    def say(self, name: str, /, **facts: object) -> str:
        return consent(name, self.language, **facts)

    def files(
        self, association: str, here: Sequence[tuple[str, str, AgreedPassage]],
        old: Mapping[str, Sequence[Node]] | None, new: Mapping[str, Sequence[Node]], places: Mapping[str, Node],
    ) -> dict[str, bytes]:  # fmt: skip
        setting = Setting(self.language)
        title = setting.text(self.say("title"))
        meta = replace(self.now.document.meta, title=title, header=title)
        by = change_marker(meta, self.language)
        compared = list(self.comparison_lines(here, old if old is not None else new, new, places))
        changed = None if old is None else [one for one in compared if not one.match.is_same]
        if changed == [] and _words(old or {}) != _words(new):
            changed = None  # « nothing has changed » is said only where every word is the same
        parts = list(self.parts(compared))
        images, reference = stage_files(self.root, *([self.then] if self.then else []), self.now)
        name = f"{FOLDER}/{association}"
        for proved in (True, False):
            opening = setting.blocks(list(self.opening(association, here, changed, proved)))
            page = passages_document(meta, parts, by, opening)
            files = {
                f"{name}.docx": as_docx(page, page, images, reference),
                f"{name}.html": as_html(page, images),
            }
            sent = {path: self.masked(path, content) for path, content in files.items()}
            if says_every_passage(sent, (node for nodes in new.values() for node in nodes)):
                break
        return files

    def opening(
        self,
        association: str,
        here: Sequence[tuple[str, str, AgreedPassage]],
        changed: Sequence[ComparedPassage] | None,
        proved: bool,
    ) -> Iterator[Node]:
        """Whom it is for, what it shows, how to answer, what changed (None: nobody knows), what is still open.

        `proved`: that it is what will be printed.
        """
        identity = self.now.report.outline.identity
        name = next(a.name for a in self.now.examined.associations.values() if a.id == association)
        open_ = [number for number, _, passage in here if not passage.is_agreed]
        done = [number for number, _, passage in here if passage.is_agreed]
        yield tree.header(1, tree.string(self.say("title")), "", ["unnumbered"])
        yield from self.letterhead()  # below the title, which begins a page
        yield tree.para([tree.strong(tree.string(name))])
        lines = [self.say("letter-printed")] if proved else []
        lines.append(self.say("letter-unknown" if changed is None else "letter-what" if changed else "letter-same"))
        numbers = list_numbers(number for one in changed or () for number, *_ in one.names)  # what went has none
        lines += [self.say("letter-changed", numbers=numbers)] if numbers else []
        lines.append(self.say("letter-how"))
        if identity.reply_by:
            lines.append(self.say("letter-by", date=long_date(identity.reply_by, self.language)))
        lines.append(self.say("letter-open", numbers=list_numbers(open_)) if open_ else self.say("letter-whole"))
        spoken = [n for n, _, p in here if (one := self.english.get(p.block.id)) and not one.is_agreed]
        if spoken:
            lines.append(self.say("letter-english", numbers=list_numbers(spoken)))
        if open_ and done:
            lines.append(self.say("letter-done", numbers=list_numbers(done)))
        yield from (tree.para(tree.string(line)) for line in lines)

    def letterhead(self) -> Iterator[Node]:
        """The logos and the address of who writes, as on every letter."""
        report = self.now.report
        if report.logos:
            yield tree.para([one for logo in report.logos for one in (logo, tree.space())][:-1])
        lines = [[tree.strong(tree.string(report.outline.identity.collective))]]
        lines += [tree.string(line) for line in report.outline.identity.contact]
        yield tree.para([one for line in lines for one in (*line, tree.line_break())][:-1])

    def comparison_lines(
        self, here: Sequence[tuple[str, str, AgreedPassage]], old: Mapping[str, Sequence[Node]],
        new: Mapping[str, Sequence[Node]], places: Mapping[str, Node],
    ) -> Iterator[ComparedPassage]:  # fmt: skip
        """Theme after theme, passage after passage, what went among them."""
        called = {id(places.get(p.block.id)): (number, label, p.is_agreed) for number, label, p in here}
        spoken = {id(places.get(p.block.id)): self.english.get(p.block.id) for _, _, p in here}
        for theme in dict.fromkeys([*new, *old]):
            for match in match_blocks(old.get(theme, ()), new.get(theme, ())):
                names = [called[id(node)] for node in match.new if id(node) in called]
                english = [one.block.node for node in match.new if (one := spoken.get(id(node)))]
                yield ComparedPassage(theme, match, names, english)

    def parts(self, compared: Sequence[ComparedPassage]) -> Iterator[ComparedPart]:
        """The same under their titles."""
        titles = {theme.id: theme.title for theme in self.now.report.outline.themes}
        for theme, group in groupby(compared, lambda one: one.theme):
            yield ComparedPart(titles.get(theme, theme), (), (), THEME)
            for one in group:
                title = self.title(*one.names[0]) if one.names else "" if one.match.new else self.say("gone")
                yield ComparedPart(title, one.match.old, one.match.new, PASSAGE)
                if one.english:
                    nodes = [in_language(node, "en") for node in one.english]
                    yield ComparedPart(self.say("passage-english"), nodes, nodes, PASSAGE)

    def title(self, number: str, label: str, agreed: bool) -> str:
        kind = "-label" if label else "-before" if number.endswith(".0") else ""
        facts = {"number": number, "label": label, "next": number.removesuffix(".0")}
        return self.say(f"passage{kind}{'-agreed' if agreed else ''}", **facts)


def _words(passages: Mapping[str, Sequence[Node]]) -> dict[str, list[str]]:
    """The words of passages by theme, read without the comparison."""
    return {theme: tree.text(list(nodes)).split() for theme, nodes in passages.items() if nodes}
