"""Markdown and plain text counted, a line at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from rapport.inventory.states import Inventory

HEADER = re.compile(r"\A\s*---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
KEY = re.compile(r"[\s-]*(?:\w[\w -]*[ \t]*:(?=\s|\Z))?")
HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*(?:\{[^{}]*\})?$")
UNDERLINE = re.compile(r"=+|-{3,}")
POINT = re.compile(r"\s*(?:[-*+•–·▪]|\d{1,3}[.)]|\(\d{1,3}\)|#\.)\s+(.*)")
TASK = re.compile(r"^([ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+)\[[ xX]\](?=[ \t])", re.MULTILINE)  # a box, ticked or not
NOTE = re.compile(r"\[\^[^\]\s]+\]:\s*(.*)")
NOTE_HERE = re.compile(r"\^\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")
PICTURE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])?(?:\{[^{}]*\})?")
DEFINED = re.compile(r"\s{0,3}\[[^\]^]+\]:\s*<?\S+")  # where a link or picture leads
ADDRESS = re.compile(
    r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|(?:(?<=\])|(?<=::: ))\{[^{}]*\}|\{[#.][^{}]*\}|"
    r"\[\^[^\]\s]+\]:?"
)
RULED = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*|\+[-=+:]+\+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ENTITY = re.compile(r"(?P<code>`[^`]*`|\\\\|\\&)|&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def decode(data: bytes) -> str:
    """The text of bytes in one of the encodings that people's programs write."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp1252")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("latin-1")


def read(text: str, markdown: bool) -> Inventory:
    """The inventory of a text; without `markdown` only lists have a mark of their own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = TASK.sub(r"\1", text)
    found = Inventory(text)
    if markdown:
        header = HEADER.match(text)
        found.outside_texts += _header_values(header[0]) if header else []
        text = COMMENT.sub(" ", text[header.end() :] if header else text)
        _pictures(text, found)
        found.notes += [note[1] for note in NOTE_HERE.finditer(text)]
        found.text = "\n".join(_bare(line) for line in PICTURE.sub(" ", text).split("\n"))
    _lines(text.split("\n"), found, markdown)
    return found


def _header_values(header: str) -> list[str]:
    """What a header says, key by key; an editor's program reads the keys."""
    values: list[str] = []
    for line in header.split("\n"):
        key = KEY.match(line)
        value = line[key.end() if key else 0 :].strip()
        if line.lstrip().startswith("#"):
            continue
        if values and line[:1].isspace() and key and not key[0].strip():
            values[-1] += f" {value}"  # the line above goes on
        else:
            values += value.split(",") if value.startswith("[") else [value]
    return values


def _pictures(text: str, found: Inventory) -> None:
    for picture in PICTURE.finditer(text):
        found.pictures.append(_bare(text[: picture.start()].strip().rpartition("\n")[2])[-80:])


def _bare(line: str) -> str:
    """A line without what Markdown alone reads."""
    if DEFINED.match(line):
        return ""
    line = ENTITY.sub(lambda found: found["code"] or html.unescape(found[0]), line)
    return TAG.sub("", ADDRESS.sub(" ", line)).replace("*", "").replace("`", "")


def _lines(lines: Sequence[str], found: Inventory, markdown: bool) -> None:
    points: list[str] = []
    cells: list[str] = []
    for before, line, after in zip(["", *lines[:-1]], lines, [*lines[1:], ""], strict=True):
        heading, point, note = HEADING.match(line), POINT.match(line), NOTE.match(line)
        if point and not RULED.fullmatch(line):
            points.append(_bare(point[1]))
        elif points and before.strip() and line.strip() and (line[0].isspace() or (markdown and not heading)):
            points[-1] += f" {_bare(line)}"
        elif points and line.strip() and not line.startswith((" ", "\t")):
            found.lists.append(tuple(points))
            points = []
        if not markdown:
            continue
        if heading or (line.strip() and UNDERLINE.fullmatch(after.rstrip()) and "|" not in line and not point):
            found.headings.append(_bare(heading[1] if heading else line))
        if note:
            found.notes.append(_bare(note[1]))
        if "|" in line:
            cells += [_bare(cell) for cell in line.split("|")]
        elif cells:
            found.tables += [tuple(cells)] if any(RULED.fullmatch(one) for one in lines if "|" in one) else []
            cells = []
    found.lists += [tuple(points)] if points else []
    found.tables += [tuple(cells)] if cells else []
