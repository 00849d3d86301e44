"""The pictures of a file: decoded and written anew without metadata, named by their content; others are told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from rapport import tree
from rapport.intake.received import Notification, ReceivedText, SentDocument
from rapport.model import Node
from rapport.office.normalised import Loss
from rapport.project import images

FOLDER = "images"
DRAWINGS = (".emf", ".wmf", ".svg", ".pict")


def placed(document: SentDocument, received: ReceivedText) -> Mapping[str, bytes]:
    """The pictures to write beside the contribution, by their address in it; the blocks are made to call them so."""
    out: dict[str, bytes] = {}

    def change(node: Node) -> Node | None:
        if node["t"] == "Figure":
            held = [n for n in tree.walk(node["c"][2]) if n["t"] == "Image"]
            if held and _problem(document, held[0]["c"][2][0]):
                _lose(document, held[0], received)
                return tree.div(node["c"][1][1])
            return None
        if node["t"] != "Image":
            return None
        address = node["c"][2][0]
        if _problem(document, address):
            _lose(document, node, received)
            return {"t": "Span", "c": [["", [], []], []]}
        clean, _ = images.clean(document.media[address])
        suffix = "jpg" if clean.startswith(b"\xff\xd8") else "png"
        name = f"{FOLDER}/{received.theme or 'image'}-{hashlib.sha256(clean).hexdigest()[:8]}.{suffix}"
        out[name] = clean
        said = tree.text(node["c"][1]) or document.normal.descriptions.get(address, "")
        if not said:
            received.questions.append(Notification("no-words", {"image": name}))
        pairs = [*node["c"][0][2], *([["alt", said]] if said else [])]
        return {"t": "Image", "c": [["", [], pairs], [], [name, ""]]}

    for section, blocks in received.sections.items():
        received.sections[section] = _flat(tree.rewrite(blocks, change))
    return out


def _problem(document: SentDocument, address: str) -> str:
    """Why a picture cannot be shown, "" when it can."""
    content = document.media.get(address)
    if content is None:
        return "elsewhere"
    return images.clean(content)[1]


def _lose(document: SentDocument, image: Node, received: ReceivedText) -> None:
    """A picture that is not carried, its description named."""
    address = image["c"][2][0]
    kind = "linked-picture" if address not in document.media else "picture"
    kind = "drawing" if address.lower().endswith(DRAWINGS) else kind
    name = "" if ":" in address else address.rpartition("/")[2]
    received.losses.append(Loss(kind, 1, tree.text(image["c"][1]) or name))


def _flat(blocks: Sequence[Node]) -> list[Node]:
    """Without the empty shells that lost pictures leave."""
    out: list[Node] = []
    for block in tree.rewrite(list(blocks), _bare):
        if block["t"] == "Div":
            out += _flat([tree.para(b["c"]) if b["t"] == "Plain" else b for b in block["c"][1]])
        elif block["t"] not in ("Para", "Plain") or block["c"]:
            out.append(block)
    return out


def _bare(node: Node) -> Node | None:
    if node["t"] not in ("Para", "Plain"):
        return None
    kept = [n for n in node["c"] if n["t"] != "Span" or n["c"][1] or n["c"][0][0]]
    return None if len(kept) == len(node["c"]) else {"t": node["t"], "c": kept}
