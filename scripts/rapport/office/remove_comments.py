"""Our own comments taken out of a file that came back with them, before new ones are put in.

Only comments that our seal proves; one that somebody has answered stays, with the answer.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from rapport.office.comment_seal import is_ours
from rapport.office.file_kinds import Kind
from rapport.office.odt_comments import ANNOTATION, ANNOTATION_END
from rapport.office.package import Package

COMMENT = re.compile(rb"<(\w+:)?comment\s[^<>]*>.*?</\1comment>", re.DOTALL)
AUTHOR = re.compile(rb"\bauthor=(?:\"([^\"]*)\"|'([^']*)')")
CREATOR = re.compile(rb"<dc:creator[^<>]*>([^<>]*)</dc:creator>")
BESIDE = re.compile(r"(?:^|/)comments(?:Extended|Ids|Extensible)\w*\.xml$")  # what newer Words keep of comments
TAG = re.compile(rb"<[^<>]*>")


def without_our_comments(package: Package) -> dict[str, bytes]:
    """The parts without our comments; empty where there are none."""
    if package.kind is Kind.ODT:
        return _of_odt(package.parts[package.main], package.main)
    part = next((name for name in package.parts if re.search(r"(?:^|/)comments\d*\.xml$", name)), "")
    beside = {name: content for name, content in package.parts.items() if BESIDE.search(name)}
    answered = _values(b"paraIdParent", b"".join(beside.values()))
    ours = [
        comment
        for match in COMMENT.finditer(package.parts.get(part, b""))
        if _is_ours(comment := match[0], AUTHOR) and not _values(b"paraId", comment) & answered
    ]
    if not ours:
        return {}
    out = {part: _without(package.parts[part], ours)}
    known = set[bytes]().union(*(_values(b"paraId", comment) for comment in ours))
    for content in beside.values():
        known |= {one for tag in _tags(content, b"paraId", known) for one in _values(b"durableId", tag)}
    for name, content in beside.items():
        out[name] = _without(content, [*_tags(content, b"paraId", known), *_tags(content, b"durableId", known)])
    ids = {next(iter(_values(b"id", comment.partition(b">")[0])), b"") for comment in ours}
    main = package.parts[package.main]
    marks = re.findall(rb"<(?:\w+:)?comment(?:RangeStart|RangeEnd|Reference)\b[^<>]*/>", main)
    out[package.main] = _without(main, [mark for mark in marks if _values(b"id", mark) & ids])
    return out


def _of_odt(main: bytes, name: str) -> dict[str, bytes]:
    ours = [match[0] for match in ANNOTATION.finditer(main) if _is_ours(match[0], CREATOR)]
    names = set[bytes]().union(*(_values(b"name", one.partition(b">")[0]) for one in ours))
    ends = ANNOTATION_END.findall(main)
    return {name: _without(main, [*ours, *(end for end in ends if _values(b"name", end) & names)])} if ours else {}


def _is_ours(comment: bytes, author: re.Pattern[bytes]) -> bool:
    said = author.search(comment)
    who = next((html.unescape(one.decode()) for one in said.groups() if one is not None), "") if said else ""
    words = re.sub(
        rb"<dc:(creator|date)\b.*?</dc:\1>|<(?:\w+:)?(sender-initials|creator-initials)\b.*?</\w+:\2>", b"", comment
    )
    return is_ours(who, html.unescape(TAG.sub(b"", words).decode()))


def _values(attribute: bytes, content: bytes) -> set[bytes]:
    """What an attribute, whatever its prefix, says in these tags."""
    return set(re.findall(rb"[\s:]" + attribute + rb"=[\"']([^\"']*)[\"']", content))


def _tags(content: bytes, attribute: bytes, values: set[bytes]) -> Iterator[bytes]:
    """The empty elements that have one of these values."""
    return (tag for tag in re.findall(rb"<[^<>]*/>", content) if _values(attribute, tag) & values)


def _without(content: bytes, pieces: list[bytes]) -> bytes:
    for piece in pieces:
        content = content.replace(piece, b"")
    return content
