"""What the Word sample lacks of what an HTML page has to show: notes everywhere, wide tables, notices, languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from docx_sample import DOCUMENT, META, WORDS, header, link, p
from rapport.model import Document, Edition, Node
from rapport.tree import div, para, rewrite, string

STRINGS = {
    **WORDS,
    "notes": "Notes",
    "draft": "PROJET",
    "edition": "Édition",
    "skip": "Aller au texte",
    "note": "note {number}",
    "back": "retour à la note {number}",
}


def note(words: str) -> Node:
    return {"t": "Note", "c": [p(words)]}


def cells(*texts: str, tall: int = 1, wide: int = 1) -> list[Any]:
    attr: list[Any] = ["", [], []]
    return [[attr, {"t": "AlignRight"}, tall, wide, [{"t": "Plain", "c": string(t)}] if t else []] for t in texts]


def spanned() -> Node:
    """A table with a heading over two columns, headings of rows, and a foot."""
    attr: list[Any] = ["", [], []]
    head = [[attr, [*cells(""), *cells("Années", wide=2)]]]
    body = [[attr, [*cells("Filles", tall=2), *cells("2013", "12")]], [attr, cells("2014", "14")]]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * 3
    caption = [None, [{"t": "Plain", "c": [*string("Des chiffres inventés"), note("Source inventée.")]}]]
    pairs = [["number", "7"]]
    return {
        "t": "Table",
        "c": [
            ["tab-7", [], pairs],
            caption,
            columns,
            [attr, head],
            [[attr, 1, [], body]],
            [attr, [[attr, cells("Total", "", "26")]]],
        ],
    }


def sample(*chapters: Sequence[Node], edition: Edition = Edition.DRAFT) -> Document:
    """The document of the Word tests, its quotation marks written out as layout does, and more chapters."""
    made = rewrite([list(chapter) for chapter in (*DOCUMENT.chapters, *chapters)], written_out)
    return replace(DOCUMENT, meta=replace(META, strings=STRINGS, edition=edition), chapters=tuple(map(tuple, made)))


def written_out(node: Node) -> Node | None:
    return {"t": "Span", "c": [["", [], []], node["c"][1]]} if node["t"] == "Quoted" else None


MORE = (
    header(1, string("Une autre partie"), "autre-partie"),
    p("Avant le premier thème."),
    header(2, [*string("Un thème noté"), note("Sur le titre.")], "theme-note"),
    header(6, string("Trop profond"), "profond"),
    spanned(),
    *(div([p(f"Encadré {name}.")], ["notice", name]) for name in "empty refused warning confidential proposed".split()),
    div(
        [header(1, string("Summary"), "summary"), para([*string("In English."), note("An English note.")])],
        ["summary"],
        lang="en",
    ),
    div(
        [
            para(
                [
                    {"t": "Span", "c": [["", ["label"], []], string("R1")]},
                    {"t": "Space"},
                    {"t": "Span", "c": [["", ["derived"], [["of", "p-2"]]], string("Agir.")]},
                ]
            )
        ],
        ["consolidated"],
        "recommandation-r1",
        label="R1",
    ),
    para([link("au tableau", "#tab-7"), {"t": "Space"}, link("à la référence", "#ref-greta2013")]),
)
