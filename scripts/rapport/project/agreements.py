"""contributions/drafts/consent.yaml: what each association was shown, what it agreed to, and what it keeps out of.

A passage is known by its imprint: words, emphasis, citations and notes, whatever its file, line breaks or number.
One word changed is another imprint, to which nobody has agreed yet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from rapport import rules, tree
from rapport.messages import consent
from rapport.model import Block, Diagnostic, MergedTheme, Node, Report, Source, Span
from rapport.storage import schema, strict_yaml, yaml_out
from rapport.storage.cache import digest
from rapport.storage.schema import Key, is_date
from rapport.storage.yaml_out import Pair, single_quoted

AGREEMENTS = "contributions/drafts/consent.yaml"
SHORT = 16  # signs of an imprint
TOP = (Key("demandes", "mappings"), Key("accords", "mappings"), Key("reserves", "mappings"))
SIGNED = (Key("association", required=True), Key("date", required=True, test=is_date, expectation="date"))
ASKED = (*SIGNED, Key("passages", "list"))
AGREED = (*SIGNED, Key("par", required=True), Key("empreintes", "list", required=True))
KEPT_OUT = (
    *SIGNED, Key("par", required=True), Key("sur", required=True), Key("empreintes", "list", required=True),
    Key("texte"), Key("texte_en"),
)  # fmt: skip


class AgreementRequest(Struct, frozen=True):
    """What an association was last shown: the number of each passage in its letter, and the passage's imprint."""

    association: str
    date: str
    passages: tuple[tuple[str, str], ...]


class Agreement(Struct, frozen=True):
    """On this day somebody agreed, for an association, to these passages."""

    association: str
    date: str
    signatory: str
    imprints: tuple[str, ...]


class Reservation(Struct, frozen=True):
    """An association does not associate itself with passages (`passage_number`, then), in its own words or in ours."""

    association: str
    date: str
    signatory: str
    passage_number: str
    imprints: tuple[str, ...]
    text: str = ""
    text_en: str = ""
    line: int = 0


class Agreements(Struct, frozen=True):
    """Everything that was asked and answered; `has_begun` once anybody was asked."""

    requests: tuple[AgreementRequest, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    has_begun: bool = False
    by_association: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def agrees(self, association: str, imprint: str) -> bool:
        """Whether an association agreed to the passage with this imprint."""
        return imprint in self.by_association.get(association, ())

    def last_agreement(self, association: str, imprints: Collection[str]) -> Agreement | None:
        """The agreement that an association gave last to any of these passages."""
        mine = (one for one in self.agreements if one.association == association and set(imprints) & set(one.imprints))
        return max(mine, key=lambda one: one.date, default=None)

    def day_asked(self, association: str, imprints: Collection[str]) -> str:
        """The ISO day on which an association was asked about all of these passages, "" where it was not."""
        days = (one.date for one in self.requests if one.association == association and _covers(one, imprints))
        return max(days, default="")


def _covers(asked: AgreementRequest, imprints: Collection[str]) -> bool:
    return set(imprints) <= {name for _, name in asked.passages}


def imprint(node: Node) -> str:
    """What stands for a passage: its words, how they look, what they cite and where they lead."""
    said: list[str] = []
    for inner in tree.walk(node):
        match tree.kind(inner):
            case "Str" | "Code" | "CodeBlock":
                said.append(tree.letters(inner))
            case "Link":
                said += ["Link", tree.target(inner)]
            case "SoftBreak":
                continue
            case kind:
                said.append(kind)
    return digest(*said)[:SHORT]


def read_agreements(source: Source | None) -> tuple[Agreements, tuple[Diagnostic, ...]]:
    """What the file says, and what is wrong with it: an entry that is not whole agrees to nothing."""
    if source is None:
        return Agreements(), ()
    top, problems = schema.read(source, TOP)
    found = [*problems]

    def entries(name: str, keys: tuple[Key, ...]) -> Iterator[tuple[Mapping[str, strict_yaml.YamlEntry], Span]]:
        for entry in schema.mappings(top, name):
            wrong = list(schema.check(entry.value, keys, entry.span))
            found.extend(wrong)
            if not wrong:
                yield entry.value, entry.span

    text, texts = schema.text, schema.texts
    asked = tuple(
        AgreementRequest(text(e, "association"), text(e, "date"), tuple(_pair(one) for one in texts(e, "passages")))
        for e, _ in entries("demandes", ASKED)
    )
    agreed = tuple(
        Agreement(text(e, "association"), text(e, "date"), text(e, "par"), texts(e, "empreintes"))
        for e, _ in entries("accords", AGREED)
    )
    reserved = tuple(
        Reservation(
            association=text(e, "association"),
            date=text(e, "date"),
            signatory=text(e, "par"),
            passage_number=text(e, "sur"),
            imprints=texts(e, "empreintes"),
            text=text(e, "texte"),
            text_en=text(e, "texte_en"),
            line=span.line,
        )
        for e, span in entries("reserves", KEPT_OUT)
    )
    return make_agreements(asked, agreed, reserved), tuple(found)


def make_agreements(
    asked: tuple[AgreementRequest, ...], agreed: tuple[Agreement, ...], reserved: tuple[Reservation, ...]
) -> Agreements:
    """What was shown, agreed to and reserved, with the imprints that each association agreed to."""
    by_association: dict[str, frozenset[str]] = {}
    for one in agreed:
        by_association[one.association] = by_association.get(one.association, frozenset()) | set(one.imprints)
    return Agreements(asked, agreed, reserved, True, by_association)


def _pair(written: str) -> tuple[str, str]:
    number, _, name = written.rpartition(" ")
    return number, name


# ---------------------------------------------------------------- in the report


def with_reservations(report: Report, agreements: Agreements, language: str) -> Report:
    """The report with each reservation as a note at the end of the passages that it is on."""
    if not agreements.reservations:
        return report
    names = {association.id: association.name for association in report.associations}

    def noted(block: Block) -> Block:
        here = imprint(block.french or block.node)
        node = block.node
        for one in agreements.reservations:
            if here in one.imprints:
                name = names.get(one.association, one.association)
                node = _with_note(node, _sentence(one, name, block.recommendation is not None, language))
        return block if node is block.node else replace(block, node=node)

    return report.with_blocks(noted)


def without_settled_caveats(report: Report, agreements: Agreements) -> Report:
    """The report without the warnings over texts whose association has agreed to every passage that is printed."""
    if not agreements.agreements:
        return report

    def theme(one: MergedTheme) -> MergedTheme:
        kept = tuple(caveat for caveat in one.caveats if not _settled(caveat.association, one, agreements))
        return replace(one, caveats=kept)

    return report.with_themes(theme)


def _settled(association: str, theme: MergedTheme, agreements: Agreements) -> bool:
    blocks = [b for section in theme.sections for b in section.blocks if b.association == association]
    return bool(blocks) and all(agreements.agrees(association, imprint(block.node)) for block in blocks)


def _sentence(one: Reservation, name: str, recommendation: bool, language: str) -> list[Node]:
    """« Réserve de Hors la Rue : … », or « Hors la Rue ne s'associe pas à cette recommandation. »."""
    words = one.text_en if language == "en" and one.text_en else one.text
    if not words:
        kind = "recommendation" if recommendation else "paragraph"
        return tree.string(consent(f"print-{kind}", language, name=name))
    said = tree.string(words if words[-1] in ".!?…" else f"{words}.")
    if language == "en" and not one.text_en:
        said = [tree.span(said, lang="fr")]
    return [*tree.string(consent("print-reservation", language, name=name)), tree.SPACE, *said]


def _with_note(node: Node, words: list[Node]) -> Node:
    """A block with a note at the end of its last paragraph; as it was where it has none."""
    match tree.kind(node):
        case "Para" | "Plain":
            return tree.with_inlines(node, [*tree.inlines(node), tree.note([tree.para(words)])])
        case "Div" | "BlockQuote":
            return tree.with_blocks(node, _in_last(tree.blocks(node), words))
        case "BulletList" | "OrderedList":
            items = tree.items(node)
            return tree.with_items(node, [*items[:-1], _in_last(items[-1], words)])
    return node


def _in_last(blocks: list[Node], words: list[Node]) -> list[Node]:
    return [*blocks[:-1], _with_note(blocks[-1], words)] if blocks else blocks


def can_carry_note(node: Node) -> bool:
    """Whether a block can carry the note of a reservation."""
    return _with_note(node, []) != node


def lapsed_reservations(agreements: Agreements, nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """D01: reservations on words that are in no contribution any more, which would not be printed."""
    if agreements.reservations:
        here = {imprint(node) for node in nodes}
        for one in agreements.reservations:
            if not here & set(one.imprints):
                facts = {"name": one.association, "on": one.passage_number}
                yield Diagnostic(rules.LAPSED_RESERVATION, Span(AGREEMENTS, one.line, 5), facts)


# ---------------------------------------------------------------- on the disk


def printed_words(source: Source) -> Source:
    """The file with nothing left but what is printed of it, each word in its place."""
    kept = re.compile(r"^ *texte(?:_en)?:.*(?:\n {6,}.*)*", re.MULTILINE)
    text, at = "", 0
    for found in kept.finditer(source.text):
        text += re.sub(r"[^\n]", " ", source.text[at : found.start()]) + found[0]
        at = found.end()
    return replace(source, text=text + re.sub(r"[^\n]", " ", source.text[at:]))


def as_yaml(agreements: Agreements, head: Iterable[str]) -> str:
    """The file: the same agreements always give the same text."""
    lines = yaml_out.comments(head)
    if not (agreements.requests or agreements.agreements or agreements.reservations):
        return "\n".join([*lines, "demandes: []", ""])
    if agreements.requests:
        requests = sorted(agreements.requests, key=lambda request: request.association)
        lines += yaml_out.records("demandes", map(_request, requests))
    if agreements.agreements:
        lines += yaml_out.records("accords", map(_agreement, agreements.agreements))
    if agreements.reservations:
        lines += yaml_out.records("reserves", map(_reservation, agreements.reservations))
    return "\n".join(lines) + "\n"


def _request(request: AgreementRequest) -> list[Pair]:
    passages = tuple(f"{number} {name}" for number, name in request.passages)
    return [("association", request.association), ("date", request.date), ("passages", passages)]


def _agreement(agreement: Agreement) -> list[Pair]:
    return [*_signed(agreement), ("empreintes", yaml_out.flow_list(agreement.imprints))]


def _reservation(reservation: Reservation) -> list[Pair]:
    texts = (("texte", reservation.text), ("texte_en", reservation.text_en))
    imprints = yaml_out.flow_list(reservation.imprints)
    pairs: list[Pair] = [*_signed(reservation), ("sur", reservation.passage_number), ("empreintes", imprints)]
    return [*pairs, *((key, single_quoted(text)) for key, text in texts if text)]


def _signed(entry: Agreement | Reservation) -> list[Pair]:
    return [("association", entry.association), ("date", entry.date), ("par", single_quoted(entry.signatory))]
