"""Headings as people make them: Word's own, words in bold alone on a line, numbers typed before; and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from rapport import tree
from rapport.diff.thresholds import TITLE_LIKE
from rapport.intake.inlines import drop, take, trim, without_bold, without_custom_styles
from rapport.intake.states import ReceivedText
from rapport.intake.typed_lists import DEEP as TYPED_DEEP
from rapport.language.folding import fold_words
from rapport.model import Node, Section

TYPED = re.compile(
    r"^\s*(?:(?P<deep>\d{1,2}(?:\.\d{1,2})*)|(?P<roman>[IVX]{1,5})|(?P<letter>[A-Ha-h]))\s*(?:[.)°/:–—-]+(?:\s+|(?!\d))|\s+(?=[A-ZÀÂÉÈÊÎÔÛÇŒ«]))"
)
DEEP = re.compile(r"\d{1,2}(?:\.\d{1,2})+$")  # « 1.2 », which nobody types before a point of a list
LONGEST = 14  # words of a line in bold that may be a heading
SENTENCE = ("nous ", "on ", "il ", "je ")  # « Nous recommandons : » is no title, however near to one it is
SHORT = 8  # words of a line that is a heading because its words are those of a section
LOOKS = ("Strong", "Underline", "Emph", "SmallCaps", *tree.BLANKS)  # what the title of a line stands in
ENDS = re.compile(r"[.;,!?…]\s*$")
COMPOUND = re.compile(r"\s+(?:et|and|&)\s+(?:l['’]|la\s|les?\s|nos\s)?|\s*[,/+]\s*", re.IGNORECASE)
SUBTITLE = re.compile(r"\s*[:–—]\s+|\s+-\s+")
PLAIN = re.compile(r"[^:\n]{3,60}?[ \u00a0]?:\s+(?=\S)")  # the title of a section on the line of its text
OPENING = re.compile(r"^(?:les|nos|le|la|l|principaux|principales|premiers|premieres)\s+")
# Names of sections that stay theirs with a complement, such as « Recommandations à l'État ».
BROAD = ("constat", "constats", "recommandation", "recommandations", "preconisations", "propositions", "temoignages")
COMPLEMENT = re.compile(
    r"(?:a|au|aux|d|de|du|des|sur|pour|par|en|dans|adressees|relatives|concernant|generaux|generales)\b"
)
# What associations call the sections of the usual model, by the section's id; compared as `plain` has them.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "constat": (
        "constats", "le constat", "les constats", "etat des lieux", "situation", "la situation", "diagnostic",
        "contexte", "contexte et constats", "les faits", "introduction et constat", "findings",
        "ce que nous constatons", "ce que nous voyons", "sur le terrain", "facts",
    ),
    "analyse": (
        "analyse", "analyse juridique", "cadre juridique", "au regard de la convention", "analyse au regard de la cide",
        "analyse au regard du droit", "droit applicable", "analysis", "ce que dit la convention", "ce que dit le droit",
        "ce que dit la loi", "notre analyse", "lecture du droit", "notre lecture du droit", "legal analysis",
        "legal framework",
    ),
    "temoignages": (
        "temoignage", "recits", "paroles d enfants", "parole des enfants", "exemples", "exemples anonymises",
        "cas concrets", "testimonies",
    ),
    "bonnes-pratiques": ("bonne pratique", "pratiques positives", "initiatives", "actions menees", "good practices"),
    "recommandations": (
        "recommandation", "nos recommandations", "preconisations", "propositions", "nos propositions", "nos demandes",
        "demandes", "recommendations", "ce que nous demandons", "conclusion et recommandations",
        "conclusions et recommandations",
    ),
    "sources": (
        "source", "bibliographie", "references", "references bibliographiques", "documents cites",
        "sources et references", "sitographie", "bibliographie et sources", "ouvrages cites", "ouvrages consultes",
        "documents consultes", "bibliography", "works cited",
    ),
}  # fmt: skip


class TypedHeading(Struct, frozen=True):
    """A heading of a file: how deep it is there, its words without the number typed before them, and the node's own."""

    level: int
    inlines: list[Node]
    number: str = ""

    @property
    def text(self) -> str:
        """Its words, without the colon that may end it."""
        return tree.text(self.inlines).strip(" :–—\u00a0")


def find_headings(
    blocks: Sequence[Node], sections: Sequence[Section], received: ReceivedText
) -> Iterator[TypedHeading | Node]:
    """The blocks in order, headings made out among them; the notes of one go to the paragraph below it, told."""
    notes: list[Node] = []
    for part in _parts(_with_plain_titles(blocks, sections, received), sections, received):
        alone = not isinstance(part, TypedHeading) and tree.kind(part) in tree.PARAGRAPHS and tree.inlines(part)
        if alone and all(tree.kind(one) == "Note" for one in alone):
            notes += alone
        elif alone and notes:
            received.count_repair("title-note", len(notes))
            yield tree.with_inlines(part, [*alone, *notes])  # type: ignore[arg-type]
            notes = []
        else:
            yield from [tree.para(notes)] if notes and not isinstance(part, TypedHeading) else []
            notes = notes if isinstance(part, TypedHeading) else []
            yield part
    yield from [tree.para(notes)] if notes else []


def _with_plain_titles(blocks: Sequence[Node], sections: Sequence[Section], received: ReceivedText) -> Sequence[Node]:
    """« Constat : les enfants… », « Analyse : la loi… » as titles with their texts, in a text that has no other."""
    begun = {at: found.end() for at, one in enumerate(blocks) if (found := PLAIN.match(_words(one)))}
    named = {at: section_of(_words(blocks[at])[:end].rstrip(" :\u00a0"), sections) for at, end in begun.items()}
    titled = {at: section for at, (section, how) in named.items() if how in ("exact", "name")}
    others = any(tree.kind(one) == "Header" or _faked(one, sections, 0) or _entitled(one, sections) for one in blocks)
    if len(titled) < 2 or len(set(titled.values())) < len(titled) or others:
        return blocks
    received.count_repair("heading", len(titled))
    out = list[Node]()
    for at, block in enumerate(blocks):
        head = take(tree.inlines(block), len(_words(block)[: begun[at]].rstrip(" :\u00a0"))) if at in titled else []
        out += [tree.header(1, head, "")] if head else []
        said = drop(tree.inlines(block), begun[at]) if head else []
        out.append(tree.with_inlines(block, _begun(said, titled[at], sections)) if head else block)
    return out


def _words(block: Node) -> str:
    return tree.text(block) if tree.kind(block) in tree.PARAGRAPHS else ""


def _parts(
    blocks: Sequence[Node], sections: Sequence[Section], received: ReceivedText
) -> Iterator[TypedHeading | Node]:
    """The blocks and headings; a heading faked in bold or by its number is told as a repair."""
    deepest = 0  # of Word's own headings, under which those in bold come
    points = _points(blocks)
    for at, block in enumerate(blocks):
        if tree.kind(block) == "Div":  # of a text box: only the title of a section may open what follows
            yield from _in_box(tree.blocks(block), sections)
        elif tree.kind(block) == "Header":
            words, others = _words_alone(tree.inlines(block))
            if tree.text(words).strip():
                heading = _heading(tree.level(block), words)
                deepest = heading.level
                yield heading
            yield from [tree.para(others)] if others else []
        elif titled := _entitled(block, sections):
            received.count_repair("heading")
            yield from titled
        elif at not in points and (faked := _faked(block, sections, deepest)):
            received.count_repair("heading")
            yield faked
        else:
            yield block


def _points(blocks: Sequence[Node]) -> set[int]:
    """Where « 1.1 », « 1.2 » follow each other, not in bold and with nothing below them: points, and no headings."""
    typed = [None if has_bold_words(tree.inlines(one)) else TYPED_DEEP.match(_words(one)) for one in blocks]
    counted = [(one["above"], int(one["number"])) if one else ("", 0) for one in typed]
    near = {at for at, (one, then) in enumerate(pairwise(counted)) if one[1] and then == (one[0], one[1] + 1)}
    return near | {at + 1 for at in near}


def _in_box(blocks: Sequence[Node], sections: Sequence[Section]) -> Iterator[TypedHeading | Node]:
    for block in blocks:
        heading = tree.kind(block) == "Header"
        if (heading or _faked(block, sections, 0)) and section_of(tree.text(block).strip(" :\u00a0"), sections)[0]:
            yield _heading(1, without_bold(tree.inlines(block)))
        elif heading:
            yield tree.para([tree.strong(without_bold(tree.inlines(block)))])
        else:
            yield block


def _words_alone(inlines: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The words of a heading, and the pictures and notes that hang on it: the report's own titles can carry neither."""
    others = list(tree.find(list(inlines), "Image", "Note"))

    def bare(node: Node) -> Node | None:
        return tree.span([]) if tree.kind(node) in ("Image", "Note") else None

    return (list(tree.rewrite(list(inlines), bare)), others) if others else (list(inlines), [])


def _entitled(block: Node, sections: Sequence[Section]) -> list[TypedHeading | Node]:
    """« **Constat :** les enfants… », the title of a section on the line of its text: the title, then the text."""
    inlines = without_custom_styles(tree.inlines(block)) if tree.kind(block) in tree.PARAGRAPHS else []
    count = next((at for at, node in enumerate(inlines) if tree.kind(node) not in LOOKS), len(inlines))
    title, rest = inlines[:count], trim(inlines[count:])
    text = tree.text(title).strip()
    colon = text.endswith((":", "–", "—")) or tree.text(rest).startswith((":", "–", "—"))
    if not (title and rest and colon and has_bold_words(title)):
        return []
    heading = _heading(1, without_bold(title))
    section, how = section_of(heading.text, sections)
    if how not in ("exact", "name"):
        return []
    lead = re.match(r"[\s:–—]*", tree.text(rest))
    return [heading, tree.para(_begun(drop(rest, lead.end() if lead else 0), section, sections))]


def _begun(inlines: Sequence[Node], section: str, sections: Sequence[Section]) -> list[Node]:
    """The words behind a title, with the capital that begins a sentence; what is demanded is a point of a list."""
    if any(one.id == section and one.kind == "recommandations" for one in sections):
        return list(inlines)
    first = tree.letters(inlines[0]) if inlines and tree.kind(inlines[0]) == "Str" else ""
    return [tree.word(first[:1].upper() + first[1:]), *inlines[1:]] if first else list(inlines)


def _heading(level: int, inlines: list[Node]) -> TypedHeading:
    text = tree.text(inlines)
    typed = TYPED.match(text)
    number = typed[0] if typed and len(typed[0]) < len(text) else ""
    return TypedHeading(level, drop(inlines, len(number)) if number else inlines, number.strip(" .)°/:–—-"))


def _faked(block: Node, sections: Sequence[Section], deepest: int) -> TypedHeading | None:
    """A paragraph that is a heading in all but its style."""
    inlines = tree.inlines(block)
    if tree.kind(block) not in tree.PARAGRAPHS or not inlines:
        return None
    text = tree.text(inlines)
    count = len(text.split())
    if not count or count > LONGEST or any(tree.find(inlines, "Image", "Note", "Cite")):
        return None
    heading = _heading(deepest + 1, inlines)
    meant = section_of(heading.text, sections)[0]
    bold = has_bold_words(inlines)
    if meant and count <= SHORT and (bold or heading.number or not ENDS.search(text)):
        return TypedHeading(1, without_bold(heading.inlines), heading.number)
    if (bold or DEEP.match(heading.number)) and not ENDS.search(text):
        depth = heading.number.count(".") + 1 if heading.number[:1].isdigit() else 0
        return TypedHeading(max(deepest + 1, depth), without_bold(heading.inlines), heading.number)
    return None


def has_bold_words(inlines: Sequence[Node]) -> bool:
    """Whether there are words, and all of them are bold or underlined."""
    words = [n for n in inlines if tree.kind(n) not in tree.BLANKS]
    return bool(re.search(r"[^\W_]", tree.text(words))) and all(
        tree.kind(n) in ("Strong", "Underline")
        or (tree.kind(n) in ("Emph", "Span", "SmallCaps") and has_bold_words(tree.inlines(n)))
        or (tree.kind(n) == "Str" and not re.search(r"\w", tree.letters(n)))
        for n in words
    )


def section_of(text: str, sections: Sequence[Section]) -> tuple[str, str]:
    """The id of the section that a heading means, and how it was known: « exact », « name », « near »; else two ""."""
    from rapidfuzz import fuzz

    said = fold_words(text)
    if not said:
        return "", ""
    titles = {section.id: (fold_words(section.title), fold_words(section.title_en)) for section in sections}
    for section, names in titles.items():
        if said in names:
            return section, "exact"
    for section in titles:
        if said in OTHER_NAMES.get(section, ()):
            return section, "name"
    best, score = "", 0.0
    for section, names in titles.items():
        for name in (*names, *OTHER_NAMES.get(section, ())):
            alike = fuzz.ratio(said, name)
            if alike > score:
                best, score = section, alike
    return (best, "near") if score >= TITLE_LIKE and not said.startswith(SENTENCE) else ("", "")


def sections_of(text: str, sections: Sequence[Section]) -> list[str]:
    """The ids of the sections that a compound title names, such as « Constats et analyse »; none unless all do."""
    named = [section_of(part, sections) for part in COMPOUND.split(text)]
    known = [section for section, how in named if how in ("exact", "name")]
    return list(dict.fromkeys(known)) if len(known) == len(named) > 1 else []


def with_subtitle(heading: TypedHeading, sections: Sequence[Section]) -> tuple[str, TypedHeading | None]:
    """The section of « Constats : les enfants dans la rue », and its second half as a heading; "" for no section."""
    cut = SUBTITLE.search(heading.text)
    if cut and section_of(heading.text[: cut.start()], sections)[1] in ("exact", "name"):
        at = tree.text(heading.inlines).index(heading.text) + cut.end()
        rest = TypedHeading(heading.level + 1, drop(heading.inlines, at))
        return section_of(heading.text[: cut.start()], sections)[0], rest
    said = fold_words(heading.text)
    for section in sections:
        for name in (fold_words(section.title), *OTHER_NAMES.get(section.id, ())):
            bare = OPENING.sub("", said)
            if name in BROAD and re.fullmatch(rf"{re.escape(name)}(?: {COMPLEMENT.pattern}.*)?", bare):
                return section.id, None
    return "", None
