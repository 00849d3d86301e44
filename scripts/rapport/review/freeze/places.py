"""The paragraphs of a draft's Word file, each with the place in the texts that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.language.folding import fold_words
from rapport.language.web_addresses import plain_address
from rapport.model import Block, Document, Node, Reference, Report, Source
from rapport.office import style_names
from rapport.office.fields import bookmark_name
from rapport.office.tracked_text import TrackedDocument, TrackedParagraph
from rapport.review.freeze.draft_map import (
    DraftParagraph,
    DraftPicture,
    counted_stretches,
    look_stretches,
)
from rapport.storage.cache import digest

SHORTEST = 25  # letters of an editor's paragraph below which it is not looked for in the templates
SHORT = 12  # letters of a paragraph whose file is known
KEY = style_names.KEY.lower()
REPEATED = re.compile(r"(R\d+)\s")
TITLE = re.compile(r"heading [12]")  # of a part, of a theme
TOC = re.compile(r"toc( \d| heading)|contents \d", re.IGNORECASE)


class _Owner(Struct, frozen=True):
    """Whose the paragraphs are that come next: a block of the report, and how many there are."""

    block: Block
    number: str
    label: str
    texts: tuple[str, ...]


def places(
    read: TrackedDocument, report: Report, document: Document, sources: Mapping[str, Source], works: Sequence[Reference]
) -> tuple[DraftParagraph, ...]:
    """The paragraphs of a draft's Word file, each with what is known of it."""
    return tuple(_Mapping(report, document, sources, works).places(read.lines))


def pictures(read: TrackedDocument, found: Sequence[DraftParagraph]) -> tuple[DraftPicture, ...]:
    """The pictures of a draft, each with the paragraph that it stands with: its own, its caption, the one before."""
    printed = iter(found)
    at_line = {index: next(printed) for index, line in enumerate(read.lines) if line.text_sent.strip()}
    named = {place.bookmark: place for place in reversed(found) if place.bookmark}
    made = []
    for one in read.pictures:
        names = (named[name] for name in read.lines[one.line].names if name in named)
        before = (at_line[line] for line in range(one.line, -1, -1) if line in at_line)
        place = at_line.get(one.line) or next(names, None) or next(before, None)
        made.append(
            DraftPicture(place.id if place else "", one.picture.digest, one.picture.look, one.picture.description)
        )
    return tuple(made)


class _Mapping:
    def __init__(
        self, report: Report, document: Document, sources: Mapping[str, Source], works: Sequence[Reference]
    ) -> None:
        self.owners = dict(_owners(report, document))
        self.by_label = {owner.label: owner for owner in reversed(self.owners.values()) if owner.label}
        self.entries = {bookmark_name(f"ref-{work.key.value}"): work.key.span for work in works}
        readable = [source for path, source in sources.items() if path.endswith((".j2", ".yaml", ".md"))]
        self.written = {source.path: _Written(source) for source in readable}
        self.seen: dict[str, int] = {}
        self.number = self.title = self.theme = ""
        self.themes = {bookmark_name(f"theme-{t.id}"): t.id for t in report.outline.themes}

    def places(self, lines: Sequence[TrackedParagraph]) -> Iterator[DraftParagraph]:
        notes = {
            call.note: (place, line.sent_letters_before(call.run))
            for line, place in self.body(lines) if place for call in line.calls
        }  # fmt: skip
        made = {id(line): place for line, place in self.told}
        for line in lines:
            place = made.get(id(line))
            if place is not None:
                yield place
            elif line.part != "body" and line.text_sent.strip():
                caller, call = notes.get(line.note, (None, -1)) if line.part == "note" else (None, -1)
                yield self.side_place(line, caller, call)

    def body(self, lines: Sequence[TrackedParagraph]) -> list[tuple[TrackedParagraph, DraftParagraph | None]]:
        """The paragraphs of the body with their places."""
        self.told: list[tuple[TrackedParagraph, DraftParagraph | None]] = []
        name, owner, left = "", None, 0
        for line in lines:
            if line.part != "body":
                continue
            if found := next((name for name in line.names if name in self.owners), ""):
                name, owner, left = found, self.owners[found], len(self.owners[found].texts)
            if not line.text_sent.strip():
                continue
            if owner and left and _says(line.text_sent, owner.texts[len(owner.texts) - left]):
                place = self.owned_place(line, owner, len(owner.texts) - left, name)
                left -= 1
            else:
                owner, left = None, 0
                place = self.unowned_place(line)
            self.told.append((line, place))
        return self.told

    def owned_place(self, line: TrackedParagraph, owner: _Owner, index: int, name: str) -> DraftParagraph:
        block = owner.block
        self.number = owner.number or self.number
        if tree.kind(block.node) == "Header":
            self.title = line.text_sent.strip()
        kind = _kind(line)
        return self.place(
            line, block.id if not index else f"{block.id}/{index + 1}", kind,
            block=block.id, digest=block.digest, bookmark=name, association=block.association, path=block.span.path,
            line=self.line_of(block.span.path, owner.texts[index], block.span.line), theme=block.theme,
            section=block.section, number=self.number, label=owner.label,
        )  # fmt: skip

    def line_of(self, path: str, text: str, block: int) -> int:
        """The line of the file that a paragraph is written on; the first of its block where it cannot be told."""
        return self.written[path].line(text, block) or block if path in self.written else block

    def unowned_place(self, line: TrackedParagraph) -> DraftParagraph:
        """The editor's words, headings, and what is made of the rest."""
        text, kind = line.text_sent, _kind(line)
        if kind == "toc":
            return self.place(line, "", kind)
        if kind == "heading":
            self.title = text.strip()
            self.number = ""
            within = self.theme if TITLE.fullmatch(line.style) is None else ""
            self.theme = next((self.themes[name] for name in line.names if name in self.themes), within)
        bookmark = next((n for n in line.names if not n.startswith("_")), "")
        if numbered := re.fullmatch(r"paragraphe-(\d+)", bookmark):
            self.number = numbered[1]
        repeated = re.fullmatch(r"recommandation-(r\d+)", bookmark) or (
            REPEATED.match(text) if line.style == KEY else None
        )
        if repeated:
            source = self.by_label.get(repeated[1].upper())
            if source:
                block = source.block
                return self.place(
                    line, "", "copy", block=block.id, digest=block.digest, bookmark=bookmark, copy=True,
                    association=block.association, path=block.span.path, line=block.span.line, theme=block.theme,
                    section=block.section, number=source.number, label=source.label,
                )  # fmt: skip
        if entry := next((self.entries[n] for n in line.names if n in self.entries), None):
            return self.place(line, "", "entry", bookmark=bookmark, path=entry.path, line=entry.line)
        path, at = next(((path, at) for path, w in self.written.items() if (at := w.line(text))), ("", 0))
        association = path.split("/")[1] if path.startswith("contributions/") else ""
        number = self.number if kind in ("text", "list", "table") else ""
        return self.place(
            line,
            "",
            kind,
            bookmark=bookmark,
            path=path,
            line=at,
            association=association,
            number=number,
            theme=self.theme,
        )

    def side_place(self, line: TrackedParagraph, caller: DraftParagraph | None, call: int) -> DraftParagraph:
        """A note, under the paragraph that calls it; a header or footer, under nothing."""
        if caller is None:
            return self.place(line, "", line.part)
        about = {
            name: getattr(caller, name)
            for name in (
                "block",
                "digest",
                "association",
                "path",
                "line",
                "theme",
                "section",
                "number",
                "label",
                "copy",
            )
        }
        about |= {"line": self.line_of(caller.path, line.text_sent, caller.line), "note": line.note, "call": call}
        return replace(self.place(line, f"{caller.id}/n", "note", **about), title=caller.title)

    def place(self, read: TrackedParagraph, name: str, kind: str, /, **about: Any) -> DraftParagraph:
        """A paragraph under an id of its own: given, or made of its words."""
        text = read.text_sent
        name = name or f"x{digest(kind, fold_words(text))[:10]}"
        self.seen[name] = self.seen.get(name, 0) + 1
        if self.seen[name] > 1:
            name = f"{name}.{self.seen[name]}"
        return DraftParagraph(
            name, name, kind, read.part, text, title=self.title, table=read.table, counted=counted_stretches(read.runs),
            looks=look_stretches(read, lambda run: run.weight), marks=look_stretches(read, lambda run: run.marking),
            links=look_stretches(read, lambda run: plain_address(run.link)), **about,
        )  # fmt: skip


def _kind(line: TrackedParagraph) -> str:
    """What a paragraph is to a reader."""
    if TOC.fullmatch(line.style):
        return "toc"
    if line.table:
        return "table"
    if line.style.startswith("heading") or line.style == "intertitre":
        return "heading"
    if line.style == "list paragraph":
        return "list"
    return "box" if line.style.startswith(("encadré", "provenance", "couverture", "title", "subtitle")) else "text"


def _owners(report: Report, document: Document) -> Iterator[tuple[str, _Owner]]:
    """The report's blocks by the bookmark that each has, with the paragraphs that it prints."""
    own = (*report.blocks, *report.voices)
    blocks = {tree.heading_name(block.node) or block.id: block for block in own}
    for node in tree.document_blocks(document):
        name, pairs = tree.identifier(node), tree.pairs(node)
        if name in blocks:
            texts = tuple(text for text in _leaves(node) if text.strip())
            yield bookmark_name(name), _Owner(blocks[name], pairs.get("number", ""), pairs.get("label", ""), texts)


def _leaves(node: Node) -> Iterator[str]:
    """The words of each paragraph that a block prints, in order."""
    match tree.kind(node):
        case "Para" | "Plain" | "Header" | "CodeBlock":
            yield _words(node)
        case "LineBlock":
            yield " ".join(map(_words, tree.lines(node)))
        case "BlockQuote" | "Div":
            yield from _all(tree.blocks(node))
        case "BulletList" | "OrderedList":
            for item in tree.items(node):
                yield from _all(item)
        case "DefinitionList":
            for term, texts in tree.definitions(node):
                yield _words(term)
                yield from _all(block for blocks in texts for block in blocks)
        case "Figure":
            yield from _all(tree.blocks(node))
            yield from _all(tree.caption(node))
        case "Table":
            yield from _all(tree.caption(node))
            for cell in tree.table_of(node).cells():
                yield from _all(cell.blocks)


def _words(value: Any) -> str:
    """The words of a paragraph; what an image shows is not among them."""
    return tree.text(value, tree.UNPICTURED)


def _all(blocks: Iterable[Node]) -> Iterator[str]:
    for block in blocks:
        yield from _leaves(block)


def _says(printed: str, text: str) -> bool:
    """Whether a paragraph of the file is this one: a label or « Tableau 3 » may stand before its words."""
    return fold_words(printed).endswith(fold_words(text)[-60:])


class _Written:
    """One text as typed, in which the editor's paragraphs are looked for."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.starts: list[int] = []
        said: list[str] = []
        length = 0
        for line in source.text.split("\n"):
            self.starts.append(length)
            words = fold_words(line)
            if words:
                said.append(words)
                length += len(words) + 1
        self.text = " ".join(said)

    def line(self, printed: str, first: int = 1) -> int:
        """The line on which a printed paragraph begins, 0 where it is not here from that line on."""
        words = fold_words(printed)
        start, least = self.starts[first - 1], SHORTEST if first == 1 else SHORT
        for piece, back in ((words[:60], 0), (words[-60:], len(words) - 60)):
            at = self.text.find(piece, start) if len(piece) >= least else -1
            if at >= 0:
                at = max(at - max(back, 0), 0) if piece != words[:60] else at
                return max(i for i, start in enumerate(self.starts) if start <= at) + 1
        return 0
