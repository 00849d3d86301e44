"""Citations as people make them: typed keys, fields of Zotero, Mendeley and Word, notes that hold a reference.

Each becomes a citation of a work that the report knows, or of a new entry of sources.bib; every one is told, and a note
is replaced only when the editor says that the work recognised in it is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapport import tree
from rapport.intake import works
from rapport.intake.plan import Plan
from rapport.intake.received import Notification, ReceivedText, SentDocument
from rapport.language.names import plain
from rapport.model import Node
from rapport.office.citation_fields import MARK
from rapport.office.normalised import CitedWork, Loss

TYPED = re.compile(r"\[([^\[\]]*@\w[^\[\]]*)\]")
PART = re.compile(r"(?P<before>(?:.*\s)?)(?P<bare>-?)@(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?)(?P<after>.*)", re.DOTALL)
LOOSE = re.compile(r"(?<![\w@.])@(\w(?:[\w:.-]*\w)?)")
PAGE = re.compile(r"\b(pp?\.|pages?|par\.|§|art\.)\s*(\d[\d\s,–-]*)", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
LABELS = {
    "page": "p.",
    "paragraph": "par.",
    "chapter": "chap.",
    "section": "sect.",
    "volume": "vol.",
    "article": "art.",
}
LONGEST_NOTE = 60  # words of a note that may be nothing but a reference
SHORTEST_TITLE = 12  # signs of a title that is not found in a note by chance
ALIKE = 88


def settle(document: SentDocument, received: ReceivedText, plan: Plan, confirmed: bool) -> None:
    """Every citation made one of the report's, and told; notes are replaced only when `confirmed`."""
    settling = _Settling(document, received, plan, confirmed)
    for section, blocks in received.sections.items():
        received.sections[section] = tree.rewrite(blocks, settling.block)


class _Settling:
    def __init__(self, document: SentDocument, received: ReceivedText, plan: Plan, confirmed: bool) -> None:
        self.document, self.received, self.confirmed = document, received, confirmed
        self.known: dict[str, Mapping[str, Any]] = {**plan.works, **plan.own.get(received.association, {})}
        self.new: dict[str, Mapping[str, Any]] = {}

    def block(self, node: Node) -> Node | None:
        """A paragraph, heading or the like whose inlines are settled; None for what holds none itself."""
        at = {"Para": None, "Plain": None, "Header": 2}.get(node["t"], -1)
        if at == -1:
            return None
        content = node["c"] if at is None else node["c"][at]
        inlines = self.inlines(content)
        return {**node, "c": inlines if at is None else [*node["c"][:at], inlines, *node["c"][at + 1 :]]}

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        text: list[Node] = []
        for node in inlines:
            if node["t"] in ("Str", "Space", "SoftBreak"):
                text.append(node)
                continue
            out += self.text(text)
            text = []
            if node["t"] == "Note":
                out.append(self.note(node))
            elif node["t"] in tree.STYLED:
                out.append({"t": node["t"], "c": self.inlines(node["c"])})
            elif node["t"] in ("Link", "Span"):
                out.append({**node, "c": [node["c"][0], self.inlines(node["c"][1]), *node["c"][2:]]})
            else:
                out.append(node)
        return out + self.text(text)

    # ------------------------------------------------------------ typed and made by programs

    def text(self, nodes: Sequence[Node]) -> list[Node]:
        """A run of words, with its citations as such."""
        said = "".join(" " if node["t"] != "Str" else node["c"] for node in nodes)
        if "@" not in said and not MARK.search(said):
            return list(nodes)
        out: list[Node] = []
        at = 0
        for start, end, cite in sorted(self.found(said), key=lambda one: one[0]):
            if start >= at:
                out += [*tree.string(said[at:start]), cite]
                at = end
        return out + tree.string(said[at:])

    def found(self, said: str) -> Iterator[tuple[int, int, Node]]:
        for match in MARK.finditer(said):
            if int(match[1]) < len(self.document.normal.citations):
                cited = self.document.normal.citations[int(match[1])]
                self.received.losses.append(Loss("citation", 1, cited.shown))
                yield match.start(), match.end(), _cite([self.made(work, cited.shown) for work in cited.works])
        for match in TYPED.finditer(said):
            parts = [PART.fullmatch(part) for part in match[1].split(";")]
            if all(parts):
                yield match.start(), match.end(), _cite([self.typed(part) for part in parts if part], match[0])
        for match in LOOSE.finditer(said):
            if match[1] in self.known and not any(m.start() <= match.start() < m.end() for m in TYPED.finditer(said)):
                self.tell("cite-typed", key=match[1])
                yield match.start(), match.end(), _cite([_citation(match[1], mode="AuthorInText")], match[0])

    def typed(self, part: re.Match[str]) -> dict[str, Any]:
        key = part["key"]
        if key in self.known:
            self.tell("cite-typed", key=key)
        else:
            self.received.questions.append(Notification("cite-unknown", {"key": key}))
        mode = "SuppressAuthor" if part["bare"] else "NormalCitation"
        return _citation(key, part["before"].strip(), part["after"].rstrip(), mode)

    def made(self, work: CitedWork, shown: str) -> dict[str, Any]:
        """A citation that a program made, of the work it is."""
        self.received.repaired("citation")
        key = self.key(work.item, shown)
        label = LABELS.get(work.label or "page", "")
        locator = f", {label} {work.locator}".replace("  ", " ") if work.locator else ""
        suffix = f"{locator} {work.suffix}".rstrip() if work.suffix else locator
        return _citation(key, work.prefix.strip(), suffix, "SuppressAuthor" if work.bare else "NormalCitation")

    def key(self, item: Mapping[str, Any], shown: str) -> str:
        """The key of a work: the report's where it has it, else that of a new entry."""
        if key := works.same_work(item, {**self.known, **self.new}):
            if key in self.known:
                self.tell("cite-matched", text=shown, key=key, title=works.title_of(self.known[key]))
            return key
        work = works.new_work(item, {*self.known, *self.new})
        self.new[work.key] = item
        self.received.works.append(work)
        self.tell("cite-new", text=shown, key=work.key)
        return work.key

    # ------------------------------------------------------------ notes

    def note(self, note: Node) -> Node:
        blocks = tree.rewrite(note["c"], self.block)
        kept = {"t": "Note", "c": blocks}
        text = " ".join(tree.text(blocks).split())
        cites = any(node["t"] == "Cite" for node in tree.walk(blocks))
        if cites or len(blocks) != 1 or len(text.split()) > LONGEST_NOTE or not YEAR.search(text):
            return kept
        key = self.recognised(text)
        if key and not self.confirmed:
            facts = {"text": text, "key": key, "title": works.title_of(self.known[key])}
            self.received.questions.append(Notification("cite-note", facts))
        elif key:
            self.received.losses.append(Loss("citation", 1, text))
            self.tell("cite-note-done", text=text, key=key)
            return _cite([_citation(key, "", _page(text))])
        elif item := _reference(blocks, text):
            if not self.confirmed:
                self.received.questions.append(Notification("cite-note-new", {"text": text}))
                return kept
            self.received.losses.append(Loss("citation", 1, text))
            return _cite([_citation(self.key(item, text), "", _page(text))])
        return kept

    def recognised(self, text: str) -> str:
        """The known work that a note names: its title stands there, and its author or its year."""
        from rapidfuzz import fuzz

        said = plain(text)
        best, score = "", 0.0
        for key, item in self.known.items():
            title = plain(works.title_of(item))
            alike = fuzz.partial_ratio(title, said) if SHORTEST_TITLE <= len(title) <= len(said) + 5 else 0
            signed = any(plain(name) in said for name in works.families(item)) or works.year_of(item) in said.split()
            if signed and alike > score:
                best, score = key, alike
        return best if score >= ALIKE else ""

    def tell(self, name: str, **facts: str) -> None:
        told = Notification(name, facts)
        if told not in self.received.decisions:
            self.received.decisions.append(told)


def _citation(key: str, prefix: str = "", suffix: str = "", mode: str = "NormalCitation") -> dict[str, Any]:
    return {
        "citationId": key, "citationPrefix": tree.string(prefix), "citationSuffix": tree.string(suffix),
        "citationMode": {"t": mode}, "citationNoteNum": 0, "citationHash": 0,
    }  # fmt: skip


def _cite(citations: Sequence[dict[str, Any]], typed: str = "") -> Node:
    return {"t": "Cite", "c": [list(citations), tree.string(typed)]}


def _page(text: str) -> str:
    """« , p. 12 » where a note names a place in the work."""
    found = PAGE.search(text)
    return f", {found[1]} {found[2].strip(' ,')}" if found else ""


def _reference(blocks: Sequence[Node], text: str) -> dict[str, Any] | None:
    """A note that reads like a reference (author, title in italics or quotation marks, year), as far as it goes."""
    italic = next((tree.text(node["c"]) for node in tree.walk(list(blocks)) if node["t"] == "Emph"), "")
    quoted = re.search(r"«\s*([^»]{8,})\s*»|“([^”]{8,})”", text)
    title = italic or (quoted[1] or quoted[2] if quoted else "")
    if len(title) < SHORTEST_TITLE or text.find(title) > 120:
        return None
    author = text[: text.find(title)].strip(" ,:«“.")
    years = YEAR.findall(text[text.find(title) + len(title) :])
    item: dict[str, Any] = {"type": "document", "title": title.strip(" ,")}
    if author:
        item["author"] = [{"literal": author}]
    if years:
        item["issued"] = {"date-parts": [[int(years[0])]]}
    return item if author and years else None
