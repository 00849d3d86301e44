"""What stands before an item of a list, counted for the proof alone."""

from __future__ import annotations

from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def list_sign(number: int, style: str, delimiter: str) -> str:
    """« b) », « ii. », « (3) »: what stands before an item of a list."""
    return {"OneParen": "{})", "TwoParens": "({})"}.get(delimiter, "{}.").format(list_number(number, style))


def list_number(number: int, style: str) -> str:
    """A number as letters, Roman or Arabic figures, by pandoc's name of the style."""
    match style:
        case "LowerAlpha" | "UpperAlpha":
            times, at = divmod(number - 1, len(LETTERS))
            text = LETTERS[at] * (times + 1)
        case "LowerRoman" | "UpperRoman":
            text = "".join(_roman(number))
        case _:
            return str(number)
    return text.upper() if style.startswith("Upper") else text


def _roman(number: int) -> Iterator[str]:
    for value, figure in ROMAN:
        yield figure * (number // value)
        number %= value
