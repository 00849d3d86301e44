"""What of a text is confidential is known by the words of every kind of block; the sentences are invented."""

from __future__ import annotations

import pytest

from rapport import tree
from rapport.model import Node
from rapport.safeguarding.confidential import own_texts

WORDS = [tree.word("un"), tree.space(), tree.word("secret")]


@pytest.mark.parametrize(
    ("node", "texts"),
    [
        (tree.para(WORDS), ["un secret"]),
        ({"t": "LineBlock", "c": [WORDS, [tree.word("inventé")]]}, ["un secret inventé"]),
        ({"t": "DefinitionList", "c": [[WORDS, [[tree.para([tree.word("dit")])]]]]}, ["un secret"]),
        ({"t": "CodeBlock", "c": [["", [], []], "un secret"]}, ["un secret"]),
        ({"t": "Image", "c": [["", [], [["alt", "un dessin"]]], WORDS, ["a.png", ""]]}, ["un secret", "un dessin"]),
        (tree.div([tree.para(WORDS)]), []),
    ],
)
def test_each_kind_of_block_says_its_own_words(node: Node, texts: list[str]) -> None:
    assert list(own_texts(node)) == texts
