"""What stands around a text and is not of it: a table of contents, the address and the signature of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport import tree
from rapport.intake.cover import day_of
from rapport.intake.states import Notification, ReceivedText
from rapport.language.folding import fold_words
from rapport.model import Node
from rapport.office.normal_document import Loss

CONTENTS = (
    "sommaire",
    "table des matieres",
    "tables des matieres",
    "plan du document",
    "contents",
    "table of contents",
)
PAGED = re.compile(r"(?:[._]{2,}|…+|\s)\s*(?:p(?:age)?\.?\s*)?\d{1,3}\s*$")
NUMBER = re.compile(r"^(?:(?:\d{1,2}(?: \d{1,2})*|[ivx]{1,5}|[a-h]) )?")
LONGEST = 25  # words of a line of a table of contents
FRAME = 150  # words of all that stands around a letter
EARLIEST = 15  # blocks in which a letter greets
GREETING = re.compile(
    r"^\s*(?:mesdames|messieurs|madame|monsieur|cher[es]*|chère?s?|dear|bonjour)\b[^.:;]{0,80},?\s*$", re.IGNORECASE
)
CLOSING = re.compile(
    r"\b(?:veuillez\s+(?:agréer|recevoir|croire)|(?:je|nous)\s+vous\s+pri(?:e|ons)|dans\s+l['’]attente\s+de|"
    r"vous\s+pri(?:e|ons|ant)\s+(?:\S+\s+)?d['’](?:agréer|accepter)|(?:agréez|recevez|croyez)\b.{0,80}\bsalutations)\b|"
    r"^\s*(?:bien\s+)?(?:cordialement|respectueusement|bien\s+à\s+vous|salutations|sincerely|yours)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"^\s*(?:fait\s+à\s|signé\b|pour\s+(?:l['’]|le\s|la\s)(?:association|collectif|bureau|conseil|équipe|fédération)\b"
    r"(?!.*:)|l[ea]\s+(?:président|directeur|directrice|secrétaire|trésori))",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"(?!.*(?:@|\b\d{5}\b|salutations))\W*(?:\S+\s+){5,}\S+[.!?…]\s*"
)  # below a signature, none of it
CONTACT = ("contact :", "contact\u00a0:", "contacts :")
SIGNED_LINES, SIGNED_WORDS = 4, 12  # of a signature, and of each of its lines


def without_contents(blocks: Sequence[Node], received: ReceivedText, losses: Sequence[Loss]) -> list[Node]:
    """Without a table of contents that was typed, nor the title that an automatic one leaves behind; told."""
    automatic = any(loss.kind == "toc" for loss in losses)
    out: list[Node] = []
    at = 0
    while at < len(blocks):
        entries = _entries(blocks, at) if _is_title(blocks[at]) else 0
        if entries or (automatic and _is_title(blocks[at])):
            lines = [tree.text(block).strip() for block in blocks[at : at + 1 + entries]]
            received.losses.append(Loss("toc", len(lines), " / ".join(line for line in lines if line)))
            at += 1 + entries
        else:
            out.append(blocks[at])
            at += 1
    return out


def _is_title(block: Node) -> bool:
    return tree.kind(block) in (*tree.PARAGRAPHS, "Header") and fold_words(tree.text(block)) in CONTENTS


def _entries(blocks: Sequence[Node], title: int) -> int:
    """How many blocks below its title are a table of contents: lines with a page, or that come again as titles."""
    count = 0
    for block in blocks[title + 1 :]:
        lines = [tree.text(item) for item in tree.items(block)] if tree.kind(block) in tree.LISTS else _lines(block)
        later = {_bare(tree.text(one)) for one in blocks[title + 2 + count :] if _may_be_title(one)}
        if not lines or not all(PAGED.search(line) or _bare(line) in later for line in lines):
            break
        count += 1
    return count


def _lines(block: Node) -> list[str]:
    """The lines of a paragraph that may be entries; none where it is something else, or a sentence."""
    if tree.kind(block) not in tree.PARAGRAPHS or len(tree.text(block).split()) > LONGEST:
        return []
    lines = "".join("\n" if tree.kind(node) == "LineBreak" else tree.text(node) or " " for node in tree.inlines(block))
    return [line for line in lines.split("\n") if line.strip()]


def _may_be_title(block: Node) -> bool:
    return tree.kind(block) == "Header" or (tree.kind(block) in tree.PARAGRAPHS and bool(tree.text(block).strip()))


def _bare(line: str) -> str:
    return NUMBER.sub("", fold_words(PAGED.sub("", line)))


# ---------------------------------------------------------------- letters


def without_letter_frame(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """A letter without what stands above its greeting and from its closing words on; told. Every other text whole."""
    greeting = next((at for at, block in enumerate(blocks[:EARLIEST]) if _matches(GREETING, block)), -1)
    closing = next((at for at in range(len(blocks) - 1, greeting, -1) if _matches(CLOSING, blocks[at])), -1)
    if greeting < 0 or closing < 0:
        return list(blocks)
    frame = [*blocks[: greeting + 1], *blocks[closing:]]
    if any(tree.kind(one) == "Header" for one in frame) or len(tree.text(frame).split()) > FRAME:
        return list(blocks)
    above = [one for one in blocks[: greeting + 1] if _shows(one)]
    below = [one for one in blocks[closing + 1 :] if _shows(one) or SENTENCE.fullmatch(tree.text(one))]
    below = [*([blocks[closing]] if _shows(blocks[closing]) else []), *below]
    frame = [one for one in frame if one not in (*above, *below)]
    received.losses.append(Loss("letter", len(frame), " / ".join(_texts(frame))))
    received.decisions.append(Notification("letter"))
    days = (day_of(line, received, True) for line in _texts(blocks[:greeting]))
    if day := next(filter(None, days), ""):
        received.header["date"] = day
    return [*above, *blocks[greeting + 1 : closing], *below]


def _shows(block: Node) -> bool:
    return any(tree.find(block, "Image", "Table", "Note"))


def without_signature(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """Without the lines that sign a text at its very end, « Pour l'association, la présidente »; told."""
    end = len(blocks)
    while end and len(blocks) - end < SIGNED_LINES and _is_short_line(blocks[end - 1]):
        end -= 1
    first = next((at for at in range(end, len(blocks)) if _matches(SIGNED, blocks[at])), len(blocks))
    if first == len(blocks) > 1 and tree.text(blocks[-1]).casefold().startswith(CONTACT):
        first -= 1
    if first < len(blocks):
        received.losses.append(Loss("letter", len(blocks) - first, " / ".join(_texts(blocks[first:]))))
    return list(blocks[:first])


def _is_short_line(block: Node) -> bool:
    return (
        tree.kind(block) in tree.PARAGRAPHS
        and len(tree.text(block).split()) <= SIGNED_WORDS
        and not any(tree.find(block, "Image", "Note"))
    )


def _matches(pattern: re.Pattern[str], block: Node) -> bool:
    return tree.kind(block) in tree.PARAGRAPHS and bool(pattern.search(tree.text(block)))


def _texts(blocks: Sequence[Node]) -> Iterator[str]:
    for block in blocks:
        text = " ".join(tree.text(block).split())
        if text:
            yield text
