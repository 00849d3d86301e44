"""Specifications drawn by Vega-Lite, all in one go, as SVG whose words stay words and as PNG for what shows no SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from lxml import etree
from msgspec import Struct

from rapport.figures.charts.chart import HIGHEST, PIXELS, WIDEST, Chart, Specification
from rapport.project.images import clean

FONTS = Path(__file__).resolve().parents[2] / "output" / "fonts"
VERSION = "6.4"  # of Vega-Lite
SCALE = 3.0  # pixels of the PNG in one of the SVG: 320 an inch
DRAWN_BY = 2
"""Raised where what is done here changes what is drawn from one specification."""
DROPPED = ("role", "class", "version", "display", "pointer-events")
"""Attributes of the library's that our pages have no use for, beside those for screen readers in English."""


class Drawing(Struct, frozen=True):
    """A chart as it is shown: SVG and PNG."""

    svg: bytes
    png: bytes


def drawing_name(chart: Chart) -> str:
    """The name of a chart's files, which changes with what is drawn; no ending."""
    said = json.dumps([chart.specification, VERSION, SCALE, DRAWN_BY], ensure_ascii=False, sort_keys=True)
    return f"{chart.id}-{sha256(said.encode()).hexdigest()[:12]}"


def draw(specifications: Iterable[Specification]) -> Iterator[Drawing]:
    """Each specification drawn, in our fonts; the library starts once, which takes a second."""
    import vl_convert  # late: only a chart that has changed needs it

    vl_convert.register_font_directory(str(FONTS))
    for specification in specifications:
        svg = _bare(vl_convert.vegalite_to_svg(json.dumps(specification), vl_version=VERSION, allowed_base_urls=[]))
        yield Drawing(svg.encode(), clean(vl_convert.svg_to_png(svg, scale=SCALE))[0])


def _bare(svg: str) -> str:
    """What is seen of a drawing and nothing else."""
    root = etree.fromstring(svg.encode())
    for element in list(root.iter("*")):
        parent = element.getparent()
        if element.get("d") == "" and parent is not None:
            parent.remove(element)
        for name in list(element.attrib):
            if name in DROPPED or name.startswith("aria-") or (name, element.get(name)) == ("opacity", "1"):
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def width_in_cm(svg: bytes) -> float:
    """How wide a drawing is printed: its words of one size in all, as far as the page allows."""
    root = etree.fromstring(svg)
    width, height = (float(root.get(side, "1")) / PIXELS for side in ("width", "height"))
    return round(min(width, WIDEST, width * HIGHEST / height), 1)
