"""The words that our own sentences are made of, which name nobody."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rapport import messages
from rapport.safeguarding.world import printed_names
from rapport.storage.cache import Cache

FACT = re.compile(r"\{\w*\}")
TYPED = re.compile(r"\b(?:[A-Z]{2,}|[a-z]+_[a-z_]+)\b")  # what a command or a header is told: « ALL=oui », « signe_le »


def cached_own_words(language: str, kept: Cache | None) -> frozenset[str]:
    """The same as `own_words`, which takes a tenth of a second, as this version of the program found them before."""
    if kept is None:
        return own_words(language)
    place, known = kept.get("own-words", language)
    if known is None:
        kept.put(place, "\n".join(sorted(own_words(language))).encode())
        return own_words(language)
    return frozenset(known.decode().split("\n"))


@cache
def own_words(language: str) -> frozenset[str]:
    """The names in our own sentences of a language, what they say to type, and Python's errors: they name nobody."""
    sentences = []
    for module in iter_modules(messages.__path__):
        if module.name == language or module.name.endswith(f"_{language}"):
            sentences += list(_strings(vars(import_module(f"rapport.messages.{module.name}"))))
    found = printed_names(FACT.sub("…", text) for text in sentences)
    found |= {word for text in sentences for word in TYPED.findall(text)}
    words = (word for name in found for word in (name, *re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", name)))
    return frozenset(vars(builtins)) | frozenset(words)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.startswith("__")):
                yield from _strings(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _strings(inner)
