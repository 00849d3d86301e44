"""The words received are counted by a reader that shares nothing with the one that makes the report of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import PRODUCT, lay_stock
from rapport import cli, pipeline, tree
from rapport.examination.opening import open_cache
from rapport.inventory.typed_words import typed_words
from rapport.markdown import parse
from rapport.markdown.body_text import BodyText
from rapport.model import Draft, Edition, Source
from rapport.proof.received_words import unread_words
from rapport.storage.cache import Cache

HEADER = "---\ntitre: Un texte\n---\n"
WHOLE = """
## Constat

Une ligne inventée, **très `simple`**, de *M[ariama]{.smallcaps}* et de l'année dernière[^n].
Une deuxième ligne inventée à H~2~O, le 1^er^ mai et la 2ème fois, caf&eacute; &amp; th&#233;.

Avant la loi inventée.

2013\\. Loi inventée du premier jour.

1. un
2. deux
    a. petit
    b. petit encore

[Un lien](https://exemple.org/chemin(a)/b "titre") et <https://exemple.org/autre>, puis [voir @cle2010, p. 44 ; @autre].

![Une légende inventée](images/a.png){#fig alt="Un carré gris"}

| Un | Deux |
|----|------|
| premier | second |
| tiers | quart |

Table: Une légende de tableau

::: {lang=en}
Some invented words.
:::

```{.python #id}
un_code = "[voir @cle]"
```

[^n]: Une note inventée
    sur deux lignes.
"""
LINE = "Une deuxième ligne inventée à H~2~O, le 1^er^ mai et la 2ème fois, caf&eacute; &amp; th&#233;.\n"
LOST = {
    "a line": (
        "Une deuxième ligne inventée à H~2~O, le 1^er^ mai et la 2ème fois, caf&eacute; &amp; th&#233;.\n",
        "",
        8,
    ),
    "a paragraph": ("Avant la loi inventée.\n", "", 10),
    "a year": ("2013\\. Loi", "Loi", 12),
    "a year that became the number of an item": ("2013\\. Loi", "3. Loi", 12),
    "the number of an item": ("2. deux\n", "1. bis\n\nPuis.\n\n", 15),
    "a cell": ("| premier | second |", "| premier | |", 25),
    "an entity": ("caf&eacute;", "caf", 8),
    "a letter": ("H~2~O", "H~2~", 8),
    "a word of a note": ("    sur deux lignes.", "    sur lignes.", 39),
    "a page of a citation": ("p. 44", "p. 4", 19),
    "a word before a citation": ("[voir @cle2010", "[@cle2010", 19),
    "a caption": ("Table: Une légende de tableau\n", "", 28),
    "a description": ('alt="Un carré gris"', 'alt="Un carré"', 21),
    "code": ("un_code", "un", 35),
}


def test_an_item_right_under_a_fence_begins_a_list() -> None:
    assert [one.kind for one in typed_words("::: confidentiel\n1. un\n2. deux\n:::\n")] == ["number", "", "number", ""]
    assert [one.kind for one in typed_words("Il part le\n1. mai\n")][3:] == ["", ""]


def drafted(text: str, read_from: str) -> Draft:
    """A draft of one text whose body was read from another."""
    (body,) = parse.read_bodies([BodyText("a.md", read_from, 4, "x-")], Cache(Path("/nonexistent"), ""))
    return Draft("beta", "theme", Source("a.md", HEADER + text, ""), {}, body)


def test_nothing_is_missing_of_what_was_read() -> None:
    text = WHOLE.replace(' "titre"', "")
    assert list(unread_words(drafted(text, text))) == []


@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_is_told_by_its_line(name: str) -> None:
    here, instead, line = LOST[name]
    text = WHOLE.replace(' "titre"', "")
    assert text.count(here) == 1
    found = list(unread_words(drafted(text, text.replace(here, instead))))
    assert found[0].span.line == line
    assert found[0].facts["text"]


def test_the_title_of_a_link_is_printed_nowhere() -> None:
    assert [one.facts["text"] for one in unread_words(drafted(WHOLE, WHOLE))] == ["titre"]


@pytest.mark.parametrize("project", [PRODUCT, PRODUCT / "tests" / "project"], ids=["shipped", "stock"])
def test_no_false_alarm(project: Path, tmp_path: Path) -> None:
    examined = pipeline.examine(project, open_cache(tmp_path))
    assert len(examined.accepted) > 1
    assert [one for draft in examined.drafts for one in unread_words(draft)] == []


@pytest.fixture
def misread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader that takes a year for the number of an item, as pandoc does by itself."""
    monkeypatch.setattr(parse, "in_sentences", lambda text: text)
    yield


def test_a_year_taken_for_a_number_refuses_its_text_alone(
    tmp_path: Path, misread: None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_stock(tmp_path / "projet")
    text = root / "contributions/beta/travail-force.md"
    words = text.read_text(encoding="utf-8")
    words = words.replace("Un autre constat inventé.", "Ceci :\n\n1. un\n\n2013. Loi inventée.")
    text.write_text(words, encoding="utf-8")
    assert cli.run(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "contributions/beta/travail-force.md:15:1: erreur S07" in said
    assert "« 2013" in said
    assert (root / "build/rapport-projet.docx").is_file()


def test_what_laying_out_loses_is_told_by_the_line_it_was_typed_on(tmp_path: Path) -> None:
    root, cache = lay_stock(tmp_path / "projet"), open_cache(tmp_path)
    examined = pipeline.examine(root, cache)
    report, document, _ = pipeline.lay_out(examined, Edition.DRAFT, cache)
    assert report and document
    whole = pipeline.proof(examined, report, document, root, cache)
    assert whole.received.words_to_print() > 50
    assert list(whole.received.unprinted_words(whole.expectation, whole.blocks)) == []
    chapters = tuple(tuple(tree.rewrite(list(c), _without_a_word)) for c in document.chapters)
    proof = pipeline.proof(examined, report, replace(document, chapters=chapters), root, cache)
    (found,) = proof.received.unprinted_words(proof.expectation, proof.blocks)
    assert (found.rule.code, found.span.path) == ("V02", "contributions/beta/travail-force.md")
    assert found.facts["words"] == "autre"


def _without_a_word(node: object) -> object:
    if isinstance(node, dict) and tree.kind(node) == "Para" and tree.text(node) == "Un autre constat inventé.":
        return tree.para([tree.word("Un constat inventé.")])
    return None
