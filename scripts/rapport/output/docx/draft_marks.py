"""What only a draft wears: its lines numbered by fives, so that a meeting can point at one, and a word on its pages."""

from __future__ import annotations

from html import escape

from rapport.office.namespaces import namespace_declarations
from rapport.office.page_setup import NUMBER_WIDTH, TWIPS

EVERY = 5
BESIDE = 10.0
"""Points between the numbers of the lines and those of the paragraphs."""

LINE_NUMBERS = (
    f'<w:lnNumType w:countBy="{EVERY}" w:distance="{round((NUMBER_WIDTH + BESIDE) * TWIPS)}" w:restart="newPage"/>'
)

# Word's own watermark, as its menu makes it: WordArt, the one kind that its menu can also take away.
ACROSS = (
    f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict {namespace_declarations('v o')}>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{formulas}</v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="{said}" '
    'style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:126pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" '
    'o:allowincell="f" fillcolor="#e3e6eb" stroked="f">'
    '<v:textpath style="font-family:&quot;Rapport Sans&quot;;font-size:1pt" string="{word}"/></v:shape></w:pict></w:r>'
)
FORMULAS = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1",
    "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
)  # fmt: skip


def counted_lines(body: str) -> str:
    """The body with the lines of its last section numbered, the only one that is not the cover."""
    before, margins, after = body.rpartition("<w:pgMar ")
    end = after.index("/>") + len("/>")
    return f"{before}{margins}{after[:end]}{LINE_NUMBERS}{after[end:]}"


def watermark(header: str, word: str, said: str) -> str:
    """A header with a word across the page behind its text; `said` describes it to who does not see it."""
    formulas = "".join(f'<v:f eqn="{formula}"/>' for formula in FORMULAS)
    shape = ACROSS.format(formulas=formulas, word=escape(word), said=escape(said))
    return header.replace("</w:pPr>", f"</w:pPr>{shape}", 1)
