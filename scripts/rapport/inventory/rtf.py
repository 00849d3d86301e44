"""A rich text file counted: its groups and control words read one after the other."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from rapport.inventory.states import Inventory

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<number>-?\d+)? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
HEADING = re.compile(rb"\{\\s(\d+)[^{}]*?(?:[Hh]eading|[Tt]itre|Title) ?\d?;\}")
LEVELLED = re.compile(rb"\{\\s(\d+)[^{}]*?\\outlinelevel[0-8]\b")
UNREAD = frozenset(
    "fonttbl colortbl stylesheet info fldinst listtext pntext bkmkstart bkmkend xe tc generator themedata"
    " colorschememapping datastore latentstyles"
    " listtable listoverridetable rsidtbl revtbl filetbl operator objdata sp sn sv".split()
)
APART = dict.fromkeys("header footer headerl headerr headerf footerl footerr footerf".split(), "outside_texts") | {
    "footnote": "notes",
    "annotation": "comments",
}
SPACED = {"tab": " ", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
          "rdblquote": "”", "emspace": " ", "enspace": " "}  # fmt: skip


class _Group(Struct, frozen=True):
    """What holds until the group ends: where its words go, and the signs that stand for one of Unicode."""

    destination: str = "text"  # or notes, outside_texts, comments; "" for nowhere
    is_deleted: bool = False
    skipped_signs: int = 1


def read(data: bytes) -> Inventory:
    """The inventory of a file's bytes."""
    page = re.search(rb"\\ansicpg(\d+)", data[:2000])
    styles = {int(found[1]) for pattern in (HEADING, LEVELLED) for found in pattern.finditer(data)}
    reader = _Reader(Inventory(), f"cp{int(page[1])}" if page else "cp1252", frozenset(styles))
    for token in TOKEN.finditer(data):
        reader.token(token)
    reader.paragraph()
    reader.close()
    return reader.inventory


class _Reader(Struct):
    """One pass over the tokens."""

    inventory: Inventory
    codepage: str
    styles: frozenset[int]
    group: _Group = _Group()
    open_groups: list[_Group] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in ("text", *APART.values())})
    line: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    heading: bool = False
    in_list: bool = False
    in_table: bool = False
    is_starred: bool = False  # the next word begins a group that may be left out
    pending: int = 0  # signs that stand for the last one of Unicode, for programs that know none

    def token(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "open":
            self.open_groups.append(self.group)
        elif kind == "close" and self.open_groups:
            self._leave()
        elif kind in ("word", "number"):
            self._word(token["word"].decode("ascii"), int(token["number"]) if token["number"] else None)
        elif kind == "hex":
            self._letters(bytes.fromhex(token["hex"].decode("ascii")).decode(self.codepage, "replace"))
        elif kind == "sign":
            self._sign(token["sign"].decode("latin-1"))
        elif kind == "text":
            self._letters(token["text"].decode(self.codepage, "replace"))

    def _leave(self) -> None:
        inner, self.group = self.group, self.open_groups.pop()
        if inner.destination != self.group.destination and inner.destination in APART.values():
            text = "".join(self.texts[inner.destination])
            self.texts[inner.destination] = []
            if text.strip():
                getattr(self.inventory, inner.destination).append(text)
            if inner.destination == "notes":
                self.texts["text"].append(f" {text} ")

    def _sign(self, sign: str) -> None:
        self.is_starred = sign == "*"
        if sign in "\\{}":
            self._letters(sign)
        elif sign in "~_-":
            self._put({"~": " ", "_": "-", "-": ""}[sign])

    def _letters(self, text: str) -> None:
        passed = min(self.pending, len(text))
        self.pending -= passed
        self._put(text[passed:])

    def _put(self, text: str) -> None:
        if self.group.destination and not self.group.is_deleted:
            self.texts[self.group.destination].append(text)
            if self.group.destination == "text":
                self.line.append(text)

    def _word(self, word: str, number: int | None) -> None:
        starred, self.is_starred = self.is_starred, False
        if word in ("listtext", "pntext") and self.group.destination == "text":
            self.in_list = True
        if word in UNREAD or (starred and word not in ("shpinst", "shptxt")):
            self.group = replace(self.group, destination="")
        elif word in APART and self.group.destination:
            self.group = replace(self.group, destination=APART[word])
        elif word == "deleted":
            self.group = replace(self.group, is_deleted=number != 0)
        elif word == "uc":
            self.group = replace(self.group, skipped_signs=number or 0)
        elif word == "u" and number is not None:
            self._put(chr(number % 65536))
            self.pending = self.group.skipped_signs
        elif word in SPACED:
            self._put(SPACED[word])
        elif word == "pict" and self.group.destination:
            self.inventory.pictures.append("".join(self.line)[-80:])
            self.group = replace(self.group, destination="")
        elif self.group.destination == "text":
            self._layout(word, number)

    def _layout(self, word: str, number: int | None) -> None:
        """A word that says what the paragraph is, or that it ends."""
        match word:
            case "pard":
                self.heading = self.in_list = self.in_table = False
            case "s":
                self.heading = number in self.styles
            case "outlinelevel":
                self.heading = number is not None and number < 9
            case "ls":
                self.in_list = bool(number)
            case "intbl":
                self.in_table = True
            case "par" | "sect" | "cell" | "nestcell":
                self.paragraph()

    def paragraph(self) -> None:
        """The paragraph that ends here, counted."""
        text = "".join(self.line)
        self.line = []
        self.texts["text"].append("\n")
        if self.in_list and not self.heading and text.strip():
            self.points.append(text)
        elif text.strip():
            self._close_list()
        if self.heading and text.strip():
            self.inventory.headings.append(text)
        if self.in_table:
            self.cells.append(text)
        elif text.strip():
            self._close_table()

    def _close_list(self) -> None:
        self.inventory.lists += [tuple(self.points)] if self.points else []
        self.points = []

    def _close_table(self) -> None:
        self.inventory.tables += [tuple(self.cells)] if self.cells else []
        self.cells = []

    def close(self) -> None:
        self._close_list()
        self._close_table()
        self.inventory.text = "".join(self.texts["text"])
