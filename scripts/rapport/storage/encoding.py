"""Bytes → text: the encodings that word processors and mailers really send, and the signs that only harm.

What can be mended without a doubt is mended in memory, and said by the caller; what cannot is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# UTF-8 read as Windows-1252 and saved again: « Ã© » for « é », « â€™ » for « ’ ».
TWICE = re.compile("Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Å“|Â[\u00a0«»°]")
ENCODINGS = ("cp1252", "iso8859-15", "mac-roman", "cp850")  # Windows, its elder, an old Macintosh, DOS
SURE, DOUBTFUL, FEW = 0.8, 0.4, 8  # shares of letters that French has; signs from which a share means something
CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
UTF_7 = re.compile(rb"\+[AI][A-Za-z0-9+/]{2,}-.*\+[AI][A-Za-z0-9+/]{2,}-", re.DOTALL)
NOT_ASCII = re.compile(r"[^\0-\x7f]")
# Two letters with accents never stand side by side, but « éé »: other alphabets, read as ours, are full of them.
OF_FRENCH = re.compile(
    "(?<![à-èê-ÿ])é|(?<![à-ÿ])[èàùâêîôûçëïüæ]|[’‘“”«»…–—€°\u00a0•]|(?<=[a-z])œ|œ(?=[a-z])|(?<![a-zà-ÿ])[ÉÈÀÇÊÎÔŒ]"
)
# Signs without a drawing, which would hide a word from a search and from our own rules.
NOT_DRAWN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")  # Word's own line and page breaks among them
# At the head of a line, a space that Word does not break at makes text of a heading or of a point of a list.
HARD_SPACE = re.compile(
    r"^[ \t\u00a0\u202f]*(?:#{1,6}|[-*+>]|\d{1,2}[.)])[\u00a0\u202f]+|^[\u00a0\u202f]+(?=#)", re.MULTILINE
)
BLANK = "\u2800"  # a drawing of nothing


def decode(raw: bytes) -> tuple[str | None, str]:
    """A file's text and the name of its encoding; None for what is no text, or is in an encoding not to be trusted."""
    if raw.startswith(UTF_32):
        return _try(raw, "utf-32")
    if raw.startswith(UTF_16):
        return _try(raw, "utf-16")
    if b"\0" in raw:
        return _try(raw, _unmarked(raw))
    text, encoding = _try(raw, "utf-8-sig")
    if text is None:
        return _not_utf_8(raw)
    if UTF_7.search(raw) and _is_utf_7(raw):
        return None, "utf-7"
    twice = _once(text)
    return (twice, "twice") if twice is not None else (text, encoding)


def read(raw: bytes) -> str | None:
    """A file's text as every stage sees it; None for what is no text."""
    text, _ = decode(raw)
    return None if text is None else mend(text)[0]


def _try(raw: bytes, encoding: str) -> tuple[str | None, str]:
    try:
        text = raw.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None, ""
    if text is None or "\0" in text:
        return None, ""
    return text, re.sub(r"-(?:sig|le|be)$", "", encoding)


def _unmarked(raw: bytes) -> str:
    """UTF-16 without its mark, when one byte of two is nearly always nought, as it is in French; else ""."""
    for encoding, high in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        if len(raw) % 2 == 0 and high.count(0) > 0.9 * len(high):
            return encoding
    return ""


def _not_utf_8(raw: bytes) -> tuple[str | None, str]:
    """The encoding that gives the letters of French, unless Windows' makes « Ã© » of them: then damaged UTF-8.

    What gives hardly any is in an encoding that we do not know: its words would be others.
    """
    texts = {encoding: text for encoding in ENCODINGS if (text := _try(raw, encoding)[0]) is not None}
    if "cp1252" in texts and TWICE.search(texts["cp1252"]):
        mended = raw.decode("utf-8", "replace")
        good = sum(1 for character in mended if character > "\x7f" and character != "\ufffd")
        if good > mended.count("\ufffd"):
            return mended, "utf-8"
    best = max(texts, key=lambda encoding: _french(texts[encoding]), default="")
    if best != "cp1252" and _french(texts.get(best, "")) < SURE:
        best = "cp1252" if "cp1252" in texts else ""
    if not best or (len(NOT_ASCII.findall(texts[best])) > FEW and _french(texts[best]) < DOUBTFUL):
        return None, "" if CONTROL.search(raw) else "unknown"
    return texts[best], best


def _french(text: str) -> float:
    """Of the signs that are not ASCII, the share of those that French has, capitals inside words apart."""
    odd = len(NOT_ASCII.findall(text))
    return len(OF_FRENCH.findall(text)) / odd if odd else 0


def _is_utf_7(raw: bytes) -> bool:
    """Whether an ASCII file makes French letters when read as UTF-7, in which « é » is « +AOk- »."""
    try:
        return _french(raw.decode("utf-7")) > 0.8 and raw.isascii()
    except UnicodeDecodeError:
        return False


def _once(text: str) -> str | None:
    """A text that was encoded twice, as it was before; None for any other."""
    if not TWICE.search(text):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


@lru_cache(256)  # whoever proves a change reads the same files again
def mend(text: str, kept: str = "") -> tuple[str, tuple[str, ...]]:
    """The text in NFC with `\\n` line ends and without signs that have no drawing, and the names of what was mended.

    `kept` are such signs that change the letters beside them, in scripts that have them.
    """
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    found = sorted(
        {*(set(NOT_DRAWN.findall(text)) - set(kept)), *({*BREAKS.findall(text), BLANK} & set(text)) - {"\r", "\r\n"}}
    )
    text = unicodedata.normalize("NFC", BREAKS.sub("\n", text))
    if found:
        text = NOT_DRAWN.sub(lambda sign: sign[0] if sign[0] in kept else "", text).replace(BLANK, " ")
    mended = HARD_SPACE.sub(lambda mark: re.sub("[\u00a0\u202f]", " ", mark[0]).lstrip(), text)
    found += ["\u00a0"] if mended != text else []
    return mended, tuple(f"U+{ord(character):04X}" for character in found)
