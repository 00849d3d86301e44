"""The addresses of the web in the words of a message that brings documents, or nothing else."""

from __future__ import annotations

import re

from msgspec import Struct

from rapport.language.web_addresses import real_address

ADDRESS = r"https?://[^\s<>\"«»\[\]{}|\\^`]+"
LINK = re.compile(rf"\[(?P<words>[^\]\n]*)\]\(<?(?P<target>{ADDRESS}?)>?\)|(?P<bare>{ADDRESS})", re.IGNORECASE)
AROUND = 60  # words of a message that does nothing but give links
END = ".,;:!?'’…"


class Link(Struct, frozen=True):
    """One link: its address without what mail programs wrapped around it, and the words that it bears or ""."""

    address: str
    words: str = ""


def links(text: str) -> list[Link]:
    """The links of a text in plain words or Markdown, each address once."""
    found: dict[str, Link] = {}
    for one in LINK.finditer(text):
        address = real_address(_ended(one["target"] or one["bare"]))
        words = " ".join((one["words"] or "").split()).strip("*_ ")
        if words.lower().startswith(("http://", "https://", "www.", "![")):
            words = ""
        if address not in found or (words and not found[address].words):
            found[address] = Link(address, words)
    return list(found.values())


def holds_links_alone(text: str) -> bool:
    """Whether a message does little more than give links."""
    return LINK.search(text) is not None and len(LINK.sub(" ", text).split()) < AROUND


def _ended(address: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    address = address.rstrip(END)
    return address[:-1].rstrip(END) if address.endswith(")") and "(" not in address else address
