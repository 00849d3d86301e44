"""Bytes → text: the encodings that word processors and mailers really send, and the signs that only harm.

What can be mended without a doubt is mended in memory, and said by the caller; what cannot is left as it is.
"""

from __future__ import annotations

import re
import unicodedata

UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# UTF-8 read as Windows-1252 and saved again: « Ã© » for « é », « â€™ » for « ’ ».
TWICE = re.compile("Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Å“|Â[\u00a0«»°]")
# Signs without a drawing, which would hide a word from a search and from our own rules.
NOT_DRAWN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")  # Word's own line and page breaks among them
BLANK = "\u2800"  # a drawing of nothing


def decode(raw: bytes) -> tuple[str | None, str]:
    """A file's text and the name of the encoding it was in; None for what is no text."""
    if raw.startswith(UTF_32):
        return _try(raw, "utf-32")
    if raw.startswith(UTF_16):
        return _try(raw, "utf-16")
    if b"\0" in raw:
        return _try(raw, _unmarked(raw))
    text, encoding = _try(raw, "utf-8-sig")
    if text is None:
        return _not_utf_8(raw)
    twice = _once(text)
    return (twice, "twice") if twice is not None else (text, encoding)


def _try(raw: bytes, encoding: str) -> tuple[str | None, str]:
    try:
        text = raw.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None, ""
    return (None, "") if text is None or "\0" in text else (text, encoding.removesuffix("-sig")[:6].rstrip("-"))


def _unmarked(raw: bytes) -> str:
    """UTF-16 without its mark, when one byte of two is nearly always nought, as it is in French; else ""."""
    for encoding, high in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[::2])):
        if len(raw) % 2 == 0 and high.count(0) > 0.9 * len(high):
            return encoding
    return ""


def _not_utf_8(raw: bytes) -> tuple[str | None, str]:
    """Windows' encoding, unless that makes « Ã© » of letters: then UTF-8 with a few damaged bytes, marked as lost."""
    text, encoding = _try(raw, "cp1252")
    if text is not None and not TWICE.search(text):
        return text, encoding
    mended = raw.decode("utf-8", "replace")
    good = sum(1 for character in mended if character > "\x7f" and character != "\ufffd")
    return (mended, "utf-8") if good > mended.count("\ufffd") else (text, encoding)


def _once(text: str) -> str | None:
    """A text that was encoded twice, as it was before; None for any other."""
    if not TWICE.search(text):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in NFC with `\\n` line ends and without signs that have no drawing, and the names of those signs."""
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    found = sorted({*NOT_DRAWN.findall(text), *({*BREAKS.findall(text), BLANK} & set(text)) - {"\r", "\r\n"}})
    text = unicodedata.normalize("NFC", BREAKS.sub("\n", text))
    if found:
        text = NOT_DRAWN.sub("", text).replace(BLANK, " ")
    return text, tuple(f"U+{ord(character):04X}" for character in found)
