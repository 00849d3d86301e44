"""A text → what in it could identify someone, before anything is known of what has been reviewed.

The result depends on the text and on our lists alone, so it is kept between builds; `world` then takes off what the
outline, the bibliography and the register know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from rapport.language.folding import fold_accents
from rapport.language.patterns import late_pattern
from rapport.language.web_addresses import decode_address, real_address
from rapport.safeguarding import combinations, english_combinations, lexicon
from rapport.safeguarding.closed_world import DATED_NAMES, OPENERS_THEN, PSEUDONYM, Name, names
from rapport.safeguarding.country_names import called_by_a_country
from rapport.safeguarding.identifiers import PIECES, identifiers
from rapport.safeguarding.name_cues import cued_names
from rapport.safeguarding.public_names import is_cited, public_contact, public_name, speaks_of_someone
from rapport.safeguarding.reading import Mention, ProsePiece, read, sentences


class Finding(Struct, frozen=True):
    """Something a rule will speak of: its kind, its words, where they stand in the source, and their sentence.

    `parts` are the unknown words of a name, as offsets in the sentence; `offset` is where the whole begins there.
    """

    kind: str
    text: str
    start: int
    length: int
    sentence: str
    offset: int = 0
    parts: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    section: str = ""
    is_testimony: bool = False  # in a testimony, where it must go


def mark(finding: Finding) -> tuple[str, str]:
    """What tells a finding from others wherever it stands: its kind, its letters."""
    return finding.kind, "".join(filter(str.isalnum, finding.text))


def scan(source: str) -> list[Finding]:
    """Every finding of a Markdown body."""
    pieces, mentions = read(source)
    return [*(f for piece in pieces for f in scan_piece(piece)), *(f for m in mentions for f in scan_mention(m))]


@lru_cache(PIECES)
def scan_plain(text: str, section: str = "") -> tuple[Finding, ...]:
    """Every finding of a text without marks, a value of a header; offsets are those of the text."""
    return tuple(scan_piece(ProsePiece(plain_signs(text), (0,), (0,), section)))


PLAIN = str.maketrans("’“”\u00a0\u202f\n", '\'""   ')


def plain_signs(text: str) -> str:
    """A text of as many letters in which the signs that are scanned as one are one."""
    return text.translate(PLAIN)


@lru_cache(PIECES)
def scan_piece(piece: ProsePiece) -> tuple[Finding, ...]:
    """The findings of one paragraph, looked for once."""
    return tuple(_looked_for(piece))


def _looked_for(piece: ProsePiece) -> Iterator[Finding]:
    found = list(identifiers(piece.text))
    bounds = list(sentences(piece.text))
    for match in found:
        at, sentence = next(((o, s) for o, s in reversed(bounds) if o <= match.start), (0, piece.text))
        own = public_contact(match.kind, sentence, match.start - at, match.end - at)
        kind = f"{match.kind} {PUBLIC}" if own else match.kind
        yield _finding(piece, "identifier", at, sentence, match.start - at, match.end - at, detail=kind)
    taken = [(m.start, m.end) for m in found]
    for address in ADDRESS.finditer(piece.text) if "/" in piece.text or "www." in piece.text else ():
        for one in scan_mention(Mention("target", address[0], 0)):
            start = address.start() + one.offset
            if not _within(start, start + len(one.text), taken):
                yield replace(one, start=piece.source(start), section=piece.section)
    for at, sentence in bounds:
        free = [name for name in all_names(sentence) if not _within(at + name.start, at + name.end, taken)]
        yield from _sentence(piece, at, sentence, free, taken)


@lru_cache(PIECES)
def all_names(sentence: str) -> tuple[Name, ...]:
    """The names of a sentence: those of the closed world, then those that only words beside them tell."""
    found, taken = list(names(sentence)), bytearray(len(sentence))
    for name in found:
        taken[name.start : name.end] = b"x" * (name.end - name.start)
    letters = [character.isalpha() for character in sentence]
    cued = (
        name
        for name in cued_names(sentence)
        if any(letters[at] and not taken[at] for at in range(name.start, name.end))
    )
    unknown = {start for name in found for start, _ in name.parts}  # « Neither China »: one name, one part
    return (*found, *cued, *(name for name in called_by_a_country(sentence) if name.start not in unknown))


def _within(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(s <= start and end <= e for s, e in taken)


def _finding(
    piece: ProsePiece, kind: str, at: int, sentence: str, start: int, end: int,
    parts: tuple[tuple[int, int], ...] = (), detail: str = "",
) -> Finding:  # fmt: skip
    first, last = piece.source(at + start), piece.source(max(at + end - 1, at + start))
    text, length = sentence[start:end], max(last + 1 - first, 1)
    return Finding(kind, text, first, length, sentence, start, parts, detail=detail, section=piece.section)


def _sentence(
    piece: ProsePiece, at: int, sentence: str, found: list[Name], taken: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Names, and facts that together single someone out."""
    if not found and not TELLING.search(sentence) and not combinations.A_SITE.search(sentence):
        return
    known = combinations.facts(sentence)
    sites = [*combinations.sites_of_child(sentence, known)]
    houses = [site for site in sites if english_combinations.SITE.fullmatch(sentence, *site)]  # of words, in English
    found = [name for name in found if not _within(name.start, name.end, houses)]
    is_public = is_cited if found and speaks_of_someone(sentence) else public_name
    public = {name for name in found if is_public(sentence, name.start, name.end)}
    for name in found:
        detail = "person" if name.person else ""
        if PSEUDONYM.match(sentence[name.end :]):
            detail += " pseudonym"
        if name in public:
            detail += " " + PUBLIC
        yield _finding(piece, "name", at, sentence, name.start, name.end, name.parts, detail.strip())
    lives = known.is_one_person or found or SOMEBODY_THERE.search(sentence) or combinations.WHEREABOUTS.search(sentence)
    for match in STREET.finditer(sentence) if lives else ():
        if not _within(at + match.start() + 1, at + match.end() - 1, taken) and not any(
            name.start < match.end() and match.start() < name.end for name in found
        ):
            yield _finding(piece, "name", at, sentence, *match.span(), parts=(match.span(),), detail="street")
    for start, end in sites:
        if any(start <= one.start < end and is_cited(sentence, one.start, one.end) for one in public):
            continue  # « l'arrêt Rahimi c. Grèce »
        here = [name for name in found if name.start < end and start < name.end and name not in public]
        kind_alone = all(combinations.A_SITE.match(sentence[name.start : name.end].lower() + " ") for name in here)
        if kind_alone and not _within(at + start, at + end, taken):
            yield _finding(piece, "name", at, sentence, start, end, parts=((start, end),), detail="place")
    person = next((name for name in found if name.person and name not in public), None)
    if known.exact and known.narrow and known.is_one_person:
        yield _finding(piece, "together", at, sentence, *known.exact, detail=sentence[slice(*known.narrow)])
    elif person and known.exact and "place" in known.kinds:
        detail = sentence[slice(*known.kinds["place"])]
        yield _finding(piece, "together", at, sentence, person.start, person.end, parts=person.parts, detail=detail)
    elif known.is_one_person and len(known.kinds) >= combinations.ENOUGH:
        told = sorted(known.kinds.values())
        detail = ", ".join(f"« {sentence[start:end].strip()} »" for start, end in told)
        yield _finding(piece, "combination", at, sentence, *told[0], detail=detail)
    if day := combinations.day_of(sentence, person is not None, known):
        near = person.parts if person and "age" not in known.kinds else ()  # an author's name takes the day with it
        if not _within(at + day[0], at + day[1], taken):
            yield _finding(piece, "date", at, sentence, *day, parts=near)
    if few := combinations.small_count(sentence):
        yield _finding(piece, "count", at, sentence, *few)
    if ill := combinations.health(sentence, known):
        yield _finding(piece, "health", at, sentence, *ill)


PUBLIC = "public"  # how the detail ends of what is public where it stands, but in no testimony
TELLING = re.compile(r"\bans?\b|[A-ZÀ-Þ]\w+|\d")  # a sentence without any of these tells no age, place or date
SOMEBODY_THERE = re.compile(
    r"\b(?:[Ee]lles|[Ll]es\s(?:a|ai|avons|ont|avait)|filles|garçons|sœurs|réseau|immeuble|squat)\b"
)
STREET = re.compile(
    r"\b(?:(?i:résidence|lotissement|hameau)|(?<=,\s)chemin|(?<=[a-z,]\s)(?:Chemin|Passage|Villa|Cours|Impasse|Allée|Quai)|rue|avenue|boulevard|impasse|allée|faubourg|quai|square)\s(?:(?i:de|du|des|la|le|les|l'|d')\s?){1,3}[A-ZÀ-Þ][\w'-]{2,30}"
)


def scan_place(piece: ProsePiece) -> Iterator[Finding]:
    """Every place narrower than a département in a testimony."""
    for at, sentence in sentences(piece.text):
        for start, end in combinations.narrow_places(sentence):
            yield _finding(piece, "place", at, sentence, start, end)


def scan_days(piece: ProsePiece) -> Iterator[Finding]:
    """Every exact day of a testimony or of a confidential passage, a birth told as such apart."""
    taken = [(match.start, match.end) for match in identifiers(piece.text)]
    for at, sentence in sentences(piece.text):
        for start, end in combinations.days(sentence):
            if not _within(at + start, at + end, taken):
                yield _finding(piece, "date", at, sentence, start, end)


def scan_mention(mention: Mention) -> Iterator[Finding]:
    """What a link's address, an image's name or a key after « @ » says."""
    value = mention.value if mention.kind == "cite" else decode_address(real_address(mention.value))
    if mention.kind == "cite":
        yield Finding("key", value, mention.offset, len(value) + 1, value)
        return
    for match in identifiers(value):
        if match.kind != "handle" or not value.lower().startswith(("http", "mailto:", "#", "images/")):
            yield Finding(
                "identifier", value[match.start : match.end], mention.offset + match.start, match.end - match.start,
                value, match.start, detail=match.kind,
            )  # fmt: skip
    if not value.startswith("#"):
        yield from file_name(value, mention.offset)


def file_name(name: str, offset: int) -> Iterator[Finding]:
    """First names in an address or a file's name, there with any capitalised word that no one knows."""
    site = SITE.match(name)
    path = site.expand(r"\1") + " " * len(site["domain"]) + name[site.end() :] if site else name
    for match in NAME_PART.finditer(path.replace("_", " ").replace("-", " ").replace("%20", "   ")):
        word, (start, end) = match[0], match.span()
        unknown = not site and word[0].isupper() and len(word) > 3 and not word.isupper() and not _harmless(word)
        given = _is_given(word, path[max(0, start - 1) : start] + path[end : end + 3], bool(site))
        if (unknown or given) and not _is_public(name, word):
            parts = ((start, end),)
            yield Finding("name", word, offset + start, len(word), name, start, parts, detail="person file")


ADDRESS = late_pattern(
    r"(?:https?://|www\.|(?<![\w@./-])(?:[\w-]{2,40}\.){1,3}(?:com|fr|org|net|eu|io|me|app|tv|uk|de)/)[^\s<>\"')\]}]{1,2000}"
)
# What stands before the domain of an address, and the domain, which is an organisation's.
SITE = late_pattern(
    r"(?i)((?:https?://)(?:www\.)?(?:[\w-]+\.)*?|www\.|(?=[\w.-]+/))(?P<domain>[\w-]+\.(?:(?:asso|gouv|com|co|org|ac|gov)\.)?[a-z]{2,})(?=[/:?#]|$)"
)
# The names in « KadiatouDiallo »; one alone: « /joy », « /zoe-m ».
NAME_PART = late_pattern(r"(?:[A-ZÀ-Þ]+(?![^\W\d_A-ZÀ-Þ])|[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+)(?:'[^\W\d_]+)?")
ALONE = late_pattern(r"[/?=.#&](?:[/?=.#&].*|[-_][a-z0-9]?\W?)?")
LONGEST_IN_CODE = 5  # letters of a name that chance puts between the digits of a code


def _is_given(word: str, beside: str, in_address: bool) -> bool:
    """Whether a word of an address or a file's name is a first name; alone between « / » it may be a word, too."""
    if any(map(str.isdigit, beside[:2])) and len(word) <= LONGEST_IN_CODE:
        return False
    if lexicon.is_rare(word) or word in lexicon.given_names():
        return True
    alone = in_address and ALONE.fullmatch(beside)
    if alone and word.title() in lexicon.given_names() - DATED_NAMES - OPENERS_THEN.keys():
        return True
    halves = ((word[:at], word[at:]) for at in range(lexicon.SHORTEST, len(word) - LONGEST_IN_CODE))
    return not lexicon.is_common(word) and any(lexicon.is_rare(one) and lexicon.is_rare(other) for one, other in halves)


def _is_public(name: str, word: str) -> bool:
    """Whether a word in an address is of someone known by an office or a work: « /christiane-taubira/ »."""
    folded, parts = fold_accents(word), set(re.split(r"[\W\d_]+", fold_accents(name)))
    return any(folded in person and parts.issuperset(names) for person, names in _public_people().items())


@lru_cache(1)
def _public_people() -> dict[str, list[str]]:
    """The people known by an office or a work, without accents, each with the names in it."""
    people = map(fold_accents, lexicon.public_people())
    return {person: re.split(r"\W+", person) for person in people}


def _harmless(word: str) -> bool:
    return lexicon.is_common(word) or word in lexicon.places() | lexicon.wide_places() | lexicon.institutions()
