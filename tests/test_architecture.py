"""The shape of the package: imports go strictly down between rooms, one file prints, one file knows the order."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "rapport"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
# From the bottom up: a module imports from the rooms before its own, or from its own. A room within a room has a place
# of its own; a module of the outer room may be imported by none of them.
ROOMS = (
    "model rules steps tree language storage messages diff project markdown inventory bibliography office figures "
    "documents safeguarding workshops checks report translation proof output examination pipeline halving forms "
    "intake review.freeze review.collect review.apply review compare correspondence submission desk "
    "scaffold commands cli __main__"
).split()
LOOSE = {"model", "rules", "steps", "pipeline", "halving", "cli", "__main__"}
"""The files that belong to no room: the four that everything hangs on, and at most three more."""
PROOF_MAY_NOT_SEE = {"output"}
"""What makes the outputs: their readers share nothing with it."""


def room(module: str) -> str:
    """The room of a module of ours, without `rapport.`: « review.collect » of « review.collect.edits »."""
    parts = module.split(".")
    inner = ".".join(parts[:2])
    return inner if inner in ROOMS else parts[0]


def module(path: Path) -> str:
    """The name of a module without `rapport.`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imported(code: str) -> Iterator[str]:
    """Our own modules that a text imports, wherever it does so, without `rapport.`; of a package, the names taken."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rapport":
            inside = node.module.removeprefix("rapport").removeprefix(".")
            yield from (f"{inside}.{alias.name}".removeprefix(".") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("rapport.") for alias in node.names if alias.name.startswith("rapport.")
            )


def climbing(importer: str, names: Iterable[str]) -> list[str]:
    """Of what a module imports, the rooms that do not lie strictly below its own."""
    own = room(importer)
    return sorted({r for r in map(room, names) if r != own and ROOMS.index(r) >= ROOMS.index(own)})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_strictly_down(path: Path) -> None:
    upward = climbing(module(path), imported(path.read_text(encoding="utf-8")))
    assert upward == [], "a room imports from those above it in ARCHITECTURE.md alone: move what both need there"


@pytest.mark.parametrize(
    ("importer", "planted", "found"),
    [
        ("intake.inbox", "from rapport.correspondence import letters", ["correspondence"]),
        (
            "review.freeze.draft_map",
            "def f():\n    from rapport.review.collect.ledger import Ledger",
            ["review.collect"],
        ),
        ("proof.comparison", "import rapport.output.html.writer", ["output"]),
        ("tree.nodes", "from rapport import language", ["language"]),
        ("inventory.docx", "from rapport.office.wordml import block_text", ["office"]),
        ("inventory.account", "from rapport.intake import word_count", ["intake"]),
        ("commands.intake", "from rapport.intake.inbox import process_inbox", []),
    ],
)
def test_a_planted_import_is_seen(importer: str, planted: str, found: list[str]) -> None:
    assert climbing(importer, imported(planted)) == found


def test_the_proof_shares_nothing_with_what_made_the_outputs() -> None:
    for path in (PACKAGE / "proof").rglob("*.py"):
        assert not PROOF_MAY_NOT_SEE & {room(name) for name in imported(path.read_text(encoding="utf-8"))}, path


def test_every_file_stands_in_a_room() -> None:
    assert len(LOOSE - {"__main__", "cli", "pipeline", "model"}) <= 3
    assert {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"} == LOOSE
    assert {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} == {
        name.split(".")[0] for name in ROOMS
    } - LOOSE


def test_no_package_of_others_stands_among_our_files() -> None:
    top = PACKAGE.parents[1]
    assert "*.whl" in (top / ".gitignore").read_text(encoding="utf-8").split()
    assert [path.name for path in top.glob("*.whl")] == []


def test_no_two_classes_have_one_name() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_model_imports_nothing_of_ours() -> None:
    assert list(imported((PACKAGE / "model.py").read_text(encoding="utf-8"))) == []


def test_only_the_command_prints() -> None:
    for path in MODULES:
        calls = [
            n.func.id
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        ]
        if path.parent != PACKAGE / "commands" and path.name not in ("cli.py", "__main__.py"):
            assert "print" not in calls, path


def test_files_are_one_idea_long() -> None:
    # model.py is the one vocabulary of all stages, a catalogue holds every sentence of a language: one place to look a
    # word up is worth its length.
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {
        path: length
        for path, length in lengths.items()
        if length > (500 if path.name in ("model.py", "fr.py", "en.py", "rules_fr.py", "rules_en.py") else 350)
    }


MOST_UNNAMED = 7
"""How many values may be given to a class by their place alone: beyond it nobody can tell which is which."""


def unnamed_values(source: str) -> Iterator[str]:
    """Each call of a class that is given more values by their place than a reader can count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and len(node.args) > MOST_UNNAMED:
            name = ast.unparse(node.func).rpartition(".")[2]
            if name.lstrip("_")[:1].isupper():
                yield f"line {node.lineno}: {name} is given {len(node.args)} values without their names"


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_what_a_class_is_given_has_its_name(path: Path) -> None:
    assert list(unnamed_values(path.read_text(encoding="utf-8"))) == []


def test_a_planted_row_of_values_is_seen() -> None:
    assert list(unnamed_values("Stage(1, 2, 3, 4, 5, 6, 7)\nmodel._Stage(1, 2, 3, 4, 5, 6, 7, 8)")) == [
        "line 2: _Stage is given 8 values without their names"
    ]


def lost_braces(source: str) -> Iterator[str]:
    """What an f-string holds in single braces though nothing varies in it: « {2,} » of a pattern is then « (2,) »."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Tuple | ast.Constant):
            yield f"line {node.lineno}: {{{ast.unparse(node.value)}}}"


@pytest.mark.parametrize("path", MODULES, ids=module)
def test_patterns_have_their_braces(path: Path) -> None:
    assert list(lost_braces(path.read_text(encoding="utf-8"))) == []


def test_planted_braces_are_seen() -> None:
    assert list(lost_braces('rf"{word}\\w{2,}ed"')) == ["line 1: {(2,)}"]


# ---------------------------------------------------------------- names

PRONOUNS = set(
    "all both each everything it mine most none nothing one ours own same some that these they this those us usual "
    "what which who whose".split()
)
ADVERBS = set(
    "after again ahead alone also apart around aside astray away bare before behind beside between beyond elsewhere "
    "here into later meanwhile near nearly next now off once over quiet silent still there through together towards "
    "under".split()
)
PARTICIPLES = set(
    "begun bound broken built come done drawn foreseen found given gone held hidden kept known laid left lost made "
    "meant said seen sent shown spoken struck taken told understood unseen written".split()
)
ADJECTIVES = set("absent complete deeper final greatest last latest least small".split())
"""Alone they do not say of what; a property that answers yes or no is called « is_… »."""
ENDS_IN_ED = {"embed", "feed", "need", "seed"}
PREPOSITIONS = set("as at by for from has into of on out till to until up was with within without".split())
TERMS = {"Examined", "Guarded"}
"""Of the glossary: values in the state that the glossary names."""
FIELD_TERMS = {"accepted", "examined", "excepted", "guarded", "refused", "withheld", "required", "x", "y"}
"""Of the glossary too, of every schema, and of every plot."""
FILE_KEYS = {"DraftParagraph.counted", "DraftPicture.said"}
"""Fields that are keys of files in git: what was frozen stays readable."""


def is_riddle(name: str) -> bool:
    """Whether a name says neither what a thing is nor what is done: a pronoun, an adverb, a participle alone."""
    word = name.lower()
    if name in TERMS or word in ENDS_IN_ED:
        return False
    participle = re.fullmatch("[A-Z]?[a-z]+ed", name) is not None
    return participle or word in PRONOUNS | ADVERBS | PARTICIPLES or word.startswith("of_")


def public_names(code: str) -> Iterator[str]:
    """The functions and classes of a module, and the methods of its classes, but for those that begin with « _ »."""
    for node in ast.parse(code).body:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        for one in (node, *inner):
            if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_"):
                yield one.name


def is_riddle_of_a_field(name: str) -> bool:
    """Whether a field says nothing of what it holds: a flag is called « is_… », all else by a noun."""
    return name not in FIELD_TERMS and (is_riddle(name) or name in PREPOSITIONS or len(name) == 1)


def fields(code: str) -> Iterator[str]:
    """The fields of the classes of a module, each as « Class.field »."""
    for node in ast.walk(ast.parse(code)):
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
                yield f"{node.name}.{inner.target.id}"


def riddles_of_fields(code: str) -> set[str]:
    return {name for name in fields(code) if is_riddle_of_a_field(name.partition(".")[2])}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_fields_say_what_they_hold(path: Path) -> None:
    riddles = riddles_of_fields(path.read_text(encoding="utf-8")) - FILE_KEYS
    assert riddles == set(), "name what these hold with a noun; what answers yes or no is called is_… or has_…"


def test_what_is_excepted_is_there() -> None:
    found = {name for path in MODULES for name in riddles_of_fields(path.read_text(encoding="utf-8"))}
    assert found == FILE_KEYS


@pytest.mark.parametrize(
    "planted", ["at: int", "said: str", "joined: bool = False", "one: bool", "left: float", "n: int"]
)
def test_a_planted_riddle_of_a_field_is_seen(planted: str) -> None:
    assert riddles_of_fields(f"class Place:\n    {planted}") == {f"Place.{planted.partition(':')[0]}"}
    assert not riddles_of_fields("class Place:\n    offset: int\n    is_joined: bool\n    guarded: int")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_names_say_what_is_returned_or_done(path: Path) -> None:
    names = (path.stem, *public_names(path.read_text(encoding="utf-8")))
    riddles = [name for name in names if is_riddle(name) or name in PREPOSITIONS | ADJECTIVES]
    assert riddles == [], "say what is returned with a noun, or what is done with a verb"


@pytest.mark.parametrize(
    "planted",
    [
        "def told(): ...",
        "def of_the_report(): ...",
        "class Asked: ...",
        "class Reader:\n    def apart(self): ...",
        "class Reader:\n    @property\n    def settled(self): ...",
    ],
)
def test_a_planted_riddle_is_seen(planted: str) -> None:
    assert any(map(is_riddle, public_names(planted)))


QUIET = {"property", "cached_property", "overload", "override"}
"""Decorators of what is told elsewhere: a field by its name, an override by what it overrides."""
VISITORS = ("block_", "inline_")
"""How a visitor's methods begin; the rest of the name is the kind of node, which says what they write."""


def undocumented(code: str) -> list[str]:
    """The public functions of a text, and methods of its public classes, that have no docstring."""
    top = ast.parse(code).body
    classes = (node for node in top if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
    inside = (node for one in classes for node in one.body)
    functions = (node for node in (*top, *inside) if isinstance(node, ast.FunctionDef))
    silent = (one for one in functions if not one.name.startswith(("_", *VISITORS)) and not ast.get_docstring(one))
    return [one.name for one in silent if not {ast.unparse(d).split(".")[-1] for d in one.decorator_list} & QUIET]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_public_functions_say_what_they_give(path: Path) -> None:
    assert undocumented(path.read_text(encoding="utf-8")) == [], "say in a docstring what each gives and raises"


def test_a_function_that_says_nothing_is_seen() -> None:
    assert undocumented("class Writer:\n    def page(self): ...\n    def block_Para(self): ...") == ["page"]


# ---------------------------------------------------------------- what may only fall

RAW_NODES = 0
"""How often pandoc's own keys are written outside tree/: lower it with each that goes, to nothing."""
LONG_CLASSES = 19
"""How many classes have more than 120 lines."""
ANYS = 120
"""How often `Any` is written in the package."""


def test_nodes_are_reached_by_name() -> None:
    raw = re.compile(r"""\[["'][ct]["']\]""")
    outside = (path for path in MODULES if room(module(path)) != "tree")
    assert sum(len(raw.findall(path.read_text(encoding="utf-8"))) for path in outside) <= RAW_NODES


def test_classes_hold_one_idea() -> None:
    classes = (node for path in MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for node in classes if isinstance(node, ast.ClassDef)]
    found = sum(length > 120 for length in lengths)
    assert found <= LONG_CLASSES, "a class has come to have more than 120 lines: cut it where it holds two ideas"


def test_any_is_rare() -> None:
    hint = re.compile(r"(?<![\w.])Any(?=[\],\s|)=:])")
    assert sum(len(hint.findall(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")) <= ANYS


# ---------------------------------------------------------------- ARCHITECTURE.md


def test_the_architecture_is_read_in_ten_minutes() -> None:
    text = (PACKAGE.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(text.split()) <= 2_000
    entries = re.findall(r"^\| (?!term |---)", text.partition("## Glossary")[2].partition("\n## ")[0], re.MULTILINE)
    assert 0 < len(entries) <= 30
