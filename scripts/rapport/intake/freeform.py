"""A text that an association wrote in its own way: its headings recognised, its words put under the outline's sections.

Nothing is left out: what belongs nowhere goes where it stood, under the first section, and the receipt says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from rapport import tree
from rapport.intake import confidential, header_keys, recommendations
from rapport.intake.blocks import clean_blocks, join_adjacent_lists
from rapport.intake.cover import day_of, is_byline, is_day, without_cover
from rapport.intake.front_matter import without_contents, without_letter_frame, without_signature
from rapport.intake.headings import TypedHeading, find_headings, section_of, sections_of, with_subtitle
from rapport.intake.inlines import without_bold
from rapport.intake.page_layout import numbered_paragraphs, numbered_throughout, running_text
from rapport.intake.plan import Plan
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.intake.tables import attach_captions
from rapport.intake.typed_lists import is_listed, list_typed_items
from rapport.intake.typed_notes import with_notes
from rapport.language.folding import fold_words
from rapport.model import Node, Section
from rapport.office.normal_document import Loss
from rapport.storage import strict_yaml

SECRET = re.compile(r"\bconfidentiel(?:le)?s?\b|ne pas diffuser|diffusion restreinte", re.IGNORECASE)
# Titles that end a text: no demand stands under them.
NO_DEMANDS = re.compile(
    r"(?:en |pour )?(?:conclu(?:sions?|re)|annexes?|remerciements|glossaire|contacts?|(?:liste des )?sigles|lexique|"
    r"qui sommes nous|presentation de l association|a propos)\b"
)
LEAD = re.compile(  # of a list of demands
    r"\b(?:nous|notre association|notre collectif)\s(?!(?:\w+ )?(?:avons|avions|a|avait)\b)[^.:;?]{0,40}?\b(?:demand|"
    r"recommand|préconis|exige|réclam|exhort|appelons (?:l['’]État|le gouvernement))\w*"
    r"(?!\w*\s+(?:\w+\s+)?(?:aux|à nos|à des)\s+(?:enfants|jeunes|famil|mineur|parent))|"
    r"\bwe\s+(?!(?:have|had)\b)(?:\w+\s+)?(?:ask|recommend|call|urge|request)\b",
    re.IGNORECASE,
)
LONG = 200  # signs; no theme's title is longer
DEEPEST = 5  # « ##### »


def read(document: SentDocument, plan: Plan, theme: str = "") -> ReceivedText:
    """The file as a contribution in the making; the association and the theme are for `attribution` to say."""
    return _Reading(document, plan.sections(theme), plan).received


class _Reading:
    def __init__(self, document: SentDocument, sections: Sequence[Section], plan: Plan) -> None:
        self.document, self.sections, self.plan = document, sections, plan
        self.kinds = {section.id: section.kind for section in sections}
        self.demands = next((one for one in sections if one.kind == "recommandations"), None)
        self.received = ReceivedText()
        self.title = self.date = ""
        self.at = ""  # the section that what comes next belongs to
        self.below: TypedHeading | Node | None = None  # what comes after the part that is read
        self.levels: list[tuple[int, int]] = []  # of the headings that are open: in the file, and here
        self.themes = {_bare(theme.title): theme.title for theme in plan.outline.themes}
        self.titled: set[str] = set()  # the sections that a title has opened
        self.covered: set[str] = set()  # the sections that stand under the title of another
        self.about: list[str] = []  # the themes that headings and titles name
        blocks = list(running_text(document.blocks, document.normal.text, sections, self.received))
        blocks = without_contents(blocks, self.received, document.normal.losses)
        blocks = without_signature(without_letter_frame(blocks, self.received), self.received)
        blocks = with_notes(self.without_cover(blocks), self.received)
        self.days = sum(map(is_day, blocks))
        parts = list(find_headings(blocks, sections, self.received))
        self.throughout = numbered_throughout(parts)
        for part, self.below in zip_longest(parts, parts[1:]):
            if isinstance(part, TypedHeading):
                self.heading(part)
            else:
                self.block(part)
        self.finish()

    def without_cover(self, blocks: Sequence[Node]) -> list[Node]:
        cover = without_cover(blocks, self.document, self.plan, self.sections, self.received)
        if cover.title:
            self.entitle(cover.title, cover.title)
            if self.demands and is_listed(cover.blocks[0]) and self.meant_by_title() == self.demands.id:
                self.open(self.demands.id, "name", TypedHeading(1, tree.string(self.title)), "")
        self.date = cover.date
        for line in cover.lines:
            self.note_theme(line)
        return cover.blocks

    # ------------------------------------------------------------ the parts of the file, one by one

    def heading(self, heading: TypedHeading) -> None:
        self.note_theme(heading.text)
        section, how = ("", "") if self.heads_sections(heading) else section_of(heading.text, self.sections)
        several = [] if section else sections_of(heading.text, self.sections)
        halved, below = ("", None) if section or several else with_subtitle(heading, self.sections)
        if several:
            section, how = several[0], "compound"
            self.covered.update(several[1:])
        elif halved and (below or halved not in self.received.sections):
            section, how = halved, "name"
        if section:
            under = below if halved else None
            self.open(section, how, heading, heading.text.removesuffix(under.text) if under else heading.text)
            if under:
                self.inner(under)
        elif self.ends_demands(heading):
            self.leave_demands(heading)
        elif not self.at and not self.title and heading.level <= 1:
            self.entitle(heading.text, f"{heading.number} {heading.text}")
        else:
            self.inner(heading)

    def open(self, section: str, how: str, heading: TypedHeading, words: str) -> None:
        """A section begun under this heading, told where its title is not the outline's own; `words` made its title."""
        if how == "compound":
            names = " / ".join(self.name(one) for one in sections_of(heading.text, self.sections))
            facts = {"text": heading.text, "sections": names, "section": self.name(section)}
            self.received.questions.append(Notification("section-compound", facts))
        elif how != "exact":
            self.tell("section-known", text=heading.text, section=self.name(section))
        elif section in self.titled:
            self.tell("section-again", section=self.name(section))
        self.received.placed_words.append(f"{heading.number} {words}")
        self.received.sections.setdefault(section, [])
        self.titled.add(section)
        self.at, self.levels = section, [(heading.level, 2)]

    def heads_sections(self, heading: TypedHeading) -> bool:
        """Whether a first title with that of a section right below it is the whole's, though it may name one too."""
        below = self.below if isinstance(self.below, TypedHeading) else heading
        named = section_of(below.text, self.sections)[1] in ("exact", "name")
        return named and below.level > heading.level and not (self.at or self.title)

    def ends_demands(self, heading: TypedHeading) -> bool:
        """Whether a heading such as « Conclusion » ends the recommendations, where every paragraph would be one."""
        demands = self.kinds.get(self.at) == "recommandations"
        return demands and heading.level <= self.levels[0][0] and bool(NO_DEMANDS.match(fold_words(heading.text)))

    def leave_demands(self, heading: TypedHeading) -> None:
        """What stands under a heading after the recommendations goes at the end of a section of plain text; told."""
        plain = [one for one in self.received.sections if self.kinds[one] not in ("recommandations", "sources")]
        self.at = plain[-1] if plain else self.sections[0].id
        self.received.sections.setdefault(self.at, [])
        self.levels = [(heading.level - 1, 2)]
        self.tell("after-demands", text=heading.text, section=self.name(self.at))
        self.inner(heading)

    def inner(self, heading: TypedHeading) -> None:
        """A heading of the association's own: one of the section's, never deeper than it can be."""
        self.open_first()
        while len(self.levels) > 1 and self.levels[-1][0] >= heading.level:
            self.levels.pop()
        depth = min(self.levels[-1][1] + 1, DEEPEST)
        self.levels.append((heading.level, depth))
        if heading.number:
            self.received.placed_words.append(heading.number)
            self.received.count_repair("number")
        self.put(tree.header(depth, without_bold(heading.inlines), ""))

    def block(self, block: Node) -> None:
        text = tree.text(block) if tree.kind(block) in tree.PARAGRAPHS else ""
        self.note_theme(text)
        if not self.at and text and not (self.days > 1 and is_day(block)):  # the days of a chronicle are its own
            if not self.title and fold_words(text) == fold_words(self.document.normal.title):
                return self.entitle(text, text)
            known = is_byline(text, self.plan)
            self.date = self.date or day_of(text, self.received, known)
            if known:
                self.received.placed_words.append(text)
                return None
        self.open_first()
        demands = self.kinds[self.at] == "recommandations"
        for one in [block] if demands else numbered_paragraphs(block, self.throughout, self.received):
            self.put(one)
        return None

    def note_theme(self, line: str) -> None:
        """A line that is a theme's title and nothing more."""
        title = self.themes.get(_bare(line)) if len(line) < LONG else None
        if title and title not in self.about:
            self.about.append(title)

    def open_first(self) -> None:
        """Text that stands before every section goes under the first one."""
        if not self.at:
            self.at = self.sections[0].id
            self.levels = [(0, 2)]
            self.received.sections.setdefault(self.at, [])
            self.tell("before-sections", section=self.name(self.at))

    def put(self, block: Node) -> None:
        self.received.sections[self.at].append(block)

    def meant_by_title(self) -> str:
        """The id of the section that the title of the whole names, « Recommandations pour la France »; else ""."""
        return with_subtitle(TypedHeading(1, tree.string(self.title)), self.sections)[0]

    def find_demands(self, section: Section) -> bool:
        """Whether a text without this section has « Nous demandons à l'État : » and a list; it is put there where
        nothing else follows, else asked about."""
        for name, blocks in self.received.sections.items():
            leads = (at for at, pair in enumerate(pairwise(blocks)) if _leads(pair[0]) and _goes_on(pair[1:]))
            if (at := next(leads, None)) is None:
                continue
            facts = {"text": tree.text(blocks[at])[:LONG], "from": self.name(name), "section": section.title}
            if name != self.at or not _goes_on([one for one in blocks[at:] if not _leads(one)]):
                self.received.questions.append(Notification("demands-within", facts))
                return True
            self.received.sections[section.id] = recommendations.as_list(blocks[at:], self.received)
            self.received.sections[name] = blocks[:at]
            self.tell("demands-found", **facts)
            return True
        return False

    def entitle(self, title: str, words: str) -> None:
        self.title = self.themes.get(_bare(title), title) if title.isupper() else title
        self.received.placed_words.append(words)

    def name(self, section: str) -> str:
        return next(one.title for one in self.sections if one.id == section)

    def tell(self, name: str, **facts: str) -> None:
        self.received.decisions.append(Notification(name, facts))

    # ------------------------------------------------------------ the whole

    def finish(self) -> None:
        received = self.received
        if self.title and not received.sections:  # a text of one heading
            self.open_first()
            self.put(tree.para(tree.string(self.title)))
        for section, blocks in received.sections.items():
            captioned = attach_captions(clean_blocks(blocks, received), received)
            blocks = join_adjacent_lists(list_typed_items(captioned, received), received)
            blocks = confidential.enclose_marked(blocks, received)
            if self.kinds[section] == "recommandations":
                blocks = recommendations.as_list(blocks, received)
            received.sections[section] = blocks
        wanted = self.demands if self.demands and not received.sections.get(self.demands.id) else None
        told = self.covered | ({wanted.id} if wanted and self.find_demands(wanted) else set())
        for section in [name for name, blocks in received.sections.items() if not blocks]:
            del received.sections[section]
        for needed in self.sections:
            if needed.id in received.sections or needed.id in told:
                continue
            if self.title and self.meant_by_title() == needed.id:
                facts = {"text": self.title, "section": needed.title, "first": self.name(self.at)}
                received.questions.append(Notification("title-section", facts))
            elif needed.required:
                received.questions.append(Notification("missing-section", {"section": needed.title}))
        for prompt in dict.fromkeys(self.document.normal.likely_prompts):
            received.questions.append(Notification("prompt-or-text", {"text": prompt[:LONG]}))
        if len(self.about) > 1:
            received.questions.append(Notification("two-themes", {"themes": " / ".join(self.about)}))
        values, problems = strict_yaml.read(self.document.header, "")
        if values and not problems:
            received.source_header, said_of = header_keys.usual_keys(self.document.header, values)
            received.losses += [Loss("header-key", 1, said_of)] if said_of else []
            values, _ = strict_yaml.read(received.source_header, "")
            said = {name: value.value for name, value in values.items() if isinstance(value.value, str)}
            received.header |= {"titre": said["titre"]} if said.get("titre") else {}
            header_keys.with_day(received, said.get("date", ""))
        elif self.document.header:
            received.losses.append(Loss("raw", 1, self.document.header))
        if self.title:
            received.header["titre"] = self.title
        if self.date:
            received.header["date"] = self.date
        head = " ".join([self.document.title, self.title, self.document.normal.text[:1500]])
        if SECRET.search(confidential.without_marks(head, received)):
            received.header["diffusion"] = "confidentielle"
            received.questions.append(Notification("confidential"))


def _leads(block: Node) -> bool:
    """Whether a paragraph leads in a list of what is demanded."""
    text = tree.text(block).rstrip() if tree.kind(block) in tree.PARAGRAPHS else ""
    return text.endswith(":") and bool(LEAD.search(text))


def _goes_on(blocks: Sequence[Node]) -> bool:
    return all(tree.kind(one) in tree.LISTS for one in blocks)


def _bare(title: str) -> str:
    """A theme's title without the article that some put before it."""
    return re.sub(r"^(?:les?|la|l|une?|des) ", "", fold_words(title))
