"""The header of a Markdown text that was sent: its keys under their usual names, what it says of whose and on what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapport.checks.header import KEYS
from rapport.language.folding import fold_words
from rapport.storage import strict_yaml

USUAL = {
    "title": "titre", "author": "auteurs", "authors": "auteurs", "auteur": "auteurs", "auteures": "auteurs",
    "status": "statut", "etat": "statut", "lang": "langue", "language": "langue", "article": "articles",
    **{fold_words(key.name): key.name for key in KEYS},
}  # fmt: skip
PLACES = ("association", "theme")  # which the folder and the name of the file say
KEY = re.compile(r"^([\w ]+?)[ \t]*:(?=[ \t]|$)", re.MULTILINE)


def usual_keys(above: str, values: Mapping[str, object]) -> tuple[str, str]:
    """The header with each key under its usual name, once; and the lines taken out of it."""
    kept, out = list[str](), list[str]()
    names = {name for name in values if name in USUAL.values()}
    for block in re.split(r"^(?=[^\s#-][^:\n]*:)", above, flags=re.MULTILINE):
        key = KEY.match(block)
        name = fold_words(key[1]) if key else ""
        if name in PLACES or (name in USUAL and key and key[1] != USUAL[name] and USUAL[name] in names):
            out.append(block)
        elif key and name in USUAL:
            names.add(USUAL[name])
            kept.append(f"{USUAL[name]}:{block[key.end() :]}")
        else:
            kept.append(block)
    return "".join(kept), " ".join(" ".join(out).split())


def header_statements(above: str) -> Mapping[str, str]:
    """What the header says of whose the text is and on what: « auteurs », « association », « theme » as typed."""
    values, problems = strict_yaml.read(above, "")
    if problems:
        return {}
    said = {USUAL.get(fold_words(name), fold_words(name)): value.value for name, value in values.items()}
    return {name: _words(said[name]) for name in ("auteurs", *PLACES) if name in said}


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, tuple) else ()
    return " / ".join(str(getattr(part, "value", "")) for part in parts)
