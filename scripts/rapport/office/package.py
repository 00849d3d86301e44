"""A Word or OpenDocument file that came from outside, opened as its parts under limits, or refused with the reason.

Nothing of it is run, fetched or followed. What could run or fetch (macros, DDE, another file taken in as it is) is
refused, because the editor will open the original too; what merely cannot be carried is counted by the reader.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

from lxml import etree
from msgspec import Struct

from rapport.office.file_kinds import BROKEN, Kind, kind_of
from rapport.office.hyperlink_repair import close_tracked_changes
from rapport.office.namespaces import q
from rapport.office.xml import Element

MAX_FILE = 100_000_000  # bytes as sent
MAX_PARTS = 5_000
MAX_PART = 100_000_000  # bytes of one part, unpacked
MAX_TOTAL = 400_000_000  # bytes of all parts, unpacked
MAX_RATIO = 400  # of a whole file; text packs 10 to 20 times
SMALL = 10_000_000  # bytes below which any ratio is harmless

ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_MACROS = ("_VBA_PROJECT", "Macros")
OLD_SECRETS = ("EncryptionInfo".encode("utf-16-le"),)
# In a binary file the word of a field stands alone after its opening sign; in RTF after « fldinst ».
OLD_FIELD = re.compile(
    rb"(?:\x13|fldinst[^}]{0,80}?)[\s{\\*]*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b", re.IGNORECASE
)
# What an RTF file would bring up to date, or fetch, when it is opened.
OLD_REMOTE = re.compile(rb"\\obj(?:autlink|update|html)\b|\\\*\s*\\template\s+(?:\w{2,}:|\\\\)", re.IGNORECASE)
MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^Basic/|^Scripts/", re.IGNORECASE)
OUT_OF_PLACE = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)|\\")
XML_PART = re.compile(r"\.(xml|rels|rdf)$", re.IGNORECASE)
LOOSE = re.compile(r"(^|/)(media|embeddings|Pictures|Thumbnails|ObjectReplacements)/|html?$", re.IGNORECASE)
DECLARED = re.compile(r"^\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.-]*)[\"'][^>]*\?>")
# Office and OpenDocument know UTF-8 and UTF-16; in the others here, every sign of XML's own is one byte and that one.
PLAIN = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252")
DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)")
NESTED = "\0"  # in an instruction, where another field stands; one that begins so may become any command
RUN_FIELD = re.compile(rf"^\s*({NESTED}|(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDE|IMPORT)\b)", re.IGNORECASE)
LINK_FIELD = re.compile(r"^\s*(LINK)\b.*?(?:\b(?!file:)\w{2,}://|[\"\s]\\{2})", re.IGNORECASE | re.DOTALL)
# A Mac says its own folders with four strokes; a computer without a dot in its name is one of the sender's own house.
AT_HOME = r"(?!file:/{2}localhost/|file:/{4}(?:Users|Applications|Library|private|System)/|[\\/]{2}[\w-]+[\\/])"
REMOTE = re.compile(rf"{AT_HOME}(?:(?!file:)\w{{2,}}:|file:/{{2}}[^/]|file:/{{4,}}|[\\/]{{2}})", re.IGNORECASE)
# What OpenOffice writes above its parts: the name of a DTD that nobody fetches, and nothing of one.
OPENOFFICE = re.compile(rb'<!DOCTYPE\s+[\w:-]+\s+PUBLIC\s+"-//OpenOffice\.org//DTD [^"<>\[]*"\s+"[\w.-]*"\s*>')
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument")  # what Word opens by itself

ODF_FETCHED = ("object", "object-ole", "plugin", "applet", "floating-frame")
ODF_RUN = {"dde-source": "DDE", "dde-connection-decl": "DDE", "dde-link": "DDE", "section-source": "section"}


class Unsafe(Exception):
    """A file that is not opened: `reason` is a word of the catalogue, `detail` what of the file shows it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Package(Struct, frozen=True):
    """The parts of a DOCX or ODT file by name; XML is parsed on demand, without entities, network or DTD."""

    kind: Kind
    parts: Mapping[str, bytes]

    def xml(self, name: str) -> Element:
        """The root of an XML part, None when there is no such part; raises `Unsafe` where it is not XML."""
        content = self.parts.get(name)
        return None if content is None else parse_xml(content, name)

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """What a part refers to: id → (last word of the type, target, whether it lies outside the file)."""
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found = root.iter(q("rel:Relationship")) if root is not None else ()
        return {
            r.get("Id", ""): (r.get("Type", "").rpartition("/")[2], r.get("Target", ""), _outside(r)) for r in found
        }

    @property
    def main(self) -> str:
        """The part that holds the text."""
        if self.kind is Kind.ODT:
            return "content.xml"
        for kind, target, outside in self.relations("").values():
            if kind == "officeDocument" and not outside:
                return target.lstrip("/")
        raise Unsafe("damaged", "officeDocument")


def parse_xml(content: bytes, name: str = "") -> Element:
    """XML as a tree; anything that a DTD could do is refused, not ignored."""
    content = in_utf_8(content, name)
    if DTD.search(content):
        raise Unsafe("dtd", name)
    try:
        return _tree(content)
    except etree.XMLSyntaxError as error:
        try:
            return _tree(close_tracked_changes(content))
        except etree.XMLSyntaxError:
            raise Unsafe("damaged", name) from error


def in_utf_8(content: bytes, name: str) -> bytes:
    """XML in the one encoding in which it is searched; raises `Unsafe` for one in which anything could hide."""
    high = content[:2] in (b"\xff\xfe", b"<\0"), content[:2] in (b"\xfe\xff", b"\0<")
    if any(high):
        try:
            text = content.decode("utf-16-le" if high[0] else "utf-16-be").lstrip("\ufeff")
        except UnicodeDecodeError:
            raise Unsafe("damaged", name) from None
        return DECLARED.sub("", text, count=1).encode()
    declared = DECLARED.match(content[:200].decode("latin-1").removeprefix("ï»¿"))
    if declared and declared[1].lower() not in PLAIN:
        raise Unsafe("damaged", name)
    return content


def _tree(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, collect_ids=False)
    return etree.fromstring(content, parser)


def open_package(data: bytes) -> Package:
    """The file as its parts; raises `Unsafe` with the reason where it must not be opened or cannot be."""
    kind = kind_of(data)
    if kind is Kind.DOC and ENCRYPTED_STREAM in data:
        raise Unsafe("encrypted")
    if kind not in (Kind.DOCX, Kind.ODT):
        raise Unsafe("damaged" if kind is Kind.ZIP else "format")
    parts = {name: in_utf_8(part, name) if _is_xml(name, part) else part for name, part in unzip(data).items()}
    if kind is Kind.ODT:
        parts = {
            name: OPENOFFICE.sub(b"", part, count=1) if _is_xml(name, part) else part for name, part in parts.items()
        }
    if kind is Kind.DOCX and len({name.lower() for name in parts}) < len(parts):
        raise Unsafe("duplicate-entries", min(parts, key=str.lower))
    package = Package(kind, parts)
    if package.main not in package.parts:
        raise Unsafe("damaged", package.main)
    _refuse_programs(package)
    return package


def refuse_old(data: bytes) -> None:
    """Refuse an old Word or RTF file that holds a program or would fetch another file; LibreOffice opens the rest."""
    if any(name in data for name in (ENCRYPTED_STREAM, *OLD_SECRETS)):
        raise Unsafe("encrypted")
    if any(name.encode("utf-16-le") in data for name in OLD_MACROS):
        raise Unsafe("macros", "VBA")
    for text in (data, data.replace(b"\0", b"")):
        if found := OLD_FIELD.search(text):
            raise Unsafe("field", found[1].decode().upper())
    if OLD_REMOTE.search(data):
        raise Unsafe("remote", "RTF")


def unzip(data: bytes, name_of: Callable[[zipfile.ZipInfo], str] = lambda info: info.filename) -> dict[str, bytes]:
    """The members of a zip by name, under limits; raises `Unsafe`. `name_of` reads the names that others gave."""
    if len(data) > MAX_FILE:
        raise Unsafe("too-big")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_bombs(members, len(data), name_of)
            return _named_apart((name_of(info), _member(archive, info)) for info in members)
    except BROKEN as error:
        raise Unsafe("damaged", str(error)[:100]) from error


def _named_apart(members: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The members by name; of two that read alike, the second under a name of its own."""
    out: dict[str, bytes] = {}
    for name, content in members:
        stem, dot, ending = name.rpartition(".")
        apart = (f"{stem} ({number}){dot}{ending}" for number in count(2))
        out[name if name not in out else next(other for other in apart if other not in out)] = content
    return out


def _refuse_bombs(members: list[zipfile.ZipInfo], size: int, name_of: Callable[[zipfile.ZipInfo], str]) -> None:
    names = Counter(info.filename for info in members)
    if repeated := [name for name, count in names.items() if count > 1]:
        raise Unsafe("duplicate-entries", repeated[0])
    if any(info.flag_bits & 1 for info in members):
        raise Unsafe("encrypted")
    total = sum(info.file_size for info in members)
    if len(members) > MAX_PARTS or total > MAX_TOTAL or any(info.file_size > MAX_PART for info in members):
        raise Unsafe("bomb")
    if total > SMALL and total > MAX_RATIO * size:
        raise Unsafe("bomb")
    for info in members:
        if OUT_OF_PLACE.search(name_of(info)) or stat.S_ISLNK(info.external_attr >> 16):
            raise Unsafe("path", info.filename)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One member, never more of it than it said (a bomb may lie about its size)."""
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise Unsafe("bomb", info.filename)
    return content


def _is_xml(name: str, content: bytes) -> bool:
    """Whether a part is read as XML by some program, whatever its name; pictures and embedded files are not opened."""
    head = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    looks_so = head[:1] == b"<" or head in (b"\xff\xfe", b"\xfe\xff", b"\0<")
    return bool(XML_PART.search(name)) or (looks_so and not LOOSE.search(name))


def _refuse_programs(package: Package) -> None:
    """Macros, commands in fields, other files taken in as they are, and XML with a DTD."""
    for name, content in package.parts.items():
        if MACROS.search(name):
            raise Unsafe("macros", name)
        if package.kind is Kind.ODT and name == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise Unsafe("encrypted")
        if _is_xml(name, content) and DTD.search(content):
            raise Unsafe("dtd", name)
    if package.kind is Kind.ODT:
        return _refuse_odf(package)
    if b"macroEnabled" in package.parts.get("[Content_Types].xml", b""):
        raise Unsafe("macros", "[Content_Types].xml")
    for name in [n for n, content in package.parts.items() if _is_xml(n, content)]:
        if name.endswith(".rels"):
            _refuse_relations(package.xml(name))
        else:
            _refuse_commands(package.parts[name], name)
    return None


def _refuse_odf(package: Package) -> None:
    """The same of an OpenDocument text, which says them in its text and its styles."""
    for name in ("content.xml", "styles.xml"):
        root = package.xml(name)
        if root is None:
            continue
        for node in root.iter(*(f"{{*}}{one}" for one in (*ODF_RUN, *ODF_FETCHED, "event-listener"))):
            what, target = etree.QName(node).localname, node.get(q("xlink:href"), "")
            if what == "event-listener" and target.startswith(("vnd.sun.star.script:", "macro:")):
                raise Unsafe("macros", name)
            if what in ODF_RUN and (what != "section-source" or target):
                raise Unsafe("field", ODF_RUN[what])
            if what in ODF_FETCHED and REMOTE.match(target):
                raise Unsafe("remote", what)


def _refuse_relations(root: Element) -> None:
    """A program by another name, and what Word would fetch by itself from another computer."""
    for relation in root.iter(q("rel:Relationship")):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind == "vbaProject":
            raise Unsafe("macros", "VBA")
        if kind == "aFChunk":
            raise Unsafe("alt-chunk", kind)
        if kind in FETCHED and _outside(relation) and REMOTE.match(relation.get("Target", "")):
            raise Unsafe("remote", kind)


def _refuse_commands(content: bytes, name: str) -> None:
    if b"altChunk" in content and next(parse_xml(content, name).iter("{*}altChunk"), None) is not None:
        raise Unsafe("alt-chunk", name)
    if b"instrText" not in content and b"fldSimple" not in content:
        return
    for instruction in _instructions(parse_xml(content, name)):
        if found := RUN_FIELD.match(instruction) or LINK_FIELD.match(instruction):
            raise Unsafe("field", found[1].strip(NESTED).upper() or "QUOTE")


def _instructions(root: Element) -> Iterator[str]:
    """The instruction of every field, put together where Word cut it into runs."""
    pieces: list[list[str]] = []
    for node in root.iter(q("w:fldSimple"), q("w:fldChar"), q("w:instrText"), q("w:delInstrText")):
        if node.tag == q("w:fldSimple"):
            yield node.get(q("w:instr"), "")
        elif node.tag == q("w:fldChar"):
            if node.get(q("w:fldCharType")) == "begin":
                if pieces:
                    pieces[-1].append(NESTED)
                pieces.append([])
            elif pieces and node.get(q("w:fldCharType")) == "end":
                yield "".join(pieces.pop())
        elif pieces:
            pieces[-1].append(node.text or "")
    yield from ("".join(piece) for piece in pieces)


def _outside(relation: Element) -> bool:
    return bool(relation.get("TargetMode", "") == "External")
