"""The second net: the words of the finished files go through the rules that protect children once more.

It shares its rules with the first net (`safeguarding`), and nothing else: its words are those that a reader meets,
read back from a finished page, and what each format holds beside its words. What the first net found in the same file
has been decided upon, or stops the edition already; whatever else is found is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import orjson
from msgspec import Struct

from rapport import rules
from rapport.language.folding import bare_letters
from rapport.model import Block, Diagnostic, Span
from rapport.proof.excerpts import shorten
from rapport.proof.html_words import chapters
from rapport.proof.reading import PrintedWords, Reading
from rapport.safeguarding.english import unreviewed_in_french
from rapport.safeguarding.guard import Guarded, as_row, from_row
from rapport.safeguarding.printed_words import fold_signs, reading_variants
from rapport.safeguarding.reading import Mention, ProsePiece
from rapport.safeguarding.scan import Finding, mark, scan_days, scan_mention, scan_piece, scan_place, scan_plain
from rapport.safeguarding.scan_printed import OVER_SEVERAL, in_testimony
from rapport.safeguarding.world import World
from rapport.storage.cache import Cache

ADDRESSES = ("URI", "href", ".rels")
OURS = re.compile(r"p[0-9a-f]{10}|X[0-9a-f]{39}|v[b-t]{10}(?:-t)?|atelier[b-t]{8}|_\w+|ref-.*|(?:note|appel|par)-\d+")
"""Places that the program names: by digests, by numbers, by the keys of a bibliography, which are public."""
WORK, BRACKETS = "ref-", re.compile("[()]")
MACHINE = re.compile(r"Typst [\d.]+|(?:D:)?\d{4}-?\d\d-?\d\d[T\d:+'Z-]*|Picture")
"""Properties that the program writes, which `properties` looks at."""
BESIDE = 24  # signs around a name that tell the title of a work from a sentence
OPEN = frozenset("identifier name together place combination count health date".split())


class Protection(Struct, frozen=True, dict=True):
    """What is known of the texts: what the first net saw in each, public names, titles of testimonies, the French.

    `works` are the ids of the entries of the editor's own bibliography, which is public.
    """

    guarded: Mapping[str, Guarded]
    world: World
    titles: frozenset[str]
    cache: Cache
    works: frozenset[str] = frozenset()
    french: str = ""  # of an English edition

    @cached_property
    def everywhere(self) -> frozenset[tuple[str, str]]:
        """What the first net saw in any text."""
        return frozenset[tuple[str, str]]().union(*(guarded.found_marks for guarded in self.guarded.values()))

    def diagnostics(self, path: str, reading: Reading, blocks: Mapping[str, Block]) -> Iterator[Diagnostic]:
        """What was not seen before in one output, each thing once, with where it stands."""
        told = set[tuple[str, str, str]]()
        works = "\n".join(bare_letters(piece.text) for piece in reading.words if piece.owner in self.works)
        for finding, words in (
            *self.findings_in_words(piece for piece in reading.words if piece.owner not in self.works),
            *self.beside_words(reading),
        ):
            block = blocks.get(words.owner)
            if (
                self.is_open(finding, block)
                and not _stands_in(works, finding, words.text)
                and (key := (*mark(finding), words.owner)) not in told
            ):
                told.add(key)
                place = words.number or shorten(words.section or words.chapter) or "–"
                facts = {"output": path, "place": place, "text": shorten(finding.text), "words": shorten(words.text)}
                yield Diagnostic(rules.NOT_SEEN_BEFORE, block.span if block else Span(path), facts)

    def is_open(self, finding: Finding, block: Block | None) -> bool:
        """Whether a finding cannot have been reviewed: it is not public, nor did the first net find it in its file."""
        if finding.kind not in OPEN or self.world.knows(finding):
            return False
        if self.french and not unreviewed_in_french(Guarded((finding,)), self.french).findings:
            return False
        seen = self.everywhere if block is None else self.first_net(block.span.path)
        kind, letters = mark(finding)
        if (kind, letters) in seen:
            return False
        if kind == "name" and finding.parts:
            words = [finding.sentence[start:end] for start, end in finding.parts]
            return not all(any(bare_letters(word) in known for _, known in seen) for word in words)
        return not any(kind == other and (letters in known or known in letters) for other, known in seen)

    def first_net(self, path: str) -> frozenset[tuple[str, str]]:
        """What the first net saw in a file and in its translation."""
        both = (self.guarded.get(one) for one in (path, path.replace(".md", ".en.md")))
        return frozenset[tuple[str, str]]().union(*(guarded.found_marks for guarded in both if guarded))

    def findings_in_words(self, pieces: Iterable[PrintedWords]) -> Iterator[tuple[Finding, PrintedWords]]:
        """The findings of running text, a chapter at a time from the cache."""
        for chapter in chapters(tuple(pieces)):
            texts = (
                part
                for piece in chapter
                for part in (piece.text, piece.owner[: len(WORK)], piece.section, str(piece.items))
            )
            place, stored = self.cache.get("second-net", *texts, *sorted(self.titles))
            if stored is None:
                rows = [[at, *as_row(f)] for at, piece in enumerate(chapter) for f in self.findings_in_piece(piece)]
                stored = orjson.dumps(rows)
                self.cache.put(place, stored)
            yield from ((from_row(row), chapter[at]) for at, *row in orjson.loads(stored))

    def findings_in_piece(self, piece: PrintedWords) -> Iterator[Finding]:
        """The findings of one piece; a list read as one line has only what runs over several items."""
        testimony = in_testimony(piece.section, self.titles)
        work = piece.owner.startswith(WORK)  # « Banc (Paul) »: whole names are public
        for text in reading_variants(fold_signs(BRACKETS.sub("", piece.text) if work else piece.text)):
            prose = ProsePiece(text, (0,), (0,), piece.section)
            found = [
                *scan_piece(prose),
                *(scan_place(prose) if testimony else ()),
                *(scan_days(prose) if testimony else ()),
            ]
            yield from (one for one in found if not piece.items or one.kind in OVER_SEVERAL)

    def beside_words(self, reading: Reading) -> Iterator[tuple[Finding, PrintedWords]]:
        """The findings of what a format holds beside its words: running heads, properties, addresses, names."""
        for place, value in reading.properties:
            if MACHINE.fullmatch(value) or place == "meta" or value.startswith("#"):
                continue
            look = _address if place.endswith(ADDRESSES) else scan_plain
            yield from ((finding, PrintedWords(value, section=place)) for finding in look(value))
        for text in dict.fromkeys((*reading.running_heads, *(words for _, words in reading.hidden_words))):
            yield from ((finding, PrintedWords(text)) for finding in scan_plain(text))
        for name in dict.fromkeys(reading.names):
            yield from ((finding, PrintedWords(name, section=f"#{name}")) for finding in _identifying(name))


def _address(value: str) -> Iterator[Finding]:
    return scan_mention(Mention("target", value, 0))


def _identifying(name: str) -> Iterator[Finding]:
    """What the name of a place in the file says."""
    if not OURS.fullmatch(name):
        yield from scan_mention(Mention("target", f"images/{name}", 0))


def _stands_in(works: str, finding: Finding, text: str) -> bool:
    """Whether a text repeats what was found from the list of works, with the words before or after it."""
    start = text.find(finding.text)
    sides = (text[max(0, start - BESIDE) : start + len(finding.text)], text[start : start + len(finding.text) + BESIDE])
    enough = len(bare_letters(finding.text)) + BESIDE // 2
    return start >= 0 and any(len(said := bare_letters(side)) >= enough and said in works for side in sides)
