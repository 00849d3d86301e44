"""What the parts of a Word file are made of: each element and attribute that our files use, and no other.

An allow-list, measured on our own files: whatever else Word knows may hide, turn, replace or add words, or carry some.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache

MARKED = re.compile(rb"<((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>")
ATTRIBUTE = re.compile(rb"\s([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
DECLARATION = re.compile(rb"\?xml version=.1\.0. encoding=.UTF-8.(?: standalone=.yes.)?\?")
NAMESPACE = re.compile(rb"http://(?:schemas\.(?:openxmlformats|microsoft)\.(?:org|com)|purl\.org|www\.w3\.org)/[\w./-]+|"
                       rb"urn:schemas-microsoft-com:[\w:]+")  # fmt: skip
BARE = re.compile(rb"<(?!w:(?:t|instrText|delText)[\s>]|/?\?)[^<>]*>\s*+[^<\s]")
"""Letters that stand where Word shows none."""
INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)<")
INSTRUCTIONS = re.compile(
    rb" (?:PAGE|NUMPAGES|SEQ (?:Tableau|Figure|Table) \\\* ARABIC|(?:PAGE)?REF [\w-]+(?: \\[nh])*|"
    rb'TOC \\o "1-\d" \\h \\z) '
)
COUNTED = re.compile(
    rb"<w:t[^>]*>(\w+)[ \xc2\xa0]+</w:t>(?:(?!</w:p>|<w:t[ >]).)*?<w:instrText[^>]*> SEQ (\w+)", re.DOTALL
)
FACED = re.compile(rb"<w:(?:rFonts|altName|font)\b[^>]*>")
FACE = re.compile(rb'w:(?:ascii|hAnsi|eastAsia|cs|val|name)="([^"]*)"')
OUR_FACES = frozenset(b"Rapport Serif,Rapport Sans,Rapport Arabic,Courier New,Calibri,Cambria,Arial".split(b","))
THEME = "41cc40a5cec2c3b8c66fc139f64d8e30db91dbe3c375721cb81430b1db52572d"
"""The colours and fonts that styles refer to; changed with `reference_document`."""
GRID = re.compile(rb'<w:gridCol w:w="(\d+)"')
SPAN = re.compile(rb'<w:gridSpan w:val="(\d+)"')
WIDE = re.compile(rb'<w:t(?:bl|c)W\b[^>]*w:w="(\d+)"')
WIDEST, NARROWEST = 9100, 200  # twentieths of a point: a line has 8,788

PARAGRAPH = "w:p w:pPr w:pStyle=val w:r w:rPr w:t=xml:space w:fldChar=fldCharType w:instrText=xml:space w:noProof "
LETTERS = "w:b w:bCs w:i w:iCs w:color=val w:sz=val w:rFonts=ascii,asciiTheme,cs,hAnsi,hAnsiTheme w:rPr w:pPr "
EDGE = "color,space,sz,type,val,w"
NOTES = "w:footnotes w:footnote=id,type w:footnoteRef w:separator w:continuationSeparator "
TEXT = (
    "w:document w:body w:bidi "
    "w:bookmarkStart=id,name w:bookmarkEnd=id w:hyperlink=r:id,anchor,history w:footnoteReference=id w:br w:tab "
    "w:noBreakHyphen w:softHyphen w:keepNext w:pageBreakBefore w:jc=val w:spacing=before,val w:ind=left,hanging "
    "w:numPr w:ilvl=val w:numId=val w:rStyle=val w:b w:bCs w:i w:iCs w:u=color,val w:strike=val w:smallCaps "
    "w:vertAlign=val w:position=val w:lang=val,bidi,eastAsia w:rtl w:tbl w:tblPr w:tblStyle=val w:tblW=type,w "
    "w:tblLayout=type w:tblLook=firstColumn,firstRow,lastColumn,lastRow,noHBand,noVBand,val w:tblGrid "
    "w:gridCol=w w:tr w:trPr w:cantSplit w:tblHeader=val w:tc w:tcPr w:tcW=type,w w:gridSpan=val w:vMerge=val "
    "w:sdt w:sdtPr w:sdtContent w:docPartObj w:docPartGallery=val w:docPartUnique w:sectPr "
    "w:headerReference=r:id,type w:footerReference=r:id,type w:type=val w:pgSz=h,w "
    "w:pgMar=bottom,footer,gutter,header,left,right,top w:cols=num,space w:docGrid=linePitch "
    "w:lnNumType=countBy,distance,restart w:drawing wp:inline=distB,distL,distR,distT wp:extent=cx,cy "
    "wp:effectExtent=b,l,r,t wp:docPr=descr,id,name a:graphic a:graphicData=uri pic:pic pic:nvPicPr "
    "pic:cNvPr=id,name pic:cNvPicPr a:picLocks=noChangeArrowheads,noChangeAspect pic:blipFill a:blip=r:embed "
    "a:extLst a:ext=cx,cy,uri asvg:svgBlip=r:embed a:stretch a:fillRect pic:spPr=bwMode a:xfrm a:off=x,y "
    "a:prstGeom=prst a:avLst a:noFill a:ln=w a:headEnd a:tailEnd "
)
HEAD = (
    "w:hdr=mc:Ignorable w:ftr=mc:Ignorable w:pict v:f=eqn v:formulas v:h=position,xrange v:handles "
    "o:lock=v:ext,text,shapetype v:path=o:connectangles,o:connectlocs,o:connecttype,textpathok v:fill=opacity "
    "v:shape=alt,fillcolor,id,o:allowincell,o:spid,stroked,style,type v:shapetype=adj,coordsize,id,o:spt,path "
    "v:textpath=fitshape,on,string,style "
)
NUMBERING = (
    "w:numbering=mc:Ignorable w:abstractNum=abstractNumId w:abstractNumId=val w:nsid=val w:multiLevelType=val "
    "w:lvl=ilvl,tentative w:start=val w:numFmt=val w:lvlText=val w:lvlJc=val w:pStyle=val w:ind=hanging,left "
    "w:num=numId w:lvlOverride=ilvl w:startOverride=val w:i=val "
)
SETTINGS = (
    "w:settings w:zoom=percent w:embedTrueTypeFonts=val w:saveSubsetFonts=val w:trackRevisions "
    "w:documentProtection=edit,enforcement w:defaultTabStop=val w:characterSpacingControl=val w:footnotePr "
    "w:footnote=id w:compat w:compatSetting=name,uri,val w:themeFontLang=val,bidi,eastAsia w:decimalSymbol=val "
    "w:listSeparator=val "
    "w:clrSchemeMapping=accent1,accent2,accent3,accent4,accent5,accent6,bg1,bg2,followedHyperlink,hyperlink,t1,t2 "
)
STYLES = (
    "w:styles=mc:Ignorable w:docDefaults w:rPrDefault w:pPrDefault w:style=customStyle,default,styleId,type "
    "w:name=val w:basedOn=val w:next=val w:link=val w:qFormat w:semiHidden w:unhideWhenUsed w:uiPriority=val "
    "w:latentStyles=count,defLockedState,defQFormat,defSemiHidden,defUIPriority,defUnhideWhenUsed "
    "w:lsdException=name,qFormat,semiHidden,uiPriority,unhideWhenUsed w:keepNext=val w:keepLines "
    "w:pageBreakBefore w:widowControl w:contextualSpacing w:suppressLineNumbers w:outlineLvl=val w:numPr "
    "w:numId=val w:ilvl=val w:pBdr w:spacing=after,before,line,lineRule,val w:ind=hanging,left,right w:jc=val "
    "w:tabs w:tab=leader,pos,val w:szCs=val w:lang=bidi,eastAsia,val w:u=val w:vertAlign=val w:position=val "
    "w:shd=color,fill,val w:caps w:smallCaps w:tblPr w:tblInd=type,w w:tblBorders w:tblCellMar "
    "w:tblStylePr=type w:tcPr w:tcBorders w:vAlign=val "
    f"w:top={EDGE} w:left={EDGE} w:bottom={EDGE} w:right={EDGE} w:insideH={EDGE} w:insideV={EDGE} "
)
FONTS = (
    "w:fonts w:font=name w:altName=val w:charset=val w:family=val w:pitch=val w:embedRegular=r:id,fontKey "
    "w:embedBold=r:id,fontKey w:embedItalic=r:id,fontKey w:embedBoldItalic=r:id,fontKey "
)
FORMS = {
    "word/document.xml": PARAGRAPH + TEXT,
    "word/footnotes.xml": PARAGRAPH + NOTES + TEXT,
    "word/header": PARAGRAPH + HEAD,
    "word/footer": PARAGRAPH + HEAD,
    "word/comments.xml": "w:comments",
    "word/numbering.xml": LETTERS + NUMBERING,
    "word/settings.xml": SETTINGS,
    "word/styles.xml": LETTERS + STYLES,
    "word/webSettings.xml": "w:webSettings=mc:Ignorable w:allowPNG w:doNotSaveAsSingleFile",
    "word/fontTable.xml": FONTS,
}


def odd_forms(name: str, part: bytes) -> Iterator[str]:
    """In one part: elements and attributes not of ours, words between them, fields, faces and tables that are not."""
    if name.startswith("word/theme/"):
        if hashlib.sha256(part).hexdigest() != THEME:
            yield "theme"
        return
    known = next((_known(forms) for place, forms in FORMS.items() if name.startswith(place)), None)
    if known is None:
        return
    yield from sorted({found for mark in set(MARKED.findall(part)) for found in _unknown(mark, known)})
    yield from (bare.decode("utf-8", "replace") for bare in BARE.findall(part))
    for instruction in set(INSTRUCTION.findall(part)):
        if not INSTRUCTIONS.fullmatch(instruction):
            yield instruction.decode("utf-8", "replace")
    yield from (f"SEQ {of.decode()}" for label, of in set(COUNTED.findall(part)) if label != of)
    faces = {face for mark in set(FACED.findall(part)) for face in FACE.findall(mark)}
    yield from (face.decode("utf-8", "replace") for face in sorted(faces - OUR_FACES))
    yield from odd_tables(part)


@cache
def _known(forms: str) -> Mapping[bytes, frozenset[bytes]]:
    """The attributes of each element; those of Word's own have its prefix."""
    split = (form.partition("=") for form in forms.split())
    return {
        element.encode(): frozenset(
            (name if ":" in name or not element.startswith("w:") else f"w:{name}").encode() for name in names.split(",")
        )
        for element, _, names in split
    }


def _unknown(mark: bytes, known: Mapping[bytes, frozenset[bytes]]) -> Iterator[str]:
    """What is not known of one mark, as it stands between « < » and « > »."""
    name = mark.strip(b"/ ").split(None, 1)[0] if mark.strip(b"/ ") else b""
    if name not in known:
        if not DECLARATION.fullmatch(mark):
            yield f"<{name.decode('utf-8', 'replace')}>"
        return
    for attribute, one, other in ATTRIBUTE.findall(mark) if b"=" in mark else ():
        if attribute.startswith(b"xmlns"):
            if not NAMESPACE.fullmatch(one or other):
                yield f"{attribute.decode()}={(one or other).decode('utf-8', 'replace')}"
        elif attribute not in known[name]:
            yield f"<{name.decode()} {attribute.decode('utf-8', 'replace')}>"


def odd_tables(part: bytes) -> Iterator[str]:
    """Tables wider than a line, columns without room, rows of more cells than there are columns."""
    for table in part.split(b"<w:tbl>")[1:]:
        columns = [int(width) for width in GRID.findall(table.partition(b"</w:tblGrid>")[0])]
        wide = [int(width) for width in WIDE.findall(table)]
        if not columns or sum(columns) > WIDEST or min(columns) < NARROWEST or max(wide, default=0) > WIDEST:
            yield "tblGrid"
        for row in table.partition(b"</w:tbl>")[0].split(b"<w:tr>")[1:]:
            if row.count(b"<w:tc>") + sum(int(span) - 1 for span in SPAN.findall(row)) != len(columns):
                yield "gridSpan"
                break
