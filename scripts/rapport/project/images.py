"""The images of contributions: found, decoded under limits, written anew without metadata, named by their content."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from rapport.storage.cache import Cache

if TYPE_CHECKING:
    from PIL import Image as Pillow

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000  # an A3 page at 450 dpi
MAX_SIDE = 2400  # 20 cm at 300 dpi: what is wider is made smaller
FAINT = 8  # of 255: what is more transparent than that nobody sees
LOGOS = "chapters/images/"
CHARTS = "chapters/graphiques"
CHART_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:svg|png)")
STRANGE = re.compile(rb"<(?!/?(?:svg|g|rect|path|line|text|tspan)[\s/>])|\s(?:[\w:]*href|on\w+|style)\s*=|url\(")
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


class Image(Struct, frozen=True):
    """An image fit to print (`name` is its file name among the staged images) or the reason it is not."""

    name: str = ""
    content: bytes = b""
    problem: str = ""
    detail: str = ""


def place(contribution: str, target: str) -> str | None:
    """The path in the project that an image's address means, or None when it leads out of the association's folder."""
    folder, path = PurePosixPath(contribution).parent, PurePosixPath(target)
    if ":" in target or "\\" in target or path.is_absolute() or ".." in path.parts or not path.parts:
        return None
    return str(folder / path)


def is_logo(path: str) -> bool:
    """Whether a path is that of a picture of the editor's, which lie in chapters/images/."""
    return path.startswith(LOGOS) and ".." not in PurePosixPath(path).parts and "\\" not in path


def still_picture(name: str) -> str:
    """The file that stands for a picture where no SVG is drawn: a chart's PNG, any other picture's own."""
    return name.removesuffix(".svg") + ".png" if name.endswith(".svg") else name


def load(root: Path, paths: Iterable[str], cache: Cache) -> Mapping[str, Image]:
    """Every image asked for, by its path in the project."""
    return {path: _load(root, path, cache) for path in dict.fromkeys(paths)}


def charts(root: Path) -> Mapping[str, Image]:
    """The charts that « make figures » drew, by their paths, as they are: nobody's but the program's own.

    A link, a special or a large file, and an SVG that holds more than shapes and words, is none of them.
    """
    folder = root / CHARTS
    if folder.is_symlink() or not folder.is_dir():
        return {}
    files = (file for file in sorted(folder.iterdir()) if CHART_NAME.fullmatch(file.name))
    read = ((file, file.read_bytes()) for file in files if _is_plain(file))
    return {
        f"{CHARTS}/{file.name}": Image(file.name, content)
        for file, content in read
        if file.suffix == ".png" or not STRANGE.search(content)
    }


def _is_plain(file: Path) -> bool:
    return not file.is_symlink() and file.is_file() and file.stat().st_size <= MAX_BYTES


def _load(root: Path, path: str, cache: Cache) -> Image:
    file = root / path
    try:
        file = _on_disk(root, path)
        if file.resolve() != root.resolve() / file.relative_to(root):
            return Image(problem="link")
        if not file.is_file():
            return Image(problem="special") if file.exists() else Image(problem="missing", detail=_neighbours(file))
        if file.stat().st_size > MAX_BYTES:
            return Image(problem="big")
        raw = file.read_bytes()
    except (OSError, ValueError):
        return Image(problem="missing", detail=_neighbours(file))
    slot, stored = cache.get("images", raw)
    if stored is None:
        stored, problem = clean(raw)
        if problem:
            return Image(problem=problem)
        cache.put(slot, stored)
    suffix = "jpg" if stored.startswith(b"\xff\xd8") else "png"
    return Image(f"{hashlib.sha256(stored).hexdigest()[:20]}.{suffix}", stored)


def _on_disk(root: Path, path: str) -> Path:
    """The file of this path, whose name a Mac may have written with its accents apart from their letters."""
    file = root
    for part in PurePosixPath(path).parts:
        if not (file / part).exists():
            wanted = unicodedata.normalize("NFC", part)
            names = _neighbours(file / part).split("\n")
            part = next((name for name in names if unicodedata.normalize("NFC", name) == wanted), part)
        file /= part
    return file


def _neighbours(file: Path) -> str:
    try:
        return "\n".join(sorted(neighbour.name for neighbour in file.parent.iterdir()))
    except OSError:
        return ""


def clean(raw: bytes) -> tuple[bytes, str]:
    """The picture alone: pixels decoded and encoded again, nothing else of the file kept."""
    import warnings

    from PIL import Image as Pillow
    from PIL import ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures, which are refused below
        try:
            with Pillow.open(io.BytesIO(raw), formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    return b"", "big"
                if getattr(picture, "n_frames", 1) > 1:
                    return b"", "animated"
                photo = picture.format == "JPEG"
                upright = ImageOps.exif_transpose(picture)  # before the camera's note of it is dropped
                bare = upright.convert("RGBA" if upright.has_transparency_data and not photo else "RGB")
        except Exception:  # Pillow's decoders raise what they like on hostile files
            return b"", "undecodable"
    bare = _seen(bare)
    if max(bare.size) > MAX_SIDE:
        bare.thumbnail((MAX_SIDE, MAX_SIDE))
        bare = _seen(bare)
    clean = Pillow.new(bare.mode, bare.size)
    clean.paste(bare)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=88) if photo else clean.save(out, "PNG", optimize=True)
    return out.getvalue(), ""


def _seen(picture: Pillow.Image) -> Pillow.Image:
    """The picture without the colours that lie under its transparent pixels, which another program would bring out."""
    if picture.mode != "RGBA":
        return picture
    seen = picture.getchannel("A").point([255 if alpha >= FAINT else 0 for alpha in range(256)])
    bare = picture.copy()
    bare.paste((0, 0, 0, 0), mask=seen.point([255 - shown for shown in range(256)]))
    return bare
