"""Every number of the editor's page counted again from the disk, by a reader that knows YAML and lines and no more.

It imports nothing of `rapport`: what it knows is how the files are written. It counts after each thing that happens.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import lay_stock
from rapport import cli
from test_desk import ACTIONS, CALENDAR, DOCUMENTS, JOURNAL, LEDGER, MAP, made, numbers, planned, words, write
from test_figures_asking import ROWS, answer
from test_figures_publication import WIDE
from word_files import docx, h, p

pytestmark = pytest.mark.slow
DRAFTS = "contributions/drafts"
CALLS = re.compile(r"\[\^[\w-]+\]:?|^\|[-:| ]+\|$", re.M)
MARKUP = re.compile(r"!\[|\]\([^)]*\)(?:\{[^}]*\})?|[*>|]|^\s*(?:#+|-|\d+\.|:)\s", re.M)
POINTS = """\
cote: TEST/C/CO/1
titre: Un document inventé
auteur: Un comité inventé
date: 2009-06-22
nature: observations
lu_le: 2015-01-02
source: inventé pour les tests
points:
  - numero: 12
    citation: une phrase inventée
    lu_dans: inventé
    themes: [mendicite]
  - numero: 14
    citation: une autre phrase inventée
    lu_dans: inventé
    themes: [parole]
"""
NAME = "Zélie Quorbanet"  # the one name that nobody reviewed, where a test writes it


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = lay_stock(tmp_path / "projet")
    planned(root)
    for name in ("alpha", "beta"):  # a citation counts for the words that it prints, which no line of the text has
        path = f"contributions/{name}/travail-force.md"
        write(root, path, re.sub(r" ?\[@[^\]]*\]|@livre2010", "", (root / path).read_text("utf-8")))
    write(root, "contributions/gamma/mendicite.md", "Un texte sans en-tête.\n")
    card = root / "contributions/gamma/association.yaml"
    card.write_text(card.read_text("utf-8").replace("candidate", "membre"), encoding="utf-8")
    write(root, "contributions/delta/association.yaml", card.read_text("utf-8").replace("Gamma", "Delta"))
    for name, said in (
        ("ledger", LEDGER),
        ("1/map", MAP % (1, "trois mots ici")),
        ("2/map", MAP % (2, "un deux trois")),
    ):
        write(root, f"{DRAFTS}/{name}.{'yaml' if name == 'ledger' else 'json'}", said)
    write(root, "contributions/inbox/journal.yaml", JOURNAL)
    write(root, "chapters/actions.yaml", ACTIONS)
    write(root, "contributions/documents.yaml", DOCUMENTS)
    write(root, "chapters/points/test.yaml", POINTS)
    assert cli.run(["consent", "--root", str(root), "--date", "2015-01-05"]) == 0
    assert cli.run(["translation", "--root", str(root)]) == 0
    return root


# ---------------------------------------------------------------- the reader of the disk


def load(root: Path, path: str) -> Any:
    """A YAML file as the library reads it; an empty mapping where it is not there."""
    place = root / path
    return (yaml.load(place.read_text("utf-8"), yaml.BaseLoader) if place.is_file() else None) or {}


def header(path: Path) -> dict[str, Any]:
    parts = path.read_text("utf-8").split("---\n")
    return yaml.load(parts[1], yaml.BaseLoader) or {} if len(parts) > 2 and not parts[0] else {}


def word_count(text: str) -> int:
    """The words of a body as a word processor has them, its headings apart."""
    body = "\n".join(line for line in text.split("---\n", 2)[2].splitlines() if not line.startswith("## "))
    return len(MARKUP.sub(" ", CALLS.sub("", body)).split())


def theme_words(title: str, texts: list[Path]) -> int:
    """The words of a theme: its title, each heading of a section once, and what every text has under them."""
    bodies = [path.read_text("utf-8") for path in texts]
    headings = {line[3:] for body in bodies for line in body.splitlines() if line.startswith("## ")}
    return len(title.split()) + sum(len(one.split()) for one in headings) + sum(map(word_count, bodies))


def recount(root: Path) -> dict[str, Any]:
    """What the page has to say, by the name of each thing."""
    outline = load(root, "chapters/outline.yaml")
    texts = [path for path in sorted(root.glob("contributions/*/*.md")) if ".en." not in path.name]
    accepted = [path for path in texts if header(path)]
    consent, remarks = load(root, f"{DRAFTS}/consent.yaml"), load(root, f"{DRAFTS}/ledger.yaml").get("remarques", [])
    agreed = {(one["association"], name) for one in consent.get("accords", []) for name in one["empreintes"]}
    asked = {(one["association"], pair.split()[1]) for one in consent["demandes"] for pair in one["passages"]}
    documents = load(root, "contributions/documents.yaml").get("documents", [])
    actions = load(root, "chapters/actions.yaml")["actions"]
    titles = {theme["id"]: theme["titre"] for part in outline["parties"] for theme in part["themes"]}
    stages = days_of(outline["rapport"]["calendrier"], outline["rapport"]["date"])
    states = Counter(one["etat"] for one in remarks)
    arrivals = [
        one["date"]
        for one in load(root, "contributions/inbox/journal.yaml")["recus"]
        if one["verdict"] == "repris" and "date" in one
    ]
    maps = [json.loads(path.read_text("utf-8")) for path in sorted(root.glob(f"{DRAFTS}/*/map.json"))]
    letters = {path: letter(path, asked, agreed) for path in texts}
    themed = {name: [path for path in accepted if path.stem == name] for name in {path.stem for path in accepted}}
    unread = sum(one.get("etat", "a-lire") != "lu" for one in documents)
    names = sum(path.read_text("utf-8").count(NAME) for path in accepted)
    waiting = sum(one["etat"] == "ouverte" or (one["etat"] == "acceptee" and not one.get("suite")) for one in remarks)
    blocking = {
        "erreurs qui restent": len(texts) - len(accepted),  # each has one: it begins without a header
        "textes refusés, qui manqueraient au rapport": len(texts) - len(accepted),
        "noms que personne n'a revus": names,
        "documents de travail qui tiennent la place du texte de l'association": [*letters.values()].count("E"),
        "textes auxquels leur association n'a pas encore donné son accord": sum(
            one in "EAR" for one in letters.values()
        ),
        "remarques sans réponse, ou acceptées et pas encore écrites": waiting,
        "documents reçus que personne n'a lus": unread,
    }
    return {
        "blocking": {what: number for what, number in blocking.items() if number},
        "names": names,
        "points": sum(
            map(int, (not answered(one, accepted) for one in load(root, "chapters/points/test.yaml")["points"]))
        ),
        "approved": [*letters.values()].count("V"),
        "remarks": states["ouverte"],
        "accepted": states["acceptee"],
        "agreements": len({one for one in asked if one not in agreed}),
        "documents": unread,
        "actions": sum("fait_le" not in one for one in actions),
        "translations": sum(untranslated(path) for path in root.glob("contributions/*/*.en.md")),
        "days": sorted(stages.values()),
        "silent": {c["nom"] for c in cards(root).values()} - {cards(root)[path.parent.name]["nom"] for path in texts},
        "letters": {(titles[path.stem], cards(root)[path.parent.name]["nom"]): said for path, said in letters.items()},
        "words": {
            cards(root)[name]["nom"]: sum(
                word_count(path.read_text("utf-8")) for path in accepted if path.parent.name == name
            )
            for name in {path.parent.name for path in accepted}
        },
        "theme words": (by_theme := {titles[name]: theme_words(titles[name], texts) for name, texts in themed.items()}),
        "report words": sum(by_theme.values())
        + sum(
            len(part["titre"].split())
            for part in outline["parties"]
            if any(one["id"] in themed for one in part["themes"])
        ),
        "plots": [
            added_up(one[:10] for one in arrivals),
            [(str(one["number"]), written(one)) for one in maps],
            added_up(one["date"][:10] for one in remarks),
            added_up(one["date"] for one in consent.get("accords", []) for _ in one["empreintes"]),
        ],
    }


def answered(point: dict[str, str], texts: list[Path]) -> bool:
    """Whether a text says in its header that it answers this point."""
    return any(f"par. {point['numero']}" in str(header(path).get("repond", "")) for path in texts)


def cards(root: Path) -> dict[str, dict[str, Any]]:
    return {path.parent.name: load(path.parent, path.name) for path in root.glob("contributions/*/association.yaml")}


def days_of(stages: list[dict[str, str]], report: str) -> dict[str, str]:
    """The day of each stage, those counted from another or from the report's date reckoned here."""
    days = {one["id"]: one["date"] for one in stages if "date" in one}
    for one in (one for one in stages if "date" not in one):
        start = date.fromisoformat(days[one["depuis"]] if "depuis" in one else report)
        days[one["id"]] = (
            start + timedelta(days=int(one.get("jours", 0)) + 7 * int(one.get("semaines", 0)))
        ).isoformat()
    return days


def untranslated(path: Path) -> int:
    """The blocks of a translation under whose French nobody has written anything."""
    blocks = re.findall(r"^::: \{\.bloc[^}]*\}\n(.*?)^:::$", path.read_text("utf-8"), re.M | re.S)
    return sum(
        not [line for line in block.splitlines() if line.strip() and not line.startswith(">")] for block in blocks
    )


def letter(path: Path, asked: set[tuple[str, str]], agreed: set[tuple[str, str]]) -> str:
    """X without a header, C confidential, V where all that its association was shown is agreed to, E, A, R."""
    said, who = header(path), path.parent.name
    if not said:
        return "X"
    if said.get("diffusion") == "confidentielle":
        return "C"
    shown = {one for one in asked if one[0] == who}
    if shown and shown <= agreed:
        return "V"
    return "E" if "avertissement" in said else "A" if shown else "R"


def written(draft: dict[str, Any]) -> int:
    own = (place for place in draft["places"] if place.get("association") and not place.get("copy"))
    return sum(len(place["text"].split()) for place in own if not place.get("path", "").endswith("association.yaml"))


def added_up(days: Any) -> list[tuple[str, int]]:
    by_day = Counter(days)
    return list(zip(sorted(by_day), accumulate(by_day[day] for day in sorted(by_day)), strict=True))


# ---------------------------------------------------------------- the page

PLOTS = (
    "Fichiers repris, en tout", "Mots des contributions, projet par projet", "Remarques reçues, en tout",
    "Passages approuvés, en tout",
)  # fmt: skip


def shown(root: Path) -> dict[str, Any]:
    """The same things as the page says them."""
    page = made(root)
    found: dict[str, Any] = dict(numbers(page))
    rows = page.get_element_by_id("blocking").iterfind(".//tbody/tr")
    found["blocking"] = {words(row[1]).rpartition(" : ")[0]: int(words(row[0])) for row in rows}
    table = page.get_element_by_id("themes").find(".//table")
    heads = [words(cell) for cell in table.iterfind(".//thead/tr/th")][1:]
    found["letters"] = {
        (words(row[0]), head): words(cell)
        for row in table.iterfind(".//tbody/tr")
        for head, cell in zip(heads, row[1:], strict=False)
        if words(cell)
    }
    silent = page.get_element_by_id("themes").findall("./p")[-1]
    said = words(silent)
    found["silent"] = set(said.rstrip(".").split(" : ")[1].split(", ")) if said.startswith("N'ont") else set()
    found["days"] = [
        row.find(".//time").get("datetime") for row in page.get_element_by_id("deadlines").iterfind(".//tbody/tr")
    ]
    for name, lengths in zip(
        ("theme words", "words"), page.get_element_by_id("lengths").findall(".//table"), strict=True
    ):
        found[name] = {words(row[0]): int(words(row[1]).replace(" ", "")) for row in lengths.iterfind(".//tbody/tr")}
    whole = re.search(r"Rapport entier ([\d ]+) /", words(page.get_element_by_id("lengths")))
    found["report words"] = int(whole[1].replace(" ", "")) if whole else None
    plots: list[list[tuple[str, int]]] = [[] for _ in PLOTS]
    for figure in page.get_element_by_id("changes").iterfind(".//figure"):
        points = [(words(row[0]), int(words(row[1]))) for row in figure.iterfind(".//tbody/tr")]
        plots[PLOTS.index(words(figure.find("figcaption")))] = points
    return found | {"plots": plots}


def same(root: Path) -> dict[str, Any]:
    """The page and the disk compared: every number of the disk is the page's."""
    told, counted = shown(root), recount(root)
    assert {name: told[name] for name in counted} == counted
    return counted


def test_every_number_is_the_disks_whatever_happens(project: Path) -> None:
    before = same(project)
    assert before["translations"] > 0 and before["agreements"] > 0 and before["remarks"] == 2
    assert before["points"] == 2 and before["names"] == 0

    beta = project / "contributions/beta/travail-force.md"  # a point is answered
    text = beta.read_text("utf-8")
    repond = text.replace("diffusion: publique", "diffusion: publique\nrepond: [TEST/C/CO/1 par. 12]")
    beta.write_text(repond, encoding="utf-8")
    assert same(project)["points"] == 1
    beta.write_text(repond.replace("Un autre constat inventé.", f"{NAME} est venue."), encoding="utf-8")
    named = shown(project)  # a name comes that nobody reviewed
    assert named["names"] == named["blocking"]["noms que personne n'a revus"] == recount(project)["names"] == 1
    beta.write_text(repond, encoding="utf-8")

    ledger = project / DRAFTS / "ledger.yaml"  # a remark is opened
    opened = LEDGER.split("\n  - id: r2")[0].partition("\n")[2].replace("r1", "r5").replace("-03T", "-09T")
    ledger.write_text(ledger.read_text("utf-8") + opened + "\n", encoding="utf-8")
    after = same(project)
    assert after["remarks"] == 3 and after["plots"][2][-1] == ("2015-01-09", 5)

    agree = ["consent", "--root", str(project), "--association", "beta", "--agree", "--by", "le bureau"]
    assert cli.run([*agree, "--date", "2015-01-12"]) == 0  # an agreement is given
    agreed = same(project)
    assert agreed["agreements"] < after["agreements"] and agreed["letters"]["Travail forcé", "Association Bêta"] == "V"

    outline = project / "chapters/outline.yaml"  # a deadline is moved, and the one that is counted from it
    moved = CALENDAR.replace("date: 2014-10-02\n      fin: 2014-10-03", "date: 2014-11-05\n      fin: 2014-11-06")
    outline.write_text(outline.read_text("utf-8").replace(CALENDAR, moved), encoding="utf-8")
    assert same(project)["days"] == ["2014-11-04", "2014-11-05", "2015-01-31"]

    sections = ("Constat", "Analyse au regard de la Convention")
    said = "Une phrase inventée de l'association Gamma"
    body = "".join(h(title, 2) + p(f"{said} : {title[:7].lower()}.") for title in sections)
    demand = p("Au ministère inventé (CIDE 32) : inventer encore une mesure.", "ListParagraph")
    inbox = project / "contributions/inbox/gamma"
    inbox.mkdir(parents=True)
    (inbox / "travail-force.docx").write_bytes(docx(body + h("Recommandations", 2) + demand))
    assert cli.run(["intake", "--root", str(project)]) == 0  # a text is received
    received = same_but_agreements(project)
    assert received["letters"]["Travail forcé", "Association Gamma"] == "R"


def test_the_words_of_a_frozen_draft_are_those_of_the_texts(project: Path) -> None:
    outline = project / "chapters/outline.yaml"
    named = re.sub(r"^  projet: .*$", "  projet: Projet n° 3", outline.read_text("utf-8"), count=1, flags=re.M)
    outline.write_text(named, encoding="utf-8")
    assert cli.run(["draft", "--root", str(project)]) == 0
    public = [project / f"contributions/{name}/travail-force.md" for name in ("alpha", "beta")]
    captions = len("Tableau 1 – Figure 1 –".split())  # printed before the association's words
    words = sum(word_count(path.read_text("utf-8")) for path in public) + captions
    assert shown(project)["plots"][1][-1] == ("3", words)


def figures_owed(root: Path) -> int:
    """For each count asked of a member, one, unless its file has every row and column that is asked."""
    asked = load(root, "chapters/indicateurs.yaml")
    values = [one["nom"] for dimension in asked["dimensions"] for one in dimension["valeurs"]]
    owed = 0
    for association, card in cards(root).items():
        if card["adhesion"][-1]["etat"] != "membre":
            continue
        sent = "".join(path.read_text("utf-8-sig") for path in root.glob(f"contributions/{association}/chiffres/*"))
        for one in asked["indicateurs"]:
            is_asked = association in one.get("demande_a", [association])
            owed += is_asked and not (one["id"] in sent and all(value in sent for value in values))
    return owed


def test_the_figures_expected_are_those_of_the_disk(project: Path) -> None:
    write(project, "chapters/indicateurs.yaml", WIDE)
    card = project / "contributions/delta/association.yaml"
    left = card.read_text("utf-8").rstrip("\n") + "\n  - date: 2015-01-02\n    etat: ancienne\n    source: inventé\n"
    asked_of_one = WIDE.replace("seuil: 5,", "seuil: 5, demande_a: [beta],")
    changes: list[tuple[Callable[[], object], int]] = [
        (lambda: None, 4),
        (lambda: answer(project, "alpha", *ROWS), 3),  # the whole table
        (lambda: answer(project, "beta", "Mendicité"), 3),  # a row of it
        (lambda: card.write_text(left, encoding="utf-8"), 2),  # one has left
        (lambda: write(project, "chapters/indicateurs.yaml", asked_of_one), 1),
        (lambda: answer(project, "beta", *ROWS), 0),
    ]
    for change, number in changes:
        change()
        assert shown(project)["figures"] == figures_owed(project) == number


def same_but_agreements(root: Path) -> dict[str, Any]:
    """As `same`, where a text that nobody was shown yet has passages that no letter on the disk counts."""
    told, counted = shown(root), recount(root)
    left = {"agreements", "translations"}
    assert {name: told[name] for name in counted.keys() - left} == {
        name: counted[name] for name in counted.keys() - left
    }
    assert told["agreements"] > counted["agreements"] and told["translations"] > counted["translations"]
    return counted
