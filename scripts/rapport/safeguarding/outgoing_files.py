"""The words of finished files (DOCX, ODT, HTML) read through their marks and rewritten in place, runs kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape

from msgspec import Struct, field

from rapport.diff.alignment import Stretch, edit_script
from rapport.office.archive import pack

Rewrite = Callable[[str], str]

TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
NAME = re.compile(r"</?\s*([\w:-]+)")
# What a tag is by its name; « block » holds a paragraph of its own, and what has no kind stands inside one.
KIND = re.compile(
    r"(?P<hidden>style|script|w:instrText|w:fldSimple|w:delInstrText)$|(?P<gone>del|w:del|w:moveFrom)$|"
    r"(?P<come>ins|w:ins|w:moveTo)$|(?P<space>w:tab|w:br|w:cr|br|text:s|text:tab|text:line-break)$|"
    r"(?P<block>p|h[1-6]|li|td|th|dt|dd|caption|figcaption|title|summary|div|section|text:[ph]|[wa]:p|svg:title|svg:desc|"
    r"(?:dc|cp|dcterms|meta|vt):[\w-]+|Company|Manager|HyperlinkBase|config:config-item)$"
)
WORDS_IN = re.compile(
    r"(\s(?:alt|title|descr|aria-label|content|summary|w:author|w:initials|w:tooltip|office:name|text:description|"
    r'draw:name|w:alias|placeholder)=)"([^"]*)"'
)
ADDRESS_IN = re.compile(r'(\s(?:href|xlink:href|src|Target|id|name|w:anchor|w:name|text:name|w:instr)=)"([^"]*)"')
PARTS = re.compile(r"\.(?:xml|rels)$")


EVERY, GONE = " +-", "-"
"""What is rewritten: all words, whether they stay, came or went; those alone that a tracked change takes out."""


def rewritten(name: str, content: bytes, words: Rewrite, address: Rewrite, only: str = EVERY) -> bytes:
    """A file by its ending, its paragraphs through `words`, the addresses and names in it through `address`."""
    if name.endswith((".html", ".htm")):
        return markup(content.decode("utf-8"), words, address, only).encode()
    if not name.endswith((".docx", ".odt")):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        infos = [info for info in package.infolist() if not info.is_dir()]
        parts = {info.filename: package.read(info) for info in infos}
    changed = {
        part: made
        for part, data in parts.items()
        if PARTS.search(part) and (made := _part(data, words, address, only)) != data
    }
    if not changed:
        return content
    return _packed(infos, parts | changed) if name.endswith(".odt") else pack(parts | changed)


def _part(data: bytes, words: Rewrite, address: Rewrite, only: str) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return markup(text, words, address, only).encode()


def _packed(infos: list[zipfile.ZipInfo], parts: dict[str, bytes]) -> bytes:
    """An OpenDocument file: its parts in the order that they had, the first as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as package:
        for info in infos:
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.create_system, entry.compress_type = 0, info.compress_type
            package.writestr(entry, parts[info.filename])
    return buffer.getvalue()


class _Paragraph(Struct):
    """The pieces of one paragraph: the token that each is, its words, whether it came (+), went (-) or stays."""

    pieces: list[tuple[int, str, str]] = field(default_factory=list)


def markup(text: str, words: Rewrite, address: Rewrite, only: str = EVERY) -> str:
    """XML or HTML with the words of each paragraph rewritten, whatever marks stand between them."""
    tokens = TOKEN.findall(text)
    changes = _changes(tokens)
    for paragraph in _paragraphs(tokens, changes):
        _rewrite(paragraph.pieces, tokens, words, only)
        if any(change != " " for _, _, change in paragraph.pieces):
            for kinds in (" +", " -"):
                _rewrite([piece for piece in paragraph.pieces if piece[2] in kinds], tokens, words, only)
    made: dict[str, str] = {}  # the same tags come back row after row
    for at, token in enumerate(tokens):
        if changes[at] in only and token.startswith("<") and '="' in token and not token.startswith("<?"):
            if token not in made:
                said = WORDS_IN.sub(lambda found: _attribute(found, words), token)
                made[token] = ADDRESS_IN.sub(lambda found: _attribute(found, address), said)
            tokens[at] = made[token]
    return "".join(tokens)


def _attribute(found: re.Match[str], change: Rewrite) -> str:
    value = unescape(found[2])
    made = change(value)
    return found[0] if made == value else f'{found[1]}"{escape(made)}"'


def _changes(tokens: Sequence[str]) -> list[str]:
    """Of each token whether it came (+), went (-) or stays."""
    found, change = list[str](), [" "]
    for token in tokens:
        kind = _kind(token) if token.startswith("<") and not token.endswith("/>") else ""
        if kind in ("gone", "come"):
            change = (change[:-1] or [" "]) if token.startswith("</") else [*change, "-" if kind == "gone" else "+"]
        found.append(change[-1])
    return found


def _paragraphs(tokens: Sequence[str], changes: Sequence[str]) -> Iterator[_Paragraph]:
    stack, hidden = [_Paragraph()], 0
    for at, token in enumerate(tokens):
        if not token.startswith("<"):
            if not hidden:
                stack[-1].pieces.append((at, unescape(token), changes[at]))
            continue
        kind, closes = _kind(token), token.startswith("</")
        if not kind:
            continue
        if kind == "space":
            stack[-1].pieces.append((-1, " ", changes[at]))
        elif token.endswith("/>"):
            continue
        elif kind == "hidden":
            hidden += -1 if closes else 1
        elif kind == "block" and not closes:
            stack.append(_Paragraph())
        elif kind == "block" and len(stack) > 1:
            yield stack.pop()
    yield from stack


@lru_cache(1024)
def _kind(tag: str) -> str:
    """What a tag is; "" for what only stands in a paragraph."""
    name = NAME.match(tag)
    kind = KIND.match(name[1]) if name else None
    return (kind.lastgroup or "") if kind else ""


def _rewrite(pieces: list[tuple[int, str, str]], tokens: list[str], words: Rewrite, only: str) -> None:
    """The words of some pieces as one text, rewritten, each change where it stood."""
    if not any(change in only for _, _, change in pieces):
        return
    now = [(at, unescape(tokens[at]) if at >= 0 else said, change) for at, said, change in pieces]
    whole = "".join(said for _, said, _ in now)
    made = words(whole) if whole.strip() else whole
    if made == whole:
        return
    changes = [stretch for stretch in edit_script(whole, made) if not stretch.is_same]
    start = 0
    for at, said, change in now:
        end = start + len(said)
        kept = "".join(_kept(said, start, end, changes, made))
        if at >= 0 and kept != said and change in only:
            tokens[at] = escape(kept, quote=False)
        start = end


def _kept(said: str, start: int, end: int, changes: Sequence[Stretch], made: str) -> Iterator[str]:
    """What is left of a piece that stands from `start` to `end`; new words stand where a change begins."""
    at = start
    for _, i1, i2, j1, j2 in changes:
        if i2 <= start and not (i1 == i2 == start):
            continue
        if i1 >= end:
            break
        yield said[at - start : max(i1, at) - start]
        if start <= i1 < end:
            yield made[j1:j2]
        at = max(at, min(i2, end))
    yield said[at - start :]
