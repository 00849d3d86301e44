"""The words of a message without what is not of its text: greeting, signature, what it quotes; who first sent it.

What is cut is kept apart, so that a receipt can name it. A message that was forwarded is the text itself: only the
lines of its header are cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from rapport.language import dates

CLOSING = re.compile(
    r"(?:bien (?:à (?:vous|toi)|cordialement)|(?:très |bien )?(?:cordialement|amicalement|sincèrement|fraternellement)|"
    r"(?:cordiales|sincères|meilleures|respectueuses) salutations|salutations\b.*|"
    r"(?:kind |best |warm )?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|best wishes|"
    r"(?:en vous |vous )?(?:souhaitant|remerci\w+) .{0,60}|merci(?: d'avance| beaucoup)?|"
    r"(?:je vous prie|nous vous prions|veuillez) .{0,120}(?:salutations|sentiments).{0,60})\W*",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"(?:bonjour|bonsoir|hello|hi|dear|ch[eè]re?s?|madame|monsieur|mesdames)\b[^.:;!?]{0,60}[,!.]?|"
    r"(?:voici|vous trouverez|veuillez trouver|ci-dessous|ci-joint|please find|here is|below is)\b[^.:;!?]{0,100}[:.]",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"--\s*|__+\s*|(?:envoyé|sent|expédié) (?:depuis|de|from|à partir) .{0,60}|.*outlook pour .{0,20}", re.I
)
REPLY = re.compile(
    r"(?:le|on|am|el) .{4,200}(?:a écrit|wrote|schrieb|escribió)\s*:?\s*|-+ ?(?:message d'origine|original message|"
    r"message original|réponse d'origine)\s?-+.*",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"-*\s*(?:message transféré|forwarded message|message réexpédié|début du message (?:transféré|réexpédié)|"
    r"begin forwarded message|transféré par).*",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"\*{0,2}(?:de|from|envoyé|sent|date|à|to|cc|objet|subject|répondre à|reply-to)\*{0,2}\s?:.*", re.IGNORECASE
)
FORWARDED = re.compile(r"\s*(?:tr|fwd?|i)\s?:", re.IGNORECASE)  # how the subject of one that was forwarded begins
PASSED_ON = re.compile(r"(?:\s*(?:tr|fwd?|i|re|ref|réf)\s?:)+\s*", re.IGNORECASE)  # before a subject
ORIGIN = {
    name: re.compile(rf"\W*(?:{words})\W*?\s?:\s*(.+)", re.IGNORECASE)
    for name, words in (("sender", "de|from"), ("date", "envoyé|sent|date"), ("subject", "objet|subject"))
}
"""The lines of the header of a message that was passed on."""
PASSED = "\f"  # the line where a message that is passed on begins
SIGNED = 60, 10  # words and lines of a signature, no more
PICTURE = re.compile(r"!\[([^\]]*)\]\([^()]*\)(?:\{[^{}]*\})?")  # of a page as Markdown, wherever it lies
BANNER = re.compile(  # what stands above a greeting: a sign, a month
    rf"(?:{PICTURE.pattern}\s*)+|(?:\d{{1,2}}(?:er)?\s+)?(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)\w*\s+\d{{4}}",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s>|+:=-]*[|+][\s>|+:=-]*")  # of a table
MARKS = re.compile(  # a link, of which the words are shown, a sign that is no mark, and marks
    r"(?<!!)\[([^\]]*)\]\([^()\s]*\)(?:\{[^{}]*\})?|\\([^\w\s])|^(?:\s*>)*\s*#{1,6}\s|\*\*|\\$|(?<!\S)\|(?!\S)"
)


class MailOrigin(Struct, frozen=True):
    """Who first sent what was passed on, on which day in ISO, under which subject; "" for what is not told."""

    sender: str = ""
    date: str = ""
    subject: str = ""


class MailText(Struct, frozen=True):
    """What somebody wrote, and what was cut from it, line by line: greetings and signature, and what they quoted.

    `origin` is told by the header of a message that was passed on.
    """

    text: str
    signature: str = ""
    quotation: str = ""
    origin: MailOrigin = MailOrigin()


def cut_message(text: str, subject: str = "") -> MailText:
    """The words of a message without greeting, signature and what it quotes."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    kept, quoted, above = _without_quotes(lines, bool(FORWARDED.match(subject)))
    kept, beside = _without_covering(kept) if above else (kept, [])
    kept, signature = _without_signature(kept)
    kept, greeting = _without_greeting(kept)
    return MailText(
        "\n".join(kept).strip() + "\n", _joined([*beside, *greeting, *signature]), _joined(quoted), _origin(above)
    )


# ---------------------------------------------------------------- its parts


def _without_quotes(lines: list[str], forwarded: bool) -> tuple[list[str], list[str], list[str]]:
    """The lines that stay, those that quote, and among these the headers of messages that were passed on."""
    kept, quoted, above = list[str](), list[str](), list[str]()
    at = 0
    while at < len(lines):
        line, two = lines[at].strip(), " ".join(lines[at : at + 2]).strip()
        if line.startswith(">"):
            quoted.append(line)
        elif FORWARD.fullmatch(line) or _is_header(lines, at):
            end = _end_of_header(lines, at)
            if not forwarded and not FORWARD.fullmatch(line):
                return kept, [*quoted, *lines[at:]], above
            quoted += lines[at:end]
            above += lines[at:end]
            kept.append("" if above[: -(end - at)] else PASSED)
            at = end
            continue
        elif line and (REPLY.fullmatch(line) or REPLY.fullmatch(two)):
            return kept, [*quoted, *lines[at:]], above
        else:
            kept.append(lines[at])
        at += 1
    return kept, quoted, above


def _without_covering(lines: list[str]) -> tuple[list[str], list[str]]:
    """What was passed on, and the few words that somebody wrote above it; all of it where those are more."""
    at = lines.index(PASSED)
    said, rest = lines[:at], lines[at + 1 :]
    few = len(" ".join(said).split())
    return (rest, said) if few <= min(SIGNED[0], len(" ".join(rest).split())) else ([*said, "", *rest], [])


def _origin(above: list[str]) -> MailOrigin:
    """What headers of messages say; the last one is of the message that was passed on first."""
    told = {"sender": "", "date": "", "subject": ""}
    for line in plain_lines("\n".join(above)):
        for name, pattern in ORIGIN.items():
            if found := pattern.fullmatch(line):
                told[name] = found[1][:200]
    return MailOrigin(told["sender"], dates.read(told["date"]).iso, told["subject"])


def _is_header(lines: list[str], at: int) -> bool:
    """Whether the header of another message begins here: « De : … », « Envoyé : … », « Objet : … »."""
    near = [line.strip() for line in lines[at : at + 8] if line.strip()]
    return len(near) > 2 and all(HEADER.fullmatch(line) for line in near[:3])


def _end_of_header(lines: list[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or HEADER.fullmatch(lines[end].strip())):
        end += 1
    return end


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for at, line in enumerate(lines):
        said = line.strip()
        if said and (SIGNATURE.fullmatch(said) or CLOSING.fullmatch(said)):
            rest = [one for one in lines[at:] if one.strip()]
            if len(rest) <= SIGNED[1] and sum(len(one.split()) for one in rest) <= SIGNED[0]:
                return lines[:at], lines[at:]
    return lines, []


def _without_greeting(lines: list[str]) -> tuple[list[str], list[str]]:
    first = next((at for at, line in enumerate(lines) if line.strip() and not BANNER.fullmatch(line.strip())), 0)
    greeting = lines[:first] if GREETING.fullmatch(lines[first].strip()) else list[str]()
    lines = lines[len(greeting) :]
    while lines and (not lines[0].strip() or GREETING.fullmatch(lines[0].strip())):
        greeting.append(lines[0])
        lines = lines[1:]
    return lines, greeting


def _joined(lines: list[str]) -> str:
    return "\n".join(plain_lines("\n".join(lines)))


def plain_lines(words: str) -> Iterator[str]:
    """The lines that somebody wrote, without the marks that a page as Markdown has."""
    for line in without_pictures(words).split("\n"):
        shown = MARKS.sub(lambda found: found[1] or found[2] or " ", line)
        if shown.strip() and not RULE.fullmatch(line):
            yield " ".join(shown.split())


def cut_pictures(words: str, kept: str) -> list[str]:
    """What is said of the pictures that are cut with the rest; a space where nothing is."""
    shown = Counter(PICTURE.findall(words)) - Counter(PICTURE.findall(kept))
    return [text or " " for text in shown.elements()]


def without_pictures(words: str) -> str:
    """A page as Markdown, with what is said of a picture in the place of each."""
    return PICTURE.sub(lambda found: f"[{found[1] or 'image'}]", words)
