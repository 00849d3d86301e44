"""A message taken apart: every file in it under its name, and its own words without what nobody wrote for the report.

Greetings, signatures and quoted replies are cut from the words, and kept apart, so that a receipt can name them. A
message that was forwarded is the text itself: only the lines of its header are cut.
"""

from __future__ import annotations

import base64
import email
import email.policy
import email.utils
import mimetypes
import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage, Message, MIMEPart
from html import unescape

from msgspec import Struct

from rapport.intake.page_controls import with_controls_as_words
from rapport.intake.page_sight import HIDING, sheet_of, with_hidden_marked
from rapport.intake.page_tables import without_layout
from rapport.intake.typed_tables import has_table
from rapport.markdown import pandoc
from rapport.storage.encoding import decode

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
    r"\*?(?:de|from|envoyé|sent|date|à|to|cc|objet|subject|répondre à|reply-to)\*?\s?:.*", re.IGNORECASE
)
FORWARDED = re.compile(r"\s*(?:tr|fwd?|i)\s?:", re.IGNORECASE)  # how the subject of one that was forwarded begins
SIGNED = 60, 10  # words and lines of a signature, no more
UNREAD_HTML = re.compile(
    r"<(script|style|head|title|xml|frameset)\b(?:(?!<\1\b).)*?</\1\s*>|"
    r"<!--(?:(?!<!--).)*?(?:-->|(?=<!--))|</?(?:meta|link|base|frame|object|embed|script)\b[^<>]*>|"
    r"<br\b[^<>]*>\s*(?=</(?:p|div|td|th|li|h\d)>)|[\x00-\x08\x0e-\x1f]|&#(?:x0*1?[0-8]|0*[1-8]);",  # seen by nobody
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(?<!\s)\s+([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
SAYING = frozenset("href src alt width height colspan rowspan start type".split())
"""What a tag says beside its looks."""
INLINE = re.compile(r"</?(?:[abisu]|em|strong|span|font|sup|sub|small|big|mark|wbr)\b[^<>]*>", re.IGNORECASE)
IN_TAG = re.compile(r"""<(?:a|img)\b[^<>]*?\s(?:href|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title", re.IGNORECASE)
SIZE = re.compile(r"</?(?:small|big)\b[^<>]*>", re.IGNORECASE)
PICTURE = re.compile(r"!\[([^\]]*)\]\([^()]*\)(?:\{[^{}]*\})?")  # of a page as Markdown, wherever it lies
BANNER = re.compile(  # what stands above a greeting: a sign, a month
    rf"(?:{PICTURE.pattern}\s*)+|(?:\d{{1,2}}(?:er)?\s+)?(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)\w*\s+\d{{4}}",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s>|+:=-]*[|+][\s>|+:=-]*")  # of a table
MARKS = re.compile(  # a link, of which the words are shown, a sign that is no mark, and marks
    r"(?<!!)\[([^\]]*)\]\([^()\s]*\)(?:\{[^{}]*\})?|\\([^\w\s])|^(?:\s*>)*\s*#{1,6}\s|\*\*|\\$|(?<!\S)\|(?!\S)"
)
EMBEDDED = re.compile(r"!\[([^\]]*)\]\(data[:-][^)]*\)(?:\{[^{}]*\})?")  # a picture, in a page as Markdown
UNSAID = re.compile(r"mailto:|\\|\[(?:image|cid):[^\]]*\]|<?https?://\S*")  # in a line, no words of anyone's
CID = re.compile(r"(?<=[\"'])cid:([^\"']+)(?=[\"'])", re.IGNORECASE)


class MailText(Struct, frozen=True):
    """What somebody wrote, and what was cut from it, line by line: greetings and signature, and what they quoted."""

    text: str
    signature: str = ""
    quotation: str = ""


class MailMessage(Struct, frozen=True):
    """A message: who sent it and when, its words (`is_markdown` where they are Markdown), its files in their order."""

    sender: str
    date: str
    subject: str
    words: str
    is_markdown: bool
    files: tuple[tuple[str, bytes], ...]
    unsaid: str = ""  # what the page's title, or the part that is not read, says and the words do not
    page: str = ""  # the HTML that the words were read from


def read(data: bytes) -> MailMessage:
    """A message in the format of the internet (.eml); raises what Python's parser raises on hostile ones."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    words, marked, body, unsaid = _body(message)
    shown = {_cid(part) for part in message.walk()} - {""} if marked else set()
    used = {cid for cid in shown if f"data-cid-{cid}" in words}
    words = _with_pictures(words, message, used) if used else words
    files = tuple((n, content) for part, n, content in _files(message) if part is not body and _cid(part) not in used)
    subject = " ".join(str(message.get("Subject", "")).split())[:200]
    page = _decoded(body) if marked and body is not None else ""
    return MailMessage(_sender(message), _sent(message), subject, words, marked, files, unsaid=unsaid, page=page)


def cut_message(text: str, subject: str = "") -> MailText:
    """The words of a message without greeting, signature and what it quotes."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    kept, quoted = _without_quotes(lines, bool(FORWARDED.match(subject)))
    kept, signature = _without_signature(kept)
    kept, greeting = _without_greeting(kept)
    return MailText("\n".join(kept).strip() + "\n", _joined([*greeting, *signature]), _joined(quoted))


# ---------------------------------------------------------------- its parts


def _body(message: EmailMessage) -> tuple[str, bool, MIMEPart | None, str]:
    """The message's own words, whether they are Markdown, the part that they stand in, what the others say beside."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    said = _decoded(plain) if plain is not None and plain.get_filename() is None else ""
    if html is None or html.get_filename() is not None:
        return said, False, plain, ""
    page = _decoded(html)
    words, is_page = chosen_words(said, page)
    return words, is_page, html if is_page else plain, unsaid_lines(f"{words} {message.get('Subject', '')}", said, page)


def chosen_words(plain: str, html: str) -> tuple[str, bool]:
    """The words of a message as it has them without looks, where they say all that its page says; else the page as
    Markdown, which alone keeps a table or a picture in its place and tells what nobody saw."""
    marked = _marked(html)
    if plain.strip() and not any((HIDING in marked, "<table" in marked.lower(), CID.search(marked))):
        bare = " ".join([TAG.sub(" ", INLINE.sub("", marked)), *(found[1] for found in IN_TAG.finditer(marked))])
        if _spoken(unescape(bare)) <= _spoken(plain):
            return plain, False
    page = from_html(html)
    says_more = has_table(page) or HIDING in page or EMBEDDED.search(page) or not _spoken(page) <= _spoken(plain)
    return (page, True) if not plain.strip() or says_more else (plain, False)


def unsaid_lines(words: str, plain: str, html: str) -> str:
    """The lines of a part without looks, and the title of a page, in which stands a word that the words have not."""
    said = _spoken(words)
    lines = [*plain.split("\n"), *(unescape(title[1]) for title in TITLE.finditer(html))]
    return " / ".join(one for line in lines if not _spoken(UNSAID.sub(" ", one := " ".join(line.split()))) <= said)


def without_pictures(words: str) -> str:
    """A page as Markdown, with what is said of a picture in the place of each."""
    return PICTURE.sub(lambda found: f"[{found[1] or 'image'}]", words)


def _spoken(text: str) -> set[str]:
    """The words of a text and its boxes to tick, whatever marks stand in it."""
    return set(re.findall(r"\w+|[☐☒]", re.sub(r"[\\*]|mailto:", "", text).casefold()))


def _marked(html: str) -> str:
    """A page without what is no words, its controls as words, what it hides marked, its layout opened."""
    bare = with_controls_as_words(UNREAD_HTML.sub("", html))
    return without_layout(with_hidden_marked(bare, sheet_of(html)))


def from_html(html: str) -> str:
    """A page of words as Markdown; what it would run, fetch or hide from view goes the way of any other text."""
    marked = _marked(html)
    bare = TAG.sub(lambda tag: ATTRIBUTE.sub(_without_looks, tag[0]), SIZE.sub("", marked))
    page = CID.sub(lambda found: f"data-cid-{found[1]}", bare)
    target = "markdown-smart-raw_html-raw_attribute-header_attributes-auto_identifiers-native_spans"
    target += "-simple_tables-multiline_tables"
    return pandoc.run(
        ["-f", "html-auto_identifiers-native_divs", "-t", target, "--wrap=none", "--sandbox"], page.encode()
    ).decode()


def _without_looks(attribute: re.Match[str]) -> str:
    """An attribute, or nothing where it says how words look; that nobody sees them has to be told."""
    return attribute[0] if attribute[1].lower() in SAYING or attribute[0].strip() == HIDING else ""


def _with_pictures(words: str, message: EmailMessage, used: set[str]) -> str:
    """The addresses of pictures in a page made what they lead to inside the message."""
    for part in message.walk():
        cid = _cid(part)
        content = part.get_payload(decode=True)
        if cid in used and isinstance(content, bytes):
            coded = base64.b64encode(content).decode()
            words = words.replace(f"data-cid-{cid}", f"data:{part.get_content_type()};base64,{coded}")
    return words


def _cid(part: Message) -> str:
    return str(part.get("Content-ID", "")).strip(" <>")


def _files(message: MIMEPart) -> Iterator[tuple[MIMEPart, str, bytes]]:
    """Every part that is not the words, wherever a mail program put it, with a name; those of a bundle one by one."""
    kind = message.get_content_type()
    if kind == "message/rfc822":
        inner = message.get_payload(0)
        yield message, _eml(message.get_filename() or ""), inner.as_bytes() if isinstance(inner, Message) else b""
    elif message.is_multipart():
        for part in message.iter_parts():
            yield from _files(part)
    elif message.get_filename() or not kind.startswith("text/"):
        content = message.get_payload(decode=True)
        name = message.get_filename() or f"partie{mimetypes.guess_extension(kind) or ''}"
        yield message, name, content if isinstance(content, bytes) else b""


def _eml(name: str) -> str:
    return name if name.lower().endswith(".eml") else f"{name or 'message'}.eml"


def _decoded(body: MIMEPart) -> str:
    """A part's own words; as they came where nobody knows the encoding that it names."""
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):
        content = body.get_payload(decode=True)
        return (decode(content)[0] or content.decode("latin-1")) if isinstance(content, bytes) else ""


def _sender(message: EmailMessage) -> str:
    return " ".join(str(message.get("From", "")).split())[:200]


def _sent(message: EmailMessage) -> str:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError):
        return ""


# ---------------------------------------------------------------- what is cut


def _without_quotes(lines: list[str], forwarded: bool) -> tuple[list[str], list[str]]:
    kept, quoted = list[str](), list[str]()
    at = 0
    while at < len(lines):
        line, two = lines[at].strip(), " ".join(lines[at : at + 2]).strip()
        if line.startswith(">"):
            quoted.append(line)
        elif FORWARD.fullmatch(line) or _is_header(lines, at):
            end = _end_of_header(lines, at)
            if not forwarded and not FORWARD.fullmatch(line):
                return kept, [*quoted, *lines[at:]]
            quoted += lines[at:end]
            kept.append("")
            at = end
            continue
        elif line and (REPLY.fullmatch(line) or REPLY.fullmatch(two)):
            return kept, [*quoted, *lines[at:]]
        else:
            kept.append(lines[at])
        at += 1
    return kept, quoted


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
