"""Each submission of hostile_words.py and hostile_children.py has its verdict, and is said, never more."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile import CANARY, Build, put, text
from hostile_children import FOUND, ONE, TOLD, TWO, told
from hostile_words import ENTRY, FILES, HEADERS, TEMPLATES, WORDS, WORKS, bib
from rapport import pipeline
from rapport.examination.opening import open_cache
from rapport.markdown import pandoc
from rapport.model import Edition
from rapport.safeguarding.register import Register, ReviewEntry, write_register
from verdicts import room, verdict

pytestmark = pytest.mark.slow

BUILDS = {**FILES, **TEMPLATES, **HEADERS, **WORKS}
BODIES = {**WORDS, **FOUND}
REGISTER = "chapters/noms-revus.yaml"
REVIEWED = ReviewEntry("une raison inventée", "une éditrice", "2014-12-05")


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def root(tmp_path: Path, warm: Path) -> Path:
    return room(tmp_path, warm)


def judge(build: Build, wanted: str, root: Path, capsys: pytest.CaptureFixture[str], secret: bool = False) -> None:
    """What is found holds the verdict wanted; "" is that nothing refuses, and no one but a name wants an eye."""
    build(root)
    found = verdict(root, capsys, secret)
    refused = [code for code in found if " " not in code]
    if not wanted:
        assert refused == []
        assert not [code for code in found if code.startswith("à voir") and code[7:] not in ("C02", "S12")], found
    elif " " in wanted:
        assert wanted in found
    else:
        assert wanted in refused, found


@pytest.mark.parametrize("case", BUILDS)
def test_builds(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(*BUILDS[case], root, capsys, secret="link" in case or "canary" in case)


@pytest.mark.parametrize("case", BODIES)
def test_bodies(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body, wanted = BODIES[case]
    judge(put(text(body)), wanted, root, capsys)


@pytest.mark.parametrize("case", TOLD)
def test_testimonies(case: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, wanted = TOLD[case]
    judge(put(content), wanted, root, capsys)


# ---------------------------------------------------------------- what no register lets pass


def lay_out(root: Path, edition: Edition) -> str:
    """The document of an edition, as its exporters receive it; "" when there is none."""
    cache = open_cache(root)
    _, document, _ = pipeline.lay_out(pipeline.examine(root, cache), edition, cache)
    return str(document) if document else ""


def codes(root: Path) -> list[str]:
    return [d.rule.code for d in pipeline.examine(root, open_cache(root)).diagnostics]


@pytest.mark.parametrize(
    ("sentence", "kind", "words", "code"),
    [
        ("« Je dormais à Bobigny. »", "place", "Bobigny", "C05"),
        ("« Aminata est partie. »", "name", "Aminata", "C03"),
        ("« Joindre le 06 00 00 00 00. »", "identifier", "06 00 00 00 00", "C01"),
    ],
)
def test_in_a_testimony_no_exception_holds(sentence: str, kind: str, words: str, code: str, root: Path) -> None:
    register = Register(contacts=(("06 00 00 00 00", REVIEWED),)).with_exception(sentence, kind, words, REVIEWED)
    (root / REGISTER).write_text(write_register(register), encoding="utf-8")
    put(told(sentence, ONE))(root)
    assert code in codes(root)


def test_elsewhere_the_contact_of_an_organisation_passes(root: Path) -> None:
    put(text("Joindre le 06 00 00 00 00."))(root)
    assert "C01" in codes(root)
    (root / REGISTER).write_text(write_register(Register(contacts=(("06 00 00 00 00", REVIEWED),))), encoding="utf-8")
    assert "C01" not in codes(root)


def test_elsewhere_an_exception_holds_for_its_sentence(root: Path) -> None:
    sentence = "Une fille de 14 ans vivait à Bobigny."
    put(text(sentence))(root)
    assert "C04" in codes(root)
    register = Register().with_exception(sentence, "together", "14 ans", REVIEWED)
    (root / REGISTER).write_text(write_register(register), encoding="utf-8")
    assert "C04" not in codes(root)


def test_a_name_of_the_works_cited_is_no_one_s_in_a_testimony(root: Path) -> None:
    register = Register().with_name("Aminata", REVIEWED)
    (root / REGISTER).write_text(write_register(register), encoding="utf-8")
    put(text("Aminata est citée."))(root)
    assert "C02" not in codes(root)
    put(told("« Aminata est partie. »", ONE))(root)
    assert "C03" in codes(root)


def test_a_section_of_testimonies_may_have_another_title(root: Path) -> None:
    outline = root / "chapters/outline.yaml"
    outline.write_text(outline.read_text(encoding="utf-8").replace("titre: Témoignages", "titre: Paroles"), "utf-8")
    put(told("« Je dormais à Bobigny. »", ONE).replace("## Témoignages", "## Paroles"))(root)
    assert "C05" in codes(root)


# ---------------------------------------------------------------- what is held back, and what is not


def test_a_court_holds_back_its_own_testimony_alone(root: Path) -> None:
    waiting = TWO + "    procedure_en_cours: oui\n"
    put(told("« Parole libre. » (T-01)\n\n### Un titre\n\n« Parole gardée. » (T-02)", waiting))(root)
    for edition in (Edition.DRAFT, Edition.PUBLIC):
        printed = lay_out(root, edition)
        assert "libre" in printed and "gardée" not in printed and "Un titre" not in printed
    assert "gardée" in lay_out(root, Edition.CONFIDENTIAL)


@pytest.mark.parametrize("case", ["template with a phone", "template with a child"])
def test_nothing_is_built_of_a_template_that_leads_to_someone(case: str, root: Path) -> None:
    build, _ = TEMPLATES[case]
    build(root)
    assert lay_out(root, Edition.DRAFT) == ""


def test_an_entry_that_leads_to_someone_is_printed_as_its_key(root: Path) -> None:
    bib(ENTRY % ("Un titre", f"  note = {{joindre le 06 00 00 00 00 {CANARY}}},\n"))(root)
    printed = lay_out(root, Edition.DRAFT)
    assert "essai2013" in printed and CANARY not in printed


def test_an_empty_line_in_a_field_loses_nothing(root: Path) -> None:
    bib(ENTRY % ("Un titre\n\nen deux", ""))(root)
    examined = pipeline.examine(root, open_cache(root))
    (item,) = [r.item for r in examined.library.references if "essai2013" in r.key.value]
    assert item["title"] == "Un titre en deux"
    assert item["publisher"] == "Maison inventée"


def test_what_pandoc_could_not_read_is_not_tried_again(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "build/cache").unlink()  # a cache of its own, warm but for one text
    verdict(root, capsys)
    put(text("&a" * 4000))(root)
    monkeypatch.setattr(pandoc, "SECONDS", 0.3)
    assert "F06" in verdict(root, capsys)
    monkeypatch.setattr(pandoc, "read_all", lambda texts, format="": pytest.fail("asked again") if texts else [])
    assert "F06" in verdict(root, capsys)
