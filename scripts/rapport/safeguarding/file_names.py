"""Names of files and folders in running text, and the words beside a first name in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import chain

from rapport.language.folding import fold_accents
from rapport.safeguarding import lexicon

ENDING = r"\.(?:docx?|od[tsp]|rtf|md|pdf|txt|eml|msg|zip|png|jpe?g|xlsx?|pptx?|csv|html?|mp[34]|m4a)\b"
ENDS = re.compile(ENDING, re.IGNORECASE)  # quickly told: most texts name no file
FILE = re.compile(r"[^\s«»/›\"][^«»/›\"\n]{0,120}?" + ENDING, re.IGNORECASE)
JOINED_FILE = re.compile(r"[\w.-]+" + ENDING, re.IGNORECASE)
LONG_NUMBER = re.compile(r"[-_]\d{8}")
NUMBERED = re.compile(r"(?<![\w@./-])[^\W\d_]+(?:[-_][^\W_]+)*[-_]\d{8,}(?:[-_]\w+)*")
"""A name without its ending in which a long number stands: « img-0612345678 »."""
PARTICLES = r"(?:(?:de[-_ ]la|de|du|des|d'|dos|da|van|von|le|la|el|al|ben|bint|ould)[-_ ]?(?<=[-_ ']))?"
BEFORE = re.compile(rf"(?<![^\W_])({PARTICLES})([^\W\d_]{{2,}}(?:'[^\W\d_]+)?)(?:[-_ ]|,[ ])\Z", re.IGNORECASE)
AFTER = re.compile(rf"(?:[-_ ]|,[ ])({PARTICLES})([^\W\d_]{{2,}}(?:'[^\W\d_]+)?)(?![^\W_])", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
YEAR = re.compile(r"(?:19|20)\d\d")
MOST = 3  # words that one family name is made of
OF_FILES = frozenset(
    "temoignage temoignages recit audition entretien histoire lettre texte textes version final finale vf vdef "
    "relu relue relus corrige corrigee corrections propre definitif definitive brouillon note notes compte rendu "
    "rapport contribution annexe annexes photo photos image dessin scan copie original retour reponse formulaire "
    "mineur mineure fille garcon jeune enfant enfants prenom signalement jugement ordonnance certificat dossier "
    "fiche mail courrier message lecture relecture francais anglais fr en janvier fevrier mars avril mai juin "
    "juillet aout septembre octobre novembre decembre inconnu inconnue anonyme anonymise association theme et ou "
    "pour par sur avec chez au aux un une de du des la le les story testimony hearing report draft copy of by the "
    "and for with from annual contre dans sans son sa ses qui que docx doc odt rtf pdf md txt eml msg zip png jpg "
    "jpeg xlsx html fichier cr pv ca ag img dsc re tr fw fwd reunion bureau conseil projet proposition synthese".split()
)
"""What a file's name says beside a name that is no family name, in lower case without accents."""


def names_of_files(text: str) -> Iterator[re.Match[str]]:
    """The names of files and folders in a text: by their endings, or by a long number joined to a word."""
    return chain(
        FILE.finditer(text) if ENDS.search(text) else (), NUMBERED.finditer(text) if LONG_NUMBER.search(text) else ()
    )


def is_of_files(text: str) -> bool:
    """Whether words are those that files commonly carry: « CR » is a record of a meeting and nobody's initials."""
    words = [word for word in WORD.findall(fold_accents(text)) if not YEAR.fullmatch(word)]
    return bool(words) and OF_FILES.issuperset(words)


def with_neighbours(name: str, start: int, end: int, known: Set[str], is_in_sentence: bool = False) -> tuple[int, int]:
    """A first name's place in the name of a file, and the words beside it, which may be the family's.

    In a sentence an ordinary word after a space may be the sentence's.
    """
    if not name[start].isalpha():
        return start, end
    for _ in range(MOST):
        word = AFTER.match(name, end)
        if not word or not _may_be_family(word, known, is_in_sentence):
            break
        end = word.end()
    for _ in range(MOST):
        word = BEFORE.search(name, max(0, start - 60), start)
        if not word or not _may_be_family(word, known, is_in_sentence):
            break
        start = word.start()
    return start, end


def _may_be_family(found: re.Match[str], known: Set[str], is_in_sentence: bool) -> bool:
    word = found[2]
    if is_in_sentence and " " in found[0] and word.islower() and not lexicon.is_strange(word):
        return False
    return word not in known and not is_of_files(word)
