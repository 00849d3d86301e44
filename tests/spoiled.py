"""Ways to spoil a finished output, for the tests of verification: on the bytes, with no code of the exporters."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from lxml import etree

from rapport.proof.pdf_file import INSIDE, PdfFile, unescape
from rapport.proof.pdf_page import Fonts, read_page
from rapport.proof.pdf_page import letters as font_letters

Change = Callable[[bytes], bytes]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONT = re.compile(rb"/(\w+) [-\d.]+ Tf")
SHOWN = re.compile(rb"\[((?:[^()\]]++|\(" + INSIDE + rb"\))*+)\]TJ", re.DOTALL)
STRING = re.compile(rb"\((" + INSIDE + rb")\)", re.DOTALL)


def swap(text: str, one: str, other: str) -> str:
    """A text in which two stretches have changed places."""
    assert text.count(one) == text.count(other) == 1, (text.count(one), text.count(other))
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def text(old: str, new: str) -> Change:
    """For a page: one stretch replaced by another, at its first place."""

    def change(content: bytes) -> bytes:
        assert old in content.decode(), old
        return content.decode().replace(old, new, 1).encode()

    return change


def pattern(old: str, new: str) -> Change:
    """The same by a pattern."""

    def change(content: bytes) -> bytes:
        changed, count = re.subn(old, new, content.decode(), count=1, flags=re.DOTALL)
        assert count, old
        return changed.encode()

    return change


# ---- Word


def docx(part: str, change: Change) -> Change:
    """A Word file with one part changed ("" for a part that is not there yet)."""

    def spoil(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
        before = parts.get(part, b"")
        parts[part] = change(before)
        assert parts[part] != before
        return packed(parts)

    return spoil


def packed(parts: dict[str, bytes], date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, date), part)
    return out.getvalue()


def dated(content: bytes) -> bytes:
    """A Word file whose members say when they were written."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    return packed(parts, (2026, 11, 23, 8, 0, 0))


def moved(first: str, last: str, before: str) -> Change:
    """A Word file in which the blocks from one title to another stand before a third."""

    def change(content: bytes) -> bytes:
        root = etree.fromstring(content)
        body = root[0]

        def place(words: str) -> int:
            said = ["".join(t.text or "" for t in block.iter(f"{W}t")) for block in body]
            return len(said) - 1 - said[::-1].index(words)

        start, end = place(first), place(last)
        blocks = body[start:end]
        target = body[place(before)]
        for block in blocks:
            target.addprevious(block)
        return etree.tostring(root)

    return change


def in_properties(words: str, what: str) -> Change:
    """For a part: something put first into the properties of the paragraph that begins with some words."""
    return pattern(rf"(<w:p>(?:(?!</w:p>).)*?<w:pPr>)((?:(?!</w:p>).)*?{words})", rf"\1{what}\2")


def in_run(words: str, what: str) -> Change:
    """The same of the run that begins with them."""
    return pattern(rf"<w:r>(<w:t[^>]*>{words})", rf"<w:r><w:rPr>{what}</w:rPr>\1")


def in_style(name: str, what: str, of: str) -> Change:
    """For the styles: something more in the properties (`of`: those of its letters, or of its paragraph) of one."""
    return pattern(
        rf'(<w:style\b[^>]*w:styleId="{name}"(?:(?!</w:style>).)*)(</w:style>)', rf"\1<w:{of}>{what}</w:{of}>\2"
    )


# ---- the page


def restyled(rule: str) -> Change:
    """A page with one more rule in its style sheet, which its policy allows."""

    def change(content: bytes) -> bytes:
        page = content.decode()
        before = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
        assert _digest(before) in page
        return (
            page.replace("</style>", f"{rule}</style>", 1)
            .replace(_digest(before), _digest(_added(page, rule)))
            .encode()
        )

    return change


def _added(page: str, rule: str) -> str:
    return "".join(re.findall(r"<style>(.*?)</style>", page.replace("</style>", f"{rule}</style>", 1), re.DOTALL))


def _digest(css: str) -> str:
    return b64encode(sha256(css.encode()).digest()).decode("ascii")


# ---- PDF


class Pdf:
    """The objects of a PDF, to be changed and put together again."""

    def __init__(self, content: bytes) -> None:
        self.file = PdfFile(content)
        self.head = content[: self.file.ends[0]]
        self.objects = {n: self.file.object(n) for n, offset in enumerate(self.file.offsets) if offset}

    def content(self) -> bytes:
        out, table = bytearray(self.head), [b"0000000000 65535 f \n"]
        for number in range(1, len(self.file.offsets)):
            table.append(b"%010d 00000 n \n" % len(out))
            out += b"%d 0 obj\n" % number + self.objects[number].rstrip() + b"\n"
        start = len(out)
        size = b"xref\n0 %d\n" % len(table)
        trailer = self.file.trailer[: self.file.trailer.index(b"startxref")]
        return bytes(out) + size + b"".join(table) + trailer + b"startxref\n%d\n%%%%EOF" % start

    def pages(self) -> list[tuple[int, int]]:
        """The number of each page and of its instructions."""
        found = [(n, re.search(rb"/Type/Page/.*?/Contents (\d+) 0 R", source)) for n, source in self.objects.items()]
        return [(n, int(match[1])) for n, match in found if match]

    def tag_of(self, words: str) -> int:
        """The number of the tag that some words are in."""
        fonts = Fonts(self.file)
        for page, instructions in self.pages():
            resources = self.file.value(self.file.dictionary(page), b"Resources")
            said = read_page(self.file.stream(instructions), [one[:2] for one in fonts.with_widths(resources)]).words
            for mcid in (mcid for mcid, text in said.items() if words in text):
                kid = re.compile(rb"/K\[(?:[^\]]* )?%d(?: [^\]]*)?\]/Pg %d 0 R" % (mcid, page))
                return next(n for n, source in self.objects.items() if kid.search(source))
        raise AssertionError(words)

    def write(self, number: int, data: bytes) -> None:
        packed = zlib.compress(data)
        self.objects[number] = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj" % (
            len(packed),
            packed,
        )


def pdf(change: Callable[[Pdf], None]) -> Change:
    def spoil(content: bytes) -> bytes:
        opened = Pdf(content)
        change(opened)
        return opened.content()

    return spoil


def retyped(old: str, new: str, at: int = 0) -> Change:
    """A PDF in which some words of one line (the first, or a later one) are others, set in the same font."""

    def change(opened: Pdf) -> None:
        left = at
        fonts = Fonts(opened.file)
        for page, instructions in opened.pages():
            source = opened.file.dictionary(page)
            known = {
                name: font_letters(table)
                for name, table, _ in fonts.with_widths(opened.file.value(source, b"Resources"))
            }
            stream = opened.file.stream(instructions)
            for shown in SHOWN.finditer(stream):
                letters = known[FONT.findall(stream, 0, shown.start())[-1]]
                codes = unescape(b"".join(STRING.findall(shown[1])))
                said = codes.decode("utf-16-be").translate(letters)
                if old not in said:
                    continue
                if left:
                    left -= 1
                    continue
                coded = {letter: code for code, letter in letters.items()}
                text = "".join(chr(coded[letter]) for letter in said.replace(old, new, 1))
                line = "".join(f"\\{byte:03o}" for byte in text.encode("utf-16-be")).encode()
                opened.write(instructions, stream[: shown.start()] + b"[(" + line + b")]TJ" + stream[shown.end() :])
                return
        raise AssertionError(old)

    return pdf(change)


def instructed(old: bytes, new: bytes) -> Change:
    """A PDF in which instructions of the first page that has them are others."""

    def change(opened: Pdf) -> None:
        for _, instructions in opened.pages():
            stream = opened.file.stream(instructions)
            changed, count = re.subn(old, new, stream, count=1, flags=re.DOTALL)
            if count:
                opened.write(instructions, changed)
                return
        raise AssertionError(old)

    return pdf(change)


def tagged(role: bytes, change: Callable[[bytes], bytes], holding: bytes = b"") -> Change:
    """A PDF with the source of the first tag of a role (that holds something) changed."""

    def spoil(opened: Pdf) -> None:
        tag = re.compile(rb"/StructElem/S/" + role + b"/.*" + holding, re.DOTALL)
        number = next(n for n, source in opened.objects.items() if tag.search(source))
        before = opened.objects[number]
        opened.objects[number] = change(before)
        assert opened.objects[number] != before

    return pdf(spoil)


def around(words: str, change: Callable[[list[bytes], int], list[bytes]], above: int = 1) -> Change:
    """A PDF in which the kids of the tag above some words are others: `change` gets them, and where the words are."""

    def spoil(opened: Pdf) -> None:
        number = opened.tag_of(words)
        for _ in range(above):
            here = b"%d 0 R" % number
            parent = re.search(rb"/P (\d+) 0 R", opened.objects[number])
            assert parent
            number = int(parent[1])
        opened.objects[number] = kids(lambda held: change(held, held.index(here)))(opened.objects[number])

    return pdf(spoil)


def beyond(words: str, change: Callable[[list[bytes], int], list[bytes]]) -> Change:
    """The same, one tag further up."""
    return around(words, change, above=2)


def kids(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """For the source of a tag: its kids in another order, or fewer."""

    def spoil(source: bytes) -> bytes:
        found = re.search(rb"/K\[([^\[\]]*)\]", source)
        assert found
        held = re.findall(rb"\d+ 0 R|<<[^<>]*>>|\d+", found[1])
        return source[: found.start(1)] + b" ".join(change(held)) + source[found.end(1) :]

    return spoil


def raw(old: bytes, new: bytes) -> Change:
    """A PDF with the bytes of some object changed."""

    def change(opened: Pdf) -> None:
        for number, source in opened.objects.items():
            if re.search(old, source, re.DOTALL):
                opened.objects[number] = re.sub(old, new, source, count=1, flags=re.DOTALL)
                return
        raise AssertionError(old)

    return pdf(change)


RECTANGLE = re.compile(rb"/Rect\s*\[([^\]]*)\]")


def _links(opened: Pdf) -> dict[int, list[float]]:
    """The rectangle of each link, by the number of its annotation."""
    found = ((n, RECTANGLE.search(source)) for n, source in opened.objects.items() if b"/Subtype/Link" in source)
    return {number: [float(word) for word in match[1].split()] for number, match in found if match}


def _set_rectangle(opened: Pdf, number: int, to: list[float]) -> None:
    text = b"/Rect[" + " ".join(map(str, to)).encode() + b"]"
    opened.objects[number] = RECTANGLE.sub(text, opened.objects[number], count=1)


@pdf
def shifted_link(opened: Pdf) -> None:
    """A PDF in which a link stands on the same line, farther to the right than it is wide."""
    number, (left, low, right, high) = next(iter(_links(opened).items()))
    _set_rectangle(opened, number, [right + 40, low, 2 * right - left + 40, high])


@pdf
def exchanged_links(opened: Pdf) -> None:
    """A PDF in which the first two links stand each on the words of the other."""
    links = _links(opened)
    first, second, *_ = links
    _set_rectangle(opened, first, links[second])
    _set_rectangle(opened, second, links[first])


@pdf
def widened_link(opened: Pdf) -> None:
    """A PDF in which a link answers all over the page."""
    _set_rectangle(opened, next(iter(_links(opened))), [0, 0, 595, 842])


@pdf
def moved_part(opened: Pdf) -> None:
    """A PDF in which one part of a link that goes over two lines lies on the words above."""
    parts = re.compile(rb"/QuadPoints\s*\[([^\]]*)\]")
    number, found = next((n, match) for n, source in opened.objects.items() if (match := parts.search(source)))
    numbers = [float(word) for word in found[1].split()]
    moved = [one + 40 if at % 2 and at < 8 else one for at, one in enumerate(numbers)]
    changed = b"/QuadPoints[" + " ".join(map(str, moved)).encode() + b"]"
    opened.objects[number] = opened.objects[number].replace(found[0], changed)


@pdf
def laid_link(opened: Pdf) -> None:
    """A PDF in which a link that no tag knows is laid over a page, as a copy of one that stands elsewhere."""
    source, number = next(s for s in opened.objects.values() if b"/Subtype/Link" in s), len(opened.file.offsets)
    page = next(n for n, s in opened.objects.items() if b"/Type/Page/" in s and b"/Annots[" in s)
    opened.objects[page] = opened.objects[page].replace(b"/Annots[", b"/Annots[%d 0 R " % number)
    opened.objects[number] = RECTANGLE.sub(b"/Rect[0 0 595 842]", source, count=1)
    opened.file.offsets.append(1)
    opened.file.trailer = re.sub(rb"/Size \d+", b"/Size %d" % (number + 1), opened.file.trailer)
