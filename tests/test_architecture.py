"""The shape of the package: imports go down only, one file prints, one file knows the order of the stages."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "rapport"
MODULES = sorted(PACKAGE.rglob("*.py"))
# From the bottom up: a module imports from lower layers, or from its own folder.
LAYERS = (
    ("model", "messages"),
    ("rules", "cache", "manifest", "lock", "names", "caseless", "tree", "pandoc", "printable", "encoding", "bounds"),
    (
        "strict_yaml",
        "shape",
        "images",
        "markup",
        "trace",
        "counting",
        "prose",
        "likeness",
        "bibtex",
        "entries",
        "acronyms",
    ),
    ("library", "anchors", "recommended", "agreements"),
    ("read", "outline", "bibliography", "glossary"),
    ("protection", "word"),
    ("parse", "check", "merge", "translation", "articles", "cite"),
    ("layout",),
    ("export", "display", "verify"),
    ("opening",),
    ("pipeline", "arguments"),
    ("forms",),
    ("intake", "letters"),
    ("drafts", "review", "redline"),
    ("decisions", "accords"),
    ("status", "translation_files", "building", "budget", "watch", "verified", "bench", "names_review", "submission"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def layer(path: Path) -> str:
    """The name that a module has in LAYERS: its folder's, or its own."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """The names in LAYERS of our own modules that a module imports, wherever it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rapport":
            parts = node.module.split(".")[1:]
            names |= {parts[0]} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("rapport.")}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = layer(path)
    if own == "__init__":
        return
    for other in imported(path) - {own}:
        assert RANK[other] <= RANK[own], f"{own} imports {other}"


def test_model_imports_nothing_of_ours() -> None:
    assert imported(PACKAGE / "model.py") == set()


def test_only_the_command_prints() -> None:
    for path in MODULES:
        calls = [
            n.func.id
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        ]
        if path.name not in ("cli.py", "__main__.py"):
            assert "print" not in calls, path


def test_files_are_one_idea_long() -> None:
    # model.py is the one vocabulary of all stages, a catalogue holds every sentence of a language: one place to look a
    # word up is worth its length.
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {
        name: length
        for name, length in lengths.items()
        if length > (500 if name in ("model.py", "fr.py", "en.py", "rules_fr.py", "rules_en.py") else 350)
    }
