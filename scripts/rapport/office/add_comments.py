"""Comments put into a Word or OpenDocument file that somebody sent; every byte that was there stays as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct
from msgspec.structs import replace

from rapport.office import comment_ranges, text_location
from rapport.office.comment_seal import seal_comment
from rapport.office.file_kinds import Kind
from rapport.office.namespaces import NS, XML, namespace_declarations
from rapport.office.package import Package, open_package
from rapport.office.remove_comments import without_our_comments
from rapport.office.text_location import FoundPlace, TextQuery
from rapport.office.text_offsets import in_plain_utf_8, odf_paragraphs, word_paragraphs

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATED = {NS["w"]: NS["r"], STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships"}
COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
NO_RELATIONS = f'{XML}<Relationships xmlns="{NS["rel"]}"></Relationships>'.encode()
NOTES = {"footnote": "footnotes.xml", "endnote": "endnotes.xml"}
ID = re.compile(rb"<(?:\w+:)?comment\s[^>]*?\bid=[\"'](\d{1,9})[\"']")


class NewComment(Struct, frozen=True):
    """What is said at a place, by paragraphs; `code` stands small in the seal."""

    place: FoundPlace
    text: tuple[str, ...]
    code: str = ""


class Signature(Struct, frozen=True):
    """Who speaks, and on what day (ISO), which is never the machine's."""

    author: str
    date: str


class OpenedFile(Struct, frozen=True):
    """A file that can be added to: its bytes, its parts without earlier comments of ours (`cleared_parts`: those that
    taking them out changed), its main part, its paragraphs ready to be searched."""

    data: bytes
    package: Package
    cleared_parts: Mapping[str, bytes]
    main: bytes
    paragraphs: tuple[text_location.KnownText, ...]

    def find(self, wanted: TextQuery) -> FoundPlace | None:
        """The place of the wanted words in this story's paragraphs, None where they are not there."""
        return text_location.find(wanted, self.paragraphs)


def open_file(data: bytes) -> OpenedFile:
    """A file as sent; raises `Unsafe` where it is no DOCX or ODT, or one that is not opened."""
    package = open_package(data)
    changed = without_our_comments(package)
    package = replace(package, parts={**package.parts, **changed})
    main = in_plain_utf_8(package.parts[package.main])
    if package.kind is Kind.ODT:
        paragraphs = odf_paragraphs(main)
    else:
        folder = package.main.rpartition("/")[0]
        parts = {kind: package.parts.get(f"{folder}/{name}".lstrip("/")) for kind, name in NOTES.items()}
        notes = {kind: in_plain_utf_8(content) for kind, content in parts.items() if content}
        paragraphs = word_paragraphs(main, _dialect(main)[0], notes)
    return OpenedFile(data, package, changed, main, tuple(text_location.searchable_paragraphs(paragraphs)))


def annotate(opened: OpenedFile, comments: Sequence[NewComment], signed: Signature) -> bytes:
    """The file with these comments, its other parts and its other bytes as sent."""
    places = [comment.place for comment in comments]
    if opened.package.kind is Kind.ODT:
        marks = [_annotation(number, comment, signed) for number, comment in enumerate(comments)]
        changed = {opened.package.main: comment_ranges.in_odf(opened.main, places, marks)}
        return _zipped(opened.data, {**opened.cleared_parts, **changed})
    prefix, uri = _dialect(opened.main)
    part, changed = _part(opened.package, uri)
    content = in_plain_utf_8(changed[part])
    first = max((int(number) for number in ID.findall(content)), default=-1) + 1
    said = "".join(_comment(number, comment, signed, uri) for number, comment in enumerate(comments, first))
    changed[part] = _added(content, said)
    changed[opened.package.main] = comment_ranges.in_word(opened.main, places, first, prefix)
    return _zipped(opened.data, {**opened.cleared_parts, **changed})


def _dialect(main: bytes) -> tuple[str, str]:
    """The prefix (« w: ») and the address of Word's own names in this file."""
    for uri in RELATED:
        if found := re.search(rb"\sxmlns(?::([\w.-]+))?=[\"']" + re.escape(uri.encode()) + rb"[\"']", main):
            return (f"{found[1].decode()}:" if found[1] else ""), uri
    return "w:", NS["w"]


# ---------------------------------------------------------------- the part of a Word file that holds comments


def _part(package: Package, uri: str) -> tuple[str, dict[str, bytes]]:
    """The name of the part, and the parts that are needed for it: itself, or a new one with what leads to it."""
    folder, _, name = package.main.rpartition("/")
    relations = package.relations(package.main)
    for kind, target, outside in relations.values():
        if kind == "comments" and not outside:
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            if path in package.parts:
                return path, {path: package.parts[path]}
    part = next(
        path
        for path in (f"{folder}/comments{n}.xml".lstrip("/") for n in ("", *range(1, 999)))
        if path not in package.parts
    )
    identifier = next(one for one in (f"rIdC{n}" for n in range(999)) if one not in relations)
    beside = f"{folder}/_rels/{name}.rels".lstrip("/")
    types = package.parts["[Content_Types].xml"]
    return part, {
        part: f'{XML}<w:comments xmlns:w="{uri}"></w:comments>'.encode(),
        beside: _added(
            in_plain_utf_8(package.parts.get(beside, NO_RELATIONS)),
            f'<Relationship xmlns="{NS["rel"]}" Id="{identifier}" Type="{RELATED[uri]}/comments" '
            f'Target="{part.rpartition("/")[2]}"/>',
        ),
        "[Content_Types].xml": _added(
            in_plain_utf_8(types), f'<Override xmlns="{NS["types"]}" PartName="/{part}" ContentType="{COMMENTS}"/>'
        ),
    }


def _comment(number: int, comment: NewComment, signed: Signature, uri: str) -> str:
    said = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in seal_comment(comment.text, comment.code, signed.author)
    )
    return (
        f'<w:comment xmlns:w="{uri}" w:id="{number}" w:author={quoteattr(signed.author)} '
        f'w:date="{signed.date}T00:00:00Z" w:initials={quoteattr(signed.author[:1])}>{said}</w:comment>'
    )


def _annotation(number: int, comment: NewComment, signed: Signature) -> tuple[str, str]:
    """What stands before and after the words of an OpenDocument annotation."""
    name = f'{namespace_declarations("office")} office:name="rapport{number}"'
    said = "".join(
        f"<text:p {namespace_declarations('text')}>{escape(line)}</text:p>"
        for line in seal_comment(comment.text, comment.code, signed.author)
    )
    who = f"<dc:creator {namespace_declarations('dc')}>{escape(signed.author)}</dc:creator>"
    when = f"<dc:date {namespace_declarations('dc')}>{signed.date}T00:00:00</dc:date>"
    return f"<office:annotation {name}>{who}{when}{said}</office:annotation>", f"<office:annotation-end {name}/>"


# ---------------------------------------------------------------- parts and their package


def _added(content: bytes, more: str) -> bytes:
    """An XML part with more at the end of its root."""
    empty = re.search(rb"<([\w:.-]+)[^<>]*?(/>)\s*\Z", content)
    if empty and b"</" not in content:
        return content[: empty.start(2)] + b">" + more.encode() + b"</" + empty[1] + b">"
    at = content.rindex(b"</")
    return content[:at] + more.encode() + content[at:]


def _zipped(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same package with these parts, in its own order, new ones last."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, info.date_time)
            entry.compress_type, entry.create_system = info.compress_type, info.create_system
            new.writestr(entry, changed[info.filename] if info.filename in changed else old.read(info))
        for name in [name for name in changed if name not in set(old.namelist())]:
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, changed[name])
    return out.getvalue()
