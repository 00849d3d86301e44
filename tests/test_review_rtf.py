"""RTF that came back: what LibreOffice cannot read in it is mended before, and restored after, as marks of change."""

from __future__ import annotations

import re
import time

import pytest

from office import needs_office
from rapport.office import convert, rtf
from rapport.office.archive import pack, unpack
from rapport.office.comments import FoundComment
from rapport.office.odt_comments import comments_before_notes
from rapport.office.package import open_package
from rapport.office.rtf import authors, mend_rtf, restore_changes
from rapport.office.tracked_reader import read
from rapport.office.tracked_text import TrackedDocument, TrackedParagraph
from word_files import docx, p, run

pytestmark = pytest.mark.slow

DAY = 669760398  # 2026-11-23, 14:14
HEAD = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}{\*\revtbl {Unknown;}{H\'e9l\u232\'e8ne Exemple;}}"
OFFICE = rb"{\*\generator LibreOffice/7.4.7.2}"
INS, DEL = rb"\revised\revauth1\revdttm%d " % DAY, rb"\deleted\revauthdel1\revdttmdel%d " % DAY
MARK = re.compile(rb"\{\\\*\\bkmkstart (_rapport_\d+_(\w+)_(\d+)_(\d+))\}\{\\\*\\bkmkend \1\}")
SAID = rb"{{\*\atnid HE}{\*\atnauthor Paul Exemple}\chatn{\*\annotation{\*\atnref 1}{\loch" b"\nQuelle source ?}}}"


def made(*paragraphs: bytes, by: bytes = OFFICE) -> bytes:
    """A file as LibreOffice writes it: each paragraph in its groups, its end after them."""
    return HEAD + by + b"\n\\par \\pard\\plain ".join(paragraphs) + b"\n\\par }"


def marks(content: bytes) -> list[bytes]:
    """What the bookmarks put in say was done, in order."""
    return [found[2] for found in MARK.finditer(content)]


# ---------------------------------------------------------------- the bytes


def test_an_end_of_paragraph_is_told_from_the_words_before() -> None:
    cut = made(b"{\\loch%b\nAvant}" % INS, b"{\\loch\napr\\'e8s}")
    assert [found.groups()[1:] for found in MARK.finditer(mend_rtf(cut))] == [(b"ins", b"20261123", b"1")]
    assert b"\\revised" not in mend_rtf(cut)
    joined = made(b"{\\loch%b\nAvant}" % DEL, b"{\\loch\napr\\'e8s}")
    assert marks(mend_rtf(joined)) == [b"del"]
    words = made(b"{%b\\loch\nmots}" % INS, b"{%b\\rtlch\\ab \\ltrch\\loch\\b\\loch\nautres}" % DEL)
    assert mend_rtf(words) == words


def test_an_end_of_paragraph_as_word_writes_it() -> None:
    content = made(b"Avant{\\insrsid7 %b\\par }apr\\'e8s{\\plain\\par}" % INS, by=b"")
    assert marks(mend_rtf(content)) == [b"ins"]
    assert mend_rtf(content).index(b"_rapport_") < mend_rtf(content).index(b"\\par }")
    assert marks(mend_rtf(made(b"{%b mot}\\par {\\revised0\\par }" % INS, by=b""))) == []


def test_words_that_look_otherwise() -> None:
    naked = b"%d " % DAY
    content = mend_rtf(made(b"{\\loch\nUn }{%b\\rtlch \\ltrch\\b\\loch\nmot}{\\loch\n dit}" % naked))
    assert marks(content) == [b"look", b"so_far"]
    assert naked not in content
    assert content.index(b"_look_") < content.index(b"mot") < content.index(b"_so_far_") < content.index(b" dit")
    link = mend_rtf(made(b'{%b{\\field{\\*\\fldinst HYPERLINK "x" }{\\fldrslt {\\loch\nmot}}}\\loch\n dit}' % naked))
    assert marks(link) == [b"look", b"so_far"]
    assert link.index(b"_look_") < link.index(b"mot") < link.index(b"_so_far_") < link.index(b" dit")
    both = mend_rtf(made(b"{%b\\b\\loch\nun}{%b\\i\\b\\loch\ndeux}" % (naked, naked)))
    assert marks(both) == [b"look", b"so_far"]
    assert both.index(b"deux") < both.index(b"_so_far_")
    assert marks(mend_rtf(made(b"Un {\\crauth1\\crdate%d\\b mot} dit" % DAY, by=b""))) == [b"look", b"so_far"]


@pytest.mark.parametrize("text", [b"{2147483647 \\loch x}", b"{123 \\loch x}", b"{%d et}" % DAY])
def test_other_numbers_stay(text: bytes) -> None:
    assert mend_rtf(made(text)) == made(text)


def test_nothing_of_another_writer_is_taken_for_a_fault_of_libreoffice() -> None:
    content = made(b"{%d \\loch x}{\\loch%b\nAvant}" % (DAY, INS), by=b"{\\*\\generator Autre 1.0}")
    assert mend_rtf(content) == content


def test_a_comment_on_a_note_hangs_before_it() -> None:
    note = b"{\\super \\chftn{\\*\\footnote \\chftn\\pard\\plain {\\loch\n%b }{\\loch\nLa note}}}"
    content = made(b"{{\\*\\atrfstart 1}\\loch\nMots}{{\\*\\atrfend 1}%b}" % (note % SAID))
    assert mend_rtf(content) == content.replace(note % SAID, SAID[1:-1] + note % b"{}")


def test_what_happened_to_the_words_of_a_link_is_said_of_them() -> None:
    link = b'{\\field{\\*\\fldinst HYPERLINK "#a" }{\\fldrslt {%b\\loch\n%b}{%b}}}'
    written = b"{%b" % DEL + link % (b"", b"avant", INS) + link % (b"", "après".encode(), DEL) + b"\\loch\n fin}"
    meant = b"{" + link % (DEL, b"avant", b"") + link % (INS, "après".encode(), b"") + DEL + b"\\loch\n fin}"
    assert mend_rtf(made(written)) == made(meant)


@pytest.mark.parametrize(
    "content",
    [
        b"{\\rtf1 {" + OFFICE + b"{\\loch" + INS + b"\nx}",
        b"{\\rtf1 }}" + OFFICE,
        OFFICE + b"{" * 5_000 + b"}" * 5_000,
        b"{\\rtf1" + OFFICE + b"{\\loch" + INS + b"\nx}\\bin999999999999 }",
        b"{\\rtf1" + OFFICE + b"\\bin4 }}{{x}",
        b"{\\rtf1" + OFFICE + b"\\bin" + b"9" * 9_000 + b" x}",
        b"",
    ],
)
def test_a_file_without_shape_stays_as_it_is(content: bytes) -> None:
    assert mend_rtf(content) == content


def test_a_file_of_too_many_signs_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    content = made(*[b"{\\loch%b\nx}" % INS] * 500)
    monkeypatch.setattr(rtf, "MOST", 1_000)
    assert mend_rtf(content) == content


def test_a_large_file_is_mended_in_no_time() -> None:
    picture = b"{\\pict\\pngblip\n" + b"89504e470d0a1a0a" * 500_000 + b"}"
    content = made(picture, *[b"{\\loch%b\nx}" % INS] * 5_000, picture)
    start = time.process_time()
    assert len(marks(mend_rtf(content))) == 5_000
    assert time.process_time() - start < 2


def test_who_changed_it() -> None:
    assert authors(HEAD) == {1: "Hélène Exemple"}
    assert authors(rb"{\*\revtbl {Unknown;}{A \{b\} ;}{\u26085\'3f\u26412 ?;}}") == {1: "A {b}", 2: "日本"}
    assert authors(b"{\\rtf1 }") == {}


# ---------------------------------------------------------------- the converted file


def bookmark(kind: str, number: int = 0, inside: str = "") -> str:
    name = f"_rapport_{number}_{kind}_20261123_1"
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def back(*paragraphs: str, who: dict[int, str] | None = None) -> list[TrackedParagraph]:
    package = restore_changes(open_package(docx("".join(paragraphs))), {1: "Jeanne Exemple"} if who is None else who)
    return list(read(package).lines)


def test_bookmarks_become_marks_of_change() -> None:
    cut, joined, look = back(
        p(inside=bookmark("ins") + run("Avant")),
        p(inside=run("Avant", "<w:b/>") + bookmark("del", 1)),
        p(inside=run("un ") + bookmark("look", 2) + run("mot") + bookmark("so_far", 3) + run(" dit")),
    )
    assert cut.splitting is not None
    assert joined.joining is not None
    assert (cut.splitting.author, cut.splitting.date, joined.joining.author) == (
        "Jeanne Exemple",
        "2026-11-23",
        "Jeanne Exemple",
    )
    assert [bool(one.look) for one in look.runs] == [False, True, False]
    too_soon = run("un") + bookmark("look", 4, run(" ")) + run("mo") + bookmark("so_far", 5, run("t")) + run(" dit")
    (after_a_note,) = back(p(inside=too_soon))
    assert "".join(one.text for one in after_a_note.runs if one.look) == "mot"
    (unknown,) = back(p(inside=bookmark("ins") + run("Avant")), who={})
    assert unknown.splitting is not None
    assert unknown.splitting.author == ""


def test_an_end_between_words_taken_out_together_was_taken_out() -> None:
    def gone(words: str, minute: int) -> str:
        text = run(words).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        return f'<w:del w:id="{minute}" w:author="J" w:date="2026-11-23T10:{minute}:00Z">{text}</w:del>'

    here, after, other = back(
        p(inside=run("Un ") + gone("mot", 10)), p(inside=gone("Et", 10) + run(" là ") + gone("fin", 11)),
        p(inside=gone("Puis", 12) + run(" rien")),
    )  # fmt: skip
    assert [bool(line.joining) for line in (here, after, other)] == [True, False, False]


# ---------------------------------------------------------------- through LibreOffice


def through(content: bytes) -> TrackedDocument:
    return read(restore_changes(open_package(convert.to_docx({"a.rtf": content})["a.rtf"]), authors(content)))


@needs_office
def test_libreoffice_reads_what_was_mended() -> None:
    office = through(
        made(
            b"{\\loch%b\nCoup\\'e9 }" % INS,
            b"{\\loch\nici.}",
            b"{\\loch%b\nR\\'e9uni}" % DEL,
            b"{%b\\loch\n \\'e0 }{\\loch\nla suite.}" % INS,
            b"{\\loch\nUn }{%d \\b\\loch\nmot}{\\loch\n dit}" % DAY,
            b"{\\loch\nDit{\\super \\chftn{\\*\\footnote \\chftn\\pard\\plain {\\loch\nIci}}}}"
            b"{\\loch\n un }{%d \\b\\loch\nmot}{\\loch\n dit}" % DAY,
            b"{{\\*\\atrfstart 1}\\loch\nLe chiffre}{{\\*\\atrfend 1}{\\super \\chftn"
            b"{\\*\\footnote \\chftn\\pard\\plain {\\loch\n%b }{\\loch\nLa note}}}}{\\loch\n publi\\'e9.}" % SAID,
        )
    )
    told = [line for line in office.lines if line.part == "body" and line.text_sent.strip()]
    assert [line.text_sent for line in told[:2]] == ["Coupé ", "ici."]
    assert told[0].splitting is not None
    assert (told[0].splitting.author, told[0].splitting.date) == ("Hélène Exemple", "2026-11-23")
    assert told[2].joining is not None
    assert [(one.text, bool(one.look)) for one in told[4].runs] == [("Un ", False), ("mot", True), (" dit", False)]
    assert "".join(one.text for one in told[5].runs if one.look) == "mot"  # though a note is called before
    (comment,) = office.comments
    assert isinstance(comment, FoundComment)
    assert (comment.author, comment.text, comment.quote) == ("Paul Exemple", "Quelle source ?", "Le chiffre")
    assert [line.text_sent.strip() for line in office.lines if line.part == "note" and line.text_sent.strip()] == [
        "Ici", "La note",
    ]  # fmt: skip


# ---------------------------------------------------------------- OpenDocument, which LibreOffice makes Word's of too

ON_A_NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note'
    '<office:annotation office:name="c1"><dc:creator>Anne</dc:creator><dc:date>2026-11-20T10:00:00</dc:date>'
    '<text:p>Quelle source ?</text:p></office:annotation><office:annotation-end office:name="c1"/>.</text:p>'
    "</text:note-body></text:note>"
)


@needs_office
def test_a_comment_on_a_note_of_an_opendocument_text_hangs_where_the_note_is_called() -> None:
    (plain,) = convert.convert({"a.docx": docx(p("Des mots, ici."), p("Sans note."))}, "odt").values()
    parts = unpack(plain)
    noted = parts["content.xml"].replace(b"Des mots", f"Des mots{ON_A_NOTE}".encode(), 1)
    given = {"a.odt": pack({**parts, "content.xml": noted}), "b.odt": plain}
    made = {name: read(open_package(content)) for name, content in convert.to_docx(given).items()}
    (comment,) = made["a.odt"].comments
    assert (comment.author, comment.text) == ("Anne", "Quelle source ?")
    assert made["a.odt"].lines[comment.line or 0].text_sent == "Des mots, ici."
    assert "Une note." in [line.text_sent.strip() for line in made["a.odt"].lines]
    assert not made["b.odt"].comments and comments_before_notes(plain) == plain
