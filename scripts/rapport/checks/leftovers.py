"""P10: what stands in this report and was another one's: its State, its documents, its law, its dates, half a title.

The editor's own pages are read in full; contributions and bibliographies, which tell of other countries, for symbols
of documents only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapport import rules
from rapport.language.ordinals import ORDINALS
from rapport.language.states import laws_named, states_in_symbols, states_named
from rapport.model import Diagnostic, Identity, Outline, Source, Span
from rapport.project.read import CHAPTERS, CONTRIBUTIONS, FIGURE_PAGES, OUTLINE, REGISTER, Project
from rapport.storage.schema import is_date

REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
COMMENT = re.compile(r"^\s*#.*$|\s#\s.*$", re.MULTILINE)
CONTACT = re.compile(r"^  (?:collectif|contact):[^\n]*\n(?:(?:    .*)?\n)*", re.MULTILINE)
SOURCE_LINE = re.compile(r"^ *source:.*$", re.MULTILINE)
PERIOD = 3 * 366  # days: from a plan to a session it takes less
DATED = re.compile(r"^\s*(?:- )?(?:date|date_limite_sources|retour_attendu):\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ROUND = re.compile(r"/(\d{1,2}(?:-\d{1,2})?)\Z")


def other_report(project: Project, plan: Outline) -> Iterator[Diagnostic]:
    """P10, wherever it stands; without a State in the outline, of its titles and dates alone."""
    outline, identity = project.outline, plan.identity
    if outline is None:
        return
    yield from _titles(outline, plan)
    yield from _dates(outline, identity)
    if not identity.states:
        return
    for source in project.sources.values():
        if source.path in FIGURE_PAGES.values():
            continue
        if source.path.startswith(f"{CHAPTERS}/") and source.path != REGISTER:
            yield from _in_pages(source, identity)
        elif not source.path.startswith(CONTRIBUTIONS) or source.path.endswith(".md"):
            yield from _symbols(source, source.text, identity)


def _blank(match: re.Match[str]) -> str:
    """As many signs and lines without a word, so that what stands after them keeps its place."""
    return re.sub(r"[^\n]", " ", match[0])


def _in_pages(source: Source, identity: Identity) -> Iterator[Diagnostic]:
    """Another State's name, documents and law in a file of the editor's."""
    if source.path == OUTLINE:
        text = SOURCE_LINE.sub(_blank, CONTACT.sub(_blank, COMMENT.sub(_blank, source.text)))
    else:
        text = REMARK.sub(_blank, source.text)
        text = COMMENT.sub(_blank, text) if source.path.endswith(".yaml") else text
    for state, at, words in states_named(text):
        if state.code not in identity.states:
            yield _found("state", words, source.span(at, at + len(words)))
    for state, at, words in laws_named(text):
        if state.code not in identity.states:
            yield _found("law", words, source.span(at, at + len(words)))
    yield from _symbols(source, text, identity)


def _symbols(source: Source, text: str, identity: Identity) -> Iterator[Diagnostic]:
    for state, at, words in states_in_symbols(text):
        if state.code not in identity.states:
            yield _found("symbol", words, source.span(at, at + len(words)))


def _dates(outline: Source, identity: Identity) -> Iterator[Diagnostic]:
    """Dates of the outline that belong to another year's report."""
    if not is_date(identity.date):
        return
    for match in DATED.finditer(outline.text):
        if is_date(match[1]) and abs((date.fromisoformat(match[1]) - date.fromisoformat(identity.date)).days) > PERIOD:
            yield _found("date", match[1], outline.span(*match.span(1)))


def _titles(outline: Source, plan: Outline) -> Iterator[Diagnostic]:
    """Titles whose English names another State, year or report than the French, and symbols of another round."""
    identity, english = plan.identity, plan.identity.english
    pairs = [
        (identity.title, english.get("title", "")), (identity.subtitle, english.get("subtitle", "")),
        (identity.answers, english.get("answers", "")), (identity.committee, english.get("committee", "")),
        *((part.title, part.title_en) for part in plan.parts),
        *((theme.title, theme.title_en) for theme in plan.themes),
    ]  # fmt: skip
    for french, translated in pairs:
        if french and translated and _said(french) != _said(translated):
            yield _found("english", translated, _place(outline, translated))
    symbol, numbers = ROUND.search(identity.answers_symbol), _said(identity.answers)[2]
    if symbol and numbers and numbers != frozenset(map(int, symbol[1].split("-"))):
        yield _found("round", identity.answers_symbol, _place(outline, identity.answers_symbol))


def _said(title: str) -> tuple[frozenset[str], frozenset[str], frozenset[int]]:
    """The States, the years and the ordinals that a title names."""
    words = frozenset(re.findall(r"\w+", title.lower()))
    return (
        frozenset(state.code for state, *_ in states_named(title)),
        frozenset(YEAR.findall(title)),
        frozenset(number for number, names in enumerate(zip(*ORDINALS.values(), strict=True), 1) if words & set(names)),
    )


def _place(outline: Source, words: str) -> Span:
    """Where the outline says so; its first line where the words are broken over several."""
    at = outline.text.find(words)
    return outline.span(at, at + len(words)) if at >= 0 else Span(outline.path)


def _found(kind: str, words: str, span: Span) -> Diagnostic:
    advice = {"date": "date", "english": "english", "round": "english"}.get(kind, "state")
    return Diagnostic(rules.OTHER_REPORT, span, {"kind": f"{kind}\t{words}", "advice": advice})
