"""English words that are nobody's name, so that the closed world of French does not stop at every one of them.

What is looked for is what the French does not say: its own names have been looked at there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from rapport.language.folding import fold_accents
from rapport.model import Draft
from rapport.safeguarding import lexicon
from rapport.safeguarding.bare_capitals import stands_bare, suffers
from rapport.safeguarding.closed_world import AGED, WORD
from rapport.safeguarding.country_names import called_by_a_country, names_a_country
from rapport.safeguarding.guard import Guarded, guard
from rapport.safeguarding.lexicon import english_words
from rapport.safeguarding.name_cues import ENGLISH_ACTS, ENGLISH_DEEDS, SO_CALLED, SPEAKS, is_cued_in_english
from rapport.safeguarding.scan import SITE, Finding
from rapport.safeguarding.world import World
from rapport.storage import schema
from rapport.storage.cache import Cache

POSSESSIVE = re.compile(r"'s?$")
OPENERS = frozenset("Nine Line Loan".split())  # first names of somewhere, words first of all
# First names are words of English, too: one that opens a sentence is somebody's where it acts (« Joy said »).
ACTS_AFTER = re.compile(
    rf"(?:'s|,|\s\(\d|\s(?:{ENGLISH_ACTS}|{ENGLISH_DEEDS}|{SPEAKS}|is|was|can|could|may|might|must|shall|should|will|would|\w{{2,}}ed|and\s(?:h(?:er|is)|two|three|[A-Z]\w*)"
    r"|brought|swore|hurt|\w{3,12}(?:s|ed)\s(?:an?|the|her|his|us|me|him|with|to|from|for|out|two|three|every))\b)"
)
OF_ONE = re.compile(r"\b(?:s?he|h(?:ers?|im|is)|me|us|girls?|boys?|aunt|uncle|cousin|group)\b")
ALWAYS_SOMEBODY = frozenset("prince princess angel".split())  # words that open no sentence without an article
NICKNAMED = re.compile(
    r"(?i)\b(?:nick-?name[ds]?(?:\s(?:her|him|me|them)|\s(?:in|on|among|at)\s(?:\w+\s)?\w+\s?:)?|refer(?:s|red)?\sto\s(?:him\s|her\s)?as|(?:known|kn[eo]w\s(?:him|her|them|me))\s(?:only\s)?as|(?:street|under\sthe)\sname(?:\sof)?|aka|a\.k\.a\.|(?:call|nam)(?:ed|s|ing)?(?:\s(?:him|her|me|them|himself|herself|myself))?|(?:goes|went|go|going)\sby|name\s(?:is|was)|self\sas|alias)(?:\s(?:was|is|just|only|simply))?,?\s?[«\"“‘']?\s?(?:the\s|little\s|big\s)?$"
)
MET_AS_A_WORD = re.compile(
    r"(?:,\sthe\s(?:report|text|study|author|minister|committee|court)\s\w+s\b|\s(?:(?:should|must|can|cannot|will|would)\s(?:not\s|never\s)?(?:depend|mean|remain)\b|(?:is|was)\s(?:born|built|lost|earned|won|gained|rebuilt|broken)\b|(?:is|are|was|were)\s(?:often\s|always\s|also\s)?(?:needed|required|essential|crucial|vital|key)\b|comes\s(?:back\s)?(?:when|with\s(?:a|the|time|work)|first|later|last|slowly)\b|(?:is|was)\s(?:(?:not|never)\s(?:what|how|why|for|something)|an?\s(?:\w+\s)?(?:right|duty|value|virtue|word|feeling|luxury|privilege|principle|need|goal|choice|matter|question)\b|(?:not|never)\s(?:an?|the|enough|part)|no|what|all\s(?:that|we|they)|the\s(?:day|best|key|rule|word|basis)))\b)"
    r"(?!\s(?:girl|boy|child|minor|victim|longer))"
)
YOUNG_INITIAL = re.compile(
    r"(?:Young|Little|Poor|Dear|Baby|With|Without|For|Like|Unlike|Since|After|Before|Then|When|While|And|But|Today|Yesterday|Later)\s[A-Z]$"
)
SURNAME_AFTER = re.compile(r"\s[A-Z][a-z]+\s(?:was|is|has|had|ran|said|told|\w+ed)\b")  # « Destiny White ran away »
A_THING_AFTER = re.compile(
    r"(?:Station|Street|Road|Airport|University|Museum|Prize|Award|Inquiry|River|Theat(?:re|er)|Fund|Foundation|Commission|Act|Bill|Campaign)\b"
)
# « Sunday markets », « April and May », « Angel or demon »
A_KIND_AFTER = re.compile(
    r"\s(?:(?:and|or)\s(?!h(?:er|is)\b|two|three|I\b|my|the|an?\b|[A-Z](?!pril|ay|une|uly|ugust|arch))|(?!was|is|has|does|goes|knows|begs|says|tells|works|lives|sleeps|needs|wants|runs|cries|asks)[a-z]{4,}s\s(?:and|are|were|employ|in|for|or|run)\b)"
)
HER_STREET_NAME = re.compile(
    r"\s(?:is|was)\s(?:h(?:er|is)|the\s(?:girl|boy|child)'s)\s(?:\w+\s)?(?:name|nickname|alias)\b"
)
SPOKEN = ("name", "together")  # kinds of findings that begin with a name


def _is_no_act(after: str) -> bool:
    """Whether what follows a word is nothing that somebody does: « Grace periods », « Mercy is not a policy »."""
    if OF_ONE.search(after) or SURNAME_AFTER.match(after):
        return False
    return bool(MET_AS_A_WORD.match(after)) or not ACTS_AFTER.match(after)


def is_english(word: str) -> bool:
    """Whether a word is ordinary English."""
    return word.lower() in english_words() or word in english_words()


def speaks_english(sentence: str) -> bool:
    """Whether four small words in five of a sentence are English: a French file quotes its English summary."""
    small = (POSSESSIVE.sub("", word) for word in WORD.findall(sentence) if word.islower() and len(word) > 1)
    known = [part in english_words() for word in small for part in word.split("-")]
    return 5 * sum(known) >= 4 * len(known)


def guard_english(
    texts: Sequence[tuple[Draft, str]], titles: frozenset[str], world: World, cache: Cache
) -> dict[str, Guarded]:
    """What in English texts could identify someone and does not stand in the French given with each."""
    found = guard([draft for draft, _ in texts], titles, world, cache)
    return {draft.source.path: unreviewed_in_french(found[draft.source.path], french) for draft, french in texts}


def as_its_language(draft: Draft, guarded: Guarded) -> Guarded:
    """What still wants an eye in a contribution: of one in English, its English sentences are read as English."""
    if schema.text(draft.header, "langue") != "en":
        return guarded
    open_ = (
        left
        for finding in guarded.findings
        if (left := _left(finding, frozenset()) if speaks_english(finding.sentence) else finding)
    )
    return replace(guarded, findings=tuple(open_))


def unreviewed_in_french(guarded: Guarded, french: str) -> Guarded:
    """What still wants an eye in an English text, its French (or "" where it has none) having been looked at."""
    said = frozenset(map(fold_accents, WORD.findall(french.replace("’", "'"))))
    open_ = (left for finding in guarded.findings if (left := _left(finding, said)))
    return replace(guarded, findings=tuple(open_))


def _left(finding: Finding, french: frozenset[str]) -> Finding | None:
    """The finding, unless every word of the name in it is ordinary English or stands in the French."""
    if finding.detail == "handle" and is_english(finding.text):
        return None  # « their TikTok account »
    if finding.kind not in SPOKEN or not finding.parts or SITE.match(finding.sentence):  # a name in an address
        return finding
    if YOUNG_INITIAL.search(finding.text):
        return finding
    parts = (finding.sentence[start:end] for start, end in finding.parts)
    return finding if any(not _known(part, finding, french) for part in parts) else None


def _known(part: str, finding: Finding, french: frozenset[str]) -> bool:
    word = POSSESSIVE.sub("", part)
    if fold_accents(word) in french:
        return True
    if len(word) == 1:
        return word in "AI"
    at = finding.sentence.find(word)
    if (word.islower() or word not in lexicon.given_names()) and is_cued_in_english(finding.sentence, at):
        return False
    if word[0].isupper() and (
        NICKNAMED.search(finding.sentence[:at])
        or SO_CALLED.match(finding.sentence, at)
        or HER_STREET_NAME.match(finding.sentence, at + len(word))
    ):
        return False
    if (
        at >= 0
        and word[0].isupper()
        and (AGED.match(finding.sentence, at + len(word)) or suffers(word, finding.sentence, at, at + len(word)))
    ):
        return False
    if any(name.start == at for name in called_by_a_country(finding.sentence)):
        return False
    if names_a_country(word, finding.sentence, at, at + len(word)):
        return True
    if word not in english_words() and stands_bare(finding.sentence, at, at + len(word)):
        return False
    if {word, word.title()} & lexicon.given_names() and not _ordinary(word, finding):
        return False
    if (len(word) > 2 and word in lexicon.institutions()) or word.removesuffix(
        "s"
    ) in english_words():  # « the Albanians »
        return True
    return all(
        {piece, piece.lower(), piece.lower().removesuffix("s")} & english_words()
        for piece in word.split("-")
        if len(piece) > 1
    )


def _ordinary(word: str, finding: Finding) -> bool:
    """Whether a first name is a month here (« 8 June »), a place (« West Haven »), opens a sentence, has no capital."""
    at = finding.sentence.find(word)
    before, after = finding.sentence[:at].rstrip(), finding.sentence[at + len(word) :].lstrip()
    if word in english_words() and (before[-1:].isdigit() or after[:1].isdigit()):
        return True
    if A_THING_AFTER.match(after) or (word in ("River", "Spring", "Haven") and before.rpartition(" ")[2].istitle()):
        return True
    if word.lower() in english_words() and re.search(r"\bthe$", before, re.IGNORECASE):
        return True  # « the Trust »: no one has an article
    if (
        not before.strip(" «\"'([-–—•;:")
        and word in english_words()
        and word.lower() not in ALWAYS_SOMEBODY
        and A_KIND_AFTER.match(finding.sentence, at + len(word))
    ):
        return True
    first = not before.strip(" «\"'([-–—•;:")
    rest = finding.sentence[at + len(word) :]
    if word.islower() and word in english_words():
        return not is_cued_in_english(finding.sentence, at)
    return first and (
        word in OPENERS
        or (word.lower() in english_words() and word.lower() not in ALWAYS_SOMEBODY and _is_no_act(rest))
    )
