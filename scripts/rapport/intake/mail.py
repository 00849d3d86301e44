"""A message taken apart: every file in it under its name, and its own words without what nobody wrote for the report.

What is no text among the words, `mail_words` cuts.
"""

from __future__ import annotations

import base64
import email
import email.policy
import email.utils
import mimetypes
import re
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
EMBEDDED = re.compile(r"!\[([^\]]*)\]\(data[:-][^)]*\)(?:\{[^{}]*\})?")  # a picture, in a page as Markdown
UNSAID = re.compile(r"mailto:|\\|\[(?:image|cid):[^\]]*\]|<?https?://\S*")  # in a line, no words of anyone's
CID = re.compile(r"(?<=[\"'])cid:([^\"']+)(?=[\"'])", re.IGNORECASE)


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
