"""From files to the document: nothing lost, nothing moved under another's name, nothing run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import cast

import orjson
import pytest
from PIL import Image

from rapport import pipeline, tree
from rapport.examination.opening import open_cache
from rapport.language.articles import articles_of
from rapport.language.folding import fold_words
from rapport.markdown import pandoc
from rapport.markdown.recommendation_head import addressee_key, addressees, demand_words, read, with_comparison_keys
from rapport.model import Addressee, Block, Document, Edition, Identity, Node, Outline, Report, Span
from rapport.report.recommendation_list import consolidate, listed_addressees

HEADER = """---
titre: Un texte inventé
date: 2014-12-01
auteurs: Association inventée
statut: ebauche
diffusion: {diffusion}
{more}---
"""
SECTIONS = """
## Constat

{constat}

## Analyse au regard de la Convention

Une analyse inventée par {name}.

## Recommandations

- **Au ministère inventé** (CIDE 32) : la mesure de {name}.
"""


def write(project: Path, place: str, constat: str, more: str = "", diffusion: str = "publique") -> None:
    path = project / "contributions" / f"{place}.md"
    text = HEADER.format(more=more, diffusion=diffusion) + SECTIONS.format(constat=constat, name=place.split("/")[0])
    path.write_text(text, encoding="utf-8")


def lay_out(project: Path, edition: Edition = Edition.DRAFT) -> tuple[Report, Document]:
    cache = open_cache(project)
    examined = pipeline.examine(project, cache)
    report, document, problems = pipeline.lay_out(examined, edition, cache)
    assert report is not None and document is not None, problems
    return report, document


def words(document: Document) -> str:
    return "\n".join(tree.text(node) for node in everything(document))


def everything(document: Document) -> list[Node]:
    return [*document.front_matter, *(node for chapter in document.chapters for node in chapter), *document.back_matter]


def classes(node: Node) -> list[str]:
    return list(tree.attributes(node)[1])


def test_sections_are_merged_in_the_outlines_order(project: Path) -> None:
    write(project, "alpha/travail-force", "Le constat d'Alpha.")
    write(project, "beta/travail-force", "Le constat de Beta.")
    report, _ = lay_out(project)
    blocks = [b for b in report.blocks if b.theme == "travail-force"]
    assert [(b.section, b.association) for b in blocks] == [
        ("constat", "beta"), ("constat", "alpha"), ("analyse", "beta"), ("analyse", "alpha"),
        ("recommandations", "beta"), ("recommandations", "alpha"),
    ]  # fmt: skip


def test_the_lead_speaks_first(project: Path) -> None:
    for name in ("beta", "alpha"):
        write(project, f"{name}/parole", f"Le constat de {name}.")
    report, _ = lay_out(project)
    assert next(b.association for b in report.blocks if b.theme == "parole") == "alpha"


def test_blocks_keep_their_file_and_line(project: Path) -> None:
    write(project, "alpha/travail-force", "Premier.\n\nDeuxième paragraphe.\n\nTroisième.")
    report, _ = lay_out(project)
    source = (project / "contributions/alpha/travail-force.md").read_text(encoding="utf-8").split("\n")
    for block in report.blocks:
        if block.association == "alpha" and block.node["t"] == "Para":
            first = tree.text(block.node).split()[0]
            assert source[block.span.line - 1][block.span.column - 1 :].startswith(first)


def test_ids_follow_the_words(project: Path) -> None:
    write(project, "alpha/travail-force", "Un.\n\nDeux.")
    before = {tree.text(b.node): b.id for b in lay_out(project)[0].blocks if b.association == "alpha"}
    write(project, "alpha/travail-force", "Zéro.\n\nUn.\n\nDeux.")
    after = {tree.text(b.node): b.id for b in lay_out(project)[0].blocks if b.association == "alpha"}
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


def test_the_same_words_twice_have_two_ids(project: Path) -> None:
    write(project, "alpha/travail-force", "Le même.\n\nLe même.")
    ids = Counter(b.id for b in lay_out(project)[0].blocks)
    assert max(ids.values()) == 1


def test_notes_of_the_same_name_stay_at_home(project: Path) -> None:
    write(project, "alpha/travail-force", "Alpha dit[^1].\n\n[^1]: la note d'Alpha.")
    write(project, "beta/travail-force", "Beta dit[^1].\n\n[^1]: la note de Beta.")
    report, _ = lay_out(project)
    for block in report.blocks:
        for note in (n for n in tree.walk(block.node) if n["t"] == "Note"):
            assert block.association in tree.text(note["c"]).lower()


def test_ids_and_links_of_the_same_name_stay_at_home(project: Path) -> None:
    text = "### Un intertitre {{#ici}}\n\nVoir [plus haut](#ici), dit {0}."
    write(project, "alpha/travail-force", text.format("Alpha"))
    write(project, "beta/travail-force", text.format("Beta"))
    report, document = lay_out(project)
    ids = [tree.attributes(n)[0] for n in tree.walk(everything(document)) if tree.attributes(n)[0]]
    assert len(ids) == len(set(ids))
    links = [n["c"][2][0] for b in report.blocks for n in tree.walk(b.node) if n["t"] == "Link"]
    assert links == ["#beta--travail-force--ici", "#alpha--travail-force--ici"]
    assert {link[1:] for link in links} <= set(ids)


@pytest.mark.parametrize(
    "opening", ["```\nun code sans fin", ":::: inventé\nun bloc sans fin", "<!-- un commentaire sans fin"]
)
def test_what_one_file_leaves_open_stays_at_home(project: Path, opening: str) -> None:
    write(project, "alpha/travail-force", opening)
    write(project, "beta/travail-force", "Le constat de Beta est intact.")
    _, document = lay_out(project)
    assert "Le constat de Beta est intact." in words(document)
    assert "la mesure de beta." in words(document)


def test_the_pages_of_an_earlier_project_are_still_filled(project: Path) -> None:
    """Pages of the time when each theme without a text had a page of its own, and one association a caveat."""
    theme = project / "chapters/theme.md.j2"
    page = theme.read_text(encoding="utf-8").replace("caveat.associations", "caveat.association")
    theme.write_text("{% if theme.empty and not theme.refused %}VIDE{% endif %}\n" + page, encoding="utf-8")
    (project / "chapters/themes-attendus.md.j2").unlink()
    write(project, "alpha/travail-force", "Les faits.", "avertissement: À compléter.\n")
    _, document = lay_out(project)
    assert "VIDE" not in words(document) and "Les faits." in words(document)
    assert any("Association Alpha" in tree.text(n) and "À compléter" in tree.text(n) for n in everything(document))


def test_text_is_never_a_template(project: Path) -> None:
    write(project, "alpha/travail-force", "{{ 7*7 }} et {% for x in y %} et {# rien #} restent écrits.")
    write(project, "beta/travail-force", "La marque []{.slot n=0} des modèles est refusée (S11).")
    _, document = lay_out(project)
    assert "{{ 7*7 }} et {% for x in y %} et {# rien #}" in words(document)
    assert "La marque" not in words(document)


def test_a_header_is_never_a_template_nor_markup(project: Path) -> None:
    more = "avertissement: '{{ 7*7 }} *et* [un lien](https://example.org) <b>'\n"
    write(project, "alpha/travail-force", "Rien.", more)
    _, document = lay_out(project)
    notices = [n for n in everything(document) if "warning" in classes(n)]
    assert any("{{ 7*7 }} *et* [un lien](https://example.org) <b>" in tree.text(n) for n in notices)


def test_a_contributions_classes_never_reach_the_report(project: Path) -> None:
    write(
        project,
        "alpha/travail-force",
        '::: {.notice .cover custom-style="Title"}\nUn faux encadré.\n:::\n\n[mot]{.slot n=1}',
    )
    report, _ = lay_out(project)
    for block in report.blocks:
        for node in tree.walk(block.node):
            assert set(classes(node)) <= {"recommendation"}
            assert not dict(tree.attributes(node)[2]).keys() & {"custom-style", "n", "number"}


def test_paragraphs_are_numbered_without_a_gap(project: Path) -> None:
    _, document = lay_out(project)
    numbers = [
        dict(tree.attributes(node)[2])["number"]
        for chapter in document.chapters
        for node in chapter
        if {"paragraph", "recommendation"} & set(classes(node))
    ]
    assert numbers == [str(n + 1) for n in range(len(numbers))]
    assert numbers
    outside = [n for n in (*document.front_matter, *document.back_matter) if "number" in dict(tree.attributes(n)[2])]
    assert not outside


def test_who_wrote_what_is_shown_in_drafts_only(project: Path) -> None:
    write(project, "alpha/travail-force", "Alpha.")
    draft, public = lay_out(project)[1], lay_out(project, Edition.PUBLIC)[1]
    shown = [tree.text(n) for n in everything(draft) if "provenance" in classes(n)]
    assert {"Association Alpha", "Association Bêta"} <= set(shown)
    assert not [n for n in everything(public) if "provenance" in classes(n)]


def test_confidential_text_is_in_the_confidential_edition_alone(project: Path) -> None:
    write(project, "beta/travail-force", "Public.\n\n::: confidentiel\nUn secret inventé.\n:::")
    write(project, "alpha/parole", "Un autre secret inventé.", diffusion="confidentielle")
    for edition, shown in ((Edition.DRAFT, False), (Edition.PUBLIC, False), (Edition.CONFIDENTIAL, True)):
        text = words(lay_out(project, edition)[1])
        assert ("Un secret inventé." in text) is shown
        assert ("Un autre secret inventé." in text) is shown
        assert "Public." in text


def test_a_theme_without_text_is_in_the_draft_alone(project: Path) -> None:
    draft, public = words(lay_out(project)[1]), words(lay_out(project, Edition.PUBLIC)[1])
    assert "La formation" in draft and "Les thèmes qui attendent une contribution" in draft
    assert "La formation" not in public and "Les thèmes qui attendent" not in public


def test_the_only_author_of_a_theme_is_named_once(project: Path) -> None:
    write(project, "alpha/mendicite", "Un constat.")
    nodes = everything(lay_out(project)[1])
    themes = [tree.identifier(n) for n in nodes if tree.kind(n) == "Header" and tree.identifier(n).startswith("theme-")]
    assert themes.count("theme-mendicite") == 1
    named = Counter[str]()
    theme = ""
    for node in nodes:
        if tree.kind(node) == "Header" and tree.level(node) == 2:
            theme = tree.identifier(node)
        named[theme] += "provenance" in classes(node)
    assert named["theme-mendicite"] == 1  # in three sections
    assert named["theme-travail-force"] > 2  # two associations: before each passage whose author is another


def test_what_several_texts_say_of_themselves_is_said_once(project: Path) -> None:
    for name in ("alpha", "beta"):
        write(project, f"{name}/mendicite", "Un constat.", more="avertissement: Un avis inventé.\n")
    boxes = [tree.text(n) for n in everything(lay_out(project)[1]) if "warning" in classes(n)]
    assert [box for box in boxes if "Un avis inventé." in box] == [
        "Association Alpha, Association Bêta. Un avis inventé."
    ]


def test_a_refused_contribution_leaves_a_box(project: Path) -> None:
    write(project, "beta/travail-force", "<b>Refusé.</b>")
    text = words(lay_out(project)[1])
    assert "Contribution en attente de correction" in text
    assert "Refusé." not in text
    assert "inventer une loi" in text  # the other association's text on the theme


def test_a_proposed_theme_is_printed_apart(project: Path) -> None:
    write(project, "beta/trafic-nouveau", "Un constat sur un thème nouveau.", "theme_propose: Un thème nouveau\n")
    report, document = lay_out(project)
    assert [t.theme.title for t in report.proposed_themes] == ["Un thème nouveau"]
    assert "Un constat sur un thème nouveau." in words(document)
    assert "Thème proposé" in words(document)


def test_one_edit_of_the_outline_adds_and_moves_a_theme(project: Path) -> None:
    write(project, "beta/sport", "Un constat sur le sport.")
    outline = project / "chapters" / "outline.yaml"
    text = outline.read_text(encoding="utf-8")
    outline.write_text(
        text.replace("      - id: mendicite", "      - id: sport\n        titre: Sport\n      - id: mendicite"),
        encoding="utf-8",
    )
    report, _ = lay_out(project)
    assert [t.theme.id for t in report.parts[0].themes] == ["travail-force", "sport", "mendicite"]
    assert [b.theme for b in report.blocks if "sport" in tree.text(b.node)] == ["sport"]


def test_only_what_is_cited_is_listed(project: Path) -> None:
    _, document = lay_out(project)
    entries = [n for n in tree.walk(list(document.back_matter)) if "csl-entry" in classes(n)]
    cited = {c["citationId"] for n in tree.walk(everything(document)) if n["t"] == "Cite" for c in n["c"][0]}
    assert {tree.attributes(e)[0] for e in entries} == {f"ref-{key}" for key in cited}


def test_images_of_the_same_name_are_two_images(project: Path) -> None:
    from PIL import Image

    for name, colour in (("alpha", "red"), ("beta", "blue")):
        folder = project / "contributions" / name / "images"
        folder.mkdir(exist_ok=True)
        Image.new("RGB", (8, 8), colour).save(folder / "schema.png")
        write(project, f"{name}/travail-force", '![Un schéma](images/schema.png){alt="un carré"}')
    report, _ = lay_out(project)
    targets = [n["c"][2][0] for b in report.blocks for n in tree.walk(b.node) if n["t"] == "Image"]
    assert len(targets) == 2 and len(set(targets)) == 2


def test_dates_and_names_of_files_do_not_matter(project: Path) -> None:
    import os

    before = lay_out(project)[1]
    old = project / "contributions/alpha/travail-force.md"
    os.utime(old, (315532800, 315532800))  # 1980
    new = old.with_name("Travail forcé.md")
    old.rename(new)
    assert words(lay_out(project)[1]) == words(before)


# ---------------------------------------------------------------- the list of recommendations


def asking(name: str, text: str, outline: Outline) -> Block:
    item = orjson.loads(next(pandoc.read_all([text])).payload)["blocks"]
    head = with_comparison_keys(read(item), item, addressees(outline), articles_of(outline.instruments))
    return Block(name, name, item[0], "alpha", Span("a.md"), "theme", "recommandations", recommendation=head)


@pytest.mark.parametrize(
    ("typed", "articles", "asked"),
    [
        ("**Au Parlement :** (CIDE 3) voter.", ("CIDE 3",), "voter"),
        ("**Au Parlement** : (CIDE 3 ; clé) : voter.", ("CIDE 3",), "voter"),
        ("**Au Parlement (CIDE 3) :** voter.", ("CIDE 3",), "voter"),
        ("**Au Parlement :** (re)voter (en 2015).", (), "(re)voter (en 2015)"),
        ("**Au Parlement** (CIDE 3) : (2013) voter.", ("CIDE 3",), "(2013) voter"),
    ],
)
def test_articles_may_stand_after_the_colon_or_in_the_bold(typed: str, articles: tuple[str, ...], asked: str) -> None:
    item = orjson.loads(next(pandoc.read_all([typed])).payload)["blocks"]
    head = read(item)
    assert (head.addressees, head.articles, head.key) == (("Au Parlement",), articles, "clé" in typed)
    assert demand_words(item) == fold_words(asked)


def test_recommendations_are_numbered_as_they_are_read_and_grouped_under_the_outlines_names() -> None:
    ministry = Addressee("Au ministère de l'Essai", "To the Test Ministry", ("ministre de l'Essai",))
    outline = Outline(cast(Identity, None), (), (), addressees=(ministry,))
    demands = {
        "a": "**Au Parlement** (CIDE 1) : voter.",
        "b": "**Au ministre de l'Essai** (CIDE 1) : essayer ;",
        "c": "**Au ministère de l’Essai** (CIDE 2) : essayer.",
        "d": "**Au Parlement et au ministre de l'Essai** (CIDE 1) : revoter.",
    }
    blocks = [asking(name, text, outline) for name, text in demands.items()]
    groups = consolidate(blocks, listed_addressees(outline, "en"))
    assert [
        (g.addressee, [(e.label, [b.id for b in e.blocks], e.other_addressees) for e in g.entries]) for g in groups
    ] == [
        ("To the Test Ministry", [("R2", ["b", "c"], ())]),
        ("Au Parlement", [("R1", ["a"], ()), ("R3", ["d"], ("To the Test Ministry",))]),
    ]


@pytest.mark.parametrize(
    ("typed", "alias"),
    [
        ("À la ministre de la Justice", "ministre de la Justice"),
        ("au Garde des sceaux", "garde des Sceaux"),
        ("Aux présidents des conseils généraux", "présidents des conseils généraux"),
        ("À l’Assemblée nationale", "assemblée nationale"),
        ("À Mayotte", "Mayotte"),
    ],
)
def test_an_addressee_is_one_with_its_other_name_whatever_stands_before(typed: str, alias: str) -> None:
    known = addressees(Outline(cast(Identity, None), (), (), addressees=(Addressee("Au premier", "", (alias,)),)))
    assert addressee_key(typed) in known and addressee_key(alias) == addressee_key(typed)


def test_what_a_list_repeats_ends_with_a_stop(project: Path) -> None:
    write(project, "alpha/mendicite", "Un constat.")
    path = project / "contributions/alpha/mendicite.md"
    asked = "- **Au Parlement** (CIDE 3) : voter ;\n- **Au Parlement** (CIDE 3) : oser « Quoi ? »\n"
    asked += "- **Au Parlement** (CIDE 3) : payer, et\n"
    path.write_text(path.read_text(encoding="utf-8") + asked, "utf-8")
    listed = [tree.text(n) for n in everything(lay_out(project)[1]) if "consolidated" in classes(n)]
    assert any("Payer. CIDE" in words for words in listed)
    assert any("R5 Voter. CIDE" in words for words in listed)
    assert any("Oser «\u00a0Quoi\u202f?\u00a0» CIDE" in words for words in listed)


# ---------------------------------------------------------------- what the report says of itself


def test_a_promise_that_is_not_proved_is_not_printed(project: Path) -> None:
    promise = "Un chiffre n’est donné qu’avec sa source."
    others = ("Un document postérieur au", "Aucun enfant n’est nommé", "Un témoignage n’est repris")
    text = words(lay_out(project)[1])
    assert promise in text and all(other in text for other in others)
    write(project, "alpha/mendicite", "Un foyer inventé compte 54 places.")
    text = words(lay_out(project)[1])
    assert promise not in text and all(other in text for other in others)


@pytest.mark.parametrize(
    ("typed", "promise"),
    [
        ("Le rapport de juillet 2016 le dit.", "Un document postérieur au"),
        ("Un foyer inventé compte 54 places.", "Un chiffre n’est donné"),
    ],
)
def test_the_editors_own_pages_are_held_to_the_promises_too(project: Path, typed: str, promise: str) -> None:
    page = project / "chapters/presentation.md.j2"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("### Qui nous sommes {.unnumbered}\n", f"### Qui nous sommes\n\n{typed}\n"), "utf-8")
    assert promise not in words(lay_out(project)[1])


def test_a_demand_to_nobody_is_not_said_to_be_addressed(project: Path) -> None:
    said = "adressées à une autorité et appuyées sur un article"
    assert said in words(lay_out(project)[1])
    path = project / "contributions/alpha/travail-force.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("- **Au Parlement** (CIDE 3", "- Il faudrait (CIDE 3"), "utf-8"
    )
    assert said not in words(lay_out(project)[1])


def test_what_is_not_printed_is_held_to_no_promise(project: Path) -> None:
    write(project, "alpha/mendicite", "<b>Un foyer inventé compte 54 places.</b>")
    assert "Un chiffre n’est donné qu’avec sa source." in words(lay_out(project)[1])


def with_logo(project: Path, file: str) -> None:
    outline = project / "chapters/outline.yaml"
    logo = f"  licence: Licence inventée\n  logos:\n    - fichier: {file}\n      description: Logo inventé\n"
    text = outline.read_text(encoding="utf-8").replace("  langues: [fr, en]\n", f"  langues: [fr, en]\n{logo}")
    outline.write_text(text, encoding="utf-8")


def test_the_cover_shows_logos_and_a_licence(project: Path) -> None:
    (project / "chapters/images").mkdir()
    Image.new("RGB", (60, 40), "navy").save(project / "chapters/images/logo.png")
    with_logo(project, "chapters/images/logo.png")
    _, document = lay_out(project)
    (cover,) = [node for node in document.front_matter if "cover" in classes(node)]
    assert [tree.text(n) for n in tree.walk(cover) if tree.kind(n) == "Image"] == ["Logo inventé"]
    assert "Licence inventée" in tree.text(cover)


@pytest.mark.parametrize(
    ("file", "code"),
    [("chapters/images/absent.png", "I01"), ("/etc/passwd", "I04"), ("chapters/images/../../x.png", "I04")],
)
def test_a_logo_that_cannot_be_shown_is_told(project: Path, file: str, code: str) -> None:
    with_logo(project, file)
    examined = pipeline.examine(project, open_cache(project))
    assert [(d.rule.code, d.span.path) for d in examined.diagnostics if d.rule.code.startswith("I0")] == [
        (code, "chapters/outline.yaml")
    ]
