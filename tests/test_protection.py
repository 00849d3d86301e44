"""The protection of children: recall first, in linear time, and a register that loses nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport import cli, pipeline, rules
from rapport.commands import review_names
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.model import Severity, Source
from rapport.safeguarding import combinations, lexicon, reading
from rapport.safeguarding.decisions import DamagedRegister, open_findings
from rapport.safeguarding.outgoing import open_door
from rapport.safeguarding.register import Register, ReviewEntry, read_register, seals, write_register
from rapport.safeguarding.scan import scan
from rapport.safeguarding.world import make_world
from tools import bench_names

pytestmark = pytest.mark.slow

REVIEWED = ReviewEntry("une raison : « inventée »", 'édition "un"', "2014-12-05")
TEXT = "contributions/beta/travail-force.md"
REGISTER = "chapters/noms-revus.yaml"


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in scan(text)]


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(("file", "least"), [("sentences", 0.98), ("sentences-en", 0.97)])
def test_the_labelled_sentences(file: str, least: float) -> None:
    labelled = bench_names.OWN.with_name(f"{file}.jsonl")
    scores = bench_names.measure(labelled.read_text(encoding="utf-8").splitlines())
    assert scores.identified_recall >= least
    assert scores.recall >= least
    assert scores.precision >= 0.9
    positives = scores.found + len(scores.missed)
    assert positives >= 100
    assert len(scores.vain) + scores.left >= positives


HIDDEN_BY_NOTHING = (
    "Dans l'enquête Zelvina, la mineure a tout raconté.",
    "Dans Kovalenko, la cour du squat servait de dortoir.",
    "Le film Zelvina montre une fille de la rue.",
    "Elle a signé le livre Zelvina.",
    "Zelvina c. Dragan, arrêt du 12 mai.",
    "Prince du quartier, il vendait des roses.",
    "Désirée de la chambre deux a fugué.",
    "Grâce est le nom qu'elle porte.",
    "Marguerite de l'hôtel a été battue.",
    "Contact presse de la famille : 06 12 34 56 78.",
    "Écrire à team.blessing2009@gmail.com.",
    "Nous les avons trouvées rue des Acacias.",
    "Née au foyer du réseau le 12 mai 2009.",
    "Sa fille est née au siège du collectif le 12 mai 2009.",
    "Sur sa page « zelvina_93 », elle vend.",
    "ZELVINA-14 ans, au foyer.",
    "L'acronyme cache ZELVINA, disait la mère.",
    "Le réseau exploitait une fille surnommée « la puce ».",
    "La ministre rencontre Fatou Diallo au foyer.",
    "Zelvina Kovač argued with her mother before she ran away.",
    "Blessing Osaro wrote that she was beaten every night.",
    "Mme Kovalenko wrote to us about her daughter.",
    "Blessing Osaro pointed out the man who sold her.",
    "The president met Fatou Diallo in the shelter.",
    "Faith will have a baby in June.",
    "Hope should be in school by now.",
    "Rose brought the money to the flat every night.",
    "Amber shares a room with three girls.",
    "Princess swore she was eighteen.",
    "Angel and two girls slept there.",
    "The book Zelvina keeps under her bed.",
    "The scheme used a girl nicknamed Pearl.",
    "La voisine a vu Cannelle pleurer.",
    "On a séparé Roseau de sa mère.",
    "Le juge a placé Galet au foyer.",
    "La cousine de Silence habite ici.",
    "C'est Abeille qui a ouvert la porte.",
    "He gave Acorn a phone.",
    "We spoke to Meadow about school.",
    "They beat Pebble twice.",
    "We met River near the bridge.",
    "Destiny White ran away.",
    "Selon Bonheur, le recruteur promettait un salaire.",
    "Quant à Miracle, elle dormait dans la cave.",
    "According to Sunshine, the man took her papers.",
    "L'expertise de Walid Benkirane conclut à une emprise ancienne.",
    "Zamfira gère la caisse du squat.",
    "Zamfira Popa, reçue par la présidente, a pleuré.",
    "Le dossier de POPA a été transmis au parquet.",
    "The Kovalenko woman kept the keys.",
    "He is called the Zamfira by the gang.",
    "The project Fatou told us about was a lie.",
    "Blessing Osaro was led by two men to the flat.",
    "Lady Blessing kept the papers.",
    "Le rapport Zelvina circule dans le foyer.",
    "Voir Zamfira au foyer avant vendredi.",
    "Les deux amis, M. et T., ont disparu.",
    "Both R. and S. were sent back to Italy.",
    "S. N. avait déjà fugué six fois.",
    "Ring the uncle on 07888 410 223, not our helpline.",
    "Le fichier audition-Rokia.pdf a été transmis.",
    "La note d'incident n° 458/2022 décrit les faits.",
    "Le signalement 2021-CRIP-0457 concerne cette fratrie.",
    "Elle écrit depuis contact-kadiatou@exemple.org.",
)
"""What looks like an author, a case, an office or a word that opens a sentence, and is somebody."""


@pytest.mark.parametrize("sentence", HIDDEN_BY_NOTHING)
def test_no_exemption_hides_somebody(sentence: str) -> None:
    assert bench_names.flagged(sentence, make_world((), (), ()))


def test_a_name_met_with_its_capital_is_found_without_it() -> None:
    known = make_world((), (), ())
    assert bench_names.flagged("Osaretin a dit au juge que sa tante le battait.", known)
    assert bench_names.flagged("Nous avons accueilli osaretin pendant six mois.", known)
    assert not bench_names.flagged("Le serment de juju, confié à un dublinage, se fait en visio.", known)


def test_no_kind_of_exemption_hides_somebody() -> None:
    known, tried = make_world((), (), ()), bench_names.OWN.with_name("hidden.txt").read_text("utf-8").splitlines()
    assert [sentence for sentence in tried if not bench_names.flagged(sentence, known)] == []
    assert len(tried) > 200


@pytest.mark.parametrize(
    "sentence",
    [
        "Le projet est débattu en Conseil d'administration chaque trimestre.",
        "La mesure a été prise par Arrêté préfectoral en octobre.",
        "Elle a été nommée Directrice du pôle en septembre.",
        "Les membres élus sont Président, trésorier et secrétaire.",
        "Les ateliers ont lieu de Lundi à jeudi.",
        "Les places sont financées par Dotation globale.",
        "Une licence en Droit est demandée.",
        "Les enjeux de la Convention des droits de l'Enfant Calendrier actualisé au 25 juillet 2014.",
        "Un autre État a ratifié, un autre Comité aussi.",
        "Titres : Constat, Analyse au regard de la Convention.",
        "Les fonds viennent de Subvention publique.",
        "The hearing was closed by Order of the court.",
        "He was elected Chair in March, and works as Coordinator of the shelter.",
        "The letter came from 689 West Haven and from the Rainbow Theatre.",
        "Pour Mémoire, le décret date de 2016.",
        "According to Parliament, the rules must change.",
        "Le film Joy, de Sudabeh Mortezai, suit une jeune femme à Vienne.",
        "The Court of Appeal in R v. Brecani limited the use of decisions.",
        "L'arrêt Rahimi c. Grèce porte sur la rétention d'un enfant afghan.",
        "The Barnahus model comes from Iceland.",
        "L'Oiciem n'a pas répondu au questionnaire.",
        "Le numéro 0 825 009 907 du dispositif est destiné aux professionnels.",
        "Simões M. et Guillemaut F. ont décrit ces parcours migratoires.",
        "Home Secretary Theresa May introduced the Bill in 2014.",
        "They discussed Prevention and care with a character from Life, the Universe and Everything.",
    ],
)
def test_what_offices_write_with_a_capital_is_no_one(sentence: str) -> None:
    assert not bench_names.flagged(sentence, make_world((), (), ()))


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.org/kadiatou",
        "https://exemple.org/Kadiatou-Diallo",
        "https://exemple.org/KadiatouDiallo",
        "https://exemple.org/kadiatoudiallo.html",
        "https://exemple.org/videos/kadiatou15ans",
        "https://kadiatou.exemple.org/",
        "www.exemple.org/temoignage_kadiatou",
        "exemple.org/joy",
        "https://exemple.org/galerie/zoe-m",
        "Kadiatou-Diallo@exemple.org",
    ],
)
def test_a_name_in_an_address_is_found_and_masked(address: str) -> None:
    assert bench_names.flagged(f"Voir {address} pour la suite.", make_world((), (), ()))
    masked = open_door(None, {}).words(f"Voir {address} pour la suite.").lower()
    assert not any(name in masked for name in ("kadiatou", "diallo", "joy", "zoe"))


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.org/fr/espoir-pour-tous",
        "https://exemple.org/2014/03/12/la-rose_4381234.html",
        "https://exemple.org/plan-national/mesure-2",
        "https://exemple.org/avril",
        "https://exemple.org/discours/christiane-taubira",
        "https://exemple.org/a3eva5d0c2",
    ],
)
def test_an_address_that_names_nobody(address: str) -> None:
    assert not bench_names.flagged(f"Voir {address} pour la suite.", make_world((), (), ()))
    assert open_door(None, {}).words(f"Voir {address} pour la suite.") == f"Voir {address} pour la suite."


@pytest.mark.parametrize(
    "site",
    ["foyer les tilleuls", "collège voltaire", "college voltaire", "lycée jean-moulin", "hôtel première étoile",
     "gare saint-charles", "cité des peupliers", "place du marché aux fleurs", "collège jean zay"],
)  # fmt: skip
def test_sites_typed_without_their_capitals(site: str) -> None:
    assert any(text.startswith(site[:8]) for _, text in found(f"L'adolescente dort près du {site} depuis l'hiver."))


@pytest.mark.parametrize(
    "text",
    ["Le mineur est placé au foyer les premiers jours.", "L'enfant arrive à l'hôtel la nuit et dort peu.",
     "La jeune fille va au collège public de son secteur.", "Le foyer la signale dès que l'enfant fugue."],
)  # fmt: skip
def test_homes_and_schools_without_a_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Zelvina",
        "Zel**vi**na",
        "Zel\u00advina",
        "Zelv&#105;na",
        "Zel\\vina".replace("\\v", "v"),
        "Zel\u200bvina",
        "ZELVINA",
    ],
)
def test_marks_do_not_hide_a_name(typed: str) -> None:
    assert [text.title() for kind, text in found(f"Les éducateurs connaissent {typed} depuis un an.")] == ["Zelvina"]


def test_a_finding_stands_where_it_was_typed() -> None:
    text = "Un début[^1].\n\n[^1]: Une **note** sur Zel*vi*na, [ici](https://exemple.fr)."
    (finding,) = scan(text)
    assert text[finding.start : finding.start + finding.length] == "Zel*vi*na"


def test_a_number_typed_over_the_cells_of_a_table() -> None:
    table = "| a | b | c | d | e |\n|---|---|---|---|---|\n| {} |\n"
    kinds = [finding.kind for finding in scan(table.format("06 | 12 | 34 | 56 | 78"))]
    assert kinds == ["identifier"]
    assert not scan(table.format("2010 | 12 | 34 | 56 | 78"))


def test_the_dictionary() -> None:
    assert all(map(lexicon.is_common, ["enfant", "Enfant", "ÉTAT", "ETAT", "Etat", "Mineures", "rencontrées"]))
    assert not any(map(lexicon.is_common, ["Aminata", "AMINATA", "Zelvina"]))


@pytest.mark.parametrize("opens", ["« ", '"', "“"])
def test_who_speaks_first_in_a_quotation_is_no_name(opens: str) -> None:
    assert found(f"Un enfant dit : {opens}Nous n'avons rien vu.") == []
    assert found(f"Un enfant dit : {opens}Zelvina n'a rien vu.") != []


def test_a_damaged_list_stops_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "lexique.txt"
    damaged.write_bytes(lexicon.LEXICON.read_bytes()[:-1])
    monkeypatch.setattr(lexicon, "LEXICON", damaged)
    clear()
    try:
        assert cli.run(["check", "--root", str(project)]) == 1
    finally:
        clear()
    assert "lexique.txt" in capsys.readouterr().err


def clear() -> None:
    for value in vars(lexicon).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


# ---------------------------------------------------------------- any text, in a time that grows as the text does


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_scanner(text: str) -> None:
    for finding in scan(text):
        assert 0 <= finding.start < len(text)
        assert all(0 <= start < end <= len(finding.sentence) for start, end in finding.parts)


BITS = st.sampled_from(
    "Zelvina Aminata rose 06 12 34 56 78 @ . , [ ] ( ) * _ ** ` | : # > - & &#97; \\ ans 15 née le rue de la à Bobigny "
    "s'appelle l' d' « » \n \n\n dossier n° http://x.fr/ _a_ [^1] [^1]: ::: ![a](b) {.c} M. Mme e\u0301".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(BITS, max_size=60), st.sampled_from(["", " "]))
def test_no_marks_break_the_scanner(bits: list[str], between: str) -> None:
    text = between.join(bits)
    for finding in scan(text):
        assert 0 <= finding.start < len(text)


@pytest.mark.parametrize(
    "bit",
    [
        *(
            "a",
            "A",
            "0 ",
            "1",
            "Aa ",
            "a_",
            "(",
            "[",
            "a.b",
            "@",
            "a@",
            "A1",
            "« ",
            "l'",
            "&#97;",
            "[^1]",
            "*",
            "|",
            "\\",
        ),
        *(
            "zéro six ",
            "né le ",
            "dossier ",
            "tél ",
            "12 rue ",
            "deux-",
            "deux ",
            "Zelvina ",
            "s'appelle ",
            "la jeune ",
        ),
        *("M. ", "une fille de 12 ans à "),
    ],
)
def test_long_paragraphs_take_linear_time(bit: str) -> None:
    text = bit * (100_000 // len(bit))
    start = time.process_time()
    scan(text)
    assert time.process_time() - start < 20  # what doubles its time at every letter never ends


def test_ordinary_prose_is_fast() -> None:
    text = (
        "La Convention protège chaque enfant contre la traite, en France comme ailleurs, et le Comité y veille.\n\n"
        * 600
    )
    scan(text[:200])
    start = time.process_time()
    scan(text)
    assert time.process_time() - start < 3


def test_reading_keeps_every_letter_in_place() -> None:
    text = "Un *mot*, un&nbsp;autre\\*, une\nligne."
    (piece,), _ = reading.read(text)
    assert piece.text == "Un mot, un autre*, une ligne."
    assert text[piece.source(piece.text.index("autre"))] == "a"


# ---------------------------------------------------------------- the register


def test_the_register_is_written_as_it_is_read() -> None:
    register = (
        Register().with_name('Zelvin "le" Nom\\é', REVIEWED).with_exception("Une phrase.", "name", "Zelvina", REVIEWED)
    )
    text = write_register(register)
    again, problems = read_register(Source(REGISTER, text, ""))
    assert problems == ()
    assert write_register(again) == text
    assert again.names == register.names
    assert again.exceptions == register.exceptions


def test_an_exception_names_nobody_and_lapses_with_its_sentence() -> None:
    register = Register().with_exception("Les éducateurs connaissent Zelvina.", "name", "Zelvina", REVIEWED)
    assert "elvina" not in write_register(register)
    ((seal, _),) = register.exceptions
    assert seal == seals(register.salt, "Les  éducateurs connaissent\nZelvina !", "name", "Zelvina")
    assert seal != seals(register.salt, "Les éducateurs connaissent bien Zelvina.", "name", "Zelvina")
    assert seal != seals("another salt", "Les éducateurs connaissent Zelvina.", "name", "Zelvina")


def write(project: Path, sentence: str, header: str = "") -> None:
    path = project / TEXT
    text = path.read_text(encoding="utf-8").replace("Un autre constat inventé.", sentence)
    path.write_text(text.replace("\n---\n", f"\n{header}---\n", 1), encoding="utf-8")


def examined(project: Path) -> Examined:
    return pipeline.examine(project, open_cache(project))


def codes(project: Path) -> list[str]:
    return [d.rule.code for d in examined(project).diagnostics]


def scripted(answers: list[str]) -> Callable[[str], str]:
    given = iter(answers)

    def ask(question: str) -> str:
        answer = next(given, None)
        if answer is None:
            raise EOFError
        return answer

    return ask


def walk(project: Path, *answers: str) -> tuple[int, str]:
    said: list[str] = []
    found = open_findings((seen := examined(project)).guarded, seen.sources)
    decided = review_names.review(project, found, scripted(list(answers)), said.append, "fr", "2014-12-05")
    return decided, "\n".join(said)


def test_review_names_records_each_decision_at_once(project: Path) -> None:
    write(project, "On lit Zelvin Nom, on connaît Zelvina et Zelvino. Zelvin Nom revient.")
    assert codes(project) == ["C02"] * 4
    decided, said = walk(project, "x", "pas sûre", "o", "", "Éditrice", "auteur inventé", "p", "mot d'un titre")
    assert decided == 2
    assert "Zelvin Nom" in said and said.count("répondez par une des lettres") == 2
    assert codes(project) == ["C02"]
    register = (project / REGISTER).read_text(encoding="utf-8")
    assert "Zelvin Nom" in register and "Zelvina" not in register and register.count("Éditrice") == 2
    assert walk(project, "s")[0] == 0
    assert walk(project, "q")[0] == 0
    assert (project / REGISTER).read_text(encoding="utf-8") == register


def test_an_exception_lapses_when_the_sentence_changes(project: Path) -> None:
    write(project, "On connaît Zelvina.")
    walk(project, "p", "Éditrice", "une raison")
    assert codes(project) == []
    path = project / TEXT
    path.write_text(path.read_text(encoding="utf-8").replace("On connaît Z", "On connaît bien Z"), encoding="utf-8")
    assert sorted(codes(project)) == ["C02", "C13"]


def test_a_damaged_register_is_not_written_over(project: Path) -> None:
    write(project, "On connaît Zelvina.")
    damaged = "noms:\n  - nom: Zelvin\n"
    (project / REGISTER).write_text(damaged, encoding="utf-8")
    with pytest.raises(DamagedRegister):
        walk(project, "o", "Éditrice", "une raison")
    assert (project / REGISTER).read_text(encoding="utf-8") == damaged


def test_a_register_saved_in_an_older_encoding_is_added_to(project: Path) -> None:
    write(project, "On connaît Zelvina et Zelvino.")
    walk(project, "o", "Éditrice", "une raison", "q")
    (project / REGISTER).write_bytes((project / REGISTER).read_text(encoding="utf-8").encode("cp1252"))
    walk(project, "o", "une autre raison inventée", "Éditrice")
    register = (project / REGISTER).read_text(encoding="utf-8")
    assert "Zelvina" in register and "Zelvino" in register and "Éditrice" in register


def test_review_names_lists_where_there_is_no_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, "On connaît Zelvina.")
    assert cli.run(["review-names", "--root", str(project)]) == 0
    out = capsys.readouterr().out
    assert f"1/1  {TEXT}:11:12  nom non revu : « Zelvina »" in out
    assert not (project / REGISTER).exists()


def test_nothing_found_is_not_anonymous(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["review-names", "--root", str(project)]) == 0
    assert capsys.readouterr().out.startswith("rien trouvé")


# ---------------------------------------------------------------- editions


TESTIMONY = """temoignages:
  - reference: T-01
    enfant: oui
    representant: representant legal
    date: 2014-11-20
    portee: publique
    signe_par: quelqu'un
    signe_le: 2014-12-01
    procedure_en_cours: oui
"""


def build(project: Path, edition: str) -> int:
    return cli.run(["build", "--edition", edition, "--root", str(project)])


@pytest.mark.parametrize(
    "sentence", ["On connaît Zelvina.", "Appelez le 06 00 00 00 00.", "Trois mineures de la Creuse."]
)
@pytest.mark.parametrize("edition", ["public", "confidential"])
def test_editions_are_refused_while_something_is_open(project: Path, sentence: str, edition: str) -> None:
    write(project, sentence)
    assert build(project, edition) == 1
    assert not list((project / "build").glob("*.docx"))


def test_proceedings_are_for_the_confidential_edition_alone(project: Path) -> None:
    path = project / TEXT
    write(project, "Un constat inventé.", TESTIMONY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("## Bonnes", "## Témoignages\n\nParole gardée.\n\n## Bonnes"), encoding="utf-8")
    seen = examined(project)
    assert [d.rule for d in seen.diagnostics if d.rule.severity is not Severity.NOTE] == [rules.PROCEEDINGS]
    assert build(project, "public") == 1
    assert build(project, "confidential") == 0
    _, document, _ = pipeline.lay_out(seen, pipeline.Edition.DRAFT, open_cache(project))
    assert document is not None and "gardée" not in str(document.chapters)
    _, document, _ = pipeline.lay_out(seen, pipeline.Edition.CONFIDENTIAL, open_cache(project))
    assert document is not None and "gardée" in str(document.chapters)


def test_the_register_shipped_has_no_exception_nor_mistake() -> None:
    root = Path(__file__).parent.parent
    register, problems = read_register(Source(REGISTER, (root / REGISTER).read_text(encoding="utf-8"), ""))
    assert (
        problems == () and register.names and all(re.fullmatch(r"\d{4}-\d\d-\d\d", r.date) for _, r in register.names)
    )


def test_of_a_class_of_people_the_age_alone_is_told() -> None:
    told = combinations.facts("Les mineurs de 15 à 18 ans de Lyon, roumains, sont suivis depuis 2013.")
    assert set(told.kinds) == {"age"}  # the rule on exact days asks for it
    assert not told.is_one_person
