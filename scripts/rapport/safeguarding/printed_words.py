"""A contribution's words as its readers will see them, from the tree: whatever mark stands inside a word is gone.

« Kadi[atou](https://…) », « M[ariama]{.smallcaps} » and « Amin&#97;ta » are Kadiatou, Mariama and Aminata; a number
that is half underlined, or that runs over two items of a list, is one number. Each finding is then looked for in the
file, letter by letter, so that a diagnostic names the line and the column where it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple

from rapport import tree
from rapport.language.folding import bare_letters
from rapport.language.months import FRENCH_TYPED
from rapport.model import Node

SOFT, HARD = "\x1e", "\x1f"  # where a line may have ended in the file, and where one ends in print
SHORT = 60  # letters of an item or cell that may be a part of something larger
MOST_JOINED = 40  # items or cells that are read as one line
IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SPACES = "\t\u00a0\u202f" + "".join(map(chr, range(0x2000, 0x200B)))
SAME = {"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "“": '"', "”": '"', "„": '"'} | dict.fromkeys(SPACES, " ")
ONE_OF_SAME = re.compile(f"[{''.join(SAME)}]")
GLUED_AGE = re.compile(rf"(\d)(?=(?:ans?|{FRENCH_TYPED})\b)")
PERHAPS_DIGIT = re.compile("[^\x00-\x7f\u00c0-\u017f]")  # no plain digit, and no letter of French


class PrintedPiece(NamedTuple):
    """The text of one paragraph, item, heading, row, caption, note or description, and the section it stands in.

    `is_joined` says that it is made of several short ones (items of a list, cells of a row), which are pieces too: only
    what runs over several of them is looked for in it. `start` is the offset in the file where its block begins.
    """

    text: str
    section: str
    start: int
    confidential: bool = False
    is_joined: bool = False


def printed_pieces(blocks: Iterable[Node]) -> Iterator[tuple[str, bool]]:
    """Every piece of text that these blocks print, with whether it is several joined (see `PrintedPiece`)."""
    for block in blocks:
        yield from _block(block)


def reading_variants(text: str) -> Iterator[str]:
    """The ways to read a piece: as lines, with words that a line's end cuts made whole, without quotation marks."""
    plain = _spaced(text)
    yield plain
    if SOFT in text or HARD in text:
        joined = CUT.sub(lambda cut: "" if _is_one_word(cut) else cut[0], text)
        if joined != text:
            yield _spaced(joined)
    if '"' in plain or "“" in plain or "«" in plain:
        bare = QUOTATION_MARK.sub("", plain)
        if bare != plain:
            yield bare


# A mark before a capital stays: without it, the name of a menu or a page stands there as someone's.
QUOTATION_MARK = re.compile(r"(?<!\w)[«“\"] ?(?![A-ZÀ-Þ ])| ?[»”\"](?!\w)|(?<=\w)[«“”\"]|»")
CUT = re.compile(rf"(?<=\w)-?[{SOFT}{HARD}]+(?=[^\W\d_])")
LAST, FIRST = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")


def _is_one_word(cut: re.Match[str]) -> bool:
    """Whether what a line's end stands between is one word: it has a hyphen there, or neither half is a word."""
    from rapport.safeguarding import lexicon

    before, after = LAST.search(cut.string[: cut.start()]), FIRST.match(cut.string[cut.end() :])
    if before is None or after is None or not after[0][0].islower():
        return False
    if cut[0][0] == "-" or (before[0] + after[0]).title() in lexicon.given_names():
        return True
    return HARD in cut[0] and not lexicon.is_common(before[0].lower()) and not lexicon.is_common(after[0])


def _spaced(text: str) -> str:
    return re.sub(rf"[{SOFT}{HARD} ]+", " ", text)


def _block(block: Node) -> Iterator[tuple[str, bool]]:
    match tree.kind(block):
        case "BulletList" | "OrderedList":
            items = tree.items(block)
            for item in items:
                yield from printed_pieces(item)
            lines = [_line(item) for item in items]
            yield from joined_lines(lines)
            for item, line in zip(items, lines, strict=True):
                yield from ((line, True) for _ in item[1:2] if len(line) <= SHORT)  # « 06 12 » over a list inside it
        case "DefinitionList":
            for term, texts in tree.definitions(block):
                yield from _line_of(term)
                yield from (piece for text in texts for piece in printed_pieces(text))
                yield from joined_lines([_words(term), *(_line(text) for text in texts)])
        case "Table":
            table = tree.table_of(block)
            yield from printed_pieces(table.caption)
            heads = list[str]()
            for row in table.rows():
                cells = [_line(cell.blocks) for cell in row.cells]
                yield " ; ".join(cells), False
                yield from joined_lines(cells)
                yield from _under(heads, cells)
                heads = heads or cells
                yield from (piece for cell in row.cells for piece in _asides(cell.blocks))
        case "Figure":
            yield from printed_pieces(tree.caption(block))
            yield from printed_pieces(tree.blocks(block))
        case "BlockQuote" | "Div":
            yield from printed_pieces(tree.blocks(block))
        case "CodeBlock" | "RawBlock":
            yield from ((fold_signs(line), False) for line in tree.letters(block).split("\n"))
        case "LineBlock":
            yield HARD.join(map(_words, tree.lines(block))), False
            yield from (piece for line in tree.lines(block) for piece in _asides(line))
        case _:
            yield from _line_of(tree.inlines(block))


def joined_lines(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Short items or cells as one line, since a number can run over them; of a long one, the end that is a number's."""
    runs: list[list[str]] = [[]]
    for line in [line for line in lines if line][:MOST_JOINED]:
        if len(line) <= SHORT:
            runs[-1].append(line)
            continue
        if line[0].isdigit():
            runs[-1].append(line[:SHORT].rpartition(" ")[0])
        runs.append([line[-SHORT:].partition(" ")[2]] if line[-1].isdigit() else [])
    yield from ((" ".join(run), True) for run in runs if len(run) > 1)


def _under(heads: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Short cells with a number after the head of their column: « Date de naissance », « N° de dossier »."""
    for head, cell in zip(heads, cells, strict=False):
        if head and len(head) + len(cell) <= 2 * SHORT and any(map(str.isdigit, cell)):
            yield f"{head} {cell}", True


def _line_of(inlines: Sequence[Node]) -> Iterator[tuple[str, bool]]:
    """The words of a run of inlines, then what it holds beside them: notes, descriptions of pictures, titles."""
    yield _words(inlines), False
    yield from _asides(inlines)


def _asides(value: Sequence[Node]) -> Iterator[tuple[str, bool]]:
    for node in tree.walk(list(value)):
        match tree.kind(node):
            case "Note":
                yield from printed_pieces(tree.blocks(node))
            case "Image":
                alternative = tree.pairs(node).get("alt", "")
                for text in (alternative, _words(tree.inlines(node)), tree.tooltip(node)):
                    if text:
                        yield fold_signs(text), False
            case "Link":
                if title := tree.tooltip(node):
                    yield fold_signs(title), False


def _line(blocks: Iterable[Node]) -> str:
    """The words of an item or a cell as one line, without what has a piece of its own."""
    parts: list[str] = []
    for block in blocks:
        _gather([block], parts)
        parts.append(" ")
    return fold_signs("".join(parts)).strip()


def _words(inlines: Sequence[Node]) -> str:
    parts: list[str] = []
    _gather(inlines, parts)
    return fold_signs("".join(parts))


def _gather(nodes: Iterable[Node], parts: list[str]) -> None:
    for node in nodes:
        match kind := tree.kind(node):
            case "Str" | "Code" | "CodeBlock" | "RawInline" | "RawBlock" | "Math":
                parts.append(tree.letters(node))
            case "Space":
                parts.append(" ")
            case "SoftBreak":
                parts.append(SOFT)
            case "LineBreak":
                parts.append(HARD)
            case "Quoted":
                parts.append('"')
                _gather(tree.inlines(node), parts)
                parts.append('"')
            case "Cite":
                _around_keys(node, parts)
            case "Note" | "Image":
                pass
            case "BulletList" | "OrderedList":
                for item in tree.items(node):
                    _gather(item, parts)
                    parts.append(" ")
            case "Table":
                for cell in tree.table_of(node).cells():
                    _gather(cell.blocks, parts)
                    parts.append(" ")
            case "LineBlock":
                for line in tree.lines(node):
                    _gather(line, parts)
                    parts.append(HARD)
            case "DefinitionList":
                for term, texts in tree.definitions(node):
                    _gather([*term, *(block for text in texts for block in text)], parts)
                    parts.append(" ")
            case _:
                _gather(tree.inlines(node) or tree.blocks(node), parts)
                if kind in ("Para", "Plain", "Header"):
                    parts.append(" ")


def _around_keys(cite: Node, parts: list[str]) -> None:
    """What citeproc prints around the keys of a citation, in brackets."""
    parts.append("(")
    for citation in tree.citations(cite):
        _gather(citation["citationPrefix"], parts)
        parts.append(" , ")
        _gather(citation["citationSuffix"], parts)
    parts.append(")")


def fold_signs(text: str) -> str:
    """The text with one sign for those that readers take for the same: apostrophes, hyphens, spaces, digits."""
    text = ONE_OF_SAME.sub(lambda found: SAME[found[0]], text if text.isascii() else IGNORED.sub("", text))
    text = GLUED_AGE.sub(r"\1 ", text)
    return text if text.isascii() else PERHAPS_DIGIT.sub(_digit, text)


def _digit(found: re.Match[str]) -> str:
    """The plain digit or digits for ①, ⁶, ₆, ６; any other character as it is."""
    value = unicodedata.numeric(found[0], 0.5)
    return str(int(value)) if value == int(value) and unicodedata.category(found[0]) in ("No", "Nd") else found[0]


# ---------------------------------------------------------------- where it was typed

# What may stand in the file between two letters of one printed word, and entities, which stand for letters.
MARKUP = re.compile(r"\]\([^)\n]{0,2000}\)|\{[^}\n]{0,300}\}|\]\[[^\]\n]{0,200}\]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
SIGNS = re.compile(r"^([^\w\s]*)(?:.*?[\w\s])??([^\w\s]*)$", re.DOTALL)  # a finding's first and last signs
MOST_LOOKED_AT = 40  # places of the same letters
BEFORE = 24  # letters before a finding that tell it from the same words elsewhere


class TypedPlace(NamedTuple):
    """Where something printed stands in the file: offset and length."""

    start: int
    length: int


class TypedLetters:
    """The letters and digits of a file in order, markup and signs left out, each with where it was typed."""

    def __init__(self, source: str) -> None:
        self.source = source

    def find(self, text: str, at: int, length: int, start: int, taken: Sequence[int] = ()) -> TypedPlace:
        """Where letters `at` to `at + length` of a printed text were typed, from `start` on, else anywhere.

        `taken` are places that are already another's. What cannot be found stands at `start`.
        """
        wanted = bare_letters(text[at : at + length])
        before = bare_letters(text[max(0, at - 2 * BEFORE) : at])[-BEFORE:]
        opens, closes = SIGNS.findall(text[at : at + length])[0]
        others, after = frozenset(taken), max(start, max(taken, default=-1) + 1)
        for letters, places in (self.between_marks, self.whole) if wanted else ():
            for lead in (before, ""):
                for begin in (after, start, 0):
                    for index in _occurrences(letters, lead + wanted, bisect_left(places, begin)):
                        first, last = places[index + len(lead)], places[index + len(lead) + len(wanted) - 1]
                        if first not in others and not self._inside_a_word(first, last):
                            return self._signed(first, last, opens, closes)
        if taken:  # a caption stands in the tree twice
            return TypedPlace(taken[-1], length)
        return TypedPlace(min(start, max(len(self.source) - 1, 0)), 1)

    def _inside_a_word(self, first: int, last: int) -> bool:
        """Whether letters touch these on both sides of a place: « Zelvino » is not meant by « Zelvinou »."""
        return self.source[first - 1 : first].isalnum() or self.source[last + 1 : last + 2].isalnum()

    def _signed(self, first: int, last: int, opens: str, closes: str) -> TypedPlace:
        entity = ENTITY.match(self.source, last)
        end = entity.end() if entity else last + 1
        first -= len(opens) if self.source.endswith(opens, 0, first) else 0
        end += len(closes) if self.source.startswith(closes, end) else 0
        return TypedPlace(first, end - first)

    @cached_property
    def between_marks(self) -> tuple[str, array[int]]:
        """The letters outside addresses and attributes."""
        return _typed_letters(self.source, MARKUP)

    @cached_property
    def whole(self) -> tuple[str, array[int]]:
        """Every letter: a description of a picture stands in an attribute."""
        return _typed_letters(self.source, NOTHING)


NOTHING = re.compile(r"(?!)")
LETTER_OR_ENTITY = re.compile(rf"(?P<plain>[A-Za-z0-9]+)|{ENTITY.pattern}|[^\W_]")


def _typed_letters(source: str, left_out: re.Pattern[str]) -> tuple[str, array[int]]:
    blank = left_out.sub(lambda found: " " * len(found[0]), source)
    letters, places = list[str](), array("l")
    for found in LETTER_OR_ENTITY.finditer(blank):
        if found["plain"]:
            letters.append(found[0])
            places.extend(range(*found.span()))
            continue
        meant = _meant_letters(found[0])
        letters.append(meant)
        places.extend([found.start()] * len(meant))
    return "".join(letters), places


@lru_cache(maxsize=1024)
def _meant_letters(typed: str) -> str:
    """The letters that one character or entity stands for."""
    return bare_letters(fold_signs(unescape(typed)))


def _occurrences(letters: str, wanted: str, begin: int) -> Iterator[int]:
    """The first places where these letters stand, from `begin` on."""
    for _ in range(MOST_LOOKED_AT):
        begin = letters.find(wanted, begin) + 1
        if not begin:
            return
        yield begin - 1
