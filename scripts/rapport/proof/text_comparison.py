"""The running text and the notes of one output, letter by letter, against what it must say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapport import rules
from rapport.model import Diagnostic, Rule
from rapport.proof.differences import Difference, differences
from rapport.proof.excerpts import NOTHING, WIDE, excerpt, first_difference, readable, shorten
from rapport.proof.expected_output import OutputComparison
from rapport.proof.forbidden import letters
from rapport.proof.reading import BREAK, CALLS, CLOSE, END, OPEN, PICTURE
from rapport.proof.transcript import ExpectedPiece

PICTURES = re.compile(f"{PICTURE}([^{END}]*){END}")

# Which rule a difference breaks, by the kind of the piece; what is not here is plain text.
RULES: Mapping[str, Rule] = {
    "number": rules.WRONG_NUMBER,
    "provenance": rules.WRONG_ASSOCIATION,
    "note": rules.NOTE_DIFFERS,
    "cell": rules.CELL_DIFFERS,
    "caption": rules.CAPTION_DIFFERS,
}
PLAIN: Mapping[str, Rule] = {
    "lost": rules.LOST_IN_OUTPUT,
    "twice": rules.PRINTED_TWICE,
    "moved": rules.OUT_OF_ORDER,
    "changed": rules.CHANGED_WORDS,
    "unknown": rules.UNKNOWN_TEXT,
}


class TextComparison(OutputComparison, frozen=True):
    """A stream of text: every difference as the rule that it breaks, where the words were typed."""

    def differences(self, wanted: str, pieces: Sequence[ExpectedPiece], said: str) -> Iterator[Diagnostic]:
        """One stream of text; equal, nearly always."""
        if without_our_marks(wanted) == said:
            return
        folded = [without_our_marks(piece) for piece in wanted.split(BREAK)]
        for difference in differences(folded, said):
            yield self.diagnose(difference, pieces, folded)

    def diagnose(self, difference: Difference, pieces: Sequence[ExpectedPiece], folded: Sequence[str]) -> Diagnostic:
        """A difference as the rule it breaks, at the place where the words were typed."""
        if difference.kind == "unknown":
            words = difference.found_text
            for sentence in self.expectation.forbidden:
                if sentence.letters in letters(words):
                    return self.diagnostic(rules.FORBIDDEN_TEXT, sentence.span, words=shorten(sentence.words))
            near = _number_before(pieces, difference.index)
            return self.diagnostic(rules.UNKNOWN_TEXT, words=shorten(readable(words)), near=near)
        piece = pieces[difference.index]
        rule = RULES.get(piece.kind, PLAIN[difference.kind])
        words, found = readable("".join(piece.words)), ""
        if difference.kind == "changed":
            rule = _narrowed(rule, folded[difference.index], difference.found_text)
            at = first_difference(folded[difference.index], difference.found_text)
            words = excerpt(words, at)
            found = shorten(readable(difference.found_text[max(0, at - 8) : at + WIDE // 2]))
        facts = {
            "words": shorten(words),
            "near": _number_before(pieces, difference.index),
            "found": found or NOTHING,
        }
        return self.diagnostic(rule, self.expectation.span(piece, self.path), **facts)


def _number_before(pieces: Sequence[ExpectedPiece], index: int) -> str:
    """The number or the title that stands before a piece: where to look for it in the output."""
    for at in range(min(index, len(pieces) - 1), -1, -1):
        if pieces[at].kind in ("number", "heading") and at != index:
            return shorten(readable("".join(pieces[at].words)))
    return "1"


def without_our_marks(text: str) -> str:
    """What is expected without the marks that only we put there."""
    return text.replace(BREAK, "").replace(OPEN, "").replace(CLOSE, "")


def _narrowed(rule: Rule, wanted: str, found: str) -> Rule:
    """Of a changed piece, the rule that says best what changed: its notes' calls, its pictures' words."""
    if CALLS.findall(wanted) != CALLS.findall(found) and CALLS.sub("", wanted) == CALLS.sub("", found):
        return rules.NOTE_DIFFERS
    if PICTURES.findall(wanted) != PICTURES.findall(found) and PICTURES.sub("", wanted) == PICTURES.sub("", found):
        return rules.ALTERNATIVE_DIFFERS
    return rule
