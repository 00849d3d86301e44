"""The comments of a returned file: each on the words that it hangs on, answers after what they answer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.diff.words import WordPositions
from rapport.language.folding import fold_typography
from rapport.office.comment_seal import is_ours
from rapport.office.comments import FoundComment
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import QUOTED, AlignedReturn
from rapport.review.collect.edits import join_units
from rapport.review.collect.ledger import Remark
from rapport.storage.cache import digest

SAID_BY_ITSELF = ("Comment added", "Comment deleted", "Commentaire ajouté", "Commentaire supprimé")
"""What LibreOffice writes beside a comment made in a .doc while changes are recorded."""


def comments(laid: AlignedReturn) -> Iterator[Remark]:
    """Comments, each where it hangs; an answer after what it answers."""
    ids: dict[str, str] = {}
    told = {comment.id: comment for comment in laid.returned.comments}
    for comment in sorted(told.values(), key=lambda one: _depth(one, told)):
        ours = is_ours(comment.author, comment.text) or digest(fold_typography(comment.text)) in laid.frozen.comments
        nothing = not comment.quote.strip() and (comment.text in SAID_BY_ITSELF or not comment.text.strip())
        if ours or nothing:
            continue
        made = _commented(laid, comment, ids.get(comment.parent, ""), told)
        ids[comment.id] = made.id
        yield made


def _commented(laid: AlignedReturn, comment: FoundComment, parent: str, told: dict[str, FoundComment]) -> Remark:
    hung = comment
    while hung.line is None and hung.parent in told and hung.parent != hung.id:
        hung = told[hung.parent]
    wordless = "" if comment.text.strip() else ledger.WORDLESS
    said = {"texte": comment.text, "resolu": comment.is_resolved, "repond_a": parent, "doute": wordless}
    who = _Person(comment.author, comment.date)
    j = laid.at_line.get(-1 if hung.line is None else hung.line)
    found = laid.found.by_unit.get(-1 if j is None else j)
    if j is None:
        return laid.remark(ledger.COMMENT, None, who, avant=hung.quote.strip()[:QUOTED], **said)
    if found is None:
        i = next((n for n in (laid.neighbour(j, -1), laid.neighbour(j, 1)) if n is not None), None)
        sure = i is not None and not laid.units[j].text_sent.strip()
        return laid.remark(ledger.COMMENT, i if sure else None, who, avant=hung.quote.strip()[:QUOTED], **said)
    mine = [laid.units[n] for n in found.units]
    base, starts = laid.join(found.places)
    sent = "".join(run.text for run in join_units(mine) if not run.insertion)
    start = WordPositions(sent, base)(_offset(laid, found, j, hung))
    at = max(n for n, begin in enumerate(starts) if begin <= start)
    i, start = found.places[at], start - starts[at]
    quote = hung.quote.strip()[:QUOTED]
    words = laid.places[i].text[start : start + len(quote)]
    exact = fold_typography(words) == fold_typography(quote)
    return laid.remark(
        ledger.COMMENT, i, who, debut=start, avant=words if exact else quote, preuve=found.method.value, **said
    )


def _offset(laid: AlignedReturn, found: ParagraphMatch, j: int, comment: FoundComment) -> int:
    """Where a comment begins in the words of its paragraph as it was sent."""
    before = [laid.units[n].text_sent for n in found.units if n < j]
    at = sum(len(text) + 1 for text in before)
    for index in laid.units[j].lines:
        line = laid.returned.lines[index]
        if index == comment.line:
            return at + sum(len(run.text) for run in line.runs[: comment.run] if not run.insertion)
        at += len(line.text_sent)
    return at


class _Person(Struct, frozen=True):
    author: str
    date: str


def _depth(comment: FoundComment, told: dict[str, FoundComment]) -> int:
    """How many comments stand above one in its thread."""
    seen, depth = {comment.id}, 0
    while comment.parent in told and comment.parent not in seen:
        comment = told[comment.parent]
        seen.add(comment.id)
        depth += 1
    return depth
