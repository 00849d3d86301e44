"""Headers, outline and cards are read as strings, lists and mappings only, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport import rules
from rapport.model import Diagnostic, LocatedValue, Span
from rapport.storage import strict_yaml


def read(text: str, first_line: int = 1) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The plain values of a text, without their places, and what is wrong with it."""
    values, found = strict_yaml.read(text, "essai.yaml", first_line)
    return plain(values), found


def plain(value: Any) -> Any:
    if isinstance(value, LocatedValue):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple) else value


def refused(text: str) -> tuple[str, int, int]:
    """The code, line and column of the one thing that is wrong."""
    _, (problem,) = read(text)
    return problem.rule.code, problem.span.line, problem.span.column


@pytest.mark.parametrize(
    "typed",
    ["01000", "12:30", "non", "oui", "no", "yes", "on", "off", "true", "null", "~", "1e3", "0x1F", "1_000", ".5",
     "2014-07-25", "2014-07-25T10:00:00Z", "=", "<<", "CIDE 12", "l'enfant", "n° 1", "100 %", "C:/dossier"],
)  # fmt: skip
def test_a_value_is_what_was_typed(typed: str) -> None:
    assert read(f"cle: {typed}") == ({"cle": typed}, ())
    assert read(f'cle: ["{typed}"]') == ({"cle": [typed]}, ())


def test_a_key_is_what_was_typed() -> None:
    assert read("non: a\n1: b\n2014-07-25: c") == ({"non": "a", "1": "b", "2014-07-25": "c"}, ())


def test_spaces_around_are_no_part_of_keys_and_values() -> None:
    nbsp = "\N{NO-BREAK SPACE}"
    assert read(f"titre{nbsp}: Un titre{nbsp}\nvide: ' '") == ({"titre": "Un titre", "vide": ""}, ())


def test_nothing_is_an_empty_mapping() -> None:
    assert read("") == ({}, ())
    assert read("# une remarque") == ({}, ())


def test_folded_and_literal_texts_are_strings() -> None:
    assert read("a: >-\n  un\n  deux\nb: |\n  un\n  deux\n") == ({"a": "un deux", "b": "un\ndeux"}, ())


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("a: !!python/object:os.system ls", "!!python/object:os.system", 4),
        ("a: !inconnu b", "!inconnu", 4),
        ("a: !!str b", "!!str", 4),
        ("a: ! b", "!", 4),
        ("a: &ancre b", "&ancre", 4),
        ("a: [1, &ancre b]", "&ancre", 8),
        ("&ancre a: b", "&ancre", 1),
    ],
)
def test_tags_and_anchors_are_refused(text: str, name: str, column: int) -> None:
    values, (problem,) = read(text)
    assert values == {}
    assert problem == Diagnostic(rules.YAML_TRICK, Span("essai.yaml", 1, column, len(name)), {"name": name})


def test_aliases_are_refused_before_they_are_followed() -> None:
    assert refused("a: *rien") == ("E07", 1, 4)
    assert refused("a: b\n*rien : c") == ("E07", 2, 1)


def test_a_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    assert refused("\n".join(lines)) == ("E07", 1, 4)


def test_a_key_given_twice_is_told_with_both_places() -> None:
    values, (problem,) = read("a: 1\nb: 2\n'a': 3")
    assert values == {"a": "1", "b": "2"}
    assert (problem.rule, problem.span.line, problem.related_spans) == (
        rules.DUPLICATE_KEY,
        3,
        (Span("essai.yaml", 1, 1, 1),),
    )


def test_keys_of_different_mappings_may_be_the_same() -> None:
    assert read("a: {a: 1}\nb: [{a: 1}, {a: 2}]") == ({"a": {"a": "1"}, "b": [{"a": "1"}, {"a": "2"}]}, ())


def test_a_list_cannot_be_a_key() -> None:
    values, (problem,) = read("? [a, b]\n: c\nd: e")
    assert (values, problem.rule.code, problem.span.line) == ({"d": "e"}, "E08", 1)


@pytest.mark.parametrize("depth", [20, 400, 5000])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_nesting_has_an_end(depth: int, pair: str) -> None:
    inner = pair[0] * depth + pair[1] * depth if pair == "[]" else "{a: " * depth + "}" * depth
    _, found = read(f"cle: {inner}")
    assert found and {problem.rule.code for problem in found} <= {"E02", "E08"}


@pytest.mark.parametrize("text", ["- a\n- b", "un texte", "'un texte'", "[a, b]"])
def test_the_whole_must_be_keys_and_values(text: str) -> None:
    assert refused(text) == ("E08", 1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: b\nc: un : deux", 2, 7),
        ("a: b\ntitre:Un titre\ndate: 2014-12-01", 2, 6),
        ('a: b\nc: "un texte\nd: e', 2, 4),
        ("a: [b, c\nd: e", 2, 2),
        ("a: b\n\tc: d", 2, 1),
        ("a: @b", 1, 4),
        ("a: %b", 1, 4),
        ("a: b\n c: d", 2, 3),
        ("a: }", 1, 4),
        ("--- a\n--- b", 2, 1),
    ],
)
def test_a_mistake_is_told_where_it_was_made(text: str, line: int, column: int) -> None:
    assert refused(text) == ("E02", line, column)


def test_a_web_address_is_no_glued_key() -> None:
    assert refused("a: https://example.org\nb: un : deux") == ("E02", 2, 7)


def test_every_value_has_the_place_of_the_file() -> None:
    values, _ = strict_yaml.read("titre: Un titre\nauteurs:\n  - Alpha\n  - 'Bêta'\n", "essai.md", first_line=2)
    assert values["titre"].span == Span("essai.md", 2, 8, 8)
    assert values["titre"].key == Span("essai.md", 2, 1, 5)
    assert [item.span for item in values["auteurs"].value] == [Span("essai.md", 4, 5, 5), Span("essai.md", 5, 5, 6)]
    assert values["auteurs"].key == Span("essai.md", 3, 1, 7)


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`?, \n\té\N{NO-BREAK SPACE}0", max_size=60))
def test_nothing_that_is_typed_stops_the_reading(text: str) -> None:
    values, found = read(text)
    lines = text.count("\n") + 2
    assert all(problem.rule.code in ("E02", "E06", "E07", "E08") for problem in found)
    assert all(1 <= problem.span.line <= lines and problem.span.column >= 1 for problem in found)
    assert strings_only(values)


def strings_only(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and strings_only(inner) for name, inner in value.items())
    return all(map(strings_only, value)) if isinstance(value, list) else isinstance(value, str)
