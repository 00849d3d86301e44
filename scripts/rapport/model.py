"""Every value that passes from one stage to the next; imports nothing of ours.

Each state of knowledge is a type: a `Draft` as sent, a `Contribution` accepted, a `Report` decided; nodes: see `tree`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

T = TypeVar("T")
Node = dict[str, Any]  # one pandoc block or inline, as pandoc's JSON gives it
CslItem = Mapping[str, Any]  # a work as citeproc knows it: CSL variables by name


class Severity(StrEnum):
    """How much a diagnostic weighs: an error blocks, a review wants a person's eye, a note informs."""

    ERROR = "error"
    REVIEW = "review"
    NOTE = "note"


class Edition(StrEnum):
    """Who the outputs are for; any other name is refused."""

    DRAFT = "draft"
    PUBLIC = "public"
    CONFIDENTIAL = "confidential"


class Span(Struct, frozen=True):
    """A place in a file: line and column count from 1; line 0 means the file as a whole.

    A Word file has no lines: there `location` says where, outermost first, as in (("page", 2), ("table", 1)).
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 0
    location: tuple[tuple[str, int], ...] = ()


def span_at(path: str, text: str, start: int, length: int) -> Span:
    """The place of so many signs that stand at an offset of a file's text."""
    return Span(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), length)


class LocatedValue(Struct, Generic[T], frozen=True):
    """A value and the place it was read at."""

    value: T
    span: Span


YamlValue = LocatedValue[Any]
"""What YAML holds at a place: words, or lists and mappings of the same."""
Fields = Mapping[str, YamlValue]


class Rule(Struct, frozen=True):
    """One thing that can be wrong; its sentences are in `messages`, under its code."""

    code: str
    severity: Severity


class Diagnostic(Struct, frozen=True):
    """A rule that a file broke: facts only, the sentence is made in `display`."""

    rule: Rule
    span: Span
    facts: Mapping[str, str] = field(default_factory=dict)
    related_spans: tuple[Span, ...] = ()


class Source(Struct, frozen=True):
    """One file as read: text in NFC with `\\n` line ends, and the digest of its bytes."""

    path: str
    text: str
    digest: str

    def span(self, start: int, end: int) -> Span:
        """The place of what stands between two offsets of the text."""
        return span_at(self.path, self.text, start, end - start)


class Section(Struct, frozen=True):
    """One heading of a theme's model (« Constat », …)."""

    id: str
    title: str
    title_en: str
    required: bool
    kind: str


class Theme(Struct, frozen=True):
    """One theme of the outline, with the sections its contributions are written under.

    `finding` is a sentence that its title goes on with in print, `short` the title over its pages.
    """

    id: str
    title: str
    title_en: str
    articles: tuple[str, ...]
    sections: tuple[Section, ...]
    budget: int | None
    lead: str | None
    order: tuple[str, ...]
    is_closed: bool
    span: Span
    budget_span: Span = Span("")
    finding: str = ""
    finding_en: str = ""
    short: str = ""
    short_en: str = ""


class Part(Struct, frozen=True):
    """One part of the report: its themes, in the order they are printed."""

    id: str
    title: str
    title_en: str
    themes: tuple[Theme, ...]


class Instrument(Struct, frozen=True):
    """A treaty, law or decision that an article may be quoted from, by the short name people type, or others."""

    short: str
    title: str
    title_en: str
    short_en: str = ""
    other_names: tuple[str, ...] = ()
    short_fr: str = ""  # in the English report, where `short` is English
    last_article: int | None = None  # the number of its last article, where the outline says it


class Acronym(Struct, frozen=True):
    """An acronym and the name it stands for; `expand`: the report may write the name out where it is first used."""

    short: str
    name: str
    name_en: str
    expand: bool = True


class Observation(Struct, frozen=True):
    """On this date the association was seen in this state (« membre », « candidate »), says this source."""

    date: str
    state: str
    source: str


class Association(Struct, frozen=True):
    """A member of the collective; `id` is the name of its folder."""

    id: str
    name: str
    acronym: str
    coordinates: bool
    observations: tuple[Observation, ...]

    def state_on(self, date: str) -> str:
        """The last state observed on or before an ISO date, or "" when nothing was observed by then."""
        seen = [o for o in self.observations if o.date <= date]
        return max(seen, key=lambda o: o.date).state if seen else ""

    @property
    def short(self) -> str:
        """What a draft calls it beside its passages."""
        return self.acronym or self.name


class Identity(Struct, frozen=True):
    """What the cover says: plain strings in the report's language, and the settings of the editions.

    `citations`: « auteur-date » or « notes »; `reply_by`: the day corrections are wanted by, or "".
    """

    title: str
    subtitle: str
    committee: str
    convention: str
    answers: str
    answers_symbol: str
    collective: str
    date: str
    source_cutoff: str
    contact: tuple[str, ...]
    draft_name: str
    authors_visible: Mapping[str, bool]
    length: str
    length_words: int | None
    length_notes: bool
    length_span: Span
    carriers_visible: Mapping[str, bool] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=dict)  # of these fields, those that the outline has in English
    reply_by: str = ""
    citations: str = "auteur-date"
    states: tuple[str, ...] = ()  # their three letters: first the one it is about, then those its pages may name too
    licence: str = ""
    logos: tuple[tuple[LocatedValue[str], str], ...] = ()  # the path of each in the project, and what it shows


class Addressee(Struct, frozen=True):
    """Those whom recommendations may be addressed to, as the list prints them and, in `other_names`, as texts do.

    `themes`: of one of whom nothing is asked, those that concern it. `meeting`: the id of the stage where it is met.
    """

    name: str
    name_en: str
    other_names: tuple[str, ...]
    themes: tuple[str, ...] = ()
    meeting: str = ""


class Outline(Struct, frozen=True):
    """The report as the editor planned it: the only place that says order."""

    identity: Identity
    instruments: tuple[Instrument, ...]
    parts: tuple[Part, ...]
    named_associations: tuple[LocatedValue[str], ...] = ()  # every association that the outline names, where it does
    common_articles: tuple[str, ...] = ()  # the articles that concern every theme
    addressees: tuple[Addressee, ...] = ()  # in the order of the list of recommendations; () when any may be named

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme, in the report's order."""
        return tuple(theme for part in self.parts for theme in part.themes)

    @property
    def texts(self) -> Mapping[str, int | None]:
        """The short names of the texts whose articles may be named, each with the number of its last article."""
        return {entry.short: entry.last_article for entry in self.instruments}


class Reference(Struct, frozen=True):
    """One entry of the bibliography: its key where it is written, its CSL JSON item, and whether an error is in it."""

    key: LocatedValue[str]
    item: CslItem
    has_error: bool = False


class Passage(Struct, frozen=True):
    """One block of a body, the place it came from, and what later stages look for in it (`links`: to places of texts).

    `items` are the places of a list's items; `key` stands for the words alone, `sketch` for nearly the same words;
    `words` leaves out notes and the works cited; `names`, the ids inside, are already in the text's own namespace.
    """

    node: Node
    span: Span
    items: tuple[Span, ...] = ()
    key: str = ""
    cites: bool = False
    images: bool = False
    confidential: bool = False
    links: bool = False
    words: int = 0
    note_words: int = 0
    sketch: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


class Find(Struct, frozen=True):
    """Something in a body that a rule looks at: a citation, an image, a link, raw code, a note, lost words, …"""

    kind: str
    value: str
    span: Span
    detail: str = ""


class DraftSection(Struct, frozen=True):
    """What stands under one second-level heading of a body; the first may have none: what stands above them all."""

    heading: Passage | None
    title: str
    passages: tuple[Passage, ...]


class Body(Struct, frozen=True):
    """The text under a header as pandoc understood it; `error` says why there is no tree.

    `headings` are those that open a section: which passage each is, and its words.
    """

    passages: tuple[Passage, ...]
    finds: tuple[Find, ...]
    error: str = ""
    headings: tuple[tuple[int, str], ...] = ()

    @property
    def sections(self) -> tuple[DraftSection, ...]:
        """The passages under each heading that opens a section, after those that stand above the first."""
        ends = [*(at for at, _ in self.headings), len(self.passages)]
        above = DraftSection(None, "", self.passages[: ends[0]])
        opened = zip(self.headings, ends[1:], strict=True)
        under = (DraftSection(self.passages[at], title, self.passages[at + 1 : end]) for (at, title), end in opened)
        return above, *under

    def finds_of(self, kind: str) -> tuple[Find, ...]:
        """The finds of one kind, in the order of the text."""
        return tuple(find for find in self.finds if find.kind == kind)


class Draft(Struct, frozen=True):
    """One contribution as sent: anything may be missing. Its path gave the association and the theme."""

    association: str
    theme: str
    source: Source
    header: Fields
    body: Body
    diagnostics: tuple[Diagnostic, ...] = ()


class Contribution(Struct, frozen=True):
    """One contribution as accepted: the model's sections, each with its passages."""

    association: str
    theme: str
    path: str
    date: str
    confidential: bool
    language: str
    caveat: str
    proposes: str
    sections: Mapping[str, tuple[Passage, ...]]
    articles: tuple[str, ...] = ()


class RecommendationHead(Struct, frozen=True):
    """What the head of a recommendation says: to whom, on which articles, and whether the summary holds it.

    `addressee_keys` and `demand_key` are the addressees and the demand made comparable, by which the list is numbered:
    they stay French when the rest is translated, so that R12 is R12 in both languages.
    """

    addressees: tuple[str, ...]
    articles: tuple[str, ...]
    key: bool
    addressee_keys: tuple[str, ...] = ()
    demand_key: str = ""


class Block(Struct, frozen=True):
    """One block of the report and everything that is known of where it came from.

    `id` is stable while the words are; `digest` covers the whole node; `links` whether it leads to places in texts,
    `names` are the ids of the places inside it; `french` is what an English node was translated from.
    """

    id: str
    digest: str
    node: Node
    association: str
    span: Span
    theme: str
    section: str
    cites: bool = False
    recommendation: RecommendationHead | None = None
    links: bool = False
    names: tuple[str, ...] = ()
    french: Node | None = None


class MergedSection(Struct, frozen=True):
    """One section of a theme: the blocks of all its associations, in the outline's order."""

    section: Section
    blocks: tuple[Block, ...]


class Caveat(Struct, frozen=True):
    """A warning that an association prints over its own text; `language` where it is not the report's."""

    association: str
    text: str
    language: str = ""


class MergedTheme(Struct, frozen=True):
    """A theme with what was accepted for it, and the associations whose file was refused."""

    theme: Theme
    sections: tuple[MergedSection, ...]
    associations: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    refused: tuple[str, ...]
    withheld: tuple[str, ...]
    articles: tuple[str, ...] = ()


class MergedPart(Struct, frozen=True):
    """A part of the report; the part of proposed themes has no place in the outline."""

    part: Part
    themes: tuple[MergedTheme, ...]


class Report(Struct, frozen=True):
    """The intermediate representation that everything after `merge` reads."""

    outline: Outline
    edition: Edition
    associations: tuple[Association, ...]
    parts: tuple[MergedPart, ...]
    proposed_themes: tuple[MergedTheme, ...]
    stray_files: tuple[str, ...]
    acronyms: tuple[Acronym, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # which works cited are texts of the outline
    proved_claims: frozenset[str] = frozenset()  # what the report may say of itself
    logos: tuple[Node, ...] = ()  # pictures of the cover
    voices: tuple[Block, ...] = ()  # what children said themselves
    english_keys: Mapping[str, Block] = field(default_factory=dict)  # key recommendations in English, by block id

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in the report's order."""
        themes = *(t for p in self.parts for t in p.themes), *self.proposed_themes
        return tuple(b for t in themes for s in t.sections for b in s.blocks)

    def with_blocks(self, change: Callable[[Block], Block]) -> Report:
        """The report with each of its blocks changed, in its order."""
        return self.with_themes(lambda theme: replace(theme, sections=tuple(
            replace(one, blocks=tuple(map(change, one.blocks))) for one in theme.sections)))  # fmt: skip

    def with_themes(self, change: Callable[[MergedTheme], MergedTheme]) -> Report:
        """The report with each of its themes changed, those proposed too."""
        parts = tuple(replace(part, themes=tuple(map(change, part.themes))) for part in self.parts)
        return replace(self, parts=parts, proposed_themes=tuple(map(change, self.proposed_themes)))


class Meta(Struct, frozen=True):
    """What an output says of itself: properties, running header, and the words printed by exporters."""

    title: str
    subtitle: str
    language: str
    date: str
    edition: Edition
    header: str
    author: str
    strings: Mapping[str, str]
    short_titles: Mapping[str, str] = field(default_factory=dict)  # over the pages of a theme, by its heading's id
    stem: str = ""  # of its files' names, where the edition does not give it
    smallest: int = 0  # points of the smallest letters, in large print


class Document(Struct, frozen=True):
    """The report as blocks ready to print; the conventions of its classes are in `output/__init__.py`."""

    meta: Meta
    front_matter: tuple[Node, ...]
    chapters: tuple[tuple[Node, ...], ...]
    back_matter: tuple[Node, ...]
