"""B: how long the report is, text by text, against what was planned and what the Committee accepts.

What is counted is what was accepted, notes and headings included (unless the chosen length leaves notes out); the
cover, the presentation and the annexes are not. A work cited counts for the words that its citation prints: where
works are cited in notes, once in a theme for those that say it whole, unless the editor's pages, which come before, do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import rules, tree
from rapport.bibliography.notes import count_words_of_first_note, makers_of_work, name_of_work
from rapport.checks.recommendations import recommendations
from rapport.checks.rule_context import RuleContext
from rapport.markdown import recommendation_head
from rapport.model import Contribution, CslItem, Diagnostic, Draft, Outline, Source, Theme
from rapport.tree.counting import count_words_of_string

NOTES = "notes"
TYPED_KEY = re.compile(r"@([\w:.-]*\w)")


class Count(Struct, frozen=True):
    """The words of one text: all that are counted, and those of them that only the confidential edition prints."""

    association: str
    theme: str
    words: int
    confidential: int
    headings: tuple[str, ...]


class Budget(Struct, frozen=True):
    """The words of the report: text by text, and with the headings that the report puts above them."""

    texts: tuple[Count, ...]
    themes: Mapping[str, int]
    total: int

    @property
    def confidential(self) -> int:
        return sum(text.confidential for text in self.texts)

    def words_of(self, association: str) -> int:
        """The words of one association."""
        return sum(text.words for text in self.texts if text.association == association)


def budget(accepted: Iterable[Draft], known: RuleContext, pages: Iterable[Source] = ()) -> Budget:
    """The words of everything that was accepted; `pages` are the editor's."""
    drafts = tuple(accepted)
    cited = {key: _cited(item, known) for key, item in known.works.items()}
    texts = tuple(_count(draft, known, cited) for draft in drafts)
    titles = {theme.id: theme.title for theme in known.outline.themes}
    first_notes = _first_notes(drafts, known, pages)
    themes = {}
    for name in dict.fromkeys(text.theme for text in texts):
        here = [text for text in texts if text.theme == name]
        headings = {titles.get(name, ""), *(heading for text in here for heading in text.headings)}
        words = sum(text.words for text in here) + sum(map(count_words_of_string, headings))
        themes[name] = words + first_notes.get(name, 0)
    return Budget(texts, themes, sum(themes.values()) + _parts(known.outline, themes))


def _first_notes(drafts: Sequence[Draft], known: RuleContext, pages: Iterable[Source]) -> Mapping[str, int]:
    """By theme, the words that notes hold more where they are the first to cite a work."""
    identity = known.outline.identity
    if identity.citations != NOTES or not identity.length_notes:
        return {}
    seen, words = {key for page in pages for key in TYPED_KEY.findall(page.text)}, dict[str, int]()
    for theme in dict.fromkeys([*(theme.id for theme in known.outline.themes), *(draft.theme for draft in drafts)]):
        keys = {key for draft in drafts if draft.theme == theme for key in _keys(draft, known) if key in known.works}
        works = [known.works[key] for key in keys - seen]
        words[theme] = sum(count_words_of_first_note(work) - 1 - _cited(work, known) for work in works)
        seen |= keys
    return words


def _parts(outline: Outline, themes: Mapping[str, int]) -> int:
    opened = (part for part in outline.parts if any(theme.id in themes for theme in part.themes))
    return sum(count_words_of_string(part.title) for part in opened)


def _count(draft: Draft, known: RuleContext, cited: Mapping[str, int]) -> Count:
    notes = known.outline.identity.length_notes
    bodies = [passage for section in draft.body.sections for passage in section.passages]
    words = sum(p.words + (p.note_words if notes else 0) for p in bodies)
    words -= _marks(draft, known)
    words += sum(cited.get(key, 0) for key in _keys(draft, known))
    whole = "diffusion" in draft.header and draft.header["diffusion"].value == "confidentielle"
    hidden = words if whole else sum(p.words + p.note_words for p in bodies if p.confidential)
    headings = tuple(section.title for section in draft.body.sections if section.heading and section.passages)
    return Count(draft.association, draft.theme, words, hidden, headings)


def _keys(draft: Draft, known: RuleContext) -> list[str]:
    """The report's keys of the works that a text cites, each time."""
    keys = known.library.keys_of(draft.association)
    return [keys.get(find.value, "") for find in draft.body.finds_of("citation")]


def _marks(draft: Draft, known: RuleContext) -> int:
    """The words « ; clé », typed to mark a recommendation and not printed."""
    keys = (item for item, _ in recommendations(draft, known) if recommendation_head.read(item).key)
    return sum(
        count_words_of_string(tree.text(item[0]))
        - count_words_of_string(tree.text(recommendation_head.without_key_mark(item)[0]))
        for item in keys
    )


def _cited(item: CslItem, known: RuleContext) -> int:
    """The words of a citation, but for its year, which stands for its key; of a later note, where there are notes."""
    if known.outline.identity.citations != NOTES:
        return count_words_of_string(makers_of_work(item, "fr"))
    return count_words_of_string(name_of_work(item, "fr")) - 1 if known.outline.identity.length_notes else 0


def too_long(counted: Budget, known: RuleContext) -> Iterator[Diagnostic]:
    """B01: themes have more words than the outline planned; B02: the report has more than the chosen length."""
    over = [(counted.themes.get(t.id, 0), t) for t in known.outline.themes if t.budget]
    over = sorted(((words, t) for words, t in over if words > (t.budget or 0)), key=_excess)
    if over:
        told = [f"{t.id} ({words} / {t.budget})" for words, t in over[: rules.MAX_RELATED]]
        more = "…" if len(over) > len(told) else ""
        first, *others = (theme.budget_span for _, theme in over[: rules.MAX_RELATED])
        yield Diagnostic(rules.THEME_OVER_BUDGET, first, {"themes": ", ".join([*told, *more])}, tuple(others))
    identity = known.outline.identity
    if identity.length_words and counted.total > identity.length_words:
        facts = {"count": str(counted.total), "limit": str(identity.length_words), "length": identity.length}
        yield Diagnostic(rules.REPORT_TOO_LONG, identity.length_span, facts)


def _excess(over: tuple[int, Theme]) -> int:
    words, theme = over
    return (theme.budget or 0) - words


def accepted_drafts(drafts: Sequence[Draft], accepted: Iterable[Contribution]) -> list[Draft]:
    """The drafts that became contributions."""
    wanted = {one.path for one in accepted}
    return [draft for draft in drafts if draft.source.path in wanted]
