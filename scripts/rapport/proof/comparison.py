"""One output against what it must say: every difference as the rule that it breaks, where the words were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapport import rules, tree
from rapport.model import Block, Diagnostic, Document, Rule, Span
from rapport.project.images import Image
from rapport.proof.charts import ExpectedChart, expected_charts, is_chart, parse_svg, read_svg, still_picture
from rapport.proof.differences import Difference, differences
from rapport.proof.excerpts import NOTHING, WIDE, excerpt, first_difference, readable, shorten
from rapport.proof.forbidden import Sentence, letters
from rapport.proof.pictures import same_picture
from rapport.proof.properties import revealing_picture, revealing_properties
from rapport.proof.reading import BREAK, CALL, CLOSE, END, OPEN, PICTURE, Picture, Reading, fold
from rapport.proof.structure import structure_differences
from rapport.proof.transcript import ExpectedPiece, ExpectedText
from rapport.storage.cache import Cache

NUMBER = re.compile(r"\d+")
ADDRESS = re.compile(r"(?:https?|mailto):")
LINKS = re.compile(r"^(?:URI|href|word/_rels/.*)$")
"""What readers call the properties that are addresses of links."""
CALLS = re.compile(f"{CALL}[^{END}]*{END}")
PICTURES = re.compile(f"{PICTURE}([^{END}]*){END}")

# Which rule a difference breaks, by the kind of the piece; what is not here is plain text.
RULES: Mapping[str, Rule] = {
    "number": rules.WRONG_NUMBER,
    "provenance": rules.WRONG_ASSOCIATION,
    "note": rules.NOTE_DIFFERS,
    "cell": rules.CELL_DIFFERS,
    "caption": rules.CAPTION_DIFFERS,
}
PLAIN: Mapping[str, Rule] = {
    "lost": rules.LOST_IN_OUTPUT,
    "twice": rules.PRINTED_TWICE,
    "moved": rules.OUT_OF_ORDER,
    "changed": rules.CHANGED_WORDS,
    "unknown": rules.UNKNOWN_TEXT,
}


@dataclass(frozen=True, slots=True)
class ExpectedOutput:
    """What every output is compared with, and what is needed to tell what is wrong."""

    text: ExpectedText
    blocks: Mapping[str, Block]
    document: Document
    pictures: Mapping[str, Image]
    forbidden: Sequence[Sentence]
    root: Path
    cache: Cache
    pages: Sequence[int]  # of each title, as the PDF's tags have it

    def span(self, piece: ExpectedPiece, path: str) -> Span:
        """Where the words of a piece were typed; for the report's own words, the output."""
        block = self.blocks.get(piece.owner)
        return block.span if block else Span(path)


class Comparison:
    """One output against what is expected."""

    def __init__(self, wanted: ExpectedOutput, path: str, reading: Reading) -> None:
        self.wanted, self.path, self.reading = wanted, path, reading
        self.equal: set[str] = set()  # what was compared to its end, with nothing found; see `claims`

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What is wrong; links if nothing else is, since what they lead to may be what is lost."""
        found = [*self.differences()]
        yield from found or [*self.compare("links", self.links()), *self.compare("structure", self.structure())]

    def compare(self, name: str, found: Iterator[Diagnostic]) -> Sequence[Diagnostic]:
        """What one comparison finds; remembers that it was made and found nothing."""
        if not (told := [*found]):
            self.equal.add(name)
        return told

    def differences(self) -> Iterator[Diagnostic]:
        """What weighs most first: a child may depend on it, and no more than so many are told."""
        expected, reading = self.wanted.text, self.reading
        yield from self.compare("withheld", self.withheld())
        yield from self.compare("hidden", self.hidden_words())
        yield from self.compare("properties", self.properties())
        yield from self.compare("text", self.compare_stream(expected.text, expected.pieces, reading.text))
        yield from self.compare("notes", self.compare_stream(expected.notes, expected.note_pieces, reading.notes))
        yield from self.compare("contents", self.contents())
        yield from self.compare("titles", self.titles())
        yield from self.compare("language", self.language())
        yield from self.compare("running-heads", self.running_heads())
        yield from self.compare("pictures", self.shown_pictures())

    def hidden_words(self) -> Iterator[Diagnostic]:
        """What an output holds and does not show; links come last."""
        for kind, words in self.reading.hidden_words:
            if kind != "link":
                yield self.diagnostic(rules.HIDDEN_CONTENT, what=kind, words=shorten(words))

    def properties(self) -> Iterator[Diagnostic]:
        """What the file tells of who made it, when and where."""
        meta, root = self.wanted.document.meta, self.wanted.root
        for place, value in revealing_properties(self.reading.properties, meta, root):
            yield self.diagnostic(rules.TELLING_PROPERTY, place=place, value=shorten(value))

    def diagnostic(self, rule: Rule, span: Span | None = None, **facts: str) -> Diagnostic:
        """A diagnostic about this output, at a place of the source where one is known."""
        return Diagnostic(rule, span or Span(self.path), {"output": self.path, **facts})

    def compare_stream(self, wanted: str, pieces: Sequence[ExpectedPiece], said: str) -> Iterator[Diagnostic]:
        """One stream of text; equal, nearly always."""
        if without_our_marks(wanted) == said:
            return
        folded = [without_our_marks(piece) for piece in wanted.split(BREAK)]
        for difference in differences(folded, said):
            yield self.diagnose(difference, pieces, folded)

    def diagnose(self, difference: Difference, pieces: Sequence[ExpectedPiece], folded: Sequence[str]) -> Diagnostic:
        """A difference as the rule it breaks, at the place where the words were typed."""
        if difference.kind == "unknown":
            words = difference.found_text
            for sentence in self.wanted.forbidden:
                if sentence.letters in letters(words):
                    return self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=shorten(sentence.words))
            near = self.number_before(pieces, difference.index)
            return self.diagnostic(rules.UNKNOWN_TEXT, words=shorten(readable(words)), near=near)
        piece = pieces[difference.index]
        rule = RULES.get(piece.kind, PLAIN[difference.kind])
        words, found = readable("".join(piece.words)), ""
        if difference.kind == "changed":
            rule = _narrowed(rule, folded[difference.index], difference.found_text)
            at = first_difference(folded[difference.index], difference.found_text)
            words = excerpt(words, at)
            found = shorten(readable(difference.found_text[max(0, at - 8) : at + WIDE // 2]))
        facts = {
            "words": shorten(words),
            "near": self.number_before(pieces, difference.index),
            "found": found or NOTHING,
        }
        return self.diagnostic(rule, self.wanted.span(piece, self.path), **facts)

    def number_before(self, pieces: Sequence[ExpectedPiece], index: int) -> str:
        """The number or the title that stands before a piece: where to look for it in the output."""
        for at in range(min(index, len(pieces) - 1), -1, -1):
            if pieces[at].kind in ("number", "heading") and at != index:
                return shorten(readable("".join(pieces[at].words)))
        return "1"

    def contents(self) -> Iterator[Diagnostic]:
        """The table of contents: every title with its number, and the page that the PDF begins it on."""
        pages = self.wanted.pages
        wanted = [fold(self.wanted.document.meta.strings["toc"])]
        for at, title in enumerate(self.wanted.text.titles):
            wanted.append(title.text + (str(pages[at]) if pages and not self.path.endswith(".html") else ""))
        if not self.has_contents() or (not pages and not self.path.endswith(".html")):
            return
        for difference in differences(wanted, self.reading.contents)[:1]:
            at = max(0, min(difference.index, len(wanted) - 1))
            yield self.diagnostic(
                rules.CONTENTS_DIFFER, words=shorten(wanted[at]), found=shorten(difference.found_text) or NOTHING
            )

    def titles(self) -> Iterator[Diagnostic]:
        """Every part and theme is a title of its level, where an output tells them apart from other words."""
        said = iter([text for text, _ in self.reading.titles])
        for title in self.wanted.text.titles if self.reading.titles else ():
            if title.text not in said:  # looks on from the last one found
                yield self.diagnostic(rules.CONTENTS_DIFFER, words=shorten(title.text), found=NOTHING)
                return

    def links(self) -> Iterator[Diagnostic]:
        """Links lead where their words say, and out of the report where their authors said."""
        wanted = {address.strip() for address in self.wanted.text.addresses}
        found = {value for place, value in self.reading.properties if LINKS.search(place) and ADDRESS.match(value)}
        astray = [words for kind, words in self.reading.hidden_words if kind == "link"]
        for words in (*astray, *sorted(wanted ^ found)):
            yield self.diagnostic(rules.HIDDEN_CONTENT, what="link", words=shorten(words))

    def structure(self) -> Iterator[Diagnostic]:
        """Titles, heads of tables, crossed-out words, links inside the report, bookmarks."""
        suffix = self.path.rpartition(".")[2]
        contents = fold(self.wanted.document.meta.strings["toc"]) if self.has_contents() else ""
        for kind, words in structure_differences(self.wanted.text, self.reading.structure, suffix, contents):
            yield self.diagnostic(rules.HIDDEN_CONTENT, what=kind, words=shorten(readable(words)))

    def language(self) -> Iterator[Diagnostic]:
        """The whole is said to be in the language of the edition."""
        if self.reading.language[:2] != self.wanted.document.meta.language:
            yield self.diagnostic(rules.TELLING_PROPERTY, place="lang", value=self.reading.language or NOTHING)

    def has_contents(self) -> bool:
        """Whether the report has a table of contents, whose headings stand in it once more."""
        return any(tree.has_class(node, "toc") for node in self.wanted.document.front_matter)

    def withheld(self) -> Iterator[Diagnostic]:
        """Sentences that this edition may not hold, wherever they stand."""
        if not self.wanted.forbidden:
            return
        reading = self.reading
        rest = [*reading.running_heads, *(v for _, v in reading.properties), *(w for _, w in reading.hidden_words)]
        said = letters(" ".join([reading.text, reading.notes, reading.contents, *rest]))
        for sentence in self.wanted.forbidden:
            if sentence.letters in said:
                yield self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=shorten(sentence.words))

    def running_heads(self) -> Iterator[Diagnostic]:
        """Running heads and feet say the report's title, the title of a theme, a page, and nothing else."""
        meta = self.wanted.document.meta
        strings = dict(meta.strings)
        known = letters(" ".join([strings.pop("draft", ""), meta.header, meta.title, *strings.values()]))
        strange = [words for words in dict.fromkeys(self.reading.running_heads) if _unknown(words, known)]
        if strange:  # the title of a theme, the head of a table that goes on: what the text says too
            known = letters(" ".join([self.wanted.text.text, *meta.short_titles.values()]))
            for words in strange:
                if _unknown(words, known):
                    yield self.diagnostic(rules.UNKNOWN_TEXT, words=shorten(words), near="—")

    def shown_pictures(self) -> Iterator[Diagnostic]:
        """Each picture is the one that was sent in its place, and carries nothing but itself."""
        for picture in self.reading.pictures:
            if name := revealing_picture(picture.content):
                yield self.diagnostic(rules.TELLING_PROPERTY, place="image", value=name)
        names = self.wanted.text.pictures
        if len(names) != len(self.reading.pictures):
            yield self.diagnostic(rules.WRONG_PICTURE, words=f"{len(names)}", found=f"{len(self.reading.pictures)}")
            return
        said = "".join(words for piece in self.wanted.text.pieces for words in piece.words)
        alternatives = PICTURES.findall(said)
        charts = expected_charts(self.wanted.document) if any(map(is_chart, names)) else {}
        for at, (name, picture) in enumerate(zip(names, self.reading.pictures, strict=True)):
            if is_chart(name):
                yield from self.chart(name, picture, charts.get(name))
            elif not same_picture(self.wanted.pictures[name].content, picture, self.wanted.cache):
                words = alternatives[at] if at < len(alternatives) else name
                yield self.diagnostic(rules.WRONG_PICTURE, words=shorten(words), found=str(at + 1))

    def chart(self, name: str, picture: Picture, wanted: ExpectedChart | None) -> Iterator[Diagnostic]:
        """A chart is the one that was drawn, and shows the numbers of its table and no others."""
        drawn = picture.chart
        if (
            drawn is None
            or (picture.content and picture.content != self.wanted.pictures[still_picture(name)].content)
            or (drawn.drawing and drawn.drawing != read_svg(parse_svg(self.wanted.pictures[name].content))[0].drawing)
        ):
            yield self.diagnostic(rules.WRONG_PICTURE, words=name, found=NOTHING)
        elif wanted is None:
            yield self.diagnostic(rules.CHART_DIFFERS, chart=name, words=NOTHING, found=shorten(drawn.words))
        elif found := wanted.differs(drawn):
            yield self.diagnostic(rules.CHART_DIFFERS, chart=name, words=shorten(wanted.words), found=shorten(found))


def without_our_marks(text: str) -> str:
    """What is expected without the marks that only we put there."""
    return text.replace(BREAK, "").replace(OPEN, "").replace(CLOSE, "")


def _narrowed(rule: Rule, wanted: str, found: str) -> Rule:
    """Of a changed piece, the rule that says best what changed: its notes' calls, its pictures' words."""
    if CALLS.findall(wanted) != CALLS.findall(found) and CALLS.sub("", wanted) == CALLS.sub("", found):
        return rules.NOTE_DIFFERS
    if PICTURES.findall(wanted) != PICTURES.findall(found) and PICTURES.sub("", wanted) == PICTURES.sub("", found):
        return rules.ALTERNATIVE_DIFFERS
    return rule


def _unknown(words: str, known: str) -> bool:
    """Whether words are not among those known; figures, of pages mostly, do not count."""
    return any(letters(part) not in known for part in NUMBER.split(words))
