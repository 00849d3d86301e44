"""The bibliographies: BibLaTeX sources → references with the place of each key; pandoc reads the entries.

Every file is read alone, under the same rules: the editor's bibliography.bib, and an association's sources.bib.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rapport import rules
from rapport.bibliography import bibtex, entries
from rapport.bibliography.bibtex import Bib, BibEntry
from rapport.markdown import pandoc
from rapport.model import CslItem, Diagnostic, Reference, Severity, Source, Span
from rapport.project.read import BIBLIOGRAPHY
from rapport.storage.cache import Cache

MAX_LENGTH = 1_000_000  # characters once abbreviations are written out: 300 bytes of them can stand for gigabytes
MAX_ENTRIES = 3_000  # a millisecond each at every build that cites
PLACE = re.compile(r"line (\d+), column (\d+)")

FILES = 64
"""How many files' entries are kept in mind, for `make watch`."""

Items = Mapping[str, CslItem]
Works = tuple[tuple[tuple[Reference, ...], ...], tuple[Diagnostic, ...]]
Asked = Sequence[tuple[Source, Path, bytes | None, Iterator[pandoc.PandocResult]]]


def read_bibliographies(sources: Sequence[Source], cache: Cache) -> Callable[[], Works]:
    """What gives the entries of each .bib file, in the file's order, and what is wrong with them.

    Pandoc is at work from this call on. A file that it cannot read says where, once, and gives its keys alone, so that
    no citation is blamed for it.
    """
    scanned = [bibtex.scan(source) for source in sources]
    refused = [list(_refusals(source, bib)) for source, bib in zip(sources, scanned, strict=True)]
    texts = {s.path: bibtex.without_blank_lines(s, bib) for s, bib in zip(sources, scanned, strict=True)}
    asked = _asked([s for s, found in zip(sources, refused, strict=True) if not found], texts, cache)

    def works() -> Works:
        answers = _answers(asked, cache)
        found: list[Diagnostic] = []
        references = []
        for source, bib, problems in zip(sources, scanned, refused, strict=True):
            items, more = ({}, problems) if problems else answers[source.path]
            found += [*_duplicates(bib), *more]
            references.append(tuple(_references(bib, items, found, bool(more))))
        return tuple(references), tuple(found)

    return works


def _refusals(source: Source, bib: Bib) -> Iterator[Diagnostic]:
    """What is not given to pandoc at all."""
    if bib.length > MAX_LENGTH or len(bib.entries) > MAX_ENTRIES:
        yield Diagnostic(rules.BAD_BIBLIOGRAPHY, Span(source.path), {"kind": "whole"})
    yield from _loops(bib)


def _references(bib: Bib, items: Items, found: list[Diagnostic], unread: bool) -> Iterator[Reference]:
    """An entry for each key, the first of two with the same; the last one read is the one pandoc gives."""
    first: dict[str, BibEntry] = {}
    last: dict[str, BibEntry] = {}
    for entry in bib.entries:
        first.setdefault(entry.key.value, entry)
        last[entry.key.value] = entry
    for key, entry in first.items():
        if unread or key not in items:
            yield Reference(
                entry.key,
                {"id": key, "type": "document", "title": key},
                has_error=entry.key.span.path != BIBLIOGRAPHY or not unread,
            )
        else:
            item, problems = entries.clean_entry(last[key], items[key])
            found += problems
            wrong = last[key] is not entry or any(d.rule.severity is Severity.ERROR for d in problems)
            yield Reference(entry.key, item, wrong)
        if not unread and key not in items:
            found.append(Diagnostic(rules.BAD_BIBLIOGRAPHY, entry.key.span, {"kind": "entry"}))


def _duplicates(bib: Bib) -> Iterator[Diagnostic]:
    first: dict[str, BibEntry] = {}
    for entry in bib.entries:
        key = entry.key
        if key.value in first:
            yield Diagnostic(rules.DUPLICATE_ENTRY, key.span, {"key": key.value}, (first[key.value].key.span,))
        first.setdefault(key.value, entry)


def _loops(bib: Bib) -> Iterator[Diagnostic]:
    """Entries that inherit from themselves, round a corner or not: pandoc would follow them for ever."""
    told: set[str] = set()
    parents = {entry.key.value: set(_parents(entry)) for entry in bib.entries}
    for entry in bib.entries:
        above: set[str] = set()
        pending = list(parents[entry.key.value])
        while pending:
            name = pending.pop()
            if name not in above:
                above.add(name)
                pending += parents.get(name, ())
        if entry.key.value in above and not above & told:
            told |= above
            yield Diagnostic(rules.BAD_BIBLIOGRAPHY, entry.key.span, {"kind": "loop"})


def _parents(entry: BibEntry) -> Iterator[str]:
    for name in ("crossref", "xdata", "xref"):
        if name in entry.fields:
            yield from (key.strip() for key in entry.fields[name].text.split(","))


def _asked(sources: Sequence[Source], texts: Mapping[str, str], cache: Cache) -> Asked:
    """Each file with its place in the cache, what is there, and the answers of the pandoc that reads what is not."""
    places = [cache.get("bibliography", texts[source.path]) for source in sources]
    missing = [texts[source.path] for source, (_, stored) in zip(sources, places, strict=True) if stored is None]
    answers = pandoc.read_all(missing, "biblatex")
    return [(source, place, stored, answers) for source, (place, stored) in zip(sources, places, strict=True)]


def _answers(asked: Asked, cache: Cache) -> Mapping[str, tuple[Items, list[Diagnostic]]]:
    """What pandoc makes of each file, from the cache or now, and where it stopped."""
    items: dict[str, tuple[Items, list[Diagnostic]]] = {}
    for source, place, stored, answers in asked:
        if stored is None:
            answer = next(answers)
            if answer.error:
                at = PLACE.search(answer.error)
                span = Span(source.path, int(at[1]), int(at[2]), 1) if at else Span(source.path)
                problem = Diagnostic(rules.BAD_BIBLIOGRAPHY, span, {"kind": "entry" if at else "whole"})
                items[source.path] = {}, [problem]
                continue
            stored = answer.payload
            cache.put(place, stored)
        items[source.path] = _decoded(stored), []
    return items


@lru_cache(FILES)
def _decoded(stored: bytes) -> Items:
    return {item["id"]: item for item in json.loads(stored)}
