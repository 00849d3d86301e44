"""Recommendations as the format has them: one list, each item « **to whom** (articles) : what is asked »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.intake import confidential
from rapport.intake.inlines import drop, take
from rapport.intake.states import Notification, ReceivedText
from rapport.language.folding import fold_words
from rapport.model import Node
from rapport.office.normal_document import Loss

TO = re.compile(
    r"(?:(?:À|A|a|à)\s+(?:l['’]|la\s|tous|toutes|chaque|[A-ZÉÈ])|(?:Aux?|aux?|Pour)\s|L['’]État|Le\s+[Gg]ouvernement|"
    r"Les?\s+[Mm]inist|La\s+[Ff]rance|Ministère|Gouvernement|État|Parlement)[^:.;]{0,120}?"
)
HEAD = re.compile(rf"^\s*(?P<to>{TO.pattern})\s*(?P<articles>\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*:\s")
TYPED = re.compile(
    r"^\s*(?:[-–—•*·▪➢→]|\d{1,2}(?:\.\d{1,2})+(?=\s+[A-ZÀÂÉÈÊÎÔÛÇŒ«])|\(?(?:[Rr]ecommandation\s*(?:n°\s*)?|R\s?)?\d{1,2}(?:\.\d{1,2})*\s*[.):–-](?!\d)|\(?[a-zA-Z]\s?\)|[a-h]\.(?=\s))\s*"
)
# Articles in brackets at the end of a demand: « … (CIDE 39). », « … (article 3 de la Convention) ».
TAIL = re.compile(
    r"\s*\((?P<articles>(?:(?:CIDE|CRC|OPSC|OPAC|OPIC|CEDH|Palerme|art(?:icles?|\.))[^()]*?\d[^()]*))\)\s*(?P<end>[.;,]?)\s*$",
    re.IGNORECASE,
)
# The addressee inside a sentence that leads in a list: « Nous demandons à l'État : ».
ASKED = re.compile(
    r"(?:demand|recommand|pri|invit|appel|exhort|attend|propos|enjoi|press)\w*\s+(?:donc\s+|instamment\s+)?"
    r"(?P<to>(?:à\s+(?:l['’]|la\s|tou[st]e?s?\s)?|aux?\s|d[ue]s?\s|de\s+(?:l['’]|la\s)|l['’]|les?\s|la\s)[^:,;.]{2,80}?)"
    r"(?:\s+d['’e]\w*)?\s*:\s*$",
    re.IGNORECASE,
)
# A line that says to whom the demands below it are: « À l'attention du ministère de la Justice », « Aux départements ».
ADDRESSED = re.compile(
    r"(?:(?:à\s+)?(?:l['’](?:attention|intention|adresse)|destination)\s+(?P<of>du\s|des\s|de\s+la\s|de\s+l['’]|d['’])|"
    r"(?P<to>aux?\s|à\s+(?:la\s|l['’])))(?P<whom>[^.:;!?]{2,80}?)\s*:?\s*",
    re.IGNORECASE,
)
TO_WHOM = {"du": "Au ", "des": "Aux ", "dela": "À la ", "del'": "À l’", "d'": "À "}
COLUMNS = {
    "to": ("destinataire", "destinataires", "a qui", "adressee a", "pour qui", "autorite", "acteur", "acteurs"),
    "articles": ("article", "articles", "articles vises", "fondement", "base juridique", "reference", "references"),
    "audience": ("diffusion", "edition", "pour l edition", "confidentiel", "confidentielle", "confidentialite"),
    "number": ("n", "no", "num", "numero", "number"),
    "demand": ("recommandation", "recommandations", "demande", "proposition", "ce que nous demandons", "mesure"),
}

Cells = list[list[Node]]
"""The cells of one row of a table, each its blocks."""


def item(addressee: Sequence[Node], articles: str, demand: Sequence[Node]) -> list[Node]:
    """One item of the list: « **addressee** (articles) : demand »; what is missing is left out."""
    blocks = [block for block in demand if tree.kind(block) != "Plain" or tree.inlines(block)]
    first = tree.inlines(blocks[0]) if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS else []
    rest = blocks[1:] if first else blocks
    named = tree.text(list(addressee)).strip(" :\u00a0")
    head = [tree.strong(tree.string(named))] if named else []
    if articles.strip(" ()"):
        head += [*([tree.space()] if head else []), *tree.string(f"({articles.strip(' ()')})")]
    if head:
        head += [tree.space(), tree.word(":"), tree.space()]
    return [tree.para([*head, *first]), *rest] if rest else [tree.plain([*head, *first])]


def as_list(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks of a section of recommendations as lists and headings alone; what changed is told."""
    out: list[Node] = []
    loose: list[list[Node]] = []

    def close() -> None:
        out.extend(confidential.confidential_lists(loose))
        loose.clear()

    to = ""  # whom the leading sentence names, for the demands below it
    for at, block in enumerate(blocks):
        match tree.kind(block):
            case "Header":
                close()
                to = _addressed(tree.text(block))
                out.append(block)
            case "BulletList" | "OrderedList":
                loose += [_demand(_untyped(inner, received), to, received) for inner in tree.items(block)]
            case "Table":
                loose += list(_rows(block, received)) or [[block]]
            case "Div":  # confidential: a list apart
                close()
                out.append(tree.with_blocks(block, as_list(tree.blocks(block), received)))
            case "Para" | "Plain" if _introduces(block, blocks[at + 1 :]):
                close()
                to = _asked(tree.text(block)) or _addressed(tree.text(block))
                received.decisions.append(Notification("demand-intro", {"text": tree.text(block)[:80]}))
                out.append(tree.header(3, tree.inlines(block), ""))
            case "Para" | "Plain" if loose and _is_picture(block):
                loose[-1] = [*map(_as_para, loose[-1]), block]
            case "Para" | "Plain":
                received.count_repair("demand")
                loose.append(_demand(_untyped([tree.as_kind(block, "Plain")], received), to, received))
            case _ if loose:
                loose[-1] = [*map(_as_para, loose[-1]), block]
            case _:
                loose.append([block])
    close()
    return out


def _is_picture(paragraph: Node) -> bool:
    """Whether pictures stand alone in a paragraph: they go on with the demand above."""
    return all(tree.kind(one) in ("Image", *tree.BLANKS) for one in tree.inlines(paragraph))


def _untyped(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """An item without the dash, number or letter typed before it."""
    inlines = tree.inlines(blocks[0]) if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS else []
    mark = TYPED.match(tree.text(inlines)) if inlines else None
    if not mark or not mark[0].strip():
        return list(blocks)
    if number := " ".join(re.findall(r"\w+", mark[0])):
        received.losses.append(Loss("number", 1, number))
    return [tree.with_inlines(blocks[0], drop(inlines, mark.end())), *blocks[1:]]


def _asked(sentence: str) -> str:
    """Whom a leading sentence asks: « Nous demandons à l'État : » → « à l'État »; "" where it names nobody."""
    found = ASKED.search(sentence.replace("\u00a0", " "))
    return found["to"].strip() if found else ""


def _addressed(line: str) -> str:
    """Whom a line that is nothing but an address names: « À l'attention du ministère » → « Au ministère »; else ""."""
    found = ADDRESSED.fullmatch(line.replace("\u00a0", " ").strip())
    if not found:
        return ""
    if found["to"]:
        return f"{found['to']}{found['whom']}"
    return TO_WHOM["".join(found["of"].lower().replace("’", "'").split())] + found["whom"]


def _demand(blocks: Sequence[Node], to: str, received: ReceivedText) -> list[Node]:
    """One demand with its addressee in bold and its articles behind that, wherever they stood."""
    blocks = confidential.confidential_item(list(blocks), received)
    if blocks and tree.kind(blocks[0]) == "Div":
        return [tree.with_blocks(blocks[0], _demand(tree.blocks(blocks[0]), to, received))]
    made = with_bold_addressee(blocks, received)
    inlines = tree.inlines(made[0]) if made and tree.kind(made[0]) in tree.PARAGRAPHS else []
    if to and inlines and tree.kind(inlines[0]) != "Strong":
        addressee = to[0].upper() + to[1:]
        said, last = tree.text(made)[:80], received.decisions[-1] if received.decisions else None
        if last and last.name == "demand-to" and last.facts["to"] == addressee:
            said = f"{received.decisions.pop().facts['text']} / {said}"
        received.decisions.append(Notification("demand-to", {"text": said, "to": addressee}))
        head = [tree.strong(tree.string(addressee)), tree.space(), tree.word(":"), tree.space()]
        made = [tree.with_inlines(made[0], [*head, *inlines]), *made[1:]]
    return _articles_first(made, received)


def _articles_first(blocks: list[Node], received: ReceivedText) -> list[Node]:
    """« **À l'État** : agir (CIDE 39). » → « **À l'État** (CIDE 39) : agir. »; an item of another shape as it is."""
    inlines = tree.inlines(blocks[0]) if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS else []
    line = _signs(inlines)
    found = TAIL.search(line)
    strong = bool(inlines) and tree.kind(inlines[0]) == "Strong"
    colon = line.find(":", len(tree.text(inlines[0]))) if strong else -1
    if not found or len(blocks) > 1 or colon < 0 or colon > found.start() or "(" in line[:colon]:
        return blocks
    if len(line) != len(_signs([*inlines])) or any(tree.kind(n) in ("Note", "Image", "Cite", "Link") for n in inlines):
        return blocks
    articles = found["articles"].strip()
    head = take(inlines, len(line[:colon].rstrip()))
    said = take(drop(inlines, colon), found.start() - colon)
    received.decisions.append(Notification("demand-articles", {"text": line[:80], "articles": articles}))
    between = [tree.space(), *tree.string(f"({articles})"), tree.space()]
    end = [*([tree.space()] if found["end"] == ";" else []), tree.word(found["end"])] if found["end"] else []
    return [tree.with_inlines(blocks[0], [*head, *between, *said, *end])]


def _introduces(block: Node, after: Sequence[Node]) -> bool:
    """A sentence that ends in a colon and that demands follow, such as « Nous recommandons : », or an address."""
    if not after or tree.kind(after[0]) == "Header":
        return False
    listed = tree.kind(after[0]) in tree.LISTS
    return bool(re.search(r":\s*$", tree.text(block))) or (listed and bool(_addressed(tree.text(block))))


def with_bold_addressee(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """An item whose addressee is set in bold, where it begins « Au ministère … : »."""
    blocks = list(blocks)
    inlines = tree.inlines(blocks[0]) if blocks and tree.kind(blocks[0]) in tree.PARAGRAPHS else []
    if not inlines or tree.kind(inlines[0]) == "Strong":
        return blocks
    line = _signs(inlines)
    found = HEAD.match(line)
    if not found:
        return blocks
    received.count_repair("addressee")
    rest = drop(inlines, len(line) - len(line[found.end("to") :].lstrip()))
    addressee = tree.strong(tree.string(found["to"].strip()))
    return [tree.with_inlines(blocks[0], [addressee, tree.space(), *rest]), *blocks[1:]]


def _signs(inlines: Sequence[Node]) -> str:
    """The words with a place for each sign, as `drop` counts them: a note or a picture ends what can be read."""
    parts: list[str] = []
    for node in inlines:
        if tree.kind(node) in ("Note", "Image", "Cite", "Link", "Span"):
            break
        parts.append(" " if tree.kind(node) in tree.BLANKS else tree.letters(node) or tree.text(node))
    return "".join(parts)


def _as_para(block: Node) -> Node:
    return tree.as_kind(block, "Para") if tree.kind(block) == "Plain" else block


def table_rows(table: Node) -> list[Cells]:
    """The cells of a table, row by row, each its blocks."""
    return [[cell.blocks for cell in row.cells] for row in tree.table_of(table).rows()]


def _rows(table: Node, received: ReceivedText) -> Iterator[list[Node]]:
    """A table of recommendations as items, by the titles of its columns; nothing for any other table."""
    cells, caption = table_rows(table), tree.caption(table)
    roles = _roles(cells[0]) if cells else {}
    if "demand" not in roles:
        return
    received.losses.append(Loss("column", len(cells[0]), " ".join(tree.text(cell) for cell in cells[0])))
    if caption and tree.text(caption):
        received.losses.append(Loss("caption", 1, tree.text(caption)))
    for row in cells[1:]:
        if any(tree.text(cell) for cell in row):
            received.count_repair("row")
            yield _for_whom(row, roles, confidential.confidential_item(_from_row(row, roles), received), received)


def _from_row(row: Cells, roles: dict[str, int]) -> list[Node]:
    def cell(role: str) -> list[Node]:
        return list(row[roles[role]]) if role in roles and roles[role] < len(row) else []

    others = [block for at, blocks in enumerate(row) if at not in roles.values() for block in blocks]
    paragraphs = [block for block in cell("to") if tree.kind(block) in tree.PARAGRAPHS]
    addressee = [inline for block in paragraphs for inline in (*tree.inlines(block), tree.space())]
    return item(addressee, tree.text(cell("articles")), [*cell("demand"), *map(_as_para, others)])


def _for_whom(row: Cells, roles: dict[str, int], item: list[Node], received: ReceivedText) -> list[Node]:
    """The item of a row, confidential where its column says so."""
    at = roles.get("audience", -1)
    said = tree.text(row[at]) if 0 <= at < len(row) else ""
    received.losses += [Loss("mark", 1, said)] if said else []
    numbers = [tree.text(cell) for at, cell in enumerate(row) if at == roles.get("number")]
    received.losses += [Loss("number", 1, number) for number in numbers if number]
    return confidential.as_confidential(item, received) if confidential.is_confidential_cell(said) else item


def _roles(head: Cells) -> dict[str, int]:
    """Which column is what."""
    roles: dict[str, int] = {}
    for at, cell in enumerate(head):
        title = fold_words(tree.text(cell))
        for role, names in COLUMNS.items():
            if role not in roles and (title in names or any(title.startswith(f"{name} ") for name in names)):
                roles[role] = at
                break
    return roles
