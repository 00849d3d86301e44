"""What the tests share: a copy of the small invented project, with the product's own templates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PRODUCT = TESTS.parent


def lay_stock(folder: Path) -> Path:
    """Copy the stock project and the product's templates into a folder; returns the folder."""
    shutil.copytree(TESTS / "project", folder, dirs_exist_ok=True)
    for template in (PRODUCT / "chapters").rglob("*.md.j2"):
        place = folder / template.relative_to(PRODUCT)
        place.parent.mkdir(exist_ok=True)
        if not place.exists():  # the stock has its own where the product's cites works that it does not have
            shutil.copy(template, place)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="rewrite expected.txt where it differs; read the diff")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The stock project, in a folder of its own whose name holds a space and an accent."""
    return lay_stock(tmp_path / "projet d'été")
