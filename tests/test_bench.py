"""The benchmark's corpus: the same bytes each time, and a project without an error."""

from pathlib import Path

import pytest

from rapport import pipeline
from rapport.model import Edition, Severity
from rapport.storage.cache import Cache
from tools import bench, bench_corpus

pytestmark = pytest.mark.slow


def content(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_the_same_size_gives_the_same_project(tmp_path: Path) -> None:
    for name in ("one", "two"):
        bench_corpus.write(tmp_path / name, 6, bench.TEMPLATES)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_there_is_no_error_in_it_even_when_edited(tmp_path: Path) -> None:
    corpus = bench_corpus.write(tmp_path / "project", 6, bench.TEMPLATES)
    bench_corpus.edit(corpus.contributions[0], 1)
    assert "Relecture 1." in corpus.contributions[0].read_text(encoding="utf-8")
    cache = Cache(tmp_path / "cache", "test")
    examined = pipeline.examine(corpus.root, cache)
    _, document, problems = pipeline.lay_out(examined, Edition.DRAFT, cache)
    found = (*examined.diagnostics, *problems)
    assert [d for d in found if d.rule.severity is Severity.ERROR] == []
    assert len(examined.accepted) == 6
    assert document is not None


def test_a_pasted_text_has_every_note_once(tmp_path: Path) -> None:
    corpus = bench_corpus.write(tmp_path / "project", 6, bench.TEMPLATES)
    pasted = (bench.paste(corpus, tmp_path / "pasted") / "report.md").read_text(encoding="utf-8")
    labels = [line.split("]:")[0] for line in pasted.split("\n") if line.startswith("[^")]
    assert len(labels) == len(set(labels)) > 6
