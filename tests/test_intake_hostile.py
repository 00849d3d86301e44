"""What people may send by mischief or mishap: refused, or its hidden words told, and never a word of it leaked."""

from __future__ import annotations

import io
import json
import random
import re
import stat
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from rapport import cli
from rapport.intake import word_count
from rapport.intake.document import open_document
from rapport.intake.states import IncomingFile
from rapport.intake.unpack import MAX_INSIDE, incoming_files
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.normal_document import NormalDocument
from rapport.office.normalise_docx import normalise
from rapport.office.normalise_odt import normalise_odt
from rapport.office.package import Unsafe, open_package, refuse_old
from word_files import REL, STYLES, TEXT, W, docx, escape, h, odt, p, run, table, zipped

CANARY = "canarixq"
SEEN = p("Un texte inventé, vu de tous.")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part made otherwise."""
    files = parts_of(data)
    return zipped({**files, name: change(files[name])})


def relations(kind: str, target: str, outside: str = ' TargetMode="External"') -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="a" Type="{REL}/{kind}" Target="{escape(target)}"{outside}/>'
    return f'<Relationships xmlns="{space}">{one}</Relationships>'


def field(*pieces: str) -> str:
    """A field whose instruction is cut into runs."""
    inside = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    edge = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return p(inside=edge.format("begin") + inside + edge.format("separate") + run("vu") + edge.format("end"))


BEGIN, END = (f'<w:r><w:fldChar w:fldCharType="{edge}"/></w:r>' for edge in ("begin", "end"))


def settings(target: str) -> bytes:
    parts = {"word/settings.xml": f"<w:settings {W}/>"}
    return docx(SEEN, parts=parts | {"word/_rels/settings.xml.rels": relations("attachedTemplate", target)})


def renamed(data: bytes) -> bytes:
    """The text under a name that says nothing of XML."""
    files = parts_of(data)
    files["word/document.dat"] = files.pop("word/document.xml")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"document.xml", b"document.dat")
    return zipped(files)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(docx(SEEN)).items():
            archive.writestr(name, content)
        info = zipfile.ZipInfo("word/media/a.png")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    return out.getvalue()


DTD = f'<!DOCTYPE w [<!ENTITY a "{CANARY}">]>'
XML7 = b'<?xml version="1.0" encoding="UTF-7"?>'
EVENT = (
    '<office:scripts xmlns:s="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:x="http://www.w3.org/1999/xlink">'
    '<s:event-listener x:href="vnd.sun.star.script:a.py"/></office:scripts>'
)
SOURCE = '<text:section><text:section-source xmlns:x="http://www.w3.org/1999/xlink" x:href="a.odt"/></text:section>'
REFUSED = {
    "a command cut into letters": (docx(field(" D", "D", "E", "AUTO cmd")), "field"),
    "a command in entities": (docx(field(" &#68;&#68;E cmd")), "field"),
    "a command made by another field": (docx(p(inside=BEGIN + field("QUOTE 68")[5:-6] + END)), "field"),
    "a command in a header": (docx(parts={"word/header1.xml": f"<w:hdr {W}>{field('DD', 'E x')}</w:hdr>"}), "field"),
    "a link to elsewhere": (docx(field(' LINK Word.Document.8 "http://x.example/a" ')), "field"),
    "a command in UTF-16": (
        changed(docx(field("DDE x")), "word/document.xml", lambda b: b.decode().encode("utf-16")),
        "field",
    ),
    "a command in a part by another name": (renamed(docx(field("DDE x"))), "field"),
    "macros by another name": (
        docx(SEEN, parts={"word/a.bin": b"x"}, relations={"v": ("vbaProject", "a.bin", False)}),
        "macros",
    ),
    "a template elsewhere": (settings("http://x.example/a.dotm"), "remote"),
    "a template on another computer": (settings("\\\\192.0.2.1\\a.dotm"), "remote"),
    "an object elsewhere": (docx(SEEN, relations={"o": ("oleObject", "http://x.example/a", True)}), "remote"),
    "entities in UTF-16": (
        docx(SEEN, parts={"customXml/item1.xml": f"{DTD}<x>&a;</x>".encode("utf-16-be")}),
        "dtd",
    ),
    "entities in UTF-7": (changed(docx(SEEN), "word/document.xml", lambda b: XML7 + b), "damaged"),
    "names that differ in capitals": (docx(SEEN, parts={"word/DOCUMENT.xml": b"<x/>"}), "duplicate-entries"),
    "a drive's letter": (docx(SEEN, parts={"C:/a.txt": b"x"}), "path"),
    "a link of the file system": (linked(), "path"),
    "commands in OpenDocument": (odt('<text:section><office:dde-source/></text:section>'), "field"),
    "a section from another file": (odt(SOURCE), "field"),
    "a program at an event": (odt(EVENT), "macros"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_the_reason(what: str) -> None:
    data, reason = REFUSED[what]
    with pytest.raises(Unsafe) as refused:
        open_package(data)
    assert refused.value.reason == reason


def test_what_only_resembles_a_danger_is_read() -> None:
    for data in (
        settings("file:///C:/Users/anne/Normal.dotm"),
        settings("file:////Users/anne/Library/Modeles/tf10002081.dotx"),
        settings("file://localhost/Users/anne/Normal.dotm"),
        settings("\\\\SERVEUR\\Modeles\\Courrier.dotx"),
        docx(p("vu : le mot altChunk est dans ce texte")),
        docx(field(' LINK Excel.Sheet.12 "C:\\\\Users\\\\anne\\\\a.xlsx" ')),
        docx(field(" TOC \\o ")),
        changed(docx(SEEN), "word/document.xml", lambda b: b.decode().encode("utf-16")),
    ):
        assert "vu" in normalise(open_package(data)).text


OPENOFFICE = b'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><a/>'


def test_what_openoffice_writes_is_read() -> None:
    files = parts_of(odt('<text:p xml:id="un">vu</text:p><text:p xml:id="un">encore</text:p>'))
    assert normalise_odt(open_package(zipped(files | {"META-INF/manifest.xml": OPENOFFICE}))).text == "vu\nencore"
    for entity in (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', OPENOFFICE.replace(b'd">', b'd" [<!ENTITY b "c">]>')):
        with pytest.raises(Unsafe, match="dtd"):
            open_package(zipped(files | {"META-INF/manifest.xml": entity}))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {
    "pages": zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}),
    "spreadsheet": zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
    "slides": zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}),
}


@pytest.mark.parametrize("program", OTHERS)
def test_files_of_other_programs_are_named(program: str, tmp_path: Path) -> None:
    assert [one.problem for one in received(tmp_path, "texte.bin", OTHERS[program])] == [program]


def test_old_and_free_spreadsheets_and_slides_are_named(tmp_path: Path) -> None:
    mimetype = "application/vnd.oasis.opendocument.{}".format
    for data, program in (
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "slides"),
        (zipped({"mimetype": mimetype("spreadsheet")}), "spreadsheet"),
        (zipped({"mimetype": mimetype("presentation")}), "slides"),
    ):
        assert [one.problem for one in received(tmp_path, "texte.bin", data)] == [program]


@pytest.mark.parametrize("rtf", [b"{\\object\\objautlink x}", b"{\\*\\template http://x.example/a.dotm}"])
def test_an_rtf_that_would_fetch(rtf: bytes) -> None:
    with pytest.raises(Unsafe, match="remote"):
        refuse_old(b"{\\rtf1 " + rtf + b"}")


@pytest.mark.parametrize("text", ["<!-- a -->\n<HTML><p>a</p></HTML>", "MIME-Version: 1.0\n\n<p>a</p>"])
def test_a_web_page_is_no_text(text: str) -> None:
    with pytest.raises(Unsafe, match="format"):
        open_document("a.docx", text.encode())


# ---------------------------------------------------------------- words that nobody sees


def looks(properties: str) -> str:
    return p(inside=run("vu ") + run(CANARY, properties))


def style(kind: str, properties: str) -> dict[str, str]:
    made = f'<w:style w:type="{kind}" w:styleId="S"><w:name w:val="S"/><w:basedOn w:val="B"/></w:style>'
    base = f'<w:style w:type="{kind}" w:styleId="B"><w:name w:val="B"/><w:rPr>{properties}</w:rPr></w:style>'
    return {"word/styles.xml": f"<w:styles {W}>{STYLES}{made}{base}</w:styles>"}


def in_table(properties: str = "", cell: str = "", inside: str = p(CANARY), row: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr>{row}<w:tc>{cell}{inside}</w:tc></w:tr></w:tbl>"


def box(inside: str, of_anchor: str = "", of_document: str = "") -> str:
    return p(
        inside=f'<w:r><w:drawing><wp:anchor>{of_anchor}<wp:docPr id="1" name="b" {of_document}/><a:graphic><w:shape>'
        f"<w:txbx><w:txbxContent>{inside}</w:txbxContent></w:txbx></w:shape></a:graphic></wp:anchor></w:drawing></w:r>"
    )


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHITE, TINY = '<w:color w:val="ffffff"/>', '<w:sz w:val="2"/>'
TABLE_STYLE = '<w:tblStyle w:val="S"/>'
OFF = '<wp:positionH relativeFrom="page"><wp:posOffset>-99000000</wp:posOffset></wp:positionH>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
LIT = '<w:tcPr><w:shd w:val="clear" w:fill="FFFFFF"/></w:tcPr>'
HIDDEN = {
    "nearly white": docx(looks('<w:color w:val="FEFEFE"/>')),
    "white by the theme": docx(looks('<w:color w:val="auto" w:themeColor="light1"/>')),
    "white on white": docx(looks(f'{WHITE}<w:shd w:val="clear" w:fill="FFFFFF"/>')),
    "white under a white marker": docx(looks(f'{WHITE}<w:highlight w:val="white"/>')),
    "black under a black marker": docx(looks('<w:highlight w:val="black"/>')),
    "yellow on yellow": docx(looks('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')),
    "squeezed": docx(looks('<w:w w:val="1"/>')),
    "white by a style": docx(looks('<w:rStyle w:val="S"/>'), parts=style("character", WHITE)),
    "minute by a paragraph's style": docx(p(CANARY, "S"), parts=style("paragraph", TINY)),
    "hidden by a table's style": docx(in_table(TABLE_STYLE), parts=style("table", "<w:vanish/>")),
    "white in a white cell": docx(in_table(cell=LIT, inside=looks(WHITE))),
    "white in a box": docx(box(looks(WHITE))),
    "a hidden box": docx(box(p(CANARY), of_document='hidden="1"')),
    "a box off the page": docx(box(p(CANARY), of_anchor=OFF)),
    "a box of no size": docx(box(p(CANARY), of_anchor='<wp:extent cx="0" cy="0"/>')),
    "a frame off the page": docx(f'<w:p><w:pPr><w:framePr w:x="-30000"/></w:pPr>{run(CANARY)}</w:p>'),
    "a hidden row": docx(in_table(row="<w:trPr><w:hidden/></w:trPr>")),
    "a row of no height": docx(in_table(row='<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>')),
    "lines of no height": docx(
        f'<w:p><w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>{run(CANARY)}</w:p>'
    ),
    "a deleted cell": docx(in_table(cell='<w:tcPr><w:cellDel w:id="1" w:author="Anne"/></w:tcPr>')),
    "letters without a fill": docx(looks(f"<w14:textFill {W14}><w14:noFill/></w14:textFill>")),
    "white letters drawn": docx(
        looks(f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>')
    ),
    "letters seen through": docx(
        looks(
            f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/>'
            "</w14:srgbClr></w14:solidFill></w14:textFill>"
        )
    ),
    "letters on top of one another": docx(looks('<w:spacing w:val="-200"/>')),
    "raised off the page": docx(looks('<w:position w:val="3000"/>')),
    "always hidden": docx(looks("<w:specVanish/>")),
    "left of the page": docx(f'<w:p><w:pPr><w:ind w:left="-20000"/></w:pPr>{run(CANARY)}</w:p>'),
    "a first line left of the page": docx(f'<w:p><w:pPr><w:ind w:hanging="20000"/></w:pPr>{run(CANARY)}</w:p>'),
    "right of the page": docx(f'<w:p><w:pPr><w:ind w:start="20000"/></w:pPr>{run(CANARY)}</w:p>'),
    "on top of one another by a style": docx(
        looks('<w:rStyle w:val="S"/>'), parts=style("character", '<w:spacing w:val="-200"/>')
    ),
    "comments by another name": docx(
        SEEN,
        parts={"word/notes7.xml": f'<w:comments {W}><w:comment w:id="7">{p(CANARY)}</w:comment></w:comments>'},
        relations={"c": ("comments", "notes7.xml", False)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HIDDEN)
def test_what_nobody_sees_in_word_is_told(what: str) -> None:
    normal = normalise(open_package(HIDDEN[what]))
    assert CANARY not in normal.text
    assert [finding.text for finding in normal.findings] == [CANARY]


SHOWN = {
    "white on blue": looks(WHITE + DARK),
    "white on a blue paragraph": f"<w:p><w:pPr>{DARK}</w:pPr>{run(CANARY, WHITE)}</w:p>",
    "white in a blue cell": in_table(cell=f"<w:tcPr>{DARK}</w:tcPr>", inside=looks(WHITE)),
    "white in a table of an unknown style": in_table('<w:tblStyle w:val="X"/>', inside=looks(WHITE)),
    "white in a filled box": box(looks(WHITE)).replace("<w:shape>", "<w:shape><a:solidFill/>"),
    "automatic on black": looks('<w:shd w:val="clear" w:fill="000000"/>'),
    "grey by the theme": looks('<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="80"/>'),
    "hidden on screen only": looks("<w:webHidden/>"),
    "a little narrower": looks('<w:spacing w:val="-20"/><w:position w:val="6"/>'),
    "indented like a quotation": f'<w:p><w:pPr><w:ind w:left="1440" w:hanging="720"/></w:pPr>{run(CANARY)}</w:p>',
    "drawn in black": looks(
        f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill></w14:textFill>'
    ),
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_is_seen_in_word_stays(what: str) -> None:
    normal = normalise(open_package(docx(SHOWN[what])))
    assert CANARY in normal.text and normal.findings == []


FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
SVG = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
SPAN = f'<text:p>vu <text:span text:style-name="S">{CANARY}</text:span></text:p>'
ROW = "<table:table-row{}><table:table-cell><text:p>{}</text:p></table:table-cell>{}</table:table-row>"
ODF = {
    "white by the paragraph": (f'<text:p text:style-name="S">{CANARY}</text:p>', "paragraph", 'fo:color="#ffffff"'),
    "white on white": (SPAN, "text", 'fo:color="#ffffff" fo:background-color="#ffffff"'),
    "black on black": (SPAN, "text", 'fo:color="#000000" fo:background-color="#000000"'),
    "minute": (SPAN, "text", 'fo:font-size="1pt"'),
    "squeezed": (SPAN, "text", 'style:text-scale="1%"'),
    "letters on top of one another": (SPAN, "text", 'fo:letter-spacing="-0.5cm"'),
    "seen through": (SPAN, "text", 'loext:opacity="0%"'),
    "raised to nothing": (SPAN, "text", 'style:text-position="-100% 1%"'),
    "a hidden paragraph": (f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{CANARY}</text:p>', "", ""),
    "a closed row": (
        "<table:table><table:table-column/>"
        + ROW.format(' table:visibility="collapse"', CANARY, "")
        + "</table:table>",
        "",
        "",
    ),
    "a closed column": (
        '<table:table><table:table-column/><table:table-column table:visibility="collapse"/>'
        + ROW.format("", "vu", f"<table:table-cell><text:p>{CANARY}</text:p></table:table-cell>")
        + "</table:table>",
        "",
        "",
    ),
    "a frame off the page": (
        f'<text:p>vu<draw:frame {SVG} svg:x="-90cm"><draw:text-box><text:p>{CANARY}</text:p></draw:text-box>'
        "</draw:frame></text:p>",
        "",
        "",
    ),
}  # fmt: skip


def dressed(body: str, family: str, properties: str) -> NormalDocument:
    made = (
        f'<style:style {FO} style:name="S" style:family="{family}"><style:text-properties {properties}/></style:style>'
    )
    return normalise_odt(open_package(odt(body, made if family else "")))


@pytest.mark.parametrize("what", ODF)
def test_what_nobody_sees_in_an_odt_is_told(what: str) -> None:
    normal = dressed(*ODF[what])
    assert CANARY not in normal.text
    assert [finding.text for finding in normal.findings] == [CANARY]


def test_a_paragraph_beside_the_page_of_an_odt_is_told() -> None:
    for margin in ('fo:margin-left="-30cm"', 'fo:margin-left="25cm"', 'fo:text-indent="-30cm"'):
        made = (
            f'<style:style style:name="S" style:family="paragraph"><style:paragraph-properties {margin}/></style:style>'
        )
        normal = normalise_odt(open_package(odt(f'<text:p text:style-name="S">{CANARY}</text:p>', made)))
        assert (CANARY in normal.text, [one.text for one in normal.findings]) == (False, [CANARY])


def test_what_is_seen_in_an_odt_stays() -> None:
    for properties in ('fo:color="#ffffff" fo:background-color="#1f3864"', 'fo:background-color="#000000"'):
        normal = dressed(SPAN, "text", properties)
        assert CANARY in normal.text and normal.findings == []


def test_what_a_page_would_hide_of_a_markdown_text_is_told() -> None:
    document = open_document("a.md", f'## Constat\n\nvu\n\n<div style="display: none">{CANARY}</div>\n'.encode())
    assert word_count.words_of_blocks(document.blocks) == ["Constat", "vu"]
    assert [finding.text for finding in document.normal.findings] == [CANARY]


# ---------------------------------------------------------------- damage, depth, post


def test_damaged_files_never_crash() -> None:
    """Cut at twenty places, bits turned over at two hundred: read or refused, with a reason."""
    chance = random.Random(5)
    for whole in (docx(*TEXT, table(("a", "b"))), odt(SPAN)):
        cut = [whole[: chance.randrange(len(whole))] for _ in range(20)]
        for _ in range(200):
            bits = bytearray(whole)
            bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
            cut.append(bytes(bits))
        for data in cut:
            if kind_of(data) in (Kind.DOCX, Kind.ODT):
                try:
                    package = open_package(data)
                    (normalise if package.kind is Kind.DOCX else normalise_odt)(package)
                except Unsafe as refused:
                    assert refused.reason


def test_lists_beyond_all_depth() -> None:
    with pytest.raises(Unsafe, match="nested"):
        open_document("a.md", ("## Constat\n\n" + ">" * 1200 + " mot\n").encode())


def received(root: Path, name: str, data: bytes) -> list[IncomingFile]:
    path = root / "contributions" / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return list(incoming_files(root))


def test_a_well_of_archives_gives_no_more_files_than_one_may_hold(tmp_path: Path) -> None:
    inner = zipped({f"{number}.txt": b"mot" for number in range(200)})
    found = received(tmp_path, "a.zip", zipped({f"{number}.zip": inner for number in range(10)}))
    assert len(found) == MAX_INSIDE + 1
    assert found[-1].problem == "too-many"


def test_what_an_archive_holds_beside_texts_is_told(tmp_path: Path) -> None:
    found = received(tmp_path, "a.zip", zipped({"a.txt": b"mot", "b.xlsx": b"feuille", "photo.png": b"x"}))
    assert [one.name for one in found] == ["a.txt", "b.xlsx", "photo.png"]


@pytest.mark.parametrize("how", ["alone", "among the words", "forwarded"])
def test_an_attachment_wherever_a_mail_program_puts_it(how: str, tmp_path: Path) -> None:
    inner = EmailMessage()
    inner.set_content(b"un texte", "application", "octet-stream", filename="texte.txt")
    message = EmailMessage()
    if how == "alone":
        message = inner
    elif how == "among the words":
        words, mixed = EmailMessage(), EmailMessage()
        words.set_content("voir ci-joint")
        mixed.make_mixed()
        mixed.attach(inner)
        message.make_alternative()
        message.attach(words)
        message.attach(mixed)
    else:
        message.set_content("voir ci-joint")
        message.add_attachment(inner)
    words = [] if how == "alone" else [("message.txt", b"voir ci-joint\n")]
    found = [(one.name, one.data) for one in received(tmp_path, "a.eml", message.as_bytes())]
    assert found == [*words, ("texte.txt", b"un texte")]


def test_words_in_an_encoding_that_nobody_knows(tmp_path: Path) -> None:
    (one,) = received(tmp_path, "a.eml", b"Content-Type: text/plain; charset=inconnu-8\n\nUn \xe9t\xe9\n")
    assert one.data.strip() == "Un été".encode()


def test_outlooks_own_wrapping_is_named(tmp_path: Path) -> None:
    (one,) = received(tmp_path, "winmail.dat", b"\x78\x9f\x3e\x22 texte")
    assert one.problem == "winmail"


# ---------------------------------------------------------------- through the command


def receipts(root: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8-sig") for path in (root / "build" / "recus").glob("*.txt"))


def test_a_refused_file_leaves_no_word_anywhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = docx(h("Constat"), p(CANARY), field("DD", "E cmd"))
    received(project, "beta/mendicite.docx", sent)
    assert cli.run(["intake", "--root", str(project)]) == 1
    out, err = capsys.readouterr()
    made = [path for top in ("build", "contributions") for path in (project / top).rglob("*") if path.is_file()]
    assert [path.name for path in made if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in out + err and "irait chercher un autre fichier" in out


def test_a_file_of_nothing_but_hidden_words_waits(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    received(project, "beta/mendicite.docx", docx(looks("<w:vanish/>").replace("vu ", "")))
    assert cli.run(["intake", "--root", str(project)]) == 1
    assert "il contient encore du texte caché" in capsys.readouterr().out
    assert CANARY in receipts(project)


def test_a_table_keeps_its_columns_where_cells_reach_down(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc><w:tc>{}</w:tc>"
    rows = (cells.format(' w:val="restart"', p("Paris"), p("dix")), cells.format("", p(), p("vingt")))
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    made = f"<w:tbl>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    received(project, "beta/mendicite.docx", docx(h("Constat"), made))
    cli.run(["intake", "--root", str(project)])
    text = (project / "contributions" / "beta" / "mendicite.md").read_text(encoding="utf-8")
    assert re.search(r"\| Paris +\| dix +\|\n\|[-|]+\|\n\| +\| vingt +\|", text)


def test_notes_in_a_part_of_another_name() -> None:
    note = f'<w:footnotes {W}><w:footnote w:id="2">{p("Une note.")}</w:footnote></w:footnotes>'
    body = p(inside=run("mot") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = open_document(
        "a.docx",
        docx(body, parts={"word/notes1.xml": note}, relations={"f": ("footnotes", "notes1.xml", False)}),
    )
    assert word_count.words_of_blocks(document.blocks) == ["mot", "Une", "note"]


def test_an_intake_that_was_killed_goes_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is in the journal as soon as it is taken in; what was corrected meanwhile stays."""
    for theme in ("mendicite", "zzz"):
        received(project, f"beta/{theme}.docx", docx(*TEXT, p(theme)))
    monkeypatch.setattr("rapport.intake.inbox.convert_file", stopped_at("zzz"))
    assert cli.run(["intake", "--root", str(project)]) == 130
    path = project / "contributions" / "beta" / "mendicite.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Une suite", "Notre suite"), encoding="utf-8")
    monkeypatch.undo()
    cli.run(["intake", "--root", str(project)])
    assert "Notre suite" in path.read_text(encoding="utf-8")
    assert "existe déjà" not in receipts(project)


def stopped_at(name: str) -> Callable[..., object]:
    from rapport.intake.conversion import convert_file

    def stopping(arrived: IncomingFile, *others: object) -> object:
        if name in arrived.path:
            raise KeyboardInterrupt
        return convert_file(arrived, *others)  # type: ignore[arg-type]

    return stopping


def test_a_receipt_says_days_as_people_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    received(project, "beta/mendicite.docx", docx(h("Constat"), p("Des mots inventés.")))
    cli.run(["intake", "--root", str(project)])
    assert "nous avons mis le 28 février 2015 en attendant" in re.sub(r"\s+", " ", receipts(project))


def test_two_themes_in_one_file_are_asked_about(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    themes = ("La mendicité", "Travail forcé")
    body = [part for title in themes for part in (p(title, "Title"), h("Constat"), p("Des mots."))]
    received(project, "beta/mendicite.docx", docx(*body))
    cli.run(["intake", "--root", str(project)])
    assert "semble contenir plusieurs thèmes (Mendicité / Travail forcé)" in re.sub(r"\s+", " ", receipts(project))


def test_what_to_do_is_what_would_help(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    received(project, "beta/a.docx", settings("http://x.example/a.dotm"))
    received(project, "beta/b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    cli.run(["intake", "--root", str(project)])
    told = re.sub(r"\s+", " ", receipts(project))
    assert (
        "effacez ce qui est écrit sous « Modèle de document »" in told.replace("\xa0", " ")
        and "effacez le mot de passe" in told
    )
    assert "Enregistrer sous" not in told


def test_headings_and_old_bullets_in_cells_are_plain_words() -> None:
    from rapport.intake.blocks import clean_blocks
    from rapport.intake.states import ReceivedText

    made = in_table(inside=h("Titre") + p(f"{chr(0xF0B7)} mot"))
    blocks = clean_blocks(open_document("a.docx", docx(made)).blocks, ReceivedText())
    assert '"Header"' not in json.dumps(blocks) and "•" in json.dumps(blocks, ensure_ascii=False)
