"""The findings of a contribution's body, from its words as they will be printed, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.language.folding import fold_words
from rapport.model import Draft, Find, Passage
from rapport.safeguarding.printed_words import PrintedPiece, TypedLetters, fold_signs, printed_pieces, reading_variants
from rapport.safeguarding.reading import Mention, ProsePiece
from rapport.safeguarding.scan import Finding, file_name, mark, scan, scan_days, scan_mention, scan_piece, scan_place

TESTIMONY = "temoignage"  # how the section's title begins, without accents
OVER_SEVERAL = ("identifier", "together")  # what is looked for over the items of a list and the cells of a row
ATTRIBUTES = ("id", "mark")
MENTIONED = {"citation": "cite", "link": "target", "image": "target"}


def scan_body(draft: Draft, at: int, titles: frozenset[str] = frozenset()) -> list[Finding]:
    """The findings of a body, whose text begins at this offset of the file; offsets are those of the file.

    Of its testimonies (sections whose titles are in `titles`) every narrow place and exact day is told too, of what it
    hides every exact day. A body that pandoc could not read is looked at as it was typed.
    """
    if draft.body.error:
        return [replace(finding, start=finding.start + at) for finding in scan(draft.source.text[at:])]
    return _Looking(draft, at, titles).findings()


def in_testimony(section: str, titles: frozenset[str]) -> bool:
    """Whether a section's title is that of the testimonies."""
    return fold_words(section).startswith(TESTIMONY) or fold_words(section) in titles


class _Looking(Struct, dict=True):
    """One body looked at, with the places that findings have taken so far, by kind and letters."""

    draft: Draft
    body_start: int
    titles: frozenset[str]
    taken_places: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = map(len, self.draft.source.text.splitlines(keepends=True))
        self.lines = [0, *accumulate(lengths)]
        self.typed = TypedLetters(self.draft.source.text)

    def findings(self) -> list[Finding]:
        """Every finding once, in the order of the pieces."""
        found = [self.place(*one) for piece in self.pieces() for one in self.readings(piece)]
        for find in self.draft.body.finds:
            if find.kind in MENTIONED:
                found += scan_mention(Mention(MENTIONED[find.kind], find.value, self.offset(find)))
            elif find.kind in ATTRIBUTES:  # printed nowhere, but kept in the files
                found += file_name(find.value, self.offset(find))
        return each_once(found)

    def offset(self, find: Find) -> int:
        return self.lines[find.span.line - 1] + find.span.column - 1

    def pieces(self) -> Iterator[PrintedPiece]:
        before = ""  # a heading is read under the title that stands before it
        for section in self.draft.body.sections:
            if section.heading is not None:
                yield from self.pieces_of(section.heading, before)
            for passage in section.passages:
                yield from self.pieces_of(passage, section.title)
            before = section.title
        for find in self.draft.body.finds:  # what refuses the file is quoted in the letter
            if find.kind == "lost":
                yield PrintedPiece(fold_signs(find.value), before, self.offset(find))

    def pieces_of(self, passage: Passage, section: str) -> Iterator[PrintedPiece]:
        start = self.lines[passage.span.line - 1] + passage.span.column - 1
        for text, joined in printed_pieces([passage.node]):
            if text.strip():
                yield PrintedPiece(text, section, start, passage.confidential, joined)

    def readings(self, piece: PrintedPiece) -> Iterator[tuple[Finding, str, int]]:
        """The findings of every way to read a piece, each once, with the text it was found in, and where to look."""
        testimony = in_testimony(piece.section, self.titles)
        looks: list[Callable[[ProsePiece], Iterable[Finding]]] = [scan_piece]
        looks += [scan_place] if testimony else []
        looks += [scan_days] if testimony or piece.confidential else []
        seen = set(self.taken_places) if piece.is_joined else set[tuple[str, str]]()
        for text in reading_variants(piece.text):
            found = [one for look in looks for one in look(ProsePiece(text, (0,), (0,), piece.section))]
            for one in found:
                if mark(one) not in seen and (not piece.is_joined or one.kind in OVER_SEVERAL):
                    yield one, text, max(piece.start, self.body_start)
            seen.update(map(mark, found))

    def place(self, finding: Finding, text: str, start: int) -> Finding:
        """The finding where it was typed; the same words found twice stand in two places."""
        places = self.taken_places.setdefault(mark(finding), [])
        at, length = self.typed.find(text, finding.start, finding.length, start, places)
        places.append(at)
        return replace(finding, start=at, length=length)


def each_once(found: Sequence[Finding]) -> list[Finding]:
    """Findings in their order, each kind of the same words at one place once."""
    once: dict[tuple[str, int, str], Finding] = {}
    for one in found:
        once.setdefault((one.kind, one.start, one.text), one)
    return list(once.values())
