"""What either of two states holds confidential, taken out of both: no comparison prints it, gone or new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapport import tree
from rapport.compare.states import ReportState
from rapport.diff.thresholds import RUNS_KNOWN
from rapport.model import Document, Node
from rapport.safeguarding.outgoing import MASK
from rapport.safeguarding.reading import sentences

RUN = 4  # words in a row that are hardly met twice by chance
PARAGRAPHS = ("Para", "Plain", "Header")


def without_confidential(old: ReportState, new: ReportState) -> tuple[ReportState, ReportState]:
    """Both states without the paragraphs that say what is confidential in one of them."""
    hidden = _Hidden.read(_confidential(state) for state in (old, new))
    return (
        replace(old, document=_masked(old.document, hidden)),
        replace(new, document=_masked(new.document, hidden)),
    )


def _confidential(state: ReportState) -> str:
    """All the words of a state's confidential passages, a paragraph a line."""
    passages = (passage for draft in state.examined.drafts for passage in draft.body.passages if passage.confidential)
    return "\n".join(words for passage in passages for words in _paragraphs([passage.node]))


def _paragraphs(nodes: Sequence[Node]) -> Iterator[str]:
    for node in tree.walk(list(nodes)):
        if tree.kind(node) in PARAGRAPHS:
            yield tree.text(tree.inlines(node))


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The confidential sentences, and the runs of words in them."""

    sentences: frozenset[tuple[str, ...]]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def read(cls, texts: Iterator[str]) -> _Hidden:
        said = [words for text in texts for line in text.split("\n") for words in _sentences(line)]
        return cls(frozenset(said), frozenset(run for words in said for run in _runs(words)))

    def says(self, text: str) -> bool:
        """Whether one of the sentences of a text is confidential, or most of one."""
        for words in _sentences(text) if self.sentences else ():
            runs = _runs(words)
            if words in self.sentences or (runs and sum(run in self.runs for run in runs) >= RUNS_KNOWN * len(runs)):
                return True
        return False


def _sentences(text: str) -> Iterator[tuple[str, ...]]:
    for _, sentence in sentences(text):
        if words := tuple(re.findall(r"\w+", sentence.casefold())):
            yield words


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[at : at + RUN] for at in range(len(words) - RUN + 1)]


def _masked(document: Document, hidden: _Hidden) -> Document:
    def change(node: Node) -> Node | None:
        if tree.kind(node) in PARAGRAPHS and hidden.says(tree.text(tree.inlines(node))):
            return tree.with_inlines(node, [tree.word(MASK)])
        return None

    if not hidden.sentences:
        return document
    front, *chapters, back = (
        tuple(tree.rewrite(list(page), change))
        for page in (document.front_matter, *document.chapters, document.back_matter)
    )
    return replace(document, front_matter=front, chapters=tuple(chapters), back_matter=back)
