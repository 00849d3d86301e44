"""Headings, lists, boxes and frames of received files: what a reader sees in Word is what the contribution has."""

from __future__ import annotations

import re

import pytest

from rapport.intake.states import IntakeResult
from received_text import body, received
from word_files import STYLES, W, bold, docx, h, odt, p, run, table

ANALYSIS = h("Analyse au regard de la Convention") + p("Une analyse inventée.")


def styled(name: str, style: str, *, named: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{named or name}"/>{style}</w:style>'


def with_styles(*styles: str) -> dict[str, str]:
    return {"word/styles.xml": f"<w:styles {W}>{STYLES}{''.join(styles)}</w:styles>"}


def constat(*blocks: str, **more: object) -> str:
    """What the section « Constat » has of these blocks of a Word file."""
    text = body(received(docx(h("Constat"), *blocks, **more)))  # type: ignore[arg-type]
    return text.removeprefix("## Constat").strip()


def odt_constat(inside: str, styles: str = "") -> str:
    return body(received(odt(f"{HEAD}{inside}", styles), "a.odt")).removeprefix("## Constat").strip()


BOLD = '<style:text-properties fo:font-weight="bold"/>'
HEAD = '<text:h text:outline-level="1">Constat</text:h>'

# ---------------------------------------------------------------- headings


def test_a_heading_by_the_level_of_its_style() -> None:
    style = styled("_H_1", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    based = styled("fille", '<w:basedOn w:val="_H_1"/>')
    text = constat(
        p("A. Un titre", "_H_1"), p("Mots."), p("B. Un autre", "fille"), p("Suite."), parts=with_styles(style, based)
    )
    assert text == "### Un titre\n\nMots.\n\n### Un autre\n\nSuite."


def test_a_heading_by_its_own_level_and_its_neighbours() -> None:
    level = '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{}</w:p>'.format
    text = constat(level(run("Un titre")), p("Mots."), level(run("Un autre")), p("Suite."))
    assert text == "### Un titre\n\nMots.\n\n### Un autre\n\nSuite."


def test_a_level_left_on_a_paragraph_makes_no_heading() -> None:
    long = "Une phrase " + "assez longue " * 8 + "finit ici."
    level = f'<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{run(long)}</w:p>'
    assert constat(level) == long


def test_bold_of_a_style_is_bold() -> None:
    parts = with_styles(styled("Inter", "<w:rPr><w:b/></w:rPr>"), styled("Serre", "<w:rPr><w:i/></w:rPr>"))
    light = run("pas lui", '<w:b w:val="0"/>')
    text = constat(
        p("Un intertitre", "Inter"),
        p(inside=run("Lui, ") + light, style="Inter") + p("Dit ainsi.", "Serre"),
        parts=parts,
    )
    assert text == "### Un intertitre\n\n**Lui,** pas lui\n\n*Dit ainsi.*"


def test_bold_of_a_style_in_an_odt_is_bold() -> None:
    named = f'<style:style style:name="Inter" style:family="paragraph">{BOLD}</style:style>'
    child = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Inter"/>'
    text = odt_constat('<text:p text:style-name="P1">Un intertitre</text:p><text:p>Mots.</text:p>', named + child)
    assert text == "### Un intertitre\n\nMots."


@pytest.mark.parametrize("line", ["***", "-----", "* * *", "____________", "• • •", "———"])
def test_a_separator_is_no_heading(line: str) -> None:
    assert constat(p("Avant."), bold(line), p(line), p("Après.")) == "Avant.\n\nAprès."
    assert odt_constat(f"<text:p>Avant.</text:p><text:p>{line}</text:p><text:p>Après.</text:p>") == "Avant.\n\nAprès."


def test_a_title_on_the_line_of_its_text() -> None:
    lines = [
        p(inside=run("Constat :", "<w:b/>") + run(" les enfants ne sont pas entendus.")),
        p(inside=run("Analyse au regard de la Convention", "<w:b/>") + run(" : l’article 12 est méconnu.")),
        p(inside=run("Recommandations –", "<w:b/><w:u/>") + run(" Que l’État agisse.")),
        p(inside=run("Attention :", "<w:b/>") + run(" il faut agir vite.")),
    ]
    assert body(received(docx(*lines[:2]))) == (
        "## Constat\n\nLes enfants ne sont pas entendus.\n\n"
        "## Analyse au regard de la Convention\n\nL’article 12 est méconnu."
    )
    assert "- Que l’État agisse." in body(received(docx(*lines[:3])))
    assert constat(lines[3]) == "**Attention :** il faut agir vite."


def test_a_heading_that_word_numbers_as_a_list() -> None:
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'.format
    numbers = lists(("1", ("decimal",)))
    blocks = (item(run("Constats", "<w:b/>")), p("Les faits."), item(run("Analyse", "<w:b/>")), p("Le droit."))
    text = body(received(docx(*blocks, **numbers)))  # type: ignore[arg-type]
    assert text == "## Constat\n\nLes faits.\n\n## Analyse au regard de la Convention\n\nLe droit."


def test_headings_of_an_odt_by_their_style() -> None:
    style = '<style:style style:name="Titre" style:family="paragraph" style:default-outline-level="2"/>'
    child = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Titre"/>'
    text = odt_constat('<text:p text:style-name="P1">Un titre</text:p><text:p>Mots.</text:p>', style + child)
    assert text == "### Un titre\n\nMots."


def test_a_style_of_an_odt_that_says_it_is_no_heading() -> None:
    heading = '<style:style style:name="Heading_20_2" style:family="paragraph" style:default-outline-level="2"/>'
    child = (
        '<style:style style:name="Encart" style:family="paragraph" style:parent-style-name="Heading_20_2" '
        'style:default-outline-level=""/>'
    )
    assert odt_constat('<text:p text:style-name="Encart">Une ligne</text:p>', heading + child) == "Une ligne"


def test_headings_of_an_odt_that_a_list_numbers() -> None:
    heading = '<style:style style:name="heading_20_2" style:family="paragraph" style:list-style-name="L1"/>'
    child = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="heading_20_2"/>'
    one = "<text:list><text:list-item>{}</text:list-item></text:list>".format
    first, second = (f'<text:p text:style-name="P1">{title}</text:p>' for title in ("Dans la rue", "À l’école"))
    text = odt_constat(f"{one(first)}<text:p>Mots.</text:p>{one(one(second))}<text:p>Suite.</text:p>", heading + child)
    assert text == "### Dans la rue\n\nMots.\n\n### À l’école\n\nSuite."
    in_bold = '<text:p><text:span text:style-name="T1">À l’école</text:span></text:p>'
    bold_style = f'<style:style style:name="T1" style:family="text">{BOLD}</style:style>'
    assert odt_constat(f"{one(one(in_bold))}<text:p>Suite.</text:p>", bold_style) == "### À l’école\n\nSuite."


def test_a_text_of_one_heading_is_taken() -> None:
    assert body(received(docx(h("Un titre seul")))) == "## Constat\n\nUn titre seul"


def test_an_underlined_line_of_an_odt_is_a_title() -> None:
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-underline-style="solid"/>'
        "</style:style>"
    )
    span = '<text:span text:style-name="T1">{}</text:span>'.format
    text = odt_constat(f"<text:p>{span('2/ Dans la rue :')}</text:p><text:p>Un {span('mot')} souligné.</text:p>", style)
    assert text == "### Dans la rue :\n\nUn *mot* souligné."


# ---------------------------------------------------------------- lists


def lists(*given: tuple[str, tuple[str, ...]], more: str = "") -> dict[str, object]:
    """The part of the lists: the id of each, and the format of each of its levels, each 360 twips further in."""
    level = '<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="x"/>{far}</w:lvl>'
    far = '<w:pPr><w:ind w:left="{}"/></w:pPr>'.format
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{name}">'
        + "".join(level.format(at=at, kind=kind, far=far(360 * (at + 1) * int(name))) for at, kind in enumerate(kinds))
        + "</w:abstractNum>"
        for name, kinds in given
    )
    nums = "".join(f'<w:num w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>' for name, _ in given)
    part = f"<w:numbering {W}>{made}{more}{nums}</w:numbering>"
    return {"parts": {"word/numbering.xml": part}, "relations": {"n": ("numbering", "numbering.xml", False)}}


def item(text: str, number: str = "1", level: int = 0) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'
    )


def test_a_second_list_further_in_is_a_second_level() -> None:
    numbers = lists(("1", ("bullet",)), ("2", ("bullet",)), ("3", ("decimal",)))
    text = constat(item("un"), item("deux", "2"), item("trois", "3"), item("quatre"), item("cinq", "2"), **numbers)
    assert text == "- un\n  - deux\n    1.  trois\n- quatre\n  - cinq"


def test_the_second_level_by_a_style() -> None:
    numbers = lists(("1", ("bullet",)), ("2", ("bullet",)))
    looks = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'.format
    styles = with_styles(styled("Puces", looks(1)), styled("Puces2", looks(2), named="List Bullet 2"))
    numbers["parts"] = {**numbers["parts"], **styles}  # type: ignore[dict-item]
    assert constat(p("un", "Puces"), p("deux", "Puces2"), p("trois", "Puces"), **numbers) == "- un\n  - deux\n- trois"


def odt_list(name: str, indent: str, kind: str = "bullet") -> str:
    """A list style of an ODT with one level, so far in."""
    looks = 'style:num-format="1" style:num-suffix="."' if kind == "number" else 'text:bullet-char="•"'
    far = f'<style:list-level-label-alignment fo:margin-left="{indent}"/>'
    level = f'<text:list-level-style-{kind} text:level="1" {looks}><style:list-level-properties>{far}'
    ends = f"</style:list-level-properties></text:list-level-style-{kind}></text:list-style>"
    return f'<text:list-style style:name="{name}">{level}{ends}'


def test_the_second_level_of_an_odt_by_a_style() -> None:
    """Word's « List Bullet 2 » is a list of its own in an ODT, further in, beside the first."""

    def one(style: str, *items: str) -> str:
        inside = "".join(f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in items)
        return f'<text:list text:style-name="{style}">{inside}</text:list>'

    styles = odt_list("A", "0.5in") + odt_list("B", "1in") + odt_list("C", "3.8cm", "number")
    lists = one("A", "un") + one("B", "deux") + one("C", "trois", "quatre") + one("B", "cinq") + one("A", "six")
    assert odt_constat(lists, styles) == "- un\n  - deux\n    1.  trois\n    2.  quatre\n  - cinq\n- six"
    apart = one("A", "un") + "<text:p>Entre deux.</text:p>" + one("B", "deux")
    assert odt_constat(apart, styles) == "- un\n\nEntre deux.\n\n- deux"


def test_a_list_that_only_a_style_knows() -> None:
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Tirets"/></w:abstractNum>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    holder = f'<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Tirets"/>{level}</w:abstractNum>'
    part = (
        f'<w:numbering {W}>{linked}{holder}<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
    )
    relations = {"n": ("numbering", "numbering.xml", False)}
    text = constat(item("un", "7"), item("deux", "7"), parts={"word/numbering.xml": part}, relations=relations)
    assert text == "- un\n- deux"


def far_in(text: str, left: int, hanging: int = 0) -> str:
    return f'<w:p><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{run(text)}</w:p>'


def odt_far_in(text: str, margin: str) -> str:
    return f'<text:p text:style-name="P{margin}">{text}</text:p>'


ODT_MARGINS = "".join(
    f'<style:style style:name="P{far}" style:family="paragraph"><style:paragraph-properties fo:margin-left="{far}"/>'
    "</style:style>"
    for far in ("2cm", "2mm")
)


def test_a_paragraph_alone_further_in_is_a_quotation_and_told() -> None:
    result = received(docx(h("Constat"), p("Avant."), far_in("Dedans.", 720), p("Après."), far_in("Peu.", 100)))
    assert body(result) == "## Constat\n\nAvant.\n\n> Dedans.\n\nAprès.\n\nPeu."
    assert result.contribution.repairs["indent"] == 1
    assert constat(p("Avant."), far_in("Un.", 720, 720), p("Après.")) == "Avant.\n\nUn.\n\nAprès."
    inside = f"<text:p>Avant.</text:p>{odt_far_in('Dedans.', '2cm')}<text:p>Après.</text:p>{odt_far_in('Peu.', '2mm')}"
    assert odt_constat(inside, ODT_MARGINS) == "Avant.\n\n> Dedans.\n\nAprès.\n\nPeu."


def test_a_page_set_further_in_is_no_quotation() -> None:
    assert constat(p("Avant."), far_in("Un.", 720), far_in("Deux.", 720)) == "Avant.\n\nUn.\n\nDeux."
    inside = f"<text:p>Avant.</text:p>{odt_far_in('Un.', '2cm')}{odt_far_in('Deux.', '2cm')}"
    assert odt_constat(inside, ODT_MARGINS) == "Avant.\n\nUn.\n\nDeux."


def test_what_goes_on_below_an_item_is_no_quotation() -> None:
    numbers = lists(("1", ("bullet",)))
    text = constat(p("Avant."), item("un"), far_in("La suite.", 720), p("Après."), p("Fin."), **numbers)
    assert text == "Avant.\n\n- un\n\nLa suite.\n\nAprès.\n\nFin."


def test_a_quotation_of_an_odt_by_the_name_of_its_style() -> None:
    italics = '<style:text-properties fo:font-style="italic"/>'
    style = f'<style:style style:name="Quote" style:family="paragraph">{italics}</style:style>'
    layout = (
        '<style:style style:name="Text_20_body_20_indent" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-left="2cm"/></style:style>'
    )
    inside = (
        '<text:p text:style-name="Quote">Dit.</text:p><text:p text:style-name="Text_20_body_20_indent">Mots.</text:p>'
    )
    assert odt_constat(inside, style + layout) == "> Dit.\n\nMots."


def test_paragraphs_that_word_numbers_are_paragraphs() -> None:
    long = "Une phrase inventée qui dit beaucoup " + "et encore beaucoup " * 10 + "de choses."
    text = constat(item(long), item(long), p("Entre deux."), item(long), item("court"), **lists(("1", ("decimal",))))
    assert text == f"{long}\n\n{long}\n\nEntre deux.\n\n{long}\n\ncourt" or text.startswith(
        f"{long}\n\n{long}\n\nEntre"
    )
    assert constat(item("un"), item("deux"), **lists(("1", ("decimal",)))) == "1.  un\n2.  deux"


TYPED = {
    "dashes": (("- un ;", "– deux ;"), "- un ;\n- deux ;"),
    "numbers": (("1. un", "2. deux"), "1.  un\n2.  deux"),
    "numbers in brackets": (("(3) un", "4) deux"), "3.  un\n4.  deux"),
    "letters": (("a) un", "b) deux"), "1.  un\n2.  deux"),
    "years, which are none": (("2012. Le plan.", "2013. La suite."), "2012\\. Le plan.\n\n2013\\. La suite."),
}


@pytest.mark.parametrize("what", TYPED)
def test_lists_typed_by_hand(what: str) -> None:
    lines, wanted = TYPED[what]
    assert constat(p("Il faut :"), *map(p, lines)) == f"Il faut :\n\n{wanted}"
    assert odt_constat("<text:p>Il faut :</text:p>" + "".join(f"<text:p>{line}</text:p>" for line in lines)) == (
        f"Il faut :\n\n{wanted}"
    )
    broken = "<w:r><w:br/></w:r>".join(run(line) for line in lines)
    if "years" not in what:
        assert constat(p(inside=f"{run('Il faut :')}<w:r><w:br/></w:r>{broken}")) == f"Il faut :\n\n{wanted}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1) un", "2) deux", "a) dessous", "b) aussi", "3) trois"), "1. un/2. deux/ 1. dessous/ 2. aussi/3. trois"),
        (("• un", "o dessous", "o aussi", "• deux"), "- un/ - dessous/ - aussi/- deux"),
        (("-un", "–deux"), "- un/- deux"),
        (("→ un", "→ deux"), "- un/- deux"),
        (("1°) un", "2°) deux"), "1. un/2. deux"),
    ],
)
def test_levels_and_signs_of_lists_typed_by_hand(lines: tuple[str, ...], expected: str) -> None:
    text = constat(p("Il faut :"), *map(p, lines)).removeprefix("Il faut :").strip()
    assert re.sub(r"(?m)^( ?) *", r"\1", re.sub(r"\. +", ". ", text)).replace("\n", "/") == expected


def test_lines_that_are_no_list_stay_together() -> None:
    lines = p(inside=f"{run('12, rue inventée')}<w:r><w:br/></w:r>{run('75000 Ville')}")
    assert constat(lines) == "12, rue inventée\\\n75000 Ville"


def test_a_title_above_its_text_by_a_line_break() -> None:
    lines = p(inside=f"{run('Un intertitre', '<w:b/>')}<w:r><w:rPr><w:b/></w:rPr><w:br/></w:r>{run('Le texte.')}")
    assert constat(lines) == "### Un intertitre\n\nLe texte."


def test_a_whole_text_with_line_breaks_alone() -> None:
    lines = (
        "CONSTATS",
        "Les faits.",
        "La suite.",
        "ANALYSE :",
        "Le droit.",
        "PRÉCONISATIONS",
        "- Au Parlement : voter.",
    )
    text = body(received(docx(p(inside="<w:r><w:br/></w:r>".join(map(run, lines))))))
    assert text == (
        "## Constat\n\nLes faits.\\\nLa suite.\n\n## Analyse au regard de la Convention\n\nLe droit.\n\n"
        "## Recommandations\n\n- **Au Parlement** : voter."
    )


# ---------------------------------------------------------------- boxes, frames and tables


def box(inside: str) -> str:
    return (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def test_the_title_of_a_box_does_not_swallow_what_follows() -> None:
    for title in (bold("Une affaire"), h("Une affaire", 2)):
        text = constat(p("Avant."), p(inside=run("Hôte.") + box(title + p("Dans la boîte."))), p("Après."))
        assert text == "Avant.\n\nHôte.\n\n**Une affaire**\n\nDans la boîte.\n\nAprès."
    frame = (
        '<text:p>Hôte.<draw:frame><draw:text-box><text:h text:outline-level="2">Une affaire</text:h><text:p>Dedans.'
        "</text:p></draw:text-box></draw:frame></text:p><text:p>Après.</text:p>"
    )
    assert odt_constat(frame) == "Hôte.\n\n**Une affaire**\n\nDedans.\n\nAprès."


def test_a_section_begun_in_a_box_is_one() -> None:
    text = body(received(docx(h("Constat"), p(inside=run("Hôte.") + box(h("Analyse") + p("Le droit."))))))
    assert text == "## Constat\n\nHôte.\n\n## Analyse au regard de la Convention\n\nLe droit."


def test_a_table_of_one_cell_is_a_frame() -> None:
    framed = table(("x",)).replace(p("x"), bold("Une affaire") + p("Dedans."))
    assert constat(framed, p("Après.")) == "**Une affaire**\n\nDedans.\n\nAprès."


def test_a_wide_table_with_paragraphs_in_a_cell_is_no_html() -> None:
    two = "<w:tc>" + p("première ligne") + p("deuxième ligne") + "</w:tc>"
    wide = table(tuple(f"colonne{n}" for n in range(10)), tuple(f"x{n}" for n in range(10)))
    result = received(docx(h("Constat"), wide.replace(f"<w:tc>{p('x0')}</w:tc>", two)))
    text = body(result)
    assert "<t" not in text and "première ligne" in text and "| colonne9" in text


def test_words_of_shapes_that_came_from_powerpoint() -> None:
    a = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>".format
    shape = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><lc:lockedCanvas xmlns:lc="x">'
        f"<a:sp><a:txSp><a:txBody>{a('Dans la forme')}{a('et sous elle')}</a:txBody></a:txSp>"
        "</a:sp></lc:lockedCanvas></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    assert constat(p(inside=run("Hôte.") + shape), p("Après.")) == "Hôte.\n\nDans la forme\n\net sous elle\n\nAprès."


# ---------------------------------------------------------------- columns made with tabs

TAB = "<w:r><w:tab/></w:r>"
NEW_LINE = "<w:r><w:br/></w:r>"
COLUMNS = (("Année", "Filles", "Garçons"), ("2012", "douze", "7"), ("2013", "quinze", "9"))
MADE = """| Année | Filles | Garçons |
|-------|--------|---------|
| 2012  | douze  | 7       |
| 2013  | quinze | 9       |"""


def tabbed(*rows: tuple[str, ...]) -> list[str]:
    return [TAB.join(run(cell) for cell in row) for row in rows]


def in_tabs(*rows: tuple[str, ...]) -> IntakeResult:
    return received(docx(h("Constat"), p("Les chiffres."), *(p(inside=line) for line in tabbed(*rows)), p("Fin.")))


def test_columns_made_with_tabs_are_a_table() -> None:
    lines = "".join(f"<text:p>{'<text:tab/>'.join(row)}</text:p>" for row in COLUMNS)
    writer = (
        f'<text:h text:outline-level="1">Constat</text:h><text:p>Les chiffres.</text:p>{lines}<text:p>Fin.</text:p>'
    )
    for result in (in_tabs(*COLUMNS), received(odt(writer), "a.odt")):
        assert body(result) == f"## Constat\n\nLes chiffres.\n\n{MADE}\n\nFin."
        assert result.contribution.repairs["tabs"] == 1
    together = received(docx(h("Constat"), p(inside=NEW_LINE.join(tabbed(*COLUMNS)))))
    assert body(together) == f"## Constat\n\n{MADE}"


def test_bold_titles_and_empty_corners_are_cells() -> None:
    said = ("<w:tab/>", "<w:t>Filles</w:t>", "<w:tab/>", "<w:t>Garçons</w:t>")
    titles = "".join(f"<w:r><w:rPr><w:b/></w:rPr>{one}</w:r>" for one in said)
    rows = [titles, *tabbed(*COLUMNS[1:])]
    made = body(received(docx(h("Constat"), *(p(inside=row) for row in rows))))
    assert "|      | **Filles** | **Garçons** |" in made and "| 2013 | quinze     | 9           |" in made


def test_columns_that_do_not_agree_stay_and_are_asked_about() -> None:
    result = in_tabs(COLUMNS[0], ("2012", "douze"), COLUMNS[2])
    assert "Année Filles Garçons\n\n2012 douze\n\n2013 quinze 9" in body(result)
    (asked,) = [one for one in result.contribution.questions if one.name == "uneven-columns"]
    assert asked.facts == {"text": "Année Filles Garçons / 2012 douze / 2013 quinze 9"}


@pytest.mark.parametrize(
    "rows",
    [
        (("1.", "Former"), ("2.", "Accueillir"), ("3.", "Juger")),
        (("Date :", "mai 2014"), ("Lieu :", "Paris"), ("Objet :", "un texte")),
        (("", "Un retrait."), ("", "Un autre."), ("", "Encore un.")),
        (("Les faits", "2"), ("Le droit", "5"), ("La suite", "9")),
        (("La présidente", "Le trésorier"), ("Anne", "Paul")),
    ],
    ids=["numbers", "labels", "indents", "contents", "signatures"],
)
def test_a_tab_that_makes_no_column(rows: tuple[tuple[str, ...], ...]) -> None:
    result = in_tabs(*rows)
    assert "|" not in body(result) and "tabs" not in result.contribution.repairs
    assert not [one for one in result.contribution.questions if one.name == "uneven-columns"]


# ---------------------------------------------------------------- paragraphs numbered from one end to the other

POINT = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>{}</w:p>'
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="%{}."/></w:lvl>'.format
LEVELS = LEVEL(0, "decimal", 1) + LEVEL(1, "lowerLetter", 2)
LISTS = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    + "".join(f'<w:num w:numId="{one}"><w:abstractNumId w:val="0"/></w:num>' for one in (1, 2))
    + "</w:numbering>"
)


def point(text: str, level: int = 0, list_id: int = 1) -> str:
    return POINT.format(level, list_id, run(text))


def numbered(*blocks: str) -> str:
    relations = {"n": ("numbering", "numbering.xml", False)}
    return body(received(docx(h("Constat"), *blocks, parts={"word/numbering.xml": LISTS}, relations=relations)))


def test_paragraphs_numbered_over_headings_are_paragraphs() -> None:
    """As UN texts are numbered: the report gives its own numbers."""
    analysis = h("Analyse au regard de la Convention")
    made = numbered(point("Un."), point("Deux :"), point("un point", 1), p("Entre deux."), point("Trois."), analysis,
                    point("Quatre."))  # fmt: skip
    assert "Un.\n\nDeux :\n\n" in made and "Entre deux.\n\nTrois." in made and made.endswith("Quatre.")


def test_a_list_that_an_aside_cuts_is_still_a_list() -> None:
    made = numbered(point("Un."), point("Deux."), p("Entre deux."), point("Trois."))
    assert "1.  Un.\n2.  Deux." in made and "3.  Trois." in made


def test_two_lists_under_two_headings_are_lists() -> None:
    made = numbered(point("Un."), point("Deux."), h("Analyse au regard de la Convention"), point("Premier.", list_id=2))
    assert "1.  Un." in made and made.endswith("Premier.") and not made.endswith("\n\nPremier.")


# ---------------------------------------------------------------- notes of headings


@pytest.mark.parametrize("title", ["Constat", "Une situation préoccupante"])
def test_a_note_of_a_heading_goes_to_the_paragraph_below(title: str) -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("Une note du titre.")}</w:footnote></w:footnotes>'
    heading = p(inside=run(title) + call, style="heading1" if title == "Constat" else "heading2")
    above = [] if title == "Constat" else [h("Constat"), p("Avant.")]
    relations = {"f": ("footnotes", "footnotes.xml", False)}
    parts = {"word/footnotes.xml": notes}
    result = received(docx(*above, heading, p("Les faits."), p("La suite."), parts=parts, relations=relations))
    assert "Les faits.[^1]\n\nLa suite.\n\n[^1]: Une note du titre." in body(result)
    assert result.contribution.repairs["title-note"] == 1
    odd = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    note = f"{odd}<text:note-body><text:p>Une note du titre.</text:p></text:note-body></text:note>"
    inside = f'<text:h text:outline-level="1">Constat{note}</text:h><text:p>Les faits.</text:p>'
    assert "Les faits.[^1]" in body(received(odt(inside), "a.odt"))


def test_a_style_of_body_text_based_on_a_heading_is_no_heading() -> None:
    based = '<w:basedOn w:val="heading2"/>'
    styles = with_styles(
        styled("Chapeau", f'{based}<w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:i/></w:rPr>'),
        styled("Intertitre", based),
    )
    blocks = (p("Les faits sont établis.", "Chapeau"), p("Un intertitre", "Intertitre"), p("Suite."))
    assert constat(*blocks, parts=styles) == "*Les faits sont établis.*\n\n### Un intertitre\n\nSuite."


@pytest.mark.parametrize(("rows", "are_titles"), [
    (("2012\t4\t5", "2013\t9\t1"), False),
    (("Paris\t12\t5", "Lyon\t8\t3"), False),
    (("Année\tFilles\tGarçons", "2013\t9\t1"), True),
    (("Ville\t2012\t2013", "Lyon\t8\t3"), True),
    (("Âge\t0-5\t6-11", "Filles\t8\t3"), True),
])  # fmt: skip
def test_a_first_line_in_columns_that_counts_something_is_a_row(rows: tuple[str, ...], are_titles: bool) -> None:
    tabbed = (p(inside="<w:r><w:tab/></w:r>".join(map(run, row.split("\t")))) for row in rows)
    typed = "\n".join(["Constat", "", *rows, ""]).encode()
    for result in (received(docx(h("Constat"), *tabbed)), received(typed, "a.txt")):
        first = body(result).split("\n")[2]
        assert (rows[0].split("\t")[0] in first) is are_titles, first


@pytest.mark.parametrize("gap", ["\t", "    ", " \t"])
@pytest.mark.parametrize("width", [2, 3])
def test_columns_in_a_plain_text_are_a_table_or_asked(gap: str, width: int) -> None:
    rows = [("Année", "Mineurs", "Suivis")[:width], ("2012", "14", "3")[:width], ("2013", "22", "neuf")[:width]]
    text = "Constat\n\n" + "\n".join(map(gap.join, rows)) + "\n\nSuite.\n"
    result = received(text.encode(), "a.txt")
    assert body(result).count("|\n") == 4 and result.contribution.repairs["tabs"] == 1
    uneven = received(text.replace("2012", f"2012{gap}x{gap}y").encode(), "a.txt")
    told = [one.facts["text"] for one in uneven.contribution.questions if one.name == "uneven-columns"]
    assert "|" not in body(uneven) and len(told) == 1


def test_gaps_that_justify_a_paragraph_make_no_columns() -> None:
    lines = (
        "Le texte justifié   de notre association   montre que les enfants",
        "sont   punis au lieu   d'être protégés par la loi   et que les   foyers",
        "manquent   dans toutes   les régions où   nous travaillons.",
        "",
        "Nous voyons   chaque semaine   des enfants qui   dorment dehors et",
        "ne   savent pas à qui   parler de ce   qui leur arrive dans la rue.",
    )
    result = received("\n".join(("Constat", "", *lines)).encode(), "a.txt")
    first, second = (" ".join(" ".join(some).split()) for some in (lines[:3], lines[4:]))
    assert body(result) == f"## Constat\n\n{first}\n\n{second}"
    assert "uneven-columns" not in [one.name for one in result.contribution.questions]
    unaligned = b"Constat\n\nVille      Nombre      Saison\nParis     12     hiver\nMarseille    20     automne\n"
    assert body(received(unaligned, "a.txt")).count("\n|") == 4


def test_pairs_in_columns_of_which_one_has_more_are_asked_about() -> None:
    rows = ("Paris\t12 enfants", "Lyon\t8 enfants\tdont 3 filles", "Marseille\t20 enfants")
    tabbed = (p(inside="<w:r><w:tab/></w:r>".join(map(run, row.split("\t")))) for row in rows)
    shown = " / ".join(row.replace("\t", " ") for row in rows)
    for result in (
        received("\n".join(("Constat", "", *rows, "", "Suite.")).encode(), "a.txt"),
        received(docx(h("Constat"), *tabbed, p("Suite."))),
    ):
        told = [one.facts["text"] for one in result.contribution.questions if one.name == "uneven-columns"]
        assert told == [shown]


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (("☒ un foyer", "☐ un juge"), "- ☒ un foyer\n- ☐ un juge"),
        (("✓ un foyer", "✗ un juge"), "- ✓ un foyer\n- ✗ un juge"),
        (("☐ un foyer", "☐ un juge"), "- un foyer\n- un juge"),
        (("Un suivi existe :", "☒ oui ☐ non"), "Un suivi existe :\n\n☒ oui ☐ non"),
    ],
)
def test_a_box_that_was_ticked_stays_where_another_was_not(lines: tuple[str, ...], made: str) -> None:
    assert body(received(docx(h("Constat"), *map(p, lines)))) == f"## Constat\n\n{made}"


def test_words_of_a_reference_that_leads_nowhere_are_asked_about() -> None:
    result = received(docx(h("Constat"), p("Voir Erreur ! Source du renvoi introuvable. Suite.")))
    (asked,) = [one.facts["text"] for one in result.contribution.questions if one.name == "cross-broken"]
    assert asked == "Erreur ! Source du renvoi introuvable"


@pytest.mark.parametrize(
    "lines",
    [
        ["Introduction\t1", "Constat\t2", "Recommandations\t5"],
        ["Nom :\tMaison Inventée", "Ville :\tLyon", "Année :\t2014"],
        ["   une citation    en retrait", "   une citation    encore", "   une citation    enfin"],
        ["-\tun point\tet", "-\tun autre\tet", "-\tun dernier\tet"],
        ["-   un point", "-   un autre", "-   un dernier"],
        ["1.   un point", "2.   un autre", "3.   un dernier"],
        ["Ils dorment dehors.   Ils ont froid.", "Où vont-ils ?   Nulle part.", "Ils ont faim.   Ils pleurent."],
    ],
)
def test_gaps_that_make_no_columns_in_a_plain_text(lines: list[str]) -> None:
    for name in ("a.txt", "a.md"):
        assert "|" not in body(received(("## Constat\n\n" + "\n".join(lines)).encode(), name))
