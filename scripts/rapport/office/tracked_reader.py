"""A Word file read as a reviewer left it: every paragraph with what was inserted, deleted, moved, and commented.

From the same lines come both views of it: as it was sent (changes refused) and as it is now (changes accepted).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from rapport.language.web_addresses import AROUND, plain_address, real_address
from rapport.office.comments import FoundComment, author_and_date, comments
from rapport.office.emphasis import LOOKS, NO_LOOKS, Emphasis, Looks, looks_of
from rapport.office.namespaces import q
from rapport.office.package import Package, Unsafe
from rapport.office.seen_objects import FORMULA, Pictures, formula, hand_marks, sign
from rapport.office.tracked_text import (
    BODY,
    NOTE,
    NoteCall,
    TrackedChange,
    TrackedDocument,
    TrackedParagraph,
    TrackedPicture,
    TrackedRun,
    without_row_sign,
)
from rapport.office.wordml import PRIVATE, Styles, is_on, piece, story_root, value_at
from rapport.office.xml import Element

STORIES = re.compile(r"word/(footnotes|endnotes|header\d*|footer\d*)\.xml")
PART_OF = {"footnotes": NOTE, "endnotes": NOTE, "header": "header", "footer": "footer"}
PROPERTY = "rapport-projet"
"""The property of a frozen draft that says its number."""
ADDRESS_SIGN = re.compile(r"[./:@]")
LINKED = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
COUNTED = re.compile(r"\s*(REF|PAGEREF|SEQ|NOTEREF|PAGE|NUMPAGES)\b", re.IGNORECASE)
MOST = 200_000  # pieces of text in one file; a report of a thousand pages has half of that
NO_LINKS: Mapping[str, str] = MappingProxyType({})
SEPARATORS = ("separator", "continuationSeparator")
PRIVATE_SIGN = re.compile(f"[{''.join(map(chr, PRIVATE))}]")
RUN, BODY_TAG, NOTES = q("w:r"), q("w:body"), (q("w:footnote"), q("w:endnote"))
WORDS = (q("w:t"), q("w:delText"))
tracked_run = lru_cache(1 << 15)(TrackedRun)  # the runs of a draft come back in every file
CALLS = (q("w:footnoteReference"), q("w:endnoteReference"))
TEXT = tuple(q(name) for name in ("w:t", "w:delText", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:sym", "w:ptab"))
CHANGES = {q("w:ins"): "ins", q("w:moveTo"): "ins", q("w:del"): "del", q("w:moveFrom"): "del"}
INSIDE = tuple(
    q(name) for name in ("w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo")
)  # fmt: skip


class _Field(Struct):
    """A field on the way: its instruction, and whether what follows is what it shows."""

    instruction: str = ""
    shows: bool = False


def read(package: Package) -> TrackedDocument:
    """A DOCX as a reviewer left it; raises `Unsafe`."""
    try:
        return _read(package)
    except RecursionError as error:
        raise Unsafe("damaged", "document.xml") from error


def _read(package: Package) -> TrackedDocument:
    styles = Styles(story_root(package, "word/styles.xml"))
    told = comments(package)
    lines: list[TrackedParagraph] = []
    pictures: list[TrackedPicture] = []
    for name in [package.main, *sorted(n for n in package.parts if STORIES.fullmatch(n))]:
        root = story_root(package, name)
        if root is None:
            continue
        kind = BODY if name == package.main else PART_OF[re.sub(r"\d+", "", name.split("/")[1].split(".")[0])]
        links = {id: goal for id, (what, goal, _) in package.relations(name).items() if what == "hyperlink"}
        story = _Story(root, kind, styles, told, len(lines), Pictures(package, name), links)
        lines += story.read()
        pictures += story.pictures
    return TrackedDocument(
        tuple(lines), tuple(told.values()), _last_author(package), _stamp(package), tuple(pictures)
    )  # fmt: skip


def read_lines(root: Element) -> list[tuple[Element, TrackedParagraph]]:
    """The paragraphs of a body and what the reader makes of each."""
    story = _Story(root, BODY, Styles(None), {}, 0)
    return list(zip(root.iter(q("w:p")), story.read(), strict=True))


class _Story:
    """One part with running text; `told` are the comments, which learn where they hang."""

    def __init__(
        self, root: Element, part: str, styles: Styles, told: dict[str, FoundComment], first: int,
        shown: Pictures | None = None, links: Mapping[str, str] = NO_LINKS,
    ) -> None:  # fmt: skip
        self.root, self.part, self.styles, self.told, self.first = root, part, styles, told, first
        self.shown, self.links, self.link = shown, links, ""
        self.pictures: list[TrackedPicture] = []
        self.open: dict[str, FoundComment] = {}
        self.emphasis, self.style = Emphasis(styles), ""
        self.rows = _changed_rows(root)
        self.moves = _move_names(root)
        self.lines: list[TrackedParagraph] = []
        self.fields: list[_Field] = []
        self.cells: dict[Element, int] = {}
        self.count = 0

    def read(self) -> list[TrackedParagraph]:
        for fallback in list(self.root.iter(q("mc:Fallback"))):  # the same thing drawn twice
            above = fallback.getparent()
            if above is not None and above.find(q("mc:Choice")) is not None:
                above.remove(fallback)
        for paragraph in self.root.iter(q("w:p")):
            self.lines.append(self.line(paragraph))
        return self.lines

    def line(self, p: Element) -> TrackedParagraph:
        properties = p.find(q("w:pPr"))
        self.style = value_at(properties, "w:pStyle") if properties is not None else ""
        line = TrackedParagraph(self.part, self.styles.style_name(self.style))
        above = p.getparent()
        if above is not None and above.tag != BODY_TAG:  # most paragraphs are in no table and no note
            cell = next(p.iterancestors(q("w:tc")), None)
            line.cell = 0 if cell is None else self.cells.setdefault(cell, len(self.cells) + 1)
            note = next(p.iterancestors(*NOTES), None)
            if note is not None:
                line.note = "" if note.get(q("w:type")) in SEPARATORS else _note_name(note, NOTES[1])
        self.here = line
        row = next(p.iterancestors(q("w:tr")), None) if self.rows else None
        inserted, deleted = self.rows.get(row, (None, None)) if row is not None else (None, None)
        if properties is not None:
            self.marks(properties, line)
        self.walk(p, inserted, deleted)
        if line.cell:
            line.runs = list(without_row_sign(line.runs))
        if any(run.link for run in line.runs):
            line.runs = list(_led(line.runs))
        line.names = tuple(_bookmarks(p))
        return line

    def marks(self, properties: Element, line: TrackedParagraph) -> None:
        """What happened to the paragraph's own mark and its looks."""
        looks = properties.find(q("w:rPr"))
        if looks is not None:
            for child in looks:
                if CHANGES.get(child.tag) == "ins":
                    line.splitting = self.change(child)
                elif CHANGES.get(child.tag) == "del":
                    line.joining = self.change(child)
        change = properties.find(q("w:pPrChange"))
        line.look = self.change(change) if change is not None else None

    def walk(self, node: Element, inserted: TrackedChange | None, deleted: TrackedChange | None) -> None:
        """The inside of a paragraph, in order."""
        for child in node:
            tag = child.tag
            if tag == RUN:
                self.run(child, inserted, deleted)
            elif tag in (FORMULA, q("m:oMathPara")):
                self.formula(child, inserted, deleted)
            elif tag in CHANGES:
                change = self.change(child)
                if CHANGES[tag] == "ins":
                    self.walk(child, inserted or change, deleted)
                else:
                    self.walk(child, inserted, deleted or change)
            elif tag == q("w:fldSimple"):
                self.fields.append(_Field(child.get(q("w:instr"), ""), True))
                self.walk(child, inserted, deleted)
                self.fields.pop()
            elif tag in INSIDE or tag in (q("mc:AlternateContent"), q("mc:Choice")):
                around, self.link = self.link, self.links.get(child.get(q("r:id"), ""), self.link)
                self.walk(child, inserted, deleted)
                self.link = around
            elif tag == q("w:commentRangeStart"):
                self.begin(child.get(q("w:id"), ""))
            elif tag == q("w:commentRangeEnd"):
                self.open.pop(child.get(q("w:id"), ""), None)

    def run(self, run: Element, inserted: TrackedChange | None, deleted: TrackedChange | None) -> None:
        looks = looks_of(run)
        change, hidden = looks.get(q("w:rPrChange")), looks.get(q("w:vanish"))
        if hidden is not None and is_on(hidden):
            return
        words: list[str] = []
        for child in run:
            tag = child.tag
            if tag in WORDS:
                words.append(child.text or "")
            elif tag == LOOKS:
                continue
            elif tag == q("w:sym"):
                words.append(sign(child))
            elif tag in TEXT:
                words.append(piece(child))
            elif tag in CALLS:
                self.call(_note_name(child, CALLS[1]), bool("".join(words)), inserted, deleted)
            elif tag == q("w:commentReference"):
                self.point(child.get(q("w:id"), ""))
            elif tag in (q("w:fldChar"), q("w:instrText")):
                self.field(child)
        if self.shown is not None and len(run) > bool(words) + bool(looks):
            here = self.first + len(self.lines)
            self.pictures += [TrackedPicture(here, one, inserted, deleted) for one in self.shown.pictures_of(run)]
        self.words("".join(words), looks, inserted, deleted, self.change(change) if change is not None else None)

    def formula(self, node: Element, inserted: TrackedChange | None, deleted: TrackedChange | None) -> None:
        """The letters of a formula; Word notes inside it who put it in."""
        for change in node.iter(*CHANGES):
            if CHANGES[change.tag] == "ins":
                inserted = inserted or self.change(change)
            else:
                deleted = deleted or self.change(change)
        self.words(formula(node), NO_LOOKS, inserted, deleted, formula=True)

    def call(self, note: str, late: bool, inserted: TrackedChange | None, deleted: TrackedChange | None) -> None:
        """The call of a note; `late`: words of its own run stand before it."""
        self.here.calls.append(NoteCall(note, len(self.here.runs) + late, inserted, deleted))

    def words(
        self, text: str, looks: Looks, inserted: TrackedChange | None, deleted: TrackedChange | None,
        look: TrackedChange | None = None, formula: bool = False,
    ) -> None:  # fmt: skip
        """Words of one kind, put into the line."""
        if not text:
            return
        text = text.translate(PRIVATE) if PRIVATE_SIGN.search(text) else text
        self.count += 1
        if self.count > MOST:
            raise Unsafe("bomb", self.part)
        shown = [field.instruction for field in self.fields if field.shows] if self.fields else ()
        counted = any(map(COUNTED.match, shown))
        weight, marked = self.emphasis.letters_of(looks, self.style), hand_marks(looks) if looks else ""
        goal = next((field[1] for field in map(LINKED.match, shown) if field), self.link) if shown else self.link
        self.here.runs.append(tracked_run(text, inserted, deleted, look, counted, weight, marked, formula, goal))
        for comment in self.open.values():
            comment.quote += text

    def field(self, node: Element) -> None:
        kind = node.get(q("w:fldCharType"))
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "end":
            self.fields.pop()
        elif self.fields and kind == "separate":
            self.fields[-1].shows = True
        elif self.fields:
            self.fields[-1].instruction += node.text or ""

    def begin(self, identifier: str) -> None:
        if self.point(identifier):
            self.open[identifier] = self.told[identifier]

    def point(self, identifier: str) -> bool:
        """A comment without a range hangs on a point."""
        comment = self.told.get(identifier)
        if comment is None or comment.line is not None:
            return False
        comment.line, comment.run = self.first + len(self.lines), len(self.here.runs)
        return True

    def change(self, node: Element) -> TrackedChange:
        return TrackedChange(*author_and_date(node), self.moves.get(node, ""))


def _led(runs: list[TrackedRun]) -> Iterator[TrackedRun]:
    """The runs, each with where it leads to; the runs of a link are looked at together, however a program cut them."""
    for goal, group in groupby(runs, lambda run: run.link):
        led = list(group)
        sent = "".join(run.text for run in led if not run.insertion)
        link = _address(goal, sent or "".join(run.text for run in led)) if goal else ""
        yield from (replace(run, link=link) for run in led) if goal else led


@lru_cache(1 << 10)
def _address(goal: str, words: str) -> str:
    """Where a link leads to; nowhere if its words are that address: programs link it unasked."""
    address, shown = plain_address(goal), words.strip(AROUND).rstrip("/")
    return "" if ADDRESS_SIGN.search(shown) and shown in address else real_address(goal)


def _note_name(node: Element, end: str) -> str:
    """Footnotes and endnotes are numbered apart: the latter are « e1 », « e2 »."""
    return f"{'e' if node.tag == end else ''}{node.get(q('w:id'), '')}"


def _bookmarks(p: Element) -> Iterator[str]:
    """The bookmarks that begin in a paragraph, or just before it."""
    before = p.getprevious()
    while before is not None and before.tag in (q("w:bookmarkStart"), q("w:bookmarkEnd")):
        if before.tag == q("w:bookmarkStart"):
            yield before.get(q("w:name"), "")
        before = before.getprevious()
    yield from (b.get(q("w:name"), "") for b in p.iterfind(f".//{q('w:bookmarkStart')}"))


def _changed_rows(root: Element) -> dict[Element, tuple[TrackedChange | None, TrackedChange | None]]:
    """Rows of tables inserted or deleted whole."""
    rows = {}
    for row in root.iter(q("w:tr")):
        inserted, deleted = (row.find(f"{q('w:trPr')}/{q(name)}") for name in ("w:ins", "w:del"))
        if inserted is not None or deleted is not None:
            rows[row] = (_of_row(inserted), _of_row(deleted))
    return rows


def _of_row(node: Element) -> TrackedChange | None:
    return None if node is None else TrackedChange(node.get(q("w:author"), "")[:200], node.get(q("w:date"), "")[:10])


def _move_names(root: Element) -> dict[Element, str]:
    """The name of the move that each moved stretch belongs to."""
    names: dict[Element, str] = {}
    open_now: dict[str, str] = {}
    for node in root.iter(
        *(q(f"w:move{way}{mark}") for way in ("From", "To") for mark in ("", "RangeStart", "RangeEnd"))
    ):
        if node.tag.endswith("RangeStart"):
            open_now[node.get(q("w:id"), "")] = node.get(q("w:name"), "")
        elif node.tag.endswith("RangeEnd"):
            open_now.pop(node.get(q("w:id"), ""), None)
        elif open_now:
            names[node] = list(open_now.values())[-1]
    return names


def _last_author(package: Package) -> str:
    root = package.xml("docProps/core.xml")
    return " ".join(root.findtext(".//{*}lastModifiedBy", "").split())[:200] if root is not None else ""


def _stamp(package: Package) -> str:
    """What our own property says, where the file still has it."""
    root = package.xml("docProps/custom.xml")
    for node in root if root is not None else ():
        if node.get("name") == PROPERTY:
            return "".join(node.itertext()).strip()[:20]
    return ""
