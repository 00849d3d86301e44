"""The pictures of a file: decoded and written anew without metadata, named by their content; others are told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from rapport import tree
from rapport.intake.states import Notification, ReceivedText, SentDocument
from rapport.model import Node
from rapport.office.normal_document import Loss
from rapport.project import images

FOLDER = "images"
DRAWINGS = (".emf", ".wmf", ".svg", ".pict")


def place_pictures(document: SentDocument, received: ReceivedText) -> Mapping[str, bytes]:
    """The pictures to write beside the contribution, by their address in it; the blocks are made to call them so."""
    out: dict[str, bytes] = {}
    unsaid = list[str]()

    def change(node: Node) -> Node | None:
        if tree.kind(node) == "Figure":
            image = next(tree.find(tree.blocks(node), "Image"), None)
            if image and _problem(document, tree.target(image)):
                _lose(document, image, received)
                return tree.div(tree.caption(node))
            return None
        if tree.kind(node) != "Image":
            return None
        address = tree.target(node)
        if _problem(document, address):
            _lose(document, node, received)
            return tree.span([])
        clean, _ = images.clean(document.media[address])
        suffix = "jpg" if clean.startswith(b"\xff\xd8") else "png"
        name = f"{FOLDER}/{received.theme or 'image'}-{hashlib.sha256(clean).hexdigest()[:8]}.{suffix}"
        out[name] = clean
        alternative = tree.text(tree.inlines(node)) or document.normal.descriptions.get(address, "")
        if not alternative:
            unsaid.append(name)
        return tree.image([], name, **tree.pairs(node) | ({"alt": alternative} if alternative else {}))

    for section, blocks in received.sections.items():
        received.sections[section] = _flat(tree.rewrite(blocks, change))
    if shown := list(dict.fromkeys(unsaid)):
        facts = {"image": ", ".join(shown), "number": str(len(shown))}
        received.questions.append(Notification("no-words" if len(shown) == 1 else "no-words-of-several", facts))
    return out


def _problem(document: SentDocument, address: str) -> str:
    """Why a picture cannot be shown, "" when it can."""
    content = document.media.get(address)
    if content is None:
        return "elsewhere"
    return images.clean(content)[1]


def _lose(document: SentDocument, image: Node, received: ReceivedText) -> None:
    """A picture that is not carried, its description named."""
    address = tree.target(image)
    kind = "linked-picture" if address not in document.media else "picture"
    kind = "drawing" if address.lower().endswith(DRAWINGS) else kind
    name = unquote(address.replace("\\", "/").rpartition("/")[2])
    received.losses.append(Loss(kind, 1, tree.text(tree.inlines(image)) or name))


def _flat(blocks: Sequence[Node]) -> list[Node]:
    """Without the empty shells that lost pictures leave."""
    out: list[Node] = []
    for block in tree.rewrite(list(blocks), _without_empty_spans):
        if tree.has_class(block, tree.CONFIDENTIAL):
            out.append(tree.with_blocks(block, _flat(tree.blocks(block))))
        elif tree.kind(block) == "Div":
            out += _flat([tree.as_kind(b, "Para") if tree.kind(b) == "Plain" else b for b in tree.blocks(block)])
        elif tree.kind(block) not in tree.PARAGRAPHS or tree.inlines(block):
            out.append(block)
    return out


def _without_empty_spans(node: Node) -> Node | None:
    if tree.kind(node) not in tree.PARAGRAPHS:
        return None
    inlines = tree.inlines(node)
    full = [n for n in inlines if tree.kind(n) != "Span" or tree.inlines(n) or tree.identifier(n)]
    return None if len(full) == len(inlines) else tree.with_inlines(node, full)
