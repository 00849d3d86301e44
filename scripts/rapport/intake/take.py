"""One file, from its bytes to a contribution in the making: opened, understood, counted. It writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapport.intake import attribution, citations, form, freeform, pictures, word_count
from rapport.intake.document import open_document
from rapport.intake.markdown import proved, render
from rapport.intake.plan import Plan
from rapport.intake.received import Notification, ReceivedText, SentDocument
from rapport.intake.unpack import Arrived
from rapport.office.comment_seal import is_ours
from rapport.office.normalised import Loss, Normal
from rapport.office.package import Unsafe
from rapport.storage.cache import Cache

BESIDE = ("header", "footer", "furniture", "diagram", "chart")  # what is told of beside the running text
STOPPING = {"hidden": "hidden", "insertion": "changes", "deletion": "changes", "comment": "comments"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the editor said: whose it is; to accept changes, to replace what is there, to confirm works recognised."""

    association: str = ""
    theme: str = ""
    accept: bool = False
    replace: bool = False
    citations: bool = False


@dataclass(frozen=True, slots=True)
class WordBalance:
    """The count of a file's words; `unexplained` are those found neither in the result nor among what is told."""

    received: int = 0
    kept: Mapping[str, int] = field(default_factory=dict)  # section id → words
    placed: int = 0
    named: int = 0
    unexplained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was made of one file; `problem` says why nothing was. `text` is the Markdown, `images` by their address."""

    arrived: Arrived
    received: ReceivedText = field(default_factory=ReceivedText)
    text: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)
    words: WordBalance = field(default_factory=WordBalance)
    problem: str = ""
    detail: str = ""
    stopped: tuple[str, ...] = ()

    @property
    def whose(self) -> bool:
        """Whether both association and theme are known."""
        return bool(self.received.association and self.received.theme)


def take(arrived: Arrived, plan: Plan, wishes: Wishes, cache: Cache, converted: bytes | None = None) -> Taken:
    """Everything that can be made of a file without asking anyone; it never raises for what somebody sent."""
    if arrived.problem:
        return Taken(arrived, problem=arrived.problem, detail=arrived.detail)
    try:
        document = open_document(arrived.name, arrived.data if converted is None else converted)
    except Unsafe as error:
        return Taken(arrived, problem=error.reason, detail=error.detail)
    document = SentDocument(
        arrived.name, document.kind, document.normal, document.blocks, document.media, document.header,
        arrived.sender, arrived.date or document.date, arrived.folder,
    )  # fmt: skip
    received = _understood(document, plan, wishes)
    normal = document.normal
    received.losses[:0] = normal.losses
    _set_apart_ours(normal, received)
    for kind, number in (*normal.repairs.items(), *((("converted", 1),) if converted is not None else ())):
        received.repaired(kind, number)
    citations.settle(document, received, plan, wishes.citations)
    images = pictures.placed(document, received)
    _head(document, received, plan)
    text = render(received, plan)
    stopped = tuple(dict.fromkeys(STOPPING[f.kind] for f in received.findings if f.kind in STOPPING))
    words = _count(document, received, proved(text, received, plan, cache))
    waits = stopped and not wishes.accept  # all of its words may be hidden, or tracked
    if not (waits or any(words.kept.values()) or images or any(loss.kind != "form" for loss in received.losses)):
        return Taken(arrived, problem="blank" if received.losses else "empty")
    return Taken(arrived, received, text, images, words, stopped=() if wishes.accept else stopped)


def _set_apart_ours(normal: Normal, received: ReceivedText) -> None:
    """The findings; comments that we put into the file ourselves (see `letters.word`) are told and stop nothing."""
    ours = [one for one in normal.findings if one.kind == "comment" and is_ours(one.author, one.text)]
    received.findings += [one for one in normal.findings if one not in ours]
    if ours:
        received.losses.append(Loss("our-comment", len(ours), " ".join(one.text for one in ours)))


def _understood(document: SentDocument, plan: Plan, wishes: Wishes) -> ReceivedText:
    """The sections, and whose they are: what the editor said, then the form's own word, then what can be recognised."""
    received = _read(document, plan, wishes.theme)
    title = str(received.header.get("titre", "") or document.normal.title)
    told, asked = list[Notification](), list[Notification]()
    received.association = _settled(
        "association", wishes.association or received.association, bool(wishes.association), told, asked,
        {one.id: one.name for one in plan.associations.values()},
        lambda: attribution.association(document, title, plan),
    )  # fmt: skip
    received.theme = _settled(
        "theme", wishes.theme or received.theme, bool(wishes.theme), told, asked,
        {one.id: one.title for one in plan.outline.themes},
        lambda: attribution.theme(document, title, received.association, plan),
    )  # fmt: skip
    if received.theme and not wishes.theme and plan.sections(received.theme) != plan.sections():
        again = _read(document, plan, received.theme)  # that theme has other sections
        again.association, again.theme = received.association, received.theme
        received = again
    received.decisions += told
    received.questions[:0] = asked
    return received


def _read(document: SentDocument, plan: Plan, theme: str) -> ReceivedText:
    """Our own form, or a text of any other shape."""
    return form.read(document, plan, theme) or freeform.read(document, plan, theme)


def _settled(
    what: str, known: str, said: bool, told: list[Notification], asked: list[Notification], names: Mapping[str, str],
    guess: Callable[[], attribution.Guess],
) -> str:  # fmt: skip
    """The association or theme: as known already, or as guessed; told with its clue, or asked."""
    guessed = attribution.Guess(known, "said" if said else "form") if known else guess()
    if guessed.answer:
        told.append(
            Notification(f"whose-{what}", {"name": names.get(guessed.answer, guessed.answer), "clue": guessed.clue})
        )
    else:
        likely = " / ".join(names[one] for one in guessed.others[:3])
        asked.append(Notification(f"which-{what}" + ("-likely" if likely else ""), {"names": likely}))
    return guessed.answer


def _head(document: SentDocument, received: ReceivedText, plan: Plan) -> None:
    """The keys of the header that the text itself did not give."""
    head = received.header
    association, theme = plan.associations.get(received.association), plan.theme(received.theme)
    head.setdefault("titre", theme.title if theme else document.name.rpartition(".")[0])
    if not head.get("date") or str(head["date"]) > plan.outline.identity.date:
        limit = plan.outline.identity.date
        found = str(head.get("date") or document.date)
        late = found > limit
        head["date"] = limit if late or not found else found
        if late or not found:
            facts = {"date": limit, "found": found}
            received.questions.append(Notification("late-date" if late else "no-date", facts))
    head.setdefault("auteurs", (association.name,) if association else ())
    head.setdefault("statut", "ebauche")
    head.setdefault("diffusion", "publique")


def _count(document: SentDocument, received: ReceivedText, unwritten: list[str]) -> WordBalance:
    """Words received = words kept + words placed in the header and titles + words named as not carried."""
    beside = [loss.text for loss in document.normal.losses if loss.kind in BESIDE]
    if document.kind == "docx":  # an ODT has its comments in the text
        beside += [finding.text for finding in document.normal.findings if finding.kind == "comment"]
    given = word_count.words("\n".join([document.normal.raw or document.normal.text, *beside, *received.added]))
    kept = {section: word_count.of_blocks(blocks) for section, blocks in received.sections.items()}
    placed = [word for text in received.placed for word in word_count.words(text)]
    named = [word for loss in received.losses for word in word_count.words(loss.text)]
    gone = [finding.text for finding in received.findings if finding.kind not in ("insertion", "format")]
    named += [word for text in gone for word in word_count.words(text)]
    body = [word for words in kept.values() for word in words]
    lost = word_count.missing(given, [*body, *placed, *named])
    return WordBalance(
        len(given), {s: len(words) for s, words in kept.items()}, len(placed), len(named), (*lost, *unwritten)
    )
