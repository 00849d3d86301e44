"""The words of what is confidential now, known again wherever they stand: in an older draft, a remark, a comparison."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from rapport import tree
from rapport.diff.thresholds import RUNS_KNOWN
from rapport.model import Draft, Node
from rapport.safeguarding.reading import sentences
from rapport.storage import schema

RUN = 4  # words in a row that are hardly met twice by chance
SHORTEST = 3  # words of a sentence that is known where other words stand around it
WORD = re.compile(r"\w+")
PARAGRAPHS = ("Para", "Plain", "Header")
HEADER_KEYS = ("avertissement",)  # of a header, what is printed above the text


class ConfidentialWords(Struct, frozen=True, dict=True):
    """The confidential sentences, each as its words in lower case, and the runs of `RUN` words in them."""

    sentences: frozenset[tuple[str, ...]]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def read(cls, *states: Iterable[Draft]) -> ConfidentialWords:
        """What one of these states of the texts holds confidential, unless the same state says it publicly too.

        A text that is confidential as a whole in one state is so in all.
        """
        said: set[tuple[str, ...]] = set()
        texts = [tuple(state) for state in states]
        whole = {draft.source.path for state in texts for draft in state if _is_whole(draft)}
        for state in texts:
            told: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
            for hidden, words in _said(state, whole):
                told[hidden].add(words)
            said |= told[True] - told[False]
        return cls(frozenset(said), frozenset(run for words in said for run in _runs(words)))

    @cached_property
    def beginnings(self) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        """The sentences of `SHORTEST` words and more by their first ones: such are known inside other words too."""
        found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for words in self.sentences:
            if len(words) >= SHORTEST:
                found.setdefault(words[:SHORTEST], []).append(words)
        return found

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a confidential sentence, or most of one, stands in a text, from offset to offset."""
        if not self.sentences:
            return
        for words, places in _sentences(text):
            runs = _runs(words)
            if words in self.sentences or (runs and sum(run in self.runs for run in runs) >= RUNS_KNOWN * len(runs)):
                yield places[0][0], places[-1][1]
                continue
            for at in range(len(words) - SHORTEST + 1):
                for said in self.beginnings.get(words[at : at + SHORTEST], ()):
                    if words[at : at + len(said)] == said:
                        yield places[at][0], places[at + len(said) - 1][1]

    def says(self, text: str) -> bool:
        """Whether one of the sentences of a text is confidential, or most of one."""
        return next(self.places(text), None) is not None


def _is_whole(draft: Draft) -> bool:
    return schema.text(draft.header, "diffusion") == "confidentielle"


def _said(drafts: Iterable[Draft], whole: Collection[str]) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Each sentence of the texts, and whether it is confidential: in a passage marked so, or in a text of `whole`."""
    for draft in drafts:
        is_hidden = draft.source.path in whole
        texts = [(is_hidden, schema.text(draft.header, key)) for key in HEADER_KEYS]
        for passage in draft.body.passages:
            hidden = is_hidden or passage.confidential
            texts += [(hidden, text) for node in tree.walk([passage.node]) for text in own_texts(node)]
        yield from ((hidden, words) for hidden, text in texts for words, _ in _sentences(text))


def own_texts(node: Node) -> Iterator[str]:
    """What a node says itself, notes and paragraphs inside it apart: a paragraph, verses, each term, a picture."""
    match tree.kind(node):
        case name if name in PARAGRAPHS:
            yield tree.text(tree.inlines(node))
        case "Image":
            yield from (tree.text(tree.inlines(node)), tree.pair(node, "alt"))
        case "LineBlock":
            yield " ".join(tree.text(line) for line in tree.lines(node))
        case "DefinitionList":
            yield from (tree.text(term) for term, _ in tree.definitions(node))
        case "CodeBlock":
            yield tree.letters(node)


def _sentences(text: str) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int]]]]:
    """The words of each sentence, in lower case, and from which offset to which each stands."""
    for start, sentence in sentences(text):
        found = list(WORD.finditer(sentence))
        if found:
            words = tuple(word[0].casefold() for word in found)
            yield words, [(start + word.start(), start + word.end()) for word in found]


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[at : at + RUN] for at in range(len(words) - RUN + 1)]
