"""Citations that a program made: fields of Zotero, Mendeley, EndNote, Citavi and Word, controls, bookmarks.

Each is taken out of the text with what it showed, and leaves a mark of private letters that intake puts a citation for.
Programs name works by keys that come back in every file (« ITEM-1 »), so what a work is, never its key, is kept; where
the file does not say it, the citation stays as it shows and is told.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from rapport.office.cited_works import read_instruction, sources_of_word
from rapport.office.namespaces import q
from rapport.office.normal_document import CitedWork, FieldCitation, NormalDocument
from rapport.office.package import Package
from rapport.office.wordml import new_run, pieces, value_at
from rapport.office.xml import Element, remove

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
MENDELEY = "MENDELEY_CITATION_v3_"  # begins the tag of its content controls; the rest is JSON in base 64
BOOKMARK = "ZOTERO_BREF_"  # begins the names of Zotero's bookmarks; properties of the file hold what each cites
OF_PROGRAM = re.compile(
    r"\s*(?:ADDIN\s+)?(EN\.CITE(?!\.)|CITAVI(?=\.?PLACEHOLDER)|ZOTERO(?=_ITEM|_BREF)|JABREF(?=_)|CSL_CITATION)",
    re.IGNORECASE,
)
PROGRAMS = {"EN.CITE": "EndNote", "CITAVI": "Citavi", "JABREF": "JabRef", "CSL_CITATION": "Mendeley"}
MOST = 2_000  # citations in one file


def take_citations(root: Element, package: Package, normal: NormalDocument) -> None:
    """Every citation of a part made a mark in its place, and kept in `normal`."""
    for control in list(root.iter(q("w:sdt"))):
        _take_control(control, normal)
    _take_bookmarks(root, properties_by_name(package), normal)
    sources = dict(sources_of_word(package))
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
                open_fields.append(_Field(_kept_beside(node)))
            elif kind == "separate" and open_fields:
                open_fields[-1].shows = True
            elif kind == "end" and open_fields:
                field = open_fields.pop()
                if open_fields and not open_fields[-1].data:  # EndNote puts a field within for it
                    open_fields[-1].data = field.data
                _replace(field.instruction.rstrip() + field.data, field.runs, sources, normal)
        else:
            for field in open_fields:
                if field.shows:
                    field.runs.append(node)


def _take_control(control: Element, normal: NormalDocument) -> None:
    """A content control in which Mendeley Cite keeps a citation, made a mark."""
    name = value_at(control, "w:sdtPr", "w:tag")
    if name.startswith(MENDELEY):
        said = _decoded(name.removeprefix(MENDELEY) + "==")
        _replace(f"CSL_CITATION {said}", list(control.iter(q("w:r"))), {}, normal)


def _take_bookmarks(root: Element, properties: Mapping[str, str], normal: NormalDocument) -> None:
    """What stands between the ends of Zotero's bookmarks, made marks."""
    for start in [one for one in root.iter(q("w:bookmarkStart")) if one.get(q("w:name"), "").startswith(BOOKMARK)]:
        name, runs, node = start.get(q("w:name"), ""), list[Element](), start.getnext()
        while node is not None and not (node.tag == q("w:bookmarkEnd") and node.get(q("w:id")) == start.get(q("w:id"))):
            runs += [node] if node.tag == q("w:r") else list(node.iter(q("w:r")))
            node = node.getnext()
        if node is not None:
            _replace(properties.get(name, name), runs, {}, normal)


def properties_by_name(package: Package) -> dict[str, str]:
    """What the file's own properties say of Zotero's bookmarks, by their names; each is cut into numbered pieces."""
    pieces_of: dict[str, dict[int, str]] = {}
    for part, name in (("docProps/custom.xml", "name"), ("meta.xml", q("meta:name"))):
        root = package.xml(part)
        for one in root.iter("{*}property", q("meta:user-defined")) if root is not None else ():
            whole, _, number = one.get(name, "").rpartition("_")
            if whole.startswith(BOOKMARK) and number.isdigit():
                pieces_of.setdefault(whole, {})[int(number)] = "".join(one.itertext())
    return {whole: "".join(text for _, text in sorted(parts.items())) for whole, parts in pieces_of.items()}


class _Field:
    """A field on the way: its instruction, what EndNote keeps beside it, and the runs that show its result."""

    def __init__(self, data: str) -> None:
        self.instruction, self.data, self.shows = "", data, False
        self.runs: list[Element] = []


def _kept_beside(begin: Element) -> str:
    """The XML that EndNote keeps with a field where it is long, in base 64; "" for none."""
    said = _decoded(begin.findtext(q("w:fldData"), ""))
    return said if said.startswith("<EndNote>") else ""


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return ""


def _replace(instruction: str, runs: list[Element], sources: Mapping[str, CitedWork], normal: NormalDocument) -> None:
    runs = [run for run in runs if run.getparent() is not None and run.find(q("w:fldChar")) is None]
    works = tuple(read_instruction(instruction, sources))
    shown = "".join(piece for run in runs for piece in pieces(run))
    if works and runs and len(normal.citations) < MOST:
        runs[0].addprevious(new_run(mark(FieldCitation(shown, works), normal)))
        for run in runs:
            remove(run)
    elif runs:
        tell_unknown(instruction, shown, normal)


def tell_unknown(instruction: str, shown: str, normal: NormalDocument) -> None:
    """Note a citation of a program whose work the file does not say."""
    found = OF_PROGRAM.match(instruction)
    if found and shown.strip():
        program = PROGRAMS.get(found[1].upper(), found[1].title())
        normal.unknown_citations.append((program, " ".join(shown.split())))


def mark(cited: FieldCitation, normal: NormalDocument) -> str:
    """What stands in the text for a citation."""
    normal.citations.append(cited)
    return f"{OPEN}{len(normal.citations) - 1}{CLOSE}"
