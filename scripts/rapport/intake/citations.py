"""Citations as people make them: typed keys, fields of Zotero, Mendeley and Word, notes that hold a reference.

Each becomes a citation of a work that the report knows, or of a new entry of sources.bib; every one is told, and a note
is replaced only when the editor says that the work recognised in it is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapport import tree
from rapport.bibliography import new_entries
from rapport.diff.thresholds import TITLE_LIKE
from rapport.intake.plan import Plan
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.language.folding import fold_words
from rapport.model import CslItem, Node
from rapport.office.citation_fields import MARK
from rapport.office.normal_document import CitedWork, Loss

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


def resolve(document: SentDocument, received: ReceivedText, plan: Plan, confirmed: bool) -> None:
    """Every citation made one of the report's, and told; notes are replaced only when `confirmed`."""
    citations = _Citations(document, received, plan, confirmed)
    for section, blocks in received.sections.items():
        received.sections[section] = tree.rewrite(blocks, citations.block)


class _Citations:
    def __init__(self, document: SentDocument, received: ReceivedText, plan: Plan, confirmed: bool) -> None:
        self.document, self.received, self.confirmed = document, received, confirmed
        self.known: dict[str, CslItem] = {**plan.works, **plan.own_works.get(received.association, {})}
        self.new: dict[str, CslItem] = {}

    def block(self, node: Node) -> Node | None:
        """A paragraph, heading or the like whose inlines are settled; None for what holds none itself."""
        if tree.kind(node) not in ("Para", "Plain", "Header"):
            return None
        return tree.with_inlines(node, self.inlines(tree.inlines(node)))

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        text: list[Node] = []
        for node in inlines:
            kind = tree.kind(node)
            if kind in ("Str", "Space", "SoftBreak"):
                text.append(node)
                continue
            out += self.text(text)
            text = []
            if kind == "Note":
                out.append(self.note(node))
            elif kind in tree.STYLED or kind in ("Link", "Span"):
                out.append(tree.with_inlines(node, self.inlines(tree.inlines(node))))
            else:
                out.append(node)
        return out + self.text(text)

    # ------------------------------------------------------------ typed and made by programs

    def text(self, nodes: Sequence[Node]) -> list[Node]:
        """A run of words, with its citations as such."""
        words = "".join(tree.letters(node) if tree.kind(node) == "Str" else " " for node in nodes)
        if "@" not in words and not MARK.search(words):
            return list(nodes)
        out: list[Node] = []
        at = 0
        for start, end, cite in sorted(self.find(words), key=lambda found: found[0]):
            if start >= at:
                out += [*tree.string(words[at:start]), cite]
                at = end
        return out + tree.string(words[at:])

    def find(self, words: str) -> Iterator[tuple[int, int, Node]]:
        """The citations in a run of words: where each begins and ends, and its node."""
        for match in MARK.finditer(words):
            if int(match[1]) < len(self.document.normal.citations):
                cited = self.document.normal.citations[int(match[1])]
                self.received.losses.append(Loss("citation", 1, cited.shown_text))
                yield (
                    match.start(),
                    match.end(),
                    tree.cite([self.field_citation(work, cited.shown_text) for work in cited.works], []),
                )
        for match in TYPED.finditer(words):
            parts = [PART.fullmatch(part) for part in match[1].split(";")]
            if all(parts):
                yield match.start(), match.end(), _cite([self.typed_citation(part) for part in parts if part], match[0])
        for match in LOOSE.finditer(words):
            if match[1] in self.known and not any(m.start() <= match.start() < m.end() for m in TYPED.finditer(words)):
                self.tell("cite-typed", key=match[1])
                yield match.start(), match.end(), _cite([_citation(match[1], mode="AuthorInText")], match[0])

    def typed_citation(self, part: re.Match[str]) -> dict[str, Any]:
        key = part["key"]
        if key in self.known:
            self.tell("cite-typed", key=key)
        else:
            self.received.questions.append(Notification("cite-unknown", {"key": key}))
        mode = "SuppressAuthor" if part["bare"] else "NormalCitation"
        return _citation(key, part["before"].strip(), part["after"].rstrip(), mode)

    def field_citation(self, work: CitedWork, shown: str) -> dict[str, Any]:
        """A citation that a program made, of the work it is."""
        self.received.count_repair("citation")
        key = self.key(work.item, shown)
        label = LABELS.get(work.label or "page", "")
        locator = f", {label} {work.locator}".replace("  ", " ") if work.locator else ""
        suffix = f"{locator} {work.suffix}".rstrip() if work.suffix else locator
        return _citation(
            key, work.prefix.strip(), suffix, "SuppressAuthor" if work.without_author else "NormalCitation"
        )

    def key(self, item: CslItem, shown: str) -> str:
        """The key of a work: the report's where it has it, else that of a new entry."""
        if key := new_entries.same_work(item, {**self.known, **self.new}):
            if key in self.known:
                self.tell("cite-matched", text=shown, key=key, title=new_entries.title_of(self.known[key]))
            return key
        work = new_entries.new_work(item, {*self.known, *self.new})
        self.new[work.key] = item
        self.received.works.append(work)
        self.tell("cite-new", text=shown, key=work.key)
        return work.key

    # ------------------------------------------------------------ notes

    def note(self, note: Node) -> Node:
        blocks = tree.rewrite(tree.blocks(note), self.block)
        unchanged = tree.note(blocks)
        text = " ".join(tree.text(blocks).split())
        cites = any(tree.find(blocks, "Cite"))
        if cites or len(blocks) != 1 or len(text.split()) > LONGEST_NOTE or not YEAR.search(text):
            return unchanged
        key = self.known_work(text)
        if key and not self.confirmed:
            facts = {"text": text, "key": key, "title": new_entries.title_of(self.known[key])}
            self.received.questions.append(Notification("cite-note", facts))
        elif key:
            self.received.losses.append(Loss("citation", 1, text))
            self.tell("cite-note-done", text=text, key=key)
            return _cite([_citation(key, "", _page(text))])
        elif item := _reference(blocks, text):
            if not self.confirmed:
                self.received.questions.append(Notification("cite-note-new", {"text": text}))
                return unchanged
            self.received.losses.append(Loss("citation", 1, text))
            return _cite([_citation(self.key(item, text), "", _page(text))])
        return unchanged

    def known_work(self, text: str) -> str:
        """The known work that a note names: its title stands there, and its author or its year."""
        from rapidfuzz import fuzz

        said = fold_words(text)
        best, score = "", 0.0
        for key, item in self.known.items():
            title = fold_words(new_entries.title_of(item))
            alike = fuzz.partial_ratio(title, said) if SHORTEST_TITLE <= len(title) <= len(said) + 5 else 0
            signed = (
                any(fold_words(name) in said for name in new_entries.families(item))
                or new_entries.year_of(item) in said.split()
            )
            if signed and alike > score:
                best, score = key, alike
        return best if score >= TITLE_LIKE else ""

    def tell(self, name: str, **facts: str) -> None:
        decision = Notification(name, facts)
        if decision not in self.received.decisions:
            self.received.decisions.append(decision)


def _citation(key: str, prefix: str = "", suffix: str = "", mode: str = "NormalCitation") -> dict[str, Any]:
    return {
        "citationId": key, "citationPrefix": tree.string(prefix), "citationSuffix": tree.string(suffix),
        "citationMode": {"t": mode}, "citationNoteNum": 0, "citationHash": 0,
    }  # fmt: skip


def _cite(citations: Sequence[dict[str, Any]], typed: str = "") -> Node:
    return tree.cite(citations, tree.string(typed))


def _page(text: str) -> str:
    """« , p. 12 » where a note names a place in the work."""
    found = PAGE.search(text)
    return f", {found[1]} {found[2].strip(' ,')}" if found else ""


def _reference(blocks: Sequence[Node], text: str) -> dict[str, Any] | None:
    """A note that reads like a reference (author, title in italics or quotation marks, year), as far as it goes."""
    italic = next(map(tree.text, tree.find(list(blocks), "Emph")), "")
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
