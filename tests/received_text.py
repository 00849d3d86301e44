"""What intake makes of one small file, without the inbox: the contribution's text, and what the receipt would tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.intake.conversion import convert_file
from rapport.intake.plan import Plan, plan_of
from rapport.intake.proof import account_for
from rapport.intake.states import EditorChoices, IncomingFile, IntakeResult
from rapport.storage.cache import Cache

PROJECT = Path(__file__).parent / "project"


@cache
def _plan() -> Plan:
    return plan_of(pipeline.examine(PROJECT, project_cache()))


@cache
def project_cache() -> Cache:
    return open_cache(Path(mkdtemp()))


def received(data: bytes, name: str = "mendicite.docx", theme: str = "mendicite") -> IntakeResult:
    """The file as a contribution of the association « beta », tracked changes accepted."""
    choices = EditorChoices("beta", theme, accept=True)
    return convert_file(IncomingFile(name, data), _plan(), choices, project_cache())


def body(result: IntakeResult) -> str:
    """What stands under the header; nothing may be unaccounted for."""
    assert not result.problem, result.problem
    counted = account_for(result, None, project_cache())
    assert counted is None or counted.is_complete, counted
    assert result.unwritten_words == ()
    return result.text.split("\n---\n", 1)[1].strip()
