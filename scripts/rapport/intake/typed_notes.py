"""Notes typed by hand, « Lyon* » or « l'enquête (1) » with « * Enquête de 2012 » further down, made notes.

A mark that one call and one line share, in this order, is a note; where it is not sure which call a line answers, both
stay and the association is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from rapport import tree
from rapport.intake.headings import has_bold_words
from rapport.intake.inlines import drop, signs, trim, without_custom_styles
from rapport.intake.states import Notification, ReceivedText
from rapport.language.folding import fold_words
from rapport.model import Node
from rapport.office.normal_document import Loss

RAISED = "¹²³⁴⁵⁶⁷⁸⁹"
MARK = rf"\*{{1,4}}|†|\(\d{{1,2}}\)|\[\d{{1,2}}\]|[{RAISED}]"
LINE = re.compile(rf"\s*(?P<mark>{MARK})\s*(?=[^\W_]|[«“\"'’])")
# Glued to its word, or a number in brackets behind one: « , (2) la honte » goes on with a list.
CALL = re.compile(rf"(?<=[\w»”\"’).,;:!?…])(?P<mark>(?:\*{{1,4}}|†|[{RAISED}]|\(\d{{1,2}}\)|\[\d{{1,2}}\]))(?![\w*])")
RAISED_MARK = re.compile(r"\s*(?P<mark>\*{1,4}|†|\(?\d{1,2}\)?|\[\d{1,2}\])\s*")
APART = re.compile(rf"{CALL.pattern}|^(?P<alone>\(\d{{1,2}}\)|\[\d{{1,2}}\])(?![\w*])")  # or with a space before it
GOES_ON = re.compile(r"(?:[,;:]|\b(?:et|ou|puis|voir|cf\.?|points?|alinéas?|and|or|see))\s*$", re.IGNORECASE)
TITLES = ("notes", "notes de bas de page", "notes de fin", "footnotes", "endnotes")
SHOWN = 80  # signs of a line that is asked about


class _Call(Struct):
    """A call met in the text: its mark, the block that it stands in, and the line that answers it."""

    mark: str
    block: int
    note: Node | None = None


class _Found(Struct):
    """The calls in their order, and the lines by their blocks: the mark, and the words after it."""

    calls: list[_Call] = field(default_factory=list)
    lines: dict[int, tuple[str, list[Node]]] = field(default_factory=dict)


def with_notes(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks with the notes that were typed as notes, each at its call; what changed, and what is open, is told."""
    found = _Found()
    for at, block in enumerate(blocks):
        if line := _line(block):
            found.lines[at] = line
        else:
            _change_calls([block], lambda mark, at=at: found.calls.append(_Call(mark, at)))  # type: ignore[misc]
    _drop_numbered_paragraphs(found, blocks)
    answered = _pair(found, received)
    if not answered:
        return list(blocks)
    notes = iter([call.note for call in found.calls])
    out: list[Node] = []
    for at, block in enumerate(blocks):
        if at in answered:
            continue
        if _is_title(block) and at + 1 in answered:
            received.losses.append(Loss("note-mark", 1, tree.text(block)))
        else:
            out += [block] if at in found.lines else _change_calls([block], lambda _: next(notes))
    return out


def _line(block: Node) -> tuple[str, list[Node]] | None:
    """The mark that a paragraph begins with, and what stands behind it; None where it is no line of a note."""
    if tree.kind(block) not in tree.PARAGRAPHS:
        return None
    inlines = trim(without_custom_styles(tree.inlines(block)))
    if inlines and tree.kind(inlines[0]) == "Superscript":
        raised = RAISED_MARK.fullmatch(tree.text(inlines[0]))
        return (f"^{raised['mark']}", trim(inlines[1:])) if raised and trim(inlines[1:]) else None
    typed = LINE.match(signs(inlines))
    return (_key(typed["mark"]), drop(inlines, typed.end())) if typed else None


def _key(mark: str) -> str:
    return f"^{RAISED.index(mark) + 1}" if mark in RAISED else mark


def _change_calls(blocks: list[Node], answer: Callable[[str], Node | None]) -> list[Node]:
    """Blocks in which every call is what `answer` gives for its mark; a call that it gives nothing for stays."""

    def change(node: Node) -> Node | None:
        if tree.kind(node) not in tree.PARAGRAPHS:
            return None
        return tree.with_inlines(node, _changed(tree.inlines(node), answer))

    changed: list[Node] = tree.rewrite(blocks, change)
    return changed


def _changed(inlines: Sequence[Node], answer: Callable[[str], Node | None]) -> list[Node]:
    out = list[Node]()
    before = ""  # the word before, behind which a call may stand apart
    for node in inlines:
        kind = tree.kind(node)
        if kind == "Superscript" and (raised := RAISED_MARK.fullmatch(tree.text(node))):
            out.append(answer(f"^{raised['mark']}") or node)
        elif kind == "Str":
            letters = tree.letters(node)
            cut = _cut(letters, APART if before and not GOES_ON.search(before) else CALL, answer)
            if cut and tree.kind(cut[0]) == "Note" and out and tree.kind(out[-1]) in tree.BLANKS:
                out.pop()
            out, before = [*out, *cut], letters
        elif kind in tree.STYLED or kind == "Span":
            out.append(tree.with_inlines(node, _changed(tree.inlines(node), answer)))
            before = tree.text(node)
        else:
            out.append(node)
    return out


def _cut(letters: str, pattern: re.Pattern[str], answer: Callable[[str], Node | None]) -> list[Node]:
    """A word cut at the calls in it."""
    parts, at = list[Node](), 0
    for call in pattern.finditer(letters):
        if (note := answer(_key(call[0]))) is not None:
            parts += [*([tree.word(letters[at : call.start()])] if call.start() > at else []), note]
            at = call.end()
    return [*parts, *([tree.word(letters[at:])] if letters[at:] else [])]


def _pair(found: _Found, received: ReceivedText) -> set[int]:
    """Which blocks are lines that a call above them takes; a line that several calls could take is asked about."""
    answered = set[int]()
    since: dict[str, int] = {}  # the line of the same mark before
    for at, (mark, inlines) in found.lines.items():
        calls = [one for one in found.calls if one.mark == mark and since.get(mark, -1) < one.block < at]
        since[mark] = at
        if len(calls) == 1:
            calls[0].note = tree.note([tree.para(inlines)])
            answered.add(at)
            received.losses.append(Loss("note-mark", 2, " ".join([mark.lstrip("^")] * 2)))
            received.count_repair("typed-note")
        elif calls:
            facts = {"mark": mark.lstrip("^"), "text": tree.text(inlines)[:SHOWN]}
            received.questions.append(Notification("note-calls", facts))
    return answered


def _drop_numbered_paragraphs(found: _Found, blocks: Sequence[Node]) -> None:
    """Lines « (1) … », « (2) … » are notes only where they are the last of a part, one after the other, each called."""
    numbered = [at for at, (mark, _) in found.lines.items() if mark[0] in "(["]
    called = {call.mark for call in found.calls}
    for run in _runs(numbered):
        after = blocks[run[-1] + 1] if run[-1] + 1 < len(blocks) else None
        marks = [found.lines[at][0] for at in run]
        ends = after is None or tree.kind(after) == "Header" or has_bold_words(tree.inlines(after))
        in_order = [re.sub(r"\D", "", mark) for mark in marks] == [str(at + 1) for at in range(len(run))]
        if not (ends and in_order and called.issuperset(marks)):
            for at in run:
                del found.lines[at]


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Numbers that follow one another, together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] + 1 == at:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_title(block: Node) -> bool:
    return tree.kind(block) in (*tree.PARAGRAPHS, "Header") and fold_words(tree.text(block)) in TITLES
