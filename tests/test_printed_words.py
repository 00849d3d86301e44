"""The protection of children reads words as printed: no mark inside a word hides it, every finding has its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import lay_stock
from rapport import pipeline
from rapport.examination.opening import open_cache

pytestmark = pytest.mark.slow

# What is hidden, as it may be typed, and what has to be found: the rule, and the words as printed.
HIDDEN = {
    "small capitals": ("M[ariama]{.smallcaps} est venue.", "C02", "Mariama"),
    "a link": ("Puis Kadi[atou](https://exemple.org) parle.", "C02", "Kadiatou"),
    "a span": ("Puis [Kadi]{lang=fr}atou parle.", "C02", "Kadiatou"),
    "emphasis in a word": ("Puis Kadi**ato**u parle.", "C02", "Kadiatou"),
    "an entity": ("Puis Kadi&#97;tou parle.", "C02", "Kadiatou"),
    "raised letters": ("Puis Kadi^atou^ parle.", "C02", "Kadiatou"),
    "the end of a line": ("Puis Kadia-\n{indent}tou parle.", "C02", "Kadiatou"),
    "underlined digits": ("Au 06 12 [34 56 78]{.underline}.", "C01", "06 12 34 56 78"),
    "digits in circles": ("Au 06 12 ③④ 56 78.", "C01", "06 12 34 56 78"),
    "raised digits": ("Au 06 12 34 ^56^ 78.", "C01", "06 12 34 56 78"),
    "an empty span": ("Née le 12[]{{}}/04/2000 ici.", "C01", "12/04/2000"),
    "the letters of a first day": ("Née le 1^er^/04/2000 ici.", "C01", "1er/04/2000"),
    "quotation marks": ('Elle a "15 ans" et vit à Vire.', "C04", "15 ans"),
    "a place that is a link": ("Une fille de 15 ans vit à [Vire](https://exemple.org).", "C04", "15 ans"),
    "no space": ("Elle a 15ans et vit à Vire.", "C04", "15 ans"),
}
NESTED = {
    "paragraph": "{text}",
    "item": "- Un.\n- {text}",
    "numbered item": "1. Un.\n2. {text}",
    "item of an item": "- Un.\n\n    - {text}",
    "quotation": "> {text}",
    "bold": "**Avant {text}**",
    "link": "[{text}](https://exemple.org)",
    "note": "Une phrase[^n1].\n\n[^n1]: {text}",
    "cell": "| Un | Deux |\n|---|---|\n| {text} | rien |",
    "caption": "| Un | Deux |\n|---|---|\n| a | b |\n\n: {text}",
    "heading": "### {text}",
    "definition": "Un mot\n\n:   {text}",
    "lines": "| {text}\n| Une autre ligne.",
    "picture": "![{text}](images/schema.png)",
    "division": "::: {{.confidentiel}}\n{text}\n:::",
    "beside a citation": "Voir [voir {text}, @livre2010].",
}
LINK_IN_A_LINK = {("a link", "link"), ("a place that is a link", "link")}  # Markdown has none
ONE_LINE = ("cell", "heading", "picture", "lines")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[tuple[str, str, str]]]:
    """What is found in a text: the rule, the words, and what stands in the file at the place that is named."""
    root = lay_stock(tmp_path_factory.mktemp("printed") / "projet")
    file = root / "contributions/beta/travail-force.md"
    stock = file.read_text(encoding="utf-8")

    def look(text: str) -> list[tuple[str, str, str]]:
        file.write_text(stock.replace("\n## Analyse", f"\n{text}\n\n## Analyse", 1), encoding="utf-8")
        lines = file.read_text(encoding="utf-8").split("\n")
        examined = pipeline.examine(root, open_cache(root))
        return [
            (d.rule.code, str(d.facts.get("text")), lines[d.span.line - 1][d.span.column - 1 :])
            for d in examined.diagnostics
            if d.rule.code.startswith("C") and d.span.path == f"contributions/beta/{Path(file).name}"
        ]

    return look


@pytest.mark.parametrize("nested", NESTED)
def test_no_mark_hides_what_is_printed(nested: str, found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    missed = []
    for name, (typed, rule, words) in HIDDEN.items():
        if (name, nested) in LINK_IN_A_LINK or (nested in ONE_LINE and "\n" in typed):
            continue
        indent = {"item": "  ", "item of an item": "      ", "quotation": "> ", "lines": "  "}.get(nested, "    ")
        text = typed.replace("{indent}", indent).replace("{{}}", "{}")
        here = found(NESTED[nested].replace("{{", "{").replace("}}", "}").replace("{text}", text))
        if not any(code == rule and said == words for code, said, _ in here):
            missed.append((name, here))
        else:
            at = next(place for code, said, place in here if (code, said) == (rule, words))
            assert at.startswith(words[:2]) or at[0] == words[0], (name, at)
    assert missed == []


def test_a_number_runs_over_the_items_of_a_list(found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    assert [(code, words) for code, words, _ in found("- 06 12 34\n- 56 78")] == [("C01", "06 12 34 56 78")]
    assert [(code, words) for code, words, _ in found("1. 06 12 34\n2. 56 78")] == [("C01", "06 12 34 56 78")]


OVER_SEVERAL = {
    "five items": ("- 06\n- 12\n- 34\n- 56\n- 78", "C01"),
    "a long item, then a short one": (
        f"- Elle a noté {'un peu de tout, ' * 5}et le 06 12 34\n- 56 78 sans dire pourquoi {'ni comment ' * 6}.", "C01"
    ),
    "an item and its list": ("- 06 12 34\n    - 56 78", "C01"),
    "the cells of a row": ("| a | b | c |\n|---|---|---|\n| AB | 123 | CD |", "C01"),
    "a long cell, then a short one": (f"| a | b |\n|---|---|\n| Il a noté {'un peu ' * 9}le 06 12 34 | 56 78 |", "C01"),
    "a date under its head": ("| Date de naissance | Lieu |\n|---|---|\n| 12/04/2008 | ici |", "C01"),
    "a file under its head": ("| Dossier n° | Lieu |\n|---|---|\n| 2023-04517 | ici |", "C01"),
    "an age and a place": ("| Qui | Où |\n|---|---|\n| fille de 15 ans | vit à Vire |", "C04"),
    "a definition": ("06 12 34\n\n:   56 78", "C01"),
}  # fmt: skip


@pytest.mark.parametrize("name", OVER_SEVERAL)
def test_what_runs_over_items_and_cells(name: str, found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    text, rule = OVER_SEVERAL[name]
    assert rule in [code for code, _, _ in found(text)]


def test_rows_of_numbers_are_no_telephone(found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    rows = "| Année | Places | Filles |\n|---|---|---|\n| 2019 | 12 345 | 14 |\n| 2020 | 13 450 | 22 |"
    assert found(rows) == []
    assert found("- 12 places en 2019\n- 14 places en 2020\n- 22 places en 2021") == []


def test_the_same_words_twice_stand_in_two_places(found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    places = [
        at
        for _, words, at in found("Kadiatou parle, puis Kadi*atou* chante, puis Kadiatou dort.")
        if words == "Kadiatou"
    ]
    assert [at.split(" ", 1)[1] for at in places] == [
        "parle, puis Kadi*atou* chante, puis Kadiatou dort.", "chante, puis Kadiatou dort.", "dort.",
    ]  # fmt: skip


def test_words_that_stand_at_two_ends_of_a_line_stay_two(found: Callable[[str], list[tuple[str, str, str]]]) -> None:
    assert found("Un voyage de Paris\net de Lyon\nvers la mer, dit la Marne\nou la Somme.") == []
    assert found("Les enfants que suit Hors la Rue\nworks, dit-on.") == []
