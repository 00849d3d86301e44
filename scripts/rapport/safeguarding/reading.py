"""A Markdown text as its reader will read it: pieces of plain prose, each letter knowing where it was typed.

Marks are taken out inside words too, and entities written out, so that « Ami*na*ta » and « Amin&#97;ta » are Aminata.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from rapport.language.patterns import late_pattern

MARK = late_pattern(
    r"""
      (?P<fence>   ^[ \t>]*(?:```|~~~|(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?:{3,}).*$ )
    | (?P<title>   ^[ \t>]*\#{1,6}(?=[ \t])[ \t]* )
    | (?P<start>   ^[ \t>]*(?:[-*+]|\d{1,3}[.)]|:|\[\^[^\]\s]{1,60}\]:)[ \t]+ | ^[ \t]*>[ \t>]* | [ \t]*\n[ \t>]*\n\s* )
    | (?P<words>   \b(?:alt|title)=["'] )
    | (?![^\W_]|[ ][\w,.]) (?:        # a letter begins no other mark, and one space between words is no mark at all
      (?P<target>  (?<=\])\([^()\s]{0,500}(?=[\s)]) )
    | (?P<note>    \[\^[^\]\s]{1,60}\] )
    | (?P<cite>    (?:(?<=[\[;\s(])|(?<=[\[;\s(]-))@\{?[A-Za-z0-9_][\w:.\#$%&+?<>~/-]{0,80} )
    | (?P<entity>  &(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{2,31}); )
    | (?P<escape>  \\[^\w\s] )
    | (?P<joiner>  [\u00ad\u200b-\u200f\u2060\ufeff] )
    | (?P<strong>  # « K*** » is somebody's initial
        (?!(?:(?<=[\s(][A-Z])|(?<=^[A-Z]))\*{2,4}[\s,;:.)])
        (?<![A-Z]\*)(?<![A-Z]\*\*)(?<![A-Z]\*{3})\*+
        |`+|(?<!\w)_+|_+(?!\w)|~~|\^(?=\w) )
    | (?P<cell>    \|(?:[\s:|+-]*\|)? )
    | (?P<space>   [ \t\n\u00a0\u2000-\u200a\u202f]+ )
    | (?P<quote>   [’ʼ‘] )
    | (?P<dash>    [\u2010\u2011] )
      )
    """,
    re.VERBOSE | re.MULTILINE,
)
BREAK = "\n"  # between two pieces
WRITTEN = {"title": BREAK, "start": BREAK, "fence": BREAK, "target": BREAK, "words": BREAK, "cell": " ; ", "space": " ",
           "quote": "'", "dash": "-"}  # fmt: skip


class ProsePiece(Struct, frozen=True):
    """One paragraph, item, heading, cell row or caption: its text, and where each letter stood in the source."""

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    section: str = ""

    def source(self, at: int) -> int:
        """The offset in the source of an offset in the text."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        return self.offsets[index] + at - self.starts[index]


class Mention(Struct, frozen=True):
    """A link's or image's target, or a key after « @ »: kind, value, offset in the source."""

    kind: str
    value: str
    offset: int


def read(source: str) -> tuple[tuple[ProsePiece, ...], tuple[Mention, ...]]:
    """The pieces of a body, each under the title of its section, and what is named in its marks."""
    mentions: list[Mention] = []
    chunks: list[tuple[str, int]] = []
    at, titles = 0, list[int]()
    for match in MARK.finditer(source):
        kind = match.lastgroup or ""
        if match.start() > at:
            chunks.append((source[at : match.start()], at))
        at = match.end()
        if kind == "title" and match[0].strip(" \t>") == "##":
            titles.append(len(chunks))
        if kind == "target":
            mentions.append(Mention("target", match[0][1:], match.start() + 1))
        elif kind == "cite":
            mentions.append(Mention("cite", match[0].lstrip("@{").rstrip(".:;,?!/}"), match.start()))
        if kind == "entity":
            chunks.append((re.sub(r"\s", " ", html.unescape(match[0])), match.start()))
        elif kind == "escape":
            chunks.append((match[0][1:], match.start() + 1))
        elif kind in WRITTEN:
            chunks.append((WRITTEN[kind], match.start()))
    if at < len(source):
        chunks.append((source[at:], at))
    return tuple(_pieces(chunks, set(titles))), tuple(mentions)


def _pieces(chunks: list[tuple[str, int]], titles: set[int]) -> Iterator[ProsePiece]:
    section, heading = "", False
    parts: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length = 0
    for number, (text, offset) in enumerate([*chunks, (BREAK, 0)]):
        if text != BREAK:
            parts.append(text)
            starts.append(length)
            offsets.append(offset)
            length += len(text)
            continue
        whole = "".join(parts)
        if heading:
            section = whole.strip()
        if whole.strip():
            yield ProsePiece(whole, tuple(starts), tuple(offsets), section)
        heading = number in titles
        parts, starts, offsets, length = [], [], [], 0


FENCE = late_pattern(r"^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?:{3,}[ \t]*(?P<marks>[^:\n]*?)[ \t:]*$", re.MULTILINE)


def confidential(source: str) -> tuple[tuple[int, int], ...]:
    """Where the confidential blocks of a body begin and end."""
    open_, found = list[tuple[int, bool]](), list[tuple[int, int]]()
    for fence in FENCE.finditer(source) if "confidentiel" in source else ():
        if fence["marks"]:
            open_.append((fence.start(), "confidentiel" in fence["marks"]))
        elif open_:
            start, hidden = open_.pop()
            found += [(start, fence.end())] if hidden else []
    return tuple(found)


SENTENCE_END = late_pattern(r"[.!?…]+[»\"')\]]*\s+(?=[A-ZÀ-ÖØ-ÞŒ0-9«\"(—–-])|;\s|\s[-–—]\s(?=[A-Z])")
ABBREVIATED = late_pattern(
    r"(?:^|[\s('«-])(?:M|MM|Mme|Mlle|Dr|Pr|Me|Mgr|St|Ste|art|p|pp|c|v|n|no|No|Mr|Mrs|Ms|nº|n°|cf|Cf|al|vol|éd|chap|par|env|tél|tel|Tél|av|bd|[A-Z])\.\s$"
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a piece with their offsets; « M. » ends none."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match[0][0] in "; –—-" or ABBREVIATED.search(text[max(0, match.end() - 12) : match.end()]):
            continue
        yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def normal(sentence: str) -> str:
    """A sentence as the register knows it: neither spaces nor case nor final signs make it another."""
    return " ".join(re.findall(r"\w+", sentence.lower()))
