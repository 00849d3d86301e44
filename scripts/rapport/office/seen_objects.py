"""What a reader sees in a run beside its words: pictures, formulas, signs of symbol fonts, words struck or marked."""

from __future__ import annotations

import hashlib
import io
import posixpath
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache

from msgspec import Struct

from rapport.office.namespaces import q
from rapport.office.package import Package
from rapport.office.wordml import PRIVATE, SYMBOLS, is_on, number
from rapport.office.xml import Element

BLIPS = (q("a:blip"), q("v:imagedata"))
FORMULA = q("m:oMath")
SIDE = 8  # squares on each side of a picture by which it is compared
SPOT, FAINT = 3, 0.5  # of sixteen steps: by how much one square may differ, and all of them on average
MOST_PIXELS = 40_000_000
GROUNDS = ("auto", "ffffff", "", "none")
STRUCK, MARKED, UNDERLINED = "s", "h", "u"
LINK_STYLES = ("link", "lien")  # in the names of Word's, LibreOffice's and Google's
UNKNOWN_SIGN = "\N{WHITE SQUARE}"


class SeenPicture(Struct, frozen=True):
    """A picture of a file: digest of its bytes, what it looks like from afar ("" if nobody knows), its description."""

    digest: str
    look: str
    description: str

    def looks_like(self, other: SeenPicture) -> bool:
        """Whether the eye sees the same picture: programs write a picture anew when they save a file."""
        if self.digest == other.digest:
            return True
        if not self.look or not other.look:
            return False
        gaps = [abs(int(one, 16) - int(two, 16)) for one, two in zip(self.look, other.look, strict=True)]
        return max(gaps) <= SPOT and sum(gaps) <= FAINT * len(gaps)


class Pictures:
    """The pictures of one part, by the names that its runs call them by."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        folder, name = posixpath.split(part)
        links = package.xml(f"{folder}/_rels/{name}.rels")
        self.targets = {
            link.get("Id", ""): posixpath.normpath(posixpath.join(folder, link.get("Target", "").lstrip("/")))
            for link in (links if links is not None else ())
            if link.get("TargetMode") != "External"
        }

    def pictures_of(self, run: Element) -> Iterator[SeenPicture]:
        """The pictures of a run, not those of the text boxes in it."""
        for blip in run.iter(*BLIPS):
            if next(blip.iterancestors(q("w:r")), None) is not run:
                continue
            target = self.targets.get(blip.get(q("r:embed")) or blip.get(q("r:id")) or "", "")
            data = self.package.parts.get(target) or self.package.parts.get(f"word/{target}", b"")
            yield SeenPicture(hashlib.sha256(data).hexdigest()[:32], thumbnail(data), _said(blip))


def _said(blip: Element) -> str:
    """The description that people who do not see a picture hear."""
    for above in blip.iterancestors():
        if above.tag in (q("wp:inline"), q("wp:anchor")):
            properties = above.find(q("wp:docPr"))
            return " ".join((properties.get("descr") or "").split()) if properties is not None else ""
        if above.tag == q("v:shape"):
            return " ".join((above.get("alt") or "").split())
    return ""


@lru_cache(64)
def thumbnail(data: bytes) -> str:
    """The colours of the squares of a picture on white, in sixteen steps, a digit each; "" for no known format."""
    from PIL import Image

    with suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            flat = Image.new("RGBA", picture.size, "white")
            flat.alpha_composite(picture.convert("RGBA"))
        small = flat.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
        return "".join(f"{level // 16:x}" for level in small.tobytes())
    return ""


def sign(symbol: Element) -> str:
    """The sign that a letter of a symbol font shows."""
    font, code = symbol.get(q("w:font"), ""), number(symbol.get(q("w:char")), 0, 16)
    return SYMBOLS.get((font, code & 0xFF)) or PRIVATE.get(code) or UNKNOWN_SIGN


def formula(node: Element) -> str:
    """The letters of a formula, in one line."""
    return "".join(piece.text or "" for piece in node.iter(q("m:t")))


def hand_marks(looks: Mapping[str, Element]) -> str:
    """« s » for words that are struck, « h » for words with a ground of their own, « u » for words that are
    underlined, as a person marks them: links are underlined by programs."""
    switches = (looks.get(q(name)) for name in ("w:strike", "w:dstrike"))
    struck = any(switch is not None and is_on(switch) for switch in switches)
    pen, shade, line = looks.get(q("w:highlight")), looks.get(q("w:shd")), looks.get(q("w:u"))
    lit = pen is not None and pen.get(q("w:val"), "none").lower() not in (*GROUNDS, "white")
    lit = lit or (shade is not None and shade.get(q("w:fill"), "").lower() not in GROUNDS)
    lined = line is not None and line.get(q("w:val"), "none") != "none" and not is_link(looks)
    return (STRUCK if struck else "") + (MARKED if lit else "") + (UNDERLINED if lined else "")


def is_link(looks: Mapping[str, Element]) -> bool:
    """Whether words stand in a link, or look like one by their style; `looks` is one thing at least."""
    style = looks.get(q("w:rStyle"))
    named = style is not None and any(word in style.get(q("w:val"), "").lower() for word in LINK_STYLES)
    return named or next(next(iter(looks.values())).iterancestors(q("w:hyperlink")), None) is not None
