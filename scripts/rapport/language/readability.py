"""How easy a page is to read: the length of its sentences, its rare words, its LIX.

Where the measures come from:

- A sentence has at most 15 words, a word is written in full rather than as an acronym, a difficult word is explained:
  « Accessible communication formats », easy read (Government of the United Kingdom, gov.uk; read as a reprint of 2020),
  which also asks for letters of 14 points.
- LIX (C. H. Björnsson, « Läsbarhet », 1968): words a sentence, plus the percentage of words of more than six letters;
  from 20, very easy, to 60, very difficult.
- A word is rare where it is no common word of `data/`, whose README says how frequent those are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

MOST_WORDS = 15
LONG_WORD = 6  # letters, in LIX
SHORTEST_RARE = 4  # letters
COMMON_WORDS = Path(__file__).parent / "data"

BREAK = "\f"  # where a sentence ends whatever its signs: a heading, a point of a list, a cell
COMMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
FENCE = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
EMPTY_LINK = re.compile(r"\[\]\([^)\n]*\)")
TARGET = re.compile(r"(?<=\])\([^)\n]*\)")
HEADING_LINE = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
MARKER = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]", re.MULTILINE)
MARKUP = re.compile(r"[*_`\[\]|>#\\]")
SENTENCE = re.compile(r"[^\f.!?…]*(?:[.!?…](?![\s»”\")]|$)[^\f.!?…]*)*(?:[.!?…]+[\s\u00a0]*[»”\")]*)?|\f")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PART = re.compile(r"[^\W\d_]+['’]?")
ACRONYM = re.compile(r"[A-Z]{2,}")
BOLD = re.compile(r"\*\*(?P<it>[^*\n]+)\*\*")


class PlainSentence(Struct, frozen=True):
    """One sentence of a page: where it begins in the page's text, how long it is there, its words with their places."""

    start: int
    length: int
    words: tuple[tuple[int, str], ...]

    @property
    def too_long(self) -> bool:
        return len(self.words) > MOST_WORDS


class Readability(Struct, frozen=True):
    """How easy a whole page is: words a sentence, the longest sentence in words, LIX."""

    sentences: int
    words: int
    longest: int
    lix: int

    @property
    def average(self) -> float:
        return self.words / max(self.sentences, 1)


def plain_sentences(text: str) -> tuple[PlainSentence, ...]:
    """The sentences of an editor's page as it is typed; what is no prose (tags, marks, comments) has no words."""
    return tuple(_sentences(_prose(text)))


def readability(sentences: Sequence[PlainSentence]) -> Readability:
    """The measures of a page of which these are the sentences."""
    words = [word for sentence in sentences for _, word in sentence.words]
    longest = max((len(sentence.words) for sentence in sentences), default=0)
    far = sum(1 for word in words if sum(map(str.isalpha, word)) > LONG_WORD)
    lix = len(words) / max(len(sentences), 1) + 100 * far / max(len(words), 1)
    return Readability(len(sentences), len(words), longest, round(lix))


def hard_words(text: str, sentences: Sequence[PlainSentence], language: str) -> Iterator[tuple[int, str]]:
    """Each acronym and each rare word once, with the first place it stands at; those in bold are explained there."""
    explained = {part.lower() for bold in BOLD.finditer(text) for part in PART.findall(bold["it"])}
    seen = set[str]()
    for sentence in sentences:
        for number, (at, word) in enumerate(sentence.words):
            for part in PART.finditer(word):
                said = part[0]
                if said.lower() in explained | seen or said[-1] in "'’":
                    continue
                if ACRONYM.fullmatch(said) or _is_rare(said, language, opens=number == 0):
                    seen.add(said.lower())
                    yield at + part.start(), said


def _is_rare(word: str, language: str, opens: bool) -> bool:
    """A capital inside a sentence is a name's."""
    if len(word) < SHORTEST_RARE or (word[0].isupper() and not opens):
        return False
    return word.lower() not in _common_words(language)


@cache
def _common_words(language: str) -> frozenset[str]:
    return frozenset(zlib.decompress((COMMON_WORDS / f"courants-{language}.zlib").read_bytes()).decode().split("\n"))


def _prose(text: str) -> str:
    """The text with as many signs, and in the place of all that is no prose blanks or the end of a sentence."""
    text = COMMENT.sub(_blank, text)
    text = VALUE.sub(_one_word, text)
    text = FENCE.sub(_end, text)
    text = ATTRIBUTES.sub(_blank, text)
    text = EMPTY_LINK.sub(_one_word, text)
    text = TARGET.sub(_blank, text)
    text = HEADING_LINE.sub(lambda found: f"{BREAK}{found[0][1:]}", text)
    text = re.sub(rf"(?m)^({BREAK}.*)\n", rf"\1{BREAK}", text)
    text = MARKER.sub(_end, text)
    text = re.sub(r"\n(?=[ \t]*\n)", BREAK, text)
    return MARKUP.sub(" ", text.replace("|", BREAK))


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if sign == "\n" else " " for sign in found[0])


def _end(found: re.Match[str]) -> str:
    return BREAK + _blank(found)[1:]


def _one_word(found: re.Match[str]) -> str:
    """What is put there later: « recommandation R3 », a name."""
    return "x" + _blank(found)[1:]


def _sentences(prose: str) -> Iterator[PlainSentence]:
    for found in SENTENCE.finditer(prose):
        words = tuple((found.start() + word.start(), word[0]) for word in WORD.finditer(found[0]))
        if words:
            last, said = words[-1]
            yield PlainSentence(words[0][0], last + len(said) - words[0][0], words)
