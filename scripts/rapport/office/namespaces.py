"""The namespaces of Word's and OpenDocument's XML under their usual prefixes, and what every file says of itself."""

from __future__ import annotations

from functools import cache

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN_XML = "http://schemas.openxmlformats.org/"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NS = {
    "w": f"{OPEN_XML}wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": f"{OPEN_XML}markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": f"{OPEN_XML}officeDocument/2006/math",
    "a": f"{OPEN_XML}drawingml/2006/main",
    "wp": f"{OPEN_XML}drawingml/2006/wordprocessingDrawing",
    "r": f"{OPEN_XML}officeDocument/2006/relationships",
    "b": f"{OPEN_XML}officeDocument/2006/bibliography",
    "rel": f"{OPEN_XML}package/2006/relationships",
    "types": f"{OPEN_XML}package/2006/content-types",
    "cp": f"{OPEN_XML}package/2006/metadata/core-properties",
    "app": f"{OPEN_XML}officeDocument/2006/extended-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xlink": "http://www.w3.org/1999/xlink",
    **{name: f"{OASIS}{name}:1.0" for name in ("office", "text", "style", "form", "table", "meta", "manifest")},
    "draw": f"{OASIS}drawing:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "svg": f"{OASIS}svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}


@cache
def q(name: str) -> str:
    """« w:p » → the name as lxml has it; « w: » → what all of Word's names begin with."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def namespace_declarations(prefixes: str) -> str:
    """The declarations of namespaces, as a root element carries them: « w r » → `xmlns:w="…" xmlns:r="…"`."""
    return " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in prefixes.split())


def core_properties(fields: str, date: str) -> str:
    """The part docProps/core.xml: fields as XML, and the report's own date (ISO); no machine, no user, no hour."""
    day = f'xsi:type="dcterms:W3CDTF">{date}T00:00:00Z'
    root = f"cp:coreProperties {namespace_declarations('cp dc dcterms xsi')}"
    return (
        f"{XML}<{root}>{fields}<dcterms:created {day}</dcterms:created>"
        f"<dcterms:modified {day}</dcterms:modified></cp:coreProperties>"
    )
