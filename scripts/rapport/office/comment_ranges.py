"""The marks of comments put between the bytes of a text, and nothing else changed there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from rapport.office.text_location import FoundPlace
from rapport.office.text_offsets import OffsetParagraph, TextPiece

PRESERVE = ' xml:space="preserve"'


class Cut(Struct):
    """What is put at one byte; where a run is cut in two it is closed first, and opened again after."""

    closing_tag: str = ""
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    opening_tag: str = ""

    def as_bytes(self) -> bytes:
        """What is written at this place of the XML."""
        return "".join((self.closing_tag, *self.ends, *self.starts, self.opening_tag)).encode()


Cuts = dict[int, Cut]


def in_word(main: bytes, places: Sequence[FoundPlace], first: int, w: str) -> bytes:
    """A Word text with the ranges of the comments `first`, `first` + 1, …; `w` is the prefix of Word's names."""
    cuts = Cuts()
    for number, place in enumerate(places, first):
        paragraph, host = place.paragraph, place.paragraph.host
        if host is not None:
            start, end = (cuts.setdefault(at, Cut()) for at in (host.runs[0].start, host.runs[-1].end))
        else:
            start, end = _before(paragraph, place.start, cuts, w), _after(paragraph, place.end - 1, cuts, w)
        start.starts.append(f'<{w}commentRangeStart {w}id="{number}"/>')
        end.ends.append(f'<{w}commentRangeEnd {w}id="{number}"/>')
        end.ends.append(f'<{w}r><{w}commentReference {w}id="{number}"/></{w}r>')
    return _with(main, cuts)


def in_odf(main: bytes, places: Sequence[FoundPlace], marks: Sequence[tuple[str, str]]) -> bytes:
    """An OpenDocument text with these marks (before, after); there letters may be parted anywhere."""
    cuts = Cuts()
    for place, (before, after) in zip(places, marks, strict=True):
        paragraph, first, last = place.paragraph, place.start, place.end - 1
        if (host := paragraph.host) is not None:
            paragraph, first, last = host, 0, len(host.text) - 1
        piece, index = paragraph.piece_at(first)
        cuts.setdefault(piece.byte(index), Cut()).starts.append(before)
        piece, index = paragraph.piece_at(last)
        end = piece.byte(index + 1) if index + 1 < len(piece.text) else piece.end
        cuts.setdefault(end, Cut()).ends.append(after)
    return _with(main, cuts)


def _before(paragraph: OffsetParagraph, index: int, cuts: Cuts, w: str) -> Cut:
    """The cut before a letter: at the edge of its run, else through the run."""
    piece, at = paragraph.piece_at(index)
    mine = [one for one in paragraph.pieces if one.run is piece.run]
    together = [one for one in mine if one.element == piece.element]
    assert piece.run is not None
    if (piece is mine[0] and not at) or not _may_be_cut(together):
        return cuts.setdefault(piece.run.start, Cut())
    again = f"<{w}r>{piece.run.looks.decode()}"
    if piece is together[0] and not at:
        cut = cuts.setdefault(piece.element, Cut())
        cut.closing_tag, cut.opening_tag = f"</{w}r>", again
    else:
        cut = cuts.setdefault(piece.byte(at), Cut())
        cut.closing_tag, cut.opening_tag = f"</{w}t></{w}r>", f"{again}<{w}t{PRESERVE}>"
        if not piece.keeps_spaces:
            cuts.setdefault(piece.element + len(f"<{w}t".encode()), Cut()).opening_tag = PRESERVE
    return cut


def _after(paragraph: OffsetParagraph, index: int, cuts: Cuts, w: str) -> Cut:
    """The cut after a letter."""
    piece, at = paragraph.piece_at(index)
    mine = [one for one in paragraph.pieces if one.run is piece.run]
    together = [one for one in mine if one.element == piece.element]
    assert piece.run is not None
    if (piece is mine[-1] and at == len(piece.text) - 1) or not _may_be_cut(together):
        return cuts.setdefault(piece.run.end, Cut())
    return _before(paragraph, index + 1, cuts, w)


def _may_be_cut(together: Sequence[TextPiece]) -> bool:
    """Whether the letters of an element lose nothing when its outer spaces begin to count."""
    text = "".join(one.text for one in together)
    return together[0].keeps_spaces or text == text.strip()


def _with(main: bytes, cuts: Cuts) -> bytes:
    parts, last = [], 0
    for at in sorted(cuts):
        parts += [main[last:at], cuts[at].as_bytes()]
        last = at
    return b"".join([*parts, main[last:]])
