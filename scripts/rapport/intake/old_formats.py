"""Files of old formats (.doc, .rtf) with what LibreOffice makes of them, which is kept by content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rapport.intake.states import IncomingFile
from rapport.office import convert
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.package import Unsafe, refuse_old
from rapport.storage.cache import Cache

AT_ONCE = 20  # files that one start of LibreOffice converts
CONVERTED = (Kind.DOC, Kind.RTF)


def old_formats_converted(cache: Cache, arrived: Sequence[IncomingFile]) -> Iterator[tuple[IncomingFile, bytes | None]]:
    """Every file, old formats with what LibreOffice made of them, now or before; a few at each start of it."""
    arrived = [_with_refusal(one) for one in arrived]
    old = [one for one in arrived if not one.problem and kind_of(one.data) in CONVERTED]
    kept = {f"{one.digest}.{kind_of(one.data)}": (one.data, *cache.get("converted", one.data)) for one in old}
    made = {name: content for name, (_, _, content) in kept.items() if content is not None}
    problem: dict[str, str] = {}
    wanted = [name for name in kept if name not in made]
    for start in range(0, len(wanted), AT_ONCE):
        batch = {name: kept[name][0] for name in wanted[start : start + AT_ONCE]}
        try:
            converted = convert.to_docx(batch)
            made |= converted
            for name, content in converted.items():
                cache.put(kept[name][1], content)
        except convert.NoOffice:
            problem |= dict.fromkeys(batch, "no-office")
        except convert.ConversionError:
            problem |= dict.fromkeys(batch, "not-converted")
    for one in arrived:
        name = f"{one.digest}.{kind_of(one.data)}" if one.data else ""
        if one in old and name not in made:
            yield replace(one, problem=problem.get(name, "not-converted")), None
        else:
            yield one, made.get(name)


def _with_refusal(one: IncomingFile) -> IncomingFile:
    """The file, or why LibreOffice is not to open it."""
    try:
        if not one.problem and kind_of(one.data) in CONVERTED:
            refuse_old(one.data)
    except Unsafe as error:
        return replace(one, problem=error.reason, detail=error.detail)
    return one
