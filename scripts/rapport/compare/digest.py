"""What changed in the passages of each association, and nothing of the others': as plain text, and as a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport import tree
from rapport.compare.document import ComparedPart, passages_document
from rapport.compare.states import ReportState, printed_blocks
from rapport.diff.block_matching import BlockPair, match_blocks
from rapport.diff.blocks import merge_pair
from rapport.diff.equivalence import signature
from rapport.diff.inlines import DELETED, INSERTED, RESTYLED, ChangeMarker
from rapport.messages import redline
from rapport.model import Document, Meta, Node
from rapport.office.plain_page import PageLine, as_text
from rapport.safeguarding.outgoing import Outgoing

SIGNS = {DELETED: "[-{}-]", INSERTED: "{{+{}+}}", RESTYLED: "{{={}=}}"}
WHAT = {
    "Header": "heading",
    "Table": "table",
    "Figure": "figure",
    "BulletList": "list",
    "OrderedList": "list",
    "BlockQuote": "quotation",
}


class PassageChange(Struct, frozen=True):
    """One passage that changed: its theme, what became of it in words, and the blocks before and after."""

    theme: str
    title: str
    match: BlockPair


class Digest(Struct, frozen=True):
    """The changes of one association between two states."""

    name: str
    subject: str
    changes: tuple[PassageChange, ...]


def digests(old: ReportState, new: ReportState, language: str) -> dict[str, Digest]:
    """For each association with a passage in either state, what changed in its own."""
    before, after = printed_blocks(old), printed_blocks(new)
    names = {a.id: a.name for state in (old, new) for a in state.examined.associations.values()}
    titles = {
        t.id: t.title for state in (old, new) for part in state.report.parts for t in (m.theme for m in part.themes)
    }
    subject = redline("digest-title", language, old=old.name, new=new.name)
    found = {}
    for association in sorted({*before, *after} & set(names)):
        then, now = before.get(association, {}), after.get(association, {})
        absent = redline("absent", language, state=new.name)
        lost = [
            PassageChange(titles.get(theme, theme), absent, BlockPair((), ())) for theme in then if theme not in now
        ]
        changes = (*lost, *_changes(then, now, titles, language))
        found[association] = Digest(names[association], subject, changes)
    return found


def _changes(
    before: Mapping[str, list[Node]], after: Mapping[str, list[Node]], titles: Mapping[str, str], language: str
) -> Iterator[PassageChange]:
    matches = {
        theme: list(match_blocks(before.get(theme, []), after.get(theme, [])))
        for theme in dict.fromkeys([*after, *before])
    }
    every = [match for found in matches.values() for match in found]
    went = {signature(node) for match in every if not match.new for node in match.old}
    came = {signature(node) for match in every if not match.old for node in match.new}
    for theme, found in matches.items():
        if theme not in after:
            continue
        here = ""
        for match in found:
            number = _number(match.new[-1]) if match.new else ""
            if not match.is_same and not (not match.new and signature(match.old[0]) in came):
                moved = not match.old and signature(match.new[0]) in went
                yield PassageChange(titles.get(theme, theme), _title(match, moved, here, language), match)
            here = number or here


def _title(match: BlockPair, moved: bool, after: str, language: str) -> str:
    """« Paragraphe 12, modifié », « Tableau, ajouté (après le paragraphe 11) »."""

    def say(sentence: str, **facts: object) -> str:
        return redline(sentence, language, **facts)

    nodes = match.new or match.old
    numbers = [number for node in nodes if (number := _number(node))]
    fate = (
        "moved" if moved
        else "added" if not match.old
        else "removed" if not match.new
        else "joined" if len(match.old) > 1
        else "divided" if len(match.new) > 1
        else "changed"
    )  # fmt: skip
    if numbers:
        what = say("passage", number=" – ".join(numbers)) if match.new else say("old-passage", number=numbers[0])
    else:
        what = say(f"what-{_what(nodes[0])}")
    place = say("after", number=after) if after and not numbers else ""
    return f"{what}{place}, {say(f'fate-{fate}')}"


def _what(node: Node) -> str:
    inside = tree.blocks(node)[0] if tree.kind(node) == "Div" and tree.blocks(node) else node
    return WHAT.get(tree.kind(inside), "passage")


def _number(node: Node) -> str:
    """« 12 », with « (R4) » for a recommendation; nothing for what is not numbered among paragraphs."""
    if tree.kind(node) != "Div":
        return ""
    pairs = tree.pairs(node)
    label = f" ({pairs['label']})" if pairs.get("label") else ""
    return f"{pairs['number']}{label}" if "number" in pairs else ""


# ---------------------------------------------------------------- as text


def as_page(digest: Digest, marker: ChangeMarker, door: Outgoing, language: str) -> bytes:
    """The page in plain text."""
    return as_text(door.page(_lines(digest, marker, language)))


def _lines(digest: Digest, marker: ChangeMarker, language: str) -> Iterator[PageLine]:
    yield PageLine("to", digest.name)
    yield PageLine("subject", digest.subject)
    yield PageLine("para", redline("digest-key" if digest.changes else "digest-none", language))
    theme = ""
    for change in digest.changes:
        if change.theme != theme:
            theme = change.theme
            yield PageLine("heading", theme)
        blocks = merge_pair(change.match, marker)
        yield PageLine("point", change.title + (redline("colon", language) if blocks else ""))
        for words in changed_words(blocks):
            yield PageLine("what", words)


def changed_words(blocks: Sequence[Node]) -> Iterator[str]:
    """« les enfants [-mineurs-] {+isolés+} »: each paragraph that changed, in one text; notes in their place."""
    paragraphs = [inlines for block in blocks for inlines in _paragraphs(block)]
    for inlines in paragraphs:
        marked = tree.rewrite(inlines, _marked)
        if len(blocks) > 1 or len(paragraphs) == 1 or marked != tree.rewrite(inlines, _noted):
            yield re.sub(r"-\]( ?)\[-|\+\}( ?)\{\+", r"\1\2", tree.text(marked))


def _paragraphs(block: Node) -> Iterator[list[Node]]:
    if tree.kind(block) in ("Para", "Plain", "Header"):
        yield tree.inlines(block)
        return
    inner: list[list[Node]] = []

    def blocks(nodes: list[Node]) -> list[Node]:
        inner.extend(inlines for node in nodes for inlines in _paragraphs(node))
        return nodes

    def inlines(nodes: list[Node]) -> list[Node]:
        inner.append(nodes)
        return nodes

    tree.change_inside(block, blocks, inlines)
    yield from inner


def _marked(node: Node) -> Node | None:
    """What came or went between signs; what was counted anew as it is."""
    if tree.kind(node) == "Span" and (kind := next((name for name in tree.classes(node) if name in SIGNS), "")):
        words = _spaced(tree.rewrite(tree.inlines(node), _noted))
        if tree.has_class(node, "counted"):
            return tree.word("" if kind == DELETED else words)
        bare = words.strip()
        return tree.word(words.replace(bare, SIGNS[kind].format(bare)) if bare else words)
    if tree.kind(node) == "Note":
        return tree.word(f" ({tree.text(tree.rewrite(tree.blocks(node), _marked))})")
    return None


def _spaced(inlines: list[Node]) -> str:
    """The words of inlines, and the spaces around them."""
    fence = tree.word("|")
    return tree.text([fence, *inlines, fence])[1:-1]


def _noted(node: Node) -> Node | None:
    return tree.word(f" ({tree.text(tree.blocks(node))})") if tree.kind(node) == "Note" else None


# ---------------------------------------------------------------- as a Word file


def as_document(digest: Digest, meta: Meta, marker: ChangeMarker, language: str) -> Document:
    """The page as a document of the changed passages alone."""
    first = [digest.name, redline("digest-tracked" if digest.changes else "digest-none", language)]
    parts: list[ComparedPart] = []
    theme = ""
    for change in digest.changes:
        if change.theme != theme:
            theme = change.theme
            parts.append(ComparedPart(theme, (), ()))
        parts.append(ComparedPart(change.title, change.match.old, change.match.new, 3))
    made = replace(meta, title=digest.subject, header=digest.subject)
    return passages_document(made, parts, marker, [tree.para(tree.string(text)) for text in first])
