"""What a YAML mapping is expected to hold: closed list of keys, each with its kind of value.

One small description serves the outline, the associations and the headers of contributions.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from rapport import rules
from rapport.language.names import nearest
from rapport.model import Diagnostic, Fields, LocatedValue, Source, Span, YamlValue
from rapport.storage import strict_yaml
from rapport.storage.strict_yaml import YamlEntry


class Key(Struct, frozen=True):
    """One key: its kind (text, list, mapping, mappings), whether it must be there, and the values allowed."""

    name: str
    kind: str = "text"
    required: bool = False
    allowed_values: tuple[str, ...] = ()
    test: Callable[[str], bool] | None = None
    expectation: str = ""


def is_date(text: str) -> bool:
    """True for a calendar date written 2015-02-28."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_number(text: str) -> bool:
    """True for a whole number written with digits only."""
    return re.fullmatch(r"[0-9]{1,7}", text) is not None


def is_identifier(text: str) -> bool:
    """True for lower-case ASCII words joined by hyphens."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def read(source: Source, keys: tuple[Key, ...]) -> tuple[Mapping[str, YamlEntry], tuple[Diagnostic, ...]]:
    """The mapping that a file is, and what is wrong with it; of one that is no YAML at all, only that is said."""
    found, problems = strict_yaml.read(source.text, source.path)
    return found, (*problems, *(check(found, keys, Span(source.path)) if found or not problems else ()))


def check(found: Fields, keys: tuple[Key, ...], whole: Span) -> Iterator[Diagnostic]:
    """What is wrong with a mapping read by `strict_yaml`, compared with the keys expected of it."""
    by_name = {key.name: key for key in keys}
    meant = set()  # a key that is missing because its name is misspelt is spoken of once
    for name, value in found.items():
        if name not in by_name:
            near = nearest(name, by_name)
            meant.add(near)
            span = value.key if isinstance(value, YamlEntry) else value.span
            yield Diagnostic(rules.UNKNOWN_KEY, span, {"key": name, "nearest": near, "known": ", ".join(by_name)})
        else:
            yield from _check_value(by_name[name], value)
    for key in keys:
        if key.required and key.name not in meant and _empty(found, key.name):
            yield Diagnostic(rules.MISSING_KEY, whole, {"key": key.name, "wanted": _wanted(key)})


def _empty(found: Fields, name: str) -> bool:
    value = found[name].value if name in found else ""
    return value == "" or (isinstance(value, tuple) and all(item.value == "" for item in value))


def _wanted(key: Key) -> str:
    return " | ".join(key.allowed_values) or key.expectation or key.kind


def _check_value(key: Key, value: YamlValue) -> Iterator[Diagnostic]:
    facts = {"key": key.name, "wanted": _wanted(key)}
    match key.kind:
        case "text" if not isinstance(value.value, str):
            yield Diagnostic(rules.WRONG_SHAPE, value.span, facts)
        case "text":
            yield from _check_text(key, value)
        case "list" if isinstance(value.value, str):
            pass  # one name typed without brackets is a list of one
        case "list" if not isinstance(value.value, tuple) or not all(isinstance(v.value, str) for v in value.value):
            yield Diagnostic(rules.WRONG_SHAPE, value.span, facts)
        case "mapping" if not isinstance(value.value, dict):
            yield Diagnostic(rules.WRONG_SHAPE, value.span, facts)
        case "mappings" if not isinstance(value.value, tuple) or not all(
            isinstance(v.value, dict) for v in value.value
        ):
            yield Diagnostic(rules.WRONG_SHAPE, value.span, facts)


def _check_text(key: Key, value: LocatedValue[str]) -> Iterator[Diagnostic]:
    if value.value == "":
        return  # an empty optional key is an absent one
    if key.allowed_values and value.value not in key.allowed_values:
        yield bad_value(key, value, nearest(value.value, key.allowed_values))
    elif key.test and not key.test(value.value):
        yield bad_value(key, value)


def bad_value(key: Key, value: LocatedValue[str], near: str = "") -> Diagnostic:
    """E05 for this value, with the nearest right one when there is one."""
    facts = {"key": key.name, "value": value.value, "wanted": _wanted(key), "nearest": near}
    return Diagnostic(rules.BAD_VALUE, value.span, facts)


def unknown_name(value: LocatedValue[str], known: Iterable[str]) -> Diagnostic:
    """P07 for a value that names nothing of what is known, with the nearest name that there is."""
    names = tuple(known)
    facts = {"name": value.value, "nearest": nearest(value.value, names), "known": ", ".join(names)}
    return Diagnostic(rules.UNKNOWN_NAME_IN_OUTLINE, value.span, facts)


def text(found: Fields, name: str, default: str = "") -> str:
    """The string under a key, or the default when it is absent or of another kind."""
    value = found[name].value if name in found else default
    return value if isinstance(value, str) and value else default


def bilingual_text(found: Fields, name: str) -> dict[str, str]:
    """The strings under a key in French and in English, by language."""
    return {"fr": text(found, name), "en": text(found, f"{name}_en")}


def located_texts(found: Fields, name: str) -> tuple[LocatedValue[str], ...]:
    """The strings under a key, each with its place: a list's items, or the one string typed without brackets."""
    value = found[name].value if name in found else ()
    if isinstance(value, str):
        return (found[name],) if value else ()
    return tuple(item for item in value if isinstance(item.value, str)) if isinstance(value, tuple) else ()


def texts(found: Fields, name: str) -> tuple[str, ...]:
    """The strings under a key, without their places."""
    return tuple(item.value for item in located_texts(found, name))


def mapping(found: Fields, name: str) -> Fields:
    """The mapping under a key, or an empty one."""
    value = found[name].value if name in found else {}
    return value if isinstance(value, dict) else {}


def mappings(found: Fields, name: str) -> tuple[YamlValue, ...]:
    """The list of mappings under a key, each with its place, or an empty one."""
    value = found[name].value if name in found else ()
    return tuple(v for v in value if isinstance(v.value, dict)) if isinstance(value, tuple) else ()
