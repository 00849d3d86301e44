"""Works that somebody names: found among those that the report knows, or written as new entries of a .bib file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from rapport.bibliography.library import doi_of, without_markup
from rapport.diff.thresholds import WORK_LIKE
from rapport.language.folding import fold_words
from rapport.model import CslItem

KINDS = {
    "book": "book", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "report": "report", "webpage": "online", "chapter": "incollection", "thesis": "thesis",
    "legislation": "legislation",
    "legal_case": "jurisdiction", "treaty": "legal", "paper-conference": "inproceedings",
}  # fmt: skip
FIELDS = {
    "title": "title", "publisher": "publisher", "publisher-place": "location", "volume": "volume", "issue": "issue",
    "page": "pages", "number": "number", "DOI": "doi", "ISBN": "isbn", "URL": "url", "edition": "edition",
}  # fmt: skip
VERBATIM = ("url", "doi", "isbn")
TO_COMPLETE = "à compléter : recopié du fichier de l'association"


class Work(Struct, frozen=True):
    """An entry for sources.bib: its type, its key, and its fields as BibLaTeX has them, plain text."""

    kind: str
    key: str
    fields: Mapping[str, str]


def same_work(item: CslItem, works: Mapping[str, CslItem]) -> str:
    """The key of the work that this item is, "" for none: by DOI, or by title and year."""
    from rapidfuzz import fuzz

    best, score = "", 0.0
    signed = {fold_words(name) for name in families(item)}
    title, year, doi = fold_words(without_markup(item.get("title"))), year_of(item), doi_of(item)
    for key, other in works.items():
        if doi and doi == doi_of(other):
            return key
        there, when = fold_words(without_markup(other.get("title"))), year_of(other)
        if not title or not there or (year and when and year != when):
            continue
        alike = fuzz.token_sort_ratio(title, there)
        if signed & {fold_words(name) for name in families(other)}:  # with or without its subtitle
            alike = max(alike, fuzz.ratio(_main(item), _main(other)))
        if alike > score:
            best, score = key, alike
    return best if score >= WORK_LIKE else ""


def new_work(item: CslItem, taken: Collection[str]) -> Work:
    """An entry for a work that nobody has yet, with a key of its own."""
    fields = {name: _field(name, item[csl]) for csl, name in FIELDS.items() if item.get(csl)}
    if container := item.get("container-title"):
        name = "journaltitle" if str(item.get("type", "")).startswith("article") else "booktitle"
        fields[name] = _field(name, container)
    authors = " and ".join(filter(None, (_person(one) for one in _people(item))))
    head = {"author": authors} if authors else {}
    dates = {"date": year_of(item)} if year_of(item) else {}
    kind = KINDS.get(str(item.get("type", "")), "misc")
    return Work(kind, _key(item, taken), {**head, **fields, **dates, "annotation": TO_COMPLETE})


def append_entries(before: str, works: Sequence[Work]) -> str:
    """A sources.bib with these entries after what it holds; none whose key is there already."""
    out = before
    for work in works:
        if f"{{{work.key}," not in out:
            fields = "".join(f"  {name} = {{{value}}},\n" for name, value in work.fields.items())
            out += ("\n" if out else "") + f"@{work.kind}{{{work.key},\n{fields}}}\n"
    return out


def title_of(item: CslItem) -> str:
    """A title in one line, without marks."""
    return " ".join(without_markup(item.get("title")).split())


def _main(item: CslItem) -> str:
    """A title without its subtitle."""
    return fold_words(re.split(r"\s*[\u00a0~]?:\s|\.\s|\s[–—]\s", title_of(item))[0])


def year_of(item: CslItem) -> str:
    """The year of publication in four digits, "" where there is none."""
    parts = (item.get("issued") or {}).get("date-parts") if isinstance(item.get("issued"), Mapping) else None
    said = str(parts[0][0]) if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else ""
    return said if re.fullmatch(r"\d{4}", said) else ""


def families(item: CslItem) -> list[str]:
    """The last names or institutions that signed a work."""
    return [said for one in _people(item) if (said := str(one.get("family") or one.get("literal") or ""))]


def _people(item: CslItem) -> list[CslItem]:
    people = item.get("author") or item.get("editor") or []
    return [one for one in people if isinstance(one, Mapping)] if isinstance(people, list) else []


def _person(one: CslItem) -> str:
    family, given = _field("author", one.get("family", "")), _field("author", one.get("given", ""))
    if family:
        return f"{family}, {given}" if given else f"{{{family}}}"
    literal = _field("author", one.get("literal", ""))
    return f"{{{literal}}}" if literal else ""


def _key(item: CslItem, taken: Collection[str]) -> str:
    """« peyroux2013 », with a letter where that is another work's."""
    words = fold_words(next(iter(families(item)), "") or title_of(item)).split()
    stem = f"{words[0] if words else 'source'}{year_of(item)}"
    names = (stem, *(f"{stem}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"))
    return next((name for name in names if name not in taken), f"{stem}-{len(taken)}")


def _field(name: str, value: object) -> str:
    """A value as a .bib file may hold it: no code, no braces that do not close."""
    text = " ".join(re.sub(r"[{}\\]", "", without_markup(value)).split())
    return text.replace(" ", "") if name in VERBATIM else re.sub(r"([%$&#_])", r"\\\1", text)
