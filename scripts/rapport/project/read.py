"""read: the project's folder → sources. It never writes, and what cannot be read is said, not raised."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from rapport import rules
from rapport.language.copies import original_name
from rapport.language.names import LOST_LETTER, UNPRINTABLE, identifier
from rapport.language.printable import arabic_characters, unprintable_characters
from rapport.model import Diagnostic, Source, Span, span_at
from rapport.project.actions import ACTIONS
from rapport.project.agreements import AGREEMENTS
from rapport.project.points import POINTS
from rapport.storage.encoding import decode, mend

MAX_BYTES = 2_000_000  # the longest theme of a real report is 100 times smaller
CHAPTERS = "chapters"
OUTLINE = f"{CHAPTERS}/outline.yaml"
TEMPLATES_EN = f"{CHAPTERS}/en"  # beside each French template, the one of the same name
BIBLIOGRAPHY = "bibliography.bib"
REGISTER = f"{CHAPTERS}/noms-revus.yaml"
GLOSSARY = f"{CHAPTERS}/sigles.yaml"
CONTRIBUTIONS = "contributions"
OWN = "sources.bib"
CARD = "association.yaml"
ENGLISH = ".en.md"  # how the name of a translation ends; the text that it stands beside has the same name before it
INBOX = "inbox"
DRAFTS = "drafts"
WORKSHOPS = "enfants"  # what children said themselves, each workshop a file
JOINERS = "\u200c\u200d"  # which say in Persian or Urdu how letters are written
FIGURES = "chiffres"  # an association's numbers, which stay on this machine
FIGURE_PAGES = {"fr": f"{CHAPTERS}/chiffres.md.j2", "en": f"{TEMPLATES_EN}/chiffres.md.j2"}
"""Written by « make figures » from the record, whose words, dates and numbers the editor defined: no prose."""
DOCUMENTS = "documents.yaml"  # those received that are no contributions
WITHDRAWN = "retires.yaml"  # what children withdrew, by codes alone
# What systems and editors leave behind. A name that only looks so (« ..\\mendicite.md ») is a text that somebody sent.
TEXT = re.compile(r"[^.~].*\.md", re.I | re.S)
DRAWING = re.compile(r"[^.~].*\.(?:png|jpe?g|gif|webp|bmp|tiff?)", re.I)
UNREAD = re.compile(r"/[^/.~][^/]*\.(?:docx?|odt|rtf|pages|pdf|markdown|md(?:\.txt)?)\Z", re.IGNORECASE)
# Files that are read by their names, wherever else texts may have any name.
NAMED = frozenset({OWN, BIBLIOGRAPHY, CARD, *(Path(path).name for path in (OUTLINE, REGISTER, GLOSSARY))})
LITTER = re.compile(
    r"\._.*|\.#.*|\.~lock.*|~\$.*|~.*\.tmp|\.(?!\.)(?!.*\.md$).*|Thumbs\.db|desktop\.ini|__MACOSX", re.I | re.S
)


class ContributionFile(Struct, frozen=True):
    """One contribution file and the identity its path gives it."""

    association: str
    theme: str
    source: Source


class Project(Struct, frozen=True):
    """Every text of the project; the outline and the bibliography may be missing."""

    root: Path
    outline: Source | None
    bibliography: Source | None
    associations: tuple[Source, ...]
    contributions: tuple[ContributionFile, ...]
    own_bibliographies: tuple[tuple[str, Source], ...]  # each association's sources.bib
    templates: tuple[Source, ...]
    translations: tuple[ContributionFile, ...]
    register: Source | None
    glossary: Source | None
    agreements: Source | None
    actions: Source | None
    diagnostics: tuple[Diagnostic, ...]
    points: tuple[Source, ...] = ()  # the documents that the Committee reads the report against
    workshops: tuple[ContributionFile, ...] = ()  # the name of the workshop in the place of a theme's

    @property
    def sources(self) -> dict[str, Source]:
        """Every text by its path."""
        lone = (self.outline, self.bibliography, self.register, self.glossary, self.agreements, self.actions)
        single = [source for source in lone if source]
        sent = (*self.contributions, *self.translations, *self.workshops)
        many = (*(c.source for c in sent), *(source for _, source in self.own_bibliographies))
        return {s.path: s for s in (*single, *self.points, *self.associations, *self.templates, *many)}


def read(root: Path) -> Project:
    """Read every text that the report is made from."""
    reader = _Reader(root)
    reader.copies_beside()
    chapters = reader.names(CHAPTERS)
    outline = reader.source(OUTLINE) if chapters else None  # or it is no folder of the project's
    bibliography = reader.source(BIBLIOGRAPHY)
    register, glossary, actions = (
        reader.source(path) if Path(path).name in chapters else None for path in (REGISTER, GLOSSARY, ACTIONS)
    )
    agreements = reader.source(AGREEMENTS) if (root / AGREEMENTS).exists() else None
    english = reader.names(TEMPLATES_EN) if Path(TEMPLATES_EN).name in chapters else []
    printed = [*(f"{CHAPTERS}/{name}" for name in chapters), *(f"{TEMPLATES_EN}/{name}" for name in english)]
    templates = [reader.source(path) for path in printed if path.endswith(".md.j2")]
    points = reader.points() if Path(POINTS).name in chapters else []
    associations: list[Source] = []
    sent: list[ContributionFile] = []
    translations: list[ContributionFile] = []
    own: list[tuple[str, Source]] = []
    for folder in reader.folders():
        card, texts, entries = reader.association(folder)
        associations.extend([card] if card else [])
        for text in texts:
            (translations if text.source.path.lower().endswith(ENGLISH) else sent).append(text)
        own.extend([(identifier(folder), entries)] if entries else [])
    return Project(
        root=root,
        outline=outline,
        bibliography=bibliography,
        associations=tuple(associations),
        contributions=tuple(sent),
        own_bibliographies=tuple(own),
        templates=tuple(t for t in templates if t),
        translations=tuple(translations),
        register=register,
        glossary=glossary,
        agreements=agreements,
        actions=actions,
        diagnostics=tuple(reader.found),
        points=tuple(points),
        workshops=tuple(reader.workshops),
    )


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root, self.found = root, list[Diagnostic]()
        self.workshops: list[ContributionFile] = []

    def names(self, folder: str) -> list[str]:
        """The names in a folder in a fixed order, without those that systems and editors leave behind."""
        try:
            if (self.root / folder).is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            names = sorted(path.name for path in (self.root / folder).iterdir())
        except OSError as error:
            self.found.append(Diagnostic(rules.UNREADABLE_FILE, Span(folder), {"reason": error.strerror or ""}))
            return []
        return [name for name in names if not LITTER.fullmatch(name) and not self.is_copy(folder, name, names)]

    def is_copy(self, folder: str, name: str, beside: list[str]) -> bool:
        """Whether a name is that of a copy, which is said: to be compared, never renamed over the good file."""
        original = original_name(name, beside)
        place, other = (f"{folder}/{one}" if folder else one for one in (name, original))
        if original not in beside and original in NAMED:
            self.found.append(Diagnostic(rules.COPY_OF_NOTHING, Span(place), {"original": original}))
        if original not in beside:
            return original in NAMED
        self.found.append(Diagnostic(rules.CONFLICTING_COPY, Span(place), {"original": original}, (Span(other),)))
        return True

    def copies_beside(self) -> None:
        """The copies in conflict of the bibliography, at the project's root."""
        names = sorted(path.name for path in self.root.glob("*.bib"))
        for name in names:
            self.is_copy("", name, names)

    def points(self) -> list[Source]:
        """The documents of chapters/points/; whatever else lies there is told."""
        paths = [f"{POINTS}/{name}" for name in self.names(POINTS)]
        read = [self.source(path) for path in paths if path.endswith(".yaml")]
        for path in paths:
            if not path.endswith(".yaml"):
                self.ignore(path)
        return [source for source in read if source]

    def folders(self) -> Iterator[str]:
        for name in self.names(CONTRIBUTIONS):
            path = self.root / CONTRIBUTIONS / name
            if name in (INBOX, DRAFTS, DOCUMENTS, WITHDRAWN):
                continue
            if path.is_dir() and not path.is_symlink():
                yield name
            else:
                self.ignore(f"{CONTRIBUTIONS}/{name}")

    def association(self, folder: str) -> tuple[Source | None, list[ContributionFile], Source | None]:
        """What an association sent: its card, its texts, and its own bibliography."""
        card, sent, own = None, [], None
        for name in self.names(f"{CONTRIBUTIONS}/{folder}"):
            path = f"{CONTRIBUTIONS}/{folder}/{name}"
            if name == CARD:
                card = self.source(path)
            elif name == OWN:
                own = self.source(path)
            elif TEXT.fullmatch(name) and not (self.root / path).is_dir():
                source = self.source(path)
                if source:
                    ending = ENGLISH if name.lower().endswith(ENGLISH) else ".md"
                    sent.append(ContributionFile(identifier(folder), identifier(name[: -len(ending)]), source))
            elif name == WORKSHOPS and (self.root / path).is_dir():
                self.workshops += self.read_workshops(folder)
            elif name not in ("images", FIGURES, FIGURES.title()):
                self.ignore(path)
        return card, sent, own

    def read_workshops(self, folder: str) -> Iterator[ContributionFile]:
        """The workshops of an association; the drawings that lie beside them are read where a file shows them."""
        for name in self.names(f"{CONTRIBUTIONS}/{folder}/{WORKSHOPS}"):
            path = f"{CONTRIBUTIONS}/{folder}/{WORKSHOPS}/{name}"
            if TEXT.fullmatch(name) and (source := self.source(path, arabic_characters(), JOINERS)):
                yield ContributionFile(identifier(folder), identifier(name[: -len(".md")]), source)
            elif not DRAWING.fullmatch(name):
                self.ignore(path)

    def ignore(self, path: str) -> None:
        text = UNREAD.search(path) and (self.root / path).is_file()
        self.found.append(Diagnostic(rules.UNREAD_TEXT if text else rules.IGNORED_FILE, Span(path), {}))

    def source(self, path: str, also: frozenset[str] = frozenset(), kept: str = "") -> Source | None:
        """One file as text, or None with a diagnostic; `also` may be printed of it, `kept` is not taken out."""
        try:
            raw = _bytes(self.root / path)
        except (OSError, ValueError) as error:
            reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
            self.found.append(Diagnostic(rules.UNREADABLE_FILE, Span(path), {"reason": reason}))
            return None
        text, encoding = decode(raw)
        if text is None:
            self.found.append(Diagnostic(rules.UNREADABLE_FILE, Span(path), {"reason": encoding or "binary"}))
            return None
        if encoding != "utf-8":
            self.found.append(Diagnostic(rules.CONVERTED_ENCODING, Span(path), {"encoding": encoding}))
        if not text.strip():
            self.found.append(Diagnostic(rules.EMPTY_FILE, Span(path), {}))
            return None
        text, undrawn = mend(text, kept)
        if undrawn:
            self.found.append(Diagnostic(rules.UNDRAWN_CHARACTERS, Span(path), {"names": ", ".join(undrawn)}))
        if UNPRINTABLE.search(text):
            self.found.extend(_unprintable(path, text))
            text = UNPRINTABLE.sub(LOST_LETTER, text)
        if odd := unprintable_characters(text, also):
            self.found.append(_unknown_scripts(path, text, odd))
            text = text.translate(dict.fromkeys(map(ord, odd), LOST_LETTER))
        return Source(path, text, hashlib.sha256(raw).hexdigest())


def _unprintable(path: str, text: str) -> Iterator[Diagnostic]:
    """Each character that cannot be printed, once, with the other places it stands at."""
    places: dict[str, list[Span]] = {}
    for match in UNPRINTABLE.finditer(text):
        places.setdefault(match[0], []).append(span_at(path, text, match.start(), 1))
    for character, (first, *others) in places.items():
        name = f"U+{ord(character):04X}"
        yield Diagnostic(rules.INVISIBLE_CHARACTER, first, {"name": name}, tuple(others[: rules.MAX_RELATED]))


def _unknown_scripts(path: str, text: str, odd: str) -> Diagnostic:
    """The characters that the report's fonts do not have, at the first place one stands."""
    at = min(map(text.index, odd))
    return Diagnostic(rules.UNKNOWN_SCRIPT, span_at(path, text, at, 1), {"characters": " ".join(odd)})


def _bytes(path: Path) -> bytes:
    """A plain file's content; a link, a pipe, a device or a giant raises ValueError with the reason's name."""
    # O_NONBLOCK: opening a pipe that nobody writes to would wait forever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise ValueError("special")
        if facts.st_size > MAX_BYTES:
            raise ValueError("big")
        return file.read(MAX_BYTES + 1)
