"""The lines of a letter as a PDF, in the looks that they have in Word; tagged, in the same bytes every time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import asdict

from rapport.office.plain_page import LOOKS, MARGIN_CM, PageLine
from rapport.office.style_names import LOCALES
from rapport.output.pdf.writer import typesetter

HERE = Path(__file__).resolve().parent / "page"
BULLETS = ("entry", "item")
SPARE_CM = 1  # left empty at the foot, so that what is one page here is one in Word too, whose lines stand wider apart


def as_pdf(lines: Sequence[PageLine], date: str, language: str) -> tuple[bytes, int]:
    """The page, and how many pages it takes; `date` (ISO) is the only one in its properties.

    Raises `TypesettingError` where typst refuses.
    """
    locale = LOCALES[language].split("-")
    data = {
        "title": next((line.text for line in lines if line.kind == "subject"), ""),
        "author": next((line.text for line in lines if line.kind == "sender"), ""),
        "language": locale[0], "region": locale[1], "margin": MARGIN_CM, "spare": SPARE_CM,
        "date": [*map(int, date.split("-"))], "lines": [*map(_line, lines)],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "page.typ").write_bytes((HERE / "page.typ").read_bytes())
        (folder / "page.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        content = typesetter(folder, "page.typ")()
    return content, content.count(b"/Type/Page\n") + content.count(b"/Type/Page/")


def _line(line: PageLine) -> dict[str, object]:
    text = f"« {line.text} »" if line.kind == "quote" else line.text
    return {"kind": line.kind, "text": text, "look": asdict(LOOKS[line.kind]), "bullet": line.kind in BULLETS}
