"""What in a workshop could identify somebody: read as a testimony is, and whatever is found withholds the piece (C18).

No exception of the register, no pseudonym and no declared contact passes. A word with a capital that is no name may be
cleared by whoever looked at the piece (`mots_revus`); a first name with its capital never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

from rapport import rules
from rapport.language.folding import fold_accents
from rapport.model import Diagnostic, Source, Span
from rapport.safeguarding import lexicon
from rapport.safeguarding.closed_world import WORD
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.identifiers import identifiers
from rapport.safeguarding.reading import ProsePiece
from rapport.safeguarding.scan import Finding, mark, plain_signs, scan_days, scan_place
from rapport.safeguarding.scan_typed import scan_value
from rapport.safeguarding.world import World
from rapport.workshops.workshop import ChildPiece, Workshop

PERSON = "person"  # how the detail of a name begins that is somebody's
READ = ("fr", "en")  # languages whose words the closed world knows
SHORTEST = 4  # letters of a town that is looked for without a capital
OPENING = " «\"'([-–—•¡¿"  # signs before the word that a sentence begins with


class ChildrenGuard(Struct, frozen=True):
    """What was found: by path for whatever prints, the ids of the pieces that are held back, what is to be said.

    `open_paths` are the files whose own facts (title, method…) could identify somebody: nothing of them is printed.
    """

    guarded: Mapping[str, Guarded]
    identifying: frozenset[str]
    open_paths: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def guard_workshops(workshops: Iterable[Workshop], sources: Mapping[str, Source], world: World) -> ChildrenGuard:
    """Every line of every workshop looked at; places are those of the lines."""
    guarded: dict[str, Guarded] = {}
    identifying, paths, told = set[str](), set[str](), list[Diagnostic]()
    for workshop in workshops:
        source, everything = sources[workshop.path], list[Finding]()
        lines = _Lines(source)
        for finding, typed in _found((workshop.title, workshop.company, workshop.method)):
            everything.append(finding)
            if not world.knows_whole(finding):
                paths.add(workshop.path)
                told.append(_said(lines, workshop.title, finding, typed))
        for piece in workshop.pieces:
            for language, words in _texts(piece):
                for finding, typed in _found(words):
                    everything.append(finding)
                    if not _cleared(finding, piece, language, world):
                        identifying.add(workshop.identifier(piece))
                        told.append(_said(lines, piece.code, finding, typed))
        guarded[workshop.path] = Guarded(tuple(everything), (), frozenset(map(mark, everything)))
    return ChildrenGuard(guarded, frozenset(identifying), frozenset(paths), tuple(told))


def _texts(piece: ChildPiece) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a piece prints or keeps, by language; a drawing's description is an adult's, in French."""
    yield piece.language, piece.words
    yield from piece.translations.items()
    looked = piece.consent.looked_by  # an adult, who may be named, but of whom no number or address is kept
    numbers = (looked[match.start : match.end] for match in identifiers(looked))
    yield "fr", (piece.description, piece.report, piece.committee, *numbers)


def _found(lines: Iterable[str]) -> Iterator[tuple[Finding, str]]:
    """The findings of some lines as typed, each read alone and all as one: the end of a line may cut a name in two."""
    said = [line for line in lines if line]
    seen: set[tuple[str, str]] = set()
    for text in dict.fromkeys((*said, " ".join(said))):
        prose = ProsePiece(plain_signs(text), (0,), (0,))
        for finding in (*scan_value(text), *scan_place(prose), *_uncapitalised(text), *scan_days(prose)):
            if finding.kind != "key" and mark(finding) not in seen:
                seen.add(mark(finding))
                yield finding, text[finding.start : finding.start + finding.length]


@cache
def _town_names() -> frozenset[str]:
    """The towns that are known, in small letters and without accents: a child need not write them otherwise."""
    wide = {fold_accents(place).lower() for place in lexicon.wide_places()}
    return frozenset(fold_accents(town).lower() for town in lexicon.places()) - wide


def _uncapitalised(text: str) -> Iterator[Finding]:
    """Towns and first names however they are spelt and whatever stands before them, words that French has too apart."""
    for word in WORD.finditer(text.replace("’", "'")):
        bare = word[0].rpartition("'")[2]
        common = lexicon.is_common(bare.lower()) or len(bare) < SHORTEST
        at, end = word.end() - len(bare), word.end()
        capital = bare[0].isupper() and not _opens(text[:at])
        if fold_accents(bare).lower() in _town_names() and (capital or not common):
            yield Finding("place", bare, at, len(bare), text, at)
        elif bare.islower() and not common and bare.title() in lexicon.given_names():
            yield Finding("name", bare, at, len(bare), text, at, ((at, end),), detail=PERSON)


def _opens(before: str) -> bool:
    """Whether a sentence begins after these words, so that a capital says nothing."""
    return not before.strip(OPENING) or before.rstrip(OPENING)[-1:] in ".!?…\n"


def _cleared(finding: Finding, piece: ChildPiece, language: str, world: World) -> bool:
    """Whether a finding names nobody: known in full, looked at, or the first word of a sentence in another language."""
    if finding.kind == "place":
        return finding.text.islower() and finding.text in piece.consent.reviewed_words
    if finding.kind != "name":
        return False
    if world.knows_whole(finding) or finding.detail == "place":  # which is told as a place
        return world.knows_whole(finding)
    words = [finding.sentence[start:end] for start, end in finding.parts]
    person = finding.detail.startswith(PERSON)
    if words and piece.consent.reviewed_words.issuperset(words) and (not person or all(map(str.islower, words))):
        return True  # « jaime » is a first name, or « j'aime »
    return not person and language not in READ and _opens(finding.sentence[: finding.offset])


def _said(lines: _Lines, reference: str, finding: Finding, typed: str) -> Diagnostic:
    words = " ".join(finding.text.split())
    cut = (f"{typed[:end].rstrip()}\n" for end in range(len(typed) - 1, 1, -1))  # by the end of a line
    facts = {"reference": reference, "text": words, "why": f"found-{finding.kind}"}
    return Diagnostic(rules.CHILD_IDENTIFIED, lines.span(words, typed, *cut), facts)


class _Lines:
    """Where words stand in a file: the line that holds them, the file as a whole where none does."""

    def __init__(self, source: Source) -> None:
        self.path, self.lines = source.path, source.text.replace("’", "'").splitlines(keepends=True)

    def span(self, *forms: str) -> Span:
        for words in forms:
            for number, line in enumerate(self.lines, 1):
                if (at := line.find(words)) >= 0:
                    return Span(self.path, number, at + 1, len(words.rstrip()))
        return Span(self.path)
