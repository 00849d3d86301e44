"""What is already known or reviewed, taken off what `scan` found: public names, declared contacts, exceptions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport.safeguarding import lexicon
from rapport.safeguarding.closed_world import names
from rapport.safeguarding.reading import sentences
from rapport.safeguarding.register import seals
from rapport.safeguarding.scan import PUBLIC, Finding

LETTERS = re.compile(r"[^\W_]+")
TITLE_WORD = 5  # letters of a word of a title that file names may have alone
BESIDE_NAME = re.compile(r"^(?:les?|la|l['’]|association)\s*\b", re.IGNORECASE)  # what a file's name leaves out


class World(Struct, frozen=True):
    """Known names by each of their words, declared contacts, and the exceptions of the register (see `register`)."""

    phrases: dict[str, tuple[str, ...]]
    contacts: tuple[str, ...]
    keys: frozenset[str]
    exceptions: frozenset[tuple[str, str]]
    salt: str
    bodies: re.Pattern[str] | None = None  # what file names may say, in small letters without accents: associations …
    titles: re.Pattern[str] | None = None  # … and these titles of ours, which any text may say in any case

    def without_bodies(self, text: str) -> str:
        """The name of a file with spaces in the place of an association's and of our titles, however they are typed."""
        spans = _spans(self.bodies, text)
        spaced = text.replace("_", " ") if spans else text  # its other words are read one by one
        return "".join(" " if any(a <= at < b for a, b in spans) else letter for at, letter in enumerate(spaced))

    def knows(self, finding: Finding) -> bool:
        """Whether a finding needs no one's eye any more."""
        if finding.kind in ("name", "identifier") and finding.detail.endswith(PUBLIC):
            return True
        if finding.kind == "key":
            return finding.text in self.keys
        if finding.kind == "identifier":
            plain = letters_and_digits(finding.text)
            return any(plain in contact for contact in self.contacts)
        return finding.kind in ("name", "date") and bool(finding.parts) and self.covers(finding)

    def knows_whole(self, finding: Finding) -> bool:
        """The same in a testimony, where a name is known in full or not at all: « Martin » there is no author."""
        return finding.kind == "name" and bool(finding.parts) and self.covers(finding, alone=False)

    def but_titles(self, text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The places in a text, as offsets, but those inside a title of ours, whatever its case and accents."""
        spans = _spans(self.titles, text)
        for start, end in places:
            if not any(first <= start and end <= last for first, last in spans):
                yield start, end

    def covers(self, finding: Finding, alone: bool = True) -> bool:
        """Whether each unknown word of a name stands inside a known name, of one word or (not `alone`) of several."""
        text = finding.sentence
        return all(
            any(
                self._covered(text, word, start, end - 2 * text.endswith("'s", 0, end), alone)
                for word in LETTERS.findall(text[start:end])
            )
            for start, end in finding.parts
        )

    def _covered(self, text: str, word: str, start: int, end: int, alone: bool) -> bool:
        for phrase in self.phrases.get(word, ()):
            if not alone and " " not in phrase:
                continue
            at = text.find(phrase, max(0, start - len(phrase)))
            while 0 <= at <= start:
                if (
                    at + len(phrase) >= end
                    and not text[at - 1 : at].isalnum()
                    and not text[at + len(phrase) :][:1].isalnum()
                ):
                    return True
                at = text.find(phrase, at + 1)
        return False

    def stands_in_known_name(self, text: str, start: int, end: int) -> bool:
        """Whether a word stands inside a known name of several words: « Gamma » in « Association Gamma »."""
        flat = text.replace("’", "'")
        return any(self._covered(flat, word, start, end, False) for word in LETTERS.findall(flat[start:end]))

    def with_names(self, names: Iterable[str]) -> World:
        """The same world, in which these names are known too."""
        phrases = dict(self.phrases)
        for name in names:
            for word in set(LETTERS.findall(name)):
                phrases[word] = (*phrases.get(word, ()), name.replace("’", "'"))
        return replace(self, phrases=phrases)

    def exception(self, finding: Finding) -> tuple[str, str] | None:
        """The entry of the register by which someone let this pass, in the sentence as it stands now."""
        if not self.exceptions:
            return None
        seal = seals(self.salt, finding.sentence, finding.kind, finding.text)
        return seal if seal in self.exceptions else None


def body_names(names: Iterable[str], titles: Iterable[str] = ()) -> re.Pattern[str] | None:
    """A pattern of names of several words, or in capitals alone, as file names have them: « hors_la-rue »; and of
    titles of ours, whole, and of their words that are no one's name.
    """
    plain = {
        unicodedata.normalize("NFKD", BESIDE_NAME.sub("", part))
        for name in names
        for part in re.split(r"\s[–—-]\s|[(,]", name)
    }
    told = [LETTERS.findall(_without_accents(name)) for name in plain]
    kept = [one for one in told if len(one) > 1 or (one and len(one[0]) > 2 and one[0].isupper())]
    ours = [LETTERS.findall(_without_accents(title)) for title in set(titles)]
    words = {word for title in set(titles) for word in LETTERS.findall(title.lower())}
    kept += [one for one in ours if len(one) > 1]
    kept += [[bare] for word in words if len(bare := _without_accents(word)) >= TITLE_WORD and not _is_a_name(bare)]
    return _any_of(kept)


def title_names(titles: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of whole titles, in small letters without accents."""
    return _any_of([one for title in set(titles) if (one := LETTERS.findall(_without_accents(title)))])


def _any_of(names: Iterable[Sequence[str]]) -> re.Pattern[str] | None:
    joined = {r"[\W_]{1,3}".join(map(str.casefold, one)) for one in names}
    found = "|".join(sorted(joined, key=lambda one: (-len(one), one)))
    return re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])_?") if found else None


def _spans(pattern: re.Pattern[str] | None, text: str) -> list[tuple[int, int]]:
    """Where a text has what a pattern of bare small letters means."""
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).casefold()
    return [found.span() for found in pattern.finditer(plain)] if pattern and len(plain) == len(text) else []


def _without_accents(text: str) -> str:
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))


def _is_a_name(bare: str) -> bool:
    return bare in lexicon.own_names() or bare.capitalize() in lexicon.given_names()


def letters_and_digits(text: str) -> str:
    """Letters and digits alone, so that spaces and dots do not make another number of it."""
    return "".join(LETTERS.findall(text)).lower()


def printed_names(prose: Iterable[str]) -> set[str]:
    """The names in the editor's own prose, which are public; bare first names are not."""
    known = set()
    for text in prose:
        flat = text.replace("’", "'").replace("\n", " ")
        for _, sentence in sentences(flat):
            for name in names(sentence):
                found = sentence[name.start : name.end]
                if " " in found or not name.person:
                    known.add(found)
    return known


def make_world(
    public: Iterable[str], contacts: Iterable[str], keys: Iterable[str],
    exceptions: Iterable[tuple[str, str]] = (), salt: str = "",
) -> World:  # fmt: skip
    """A world in which these names, contacts and keys are known."""
    known = {name.replace("’", "'") for name in public if name}
    known |= {
        entry
        for entry in lexicon.institutions() | frozenset(lexicon.entries("villes")) | lexicon.public_people()
        if not entry.isalpha() and entry[-1] != "."
    }
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(known):
        for word in set(LETTERS.findall(phrase)):
            phrases.setdefault(word, []).append(phrase)
    return World(
        {word: tuple(found) for word, found in phrases.items()},
        tuple(filter(None, map(letters_and_digits, contacts))), frozenset(keys), frozenset(exceptions), salt,
    )  # fmt: skip
