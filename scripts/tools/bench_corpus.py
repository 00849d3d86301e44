"""A project of any size for `rapport bench`: texts drawn from a word list, so that nobody takes them for a report.

The same size gives the same bytes. Every form that contributions use is there, in the proportions of real ones:
citations, notes, tables, figures, quotations, lists, recommendations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from shutil import copyfile

from msgspec import Struct
from PIL import Image, ImageDraw

WORDS = (
    "ligne page feuille phrase mesure essai banc rapide lente grande petite limpide brève première dernière seconde "
    "machine horloge lecture écriture épreuve relecture rangée colonne marge retrait numéro chapitre paragraphe "
    "virgule accent alinéa caractère encre papier plume règle compas équerre niveau fil corde échelle marche palier "
    "fenêtre porte clé serrure jardin arbre racine feuillage rivière pont berge nuage pluie vent neige hiver été "
    "printemps lundi avance recule tourne mesure compte range ouvre ferme pose reprend suit précède traverse longe "
    "mardi éclaire dans sur sous avec sans pour vers depuis pendant après avant lorsque puisque tandis ainsi donc "
    "aussi encore toujours le la les une des ces leur cette chaque plusieurs quelques aucune"
).split()
ADDRESSEES = ("Au bureau des mesures", "À la commission des essais", "Au service des horloges", "À l'atelier du papier")
ARTICLES = ("CIDE 3", "CIDE 12", "CIDE 39", "OPSC 8", "STCE 197 10")
WIDTH = 100
ENTRIES = 60
FEWEST, MOST = 300, 640  # words wished of a contribution, headings apart
PARAGRAPH = 30  # half the words of a paragraph: where the next would overshoot more than it fills, there is none
OUTLINE = """\
rapport:
  titre: Un rapport d'essai pour mesurer la chaîne
  sous_titre: Texte sans aucun sens
  comite: Comité des essais
  convention: Convention des essais
  reponse_a: {titre: Rapport périodique d'essai, cote: ESSAI/1}
  collectif: {nom: Banc d'essai, coordination: association-01}
  date: 2015-02-28
  date_limite_sources: 2015-02-28
  contact: [Banc d'essai, 1 rue de la Mesure]
  langues: [fr]
  projet: Projet d'essai
  longueur: essai
  longueurs:
    - {id: essai, titre: Essai, source: aucune}
  auteurs_visibles: {projet: oui, publique: non, confidentielle: oui}
instruments:
  - {sigle: CIDE, nom: Convention relative aux droits de l'enfant}
  - {sigle: OPSC, nom: Protocole facultatif}
  - {sigle: STCE 197, nom: Convention du Conseil de l'Europe}
modeles:
  standard:
    - {id: constat, titre: Constat, obligatoire: oui}
    - {id: analyse, titre: Analyse au regard de la Convention, obligatoire: oui}
    - {id: bonnes-pratiques, titre: Bonnes pratiques}
    - {id: recommandations, titre: Recommandations, obligatoire: oui, nature: recommandations}
    - {id: sources, titre: Sources, nature: sources}
parties:
"""
OPENING = "Texte d'essai, sans aucun sens."
HEADER = """\
---
titre: Texte d'essai {theme} {association}
date: 2015-01-15
auteurs: [Association d'essai {association}]
statut: ebauche
diffusion: publique
langue: fr
articles: [CIDE 12, CIDE 39]
---

"""


class Corpus(Struct, frozen=True):
    """A project written to disk: its contributions in the report's order, and how many words they have."""

    root: Path
    contributions: tuple[Path, ...]
    words: int


def body(contribution: str) -> str:
    """What stands under a contribution's header."""
    return contribution.split("---\n", 2)[2].lstrip("\n")


def edit(contribution: Path, revision: int) -> None:
    """Change one sentence, as an author's correction would; another revision is another text."""
    text = contribution.read_text(encoding="utf-8")
    contribution.write_text(text.replace(OPENING, f"{OPENING} Relecture {revision}.", 1), encoding="utf-8")


def write(root: Path, size: int, templates: Path) -> Corpus:
    """A valid project of `size` contributions in an empty folder, with the templates of a real one."""
    themes = min(36, max(2, size // 3))
    associations = -(-size // themes)
    for folder in ("chapters", "contributions"):
        (root / folder).mkdir(parents=True)
    for template in (*sorted(templates.glob("*.md.j2")), templates / "sigles.yaml"):
        copyfile(template, root / "chapters" / template.name)
    (root / "chapters" / "outline.yaml").write_text(OUTLINE + _parts(themes), encoding="utf-8")
    cited = (templates.parent / "bibliography.bib").read_text(encoding="utf-8")  # by the templates
    entries = _bibliography(Random("bibliography"))
    (root / "bibliography.bib").write_text(f"{cited}\n{entries}", encoding="utf-8")
    for number in range(1, associations + 1):
        _association(root / "contributions" / f"association-{number:02}", number)
    places = [(theme, association) for theme in range(1, themes + 1) for association in range(1, associations + 1)][
        :size
    ]
    written = [_contribution(root, theme, association) for theme, association in places]
    return Corpus(root, tuple(path for path, _ in written), sum(words for _, words in written))


def _parts(themes: int) -> str:
    lines, half = [], (themes + 1) // 2
    for part, numbers in (("premiere", range(1, half + 1)), ("seconde", range(half + 1, themes + 1))):
        lines += [f"  - id: {part}", f"    titre: La {part} partie de l'essai", "    themes:"]
        lines += [f"      - {{id: theme-{n:02}, titre: Le thème d'essai numéro {n}}}" for n in numbers]
    return "\n".join(lines) + "\n"


def _association(folder: Path, number: int) -> None:
    (folder / "images").mkdir(parents=True)
    coordinates = "coordination: oui\n" if number == 1 else ""
    member = "adhesion:\n  - {date: 2014-07-18, etat: membre, source: aucune}\n"
    card = f"nom: Association d'essai {number:02}\n{coordinates}{member}"
    (folder / "association.yaml").write_text(card, encoding="utf-8")


def _in_letters(number: int) -> str:
    """A number as part of a surname, which holds no digit: 47 is « eh »."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _bibliography(random: Random) -> str:
    entries = []
    for number in range(1, ENTRIES + 1):
        kind = random.choice(("book", "report", "online"))
        fields = {
            "author": random.choice(
                (
                    "{{Bureau des mesures}}",
                    "{Essai, Anne}",
                    "{Banc, Paul and Essai, Anne}",
                    f"{{Auteur{_in_letters(number)}, Jean}}",
                )
            ),
            "title": f"{{{_phrase(random, 6)} numéro {number}}}",
            "date": f"{{{random.randint(1990, 2014)}}}",
            "langid": "{french}",
            "url": f"{{https://example.org/essai/{number}}}",
        }
        fields |= {
            "book": {"publisher": "{Éditions de l'essai}"},
            "report": {"institution": "{Institut des essais}"},
        }.get(kind, {})
        lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
        entries.append(f"@{kind}{{essai{number:02},\n{lines}}}\n")
    return "\n".join(entries)


def _contribution(root: Path, theme: int, association: int) -> tuple[Path, int]:
    """One file, and its number of words as a person would count them, header apart."""
    random, folder = Random(f"{theme}/{association}"), root / "contributions" / f"association-{association:02}"
    writing = _Writing(random, f"theme-{theme:02}-{association:02}", random.randint(FEWEST, MOST))
    text = writing.text()
    path = folder / f"theme-{theme:02}.md"
    path.write_text(HEADER.format(theme=theme, association=f"{association:02}") + text, encoding="utf-8")
    if writing.image:
        _picture(random).save(folder / writing.image)
    return path, len(text.split())


class _Writing:
    """One body in the making; words of each kind of block are counted against the length wished."""

    def __init__(self, random: Random, name: str, wished: int) -> None:
        self.random, self.wished = random, wished
        self.image = f"images/{name}.png" if random.random() < 1 / 6 else ""
        self.notes: list[str] = []

    def text(self) -> str:
        """The whole body: fixed parts first, then paragraphs until the length wished is reached."""
        fixed = self.blocks([self.table, self.quotation, self.steps, self.bullets], 2)
        figure = [self.figure()] if self.image else []
        advice = self.recommendations()
        practice = self.blocks([self.paragraph], 1) if self.random.random() < 0.5 else []
        last, source = self.paragraph(notes=False), f"- {self.sentence()}"
        spent = _count([*fixed, *figure, *practice, advice, last, source])
        prose = [self.paragraph(OPENING), self.paragraph()]
        while spent + _count([*prose, *self.notes]) < self.wished - PARAGRAPH:
            prose.append(self.paragraph())
        half = (len(prose) + 1) // 2
        findings = [prose[0], *figure, *prose[1:half], fixed[0], *self.notes]
        analysis = [*prose[half:], f"### {_phrase(self.random, 4)}", last, fixed[1]]
        sections = {"Constat": findings, "Analyse au regard de la Convention": analysis, "Bonnes pratiques": practice}
        sections |= {"Recommandations": [advice], "Sources": [source]}
        return "\n\n".join("\n\n".join([f"## {title}", *blocks]) for title, blocks in sections.items() if blocks) + "\n"

    def blocks(self, kinds: Sequence[Callable[[], str]], count: int) -> list[str]:
        return [kind() for kind in self.random.sample(kinds, count)]

    def sentence(self) -> str:
        return _phrase(self.random, self.random.randint(8, 22)) + "."

    def paragraph(self, opening: str = "", notes: bool = True) -> str:
        sentences = [opening] if opening else []
        for _ in range(self.random.randint(2, 4)):
            sentences.append(self.cited(self.sentence(), notes))
        return _wrapped(" ".join(sentences))

    def cited(self, sentence: str, notes: bool = True) -> str:
        """The sentence, sometimes with one of the ways of citing, or a note."""
        one, two = (f"@essai{n:02}" for n in self.random.sample(range(1, ENTRIES + 1), 2))
        page = self.random.randint(1, 90)
        bare, chance = sentence[:-1], self.random.random()
        forms = [f"{bare} [{one}].", f"{bare} [{one}, p. {page}].", f"{bare} [voir {one}, p. {page}; {two}]."]
        forms += [f"Selon {one} [p. {page}], {bare.lower()}.", f"{bare}, dit {one}.", f"{bare} [-{one}, art. {page}]."]
        if chance < 0.25:
            return self.random.choice(forms)
        if chance < 0.35 and notes:
            label = len(self.notes) + 1
            self.notes.append(_wrapped(f"[^{label}]: {self.cited(self.sentence(), notes=False)}", "    "))
            return f"{bare}[^{label}]."
        if chance < 0.50:
            first, rest = bare.split(" ", 1)
            return f"{first} **{rest.split(' ', 1)[0]}** {rest.split(' ', 1)[1]}."
        return sentence

    def table(self) -> str:
        rows = [" | ".join(_phrase(self.random, 3) for _ in range(3)) for _ in range(self.random.randint(3, 6))]
        lines = [f"| {rows[0]} |", "|:--|:--|:--|", *(f"| {row} |" for row in rows[1:])]
        return "\n".join([*lines, "", f": {_phrase(self.random, 5)}"])

    def figure(self) -> str:
        return f'![{_phrase(self.random, 6)}]({self.image}){{alt="{_phrase(self.random, 12)}"}}'

    def quotation(self) -> str:
        return "\n".join(f"> {line}" for line in self.paragraph(notes=False).split("\n"))

    def bullets(self) -> str:
        return "\n".join(_wrapped(f"- {self.cited(self.sentence(), notes=False)}", "  ") for _ in range(4))

    def steps(self) -> str:
        return "\n".join(_wrapped(f"{n}. {self.sentence()}", "   ") for n in range(1, 4))

    def recommendations(self) -> str:
        return "\n".join(_wrapped(self.recommendation(), "  ") for _ in range(self.random.randint(2, 4)))

    def recommendation(self) -> str:
        addressee, article = self.random.choice(ADDRESSEES), self.random.choice(ARTICLES)
        return f"- **{addressee}** ({article}) : {self.sentence().lower()}"


def _count(blocks: Sequence[str]) -> int:
    return sum(len(block.split()) for block in blocks)


def _phrase(random: Random, length: int) -> str:
    """Words of our list, with now and then a comma between them."""
    words = [
        random.choice(WORDS) + ("," if 2 < n < length - 1 and random.random() < 0.08 else "") for n in range(length)
    ]
    return " ".join(words).capitalize()


def _wrapped(text: str, indent: str = "") -> str:
    """Lines of a width that people write; no line begins with a sign that would open a list."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) >= WIDTH and word[0].isalpha():
            lines.append(indent + word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)


def _picture(random: Random) -> Image.Image:
    """A bar chart of nothing."""
    picture = Image.new("RGB", (480, 300), "white")
    drawing = ImageDraw.Draw(picture)
    for bar in range(8):
        colour = (random.randint(0, 200), random.randint(0, 200), random.randint(0, 200))
        drawing.rectangle((20 + 56 * bar, random.randint(20, 280), 60 + 56 * bar, 290), fill=colour)
    return picture
