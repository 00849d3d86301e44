"""One change of printed words as a change of the Markdown they come from: the letters concerned and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from rapport.diff.markdown_alignment import WordChange
from rapport.diff.words import Token

EMPHASIS = re.compile(r"[*_]+")
BETWEEN = re.compile(r"(?:[\s*_]|(?<=\n)[ \t]*>)*")  # what may stand between two words that a change takes with it
BLANK_BEFORE = re.compile(r"(?:[ \t\u00a0\u202f]|\n[ \t]*>)*(?:[ \t\u00a0\u202f]|\n)\Z")
BLANK_AFTER = re.compile(r"[ \t\u00a0\u202f]+|[ \t]*\n[ \t>]*")
CALL = re.compile(r"\[\^[^\]\s]+\](?!:)")
SPECIAL = re.compile(r"[\\`*_\[\]<>^~@{}|#$&]")
AT_LINE_START = re.compile(r"(?P<head>\(?\w{1,9}(?=[.)])|)(?P<mark>[-+=:.)%])")
REST = re.compile(r"[ \t]*\n")
NOT_BROKEN = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d)")  # the one hard space that is the writer's own business
HARD = re.compile("[\u00a0\u202f]")


class SourceEdit(Struct, frozen=True):
    """text[start:end] becomes `new`."""

    start: int
    end: int
    new: str


class Crossing(Exception):
    """A change that takes in, or touches, what is not words: a citation, a note, a number that is made by us."""


class Collision(Crossing):
    """A change of a paragraph that another change has taken away."""


class SourceParagraph(Struct, frozen=True):
    """A text as typed, its tokens, which of them each printed token is, and where the printed paragraph lies.

    `start` and `end` are numbers of printed tokens, `end` excluded.
    """

    text: str
    tokens: Sequence[Token]
    places: Mapping[int, int]
    start: int
    end: int

    def edit(self, change: WordChange) -> SourceEdit:
        """The change as it is to be made in the text; raises `Crossing`."""
        before, after = self.typed_token(change.start - 1), self.typed_token(change.end)
        if change.start == change.end:
            return self.put(change, before, after)
        return self.replace(change, before, change.end < self.end)

    def typed_token(self, printed: int) -> Token | None:
        """The token as typed; None beyond the paragraph's ends, and for what is made of a citation or a number."""
        inside = self.start <= printed < self.end and printed in self.places
        return self.tokens[self.places[printed]] if inside else None

    def token(self, printed: int) -> Token:
        """The token of the source that prints this character. Raises Crossing where none alone does."""
        if printed not in self.places:
            raise Crossing
        return self.tokens[self.places[printed]]

    def replace(self, change: WordChange, before: Token | None, more: bool) -> SourceEdit:
        """Words that go, others in their place or none."""
        taken = [self.token(n) for n in range(change.start, change.end)]
        for one, other in pairwise(taken):
            self.check(one.end, other.start)
        start, end = taken[0].start, taken[-1].end
        inside = EMPHASIS.findall("".join(self.text[a.end : b.start] for a, b in pairwise(taken)))
        if len("".join(inside)) % 2:
            raise Crossing
        if change.new:
            return self.replace_spaced(change, start, end)
        return self.remove(start, end, before, more, change.space_left)

    def replace_around(self, change: WordChange) -> SourceEdit:
        """Words that go with the citations among them, others in their place; calls of notes stay, after these."""
        taken = [self.token(n) for n in range(change.start, change.end)]
        gaps = [self.text[one.end : other.start] for one, other in pairwise(taken)]
        bare = [CALL.sub("", gap) for gap in gaps]
        if not taken or not all(map(BETWEEN.fullmatch, bare)) or len("".join(EMPHASIS.findall("".join(bare)))) % 2:
            raise Crossing
        start, end, calls = taken[0].start, taken[-1].end, "".join(CALL.findall("".join(gaps)))
        if change.new:
            edit = self.replace_spaced(change, start, end)
            said = edit.new.rstrip()
            return SourceEdit(edit.start, edit.end, f"{said}{calls}{edit.new[len(said) :]}")
        if not calls:
            return self.remove(start, end, self.typed_token(change.start - 1), change.end < self.end, change.space_left)
        blank = BLANK_BEFORE.search(self.text, 0, start)
        if blank is None or not self.text[blank.start() - 1 : blank.start()].strip(" >\n"):
            raise Crossing  # a call alone at the beginning
        return SourceEdit(blank.start(), end, calls)

    def replace_spaced(self, change: WordChange, start: int, end: int) -> SourceEdit:
        """Words in the place of others, with the spaces beside them where these come or go too."""
        new = self.escape(change.new, start)
        if change.space_left != change.old_space_left and change.start > self.start:
            blank = BLANK_BEFORE.search(self.text, 0, start)
            start, new = (start, f" {new}") if change.space_left else (blank.start() if blank else start, new)
        if change.space_right != change.old_space_right and change.end < self.end:
            after = BLANK_AFTER.match(self.text, end)
            end, new = (end, f"{new} ") if change.space_right else (after.end() if after else end, new)
        return SourceEdit(start, end, new)

    def remove(self, start: int, end: int, before: Token | None, more: bool, space: bool) -> SourceEdit:
        """Words that go, with the marks that stood around them alone, and one of the spaces beside them.

        `more`: other words follow in the paragraph.
        """
        opened, closed = _opening(self.text, start), _closing(self.text, end)
        if opened and opened == closed[::-1]:
            start, end = start - len(opened), end + len(closed)
        line = self.text.rfind("\n", 0, start) + 1
        if before and more and not self.text[line:start].strip(" \t>") and (whole := REST.match(self.text, end)):
            return SourceEdit(line, whole.end(), "")
        left = len(self.text[:start]) - len(self.text[:start].rstrip(" \t\u00a0\u202f"))
        right = len(self.text[end:]) - len(self.text[end:].lstrip(" \t\u00a0\u202f"))
        if not more:
            return SourceEdit(start - left, end, "")
        if (space and left and right) or (self.text[start - 1 : start] in ("\n", "")):
            return SourceEdit(start, end + right, "")
        if not space:
            start = before.end + len(self.text[before.end : start].rstrip()) if before else start
            return SourceEdit(start, end + right, "")
        if left and self.text[end : end + 1] == "\n":
            return SourceEdit(start - left, end, "")
        return SourceEdit(start, end, "") if left or right else SourceEdit(start, end, " ")

    def put(self, change: WordChange, before: Token | None, after: Token | None) -> SourceEdit:
        """Words that come between two others, outside the marks that stand around these."""
        if before is None and after is None:
            raise Crossing
        if before is not None and (after is None or change.before_call):
            at = before.end + len(_closing(self.text, before.end))
            calls = None if change.before_call else re.compile(f"(?:{CALL.pattern})+").match(self.text, at)
            return self.insert(replace(change, space_right=False), calls.end() if calls else at)
        assert after is not None
        if before is None:
            return self.insert(change, after.start - len(_opening(self.text, after.start)))
        gap = self.text[before.end : after.start]
        plain, blank = BETWEEN.fullmatch(gap) is not None, re.search(r"\s", gap)
        if blank and change.space_right and (plain or change.space_left):
            return self.insert(change, before.end + (blank.start() if plain else gap.rfind("]") + 1))
        if not plain:
            raise Crossing
        if blank is None:
            return self.insert(change, after.start if _inside(self.text, before.end) or not gap else before.end)
        if change.space_left:
            return self.insert(change, before.end + len(gap.rstrip("*_")))
        if gap.strip():
            raise Crossing
        return SourceEdit(before.end, after.start, self.escape(change.new, before.end))

    def insert(self, change: WordChange, at: int) -> SourceEdit:
        """New words at a place, with the spaces that they want and that are not there."""
        left = " " if change.space_left and not self.text[at - 1 : at].isspace() else ""
        right = " " if change.space_right and not self.text[at : at + 1].isspace() else ""
        return SourceEdit(at, at, f"{left}{self.escape(change.new, at)}{right}")

    def check(self, start: int, end: int) -> None:
        """Raise `Crossing` where something other than spaces and marks stands between two places."""
        if start > end or not BETWEEN.fullmatch(self.text, start, end):
            raise Crossing

    def escape(self, words: str, at: int) -> str:
        """Words such that Markdown reads nothing in them; hard spaces are set when the report is."""
        kept = NOT_BROKEN.sub("\0", words)
        text = SPECIAL.sub(lambda sign: "\\" + sign[0], HARD.sub(" ", kept)).replace("\0", "\u00a0")
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        if not line.strip(" \t>") and (found := AT_LINE_START.match(text)):
            text = f"{found['head']}\\{text[found.end('head') :]}"
        return " ".join(text.split("\n"))


def _inside(text: str, at: int) -> bool:
    """Whether the mark that stands at a place closes what one like it has opened in the same paragraph."""
    mark = _closing(text, at)
    return bool(mark) and text.count(mark, max(text.rfind("\n\n", 0, at), 0), at) % 2 == 1


def _closing(text: str, at: int) -> str:
    found = EMPHASIS.match(text, at)
    return found[0] if found else ""


def _opening(text: str, at: int) -> str:
    found = re.search(r"[*_]+$", text[:at])
    return found[0] if found else ""
