"""What pandoc's Word file lacks or says too much of, part by part.

Plain text replacement, which is safe because pandoc escapes the report's own words: a `<` in these parts is
always a tag. It takes less time than reading the XML alone would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from rapport.model import Edition, Meta
from rapport.office import style_names as styles
from rapport.office.embedded_fonts import ARABIC, FONT_TYPE, SANS, SERIF, SETTINGS, STANDS_FOR, font_parts
from rapport.office.fields import TOC_MARK
from rapport.office.namespaces import NS, XML, core_properties, namespace_declarations
from rapport.office.page_setup import LIST_HANG, LIST_STEP, TWIPS
from rapport.output.docx.draft_marks import counted_lines, watermark
from rapport.output.docx.sizes import pictures, tables

PROPERTIES = re.compile(r"</w:pPr>((?:<!--pPr .*?-->)+)")
PROPERTY = re.compile(r"<!--pPr (.*?)-->")
LAST_TABLE = re.compile(r"(</w:tbl>)(\s*<w:sectPr)")
INTERNAL_LINK = re.compile(r'<w:hyperlink w:anchor="[^"]*">.*?</w:hyperlink>')
OUTER, INNER = styles.style_id(styles.OUTER_LINK), styles.style_id(styles.INNER_LINK)
CONTINUED = re.compile(r'<w:numPr><w:ilvl w:val="(\d)" ?/><w:numId w:val="1000" ?/></w:numPr>')
BULLETS = {"\uf0b7": "–", "o": "•", "\uf0a7": "·"}
BULLET = re.compile(rf'<w:lvlText w:val="([{"".join(BULLETS)}])" ?/>')
BULLET_FONT = re.compile(r'<w:rPr><w:rFonts w:ascii="(?:Symbol|Courier New|Wingdings)"[^>]*></w:rPr>')
INDENT = re.compile(r'(<w:lvl w:ilvl="(\d)">(?:(?!</w:lvl>).)*?)<w:ind w:left="\d+" w:hanging="360" ?/>')
COLON = re.compile(r":</w:t></w:r>(?:<w:bookmarkEnd [^>]*>)*\Z")
LAST_STYLE = re.compile(r'(<w:pStyle w:val="\w+" ?/>)(?!.*<w:pStyle )', re.DOTALL)
RIGHT_TO_LEFT = "<w:rtl"
COMPLEX = re.compile(r'w:cs="Rapport (?:Serif|Sans)"')
"""The font of the scripts that Word calls complex."""
BOOKMARK = re.compile(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]*)" ?/>')
BOOKMARK_END = re.compile(r'<w:bookmarkEnd w:id="(\d+)" ?/>')
ANCHOR = re.compile(r'w:anchor="([^"]*)"')
REFERENCE = re.compile(r"> (?:PAGE)?REF (\S+)")


def mend(parts: Mapping[str, bytes], meta: Meta, contents: str) -> dict[str, bytes]:
    """The parts of the finished file; `contents` is the table of contents as XML."""
    text = {name: part.decode() for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    body, notes = text["word/document.xml"], text["word/footnotes.xml"]
    body = body.replace(TOC_MARK, contents, 1)
    body, notes = lead_ins(lists(links(tables(pictures(properties(body)))))), lists(links(notes, ""))
    draft = meta.edition is Edition.DRAFT
    body = counted_lines(body) if draft else linked_anchors(body, notes)
    text |= {
        "word/document.xml": body,
        "word/footnotes.xml": notes,
        "word/numbering.xml": list_looks(text["word/numbering.xml"]),
        "word/settings.xml": settings(meta),
        "docProps/core.xml": _properties(meta),
        "docProps/app.xml": APP_PROPERTIES,
    }
    for name in text:
        if name.startswith(("word/header", "word/footer")):
            text[name] = running_part(text[name], meta)
        if draft and name.startswith("word/header"):
            text[name] = watermark(text[name], meta.strings["draft"], meta.strings["watermark"])
    text["[Content_Types].xml"] = text["[Content_Types].xml"].replace("<Default ", f"{FONT_TYPE}<Default ", 1)
    for name in ("word/theme/theme1.xml", "word/styles.xml"):
        text[name] = own_fonts(text[name])
    if arabic := RIGHT_TO_LEFT in body:
        text["word/styles.xml"] = COMPLEX.sub(f'w:cs="{ARABIC}"', text["word/styles.xml"])
    fonts = font_parts((SERIF, SANS, ARABIC) if arabic else (SERIF, SANS))
    return {**parts, **{name: part.encode() for name, part in text.items()}, **fonts}


def own_fonts(part: str) -> str:
    """A theme or styles with the fonts that the file carries in the place of those of its reference."""
    for own, other in STANDS_FOR.items():
        part = part.replace(f'"{other}"', f'"{own}"')
    return part


def properties(body: str) -> str:
    """The properties that a paragraph carries at the head of its text go where Word looks for them.

    A paragraph ends the file: after a table, LibreOffice would put one in, and show it all as a tracked change.
    """
    return LAST_TABLE.sub(r"\1<w:p/>\2", PROPERTIES.sub(lambda found: f"{_together(found[1])}</w:pPr>", body))


def _together(marks: str) -> str:
    """The properties of several marks, what ends a section last, as the standard wants."""
    return "".join(sorted(PROPERTY.findall(marks), key=lambda said: said.startswith("<w:sectPr")))


def links(body: str, look: str = f'<w:rStyle w:val="{INNER}" />') -> str:
    """Links into the report are not underlined like those that lead out of it; a note is no place for blue words."""
    return INTERNAL_LINK.sub(lambda link: link[0].replace(f'<w:rStyle w:val="{OUTER}" />', look), body)


def lists(body: str) -> str:
    """What follows in a list item is indented: pandoc gives it an empty bullet, which screen readers announce."""
    return CONTINUED.sub(lambda found: f'<w:ind w:left="{_list_indent(found[1])}"/>', body)


def lead_ins(body: str) -> str:
    """A paragraph that ends with a colon stands on one page with the list or the quotation that it announces."""
    return "</w:p>".join(LAST_STYLE.sub(r"\1<w:keepNext/>", p) if COLON.search(p) else p for p in body.split("</w:p>"))


def _list_indent(level: str) -> int:
    return round(LIST_STEP * (int(level) + 1) * TWIPS)


def list_looks(numbering: str) -> str:
    """Lists under the text of their paragraph, a step further in at each level, with bullets that all fonts have."""
    numbering = BULLET.sub(lambda found: f'<w:lvlText w:val="{BULLETS[found[1]]}"/>', BULLET_FONT.sub("", numbering))
    hanging = round(LIST_HANG * TWIPS)
    return INDENT.sub(
        lambda found: f'{found[1]}<w:ind w:left="{_list_indent(found[2])}" w:hanging="{hanging}"/>', numbering
    )


def linked_anchors(body: str, notes: str) -> str:
    """Without the bookmarks that no link needs: screen readers announce them, and only drafts come back."""
    needed = {name for text in (body, notes) for names in (ANCHOR, REFERENCE) for name in names.findall(text)}
    dropped = {number for number, name in BOOKMARK.findall(body) if name not in needed}
    body = BOOKMARK.sub(lambda found: "" if found[1] in dropped else found[0], body)
    return BOOKMARK_END.sub(lambda found: "" if found[1] in dropped else found[0], body)


def running_part(part: str, meta: Meta) -> str:
    """A header or footer in the words of this report."""
    words = {
        styles.HEADER_MARK: meta.header,
        styles.PAGE_MARK: f"{meta.strings['page']} ",
        styles.OF_MARK: f" {meta.strings['of']} ",
    }
    for mark, word in words.items():
        part = part.replace(mark, escape(word))
    return part


# ---------------------------------------------------------------- what the file says of itself

TRACKED = '<w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
APP_PROPERTIES = f'{XML}<Properties xmlns="{NS["app"]}"/>'


def _properties(meta: Meta) -> str:
    return core_properties(
        f"<dc:title>{escape(meta.title)}</dc:title><dc:subject>{escape(meta.subtitle)}</dc:subject>"
        f"<dc:creator>{escape(meta.author)}</dc:creator><dc:language>{styles.LOCALES[meta.language]}</dc:language>",
        meta.date,
    )


def settings(meta: Meta) -> str:
    """Word's settings: those of a Word of today, and for a draft, corrections that are always tracked."""
    decimal, separator = (",", ";") if meta.language == "fr" else (".", ",")
    uri = 'w:uri="http://schemas.microsoft.com/office/word"'
    return (
        f"{XML}<w:settings {namespace_declarations('w')}>"
        f'<w:zoom w:percent="100"/>{SETTINGS}{TRACKED if meta.edition is Edition.DRAFT else ""}'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" {uri} w:val="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" {uri} w:val="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" {uri} w:val="1"/>'
        f'<w:compatSetting w:name="doNotFlipMirrorIndents" {uri} w:val="1"/></w:compat>'
        f'<w:themeFontLang w:val="{styles.LOCALES[meta.language]}"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val="{separator}"/></w:settings>'
    )
