"""The English edition: the same numbers, translations that follow their French, nothing French but what says it is."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace

from conftest import PRODUCT
from rapport import cli, pipeline, tree
from rapport.examination.opening import open_cache
from rapport.messages import en, fr
from rapport.model import Document, Edition, Node, Report
from rapport.safeguarding import lexicon
from rapport.safeguarding.english import unreviewed_in_french
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.scan import scan
from rapport.translation import file
from rapport.translation.quote import quote, reference

pytestmark = pytest.mark.slow

FRENCH = "contributions/alpha/travail-force.md"
ENGLISH = "contributions/alpha/travail-force.en.md"
FIRST = (
    "This text is invented for the tests[^1]. It cites a report [@rapport2012, p. 4] and shows a table.\n\n"
    "[^1]: An invented note."
)
ANALYSIS = "The analysis is invented too, like the work by @livre2010."
ALL = (
    "Invented text for the tests.",
    FIRST,
    "| Year | Invented number |\n|------|----------------:|\n| 2012 | 10 |\n| 2013 | 20 |\n\n: An invented table",
    '![A grey square](images/carre.png){alt="a grey square and nothing else"}',
    ANALYSIS,
    "**To the invented ministry** (CRC 32): to invent a measure.",
    "**To Parliament** (CRC 3, OPSC 1): to invent a law.",
)
BETA = (
    "Another invented finding.",
    "An invented subheading",
    "An invented quotation.",
    "Another invented analysis[^1].\n\n[^1]: Another invented note [@article2014].",
    "1. A first invented practice.\n2. A second invented practice.",
    "**To the invented ministry** (CRC 32): to invent another measure.",
    "- An invented source.",
)
PAROLE = (
    "An invented finding, reserved for the confidential edition.",
    "An invented analysis.",
    "No testimony is invented.",
    "**To the invented ministry** (CRC 12): to invent a way of listening.",
)


def written(project: Path, *arguments: str) -> int:
    return cli.run(["translation", "--root", str(project), *arguments])


def fill(path: Path, english: tuple[str, ...]) -> None:
    """Type English into the empty places of a file, in order; "" leaves one empty."""
    head, *rest = path.read_text(encoding="utf-8").split("\n\n\n\n:::\n")
    assert len(rest) == len(english)
    typed = [
        f"\n\n{text}\n\n:::\n{after}" if text else f"\n\n\n\n:::\n{after}"
        for text, after in zip(english, rest, strict=True)
    ]
    path.write_text(head + "".join(typed), encoding="utf-8")


@pytest.fixture
def translated(project: Path) -> Path:
    """The stock project with one translation, whole."""
    assert written(project, "--association", "alpha", "--theme", "travail-force") == 0
    fill(project / ENGLISH, ALL)
    return project


def lay_out(project: Path, language: str = "en", edition: Edition = Edition.DRAFT) -> tuple[Report, Document]:
    cache = open_cache(project)
    examined = pipeline.examine(project, cache)
    report, document, problems = pipeline.lay_out(examined, edition, cache, language)
    assert report is not None and document is not None, problems
    return report, document


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything(document: Document) -> list[Node]:
    return [*document.front_matter, *(node for chapter in document.chapters for node in chapter), *document.back_matter]


def text(document: Document) -> str:
    return "\n".join(tree.text(node) for node in everything(document))


def numbers(document: Document) -> list[tuple[str, str, str, str]]:
    """Everything numbered: what it is, its id, its number, its place in the list of recommendations."""
    found = []
    for node in tree.walk(everything(document)):
        identifier, _, pairs = tree.attributes(node)
        facts = dict(pairs)
        if "number" in facts and node["t"] != "Link":
            found.append((node["t"], identifier, facts["number"], facts.get("label", "")))
    return found


def states(project: Path) -> list[str]:
    """How far each block of the translation has come, in the order of the French."""
    examined = pipeline.examine(project, open_cache(project))
    translation = next(one for one in examined.translations if one.path == ENGLISH)
    return [pair.state.value for pair in translation.pairing.pairs]


def said(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    cli.run([*arguments, "--root", str(project)])
    out, err = capsys.readouterr()
    return out + err


# ---------------------------------------------------------------- the same report


def test_both_languages_have_the_same_numbers(translated: Path) -> None:
    _, french = lay_out(translated, "fr")
    _, english = lay_out(translated)
    assert numbers(english) == numbers(french)
    assert len(numbers(english)) > 13


def test_the_product_has_the_same_numbers_in_both_languages(tmp_path: Path) -> None:
    for name in ("chapters", "contributions"):
        shutil.copytree(PRODUCT / name, tmp_path / name)
    shutil.copy(PRODUCT / "bibliography.bib", tmp_path)
    (_, french), (_, english) = lay_out(tmp_path, "fr"), lay_out(tmp_path)
    assert numbers(english) == numbers(french)
    assert article_rows(english) == article_rows(french)
    assert len(article_rows(english)) > 50


def article_rows(document: Document) -> list[list[list[str]]]:
    """The annex of articles: the numbers of paragraphs and themes in each row."""
    (table,) = (n for n in document.back_matter if n["t"] == "Table" and n["c"][0][0] == "table-articles")
    rows = (row for body in table["c"][4] for row in body[3])
    return [[re.findall(r"\d+", tree.text(cell[4])) for cell in row[1][1:]] for row in rows]


def test_translations_change_nothing_in_french(project: Path) -> None:
    _, before = lay_out(project, "fr")
    written(project)
    for name, english in (("alpha/travail-force", ALL), ("alpha/parole", PAROLE), ("beta/travail-force", BETA)):
        fill(project / "contributions" / f"{name}.en.md", english)
    _, after = lay_out(project, "fr")
    assert after == before


def test_an_english_word_that_laying_out_loses_is_told_by_its_line(translated: Path) -> None:
    cache = open_cache(translated)
    examined = pipeline.examine(translated, cache)
    report, document, _ = pipeline.lay_out(examined, Edition.DRAFT, cache, "en")
    assert report and document
    whole = pipeline.proof(examined, report, document, translated, cache)
    assert whole.received.words_to_print() > 50
    assert list(whole.received.unprinted_words(whole.expectation, whole.blocks)) == []

    def without_a_word(node: object) -> object:
        said = isinstance(node, dict) and tree.kind(node) == "Para" and tree.text(node).startswith("The analysis")
        return tree.para([tree.word("The analysis is invented too, the work by")]) if said else None

    chapters = tuple(tuple(tree.rewrite(list(c), without_a_word)) for c in document.chapters)
    proof = pipeline.proof(examined, report, replace(document, chapters=chapters), translated, cache)
    (found,) = proof.received.unprinted_words(proof.expectation, proof.blocks)
    line = (translated / ENGLISH).read_text(encoding="utf-8").split("\n")[found.span.line - 1]
    assert (found.span.path, found.facts["words"], line) == (ENGLISH, "like", ANALYSIS)
    assert "recounted" not in proof.claims()


def test_the_english_stands_where_its_french_stood(translated: Path) -> None:
    report, document = lay_out(translated)
    blocks = {block.id: block for block in lay_out(translated, "fr")[0].blocks}
    for block in report.blocks:
        was = blocks[block.id]
        assert (block.association, block.section, block.digest) == (was.association, was.section, was.digest)
    words = text(document)
    assert "The analysis is invented too" in words and "L’analyse est inventée aussi" not in words
    assert "Invented text for the tests." in words  # the warning over the text
    assert "To Parliament" in words


def test_what_is_not_translated_is_french_and_says_so(translated: Path) -> None:
    _, document = lay_out(translated)
    for node in everything(document):
        if "[not yet translated]" in tree.text(node):
            assert "fr" in languages(node), tree.text(node)
    words = text(document)
    assert "[not yet translated] Un autre constat inventé." in words
    assert "[not yet translated] The" not in words
    assert "\nR1 Inventer une autre mesure." in words  # in the list, where a sentence begins


def languages(node: Node) -> set[str]:
    return {dict(tree.attributes(inner)[2]).get("lang", "") for inner in tree.walk(node)}


def in_english_only(nodes: Any) -> str:
    """The words that the document does not say are French."""

    def drop(node: Node) -> Node | None:
        return {"t": "Str", "c": ""} if dict(tree.attributes(node)[2]).get("lang") == "fr" else None

    return tree.text(tree.rewrite(nodes, drop))


@pytest.mark.parametrize("edition", list(Edition))
def test_no_french_string_of_the_program_is_printed_in_english(project: Path, edition: Edition) -> None:
    written(project)
    for name, english in (("alpha/travail-force", ALL), ("alpha/parole", PAROLE), ("beta/travail-force", BETA)):
        fill(project / "contributions" / f"{name}.en.md", english)
    (project / "contributions" / "beta" / "mendicite.md").write_text("Sans en-tête.", encoding="utf-8")  # refused
    shutil.copy(project / FRENCH, project / "contributions" / "gamma" / "inconnu.md")  # to be placed
    _, document = lay_out(project, "en", edition)
    words = in_english_only([node for node in everything(document) if tree.attributes(node)[0] != "refs"])
    words += " ".join([document.meta.title, document.meta.subtitle, document.meta.header, document.meta.author])
    words += " ".join(document.meta.strings.values())
    for name, phrase in fr.PHRASES.items():
        if name.startswith("print-") and phrase != en.PHRASES[name]:
            bare = re.sub(r"\{\w+\}", "", phrase).strip(" \u00a0()«»")
            alone = rf"(?<!\w){re.escape(bare)}(?!\w)"
            assert len(bare) < 3 or bare in en.PHRASES[name] or not re.search(alone, words), name
    for template in (PRODUCT / "chapters").glob("*.md.j2"):
        if template.name != "resume-anglais.md.j2":
            for line in prose(template.read_text(encoding="utf-8")):
                assert line not in words, line


def prose(template: str) -> list[str]:
    """The runs of words of a template that Jinja leaves as they are."""
    bare = re.sub(r"\{[#%{].*?[#%}]\}|\[@[^\]]*\]|\{[^}]*\}", "\n", template, flags=re.DOTALL)
    return [line for line in re.split(r"[\n*«»:()\[\]]+", bare) if len(line.split()) > 3]


def test_the_files_say_that_they_are_english(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "build/rapport-projet-en.pdf" in said(translated, capsys, "build", "--report-language", "en")
    build = translated / "build"
    with zipfile.ZipFile(io.BytesIO((build / "rapport-projet-en.docx").read_bytes())) as docx:
        assert "<dc:language>en-GB</dc:language>" in docx.read("docProps/core.xml").decode()
        assert re.search(r'<w:lang [^>]*w:val="en-GB"', docx.read("word/styles.xml").decode())
        body = docx.read("word/document.xml").decode()
    assert "Contents" in body and "Table des matières" not in body
    assert re.search(r'<w:lang [^>]*w:val="fr-FR"', body)  # what nobody has translated
    assert re.search(r'<html[^>]* lang="en', (build / "rapport-projet-en.html").read_text(encoding="utf-8"))
    with pikepdf.open(build / "rapport-projet-en.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("en")
    assert not (build / "rapport-projet.pdf").exists()


def test_the_date_and_the_outline_are_english(translated: Path) -> None:
    _, document = lay_out(translated)
    words = text(document)
    assert "28 February 2015" in words and "28 février" not in words
    assert document.meta.title == "Report invented for the tests"
    assert {"Forms", "Forced labour", "Findings"} <= set(words.split("\n"))


# ---------------------------------------------------------------- a translation follows its French


def test_a_changed_passage_keeps_its_english_to_be_revised(translated: Path) -> None:
    edit(translated / FRENCH, "L'analyse est inventée aussi", "L'analyse est, elle aussi, inventée")
    assert states(translated) == ["done"] * 4 + ["revise"] + ["done"] * 2
    _, document = lay_out(translated)
    assert "[translation to be revised] The analysis is invented too" in text(document)
    written(translated)
    typed = (translated / ENGLISH).read_text(encoding="utf-8")
    block = typed[typed.index("::: {.bloc .a-revoir ref=") :].split("\n:::\n")[0]
    assert "> L’analyse est, elle aussi, inventée" in block and ">> L’analyse est inventée aussi" in block
    assert ANALYSIS in block
    assert states(translated)[4] == "revise"  # until somebody takes the mark off
    edit(translated / ENGLISH, "{.bloc .a-revoir ref=", "{.bloc ref=")
    assert states(translated) == ["done"] * 7
    written(translated)
    assert "\n>> " not in (translated / ENGLISH).read_text(encoding="utf-8")


def test_a_note_is_part_of_what_is_translated(translated: Path) -> None:
    edit(translated / FRENCH, "Une note inventée.", "Une note inventée et complétée.")
    assert states(translated)[1] == "revise"


def test_lines_cut_elsewhere_change_nothing(translated: Path) -> None:
    edit(translated / FRENCH, "L'analyse est inventée aussi, comme", "L'analyse est\ninventée aussi, comme")
    assert states(translated) == ["done"] * 7


def test_a_moved_passage_takes_its_english_along(translated: Path) -> None:
    moved = "L'analyse est inventée aussi, comme l'ouvrage de @livre2010."
    edit(translated / FRENCH, moved, "Une phrase toute neuve, qui prend cette place et parle de bien autre chose.")
    edit(translated / FRENCH, "## Analyse au", f"{moved}\n\n## Analyse au")
    assert states(translated) == ["done"] * 5 + ["missing"] + ["done"] * 2
    written(translated)
    typed = (translated / ENGLISH).read_text(encoding="utf-8")
    assert typed.index(ANALYSIS) < typed.index("## Analyse au regard") < typed.index("> Une phrase toute neuve")
    assert states(translated) == ["done"] * 5 + ["missing"] + ["done"] * 2


def test_english_whose_french_is_gone_is_kept_and_told(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    french = (translated / FRENCH).read_text(encoding="utf-8")
    edit(translated / FRENCH, "- **Au Parlement** (CIDE 3, OPSC 1) : inventer une loi.\n", "")
    assert "T04" in said(translated, capsys, "check")
    kept = said(translated, capsys, "translation", "--association", "alpha")
    assert "qui n'ont plus de français, gardées à la fin du fichier : 1" in kept
    typed = (translated / ENGLISH).read_text(encoding="utf-8")
    assert typed.index("Passages retirés du texte français") < typed.index("{.bloc .retire ref=") < typed.index(ALL[6])
    assert "T04" not in said(translated, capsys, "check")
    assert "to invent a law" not in text(lay_out(translated)[1])
    (translated / FRENCH).write_text(french, encoding="utf-8")
    assert states(translated) == ["done"] * 7  # it comes back with its French
    written(translated)
    assert ".retire" not in (translated / ENGLISH).read_text(encoding="utf-8")


def test_the_quoted_french_itself_would_fit_everywhere(tmp_path: Path) -> None:
    """Every block of the product survives being quoted, typed again and read: in its shape, with all that it calls."""
    for name in ("chapters", "contributions"):
        shutil.copytree(PRODUCT / name, tmp_path / name)
    shutil.copy(PRODUCT / "bibliography.bib", tmp_path)
    written(tmp_path)
    files = list(tmp_path.rglob("*.en.md"))
    for path in files:
        known = file.read(path.read_text(encoding="utf-8"))
        copied = [replace(entry, english=entry.quote) for entry in known.entries]
        path.write_text(file.write(known.head, [("", copied)]), encoding="utf-8")
    examined = pipeline.examine(tmp_path, open_cache(tmp_path))
    assert len(files) == len(examined.translations) > 15
    assert [d for d in examined.in_translations if d.rule.code != "C02"] == []


def test_writing_again_changes_nothing(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(translated)
    before = (translated / ENGLISH).read_bytes()
    assert f"à jour : {ENGLISH} (passages traduits : 7 sur 7 ; à revoir : 0)" in said(translated, capsys, "translation")
    assert (translated / ENGLISH).read_bytes() == before
    assert file.read(before.decode()).entries[1].english == FIRST


def test_a_damaged_file_is_left_alone(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(translated / ENGLISH, "\n## Analyse", "\nA thought typed outside the passages.\n\n## Analyse")
    before = (translated / ENGLISH).read_bytes()
    edit(translated / FRENCH, "L'analyse est inventée aussi", "L'analyse est, elle aussi, inventée")
    assert "T06" in said(translated, capsys, "translation", "--association", "alpha", "--theme", "travail-force")
    assert (translated / ENGLISH).read_bytes() == before


def test_a_file_that_could_not_be_read_is_left_alone(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (translated / ENGLISH).write_bytes(b"\x00\x01 whatever this was \xff")
    asked = ("translation", "--association", "alpha", "--theme", "travail-force")
    assert f"{ENGLISH} n'a pas été touché" in said(translated, capsys, *asked)
    assert (translated / ENGLISH).read_bytes() == b"\x00\x01 whatever this was \xff"


def test_english_typed_over_the_quoted_french_is_kept(translated: Path) -> None:
    edit(
        translated / ENGLISH, "> L’analyse est inventée aussi, comme l’ouvrage de @livre2010.", "> The analysis, again."
    )
    written(translated)
    typed = (translated / ENGLISH).read_text(encoding="utf-8")
    assert ">> The analysis, again." in typed and "> L’analyse est inventée aussi" in typed and ANALYSIS in typed


def test_a_reference_is_that_of_its_words() -> None:
    node = tree.para(
        tree.string("Un paragraphe inventé, assez long pour être coupé en deux lignes par un éditeur de texte " * 2)
    )
    wrapped = quote(node)
    assert "\n" in wrapped
    assert reference(wrapped) == reference(" ".join(wrapped.split()))


def test_one_theme_or_one_association_can_be_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert written(project, "--theme", "travail-force") == 0
    found = sorted(path.relative_to(project / "contributions").as_posix() for path in project.rglob("*.en.md"))
    assert found == ["alpha/travail-force.en.md", "beta/travail-force.en.md"]
    assert written(project, "--association", "Alpha", "--theme", "Travail forcé") == 0
    assert written(project, "--association", "???") == 2
    assert "« ??? » n'est pas dans le plan ; tapez l'un de ceux-ci : alpha, beta, gamma" in capsys.readouterr().err
    assert written(project, "--association", "gamma") == 1
    assert "aucune contribution acceptée" in capsys.readouterr().out


def test_status_says_how_far_translations_are(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(translated / FRENCH, "L'analyse est inventée aussi", "L'analyse est, elle aussi, inventée")
    told = said(translated, capsys, "status", "--all")
    assert "[anglais : 6/14, 1 à revoir]" in told
    assert "traduction anglaise : passages traduits, 6 sur 18 (à revoir : 1) ; textes commencés, 1 sur 3" in told


# ---------------------------------------------------------------- nothing is let through


@pytest.mark.parametrize("language", ["fr", "en"])
def test_english_that_is_withheld_is_looked_for_in_every_output(project: Path, language: str) -> None:
    written(project)
    fill(project / ENGLISH, ALL)
    edit(project / ENGLISH, "The analysis", "`\\input`{=latex} The analysis")
    fill(project / "contributions" / "alpha" / "parole.en.md", PAROLE)
    cache = open_cache(project)
    examined = pipeline.examine(project, cache)
    for edition, withheld in ((Edition.DRAFT, True), (Edition.CONFIDENTIAL, False)):
        report, document, _ = pipeline.lay_out(examined, edition, cache, language)
        assert report is not None and document is not None
        sought = " ".join(one.words for one in pipeline.proof(examined, report, document, project, cache).forbidden)
        assert (PAROLE[0].rstrip(".") in sought) is withheld
        assert "The analysis is invented too" in sought


@pytest.mark.parametrize("now", ["Un secret inventé.", "Un secret inventé, adouci."])
def test_english_of_what_was_confidential_is_set_aside(project: Path, now: str) -> None:
    analysis, secret = "L'analyse est inventée aussi", "::: {.confidentiel}\nUn secret inventé.\n:::\n\n"
    edit(project / FRENCH, analysis, secret + analysis)
    written(project)
    fill(project / ENGLISH, (*ALL[:4], "An invented secret.", *ALL[4:]))
    assert "::: {.bloc .confidentiel ref=" in (project / ENGLISH).read_text(encoding="utf-8")
    edit(project / FRENCH, secret, f"{now}\n\n")
    assert states(project)[4] == "missing"
    assert "An invented secret" not in text(lay_out(project)[1])
    written(project)
    typed = (project / ENGLISH).read_text(encoding="utf-8")
    aside = typed[typed.index("{.bloc .retire .confidentiel ref=") :]
    assert "An invented secret." in aside
    assert "An invented secret" not in text(lay_out(project)[1])
    edit(project / ENGLISH, ".retire .confidentiel", ".retire")  # the editor has looked at it
    assert ("An invented secret" in text(lay_out(project)[1])) is (now == "Un secret inventé.")


def test_confidential_english_is_in_the_confidential_edition_alone(project: Path) -> None:
    edit(
        project / FRENCH,
        "L'analyse est inventée aussi",
        "::: {.confidentiel}\nUn secret inventé.\n:::\n\nL'analyse est inventée aussi",
    )
    written(project)
    fill(project / ENGLISH, (*ALL[:4], "An invented secret.", *ALL[4:]))
    fill(project / "contributions" / "alpha" / "parole.en.md", PAROLE)
    fill(project / "contributions" / "beta" / "travail-force.en.md", BETA)
    for edition in (Edition.DRAFT, Edition.PUBLIC):
        words = text(lay_out(project, "en", edition)[1])
        assert (
            "An invented secret" not in words
            and "reserved for the confidential edition"
            not in words.lower().replace("it is reserved for the confidential edition", "")
        )
    words = text(lay_out(project, "en", Edition.CONFIDENTIAL)[1])
    assert "An invented secret." in words and PAROLE[0] in words


HOSTILE = (
    "The analysis, like the work by @livre2010. <script>alert(1)</script>",
    "The analysis, like the work by @livre2010. `\\input{/etc/passwd}`{=latex}",
    "The analysis, like the work by @livre2010. {{ rapport.title }} {% raw %} ${HOME}",
    "The analysis, like the work by [@nobody2099].",
    "The analysis, like the work by @livre2010. ![](../../../../etc/passwd)",
    "The analysis, like the work by @livre2010. [see](javascript:alert(1)) [there](#theme-mendicite)",
    "::: {.confidentiel #toc .cover}\nThe analysis, like the work by @livre2010.\n",
    "# The analysis {.unnumbered #refs}",
    "The analysis, like the work by @livre2010. [[[[[[[[[[[[[[[[[[[[[[[[",
    "The analysis[^1], like the work by @livre2010. [^1]: glued",
    "The analysis\u202e, like the work\u200b by @livre2010. \x07",
    "---\nbibliography: /etc/passwd\n---\n\nThe analysis, like the work by @livre2010.",
    ":::\n\n::: {.bloc ref=p0000000000}\n> no such French\n\nInjected.",
    "The analysis by Aminata, 14, of Saint-Ouen, like the work by @livre2010. Phone 06 12 34 56 78.",
)


@pytest.mark.parametrize("english", HOSTILE)
def test_a_hostile_translation_harms_nobody(translated: Path, english: str, capsys: pytest.CaptureFixture[str]) -> None:
    edit(translated / ENGLISH, ANALYSIS, english)
    _, french = lay_out(translated, "fr")
    _, document = lay_out(translated)
    assert numbers(document) == numbers(french)
    words = text(document)
    for forbidden in ("<script", "root:", "alert(1)", "Injected", "06 12 34", "\u202e", "glued"):
        assert forbidden not in words.replace("\u00a0", " "), forbidden
    assert all(node["t"] in tree.ALLOWED for node in tree.walk(everything(document)))
    assert re.search(r"(erreur|à voir|note) [A-Z]\d\d", said(translated, capsys, "check")) or "{{ rapport" in words
    assert "Traceback" not in said(translated, capsys, "build", "--report-language", "en")
    assert (translated / "build" / "rapport-projet-en.pdf").exists()


def test_names_of_places_stay_those_of_the_french(project: Path) -> None:
    edit(project / FRENCH, "L'analyse est inventée aussi", "[]{#ici} Voir [ici](#ici). L'analyse est inventée aussi")
    written(project, "--association", "alpha", "--theme", "travail-force")
    english = f"See [here](#ici) and [there](#elsewhere). []{{#other}} {ANALYSIS}"
    fill(project / ENGLISH, (*ALL[:4], english, *ALL[5:]))
    _, document = lay_out(project)
    ids = [name for node in tree.walk(everything(document)) if (name := tree.attributes(node)[0])]
    assert ids.count("alpha--travail-force--ici") == 1 and not any(name.endswith("other") for name in ids)
    targets = {
        n["c"][2][0][1:] for n in tree.walk(everything(document)) if n["t"] == "Link" and n["c"][2][0].startswith("#")
    }
    assert targets <= set(ids)


def test_an_english_final_edition_waits_until_all_is_translated(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "contributions" / "alpha" / "parole.md").unlink()
    edit(
        project / "chapters" / "outline.yaml",
        "  projet: Essai n° 1\n",
        "  projet: Essai n° 1\n  projet_en: Trial No. 1\n",
    )
    for french, english in (
        ("Convention relative aux droits de l'enfant", "Convention"),
        ("Protocole facultatif", "Protocol"),
    ):
        edit(
            project / "chapters" / "outline.yaml", f"    nom: {french}\n", f"    nom: {french}\n    nom_en: {english}\n"
        )
    written(project)
    fill(project / ENGLISH, ALL)
    fill(project / "contributions" / "beta" / "travail-force.en.md", (*BETA[:6], ""))
    public = ("build", "--edition", "public", "--report-language", "en")
    assert "T02" in said(project, capsys, *public)
    assert not (project / "build" / "rapport-public-en.pdf").exists()
    edit(
        project / "contributions" / "beta" / "travail-force.en.md",
        "> - Une source inventée.\n",
        f"> - Une source inventée.\n\n{BETA[6]}\n",
    )
    told = said(project, capsys, *public)
    assert "build/rapport-public-en.pdf" in told, told
    assert "[not yet" not in text(lay_out(project, "en", Edition.PUBLIC)[1])


# ---------------------------------------------------------------- names in English


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The Ministry of Justice and the Council of Europe should act.", []),
        ("Will the State act on 8 June 2015? May it do so.", []),
        ("French authorities and the Romanian police met in Brussels.", []),
        ("The girl, June, was exploited in 2014.", ["June"]),
        ("Grace was exploited in 2014.", ["Grace"]),
        ("To the Interministerial mission and the Multiagency Ombudsperson in 2014.", []),
        ("He met Aminata Abernathy there.", ["Aminata Abernathy"]),
        ("We met aminata there.", ["aminata"]),
    ],
)
def test_english_words_are_nobodys_name(sentence: str, found: list[str]) -> None:
    guarded = unreviewed_in_french(Guarded(tuple(scan(sentence))), "")
    assert [finding.text for finding in guarded.findings if finding.kind == "name"] == found


def test_a_name_that_the_french_has_is_looked_at_there() -> None:
    guarded = Guarded(tuple(scan("He met Wanjiru there.")))
    assert not unreviewed_in_french(guarded, "Il a rencontré Wanjiru là-bas.").findings
    assert unreviewed_in_french(guarded, "Il l'a rencontrée là-bas.").findings


def test_a_list_that_cannot_be_loaded_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "ENGLISH_DIGEST", "0")
    lexicon.english_forms.cache_clear()
    lexicon.english_words.cache_clear()
    with pytest.raises(lexicon.LexiconError):
        lexicon.english_words()


def marked_key(project: Path) -> None:
    edit(project / FRENCH, "(CIDE 32) :", "(CIDE 32 ; clé) :")
    edit(project / FRENCH, "(CIDE 3, OPSC 1) :", "(CIDE 3, OPSC 1 ; clé) :")


def keys_of(document: Document) -> dict[str, list[Node]]:
    """The key recommendations of the front pages, by the language of the summary that they stand in."""
    found: dict[str, list[Node]] = {}
    for page in document.front_matter:
        if tree.has_class(page, "summary"):
            language = tree.pairs(page).get("lang", "fr")
            found[language] = [node for node in tree.walk(page) if tree.has_class(node, "key")]
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_english_summary_recommends_in_english(translated: Path, language: str) -> None:
    marked_key(translated)
    keys = keys_of(lay_out(translated, language)[1])
    english = [tree.text(node) for node in keys["en"]]
    assert "To the invented ministry (CRC 32): to invent a measure. (paragraph" in english[0]
    assert "To Parliament (CRC 3, OPSC 1): to invent a law. (paragraph" in english[1]
    assert not any(tree.pairs(inner).get("lang") == "fr" for node in keys["en"] for inner in tree.walk(node))
    if language == "fr":
        assert [tree.pairs(node)["lang"] for node in keys["en"]] == ["en", "en"]
        assert "Au ministère inventé" in tree.text(keys["fr"][0])
        assert "not yet" not in "".join(map(tree.text, keys["fr"]))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_key_recommendation_without_english_is_in_french_and_says_so(
    project: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(project, "--association", "alpha", "--theme", "travail-force") == 0
    marked_key(project)
    fill(project / ENGLISH, (*ALL[:5], "", ALL[6]))
    first, second = keys_of(lay_out(project, language)[1])["en"]
    assert "[not yet translated] " in tree.text(first) and "[" not in tree.text(second)
    french = [node for node in tree.walk(first) if tree.pairs(node).get("lang") == "fr"]
    assert "Au ministère inventé (CIDE 32) : inventer une mesure." in "".join(map(tree.text, french)).replace(
        "\u00a0", " "
    )
    told = said(project, capsys, "check")
    assert "T13" in told and f"{FRENCH}:" in told and "dans le résumé en anglais : 1" in told


def test_the_french_report_with_english_key_recommendations_is_built_and_proved(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked_key(translated)
    assert "T13" not in said(translated, capsys, "check")
    assert cli.run(["build", "--root", str(translated)]) == 0
    html = next((translated / "build").glob("*.html")).read_text(encoding="utf-8")
    assert "to invent a measure" in html
    assert cli.run(["verify", "--root", str(translated)]) == 0
