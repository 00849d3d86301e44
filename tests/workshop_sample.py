"""A workshop of eight children in three languages: INVENTED TEST MATERIAL, no child ever said any of this.

The mistakes are there on purpose: they must come out of every output as they went in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw

from rapport.model import Source
from rapport.project import images
from rapport.storage.cache import Cache
from rapport.workshops.consent import drawing_name
from rapport.workshops.reading import read_workshop

PATH = "contributions/alpha/enfants/atelier-essai.md"
EDITIONS = "[projet, publique, confidentielle, livret]"


@dataclass(frozen=True)
class Said:
    """One child's words, line by line, and what an adult made of them in French."""

    code: str
    language: str
    words: tuple[str, ...]
    translation: tuple[str, ...] = ()


PIECES = (
    Said("P-01", "fr", ("Je veu alé a lécol.", "On ma dis tes pas dici ,  pourtan chui la depui lontan !!")),
    Said("P-02", "fr", ("sa fé peur le soir \"tout seul\" - on dor pas...", "", 
         "je voudré kon me croi 1 foi", "et pi ses tout")),
    Said("P-03", "ro", ("Vreau sa merg la scoala.", "nu vreau sa ma intorc, mie frica"),
         ("Je veux aller à l'école.", "je ne veux pas y retourner, j'ai peur")),
    Said("P-04", "ro", ("nimeni nu ma intrebat ce vreau eu",), ("personne ne m'a demandé ce que je veux, moi",)),
    Said("P-05", "ar", ("أنا لا أريد أن أعود إلى الشارع، أريد المدرسه.", "عندي حلم واحد: أن أنام في سرير 1"),
         ("Je ne veux pas retourner à la rue, je veux l'école.", "J'ai un rêve : dormir dans un lit.")),
    Said("P-06", "ar", ("لماذا لا أحد يسمعني؟ « قالو لي انتضر »",),
         ("Pourquoi personne ne m'écoute ? « ils m'ont dit attends »",)),
    Said("P-07", "fr", ("le juje il a parlé o dam mé pa a moi",)),
)  # fmt: skip
DRAWING = "D-01"
"""Of the eighth child."""
DRAWN = (
    "    image: dessin-01.png", "    decrit: une maison avec une porte bleue et personne devant", "    nom: non",
    "    visage: non",
)  # fmt: skip


def record(code: str, language: str, seen: str = "", extra: str = "") -> str:
    """The record of one piece, its consent whole."""
    lines = [
        f"  - reference: {code}",
        *([f"    langue: {language}"] if language else DRAWN),
        "    enfant: oui", "    representant: administrateur ad hoc", "    accord_le: 2014-05-20",
        f"    editions: {EDITIONS}", "    regarde_par: la coordination", "    regarde_le: 2014-05-21",
        *([f"    page_relue: {seen}", "    page_relue_le: 2014-06-12"] if seen else []),
        *([extra] if extra else []),
    ]  # fmt: skip
    return "\n".join(lines)


def text(seen: dict[str, str]) -> str:
    """The file, with the codes of the printed pages that were shown."""
    spoken = "\n".join(record(one.code, one.language, seen.get(one.code, "")) for one in PIECES)
    said = []
    for one in PIECES:
        said += ["", f"## {one.code}", "", *(f"> {line}".rstrip() if line else ">" for line in one.words)]
        if one.translation:
            said += ["", "### Traduction", "", *(f"> {line}" for line in one.translation)]
    return f"""---
titre: Ce que nous avons à dire (atelier inventé pour un essai)
mois: 2014-05
lieu: Rhône
langues: [fr, ro, ar]
enfants: 8
ages: [11-12, 13-15]
accompagnement: une éducatrice, deux interprètes
methode: on dessine, on parle, on relit ensemble
paroles:
{spoken}
dessins:
{record(DRAWING, "", seen.get(DRAWING, ""))}
---
{chr(10).join(said)}
"""


def lay_workshop(root: Path, asked_again: bool = True) -> Path:
    """The workshop in a project; `asked_again`: each child has seen the printed page."""
    place = root / PATH
    place.parent.mkdir(parents=True, exist_ok=True)
    picture = Pillow.new("RGB", (240, 160), "white")
    ImageDraw.Draw(picture).rectangle((60, 60, 180, 150), outline="navy", width=4)
    picture.save(place.parent / "dessin-01.png")
    place.write_text(text(codes(root) if asked_again else {}), encoding="utf-8")
    return place


def codes(root: Path) -> dict[str, str]:
    """The code of the printed page of each piece."""
    workshop, problems = read_workshop("alpha", "atelier-essai", Source(PATH, text({}), ""))
    assert workshop is not None, problems
    shown = images.load(root, [piece.picture for piece in workshop.pieces if piece.picture], Cache(root / "build", ""))
    return {piece.code: piece.imprint(drawing_name(piece, shown)) for piece in workshop.pieces}
