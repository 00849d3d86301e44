"""A report with every kind of node for the tests of the Word file, and a way to look into that file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from rapport.model import Document, Edition, Meta, Node
from rapport.office import style_names as styles
from rapport.tree import div, header, para, string

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = {"toc": "Table des matières", "page": "Page", "of": "sur", "figure": "Figure", "table": "Tableau"} | {
    "draft": "PROJET",
    "watermark": "Filigrane : ce document n’est pas définitif",
}
LONG = "p-" + "abcdefgh-" * 8


def p(words: str) -> Node:
    return para(string(words))


def numbered(kind: str, number: int, identifier: str, *blocks: Node) -> Node:
    return div(blocks, [kind], identifier, number=str(number))


def counted(node: Node, number: str) -> Node:
    """A heading, table or figure under its number, as layout gives it."""
    node["c"][1 if node["t"] == "Header" else 0][2].append(["number", number])
    return node


def inline(kind: str, words: str) -> Node:
    return {"t": kind, "c": string(words)}


def link(words: str, target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], string(words), [target, ""]]}


def image(name: str, alt: str) -> Node:
    return {"t": "Image", "c": [["", [], [["alt", alt]]], string("autre"), [name, ""]]}


def table(rows: list[list[str]], caption: str, identifier: str = "") -> Node:
    attr: list[Any] = ["", [], []]
    lines = [
        [attr, [[attr, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": string(c)}]] for c in row]] for row in rows
    ]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    said = [{"t": "Plain", "c": string(caption)}] if caption else []
    body = [[attr, 0, [], lines[1:]]]
    return {"t": "Table", "c": [[identifier, [], []], [None, said], columns, [attr, lines[:1]], body, [attr, []]]}


def figure(name: str, alt: str, caption: str) -> Node:
    shown = {"t": "Plain", "c": [image(name, alt)]}
    return {"t": "Figure", "c": [["fig-1", [], []], [None, [{"t": "Plain", "c": string(caption)}]], [shown]]}


COVER = div(
    [
        div([p("PROJET N° 1")], ["cover-edition"]),
        div([p("La traite des mineurs en France")], ["cover-title"]),
        div([{"t": "BulletList", "c": [[p(f"Membre {n}")] for n in range(1, 12)]}], ["cover-members"]),
        div([p("Secrétariat du Collectif")], ["cover-contact"]),
    ],
    ["cover"],
)
EVERY_INLINE = [
    *string("Mots simples, "), inline("Emph", "en italique"), inline("Strong", "en gras"),
    inline("Strikeout", "barrés"), inline("Underline", "soulignés"), inline("SmallCaps", "petits"),
    inline("Superscript", "exposés"), inline("Subscript", "indices"), {"t": "SoftBreak"},
    {"t": "LineBreak"},
    {"t": "Code", "c": [["", [], []], "codés"]}, link("liés", "#p-2"), link("au loin", "https://example.org/?a=1&b=2"),
    {"t": "Cite", "c": [[], string("(GRETA 2013)")]},
    {"t": "Span", "c": [["", ["inconnue"], [["lang", "en"]]], string("in English")]},
    {"t": "Note", "c": [p("Première note."), p("Sa suite.")]},
]  # fmt: skip
FIRST = (
    counted(header(1, string("Les formes"), "part-formes"), "I"),
    counted(header(2, string("Ventes de bébés"), "theme-ventes"), "1"),
    div([p("Aucune contribution reçue.")], ["notice", "empty"]),
    header(3, string("Constat"), "ventes-constat"),
    div([p("Hors la Rue")], ["provenance"]),
    numbered("paragraph", 1, "p-1", para(EVERY_INLINE)),
    div([p("Un texte que rien ne désigne.")], ["classe-inconnue"]),
    {"t": "BulletList", "c": [[p("Élément un."), p("Suite de l’élément.")], [p("Élément deux.")]]},
    {"t": "OrderedList", "c": [[1, {"t": "LowerAlpha"}, {"t": "OneParen"}], [[p("Étape a.")]]]},
    {"t": "BlockQuote", "c": [p("Parole citée."), header(1, string("Titre égaré"), "egare")]},
    {"t": "CodeBlock", "c": [["", [], []], "ligne une\n  ligne deux"]},
    {"t": "LineBlock", "c": [string("Vers un"), string("Vers deux")]},
    {"t": "DefinitionList", "c": [[string("Terme"), [[p("Sa définition.")]]]]},
    {"t": "HorizontalRule"},
    counted(table([["Étape", "Autorité"], ["Repérage", "Police et gendarmerie"]], "Étapes", "tab-1"), "1"),
    table([["Sans", "Légende"], ["ni", "numéro"]], ""),
    p("Sous les tableaux."),
    counted(figure("0a1b.png", "Une barre & <rien>", "Signalements"), "1"),
    header(3, string("Recommandations"), "ventes-reco"),
    numbered("recommendation", 2, "p-2", p("Au ministère : agir."), p("Et vite.")),
)
SECOND = (
    counted(header(2, string("Adoptions illégales"), "theme-adoptions"), "2"),
    numbered("paragraph", 3, LONG, para([*string("Voir le "), link("paragraphe long", f"#{LONG}")])),
    div([numbered("paragraph", 4, "p-4", p("In English: 12 000."))], lang="en"),
    p("Un « plan » : 12 000 € ; n° 4, art. 3 !"),
    numbered("paragraph", 5, "p-5", p("<!--pPr <w:pageBreakBefore/>--> <!--table of contents--> (page)")),
    figure("ffee.png", "Une colonne", "Très haute")
    | {"c": [["fig-2", [], []], [None, []], [para([image("ffee.png", "Une colonne")])]]},
)
THIRD = (
    counted(header(1, string("Questions transversales"), "part-transversal"), "II"),
    counted(header(2, string("Le statut de l’enfant"), "theme-statut"), "3"),
)
META = Meta(
    title="La traite des mineurs & la Convention",
    subtitle="Rapport alternatif",
    language="fr",
    date="2015-02-28",
    edition=Edition.DRAFT,
    header="Projet n° 1 — <rapport>",
    author="Ensemble contre la traite",
    strings=WORDS,
)
DOCUMENT = Document(
    META,
    front_matter=(
        COVER,
        header(1, string("Le collectif"), "collectif", ["unnumbered"]),
        p("Qui nous sommes."),
        div([], ["toc"]),
    ),
    chapters=(FIRST, SECOND, THIRD),
    back_matter=(
        header(1, string("Bibliographie"), "biblio", ["unnumbered"]),
        div([div([p("GRETA, Rapport, 2013.")], ["csl-entry"], "ref-greta2013")], [], "refs"),
    ),
)


@dataclass(frozen=True)
class Word:
    """A finished file, opened."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @cached_property
    def body(self) -> etree._Element:
        return self.xml("word/document.xml")

    @cached_property
    def paragraphs(self) -> list[tuple[str, str, etree._Element]]:
        """The style, the text and the element of every paragraph."""
        return [(value(p, "pPr/pStyle"), said(p), p) for p in self.body.iter(f"{W}p")]

    def of(self, style: str) -> list[str]:
        return [text for name, text, _ in self.paragraphs if name == styles.style_id(style)]


def value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def said(element: etree._Element) -> str:
    shown = {f"{W}t": lambda e: e.text or "", f"{W}tab": lambda e: "\t", f"{W}br": lambda e: "\n"}
    return "".join(shown[e.tag](e) for e in element.iter(*shown))
