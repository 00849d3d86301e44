"""The independent count: what each of its small readers sees, and that a receipt misses whatever is taken away."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache

import pytest

from rapport.intake import mail
from rapport.intake.proof import account_for, receipt_content
from rapport.intake.states import IntakeResult
from rapport.inventory import contribution, web_page
from rapport.inventory.account import ReceiptContent, account
from rapport.inventory.reading import inventory
from rapport.inventory.states import KINDS, Account, Inventory
from received_text import body, project_cache, received
from word_files import W, docx, h, odt, p, photo, picture, run, table, zipped

SENTENCE = "Les faits inventés sont établis par une enquête introuvable ailleurs."
NOTE, CELLS = "Une note singulière sur la méthode.", (("Année", "Nombre"), ("deux mille douze", "trente"))
POINTS = ("accueillir les enfants orphelins", "former les agents municipaux")
HEADING = "Une situation préoccupante"
NOTES = f'<w:footnotes {W}><w:footnote w:id="2">{p(NOTE)}</w:footnote></w:footnotes>'
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
POINT = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
NUMBERS = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def in_word() -> bytes:
    body = (
        h("Constat"), p(inside=run(SENTENCE) + CALL), p(inside=run("Un schéma suit.") + picture("i", "Un schéma")),
        h(HEADING, 2), *(POINT.format(run(point)) for point in POINTS), p("Un tableau suit."), table(*CELLS), p("Fin."),
    )  # fmt: skip
    parts = {"word/footnotes.xml": NOTES, "word/numbering.xml": NUMBERS, "word/media/i.jpg": photo()}
    relations = {
        "i": ("image", "media/i.jpg", False), "f": ("footnotes", "footnotes.xml", False),
        "n": ("numbering", "numbering.xml", False),
    }  # fmt: skip
    return docx(*body, parts=parts, relations=relations)


def in_writer() -> bytes:
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in CELLS
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{NOTE}</text:p></text:note-body></text:note>"
    )
    body = (
        f'<text:h text:outline-level="1">Constat</text:h><text:p>{SENTENCE}{note}</text:p><text:p>Un schéma suit.'
        '<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.jpg"/></draw:frame></text:p>'
        f'<text:h text:outline-level="2">{HEADING}</text:h><text:list>'
        + "".join(f"<text:list-item><text:p>{point}</text:p></text:list-item>" for point in POINTS)
        + f"</text:list><text:p>Un tableau suit.</text:p><table:table>{cells}</table:table><text:p>Fin.</text:p>"
    )
    return zipped({**_parts(odt(body)), "Pictures/a.jpg": photo()})


def _parts(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_markdown() -> bytes:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in CELLS[1:])
    points = "\n".join(f"- {point}" for point in POINTS)
    return (
        f"# Constat\n\n{SENTENCE}[^1]\n\n[^1]: {NOTE}\n\nUn schéma suit. ![Un schéma]({_embedded()})\n\n"
        f"## {HEADING}\n\n"
        f"{points}\n\nUn tableau suit.\n\n| {' | '.join(CELLS[0])} |\n|---|---|\n{rows}\n\nFin.\n"
    ).encode()


def _embedded() -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(photo()).decode()}"


def in_a_page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in CELLS)
    points = "".join(f"<li>{point}</li>" for point in POINTS)
    return (
        f"<html><body><h1>Constat</h1><p>{SENTENCE}</p><p>Un schéma suit. <img src='{_embedded()}' alt='Un schéma'></p>"
        f"<h2>{HEADING}</h2><ul>{points}</ul><p>Un tableau suit.</p><table>{rows}</table><p>Fin.</p></body></html>"
    ).encode()


FORMATS = {"a.docx": in_word, "a.odt": in_writer, "a.md": in_markdown, "a.html": in_a_page}
KINDS_OF = {name: [kind for kind in KINDS if (name, kind) != ("a.html", "notes")] for name in FORMATS}


@cache
def made(name: str) -> tuple[Inventory, IntakeResult]:
    """The count of a file, and what intake makes of it; of a web page, as a message brings it."""
    data = FORMATS[name]()
    counted = web_page.read(data.decode()) if name == "a.html" else inventory(name, data)
    assert counted is not None
    result = received(mail.from_html(data.decode()).encode(), "a.md") if name == "a.html" else received(data, name)
    assert not result.problem
    return counted, result


def laid_out(name: str, text: str) -> Account:
    counted, result = made(name)
    return account(counted, contribution.read(text, project_cache()), receipt_content(result))


# What takes one thing of a kind out of a finished contribution; the words of a list or a heading stay.
TAKEN = {
    "words": (r"introuvable ", ""),
    "pictures": (r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?", ""),
    "notes": (r"\[\^\d+\](?::.*\n(?:\n?[ ]{4}.*\n)*)?", ""),
    "tables": (r"(?m)^[ ]*(?:\||\+|[ ]*-{3,}|.*(?:Année|deux mille)).*\n", ""),
    "lists": (r"(?m)^(?:-|\d\.) +(?=accueillir|former)", "\n"),
    "headings": (rf"(?m)^#+ (?={HEADING})", ""),
}


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_missed_where_nothing_was_taken(name: str) -> None:
    counted = laid_out(name, made(name)[1].text)
    assert counted.is_complete, counted
    assert not [one for one in counted.tallies if one.reshaped_words or one.named_words], counted
    assert {one.kind for one in counted.tallies if one.received_count} == set(KINDS_OF[name])


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in FORMATS for kind in KINDS_OF[name]])
def test_a_thing_taken_from_the_contribution_is_missed(name: str, kind: str) -> None:
    pattern, instead = TAKEN[kind]
    text = made(name)[1].text
    spoiled = re.sub(pattern, instead, text)
    assert spoiled != text
    one = laid_out(name, spoiled).tally_of(kind)
    assert one.missing_words or one.reshaped_words, (kind, spoiled)
    assert one.kept_count < one.received_count


@pytest.mark.parametrize("name", FORMATS)
def test_all_words_of_a_thing_taken_are_missing(name: str) -> None:
    for words in (HEADING, POINTS[0], CELLS[1][0]):
        spoiled = made(name)[1].text.replace(words, "")
        assert spoiled != made(name)[1].text
        assert not laid_out(name, spoiled).is_complete


# ---------------------------------------------------------------- each reader, by itself


@pytest.mark.parametrize("name", FORMATS)
def test_what_each_reader_counts(name: str) -> None:
    counted = made(name)[0]
    assert SENTENCE in counted.text and "Un tableau suit." in counted.text
    assert len(counted.pictures) == 1 and len(counted.tables) == 1 and len(counted.lists) == 1
    assert [" ".join(note.split()) for note in counted.notes] == ([NOTE] if name != "a.html" else [])
    assert [cell.strip() for cell in counted.tables[0] if cell.strip(" -")] == [cell for row in CELLS for cell in row]
    assert [point.strip() for point in counted.lists[0]] == list(POINTS)
    assert [heading.strip() for heading in counted.headings] == ["Constat", HEADING]


def test_rtf_is_counted() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title pas du texte}}"
        rb"\pard Un constat \'e9tabli.{\footnote\pard Une note.}\par{\*\generator x;}"
        rb"\trowd\cellx1\cellx2\intbl un\cell deux\cell\row\pard Fin.\par}"
    )
    counted = inventory("a.rtf", rtf)
    assert counted is not None
    assert "Un constat établi." in counted.text and "pas du texte" not in counted.text and "Arial" not in counted.text
    assert [note.strip() for note in counted.notes] == ["Une note."] and len(counted.tables) == 1


def test_plain_text_has_words_and_lists_alone() -> None:
    counted = inventory("a.txt", "# Pas un titre\n\n- un\n- deux\n\nEt\n\n1) trois\n\n[x] mot\n".encode("cp1252"))
    assert counted is not None
    assert counted.headings == [] and [tuple(points) for points in counted.lists] == [("un", "deux"), ("trois",)]
    assert "mot" in counted.text


def test_a_page_counts_what_a_browser_shows() -> None:
    page = "<html><head><title>T</title><style>p{}</style></head><p>Vu</p><script>x()</script><h3>H</h3></html>"
    counted = web_page.read(page)
    assert counted.text.split() == ["Vu", "H"] and counted.headings == ["H"]


def test_no_account_where_no_reader_knows_the_format() -> None:
    for data in (
        b"%PDF-1.4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04rien",
        zipped({"[Content_Types].xml": "<T/>"}),
    ):
        assert inventory("a.docx", data) is None


def test_a_letter_of_a_symbol_font_is_no_loss() -> None:
    """« μg » typed as a sign of the font Symbol and a letter is one word; a hand of Wingdings is none."""
    signs = '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>{}<w:r><w:sym w:font="Wingdings" w:char="F046"/></w:r>'
    result = received(docx(h("Constat"), p(inside=run("La dose est de 5 ") + signs.format(run("g par jour")))))
    assert "5 μg par jour" in body(result)
    typed = run("\uf06d", '<w:rFonts w:ascii="Symbol"/>')
    assert "5 μg par jour" in body(received(docx(h("Constat"), p(inside=run("Soit 5 ") + typed + run("g par jour.")))))


def test_letters_of_a_formula_that_stand_apart_are_no_loss() -> None:
    """« βt » is a beginning of « βtxt »: the longer word is looked for first."""
    typed = Inventory("Y=βtxt+vj\nβtxt écart (βt) au temps (xt)")
    printed = Inventory("Y = β t x t + v j\nβ t x t écart (β t) au temps (x t)")
    assert account(typed, printed, ReceiptContent()).is_complete
    assert not account(typed, Inventory(printed.text.replace("(x t)", "")), ReceiptContent()).is_complete


@pytest.mark.parametrize("number", ["1.1", "2.1.3", "1.1.", "3.", "II –"])
def test_a_heading_that_lost_its_number_is_the_same_heading(number: str) -> None:
    result = received(docx(h("Constat"), h(f"{number} Les filles", 2), p("Elles sont moins visibles.")))
    assert "### Les filles" in body(result)
    counted = account_for(result, None, project_cache())
    assert counted
    assert counted.tally_of("headings").reshaped_words == ()
