"""Words in bold, italics and the like, as OpenDocument has them: a span for each look."""

from __future__ import annotations

from html import escape

from rapport.translation.passage_lines import TextRun

LOOKS = {
    "Strong": 'fo:font-weight="bold"', "Emph": 'fo:font-style="italic"',
    "Strikeout": 'style:text-line-through-style="solid" style:text-line-through-type="single"',
    "Superscript": 'style:text-position="super 58%"', "Subscript": 'style:text-position="sub 58%"',
}  # fmt: skip
RUNS = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
    for name, look in LOOKS.items()
)


def styled_run(run: TextRun) -> str:
    """Words in bold, italics and the like, a span for each."""
    said = escape(run.text)
    for look in sorted(run.looks):
        said = f'<text:span text:style-name="{look}">{said}</text:span>'
    return said
