"""What no validator of Word files tells: bookmarks that never end or share a name, and what leads to none of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from docx_sample import W, Word

FIELD = re.compile(r"\s*(?:PAGE)?REF\s+(\S+)")
TEXT_PARTS = re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml")
LONGEST_NAME = 40


def wrong_bookmarks(word: Word) -> Iterator[str]:
    """Everything that is wrong with the bookmarks of a file, and with the links and fields that need them."""
    starts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    needed: set[str] = set()
    for part in filter(TEXT_PARTS.fullmatch, word.parts):
        for element in word.xml(part).iter(
            f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}hyperlink", f"{W}instrText", f"{W}fldSimple"
        ):
            number, name = element.get(f"{W}id", ""), element.get(f"{W}name", "")
            if element.tag == f"{W}bookmarkStart":
                starts[number] += 1
                names[name] += 1
                if not 0 < len(name) <= LONGEST_NAME:
                    yield f"a name that Word cuts: {name}"
            elif element.tag == f"{W}bookmarkEnd":
                ended[number] += 1
                if not starts[number]:
                    yield f"an end before its beginning: {number}"
            elif element.tag == f"{W}hyperlink":
                needed |= {element.get(f"{W}anchor", "")} - {""}
            else:
                needed |= set(FIELD.findall(element.text or element.get(f"{W}instr", "")))
    yield from (f"a number twice: {number}" for number, count in starts.items() if count > 1)
    yield from (f"a name twice: {name}" for name, count in names.items() if count > 1)
    yield from (f"not ended once: {number}" for number in starts if ended[number] != 1)
    yield from (f"leads nowhere: {name}" for name in sorted(needed - set(names)))


def unclosed_fields(word: Word) -> Iterator[str]:
    """Fields that do not begin, divide and end in this order, each in the part it began in."""
    for part in filter(TEXT_PARTS.fullmatch, word.parts):
        open_: list[str] = []
        for element in word.xml(part).iter(f"{W}fldChar"):
            match element.get(f"{W}fldCharType"), open_[-1:]:
                case "begin", _:
                    open_.append("begin")
                case "separate", ["begin"]:
                    open_[-1] = "separate"
                case "end", ["begin" | "separate"]:
                    open_.pop()
                case kind, _:
                    yield f"{part}: {kind} where none can be"
        if open_:
            yield f"{part}: a field that never ends"
