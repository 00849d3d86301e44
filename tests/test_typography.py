"""What was typed, as a typographer sets it: in the tables below « ~ » is a no-break space, « _ » a narrow one."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport import tree
from rapport.language.typography import CURLY, SetBlocks, Setting
from rapport.markdown import pandoc
from rapport.model import Node

ATTR: Any = ["", [], []]
SIGNS = {"\u00a0": "~", "\u202f": "_"}


def read(markdown: str) -> list[Node]:
    """The inlines of the first paragraph."""
    blocks: list[Node] = orjson.loads(next(pandoc.read_all([markdown])).payload)["blocks"]
    return blocks[0]["c"]


def shown(nodes: list[Node]) -> str:
    """Inlines as text, in it ^raised^, *formatted*, <link, span or citation>, `code`, [note]."""
    return "".join(map(_shown, nodes))


def _shown(node: Node) -> str:
    content = node.get("c")
    match node["t"]:
        case "Str":
            return "".join(SIGNS.get(sign, sign) for sign in content)
        case "Superscript":
            return f"^{shown(content)}^"
        case "Emph" | "Strong":
            return f"*{shown(content)}*"
        case "Link" | "Span" | "Cite":
            return f"<{shown(content[1])}>"
        case "Code":
            return f"`{content[1]}`"
        case "Note":
            return f"[{shown(content[0]['c'])}]"
    return f"({node['t']})"


def typeset(markdown: str, language: str = "fr") -> str:
    return shown(Setting(language).inlines(read(markdown)))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        # spaces before and after marks, there or not, in whatever nodes
        ("un mot : un autre ; fin ! Quoi ?", "un mot~: un autre_; fin_! Quoi_?"),
        ("un mot: un autre; fin! Quoi?!", "un mot~: un autre_; fin_! Quoi_?!"),
        ("mot **:** suite *mot* **!**", "mot~*:* suite *mot*_*!*"),
        ("**Au juge** : agir [note : là](https://example.org/x) ; fin", "*Au juge*~: agir <note~: là>_; fin"),
        ("Vraiment… ? Oui...! (?) [sic]!", "Vraiment…_? Oui…_! (?) [sic]_!"),
        ("« cité » et «cité» **« gras »**", "«~cité~» et «~cité~» *«~gras~»*"),
        ("à 10:30 et 3:4", "à 10:30 et 3:4"),
        # quotation marks
        ('il dit "non", "oui"', "il dit «~non~», «~oui~»"),
        ("“anglais” et 'simples'", "«~anglais~» et «~simples~»"),
        ("\"un 'deux' trois\"", "«~un “deux” trois~»"),
        ('« un "deux" et « trois » »', "«~un “deux” et “trois”~»"),
        ('« ouvert "dedans" sans fin', "«~ouvert “dedans” sans fin"),
        ('suite "dedans", fermé ». "Dehors"', "suite “dedans”, fermé~». «~Dehors~»"),
        ('*"penché"*, l\'"Arche"', "*«~penché~»*, l’«~Arche~»"),
        # numbers
        ("12 000 € et 50%, 1 234 567 habitants", "12_000~€ et 50~%, 1_234_567 habitants"),
        ("en 2014 300 enfants, 06 12 34 56 78", "en 2014 300 enfants, 06 12 34 56 78"),
        ("n° 4, n°4, art. 3, p.12, pp. 4-9, § 2", "n°~4, n°~4, art.~3, p.~12, pp.~4-9, §~2"),
        ("article 3, l'article L. 225-4-1", "article~3, l’article~L.~225-4-1"),
        ("le 28 février 2014 et 12 mots", "le 28~février 2014 et 12 mots"),
        ("5 km, 10 h 30, 3 millions, 5 mois", "5~km, 10~h 30, 3~millions, 5 mois"),
        ("M. Durand, Mme Durand, Me Durand", "M.~Durand, Mme~Durand, Me~Durand"),
        # ordinals
        ("1er mars, 1ère fois, 2ème, 3eme, 16e, 2nde", "1^er^~mars, 1^re^ fois, 2^e^, 3^e^, 16^e^, 2^nde^"),
        ("1^er^ mars, 2^ème^, XXIème siècle", "1^er^~mars, 2^e^, XXI^e^ siècle"),
        ("XXIe, Ve République, article Ier", "XXI^e^, V^e^ République, article I^er^"),
        ("Ce Le De Xe IIIe9 A/3e 1e-5", "Ce Le De Xe IIIe9 A/3e 1e-5"),
        # marks
        ("l'enfant... et - aussi - 3 - 4", "l’enfant… et – aussi – 3 - 4"),
        # what is left alone
        ("`a : b` <https://example.org/?a=b;c!> CRC/C/66/2", "`a : b` <https://example.org/?a=b;c!> CRC/C/66/2"),
        ("www.example.org/a?b=1: voir; a@example.org; fin", "www.example.org/a?b=1~: voir_; a@example.org_; fin"),
        ("A/RES/68/268; voir CRC/C/GC/6 : oui", "A/RES/68/268_; voir CRC/C/GC/6~: oui"),
        ('dit [so: "yes"; 10 000!]{lang=en} : oui', "dit <so: “yes”; 10 000!>~: oui"),
        # calls of notes
        ("Mot.^[a] Suite !^[b] *Gras.*^[c] Deux,^[d]^[e] fin", "Mot[a]. Suite[b]_! *Gras*[c]. Deux[d][e], fin"),
        ("Juste^[a]. « Cité. »^[b] etc.^[c] `x`.^[d]", "Juste[a]. «~Cité.~»[b] etc.[c] `x`[d]."),
        ("Fin^[note: une]", "Fin[note~: une]"),
    ],
)  # fmt: skip
def test_french(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("« Quoted » : yes ; no ! 50 %", "“Quoted”: yes; no! 50%"),
        ("\"one 'two' three\" and « a « b » c »", "“one ‘two’ three” and “a ‘b’ c”"),
        ("Word^[a]. Next^[b]^[c], last", "Word.[a] Next,[b][c] last"),
        ("the child's - own... 1st", "the child’s – own… 1st"),
        ('[dit : "non" ; 10 000 !]{lang=fr}', "<dit~: «~non~»_; 10_000_!>"),
    ],
)
def test_english(typed: str, printed: str) -> None:
    assert typeset(typed, "en") == printed


def test_what_citeproc_wrote_gets_spaces_only_where_there_are_some() -> None:
    cite = {"t": "Cite", "c": [[], tree.string("(Title: a 2nd one ; p. 4)")]}
    entry = tree.div([tree.para(tree.string("Child trade: a review! No 1st n° 4 : fin"))], ["csl-entry"])
    assert shown(Setting("fr").inlines([cite])) == "<(Title: a 2nd one_; p.~4)>"
    assert shown(Setting("fr").block(entry)["c"][1][0]["c"]) == "Child trade: a review! No 1st n°~4~: fin"


def test_blocks_of_every_kind_are_set_and_code_is_not() -> None:
    words = "Mot : un"
    blocks = orjson.loads(
        next(pandoc.read_all([
            f"# {words}\n\n{words}\n\n- {words}\n\n1. {words}\n\n> {words}\n\n| {words}\n\n{words}\n:   {words}\n\n"
            f"| {words} |\n|---|\n| {words} |\n\n: {words}\n\n![{words}](a.png)\n\n"
            f"::: {{.a}}\n{words}\n:::\n\n    {words}\n"
        ])).payload
    )["blocks"]  # fmt: skip
    made = orjson.dumps(Setting("fr").blocks(blocks)).decode()
    assert made.count("Mot\u00a0: un") == 14
    assert made.count("Mot : un") == 1  # the code


# ---------------------------------------------------------------- whatever is typed

TYPED = (
    "mot l' 1er 2ème XXIe Ve siècle I er e n° p. art. M. Durand 12 000 28 février km % € : ; ! ? … ... . , - – -- « » "
    "“ ” \" ' ’ ‘ ( ) [ ] / @ www. https://a.b CRC/C/1 etc. Ier 5 B."
)
SAMPLES = st.sampled_from([*TYPED.split(" "), "\u00a0", "\u202f", "\u2009", "a b", "\ufffc"])
LEAVES = st.one_of(
    SAMPLES.map(lambda word: {"t": "Str", "c": word}),
    st.sampled_from([{"t": "Space"}, {"t": "Space"}, {"t": "SoftBreak"}, {"t": "LineBreak"}]),
    st.just({"t": "Code", "c": [ATTR, "1er : x"]}),
)


FORMATS = st.sampled_from(["Strong", "Emph", "Superscript"])
MARKS = st.sampled_from(["DoubleQuote", "SingleQuote"])
LANGUAGES: Any = st.sampled_from([[], [["lang", "en"]], [["lang", "de"]]])


def _nodes(inlines: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(lambda kind, c: {"t": kind, "c": c}, FORMATS, inlines),
        st.builds(lambda kind, c: {"t": "Quoted", "c": [{"t": kind}, c]}, MARKS, inlines),
        st.builds(lambda c: {"t": "Note", "c": [{"t": "Para", "c": c}]}, inlines),
        st.builds(lambda c: {"t": "Link", "c": [ATTR, c, ["https://example.org/", ""]]}, inlines),
        st.builds(lambda pairs, c: {"t": "Span", "c": [["", [], pairs], c]}, LANGUAGES, inlines),
        st.builds(lambda c: {"t": "Cite", "c": [[], c]}, inlines),
    )


INLINES = st.recursive(
    st.lists(LEAVES, max_size=8), lambda inner: st.lists(st.one_of(LEAVES, _nodes(inner)), max_size=8), max_leaves=25
)


@given(INLINES, st.sampled_from(["fr", "en"]))
def test_set_twice_it_is_the_same(nodes: list[Node], language: str) -> None:
    once = Setting(language).inlines(nodes)
    assert Setting(language).inlines(once) == once


def words(nodes: list[Node]) -> str:
    """All that is said, notes and pandoc's quotation marks (English ones) included."""
    return "".join(map(_words, nodes))


def _words(node: Node) -> str:
    content = node.get("c")
    match node["t"]:
        case "Str":
            return content
        case "Space" | "SoftBreak":
            return " "
        case "LineBreak":
            return "\n"
        case "Quoted":
            opening, closing = CURLY[content[0]["t"]]
            return opening + words(content[1]) + closing
        case "Note":
            return words(content[0]["c"])
        case "Code" | "Link" | "Span" | "Cite":
            return content[1] if node["t"] == "Code" else words(content[1])
    return words(content)


def letters(nodes: list[Node]) -> str:
    """Letters and digits in order, the forms of an ordinal's ending all the same."""
    said = "".join(sign for sign in words(nodes) if sign.isalnum())
    return re.sub("[èe]re", "re", re.sub("i?[èe]me", "e", said))


@given(INLINES, st.sampled_from(["fr", "en"]))
def test_no_word_changes(nodes: list[Node], language: str) -> None:
    before = orjson.dumps(nodes)
    assert letters(Setting(language).inlines(nodes)) == letters(nodes)
    assert orjson.dumps(nodes) == before  # nor anything in place


@given(INLINES)
def test_other_languages_are_left_alone(nodes: list[Node]) -> None:
    span = {"t": "Span", "c": [["", [], [["lang", "es"]]], nodes]}
    assert words(Setting("fr").inlines([span])) == words(nodes)


def test_what_was_set_before_is_not_set_again() -> None:
    typed = tree.para([tree.word("Vraiment"), tree.space(), tree.word("?")])
    first = SetBlocks("fr", {})
    (made,) = first.page([typed])
    assert tree.text(tree.inlines(made)) == "Vraiment\u202f?"
    again = SetBlocks("fr", {name: tree.para([tree.word("gardé")]) for name in first.used})
    kept, anew = again.page([typed, tree.para([tree.word("Autre !")])])
    assert [tree.text(tree.inlines(one)) for one in (kept, anew)] == ["gardé", "Autre\u202f!"]
