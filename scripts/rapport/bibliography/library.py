"""All bibliographies made into one: each work once, and for each association what its keys stand for.

An association's key is looked up in its own sources.bib first, then in bibliography.bib. Two entries are of one work
when they have the same DOI, the same document symbol, or the same title and year (and nothing that tells them apart).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import rules
from rapport.language.folding import fold_words
from rapport.model import CslItem, Diagnostic, Draft, LocatedValue, Reference

EDITOR = ""  # whose entries every text may cite
# A document's symbol: « CRC/C/GC/12 », « GRETA(2012)16 », « E.14.V.10 »; « 12 » is a number like others.
SYMBOL = re.compile(
    r"\b[A-Z]{1,8}\s?[/.(][\w./()\s-]*\d[\w./)-]*|\b[A-Z]{3,5}[\s~]?(?:n°[\s~]?)?\d{2,}[A-Z]?", re.IGNORECASE
)
LONG_TITLE = 5  # words: « Rapport annuel » of one year is not one work, a title of this length is
SYMBOLIC = frozenset(("report", "legislation", "bill", "legal_case", "treaty", "document", "book", "legal"))


class Library(Struct, frozen=True):
    """Every work that may be cited, once; `keys` says, for each association ("" is the editor), what its keys mean."""

    references: tuple[Reference, ...] = ()
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_keys: Mapping[str, tuple[LocatedValue[str], ...]] = field(default_factory=dict)  # of each sources.bib

    def keys_of(self, association: str) -> Mapping[str, str]:
        """The keys a text of this association may type → the report's keys: its own first, then the editor's."""
        return {**self.keys.get("", {}), **self.keys.get(association, {})}

    def changed_keys(self, association: str) -> Mapping[str, str]:
        """Those of these keys that the report has another key for."""
        return {typed: name for typed, name in self.keys_of(association).items() if typed != name}


def gather(
    shared: Iterable[Reference], own: Mapping[str, Sequence[Reference]]
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The report's bibliography, and a note for each entry that repeats a work."""
    gathering = _Gathering()
    gathering.add(EDITOR, shared)
    for association in sorted(own):
        gathering.add(association, own[association])
    places = {name: tuple(reference.key for reference in own[name]) for name in sorted(own)}
    return Library(tuple(gathering.kept.values()), gathering.keys, places), tuple(gathering.found)


class _Gathering:
    def __init__(self) -> None:
        self.kept: dict[str, Reference] = {}
        self.keys: dict[str, dict[str, str]] = {}
        self.marks: dict[str, list[str]] = {}
        self.typed: dict[str, str] = {}
        self.found: list[Diagnostic] = []

    def add(self, association: str, references: Iterable[Reference]) -> None:
        keys = self.keys.setdefault(association, {})
        for reference in references:
            typed, span = reference.key.value, reference.key.span
            marks = list(_marks(reference.item))
            if same := self.known_key(reference.item, marks):
                facts = {"key": typed, "kept": self.typed[same]}
                self.found.append(Diagnostic(rules.SAME_WORK, span, facts, (self.kept[same].key.span,)))
                keys[typed] = same
            else:
                name = keys[typed] = self.free(f"{association}--{typed}" if association else typed)
                self.kept[name] = Reference(
                    LocatedValue(name, span), {**reference.item, "id": name}, reference.has_error
                )
                self.typed[name] = typed
            for mark in marks:
                self.marks.setdefault(mark, []).append(keys[typed])

    def known_key(self, item: CslItem, marks: Iterable[str]) -> str:
        """The report's key of the work, when it is there already."""
        known = (name for mark in marks for name in self.marks.get(mark, ()))
        return next((name for name in known if not _apart(item, self.kept[name].item)), "")

    def free(self, name: str) -> str:
        """A key that nothing has yet: ids are made of it."""
        while name in self.kept:
            name += "-"
        return name


def _marks(item: CslItem) -> Iterator[str]:
    """What two entries of one work have in common."""
    if doi := doi_of(item):
        yield "doi " + doi
    if symbol := _symbol(item):
        yield "symbol " + symbol
    if (title := _title(item)) and (year := _year(item)):
        yield f"title {year} {title}"


def _apart(one: CslItem, other: CslItem) -> bool:
    """True when something says that these are two works, whatever else they share."""
    for identity in (doi_of, _symbol, _volume):
        if identity(one) and identity(other) and identity(one) != identity(other):
            return True
    if (doi_of(one) and doi_of(one) == doi_of(other)) or (_symbol(one) and _symbol(one) == _symbol(other)):
        return False
    if len(_title(one).split()) >= LONG_TITLE:
        return False
    fewer, more = sorted((_authors(one), _authors(other)), key=len)
    return not fewer or not fewer <= more


def _title(item: CslItem) -> str:
    return fold_words(without_markup(item.get("title")))


def _volume(item: CslItem) -> str:
    return fold_words(f"{item.get('volume', '')} {item.get('edition', '')}")


def doi_of(item: CslItem) -> str:
    """A work's DOI without what is typed before it, "" for none."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", str(item.get("DOI") or "").strip().lower())


def _symbol(item: CslItem) -> str:
    found = SYMBOL.search(str(item.get("number", ""))) if item.get("type") in SYMBOLIC else None
    return fold_words(found[0]).replace(" ", "") if found else ""


def _year(item: CslItem) -> str:
    parts = item.get("issued", {}).get("date-parts", [[]])
    return str(parts[0][0]) if parts and parts[0] else ""


def _authors(item: CslItem) -> set[str]:
    """The words of its authors' and publishers' names that are long enough to tell people apart."""
    names = [name for role in ("author", "editor") for name in item.get(role, ())]
    texts = [without_markup(name.get(part, "")) for name in names for part in ("family", "literal", "given")]
    texts.append(without_markup(item.get("publisher", "")))
    return {word for text in texts for word in fold_words(text).split() if len(word) > 2}


def without_markup(text: object) -> str:
    """A field without pandoc's marks of italics and the like."""
    return re.sub(r"</?\w+[^<>]*>", "", str(text or ""))


def any_key(works: Library, drafts: tuple[Draft, ...]) -> Library:
    """Without the editor's bibliography, which has been spoken of, no citation is blamed for its key."""
    cited = {(d.association, find.value): find.span for d in drafts for find in d.body.finds_of("citation")}
    known = {name: works.keys_of(name) for name, _ in cited}
    missing = {key: span for (name, key), span in cited.items() if key not in known[name]}
    stand_ins = [
        Reference(LocatedValue(key, span), {"id": key, "type": "document", "title": key})
        for key, span in missing.items()
    ]
    keys = {**works.keys, EDITOR: {key: key for key in missing}}
    return replace(works, references=(*works.references, *stand_ins), keys=keys)
