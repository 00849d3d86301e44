"""The words and drawings of a workshop's form laid beside those of its file: what is there already keeps what it had.

A piece whose words, or whose drawing, come again as they were keeps its code, who looked at it, the page that was
shown, what became of it, and what the form leaves empty. Of two agreements the later one counts, else the narrower.
What was withdrawn is not taken. What is read beside the words, if it changed, is looked at anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from msgspec import Struct, field

from rapport.intake.states import SentDocument
from rapport.intake.workshop_agreement import agreed_answers, answers_of
from rapport.intake.workshop_form import WorkshopCard
from rapport.intake.workshop_text import TypedPiece
from rapport.project import images
from rapport.workshops.quoted_words import trace
from rapport.workshops.reading import FRENCH, whole_lines
from rapport.workshops.withdrawn_register import WithdrawnRegister, traces_of_picture
from rapport.workshops.workshop import ChildPiece, Workshop

JPEG = b"\xff\xd8"
Content = tuple[str, ...] | bytes


class _FormPiece(Struct, frozen=True):
    """Words (lines), or a drawing (the bytes of its picture), on the card with this index."""

    card: int
    content: Content

    @property
    def traces(self) -> Collection[str]:
        """What it would be known by if a child had withdrawn it."""
        if isinstance(self.content, bytes):
            return traces_of_picture(self.content)
        return {trace(self.content)} - {""}


class FormPieces(Struct):
    """What a form's cards give: `pieces` for the file, `drawings` to write beside it by name, what was not taken.

    `cards` are those left, `refused` what was withdrawn of them. By index of a card: `known_rows`, which the file
    answers where the form does not. By code: pieces of the file that the form has not (`missing_codes`), whose
    agreement is narrower than the form's, which are to be looked at again; the traces of those that say what another
    child withdrew (`twins`). `kept_translations`: the file's alone.
    """

    cards: list[WorkshopCard]
    pieces: list[TypedPiece] = field(default_factory=list)
    drawings: dict[str, bytes] = field(default_factory=dict)
    refused: list[WorkshopCard] = field(default_factory=list)
    unread_pictures: int = 0
    known_rows: dict[int, Collection[str]] = field(default_factory=dict)
    missing_codes: list[str] = field(default_factory=list)
    narrower_codes: list[str] = field(default_factory=list)
    changed_codes: list[str] = field(default_factory=list)
    kept_translations: list[Sequence[str]] = field(default_factory=list)
    twins: dict[str, Collection[str]] = field(default_factory=dict)


class FormReading:
    """One form's cards on their way into the file of the workshop called `name`, beside which `folder` is."""

    def __init__(self, document: SentDocument, cards: Sequence[WorkshopCard], name: str, folder: Path) -> None:
        self.document, self.name, self.folder = document, name, folder
        self.form = FormPieces(list(cards))
        self.found = list(self._found())

    def _found(self) -> Iterator[_FormPiece]:
        for at, card in enumerate(self.form.cards):
            if any(words := whole_lines(card.answers.get("mots", ()))):
                yield _FormPiece(at, words)
            for address in card.pictures:
                clean, problem = images.clean(self.document.media.get(address, b""))
                if problem:
                    self.form.unread_pictures += 1
                else:
                    yield _FormPiece(at, clean)

    def bare_pieces(self) -> list[TypedPiece]:
        """Every piece under the code of its place in the form."""
        codes = {str: (f"P-{n:02}" for n in count(1)), bytes: (f"D-{n:02}" for n in count(1))}
        return [self._piece(one, next(codes[bytes if isinstance(one.content, bytes) else str])) for one in self.found]

    @property
    def drawings_content(self) -> bytes:
        """The drawings of the form, one after the other."""
        return b"".join(one.content for one in self.found if isinstance(one.content, bytes))

    def read(self, former: Workshop | None, gone: WithdrawnRegister, used: Collection[str]) -> FormPieces:
        """The pieces beside those of the `former` file; of those that say what is `gone`, as many as other children
        said: those that stand there, or more than were withdrawn; no code `used` anew."""
        standing = [one for one in former.pieces if not one.consent.withdrawn_on] if former else []
        here = {one.content for one in self.found}
        wanted = list(self._wanted(Counter(_content(one, self.folder, here) for one in standing), gone))
        kept = {id(one) for one in wanted}
        self._take_out([one for one in self.found if id(one) not in kept])
        known = _matched(wanted, standing, self.folder)
        left = [one for one in standing if one not in known.values()]
        codes = self._codes(wanted, known, left, {*used, *(one.code for one in standing)})
        for one, code in zip(wanted, codes, strict=True):
            self.form.twins |= {code: one.traces} if gone.number_of(one.traces) else {}
            self.form.pieces.append(self._beside(one, code, known.get(id(one))))
        self.form.missing_codes = [one.code for one in left if one.code not in codes]
        return self.form

    def _wanted(self, stand: Counter[Content], gone: WithdrawnRegister) -> Iterator[_FormPiece]:
        """The pieces that nobody has withdrawn; of those that somebody has, as many as `stand` or are left."""
        stay = Counter(one.content for one in self.found)
        for one in {one.content: one for one in self.found}.values():
            stay[one.content] = max(stay[one.content] - gone.number_of(one.traces), stand[one.content])
        for one in self.found:
            if stay[one.content] > 0 or not gone.number_of(one.traces):
                stay[one.content] -= 1
                yield one

    def _take_out(self, refused: Iterable[_FormPiece]) -> None:
        """Cards without what was withdrawn, which is kept apart to be counted."""
        rows: dict[int, set[str]] = defaultdict(set)
        for one in refused:
            card = self.form.cards[one.card]
            shown = [a for a in card.pictures if images.clean(self.document.media.get(a, b""))[0] == one.content]
            rows[one.card] |= {"decrit", *shown} if isinstance(one.content, bytes) else {"mots", "traduction"}
        for at, names in rows.items():
            self.form.refused.append(self.form.cards[at].keep(names))
            self.form.cards[at] = self.form.cards[at].remove(names)

    def _codes(
        self, wanted: Sequence[_FormPiece], known: Mapping[int, ChildPiece], left: Sequence[ChildPiece],
        used: Collection[str],
    ) -> list[str]:  # fmt: skip
        """The code of each piece: its own, that of the words it corrects where as many were changed, or a new one."""
        changed = [one for one in wanted if id(one) not in known and not isinstance(one.content, bytes)]
        former = [one.code for one in left if not one.picture]
        corrected = dict(zip(map(id, changed), former, strict=True)) if len(changed) == len(former) else {}
        spoken, drawn = _new_codes("P", used), _new_codes("D", used)
        codes = []
        for one in wanted:
            if id(one) in known:
                codes.append(known[id(one)].code)
            elif isinstance(one.content, bytes):
                codes.append(next(code for code in drawn if self._is_free(code, one.content)))
            else:
                codes.append(corrected.get(id(one)) or next(spoken))
        return codes

    def _picture(self, code: str, content: bytes) -> str:
        return f"{self.name}-{code.lower()}.{'jpg' if content.startswith(JPEG) else 'png'}"

    def _is_free(self, code: str, content: bytes) -> bool:
        """Whether a drawing of this code would write over no other."""
        place = self.folder / self._picture(code, content)
        return not place.exists() or (place.is_file() and place.read_bytes() == content)

    def _piece(self, one: _FormPiece, code: str) -> TypedPiece:
        answers = self.form.cards[one.card].answers
        return TypedPiece(code, answers, self._picture(code, one.content) if isinstance(one.content, bytes) else "")

    def _beside(self, one: _FormPiece, code: str, former: ChildPiece | None) -> TypedPiece:
        """A piece with what the file knows of it."""
        piece = self._piece(one, code)
        if former is None:
            if isinstance(one.content, bytes):
                self.form.drawings[piece.picture] = one.content
            return piece
        typed, there = piece.answers, answers_of(former)
        names = ("decrit",) if former.picture else ("langue", "traduction")
        whole = {**typed, **{name: there[name] for name in names if any(there[name]) and not any(typed.get(name, ()))}}
        agreed = agreed_answers(former.consent, typed)
        answered = {name for name in (*names, *agreed) if any(there.get(name, ()))}
        self.form.known_rows[one.card] = answered.union(self.form.known_rows.get(one.card, ()))
        again = any(whole_lines(whole.get(name, ())) != whole_lines(there.get(name, ())) for name in names[-1:])
        self.form.changed_codes += [code] if again and former.consent.looked_on else []
        self.form.narrower_codes += [code] if agreed.is_narrower else []
        others = {language: lines for language, lines in former.translations.items() if language != FRENCH}
        self.form.kept_translations += others.values()
        if there.get("traduction") and not any(typed.get("traduction", ())) and not former.picture:
            self.form.kept_translations.append(there["traduction"])
        return TypedPiece(code, {**whole, **agreed}, Path(former.picture).name, former, again, agreed.is_wider, others)


def _matched(
    wanted: Sequence[_FormPiece], standing: Sequence[ChildPiece], folder: Path
) -> Mapping[int, ChildPiece]:  # fmt: skip
    """The piece of the file that each of the form is, by `id`; where not as many are the same, none is known."""
    here, there = defaultdict[Content, list[_FormPiece]](list), defaultdict[Content, list[ChildPiece]](list)
    for one in wanted:
        here[one.content].append(one)
    for piece in standing:
        there[_content(piece, folder, here)].append(piece)
    pairs = ((here[content], there[content]) for content in list(here) if len(here[content]) == len(there[content]))
    return {id(one): piece for ones, pieces in pairs for one, piece in zip(ones, pieces, strict=True)}


def _content(piece: ChildPiece, folder: Path, wanted: Collection[Content]) -> Content:
    """The words of a piece, or its drawing as a form's would be."""
    place = folder / Path(piece.picture).name
    if not piece.picture or not place.is_file():
        return piece.words
    raw = place.read_bytes()
    return raw if raw in wanted else images.clean(raw)[0]


def _new_codes(letter: str, used: Collection[str]) -> Iterator[str]:
    return (code for number in count(1) if (code := f"{letter}-{number:02}") not in used)
