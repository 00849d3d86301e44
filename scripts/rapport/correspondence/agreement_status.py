"""Where the agreements stand: for each association, its passages and which of them it has agreed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rapport import pipeline, tree
from rapport.examination.result import Examined
from rapport.language.folding import fold_words
from rapport.messages import consent
from rapport.model import Block, Contribution, Document, Edition, Node, Report
from rapport.project.agreements import AGREEMENTS, Agreements, imprint
from rapport.project.read import CONTRIBUTIONS, OWN
from rapport.translation.english_report import translate
from rapport.translation.pairing import PairState
from rapport.translation.translations import Translation


class AgreedPassage(Struct, frozen=True):
    """One block of an association: its imprint, and whether it has been agreed to as it is."""

    block: Block
    imprint: str
    is_agreed: bool


def agreed_passages(examined: Examined, draft: Report | None = None) -> dict[str, tuple[AgreedPassage, ...]]:
    """The passages of each association that a draft prints, in the report's order; confidential ones are not shown.

    `draft` is the French draft, where it was merged already.
    """
    found: dict[str, list[AgreedPassage]] = {}
    for block in (draft or pipeline.merge_edition(examined, Edition.DRAFT)).blocks:
        if fold_words(tree.text(block.node)):
            name = imprint(block.node)
            agreed = examined.agreements.agrees(block.association, name)
            found.setdefault(block.association, []).append(AgreedPassage(block, name, agreed))
    return {association: tuple(passages) for association, passages in found.items()}


def english_passages(examined: Examined) -> dict[str, AgreedPassage]:
    """The finished English of the passages, by the id of each block; what is missing or to be revised is not in it."""
    finished = [_finished(one) for one in examined.translations]
    if not finished:
        return {}
    draft = pipeline.merge_edition(examined, Edition.DRAFT)
    spoken = translate(draft, examined.accepted, finished, examined.library, examined.images)
    passages = [(block, imprint(block.node)) for block in spoken.blocks if block.french is not None]
    agrees = examined.agreements.agrees
    return {block.id: AgreedPassage(block, name, agrees(block.association, name)) for block, name in passages}


def _finished(translation: Translation) -> Translation:
    pairs = tuple(one for one in translation.pairing.pairs if one.state is PairState.DONE)
    return replace(translation, pairing=replace(translation.pairing, pairs=pairs))


def unapproved_translations(examined: Examined) -> list[str]:
    """The translations of which some finished English has not been agreed to by the association, by path."""
    open_ = {(p.block.association, p.block.theme) for p in english_passages(examined).values() if not p.is_agreed}
    return [one.path for one in examined.translations if (one.association, one.theme) in open_]


def unreviewed_paths(examined: Examined, association: str) -> list[str]:
    """The files of an association's passages in which words wait for somebody's eye: a letter may not show them, and
    nobody agrees to what was not shown. Its texts in the report, their English, its works, and all reservations."""
    paths = {one.path for one in examined.accepted if one.association == association}
    paths |= {one.path for one in examined.translations if one.association == association}
    paths |= {AGREEMENTS, f"{CONTRIBUTIONS}/{association}/{OWN}"}
    return sorted(path for path in paths & set(examined.guarded) if examined.guarded[path].findings)


WORKING, RECEIVED, ASKED, APPROVED = "working", "received", "asked", "approved"


class Approval(Struct, frozen=True):
    """Where one text stands with its association, the only state of approval there is.

    `state`: a working document that holds the place of its own text, received, shown to it (on the ISO day `date`) as
    it stands today, or approved, every passage, by `approver` on the day `date`. `open_passages`: its passages that
    nobody agreed to.
    """

    state: str
    date: str = ""
    approver: str = ""
    open_passages: int = 0


def approvals(
    examined: Examined, by_association: Mapping[str, Sequence[AgreedPassage]] | None = None
) -> dict[str, Approval]:
    """The approval of each text that was accepted, by its path; what its header says of itself approves nothing.

    Passages that are confidential, which no letter shows, do not count. `by_association`: the `agreed_passages`, where
    they are known already.
    """
    passages = defaultdict[tuple[str, str], list[AgreedPassage]](list)
    for association, found in (by_association or agreed_passages(examined)).items():
        for passage in found:
            passages[association, passage.block.theme].append(passage)
    return {
        text.path: _approval(text, passages[text.association, text.theme], examined.agreements)
        for text in examined.accepted
    }


def _approval(text: Contribution, passages: Sequence[AgreedPassage], agreements: Agreements) -> Approval:
    imprints = [passage.imprint for passage in passages]
    left = sum(not passage.is_agreed for passage in passages)
    last = agreements.last_agreement(text.association, imprints)
    if last and not left:
        return Approval(APPROVED, last.date, last.signatory)
    if text.caveat:
        return Approval(WORKING, open_passages=left)
    day = agreements.day_asked(text.association, imprints) if imprints else ""
    return Approval(ASKED if day else RECEIVED, day, open_passages=left)


def status_lines(examined: Examined, language: str) -> list[str]:
    """What `status` says of the agreements; nothing as long as nobody was asked."""
    if not examined.agreements.has_begun:
        return []
    names = {one.id: one.short for one in examined.associations.values()}
    here = agreed_passages(examined)
    left = {name: sum(1 for p in passages if not p.is_agreed) for name, passages in here.items()}
    open_ = [consent("status-one", language, name=names.get(name, name), number=n) for name, n in left.items() if n]
    said = [consent("status", language, whole=len(left) - len(open_), total=len(left))]
    return [*said, consent("status-open", language, names=", ".join(open_))] if open_ else said


def number_passages(
    passages: Sequence[AgreedPassage], shown: Mapping[str, Node]
) -> list[tuple[str, str, AgreedPassage]]:
    """Each passage with the number people call it by, and its label (« R3 »).

    « 12.1 » follows paragraph 12; « 12.0 » is the title, and what stands under it, that leads to paragraph 12.
    """
    called = [_called(shown.get(passage.block.id)) for passage in passages]
    found = []
    last, after, theme, leads = "0", 0, "", True
    for index, (passage, (number, label)) in enumerate(zip(passages, called, strict=True)):
        block = passage.block
        leads = not number and (leads or block.theme != theme or tree.kind(block.node) == "Header")
        theme = block.theme
        following = zip(passages[index:], called[index:], strict=True)
        ahead = next((n for p, (n, _) in following if n and p.block.theme == theme), "") if leads else ""
        if number:
            last, after = number, 0
        elif not ahead:
            after += 1
        found.append((number or (f"{ahead}.0" if ahead else f"{last}.{after}"), label, passage))
    return found


def _called(node: Node | None) -> tuple[str, str]:
    """The printed number and label of a passage, empty where it has none."""
    pairs = tree.pairs(node) if node is not None and tree.kind(node) == "Div" else {}
    return pairs.get("number", ""), pairs.get("label", "")


def list_numbers(numbers: Iterable[str]) -> str:
    """Numbers for a sentence, each once: two titles may lead to one paragraph."""
    return ", ".join(dict.fromkeys(numbers))


def blocks_by_id(document: Document) -> dict[str, Node]:
    """The blocks of a document by their ids."""
    return {tree.identifier(node): node for node in tree.document_blocks(document)}
