"""The parts that a Committee member uses: what is drawn from the body can never differ from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import pipeline, tree
from rapport.examination.opening import open_cache
from rapport.language.articles import Articles
from rapport.model import Document, Edition, Instrument, Node, Report
from rapport.report.templates import DerivedPiece
from test_report import HEADER, classes

SECTIONS = """
## Constat

{constat}

## Analyse au regard de la Convention

{analyse}

## Recommandations

{recommandations}
"""


def write(project: Path, place: str, recommandations: str, constat: str = "Rien.", analyse: str = "Rien.") -> None:
    text = HEADER.format(more="", diffusion="publique")
    text += SECTIONS.format(constat=constat, analyse=analyse, recommandations=recommandations)
    (project / "contributions" / f"{place}.md").write_text(text, encoding="utf-8")


def lay_out(project: Path, edition: Edition = Edition.DRAFT, language: str = "fr") -> tuple[Report, Document]:
    cache = open_cache(project)
    report, document, problems = pipeline.lay_out(pipeline.examine(project, cache), edition, cache, language)
    assert report is not None and document is not None, problems
    return report, document


def under(document: Document, name: str) -> list[Node]:
    """The blocks after the title of this id, up to the next title of its level."""
    blocks = [
        *document.front_matter,
        *(node for chapter in document.chapters for node in chapter),
        *document.back_matter,
    ]
    starts = [i for i, node in enumerate(blocks) if node["t"] == "Header" and tree.attributes(node)[0] == name]
    after = blocks[starts[0] + 1 :]
    titles = [i for i, node in enumerate(after) if node["t"] == "Header" and node["c"][0] == 1]
    return after[: titles[0]] if titles else after


def entries(document: Document) -> list[Node]:
    return [node for node in under(document, "recommandations") if "consolidated" in classes(node)]


def body(document: Document, name: str) -> Node:
    return next(n for chapter in document.chapters for n in chapter if tree.attributes(n)[0] == name)


def inside(nodes: list[Node], name: str) -> list[Node]:
    return [node for node in tree.walk(nodes) if name in classes(node)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def words(nodes: list[Node]) -> str:
    return plain(" ".join(tree.text(node) for node in nodes))


# ---------------------------------------------------------------- consolidated recommendations


def test_recommendations_are_numbered_as_they_are_read_under_whom_they_speak_to(project: Path) -> None:
    write(project, "beta/mendicite", "- **Au ministère inventé** (CIDE 3) : x.\n- **Au Comité** : y.")
    write(project, "alpha/mendicite", "- **au Ministere Inventé** (CIDE 3) : z.")
    report, document = lay_out(project)
    groups = [words([n]) for n in under(document, "recommandations") if n["t"] == "Header"]
    assert groups == ["Au ministère inventé", "Au Parlement", "Au Comité"]
    numbers = [dict(tree.attributes(node)[2])["label"] for node in entries(document)]
    assert sorted(numbers) == [f"R{n + 1}" for n in range(len(numbers))]
    asked = [node for chapter in document.chapters for node in chapter if "recommendation" in classes(node)]
    assert [dict(tree.attributes(node)[2])["label"] for node in asked] == sorted(numbers)
    assert len(numbers) == sum(1 for block in report.blocks if block.recommendation)


def test_the_body_carries_the_numbers_of_the_list(project: Path) -> None:
    _, document = lay_out(project)
    for entry in entries(document):
        identifier, _, pairs = tree.attributes(entry)
        (copy,) = inside([entry], "derived")
        origin = body(document, dict(tree.attributes(copy)[2])["of"])
        label = dict(pairs)["label"]
        assert identifier == f"recommandation-{label.lower()}"
        assert words(inside([origin], "label")) == label == dict(tree.attributes(origin)[2])["label"]
        assert words([copy])[1:] in words([origin])
        (link,) = inside([entry], "reference")
        assert link["c"][2][0] == "#" + tree.attributes(origin)[0]
        assert words([link]) == dict(tree.attributes(origin)[2])["number"]


def test_what_several_ask_in_the_same_words_is_one_entry(project: Path) -> None:
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 3) : demander la même chose[^1].\n\n[^1]: Une note.")
    write(
        project,
        "beta/mendicite",
        "- **au comité** (OPSC 1) : Demander la *même* chose.\n- **Au Comité** : autre chose.",
    )
    _, document = lay_out(project)
    (shared,) = [entry for entry in entries(document) if "emander la même chose" in words([entry])]
    assert "CIDE 3, OPSC 1 – Association Alpha, Association Bêta – paragraphes" in words([shared])
    assert len(inside([shared], "reference")) == 2
    assert not [node for node in tree.walk(shared) if node["t"] == "Note"]


def test_a_second_addressee_is_named_and_has_no_entry_of_its_own(project: Path) -> None:
    write(project, "alpha/mendicite", "- **Au Comité et au Sénat** (CIDE 3) : demander.")
    _, document = lay_out(project)
    (entry,) = [entry for entry in entries(document) if "Demander." in words([entry])]
    assert "adressée aussi au Sénat" in words([entry])
    assert "Au Sénat" not in [words([n]) for n in under(document, "recommandations") if n["t"] == "Header"]


def test_who_carries_a_demand_may_be_left_out(project: Path) -> None:
    outline = project / "chapters" / "outline.yaml"
    text = outline.read_text(encoding="utf-8")
    said = "\n  porteurs_visibles:\n    projet: oui\n    publique: non\n    confidentielle: oui\n\ninstruments:"
    outline.write_text(text.replace("\n\ninstruments:", said, 1), encoding="utf-8")
    assert "Association Alpha" in words(entries(lay_out(project)[1]))
    assert "Association Alpha" not in words(entries(lay_out(project, Edition.PUBLIC)[1]))


def test_a_confidential_demand_is_in_no_other_list(project: Path) -> None:
    for edition, shown in ((Edition.DRAFT, False), (Edition.PUBLIC, False), (Edition.CONFIDENTIAL, True)):
        assert ("Inventer une écoute." in words(entries(lay_out(project, edition)[1]))) is shown


def test_the_paragraphs_of_the_list_have_no_number(project: Path) -> None:
    _, document = lay_out(project)
    listed = under(document, "recommandations")
    assert not {"paragraph", "recommendation"} & {name for node in listed for name in classes(node)}


# ---------------------------------------------------------------- summary


def test_the_summary_holds_what_is_marked_as_key_word_for_word(project: Path) -> None:
    write(
        project,
        "alpha/mendicite",
        "- **Au Comité** (CIDE 3 ; clé) : marquer ceci.\n- **Au Comité** (CIDE 3) : pas cela.",
    )
    _, document = lay_out(project)
    (key,) = inside(under(document, "resume"), "key")
    (copy,) = inside([key], "derived")
    origin = body(document, dict(tree.attributes(copy)[2])["of"])
    assert words([copy]) == "Au Comité (CIDE 3) : marquer ceci."
    assert words([origin]).endswith(words([copy]))
    assert "clé" not in words([origin])
    assert len(inside(under(document, "summary"), "key")) == 1


def test_marking_changes_neither_id_nor_digest(project: Path) -> None:
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 3) : ceci.")
    before = [(block.id, block.digest) for block in lay_out(project)[0].blocks]
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 3, clé) : ceci.")
    assert [(block.id, block.digest) for block in lay_out(project)[0].blocks] == before


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("(clé ; CIDE 3)", "(CIDE 3)"), ("(CIDE 3) (clé)", "(CIDE 3)"), ("(clé)", ""), ("(CIDE 3 et clé)", "(CIDE 3)"),
        ("(CIDE 3\u00a0; Clé)", "(CIDE 3)"), ("(CIDE 3 ; *clé*)", "(CIDE 3)"),
    ],
)  # fmt: skip
def test_the_mark_is_never_printed(project: Path, head: str, printed: str) -> None:
    write(project, "alpha/mendicite", f"- **Au Comité** {head} : ouvrir la clé des champs.")
    report, document = lay_out(project)
    (block,) = [b for b in report.blocks if b.recommendation and b.recommendation.key]
    assert block.recommendation is not None and "clé" not in block.recommendation.articles
    said = words([body(document, block.id)]).split(" ", 1)[1]
    assert said == " ".join(f"Au Comité {printed} : ouvrir la clé des champs.".split())


def test_a_draft_says_how_to_mark_when_nothing_is(project: Path) -> None:
    assert "CIDE 39 ; clé" in words(under(lay_out(project)[1], "resume"))
    assert "clé" not in words(under(lay_out(project, Edition.PUBLIC)[1], "resume"))


def test_a_draft_shows_that_the_english_summary_is_missing(project: Path) -> None:
    (project / "chapters" / "resume-anglais.md.j2").write_text("# Summary {.unnumbered #summary}\n", encoding="utf-8")
    _, document = lay_out(project)
    assert "Résumé en anglais à écrire" in words(under(document, "resume"))
    assert "summary" not in [tree.attributes(node)[0] for node in document.front_matter]


# ---------------------------------------------------------------- annexes


def rows(document: Document, name: str) -> dict[str, list[str]]:
    """The rows of the table of an annex: the first cell, and the words of the others."""
    (table,) = [node for node in under(document, name) if node["t"] == "Table"]
    found: dict[str, list[str]] = {}
    for _, _, heads, rest in table["c"][4]:
        group = words(next(cell for _, cells in heads for _, _, _, _, cell in cells)) if heads else ""
        for _, cells in rest:
            first, *others = (words(cell[4]) for cell in cells)
            found[f"{group} {first}".strip()] = others
    return found


def number_of(document: Document, start: str) -> str:
    nodes = [node for chapter in document.chapters for node in chapter if start in words([node])]
    return str(dict(tree.attributes(nodes[0])[2])["number"])


def test_every_mention_of_an_article_leads_to_its_paragraph(project: Path) -> None:
    text = "Un : l'article 39 de la Convention relative aux droits de l'enfant.\n\n"
    text += "Deux : les articles 10, 34 et 35 de la CIDE.\n\n"
    text += (
        "Trois[^n], sans article 99.\n\n- quatre, selon OPSC 3.1 a)\n\n[^n]: CIDE 2, article 3 du protocole facultatif."
    )
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 12, 19) : demander.", text)
    _, document = lay_out(project)
    table = rows(document, "annexe-articles")
    named = {start: number_of(document, start) for start in ("Un :", "Deux :", "Trois", "demander.")}
    cide, opsc = "Convention relative aux droits de l'enfant (CIDE)", "Protocole facultatif (OPSC)"
    assert table[f"{cide} 39"] == [f"Mendicité : {named['Un :']}"]
    assert table[f"{cide} 34"] == table[f"{cide} 35"] == table[f"{cide} 10"] == [f"Mendicité : {named['Deux :']}"]
    assert table[f"{cide} 2"] == table[f"{opsc} 3.1 a)"] == table[f"{opsc} 3"] == [f"Mendicité : {named['Trois']}"]
    assert named["demander."] in table[f"{cide} 12"][0]
    assert table[f"{cide} 19"] == [f"Mendicité : {named['demander.']}"]
    assert not [row for row in table if row.endswith(" 99")]
    mine = [row for row in table if row.startswith(cide)]
    assert mine == sorted(mine, key=lambda row: int(row.rsplit(" ", 1)[1]))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CIDE 12 et 39", ["CIDE 12", "CIDE 39"]),
        ("CIDE 42-43", ["CIDE 42", "CIDE 43"]),
        ("CIDE 3-1", ["CIDE 3.1"]),
        ("CIDE 12 al. 1 et 2", ["CIDE 12.1", "CIDE 12.2"]),
        ("CIDE 12, par. 1 et 39", ["CIDE 12.1", "CIDE 39"]),
        ("CIDE 3 par. 1 et 12", ["CIDE 3.1", "CIDE 12"]),
        ("CIDE 37, §§ 1 à 3", ["CIDE 37.1", "CIDE 37.2", "CIDE 37.3"]),
        ("articles 12 paragraphes 1 et 2 de la CIDE", ["CIDE 12.1", "CIDE 12.2"]),
        ("CRC 12 paras. 1 and 2", ["CIDE 12.1", "CIDE 12.2"]),
        ("CIDE art. 34 à 36", ["CIDE 34", "CIDE 35", "CIDE 36"]),
        ("articles 34 à 36 de la CIDE, 39", ["CIDE 34", "CIDE 35", "CIDE 36", "CIDE 39"]),
        ("CIDE 37(b) et c)", ["CIDE 37 b)", "CIDE 37 c)"]),
        ("OPSC 3.1.a)", ["OPSC 3.1 a)"]),
        ("OPSC 3(1)(a)(ii) ; CIDE 40, par. 2 b)", ["OPSC 3.1 a) ii)", "CIDE 40.2 b)"]),
        ("OPSC 3.1 a) i) et ii)", ["OPSC 3.1 a) i)", "OPSC 3.1 a) ii)"]),
        ("CIDE 37 a) à c)", ["CIDE 37 a)", "CIDE 37 b)", "CIDE 37 c)"]),
        ("code pénal 225-4-1 et 225-14", ["code pénal 225-4-1", "code pénal 225-14"]),
        ("Convention, articles 3 et 12, et OPSC 8", ["CIDE 3", "CIDE 12", "OPSC 8"]),
        ("CRC 12", ["CIDE 12"]),
        ("STCE 197", ["STCE 197"]),
        ("CDE 12 et 39", ["CDE 12 ?"]),
        ("art. 34 à 36", ["art. 34 à 36 ?"]),
        ("CIDE 12 et suivants", ["CIDE 12"]),
        ("CIDE 12 (1) et (2)", ["CIDE 12.1", "CIDE 12.2"]),
        ("CIDE 12.1-2", ["CIDE 12.1", "CIDE 12.2"]),
        ("CIDE 12, §§ 1-2", ["CIDE 12.1", "CIDE 12.2"]),
        ("CIDE 12, alinéa premier", ["CIDE 12.1"]),
        ("CIDE 40.2 b) i) à iii)", ["CIDE 40.2 b) i)", "CIDE 40.2 b) ii)", "CIDE 40.2 b) iii)"]),
        ("CIDE 12, article 3 OPSC, article 4", ["CIDE 12", "OPSC 3", "OPSC 4"]),
        ("CIDE 12 ainsi que 39", ["CIDE 12", "CIDE 39"]),
        ("article 19 et suivants de la CIDE", ["CIDE 19"]),
        ("CIDE 12/39", ["CIDE 12", "CIDE 39"]),
        ("CIDE 12/2", ["CIDE", "12/2 ?"]),
    ],
)
def test_lists_of_articles_are_taken_apart(typed: str, found: list[str]) -> None:
    assert [str(a.article or f"{a.text} ?") for a in Articles(TEXTS).taken_apart([typed])] == found


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("CIDE 43 à 42", "CIDE 42 à 43"),
        ("CIDE 36-34", "CIDE 34 à 36"),
        ("articles 15 à 12 de la CIDE", "CIDE 12 à 15"),
        ("CIDE 12.2-1", "CIDE 12.1 à 12.2"),
        ("CIDE 37 d) à b)", "CIDE 37 b) à 37 d)"),
        ("code pénal 225-4-9 à 225-4-1", "code pénal 225-4-1 à 225-4-9"),
        ("CIDE 19 et suivants", "CIDE 19 à …"),
        ("CIDE 19 ss, OPSC 3", "CIDE 19 à …"),
        ("OPSC 3, article 20 et suiv. de la CIDE", "CIDE 20 à …"),
    ],
)
def test_a_range_that_says_nothing_for_certain_is_told(typed: str, instead: str) -> None:
    (mistake,) = Articles(TEXTS).mistakes([typed])
    assert mistake.nearest == instead


def test_ranges_of_the_text_are_told_too() -> None:
    text = "Selon les articles 15 à 12 de la CIDE, puis l'article 3 et les articles 34 à 36 de la CIDE."
    assert [(str(one), said.nearest) for one, said in Articles(TEXTS).backward_ranges(text)] == [
        ("CIDE 15", "CIDE 12 à 15")
    ]


def test_a_text_is_searched_once_for_what_two_rules_ask() -> None:
    articles, text = Articles(TEXTS), "Selon les articles 15 à 12 de la CIDE, puis l'article 36 de la CIDE."
    for _ in range(2):
        assert [str(one) for one in articles.in_prose(text)][-1] == "CIDE 36"
        assert len(list(articles.backward_ranges(text))) == 1
    assert articles.named_in.cache_info().misses == 1


def test_another_treaty_is_none_of_ours_mistyped() -> None:
    assert [one.nearest for one in Articles(TEXTS).mistakes(["CDPH 7", "CDE 12"])] == ["", "CIDE 12"]


def test_a_number_alone_is_of_the_text_named_before_it() -> None:
    assert Articles(TEXTS).canonical(["CIDE 12", "39", "OPSC 3 à 4"]) == ("CIDE 12", "CIDE 39", "OPSC 3", "OPSC 4")


def test_an_outline_that_names_no_text_has_no_articles() -> None:
    assert [(one.text, one.article) for one in Articles(()).taken_apart(["CIDE 12 et 39"])] == [("CIDE 12", None)]
    assert not list(Articles(()).in_prose("l’article 12 de la CIDE, OPSC 3"))


def test_a_source_of_one_line_is_set_as_a_line(project: Path) -> None:
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 12) : demander.")
    place = project / "contributions/alpha/mendicite.md"
    place.write_text(place.read_text(encoding="utf-8") + "\n## Sources\n\n- Une source seule.\n", encoding="utf-8")
    for more, shown in (("", "Sources Une source seule."), ("- Une autre.\n", "Une source seule.")):
        place.write_text(place.read_text(encoding="utf-8") + more, encoding="utf-8")
        _, document = lay_out(project)
        nodes = [node for chapter in document.chapters for node in chapter]
        (at,) = [index for index, node in enumerate(nodes) if "Une source seule." in words([node])]
        assert words([nodes[at]]).startswith(shown)
        assert (nodes[at - 1]["t"] == "Header") is bool(more)


TEXTS = (
    Instrument("CIDE", "Convention relative aux droits de l’enfant", "", "CRC", other_names=("Convention",)),
    Instrument("OPSC", "Protocole facultatif", ""),
    Instrument("Palerme", "Protocole additionnel", "", other_names=("protocole de Palerme",)),
    Instrument("STCE 197", "Convention du Conseil de l’Europe", ""),
    Instrument("Directive 2011/36/UE", "Directive", ""),
    Instrument("CEDH", "Convention de sauvegarde", "", other_names=("convention européenne des droits de l’homme",)),
    Instrument("code pénal", "Code pénal", ""),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("les articles 12 ainsi que 39 de la CIDE", ["CIDE 12", "CIDE 39"]),
        ("la CIDE art. 12/99, et CIDE 12/39", ["CIDE 12", "CIDE 99", "CIDE 12", "CIDE 39"]),
        ("l'article 12/2013 de la CIDE, ou 3/4/14", []),
        ("l'article 55bis de la CIDE", ["CIDE 55bis"]),
        ("l’article 39 de la Convention oblige", ["CIDE 39"]),
        ("articles 34 et 35 de la CIDE", ["CIDE 34", "CIDE 35"]),
        ("STCE 197 10.3 et code pénal 225-4-1", ["STCE 197 10.3", "code pénal 225-4-1"]),
        ("articles 13 à 15 de la directive 2011/36/UE", [f"Directive 2011/36/UE {n}" for n in (13, 14, 15)]),
        ("article 4 de la Convention européenne des droits de l'homme", ["CEDH 4"]),
        ("l'article 3, paragraphe 1, de la Convention", ["CIDE 3.1"]),
        ("la CIDE (art. 19 et 32)", ["CIDE 19", "CIDE 32"]),
        ("l'article 3 c) du protocole de Palerme", ["Palerme 3 c)"]),
        ("l'article 225-12-5 du Code\u00a0pénal", ["code pénal 225-12-5"]),
        ("article 3 de la Convention de Vienne", []),
        ("l'article 32 protège ; la Convention", []),
        ("la CIDE 12 mineurs", []),
        ("article 39 de la convention", []),
    ],
)
def test_articles_are_known_by_their_text(text: str, found: list[str]) -> None:
    assert [f"{a.text} {a.number}" for a in Articles(TEXTS).in_prose(text)] == found


def test_articles_of_themes_and_headers_lead_to_the_themes(project: Path) -> None:
    _, document = lay_out(project)
    table = rows(document, "annexe-articles")
    cide = "Convention relative aux droits de l'enfant (CIDE)"
    assert table[f"{cide} 32"][0].startswith("Travail forcé")
    link = next(
        n for n in tree.walk(under(document, "annexe-articles")) if n["t"] == "Link" and "theme-" in n["c"][2][0]
    )
    assert link["c"][2][0] == "#theme-travail-force"


def test_every_link_that_is_made_leads_somewhere(project: Path) -> None:
    write(project, "alpha/mendicite", "- **Au Comité** (CIDE 12 ; clé) : demander.", "Selon la CIDE.")
    _, document = lay_out(project)
    everything = [
        *document.front_matter,
        *(node for chapter in document.chapters for node in chapter),
        *document.back_matter,
    ]
    ids = [tree.attributes(node)[0] for node in tree.walk(everything) if tree.attributes(node)[0]]
    assert len(ids) == len(set(ids))
    assert {n["c"][2][0][1:] for n in inside(everything, "reference")} <= set(ids)
    assert not [node for node in tree.walk(everything) if {piece.name for piece in DerivedPiece} & set(classes(node))]


def acronyms(project: Path) -> None:
    (project / "chapters" / "sigles.yaml").write_text(
        "sigles:\n"
        "  - {sigle: OIN, nom: Organisation inventée nationale, nom_en: Invented organisation, source: inventé}\n"
        "  - {sigle: ADEUX, nom: Deux choses, developper: non, source: inventé}\n",
        encoding="utf-8",
    )


def test_an_acronym_gets_its_name_once_and_words_stay_untouched(project: Path) -> None:
    acronyms(project)
    text = "« L'OIN » citée, (OIN), OIN 3.\n\nL'OIN, puis l'OIN et ADEUX.\n\n"
    text += "La brigade inventée nationale (BIN) et la BIN."
    write(project, "alpha/mendicite", "- **À l'OIN** (CIDE 3 ; clé) : demander à l'OIN.", text)
    _, document = lay_out(project)
    everything = [*document.front_matter, *(node for chapter in document.chapters for node in chapter)]
    (expansion,) = [node for node in inside(everything, "expansion") if "nationale" in tree.text(node)]
    assert tree.text(expansion) == "(Organisation inventée nationale)"
    (holder,) = [node for chapter in document.chapters for node in chapter if expansion in tree.walk(node)]
    assert words([holder]) == "L'OIN (Organisation inventée nationale), puis l'OIN et ADEUX."
    assert rows(document, "sigles") == {
        "ADEUX": ["Deux choses"], "BIN": ["brigade inventée nationale"],
        "CIDE": ["Convention relative aux droits de l'enfant"], "OIN": ["Organisation inventée nationale"],
        "OPSC": ["Protocole facultatif"],
    }  # fmt: skip


def test_what_a_text_explains_itself_is_not_explained_again(project: Path) -> None:
    acronyms(project)
    write(
        project, "alpha/mendicite", "- **Au Comité** : x.", "L'Organisation inventée nationale (OIN) dit. L'OIN redit."
    )
    everything = [node for chapter in lay_out(project)[1].chapters for node in chapter]
    assert "Organisation" not in words(inside(everything, "expansion"))


def test_a_copy_has_no_expansion(project: Path) -> None:
    acronyms(project)
    write(project, "alpha/mendicite", "- **À l'OIN** (CIDE 3 ; clé) : demander.")
    _, document = lay_out(project)
    assert "Organisation" in words(inside([node for chapter in document.chapters for node in chapter], "expansion"))
    assert not inside([*entries(document), *under(document, "resume")], "expansion")


def test_the_order_of_the_parts(project: Path) -> None:
    _, document = lay_out(project)
    titles = [
        tree.attributes(node)[0]
        for part in (document.front_matter, *document.chapters, document.back_matter)
        for node in part
        if node["t"] == "Header" and node["c"][0] == 1
    ]
    assert titles == [
        "resume", "summary", "lecture", "presentation", "cadre-juridique", "partie-formes", "partie-transversal",
        "themes-attendus", "recommandations", "bonnes-pratiques", "membres", "annexe-articles", "bibliographie",
    ]  # fmt: skip
    numbered = next(node for chapter in document.chapters for node in chapter if "paragraph" in classes(node))
    assert "Un cadre inventé" in words([numbered]) and dict(tree.attributes(numbered)[2])["number"] == "1"
