"""The header of a Markdown text that was sent: its keys under their usual names, what it says of whose and on what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapport.checks.header import KEYS
from rapport.intake.states import Notification, ReceivedText
from rapport.language import dates
from rapport.language.folding import fold_words
from rapport.office.normal_document import Loss
from rapport.storage import strict_yaml, yaml_out

USUAL = {
    "title": "titre", "author": "auteurs", "authors": "auteurs", "auteur": "auteurs", "auteures": "auteurs",
    "status": "statut", "etat": "statut", "lang": "langue", "language": "langue", "article": "articles",
    **{fold_words(key.name): key.name for key in KEYS},
}  # fmt: skip
PLACES = ("association", "theme")  # which the folder and the name of the file say
KEY = re.compile(r"^([\w ]+?)[ \t]*:(?=[ \t]|$)", re.MULTILINE)

LABELS = re.compile(
    r"\A\s*(?:[*_]*(?:titre|title|date|auteure?s?|authors?|association|organisation|thème|theme)[*_]*[ \t]*:.*\n){2,}",
    re.IGNORECASE,
)
DATE = re.compile(r"^date:.*\n(?:[ \t].*\n)*", re.MULTILINE)


def labels_apart(text: str) -> str:
    """A text with an empty line after each of the lines « Titre : … », « Date : … » that it begins with."""
    return LABELS.sub(lambda found: found[0].replace("\n", "\n\n"), text)


def readable(above: str) -> str:
    """The header with the values that YAML would misread, « titre: Constat : les faits », between quotation marks."""
    if not strict_yaml.read(above, "")[1]:
        return above
    return "".join(map(_quoted, above.splitlines(keepends=True)))


def _quoted(line: str) -> str:
    key = KEY.match(line)
    if not key or not strict_yaml.read(line, "")[1]:
        return line
    return f"{key[1]}: {yaml_out.single_quoted(line[key.end() :].strip())}\n"


def with_day(received: ReceivedText, typed: str) -> None:
    """The date of a header as the report writes it, however it was typed; asked where it may be another, or none."""
    received.source_header = DATE.sub("", received.source_header)
    day = dates.read(typed, str(received.header.get("langue", "fr")))
    if not day.iso:
        received.losses.append(Loss("header-key", 1, f"date: {typed}"))
        return
    received.header["date"] = day.iso
    received.placed_words += [typed] if typed != day.iso else []
    if not day.is_certain:
        facts = {"field": "date", "text": typed, "date": day.iso}
        received.questions.append(Notification("form-date", facts))


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
