"""Accepted changes of paragraphs as changes of Markdown: put in, taken out, moved, made bold; see `paragraph_breaks`.

Each change is made on texts in memory and read again at once: the paragraphs have to be exactly those that it asks for,
the others untouched, or it is not made. `paragraph_writing` then proves them all on the report laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from rapport import tree
from rapport.review.apply.edited_texts import (
    EditedTexts,
    TextState,
    UnfaithfulEdit,
    after_list,
    continuation_lines,
    separator,
    uncalled_notes,
    without_lines,
)
from rapport.review.apply.leaves import Leaf, Lines, keys_of
from rapport.review.apply.printed_paragraphs import NOTE
from rapport.review.apply.source_ranges import NOTE_TEXT
from rapport.review.apply.splice import CALL, Crossing, SourceEdit

HEAD = re.compile(r"(?:R\d+\s+)?(?P<to>[^():]{3,200}?)\s*(?P<rest>\([^()]*\)\s*:.*)", re.DOTALL)
TIED = re.compile(r"!\[|\]\(#|\{#")  # a picture, a link inside the text, a name: they belong to their file

# ---------------------------------------------------------------- taken out


def delete(texts: EditedTexts, path: str, name: int) -> None:
    """A paragraph taken out with its notes; a note with its call."""
    state = texts.states[path]
    leaf = state.leaf(name)
    if leaf.side_kind == NOTE:
        delete_note(texts, path, leaf)
        return
    if leaf.side_kind or leaf.row >= 0 or tree.kind(leaf.node) not in (*tree.PARAGRAPHS, "Header", "CodeBlock"):
        raise Crossing
    group = state.group(leaf)
    lines = state.source.lines(leaf)
    edits = [
        *uncalled_notes(state, state.text[lines.begin : lines.end]),
        without_lines(state.text, lines.start, lines.end),
    ]
    edits += first_number(state, leaf, lines)
    texts.make(path, edits, [one for one in state.source.leaves if one not in group])


def first_number(state: TextState, leaf: Leaf, lines: Lines) -> Iterator[SourceEdit]:
    """The number of a list's first item, which goes, for the one after it: a list that begins with 2 is none."""
    if not leaf.begins_item or leaf.containers[-1:] != ("OrderedList",):
        return
    same = [one for one in state.source.leaves if (one.passage, one.containers) == (leaf.passage, leaf.containers)]
    at = same.index(leaf)
    if not at and len(same) > 1 and same[1].begins_item:
        following = state.source.lines(same[1])
        yield SourceEdit(following.start, following.begin, lines.lead)


def delete_note(texts: EditedTexts, path: str, leaf: Leaf) -> None:
    """A note taken out: its call, and its text where that stands elsewhere."""
    state = texts.states[path]
    place, label = state.source.note(leaf)
    at = state.source.leaves.index(leaf)
    if not label:
        edits = [SourceEdit(place.start, place.end, "")]
    else:
        calls = list(re.finditer(re.escape(label) + r"(?!:)", state.text))
        edits = [SourceEdit(call.start(), call.end(), "") for call in calls]
        edits.append(without_lines(state.text, place.start, place.end))
    caller = next(i for i in range(at, -1, -1) if not state.source.leaves[i].side_kind)
    number = sum(1 for one in state.source.leaves[caller + 1 : at] if one.side_kind == NOTE)
    wanted = [one for one in state.source.leaves if one is not leaf]
    wanted[caller] = replace(wanted[caller], frame=without_note(wanted[caller].frame, number))
    texts.make(path, edits, wanted)


def without_note(frame: Sequence[object], number: int) -> tuple[object, ...]:
    """A frame without its note of this number."""
    notes = [n for n, one in enumerate(frame) if one == "Note"]
    if number >= len(notes):
        raise Crossing
    return tuple(one for n, one in enumerate(frame) if n != notes[number])


# ---------------------------------------------------------------- put in


def insert(texts: EditedTexts, path: str, name: int, words: str, before: bool = False) -> int:
    """A new paragraph after (or before) another, an item where that is one; the name of its leaf."""
    state = texts.states[path]
    leaf = state.leaf(name if before else texts.tails.get((path, name), name))
    if not (leaf.is_plain or (tree.kind(leaf.node) == "Header" and not before)):
        raise Crossing
    lines = state.source.lines(leaf)
    written, wanted = new_leaf(state, leaf, lines, words, texts.name())
    apart = separator(leaf, lines)
    if leaf.is_recommendation and not wanted.begins_item:
        if before:
            raise Crossing
        lines, apart = replace(lines, lead=lines.indent), "\n\n"
    at = state.source.leaves.index(leaf)
    if before:
        edit = SourceEdit(lines.start, lines.start, f"{lines.lead}{written}{apart}")
    else:
        edit = SourceEdit(lines.end, lines.end, f"{apart}{lines.lead}{written}")
        at += len(state.group(leaf))
    texts.make(path, [edit], [*state.source.leaves[:at], wanted, *state.source.leaves[at:]])
    if not before:
        texts.tails[(path, name)] = wanted.name
    return wanted.name


def new_leaf(state: TextState, leaf: Leaf, lines: Lines, words: str, name: int) -> tuple[str, Leaf]:
    """New words as they are typed beside a leaf, and the leaf that they make; a recommendation's head is in bold."""
    ground = state.source.ground(leaf)
    head = HEAD.fullmatch(words.strip()) if leaf.is_recommendation else None
    typed = words.strip()
    said = keys_of(typed)
    looks = ("",) * len(said)
    written = ground.escape(typed, lines.start)
    if head is not None:
        typed = f"{head['to']} {head['rest']}"
        said, bold = keys_of(typed), len(keys_of(head["to"]))
        looks = ("b",) * bold + ("",) * (len(said) - bold)
        written = f"**{ground.escape(head['to'], lines.start)}** {ground.escape(head['rest'], lines.begin)}"
    if not said:
        raise Crossing
    printed = None if leaf.printed_words is None else said
    made = replace(leaf, words=said, looks=looks, frame=(), printed_words=printed, name=name)
    if leaf.is_recommendation and head is None:  # words that call on nobody go on in the recommendation
        made = replace(made, begins_item=False)
    return written, made


def move(texts: EditedTexts, path: str, name: int, goal: str, after: int, before: bool = False) -> None:
    """A paragraph with its notes put after (or before) another, in the same contribution or in another one."""
    state, there = texts.states[path], texts.states[goal]
    leaf = state.leaf(name)
    target = there.leaf(after if before else texts.tails.get((goal, after), after))
    header = tree.kind(target.node) == "Header" and not before
    if not leaf.is_plain or not (target.is_plain or header) or (path, name) == (goal, target.name):
        raise Crossing
    group, lines, place = state.group(leaf), state.source.lines(leaf), there.source.lines(target)
    goes_on = target.is_recommendation and not leaf.containers and not before  # a recommendation goes on with it
    deepest = max(len(leaf.containers), len(target.containers))
    own = leaf.containers != target.containers and deepest == 1 and not goes_on
    if own or goes_on:  # it stays what it is
        place = replace(place, lead=place.indent if goes_on else lines.lead)
    raw = continuation_lines(state.text[lines.begin : lines.end], place.indent)
    like = leaf if own else target
    first = like.begins_item and not goes_on
    wanted = [replace(one, containers=like.containers, begins_item=first and not one.side_kind) for one in group]
    if target.containers != leaf.containers and not own:
        wanted = [replace(one, is_recommendation=False) for one in wanted]
    notes: list[SourceEdit] = []
    removed = [without_lines(state.text, lines.start, lines.end), *first_number(state, leaf, lines)]
    if goal != path:
        if TIED.search(raw):
            raise Crossing
        raw, notes = carry_notes(state.text, there.text, raw)
        removed += uncalled_notes(state, state.text[lines.begin : lines.end])
    apart = "\n\n" if own or goes_on else separator(target, place)
    raw = f"{place.lead}{raw}"
    if before:
        put = SourceEdit(place.start, place.start, f"{raw}{apart}")
    else:
        following = there.source.leaves[there.source.leaves.index(target) + len(there.group(target)) :][:1]
        joins = own and any(one.begins_item and one.containers == leaf.containers for one in following)
        end = "" if joins or not own else after_list(there.text, place.end)
        put = SourceEdit(place.end, place.end + joins, f"{apart}{raw}{end}")
    rest = [one for one in state.source.leaves if one not in group]
    others = rest if goal == path else there.source.leaves
    at = others.index(target) + (0 if before else len(there.group(target)))
    arrived = [*others[:at], *wanted, *others[at:]]
    if goal == path:
        texts.make(path, [*removed, put], arrived)
    else:
        kept = texts.states[goal]
        texts.make(goal, [put, *notes], arrived)
        try:
            texts.make(path, removed, rest)
        except (UnfaithfulEdit, Crossing):
            texts.states[goal] = kept
            raise
    if not before:
        texts.tails[(goal, after)] = name


def carry_notes(here: str, there: str, raw: str) -> tuple[str, list[SourceEdit]]:
    """Words under labels of notes that the other text has not, and the texts of these notes at its end."""
    added: list[str] = []
    for call in dict.fromkeys(CALL.findall(raw)):
        text = next((one[0] for one in NOTE_TEXT.finditer(here) if one[0].startswith(f"{call}:")), None)
        if text is None:
            raise Crossing
        label, number = call, 1
        while label in there or label in "".join(added):
            number += 1
            label = f"{call[:-1]}-{number}]"
        raw = raw.replace(call, label)
        added.append(f"{label}{text.removeprefix(call).rstrip()}")
    if not added:
        return raw, []
    gap = "" if there.endswith("\n\n") else "\n" if there.endswith("\n") else "\n\n"
    return raw, [SourceEdit(len(there), len(there), f"{gap}{chr(10).join(added)}\n")]


# ---------------------------------------------------------------- bold and italic

MARKS = {"b": "**", "i": "*", "bi": "***"}


def format_words(texts: EditedTexts, path: str, name: int, first: int, last: int, look: str) -> None:
    """The words from `first` up to `last` made bold, italic, both, or neither."""
    state = texts.states[path]
    leaf = state.leaf(name)
    ground = state.source.ground(leaf)
    if any(n not in ground.places for n in range(first, last)) or first >= last:
        raise Crossing
    now = set(leaf.looks[first:last])
    if len(now) != 1:
        raise Crossing
    (was,) = now
    signs = [
        bool(set(was) - set(look)) and not w.isalnum() and k == was for w, k in zip(leaf.words, leaf.looks, strict=True)
    ]
    while first and signs[first - 1]:  # they go with the words
        first -= 1
    while last < len(signs) and signs[last]:
        last += 1
    start, end = ground.token(first).start, ground.token(last - 1).end
    wanted = replace(leaf, looks=leaf.looks[:first] + (look,) * (last - first) + leaf.looks[last:])
    if not set(was) - set(look):
        mark = MARKS["".join(sorted(set(look) - set(was)))]
        edits = [SourceEdit(start, start, mark), SourceEdit(end, end, mark)]
    else:
        edits = unmark_words(state.text, start, end, MARKS["".join(sorted(set(was) - set(look)))])
    texts.make(path, edits, [wanted if one is leaf else one for one in state.source.leaves])


def unmark_words(text: str, start: int, end: int, mark: str) -> list[SourceEdit]:
    """The marks taken off words: they stand around these alone, or are closed before them and opened after them."""
    opened, closed = text[:start].endswith(mark), text[end:].startswith(mark)
    left = SourceEdit(start - len(mark), start, "") if opened else SourceEdit(start - 1, start - 1, mark)
    right = SourceEdit(end, end + len(mark), "") if closed else SourceEdit(end + 1, end + 1, mark)
    if (not opened and text[start - 1] != " ") or (not closed and text[end : end + 1] != " "):
        raise Crossing
    return [left, right]
