"""Cross-references of received files: kept as words, and asked about with the place they led to."""

from __future__ import annotations

from collections.abc import Mapping

from rapport.intake.states import IntakeResult
from received_text import body, received
from word_files import docx, field, h, odt, p, run


def asked(result: IntakeResult) -> list[tuple[str, Mapping[str, str]]]:
    told = (*result.received.decisions, *result.received.questions)
    return [(one.name, one.facts) for one in told if one.name.startswith("cross-")]


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
    assert "[]{#ref1}Les chiffres inventés" in body(result) and "Voir [1.2](#ref1), page 7" in body(result)
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
