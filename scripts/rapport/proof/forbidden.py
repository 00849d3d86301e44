"""What no output of this edition may hold: sentences of refused files, and confidential ones outside their edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from rapport import tree
from rapport.model import Contribution, Draft, Edition, Node, Passage, Report, Span

SHORTEST = 24  # letters of a sentence that nobody else writes by chance
SENTENCE = re.compile(r"[.!?…:;]+\s")
OTHER = re.compile(r"[\W_]+")


class Sentence(Struct, frozen=True):
    """A sentence that must not be printed: its letters, its words, where it was typed."""

    letters: str
    words: str
    span: Span


def letters(text: str) -> str:
    """The letters and figures of a text, in lower case: what typography cannot change."""
    return OTHER.sub("", text).lower()


def forbidden(
    report: Report,
    drafts: Sequence[Draft],
    accepted: Sequence[Contribution],
    refused: Collection[str],
    sources: Sequence[str],
    unprinted: Iterable[tuple[Node, Span]],
) -> tuple[Sentence, ...]:
    """The sentences that this edition withholds, but for those that what it may show says too.

    `sources` are the texts of the editor (templates, outline, bibliographies), `unprinted` blocks of translations.
    """
    found: dict[str, Sentence] = {}
    for node, span in (*_withheld(report, drafts, accepted, refused), *unprinted):
        for words in _sentences(node):
            if len(key := letters(words)) >= SHORTEST:
                found.setdefault(key, Sentence(key, words, span))
    if not found:
        return ()
    shown: list[str] = []
    for block in report.blocks:
        _words([block.node], shown)
    allowed = [letters("".join(shown)), *map(letters, sources)]
    return tuple(sentence for key, sentence in found.items() if not any(key in text for text in allowed))


def withheld_passages(contribution: Contribution) -> Iterator[Passage]:
    """The passages that the confidential edition alone may print."""
    passages = (passage for section in contribution.sections.values() for passage in section)
    return (passage for passage in passages if contribution.confidential or passage.confidential)


def _withheld(
    report: Report, drafts: Sequence[Draft], accepted: Sequence[Contribution], refused: Collection[str]
) -> Iterator[tuple[Node, Span]]:
    for draft in drafts:
        if draft.source.path in refused:
            yield from ((passage.node, passage.span) for passage in draft.body.passages)
    if report.edition is Edition.CONFIDENTIAL:
        return
    for contribution in accepted:
        yield from ((passage.node, passage.span) for passage in withheld_passages(contribution))


def _sentences(node: Node) -> Iterator[str]:
    parts: list[str] = []
    _words([node], parts)
    yield from (sentence.strip() for line in "".join(parts).split("\n") for sentence in SENTENCE.split(line))


def _words(nodes: Iterable[Node], parts: list[str]) -> None:
    """Every word of some nodes, alternative texts and notes included, a line for each block."""
    for node in nodes:
        match tree.kind(node):
            case "Str" | "Code" | "CodeBlock":
                parts.append(tree.letters(node))
            case "Space" | "SoftBreak":
                parts.append(" ")
            case "Cite":
                parts.append("\n")
            case kind:
                end = "\n" if kind in ("Para", "Plain", "Header", "Note", "Image") else ""
                alternative = tree.pair(node, "alt") if kind == "Image" else ""
                parts.append(f"{end}{alternative}{end}")
                for run in tree.runs(node):
                    _words(run, parts)
                parts.append(end)
