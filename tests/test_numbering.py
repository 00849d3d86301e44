"""What layout counts, once for all outputs."""

from __future__ import annotations

from typing import Any

import orjson

from rapport import tree
from rapport.markdown import pandoc
from rapport.model import Node
from rapport.report.numbering import Numbering, roman


def read(markdown: str) -> list[Node]:
    blocks: list[Node] = orjson.loads(next(pandoc.read_all([markdown])).payload)["blocks"]
    return blocks


def counted(blocks: list[Node]) -> list[tuple[str, str]]:
    """The kind of every node that has attributes, and its number."""
    found = [(node["t"], dict(tree.attributes(node)[2]).get("number", "")) for node in tree.walk(blocks)]
    return [(kind, number) for kind, number in found if kind in ("Header", "Table", "Figure", "Div")]


def test_parts_and_themes_are_counted_and_what_is_unnumbered_is_not() -> None:
    pages = (
        "# Avant {.unnumbered}\n\n## Dedans\n\n# Une partie\n\n## Un\n\n### Constat\n\n## Deux {.unnumbered}",
        "# Autre partie\n\n## Trois\n\n> # Cité\n\n# Après {.unnumbered}\n\n## Dedans",
    )
    numbering = Numbering()
    numbers = [number for page in pages for _, number in counted(numbering.page(read(page)))]
    assert numbers == ["", "", "I", "1", "", "", "II", "2", "", "", ""]
    assert [roman(n) for n in (1, 4, 9, 14, 28, 39)] == ["I", "IV", "IX", "XIV", "XXVIII", "XXXIX"]


def test_captions_are_counted_wherever_they_stand() -> None:
    table = "| a |\n|---|\n| b |\n"
    quoted = "".join(f"> {line}\n" for line in f"{table}\n: Deux".split("\n"))
    text = f"{table}\n: Un\n\n- ![Une](a.png)\n\n{quoted}\n\n{table}\n\n![](b.png)"
    assert counted(Numbering().page(read(text))) == [("Table", "1"), ("Figure", "1"), ("Table", "2"), ("Table", "")]


def test_the_paragraphs_of_chapters_are_counted_through_the_report() -> None:
    numbering = Numbering()
    assert counted(numbering.page(read("Un mot."))) == []
    first = numbering.chapter(read("Un.\n\n::: {.recommendation}\nDeux.\n:::\n\n::: {.block}\nRien.\n:::\n\n- Rien"))
    second = numbering.chapter(read("::: {}\n::: {.paragraph}\nTrois.\n:::\n:::"))
    assert [number for kind, number in counted(first + second) if kind == "Div"] == ["1", "2", "", "", "3"]


def test_lists_have_letters_then_small_roman_figures() -> None:
    def styles(blocks: list[Node]) -> list[tuple[Any, ...]]:
        lists = [node["c"][0] for node in tree.walk(blocks) if node["t"] == "OrderedList"]
        return [(start, style["t"], delimiter["t"]) for start, style, delimiter in lists]

    nested = "3. a\n    1. b\n        - c\n            1) d\n\n> 1. e\n\n    code\n"
    assert styles(Numbering().page(read(nested))) == [
        (3, "LowerAlpha", "OneParen"), (1, "LowerRoman", "OneParen"), (1, "Decimal", "OneParen"),
        (1, "LowerAlpha", "OneParen"),
    ]  # fmt: skip
    assert styles(Numbering().page(read("2014. Une année"))) == [(2014, "Decimal", "Period")]
