"""The words of pandoc's tree: one reader, and a rule for each use of what it does with all that is no word.

| rules | who reads by them | notes | citations | pictures | code | around blocks |
|---|---|---|---|---|---|---|
| `WORDS` | keys, titles, addressees, comparisons | left out | typed | described | as it is | a space after |
| `COUNTED` | budgets | apart | words around, a year | a space | apart | spaces |
| `PROSE` | acronyms, articles, the annexes | at the end | typed | described | a new line | a new line after |
| `PRINTED` | review: what stood on paper | left out | typed | a space | as it is | a space after |
| `UNPICTURED` | freezing: where paragraphs stand | left out | typed | a space | as it is | a space after |
| `RECEIVED` | intake: is a word lost? | in place | typed | a space | apart | new lines |
| `KEYED` | the same, citations made of words | in place | words around, key | a space | apart | new lines |

`PRINTED` reads a space for what the program wrote; the last two read raw text, and write quotation marks. A space, a
soft break and a line break are one space for all. The proof of finished files keeps a reader of its own, and so does
whoever must know which node each word is in (places in the source, typography, redline).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from rapport.model import Node
from rapport.tree.nodes import BLOCKS

YEAR = "2014"  # what a key is printed as, at least


class TextRules(Struct, frozen=True):
    """What becomes of everything that is no word; `code` and `raw` are forms in which « {} » stands for the letters.

    `prefix` and `suffix` go around the kinds of `blocks`; `pictures` stands for a picture (None: its description is
    read); spans of the classes `added_classes` are a space; `quotes` stands for both marks of a quotation,
    `around_citations` for both ends of a citation as typed, `note_call` for the call of a note set apart.
    """

    blocks: frozenset[str] = frozenset(("Para", "Plain", "Header"))
    prefix: str = ""
    suffix: str = " "
    notes: Literal["apart", "here"] = "apart"
    citations: Literal["typed", "year", "key"] = "typed"
    pictures: str | None = None
    code: str = "{}"
    raw: str = ""
    quotes: str = ""
    added_classes: frozenset[str] = frozenset()
    around_citations: str = ""
    note_call: str = ""


WORDS = TextRules()
COUNTED = TextRules(BLOCKS, " ", " ", citations="year", pictures=" ", code=" {} ")
PROSE = TextRules(BLOCKS, "", "\n", code="\n")
UNPICTURED = TextRules(pictures=" ")
PRINTED = replace(UNPICTURED, added_classes=frozenset(("expansion", "label")))
RECEIVED = TextRules(BLOCKS | {"Note"}, " \n", " \n", "here", pictures=" ", code=" {} ", raw=" {} ", quotes='"')
KEYED = replace(RECEIVED, citations="key")


class TextRead(NamedTuple):
    """Words with the spaces between them, and what was met and set apart: notes and citations, in reading order."""

    words: str
    notes: list[Node]
    citations: list[Node]


def text(value: Any, rules: TextRules = WORDS) -> str:
    """The words of a node or of lists of nodes, without space at the ends, notes left out."""
    return read_text(value, rules).words.strip()


def read_text(value: Any, rules: TextRules = WORDS) -> TextRead:
    """The words of a node or of lists of nodes, every space kept, and the notes and citations among them."""
    read = TextRead("", [], [])
    parts: list[str] = []
    _gather([value], rules, parts, read)
    return read._replace(words="".join(parts))


def text_with_notes(value: Any, rules: TextRules = PROSE) -> TextRead:
    """The words with those of every note at the end, each after a new line; no note is left in what is returned."""
    words, notes, citations = read_text(value, rules)
    parts = [words]
    while notes:
        inside = read_text(notes.pop(0)["c"], rules)
        parts.append(inside.words)
        notes += inside.notes
        citations += inside.citations
    return TextRead("\n".join(parts), [], citations)


def _gather(values: list[Any], rules: TextRules, parts: list[str], read: TextRead) -> None:
    for value in values:  # a call for each list, not for each word
        if type(value) is list:
            _gather(value, rules, parts, read)
        elif type(value) is dict:
            match value.get("t"):
                case "Str":
                    parts.append(value["c"])
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Cite":
                    read.citations.append(value)
                    _gather_citation(value["c"], rules, parts, read)
                case "Note" if rules.notes == "apart":
                    read.notes.append(value)
                    parts.append(rules.note_call)
                case "Code" | "CodeBlock":
                    parts.append(rules.code.replace("{}", value["c"][1]))
                case "Math" | "RawInline" | "RawBlock":
                    parts.append(rules.raw.replace("{}", value["c"][1]))
                case "Image" if rules.pictures is not None:
                    parts.append(rules.pictures)
                case "Span" if rules.added_classes and not rules.added_classes.isdisjoint(value["c"][0][1]):
                    parts.append(" ")
                case "Quoted" if rules.quotes:
                    parts.append(rules.quotes)
                    _gather(value["c"][1], rules, parts, read)
                    parts.append(rules.quotes)
                case "DefinitionList" if rules.prefix:
                    for entry in value["c"]:
                        parts.append(rules.prefix)
                        _gather(entry, rules, parts, read)
                        parts.append(rules.suffix)
                case kind if kind in rules.blocks:
                    parts.append(rules.prefix)
                    _gather([value.get("c")], rules, parts, read)
                    parts.append(rules.suffix)
                case _:
                    _gather([value.get("c")], rules, parts, read)


def _gather_citation(content: list[Any], rules: TextRules, parts: list[str], read: TextRead) -> None:
    if rules.citations == "typed":
        parts.append(rules.around_citations)
        _gather(content[1], rules, parts, read)
        parts.append(rules.around_citations)
        return
    for cited in content[0]:
        keyed = rules.citations == "key"
        parts.append(" " if keyed else "")
        _gather(cited["citationPrefix"], rules, parts, read)
        parts.append(f" {cited['citationId']} " if keyed else f" {YEAR}")
        _gather(cited["citationSuffix"], rules, parts, read)
        parts.append(" " if keyed else "")
