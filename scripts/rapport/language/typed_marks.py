"""What was typed by hand that print cannot keep: bullets, tables, working marks, « Ibid. », « tableau 1 », quotes.

As in `prose`, the text is searched as it was typed, and only patterns are here: a find's kind is what was typed, its
detail what sort of it. Code, and what stands between brackets of a citation, is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapport.language.patterns import late_pattern
from rapport.model import Find, Span

Place = Callable[[int, int], Span]

PARAGRAPH = late_pattern(r"(?:^[ \t>]*\S.*\n?)+", re.MULTILINE)
CODE = late_pattern(
    r"^[ \t>]*(```|~~~)[^~\n].*?^[ \t>]*\1[`~]*[ \t]*$|`[^`\n]+`|https?://\S+", re.MULTILINE | re.DOTALL
)
CITED = late_pattern(r"\[[^\[\]\n]*@[^\[\]]*\]|@[\w:.#$%&+?<>~/-]+\s\[[^\[\]\n]*\]")
APART = "\ufffc"
"""What stands for each sign of code and citations; a place beside it is theirs: « l'annexe 2 [@rapport] »."""
HEAD = r"^[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|\[\^[^\]\s]+\]:[ \t]*)*"

# ---------------------------------------------------------------- bullets

SIGNS = "•▪▫●○◦‣⁃■□❑❏◆◇★☆➢➣➤►▶▸▹→⇒➔➡✓✔✗✘☐☑☒☞❖"
BULLET = late_pattern(
    rf"{HEAD}(?P<it>[{SIGNS}·][ \t\u00a0\u202f]*)(?=\S)|(?<=\s)(?P<on>[•▪●■➢➤►])[ \t\u00a0]", re.MULTILINE
)
DASH = late_pattern(
    r"^[ \t>]*(?P<it>[–—§¤~]|o(?=[ \t])|[-+](?=[^\W\d_])|\*(?=[^\W\d_][^*\n]*$)"
    r"|\d{1,2}(?:[.)](?=[^\W\d_])|[ \t]?(?:°[ \t]?\)?|/|-)(?=[ \t]*[^\W\d_])))[ \t\u00a0\u202f]*(?=\S)",
    re.MULTILINE,
)
ENDS = late_pattern(r"[:;.!?,…»][ \t]*\Z")
ITEM, INSIDE = late_pattern(r"[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]"), late_pattern(r"\s[–—]\s")

# ---------------------------------------------------------------- tables

CELLS = late_pattern(r"^[ \t>]*(?:\|.*|.*\S[ \t]*(?<!\\)[|¦][ \t]*\S.*)$")
RULED = late_pattern(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
GRID = late_pattern(r"^[ \t>]*\+[-=+:]+\+[ \t]*$")
TABBED = late_pattern(r"^[ \t>]*[^\s>].*?\S(?:\t+| {3,})\S")
LISTED = late_pattern(r"^[ \t>]*[^;\n]{1,30}(?:;[ \t]*\d[\d ,.%]*)+$")
"""A row as spreadsheets write it: a head, and numbers set apart by semicolons."""
NUMBERS_ALONE = late_pattern(
    r"^[ \t>]*(?:[^\W\d_][^\n.;!?]{0,28}?(?:[ \t]*[:/=–—-])?[ \t]+|[^\W\d_][\w' ’-]{0,28},[ \t]*"
    r"|\d{1,4}(?:[ \t]*[,:/=–—-][ \t]*|[ \t]+))\d[\d ,.%]*$"
)
"""A row of a head or a year and a number: « 2013 12 », « Paris : 15 »; a paragraph of nothing else is a table."""
APART_ROWS = late_pattern(
    r"^(?P<it>.*\S[ \t]*\\[|][ \t]*\S.*)\n[ \t]*\n.*\S[ \t]*\\[|][ \t]*\S"
    r"|^(?P<at>[^;\n]{1,30}(?:;[ \t]*\d[\d ,.%]*)+)\n[ \t]*\n[^;\n]{1,30}(?:;[ \t]*\d[\d ,.%]*)+$",
    re.MULTILINE,
)
"""Rows that are paragraphs, as Word has them."""
SIMPLE = late_pattern(r"^[ \t>]*-{3,}[- \t]*$")

# ---------------------------------------------------------------- working marks

LATER = (
    r"(?:compl[ée]ter|v[ée]rifier|pr[ée]ciser|confirmer|relire|revoir|sourcer|actualiser|mettre\s+à\s+jour|d[ée]velopper|"
    r"faire|r[ée]diger|remplir|ins[ée]rer|ajouter|supprimer|chiffrer|dater|trouver|traduire|valider|discuter|citer|"
    r"reformuler|raccourcir|d[ée]finir|reprendre)"
)
UNSURE = r"(?:compl[ée]ter|v[ée]rifier|pr[ée]ciser|confirmer|relire|revoir|sourcer|actualiser|reformuler)"
PLACEHOLDER = (
    r"(?:noms?|dates?|sources?|chiffres?|r[ée]f(?:\.|[ée]rences?)?|liens?|lieux?|titre|ann[ée]e|citation|texte|pages?)"
)
WORKING = late_pattern(
    rf"""
      \{{(?:\+\+.*?\+\+|--.*?--|>>.*?<<|~~.*?~~|==.*?==)\}}         # CriticMarkup
    | (?<![=\w])==(?=\S)[^=\n]+==(?!=)                                # highlighted
    | (?<!~)~~(?=\S)[^~\n]+~~(?!~)                                    # struck
    | \[\[[^\[\]\n]+\]\]                                              # a link of a wiki
    | \[(?![\^@])[^\[\]\n]{{0,60}}\b(?:à|a)\s+{LATER}\b[^\[\]\n]{{0,60}}\]
    | \((?:[^()\n]{{0,40}}\s)?(?:à|a)\s+{LATER}\s*[^\w()]{{0,4}}\)
    | \(\s*(?:à|a)\s+{UNSURE}\s*(?:,|(?:par|avec|auprès|dans|avant|svp)\b|d['’]ici\b)[^()\n]{{0,60}}\)
    | \(\s*{UNSURE}(?:\s+(?:l[ae]s?\s+|l['’]|ce\s+|cette\s+)?{PLACEHOLDER})?\s*[!?.]*\s*\)
    | [\[(]\s*(?:quelle?s?\s+)?{PLACEHOLDER}\.?\s*(?:\?+|manquante?s?)\s*[\])]
    | \b(?:sources?|dates?|chiffres?|r[ée]f[ée]rences?)\s*:\s*\?+
    | (?:[:–—-]|…|\.{{3}})\s+à\s+(?:compl[ée]ter|v[ée]rifier|pr[ée]ciser|sourcer)\b
    | (?:[:–—]|/!\\|@@+|\*{{3}}|!!+)\s*(?:à|a)\s+{UNSURE}\b(?=\s*(?:[.!;)*]|$|par\b|avec\b))
    | /!\\ | /\*.*?\*/ | (?<=[\w.,;:!?»)][ \t])\#{{3,}}(?=[ \t]) | ^@@+(?=\s|$) | \*{{3}}\s*à\s+{LATER}
    | \[\s*(?:commentaires?|remarques?|questions?|note\s+(?:interne|à|pour|aux?)|comment|todo)\b
        [^\[\]\n]*:[^\[\]\n]*\](?![(\[:])
    | ^[ \t>*_]*note\s+(?:interne|à|aux?|pour)\b(?![^:\n]*(?:lect|comit))[^:\n]{{0,30}}:
    | \[\s*{LATER}\b[^\[\]\n]{{0,80}}\](?![(\[:])
    | (?<![!\]])\[\s*{PLACEHOLDER}(?:\s[^\[\]\n]{{0,30}})?\](?![(\[:{{])
    | (?<![!\]])\[\s*(?:x{{1,3}}|\?+|\.{{4,}}|…{{2,}}|_+)\s*\](?![(\[:{{])
    | \[\s*(?:brouillon|draft|tbc|wip|n\.?d\.?l\.?r|voir\s+avec)\b[^\[\]\n]*\](?![(\[:])
    | [\[(]\s*à\s+voir(?:\s+avec\b[^\[\]()\n]{{0,60}})?\s*[!?.]*\s*[\])] | @todo\b | (?-i:\b[tT]odo\s*:)
    | \[\s*(?:insert|add|check|verify|update|fill\s+in|needs?)\s+\w[^\[\]\n]{{0,80}}\](?![(\[:])
    | \b(?:(?:19|20)(?:xx|\?\?)|(?:19\d|20[0-3])[x?])(?!\w)
    | \?{{3,}} | \(\s*\?+\s*\) | \bx{{3,}}\b | \bxx\s*(?=%|€|euros|enfants|mineurs|victimes|personnes|cas\b|jeunes)
    | (?-i:\b(?:TODO|FIXME|TBD|TBC|TBA|ASAP)\b | \b[AÀ]\ (?:FAIRE|COMPL[EÉ]TER|V[EÉ]RIFIER|PR[EÉ]CISER)\b)
    | \[\s*(?:to\ be\ |to\ )(?:completed?|checked?|confirm(?:ed)?|added?|done|verif(?:y|ied))\b[^\[\]\n]{{0,60}}\]
    | \(\s*(?:(?:please\s+)?check(?:\s+(?:this|source|date|figures?))?|(?:citation|reference|source)\s+needed
        |to\s+be\s+(?:completed|checked|confirmed|added|verified)|source\s*\?)\s*[!?]*\s*\)
    | \blorem\ ipsum\b | _{{4,}} | (?<![.…])\.{{5,}}
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE,
)

# ---------------------------------------------------------------- what depends on its place

BELOW = r"(?:ci-(?:dessus|dessous|apr[èe]s|avant)|plus\s+(?:haut|bas)|above|below)"
SEE = r"(?:voir|cf\.?|v\.|see)\s+(?:aussi\s+|également\s+|also\s+)?"
IBID = late_pattern(
    r"\b(?:ibid(?:em\b|\b\.?)|op\.?\s*cit\b\.?|loc\.?\s*cit\b\.?|(?:supra|infra)\b(?!-)|art(?:icle)?\.?\s+(?:pr[ée]c|cit)\."
    r"|ib\.(?=,?\s*p)|idem(?=\s*,\s*(?:pp?\.|par\.|art\.|§)))|(?<=,\s)précitée?s?(?=\s*,\s*(?:p|par|art|§)\b)|\baut(?:eure?|rice)s?\s+citée?s?(?=\s*,\s*p)"
    r"|\bouvr(?:age|\.)?\s*cité\b|\bart(?:icle|\.)\s*cité\b(?=\s*,\s*p)"
    rf"|\b{SEE}{BELOW}|\bcomme\s+(?:[\w'’]+\s+){{1,4}}{BELOW}"
    r"|^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?P<item>id(?:\.|em)(?=\s*,\s*p))"
    r"|(?:\b(?:voir|cf\.?|v\.|à|see)\s+(?:la\s+|the\s+)?)(?P<beside>(?:notes?|pages?)\s+(?:pr[ée]c[ée]dentes?|suivantes?)"
    r"|(?:previous|preceding|next)\s+(?:note|page))"
    r"|(?:^[ \t>]*\[\^[^\]\s]+\]:[ \t]*|\^\[|\()[*_]*(?P<it>idem\b|id\."
    r"|mêmes?\s+(?:sources?|auteure?s?|r[ée]f[ée]rences?)\b"
    r"|same\s+(?:source|author)\b|(?:rapport|[ée]tude|document|ouvrage|avis)\s+précitée?)(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)
OURS = r"\s*(?:l['’]\s*|la\s+|le\s+)?(?:présent|ce\b|cet|this)"
OF_ANOTHER = (
    rf"(?![\d/-])(?!\s*,?\s*{APART})(?!\s*(?:et\s+[\dIVX]+\s*|[–-]\s*\d+\s*)?(?:,\s*)?"
    rf"(?:du|de|des|d['’]|of|in|dans)\b(?!{OURS}))"
)
"""No name of another document follows: « tableau 3 du rapport du GRETA »."""
NUMBER = r"(?:n[°o]\s*)?\d{1,4}(?:\s?[–-]\s?\d{1,4})?\b"
NUMBERED = late_pattern(
    rf"\b(?:tableaux?|figures?|graphiques?|sch[ée]mas?|encadr[ée]s?|tables?|charts?|fig\.|tab\.|graph\.)\s*"
    rf"{NUMBER}{OF_ANOTHER}"
    rf"|\b(?:tableaux?|graphiques?|sch[ée]mas?|encadr[ée]s?)\s+(?-i:[IVX]{{1,4}}|[A-H])\b(?!['’]){OF_ANOTHER}"
    rf"|\b(?:notes?|footnotes?)\s+(?:de\s+bas\s+de\s+page\s+)?{NUMBER}{OF_ANOTHER}(?!\s+sur\b)"
    rf"|(?:\b(?:{SEE}|(?:à|en|aux?|on)\s+)(?:la\s+|les\s+)?|\(\s*)(?P<page>pages?\s+{NUMBER}{OF_ANOTHER})"
    rf"|\b{SEE}(?P<p>pp?\.\s*{NUMBER}{OF_ANOTHER})"
    rf"|\b(?P<far>pages?\s+\d{{1,4}}\s*,?\s*{BELOW})"
    rf"|\b{SEE}(?:la\s+|le\s+|les\s+|l['’]\s*)?(?P<part>(?:sections?|parties?|chapitres?|recommandations?|annexes?|points?|"
    rf"paragraphes?|§|parts?|chapters?|recommendations?|paragraphs?|annex|appendix)\s+(?:n[°o]\s*)?"
    rf"(?:\d+(?:\.\d+)*|(?-i:[IVX]{{1,5}}|[A-H]))\b(?!\.\d){OF_ANOTHER}|(?:recomm\w+\s+)?(?-i:R)\d{{1,3}}\b)"
    rf"|\b(?:paragraphes?|par\.|§|points?|sections?|parties?|chapitres?|recommandations?|annexes?|paragraphs?|paras?\.?|parts?|"
    rf"recommendations?)\s+(?:n[°o]\s*)?[\dIVX][\w.]{{0,5}}\s*,?\s*{BELOW}",
    re.IGNORECASE,
)


GLUED = late_pattern(r"(?<![\w/#@=.&^-])[^\W\d_]{3,}\d{1,3}(?![\w/@=-])(?!\.\w)")
"""A word that a number of one to three digits is glued to, in no address, key, label of a note or name of a file."""
FENCE = late_pattern(r"(?m)^[ \t>]*:{3,}[^\n]*$")  # what follows it begins a paragraph of its own


def finds(text: str, place: Place) -> Iterator[Find]:
    """Everything of this kind in a body; `place` makes a span of two offsets."""
    bare = CODE.sub(_blank, FENCE.sub(lambda fence: " " * len(fence[0]), text))
    for paragraph in PARAGRAPH.finditer(bare):
        yield from _bullets(paragraph, place)
        yield from _tables(paragraph, place)
    for rows in APART_ROWS.finditer(bare):
        row = rows.lastgroup or 0
        yield Find("typed-table", _one_line(rows[row])[:60], place(*rows.span(row)), "no-rule")
    for match in WORKING.finditer(bare):
        yield Find("working-mark", _one_line(match[0]), place(*match.span()))
    uncited = CITED.sub(_blank, bare)
    for kind, pattern in (("ibid", IBID), ("typed-number", NUMBERED), ("glued-number", GLUED)):
        for match in pattern.finditer(uncited):
            group = match.lastgroup or 0
            yield Find(kind, _one_line(match[group]), place(*match.span(group)))


def working_marks(text: str) -> Iterator[str]:
    """The working marks of a line of a header."""
    return (_one_line(match[0]) for match in WORKING.finditer(text))


def _bullets(paragraph: re.Match[str], place: Place) -> Iterator[Find]:
    """The first bullet of a paragraph: pandoc makes one sentence of its lines."""
    if found := BULLET.search(paragraph[0]):
        at = paragraph.start() + found.start(found.lastgroup or 0)
        yield Find("bullet", found[found.lastgroup or 0].strip(), place(at, at + 1))
        return
    dashes = list(DASH.finditer(paragraph[0]))
    lines = paragraph[0].count("\n", 0, len(paragraph[0].rstrip())) + 1
    first = next((dash for at, dash in enumerate(dashes) if _begins_item(paragraph[0], dash, at, len(dashes))), None)
    if first and lines > 1:
        start, end = (paragraph.start() + offset for offset in first.span("it"))
        yield Find("bullet", first["it"], place(start, end))


def _begins_item(text: str, dash: re.Match[str], at: int, count: int) -> bool:
    """Whether a dash at the head of a line begins an item: of its paragraph or list, or below a line that is ended."""
    if dash.start() == 0:
        return count > 1
    if ITEM.match(text) and not INSIDE.search(text[dash.end() :].partition("\n")[0]):
        return True
    above = text[: dash.start()].rstrip("\n").rsplit("\n", 1)[-1]
    return bool(ENDS.search(above)) and (above.rstrip().endswith(":") or count > 1)


def _tables(paragraph: re.Match[str], place: Place) -> Iterator[Find]:
    """A paragraph that looks like a table, and that pandoc reads as a sentence."""
    lines = paragraph[0].rstrip("\n").split("\n")
    cells = [CELLS.match(line) is not None for line in lines]
    listed = [LISTED.match(line) is not None for line in lines]
    tabbed = [not barred and TABBED.match(line) is not None for barred, line in zip(cells, lines, strict=True)]
    if GRID.match(lines[0]):
        return
    if sum(cells) > 1 and not any(map(RULED.match, lines[1:2])):
        detail = "under-text" if any(map(RULED.match, lines)) else "no-rule"
        yield _line(paragraph, lines, cells.index(True), detail, place)
    elif sum(tabbed) > 1 and not any(map(SIMPLE.match, lines)):
        yield _line(paragraph, lines, tabbed.index(True), "tabs", place)
    elif sum(listed) > 1 or (len(lines) > 2 and all(map(NUMBERS_ALONE.match, lines[1:]))):
        yield _line(paragraph, lines, listed.index(True) if any(listed) else 0, "tabs", place)


def _line(paragraph: re.Match[str], lines: list[str], index: int, detail: str, place: Place) -> Find:
    start = paragraph.start() + sum(len(line) + 1 for line in lines[:index])
    return Find("typed-table", _one_line(lines[index])[:60], place(start, start + len(lines[index])), detail)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", APART, match[0])


def _one_line(text: str) -> str:
    return " ".join(text.split())
