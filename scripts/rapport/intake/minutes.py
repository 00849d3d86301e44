"""Minutes of a meeting, known by what they say: a document received, which the register dates by their own word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from rapport.documents.properties import LONGEST, title_of_file
from rapport.intake.headings import SHORT, section_of
from rapport.intake.states import SentDocument
from rapport.language import dates
from rapport.language.folding import fold_words
from rapport.model import Section

# All on words without accents or signs (`fold_words`), from the first word of a line.
MEETING = r"(?:reunions?|seances?|assemblees?|conseil|bureau|comite|commission|groupe|ca|ag|copil|pleniere|plenieres)"
LINKS = r"(?: (?:integral|synthetique|sommaire|provisoire|definitif|de|du|des|d|la|l|notre|nos|premiere|derniere))*"
RECORD = r"(?:comptes? rendus?|proces verba(?:l|ux)|releves? (?:de|des) (?:decisions?|conclusions)|cr|pv)"
NAMED = re.compile(
    rf"(?:projet de )?{RECORD}{LINKS} {MEETING}\b|(?:draft )?minutes of (?:\w+ ){{0,4}}?(?:meeting|board|committee)\b|"
    r"(?:board |committee )?meeting (?:minutes|notes)\b"
)
CONVENED = re.compile(
    r"(?:\w+ )?(?:reunion|seance|assemblee generale|conseil d administration|meeting|board meeting)\b.* \d{4}\b"
)
HELD = r"(?:la |the )?(?:seance|reunion|meeting) (?:est |a ete |was |is )?"
CLUES = tuple(map(re.compile, (
    r"(?:etaient |personnes )?present(?:e?s|e s)\b(?! rapports?| textes?)|participant\w*\b|attendees|in attendance",
    r"(?:etaient |personnes )?(?:absent|excuse)\w*\b|apologies\b",
    r"(?:l )?ordre du jour\b|agenda\b",
    HELD + r"(?:levee|close|ouverte|opened|closed|adjourned)\b|fin de (?:la )?(?:seance|reunion)\b",
    r"(?:la |date de la |the )?(?:prochaine? (?:reunion|seance|rencontre)|next meeting)\b",
    r"(?:secretaire|presidente?) de (?:la )?seance\b|(?:minutes taken|chaired) by\b|prise? de notes\b",
    r"(?:questions?|points?) divers\w*\b|any other business\b|tour de table\b",
    r"approbation du (?:compte rendu|proces verbal|pv)\b|(?:decisions?|actions?) (?:prises?|a mener|points|items)\b",
)))  # fmt: skip
BEFORE = re.compile(r"\b(?:approbation|precedente?s?|prochaine?s?)\b")  # of another meeting
HEAD = 12  # lines in which minutes say what they are, and of which day
TITLE_WORDS, CLUE_WORDS = 20, 30  # words of a title; of a line that tells minutes
ENOUGH, AMONG_SECTIONS = 3, 2  # clues where no title says it; where one does, in what has the sections of a theme
OF_A_TEXT = 2  # sections of a theme by which a text is a contribution


class Minutes(Struct, frozen=True):
    """What minutes are called, and the day of the meeting in ISO, "" where they do not say it."""

    title: str
    date: str


def minutes_in(document: SentDocument, sections: Sequence[Section]) -> Minutes | None:
    """The minutes that a document is; None for any other text, or where one cannot be sure."""
    lines = [line for raw in document.normal.text.split("\n") if (line := " ".join(raw.split()))]
    folded = [fold_words(line) if len(line.split()) <= CLUE_WORDS else "" for line in lines]
    name = title_of_file(f"{document.title}.docx")
    titles = [at for at in range(min(len(lines), HEAD)) if _is_title(folded, at)]
    named = bool(titles) or bool(NAMED.match(fold_words(name)))
    clues = sum(any(map(clue.match, folded)) for clue in CLUES) + any(map(CONVENED.match, folded[:HEAD]))
    wanted = ENOUGH if not named else AMONG_SECTIONS if _is_contribution(lines, sections) else 0
    if clues < wanted or (not named and _is_contribution(lines, sections)):
        return None
    title = _title(lines, folded, titles)
    told = [line for line, words in zip(lines[:HEAD], folded, strict=False) if not BEFORE.search(words)]
    days = (dates.read(line).iso for line in (title, document.title, *told))
    return Minutes((title or name)[:LONGEST], next(filter(None, days), ""))


def _is_title(folded: Sequence[str], at: int) -> bool:
    """Whether minutes are named here, on one line or on two, « COMPTE RENDU » and « Réunion du 12 mars »."""
    alone = len(folded[at].split()) <= TITLE_WORDS and NAMED.match(folded[at])
    return bool(alone or (re.fullmatch(RECORD, folded[at]) and NAMED.match(" ".join(folded[at : at + 2]))))


def _title(lines: Sequence[str], folded: Sequence[str], titles: Sequence[int]) -> str:
    at = next(iter(titles), None)
    if at is None:
        return next((line for line, words in zip(lines[:HEAD], folded, strict=False) if CONVENED.match(words)), "")
    return lines[at] if NAMED.match(folded[at]) else " – ".join(lines[at : at + 2])


def _is_contribution(lines: Sequence[str], sections: Sequence[Section]) -> bool:
    """Whether lines name sections of a theme by their very titles."""
    short = (line for line in lines if len(line.split()) <= SHORT)
    found = (section_of(line.strip(" :\u00a0"), sections) for line in short)
    return len({section for section, how in found if how == "exact"}) >= OF_A_TEXT
