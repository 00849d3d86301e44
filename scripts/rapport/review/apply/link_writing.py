"""Links put around words, taken off them or led elsewhere, and pictures described anew; each read again at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec.structs import replace

from rapport import tree
from rapport.language.folding import fold_typography
from rapport.language.web_addresses import WEB, plain_address
from rapport.model import Node
from rapport.review.apply.edited_texts import EditedTexts, TextState, UnfaithfulEdit
from rapport.review.apply.leaves import Leaf, frame_entry, non_word_content
from rapport.review.apply.splice import Crossing, SourceEdit

OPENING = re.compile(r"(?P<mark>\[)[*_]*\Z")
CLOSING = re.compile(r"[*_]*(?P<mark>\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)(?:\{[^{}\n]*\})?|\[[^\[\]\n]*\]))")
UNSAFE = re.compile(r"[\s<>\"`{}|\\^\[\]]")
IMAGE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?(?P<target>[^()<>\s]+)>?[^()]*\)(?P<pairs>\{[^{}]*\})?")
ALT = re.compile(r"(?:\balt=(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\s}]+)|(?<!\s)(?=\}))")


def link(texts: EditedTexts, path: str, name: int, first: int, last: int, address: str) -> None:
    """The words from `first` up to `last` made a link to this address, of no link where it is "".

    Raises `Crossing` where they are some words of a link, or of two, or where the address is none of the web.
    """
    address = UNSAFE.sub(lambda sign: quote(sign[0]), address)
    state = texts.states[path]
    leaf, text, content = state.leaf(name), state.text, non_word_content(state.leaf(name).node)
    old = [(a, b) for _, a, b in links(leaf) if a < last and first < b]
    start, end = old[0] if old else (first, last)
    cut = first < start or end < last or any(map(str.isalnum, (*leaf.words[start:first], *leaf.words[last:end])))
    if len(old) > 1 or cut or not (address.startswith(WEB) if address else old):
        raise Crossing
    wanted = [one for one in content if not old or one[1:] != old[0] or one[0][:1] != ("Link",)]  # type: ignore[index]
    if address:
        at = sum(1 for _, a, b in wanted if a < start or (a == start and (b > end or b == a)))
        wanted.insert(at, (frame_entry(tree.link([], address)), start, end))
    ground, goal = state.source.ground(leaf), f"<{address}>" if "(" in address or ")" in address else address
    begin, stop = ground.token(start).start, ground.token(end - 1).end
    opened, closed = OPENING.search(text[:begin]), CLOSING.match(text, stop)
    if old and not (opened and closed):
        raise Crossing
    marks = (opened.span("mark"), closed.span("mark")) if old and opened and closed else ((begin,) * 2, (stop,) * 2)
    new = ("[", f"]({goal})") if address else ("", "")
    made = replace(leaf, frame=tuple(one for one, _, _ in wanted))

    def check(again: TextState) -> None:
        if non_word_content(again.leaf(name).node) != wanted:
            raise UnfaithfulEdit

    edits = [SourceEdit(*place, sign) for place, sign in zip(marks, new, strict=True)]
    texts.make(path, edits, [made if one is leaf else one for one in state.source.leaves], check)


def links(leaf: Leaf) -> Iterator[tuple[str, int, int]]:
    """Where each link of a paragraph leads to, from which of its words up to which."""
    for one, start, end in non_word_content(leaf.node):
        if isinstance(one, tuple) and one[0] == "Link":
            yield plain_address(one[2]), start, end


def goals(leaf: Leaf, first: int, last: int) -> set[str]:
    """Where the words from `first` up to `last` lead to, "" for those that lead nowhere."""
    led = {n: goal for goal, start, end in links(leaf) for n in range(start, end)}
    return {led.get(n, "") for n in range(first, last) if leaf.words[n].isalnum()}


def describe(texts: EditedTexts, path: str, name: int, words: str) -> None:
    """The picture of a figure described in these words; raises `Crossing` where it is not the one of its file."""
    state = texts.states[path]
    shown = [tree.target(inner) for inner in tree.walk(state.leaf(name).node) if tree.kind(inner) == "Image"]
    typed = [one for one in IMAGE.finditer(state.text) if [one["target"]] == shown]
    if len(typed) != 1 or state.leaf(name).containers[-1:] != ("Figure",):
        raise Crossing
    said, pairs = " ".join(words.split()), typed[0]["pairs"] or "{}"
    pair = ' alt="' + re.sub(r'(["\\])', r"\\\1", said) + '"'
    new = ALT.sub(lambda _: pair, pairs, count=1).replace("{ ", "{").replace("  ", " ")
    edit = SourceEdit(typed[0].end() - len(typed[0]["pairs"] or ""), typed[0].end(), new)

    def check(again: TextState) -> None:
        if fold_typography(said) not in seen_beside_words([again.leaf(name).node]):
            raise UnfaithfulEdit

    texts.make(path, [edit], state.source.leaves, check)


def seen_beside_words(nodes: Iterable[Node]) -> set[str]:
    """The addresses on the web that blocks lead to, and what is said of their pictures."""
    found = [inner for node in nodes if tree.kind(node) != "Div" for inner in tree.walk(node)]
    goals = (plain_address(tree.target(one)) for one in found if tree.kind(one) == "Link")
    said = (fold_typography(tree.text(tree.inlines(one))) for one in found if tree.kind(one) == "Image")
    return {*(goal for goal in goals if goal.startswith(WEB)), *said}
