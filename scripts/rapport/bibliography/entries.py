"""One entry of a bibliography: what is missing in it, what may not be in it, and what of it goes on.

Only what the report prints goes on: paths of files, abstracts and private remarks end here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapport import rules
from rapport.bibliography.bibtex import BibEntry, BibField
from rapport.bibliography.institutions import unbraced_institutions
from rapport.language.names import nearest
from rapport.language.web_addresses import real_address
from rapport.model import CslItem, Diagnostic, Span

# What our styles print, or a rule compares, of what pandoc gives.
KEPT = frozenset(
    "id type title title-short container-title collection-title collection-number author editor translator publisher "
    "publisher-place issued accessed number volume issue page number-of-pages edition genre note DOI ISBN URL".split()
)
# The fields that these come from, and those that are known to print nothing.
PRINTED = frozenset(
    "author editor editora editorb editorc translator bookauthor title subtitle titleaddon maintitle mainsubtitle "
    "shorttitle booktitle booksubtitle booktitleaddon eventtitle journal journaltitle journalsubtitle issuetitle "
    "publisher institution school organization location address date year month day eventdate origdate type number "
    "chapter volume volumes issue pages pagetotal edition series note addendum howpublished url doi isbn issn urldate "
    "venue version".split()
)
SILENT = frozenset(
    "langid language hyphenation abstract annotation annote file keywords keyword crossref xdata xref options sortkey "
    "key sorttitle sortname sortyear shorthand eprint eprinttype eprintclass archiveprefix primaryclass pubstate "
    "related relatedtype ids entrysubtype gender label library owner timestamp groups review copyright lccn pmid pmcid "
    "shortjournal shortauthor shorteditor authortype editortype origlanguage eid part bookpagination "
    "pagination urlyear".split()
)
TYPES = "article book incollection inproceedings jurisdiction legal legislation misc online report thesis".split()
OF_PROGRAMS = re.compile(r"bdsk-|date-|local-|mendeley|zotero|user[a-f]\b|verb[a-c]\b|list[a-f]\b|name[a-c]\b")
VERBATIM = frozenset(("url", "doi", "urldate", "isbn", "issn"))  # read as they are typed: no command in them
# Commands that pandoc turns into letters and marks; any other it drops, or does something else with: « % » hides the
# rest of a field, \today becomes the day of the build.
LETTERS = frozenset(
    "c v H k u r d b t i j oe OE ae AE aa AA o O l L ss emph textit textbf textsc textsuperscript textsubscript "
    "mkbibquote enquote ldots dots textendash textemdash LaTeX TeX".split()
)
CODE = re.compile(r"\\(?:([a-zA-Z]+)|([^'`^\"~=.&%_#${}\-,;/ \n]))|</?[a-zA-Z!][^<>]*>|(?<!\\)[%$]")
WEB = re.compile(r"https?://\S+", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{3,9}/[^\s\"<>{}\\]+)", re.IGNORECASE)

# What a reader needs to find a work, by pandoc's name of its type; (one of these …).
WORK = ("author", "editor", "publisher")
NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article-journal": (("author",), ("container-title",)),
    "chapter": (WORK, ("container-title",)),
    "paper-conference": (WORK, ("container-title",)),
    "book": (WORK,),
    "report": ((*WORK, "number"),),
    "thesis": (("author",), ("publisher",)),
    "webpage": (("URL",),),
}
DATED = frozenset(("webpage",))  # the day it was read may stand for its date


def clean_entry(entry: BibEntry, item: CslItem) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The entry as it goes on, from what pandoc read of it, and what is to be said of it."""
    kept = {name: value for name, value in item.items() if name in KEPT}
    for date in ("issued", "accessed"):
        if not _is_date(kept.get(date, {})):
            kept.pop(date, None)
    if DOI.fullmatch(str(kept.get("DOI", "10.0000/x"))) is None:
        del kept["DOI"]
    if "URL" in kept:
        kept["URL"] = real_address(str(kept["URL"]))
    if not WEB.fullmatch(str(kept.get("URL", "https://x"))):
        del kept["URL"]
    kept["type"] = kept.get("type") or "document"
    if code := list(_code(entry)):
        key = entry.key.value
        return {"id": key, "type": "document", "title": key}, code  # no style ever sees it
    given = {"URL": item.get("URL"), **kept}
    return kept, [*_links(entry), *_missing(entry, given), *_unknown(entry, item), *_institutions(entry)]


def _is_date(said: Mapping[str, Any]) -> bool:
    """Whether these are days, months or years that there are."""
    try:
        return bool([datetime.date(*(*parts, 1, 1)[:3]) for parts in said.get("date-parts", ()) if any(parts)])
    except (ValueError, TypeError):
        return False


def _code(entry: BibEntry) -> Iterator[Diagnostic]:
    """R15: a command or a tag in what is printed."""
    for name, field in entry.fields.items():
        codes = (one[0] for one in CODE.finditer(field.text) if one[1] not in LETTERS)
        if name in PRINTED - VERBATIM and (code := next(codes, "")):
            yield Diagnostic(rules.CODE_IN_ENTRY, field.span, {"text": code, "field": name})


def _links(entry: BibEntry) -> Iterator[Diagnostic]:
    """R07: an address that is not a page's."""
    for name, wanted in (("url", WEB), ("doi", DOI)):
        text = entry.fields.get(name, BibField("", entry.key.span, 0))
        if text.text.strip() and not wanted.fullmatch(text.text.strip()):
            yield Diagnostic(rules.FORBIDDEN_LINK, text.span, {"link": text.text.strip()})


def _institutions(entry: BibEntry) -> Iterator[Diagnostic]:
    """R24: an institution that would be printed like a person, « Justice (Ministère de la) »."""
    for name, field in entry.fields.items():
        for typed in unbraced_institutions(name, field.text):
            yield Diagnostic(rules.INSTITUTION_AS_PERSON, field.span, {"name": typed})


def _missing(entry: BibEntry, item: CslItem) -> Iterator[Diagnostic]:
    """R14: what a reader would look for in vain."""
    wanted = [("title",), ("issued", "accessed") if item["type"] in DATED else ("issued",)]
    for choice in (*wanted, *NEEDED.get(item["type"], ())):
        if not any(item.get(name) for name in choice):
            facts = {"key": entry.key.value, "wanted": choice[0]}
            yield Diagnostic(rules.INCOMPLETE_ENTRY, entry.key.span, facts)


def _unknown(entry: BibEntry, item: CslItem) -> Iterator[Diagnostic]:
    """R16: a field, a type or an abbreviation that no one knows, most often a misspelt one."""
    if not item.get("type") and entry.kind not in ("misc", "set", "bibnote"):
        facts = {"kind": "entry-type", "field": f"@{entry.kind}", "nearest": nearest(entry.kind, TYPES)}
        yield Diagnostic(rules.UNKNOWN_FIELD, entry.key.span, facts)
    for field in (field for name, field in entry.fields.items() if field.unknown_name and name in PRINTED):
        facts = {"field": field.unknown_name, "kind": "abbreviation", "nearest": ""}
        yield Diagnostic(rules.UNKNOWN_FIELD, field.span, facts)
    for name, span in entry.names.items():
        if name not in PRINTED and name not in SILENT and not OF_PROGRAMS.match(name):
            facts = {"field": name, "kind": "entry-field", "nearest": nearest(name, sorted(PRINTED))}
            yield Diagnostic(rules.UNKNOWN_FIELD, Span(span.path, span.line, span.column, len(name)), facts)
