"""One output against what it must say: every difference as the rule that it breaks, where the words were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import field

from rapport import rules, tree
from rapport.model import Diagnostic
from rapport.proof.differences import differences
from rapport.proof.excerpts import NOTHING, readable, shorten
from rapport.proof.expected_output import OutputComparison
from rapport.proof.forbidden import letters
from rapport.proof.picture_comparison import PictureComparison
from rapport.proof.properties import revealing_properties
from rapport.proof.reading import fold
from rapport.proof.structure import structure_differences
from rapport.proof.text_comparison import TextComparison
from rapport.proof.transcript import ExpectedTitle

NUMBER = re.compile(r"\d+")
PROGRAMS = re.compile(r"_(?:Toc|Ref)\w*|X[0-9a-f]{39}|(?:note|appel|par)-\d+|texte|sommaire")
"""Names of places that writers give; all others are those of the document."""
ADDRESS = re.compile(r"(?:https?|mailto):")
LINKS = re.compile(r"^(?:URI|href|word/_rels/.*)$")
"""What readers call the properties that are addresses of links."""


class Comparison(OutputComparison, frozen=True):
    """One output against what is expected."""

    equal: set[str] = field(default_factory=set)  # what was compared to its end, with nothing found; see `claims`

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
        """Every comparison of words and pictures, the gravest first: only the first differences are reported."""
        expected, reading = self.expectation.text, self.reading
        text = TextComparison(self.expectation, self.path, reading)
        yield from self.compare("withheld", self.withheld())
        yield from self.compare("hidden", self.hidden_words())
        yield from self.compare("properties", self.properties())
        yield from self.compare("text", text.differences(expected.text, expected.pieces, reading.text))
        yield from self.compare("notes", text.differences(expected.notes, expected.note_pieces, reading.notes))
        yield from self.compare("contents", self.contents())
        yield from self.compare("titles", self.titles())
        yield from self.compare("language", self.language())
        yield from self.compare("running-heads", self.running_heads())
        yield from self.compare("pictures", PictureComparison(self.expectation, self.path, reading).differences())

    def hidden_words(self) -> Iterator[Diagnostic]:
        """What an output holds and does not show; links come last."""
        for kind, words in self.reading.hidden_words:
            if kind != "link":
                yield self.diagnostic(rules.HIDDEN_CONTENT, what=kind, words=shorten(words))

    def properties(self) -> Iterator[Diagnostic]:
        """What the file tells of who made it, when and where."""
        meta, root = self.expectation.document.meta, self.expectation.root
        for place, value in revealing_properties(self.reading.properties, meta, root):
            yield self.diagnostic(rules.TELLING_PROPERTY, place=place, value=shorten(value))

    def contents(self) -> Iterator[Diagnostic]:
        """The table of contents: every title with its number and, in the PDF, the page that it begins on, in the DOCX
        its first paragraph."""
        titles, pages = self.expectation.text.titles, self.expectation.pages
        places = {"pdf": [str(page) for page in pages], "docx": list(first_paragraphs(titles))}
        shown = places.get(self.path.rpartition(".")[2], [""] * len(titles))
        if not self.has_contents() or len(shown) != len(titles):
            return
        wanted = [fold(self.expectation.document.meta.strings["toc"])]
        wanted += [title.text + fold(place) for title, place in zip(titles, shown, strict=True)]
        for difference in differences(wanted, self.reading.contents)[:1]:
            at = max(0, min(difference.index, len(wanted) - 1))
            yield self.diagnostic(
                rules.CONTENTS_DIFFER, words=shorten(wanted[at]), found=shorten(difference.found_text) or NOTHING
            )

    def titles(self) -> Iterator[Diagnostic]:
        """Every part and theme is a title of its level, where an output tells them apart from other words."""
        said = iter([text for text, _ in self.reading.titles])
        for title in self.expectation.text.titles if self.reading.titles else ():
            if title.text not in said:  # looks on from the last one found
                yield self.diagnostic(rules.CONTENTS_DIFFER, words=shorten(title.text), found=NOTHING)
                return

    def links(self) -> Iterator[Diagnostic]:
        """Links lead where their words say, and out of the report where their authors said."""
        wanted = {address.strip() for address in self.expectation.text.addresses}
        found = {value for place, value in self.reading.properties if LINKS.search(place) and ADDRESS.match(value)}
        astray = [words for kind, words in self.reading.hidden_words if kind == "link"]
        for words in (*astray, *sorted(wanted ^ found)):
            yield self.diagnostic(rules.HIDDEN_CONTENT, what="link", words=shorten(words))

    def structure(self) -> Iterator[Diagnostic]:
        """Titles, heads of tables, crossed-out words, links inside the report, bookmarks, names of places."""
        suffix = self.path.rpartition(".")[2]
        contents = fold(self.expectation.document.meta.strings["toc"]) if self.has_contents() else ""
        for kind, words in structure_differences(self.expectation.text, self.reading.structure, suffix, contents):
            yield self.diagnostic(rules.HIDDEN_CONTENT, what=kind, words=shorten(readable(words)))
        for name in dict.fromkeys(self.reading.names):
            if name not in self.expectation.text.names and not PROGRAMS.fullmatch(name):
                yield self.diagnostic(rules.HIDDEN_CONTENT, what="bookmark", words=shorten(name))

    def language(self) -> Iterator[Diagnostic]:
        """The whole is said to be in the language of the edition."""
        if self.reading.language[:2] != self.expectation.document.meta.language:
            yield self.diagnostic(rules.TELLING_PROPERTY, place="lang", value=self.reading.language or NOTHING)

    def has_contents(self) -> bool:
        """Whether the report has a table of contents, whose headings stand in it once more."""
        return any(tree.has_class(node, "toc") for node in self.expectation.document.front_matter)

    def withheld(self) -> Iterator[Diagnostic]:
        """Sentences that this edition may not hold, wherever they stand."""
        if not self.expectation.forbidden:
            return
        reading = self.reading
        rest = [*reading.running_heads, *(v for _, v in reading.properties), *(w for _, w in reading.hidden_words)]
        said = letters(" ".join([reading.text, reading.notes, reading.contents, *rest]))
        for sentence in self.expectation.forbidden:
            if sentence.letters in said:
                yield self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=shorten(sentence.words))

    def running_heads(self) -> Iterator[Diagnostic]:
        """Running heads and feet say the report's title, the title of a theme, a page, and nothing else."""
        meta = self.expectation.document.meta
        strings = dict(meta.strings)
        known = letters(" ".join([strings.pop("draft", ""), meta.header, meta.title, *strings.values()]))
        strange = [words for words in dict.fromkeys(self.reading.running_heads) if _unknown(words, known)]
        if strange:  # the title of a theme, the head of a table that goes on: what the text says too
            known = letters(" ".join([self.expectation.text.text, *meta.short_titles.values()]))
            for words in strange:
                if _unknown(words, known):
                    yield self.diagnostic(rules.UNKNOWN_TEXT, words=shorten(words), near="—")


def _unknown(words: str, known: str) -> bool:
    """Whether words are not among those known; figures, of pages mostly, do not count."""
    return any(letters(part) not in known for part in NUMBER.split(words))


def first_paragraphs(titles: Sequence[ExpectedTitle]) -> Iterator[str]:
    """What contents say of each title: the first of the paragraphs that come before the next title of its level."""
    for at, title in enumerate(titles):
        end = next((n for n, other in enumerate(titles) if n > at and other.level <= title.level), len(titles))
        yield next((f"§ {one.paragraph}" for one in titles[at:end] if one.paragraph), "")
