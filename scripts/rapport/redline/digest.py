"""What changed in the passages of each association, as plain text that anybody can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from rapport import tree
from rapport.letters.page import Line, as_text
from rapport.messages import redline
from rapport.model import Document, Node
from rapport.redline.blocks import paired
from rapport.redline.inlines import said
from rapport.redline.states import State


def digests(old: State, new: State, names: Mapping[str, str], language: str) -> dict[str, bytes]:
    """For each association with a passage in either state, its page."""
    before, after = _printed(old), _printed(new)
    return {
        association: as_text(
            list(_page(before.get(association, {}), after.get(association, {}), old, new, names[association], language))
        )
        for association in sorted({*before, *after} & set(names))
    }


def _printed(state: State) -> dict[str, dict[str, list[Node]]]:
    """The blocks as printed, by association and theme, in the report's order."""
    nodes = printed_blocks(state.document)
    found: dict[str, dict[str, list[Node]]] = {}
    for block in state.report.blocks:
        name = block.node["c"][1][0] if block.node["t"] == "Header" else ""
        node = nodes.get(name or block.id)
        if node is not None:
            found.setdefault(block.association, {}).setdefault(block.theme, []).append(node)
    return found


def printed_blocks(document: Document) -> dict[str, Node]:
    """Every block with a name at the top of the pages or in their divisions."""
    found: dict[str, Node] = {}
    pending = [*document.front, *(n for chapter in document.chapters for n in chapter), *document.back]
    while pending:
        node = pending.pop()
        name = tree.attributes(node)[0]
        if name:
            found[name] = node
        if node["t"] == "Div" and "paragraph" not in tree.attributes(node)[1]:
            pending += node["c"][1]
    return found


def _page(
    before: Mapping[str, list[Node]], after: Mapping[str, list[Node]], old: State, new: State, name: str, language: str
) -> Iterator[Line]:
    def say(sentence: str, **facts: object) -> str:
        return redline(sentence, language, **facts)

    yield Line("to", name)
    yield Line("subject", say("digest-title", old=old.name, new=new.name))
    titles = {theme.id: theme.title for state in (old, new) for theme in state.examined.outline.themes}
    total = 0
    for theme in dict.fromkeys([*after, *before]):
        here, there = before.get(theme, []), after.get(theme, [])
        lines = list(_changes(here, there, say))
        total += len(lines)
        if lines:
            yield Line("heading", titles.get(theme, theme))
            yield from lines
    if not total:
        yield Line("para", say("digest-none"))
    else:
        yield Line("para", say("digest-key"))


def _changes(old: Sequence[Node], new: Sequence[Node], say) -> Iterator[Line]:  # type: ignore[no-untyped-def]
    pairs = list(paired(old, new))
    went = {said(was) for was, now in pairs if was and not now}
    came = {said(now) for was, now in pairs if now and not was}
    for was, now in pairs:
        where = number(now or was)
        if was and now:
            if said(was) != said(now):
                yield Line("point", say("changed", where=where))
                yield Line("what", in_words(was, now))
        elif now:
            yield Line("point", say("moved" if said(now) in went else "added", where=where))
            yield Line("what", tree.text(now))
        elif was and said(was) not in came:
            yield Line("point", say("removed", where=where))
            yield Line("what", tree.text(was))


def number(node: Node | None) -> str:
    """« 12 », « R4 », or a dash."""
    pairs = dict(tree.attributes(node)[2]) if node else {}
    return str(pairs.get("label") or pairs.get("number") or "–")


def in_words(old: Node, new: Node) -> str:
    """« les enfants [-mineurs-] {+isolés+} »: both texts in one, word by word; notes in their place."""
    left, right = _with_notes(old).split(), _with_notes(new).split()
    parts: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += right[j1:j2]
            continue
        parts += [f"[-{' '.join(left[i1:i2])}-]"] if i1 < i2 else []
        parts += [f"{{+{' '.join(right[j1:j2])}+}}"] if j1 < j2 else []
    return " ".join(parts)


def _with_notes(node: Node) -> str:
    def noted(inner: Node) -> Node | None:
        return {"t": "Str", "c": f" (note : {tree.text(inner['c'])})"} if inner["t"] == "Note" else None

    return tree.text(tree.rewrite(node, noted))
