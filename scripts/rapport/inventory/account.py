"""What a file held laid against the contribution made of it and the words that its receipt names.

Nothing here knows what intake meant to do: a thing is kept when the contribution has it in the same shape, reshaped
when its words stand there otherwise, named when the receipt says them, and missing when it is nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from rapport.inventory.gone_words import gone_words
from rapport.inventory.states import Account, Inventory, Tally, shown_words

NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,3})+[.)°/:]*(?=\s)|"
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlcIVXLC]{1,6}|[a-zA-Z])(?:[.)°/:]+|(?=\s*[–—-]\s))|\d{1,3}(?:\.\d{1,3})+)"
)
NUMBERED = re.compile(rf"\A\s*(?:{NUMBER}\s*[–-]?\s*){{1,2}}")
TYPED_MARK = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[^\W\d_])\W*")  # « 1) », « 1.2 » or « a) » before words
MOSTLY = 0.6


class ReceiptContent(Struct, frozen=True):
    """What a receipt says is not in the text: what it quotes, how many pictures, what went into the header and
    the titles of sections, by which title of the outline another was replaced, and, counted without being quoted,
    what our own form prints.
    """

    texts: Sequence[str] = ()
    pictures: int = 0
    placed_words: Sequence[str] = ()
    printed_words: Sequence[str] = ()
    renamed_titles: Mapping[str, str] = field(default_factory=dict)


def account(received: Inventory, contribution: Inventory, told: ReceiptContent) -> Account:
    """The account of a file, the kinds in the order of `KINDS`."""
    counted, lost = _words(received, contribution, told)
    form = _padded([*told.printed_words, *told.placed_words]) if told.printed_words else ""
    renamed = {_unnumbered(title): _key(section) for title, section in told.renamed_titles.items()}
    made = _Made(contribution, lost, _padded([*told.texts, *told.placed_words]), form, renamed)
    return Account((
        counted,
        _pictures(received.pictures, contribution.pictures, told.pictures),
        made.tally("notes", received.notes, made.is_note),
        made.tally("tables", ["\n".join(cells) for cells in received.tables], made.is_table),
        made.tally("lists", ["\n".join(points) for points in received.lists], made.is_list),
        made.tally("headings", received.headings, made.is_heading),
    ))  # fmt: skip


# ---------------------------------------------------------------- words


def _words(received: Inventory, contribution: Inventory, told: ReceiptContent) -> tuple[Tally, Counter[str]]:
    """The tally of words, and how often each is missing."""
    lines = "\n".join([received.text, *received.outside_texts]).split("\n")
    said = {_key(line) for line in lines}
    given = [word for line in lines for word in shown_words(line)]
    in_header = [
        word
        for value in contribution.outside_texts
        if " ".join(shown_words(value)) in said
        for word in shown_words(value)
    ]
    gone = gone_words(given, [*shown_words(contribution.text), *in_header]) - Counter(contribution.marks)
    lost, parts = Counter(gone), list[tuple[str, ...]]()
    replaced = [
        " ".join((Counter(shown_words(title)) - Counter(shown_words(section))).elements())
        for title, section in told.renamed_titles.items()
    ]
    marks = [text for text in told.placed_words if TYPED_MARK.fullmatch(text)]
    placed = [text for text in told.placed_words if text not in marks]
    for texts in ([*replaced, *told.texts], placed, told.printed_words, marks):
        named = _accounted(lost, texts)
        lost -= named
        parts.append(tuple(named.elements()))
    typed = Counter(word for line in lines if (n := NUMBERED.match(line)) for word in shown_words(n[0])) & lost
    lost -= typed
    kept, numbers = len(given) - gone.total(), (*parts[3], *typed.elements())
    return Tally(
        kind="words",
        received_count=len(given),
        kept_count=kept,
        reshaped_words=(),
        named_words=parts[0],
        missing_words=_last(given, lost),
        numbers=numbers,
        placed_words=parts[1],
        printed_words=parts[2],
    ), lost


def _accounted(lost: Counter[str], texts: Sequence[str]) -> Counter[str]:
    """The lost words that texts account for, each only if most of it is really lost."""
    found = Counter[str]()
    for text in texts:
        of_it = Counter(shown_words(text)) & (lost - found)
        found += of_it if of_it.total() * 2 >= len(shown_words(text)) else Counter()
    return found


def _last(given: Sequence[str], lost: Counter[str]) -> tuple[str, ...]:
    """The words of a count in the order of the text, where they stand last."""
    left, found = Counter(lost), list[str]()
    for word in reversed(given if lost else ()):
        if left[word] > 0:
            left[word] -= 1
            found.append(word)
    return tuple(reversed(found))


# ---------------------------------------------------------------- the other kinds


def _pictures(received: Sequence[str], kept: Sequence[str], told: int) -> Tally:
    """Pictures, told apart by the words before them alone, since they are written anew."""
    left, unmatched = Counter(map(_key, kept)), list[str]()
    for before in received:
        if left[_key(before)] > 0:
            left[_key(before)] -= 1
        else:
            unmatched.append(before)
    gone = max(len(received) - len(kept), 0)
    named = min(gone, told)
    return Tally(
        "pictures", len(received), len(received) - gone, (), tuple("" for _ in range(named)),
        tuple(unmatched[len(unmatched) - (gone - named) :] if gone > named else ()),
    )  # fmt: skip


def _key(text: str) -> str:
    return " ".join(shown_words(text))


def _padded(texts: Sequence[str]) -> str:
    return f" {_key(' '.join(texts))} "


def _unnumbered(text: str) -> str:
    return _key(NUMBERED.sub("", text, count=1))


def _of_point(text: str) -> str:
    """The words of a point of a list in no order: its articles may stand elsewhere in it."""
    return " ".join(sorted(_unnumbered(text).split()))


class _Made(Struct):
    """A contribution that things are looked for in; each of its own things is found once."""

    contribution: Inventory
    lost_words: Counter[str]
    named_text: str
    form: str
    renamed_titles: Mapping[str, str]
    text: str = ""
    words_left: dict[str, Counter[str]] = field(default_factory=dict)
    tables: list[Counter[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = self.contribution
        self.text = _padded([made.text])
        points = [point for points in made.lists for point in points]
        headings = [*made.headings, *made.outside_texts]
        self.words_left = {"lists": Counter(map(_of_point, points))}
        for kind, texts in (("notes", made.notes), ("headings", headings)):
            self.words_left[kind] = Counter(_unnumbered(text) for text in texts)
        self.tables = [Counter(shown_words(" ".join(cells))) for cells in made.tables]

    def tally(self, kind: str, received: Sequence[str], same: Callable[[str], bool]) -> Tally:
        """What became of each thing of one kind, given by its words."""
        whole = [text for text in received if _key(text) and not self._all(text, self.form)]
        others = [text for text in whole if not same(text)]
        missing = [text for text in others if self._is_missing(text)]
        named = [text for text in others if text not in missing and self._is_named(text)]
        reshaped = [text for text in others if text not in missing and text not in named]
        return Tally(kind, len(whole), len(whole) - len(others), tuple(reshaped), tuple(named), tuple(missing))

    def _is_missing(self, text: str) -> bool:
        """Whether most of its words are nowhere."""
        its = Counter(shown_words(text))
        return (its & self.lost_words).total() > its.total() * (1 - MOSTLY)

    def _is_named(self, text: str) -> bool:
        """Whether it stands in the receipt, and not in the contribution."""
        return self._all(text, self.named_text) and not self._all(text, self.text)

    def _all(self, text: str, within: str) -> bool:
        """Whether each line of a text stands within another."""
        return all(f" {_unnumbered(line)} " in within for line in text.split("\n") if _unnumbered(line))

    def _take(self, kind: str, text: str) -> bool:
        key, left = _of_point(text) if kind == "lists" else _unnumbered(text), self.words_left[kind]
        left[key] -= 1
        return left[key] >= 0

    def is_heading(self, text: str) -> bool:
        """Whether it is one, under its own words or under those that replaced them."""
        return self._take("headings", text) or self._take("headings", self.renamed_titles.get(_unnumbered(text), ""))

    def is_note(self, text: str) -> bool:
        return self._take("notes", text)

    def is_list(self, text: str) -> bool:
        """Whether each of its points is one."""
        taken = [self._take("lists", point) for point in text.split("\n") if _key(point)]
        return all(taken)

    def is_table(self, text: str) -> bool:
        its = Counter(shown_words(text))
        best = max(self.tables, key=lambda table: (table & its).total(), default=Counter[str]())
        if (best & its).total() < its.total() * MOSTLY:
            return False
        self.tables.remove(best)
        return True
