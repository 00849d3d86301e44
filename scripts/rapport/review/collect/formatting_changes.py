"""Words that look otherwise, or lead elsewhere, though nobody recorded a change: bold, italic, marked by hand, linked.

Found by comparing with the draft. What several whole paragraphs lost with their style (quotations, captions), and what
differs in many paragraphs, is a program's doing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from rapport.diff.paragraph_matching import ParagraphMatch
from rapport.diff.thresholds import FLATTENED, REWRITTEN, SEVERAL, WIDESPREAD
from rapport.diff.words import Token, token_script, tokens
from rapport.language.web_addresses import plain_address
from rapport.office.tracked_text import TrackedRun
from rapport.review.collect import ledger
from rapport.review.collect.aligned_return import AlignedReturn
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

COMPARED = ("text", "list")  # a heading or a table looks as its style does, which programs write out differently
MARKABLE = (*COMPARED, "heading", "table", "copy", "note", "box")
HAND = {"s": "barré", "h": "surligné", "u": "souligné"}
STRUCK = re.compile(r"(?:[\w ]+, )*barré\b[^:]* à la main")
Spans = Sequence[tuple[int, int, str]]
Looks = Callable[[DraftParagraph], Spans]
RunLook = Callable[[TrackedRun], str]


class _Stretch(Struct, frozen=True):
    """Words of a paragraph of the draft that look otherwise now, and how."""

    start: int
    end: int
    look: str


def formatting_remarks(laid: AlignedReturn) -> Iterator[Remark]:
    """A remark for each stretch of words that looks otherwise; of looks none where the draft's map says nothing."""
    looks = _emphasis(laid) if any(place.looks for place in laid.places) else {}
    marks = _settled(laid, MARKABLE, lambda place: place.marks, lambda run: run.marking)
    known = (*MARKABLE, "entry") if laid.frozen.has_links else ()
    links = _settled(laid, known, lambda place: place.links, lambda run: plain_address(run.link))
    for i in sorted({*looks, *marks, *links}):
        proof = laid.found.by_place[i].method.value
        named = [(one, ledger.LOOKS[one.look]) for one in looks.get(i, ())]
        named += [(one, _marked(one.look)) for one in marks.get(i, ())]
        real = {plain_address(run.link): run.link for run in laid.units[laid.found.by_place[i].units[0]].runs}
        named += [(one, link_words(real.get(one.look, ""))) for one in links.get(i, ())]
        for one, look in named:
            words = laid.places[i].text[one.start : one.end]
            kind, new = asked_by_look(look)
            yield laid.remark(kind, i, None, debut=one.start, avant=words, apres=new, preuve=proof)


def asked_by_look(look: str) -> tuple[str, str]:
    """The kind of the remark that words look so now, and what it wants: words struck by hand are to go."""
    return (ledger.DELETION, "") if STRUCK.fullmatch(look) else (ledger.FORMAT, look)


def changed_look(laid: AlignedReturn, place: int, start: int, run: TrackedRun) -> str:
    """What a tracked change made of the look of words that begin at `start`: « gras », « lien vers … »."""
    here = laid.places[place]
    was = [next((look for a, b, look in spans if a <= start < b), "") for spans in (here.looks, here.marks, here.links)]
    said = [ledger.LOOKS[run.weight]] if run.weight != was[0] else []
    led = laid.frozen.has_links and plain_address(run.link) != was[2]
    said += [_marked(run.marking)] if run.marking != was[1] and not (led and run.marking == "u") else []
    said += [link_words(run.link)] if led else []
    return ", ".join(said) or "autre mise en forme"


def link_words(address: str) -> str:
    """What a remark says of words that lead to this address now."""
    return f"lien vers {address}" if address else "sans lien"


def link_address(asked: str) -> str | None:
    """The address that a remark wants its words to lead to: "" of no link, None where it is of something else."""
    found = re.fullmatch(r"lien vers (.+)|sans lien", asked)
    return (found[1] or "") if found else None


def _marked(look: str) -> str:
    """« barré et souligné à la main » for « su »; « sans marque » for nothing."""
    *others, last = [HAND[sign] for sign in look] or [""]
    return f"{', '.join(others)}{' et ' if others else ''}{last} à la main" if look else "sans marque"


def _emphasis(laid: AlignedReturn) -> dict[int, list[_Stretch]]:
    """The words made bold or italic, or no longer so."""
    found = _settled(laid, COMPARED, lambda place: place.looks, lambda run: run.weight)
    styled = [i for i in found if laid.places[i].looks]
    lost = {i for i in styled if _whole(laid.places[i], [(s.start, s.end, s.look) for s in found[i]])}
    return found if len(lost) == 1 else {i: stretches for i, stretches in found.items() if i not in lost}


def _settled(laid: AlignedReturn, kinds: Sequence[str], then: Looks, now: RunLook) -> dict[int, list[_Stretch]]:
    """What looks otherwise in the paragraphs that stayed, unless it does nearly everywhere, or nearly all was lost."""
    found = {
        i: list(_stretches(laid.places[i], then(laid.places[i]), laid.units[one.units[0]].runs, now))
        for i, one in _stayed(laid, kinds).items()
    }
    had = [i for i in found if then(laid.places[i])]
    lost = {i for i in had if found[i] and not any(one.look for one in found[i])}
    lost = lost if len(lost) > max(FLATTENED * len(had), SEVERAL) else set()
    changed = {i: stretches for i, stretches in found.items() if stretches and i not in lost}
    return changed if len(changed) <= max(WIDESPREAD * len(found), 1) else {}


def _stayed(laid: AlignedReturn, kinds: Sequence[str]) -> dict[int, ParagraphMatch]:
    """The paragraphs that are still themselves: typed anew as a whole, moved or joined, they look otherwise anyhow."""

    def stayed(one: ParagraphMatch) -> bool:
        alone = len(one.places) == len(one.units) == 1 and not one.is_moved and one.likeness >= REWRITTEN
        before = one.units[0] - 1
        return alone and (before < 0 or laid.units[before].joining is None)

    return {i: one for i, one in laid.found.by_place.items() if laid.places[i].kind in kinds and stayed(one)}


def _whole(place: DraftParagraph, spans: Spans) -> bool:
    """Whether stretches cover every word of a paragraph that nobody counts."""
    covered = (*place.counted, *((start, end) for start, end, _ in spans))
    words = [token for token in tokens(place.text) if token.key.isalnum()]
    return bool(spans) and all(any(start <= one.start < end for start, end in covered) for one in words)


def _stretches(place: DraftParagraph, spans: Spans, runs: Sequence[TrackedRun], look: RunLook) -> Iterator[_Stretch]:
    """Where the same words look otherwise, one stretch as long as they follow each other."""
    sent = [run for run in runs if not run.insertion]
    if not spans and not any(map(look, sent)):
        return
    then, now = [""] * len(place.text), [weight for run in sent for weight in [look(run)] * len(run.text)]
    for start, end, weight in spans:
        then[start:end] = [weight] * (end - start)
    if then == now:
        return
    settled = {at for start, end in place.counted for at in range(start, end)}
    told = [bool(run.look or run.deletion) for run in sent for _ in run.text]
    here: _Stretch | None = None
    for one, other in _same(tokens(place.text), tokens("".join(run.text for run in sent))):
        if not one.key.isalnum() or one.start in settled or any(told[other.start : other.end]):
            continue
        new = now[other.start]
        differs = set(then[one.start : one.end]) != set(now[other.start : other.end])
        if here is not None and (not differs or new != here.look):
            yield here
            here = None
        if differs:
            here = _Stretch(one.start if here is None else here.start, one.end, new)
    if here is not None:
        yield here


def _same(left: Sequence[Token], right: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """The words that stand in both."""
    for same, a, b, c, d in token_script(left, right):
        if same:
            yield from zip(left[a:b], right[c:d], strict=True)
