"""Which letters of a Markdown text are words of its author's, and which are markup.

Pandoc keeps markup elsewhere in the tree, or nowhere: it is masked here, so that what remains is what must be printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from html.entities import html5

MARKUP = re.compile(
    r"""
      (?<=\])\((?:[^()"\n]|\([^()\n]*\))*             # the address of a link or image; its title is not masked
    | (?<=\])\[[^\]\n]*\]                             # the label of a reference link
    | \{[^{}\n]*[\#.=][^{}\n]*\}                      # attributes
    | \[\^[^\]\s]+\]:?                                # a note's call, or the label of its text
    | ^[ \t>]*:{3,}.*$                                # the fence of a division
    | ^[ \t>]*(?:```|~~~).*$                          # the fence of a code block
    | ^[ \t>]*\[[^\]\n^@]+\]:[ \t]*\n?[ \t]*<?(?:https?:|mailto:|\#|images/)\S*   # a link's definition
    | ^[ \t>]*[Tt]able(?=:[ \t])                      # the word that announces a caption
    """,
    re.VERBOSE | re.MULTILINE,
)
# The number of a list item is markup, but « p. 4 » may begin a line of text: the word is the tree's if the tree has it.
NUMBER = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)*\(?(\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)][ \t]", re.MULTILINE)
# « … en mai⏎2014. Il dit » goes on with its sentence; where several years follow, or after a colon, they are a list.
YEAR = re.compile(
    r"""
      ^(?![ ]{4}|\t|[ \t>]*(?:\||\(?\d{3,}[.)][ \t]))       # after a line that is no code, row nor such an item …
      (?P<before>.*[^\W\d_][,’']?[ \t]*\n                   # … and ends inside a sentence
        (?:[ ]{0,3}>)*[ \t]*\(?\d{3,9})
      (?=[.)](?:\s|\Z))(?!.*\n[ \t>]*\(?\d{3,}[.)][ \t])
    """,
    re.VERBOSE | re.MULTILINE,
)
YEAR_FIRST = re.compile(r"\n[ \t>]*\(?\d{3,9}[.)](?:\s|\Z)")
NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,31}));")
NOTE_TEXT = re.compile(r"^[ \t>]*\[\^[^\]\s]+\]:|\^\[", re.MULTILINE)
CAPTION = re.compile(r"^[ \t>]*(?:[Tt]able)?:(?=[ \t])", re.MULTILINE)
FILLER = "\0"  # stands for the letters that an entity has too many, so that offsets stay true
WORD = re.compile(rf"[^\W_](?:[^\W_]|{FILLER})*")


def in_sentences(text: str) -> str:
    """The text for pandoc, the full stop after a year that begins a line escaped; no word and no line moves."""
    if not YEAR_FIRST.search(text) or "```" in text or "~~~" in text:  # code is printed as it stands
        return text
    return YEAR.sub(r"\g<before>\\", text)


@lru_cache(20_000)  # the same few thousand words come back in every text
def words_of(text: str) -> tuple[str, ...]:
    """The words of a piece of the tree; a note's call that pandoc left as text is markup there too."""
    return tuple(WORD.findall(NOTE_CALL.sub(" ", text) if "[^" in text else text))


class MarkedWords:
    """The words of the text, where each stands, and which the tree has claimed."""

    def __init__(self, text: str) -> None:
        self.text = text
        bare = MARKUP.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        matches = list(WORD.finditer(ENTITY.sub(_character, bare)))
        self.words = [match[0].replace(FILLER, "") for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.used = bytearray(len(matches))
        places = {start: index for index, start in enumerate(self.starts)}
        self.numbers = {places[m.start(1)] for m in NUMBER.finditer(bare) if m.start(1) in places}

    def lay_asides(self, asides: Iterable[list[str]], mark: re.Pattern[str]) -> None:
        """Claim the words of notes or captions, each whole, after one of the marks that announce them."""
        places = [bisect_left(self.starts, match.end()) for match in mark.finditer(self.text)]
        for aside in asides:
            for index, place in enumerate(places):
                end = self.agree(place, aside) if aside else 0
                if end:
                    self.used[place:end] = b"\1" * (end - place)
                    del places[index]
                    break

    def agree(self, place: int, aside: list[str]) -> int:
        """Where an aside ends that begins at this place, item numbers passed over; 0 when it does not stand here."""
        end = place + len(aside)
        if self.words[place:end] == aside:
            return end
        at = place
        for word in aside:
            while at in self.numbers and self.words[at] != word:
                at += 1
            if at >= len(self.words) or self.words[at] != word:
                return 0
            at += 1
        return at

    def lost(self) -> tuple[tuple[int, int], ...]:
        """Runs of words nothing claimed, as (start, end) offsets of the text; a run stops at a line's end."""
        runs: list[tuple[int, int]] = []
        before = -2
        for index in (i for i, used in enumerate(self.used) if not used and i not in self.numbers):
            start, end = self.starts[index], self.ends[index]
            if index == before + 1 and "\n" not in self.text[runs[-1][1] : start]:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
            before = index
        return tuple(self.with_signs(*run) for run in runs)

    def with_signs(self, start: int, end: int) -> tuple[int, int]:
        """A run with the brackets and other signs that touch it."""
        while start and not self.text[start - 1].isalnum() and not self.text[start - 1].isspace():
            start -= 1
        closes = "(" in self.text[start:end]  # or else a « ) » closes something before the run
        while end < len(self.text) and not self.text[end].isalnum() and not self.text[end].isspace():
            if self.text[end] == ")" and not closes:
                break
            end += 1
        return start, end


def _character(match: re.Match[str]) -> str:
    """The character that an entity stands for, as long as the entity was typed; an unknown one as it is."""
    decimal, hexadecimal, name = match.groups()
    code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    character = html5.get(name + ";", "") if name else chr(code) if code < 0x110000 else ""
    if len(character) != 1:
        return match[0]
    return character + FILLER * (len(match[0]) - 1) if character.isalnum() else " " * len(match[0])
