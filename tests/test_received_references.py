"""Cross-references of received files: kept as words, and asked about with the place they led to."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

import pytest

from rapport.intake.states import IntakeResult
from received_text import body, received
from word_files import docx, field, h, odt, p, run


def asked(result: IntakeResult) -> list[tuple[str, Mapping[str, str]]]:
    told = (*result.contribution.decisions, *result.contribution.questions)
    return [(one.name, one.facts) for one in told if one.name.startswith(("cross-", "cite-program"))]


PLACE = '<w:bookmarkStart w:id="1" w:name="_Ref1"/>{}<w:bookmarkEnd w:id="1"/>'.format


def test_references_of_word_are_asked_about_with_their_place() -> None:
    there = p(inside=PLACE(run("Les chiffres inventés")))
    numbered, paged = field(" REF _Ref1 \\r \\h ", "1.2"), field(" PAGEREF _Ref1 ", "page 7")
    lines = (
        p(inside=f"{run('Voir ')}{numbered}{run(', ')}{paged}"),
        p(inside=field(" REF _Ref9 \\h ", "Tableau 3")),
        p(inside=f'<w:fldSimple w:instr=" REF _Ref8 ">{run("Erreur ! Source du renvoi introuvable.")}</w:fldSimple>'),
    )
    result = received(docx(h("Constat"), there, *lines))
    assert re.search(r"\[\]\{#(renvoi-[a-z]+)\}Les chiffres inventés\s+Voir \[1\.2\]\(#\1\), page 7", body(result))
    assert asked(result) == [
        ("cross-reference", {"text": "1.2", "target": "Les chiffres inventés"}),
        ("cross-page", {"text": "page 7", "target": "Les chiffres inventés"}),
        ("cross-reference-lost", {"text": "Tableau 3", "target": ""}),
        ("cross-broken", {"text": "Erreur ! Source du renvoi introuvable."}),
    ]


def test_pages_of_a_table_of_contents_are_not_asked_about() -> None:
    inner = field(" PAGEREF _Toc1 \\h ", "2")
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    code = '<w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    contents = p(inside=f"{begin}{code}{run('Constat ')}{inner}{end}", style="toc1")
    assert asked(received(docx(contents, h("Constat"), p("Les faits.")))) == []


def test_pages_of_a_table_of_contents_in_a_control_are_not_asked_about() -> None:
    line = p(inside=run("Constat ") + field(" PAGEREF _Toc400000001 \\h ", "2"), style="toc1")
    there = '<w:bookmarkStart w:id="1" w:name="_Toc400000001"/><w:bookmarkEnd w:id="1"/>'
    result = received(
        docx(f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt>", h("Constat"), p(inside=there), p("X."))
    )
    assert asked(result) == []


@pytest.mark.parametrize("name", ["_Ref445838507", "_heading=h.30j0zll", "Ref_0612345678", "__RefHeading___Toc1234_5"])
def test_a_name_that_a_program_made_is_no_identifier_of_anybody(name: str) -> None:
    """The name of a place is ours, without digits, and the same wherever a link leads to it."""
    there = f'<w:bookmarkStart w:id="1" w:name="{name}"/>{run("Les chiffres.")}<w:bookmarkEnd w:id="1"/>'
    link = f'<w:hyperlink w:anchor="{name}">{run("plus haut")}</w:hyperlink>'
    made = body(received(docx(h("Constat"), p(inside=there), p(inside=run("Voir ") + link))))
    (place,) = re.findall(r"\[\]\{#(renvoi-[a-z]{6})\}Les chiffres\.", made)
    assert f"Voir [plus haut](#{place})" in made


def test_references_of_an_odt() -> None:
    reference = '<text:bookmark-ref text:reference-format="{}" text:ref-name="{}">{}</text:bookmark-ref>'.format
    text = (
        '<text:h text:outline-level="1">Constat</text:h><text:p><text:bookmark text:name="ici"/>Les chiffres.</text:p>'
        f"<text:p>Voir {reference('text', 'ici', 'Les chiffres')}, page {reference('page', 'ici', '7')}.</text:p>"
    )
    result = received(odt(text), "a.odt")
    assert body(result).endswith("Voir Les chiffres, page 7.")
    assert asked(result) == [
        ("cross-reference", {"text": "Les chiffres", "target": "Les chiffres."}),
        ("cross-page", {"text": "7", "target": "Les chiffres."}),
    ]


# ---------------------------------------------------------------- programs of references

RECORD = (
    '<EndNote><Cite><Author>Durand</Author><Year>2011</Year><record><ref-type name="Book">6</ref-type><contributors>'
    "<authors><author>Durand, Anne</author></authors></contributors><titles><title>Un livre inventé</title></titles>"
    "</record></Cite></EndNote>"
)


def test_citations_of_endnote_are_recognised() -> None:
    shown = p(inside=run("C’est dit ") + field(f" ADDIN EN.CITE {RECORD}", "(Durand 2011)") + run("."))
    result = received(docx(h("Constat"), shown))
    (work,) = result.contribution.works
    assert (work.kind, work.fields["title"]) == ("book", "Un livre inventé")
    assert f"C’est dit [@{work.key}]." in body(result)


def test_citations_of_mendeley_cite_are_recognised() -> None:
    item = {"type": "book", "title": "Un livre inventé", "author": [{"family": "Durand", "given": "Anne"}]}
    said = json.dumps({"citationItems": [{"id": "1", "itemData": item | {"issued": {"date-parts": [[2011]]}}}]})
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(said.encode()).decode()
    inside = f"<w:sdtContent>{run('(Durand, 2011)')}</w:sdtContent>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{inside}</w:sdt>'
    result = received(docx(h("Constat"), p(inside=f"{run('C’est dit ')}{control}{run('.')}")))
    (work,) = result.contribution.works
    assert f"C’est dit [@{work.key}]." in body(result)


def test_a_citation_that_endnote_keeps_beside_its_field_is_recognised() -> None:
    data = f"<w:fldData>{base64.b64encode(RECORD.encode()).decode()}</w:fldData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    code = "<w:r><w:instrText> {} </w:instrText></w:r>".format
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    inner = begin + code("ADDIN EN.CITE.DATA") + end
    shown = begin + code("ADDIN EN.CITE") + inner + separate + run("(Durand 2011)") + end
    alone = shown.replace(begin, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', 1)
    for one in (shown, alone):  # beside the field, or in the one within alone
        result = received(docx(h("Constat"), p(inside=run("C’est dit ") + one + run("."))))
        (work,) = result.contribution.works
        assert f"C’est dit [@{work.key}]." in body(result)


def citavi(work: dict[str, object]) -> bytes:
    entry = {"ReferenceId": "550e8400", "PageRange": {"OriginalString": "12"}, "Reference": work}
    payload = base64.b64encode(json.dumps({"Entries": [entry]}).encode()).decode()
    inside = field(f"ADDIN CitaviPlaceholder{{{payload}}}", "(Durand 2011, 12)")
    tag = '<w:sdtPr><w:tag w:val="CitaviPlaceholder#550e8400"/></w:sdtPr>'
    control = f"<w:sdt>{tag}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    return docx(h("Constat"), p(inside=f"{run('C’est dit ')}{control}{run('.')}"))


def test_citations_of_citavi_are_recognised() -> None:
    names = [{"FirstName": "Anne", "LastName": "Durand"}]
    work = {"Title": "Un livre inventé", "Authors": names, "Year": "2011", "ReferenceType": "Book"}
    result = received(citavi(work))
    (known,) = result.contribution.works
    assert (known.kind, known.fields["title"]) == ("book", "Un livre inventé")
    assert f"C’est dit [@{known.key}, p. 12]." in body(result)


def test_a_citation_whose_work_the_file_does_not_say_stays_and_is_asked() -> None:
    result = received(citavi({}))
    assert "C’est dit (Durand 2011, 12)." in body(result)
    assert ("cite-program", {"program": "Citavi", "text": "(Durand 2011, 12)"}) in asked(result)
    typed = received(docx(h("Constat"), p("C’est dit {Durand, 2011 #12}.")))
    assert ("cite-program", {"program": "EndNote", "text": "{Durand, 2011 #12}"}) in asked(typed)
    name = "JABREF_Durand_2011 CID_1 du6kcoxv"
    marks = (f'<text:reference-mark-{edge} text:name="{name}"/>' for edge in ("start", "end"))
    inside = f'<text:h text:outline-level="1">Constat</text:h><text:p>Dit {"(Durand 2011)".join(marks)}.</text:p>'
    assert ("cite-program", {"program": "JabRef", "text": "(Durand 2011)"}) in asked(received(odt(inside), "a.odt"))


ZOTERO = "ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"id": 1, "locator": "12", "itemData": {
    "type": "book", "title": "Un livre inventé", "author": [{"family": "Durand", "given": "Anne"}],
    "issued": {"date-parts": [[2011]]}, "abstract": "mots " * 60,
}}]})  # fmt: skip
BOOKMARK = "ZOTERO_BREF_Qw3Er5Ty7Ui9"
PIECES = [(f"{BOOKMARK}_{at // 255 + 1}", ZOTERO[at : at + 255]) for at in range(0, len(ZOTERO), 255)]


def test_citations_that_zotero_keeps_in_bookmarks_are_recognised() -> None:
    inside = f'<w:bookmarkStart w:id="7" w:name="{BOOKMARK}"/>{run("(Durand 2011)")}<w:bookmarkEnd w:id="7"/>'
    kept = "".join(f'<property name="{name}"><x>{escape(text)}</x></property>' for name, text in reversed(PIECES))
    parts = {"docProps/custom.xml": f"<Properties>{kept}</Properties>"}
    blocks = (h("Constat"), p(inside=f"{run('C’est dit ')}{inside}{run('.')}"))
    result = received(docx(*blocks, parts=parts))
    (work,) = result.contribution.works
    assert f"C’est dit [@{work.key}, p. 12]." in body(result)
    lost = received(docx(*blocks))
    assert ("cite-program", {"program": "Zotero", "text": "(Durand 2011)"}) in asked(lost)
    assert "C’est dit (Durand 2011)." in body(lost)


def test_the_same_in_an_odt() -> None:
    marks = (f'<text:bookmark-{edge} text:name="{BOOKMARK}"/>' for edge in ("start", "end"))
    inside = f'<text:h text:outline-level="1">Constat</text:h><text:p>Dit {"(Durand 2011)".join(marks)}.</text:p>'
    name = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
    kept = "".join(f'<m:user-defined m:name="{one}">{escape(text)}</m:user-defined>' for one, text in PIECES)
    result = received(odt(inside, meta=f'<meta xmlns:m="{name}">{kept}</meta>'), "a.odt")
    (work,) = result.contribution.works
    assert f"Dit [@{work.key}, p. 12]." in body(result)


WORK = "Durand, A. (2012). Un rapport inventé."
CONTROL = f'<w:sdt><w:sdtPr><w:tag w:val="{{}}"/></w:sdtPr><w:sdtContent>{p(WORK)}</w:sdtContent></w:sdt>'.format
IN_WORD = {
    "endnote": p(inside=field(" ADDIN EN.REFLIST ", WORK)),
    "zotero": p(inside=field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", WORK)),
    "mendeley": p(inside=field(" ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY ", WORK)),
    "word": f"<w:sdt><w:sdtContent>{p(inside=field(' BIBLIOGRAPHY ', WORK))}</w:sdtContent></w:sdt>",
    "citavi": CONTROL("CitaviBibliography"),
    "mendeley cite": CONTROL("MENDELEY_BIBLIOGRAPHY"),
}
INDEX = "<text:bibliography><text:index-body>{}</text:index-body></text:bibliography>".format
IN_LINE = f"<text:p>{WORK}</text:p>"
IN_WRITER = {
    "zotero": f'<text:section text:name=" ZOTERO_BIBL {{}} CSL_BIBLIOGRAPHY RND1">{IN_LINE}</text:section>',
    "writer": INDEX(IN_LINE),
    "with a title": INDEX(f"<text:index-title><text:p>Ouvrages cités</text:p></text:index-title>{IN_LINE}"),
}


@pytest.mark.parametrize("program", IN_WORD)
@pytest.mark.parametrize("title", ["", "Ouvrages cités"])
def test_a_bibliography_that_a_program_made_is_no_recommendation(program: str, title: str) -> None:
    above = [h("Constat"), p("Les faits."), h("Recommandations"), p("Au ministère : agir.")]
    result = received(docx(*above, *([h(title)] if title else []), IN_WORD[program]))
    assert f"- {WORK}" not in body(result) and body(result).endswith(WORK)
    assert result.contribution.repairs.get("bibliography", 0) == (not title)


@pytest.mark.parametrize("program", IN_WRITER)
def test_the_same_in_an_odt_of_a_bibliography(program: str) -> None:
    heading = '<text:h text:outline-level="1">{}</text:h>'.format
    above = f"{heading('Constat')}<text:p>Les faits.</text:p>{heading('Recommandations')}"
    result = received(odt(f"{above}<text:p>À l’État : agir.</text:p>" + IN_WRITER[program]), "a.odt")
    assert body(result).endswith(f"## Sources\n\n{WORK}")
