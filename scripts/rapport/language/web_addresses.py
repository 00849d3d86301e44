"""Addresses of the web: what mail programs and networks wrapped around them taken off, percent-encoding undone.

A wrapper names who the message was sent to (`data=05|01|somebody@…`), and leads to a server that counts its readers.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

WEB = ("http://", "https://", "mailto:")
DEEPEST = 5  # wrappers in wrappers, encodings of encodings
WRAPPERS = tuple(
    (re.compile(host), re.compile(path), keys)
    for host, path, keys in (
        (r"(?:.+\.)?safelinks\.protection\.(?:outlook\.com|office365\.us)", r"", ("url",)),
        (r"statics\.teams\.cdn\.office\.net", r".*safelinks", ("url",)),
        (r"(?:.+\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?", r"/url$", ("q", "url")),
        (r"lm?\.(?:facebook|instagram|messenger|threads)\.(?:com|net)", r"", ("u",)),
        (r"(?:www\.)?facebook\.com", r"/(?:l|flx/warn)", ("u",)),
        (r"urldefense\.(?:proofpoint\.)?com", r"/v1/url", ("u",)),
        (r"(?:www\.)?linkedin\.com", r"/(?:redir|safety)", ("url",)),
        (r"(?:www\.)?youtube\.com", r"/redirect$", ("q",)),
        (r"slack-redir\.net|out\.reddit\.com|exit\.sc", r"", ("url",)),
        (r"duckduckgo\.com", r"/l/?$", ("uddg",)),
        (r"linkprotect\.cudasvc\.com", r"/url$", ("a",)),
        (r"(?:.+\.)?fireeye\.com|clicktime\.symantec\.com", r"", ("u",)),
        (r"(?:.+\.)?mimecast(?:protect)?\.com", r"/(?:s|r|redirect)", ("url", "u")),
    )
)
PROOFPOINT = re.compile(r"(?:.+\.)?urldefense(?:\.proofpoint)?\.(?:com|us)")
THIRD = re.compile(r"/v3/__(?P<address>.+?)__;(?P<signs>[\w=-]*)!", re.DOTALL)
RUN = re.compile(r"\*(?:\*(.))?")  # one replaced sign, or a run of them whose length the letter tells
LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CISCO = re.compile(r"secure-web\.cisco\.com")

DOMAINS = (
    r"(?:fr|org|com|net|int|eu|info|gouv|gov|edu|be|ch|uk|de|lu|it|es|io|ca|nl|pt|pl|ro|bg|ng|sn|tn|dz|cm|tg|ru|ua|md|asso|"
    r"paris|bzh|app|tv)"
)
# An address that a reader sees as one, and one that a link leads to; « rapport.pdf » is no host.
REST = r"(?:www\.)?(?P<host>(?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?(?P<path>[/?#]\S*)?"
BARE = rf"(?=(?:[\w-]+\.)+{DOMAINS}(?![\w.-]))"
SHOWN = re.compile(
    rf"(?<![\w@./-])(?:(?P<scheme>https?://|ftp://|mailto:|www\.)|(?=[\w.+-]+@)|{BARE})(?:(?P<user>[\w.+-]+)@)?{REST}",
    re.IGNORECASE,
)
MEANT = re.compile(
    r"(?:https?://|ftp://|mailto:|//)(?:(?P<user>[\w.+-]+)(?::[^@/]*)?@)?(?:www\.)?"
    r"(?P<host>(?:[\w-]+\.)+[\w-]{2,})\.?(?::\d+)?(?P<path>[/?#]\S*)?",
    re.IGNORECASE,
)
AROUND = " <>()[].,;:!?«»\u00a0'\"”’"
TYPED_APART = re.compile(r"(?i)(?<=http)(s?) ?: ?/ ?/ ?|\[\.\]|(?<=\w)\. (?=(?:org|com|fr|net)\b)")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+")
TELEPHONE = re.compile(r"\+?\d(?:[\s.()-]*\d){8,13}")
NATIONAL = 9  # digits of a telephone number without « 0 » or « +33 »


def real_address(address: str) -> str:
    """The address that wrappers lead to; one that is not wrapped, or cannot be unwrapped, as it is."""
    for _ in range(DEEPEST):
        inner = _unwrapped(address)
        if not inner or not inner.lower().startswith(WEB):
            return address
        address = re.sub(r"\s", lambda space: "%20" if space[0] == " " else "", inner)
    return address


def decode_address(address: str) -> str:
    """The address as it is read, encoded once or several times."""
    for _ in range(DEEPEST):
        if "%" not in address or (plain := unquote(address)) == address:
            break
        address = plain
    return address


@lru_cache(1 << 12)
def plain_address(address: str) -> str:
    """An address as two of them are compared: unwrapped, decoded, without a last « / »."""
    return decode_address(real_address(address)).rstrip("/")


def leads_elsewhere(words: str, target: str) -> bool:
    """Whether the visible words of a link hold an address, and another than the one that it leads to.

    « www.x.fr », « https://x.fr/… » or « x.fr/pa… » are the same as « https://www.x.fr/page »; a host is compared as it
    is sent (« é » as « xn-- »), so that a letter of another script makes another. The name of a publication in a phrase
    (« Monde.fr ») may be the end of the host. A DOI and a telephone number are addresses too.
    """
    said = TYPED_APART.sub(_as_typed, " ".join(decode_address(words).split()))
    plain = decode_address(target)
    if plain.lower().startswith("tel:"):
        return bool((number := TELEPHONE.search(said)) and _digits(number[0]) != _digits(plain))
    meant = MEANT.match(plain)
    if not meant:
        return False
    works = [found[0].strip(AROUND).lower() for found in DOI.finditer(said)]
    if works and _host(meant["host"]).endswith("doi.org"):
        return any(work not in plain.lower() for work in works)
    alone = SHOWN.fullmatch(said.strip(AROUND))
    shown = [alone] if alone else SHOWN.finditer(said)
    return any(_differs(one, meant, alone is None) for one in shown)


def _as_typed(found: re.Match[str]) -> str:
    return "." if found[1] is None else f"{found[1]}://"


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))[-NATIONAL:]


def _host(host: str) -> str:
    """A host as it is sent; as it is typed where it cannot be."""
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host.lower()


def _differs(shown: re.Match[str], meant: re.Match[str], in_words: bool) -> bool:
    """Whether an address that is read is another than the one that is opened; `in_words`: other words stand beside."""
    host, real = _host(shown["host"]), _host(meant["host"])
    if in_words and not shown["scheme"] and not shown["user"]:
        said = "".join(shown.string[: shown.end("host")].split()).lower()  # « Le Monde.fr » is lemonde.fr
        return not (f".{real}".endswith(f".{host}") or _host(said).endswith(real))
    if (shown["user"] or "").lower() != (meant["user"] or "").lower() or host not in (real, real.removeprefix("dx.")):
        return True
    path = re.split(r"…|\.\.\.", (shown["path"] or "").rstrip(AROUND))[0].rstrip("/")
    return not (meant["path"] or "").lower().startswith(path.lower()) and _parts(path) != _parts(meant["path"] or "")


def _parts(path: str) -> tuple[str, list[str]]:
    """A path and what it asks for, in any order."""
    before, _, after = path.lower().partition("?")
    return before.rstrip("/"), sorted(after.split("&"))


def _unwrapped(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if PROOFPOINT.fullmatch(host):
        return _proofpoint(address, parts.path, parts.query)
    if CISCO.fullmatch(host):
        return unquote(parts.path.lstrip("/").partition("/")[2])
    for server, path, keys in WRAPPERS:
        if server.fullmatch(host) and path.match(parts.path):
            said = dict(parse_qsl(parts.query.replace("&amp;", "&")))
            return next((said[key] for key in keys if key in said), "")
    return ""


def _proofpoint(address: str, path: str, query: str) -> str:
    said = dict(parse_qsl(query.replace("&amp;", "&")))
    if path.startswith("/v2/") and "u" in said:
        return unquote(said["u"].translate(str.maketrans("-_", "%/")))
    if not (third := THIRD.search(address)):
        return said.get("u", "")
    try:
        signs = base64.urlsafe_b64decode(third["signs"] + "=" * (-len(third["signs"]) % 4)).decode()
    except ValueError:
        return ""
    at = 0

    def restored(run: re.Match[str]) -> str:
        nonlocal at
        length = LENGTHS.find(run[1]) + 2 if run[1] else 1
        at += length
        return signs[at - length : at]

    return RUN.sub(restored, re.sub(r"^(\w+:/)(?=[^/])", r"\1/", third["address"]))
