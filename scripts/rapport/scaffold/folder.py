"""A new report written into a folder of its own, the program beside it; nothing that is there is touched."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Mapping
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from msgspec.structs import replace

from rapport.correspondence.follow_up import FOLLOW_UP, points_left, read_follow_up, recommendations_of
from rapport.language.names import identifier
from rapport.language.states import states
from rapport.model import Fields, Source
from rapport.project.points import POINTS
from rapport.project.read import BIBLIOGRAPHY, CHAPTERS, CONTRIBUTIONS, OUTLINE, REGISTER
from rapport.review.freeze import draft_map
from rapport.scaffold.outline import Tree, keeps_coordination, keeps_themes, new_outline, plain_value
from rapport.scaffold.pages import page_of_another, works_cited
from rapport.scaffold.profiles import profiles
from rapport.scaffold.questionnaire import Questionnaire
from rapport.storage import strict_yaml
from rapport.storage.yaml_out import whole_file

PROGRAM = ("scripts", "requirements", "docs", "Makefile", "pyproject.toml", "LICENSE", "README.md", "README.fr.md")
HIDDEN = (".gitignore", ".gitattributes")
PLAN = "docs/plan-type.yaml"
CARD = "association.yaml"
COORDINATES = re.compile(r"^coordination:.*\n", re.MULTILINE)
LEFT_OUT = re.compile(r"/(?:__pycache__|[^/]*\.egg-info)/")


def present_outline(root: Path) -> Tree:
    """This report's outline as plain values."""
    return _plain(root / OUTLINE)


def _plain(path: Path) -> Tree:
    read, _ = strict_yaml.read(path.read_text(encoding="utf-8"), path.name)
    return cast(Tree, plain_value(cast(Fields, read)))


def cards(root: Path) -> Mapping[str, str]:
    """The text of each association's card, by its folder."""
    found = sorted((root / CONTRIBUTIONS).glob(f"*/{CARD}"))
    return {path.parent.name: path.read_text(encoding="utf-8") for path in found}


def write_report(root: Path, folder: Path, answers: Questionnaire, today: str) -> None:
    """Write the whole project, or nothing of it; raises FileExistsError where the folder holds something else."""
    try:
        with TemporaryDirectory() as place:
            part = Path(place) / "rapport"
            _fill(part, root, texts(root, answers, today))
            if folder.exists() and any(folder.iterdir()):
                if not _same(part, folder):  # the same: it was written by a command that was killed at its very end
                    raise FileExistsError(folder)
            else:
                _put(part, folder)
    except FileExistsError:
        raise
    except OSError as error:
        error.filename, error.filename2 = str(folder), None
        raise


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files."""
    names = _names(one)
    return names == _names(other) and all(cmp(one / name, other / name, shallow=False) for name in names)


def _names(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def _put(part: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    try:
        part.replace(folder)
    except OSError as error:
        if error.errno != errno.EXDEV:  # the new folder may lie on another disk
            raise
        beside = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            shutil.copytree(part, beside)
            beside.replace(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _fill(folder: Path, root: Path, written: Mapping[str, str]) -> None:
    """The program as it is here, and the texts of the new report."""
    folder.mkdir(parents=True)
    for name in (*PROGRAM, *HIDDEN):
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]:
            copy = folder / path.relative_to(root)
            if path.is_file() and not LEFT_OUT.search(path.relative_to(root).as_posix()):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / CONTRIBUTIONS / "inbox").mkdir(parents=True, exist_ok=True)


def texts(root: Path, answers: Questionnaire, today: str) -> dict[str, str]:
    """Every text of the new report, by its path."""
    present, own = present_outline(root), profiles()[answers["comite"]]
    report = cast(Tree, present["rapport"])
    same = report.get("convention") == own.convention
    pages = {
        path.relative_to(root).as_posix(): own.named_in(page_of_another(path.read_text(encoding="utf-8"), same))
        for path in sorted((root / CHAPTERS).rglob("*.md.j2"))
    }
    calendar = cast("list[Tree]", _plain(root / PLAN)["calendrier"])
    old = states().get(str(report.get("etat", "")))
    return {
        **pages,
        **_left_undone(root, answers, report),
        OUTLINE: new_outline(present, calendar, answers, old),
        REGISTER: "noms: []\ncontacts: []\nexceptions: []\n",
        BIBLIOGRAPHY: works_cited((root / BIBLIOGRAPHY).read_text(encoding="utf-8"), pages.values()),
        **_members(root, answers, today, keeps_coordination(present, answers)),
    }


def _left_undone(root: Path, answers: Questionnaire, report: Tree) -> dict[str, str]:
    """The recommendations of this report that were not followed, as points that the next one on the State answers."""
    path = root / FOLLOW_UP
    if not path.is_file() or report.get("etat") != answers.state.code:
        return {}
    drafts = (draft_map.load(root, number) for number in draft_map.numbers(root))
    known = {name: place for draft in drafts for name, place in recommendations_of(draft.places).items()}
    entries, _ = read_follow_up(Source(FOLLOW_UP, path.read_text(encoding="utf-8"), ""), known)
    if not keeps_themes(answers):
        entries = tuple(replace(one, theme="") for one in entries)
    year = str(report["date"])[:4]
    facts = {
        "cote": f"Rapport de {year}", "titre": str(report["titre"]), "titre_en": str(report.get("titre_en", "")),
        "auteur": str(cast(Tree, report["collectif"])["nom"]), "date": str(report["date"]),
        "source": "chapters/suivi.yaml du rapport précédent",
    }  # fmt: skip
    text = points_left(entries, facts)
    return {f"{POINTS}/rapport-{year}.yaml": text} if text else {}


def members(root: Path) -> dict[str, str]:
    """The folder of each association by the identifiers of what it is called: its folder, its name."""
    return {called: folder for folder, card in cards(root).items() for called in (folder, identifier(_name(card)))}


def _members(root: Path, answers: Questionnaire, today: str, coordinated: bool) -> dict[str, str]:
    """The cards: those of today with all their dates, « ancienne » for those that left, and those that joined."""
    found: dict[str, str] = {}
    for folder, card in cards(root).items():
        leaving = folder in answers.leaving
        noted = f"  - date: {today}\n    etat: ancienne\n    source: réponse donnée à « make new »\n" if leaving else ""
        card = card if coordinated else COORDINATES.sub("", card)
        found[f"{CONTRIBUTIONS}/{folder}/{CARD}"] = card.rstrip("\n") + "\n" + noted
    for name in answers.several("nouvelles"):
        observed = {"date": today, "etat": "membre", "source": "réponse donnée à « make new »"}
        found[f"{CONTRIBUTIONS}/{identifier(name)}/{CARD}"] = whole_file({"nom": name, "adhesion": [observed]})
    return found


def _name(card: str) -> str:
    lines = (line for line in card.splitlines() if line.startswith("nom:"))
    return next(lines, "nom:").removeprefix("nom:").strip()
