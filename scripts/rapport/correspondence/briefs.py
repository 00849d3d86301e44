"""briefs: one page for each addressee of the outline, for a meeting: what is asked of it, two facts, good practices.

All of it is read from the public edition as it is printed, so that nothing stands here that the report does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from rapport import tree
from rapport.language.names import with_spaces_of
from rapport.markdown.recommendation_head import addressee_key
from rapport.messages import briefs, long_date
from rapport.model import Addressee, Block, Contribution, Document, Node, Outline, Report
from rapport.office.plain_page import PageLine
from rapport.project.calendar import Stage
from rapport.report.body_blocks import RunningText, read_body
from rapport.report.page_contents import Names
from rapport.report.practices_list import PRACTICES
from rapport.report.recommendation_list import ListedRecommendation, consolidate, listed_addressees
from rapport.report.sentences import FEWEST, sentences_of

PROSE = "texte"  # the nature of the sections that facts are taken from: no testimony is ever one
POINTS_BACK = re.compile(
    r"\b(?:cet(?:te)?|ces|celle|celui|ceux|celles|this|these|those)\b|\bl['’](?:a|ont|avai\w*)\b"
    r"|\b(?:en (?:tire|déduit|conclut|découle|résulte)(?:nt)?|(?:de son|de leur) côté|à (?:son|leur) tour)\b"
    r"|^(?:La (?:démarche|méthode)|Le (?:dispositif|projet)|L['’](?:étude|initiative|action)) (?!d[eu’']|sur |menée? )"
    r"|^(?:Ses|Son|Sa|Leurs?|Its|Their) |^L(?:a|es?) (?:premi|second|derni)\w+ (?:s['’]|se |est |sont |ont |a )"
    r"|^L['’]une? ",
    re.IGNORECASE,
)
"""What a sentence that is not understood alone has: such are left out of a page that is read alone."""
SIZES = (
    *((9, 2, 2), (8, 2, 2), (7, 2, 2), (6, 2, 2), (5, 2, 2), (4, 2, 2), (4, 2, 1), (3, 2, 1)),
    *((3, 1, 1), (2, 1, 1), (2, 1, 0), (1, 1, 0), (1, 0, 0)),
)
"""How many recommendations, facts and practices are tried, until all stand on one page."""


class BriefPoint(Struct, frozen=True):
    """One thing that the page says, and what stands under it: articles and carriers, a source, who and where."""

    words: str
    details: str


class Brief(Struct, frozen=True):
    """All that could stand on the page of an addressee; `working`: texts that it is drawn from are still sketches.
    `is_asked`: the recommendations are addressed to it, and not to others on themes that concern it."""

    addressee: str
    demands: tuple[BriefPoint, ...]
    facts: tuple[BriefPoint, ...]
    practices: tuple[BriefPoint, ...]
    working: bool
    is_asked: bool


class Briefs:
    """The pages of a report, as laid out for the public edition."""

    def __init__(self, report: Report, document: Document, accepted: Iterable[Contribution], language: str) -> None:
        self.report, self.document, self.language = report, document, language
        self.listed = listed_addressees(report.outline, language)
        groups = consolidate(report.blocks, self.listed)
        self.entries = sorted((entry for group in groups for entry in group.entries), key=lambda one: one.number)
        self.printed = {
            tree.pairs(node)["label"]: node
            for chapter in document.chapters
            for node in chapter
            if tree.has_class(node, "consolidated")
        }
        self.body = {block.id: block for block in read_body(document.chapters)}
        self.works = {
            tree.identifier(node).removeprefix("ref-"): tree.text(tree.blocks(node)).strip().rstrip(".")
            for node in tree.find(list(document.back_matter), "Div")
            if tree.has_class(node, "csl-entry")
        }
        self.sketches = {(one.association, one.theme) for one in accepted if one.caveat}
        self.names = Names(report)

    def brief_for(self, addressee: Addressee) -> Brief | None:
        """What is said to an addressee; None where nothing is asked of it, nor of others on themes that concern it."""
        key = addressee_key(addressee.name)
        asked = [
            one
            for one in self.entries
            if one.blocks[0].recommendation and key in one.blocks[0].recommendation.addressee_keys
        ]
        is_asked = bool(asked)
        if not is_asked:
            asked = [one for one in self.entries if any(block.theme in addressee.themes for block in one.blocks)]
        if not asked:
            return None
        asked.sort(key=lambda one: (not one.key, one.number))
        themes = dict.fromkeys(block.theme for one in asked for block in one.blocks)
        blocks = [block for block in self.report.blocks if block.theme in themes]
        used = {(block.association, block.theme) for block in blocks}
        name = addressee.name_en if self.language == "en" and addressee.name_en else addressee.name
        demands = tuple(self.demand(one, told=not is_asked) for one in asked)
        facts, practices = tuple(self.facts(blocks, list(themes))), tuple(self.practices(blocks))
        return Brief(name, demands, facts, practices, not self.sketches.isdisjoint(used), is_asked)

    def demand(self, entry: ListedRecommendation, told: bool = False) -> BriefPoint:
        """A recommendation as the list has it; its number, articles, carriers and paragraph under it. `told`: and whom
        it is addressed to."""
        first, *more = tree.blocks(self.printed[entry.label])
        *others, carried = more
        words = tree.text([tree.inlines(first)[2:], *others])  # the label and a space stand before it
        whom = [", ".join(entry.addressees)] if told else []
        return BriefPoint(words, " – ".join([entry.label, *whom, tree.text(carried)]))

    def facts(self, blocks: Iterable[Block], themes: Sequence[str]) -> Iterator[BriefPoint]:
        """Sentences that have a source: the best of each theme, as its demands come, then the others.

        The best opens its paragraph, is of the findings before any other section, and has a number.
        """
        found: dict[str, list[tuple[bool, int, bool, BriefPoint]]] = {theme: [] for theme in themes}
        sections = {s.id: at for theme in self.report.outline.themes for at, s in enumerate(theme.sections)}
        told = {s.id for theme in self.report.outline.themes for s in theme.sections if s.kind != PROSE} | {PRACTICES}
        for block in blocks:
            printed = self.body.get(block.id)
            if printed and not block.recommendation and block.section not in told and (fact := self.fact(printed)):
                opens = tree.text(tree.blocks(printed.node)).lstrip("0123456789. ").startswith(fact[1].words)
                found[block.theme].append((not opens, sections.get(block.section, 0), not fact[0], fact[1]))
        ordered = [[point for *_, point in sorted(some, key=lambda one: one[:3])] for some in found.values()]
        yield from (point for together in zip_longest(*ordered) for point in together if point)

    def fact(self, printed: RunningText) -> tuple[bool, BriefPoint] | None:
        """The first sentence of a paragraph with a source, best with a number; whether it has one."""
        best: tuple[bool, BriefPoint] | None = None
        for sentence in sentences_of(printed.node):
            sources = [*tree.find(sentence, "Cite", "Note")]
            words = tree.text(sentence)
            if not sources or len(words.split()) < FEWEST or POINTS_BACK.search(words):
                continue
            bare = tree.text([node for node in sentence if tree.kind(node) != "Cite"])
            counted = any(letter.isdigit() for letter in bare)
            named = " ; ".join(dict.fromkeys(filter(None, self.sources(sources))))
            under = briefs("source" if named else "where", self.language, source=named, number=printed.number)
            if best is None or (counted and not best[0]):
                best = counted, BriefPoint(words, under)
        return best

    def sources(self, found: Iterable[Node]) -> Iterator[str]:
        """What notes say, and the works that are cited, as the bibliography has them."""
        for node in found:
            if tree.kind(node) == "Note":
                yield tree.text(tree.blocks(node))
            else:
                yield from (self.works.get(key, "") for key in tree.cited_keys(node))

    def practices(self, blocks: Iterable[Block]) -> Iterator[BriefPoint]:
        """The first sentence of each association's good practices, with its name where this edition prints it."""
        told = set[tuple[str, str]]()
        titles = {theme.id: theme for theme in self.report.outline.themes}
        for block in blocks:
            if block.section != PRACTICES or (block.association, block.theme) in told or block.id not in self.body:
                continue
            printed = self.body[block.id]
            whole = (s for s in sentences_of(printed.node) if not (said := tree.text(s)).endswith(":")
                     and not POINTS_BACK.search(said))  # fmt: skip
            if sentence := next(whole, None):
                who = [self.names(block.association)] if self.names.shown else []
                told.add((block.association, block.theme))
                where = briefs("where", self.language, number=printed.number)
                theme = titles.get(block.theme)
                title = (theme.title_en if self.language == "en" else theme.title) if theme else block.theme
                yield BriefPoint(tree.text(sentence), " – ".join([*who, title, where]))


def brief_lines(
    brief: Brief, outline: Outline, size: tuple[int, int, int], language: str, meeting: Sequence[str] = ()
) -> list[PageLine]:
    """The page, line by line, with so many recommendations, facts and practices; `meeting`: when, where and who."""

    def say(sentence: str, /, **facts: object) -> str:
        return briefs(sentence, language, **facts)

    identity = outline.identity
    spoken: Mapping[str, str] = identity.english if language == "en" else {}
    title = spoken.get("title") or identity.title
    lines = [
        PageLine("sender", say("from", name=spoken.get("collective") or identity.collective)),
        PageLine("to", brief.addressee),
        PageLine("subject", title),
        PageLine("sender", say("what", date=long_date(identity.date, language))),
        *(PageLine("sender", line) for line in meeting),
    ]
    if brief.working:
        lines.append(PageLine("sender", say("working")))
    lines += _part(say("demands" if brief.is_asked else "demands-told"), brief.demands, size[0])
    if len(brief.demands) > size[0]:
        more = len(brief.demands) - size[0]
        others = ", ".join(one.details.partition(" – ")[0] for one in brief.demands[size[0] :])
        told = ("more-one" if more == 1 else "more") if brief.is_asked else "more-told"
        lines.append(PageLine("para", say(told, number=more, others=others)))
    lines += _part(say("facts"), brief.facts, size[1])
    lines += _part(say("practices"), brief.practices, size[2])
    contact = ", ".join(identity.contact)
    lines.append(PageLine("signature", say("contact", contact=contact)))
    return [PageLine(one.kind, with_spaces_of(one.text, language)) for one in lines]


def meeting_lines(stage: Stage, names: Mapping[str, str], language: str) -> list[str]:
    """When and where the meeting of a page is, and who goes there; `names` are those of associations, by id."""
    hour = stage.time.lstrip("0").replace(":", " h " if language == "fr" else ":")
    delegation = ", ".join(names.get(one, one) for one in stage.participants)
    when = (stage.title(language), long_date(stage.date, language), hour.removesuffix(" 00"), stage.place)
    lines = [", ".join(filter(None, when))]
    return [*lines, briefs("delegation", language, names=delegation)] if delegation else lines


def _part(title: str, points: Sequence[BriefPoint], number: int) -> Iterator[PageLine]:
    if points and number:
        yield PageLine("heading", title)
    for point in points[:number]:
        yield PageLine("item", point.words)
        yield PageLine("detail", point.details)
