"""Whether a picture read back from an output is the one that was sent."""

from __future__ import annotations

import io

from rapport.proof.reading import Picture
from rapport.storage.cache import Cache


def same_picture(sent: bytes, picture: Picture, cache: Cache) -> bool:
    """The file's own bytes, or, in a PDF, which keeps the pixels of a PNG alone, the same pixels (compared once)."""
    if picture.content or not picture.pixels:
        return picture.content == sent
    place, known = cache.get("pictures-compared", sent, picture.pixels)
    if known is None:
        known = b"same" if _same_pixels(sent, picture) else b"other"
        cache.put(place, known)
    return known == b"same"


def _same_pixels(sent: bytes, picture: Picture) -> bool:
    from PIL import Image  # late: needed once for each picture

    with Image.open(io.BytesIO(sent)) as opened:
        if opened.size != picture.size:
            return False
        count = opened.width * opened.height
        mode = {count: "L", 3 * count: "RGB"}.get(len(picture.pixels), "")
        return not mode or opened.convert("RGB").convert(mode).tobytes() == picture.pixels
