"""The pictures and charts of one output, against those that were sent and drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rapport import rules
from rapport.model import Diagnostic
from rapport.project.images import still_picture
from rapport.proof.charts import ExpectedChart, expected_charts, is_chart, parse_svg, read_svg
from rapport.proof.excerpts import NOTHING, shorten
from rapport.proof.expected_output import OutputComparison
from rapport.proof.properties import revealing_picture
from rapport.proof.reading import Picture
from rapport.proof.text_comparison import PICTURES
from rapport.storage.cache import Cache


class PictureComparison(OutputComparison, frozen=True):
    """Each picture in its place."""

    def differences(self) -> Iterator[Diagnostic]:
        """Each picture is the one that was sent in its place, and carries nothing but itself."""
        for picture in self.reading.pictures:
            if name := revealing_picture(picture.content):
                yield self.diagnostic(rules.TELLING_PROPERTY, place="image", value=name)
        names = self.expectation.text.pictures
        if len(names) != len(self.reading.pictures):
            yield self.diagnostic(rules.WRONG_PICTURE, words=f"{len(names)}", found=f"{len(self.reading.pictures)}")
            return
        said = "".join(words for piece in self.expectation.text.pieces for words in piece.words)
        alternatives = PICTURES.findall(said)
        charts = expected_charts(self.expectation.document) if any(map(is_chart, names)) else {}
        for at, (name, picture) in enumerate(zip(names, self.reading.pictures, strict=True)):
            if is_chart(name):
                yield from self.chart(name, picture, charts.get(name))
            elif not same_picture(self.expectation.pictures[name].content, picture, self.expectation.cache):
                words = alternatives[at] if at < len(alternatives) else name
                yield self.diagnostic(rules.WRONG_PICTURE, words=shorten(words), found=str(at + 1))

    def chart(self, name: str, picture: Picture, wanted: ExpectedChart | None) -> Iterator[Diagnostic]:
        """A chart is the one that was drawn, and shows the numbers of its table and no others."""
        drawn = picture.chart
        if (
            drawn is None
            or (picture.content and picture.content != self.expectation.pictures[still_picture(name)].content)
            or (
                drawn.drawing
                and drawn.drawing != read_svg(parse_svg(self.expectation.pictures[name].content))[0].drawing
            )
        ):
            yield self.diagnostic(rules.WRONG_PICTURE, words=name, found=NOTHING)
        elif wanted is None:
            yield self.diagnostic(rules.CHART_DIFFERS, chart=name, words=NOTHING, found=shorten(drawn.words))
        elif found := wanted.differs(drawn):
            yield self.diagnostic(rules.CHART_DIFFERS, chart=name, words=shorten(wanted.words), found=shorten(found))


def same_picture(sent: bytes, picture: Picture, cache: Cache) -> bool:
    """The file's own bytes, or, in a PDF, which keeps the pixels of a PNG alone, the same pixels (compared once)."""
    if picture.content or not picture.pixels:
        return picture.content == sent
    place, known = cache.get("pictures-compared", sent, picture.pixels, picture.mask, repr(picture.size).encode())
    if known is None:
        known = b"same" if _same_pixels(sent, picture) else b"other"
        cache.put(place, known)
    return known == b"same"


def _same_pixels(sent: bytes, picture: Picture) -> bool:
    from PIL import Image  # late: needed once for each picture

    with Image.open(io.BytesIO(sent)) as opened:
        if opened.size != picture.size:
            return False
        if picture.mask and opened.convert("RGBA").getchannel("A").tobytes() != picture.mask:
            return False
        count = opened.width * opened.height
        mode = {count: "L", 3 * count: "RGB"}.get(len(picture.pixels), "")
        return not mode or opened.convert("RGB").convert(mode).tobytes() == picture.pixels
