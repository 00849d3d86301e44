"""Submissions that could lead to a child, or tell of one without leave, and their verdicts (see hostile_words.py)."""

from __future__ import annotations

from hostile import HEADER, text


def records(*codes: str, more: str = "") -> str:
    """The lines of a header that note a consent for each code."""
    record = (
        "  - reference: {code}\n    enfant: oui\n    representant: representant legal\n    date: 2014-11-20\n"
        "    portee: publique\n    signe_par: quelqu'un\n    signe_le: 2014-12-01\n{more}"
    )
    return "temoignages:\n" + "".join(record.format(code=code, more=more) for code in codes)


def told(body: str, consent: str = "", pseudonyms: str = "", constat: str = "Un texte inventé.") -> str:
    """A whole contribution with a section of testimonies."""
    more = consent + (f"pseudonymes: [{pseudonyms}]\n" if pseudonyms else "")
    header = HEADER.replace("diffusion: publique\n", f"diffusion: publique\n{more}")
    return text(constat, header).replace("## Recommandations", f"## Témoignages\n\n{body}\n\n## Recommandations")


ONE, TWO = records("T-01"), records("T-01", "T-02")
SECOND_HIDDEN = ONE + records("T-02").partition("\n")[2].replace("portee: publique", "portee: confidentielle")

FOUND: dict[str, tuple[str, str]] = {
    "phone with dots": ("Joindre le 06.12.34.56.78 le soir", "C01"),
    "phone with middle dots": ("Joindre le 06·12·34·56·78 le soir", "C01"),
    "phone with slashes": ("Joindre le 06/12/34/56/78 le soir", "C01"),
    "phone over two lines": ("Joindre le 06 12 34\n56 78 le soir", "C01"),
    "phone in wide digits": ("Joindre le ０６ １２ ３４ ５６ ７８", "F08"),
    "phone in bold pieces": ("Joindre le **06** 12 *34* 56 78", "C01"),
    "phone with letter o": ("Joindre le O6 12 34 56 78", "C01"),
    "phone in words": ("Joindre le zéro six douze trente-quatre cinquante-six soixante-dix-huit", "C01"),
    "phone with no-break spaces": ("Joindre le 06\u00a012\u00a034\u00a056\u00a078", "C01"),
    "phone with thin spaces": ("Joindre le 06\u202f12\u202f34\u202f56\u202f78", "C01"),
    "phone in a code": ("`0612345678`", "C01"),
    "phone abroad": ("Joindre le +40 722 123 456", "C01"),
    "mail with a wide at": ("écrire à lina＠exemple.fr", "F08"),
    "mail in words": ("écrire à lina arobase exemple point fr", "C01"),
    "mail in brackets": ("écrire à lina [at] exemple [point] fr", "C01"),
    "mail in bold pieces": ("écrire à li**na**@exemple.fr", "C01"),
    "mail link": ("[écrire](mailto:lina@exemple.fr)", "C01"),
    "name in an alt": ('![l](images/carre.png){alt="Aminata au foyer"}', "à voir C02"),
    "name in a caption": ('![Aminata au foyer](images/carre.png){alt="d"}', "à voir C02"),
    "name in a code": ("`Aminata`", "à voir C02"),
    "name in a code block": ("```\nAminata\n```", "à voir C02"),
    "name in a link": ("[Aminata](https://a.example)", "à voir C02"),
    "name in an address": ("[x](https://a.example/aminata-konate)", "à voir C02"),
    "name in a note of one's own": ("a[^1]\n\n[^1]: Aminata", "à voir C02"),
    "name around a key": ("[voir Aminata @livre2010, p. 4]", "à voir C02"),
    "name in a list": ("- a\n- Aminata", "à voir C02"),
    "name in a heading": ("### Aminata\n\nx", "à voir C02"),
    "name in capitals": ("AMINATA raconte", "à voir C02"),
    "name elided": ("l'histoire d'Aminata", "à voir C02"),
    "name in Cyrillic": ("Амината raconte", "à voir C02"),
    "name in Greek": ("Αγγελική raconte", "à voir C02"),
    "name by entities": ("&#65;minata raconte", "à voir C02"),
    "name in superscript": ("^Aminata^ raconte", "à voir C02"),
    "name struck": ("~~Aminata~~ raconte", "à voir C02"),
    "name by an initial": ("La jeune A., placée, raconte", "à voir C02"),
    "name with underscores": ("Ami_na_ta raconte", "C01"),
    "name in a confidential block": ("::: confidentiel\nAminata raconte\n:::", "à voir C02"),
    "name in an id": ("### Un titre {#aminata}\n\nx", "à voir C02"),
    "name in a class": ("[x]{.aminata}", "S11"),
    "name in a mark": ('[x]{lang=fr nom="Aminata"}', "S11"),
    "born on a day": ("Une jeune née le 3/4/2001 raconte", "C01"),
    "born in short": ("DDN : 03.04.01", "C01"),
    "age and town": ("Une fille de 14 ans, à Bobigny, raconte", "C04"),
    "age in words and town": ("Une fille de quatorze ans, à Bobigny, raconte", "C04"),
    "age and date": ("Une fille de 14 ans a fui le 3 avril 2013", "à voir C16"),
    "date of a law": ("La loi du 5 août 2013 protège une fille de 14 ans", ""),
    "date alone": ("Le 3 avril 2013, le plan a été lancé", ""),
    "date in a confidential block": ("::: confidentiel\nLe 3 avril 2013, un enfant a fui\n:::", "à voir C16"),
    "social name": ("Son Snap : lina.93", "C01"),
    "profile": ("https://www.facebook.com/lina.exemple", "C01"),
    "handle": ("Son compte @lina_93 sur Instagram", "R01"),
    "plate": ("La voiture AB-123-CD", "C01"),
    "position": ("48.8566, 2.3522", "C01"),
    "file number": ("le dossier n° 14/12345 du parquet", "C01"),
    "national number": ("2 01 04 93 008 123 45", "C01"),
    "bank": ("FR76 3000 6000 0112 3456 7890 189", "C01"),
    "address": ("au 12 rue des Lilas", "C01"),
    "small count": ("Trois mineures en Creuse", "à voir C07"),
    "three facts": ("Une Roumaine de 15 ans, en 2013, avec sa tante", "à voir C06"),
    "health": ("Une mineure de 15 ans est enceinte", "à voir C08"),
    "trailing spaces": ("Une phrase.   \n\nAminata raconte", "à voir C02"),
}

TOLD: dict[str, tuple[str, str]] = {
    "testimony without a record": (told("« Je voulais partir. »"), "C09"),
    "testimony with its record": (told("« Je voulais partir. »", ONE), ""),
    "testimony of two paragraphs": (told("Elle raconte.\n\nPuis elle part.", ONE), ""),
    "two testimonies, one record": (told("« Je voulais partir. »\n\n« Moi, non. »", ONE), "C14"),
    "two quotations, one record": (told("> a\n\nPuis :\n\n> b", ONE), "C14"),
    "two points, one record": (told("- a\n- b", ONE), "C14"),
    "one voice in two, with its code": (told("« Je voulais partir. »\n\n« Puis je suis partie. » (T-01)", ONE), ""),
    "two records, no code": (told("« Je voulais partir. »", TWO), "C14"),
    "two records, two codes": (told("« Je voulais partir. » (T-01)\n\n« Moi, non. » (T-02)", TWO), ""),
    "codes as Word types them": (told("« Je voulais partir. » (t‑01).\n\n« Moi, non (T–02) »", TWO), ""),
    "code of nobody": (told("« Je voulais partir. » (T-09)", ONE), "C14"),
    "text after the last code": (
        told("« Je voulais partir. » (T-01)\n\n« Moi, non. » (T-02)\n\nEt la fin.", TWO),
        "C14",
    ),
    "record of nothing": (told("« Je voulais partir. » (T-01)", TWO), "note C15"),
    "codes in a list": (told("- « Je voulais partir. » (T-01)\n- « Moi, non. » (T-02)", TWO), ""),
    "codes in quotations": (told("> « Je voulais partir. » (T-01)\n\n> « Moi, non. » (T-02)", TWO), ""),
    "year at the end": (told("Je suis partie (2013)", ONE), ""),
    "same code twice": (told("« Je voulais partir. » (T-01)", records("T-01", "T-01")), "C09"),
    "code that is a name": (told("« Je voulais partir. »", records("Aminata")), "C09"),
    "name in a testimony": (told("« Aminata voulait partir. »", ONE), "C03"),
    "author's name in a testimony": (told("« Dupont voulait partir. »", ONE), "à voir C02"),
    "place in a testimony": (told("« Je dormais à Bobigny. »", ONE), "C05"),
    "school in a testimony": (told("« J'allais au collège Jean-Moulin. »", ONE), "C05"),
    "date in a testimony": (told("« Le 12 mars, je suis partie. »", ONE), "à voir C16"),
    "phone in a testimony": (told("« J'appelais le 06 12 34 56 78. »", ONE), "C01"),
    "pseudonym not marked": (told("Lina voulait partir.", ONE, "Lina"), "C12"),
    "pseudonym marked": (told("Lina (prénom modifié) voulait partir.", ONE, "Lina"), ""),
    "pseudonyms marked together": (
        told("Lina et Nadia (prénoms modifiés) voulaient partir. (T-01)", ONE, "Lina, Nadia"),
        "",
    ),
    "second pseudonym not marked": (
        told("Lina (prénom modifié) et Nadia voulaient partir. (T-01)", ONE, "Lina, Nadia"),
        "C12",
    ),
    "pseudonym marked where it is hidden": (
        told("Lina voulait partir.", ONE, "Lina", "::: confidentiel\nLina (prénom modifié) a fui.\n:::"),
        "C12",
    ),
    "pseudonym marked later": (told("Lina voulait partir. Lina (prénom modifié) aussi.", ONE, "Lina"), "C12"),
    "child refused": (told("« Je voulais partir. »", ONE.replace("enfant: oui", "enfant: non")), "C09"),
    "withdrawn": (told("« Je voulais partir. »", records("T-01", more="    retire: oui\n")), "C09"),
    "confidential consent": (
        told("« Je voulais partir. »", ONE.replace("portee: publique", "portee: confidentielle")),
        "C09",
    ),
    "confidential consent, hidden": (
        told(
            "::: confidentiel\n« Je voulais partir. »\n:::", ONE.replace("portee: publique", "portee: confidentielle")
        ),
        "",
    ),
    "confidential consent of one of two": (
        told("« Je voulais partir. » (T-01)\n\n::: confidentiel\n« Moi, non. » (T-02)\n:::", SECOND_HIDDEN),
        "",
    ),
    "confidential consent of the other of two": (
        told("::: confidentiel\n« Je voulais partir. » (T-01)\n:::\n\n« Moi, non. » (T-02)", SECOND_HIDDEN),
        "C09",
    ),
    "not signed": (told("« Je voulais partir. »", ONE.replace("    signe_par: quelqu'un\n", "")), "à voir C10"),
    "under way": (told("« Je voulais partir. »", records("T-01", more="    procedure_en_cours: oui\n")), "à voir C11"),
    "record without its date": (told("« Je voulais partir. »", ONE.replace("    date: 2014-11-20\n", "")), "E04"),
    "record of an unknown key": (told("« Je voulais partir. »", records("T-01", more="    nom: Aminata\n")), "E03"),
}
