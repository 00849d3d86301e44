"""What can be printed: the characters that the report's own fonts have.

typst stops at a character that no font has, and may break down altogether over right-to-left scripts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "output" / "fonts"
COVERAGE, ARABIC = FONTS / "coverage.txt", FONTS / "coverage-arabic.txt"


def printable_characters() -> frozenset[str]:
    """Every character of the fonts: Latin with all its accents, Greek, Cyrillic, and usual signs."""
    return _listed(COVERAGE)


def arabic_characters() -> frozenset[str]:
    """The characters of the font that children's own words alone are set in, where they are written in Arabic."""
    return _listed(ARABIC)


@cache
def _listed(path: Path) -> frozenset[str]:
    lines = [line for line in path.read_text(encoding="ascii").splitlines() if line and line[0] != "#"]
    bounds = [line.partition("-") for line in lines]
    return frozenset(
        chr(code) for first, _, last in bounds for code in range(int(first, 16), int(last or first, 16) + 1)
    )


def unprintable_characters(text: str, also: frozenset[str] = frozenset()) -> str:
    """The characters of a text that no font has, each once, in order; line ends and joiners need no glyph."""
    return "".join(sorted(set(text) - printable_characters() - INVISIBLE - also))


INVISIBLE = frozenset("\n\t\r\u200c\u200d\u200e\u200f\u202f\ufe0e\ufe0f\ufeff")
