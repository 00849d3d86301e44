"""Places and losses: each block stands where a reader would point, and every word is printed or told as lost."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rapport import tree
from rapport.language.typography import Setting
from rapport.markdown import pandoc
from rapport.markdown.body_text import BodyText
from rapport.markdown.markup import in_sentences
from rapport.markdown.parse import read_bodies
from rapport.markdown.source_map import TooDeep, locate_blocks
from rapport.storage.cache import Cache


@dataclass(frozen=True)
class Read:
    """What became of a text: the lines of its blocks, those of the items of its lists, and the words it lost."""

    blocks: list[int]
    items: list[list[int]]
    lost: list[str]


def read_all(texts: list[str]) -> list[Read]:
    """Pandoc reads, and the words are laid along; one process for all."""
    return [
        laid(text, json.loads(answer.payload)["blocks"])
        for text, answer in zip(texts, pandoc.read_all(texts), strict=True)
    ]


def laid(text: str, blocks: list[dict[str, object]]) -> Read:
    traced = locate_blocks(text, blocks)
    assert len(traced.blocks) == len(traced.items) == len(blocks)
    line = lambda offset: text.count("\n", 0, offset) + 1  # noqa: E731
    items = [[line(offset) for offset in offsets] for offsets in traced.items]
    return Read([line(offset) for offset in traced.blocks], items, [text[start:end] for start, end in traced.lost_runs])


def read(text: str) -> Read:
    return read_all([text])[0]


PLACES = dict(re.findall(r"^==== (.*)\n((?:(?!====).*\n)*)", (TESTS / "places.txt").read_text("utf-8"), re.MULTILINE))


def test_every_block_is_where_a_reader_points() -> None:
    found = read_all([text.replace("§", "") for text in PLACES.values()])
    for (name, text), place in zip(PLACES.items(), found, strict=True):
        assert place.lost == [], name
        marked = [number for number, line in enumerate(text.split("\n"), 1) if line.endswith("§")]
        known = sorted(set(place.blocks))
        assert (known, name) == (marked, name)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Avant.\n\n- un\n- deux,\n  sur deux lignes\n- trois", [[], [3, 4, 6]]),
        ("1. un\n\n2. deux\n\n   sa suite\n\n3. trois", [[1, 3, 7]]),
        ("- un\n    - un un\n- deux", [[1, 3]]),
        ("- oui\n- oui\n- oui", [[1, 2, 3]]),
        ("- oui[^1]\n- non\n\n[^1]: non\n\n- oui", [[1, 2], [6]]),
    ],
)
def test_every_item_has_its_line(text: str, items: list[list[int]]) -> None:
    found = read(text).items
    assert [lines for lines in found if lines] == [lines for lines in items if lines]


LOSSES = {
    "[Mot]: un texte\n\nAprès.": ["[Mot]: un texte"],
    "Avant.\n\n[Mot]:\nun texte\n\nAprès.": ["[Mot]:", "un texte"],
    "[Mot]: <> (un texte)\n\nAprès.": ["[Mot]: <> (un texte)"],
    "Un mot[^1].\n\n[^1]: Une note.\n[^1]: Une autre.": ["Une note."],
    "Un mot.\n\n[^1]: Une note.": ["Une note."],
    "Un mot[^1].\n\n[^1]: Une note[^2].\n\n[^2]: Sa note.": ["Sa note."],
    "| a | b |\n|---|---|\n| 1 | 2 | trois |\n\nAprès.": ["trois"],
    "| a | b |\n|---|---|\n| 1 | 2 | de a b |\n| b | a |\n\nAprès.": ["de a b"],
    '[page](https://example.org "un titre")': ['"un titre"'],
    '[page]\n\n[page]: https://example.org "un titre"': ['"un titre"'],
    '![image](images/a.png "un titre")': ['"un titre"'],
    "Un enfant.\n\n[Un]: mot\n\nUn enfant.": ["[Un]: mot"],
    "Un.\n\n[Un enfant]: perdu\n\nUn enfant est perdu ici.": ["[Un enfant]: perdu"],
}


@pytest.mark.parametrize(("text", "lost"), LOSSES.items())
def test_what_pandoc_drops_is_told(text: str, lost: list[str]) -> None:
    assert read(text).lost == lost


@pytest.mark.parametrize("text", [">" * 200 + " a", "\n".join("  " * depth + "- a" for depth in range(60))])
def test_what_is_nested_beyond_reason_is_refused(text: str) -> None:
    with pytest.raises(TooDeep):
        read(text)


def test_what_is_nested_within_reason_is_not() -> None:
    assert read("\n".join("  " * depth + "- a" for depth in range(20))).lost == []


# ---------------------------------------------------------------- random texts made of such pieces

WORDS = st.lists(st.sampled_from("un deux de la l'enfant Constat A 12 x.y été".split()), min_size=1, max_size=12).map(
    " ".join
)
PARAGRAPHS = st.sampled_from("q w r t p s d f g h j k z v b n m".split()).flatmap(
    lambda letter: WORDS.map(lambda words: f"{letter}{words}")
)
PIECES = st.one_of(
    PARAGRAPHS,
    WORDS.map("## {}".format),
    WORDS.map("- {0}\n- {0} encore\n    - dedans".format),
    WORDS.map("1. {0}\n2. {0}".format),
    WORDS.map("> {0}\n>\n> - {0}".format),
    WORDS.map("| {0} | b |\n|---|---|\n| c | {0} |\n\n: {0}".format),
    WORDS.map("Table: {0}\n\n| {0} | b |\n|---|---|\n| c | {0} | {0} |".format),
    WORDS.map("[^1]: {0}\n\n    {0}".format),
    WORDS.map("Un mot[^1] {0}^[en ligne {0}].".format),
    WORDS.map("[{0}]: {0}".format),
    WORDS.map("[{0}](https://example.org '{0}')".format),
    WORDS.map('![{0}](images/a.png){{alt="{0}"}}'.format),
    WORDS.map("::: {{.{0}}}\n{0}\n:::".format),
    WORDS.map("```\n{0}\n```".format),
    WORDS.map("<div>\n{0}\n</div>".format),
    WORDS.map("caf&eacute; {0} [@livre2010, {0}]".format),
    st.text(alphabet="ab*_`[]()<>{}^~#|:-+=!@&;\\\"'\n 1.é", max_size=40),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=8).map("\n\n".join), min_size=1, max_size=8))
def test_no_text_stops_the_tracing(texts: list[str]) -> None:
    for text, found in zip(texts, read_all(texts), strict=True):
        lines = text.count("\n") + 1
        assert found.blocks == sorted(found.blocks)
        assert all(1 <= line <= lines for line in found.blocks)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        # a tag, or an accent of TeX (« \\b »), may take the next word with it: both are refused as code
        st.lists(st.one_of(PARAGRAPHS, PIECES).filter(lambda piece: not {"<", "\\"} & set(piece)), max_size=8),
        min_size=1,
        max_size=8,
    )
)
def test_plain_paragraphs_are_never_told_as_lost(documents: list[list[str]]) -> None:
    documents = [
        [f"paragraphe{number}" + piece if number % 2 else piece for number, piece in enumerate(d)] for d in documents
    ]
    for document, found in zip(documents, read_all(["\n\n".join(d) for d in documents]), strict=True):
        assert not any("paragraphe" in lost for lost in found.lost), (document, found.lost)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Vu en mai\n2014. Il dit", "Vu en mai\n2014\\. Il dit"),
        ("> (en mai\n> 2014) il dit", "> (en mai\n> 2014\\) il dit"),
        ("- en mai\n  2014. Il dit", "- en mai\n  2014\\. Il dit"),
        ("1. en mai,\n   2014.", "1. en mai,\n   2014\\."),
        ("Dates :\n2013. Un\n2014. Deux", "Dates :\\\n2013\\. Un\\\n2014\\. Deux"),
        ("Des dates\n2013. Un\n2014. Deux", "Des dates\n2013\\. Un\\\n2014\\. Deux"),
        ("Un\n\n2014. Deux", "Un\n\n2014\\. Deux"),
        ("1. un\n2. deux\n\n2014) Deux", "1. un\n2. deux\n\n2014\\) Deux"),
        ("- 2013. Un\n- 2014. Deux", "- 2013\\. Un\n- 2014\\. Deux"),
        ("a[^1]\n\n[^1]: 2014. Deux", "a[^1]\n\n[^1]: 2014\\. Deux"),
        ("1. un\n\n    2014. Deux", "1. un\n\n    2014\\. Deux"),
        ("L'article\n39. Il 2014", "L'article\n39\\. Il 2014"),
        *((text, text) for text in (
            "98. a\n99. b\n100. 2014", "Deux\n2. deux\n3. 2014", "Fin.\n3. trois 2014",
            "trois\n1. Un", "```\nen mai\n2014. Il\n```", "    en mai\n    2014. Il", "en mai\n2014 Il", "mai\n2014.5",
        )),
    ],
)  # fmt: skip
def test_a_year_that_begins_a_line_goes_on_with_its_sentence(typed: str, read: str) -> None:
    assert in_sentences(typed) == read
    if typed != read:
        blocks = json.loads(next(pandoc.read_all([in_sentences(typed)])).payload)["blocks"]
        assert "2014" in json.dumps(blocks) and not re.search(
            r'"OrderedList", "c": \[\[(?:2014|39)', json.dumps(blocks)
        )
        assert laid(typed, blocks).lost == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Il a dit "il m\'a dit "viens" hier" puis.', "Il a dit « il m’a dit “viens” hier » puis."),
        ('"**Il** "vient"" et "d\'"art"".', "« Il “vient” » et « d’“art” »."),
        ('Le "plan "2013-2015" de l\'État".', "Le « plan “2013-2015” de l’État »."),
        ('Le plan " 2013 " dit.', "Le plan « 2013 » dit."),
        ("Les années '90 et l'an '14.", "Les années ’90 et l’an ’14."),
        ('`"a "b" c"` et "d".', '"a "b" c" et « d ».'),
    ],
)
def test_straight_quotes_are_set_right(typed: str, printed: str, tmp_path: Path) -> None:
    (body,) = read_bodies([BodyText("a.md", typed, 1, "a--b--")], Cache(tmp_path, "1"))
    assert tree.text(Setting("fr").block(body.passages[0].node)).replace("\u00a0", " ") == printed
    assert not body.finds_of("unclosed-quote") and not body.finds_of("lost")
