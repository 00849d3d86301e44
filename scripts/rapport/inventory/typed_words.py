"""A contribution's body as it was typed, read line by line for its words alone; nothing of `markdown` is used here.

A word is a run of letters or digits; the number of a list's item is one. What only tells a program something is passed
over: addresses, attributes, fences, calls of notes, keys of citations, the title of a section, the mark « clé ».
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from rapport.inventory.states import words
from rapport.language.patterns import late_pattern
from rapport.storage.cache import kept_in_mind

ORDINAL = late_pattern(r"(\d|\b[IVXLCDM]+)(?:i?[èe]mes?|nde?s?|ers?|res?|ères?|es?)\b")
HEADER = late_pattern(r"\A\s*---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FENCE = late_pattern(r"[ \t>]*(`{3,}|~{3,})")
PASSED_OVER = late_pattern(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?:{3,}|##[ \t]|[ \t>]*[-=]+[ \t]*$")
UNDERLINED = late_pattern(r"-+[ \t]*$")
CODE = late_pattern(r"(?<!\\)(`+)[^`\n](?:[^\n]*?[^`\n])??\1(?!`)")
ENTITY = late_pattern(r"(?<!\\)&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
DEFINED = late_pattern(r"[ \t>]*\[[^\]\n^@]+\]:[ \t]*<?(?:https?:|mailto:|#|images/)\S*")
NOTE = late_pattern(r"\[\^[^\]\s]+\]:?")
ADDRESS = late_pattern(r"(?<=\])\((?:[^()\"\n]|\([^()\n]*\))*|(?<=\])\[[^\]\n]*\]")
BRACES = late_pattern(r"\{[^{}\n]*[#.=][^{}\n]*\}")
ALTERNATIVE = late_pattern(r"\balt=(?:\"([^\"]*)\"|(\S+))")
CAPTION = late_pattern(r"[ \t>]*[Tt]able(?=:[ \t])")
KEY = late_pattern(r"(?<![\w\\])-?@(?:\{[^{}\n]*\}|\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
CITED = late_pattern(
    r"\[[^\[\]]*(?<![\w\\])@[^\[\]]*\]|(?<![\w\\])@(?:\{[^{}\n]*\}|[\w:.#$%&+?<>~/-]+)[ \t\n]\[[^\[\]\n]*\]"
)
WRAPPED = late_pattern(r"https?://\S*(?:https?(?:%3A|__)|//\S*//)\S*", re.IGNORECASE)
KEY_MARK = late_pattern(r"(?<=[(;,])\s*cl[ée]\s*(?=[;,)])|\bet\s+cl[ée]\s*(?=\))", re.IGNORECASE)
ITEM = late_pattern(
    r"(?P<before>[ \t>]*(?:[-*+][ \t]+)*\(?)(?P<number>\d{1,2}|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)](?:[ \t]|$)"
)
GOES_ON = late_pattern(r"[^\W\d_][,’']?[ \t]*\Z")
JOINS = str.maketrans("", "", "*_~^`\\[]")


class TypedWord(Struct, frozen=True):
    """A word and its line in the file; `kind` is "" or, where print may say it otherwise, citation, number or jump.

    A number is that of an item of a list, a jump one that does not follow the item before it.
    """

    word: str
    line: int
    kind: str = ""


@kept_in_mind
def typed_words(text: str) -> tuple[TypedWord, ...]:
    """The words of a contribution's file, its header left out."""
    header = HEADER.match(text)
    body = text[header.end() :] if header else text
    cited = dict[int, str]()
    body = CITED.sub(lambda found: _citation(found, body, cited), body)
    first = text.count("\n", 0, header.end()) + 1 if header else 1
    return tuple(_typed(body.split("\n"), first, cited))


def folded_words(text: str) -> list[str]:
    """The words of a text; « 2ème » and « 2e » are one."""
    return words(ORDINAL.sub(r"\1", text))


def _citation(found: re.Match[str], body: str, cited: dict[int, str]) -> str:
    """A citation taken out, the words round its keys kept for its line; the line's ends stay."""
    if body.count("`", body.rfind("\n", 0, found.start()) + 1, found.start()) % 2:
        return found[0]  # code
    line = body.count("\n", 0, found.start())
    cited[line] = f"{cited.get(line, '')} {KEY.sub(' ', found[0])}"
    return "\n" * found[0].count("\n") or " "


def _typed(lines: list[str], first: int, cited: Mapping[int, str]) -> Iterator[TypedWord]:
    fence, before, numbers = "", "", _Numbers({})
    for at, line in enumerate(lines):
        kind = "" if fence else "citation"
        yield from (TypedWord(word, first + at, kind) for word in folded_words(cited.get(at, "")))
        if (opened := FENCE.match(line)) and (not fence or _closes(line, fence)):
            fence = "" if fence else opened[1]
        elif fence:
            yield from (TypedWord(word, first + at) for word in folded_words(line))
        elif line.strip() and not PASSED_OVER.match(line) and not _is_title(lines, at):
            kind = numbers.kind(line, before)
            for place, word in enumerate(folded_words(_bare(line))):
                yield TypedWord(word, first + at, "" if place else kind)
        before = "" if PASSED_OVER.match(line) else line


def _closes(line: str, fence: str) -> bool:
    mark = line.strip(" \t>")
    return mark.startswith(fence) and not mark.strip(fence[0])


def _is_title(lines: list[str], at: int) -> bool:
    """Whether a line is a section's title, which dashes under it say."""
    alone = at == 0 or not lines[at - 1].strip()
    return alone and at + 1 < len(lines) and UNDERLINED.match(lines[at + 1]) is not None


class _Numbers(Struct):
    """The numbers of items, by how far in they stand: of the list's last one, and whether print counts it anew."""

    last: dict[int, tuple[int, bool]]

    def kind(self, line: str, before: str) -> str:
        """The kind of a line's first word."""
        item = ITEM.match(line)
        if item is None or (GOES_ON.search(before) and not ITEM.match(before)):
            if not before.strip() and not line[0].isspace():
                self.last.clear()
            return ""
        if not item["number"].isdigit():
            return "jump"
        indent, number = len(item["before"].expandtabs(4)), int(item["number"])
        last, anew = self.last.get(indent, (number - 1, False))
        anew = anew or number != last + 1
        self.last[indent] = number, anew
        return "jump" if anew else "number"


def _bare(line: str) -> str:
    """A line without what is no word of its author's."""
    codes = ""
    if "`" in line:
        codes = " ".join(found[0] for found in CODE.finditer(line))
        line = CODE.sub("", line)
    if "[" in line:
        line = KEY_MARK.sub(" ", DEFINED.sub("", line.replace("^[", " [")))
        line = ADDRESS.sub(" ", NOTE.sub("", line))
    elif "cl" in line:
        line = KEY_MARK.sub(" ", line)
    if "{" in line:
        line = BRACES.sub(_alternative, line)
    if "@" in line:
        line = KEY.sub(" ", line)
    if "&" in line:
        line = ENTITY.sub(lambda found: html.unescape(found[0]), line)
    if "://" in line:
        line = WRAPPED.sub(" ", line)
    return f"{CAPTION.sub('', line).translate(JOINS)} {codes}"


def _alternative(found: re.Match[str]) -> str:
    """What attributes say of a picture in words."""
    said = ALTERNATIVE.search(found[0])
    return f" {said[1] or said[2] or ''} " if said else ""
