"""A paragraph taken apart into its sentences, for the lists that quote one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapport import tree
from rapport.model import Node

FEWEST = 6  # words of a sentence that says something by itself
WHOLE = re.compile(r"[^\Wa-zà-ÿœ].*[.!?…»\")\]]", re.DOTALL)  # neither a point of an enumeration nor what leads to one
BETWEEN = r"(?<=[.!?…])(?<!\bM\.)(?<!\b[A-Z]\.)"
END, WITHIN = re.compile(rf"{BETWEEN}$"), re.compile(rf"{BETWEEN}\s+(?=[A-ZÀ-Ý«“])")
POINTING = re.compile(r"\b(?:elles?|ils?|cel[al]\w*|celui\w*|ceux|cet(?:te)?|ces?|this|these|they|it|she|he)\b", re.I)


def split_sentences(inlines: Sequence[Node]) -> Iterator[list[Node]]:
    """A paragraph's sentences: each ends with a stop that a space and a capital follow."""
    here: list[Node] = []
    for node in inlines:
        if tree.kind(node) in ("Space", "SoftBreak") and here and END.search(_letters(here[-1])):
            yield here
            here = []
            continue
        first, *others = WITHIN.split(_letters(node)) if tree.kind(node) == "Str" else [""]
        here.append(tree.word(first) if tree.kind(node) == "Str" else node)
        for words in others:
            yield here
            here = [tree.word(words)]
    if here and tree.text(here):
        yield here


def understood_alone(sentences: Iterable[list[Node]]) -> Iterator[list[Node]]:
    """Sentences that are understood alone: one that speaks of « elle » has the one before it, or is left out.

    So are points of an enumeration (« accueillir les victimes ; ») and what only leads to one (« Il s'agit de : »).
    """
    before: list[Node] = []
    for sentence in sentences:
        whole = WHOLE.fullmatch(tree.text(sentence).strip()) is not None
        if whole and not POINTING.search(" ".join(tree.text(sentence).split()[:FEWEST])):
            yield sentence
        elif whole and before:
            yield [*before, tree.space(), *sentence]
        before = sentence if whole else []


def sentences_of(node: Node) -> Iterator[list[Node]]:
    """The sentences of a block's paragraphs and items that are understood alone; tables and notes have none."""
    for inner in tree.blocks(node):
        if tree.kind(inner) in tree.PARAGRAPHS:
            yield from understood_alone(split_sentences(tree.inlines(inner)))
        elif tree.kind(inner) in ("BulletList", "OrderedList"):
            for item in tree.items(inner):
                yield from understood_alone(split_sentences(tree.first_inlines(item)))


def _letters(node: Node) -> str:
    return tree.letters(node) if tree.kind(node) == "Str" else ""
