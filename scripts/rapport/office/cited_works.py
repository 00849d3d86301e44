"""The works that a program's citation holds, as each program writes them: Zotero, Mendeley, EndNote, Citavi, Word."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapport.office.namespaces import q
from rapport.office.normal_document import CitedWork
from rapport.office.package import Package, Unsafe, parse_xml
from rapport.office.xml import Element

ENDNOTE = re.compile(r"\s*ADDIN\s+EN\.CITE\s*(<EndNote>.*</EndNote>)", re.DOTALL)
CITAVI = re.compile(r"\s*ADDIN\s+CitaviPlaceholder\s*\{?([A-Za-z0-9+/=\s]+)\}?")
ENDNOTE_KINDS = {"Book": "book", "Journal Article": "article-journal", "Report": "report", "Web Page": "webpage"}
CITAVI_KINDS = {"JournalArticle": "article-journal", "InternetDocument": "webpage", "Contribution": "chapter"} | {
    "BookEdited": "book", "Book": "book", "UnpublishedWork": "report", "Thesis": "thesis",
}  # fmt: skip
CSL = re.compile(r"CSL_CITATION\s*(\{.*\})", re.DOTALL)
OF_WORD = re.compile(r"^\s*CITATION\s+(.*)$", re.DOTALL)
SWITCH = re.compile(r'\\([a-z])\s*(?:"([^"]*)"|([^\s\\"]+))?')
KINDS = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-journal",
    "ConferenceProceedings": "paper-conference", "Report": "report", "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage", "Case": "legal_case",
}  # fmt: skip


def read_instruction(instruction: str, sources: Mapping[str, CitedWork]) -> Iterator[CitedWork]:
    """The works that a field's instruction cites; nothing for any other field."""
    if found := CSL.search(instruction):
        try:
            said = json.JSONDecoder().raw_decode(found[1])[0]
        except (ValueError, RecursionError):
            return
        items = said.get("citationItems", []) if isinstance(said, dict) else []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and isinstance(item.get("itemData"), dict):
                extra = {name: str(item.get(name, "") or "") for name in ("locator", "label", "prefix", "suffix")}
                yield CitedWork(item["itemData"], **extra, without_author=bool(item.get("suppress-author")))
    elif found := ENDNOTE.match(instruction):
        yield from _of_endnote(found[1])
    elif found := CITAVI.match(instruction):
        yield from _of_citavi(found[1])
    elif found := OF_WORD.match(instruction):
        yield from _of_word(found[1], sources)


def _of_endnote(record: str) -> Iterator[CitedWork]:
    """The works of an EndNote field, which holds them as XML."""
    try:
        root = parse_xml(record.encode(), "EndNote")
    except Unsafe:
        return
    for cite in root.iter("Cite"):
        words = {
            name: " ".join("".join(found.itertext()).split()) if (found := cite.find(path)) is not None else ""
            for name, path in (
                ("title", "record/titles/title"), ("container-title", "record/titles/secondary-title"),
                ("publisher", "record/publisher"), ("URL", "record/urls/related-urls/url"), ("year", "Year"),
            )
        }  # fmt: skip
        kind = cite.find("record/ref-type")
        item: dict[str, Any] = {name: said for name, said in words.items() if said and name != "year"}
        item["type"] = ENDNOTE_KINDS.get(kind.get("name", "") if kind is not None else "", "document")
        names = [
            " ".join("".join(one.itertext()).split()) for one in cite.iterfind("record/contributors/authors/author")
        ]
        names = names or [name for one in cite.iterfind("Author") if (name := (one.text or "").strip())]
        item["author"] = [
            {"family": family, "given": given.strip()} if given else {"literal": family}
            for family, _, given in (name.partition(",") for name in names)
        ]
        if words["year"].isdigit():
            item["issued"] = {"date-parts": [[int(words["year"])]]}
        if "title" in item:
            yield CitedWork(item, locator=" ".join((cite.findtext("Pages") or "").split()), label="page")


def _of_citavi(payload: str) -> Iterator[CitedWork]:
    """The works of a Citavi field: JSON in base 64, which names a work's fields in its own way or only by a number."""
    try:
        said = json.loads(base64.b64decode(payload))
    except (ValueError, RecursionError):
        return
    for entry in _records(said, "Entries"):
        work = entry.get("Reference")
        if isinstance(work, dict) and work.get("Title"):
            pages = entry.get("PageRange")
            start = pages.get("OriginalString", "") if isinstance(pages, dict) else ""
            before, after = (str(entry.get(name) or "") for name in ("Prefix", "Suffix"))
            yield CitedWork(_of_reference(work), str(start or ""), "page", before, after)


def _of_reference(work: Mapping[str, Any]) -> dict[str, Any]:
    """A work of Citavi's as a CSL item."""
    fields = {"title": "Title", "URL": "OnlineAddress", "volume": "Volume", "issue": "Number"}
    item: dict[str, Any] = {name: str(said) for name, field in fields.items() if (said := work.get(field))}
    item["type"] = CITAVI_KINDS.get(str(work.get("ReferenceType")), "document")
    names = ((one.get("LastName"), one.get("FirstName")) for one in _records(work, "Authors"))
    item["author"] = [
        {"family": str(last), "given": str(first)} if first else {"literal": str(last)} for last, first in names if last
    ]
    if publishers := [str(one["Name"]) for one in _records(work, "Publishers") if one.get("Name")]:
        item["publisher"] = publishers[0]
    if isinstance(journal := work.get("Periodical"), dict) and journal.get("Name"):
        item["container-title"] = str(journal["Name"])
    if (year := str(work.get("Year", ""))[:4]).isdigit():
        item["issued"] = {"date-parts": [[int(year)]]}
    return item


def _records(said: object, name: str) -> Sequence[Mapping[str, Any]]:
    """The records under a name of some JSON; none where it has another shape."""
    found = said.get(name) if isinstance(said, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _of_word(arguments: str, sources: Mapping[str, CitedWork]) -> Iterator[CitedWork]:
    """« Pey13 \\p 4 \\l 1036 \\m Autre » → the works of these tags, each with the switches after it."""
    for part in re.split(r"\\m\s+", arguments):
        tag, _, rest = part.strip().partition(" ")
        if tag not in sources:
            continue
        switches = {name: quoted or plain for name, quoted, plain in SWITCH.findall(rest)}
        yield CitedWork(
            sources[tag].item, locator=switches.get("p", ""), label="page", prefix=switches.get("f", ""),
            suffix=switches.get("s", ""), without_author="n" in switches,
        )  # fmt: skip


def sources_of_word(package: Package) -> Iterator[tuple[str, CitedWork]]:
    """The sources that Word keeps beside the text, by their tags."""
    for name in sorted(package.parts):
        if not re.fullmatch(r"customXml/item\d+\.xml", name) or b"bibliography" not in package.parts[name]:
            continue
        try:
            root = parse_xml(package.parts[name], name)
        except Unsafe:
            continue
        for source in root.iter(q("b:Source")):
            yield _text(source, "Tag"), CitedWork(_item(source))


def _text(source: Element, name: str) -> str:
    return " ".join(source.findtext(q(f"b:{name}"), "").split())


def _item(source: Element) -> dict[str, Any]:
    """A source of Word's as a CSL item."""
    fields = {
        "title": "Title", "publisher": "Publisher", "publisher-place": "City", "container-title": "JournalName",
        "URL": "URL",
        "volume": "Volume", "issue": "Issue", "page": "Pages", "number": "ReportNumber",
    }  # fmt: skip
    item: dict[str, Any] = {name: said for name, field in fields.items() if (said := _text(source, field))}
    item["type"] = KINDS.get(_text(source, "SourceType"), "document")
    authors = source.find(f"{q('b:Author')}/{q('b:Author')}")
    if authors is not None:
        corporate = _text(authors, "Corporate")
        people = [{"family": _text(p, "Last"), "given": _text(p, "First")} for p in authors.iter(q("b:Person"))]
        item["author"] = [{"literal": corporate}] if corporate else people
    if (year := _text(source, "Year")).isdigit():
        item["issued"] = {"date-parts": [[int(year)]]}
    return item
