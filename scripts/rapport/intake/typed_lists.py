"""Lists that were typed with dashes, dots, numbers or letters, made lists; another sign below a point is a level."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from rapport import tree
from rapport.intake.inlines import drop
from rapport.intake.states import ReceivedText
from rapport.language.typed_marks import SIGNS
from rapport.model import Node
from rapport.office.normal_document import Loss

BULLET = re.compile(rf"^\s*(?P<sign>(?:[-–—·*+~§>o{SIGNS}](?=\s)|[-–•](?=[^\W\d_])))\s*(?=\S)")
ALIKE = dict(zip("–—·●■○◦☑☒✔✗✘", "--••▪oo☐☐✓✓✓", strict=True))
"""Signs that make one level."""
NUMBER = re.compile(r"^\s*\(?(?P<number>\d{1,2})\s?(?:[.)]|°\)?|[-/](?=\s+[^\W\d_]))-?\s+(?=\S)")
DEEP = re.compile(r"^\s*(?P<above>\d{1,2}(?:\.\d{1,2})*)\.(?P<number>[1-9]\d?)[.)]?\s+(?=\S)")  # « 1.2 »
LETTER = re.compile(r"^\s*\(?(?P<letter>[a-zA-Z])\s?[-.)]\s+(?=\S)")
MARK = re.compile(r"\s*(?:[-–—•·▪➢►❖✓○]|\(?(?:\d{1,2}|[a-z])\s?\)|\d{1,2}\s?[.°])\s+(?=\S)")
"""What a line begins with that a line break set apart."""
ANSWERS = frozenset("☐☑☒✓✔✗✘")
"""Signs that say yes or no where they differ from point to point, and that stay then."""
BOXES = ("☐", "✓")
PARAGRAPH = 30  # words: what is longer is a paragraph that was given a number


class TypedItem(Struct, frozen=True):
    """A paragraph that begins with a typed mark: which kind, its number (0 for a bullet), and the words before its own;
    how deep it stands, 0 the outermost.
    """

    block: Node
    sign: str
    number: int
    mark: str
    depth: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it is a paragraph rather than a point."""
        return len(tree.text(self.block).split()) >= PARAGRAPH


def is_listed(block: Node) -> bool:
    """Whether a block is a list, or a paragraph that begins with a typed mark."""
    return tree.kind(block) in tree.LISTS or _item(block) is not None


def list_typed_items(blocks: Sequence[Node], received: ReceivedText) -> list[Node]:
    """Paragraphs that begin with a typed dash, or with numbers or letters that go on, made into lists."""
    out: list[Node] = []
    at = 0
    while at < len(blocks):
        items = _run(blocks, at)
        if _are_paragraphs(items):
            deep = items[0].sign.startswith("number ") and len(items) > 1  # « 1.1 », « 1.2 »
            out += _unnumbered(items, received) if deep else blocks[at : at + 1]
            at += len(items) if deep else 1
            continue
        alone = len(items) == 1 and not items[0].number and out and tree.text(out[-1]).rstrip().endswith(":")
        if len(items) > 1 or alone:
            received.count_repair("bullet", len(items))
            _tell_marks(items, received)
            out += _lists(items, 0)
            at += len(items)
        else:
            out.append(blocks[at])
            at += 1
    return out


def _run(blocks: Sequence[Node], start: int) -> list[TypedItem]:
    """The items that go on from here."""
    items: list[TypedItem] = []
    levels: list[tuple[str, int]] = []  # the sign of each level that is open, and the number that it has come to
    for block in blocks[start:]:
        item = _item(block)
        if item is None:
            break
        signs = [sign for sign, _ in levels]
        at = signs.index(item.sign) if item.sign in signs else len(levels)
        if item.sign in BOXES and items and at and not tree.text(items[-1].block).rstrip().endswith((":", "?")):
            break  # boxes to tick below a list answer none of its points
        expected = levels[at][1] + 1 if at < len(levels) else 1
        begins = not levels and item.sign.startswith("number")  # a list may begin at any number
        if item.number and item.number != expected and not begins:
            break
        levels[at:] = [(item.sign, item.number)]
        items.append(TypedItem(block, item.sign, item.number, item.mark, at))
    return items


def _are_paragraphs(items: Sequence[TypedItem]) -> bool:
    """Whether most are as long as paragraphs that were given a number."""
    first = [one for one in items if not one.depth]
    return bool(first and first[0].number) and 2 * sum(one.is_long for one in first) > len(first)


def _unnumbered(items: Sequence[TypedItem], received: ReceivedText) -> list[Node]:
    received.count_repair("numbered-paragraph", len(items))
    received.placed_words += [item.mark for item in items]
    return [tree.para(drop(tree.inlines(item.block), len(item.mark))) for item in items]


def _item(block: Node) -> TypedItem | None:
    """A paragraph by the mark that it begins with; None where there is none."""
    inlines = tree.inlines(block) if tree.kind(block) == "Para" else []
    if not inlines or tree.kind(inlines[0]) not in ("Str", "Strong", "Emph"):
        return None
    text = tree.text(block)
    found = BULLET.match(text)
    if found and not (found["sign"] in ANSWERS and ANSWERS & set(text[found.end() :])):  # « ☒ oui ☐ non »
        return TypedItem(block, ALIKE.get(found["sign"], found["sign"]), 0, found[0])
    if found := NUMBER.match(text):
        return TypedItem(block, "number", int(found["number"]), found[0])
    if found := DEEP.match(text):
        return TypedItem(block, f"number {found['above']}", int(found["number"]), found[0])
    if found := LETTER.match(text):
        return TypedItem(block, "letter", ord(found["letter"].lower()) - ord("a") + 1, found[0])
    return None


def _lists(items: Sequence[TypedItem], depth: int) -> list[Node]:
    """Items as lists of this depth, those below an item within it."""
    starts = [at for at, item in enumerate(items) if item.depth == depth]
    if not starts:
        return []
    answers = {items[at].mark.strip() for at in starts} & ANSWERS
    points = [
        [
            tree.plain(drop(tree.inlines(items[at].block), 0 if len(answers) > 1 else len(items[at].mark))),
            *_lists(items[at + 1 : end], depth + 1),
        ]
        for at, end in zip(starts, [*starts[1:], len(items)], strict=True)
    ]
    number = items[0].number
    return [tree.ordered_list(points, number) if number else tree.bullet_list(points)]


def _tell_marks(items: Sequence[TypedItem], received: ReceivedText) -> None:
    """What was typed before the items, for the count of words: numbers, which the list has, and letters, which go."""
    received.placed_words += [item.mark for item in items if item.number]
    if letters := [item.mark.strip() for item in items if not item.number and item.mark.strip().isalpha()]:
        received.losses.append(Loss("number", len(letters), " ".join(letters)))
