"""layout: where links inside the report lead in this edition, and the words of those that were left empty.

« Voir [](#theme-sport) » becomes « Voir thème 12 (Le sport) ». A place that this edition does not print leaves the
words without a link. What stands under no number (a list, a quotation) belongs to the paragraph above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from rapport import rules, tree
from rapport.language.names import nearest
from rapport.messages import phrase
from rapport.model import Block, Body, Diagnostic, Document, Node, Report, Source
from rapport.report.templates import Pages
from rapport.tree.anchors import name_in_text, report_id

CITED = "#ref-"
WORKS = "refs"
CHAPTERS = "chapters/"
LAID_OUT = ("recommandation-", "destinataire-")
"""How the names begin that only layout gives: the editor may link to them, and they are not known before."""

SPLIT = "\0"  # stands in a phrase where its number goes
HEADINGS = {1: "part", 2: "theme"}
WORDS = {
    "paragraph": "print-reference-paragraph",
    "recommendation": "print-reference-recommendation",
    "table": "print-reference-table",
    "figure": "print-reference-figure",
    "part": "print-reference-part",
    "theme": "print-reference-theme",
}
COUNTED = {"Table": "table", "Figure": "figure"}
POINT = "point"  # of an earlier document: its place is in the annex, and has its label
WRITTEN = "written"
"""The class of the references whose words are ours: an author's own are proved to be printed, these are not typed."""


class CountedPlace(Struct, frozen=True):
    """What a link leads to: an id of the document, what stands there, its number or title, its paragraph's number."""

    id: str
    kind: str
    number: str = ""
    title: str = ""
    paragraph: str = ""


def resolve(document: Document, report: Report) -> Document:
    """The document with its cross-references written out: Links `.reference` with pairs `kind` and `number`.

    Links to the works cited, and blocks that are known to lead nowhere, are left alone.
    """
    writing = _writing(document, report)

    def written(page: Sequence[Node]) -> Iterator[Node]:
        return (tree.rewrite(node, writing.link) if _may_lead(node, writing.places.blocks) else node for node in page)

    return tree.with_pages(document, map(written, tree.document_pages(document)))


class PrintedReport(Struct, frozen=True):
    """A report as it is printed, for pages beside it that speak of its places by their numbers."""

    document: Document
    report: Report

    def resolve(self, body: Body) -> tuple[Body, tuple[str, ...]]:
        """Pages whose links into the report say its numbers, without a link; and the links that lead nowhere."""
        writing = _writing(self.document, self.report)
        own, lost = {find.value for find in body.finds_of("id")}, list[str]()

        def written(node: Node) -> Node | None:
            if not _internal(node) or (name := tree.target(node)[1:]) in own:
                return None
            found = writing.places.get(name) or writing.places.get(name_in_text(name))
            if found is None and name_in_text(name) not in writing.titles and name not in writing.titles:
                lost.append(f"#{name}")
            said = writing.link(node)
            return tree.span(tree.string(tree.text(tree.inlines(said))), [WRITTEN]) if said else None

        passages = tuple(replace(one, node=tree.rewrite(one.node, written)) for one in body.passages)
        return replace(body, passages=passages), tuple(lost)


def unknown_places(pages: Pages, body: Body, templates: Sequence[Source], known: Set[str]) -> Iterator[Diagnostic]:
    """R06 in the editor's own prose: links to no place of it, and to none of those `known` in the contributions."""
    names = {find.value for find in body.finds_of("id")} | known
    for find in body.finds_of("link"):
        name = report_id(CHAPTERS, find.value)
        if name and name not in names and not name.startswith(LAID_OUT):
            facts = {"link": find.value, "name": name_in_text(name), "nearest": nearest(name, names)}
            yield Diagnostic(rules.BROKEN_LINK, pages.place(find.span.line, find.value, templates), facts)


def _writing(document: Document, report: Report) -> _Writing:
    """What writes links to the places of a document."""
    places = _Places({block.id: block for block in report.blocks})
    for page in tree.document_pages(document):
        places.look(page)
    return _Writing(places, _titles(report), document.meta.language)


def _may_lead(node: Node, blocks: Mapping[str, Block]) -> bool:
    """Whether a node has to be searched for links: not a block that was seen to have none, nor the works cited."""
    identifier = tree.identifier(node)
    block = blocks.get(identifier)
    return block.links if block else identifier != WORKS


def _internal(node: Node) -> bool:
    if tree.kind(node) != "Link":
        return False
    target = tree.target(node)
    return target.startswith("#") and not target.startswith(CITED)


def _titles(report: Report) -> dict[str, str]:
    """The titles of parts and themes by id, printed in this edition or not."""
    titles = {f"partie-{part.id}": part.title for part in report.outline.parts}
    return titles | {f"theme-{theme.id}": theme.title for theme in report.outline.themes}


class _Places:
    """Finds the place of every id, in one pass over the top of the pages.

    Blocks are entered for their names alone, and what the editor and layout wrote only if a name is found nowhere else.
    """

    def __init__(self, blocks: Mapping[str, Block]) -> None:
        self.blocks = blocks
        self.found: dict[str, CountedPlace] = {}
        self.closed: list[tuple[object, CountedPlace]] = []
        self.here = CountedPlace("", "section")

    def get(self, name: str) -> CountedPlace | None:
        """The place of an id, if this edition prints it."""
        if name not in self.found:
            for inside, place in self.closed:
                self.name(inside, place)
            self.closed.clear()
        return self.found.get(name)

    def look(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            kind, identifier, pairs = tree.kind(node), tree.identifier(node), tree.pairs(node)
            number = pairs.get("number", "")
            if kind == "Header":
                counted = number or identifier.startswith("theme-")
                heading = HEADINGS.get(tree.level(node), "section") if counted else "section"
                words = tree.inlines(node)
                self.here = self.found[identifier] = CountedPlace(identifier, heading, number, tree.text(words))
                self.closed.append((words, self.here))
            elif kind == "Div" and (number or "label" in pairs):
                label = pairs.get("label", "")
                kind = "recommendation" if label else "paragraph"
                place = CountedPlace(identifier, kind, label or number, paragraph=number)
                self.open(identifier, node, place)
                self.here = place if identifier else self.here
            elif kind == "Div" and not tree.has_class(node, "block"):
                self.found[identifier] = self.here
                self.look(tree.blocks(node))
            else:
                self.open(identifier, node, _counted(node) or self.here)

    def open(self, identifier: str, node: Node, place: CountedPlace) -> None:
        """Note the place of a node, and of the names inside it."""
        self.found[identifier] = place
        block = self.blocks.get(identifier)
        for name in block.names if block else ():  # a translation may have left some of them out
            self.found[name] = place if place.id else replace(place, id=identifier)
        if block is None:
            self.closed.append((node, place))
        elif block.names:
            self.name(node, place)

    def name(self, inside: object, place: CountedPlace) -> None:
        for inner in tree.walk(inside):
            if inner is not inside and (name := tree.identifier(inner)):
                own = _counted(inner) or place
                self.found[name] = own if own.id else replace(own, id=name)


def _counted(node: Node) -> CountedPlace | None:
    """The table or figure that a node is, or holds and nothing else, if it has a number; the point that it names."""
    if tree.kind(node) == "Span" and (label := tree.pairs(node).get(POINT)):
        return CountedPlace(tree.identifier(node), POINT, title=label)
    identifier = tree.identifier(node)
    while tree.kind(node) == "Div" and len(tree.blocks(node)) == 1:
        node = tree.blocks(node)[0]
    kind = COUNTED.get(tree.kind(node))
    number = tree.pair(node, "number") if kind else ""
    return CountedPlace(tree.identifier(node) or identifier, kind, number) if kind and number else None


class _Writing(Struct, frozen=True):
    """Writes the links of a document whose places are known."""

    places: _Places
    titles: Mapping[str, str]
    language: str

    def link(self, node: Node) -> Node | None:
        if not _internal(node):
            return None
        words = tree.inlines(node)
        name = tree.target(node)[1:]
        place = self.places.get(name)
        if place is None:
            name = name_in_text(name)
            place = self.places.get(name)
        left_empty = all(tree.kind(word) in ("Space", "SoftBreak") for word in words)
        if place is None:
            return tree.span([*self.words_for_absent(name)], [WRITTEN]) if left_empty else tree.span(words)
        if left_empty:
            words = list(self.words(place))
        elif (said := tree.text(words)) in (place.number, place.paragraph):
            place = place if said == place.number else replace(place, kind="paragraph", number=said)
            words = [_number(said)]
        classes = ["reference", WRITTEN] if left_empty else ["reference"]
        facts = {"kind": "section" if place.kind == POINT else place.kind, "number": place.number}
        return tree.link(words, f"#{place.id}", classes, tree.identifier(node), **facts)

    def words(self, place: CountedPlace) -> Iterator[Node]:
        """« tableau 3 »: the number apart, for those who count for themselves."""
        if place.kind == POINT:
            yield from tree.string(place.title)
        elif place.kind == "section" or not place.number:
            yield from self.title_words(place.kind, place.title)
        else:
            text = phrase(WORDS[place.kind], self.language, number=SPLIT, title=place.title)
            before, _, after = text.partition(SPLIT)
            yield from (*tree.string(before), _number(place.number), *tree.string(after))

    def words_for_absent(self, name: str) -> Iterator[Node]:
        """The words for what is not printed: a title, or that there is nothing yet."""
        if title := self.titles.get(name):
            yield from self.title_words("theme" if name.startswith("theme-") else "section", title)
        else:
            yield from tree.string(phrase("print-reference-absent", self.language))

    def title_words(self, kind: str, title: str) -> list[Node]:
        name = "print-reference-theme-unnumbered" if kind == "theme" else "print-reference-section"
        return tree.string(phrase(name, self.language, title=title))


def _number(number: str) -> Node:
    return tree.span(tree.string(number), ["number"])
