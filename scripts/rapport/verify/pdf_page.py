"""A page of a PDF: the words and pictures that its instructions show, by the number of the tag they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapport.verify.pdf_file import INSIDE, TEXT, PdfFile, unescaped, words
from rapport.verify.reading import Unreadable

FONT = re.compile(rb"/([\w+-]+)\s+(\d+) 0 R")
MAPPED = re.compile(rb"<(\w+)>\s*<(\w+)>")
CODES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
MCID = re.compile(rb"/MCID\s+(\d+)")
ACTUAL = re.compile(rb"/ActualText\s*" + TEXT, re.DOTALL)

# What counts among a page's instructions: content marked and its end, fonts, text, pictures. Each match begins with all
# that does not count, and the last alternative lets nothing be looked at twice.
STEP = re.compile(
    rb"[^/E\[(]*+(?:/(?P<tag>\w+)\s*(?P<about><<(?:[^<>]|<[0-9A-Fa-f]*>|<<[^<>]*>>)*>>)?\s*(?:BDC|BMC)\b"
    rb"|(?P<end>EMC\b)"
    rb"|/(?P<font>[\w+-]+)\s+[-\d.]+\s+Tf"
    rb"|\[(?P<pieces>(?:[^()\]]++|\(" + INSIDE + rb"\))*+)\]\s*TJ"
    rb"|\((?P<string>" + INSIDE + rb")\)\s*(?:Tj|')"
    rb"|/(?P<shown>[\w+-]+)\s+Do\b"
    rb"|[/E\[(])",
    re.DOTALL,
)
INVISIBLE = re.compile(rb"\b[1-7]\s+Tr\b")
PIECE = re.compile(rb"\((" + INSIDE + rb")\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: words and pictures by tag, words that are no part of the text, words nobody sees or reads out."""

    words: Mapping[int, str]
    pictures: Mapping[int, bytes]
    aside: tuple[str, ...]
    unseen: tuple[str, ...]
    untagged: tuple[str, ...]


class Fonts:
    """What the codes of a PDF's fonts mean, each font read once."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self.known: dict[bytes, Mapping[int, str]] = {}

    def of(self, resources: bytes) -> dict[bytes, Mapping[int, str]]:
        """The fonts that a page names, as code → letters."""
        found = re.search(rb"/Font\s*(?:<<([^<>]*)>>|(\d+) 0 R)", resources)
        named = (found[1] or self.file.dictionary(found[2])) if found else b""
        return {name: self.font(number) for name, number in FONT.findall(named)}

    def font(self, number: bytes) -> Mapping[int, str]:
        if number not in self.known:
            source = self.file.dictionary(number)
            to_unicode = re.search(rb"/ToUnicode\s*(\d+) 0 R", source)
            if not to_unicode or b"/Identity-H" not in source:
                raise Unreadable(f"{int(number)} 0 obj: /Font")
            table = self.file.stream(to_unicode[1])
            if b"beginbfrange" in table:
                raise Unreadable("beginbfrange")
            self.known[number] = {
                int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be")
                for block in CODES.findall(table)
                for code, text in MAPPED.findall(block)
            }
        return self.known[number]


def read_page(instructions: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> Page:
    """What a page's instructions show."""
    said: dict[int, list[str]] = defaultdict(list)
    pictures: dict[int, bytes] = {}
    apart: dict[str, list[str]] = {"aside": [], "unseen": [], "untagged": []}
    open_tags: list[tuple[int | None, bool, str]] = []  # number, whether no part of the text, the words it stands for
    letters: Mapping[int, str] = {}
    unseen = INVISIBLE.search(instructions) is not None
    for step in STEP.finditer(instructions):
        kind = step.lastgroup
        if kind is None:
            continue
        if kind in ("tag", "about"):
            number, artifact, actual = open_tags[-1] if open_tags else (None, False, "")
            about = step["about"] or b""
            if found := MCID.search(about):
                number = int(found[1])
            artifact = artifact or step["tag"] == b"Artifact"
            if (found := ACTUAL.search(about)) and not actual:
                actual = words(found[1])
                if number is not None and not artifact:
                    said[number].append(actual)
                actual = actual or "\0"
            open_tags.append((number, artifact, actual))
        elif kind == "end":
            if not open_tags:
                raise Unreadable("EMC")
            open_tags.pop()
        elif kind == "font":
            if step["font"] not in fonts:
                raise Unreadable(f"/{step['font'].decode('latin-1')} Tf")
            letters = fonts[step["font"]]
        else:
            number, artifact, actual = open_tags[-1] if open_tags else (None, False, "")
            if kind == "shown":
                if number is not None and not artifact:
                    pictures[number] = step["shown"]
                continue
            codes = b"".join(PIECE.findall(step["pieces"])) if kind == "pieces" else step["string"]
            text = unescaped(codes).decode("utf-16-be").translate(letters)
            if unseen:
                apart["unseen"].append(text)
            if artifact:
                apart["aside"].append(text)
            elif number is None:
                apart["untagged"].append(text)
            elif not actual:
                said[number].append(text)
    if open_tags:
        raise Unreadable("EMC")
    kept = {name: tuple(texts) for name, texts in apart.items()}
    return Page({number: "".join(texts) for number, texts in said.items()}, pictures, **kept)
