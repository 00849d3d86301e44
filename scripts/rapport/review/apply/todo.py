"""What accepted remarks leave to do by hand: one list for each association, and one for the editor's own texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from rapport.examination.result import Examined
from rapport.messages import decisions, review
from rapport.office.plain_page import PageLine
from rapport.pipeline import outgoing_door
from rapport.review.apply.session import ReviewSession
from rapport.review.apply.targets import Obstacle
from rapport.review.collect import ledger
from rapport.review.collect.ledger import Remark
from rapport.review.collect.table import paragraph_names, shorten
from rapport.storage.transaction import remove_others

FOLDER = "build/a-faire"
LONGEST = 600


def reason(why: tuple[Obstacle, str], language: str) -> str:
    """Why a remark was not written, and what to do now."""
    return decisions(f"why-{why[0]}", language, detail=why[1])


def write(
    root: Path,
    examined: Examined,
    book: ReviewSession,
    left: Mapping[str, tuple[Obstacle, str]],
    whole: bool,
    language: str,
) -> list[str]:
    """The lists, rewritten; where everything was looked at (`whole`), those of which nothing is left are taken away."""
    assert examined.outline is not None
    names = {one.id: one.name for one in examined.associations.values()}
    editor = decisions("todo-editor-file", language)
    waiting = sorted((r for r in book.ledger.remarks if r.id in left), key=lambda r: r.association)
    written = list[str]()
    door = outgoing_door(examined, language).knowing(remark.relecteur for remark in waiting)
    for association, group in groupby(waiting, key=lambda remark: remark.association):
        name = names.get(association, association) or decisions("todo-editor", language)
        lines = list(_page(name, list(group), left, language))
        written += door.write_page(root, f"{FOLDER}/{association or editor}", lines, examined.outline.identity.date)
    if whole:
        remove_others(root, FOLDER, ("*.txt", "*.docx"), written)
    return [path for path in written if path.endswith("docx")]


def _page(
    name: str, remarks: list[Remark], left: Mapping[str, tuple[Obstacle, str]], language: str
) -> Iterator[PageLine]:
    yield PageLine("to", name)
    yield PageLine("subject", decisions("todo-subject", language, number=len(remarks)))
    yield PageLine("para", decisions("todo-how", language))
    for remark in sorted(remarks, key=lambda r: (r.fichier, -r.projet, r.place, r.debut)):
        yield PageLine("file", _where(remark, language))
        yield PageLine("point", decisions("todo-point", language, kind=review(f"kind-{remark.genre}", language),
                                      who=remark.relecteur, id=remark.id))  # fmt: skip
        if remark.avant:
            yield PageLine("quote", shorten(remark.avant, LONGEST))
        words = remark.texte if remark.genre == ledger.COMMENT else remark.apres
        if words:
            yield PageLine("what", decisions("todo-becomes", language, words=shorten(words, LONGEST)))
        why = reason(left[remark.id], language)
        yield PageLine("detail", f"{why[:1].upper()}{why[1:]}")


def _where(remark: Remark, language: str) -> str:
    number = "".join(paragraph_names(remark, language))
    if not remark.fichier:
        return number or decisions("todo-nowhere", language)
    place = review("line", language, path=remark.fichier, line=remark.ligne)
    return f"{place} ({number})" if number else place
