"""Ends of paragraphs as accepted changes put them in or take them out: paragraphs cut, and made one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from rapport.diff.markdown_alignment import WordChange, keys, with_changes
from rapport.review.apply.edited_texts import EditedTexts, TextState, continuation_lines, separator, without_lines
from rapport.review.apply.leaves import ANY, Leaf
from rapport.review.apply.printed_paragraphs import NOTE
from rapport.review.apply.splice import BLANK_AFTER, BLANK_BEFORE, Crossing, SourceEdit

CUT = "\ue000"  # an end of paragraph, among words
CUT_WORDS = re.compile(rf"[ \t]*{CUT}[ \t]*")


def change(
    texts: EditedTexts, path: str, name: int, changes: Sequence[WordChange], printed: Sequence[WordChange]
) -> None:
    """Words changed with ends of paragraphs among them; `printed`: the same in the words that the report prints."""
    state = texts.states[path]
    leaf = state.leaf(name)
    if not leaf.is_plain:
        raise Crossing
    ground, lines = state.source.ground(leaf), state.source.lines(leaf)
    apart = separator(leaf, lines) + lines.lead
    if leaf.is_recommendation:  # its further paragraphs are no recommendations of their own
        apart = f"\n\n{lines.indent}"
    edits = [as_paragraph_breaks(state.text, ground.edit(one), apart) for one in changes]
    wanted = pieces(leaf, changes, printed, texts.name)
    at, group = state.source.leaves.index(leaf), state.group(leaf)
    rest = state.source.leaves[at + len(group) :]
    if len(group) > 1:  # its notes follow the piece that calls them
        wanted = with_notes(wanted, group[1:], edits, state)
    texts.make(path, edits, [*state.source.leaves[:at], *wanted, *rest])
    texts.tails[(path, name)] = [one for one in wanted if not one.side_kind][-1].name


def as_paragraph_breaks(text: str, edit: SourceEdit, apart: str) -> SourceEdit:
    """An edit whose ends of paragraph are written as such, with no space beside them."""
    start, end, new = edit.start, edit.end, edit.new
    if CUT not in new:
        return edit
    if new.strip().startswith(CUT) and (blank := BLANK_BEFORE.search(text, 0, start)):
        start = blank.start()
    if new.strip().endswith(CUT) and (blank := BLANK_AFTER.match(text, end)):
        end = blank.end()
    return SourceEdit(start, end, CUT_WORDS.sub(lambda _: apart, new))


def pieces(
    leaf: Leaf, changes: Sequence[WordChange], printed: Sequence[WordChange], name: Callable[[], int]
) -> list[Leaf]:
    """The leaves that one becomes."""
    said = split(with_changes(leaf.words, changes))
    marked = [(look,) for look in leaf.looks]
    looks: list[tuple[str, ...]] = list(marked)
    for one in sorted(changes, key=lambda c: c.start, reverse=True):
        looks[one.start : one.end] = [(CUT,) if key == CUT else (ANY,) for key in keys(one.new)]
    seen = split([one for (one,) in looks])
    prints = split(with_changes(leaf.printed_words, printed)) if leaf.printed_words is not None else [None] * len(said)
    if not len(said) == len(seen) == len(prints) or not all(said):
        raise Crossing
    made = []
    for number, (words, look, print_) in enumerate(zip(said, seen, prints, strict=True)):
        frame = leaf.frame if not number else ()
        seen_first, printed_words = leaf.begins_item and not number, None if print_ is None else tuple(print_)
        piece = replace(leaf, words=tuple(words), looks=tuple(look), frame=frame, begins_item=seen_first)
        made.append(replace(piece, printed_words=printed_words, name=name() if number else leaf.name))
    return made


def with_notes(
    made: Sequence[Leaf], notes: Sequence[Leaf], edits: Sequence[SourceEdit], state: TextState
) -> list[Leaf]:
    """The pieces, each with the notes that it calls: those called before the first cut stay with the first piece."""
    cut = min(edit.start for edit in edits)
    lines = state.source.lines(state.leaf(made[0].name))
    called = state.text[lines.begin : cut]
    first = len(re.findall(r"\[\^[^\]\s]+\](?!:)|\^\[", called))
    if len(made) != 2 or any(leaf.side_kind != NOTE for leaf in notes) or len(notes) < first:
        raise Crossing
    return [made[0], *notes[:first], made[1], *notes[first:]]


def split(words: Sequence[str]) -> list[list[str]]:
    """Words between the cuts."""
    found: list[list[str]] = [[]]
    for word in words:
        if word == CUT:
            found.append([])
        else:
            found[-1].append(word)
    return found


def merge(texts: EditedTexts, path: str, name: int, last: int) -> None:
    """A paragraph and those after it up to `last` made one."""
    while True:
        state = texts.states[path]
        leaf = state.leaf(name)
        group = state.group(leaf)
        at = state.source.leaves.index(leaf) + len(group)
        if at >= len(state.source.leaves):
            raise Crossing
        other = state.source.leaves[at]
        if not leaf.is_plain or not other.is_plain:
            raise Crossing
        mine, theirs = state.source.lines(leaf), state.source.lines(other)
        raw = continuation_lines(state.text[theirs.begin : theirs.end], mine.indent)
        known = leaf.printed_words is not None and other.printed_words is not None
        joined = replace(
            leaf, words=leaf.words + other.words, looks=leaf.looks + other.looks, frame=leaf.frame + other.frame,
            printed_words=(*(leaf.printed_words or ()), *(other.printed_words or ())) if known else None,
        )  # fmt: skip
        following = state.group(other)
        wanted = [*state.source.leaves[: at - len(group)], joined, *group[1:], *following[1:],
                  *state.source.leaves[at + len(following) :]]  # fmt: skip
        edits = [SourceEdit(mine.end, mine.end, f" {raw}"), without_lines(state.text, theirs.start, theirs.end)]
        texts.make(path, edits, wanted)
        texts.tails[(path, other.name)] = name
        if other.name == last:
            return
