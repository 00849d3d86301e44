"""More submissions that nobody should send, and their verdicts: files, templates, headers, words, bibliographies.

A verdict is the code that refuses (« S08 »), one that does not (« note F01 », « à voir C02 »), or "": nothing refuses.
"""

from __future__ import annotations

from pathlib import Path

from hostile import CANARY, HEADER, PLAIN, Build, all_of, folder, head, link, pipe, put, text

ACCENTS = text("Un élève à l’œuvre : « déjà » relu, où l’été brûle.")
ENTRY = """@book{essai2013,
  title = {%s},
  author = {Autrice, Une},
  publisher = {Maison inventée},
  date = {2013},
%s}
"""


def bib(entry: str | bytes, cite: str = "[@essai2013]") -> Build:
    """A text that cites a work, and the association's own bibliography."""
    return all_of(put(text(f"Un texte inventé {cite}.")), put(entry, "contributions/alpha/sources.bib"))


def template(code: str) -> Build:
    """The last of the editor's templates with something more at its end."""

    def build(root: Path) -> None:
        path = root / "chapters/annexes.md.j2"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{code}\n", encoding="utf-8")

    return build


def folder_for_a_card(root: Path) -> None:
    (root / "contributions/alpha/association.yaml").unlink()
    (root / "contributions/alpha/association.yaml").mkdir()


FILES: dict[str, tuple[Build, str]] = {
    "MacRoman": (put(ACCENTS.encode("mac-roman")), "note F01"),
    "UTF-7": (put(ACCENTS.encode("utf-7")), "F02"),
    "cp850": (put(text("Un élève déjà relu à l'été, où ça brûle.").encode("cp850")), "note F01"),
    "latin-9": (put(text("Un cœur, une sœur, l'été.").encode("iso8859-15")), "note F01"),
    "Shift-JIS": (put(text("これは日本語の文章です。子どもの権利").encode("shift-jis", "replace")), "F02"),
    "GBK": (put(text("这是中文文本。儿童权利公约").encode("gbk", "replace")), "F02"),
    "KOI8": (put(text("Это русский текст о правах ребёнка").encode("koi8-r", "replace")), "F02"),
    "cp1252 with Spanish": (put(text("José Muñoz, ¿qué?").encode("cp1252")), "note F01"),
    "cp1250 names": (put(text("Une note sur l'été, à côté.").encode("cp1252")), "note F01"),
    "zip called md": (put(b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(60)), "F02"),
    "two files glued": (put(PLAIN.encode() + b"\xef\xbb\xbf" + b"\nfin"), "S06"),
    "UTF-16 of Windows": (put(ACCENTS.replace("\n", "\r\n").encode("utf-16")), "note F01"),
    "name ends with a space": (put(PLAIN, "contributions/alpha/mendicite .md"), ""),
    "twin by a space": (all_of(put(PLAIN), put(PLAIN, "contributions/alpha/mendicite .md")), "F13"),
    "name with a hard space": (put(PLAIN, "contributions/alpha/mendicite\u00a0.md"), ""),
    "name with a zero-width": (put(PLAIN, "contributions/alpha/mendi\u200bcite.md"), "P01"),
    "name in Cyrillic look-alikes": (put(PLAIN, "contributions/alpha/mеndiсitе.md"), "P01"),
    "blank lines first": (put("\n\n" + PLAIN), ""),
    "words first": (put("Bonjour,\n\n" + PLAIN), "E01"),
    "card is a folder": (folder_for_a_card, "F02"),
    "bib is a link": (all_of(put(text("Un texte.")), link("contributions/alpha/sources.bib", "{canary}")), "F02"),
    "bib is a pipe": (pipe("contributions/alpha/sources.bib"), "F02"),
    "bib is a folder": (folder("contributions/alpha/sources.bib"), "F02"),
    "register is a link": (link("chapters/noms-revus.yaml", "{canary}"), "F02"),
    "register with a tag": (put("noms: !!python/name:os.system\n", "chapters/noms-revus.yaml"), "E07"),
    "register of a number": (put("noms: 12\n", "chapters/noms-revus.yaml"), "E08"),
    "register lets everything pass": (
        put('noms:\n  - nom: "*"\n    raison: x\n    relecteur: y\n    date: 2014-12-05\n', "chapters/noms-revus.yaml"),
        "",
    ),
}

TEMPLATES: dict[str, tuple[Build, str]] = {
    "template reads a file": (template("{% include '/etc/hostname' %}"), "P08"),
    "template reads the canary": (template("{% include '../../canari.md' %}"), "P08"),
    "template climbs classes": (template("{{ ''.__class__.__mro__[1].__subclasses__() }}"), "P08"),
    "template counts for ever": (template("{% for i in range(1000000000) %}x{% endfor %}"), "P08"),
    "template calls itself": (template("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"), "P08"),
    "template imports itself": (template("{% include 'chapters/annexes.md.j2' %}"), "P08"),
    "template with raw HTML": (template("<script>x</script>"), "S08"),
    "template with a loss": (template("[Mot]: perdu"), "S07"),
    "template with an unknown work": (template("Selon @inconnu2010."), "R01"),
    "template with a phone": (template("Écrire au 06 12 34 56 78."), "C01"),
    "template with a name": (template("Merci à Aminata."), "à voir C02"),
    "template with a name in code": (template('{{ "Aminata" }}'), "à voir C02"),
    "template with a child": (template("Aminata, 14 ans, de Bobigny."), "C04"),
    "template with a fence": (template("::: {.notice}\nx"), "P08"),
    "template remark with a name": (template("{# Aminata #}"), ""),
}

HEADERS: dict[str, tuple[Build, str]] = {
    "title of a name": (put(head("titre: Aminata raconte")), "à voir C02"),
    "folded title": (put(head("titre: >\n  Aminata\n  raconte")), "à voir C02"),
    "title with a phone": (put(head("titre: joindre le 06 12 34 56 78")), "C01"),
    "author by mail": (put(head("auteurs: [k.diallo@exemple.fr]", "auteurs: [Association inventée]")), "C01"),
    "author who is a child": (put(head("auteurs: [Aminata Konaté]", "auteurs: [Association inventée]")), "à voir C02"),
    "pseudonym that is a number": (put(head("titre: X\npseudonymes: [06 12 34 56 78]")), "C01"),
    "warning with a child": (put(head("titre: X\navertissement: une fille de 14 ans à Bobigny")), "C04"),
    "records that are a word": (put(head("titre: X\ntemoignages: oui")), "E08"),
    "record that is a word": (put(head("titre: X\ntemoignages: [oui]")), "E08"),
    "pseudonyms that are keys": (put(head("titre: X\npseudonymes: {a: b}")), "E08"),
    "wide digits in a date": (put(head("date: ２０１４-12-04", "date: 2014-12-04")), "E05"),
    "day that is none": (put(head("date: 2014-02-30", "date: 2014-12-04")), "E05"),
    "date in words": (put(head("date: 4 décembre 2014", "date: 2014-12-04")), "E05"),
    "far future": (put(head("date: 9999-12-31", "date: 2014-12-04")), "E10"),
    "line separator by escape": (put(head('titre: "A\\LB"')), "F07"),
    "hard space before a colon": (put(head("titre\u00a0: X")), ""),
    "flow header": (
        put(
            text().replace(
                HEADER, "---\n{titre: X, date: 2014-12-04, auteurs: [A], statut: ebauche, diffusion: publique}\n---\n\n"
            )
        ),
        "",
    ),
    "header of dots": (put(text().replace("publique\n---", "publique\n...")), ""),
    "diffusion in capitals": (put(head("diffusion: Confidentielle", "diffusion: publique")), "E05"),
    "diffusion of two": (put(head("diffusion: [publique, confidentielle]", "diffusion: publique")), "E08"),
    "diffusion empty": (put(head("diffusion:", "diffusion: publique")), "E04"),
    "language unknown": (put(head("titre: X\nlangue: klingon")), "E05"),
    "title of ten thousand words": (put(head("titre: " + "mot " * 10000)), ""),
    "key of no width": (put(head("ti\u200btre: X")), "note F09"),
    "key in Cyrillic": (put(head("tіtre: X")), "E03"),
}

WORDS: dict[str, tuple[str, str]] = {
    "hard space in a heading": ("x\n\n###\u00a0Autre\n\n-\u00a0y", "note F09"),
    "hard space before a heading": ("x\n\n\u00a0## Autre\n\ny", "S01"),
    "heading in underline": ("x\n\nAutre\n=====\n\ny", "S09"),
    "heading of level one": ("x\n\n# Autre\n\ny", "S09"),
    "closed heading": ("x\n\n### Autre ###\n\ny", ""),
    "heading of raw": ("### <b>x</b>\n\ny", "S08"),
    "line block": ("| a\n| b", "à voir S26"),
    "definition": ("Mot\n~ sa définition", ""),
    "inline note": ("a^[une note]", ""),
    "note in an inline note": ("a^[une note[^2]]\n\n[^2]: b", "R02"),
    "example list": ("(@bon) une phrase", "R01"),
    "small capitals": ("[x]{.smallcaps}", ""),
    "underline": ("[x]{.underline}", ""),
    "mark": ("[x]{.mark}", "S11"),
    "strike": ("~~barré~~", "à voir S27"),
    "line break by HTML": ("a<br>b", "S08"),
    "division by HTML": ("<div>a</div>", "S07"),
    "processing instruction": ("<?php echo 1 ?>", "S08"),
    "declaration": ("<!DOCTYPE html>", ""),
    "comment never closed": ("<!-- caché", "S08"),
    "CDATA": ("<![CDATA[caché]]>", ""),
    "page break by TeX": ("\\newpage", "S08"),
    "TeX environment": ("\\begin{center}caché\\end{center}", "S08"),
    "HTML by entities": ("&lt;script&gt;alert(1)&lt;/script&gt;", ""),
    "image with a title": ('![l](images/carre.png "caché"){alt="d"}', "S07"),
    "reference link": ("[x][y]\n\n[y]: https://a.example", ""),
    "reference link to a file": ("[x][y]\n\n[y]: file:///etc/passwd", "R07"),
    "reference link with a title": ("[x][y]\n\n[y]: https://a.example 'caché'", "S07"),
    "reference image": ("![x][y]\n\n[y]: ../../canari.md", "I04"),
    "abbreviation": ("*[HTML]: caché", ""),
    "cell over two columns": ("+---+---+\n| a | b |\n+===+===+\n| c     |\n+---+---+", ""),
    "table without head": ("|---|---|\n| c | d |", "à voir S26"),
    "table in dashes": ("a    b\n---- ----\nc    d e f g\n", ""),
    "indented": ("    un paragraphe en retrait", ""),
    "bold title": ("x\n\n**Recommandations**\n\ny", ""),
    "typst in words": ('#set page(margin: 0pt)\n\n#include "x"', ""),
    "pandoc's own class": ("::: {.csl-entry}\nx\n:::", "S11"),
    "number of a paragraph": ("::: {.paragraph number=1}\nx\n:::", "S11"),
    "recommendation of one's own": ("::: {.recommendation}\nx\n:::", "S11"),
    "confidential and more": ("::: {.confidentiel .autre}\nx\n:::", "S11"),
    "confidential glued": (f":::confidentiel\n{CANARY}\n:::", ""),
    "confidential with colons": (f"::: confidentiel :::\n{CANARY}\n:::", ""),
    "confidential in a capital word": (f"[{CANARY}]{{.Confidentiel}}", "S11"),
    "confidential heading": (f"### Titre {{.confidentiel}}\n\n{CANARY}", "S11"),
    "confidential as an id": (f"::: {{#confidentiel}}\n{CANARY}\n:::", "S11"),
    "confidential as a value": (f"::: {{diffusion=confidentiel}}\n{CANARY}\n:::", "S11"),
    "confidential in two words": (f"::: confidentiel svp\n{CANARY}\n:::", "S10"),
    "confidential in dashes": (f"--- confidentiel ---\n{CANARY}\n---", "S19"),
    "confidential with a dot": (f"::: .confidentiel\n{CANARY}\n:::", "S11"),
    "confidential in tildes": (f"~~~ confidentiel\n{CANARY}\n~~~", ""),
    "confidential by HTML": (f"<confidentiel>{CANARY}</confidentiel>", "S08"),
    # links
    "turned link": ("[x](https://a.example/\u202eb)", "F07"),
    "link of capitals": ("[x](HTTPS://A.EXAMPLE)", ""),
    "link of one slash": ("[x](http:/a.example)", "R07"),
    "link of no slash": ("[x](https:a.example)", "R07"),
    "link of www": ("[x](www.a.example)", "R07"),
    "link to a phone": ("[x](tel:+33612345678)", "R07"),
    "link with a space": ("[x](https://a.example/ b)", ""),
    "link with a newline": ("[x](https://a.example/\nb)", "S07"),
    "link to nowhere": ("[x](#)", "R07"),
    "link to another's place": ("[x](#beta--mendicite--x)", "R06"),
    "link to view-source": ("[x](view-source:https://a.example)", "R07"),
    "link to an address of numbers": ("[x](http://127.0.0.1/)", "C01"),
    "link by entity": ("[x](&#106;avascript:alert)", "R07"),
    "link by percent": ("[x](%6aavascript:alert)", "R07"),
    "autolink of a file": ("<file:///etc/passwd>", "R07"),
    "image by dots": ('![l](./images/carre.png){alt="d"}', ""),
    "image by two slashes": ('![l](images//carre.png){alt="d"}', ""),
    "image by a way round": ('![l](images/x/../carre.png){alt="d"}', "I04"),
    "image by a backslash": ('![l](images\\carre.png){alt="d"}', "I04"),
    "image with a question": ('![l](images/carre.png?x=1){alt="d"}', "I01"),
    "image in capitals": ('![l](images/CARRE.PNG){alt="d"}', "I01"),
    "image of a server": ('![l](//a.example/x.png){alt="d"}', "I04"),
    "image of a smb": ('![l](\\\\\\\\serveur\\\\x.png){alt="d"}', "I04"),
    "image of proc": ('![l](/proc/self/environ){alt="d"}', "I04"),
    # blow-ups
    "quotes of two kinds": ("\"a 'b " * 40, "F06"),
    "links with open titles": ('[a](b "c ' * 40, "F06"),
    "definitions with open titles": ("[a]: b 'c\n" * 40, "F06"),
    "open links": ("[a](b " * 500, "F06"),
    "open images": ("![a](b " * 500, "F06"),
    "parentheses in a link": ("[a](" + "(" * 5000, "F06"),
    "inline notes": ("^[a " * 40, "F06"),
    "quotes in prose": ('Il dit "oui", "non", puis l\'"autre" (' + '"x." [a](https://a.example) ' * 60 + ")", ""),
    "ampersands": ("&a" * 2000, ""),
    "a long word": ("a" * 200000, ""),
    "many tables": ("| a | b |\n|---|---|\n| c | d |\n\n" * 200, ""),
    "many notes": ("".join(f"a[^{i}]\n\n[^{i}]: b\n\n" for i in range(300)), ""),
    "emphasis of two kinds": ("*_" * 500 + "a", ""),
    "tildes": ("~a ~~b " * 500, ""),
    "fences in fences": ("".join(":" * (60 - i) + " confidentiel\n" for i in range(57)), "F06"),
    # letters
    "word in Cyrillic among Cyrillic": ("Elle avait un асе de plus, dit « слово » de trop", "F10"),
    "real Bulgarian": ("Le mot « Това се случва » est bulgare", ""),
    "interlinear": ("te\ufff9x\ufffate\ufffb", "F08"),
    "variation": ("te\ufe0fxte", "note F09"),
    "tag letters": ("te\U000e0041xte", "F08"),
    "combining pile": ("a" + "\u0301" * 200, ""),
    "ligature": ("la ﬁn, l’eﬃcacité", ""),
    "wide letters": ("Ｗｉｄｅ", "F08"),
    "mathematical letters": ("𝐀𝐦𝐢𝐧𝐚𝐭𝐚", "F08"),
    "Hangul filler": ("te\u3164xte", "F08"),
    "braille blank": ("te\u2800xte", "note F09"),
    "Ogham space": ("te\u1680xte", "F08"),
}

WORKS: dict[str, tuple[Build, str]] = {
    "empty line in a title": (
        bib(
            ENTRY % ("Un titre coupé\n\nen deux mots", ""),
        ),
        "",
    ),
    "phone in a note": (bib(ENTRY % ("Un titre", "  note = {joindre le 06 12 34 56 78 " + CANARY + "},\n")), "C01"),
    "abstract": (bib(ENTRY % ("Un titre", f"  abstract = {{{CANARY}}},\n  file = {{/etc/hostname}},\n")), ""),
    "input in a title": (bib(ENTRY % ("\\input{/etc/hostname}", "")), "R15"),
    "script in a title": (bib(ENTRY % ("<script>alert(1)</script>", "")), "R15"),
    "accent in a key": (bib((ENTRY % ("Un titre", "")).replace("essai2013", "éssai2013"), "[@éssai2013]"), ""),
    "hash in a key": (bib((ENTRY % ("Un titre", "")).replace("essai2013", "es#sai"), "[@es#sai]"), "R04"),
    "bib in UTF-16": (bib((ENTRY % ("Un élève", "")).encode("utf-16")), "note F01"),
    "bib too big": (bib(b"%" * 3_000_000), "F02"),
    "bib empty": (bib(""), "F05"),
    "bib later": (bib((ENTRY % ("Un titre", "")).replace("{2013}", "{2019}")), "R10"),
    "bib with a child": (bib(ENTRY % ("L'histoire de Aminata Konaté", "")), "à voir C02"),
    "bib never closed": (bib("@book{essai2013, title = {Un titre"), "R04"),
    "bib of JSON": (bib('{"a": 1}'), "R01"),
    "bib of HTML": (bib("<html>@book{essai2013, title={x}}</html>"), "à voir R14"),
    "bib of two keys": (bib(ENTRY % ("Un titre", "") + ENTRY % ("Un autre", "")), "R08"),
    "bib file url": (bib(ENTRY % ("Un titre", "  url = {file:///etc/hostname},\n")), "R07"),
    "bib javascript doi": (bib(ENTRY % ("Un titre", "  doi = {javascript:alert(1)},\n")), "R07"),
    "bib steals a key": (bib((ENTRY % ("Volé", "")).replace("essai2013", "livre2010"), "[@livre2010]"), ""),
}
