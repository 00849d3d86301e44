"""Numbers in a Word file with tracked changes, each written out, and tracked, before its paragraph.

Word shows one number before a paragraph; LibreOffice shows two, « 47.[46.] », in a list in which a paragraph came or
went: with the changes and without. It does so with lists alone: in such a list a number is written as a field (SEQ),
which both count. It comes with a paragraph that came; one that went keeps the number that it had, struck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree
from msgspec import Struct

from rapport.office.fields import TAB, bookmark, field
from rapport.office.list_levels import ListDefinitions
from rapport.office.namespaces import namespace_declarations, q
from rapport.office.paragraph_styles import style_of
from rapport.office.wordml import Styles, number
from rapport.office.xml import Element, remove
from rapport.report.numbering import roman

CAME, WENT = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
SWITCHES = {
    "decimal": "ARABIC",
    "upperRoman": "ROMAN",
    "lowerRoman": "roman",
    "upperLetter": "ALPHABETIC",
    "lowerLetter": "alphabetic",
}
AFTER_INDENT = ("w:jc", "w:outlineLvl", "w:rPr", "w:sectPr", "w:pPrChange")  # of what we and pandoc write
NAMED = "_Ref_n_"  # the bookmark around a number that another place repeats
FIRST = 500_000  # the numbers of those bookmarks, before `bookmark` adds its own


class NumberedParagraph(Struct, frozen=True):
    """A paragraph that a list numbers: the list's id and level, what the level looks like, and the states it is in."""

    element: Element
    list_id: str
    depth: int
    level: Element
    in_old: bool
    in_new: bool

    def level_text(self, name: str, default: str) -> str:
        """What its level says of itself."""
        found = self.level.find(q(name))
        return default if found is None else found.get(q("w:val"), default)

    @property
    def start(self) -> int:
        """The number that its list begins at."""
        return number(self.level_text("w:start", "1"), 1)


class ListCounter:
    """Counts the paragraphs of lists; a level begins anew under the next paragraph of a level above it."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self.begun: Counter[tuple[str, int]] = Counter()

    def count(self, one: NumberedParagraph) -> int:
        """The number of the next paragraph of a list, at its level."""
        key = (one.list_id, one.depth)
        for deeper in [other for other in self.counts if other[0] == key[0] and other[1] > key[1]]:
            del self.counts[deeper]
        if key not in self.counts:
            self.counts[key] = one.start - 1
            self.begun[key] += 1
        self.counts[key] += 1
        return self.counts[key]


def write_numbers(parts: dict[str, bytes]) -> None:
    """The numbers of every list in which a paragraph came or went, as fields; `parts` are changed in place."""
    roots = {name: etree.fromstring(parts[f"word/{name}.xml"]) for name in ("document", "styles", "numbering")}
    body, styles = roots["document"], Styles(roots["styles"])
    numbered = list(_numbered(body, styles, ListDefinitions(roots["numbering"])))
    lists = {one.list_id for one in numbered if _mark(one.element, (*CAME, *WENT)) is not None}
    if not lists:
        return
    writer = NumberWriter(_asked_for(body))
    for one in numbered:
        if one.list_id in lists:
            writer.write(one)
    _repeat_names(body, writer.named)
    _unlink(roots["styles"], roots["numbering"], lists)
    for name, root in roots.items():
        parts[f"word/{name}.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class NumberWriter:
    """Writes the number of each paragraph of a list before its words; `asked_for` are bookmarks that others show."""

    def __init__(self, asked_for: set[str]) -> None:
        self.asked_for, self.named = asked_for, set[str]()
        self.new, self.old = ListCounter(), ListCounter()

    def write(self, one: NumberedParagraph) -> None:
        """The number typed into a paragraph that Word would count: tracked where only one state has it."""
        _take_off_list(one)
        before = self.old.count(one) if one.in_old else 0
        if one.in_new:
            runs = self._field(one, self.new.count(one))
        elif one.in_old:
            runs = _looking(one, f"<w:r><w:delText>{_label(one, _figure(one, before))}</w:delText><w:tab/></w:r>")
        else:
            return
        if one.in_new != one.in_old:
            runs = [_tracked(one.element, "w:ins" if one.in_new else "w:del", runs)]
        properties = one.element.find(q("w:pPr"))
        at = 0 if properties is None else one.element.index(properties) + 1
        one.element[at:at] = runs

    def _field(self, one: NumberedParagraph, counted: int) -> list[Element]:
        """The runs of a number that Word counts, in the bookmarks that other places ask for."""
        kind, begun = one.level_text("w:numFmt", "decimal"), self.new.begun[one.list_id, one.depth]
        code = f"SEQ n{one.list_id}_{one.depth}_{begun} \\* {SWITCHES[kind]}"
        if counted == one.start != 1:
            code += f" \\r {one.start}"
        names = {mark.get(q("w:name"), "") for mark in one.element.iter(q("w:bookmarkStart"))} & self.asked_for
        ends = [bookmark(FIRST + len(self.named) + at, NAMED + name) for at, name in enumerate(sorted(names))]
        self.named |= names
        shown = "".join([*(start for start, _ in ends), field(code, _figure(one, counted)), *(end for _, end in ends)])
        before, after = _label(one, "|").split("|")
        return _looking(one, f"{_run(before)}{shown}{_run(after)}{TAB}")


def _figure(one: NumberedParagraph, counted: int) -> str:
    """A number as its list shows it: 3, III, iii, C, c; letters are doubled after z."""
    kind = one.level_text("w:numFmt", "decimal")
    if kind in ("upperRoman", "lowerRoman"):
        shown = roman(counted)
    elif kind in ("upperLetter", "lowerLetter"):
        shown = chr(ord("A") + (counted - 1) % 26) * ((counted - 1) // 26 + 1)
    else:
        return str(counted)
    return shown.lower() if kind.startswith("lower") else shown


def _label(one: NumberedParagraph, shown: str) -> str:
    """What stands before the words: « 3. », « c) »."""
    return one.level_text("w:lvlText", "%1.").replace(f"%{one.depth + 1}", shown)


def _tracked(paragraph: Element, name: str, runs: list[Element]) -> Element:
    """A number that comes or goes by the hand that changed the paragraph, or the one before it."""
    marks = (*CAME, *WENT)
    hand = _mark(paragraph, marks)
    before = paragraph.getprevious()
    while hand is None and before is not None:
        hand, before = _mark(before, marks), before.getprevious()
    change = etree.Element(q(name), {} if hand is None else dict(hand.attrib))
    change.extend(runs)
    return change


def _looking(one: NumberedParagraph, xml: str) -> list[Element]:
    """Runs that look as the numbers of the list do."""
    runs, look = list(etree.fromstring(f"<w:p {namespace_declarations('w')}>{xml}</w:p>")), one.level.find(q("w:rPr"))
    for run in runs:
        if run.tag == q("w:r") and look is not None:
            run.insert(0, deepcopy(look))
    return runs


def _mark(paragraph: Element, names: Sequence[str]) -> Element | None:
    """What says that a paragraph's end came, or went."""
    found = (paragraph.find(f"{q('w:pPr')}/{q('w:rPr')}/{q(name)}") for name in names)
    return next((one for one in found if one is not None), None)


def _has_words(paragraph: Element, without: Sequence[str]) -> bool:
    """Whether a paragraph has words that are not in such changes."""
    outside = set(map(q, without))
    return any(not outside.intersection(one.tag for one in run.iterancestors()) for run in paragraph.iter(q("w:r")))


class StateReader:
    """Where paragraphs begin in one of the two states: `gone` are the changes that are not in it."""

    def __init__(self, gone: Sequence[str]) -> None:
        self.gone = gone
        self.last: Element | None = None
        self.running = False  # whether words stand before the next paragraph's in the paragraph that they are one with

    def begins_item(self, paragraph: Element) -> bool:
        """Whether the next paragraph opens one in this state, and does not go on with the one before."""
        joined = (
            self.last is not None and paragraph.getprevious() is self.last and _mark(self.last, self.gone) is not None
        )
        words, going_on = _has_words(paragraph, self.gone), joined and self.running
        self.last, self.running = paragraph, going_on or words
        return not going_on and (words or _mark(paragraph, self.gone) is None)


def _numbered(body: Element, styles: Styles, lists: ListDefinitions) -> Iterator[NumberedParagraph]:
    """The paragraphs that a list numbers, by their own properties or by their style's; bullets number nothing."""
    old, new = StateReader(CAME), StateReader(WENT)
    for paragraph in body.iter(q("w:p")):
        in_old, in_new = old.begins_item(paragraph), new.begins_item(paragraph)
        holders = (paragraph, *styles.chain(style_of(paragraph)))
        listed = (holder.find(f"{q('w:pPr')}/{q('w:numPr')}") for holder in holders)
        found = next((one for one in listed if one is not None), None)
        if found is None:
            continue
        name, at = _value(found, "w:numId"), number(_value(found, "w:ilvl"), 0)
        level = lists.level(name, at)
        if level is not None:
            one = NumberedParagraph(paragraph, name, at, level, in_old, in_new)
            if one.level_text("w:numFmt", "decimal") in SWITCHES:
                yield one


def _value(properties: Element, name: str) -> str:
    found = properties.find(q(name))
    return "" if found is None else found.get(q("w:val"), "")


def _take_off_list(one: NumberedParagraph) -> None:
    """A paragraph without its list, which stands where the list put it."""
    properties = one.element.find(q("w:pPr"))
    listed = None if properties is None else properties.find(q("w:numPr"))
    if properties is None or listed is None:
        return  # its style numbers it, and says where it stands
    remove(listed)
    indent = one.level.find(f"{q('w:pPr')}/{q('w:ind')}")
    if indent is not None and properties.find(q("w:ind")) is None:
        later = next((child for child in properties if child.tag in map(q, AFTER_INDENT)), None)
        properties.insert(len(properties) if later is None else properties.index(later), deepcopy(indent))


def _asked_for(body: Element) -> set[str]:
    """The bookmarks whose paragraph's number another place shows."""
    codes = ((code.text or "").split() for code in body.iter(q("w:instrText")))
    return {words[1] for words in codes if words[:1] == ["REF"] and "\\n" in words}


def _repeat_names(body: Element, named: set[str]) -> None:
    """Places that show the number of a list's paragraph: now the words of its field."""
    for code in body.iter(q("w:instrText")):
        words = (code.text or "").split()
        if words[:1] == ["REF"] and "\\n" in words and words[1] in named:
            code.text = f" REF {NAMED}{words[1]} \\h "


def _unlink(styles: Element, numbering: Element, lists: set[str]) -> None:
    """Styles number nothing by these lists any more."""
    for listed in list(styles.iter(q("w:numPr"))):
        name = listed.find(q("w:numId"))
        if name is not None and name.get(q("w:val")) in lists:
            remove(listed)
    kept = {name.get(q("w:val")) for name in styles.iter(q("w:numId"))}
    for one in numbering.iter(q("w:num")):
        definition = one.find(q("w:abstractNumId"))
        if one.get(q("w:numId")) in lists - kept and definition is not None:
            for other in numbering.iter(q("w:abstractNum")):
                if other.get(q("w:abstractNumId")) == definition.get(q("w:val")):
                    for link in list(other.iter(q("w:pStyle"))):
                        remove(link)


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
