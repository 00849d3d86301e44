"""Numbers that a table hides and a text says: the number, in digits or in words, beside the words for what is counted.

Looked for in everything that is printed, as it was typed: captions, notes, cells, pages of the editor, translations.
Where the words for what is counted stand above a sentence alone (in its paragraph, its heading, the theme of its file),
the number has to stand before a word for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapport.figures.combining import CombinedCounts, combine
from rapport.figures.counts import Answer
from rapport.figures.network import Cell
from rapport.figures.publication import LANGUAGES, Publication
from rapport.language.folding import fold_words
from rapport.language.number_words import number_words
from rapport.model import Source
from rapport.project.read import FIGURE_PAGES

PRINTED = (".md", ".md.j2")
LONG, SHORTEST = 4, 3  # letters of a word that says what is counted, of a name that means anything
ALONE = {1: ("un seul", "une seule", "un unique", "une unique", "seulement une?", "only one", "just one", "a single")}
"""What one is called where it counts: « un » and « a » are everywhere."""
LINK = "(?:(?:a|to|et|and|ou|or) )?"  # between the numbers of a name: « 0 à 5 ans », « 0-5 ans »
PEOPLE = re.compile(
    r"(?: [a-z]+){0,2} (?:enfant|mineur|fille|garcon|jeune|ado|gamin|gosse|bebe|nourrisson|victime|personne|situation"
    r"|cas|child|minor|girl|boy|youth|victim|person|people|case)"
)
"""What a number of people stands before."""
HEADING = re.compile(r"#+ (.*)")
MARKS = re.compile(r"[*_~^\\`<>{}\[\]]")
SENTENCE = re.compile(r"[^.!?;…]*+(?:[.!?;…](?!\s)[^.!?;…]*+)*+[.!?;…]?")
BEFORE = frozenset(
    "article articles art page pages p paragraphe par point note tableau table figure version cide crc opsc opac "
    "chapitre chapter numero no degre paragraph paragraphs section sections annexe annex livre titre alinea".split()
)
BETWEEN = frozenset("et and".split())
AFTER = frozenset(
    # time, measures, money
    "an ans annee mois jour semaine heure h minute min siecle trimestre semestre euro million milliard fois percent "
    "km reprise cote titre kilometre degre quart tier cinquieme dizaine centaine millier niveau stade tour litre "
    "gramme metre soir nuit matin centime date seance etape phase year month day week hour century time billion mile "
    "step stage janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february "
    "march april may june july august september october november december "
    # what texts and offices are made of
    "loi decret arrete circulaire convention protocole directive reglement traite accord arret jugement decision avis "
    "recommandation mesure article point rapport etude enquete guide fiche page chapitre tableau document texte "
    "proposition question reponse element critere condition moyen raison motif objectif action axe priorite "
    "paragraphe alinea ligne mot phrase chiffre annexe amendement instrument outil affiche brochure tract depliant "
    "site formulaire langue droit principe regle obligation peine amende sanction lacune obstacle defi risque "
    "difficulte besoin signe indice consequence cause probleme solution piste donnee source reference categorie "
    "exigence engagement orientation thematique theme sujet paragraph line word footnote note chapter section poster "
    "leaflet website bill language right principle rule penalty gap challenge risk need sign tool category topic "
    "critique camera couleur salle sous forme facon maniere type sorte partie volet programme projet plan campagne "
    "journee colloque reunion atelier formation module voyage visite deplacement consultation mission lettre courrier "
    "act law decree treaty agreement ruling judgment opinion recommendation measure report study survey text proposal "
    "criterion reason goal form way kind part project campaign meeting workshop training trip letter "
    # who counts, judges, cares: not who is counted
    "association organisation permanence maraude rue train frontiere roman film livre plainte session flight border "
    "book street complaint ong membre collectif ministere service departement region commune ville pays etat foyer "
    "quartier arrondissement hotel ecole college lycee creche hopital clinique gare station aeroport camp bidonville "
    "maison appartement chambre mairie academie universite bureau guichet antenne bus metro voiture telephone groupe "
    "reseau comite fondation entreprise employeur parlementaire elu candidat acteur diplomate diplomat neighbourhood "
    "town city village school hospital airport house flat room office line car phone group network committee company "
    "employer mayor centre etablissement structure lieu place lit poste tribunal tribunaux cour parquet prefecture "
    "consulat ambassade juge magistrat procureur avocat policier gendarme enqueteur agent fonctionnaire depute "
    "senateur ministre expert educateur educatrice benevole salarie professionnel travailleur interprete medecin "
    "psychologue enseignant chercheur chercheuse journaliste partenaire organization ngo member ministry department "
    "country state shelter home court judge prosecutor lawyer officer official educator volunteer employee "
    "professional worker interpreter doctor psychologist teacher researcher journalist partner".split()
)
"""What a number that counts nobody of those counted stands beside, without the signs of their plural."""


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """The numbers that one hidden place of a table may give away, as texts may say them, and what they count."""

    indicator: str
    number: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]  # the words for what is counted, a pattern for each way to say it

    def is_said(self, words: str, above: str) -> bool:
        """Whether folded words say one of them, under what stands above."""
        near = any(name.search(words) for name in self.names)
        if not near and not any(name.search(above) for name in self.names):
            return False
        for name in self.names:
            words = name.sub(" ", words) if near else words  # « 0 à 5 ans » counts nobody
        return any(
            _counts(words, found) and (near or PEOPLE.match(words, found.end()))
            for found in self.number.finditer(words)
        )


def _counts(words: str, found: re.Match[str]) -> bool:
    before, after = words[: found.start()].split(), words[found.end() :].split()
    while before and (before[-1].isdigit() or before[-1] in BETWEEN):
        before.pop()  # « articles 2, 3, 6 et 12 »
    is_digits = found[0][0].isdigit() and not PEOPLE.match(words, found.end())
    if before and (before[-1] in BEFORE or (is_digits and before[-1] in AFTER)):
        return False  # « article 4 », « la ligne 4 »
    return not (after and {after[0], after[0].rstrip("sx")} & AFTER)


def hidden_numbers(
    combined: CombinedCounts, publication: Publication, answers: Sequence[Answer]
) -> Iterator[HiddenNumber]:
    """What a publication hides of its table and its totals: the sum, and each association's own number."""
    each = [
        combine(combined.indicator, [answer], ()) for answer in answers if answer.indicator == publication.indicator
    ]
    ranges = [(one is combined, *_ranges(one)) for one in (combined, *each)]
    for cell in sorted(publication.hidden_places):
        at = combined.network.index[cell]
        numbers = {
            number for summed, low, high in ranges if summed or low[at] for number in range(low[at], high[at] + 1)
        } - {0}
        names = tuple(map(_name, dict.fromkeys(_titles(publication, cell)))) if numbers else ()
        if names:
            yield HiddenNumber(publication.indicator, _written(sorted(numbers)), names)


def _ranges(combined: CombinedCounts) -> tuple[Sequence[int], Sequence[int]]:
    """The least and the greatest of each number of a table, its totals too."""
    values, sums = combined.network.values, combined.sums
    return values({c: count.low for c, count in sums.items()}), values({c: count.high for c, count in sums.items()})


def _titles(publication: Publication, cell: Cell) -> Iterator[str]:
    """What may be said of a place: its row or its column; of the total of all, what is counted."""
    for language in LANGUAGES:
        titles = [
            axis.categories[at].title(language)
            for axis, at in zip(publication.axes, cell, strict=True)
            if at < len(axis.categories)
        ]
        yield from (title for title in titles or [publication.titles[language]] if len(title) >= SHORTEST)


def _name(title: str) -> re.Pattern[str]:
    """The words of a title, without the signs of their plural; of one with numbers, these in their order."""
    words = fold_words(title).split()
    if any(word.isdigit() for word in words):
        at = [place for place, word in enumerate(words) if word.isdigit()]
        numbers = f" {LINK}".join(word for word in words[at[0] : at[-1] + 1] if word.isdigit())
        return re.compile(rf"\b{numbers}(?: {' '.join(words[at[-1] + 1 :])})?\b" if len(at) > 1 else " ".join(words))
    long = [re.sub("ee$", "e", word.rstrip("sx")) for word in words if len(word) >= LONG]  # « forcés à la mendicité »
    if not long:
        return re.compile(rf"\b{' '.join(words)}s?\b")
    return re.compile("^" + "".join(f"(?=.* {word})" for word in long))


def _written(numbers: Sequence[int]) -> re.Pattern[str]:
    words = [word for number in numbers for word in (_digits(number), *(ALONE.get(number) or number_words(number)))]
    return re.compile(rf"\b(?<!half )(?<!demi )(?:{'|'.join(sorted(words, key=len, reverse=True))})\b(?! \d{{3}}\b)")


def _digits(number: int) -> str:
    """« 2078 », « 2 078 »."""
    return f"{number:,}".replace(",", " ?")


def printed_texts(sources: Iterable[Source]) -> Iterator[Source]:
    """The texts that are printed and that somebody typed: contributions, translations, pages of the editor."""
    yield from (one for one in sources if one.path.endswith(PRINTED) and one.path not in FIGURE_PAGES.values())


def revealing_sentences(source: Source, hidden: Iterable[HiddenNumber]) -> Iterator[tuple[int, int, str]]:
    """(offset, length, indicator) of each sentence, line of a table or caption that says a hidden number."""
    known = list(hidden)
    theme = source.path.rpartition("/")[2].partition(".")[0]
    for at, sentence, beside, above in _sentences(source.text) if known else ():
        words, over = _folded(f"{beside} {sentence}"), _folded(f"{theme} {above}")
        if said := next((one for one in known if one.is_said(words, over)), None):
            start = at + len(sentence) - len(sentence.lstrip())
            yield start, len(sentence.strip().split("\n")[0]), said.indicator


def _folded(text: str) -> str:
    said = re.sub("%|pour cent", " percent ", MARKS.sub("", text)).replace("°", " degre ")
    return f" {fold_words(said)} "


def _sentences(text: str) -> Iterator[tuple[int, str, str, str]]:
    """The sentences of a text as it was typed, and each row of its tables; the heads of a row's columns; above each its
    heading and its paragraph.
    """
    heading = ""
    for block in re.finditer(r"(?:[^\n]+\n?)+", text):
        title = HEADING.match(block[0])
        heading = title[1] if title else heading
        is_table = block[0].lstrip().startswith("|")
        is_in_lines = is_table or block[0].startswith("---")  # the header of a text
        parts = re.finditer(r"[^\n]+", block[0]) if is_in_lines else SENTENCE.finditer(block[0])
        heads = re.sub(r"\d+", "", block[0].lstrip().partition("\n")[0]) if is_table else ""
        above = heading if is_in_lines else f"{heading} {block[0]}"
        yield from ((block.start() + part.start(), part[0], heads, above) for part in parts if part[0].strip())
