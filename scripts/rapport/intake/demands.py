"""Recommendations as the format has them: one list, each item « **to whom** (articles) : what is asked »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapport import tree
from rapport.intake.headings import without
from rapport.intake.received import Notification, ReceivedText
from rapport.language.names import plain
from rapport.model import Node
from rapport.office.normalised import Loss

TO = re.compile(
    r"(?:(?:À|A|a|à)\s+(?:l['’]|la\s|tous|toutes|chaque|[A-ZÉÈ])|(?:Aux?|aux?|Pour)\s|L['’]État|Le\s+[Gg]ouvernement|"
    r"Les?\s+[Mm]inist|La\s+[Ff]rance|Ministère|Gouvernement|État|Parlement)[^:.;]{0,120}?"
)
HEAD = re.compile(rf"^\s*(?P<to>{TO.pattern})\s*(?P<articles>\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*:\s")
TYPED = re.compile(r"^\s*(?:[-–—•*·▪➢→]|(?:[Rr]ecommandation\s*(?:n°\s*)?|R\s?)?\d{1,2}\s*[.):–-])\s*")
COLUMNS = {
    "to": ("destinataire", "destinataires", "a qui", "adressee a", "pour qui", "autorite", "acteur", "acteurs"),
    "articles": ("article", "articles", "articles vises", "fondement", "base juridique", "reference", "references"),
    "demand": ("recommandation", "recommandations", "demande", "proposition", "ce que nous demandons", "mesure"),
}


def item(addressee: Sequence[Node], articles: str, demand: Sequence[Node]) -> list[Node]:
    """One item of the list: « **addressee** (articles) : demand »; what is missing is left out."""
    blocks = [block for block in demand if block["t"] != "Plain" or block["c"]]
    first = blocks[0]["c"] if blocks and blocks[0]["t"] in ("Para", "Plain") else []
    rest = blocks[1:] if first else blocks
    named = tree.text(list(addressee)).strip(" :\u00a0")
    head: list[Node] = [{"t": "Strong", "c": tree.string(named)}] if named else []
    if articles.strip(" ()"):
        head += [*([{"t": "Space"}] if head else []), *tree.string(f"({articles.strip(' ()')})")]
    if head:
        head += [{"t": "Space"}, {"t": "Str", "c": ":"}, {"t": "Space"}]
    return [{"t": "Plain" if not rest else "Para", "c": [*head, *first]}, *rest]


def as_list(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """The blocks of a section of recommendations as lists and headings alone; what changed is told."""
    out: list[Node] = []
    loose: list[list[Node]] = []

    def close() -> None:
        if loose:
            out.append({"t": "BulletList", "c": [list(one) for one in loose]})
            loose.clear()

    for at, block in enumerate(blocks):
        match block["t"]:
            case "Header":
                close()
                out.append(block)
            case "BulletList" | "OrderedList":
                items = block["c"] if block["t"] == "BulletList" else block["c"][1]
                loose += [headed(one, received) for one in items]
            case "Table":
                loose += list(_rows(block, received)) or [[block]]
            case "Para" | "Plain" if _introduces(block, blocks[at + 1 :]):
                close()
                received.decisions.append(Notification("demand-intro", {"text": tree.text(block)[:80]}))
                out.append(tree.header(3, block["c"], ""))
            case "Para" | "Plain":
                received.repaired("demand")
                mark = TYPED.match(tree.text(block))
                inlines = without(block["c"], mark.end()) if mark and mark[0].strip() else block["c"]
                if mark and (said := "".join(re.findall(r"\w+", mark[0]))):
                    received.losses.append(Loss("number", 1, said))
                loose.append(headed([{"t": "Plain", "c": inlines}], received))
            case _ if loose:
                loose[-1] = [_para(one) for one in loose[-1]] + [block]
            case _:
                loose.append([block])
    close()
    return out


def _introduces(block: Node, after: Sequence[Node]) -> bool:
    """A sentence that ends in a colon before a list, such as « Nous recommandons : »."""
    listed = bool(after) and after[0]["t"] in ("BulletList", "OrderedList", "Table")
    return listed and bool(re.search(r":\s*$", tree.text(block)))


def headed(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """An item whose addressee is set in bold, where it begins « Au ministère … : »."""
    blocks = list(blocks)
    if not blocks or blocks[0]["t"] not in ("Para", "Plain") or not blocks[0]["c"]:
        return blocks
    inlines = blocks[0]["c"]
    if inlines[0]["t"] == "Strong":
        return blocks
    found = HEAD.match(_same_length(inlines))
    if not found:
        return blocks
    received.repaired("addressee")
    named = found["to"].strip()
    rest = without(inlines, len(_same_length(inlines)) - len(_same_length(inlines)[found.end("to") :].lstrip()))
    strong = {"t": "Strong", "c": tree.string(named)}
    return [{"t": blocks[0]["t"], "c": [strong, {"t": "Space"}, *rest]}, *blocks[1:]]


def _same_length(inlines: Sequence[Node]) -> str:
    """The words with a place for each sign, as `without` counts them: a note or a picture ends what can be read."""
    parts: list[str] = []
    for node in inlines:
        if node["t"] in ("Note", "Image", "Cite", "Link", "Span"):
            break
        parts.append(" " if node["t"] in ("Space", "SoftBreak", "LineBreak") else _plain(node))
    return "".join(parts)


def _plain(node: Node) -> str:
    return str(node["c"]) if node["t"] == "Str" else tree.text(node)


def _para(block: Node) -> Node:
    return {"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block


def rows(table: Node) -> list[list[list[Node]]]:
    """The cells of a table, row by row, each its blocks."""
    _, _, _, (_, above), bodies, (_, below) = table["c"]
    found = [row for part in (above, *(b for body in bodies for b in (body[2], body[3])), below) for row in part]
    return [[cell[4] for cell in row[1]] for row in found]


def _rows(table: Node, received: ReceivedText) -> Iterator[list[Node]]:
    """A table of recommendations as items, by the titles of its columns; nothing for any other table."""
    cells, caption = rows(table), table["c"][1][1]
    roles = _roles(cells[0]) if cells else {}
    if "demand" not in roles:
        return
    received.losses.append(Loss("column", len(cells[0]), " ".join(tree.text(cell) for cell in cells[0])))
    if caption and tree.text(caption):
        received.losses.append(Loss("caption", 1, tree.text(caption)))
    for row in cells[1:]:
        if any(tree.text(cell) for cell in row):
            received.repaired("row")
            yield _from_row(row, roles)


def _from_row(row: Sequence[Any], roles: dict[str, int]) -> list[Node]:
    def cell(role: str) -> list[Node]:
        return list(row[roles[role]]) if role in roles and roles[role] < len(row) else []

    others = [block for at, blocks in enumerate(row) if at not in roles.values() for block in blocks]
    named = [
        inline for block in cell("to") if block["t"] in ("Para", "Plain") for inline in (*block["c"], {"t": "Space"})
    ]
    return item(named, tree.text(cell("articles")), [*cell("demand"), *map(_para, others)])


def _roles(head: Sequence[Any]) -> dict[str, int]:
    """Which column is what."""
    roles: dict[str, int] = {}
    for at, cell in enumerate(head):
        title = plain(tree.text(cell))
        for role, names in COLUMNS.items():
            if role not in roles and (title in names or any(title.startswith(f"{name} ") for name in names)):
                roles[role] = at
                break
    return roles
