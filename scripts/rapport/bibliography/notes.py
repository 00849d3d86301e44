"""Citations as notes, as the United Nations have them: a call in the text, the document and its paragraph in the note.

The first note that cites a work says it whole, a later one names it: « CRC/C/FRA/CO/4, par. 76 ». Which is first, only
the merged order tells, so both are written out, and one is chosen when all is in place. Where no note can stand (in a
heading, a caption, a note, at the head of a paragraph), the same words stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rapport import tree
from rapport.bibliography import citeproc
from rapport.model import CslItem, Node, Reference
from rapport.storage.cache import Cache
from rapport.tree.counting import count_words_of_string

LAYOUT = Path(__file__).with_name("notes.csl")
CITATION = re.compile(r"[ \t]*<citation .*?</citation>\n", re.DOTALL)
LATER = "--later"
"""Ends the key of a work's second entry: what later notes call it."""
SYMBOL = re.compile(r"[A-Z]+/\S+")
BY_TITLE = ("treaty", "legislation")
"""What is known by its title, though it came out under the symbol of a resolution."""
LEADING = re.compile(r"(?:[,;:.(–—]|\b(?:voir|cf|aussi|notamment|selon|dans|see|also|in))\s*\Z", re.IGNORECASE)
PRINTED, PUBLISHED = ("title", "container-title", "edition", "volume", "issue"), ("publisher-place", "publisher")
QUOTED = ("article", "chapter", "paper-conference", "entry", "webpage", "post")  # their titles stand in « »
MOST_NAMES = 3
OPENING, CLOSING = "(", ")"
BETWEEN = {"fr": "\u00a0;", "en": ";"}
AND, OTHERS = {"fr": " et ", "en": " and "}, {"fr": " et autres", "en": " and others"}

Change = Callable[[Node], Node | None]


class NotedCitations(citeproc.Citations):
    """The citations of one report, set as notes: each is put in its place first, and written when all are."""

    def __init__(
        self, clusters: citeproc.Clusters, works: Mapping[str, CslItem], singles: Mapping[bytes, list[Node]],
        bibliography: Sequence[Node], language: str,
    ) -> None:  # fmt: skip
        super().__init__({key: [] for key in clusters}, bibliography)
        self.works, self.singles, self.language = works, singles, language

    def place(self, node: Node) -> Node:
        """A copy of a block with a note for each citation, still without words."""
        return self._block(node) if tree.kind(node) not in tree.INLINES else node

    def settle(self, pages: Sequence[Sequence[Node]]) -> list[list[Node]]:
        """The pages of the report, in order, every citation written out: whole the first time, short afterwards."""
        seen: set[str] = set()

        def written(node: Node) -> Node | None:
            if tree.kind(node) != "Cite" or not tree.citations(node):
                return None
            before = tree.text(tree.inlines(node))
            leads, key = tree.citations(node)[0]["citationPrefix"], tree.citations(node)[0]["citationId"]
            begins = not before and (leads or (key in seen and "title-short" in self.works[key]))  # « loi n° 1 »
            words = list(_joined((self._single(one, seen) for one in tree.citations(node)), self.language))
            words = tree.with_capital(words) if begins else words
            if before == OPENING:
                return tree.with_inlines(node, [tree.word(OPENING), *words, tree.word(CLOSING)])
            ended = tree.inlines(node) or tree.text(words).endswith(".")
            return tree.with_inlines(node, words if ended else [*words, tree.word(".")])

        return [[tree.rewrite(node, written) for node in page] for page in pages]

    def _single(self, citation: CslItem, seen: set[str]) -> list[Node]:
        key = citation["citationId"]
        first = key not in seen
        seen.add(key)
        return self.singles[_single_key(citation, "" if first else LATER)]

    def _block(self, node: Node) -> Node:
        if tree.kind(node) == "Header":
            return tree.change_inside(node, self._blocks, self._in_text)
        changed = tree.change_inside(node, self._blocks, self._inlines)
        if tree.kind(node) not in ("Table", "Figure"):
            return changed
        caption = [tree.change_inside(block, self._blocks, self._in_text) for block in tree.caption(node)]
        return tree.with_caption(changed, caption)

    def _blocks(self, nodes: Sequence[Node]) -> list[Node]:
        return [self._block(node) for node in nodes]

    def _in_text(self, nodes: Sequence[Node]) -> list[Node]:
        """Inlines of a heading or a caption, where citations stand between brackets."""
        return [tree.rewrite(node, lambda one: _bracketed(one) if tree.kind(one) == "Cite" else None) for node in nodes]

    def _inlines(self, nodes: Sequence[Node]) -> list[Node]:
        made: list[Node] = []
        for node in nodes:
            match tree.kind(node):
                case "Cite":
                    self._cite(node, made)
                case "Note":
                    made.append(tree.with_blocks(node, self._own_words(tree.blocks(node))))
                case kind if kind in tree.INLINES_AT:
                    made.append(tree.with_inlines(node, self._inlines(tree.inlines(node))))
                case _:
                    made.append(node)
        return made

    def _own_words(self, nodes: Sequence[Node]) -> list[Node]:
        """The blocks of somebody's own note."""
        return [tree.change_inside(node, self._own_words, _in_own_note) for node in nodes]

    def _cite(self, node: Node, made: list[Node]) -> None:
        """A citation put after what was made: as a note, in the one that stands there already, or in the text."""
        if tree.names_authors(node):
            made.append(tree.cite([], [tree.word(makers_of_work(self.works[tree.cited_keys(node)[0]], self.language))]))
        while made and tree.kind(made[-1]) in tree.SPACES:
            made.pop()
        if not made:
            made.append(_bracketed(node))
        elif tree.kind(made[-1]) == "Note" and (before := _own(made[-1])):
            made[-1] = _noted([*tree.citations(before), *tree.citations(node)])
        else:
            made.append(_noted(tree.citations(node)))


def cite_in_notes(
    clusters: citeproc.Clusters, references: Sequence[Reference], language: str, cache: Cache
) -> NotedCitations:
    """Write out these citations twice, whole and short; every key must be in the references."""
    if not clusters:
        return NotedCitations({}, {}, {}, (), language)
    singles = {
        _single_key(one, form): {**one, "citationId": one["citationId"] + form, "citationMode": {"t": "NormalCitation"}}
        for node in map(citeproc.citation_of_key, clusters)
        for one in tree.citations(node)
        for form in ("", LATER)
    }
    cited = {one["citationId"].removesuffix(LATER) for one in singles.values()}
    works = {reference.key.value: reference.item for reference in references if reference.key.value in cited}
    items = [*citeproc.in_list_order(works.values()), *(_later(item, language) for item in works.values())]
    style = CITATION.sub(lambda _: LAYOUT.read_text("utf-8"), citeproc.style(language).decode(), count=1).encode()
    citing = [tree.cite([one], []) for one in singles.values()]
    blocks = citeproc.run_citeproc([citeproc.citation_of_all(items), *citing], items, style, language, cache)[1:]
    texts = [_led(tree.inlines(tree.inlines(block)[0])) for block in blocks[: len(citing)]]
    listed = [_without_later(block) for block in blocks[len(citing) :]]
    return NotedCitations(clusters, works, dict(zip(singles, texts, strict=True)), listed, language)


def _later(item: CslItem, language: str) -> CslItem:
    """A work as later notes name it."""
    name = name_of_work(item, language)
    return {"id": item["id"] + LATER, "type": "document", "title": name, "archive_location": name}


def name_of_work(item: CslItem, language: str) -> str:
    """What later notes call a work: its symbol, or its makers and its title in italics."""
    number, title = str(item.get("number", "")), str(item.get("title-short") or item.get("title", "")).strip()
    if SYMBOL.match(number) and item.get("type") not in BY_TITLE:
        return number
    if item.get("author") or item.get("editor"):
        return f"{makers_of_work(item, language)}, <i>{title}</i>"
    return f"<i>{title}</i>" if item.get("type") == "legal_case" else title


def count_words_of_first_note(item: CslItem) -> int:
    """The words by which the first note says a work whole, as `notes.csl` sets them, without what is cited of it."""
    makers, number = item.get("author") or item.get("editor") or (), item.get("number")
    dates = item.get("issued", {}).get("date-parts") or [[]]
    parts = [*(name for maker in makers for name in maker.values()), *map(item.get, PRINTED), number]
    parts += [] if number else [" : ".join(str(item[name]) for name in PUBLISHED if item.get(name))]
    signs = (len(makers) > 1) + sum(name in item for name in ("volume", "issue", "edition"))  # et, vol., n°, éd.
    signs += 2 * str(item.get("type")).startswith(QUOTED)
    words = sum(count_words_of_string(str(part)) for part in parts if part)
    return words + signs + (len(dates[0]) if number else 1)


def makers_of_work(item: CslItem, language: str) -> str:
    """Who made a work, as a sentence names them; its title where nobody is named."""
    makers = item.get("author") or item.get("editor") or ()
    names = [str(maker.get("literal") or _family(maker)) for maker in makers]
    if not names:
        return str(item.get("title-short") or item.get("title", "")).strip()
    if len(names) > MOST_NAMES:
        return names[0] + OTHERS[language]
    return AND[language].join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _family(maker: CslItem) -> str:
    return " ".join(str(maker[part]) for part in ("non-dropping-particle", "family") if maker.get(part))


def _single_key(citation: CslItem, form: str) -> bytes:
    """What makes two citations the same in one form: key, words around it, not its manner nor its place."""
    plain = {**citation, "citationMode": {"t": "NormalCitation"}}
    return citeproc.key_of(tree.cite([plain], [])) + form.encode()


def _noted(citations: Sequence[CslItem]) -> Node:
    return tree.note([tree.para([tree.cite(citations, [])])])


def _own(note: Node) -> Node | None:
    """The citation of a note that holds nothing else, and that we made."""
    blocks = tree.blocks(note)
    inlines = tree.inlines(blocks[0]) if len(blocks) == 1 else []
    return (
        inlines[0] if len(inlines) == 1 and tree.kind(inlines[0]) == "Cite" and not tree.inlines(inlines[0]) else None
    )


def _bracketed(cite: Node) -> Node:
    return tree.cite(tree.citations(cite), [tree.word(OPENING)])


def _in_own_note(nodes: Sequence[Node]) -> list[Node]:
    """Inlines of somebody's own note: at its head and after « voir » citations stand as they are, else in brackets."""
    made: list[Node] = []
    for node in nodes:
        if tree.kind(node) == "Cite":
            before = tree.text(made)
            bare = not before or LEADING.search(before)
            made.append(tree.cite(tree.citations(node), [tree.space()]) if bare else _bracketed(node))
        elif tree.kind(node) in tree.INLINES_AT:
            made.append(tree.with_inlines(node, _in_own_note(tree.inlines(node))))
        else:
            made.append(node)
    return made


def _joined(texts: Iterable[list[Node]], language: str) -> Iterator[Node]:
    for at, words in enumerate(texts):
        yield from [tree.word(BETWEEN[language]), tree.space()] if at else []
        yield from words


def _led(nodes: list[Node]) -> list[Node]:
    """Words of a citation whose links lead to the one entry that a work has in the list."""

    def change(node: Node) -> Node | None:
        if tree.kind(node) != "Link" or not tree.target(node).endswith(LATER):
            return None
        return tree.with_target(node, tree.target(node).removesuffix(LATER))

    return list(tree.rewrite(nodes, change))


def _without_later(block: Node) -> Node:
    """The list of references with each work once."""
    kept = [entry for entry in tree.blocks(block) if not tree.identifier(entry).endswith(LATER)]
    return tree.with_blocks(block, kept)
