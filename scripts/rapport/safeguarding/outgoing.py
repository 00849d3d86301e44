"""The one door for whatever is sent to a person or kept in git: what could identify somebody is masked in it.

Every letter, receipt, list, table, comparison and commented file is written by `Outgoing.write` or `write_page`; the
ledger and the journal put their words through `Outgoing.words`. The rules are those of the check (`scan`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from rapport.language.folding import bare_letters
from rapport.language.names import consonant_stamp, printable_line
from rapport.model import Draft
from rapport.safeguarding import english, lexicon, outgoing_files
from rapport.safeguarding.confidential import ConfidentialWords
from rapport.safeguarding.family_names import with_family
from rapport.safeguarding.file_names import ENDS, FILE, JOINED_FILE, is_of_files, names_of_files, with_neighbours
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.identifiers import identifiers
from rapport.safeguarding.masks import LETTER, known_places, mask_places, private_places
from rapport.safeguarding.outgoing_files import EVERY
from rapport.safeguarding.own_words import cached_own_words
from rapport.safeguarding.printed_words import MARKUP, TypedLetters, fold_signs, reading_variants
from rapport.safeguarding.scan import Finding, file_name, plain_signs, scan_plain
from rapport.safeguarding.world import World
from rapport.safeguarding.world import make_world as no_names
from rapport.storage import schema
from rapport.storage.cache import Cache, digest
from rapport.storage.transaction import remove, write_atomically, write_changed

if TYPE_CHECKING:
    from rapport.office.plain_page import Logo, PageLine

SHORTEST = 3  # letters of a name that is looked for wherever it stands
EVERYWHERE = ("name", "identifier")
SEVERAL = ("together", "combination")  # kinds whose `detail` holds more words of the text
QUOTED = re.compile(r"« ([^»]*) »")
MARKS = re.compile(r"[\[\]*_`~^\\]")
CITED = re.compile(r"(?<=[\[;])[ ]?-?@([\w:.#$%&+?<>~/-]*[\w/])")
# A file's digest, and what `make decide N=…` is told: one too, in which no telephone number stands; a row's name.
KEYS = re.compile(
    r"(?<![^\W_])(?:[\da-f]{64}|(?=\d*[a-f])(?![\da-f]*0[1-9]\d{8})[\da-f]{12}|(?<=\[)[bcdfghj-np-t]{12}(?=[-/]))(?![^\W_])",
)
ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|www\.)", re.IGNORECASE)


NOTHING_WITHHELD = ConfidentialWords(frozenset(), frozenset())


class Outgoing(Struct, frozen=True, dict=True):
    """What is known of names, and what was found in the project: enough to mask any text that leaves it."""

    world: World
    guarded: Mapping[str, Guarded]
    known_names: frozenset[str]
    language: str = "fr"
    logos: tuple[Logo, ...] = ()  # for letterheads
    withheld: ConfidentialWords = NOTHING_WITHHELD

    @cached_property
    def private(self) -> tuple[str, ...]:
        """The names and identifiers found in the project, the longest first: masked wherever they stand."""
        found = (f for seen in self.guarded.values() for f in seen.findings if f.kind in EVERYWHERE)
        words = {" ".join(f.text.split()) for f in found if len(LETTER.findall(f.text)) >= SHORTEST}
        return tuple(sorted(words - self.known_names, key=lambda word: (-len(word), word)))

    @cached_property
    def folded_private(self) -> tuple[tuple[str, str], ...]:
        """Each confidential word with its letters alone, signs folded."""
        return tuple((word, bare_letters(fold_signs(word))) for word in self.private)

    @cached_property
    def ground(self) -> str:
        """A digest of what decides what is masked, the names apart, and of the letterheads' pictures."""
        known, exceptions = self.world, sorted(map(repr, self.world.exceptions))
        return digest(self.language, *known.contacts, "", *exceptions, known.salt, *map(repr, self.logos))

    @cached_property
    def _places(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """What was found in texts already: the same words stand in many files."""
        return {}

    def words(self, text: str, also: Iterable[str] = ()) -> str:
        """A text with « […] » for what could identify somebody, and for the words `also`."""
        if not LETTER.search(text):
            return text
        if text not in self._places:
            plain = KEYS.sub(lambda found: " " * len(found[0]), CITED.sub(self._blank, text))
            if plain not in self._places:
                self._places[plain] = tuple(self.world.but_titles(plain, self._found(plain)))
            self._places[text] = self._places[plain]
        return mask_places(text, [*self._places[text], *known_places(text, also)])

    def line(self, text: str, also: Iterable[str] = ()) -> str:
        """The same, as one line that prints anywhere (`printable_line`)."""
        return self.words(printable_line(text), also)

    def person(self, name: str) -> str:
        """The name that somebody signs with: it stays, but for addresses, numbers and names found in the texts."""
        places = [(match.start, match.end) for match in identifiers(name)]
        return mask_places(name, [*places, *self._private_people(name)])

    def sender(self, header: str) -> str:
        """Who sent a message, for git: every address and number masked, an organisation's own too."""
        return self.words(mask_places(header, [(match.start, match.end) for match in identifiers(header)]))

    def file_name(self, path: str) -> str:
        """The name or path of a file with its telling part masked: « temoignage-[…].docx »."""
        plain = self.world.without_bodies(path)
        return mask_places(path, [*self._file_places(plain, 0), *private_places(plain, self.folded_private)])

    def _file_places(self, path: str, at: int, is_in_sentence: bool = False) -> Iterator[tuple[int, int]]:
        for finding in (*file_name(path, 0), *self._open(scan_plain(re.sub(r"[_-]", " ", path)))):
            end = finding.start + finding.length
            if is_of_files(path[finding.start : end]):
                continue
            if not self.world.knows(finding) and not self._is_known(finding):
                start, end = with_neighbours(path, finding.start, end, self.known_names, is_in_sentence)
                yield at + start, at + end

    def address(self, address: str) -> str:
        """An address, an id or a part's name with what leads to somebody masked; an id stays one of a kind."""
        plain = unquote(address)
        if ADDRESS.match(plain):
            said = self._in_address(plain)
            return address if said == plain else said
        if not any(private_places(plain, self.folded_private)):
            return address
        sign = "#" if plain.startswith("#") else ""
        return f"{sign}lieu-{sha256(plain.removeprefix('#').encode()).hexdigest()[:8]}"

    def _in_address(self, plain: str) -> str:
        spans = [(m.start, m.end) for m in identifiers(plain) if not self._contact(plain[m.start : m.end])]
        said = (one for one in file_name(plain, 0) if not self.world.knows(one) and not self._is_known(one))
        spans += [with_neighbours(plain, one.start, one.start + one.length, self.known_names) for one in said]
        return mask_places(plain, [*spans, *private_places(plain, self.folded_private)])

    def _contact(self, text: str) -> bool:
        return self.world.knows(Finding("identifier", text, 0, len(text), text))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        text = FILE.sub(lambda file: self.world.without_bodies(file[0]), text) if ENDS.search(text) else text
        yield from _places(text, self)
        for file in names_of_files(text):
            yield from self._file_places(file[0], file.start(), is_in_sentence=True)
        for start, end in self._private_people(text):
            if not self._is_ordinary(text[start:end]) and not self.world.stands_in_known_name(text, start, end):
                yield start, end
        yield from self.withheld.places(text)

    def _private_people(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names and identifiers of the project stand, each with the family's beside it."""
        for start, end in private_places(text, self.folded_private):
            yield with_family(text, start, end, self.world.stands_in_known_name)

    def _is_ordinary(self, word: str) -> bool:
        """Whether it is a word in small letters, like « soleil », where « Soleil » was found as a name."""
        return word.islower() and word not in self.private and lexicon.is_common(word)

    def _blank(self, cited: re.Match[str]) -> str:
        """Spaces in the place of the key of a work that is known, so that its digits are nobody's number."""
        return " " * len(cited[0]) if cited[1] in self.known_names | self.world.keys else cited[0]

    def _open(self, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that nobody has let pass."""
        for finding in found:
            if finding.kind == "key" or self.world.knows(finding) or self.world.exception(finding):
                continue
            if finding.kind == "identifier" and finding.text.strip("@-[].,; ") in self.known_names | self.world.keys:
                continue  # a work that is cited
            if finding.detail == "handle" and JOINED_FILE.fullmatch(finding.text):
                continue  # the name of a file, which is read word by word
            if finding.kind != "name" or not self._is_known(finding):
                yield finding

    def _is_known(self, finding: Finding) -> bool:
        """Whether each word of a name is a pseudonym, one of our own sentences', or English where that is spoken."""
        parts = [finding.sentence[start:end] for start, end in finding.parts] or [finding.text]
        if finding.text in self.known_names:
            return True
        spoken = self.language == "en" or english.speaks_english(finding.sentence)
        return all(part in self.known_names or (spoken and english.is_english(part)) for part in parts)

    def knowing(self, people: Iterable[str]) -> Outgoing:
        """The same door for papers that say who made a remark: these people sign them, and are no children."""
        known = set(self.known_names)
        for name in {name for name in people if name and self.person(name) == name}:
            words = name.split()
            known |= {" ".join(words[at:]) for at in range(len(words))}
        return replace(self, known_names=frozenset(known))

    def withholding(self, drafts: Iterable[Draft]) -> Outgoing:
        """The same door, for papers that go to many: what these texts hold confidential now is masked too."""
        return replace(self, withheld=ConfidentialWords.read(drafts))

    def citing(self, text: str) -> Outgoing:
        """The same door, where the works that a text cites in brackets may be named by their keys."""
        return replace(self, known_names=self.known_names | set(CITED.findall(text)))

    def for_author(self, paths: Iterable[str]) -> Outgoing:
        """The same door for who wrote these texts: a name in them that waits for review stays, unless it is told in a
        testimony or by what could tell who a child is; an identifier never stays."""
        found = [finding for path in paths if path in self.guarded for finding in self.guarded[path].findings]
        telling = {word for f in found if f.kind != "name" or f.is_testimony for word in f.text.split()}
        names = {" ".join(f.text.split()) for f in found if f.kind == "name"}
        return replace(self, known_names=self.known_names | {name for name in names if not telling & set(name.split())})

    # ------------------------------------------------------------ files

    def content(self, name: str, content: bytes, only: str = EVERY) -> bytes:
        """A finished file with what could identify somebody masked in its words, names and properties."""
        return outgoing_files.rewritten(name, content, self.words, self.address, only)

    def write(self, root: Path, path: str, content: bytes, only: str = EVERY) -> str:
        """A file put in its place, masked, under a name that tells nothing; the path, as it was written."""
        place = self.path(path)
        write_changed(root / place, self.content(place, content, only))
        return place

    def path(self, path: str) -> str:
        """The path with a digest in the place of a last part that would tell who somebody is."""
        folder, _, name = path.rpartition("/")
        if self.file_name(name) == name:
            return path
        stamp = consonant_stamp(sha256(name.encode()).hexdigest())
        return f"{folder}/texte-{stamp}{PurePosixPath(name).suffix}"

    def page(self, lines: Iterable[PageLine]) -> list[PageLine]:
        """The lines of a letter, masked."""
        return [replace(line, text=self.words(line.text)) for line in lines]

    def write_page(self, root: Path, stem: str, lines: Sequence[PageLine], date: str) -> list[str]:
        """A letter as plain text and as a Word file; their paths. One that shows a picture is a Word file alone."""
        from rapport.office.plain_page import as_docx, as_text  # late: a build writes no letter

        said = self.page(lines)
        stem = self.path(f"{stem}.txt").removesuffix(".txt")
        files = {"docx": as_docx(said, date, self.language, self.logos)}
        if any(line.picture for line in said):
            remove(root / f"{stem}.txt")
        else:
            files["txt"] = as_text(said)
        for suffix, content in files.items():
            write_atomically(root / f"{stem}.{suffix}", content)
        return [f"{stem}.{suffix}" for suffix in files]


def open_door(
    world: World | None, guarded: Mapping[str, Guarded], drafts: Iterable[Draft] = (), language: str = "fr",
    kept: Cache | None = None,
) -> Outgoing:  # fmt: skip
    """The door of a project: its world, its findings, the pseudonyms that its texts declare."""
    texts = list(drafts)
    declared = {name for draft in texts for name in schema.texts(draft.header, "pseudonymes")}
    declared |= {key for draft in texts for key in CITED.findall(draft.source.text)}
    return Outgoing(
        world or no_names((), (), ()), guarded, frozenset(declared) | cached_own_words(language, kept), language
    )


def _places(text: str, door: Outgoing) -> Iterator[tuple[int, int]]:
    """Where the findings of a text stand, read as typed and as printed."""
    once: dict[tuple[str, str], None] = {}
    typed, plain = TypedLetters(text), plain_signs(text)
    for flat, reading in {plain_signs(reading): reading for reading in reversed(_readings(text))}.items():
        for finding in door._open(scan_plain(reading)):
            said = [(finding.start, finding.length)]
            said += [(at, len(words)) for words in _more(finding) if (at := flat.find(words)) >= 0]
            for at, length in said:
                mark = (finding.kind, f"{at} {reading[at : at + length]}")
                if mark not in once:
                    once[mark] = None
                    place = _typed(text, typed, reading, at, length)
                    if _is_person(finding) and any(door.world.but_titles(text, [place])):  # no title of ours
                        place = with_family(text, *place, door.world.stands_in_known_name)
                    yield place
                    yield from known_places(plain, [flat[at : at + length]])


def _is_person(finding: Finding) -> bool:
    return finding.kind in ("name", "together") and finding.detail not in ("street", "place")


def _typed(text: str, typed: TypedLetters, reading: str, at: int, length: int) -> tuple[int, int]:
    """Where words of a reading stand in the text; all of it where they are not found again."""
    words = reading[at : at + length]
    if reading == text:
        return at, at + length
    start, size = typed.find(reading, at, length, 0, ())
    if bare_letters(words) in bare_letters(fold_signs(unescape(text[start : start + size]))):
        return start, start + size
    start = text.find(words)
    return (start, start + length) if start >= 0 else (0, len(text))


def _readings(text: str) -> list[str]:
    """A text as typed, as printed, and without the marks that may stand in a word."""
    bare = MARKS.sub("", MARKUP.sub("", unescape(text)))
    return list(dict.fromkeys([text, *reading_variants(fold_signs(text)), *reading_variants(fold_signs(bare))]))


def _more(finding: Finding) -> list[str]:
    """The other words that a finding takes together with its own."""
    if finding.kind not in SEVERAL:
        return []
    return QUOTED.findall(finding.detail) or [finding.detail]
