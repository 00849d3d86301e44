"""Make fonts/web/*.woff2 again, from the fonts of the PDF: python scripts/tools/make_web_fonts.py.

It takes fonttools and brotli, of the group `tools`, which `make lint` installs. Only the signs that French,
English and their neighbours are written with are kept (a twentieth of the size); a browser takes any other from the
reader's own fonts. The licence asks that a changed font bear another name.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parents[1] / "rapport" / "output" / "fonts"
FACES = {
    "serif": ("EBGaramond_400Regular.ttf", "Rapport Serif"),
    "serif-italic": ("EBGaramond_400Regular_Italic.ttf", "Rapport Serif"),
    "serif-semibold": ("EBGaramond_600SemiBold.ttf", "Rapport Serif"),
    "sans": ("SourceSans3-Regular.otf", "Rapport Sans"),
    "sans-semibold": ("SourceSans3-Semibold.otf", "Rapport Sans"),
}
# Latin with its accents, punctuation and narrow spaces, figures above and below, ordinals, euro, number, arrows, signs.
KEPT = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A,
    0x2044, 0x2070, *range(0x2074, 0x207F), *range(0x2080, 0x208A), 0x02B3, 0x02E2, 0x1D48, 0x1D49, 0x1D52, 0x20AC,
    0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2260, 0x2264, 0x2265,
]  # fmt: skip
FEATURES = "kern liga mark mkmk ccmp locl onum lnum pnum tnum".split()
FAMILY_NAMES = (1, 3, 4, 6, 16)  # in a font's table of names: family, unique, full, PostScript, typographic family


def main() -> None:
    """Write every face."""
    for name, (file, family) in FACES.items():
        options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[*range(1, 17)])
        font = subset.load_font(str(FONTS / file), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=KEPT)
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in FAMILY_NAMES:
                record.string = family.replace(" ", "") if record.nameID == 6 else family
        subset.save_font(font, str(FONTS / "web" / f"{name}.woff2"), options)


if __name__ == "__main__":
    main()
