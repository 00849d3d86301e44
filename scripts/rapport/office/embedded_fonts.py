"""The fonts that a Word file carries, so that its pages are the same on a machine that has none of them.

Word takes TrueType outlines, their first 32 bytes mixed with a key that the font table names (ECMA-376, part 1,
17.8.1). `fonts/` is made by scripts/tools/make_fonts.py.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from rapport.office.namespaces import NS, XML, namespace_declarations

FOLDER = Path(__file__).resolve().parent / "fonts"
SERIF, SANS = "Rapport Serif", "Rapport Sans"
ARABIC, ARIAL = "Rapport Arabic", "Arial"  # which every system has in Arabic too
STANDS_FOR = {SERIF: "Cambria", SANS: "Calibri"}
"""The fonts of the theme that each takes the place of, and what a program that reads no embedded font falls back on."""
FACES = {
    SERIF: {"Regular": "serif", "Bold": "serif-bold", "Italic": "serif-italic", "BoldItalic": "serif-bold-italic"},
    SANS: {"Regular": "sans", "Bold": "sans-bold"},
    ARABIC: {"Regular": "arabic"},  # where a file has words written from the right
}
MIXED = 32  # bytes at the head of a font
TABLE, RELATIONS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
FONT_TYPE = '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
SETTINGS = '<w:embedTrueTypeFonts w:val="true"/><w:saveSubsetFonts w:val="true"/>'


def with_sans(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A plain Word file that carries the font without serifs in the place of the one that it asks for."""
    types, settings, styles = (f"{name}.xml" for name in ("[Content_Types]", "word/settings", "word/styles"))
    return {
        **parts,
        types: parts[types].replace(b"<Default ", f"{FONT_TYPE}<Default ".encode(), 1),
        settings: re.sub(rb"(<w:zoom [^>]*/>)", rb"\1" + SETTINGS.encode(), parts[settings], count=1),
        styles: parts[styles].replace(f'"{STANDS_FOR[SANS]}"'.encode(), f'"{SANS}"'.encode()),
        **font_parts((SANS,)),
    }


@cache
def font_parts(families: tuple[str, ...]) -> Mapping[str, bytes]:
    """The parts of a Word file that hold its fonts: each font, the font table, its relations."""
    parts: dict[str, bytes] = {}
    fonts, relations = "", ""
    for family in families:
        embedded = ""
        for face, name in FACES[family].items():
            number = len(parts) + 1
            font = (FOLDER / f"{name}.ttf").read_bytes()
            key = UUID(bytes=hashlib.sha256(font).digest()[:16])
            parts[f"word/fonts/font{number}.odttf"] = obfuscate_font(font, key)
            embedded += f'<w:embed{face} r:id="rId{number}" w:fontKey="{{{str(key).upper()}}}"/>'
            relations += f'<Relationship Id="rId{number}" Type="{NS["r"]}/font" Target="fonts/font{number}.odttf"/>'
        kind = "roman" if family == SERIF else "swiss"
        fonts += (
            f'<w:font w:name="{family}"><w:altName w:val="{STANDS_FOR.get(family, ARIAL)}"/><w:charset w:val="00"/>'
            f'<w:family w:val="{kind}"/><w:pitch w:val="variable"/>{embedded}</w:font>'
        )
    table = f"{XML}<w:fonts {namespace_declarations('w r')}>{fonts}</w:fonts>"
    related = f'{XML}<Relationships xmlns="{NS["rel"]}">{relations}</Relationships>'
    return {**parts, TABLE: table.encode(), RELATIONS: related.encode()}


def obfuscate_font(font: bytes, key: UUID) -> bytes:
    """A font with its head mixed with a key, or unmixed again: each byte with the key's, read from its end."""
    backwards = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:MIXED], backwards, strict=True)) + font[MIXED:]
