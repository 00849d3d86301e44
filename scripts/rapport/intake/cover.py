"""The cover of a text: its title, who wrote it and when, whom to call, logos. They are no findings.

Only what is sure to stand on a cover is set aside, and named; a line among those that may be a sentence is kept and
asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field

from rapport import tree
from rapport.intake.headings import TYPED, TypedHeading, has_bold_words, section_of, sections_of, with_subtitle
from rapport.intake.inlines import split_lines
from rapport.intake.plan import Plan
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.language import dates
from rapport.language.folding import fold_words
from rapport.language.months import FRENCH, MONTHS
from rapport.model import Node, Section
from rapport.office.normal_document import Loss

SHORT = r"(?:janv|févr?|avr|juil|sept?|oct|nov|d[ée]c)\b\.?"
MONTH = rf"(?:{FRENCH}|{'|'.join(MONTHS['en'])}|{SHORT})"
DATE = re.compile(
    rf"\b\d{{1,2}}(?:er)?\s+(?:{FRENCH}|{SHORT})\s+\d{{4}}\b|\b\d{{1,2}}([./-])\d{{1,2}}\1\d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|"
    r"\b\d{1,2}/\d{1,2}/\d{2}\b(?!/)",
    re.IGNORECASE,
)
MONTHLY = re.compile(rf"\b{MONTH}\s+\d{{4}}\b", re.IGNORECASE)  # « novembre 2014 », « nov. 2014 »
DATED = re.compile(  # « Paris, le 12 mars 2014 », « Juin 2014 », « 2013-2014 »
    r"(?:(?:fait à\s+|date\s*:\s*)?[A-ZÀ-Þ][\w’'-]*(?:[ -][\w’'-]+){0,3}\s*,\s*)?(?:(?:le|en|date)\s*:?\s*)?"
    rf"(?:{DATE.pattern}|(?:\d{{1,2}}\s+)?{MONTH}\s+\d{{4}}|{MONTH}\s+\d{{1,2}},\s*\d{{4}}|\d{{4}}(?:\s*[-–/]\s*\d{{4}})?)",
    re.IGNORECASE,
)
WRITTEN = re.compile(
    r"(?:(?:rédigé|écrit|préparé|établi|présenté|réalisé|coordonné|proposé|soumis|élaboré)e?s? par\b|"
    r"(?:written|prepared|submitted|drafted) by\b|"
    r"(?:auteure?s?|auteur[·.(-]e[)]?(?:[·.-]?s)?|rédact(?:eur|rice)s?|rédaction|coordination|contribut(?:eur|rice)s?|"
    r"association|organisation|organisme|structure|référente?s?|authors?|organi[sz]ation)\s*:\s*\S)",
    re.IGNORECASE,
)
CALLED = re.compile(  # whom to write to, and where
    r"[\w.+-]+@[\w-]+\.\w+|\bwww\.\w|https?://|"
    r"^(?:contacts?|tél(?:éphone)?\.?|tel\.?|courriel|e-?mail|mail|adresse|siège(?: social)?|site(?: internet| web)?)"
    r"\s*:\s*\S|"
    r"(?:\+33\s?|\b0)\d(?:[ .-]?\d{2}){4}\b|"
    r"^\d{1,4}\s?(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|bd|place|quai|impasse|chemin|allée|cours|square)\b|"
    r"^\d{5}\s+[A-ZÀ-Þ][\w’' -]*$",
    re.IGNORECASE,
)
VERSION = re.compile(
    r"(?:version\b|v\.?\s?\d|brouillon\b|document de travail\b|ébauche\b|draft\b|mise à jour\b|màj\b|"
    r"dernière (?:modification|mise à jour)\b|projet de (?:contribution|rapport|texte)\b)",
    re.IGNORECASE,
)
FOR = re.compile(  # what the text is for
    r"^(?:notre )?contribution\W*$|^contribution\b.*\b(?:rapport|comité|cide|convention|collectif)\b|"
    r"\brapport (?:alternatif|complémentaire|parallèle|des ong)\b|\b(?:alternative|shadow) report\b|"
    r"^(?:à l['’]attention du |au |pour le |soumise? au )?comité des droits de l['’]enfant\b",
    re.IGNORECASE,
)
NAMED = re.compile(  # what a body calls itself, which is no title of a text
    r"(?:l['’]|la |le |les )?(?:associations?|collectif|fondation|fédération|confédération|ong|réseau|mouvement|comité|"
    r"organisation|secrétariat|observatoire|foundation|network)\b(?!.*:)",
    re.IGNORECASE,
)
LOGO = re.compile(r"^\W?logos?\b", re.IGNORECASE)
ENDS = re.compile(r"[.;:,!?…]\s*$")
LABEL = re.compile(  # of a line that says one thing of a text
    r"(?:titre|intitulé|title|thème|theme|sujet|date|version|auteure?s?|authors?|association|organisation|structure|"
    r"contacts?|courriel|e-?mail|mail|téléphone|tél\.?|adresse)\s*:?",
    re.IGNORECASE,
)
ENTITLED = re.compile(r"(?:titre|intitulé|title)\s*:\s*(?=\S)", re.IGNORECASE)
QUOTED = re.compile(r"\s*[«“\"]")
SAID, SAYING = re.compile(r"\b[a-zà-ÿ]{4,}\b"), 5  # words of a line beside an address that make a sentence of it
LONGEST, BYLINE = 20, 14  # words of a line of a cover, and of one that says but who and when
VERSION_WORDS, TITLE_WORDS = 8, 8  # of a line that tells a version, of the title of a section
ACRONYM = 6  # letters in capitals that show nothing
MOST, MOST_PLAIN = 25, 2  # lines of a cover, and those among them that nothing marks


class Cover(Struct):
    """What a cover said; `lines` are all its words, `blocks` what is left of the text."""

    blocks: list[Node]
    title: str = ""
    date: str = ""
    lines: list[str] = field(default_factory=list)


def without_cover(
    blocks: Sequence[Node], document: SentDocument, plan: Plan, sections: Sequence[Section], received: ReceivedText
) -> Cover:
    """A text without its cover; told. One whose header says what a cover would has none."""
    if document.header:
        return Cover(list(blocks))
    displayed = {fold_words(line) for line in document.normal.display_lines}
    lines = list(_opening(blocks, displayed, plan, sections))
    end = _end(lines, blocks, sections)
    while 0 < end < len(lines) and lines[end].place == lines[end - 1].place:  # a table goes whole or not
        end -= 1
    lines = lines[:end]
    if not lines or lines[-1].place + 1 == len(blocks):
        return Cover(list(blocks))
    cover = Cover([])
    title = _title(lines, fold_words(document.normal.title))
    aside = list[str]()
    for at, line in enumerate(lines):
        if line.is_picture:
            said = " ".join(tree.text(tree.inlines(one)) for one in tree.find(line.block, "Image"))
            received.losses.append(Loss("logo", 1, said))
            continue
        cover.date = cover.date or day_of(line.text, received, line.is_known)
        cover.lines.append(line.text)
        if at == title:
            cover.title = ENTITLED.sub("", line.text)
            received.placed_words.append(line.text.removesuffix(cover.title))
        elif is_byline(line.text, plan):
            received.placed_words.append(line.text)
        elif line.is_sure or at < title:
            aside.append(line.text)
        else:
            cover.blocks.append(line.block)
            received.questions.append(Notification("cover-line", {"text": line.text, "section": sections[0].title}))
    received.losses += [Loss("cover", len(aside), " / ".join(aside))] if aside else []
    cover.blocks += blocks[lines[-1].place + 1 :]
    return cover


class _CoverLine(Struct, frozen=True, dict=True):
    block: Node
    place: int  # of its block, which may be a table
    is_displayed: bool = False
    is_known: bool = False  # by its words
    is_picture: bool = False

    @cached_property
    def text(self) -> str:
        return " ".join(tree.text(self.block).split())

    @cached_property
    def is_bold(self) -> bool:
        shown = tree.kind(self.block) == "Header" or has_bold_words(tree.inlines(self.block))
        return shown or (self.text.isupper() and len(self.text) > ACRONYM)

    @property
    def is_anchor(self) -> bool:
        return self.is_known or self.is_displayed

    @property
    def is_sure(self) -> bool:
        return self.is_anchor or (self.is_bold and not QUOTED.match(self.text))

    @property
    def is_plain(self) -> bool:
        return not (self.is_sure or self.is_picture)


def _opening(
    blocks: Sequence[Node], displayed: set[str], plan: Plan, sections: Sequence[Section]
) -> Iterator[_CoverLine]:
    """The lines above the text that may be its cover's, up to the first that is not."""
    titled, plain = False, 0
    for place, outer in enumerate(blocks[:MOST]):
        lines = [_line(one, place, displayed, plan) for one in _paragraphs(outer)]
        for line in lines:
            heading = tree.kind(line.block) == "Header"
            if not line.is_picture:
                if not _may_stand(line, sections) or (heading and titled and not line.is_anchor):
                    return
                titled = titled or not line.is_known
                plain += line.is_plain
        if plain > MOST_PLAIN or not lines:
            return
        yield from lines


def _paragraphs(block: Node) -> list[Node]:
    """The paragraph or heading that a block is, or those of a table's cells, a label with its words; else none."""
    inside = tree.blocks(block) if tree.kind(block) == "Div" else [block]
    if tree.kind(block) == "Table":
        table = tree.table_of(block)
        rows = [[one for cell in row.cells for one in cell.blocks if tree.content(one)] for row in table.rows()]
        inside = [line for row in rows for line in _labelled(row)]
        if table.caption or any(tree.text(line).strip().isdigit() for line in inside):
            return []
    elif len(inside) > 1:
        return []
    return inside if all(tree.kind(one) in (*tree.PARAGRAPHS, "Header") for one in inside) else []


def _labelled(row: list[Node]) -> list[Node]:
    """« Date | juin 2014 » as the line that it is, « Date : juin 2014 »; any other row as it stands."""
    label = " ".join(tree.text(row[:1]).split())
    if len(row) != 2 or not LABEL.fullmatch(label):
        return row
    return [tree.para([*tree.string(label.rstrip(" :") + " : "), *tree.inlines(row[1])])]


def _line(block: Node, place: int, displayed: set[str], plan: Plan) -> _CoverLine:
    inlines = tree.inlines(block)
    text = " ".join(tree.text(block).split())
    if not text or (inlines and all(tree.kind(one) in ("Image", *tree.BLANKS) for one in inlines)):
        return _CoverLine(block, place, is_picture=any(tree.find(block, "Image")))
    parts = [" ".join(tree.text(part).split()) for part in split_lines(inlines)]
    known = all(_is_known(part) or is_byline(part, plan) for part in parts if part)
    return _CoverLine(block, place, fold_words(text) in displayed and not QUOTED.match(text), known)


def _is_known(text: str) -> bool:
    """Whether the words of a line are those of a cover."""
    begins = ENTITLED.match(text) or LOGO.match(text) or WRITTEN.match(text)
    called = CALLED.search(text) and (LABEL.match(text) or len(SAID.findall(CALLED.sub("", text))) < SAYING)
    if begins or DATED.fullmatch(text) or called or FOR.search(text):
        return True
    return bool(VERSION.match(text)) and len(text.split()) <= VERSION_WORDS


def _may_stand(line: _CoverLine, sections: Sequence[Section]) -> bool:
    """Whether a line is short, no sentence, and neither numbered nor the title of a section."""
    if not line.text or len(line.text.split()) > LONGEST or any(tree.find(line.block, "Note", "Cite", "Image")):
        return False
    if ENDS.search(line.text) and not CALLED.search(line.text):
        return False
    return line.is_known or not (_is_section(line.block, sections, line.is_displayed) or TYPED.match(line.text))


def _is_section(block: Node, sections: Sequence[Section], is_displayed: bool = False) -> bool:
    """Whether a line is the title of a section; where it is laid out as on a cover, by that very name."""
    heading = TypedHeading(1, tree.inlines(block))
    if is_displayed:
        return section_of(heading.text, sections)[1] in ("exact", "name")
    if with_subtitle(heading, sections)[0] or sections_of(heading.text, sections):
        return True
    return len(heading.text.split()) <= TITLE_WORDS and bool(section_of(heading.text, sections)[0])


def _end(lines: Sequence[_CoverLine], blocks: Sequence[Node], sections: Sequence[Section]) -> int:
    """How many of the lines are the cover: up to the last that is sure to be of one.

    Lines in bold are of it too where the title of a section follows them: no text stands under them. A date is none
    where another one stands alone farther down: what they date is told in their order.
    """
    below = blocks[lines[-1].place + 1 :] if lines else ()
    told = any(map(is_day, below[:-1]))
    anchors = [at for at, line in enumerate(lines) if line.is_anchor and not (told and is_day(line.block))]
    if not anchors:
        return 0
    end = anchors[-1] + 1
    rest = lines[end:]
    followed = bool(below) and tree.kind(below[0]) in (*tree.PARAGRAPHS, "Header") and _is_section(below[0], sections)
    if followed and all(line.is_sure and tree.kind(line.block) != "Header" for line in rest):
        return len(lines)
    return end


def _title(lines: Sequence[_CoverLine], said: str) -> int:
    """Where the title stands: the file's own, else the first line that shows, else the only plain one; or -1.

    What names a body is a title only where nothing else may be one.
    """
    own = [at for at, line in enumerate(lines) if ENTITLED.match(line.text)]
    own = own or [at for at, line in enumerate(lines) if said and fold_words(line.text) == said]
    shown = [at for at, line in enumerate(lines) if line.is_sure and not line.is_known and not line.is_picture]
    plain = [at for at, line in enumerate(lines) if line.is_plain and not QUOTED.match(line.text)]
    shown.sort(key=lambda at: bool(NAMED.match(lines[at].text)))
    return next(iter(own or ([] if said else shown or (plain if len(plain) == 1 else []))), -1)


def is_byline(text: str, plan: Plan) -> bool:
    """Whether a line says nothing but who wrote and when."""
    found = (DATE.search(text) or MONTHLY.search(text)) if len(text.split()) <= BYLINE else None
    left = fold_words(text[: found.start()] + text[found.end() :] if found else text)
    known = ((a.name, a.acronym, a.id, f"{a.name} {a.acronym}") for a in plan.associations.values())
    names = {fold_words(name) for names in known for name in names if name}
    rest = _stripped(left)
    said = rest in {"", *(_stripped(name) for name in names)} and bool(found or rest)
    return said and len(text.split()) <= BYLINE


def is_day(block: Node) -> bool:
    """Whether a paragraph is a day or a month and nothing more."""
    text = " ".join(tree.text(block).split()) if tree.kind(block) in tree.PARAGRAPHS else ""
    return bool(DATE.fullmatch(text) or MONTHLY.fullmatch(text))


def day_of(text: str, received: ReceivedText, is_dated: bool) -> str:
    """The day that a short line tells, in ISO, "" for none; where one known to be dated tells a month, it is asked."""
    found = DATE.search(text) or (is_dated and MONTHLY.search(text)) if len(text.split()) <= BYLINE else None
    day = dates.read(found[0]) if found else dates.Day()
    if not day.is_certain:
        received.questions.append(Notification("form-date", {"field": "date", "text": text, "date": day.iso}))
    return day.iso


def _stripped(line: str) -> str:
    """A line without the words that stand around a name and a date."""
    return " ".join(re.sub(r"\b(le|la|l|du|par|contribution|texte|date|association|de|d|paris)\b", " ", line).split())
