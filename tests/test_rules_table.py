"""docs/regles.md is what the catalogue says, and the guides lead to it."""

from __future__ import annotations

import pytest

from conftest import PRODUCT
from rapport import cli, rules

TABLE = PRODUCT / "docs" / "regles.md"


def test_the_table_is_up_to_date(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    assert cli.run(["explain", "--table", "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    if request.config.getoption("--refresh"):
        TABLE.write_text(said, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == said, "pytest --refresh writes docs/regles.md"
    rows = [line[2:5] for line in said.split("\n") if line.startswith("| ") and line[4:5].isdigit()]
    assert sorted(rows) == sorted(rule.code for rule in rules.RULES), "display.FAMILIES lacks a family"


@pytest.mark.parametrize("guide", ["README.md", "docs/guide-edition.md", "docs/guide-associations.md"])
def test_the_guides_lead_to_it(guide: str) -> None:
    assert "regles.md" in (PRODUCT / guide).read_text(encoding="utf-8")


def test_no_fact_stands_there_by_its_name_in_the_program() -> None:
    assert "{name}" not in TABLE.read_text(encoding="utf-8")
    assert "« {{…}} »" in TABLE.read_text(encoding="utf-8"), "braces to be typed stay"
