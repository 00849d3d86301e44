"""The map of a frozen draft: every paragraph of its Word file, and the place in the texts that it comes from.

It is read from the Word file itself, with the reader that reads what comes back, so that both see the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from rapport.language.folding import fold_typography, folded_letters
from rapport.messages import review
from rapport.messages.stop import Stop
from rapport.storage.machine_secret import read_secret, seal

if TYPE_CHECKING:  # late: the desk reads drafts that it compares with nothing
    from rapport.diff.paragraph_matching import Item
    from rapport.office.tracked_text import TrackedParagraph, TrackedRun

FOLDER = "contributions/drafts"
MAP = "map.json"
SOURCES = "sources.zip"  # the texts it was made from
NOTE_OF = re.compile(r"(.+)/n(?:\.\d+)?")
"""The id of a note: its caller's, and « /n »; « /n.2 » of the second."""
VOICE = re.compile(r"v[b-t]{10}(?:-t)?")
"""The block of a child's own words (`workshops`)."""
SPANS = ("counted", "looks", "marks", "links")


class DraftParagraph(Struct, frozen=True):
    """One paragraph of a frozen draft.

    `id` names it in this draft, `lasting` in every draft (its id in the first that had it); `block`, `digest` and
    `bookmark` are those of the report's block; `path` and `line` where it is written. `number` is the printed one it
    has, or stands under; `copy`: it repeats the text of its block elsewhere. `counted` are stretches that Word counts,
    `looks` those that are bold or italic (« b », « i », « bi »), `marks` those that are struck or highlighted (« s »,
    « h »), `links` those that lead to an address. A paragraph of a note says which (`note`) and how many letters of its
    caller stand before the call (`call`).
    """

    id: str
    lasting: str
    kind: str
    part: str
    text: str
    block: str = ""
    digest: str = ""
    bookmark: str = ""
    association: str = ""
    path: str = ""
    line: int = 0
    theme: str = ""
    section: str = ""
    number: str = ""
    label: str = ""
    title: str = ""
    table: bool = False
    copy: bool = False
    counted: tuple[tuple[int, int], ...] = ()
    looks: tuple[tuple[int, int, str], ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    note: str = ""
    call: int = -1

    @property
    def is_childs_words(self) -> bool:
        """Whether it is a child's own words, which no reviewer changes, or what is left where some were withdrawn."""
        return VOICE.fullmatch(self.block) is not None or self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words were withdrawn: nothing but their digest is left."""
        return not self.text and not self.block and bool(self.digest)

    @property
    def item(self) -> Item:
        """The paragraph as something to be matched."""
        from rapport.diff.paragraph_matching import Item

        return Item(
            comparable(self.text, self.counted),
            frozenset([self.bookmark] if self.bookmark else []),
            self.part,
            self.table,
            self.text,
        )


@lru_cache(1 << 13)  # the paragraphs of a draft come back in every file
def withdrawn_digest(text: str, secret: bytes) -> str:
    """What is kept of a paragraph that was withdrawn; "" for one without a letter, which is like any other."""
    letters = folded_letters(text)[0]
    return seal(letters, secret) if letters else ""


class DraftPicture(Struct, frozen=True):
    """A picture of a frozen draft, under the keys of the map that is in git.

    `bloc` is the id of the paragraph that it stands with, `digest` that of its bytes, `look` what it
    looks like from afar ("" if nobody knows), `said` its alternative text.
    """

    bloc: str
    digest: str
    look: str
    said: str


class FrozenDraft(Struct, frozen=True, dict=True):
    """A frozen draft: its number, its name, its paragraphs in order, and what it was made from and with.

    `pictures` is None, `has_links` untrue, in the map of a draft that was frozen before these were noted. `secret`: of
    this machine, by which what was withdrawn is known; the map's file has it not.
    """

    number: int
    name: str
    date: str
    sources: str
    outputs: Mapping[str, str]
    places: tuple[DraftParagraph, ...]
    comments: tuple[str, ...] = ()  # digests of the comments that it went out with
    made_with: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[DraftPicture, ...] | None = None
    has_links: bool = False
    secret: bytes = b""

    @cached_property
    def items(self) -> list[Item]:
        """Its paragraphs as things to be matched, made once for all the files that came back."""
        return [place.item for place in self.places]

    @cached_property
    def folded_texts(self) -> frozenset[str]:
        """The words of its paragraphs, typography folded."""
        return frozenset(fold_typography(place.text) for place in self.places)

    def is_withdrawn(self, text: str, digests: Container[str]) -> bool:
        """Whether a text is what one of these digests is of, whether or not there was a secret when it was made."""
        return any(withdrawn_digest(text, secret) in digests for secret in (self.secret, b""))


def comparable(text: str, counted: Iterable[tuple[int, int]]) -> str:
    """A text in which what Word counts by itself is the same whatever it says."""
    for start, end in sorted(counted, reverse=True):
        text = f"{text[:start]}#{text[end:]}"
    return text


def counted_stretches(runs: Iterable[TrackedRun]) -> tuple[tuple[int, int], ...]:
    """The stretches of words, as sent, that Word counts by itself."""
    spans, at = [], 0
    for run in runs:
        if not run.insertion:
            if run.is_counted:
                spans.append((at, at + len(run.text)))
            at += len(run.text)
    return tuple(spans)


def look_stretches(line: TrackedParagraph, look_of: Callable[[TrackedRun], str]) -> tuple[tuple[int, int, str], ...]:
    """The stretches of a line's words, as sent, that have the same look, and which, as `look_of` a run says."""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for run in line.runs:
        if run.insertion:
            continue
        look, end = look_of(run), at + len(run.text)
        if look and spans and spans[-1][1:] == (at, look):
            spans[-1] = (spans[-1][0], end, look)
        elif look:
            spans.append((at, end, look))
        at = end
    return tuple(spans)


def earlier_draft(root: Path, number: int, language: str) -> list[DraftParagraph]:
    """The paragraphs of the draft before this one; after them those of still earlier drafts that have gone since."""
    found: dict[str, DraftParagraph] = {}
    for before in reversed([one for one in numbers(root) if one < number]):
        for place in open_draft(root, before, language).places:
            found.setdefault(place.lasting, place)
    return list(found.values())


def notes_by_caller(places: Sequence[DraftParagraph]) -> dict[int, list[int]]:
    """The notes of each paragraph of a draft, in order."""
    from rapport.diff.paragraph_matching import NOTE

    index = {place.id: n for n, place in enumerate(places)}
    found: dict[int, list[int]] = {}
    for n, place in enumerate(places):
        caller = NOTE_OF.fullmatch(place.id) if place.part == NOTE else None
        if caller and caller[1] in index:
            found.setdefault(index[caller[1]], []).append(n)
    return found


def lasting_identifiers(now: Sequence[DraftParagraph], before: Sequence[DraftParagraph]) -> tuple[DraftParagraph, ...]:
    """The paragraphs under the names that they had in earlier drafts, where they are the same or nearly."""
    from rapport.diff.paragraph_matching import match_paragraphs

    items = ([place.item for place in before], [place.item for place in now])
    found = match_paragraphs(*items, notes_by_caller(before), notes_by_caller(now))
    kept: list[DraftParagraph] = []
    used: set[str] = set()
    for index, place in enumerate(now):
        same = found.by_unit.get(index)
        name = before[same.places[0]].lasting if same and len(same.units) == 1 else place.id
        name = name if name not in used else place.id
        used.add(name)
        kept.append(replace(place, lasting=name))
    return tuple(kept)


def folder(number: int) -> str:
    """The folder of a frozen draft, in the project."""
    return f"{FOLDER}/{number}"


def numbers(root: Path) -> list[int]:
    """The numbers of the drafts that are frozen."""
    here = root / FOLDER
    names = [path.name for path in here.iterdir()] if here.is_dir() else []
    return sorted(int(name) for name in names if re.fullmatch(r"[1-9]\d{0,3}", name) and (here / name / MAP).is_file())


def as_json(frozen: FrozenDraft) -> bytes:
    """The map as text, a paragraph a line."""
    head = {
        name: value for name, value in asdict(replace(frozen, places=())).items() if name not in ("places", "secret")
    }
    lines = [orjson.dumps({k: v for k, v in asdict(place).items() if _told(k, v)}).decode() for place in frozen.places]
    opened = orjson.dumps(head, default=asdict, option=orjson.OPT_INDENT_2).decode().removesuffix("\n}")
    return "".join((opened, ',\n  "places": [\n', ",\n".join(lines), "\n  ]\n}\n")).encode()


def _told(name: str, value: object) -> bool:
    """Whether a paragraph's line of the map says this of it."""
    return value != -1 if name == "call" else bool(value) or name == "text"


def open_draft(root: Path, number: int, language: str) -> FrozenDraft:
    """The map of a frozen draft; raises `Stop` where it can no longer be read."""
    try:
        return load(root, number)
    except ValueError:
        raise Stop(review("bad-map", language, path=f"{folder(number)}/{MAP}"), 1) from None


def load(root: Path, number: int) -> FrozenDraft:
    """The map of a frozen draft; raises ValueError where it can no longer be read."""
    said = orjson.loads((root / folder(number) / MAP).read_bytes())
    try:
        found = [
            DraftParagraph(**{**item, **{name: tuple(tuple(span) for span in item.get(name, ())) for name in SPANS}})
            for item in said.pop("places")
        ]
        pictures = said.pop("pictures", None)
        shown = None if pictures is None else tuple(DraftPicture(**picture) for picture in pictures)
        said |= {"places": tuple(found), "comments": tuple(said.get("comments", ())), "pictures": shown}
        return FrozenDraft(**said, secret=read_secret(root))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(number) from error
