"""What became of the remarks received: one table a draft, and the last draft with the answers as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rapport.messages import LANGUAGES, decisions, letter, review
from rapport.office.add_comments import NewComment, Signature, annotate, open_file
from rapport.office.package import Unsafe
from rapport.office.text_location import TextQuery
from rapport.review.apply.session import ReviewSession
from rapport.review.collect import ledger
from rapport.review.collect.ledger import APPLIED, OPEN, Remark
from rapport.review.collect.remark_rows import RemarkGroup, RemarkRow, RemarkTable
from rapport.review.collect.table import paragraph_names, said_on, shorten
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.draft_files import folder_of, name_of
from rapport.review.freeze.draft_map import DraftParagraph, FrozenDraft
from rapport.safeguarding.outgoing import Outgoing

FOLDER = "build/suites"
SHOWN, LONGEST = 160, 600  # signs of a paragraph, and of a change
COLUMNS = ("answers-who", "answers-what", "answers-before", "answers-after", "answers-state")

# ---------------------------------------------------------------- the table


def table(book: ReviewSession, names: Mapping[str, str], language: str) -> Iterator[RemarkTable]:
    """One table a draft, in the report's order: no file of ours is named in it."""
    for number, remarks in groupby(book.ledger.remarks, key=lambda remark: remark.projet):
        mine = list(remarks)
        draft = book.drafts.get(number)
        places = {place.id: place for place in draft.places} if draft else {}
        open_ = sum(1 for remark in mine if remark.etat == OPEN)
        name = draft.name if draft else str(number)
        yield RemarkTable(
            decisions("answers-title", language, name=name),
            decisions("answers-subject", language, number=len(mine), open=open_),
            tuple(decisions(one, language) for one in COLUMNS),
            tuple(
                RemarkGroup(
                    place_and_author(here[0], names, language),
                    _words(places.get(bloc)),
                    tuple(_row(r, language) for r in here),
                )
                for bloc, here in ((bloc, list(those)) for bloc, those in groupby(mine, key=lambda one: one.bloc))
            ),
            "",
        )


def place_and_author(remark: Remark, names: Mapping[str, str], language: str) -> str:
    """« § 14 – Hors la Rue »."""
    if not remark.is_placed:
        return decisions("answers-nowhere", language)
    name = names.get(remark.association, remark.association) or review("editor", language)
    return " – ".join([*paragraph_names(remark, language), name])


def _words(place: DraftParagraph | None) -> str:
    return shorten(" ".join(place.text.split()), SHOWN) if place else ""


def _row(remark: Remark, language: str) -> RemarkRow:
    words = remark.texte if remark.genre == ledger.COMMENT else remark.apres
    kind, dates = review(f"kind-{remark.genre}", language), said_on(remark, language)
    texts = shorten(remark.avant, LONGEST), shorten(words, LONGEST), outcome(remark, language)
    return RemarkRow(remark.id, remark.relecteur, kind, dates, *texts)


def outcome(remark: Remark, language: str) -> str:
    """What became of a remark, and the editor's word to its reviewer."""
    by_hand = next((how for how in ("by-hand", "done") if remark.etat == APPLIED and _says(remark, how)), remark.etat)
    state = decisions(f"outcome-{by_hand}", language)
    return f"{state} {remark.reponse}" if remark.reponse else state


def _says(remark: Remark, how: str) -> bool:
    """Whether a remark was ticked as done by hand, or found done, in either language of the ledger."""
    return remark.suite in {decisions(f"suite-{how}", language) for language in LANGUAGES}


# ---------------------------------------------------------------- the comments


def write_commented_draft(root: Path, book: ReviewSession, door: Outgoing, language: str) -> list[str]:
    """The last draft's Word file with the answers as comments; says where it is, or what it wants first."""
    frozen = drafts_map.numbers(root)
    if not frozen:
        return []
    number = frozen[-1]
    last = book.drafts.get(number) or drafts_map.open_draft(root, number, language)
    sent = root / folder_of(number) / name_of(number, "docx")
    decided = [remark for remark in book.ledger.remarks if remark.etat != OPEN]
    try:
        file = open_file(sent.read_bytes())
    except (FileNotFoundError, Unsafe):
        return [decisions("answers-rebuild", language, number=number)]
    comments = []
    for index, remarks in sorted(_at_places(decided, last, book).items()):
        place = last.places[index]
        found = file.find(TextQuery(place.text, share=index / len(last.places)))
        if found is not None:
            comments += [NewComment(found, tuple(map(door.words, _answer(remark, language)))) for remark in remarks]
    path = f"{FOLDER}/{name_of(number, 'docx', decisions('answers-suffix', language))}"
    signed = Signature(letter("comment-author", language), last.date)
    path = door.write(root, path, annotate(file, comments, signed))
    return [decisions("answers-comments", language, path=path, number=len(comments), left=len(decided) - len(comments))]


def _at_places(decided: Sequence[Remark], last: FrozenDraft, book: ReviewSession) -> Mapping[int, list[Remark]]:
    """The remarks by the paragraph of the last draft that theirs has become."""
    places = {place.lasting: index for index, place in reversed(list(enumerate(last.places)))}
    found: dict[int, list[Remark]] = {}
    for remark in decided:
        place = book.place(remark)
        if place is not None and place.lasting in places:
            found.setdefault(places[place.lasting], []).append(remark)
    return found


def _answer(remark: Remark, language: str) -> Iterator[str]:
    """« Remarque de Mme A (projet n° 2) : … », and what became of it."""
    words = remark.texte if remark.genre == ledger.COMMENT else remark.apres
    change = f"« {remark.avant} » → « {words} »" if remark.avant and remark.genre != ledger.COMMENT else words
    yield decisions(
        "answers-remark", language, who=remark.relecteur, number=remark.projet, change=shorten(change, SHOWN)
    )
    yield outcome(remark, language)
