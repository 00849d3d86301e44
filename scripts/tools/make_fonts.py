"""Make the fonts that pages of HTML and Word files carry again: python scripts/tools/make_fonts.py [SANS] [ARABIC].

It takes fonttools and brotli, of the group `tools`, which `make lint` installs. Only the signs that French,
English and their neighbours are written with are kept (a twentieth of the size); a browser or Word takes any other from
the reader's own fonts. The licence asks that a changed font bear another name.

Word embeds no font with PostScript outlines: its sans comes from the TrueType files of Source Sans Pro, which the
package font-source-sans-pro of PyPI holds; give the folder where they lie. Children's words in Arabic script are set in
Noto Sans Arabic, of the package fontpkg-noto-sans-arabic; give its variable file. Its feature `ccmp` is left out: it
takes letters apart into two signs that both say the letter, and whoever copies or hears the PDF would have it twice.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

RAPPORT = Path(__file__).parents[1] / "rapport"
FONTS, WORD = RAPPORT / "output" / "fonts", RAPPORT / "office" / "fonts"
FACES = {
    "serif": ("EBGaramond_400Regular.ttf", "Rapport Serif"),
    "serif-italic": ("EBGaramond_400Regular_Italic.ttf", "Rapport Serif"),
    "serif-semibold": ("EBGaramond_600SemiBold.ttf", "Rapport Serif"),
    "sans": ("SourceSans3-Regular.otf", "Rapport Sans"),
    "sans-semibold": ("SourceSans3-Semibold.otf", "Rapport Sans"),
}
ARABIC_PLACES = {FONTS / "RapportArabic.ttf": None, FONTS / "web" / "arabic.woff2": "woff2", WORD / "arabic.ttf": None}
WORD_SERIF = {
    "serif": "EBGaramond_400Regular.ttf",
    "serif-italic": "EBGaramond_400Regular_Italic.ttf",
    "serif-bold": "EBGaramond_700Bold.ttf",
    "serif-bold-italic": "EBGaramond_700Bold_Italic.ttf",
}
WORD_SANS = {"sans": "SourceSansPro-Regular.ttf", "sans-bold": "SourceSansPro-Bold.ttf"}
# Latin with its accents, punctuation and narrow spaces, figures above and below, ordinals, euro, number, arrows, signs.
KEPT = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A,
    0x2044, 0x2070, *range(0x2074, 0x207F), *range(0x2080, 0x208A), 0x02B3, 0x02E2, 0x1D48, 0x1D49, 0x1D52, 0x20AC,
    0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2260, 0x2264, 0x2265,
]  # fmt: skip
ARABIC_FEATURES = "init medi fina isol rlig mark mkmk curs kern rclt".split()
# With the spaces, figures and marks of a sentence, so that one is set whole; Latin letters are the other fonts'.
ARABIC_KEPT = [*range(0x20, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F), 0xA0, 0xAB, 0xBB, *range(0x600, 0x700)]
ARABIC_COVERAGE = [code for code in ARABIC_KEPT if code >= 0x600]
FEATURES = "kern liga mark mkmk ccmp locl onum lnum pnum tnum".split()
WORD_FEATURES = "kern liga mark mkmk ccmp locl".split()
FAMILY_NAMES = (1, 3, 4, 6, 16)  # in a font's table of names: family, unique, full, PostScript, typographic family
TALL, DEEP = 0.95, 0.222  # the line of Cambria, in ems: the styles of the Word file are measured for it
SIZES = {"Rapport Serif": 1.12, "Rapport Sans": 0.95}  # what makes each as large to the eye as Cambria and Calibri


def kept(
    source: Path, family: str, features: list[str], flavor: str | None, signs: list[int] = KEPT
) -> tuple[Any, subset.Options]:
    """A font with the signs that are kept, under the name of a family."""
    options = subset.Options(flavor=flavor, layout_features=features, hinting=False, name_IDs=[*range(1, 17)])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    return font, options


def for_word(font: Any, family: str) -> None:
    """As large to the eye as the font of Word's own that it stands for, on lines of the same height."""
    em = font["head"].unitsPerEm = round(font["head"].unitsPerEm / SIZES[family])
    up, down = round(TALL * em), round(DEEP * em)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = up, -down, 0
    metrics = font["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = up, -down, 0
    metrics.usWinAscent, metrics.usWinDescent = up, down


def arabic(variable: Path) -> None:
    """The face of Arabic script for PDF, Word and pages of HTML, and the list of the signs that it has."""
    with tempfile.TemporaryDirectory() as folder:
        regular = Path(folder, "regular.ttf")
        instantiateVariableFont(TTFont(variable), {"wdth": 100, "wght": 400}).save(regular)
        for path, flavor in ARABIC_PLACES.items():
            font, options = kept(regular, "Rapport Arabic", ARABIC_FEATURES, flavor, ARABIC_KEPT)
            font["head"].modified = font["head"].created
            font.recalcTimestamp = False
            subset.save_font(font, str(path), options)
            drawn = sorted(set(font.getBestCmap()).intersection(ARABIC_COVERAGE))
    lines = [
        "# The Arabic signs of RapportArabic.ttf, as code points in hexadecimal.",
        *(f"{code:04X}" for code in drawn),
    ]
    (FONTS / "coverage-arabic.txt").write_text("\n".join([*lines, ""]), encoding="ascii")


def main(sans: Path | None, variable: Path | None) -> None:
    """Write every face."""
    if variable:
        arabic(variable)
    for name, (file, family) in FACES.items():
        font, options = kept(FONTS / file, family, FEATURES, "woff2")
        subset.save_font(font, str(FONTS / "web" / f"{name}.woff2"), options)
    faces = {name: (FONTS / file, "Rapport Serif") for name, file in WORD_SERIF.items()}
    faces |= {name: (sans / file, "Rapport Sans") for name, file in WORD_SANS.items()} if sans else {}
    for name, (source, family) in faces.items():
        font, options = kept(source, family, WORD_FEATURES, None)
        for_word(font, family)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        subset.save_font(font, str(WORD / f"{name}.ttf"), options)


if __name__ == "__main__":
    main(*[Path(given) if given else None for given in (*sys.argv[1:], "", "")[:2]])
