"""The works that a paragraph cites, where their notes are printed elsewhere: changes of its words leave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from rapport.diff.markdown_alignment import WordChange
from rapport.review.apply.leaves import Leaf, non_word_content
from rapport.review.apply.printed_paragraphs import PrintedParagraph
from rapport.review.apply.splice import Crossing


def cited_words(leaf: Leaf) -> list[range]:
    """The words of a leaf in which works are cited."""
    found = non_word_content(leaf.node)
    return [
        range(start, end) for one, start, end in found if isinstance(one, tuple) and one[0] == "Cite" and start < end
    ]


def called_together(leaf: Leaf, start: int) -> list[tuple[int, list[range]]]:
    """The notes called after the same printed word, in order: which of those typed (-1: of citations), their words."""
    at, notes, found = start, 0, list[tuple[int, list[range]]]()
    for one, first, end in non_word_content(leaf.node):
        if first == at and (one == "Note" or (range(first, end) in cited_words(leaf) and leaf.words[first] == "[")):
            if one != "Note" and found and found[-1][0] < 0:  # citations side by side have one note
                found[-1][1].append(range(first, end))
            else:
                found.append((notes if one == "Note" else -1, [range(first, end)]))
            at = end
        notes += one == "Note"
    return found


def beside_citations(change: WordChange, silent: Sequence[range]) -> Iterator[WordChange]:
    """A change in its pieces before, between and after the citations that it passes over, which print no words there.

    What is put in stands in the first piece. Raises `Crossing` where there is none.
    """
    silent = [cite for cite in silent if change.start <= cite.start and cite.stop <= change.end]
    ends = [change.start, *(place for cite in silent for place in (cite.start, cite.stop)), change.end]
    pieces = [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]
    if not pieces and silent:
        raise Crossing
    for start, end in pieces if silent else ():
        last = end == change.end
        if (start, end) == pieces[0] and change.new:
            right = change.space_right if last else change.old_space_right
            yield replace(change, start=start, end=end, space_right=right)
        else:
            space, was = (change.space_right, change.old_space_right) if last else (True, True)
            yield WordChange(start, end, "", space, space, was, was)
    if not silent:
        yield change


def side_by_side(changes: Iterable[WordChange]) -> list[WordChange]:
    """Changes in order, each with those right after it that only take words out: nothing is cited between them now."""
    found: list[WordChange] = []
    for one in changes:
        last = found[-1] if found else None
        if last is None or one.new or last.end != one.start or one.start == one.end or last.start == last.end:
            found.append(one)
        else:
            left = last.space_left if last.new else one.space_left
            right, was = one.space_right, one.old_space_right
            found[-1] = replace(last, end=one.end, space_left=left, space_right=right, old_space_right=was)
    return found


def not_noted(leaves: Iterable[Leaf], printed: Sequence[PrintedParagraph]) -> frozenset[int]:
    """The leaves of which a citation's note does not say what it is to say."""
    wanted = ((leaf.name, said[0], words) for leaf in leaves for said, words in leaf.notes.items())
    return frozenset(
        name for name, first, words in wanted
        if not any(note.says(words) or note.says(_without_capital(words, first)) for note in printed)
    )  # fmt: skip


def _without_capital(words: Sequence[str], first: str) -> list[str]:
    """The words of a note in which others come before the `first` that it had, under the capital of a beginning."""
    at = words.index(first, 1) if first in words[1:] else 0
    return [word[:1].lower() + word[1:] if n == at > 0 else word for n, word in enumerate(words)]
