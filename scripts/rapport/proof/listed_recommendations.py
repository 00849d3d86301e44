"""Whether every recommendation of the body stands in the list at the end, whole and in its own words.

Read from the laid-out document by a walk of its own: the list is a copy, which the other proofs pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.model import Block, Document, Node, Report
from rapport.proof.forbidden import letters

LEADS_ON = re.compile(r"[\s,;]+(?:et|ou|and|or)[\s,;]*$")
HEAD = re.compile(r":(?:\s*\([^()]*\)\s*[:–-]?)?")
"""A colon with the articles that may come after it: « Au Parlement : (CIDE 3) légiférer »."""
OURS = ("label", "expansion")
"""What the program wrote into a recommendation: its number, the name of an acronym in full."""


def unlisted_demands(report: Report, document: Document) -> Iterator[tuple[Block, str]]:
    """The recommendations that the list lacks or says otherwise, each with what it says there."""
    asked = {block.id: block for block in report.blocks if block.recommendation}
    body, listed = dict[str, tuple[str, str]](), dict[str, str]()
    for node in _divisions([*(n for chapter in document.chapters for n in chapter), *document.back_matter]):
        label = tree.pair(node, "label")
        if tree.has_class(node, "recommendation"):
            body[tree.identifier(node)] = label, _words(tree.blocks(node))
        elif tree.has_class(node, "consolidated"):
            listed[label] = _words(list(_copies(tree.blocks(node))))
    for name, block in asked.items():
        label, said = body.get(name, ("", ""))
        if not _is_demand_of(listed.get(label, ""), said):
            yield block, listed.get(label, "")


def _is_demand_of(copy: str, said: str) -> bool:
    """Whether a copy is all that a recommendation says, or all of it after a colon, but for a last « , et »."""
    rests = [said, *(said[at + 1 :] for at, sign in enumerate(said) if sign == ":")]
    rests += [said[head.end() :] for head in HEAD.finditer(said)]
    rests += [rest[: end.start()] for rest in rests if (end := LEADS_ON.search(rest))]
    return bool(letters(copy)) and letters(copy) in map(letters, rests)


def _divisions(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if tree.kind(node) == "Div":
            yield node
            yield from _divisions(tree.blocks(node))


def _copies(nodes: Sequence[Node]) -> Iterator[Node]:
    """What is marked as a copy in an entry of the list."""
    for node in nodes:
        if tree.has_class(node, "derived"):
            yield node
        elif not tree.has_class(node, "carried"):
            for run in tree.runs(node):
                yield from _copies(run)


def _words(nodes: Sequence[Node]) -> str:
    """The words of nodes as they are printed, but for notes and for what the program added."""
    words: list[str] = []
    for node in nodes:
        if tree.kind(node) == "Note" or tree.has_class(node, *OURS):
            continue
        own = tree.letters(node)
        words.append(own or " ")
        if not own:
            words += (_words(run) for run in tree.runs(node))
    return "".join(words)
