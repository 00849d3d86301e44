"""layout: what is made of the finished body: the consolidated list, the key recommendations, links to paragraphs.

A copy of the body's words stands in a `.derived`, which names its origin, so that nobody counts it as the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rapport import tree
from rapport.language.names import identifier
from rapport.markdown import recommendation_head
from rapport.messages import phrase
from rapport.model import Node, Report
from rapport.project.points import EarlierPoints
from rapport.report.acronym_expansions import expand_acronyms, names
from rapport.report.annexes import ArticlesAnnex, acronyms_table, reference
from rapport.report.body_blocks import OF_THE_BODY, nameless_copy, read_body
from rapport.report.page_contents import Names
from rapport.report.page_values import DerivedPiece
from rapport.report.points_annex import points_table
from rapport.report.practices_list import practices_list
from rapport.report.recommendation_list import AddresseeGroup, ListedRecommendation

AWAITED = "awaited"
STOPS = (".", "!", "?", "…")
CARRY_ON = " ;,\u00a0\u202f"  # how an item of a list ends that another follows

CONJUNCTIONS = ("et", "ou", "and", "or")


def list_placeholder(piece: DerivedPiece) -> Node:
    """Where, until the body is finished, a list stands that is made of it."""
    return tree.div([], [AWAITED], of=piece.name)


class DerivedLists:
    """Makes lists of what stands in the body, once its paragraphs are numbered."""

    def __init__(
        self, report: Report, groups: Sequence[AddresseeGroup], chapters: Sequence[Sequence[Node]], language: str,
        points: EarlierPoints,
    ) -> None:  # fmt: skip
        self.report, self.groups, self.language, self.points = report, groups, language, points
        self.name = Names(report)
        self.body = tuple(read_body(chapters))
        self.bodies = {block.id: block.node for block in self.body}
        self.expanded = expand_acronyms(self.body, names(report.acronyms, language))

    def with_expansions(self, blocks: Sequence[Node]) -> list[Node]:
        """The blocks of a chapter with the names of acronyms, each where the body first uses it."""
        return [self.expanded.get(tree.identifier(node), node) if tree.kind(node) == "Div" else node for node in blocks]

    def with_lists(self, blocks: Iterable[Node]) -> Iterator[Node]:
        """Blocks of a page with what they awaited."""
        for node in blocks:
            if tree.has_class(node, AWAITED):
                yield from self.make(DerivedPiece[tree.pairs(node)["of"]])
            elif tree.kind(node) == "Div" and not tree.has_class(node, *OF_THE_BODY):
                yield tree.with_blocks(node, list(self.with_lists(tree.blocks(node))))
            else:
                yield node

    def make(self, piece: DerivedPiece) -> Iterable[Node]:
        """The nodes of one derived piece."""
        match piece:
            case DerivedPiece.RECOMMENDATIONS:
                return self.recommendations()
            case DerivedPiece.KEYS:
                return self.keys()
            case DerivedPiece.KEYS_IN_ENGLISH:
                return self.keys_in_english()
            case DerivedPiece.ARTICLES:
                return ArticlesAnnex(self.report, self.body, self.say).table()
            case DerivedPiece.ACRONYMS:
                return acronyms_table(self.report, self.body, self.language, self.say)
            case DerivedPiece.PRACTICES:
                return practices_list(self.report, self.body, self.name, self.language)
            case DerivedPiece.POINTS:
                return points_table(self.report, self.body, self.points, self.language)
            case _:
                return ()

    def recommendations(self) -> Iterator[Node]:
        """Every recommendation under those it is addressed to, with who carries it and where it stands."""
        for group in self.groups:
            name = group.addressee or self.say("nobody")
            yield tree.header(3, tree.string(name), f"destinataire-{identifier(name)}", ["unnumbered"])
            yield from map(self.entry, group.entries)

    def entry(self, entry: ListedRecommendation) -> Node:
        """A recommendation as the list has it: its label, its demand (a copy), who carries it."""
        origin = self.origin(entry)
        of = tree.identifier(origin)
        first, more = _copied(origin, recommendation_head.demand)
        first = first if more else _stopped(first)
        blocks = [tree.para([*label(entry.label), tree.span(first, ["derived"], of=of)])]
        blocks += [tree.div(more, ["derived"], of=of)] if more else []
        blocks.append(tree.div([tree.para(self.carrying_line(entry))], ["carried"]))
        return tree.div(blocks, ["consolidated"], f"recommandation-{entry.label.lower()}", label=entry.label)

    def carrying_line(self, entry: ListedRecommendation) -> list[Node]:
        """« CIDE 39 – également : au Parlement – Hors la Rue, ECPAT France – paragraphes 12 et 30 »."""
        names = [self.name(association) for association in entry.associations if self.name.carrying]
        also = self.say("also", names=_listed(entry.other_addressees)) if entry.other_addressees else ""
        facts = [text for text in (", ".join(entry.articles), also, ", ".join(names)) if text]
        before = [node for text in facts for node in [*tree.string(text), *tree.string(" – ")]]
        return [*before, *self.paragraphs(entry, self.language)]

    def paragraphs(self, entry: ListedRecommendation, language: str) -> Iterator[Node]:
        """« paragraphes 12 et 30 », each number a link."""
        ids = [block.id for block in entry.blocks]
        yield from tree.string(phrase(f"print-paragraph{'s' * (len(ids) > 1)}", language) + "\u00a0")
        for index, name in enumerate(ids):
            if index:
                yield from tree.string(" " + phrase("print-and", language) + " " if index == len(ids) - 1 else ", ")
            yield reference("paragraph", tree.pair(self.bodies[name], "number"), name)

    def keys(self) -> Iterator[Node]:
        """The recommendations that their authors marked as key, whole, with a link to where they stand."""
        yield from _shortlist([self.key(entry, self.origin(entry), self.language) for entry in self.key_entries()])

    def keys_in_english(self) -> Iterator[Node]:
        """The same inside the French report; those that nobody has translated are in French and say so."""
        english = self.report.english_keys
        keys = []
        for entry in self.key_entries():
            said = [english[block.id] for block in entry.blocks]
            keys.append(self.key(entry, next((block for block in said if block.french), said[0]).node, "en"))
        yield from _shortlist(keys)

    def key_entries(self) -> list[ListedRecommendation]:
        """The recommendations that their authors marked as key, by addressee."""
        return [entry for group in self.groups for entry in group.entries if entry.key]

    def key(self, entry: ListedRecommendation, node: Node, language: str) -> Node:
        """A key recommendation as a copy of this node, in this language."""
        of = tree.identifier(self.origin(entry))
        first, more = _copied(node, list)
        where = [tree.space(), *tree.string("("), *self.paragraphs(entry, language), *tree.string(")")]
        copy = [*label(entry.label), tree.span(first, ["derived"], of=of), *where]
        blocks = [tree.para(copy), *([tree.div(more, ["derived"], of=of)] if more else [])]
        other = {"lang": language} if language != self.language else {}
        return tree.div(blocks, ["key"], label=entry.label, **other)

    def origin(self, entry: ListedRecommendation) -> Node:
        """The paragraph of the body that a listed recommendation stands in."""
        return self.bodies[entry.blocks[0].id]

    def say(self, name: str, **facts: object) -> str:
        """A printed sentence in the report's language."""
        return phrase(f"print-{name}", self.language, **facts)


def _shortlist(keys: Sequence[Node]) -> Iterator[Node]:
    """The key recommendations as one block, which stays on one page; the class `last-key` marks its end."""
    if keys:
        *others, last = keys
        last = tree.div(tree.blocks(last), [*tree.classes(last), "last-key"], **tree.pairs(last))
        yield tree.div([*others, last], ["shortlist"])


def label(text: str) -> list[Node]:
    """« R12 » as it stands before a recommendation."""
    return [tree.span(tree.string(text), ["label"]), tree.space()]


def with_label(blocks: Sequence[Node], text: str) -> list[Node]:
    """The blocks of a recommendation, its number in the list before its first words."""
    if not text or not blocks or tree.kind(blocks[0]) not in tree.PARAGRAPHS:
        return list(blocks)
    return [tree.with_inlines(blocks[0], [*label(text), *tree.inlines(blocks[0])]), *blocks[1:]]


def _copied(origin: Node, part: Callable[[list[Node]], list[Node]]) -> tuple[list[Node], list[Node]]:
    """Of a recommendation of the body, part of its first paragraph, and its other blocks, as copies."""
    first, *more = nameless_copy(tree.blocks(origin))
    words = tree.inlines(first)
    if words and tree.has_class(words[0], "label"):
        words = words[2:]
    return part(words), more


def _stopped(inlines: list[Node]) -> list[Node]:
    """Inlines that end a sentence: a stop where there is none, or in the place of what goes on in a list."""
    words = tree.text(inlines).rstrip()
    if not words or words.endswith(STOPS) or words.rstrip(" »”").endswith(STOPS):
        return inlines
    left = list(inlines)
    while not tree.text(left[-1:]).strip(CARRY_ON) or (len(left) > 1 and tree.letters(left[-1]) in CONJUNCTIONS):
        left.pop()
    if tree.kind(left[-1]) == "Str":
        left[-1] = tree.word(tree.letters(left[-1]).rstrip(CARRY_ON))
    return [*left, tree.word(".")]


def _listed(names: Sequence[str]) -> str:
    """Addressees named inside a sentence: « au Parlement »."""
    return ", ".join(name[:1].lower() + name[1:] for name in names)
