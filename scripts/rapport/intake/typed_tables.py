"""Tables typed with bars or tabs: set apart from the paragraph they are glued to, given the rule that they lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

ROW = re.compile(r"(?P<indent>[ \t]*)\|.*[^\\\s].*\|[ \t]*")
BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
IN_GRID = re.compile(r"[ \t]*[|+].*[|+][ \t]*")  # whatever stands in its cells, nothing too
GRID = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
FENCE = re.compile(r"[ \t]*(?:```|~~~)")
MARK = re.compile(r"[-–—•*·▪+#]+|\(?\w{1,4}[.)°]|\[\S+")  # of a point or of a note, which no row begins with
MARKUP = re.compile(r"([\\`*_{}\[\]<>&#+!~^$@|])")
GAP = re.compile(r"[ \xa0]*\t\s*|[ \xa0]{3,}")  # between two columns
FULL = 8  # words of a line of running text
FIGURE, YEAR = re.compile(r"\d[\d\s.,]*%?"), re.compile(r"(?:19|20)\d\d")
LONGEST = 12  # words of a cell where there are two columns: more is a text with a tab in it

Lines = Sequence[str]


def with_tables(text: str) -> str:
    """Markdown in which every table that a person typed is one that pandoc reads; all else as it was."""
    parts = split_tables(text.split("\n"))
    return "\n".join(line for lines, rows in parts for line in (["", *rows, ""] if rows else lines))


def split_tables(lines: Lines, quote: Callable[[str], str] = str) -> Iterator[tuple[Lines, Lines]]:
    """The lines cut where a typed table begins and ends: (lines, no rows), or (lines, rows of a pipe table).

    `quote` is applied to the words of each cell, where the text is no Markdown.
    """
    start = at = 0
    fenced = False
    while at < len(lines):
        fenced ^= bool(FENCE.match(lines[at]))
        count = 0 if fenced else _length(lines, at)
        if not count:
            at += 1
            continue
        if start < at:
            yield lines[start:at], ()
        yield lines[at : at + count], _rows(lines[at : at + count], quote)
        start = at = at + count
    if start < at:
        yield lines[start:at], ()


def has_table(text: str) -> bool:
    """Whether a Markdown text has a table of words."""
    return any(rows and re.search(r"\w", "".join(rows)) for _, rows in split_tables(text.split("\n")))


def told_columns(text: str) -> tuple[int, list[list[str]]]:
    """How many tables a text has whose columns are gaps, and the lines in columns of which none could be made."""
    made, uneven = 0, list[list[str]]()
    for lines, rows in split_tables(text.split("\n")):
        made += bool(rows) and not re.search(r"[|+]", lines[0])
        for wide, some in groupby([] if rows else lines, lambda line: _columns(line) > 1):
            together = list(some)
            if wide and are_uneven(list(map(_columns, together))) and not _is_running_text(together):
                uneven.append([" ".join(line.split()) for line in together])
    return made, uneven


def are_uneven(widths: Sequence[int]) -> bool:
    """Whether so many columns in each of some lines may be a table, of which the cells of some rows are missing."""
    return len(widths) > (1 if min(widths) > 2 else 2) and max(widths) > 2


def are_data(cells: Sequence[str]) -> bool:
    """Whether the first line of a table is a row like those below it, and no titles: it counts something, or has
    figures alone.
    """
    said = [cell.strip() for cell in cells if cell.strip()]
    figures = [cell for cell in said if FIGURE.fullmatch(cell)]
    return len(figures) == len(said) or not all(map(YEAR.fullmatch, figures))


def escape_markup(words: str) -> str:
    """Words such that Markdown reads them as they stand."""
    return MARKUP.sub(r"\\\1", words)


def _length(lines: Lines, at: int) -> int:
    """How many lines from here on are one table; 0 where none begins."""
    if GRID.fullmatch(lines[at]):
        count = _while(lines, at, lambda line: bool(IN_GRID.fullmatch(line)))
        return count if any(ROW.fullmatch(line) for line in lines[at : at + count]) else 0
    if ROW.fullmatch(lines[at]):
        count = _while(lines, at, lambda line: bool(ROW.fullmatch(line) or _is_rule(line)))
        count = _double_spaced(lines, at) if count == 1 else count
        return count if sum(1 for line in lines[at : at + count] if line.strip() and not _is_rule(line)) > 1 else 0
    if at + 1 < len(lines) and BAR.search(lines[at]) and _is_rule(lines[at + 1]):
        return _while(lines, at, lambda line: bool(BAR.search(line)))
    width = _columns(lines[at])
    count = _while(lines, at, lambda line: _columns(line) == width) if width else 0
    some = lines[at : at + count]
    return count if are_columns([GAP.split(line.strip()) for line in some]) and not _is_running_text(some) else 0


def _is_running_text(lines: Lines) -> bool:
    """Whether gaps of spaces justify the lines of a paragraph: they are no columns, one below the other."""
    gaps = [list(GAP.finditer(line.strip())) for line in lines]
    if any("\t" in line for line in lines):
        return False
    common = set.intersection(*({edge for gap in some for edge in gap.span()} for some in gaps))
    full = sum(len(line.split()) for line in lines) >= FULL * len(lines)
    goes_on = 2 * sum(line.lstrip()[:1].islower() for line in lines[1:]) >= len(lines)
    return len(common) < min(map(len, gaps)) and (full or goes_on)


def _while(lines: Lines, at: int, holds: Callable[[str], bool]) -> int:
    return next((index for index in range(at, len(lines)) if not holds(lines[index])), len(lines)) - at


def _double_spaced(lines: Lines, at: int) -> int:
    """The lines of a table that has an empty line after every row."""
    width, end = _width(lines[at]), at + 1
    while end + 1 < len(lines) and not lines[end].strip() and ROW.fullmatch(lines[end + 1]):
        if _width(lines[end + 1]) != width or (end + 2 < len(lines) and _is_rule(lines[end + 2])):
            break
        end += 2
    return end - at


def _is_rule(line: str) -> bool:
    return "|" in line and bool(RULE.fullmatch(line))


def _columns(line: str) -> int:
    """The columns that gaps make in a line; 0 for a line without, or a point of a list."""
    first, *others = GAP.split(line.rstrip())
    return len(others) + 1 if first and others and not (MARK.fullmatch(first.strip()) or line[0] == ">") else 0


def are_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines cut into cells are a table, each as wide; of two columns only three short ones or more, that are
    neither contents with their pages, nor labels with their words, nor sentences.
    """
    width = len(rows[0]) if rows else 0
    if width < 2 or len(rows) < (3 if width == 2 else 2) or any(len(row) != width for row in rows):
        return False
    told = all(row[-1].isdigit() for row in rows) or all(row[0].endswith((":", ".", "!", "?")) for row in rows)
    return width > 2 or not (told or any(len(cell.split()) > LONGEST for row in rows for cell in row))


def _cells(line: str) -> list[str]:
    if "|" not in line and GAP.search(line.strip()):
        return GAP.split(line.strip())
    line = line.strip().removeprefix("|")
    return BAR.split(line[:-1] if line.endswith("|") and not line.endswith("\\|") else line)


def _width(line: str) -> int:
    return len(_cells(line))


def _rows(lines: Lines, quote: Callable[[str], str]) -> Lines:
    """The lines of a pipe table with titles, a rule as wide as its widest row, then the other rows."""
    drawn = [bool(GRID.fullmatch(line)) for line in lines]
    if any(drawn):
        if any(not ruled and not after for ruled, after in pairwise(drawn)):
            return lines  # cells of several lines, which pandoc alone reads
        lines = [line for line, ruled in zip(lines, drawn, strict=True) if not ruled]
    indent = re.match(r"[ \t]*", lines[0])
    head = indent[0] if indent and "|" in lines[0] else ""
    rows = [_cells(line) for line in lines if line.strip() and not _is_rule(line)]
    rules = [_cells(line) for line in lines if _is_rule(line)]
    width = max(map(len, rows))
    rule = [*(cell.strip() for cell in rules[0][:width]), *["---"] * width][:width] if rules else ["---"] * width
    headless = _is_rule(lines[0]) or (not rules and are_data(rows[0]))
    titled = [[""] * width, rule, *rows] if headless else [rows[0], rule, *rows[1:]]
    written = [[cell.strip() if row is rule else quote(cell.strip()) for cell in row] for row in titled]
    return [f"{head}| {' | '.join(row)} |" for row in written]
