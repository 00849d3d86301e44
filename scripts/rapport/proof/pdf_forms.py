"""What a PDF is made of: each name that typst writes into ours, and no other.

An allow-list, measured on our own files: whatever else a PDF may hold can hide, turn, replace or add words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.proof.pdf_file import STRING, PdfFile

NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
NUMBERED = re.compile(rb"[A-Z]{6}\+[\w-]+|[cfx]\d+")
"""The names of fonts and of what pages use."""
NAMES = frozenset(
    b"A Action Alt Annot Annots Ascent Author BBox BackgroundColor BaseFont BaselineShift BitsPerComponent Block "
    b"BlockQuote Border BorderColor BorderStyle BorderThickness CIDFontType0 CIDFontType0C CIDFontType2 CIDSet "
    b"CIDSystemInfo CIDToGIDMap CMap CapHeight Caption Catalog Circle Code ColSpan ColorSpace Column Contents "
    b"Count CreationDate Creator D DCTDecode DW Datetime Decimal DescendantFonts Descent Dest DestOutputProfile "
    b"Dests DeviceGray DeviceRGB Direction Disc DisplayDocTitle Div Document Em Encoding F Figure Filter First "
    b"Flags FlateDecode Font FontBBox FontDescriptor FontFile2 FontFile3 FontName Formula GTS_PDFA1 H1 H2 H3 H4 "
    b"H5 H6 Headers Height ICCBased ID IDTree Identity Identity-H Image ImageB ImageC Info ItalicAngle K Kids L "
    b"L2R LBody LI Lang Last Layout Lbl Length LineHeight LineThrough Link List ListNumbering LowerAlpha "
    b"LowerRoman MCID MCR MarkInfo Marked MediaBox Metadata ModDate N Names Next None Note Nums O OBJR Obj "
    b"Ordering Outlines OutputCondition OutputConditionIdentifier OutputIntent OutputIntents P PDF Page "
    b"PageLabel PageLabels Pages Parent ParentTree ParentTreeNextKey Part Pg Placement Prev ProcSet Quote "
    b"QuadPoints Range Rect Reference Registry RegistryName Resources RoleMap Root Row RowSpan S SMask Scope "
    b"Size Solid Span Square St StemV Strong StructElem StructParent StructParents StructTreeRoot Subtype "
    b"Supplement Suspects T TBody TD TFoot TH THead TOC TOCI TR Table Tabs Terms Text TextDecorationType Title "
    b"ToUnicode Type Type0 URI Underline UpperAlpha UpperRoman ViewerPreferences W WMode Width XML XObject XYZ".split()
)
ROLES = re.compile(rb"/RoleMap\s*<<([^<>]*)>>")
MAPPED = frozenset(
    (b"/Datetime/Span", b"/Terms/Part", b"/Title/P", b"/Strong/Span", b"/Em/Span", b"/Sub/Span", b"/FENote/Note")
)
PAIR = re.compile(rb"/\w+\s*/\w+")
OTHER_FONT = re.compile(rb"/DW (?!0\b)|/CIDToGIDMap(?! ?/Identity\b)")
FRAMED = re.compile(rb"/Border ?\[(?!0 0 0\])")
SPOKEN = re.compile(rb"/S/(?!Figure\b|Formula\b)\w+/(?:.*?/)?Alt\b", re.DOTALL)
TABS = re.compile(rb"/Tabs ?/(?!S\b)(\w+)")


def odd_names(file: PdfFile) -> Iterator[str]:
    """Names that our PDFs have no use for, and values that those they have never take."""
    sources = [*_sources(file)]
    if any(b"/Alt" in source and SPOKEN.search(source) for source in sources):
        yield "/Alt"
    whole = b"\n".join(sources)
    for odd in (OTHER_FONT, FRAMED, TABS):
        yield from (mark.decode("latin-1") for mark in odd.findall(whole))
    for roles in ROLES.findall(whole):
        yield from (pair.decode("latin-1") for pair in PAIR.findall(roles) if pair not in MAPPED)
    odd_ones = sorted({*NAME.findall(whole)} - NAMES)
    yield from (f"/{name.decode('latin-1')}" for name in odd_ones if not NUMBERED.fullmatch(name))


def _sources(file: PdfFile) -> Iterator[bytes]:
    """The source of each object and of the file itself, without its strings."""
    objects = (file.dictionary(number) for number, offset in enumerate(file.offsets) if offset)
    for source in (*objects, file.trailer):
        yield STRING.sub(b"()", source) if b"(" in source else source
