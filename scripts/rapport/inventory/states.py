"""What a file holds, and what came of it: the values of this room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct, field

WORD = re.compile(r"[^\W_]+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")
SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ \u00a0]){4,}[^\W\d_](?!\w)")  # « C O N S T A T », a word to whoever reads
RAISED = re.compile("[¹²³⁴-⁹⁰]+")
KINDS = ("words", "pictures", "notes", "tables", "lists", "headings")


def words(text: str) -> list[str]:
    """The words of a text, folded: runs of letters and digits, whatever the case, the ligatures or invisible signs.

    A raised figure (« tiers¹ ») is a word of its own: it may be the call of a note.
    """
    return WORD.findall(unicodedata.normalize("NFKC", RAISED.sub(r" \g<0> ", UNSEEN.sub("", text))).casefold())


def shown_words(text: str) -> list[str]:
    """The same as whoever reads a page sees them, for a receipt: letters set apart are one word."""
    return words(SPACED.sub(lambda letters: re.sub(r"\s", "", letters[0]), text))


class Inventory(Struct):
    """Everything a text holds, in its order; of a picture, the words before it.

    `tables` are the texts of their cells, `lists` those of their points; `outside_texts` is what stands outside the
    running text (page headers and footers, diagrams, a contribution's header), `comments` what was written about it,
    `marks` the numbers and letters that a reader sees before points and nobody typed.
    """

    text: str = ""
    pictures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[Sequence[str]] = field(default_factory=list)
    lists: list[Sequence[str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    outside_texts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


class Tally(Struct, frozen=True):
    """One kind of thing: how many came, how many are kept, and the words of those that took another shape,
    of those that the receipt names, and of those that are nowhere; of words, also the numbers typed before lines (the
    report numbers by itself), those that went into the header and titles, and those of our form.
    """

    kind: str
    received_count: int
    kept_count: int
    reshaped_words: tuple[str, ...] = ()
    named_words: tuple[str, ...] = ()
    missing_words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    placed_words: tuple[str, ...] = ()
    printed_words: tuple[str, ...] = ()


class Account(Struct, frozen=True):
    """What a file held, laid against what came of it; `words` first, then the other kinds."""

    tallies: tuple[Tally, ...] = ()

    def tally_of(self, kind: str) -> Tally:
        """The tally of one kind."""
        return next((one for one in self.tallies if one.kind == kind), Tally(kind, 0, 0))

    @property
    def is_complete(self) -> bool:
        """Whether everything is in the text or named."""
        return not any(one.missing_words for one in self.tallies)

    @property
    def is_same(self) -> bool:
        """Whether everything is in the text, in its own shape."""
        return self.is_complete and not any(one.reshaped_words or one.named_words for one in self.tallies)
