"""Citations that a program made: fields of Zotero, Mendeley, EndNote and Word, the controls of Mendeley Cite.

Each is taken out of the text with what it showed, and leaves a mark of private letters that intake puts a citation for.
Programs name works by keys that come back in every file (« ITEM-1 »), so what a work is, never its key, is kept.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapport.office.namespaces import q
from rapport.office.normal_document import CitedWork, FieldCitation, NormalDocument
from rapport.office.package import Package, Unsafe, parse_xml
from rapport.office.wordml import new_run, pieces
from rapport.office.xml import Element, remove

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
ENDNOTE = re.compile(r"\s*ADDIN\s+EN\.CITE\s*(<EndNote>.*</EndNote>)", re.DOTALL)
MENDELEY = "MENDELEY_CITATION_v3_"  # begins the tag of its content controls; the rest is JSON in base 64
ENDNOTE_KINDS = {"Book": "book", "Journal Article": "article-journal", "Report": "report", "Web Page": "webpage"}
CSL = re.compile(r"CSL_CITATION\s*(\{.*\})", re.DOTALL)
OF_WORD = re.compile(r"^\s*CITATION\s+(.*)$", re.DOTALL)
SWITCH = re.compile(r'\\([a-z])\s*(?:"([^"]*)"|([^\s\\"]+))?')
KINDS = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-journal",
    "ConferenceProceedings": "paper-conference", "Report": "report", "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage", "Case": "legal_case",
}  # fmt: skip
MOST = 2_000  # citations in one file


def take_citations(root: Element, package: Package, normal: NormalDocument) -> None:
    """Every citation of a part made a mark in its place, and kept in `normal`."""
    for control in list(root.iter(q("w:sdt"))):
        _take_control(control, normal)
    sources = dict(_sources(package))
    open_fields: list[_Field] = []
    for node in list(root.iter(q("w:fldChar"), q("w:instrText"), q("w:r"), q("w:fldSimple"))):
        if node.tag == q("w:fldSimple"):
            _replace(node.get(q("w:instr"), ""), list(node.iter(q("w:r"))), sources, normal)
        elif node.tag == q("w:instrText"):
            if open_fields:
                open_fields[-1].instruction += node.text or ""
        elif node.tag == q("w:fldChar"):
            kind = node.get(q("w:fldCharType"))
            if kind == "begin":
                open_fields.append(_Field())
            elif kind == "separate" and open_fields:
                open_fields[-1].shows = True
            elif kind == "end" and open_fields:
                field = open_fields.pop()
                _replace(field.instruction, field.runs, sources, normal)
        else:
            for field in open_fields:
                if field.shows:
                    field.runs.append(node)


def _take_control(control: Element, normal: NormalDocument) -> None:
    """A content control in which Mendeley Cite keeps a citation, made a mark."""
    tag = control.find(f"{q('w:sdtPr')}/{q('w:tag')}")
    name = tag.get(q("w:val"), "") if tag is not None else ""
    if not name.startswith(MENDELEY):
        return
    try:
        said = base64.b64decode(name.removeprefix(MENDELEY) + "==").decode()
    except ValueError:
        return
    _replace(f"CSL_CITATION {said}", list(control.iter(q("w:r"))), {}, normal)


class _Field:
    """A field on the way: its instruction, and the runs that show its result."""

    def __init__(self) -> None:
        self.instruction, self.shows = "", False
        self.runs: list[Element] = []


def _replace(instruction: str, runs: list[Element], sources: Mapping[str, CitedWork], normal: NormalDocument) -> None:
    runs = [run for run in runs if run.getparent() is not None and run.find(q("w:fldChar")) is None]
    works = tuple(read_instruction(instruction, sources))
    if works and runs and len(normal.citations) < MOST:
        shown = "".join(piece for run in runs for piece in pieces(run))
        runs[0].addprevious(new_run(mark(FieldCitation(shown, works), normal)))
        for run in runs:
            remove(run)


def mark(cited: FieldCitation, normal: NormalDocument) -> str:
    """What stands in the text for a citation."""
    normal.citations.append(cited)
    return f"{OPEN}{len(normal.citations) - 1}{CLOSE}"


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


def _sources(package: Package) -> Iterator[tuple[str, CitedWork]]:
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
    found = source.find(q(f"b:{name}"))
    return " ".join((found.text or "").split()) if found is not None else ""


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
