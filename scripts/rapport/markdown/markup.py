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
    | ^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?:{3,}.*$  # the fence of a division, in a list item too
    | ^[ \t>]*(?:```|~~~).*$                          # the fence of a code block
    | ^[ \t>]*\[[^\]\n^@]+\]:[ \t]*\n?[ \t]*<?(?:https?:|mailto:|\#|images/)\S*   # a link's definition
    | ^[ \t>]*[Tt]able(?=:[ \t])                      # the word that announces a caption
    """,
    re.VERBOSE | re.MULTILINE,
)
# The number of a list item is markup, but « p. 4 » may begin a line of text: the word is the tree's if the tree has it.
NUMBER = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)*\(?(\d{1,3}|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)][ \t]", re.MULTILINE)
# What pandoc would take for the number of an item: « 2012. Le plan », in a quotation, an item or a note too.
ITEM = re.compile(
    r"""
      (?P<before>(?:[ \t]*(?:>|[-*+](?=[ \t])|\(?\d{1,3}[.)](?=[ \t])|\[\^[^\]\s]+\]:|:(?=[ \t])))*[ \t]*\(?)
      (?P<number>\d{1,9})(?=[.)](?:\s|\Z))
    """,
    re.VERBOSE,
)
MARKED = re.compile(r"[ \t>]*(?:[-*+]|\(?\d{1,3}[.)]|\[\^[^\]\s]+\]:)[ \t]")
FENCED = re.compile(r"[ \t>]*(?:```|~~~)")
IN_SENTENCE = re.compile(r"[^\W\d_][,’']?[ \t]*\Z")
NUMBERED_LINE = re.compile(r"^[ \t>*+-]*\(?(?:\[\^[^\]\s]+\]:[ \t]*)?\d{1,9}[.)](?:\s|\Z)|:[ \t]+\d{3}", re.MULTILINE)
# « les années '90 »: pandoc would take the apostrophe for a quotation mark.
YEAR_CUT = re.compile(r"(?<![\w'])'(?=\d\d(?!\d))")
NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,31}));")
NOTE_TEXT = re.compile(r"^[ \t>]*\[\^[^\]\s]+\]:|\^\[", re.MULTILINE)
CAPTION = re.compile(r"^[ \t>]*(?:[Tt]able)?:(?=[ \t])", re.MULTILINE)
FILLER = "\0"  # stands for the letters that an entity has too many, so that offsets stay true
WORD = re.compile(rf"[^\W_](?:[^\W_]|{FILLER})*")


def in_sentences(text: str) -> str:
    """The text for pandoc, with the numbers escaped that are none of a list's; no word and no line moves.

    No year is one, nor a number above all that a list here has, nor « 39. » on the line after « l'article ».
    Lines that begin with a year each keep a line of their own.
    """
    text = YEAR_CUT.sub("’", text) if "'" in text else text
    return "\n".join(_Lines(text.split("\n")).escape()) if NUMBERED_LINE.search(text) else text


class _Lines:
    """The lines of a text, read in order: what begins a list here, and what only looks so."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.listed = False  # whether these lines may go on with an item
        self.last = 0  # the number of the item before
        self.fence = ""
        self.typed = False  # whether the line before began with a number that is no item's

    def escape(self) -> list[str]:
        made: list[str] = []
        for at, line in enumerate(self.lines):
            before = self.lines[at - 1].strip(" \t>") if at else ""
            if not self.is_code(line, before):
                found = ITEM.match(line)
                typed = found is not None and not self.is_item(found, at, before)
                if found and typed:
                    end = found.end()
                    ended = self.typed or not IN_SENTENCE.search(before)
                    if before and ended and not before.startswith(("#", "|", ":::")) and not self.own_item(line):
                        made[-1] += "\\"
                    line = f"{line[:end]}\\{line[end:]}"
                elif found:
                    self.last = int(found["number"])
                self.typed = typed
                begins = MARKED.match(line) and not (typed and line[:1].isdigit())
                self.listed = bool(begins) or (self.listed and (bool(before) or line[:1].isspace()))
            made.append(line)
        return made

    @staticmethod
    def own_item(line: str) -> bool:
        """Whether a line begins an item or a note anyway."""
        return MARKED.match(line) is not None and not line.lstrip(" \t>(")[:1].isdigit()

    def is_code(self, line: str, before: str) -> bool:
        """Whether a line is code, which is printed as it stands."""
        if FENCED.match(line) and (not self.fence or line.strip(" \t>").startswith(self.fence)):
            self.fence = "" if self.fence else line.strip(" \t>")[:3]
            return True
        return bool(self.fence) or (line.startswith(("    ", "\t")) and not self.listed)

    def is_item(self, found: re.Match[str], at: int, before: str) -> bool:
        """Whether a number is that of an item of a list."""
        number = int(found["number"])
        if number > 99:
            return number < 1000 and number == self.last + 1
        follows = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        goes_on = self.listed or number <= 1 or ((after := ITEM.match(follows)) and int(after["number"]) == number + 1)
        return bool(goes_on) or not IN_SENTENCE.search(before)


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

    def unclaimed_runs(self) -> tuple[tuple[int, int], ...]:
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
