"""Word and OpenDocument files read: nothing dropped in silence, nothing hidden let through, nothing run or fetched."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile

import pytest

from rapport.intake import word_count
from rapport.intake.document import open_document
from rapport.inventory.reading import inventory
from rapport.office import convert
from rapport.office.normalise_docx import normalise
from rapport.office.normalise_odt import normalise_odt
from rapport.office.package import Unsafe, open_package, refuse_old
from word_files import W, bold, docx, field, h, odt, p, run, table, zipped

DRAWN = (
    "<mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic><a:graphicData><w:txbxContent>{inside}"
    "</w:txbxContent></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)
# What a file may hold, each with words that must be in the text in this order.
CARRIED = {
    "a text box, and the paragraph it hangs on": (
        p(inside=f"{run('hôte')}<w:r>{DRAWN.format(inside=p('dans la boîte'))}</w:r>"),
        "hôte dans la boîte",
    ),
    "a simple field": (
        p(inside=f'{run("vu le ")}<w:fldSimple w:instr=" DATE ">{run("5 mai")}</w:fldSimple>'),
        "vu le 5 mai",
    ),
    "a content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('dans le contrôle')}</w:sdtContent></w:sdt>",
        "dans le contrôle",
    ),
    "a symbol of an old font": (
        p(inside=f'<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>{run(" suite")}'),
        "suite",
    ),
    "rows of different widths": (table(("un", "deux"), ("trois", "quatre", "cinq")), "un deux trois quatre cinq"),
    "a table in a cell": (
        f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{p('dehors')}{table(('dedans', 'aussi'))}{p()}</w:tc>"
        "</w:tr></w:tbl>",
        "dehors dedans aussi",
    ),
    "an equation": (
        p(
            inside='<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x = 2</m:t>'
            "</m:r></m:oMath>"
        ),
        "x 2",
    ),
    "a title and an author, which pandoc takes for properties": (p("Un titre", "Title") + p("corps"), "Un titre corps"),
}


@pytest.mark.parametrize("what", CARRIED)
def test_what_pandoc_would_drop_is_carried(what: str) -> None:
    body, words = CARRIED[what]
    document = open_document("a.docx", docx(body))
    assert word_count.words_of_blocks(document.blocks) == word_count.words(words)
    assert not word_count.missing_words(_counted("a.docx", docx(body)), word_count.words_of_blocks(document.blocks))


def _counted(name: str, data: bytes) -> list[str]:
    """The words that the independent reader finds in a file."""
    found = inventory(name, data)
    assert found
    return word_count.words(found.text)


HIDDEN = {
    "vanish": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "tiny": '<w:sz w:val="2"/>',
}


@pytest.mark.parametrize("looks", HIDDEN)
def test_what_nobody_sees_is_taken_out_and_told(looks: str) -> None:
    document = open_document("a.docx", docx(p(inside=run("vu ") + run("secret", HIDDEN[looks]) + run("la suite"))))
    assert word_count.words_of_blocks(document.blocks) == ["vu", "la", "suite"]
    assert [(one.kind, one.text) for one in document.normal.findings] == [("hidden", "secret")]


def test_white_words_on_a_dark_ground_are_seen() -> None:
    dark = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'
    document = open_document("a.docx", docx(p(inside=run("en tête", dark))))
    assert word_count.words_of_blocks(document.blocks) == ["en", "tête"]
    assert document.normal.findings == []


def test_changes_and_comments_are_told_with_author_and_place() -> None:
    body = p("première page") + p(
        inside='<w:r><w:br w:type="page"/></w:r>'
        + f'<w:ins w:id="1" w:author="Anne">{run("ajouté ")}</w:ins>'
        + '<w:del w:id="2" w:author="Anne"><w:r><w:delText>ôté</w:delText></w:r></w:del>'
        + '<w:commentRangeStart w:id="7"/>'
        + run("dit")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    )
    comments = f'<w:comments {W}><w:comment w:id="7" w:author="Luc">{p("à revoir")}</w:comment></w:comments>'
    normal = normalise(open_package(docx(body, parts={"word/comments.xml": comments})))
    assert [(f.kind, f.text, f.author, f.place) for f in normal.findings] == [
        ("insertion", "ajouté", "Anne", (("page", 2),)),
        ("deletion", "ôté", "Anne", (("page", 2),)),
        ("comment", "à revoir", "Luc", (("page", 2),)),
    ]
    assert word_count.words(normal.text) == ["première", "page", "ajouté", "dit"]


def test_what_no_text_can_carry_is_counted_with_its_words() -> None:
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + p("confidentiel ici")
        + "</w:hdr>"
    )
    normal = normalise(
        open_package(
            docx(
                p("Constat …… 1", "toc1") + p("corps"),
                parts={
                    "word/header1.xml": header,
                    "word/embeddings/a.bin": b"x",
                    "word/settings.xml": "<x/>",
                    "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                    'relationships"><Relationship Id="a" '
                    'Type="x/attachedTemplate" Target="file:///C:/modeles/m.dotm" '
                    'TargetMode="External"/></Relationships>',
                },
            )
        )
    )
    assert [(one.kind, one.count, one.text) for one in normal.losses] == [
        ("toc", 1, "Constat …… 1"),
        ("header", 1, "confidentiel ici"),
        ("object", 1, ""),
        ("template", 1, ""),
    ]


def test_names_of_words_own_under_another_prefix() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("un mot")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name in ("word/document.xml", "word/styles.xml"):
        parts[name] = re.sub(r"(</?|\s)w:", r"\1ns0:", parts[name]).replace("xmlns:w=", "xmlns:ns0=")
    assert word_count.words_of_blocks(open_document("a.docx", zipped(parts)).blocks) == ["un", "mot"]


# ---------------------------------------------------------------- OpenDocument

ODT = {
    "a frame": (
        "<text:p>hôte<draw:frame><draw:text-box><text:p>boîte</text:p></draw:text-box></draw:frame></text:p>",
        "hôte boîte",
    ),
    "a control": ("<text:p>nom <loext:content-control>Anne</loext:content-control></text:p>", "nom Anne"),
    "a field": ("<text:p>le <text:date>5 mai</text:date></text:p>", "le 5 mai"),
    "a table in a cell": (
        "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>dehors</text:p><table:table>"
        "<table:table-column/><table:table-row><table:table-cell><text:p>dedans</text:p></table:table-cell>"
        "</table:table-row></table:table></table:table-cell></table:table-row></table:table>",
        "dehors dedans",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ODT)
def test_what_pandoc_would_drop_of_an_odt(what: str) -> None:
    body, words = ODT[what]
    document = open_document("a.odt", odt(body))
    assert word_count.words_of_blocks(document.blocks) == word_count.words(words)


def test_annotations_and_hidden_text_of_an_odt() -> None:
    hides = '<style:text-properties text:display="none"/>'
    file = odt(
        "<text:p>vu<office:annotation><dc:creator>Luc</dc:creator><text:p>à revoir</text:p></office:annotation> et "
        '<text:span text:style-name="T1">secret</text:span>dit</text:p>',
        f'<style:style style:name="T1" style:family="text">{hides}</style:style>',
    )
    normal = normalise_odt(open_package(file))
    assert word_count.words(normal.text) == ["vu", "et", "dit"]
    found = [(f.kind, f.text, f.author) for f in normal.findings]
    assert found == [("comment", "à revoir", "Luc"), ("hidden", "secret", "")]


# ---------------------------------------------------------------- what is refused

HOSTILE = {
    "a macro": (docx(p("x"), parts={"word/vbaProject.bin": b"x"}), "macros"),
    "a command to fetch": (docx(p(inside=field(' DDEAUTO cmd "x" ', "x"))), "field"),
    "a command cut into runs": (docx(p(inside=field(" INCLUDETEXT c:/secret ", "x"))), "field"),
    "another file inside": (docx('<w:altChunk r:id="a"/>'), "alt-chunk"),
    "a document type": (docx(p("x"), parts={"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "dtd"),
    "one that grows": (docx(p("x"), parts={"word/media/z.xml": b"0" * 30_000_000}), "bomb"),
    "a part outside": (docx(p("x"), parts={"../../mal.xml": "<x/>"}), "path"),
    "half a file": (docx(p("x"))[:300], "damaged"),
    "no document in it": (zipped({"[Content_Types].xml": "<Types/>", "word/a.xml": "<x/>"}), "damaged"),
    "a spreadsheet": (zipped({"xl/a.xml": "<x/>"}), "damaged"),
    "an encrypted file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_with_the_reason(what: str) -> None:
    data, reason = HOSTILE[what]
    with pytest.raises(Unsafe) as refused:
        open_package(data)
    assert refused.value.reason == reason


OLD = {
    "a macro": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "a command": (b"{\\rtf1 {\\field{\\*\\fldinst DDEAUTO cmd}}}", "field"),
    "a remote picture": (b'{\\rtf1 {\\field{\\*\\fldinst { INCLUDEPICTURE "http://x.example/a.png" }}}}', "field"),
}


@pytest.mark.parametrize("what", OLD)
def test_old_files_that_are_not_given_to_libreoffice(what: str) -> None:
    data, reason = OLD[what]
    with pytest.raises(Unsafe) as refused:
        refuse_old(data)
    assert refused.value.reason == reason
    refuse_old(b"{\\rtf1 un texte qui parle d'un IMPORTANT INCLUDETEXT}")


def test_two_parts_of_one_name() -> None:
    out = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
    with pytest.raises(Unsafe, match="duplicate-entries"):
        open_package(out.getvalue())


# ---------------------------------------------------------------- old formats


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(convert.NoOffice):
        convert.to_docx({"a.doc": b"x"})


@pytest.mark.skipif(not any(shutil.which(name) for name in convert.NAMES), reason="LibreOffice is not installed")
def test_rtf_through_libreoffice() -> None:
    made = convert.to_docx({"a.rtf": b"{\\rtf1\\ansi Un {\\b mot} gras.\\par Et la suite.\\par}"})
    document = open_document("a.rtf", made["a.rtf"])
    assert word_count.words_of_blocks(document.blocks) == ["Un", "mot", "gras", "Et", "la", "suite"]


# ---------------------------------------------------------------- words counted


def test_words_joined_or_cut_anew_are_not_missing() -> None:
    assert word_count.missing_words(["a", "b", "c"], ["ab", "c"]) == []
    assert word_count.missing_words(["ab", "c"], ["a", "b", "c"]) == []
    assert word_count.missing_words(["a", "b", "a"], ["a", "b"]) == ["a"]


def test_real_files_lose_no_word(request: pytest.FixtureRequest) -> None:
    """Every Word file of a folder of one's own: `RAPPORT_WORD_FILES=dossier pytest tests/test_word.py`."""
    folder = os.environ.get("RAPPORT_WORD_FILES")
    if not folder:
        pytest.skip("RAPPORT_WORD_FILES names no folder of Word files")
    from pathlib import Path

    lost = {}
    for file in sorted(Path(folder).glob("*.[do][od][ct]*")):
        try:
            document = open_document(file.name, file.read_bytes())
        except Unsafe:
            continue
        normal = document.normal
        told = [*(one.text for one in normal.losses), *(one.text for one in normal.findings if one.kind != "insertion")]
        told += [one.shown_text for one in normal.citations]
        kept = [*word_count.words_of_blocks(document.blocks), *word_count.words("\n".join(told))]
        if missing := word_count.missing_words(_counted(file.name, file.read_bytes()), kept):
            lost[file.name] = missing
    assert lost == {}


def test_headings_and_bold_are_told_apart() -> None:
    document = open_document("a.docx", docx(h("Constat"), bold("Un intertitre"), p("texte")))
    assert [(one.text, one.level) for one in document.normal.headings] == [("Constat", 1)]
