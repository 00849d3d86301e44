"""A sentence that is said of the files stands or falls with the comparisons of this very run, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pdf_reader import Reader
from rapport import cli
from rapport.messages import submission_fr
from rapport.messages.stop import BUG
from rapport.model import Diagnostic
from rapport.office.fields import bookmark_name
from rapport.proof.claims import CLAIMS, FORMATS, LAYOUT, proved_claims
from rapport.proof.comparison import Comparison
from rapport.proof.protection import _identifying
from rapport.report.derived_lists import DerivedLists
from test_submission import PUBLIC, complete, finished, run

assert complete and finished  # fixtures

EVERYTHING = {
    LAYOUT: {name for layout, _ in CLAIMS.values() for name in layout},
    **{f"build/rapport.{one}": {name for _, output in CLAIMS.values() for name in output} for one in FORMATS},
}
SAID_OF_ITSELF = "sans qu'une phrase soit retirée"


@pytest.mark.parametrize(
    ("path", "missing"), [(path, name) for path in EVERYTHING for name in sorted(EVERYTHING[path])]
)
def test_a_claim_falls_with_each_of_its_comparisons(path: str, missing: str) -> None:
    assert proved_claims(EVERYTHING) == frozenset(CLAIMS)
    left = proved_claims({**EVERYTHING, path: EVERYTHING[path] - {missing}})
    tied = {name for name, (layout, output) in CLAIMS.items() if missing in (layout if path == LAYOUT else output)}
    assert tied and left == frozenset(CLAIMS) - tied


def test_nothing_is_claimed_where_a_format_was_not_read() -> None:
    assert proved_claims({path: done for path, done in EVERYTHING.items() if not path.endswith(".pdf")}) == frozenset()


def sentences(project: Path) -> str:
    said = (project / PUBLIC / "attestation.txt").read_text(encoding="utf-8-sig")
    return " ".join(said.split()).replace("\u00a0", " ").replace("’", "'")


@pytest.mark.slow
def test_what_was_not_compared_is_neither_certified_nor_passed_over(
    complete: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(complete, "public") == 0
    agreed, silent = "les trois fichiers donnent les mêmes numéros", "les propriétés des fichiers ne disent ni personne"
    assert agreed in sentences(complete) and silent in sentences(complete)
    assert "l'attestation ne dit pas" not in capsys.readouterr().out

    def without_properties(self: Comparison, name: str, found: Iterator[Diagnostic]) -> list[Diagnostic]:
        return [] if name == "properties" else compare(self, name, found)

    compare = Comparison.compare
    monkeypatch.setattr(Comparison, "compare", without_properties)
    assert run(complete, "public") == 0
    assert agreed in sentences(complete) and silent not in sentences(complete)
    told = capsys.readouterr().out
    assert told.count("l'attestation ne dit pas") == 1 and submission_fr.WORDS["silent"] in told


@pytest.mark.slow
def test_that_no_sentence_is_taken_out_is_said_where_none_is(
    complete: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stock project has a confidential text: each edition says so, or says nothing."""
    assert run(complete, "public") == run(complete, "confidential") == 0
    told = capsys.readouterr().out
    pages = {name: (complete / "build" / f"rapport-{name}.html").read_text(encoding="utf-8") for name in NAMES}
    said = {name: SAID_OF_ITSELF in " ".join(page.replace("’", "'").split()) for name, page in pages.items()}
    assert said == dict(zip(NAMES, (False, True), strict=True))
    assert told.count("aucune phrase n'est retirée") == 1 and "alpha/parole" in told


NAMES = ("public", "confidentiel-ne-pas-diffuser")


@pytest.mark.slow
def test_a_list_that_lacks_a_recommendation_makes_no_report(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = DerivedLists.recommendations
    monkeypatch.setattr(DerivedLists, "recommendations", lambda self: list(whole(self))[:-1])
    assert cli.run(["build", "--root", str(project), "--lang", "fr"]) == BUG
    said = capsys.readouterr().out
    assert "V02" in said and "la vérification a échoué" in said  # a fault of the program's: no text is blamed
    assert "F14" not in said
    assert not (project / "build" / "rapport-projet.pdf").exists()


def test_a_place_named_by_a_digest_names_nobody() -> None:
    """Word holds 40 signs of a name: a longer one is « Xfdd4746… », which once read as a name."""
    digest = bookmark_name("theme-accompagnement--recommandations-du-collectif")
    assert len(digest) == 40 and not [*_identifying("Xfdd4746ebd21976fd17559f28f5eea88889e089"), *_identifying(digest)]
    assert [*_identifying("Xavier-Dupont")]


@pytest.mark.slow
def test_ten_key_recommendations_stand_on_one_page_of_each_summary(unbuilt: Path) -> None:
    asked = "inventer une mesure assez longue pour que deux lignes ne suffisent pas à la dire, puis une autre, " * 2
    text = (unbuilt / "contributions/alpha/travail-force.md").read_text(encoding="utf-8")
    demands = "".join(f"- **Au Parlement** (CIDE 3 ; clé) : Demande{at}, {asked}sans fin.\n" for at in range(10))
    (unbuilt / "contributions/alpha/travail-force.md").write_text(text + demands, encoding="utf-8")
    assert cli.run(["build", "--root", str(unbuilt), "--lang", "fr"]) == 0
    pages = ["".join(p.split()) for p in Reader((unbuilt / "build/rapport-projet.pdf").read_bytes()).pages]
    for heading in ("Lesrecommandationsclés", "Keyrecommendations"):
        (page,) = [page for page in pages if heading in page]
        assert all(f"Demande{at}" in page for at in range(10)), heading
