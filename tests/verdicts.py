"""What `rapport check` says of a submission, as verdicts; shared by the tests that send what nobody should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import lay_stock
from hostile import CANARY, text
from rapport import cli

CODE = re.compile(r"^.*?: (erreur|à voir|note) ([A-Z]\d\d) : ", re.MULTILINE)


def room(folder: Path, warm: Path) -> Path:
    """The stock project, with a canary beside it that nothing of it may show, and a cache that others have warmed."""
    (folder / "canari.md").write_text(text(CANARY), encoding="utf-8")
    project = lay_stock(folder / "projet")
    (project / "build").mkdir()
    (project / "build/cache").symlink_to(warm)
    return project


def verdict(root: Path, capsys: pytest.CaptureFixture[str], secret: bool = False) -> list[str]:
    """What `rapport check` says, rule by rule: « F02 » refuses, « note F03 » does not. No bug, and no canary."""
    status = cli.run(["check", "--root", str(root)])
    said = "".join(capsys.readouterr())
    assert status in (0, 1), (root / "build/erreur.txt").read_text() if status == 3 else said
    assert not secret or CANARY not in said
    found = CODE.findall(said) + re.findall(r"(erreur) ([A-Z]\d\d)", said)
    return [code if kind == "erreur" else f"{kind} {code}" for kind, code in found]
