"""Submissions that nobody should send: builders of files, and the verdict expected of each; see test_hostile.py."""

from __future__ import annotations

import os
import socket
import zlib
from collections.abc import Callable
from pathlib import Path

CANARY = "CANARI-7F3A"
THEME = "contributions/alpha/mendicite.md"
HEADER = """---
titre: Un texte inventé
date: 2014-12-04
auteurs: [Association inventée]
statut: ebauche
diffusion: publique
---

"""
ASK = "- **Au ministère inventé** (CIDE 3) : former les équipes de nuit à l'accueil."
Build = Callable[[Path], object]


def text(constat: str = "Un texte inventé.", header: str = HEADER, ask: str = ASK) -> str:
    """A whole contribution whose findings are these."""
    return (
        f"{header}## Constat\n\n{constat}\n\n## Analyse au regard de la Convention\n\nUne analyse inventée.\n\n"
        f"## Recommandations\n\n{ask}\n"
    )


def head(line: str, at: str = "titre: Un texte inventé") -> str:
    """A whole contribution with this line in its header in the place of another."""
    return text(header=HEADER.replace(at, line))


def put(content: str | bytes, path: str | bytes = THEME) -> Build:
    """Writes one file."""

    def build(root: Path) -> None:
        place = root / os.fsdecode(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())

    return build


def all_of(*builds: Build) -> Build:
    return lambda root: [build(root) for build in builds]


def link(path: str, target: str) -> Build:
    """A symbolic link in the place of whatever is at a path; « {canary} » is the file outside the project."""

    def build(root: Path) -> None:
        place = root / path
        if place.is_dir() and not place.is_symlink():
            place.rename(root / "ailleurs")
        elif place.exists():
            place.unlink()
        place.symlink_to(target.format(canary=root.parent / "canari.md"))

    return build


def pipe(path: str) -> Build:
    def build(root: Path) -> None:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).unlink(missing_ok=True)
        os.mkfifo(root / path)

    return build


def listening(path: str) -> Build:
    def build(root: Path) -> None:
        here = Path.cwd()
        os.chdir((root / path).parent)  # the name of a socket is short
        try:
            socket.socket(socket.AF_UNIX).bind(Path(path).name)
        finally:
            os.chdir(here)

    return build


def folder(path: str) -> Build:
    return lambda root: (root / path).mkdir(parents=True)


def picture(target: str, content: bytes | None = None, extra: str = 'alt="Un carré inventé"') -> Build:
    """A contribution that shows an image, and the image's bytes if there are any."""
    said = put(text(f"![Légende]({target}){{{extra}}}"))
    return all_of(said, put(content, f"contributions/alpha/{target}")) if content is not None else said


PLAIN = text()
ACCENTS = text("Un élève à l'œuvre : déjà « relu ».")

FILES: dict[str, tuple[Build, str]] = {
    "link to a file outside": (link(THEME, "{canary}"), "F02"),
    "link inside the project": (link(THEME, "../beta/travail-force.md"), "F02"),
    "link to nothing": (link(THEME, "/nulle/part"), "F02"),
    "link to itself": (link(THEME, "mendicite.md"), "F02"),
    "linked folder": (link("contributions/delta", "/tmp"), "note F03"),
    "linked card": (link("contributions/alpha/association.yaml", "{canary}"), "F02"),
    "linked contributions": (link("contributions", "ailleurs"), "F02"),
    "linked chapters": (link("chapters", "ailleurs"), "F02"),
    "linked outline": (link("chapters/outline.yaml", "{canary}"), "F02"),
    "linked template": (link("chapters/theme.md.j2", "{canary}"), "F02"),
    "linked bibliography": (link("bibliography.bib", "{canary}"), "F02"),
    "linked image": (all_of(picture("images/x.png"), link("contributions/alpha/images/x.png", "{canary}")), "I02"),
    "linked images folder": (all_of(picture("images/x.png"), link("contributions/alpha/images", "..")), "I0"),
    "pipe": (pipe(THEME), "F02"),
    "pipe for a card": (pipe("contributions/alpha/association.yaml"), "F02"),
    "pipe for an image": (all_of(picture("images/x.png"), pipe("contributions/alpha/images/x.png")), "I02"),
    "socket": (listening(THEME), "F02"),
    "folder called as a text": (folder(THEME), "note F03"),
    "text in a sub-folder": (put(PLAIN, "contributions/alpha/sous/mendicite.md"), "note F03"),
    "case twins": (all_of(put(PLAIN), put(PLAIN, "contributions/alpha/Mendicite.md")), "F04"),
    "decomposed twins": (
        all_of(put(PLAIN, "contributions/alpha/mendicité.md"), put(PLAIN, "contributions/alpha/mendicite\u0301.md")),
        "F04",
    ),
    "two cards": (put("nom: Autre\nadhesion: []\n", "contributions/Alpha/association.yaml"), "P06"),
    "text of nobody": (put(PLAIN, "contributions/delta/mendicite.md"), "P04"),
    "folder of a newline": (put(PLAIN, b"contributions/a\nb/mendicite.md"), "P04"),
    "folder of a dash": (put(PLAIN, "contributions/-rf/mendicite.md"), "P04"),
    "folder of bytes": (put(PLAIN, b"contributions/\xff/mendicite.md"), "P04"),
    "folder of 255 bytes": (put(PLAIN, f"contributions/{'x' * 255}/mendicite.md"), "P04"),
    "folder that climbs": (put(PLAIN, "contributions/..alpha/mendicite.md"), ""),
}
for NAME in (
    b"-rf.md", b"--lua-filter=e.lua.md", b"a\nb.md", b"a'b\".md", b"\xff\xfe.md", b"$(id).md", b"`id`.md", b"a b.md",
    b"%s.md", b"{0}.md", b"{{ 7*7 }}.md", b"con.md", b"a;b.md", b"a|b.md", b"x" * 251 + b".md", b"mendicite.md.md",
    b"mendicite (1).md", b"mendicite_v3_def2.md", "\u202emd.md".encode(), b"<b>.md", b"# x {.cover}.md",
):  # fmt: skip
    FILES[f"called {NAME[:24]!r}"] = (put(PLAIN, b"contributions/alpha/" + NAME), "P01")
for NAME in (b"..md", b"..\\mendicite.md", b"~mendicite.md", b".mendicite.md", b"mendicite.txt", b"mendicite.md.bak"):
    FILES[f"called {NAME!r}"] = (put(PLAIN, b"contributions/alpha/" + NAME), "note F03")
for NAME in (
    b"~$mendicite.md",
    b"._mendicite.md",
    b".~lock.mendicite.md#",
    b".DS_Store",
    b"Thumbs.db",
    b".#mendicite.md",
):
    FILES[f"litter {NAME!r}"] = (put(PLAIN, b"contributions/alpha/" + NAME), "")
for NAME in (b"MENDICITE.md", b"mendicite.MD", "mendicite\u0301.md".encode(), "Mendicité.md".encode()):
    FILES[f"meant {NAME!r}"] = (put(PLAIN, b"contributions/alpha/" + NAME), "")

BYTES: dict[str, tuple[bytes, str]] = {
    "3 MB": (b"a" * 3_000_000, "F02"),
    "nothing": (b"", "F05"),
    "blanks": (b" \n\n\t", "F05"),
    "a mark alone": (b"\xef\xbb\xbf", "F05"),
    "NUL": (PLAIN.encode() + b"\0", "F02"),
    "UTF-16 with its mark": (ACCENTS.encode("utf-16"), "note F01"),
    "UTF-16 without": (ACCENTS.encode("utf-16-le"), "note F01"),
    "UTF-16, the other order": (ACCENTS.encode("utf-16-be"), "note F01"),
    "UTF-16 cut": (ACCENTS.encode("utf-16") + b"a", "F02"),
    "UTF-32": (ACCENTS.encode("utf-32"), "note F01"),
    "Windows": (ACCENTS.encode("cp1252"), "note F01"),
    "Latin controls": (ACCENTS.encode("latin-1", "ignore") + b"\x81\x8d", "F07"),
    "mark and CRLF": (b"\xef\xbb\xbf" + ACCENTS.replace("\n", "\r\n").encode(), ""),
    "old Macintosh lines": (ACCENTS.replace("\n", "\r").encode(), ""),
    "line separators": (ACCENTS.replace("\n", "\u2028").encode(), "note F09"),
    "two marks": (b"\xef\xbb\xbf" * 2 + ACCENTS.encode(), ""),
    "encoded twice": (text("Un élève.").encode().decode("cp1252").encode(), "note F01"),
    "half damaged": (text("Un Ã©lève Ω.").encode(), "F11"),
    "one byte damaged": (ACCENTS.encode().replace(b"relu", b"rel\xc3u"), "F07"),
    "overlong": (ACCENTS.encode() + b"\xc0\xaf", "F07"),
    "decomposed": (text("e\u0301le\u0300ve").encode(), ""),
    "PDF": (b"%PDF-1.4\nx", "E01"),
    "compressed": (zlib.compress(b"x" * 100), "F02"),
    "RTF": (b"{\\rtf1 x}", "E01"),
    "page of the web": (b"<html><body>x</body></html>", "E01"),
    "escape": (PLAIN.encode() + b"\x1b[2J", "F07"),
    "Ctrl-Z": (PLAIN.encode() + b"\x1a", ""),
}

TITLES: dict[str, tuple[str, str]] = {
    "control by escape": ('titre: "A\\u0001B"', "F07"),
    "turned by escape": ('titre: "A\\u202eB"', "F07"),
    "NUL by escape": ('titre: "A\\0B"', "F07"),
    "half a letter by escape": ('titre: "A\\ud800B"', "E02"),
    "other script by escape": ('titre: "\\u6587"', "F07"),
    "no width by escape": ('titre: "a\\u200bb"', "F07"),
    "octal": ("titre: 0777", ""),
    "very large number": (f"titre: {'9' * 5000}", ""),
    "date": ("titre: 2001-01-01", ""),
    "no": ("titre: non", ""),
    "template": ('titre: "{{ 7*7 }}"', ""),
    "typst": ('titre: "#read(\\"/etc/hostname\\")"', ""),
    "merge key": ("<<: {titre: X}\ntitre: Y", "E03"),
    "key that is a list": ("? [a]\n: b\ntitre: X", "E08"),
    "deep": (f"titre: {'[' * 3000}{']' * 3000}", "E08"),
    "deep and open": (f"titre: {'[' * 5000}", "E02"),
    "key twice": ("titre: a\ntitre: b", "E06"),
    "key twice in quotes": ('titre: a\n"titre": b', "E06"),
    "object": ("titre: !!python/object/apply:os.system [id]", "E07"),
    "local tag": ("titre: !x y", "E07"),
    "anchor": ("titre: &a b", "E07"),
    "alias": ("titre: *a", "E07"),
    "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitre: *c", "E07"),
    "directive": ("%YAML 1.1\ntitre: X", "E02"),
    "tab": ("\ttitre: X", "E02"),
    "remark": ("titre: X #y", "E09"),
    "bibliography": ("bibliography: /etc/hostname\ntitre: X", "E03"),
}

BODIES: dict[str, tuple[str, str]] = {
    # code
    "OpenXML": (f"```{{=openxml}}\n<w:p><w:r><w:t>{CANARY}</w:t></w:r></w:p>\n```", "S08"),
    "typst block": ('```{=typst}\n#read("/etc/hostname")\n```', "S08"),
    "raw inline": ("`<b>`{=html}", "S08"),
    "TeX input": ("\\input{/etc/hostname}", "S08"),
    "TeX macro": ("\\newcommand{\\a}{b}\n\n\\a", "S08"),
    "script": ("<script>alert(1)</script>", "S08"),
    "HTML image": ('<img src="/etc/hostname">', "S08"),
    "comment": ("a <!-- caché --> b", "S08"),
    "first name in brackets": ("Un mot <Prénom> de trop", "S08"),
    "template": ("{{ 7*7 }} {% include 'x' %}", ""),
    "typst text": ('#read("/etc/hostname") *x*.func()', ""),
    "mathematics": ("$x^2$ et \\(x\\)", ""),
    # headers in the body
    "metadata": ("---\nbibliography: /etc/hostname\ncsl: http://a.example/x.csl\n---\n\nLa suite.", "S18"),
    "metadata closed by dots": ("---\nheader-includes: x\n...\n\nLa suite.", "S18"),
    "title block": ("% Titre\n% Auteur\n\nLa suite.", ""),
    # attributes
    "style": ('::: {custom-style="Title"}\nx\n:::', "S11"),
    "style of a word": ('[x]{custom-style="Title"}', "S11"),
    "contents": ("::: {.toc}\nx\n:::", "S11"),
    "slot": ("[x]{.slot n=0}", "S11"),
    "cover": ("::: cover\nx\n:::", "S11"),
    "event": ('[x]{onclick="a"}', "S11"),
    "class of an image": ('![l](images/carre.png){.cover alt="d"}', "S11"),
    "language that is none": ('[x]{lang="../../x"}', "S11"),
    "no width": ('![l](images/carre.png){alt="d" width=0}', "S11"),
    "width of a formula": ('![l](images/carre.png){alt="d" width="expression(1)"}', "S11"),
    "id of a theme": ("### X {#theme-mendicite}\n\ny", ""),
    "id of the references": ("::: {#refs}\nx\n:::", ""),
    # links
    "script link": ("[x](javascript:alert(1))", "R07"),
    "script link, mixed case": ("[x](JaVaScRiPt:alert(1))", "R07"),
    "script link with a tab": ("[x](java&#9;script:alert(1))", "R07"),
    "script autolink": ("<javascript:alert(1)>", "R07"),
    "script in a note": ("a[^1]\n\n[^1]: [x](javascript:a)", "R07"),
    "data link": ("[x](data:text/html,x)", "R07"),
    "file link": ("[x](file:///etc/hostname)", "R07"),
    "FTP": ("[x](ftp://a.example/c)", "R07"),
    "server": ("[x](//a.example/p)", "R07"),
    "Windows server": ("[x](\\\\\\\\a\\\\p)", "R07"),
    "relative": ("[x](../beta/travail-force.md)", "R07"),
    "password": ("[x](https://u:p@a.example/)", "R07"),
    "host that is a user": ("[x](http://a.example@b.example)", "R07"),
    "no host": ("[x](https://)", "R07"),
    "mail with fields": ("[x](mailto:?bcc=x)", "R07"),
    "page": ("[x](https://a.example/é?b=c#d)", ""),
    # images
    "image of the web": ('![l](https://a.example/x.png){alt="d"}', "I04"),
    "image by absolute path": ('![l](/etc/hostname){alt="d"}', "I04"),
    "image in the text": ('![l](data:image/png;base64,AAAA){alt="d"}', "I04"),
    "image next door": ('![l](../beta/x.png){alt="d"}', "I04"),
    "image next door, hidden": ('![l](%2e%2e/x.png){alt="d"}', "I04"),
    "image on a disk": ('![l](C:\\x.png){alt="d"}', "I04"),
    "image of a note": ('a[^1]\n\n[^1]: ![l](/etc/hostname){alt="d"}', "I04"),
    "image with a NUL": ('![l](a%00b.png){alt="d"}', "I01"),
    "image of a very long name": (f'![l]({"a" * 5000}.png){{alt="d"}}', "I01"),
    "image that is a folder": ('![l](images){alt="d"}', "I02"),
    "image that is a text": ('![l](mendicite.md){alt="d"}', "I02"),
    "image described by nothing": ('![](images/carre.png){alt="\u200b"}', "I03"),
    # what would be lost
    "reference definition": ("[Mot]: une phrase", "S07"),
    "title of a link": ('[x](https://a.example "caché")', "S07"),
    "cell too many": ("| a | b |\n|---|---|\n| c | d | e |\n\n: L", "S07"),
    "unused note": ("a\n\n[^1]: b", "R03"),
    "note twice": ("a[^1]\n\n[^1]: b\n\n[^1]: c", "R03"),
    "note in a note": ("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c", "R02"),
    "between dashes": ("---\n\nun texte\n\n---", ""),
    # blow-ups
    "brackets": ("[" * 60, "F06"),
    "brackets with words": ("[a " * 30, "F06"),
    "citations never closed": ("[@livre2010; " * 30, "F06"),
    "emphasis": ("*a_" * 400, ""),
    "backticks": ("".join("`" * n + "a" for n in range(1, 60)), ""),
    "quotations": (">" * 400 + " a", "F06"),
    "lists": ("\n".join("  " * n + "- a" for n in range(60)), "F06"),
    "entities": ("&amp;" * 4000, ""),
    # letters
    "signs of no width": ("te\u200bxte te\u2060xte te\u00adxte te\ufeffxte", "note F09"),
    "page break": ("te\fxte", "note F09"),
    "turned": ("a\u202eb", "F07"),
    "turned apart": ("a\u2066b", "F07"),
    "control": ("a\x07b", "F07"),
    "old apostrophe": ("l\x92enfant", "F07"),
    "private": ("\ue000", "F07"),
    "emoji": ("a 😀", "F08"),
    "Chinese": ("文", "F08"),
    "Arabic": ("سلام", "F08"),
    "no width by entity": ("te&#8203;xte", "F08"),
    "control by entity": ("a&#1;b", "F08"),
    "NUL by entity": ("a&#0;b", "F08"),
    "half a letter by entity": ("a&#xd800;b", "F08"),
    "look-alike": ("la tr\u0430ite", "F10"),
    "look-alike alone": ("il \u0430 dit", "F10"),
    "look-alike by entity": ("la tr&#x430;ite", "F10"),
    "Greek look-alike": ("l\u03bf mot", "F10"),
    "Greek unit": ("cinq μg", ""),
    # what was meant to be hidden
    "capitals in brackets": (f"[CONFIDENTIEL] {CANARY}", "S19"),
    "bold word": (f"**Confidentiel :** {CANARY}", "S19"),
    "word in a quotation": (f"> Confidentiel : {CANARY}", "S19"),
    "word in a list": (f"- (confidentiel) {CANARY}", "S19"),
    "word in a cell": (f"| a | b |\n|---|---|\n| [confidentiel] {CANARY} | d |\n\n: L", "S19"),
    "word in a note": (f"a[^1]\n\n[^1]: [confidentiel] {CANARY}", "S19"),
    "word in a caption": (f'![(confidentiel) {CANARY}](images/carre.png){{alt="d"}}', "S19"),
    "heading": (f"### Confidentiel\n\n{CANARY}", "S19"),
    "two colons": (f":: confidentiel\n{CANARY}\n::", "S19"),
    "mark of a paragraph": (f"{CANARY} {{.confidentiel}}", "S19"),
    "not to be spread": (f"[ne pas diffuser] {CANARY}", "S19"),
    "misspelt": (f"::: confidentielle\n{CANARY}\n:::", "S11"),
    "capital": (f"::: Confidentiel\n{CANARY}\n:::", "S11"),
    "never closed": (f"::: confidentiel\n{CANARY}", "S10"),
    "glued to a paragraph": (f"a\n::: confidentiel\n{CANARY}\n:::", "S10|"),
    "confidential in prose": ("Un avis confidentiel n'est pas visé ; la confidentialité non plus.", ""),
}

HIDDEN: dict[str, str] = {
    "block": f"::: confidentiel\n{CANARY}\n:::",
    "block in a block": f":::: {{.confidentiel}}\n> - {CANARY}\n::::",
    "word": f"a [{CANARY}]{{.confidentiel}} b",
    "in a list": f"- a\n- [{CANARY}]{{.confidentiel}}",
    "in a quotation": f"> ::: confidentiel\n> {CANARY}\n> :::",
    "in a note": f"a[^1]\n\n[^1]: [{CANARY}]{{.confidentiel}}",
    "note of a hidden block": f"::: confidentiel\na[^1]\n:::\n\n[^1]: {CANARY}",
    "in a cell": f"| a | b |\n|---|---|\n| [{CANARY}]{{.confidentiel}} | d |\n\n: L",
    "in a table's caption": f"| a | b |\n|---|---|\n| c | d |\n\n: [{CANARY}]{{.confidentiel}}",
    "in an image's caption": f'![[{CANARY}]{{.confidentiel}}](images/carre.png){{alt="d"}}',
    "an image": f'![{CANARY}](images/carre.png){{alt="{CANARY}" .confidentiel}}',
    "a link": f"[{CANARY}](https://a.example/{CANARY}){{.confidentiel}}",
    "code": f"`{CANARY}`{{.confidentiel}}",
    "a block of code": f"``` {{.confidentiel}}\n{CANARY}\n```",
    "a definition": f"Mot\n: [{CANARY}]{{.confidentiel}}",
    "a name that is linked to": f"::: {{.confidentiel #{CANARY}}}\nx\n:::\n\n[mot](#{CANARY})",
    "a citation": f"::: confidentiel\n[@livre2010, {CANARY}]\n:::",
}
