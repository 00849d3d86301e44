"""Charts in a Word file: the SVG, and for what shows none the PNG of the same name, which pandoc puts there."""

from __future__ import annotations

import re
from collections.abc import Mapping

SVG, PNG = ".svg", ".png"
NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # of a picture that has an SVG (MS-ODRAWXML)
PICTURE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
BLIP = re.compile(r'<a:blip r:embed="(\w+)" ?/>')


def with_charts(parts: Mapping[str, bytes], charts: Mapping[bytes, bytes]) -> dict[str, bytes]:
    """The parts of a Word file with the SVG beside each chart; `charts` are SVGs by their PNGs."""
    shown = {name: charts[part] for name, part in parts.items() if name.startswith("word/media/") and part in charts}
    body, relations = parts["word/document.xml"].decode(), parts[RELATIONS].decode()
    added = {}
    for name, svg in shown.items():
        place = name.removeprefix("word/").removesuffix(PNG) + SVG
        own = re.search(rf'Id="(\w+)"[^>]*Target="{re.escape(name.removeprefix("word/"))}"', relations) or re.search(
            rf'Target="{re.escape(name.removeprefix("word/"))}"[^>]*Id="(\w+)"', relations
        )
        if own is None:
            raise ValueError(f"no relation leads to {name}")
        added[f"word/{place}"] = svg
        relation = f'<Relationship Id="{own[1]}svg" Type="{PICTURE}" Target="{place}"/></Relationships>'
        relations = relations.replace("</Relationships>", relation)
        body = BLIP.sub(lambda found, id=own[1]: _blip(id) if found[1] == id else found[0], body)  # type: ignore[misc]
    types = parts[TYPES].decode()
    if added and 'Extension="svg"' not in types:
        types = types.replace("<Default ", '<Default Extension="svg" ContentType="image/svg+xml"/><Default ', 1)
    changed = {"word/document.xml": body, RELATIONS: relations, TYPES: types}
    return {**parts, **{name: text.encode() for name, text in changed.items()}, **added}


def _blip(relation: str) -> str:
    drawn = f'<asvg:svgBlip xmlns:asvg="{NAMESPACE}" r:embed="{relation}svg"/>'
    return f'<a:blip r:embed="{relation}"><a:extLst><a:ext uri="{EXTENSION}">{drawn}</a:ext></a:extLst></a:blip>'
