"""One file, from its bytes to a contribution in the making: opened, understood, counted. It writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from rapport import tree
from rapport.intake import (
    attribution,
    citations,
    form,
    form_wording,
    freeform,
    mail,
    mail_words,
    pictures,
    plain_form,
    word_count,
)
from rapport.intake.count_tables import take_counts
from rapport.intake.document import open_document
from rapport.intake.markdown import lost_words, render
from rapport.intake.minutes import minutes_in
from rapport.intake.plan import Plan
from rapport.intake.states import (
    EditorChoices,
    IncomingFile,
    IntakeResult,
    Notification,
    ReceivedText,
    SentDocument,
)
from rapport.office.comment_seal import is_ours
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.normal_document import CrossReference, Loss, NormalDocument
from rapport.office.package import Unsafe, open_package
from rapport.office.row_names import has_named_rows
from rapport.storage.cache import Cache
from rapport.storage.encoding import decode

# What Word prints where the place that a reference led to is gone.
BROKEN = re.compile(
    r"(?:erreur|error)\W{1,3}(?:source du renvoi introuvable|reference source not found|signet non d[ée]fini)",
    re.IGNORECASE,
)
# What EndNote types where it has not made a citation yet: « {Durand, 2011 #12} ».
TEMPORARY = re.compile(r"\{[^{}#\n]{2,80}, \d{4} #\d+[^{}\n]*\}")
PRINTED = ("form", "furniture")  # by the form itself
STOPPING = {"hidden": "hidden", "insertion": "changes", "deletion": "changes", "comment": "comments"}


def convert_file(
    arrived: IncomingFile, plan: Plan, choices: EditorChoices, cache: Cache, converted: bytes | None = None
) -> IntakeResult:
    """Everything that can be made of a file without asking anyone; it never raises for what somebody sent."""
    if arrived.problem:
        return IntakeResult(arrived, problem=arrived.problem, detail=arrived.detail)
    content = arrived.data if converted is None else converted
    try:
        if kind_of(content) in (Kind.DOCX, Kind.ODT) and has_named_rows(open_package(content)):
            return IntakeResult(arrived, problem="remarks-table", detail=arrived.path)
        document = open_document(arrived.name, content)
    except Unsafe as error:
        return IntakeResult(arrived, problem=error.reason, detail=error.detail)
    document.normal.losses += [Loss(kind, 1, text) for kind, text in arrived.cut_texts]
    document, counts, printed = take_counts(document, plan.dictionary)
    if not counts and _is_blank(document, plan):
        return IntakeResult(arrived, problem="blank")
    if document.kind == "text" and form_wording.is_printed_in(document.normal.text) and not form.read(document, plan):
        document = replace(document, blocks=tuple(plain_form.form_blocks(document.normal.text, plan)))
        if not form.read(document, plan):
            return IntakeResult(arrived, problem="form-as-text")  # what stood in which cell nobody can tell
    document = replace(
        document, sender=arrived.sender, date=arrived.date or document.date, folder=arrived.folder,
        subject=arrived.subject, parcels=arrived.parcels,
    )  # fmt: skip
    if not choices.is_text and not form.read(document, plan) and (found := minutes_in(document, plan.sections())):
        return IntakeResult(arrived, ReceivedText(header={"titre": found.title, "date": found.date}), problem="minutes")
    received = _recognise(document, plan, choices)
    normal = document.normal
    received.losses[:0] = normal.losses
    _separate_findings(normal, received)
    received.losses += [Loss("form", len(printed), " ".join(printed))] if printed else []
    received.placed_words += [
        day for count in counts for day in count.with_iso_day(str(received.header.get("langue", "fr")))
    ]
    for kind, number in (*normal.repairs.items(), *((("converted", 1),) if converted is not None else ())):
        received.count_repair(kind, number)
    for one in map(_cross_reference, normal.references):
        (received.decisions if one.name == "cross-reference" else received.questions).append(one)
    led = " ".join(one.shown_text for one in normal.references)
    frozen = [text for text in BROKEN.findall(normal.text) if text not in led]  # the field is gone, its words are left
    received.questions += [Notification("cross-broken", {"text": text}) for text in frozen]
    programs = [*normal.unknown_citations, *(("EndNote", found) for found in TEMPORARY.findall(normal.text))]
    received.questions += [Notification("cite-program", {"program": name, "text": shown}) for name, shown in programs]
    received.questions += [Notification("uneven-columns", {"text": text}) for text in normal.uneven_columns]
    citations.resolve(document, received, plan, choices.citations)
    images = pictures.place_pictures(document, received)
    _complete_header(document, received, plan)
    text = render(received, plan)
    stopped = tuple(dict.fromkeys(STOPPING[f.kind] for f in received.findings if f.kind in STOPPING))
    kept = any(word_count.words_of_blocks(blocks) for blocks in received.sections.values())
    waits = stopped and not choices.accept  # all of its words may be hidden, or tracked
    if not (waits or kept or images or any(loss.kind not in PRINTED for loss in received.losses)):
        if counts:
            return IntakeResult(arrived, received, problem="figures", counts=counts)
        return IntakeResult(arrived, problem="blank" if received.losses else "empty")
    return IntakeResult(
        arrived, received, text, images,
        obstacles=() if choices.accept else stopped, converted_file=converted or b"",
        unwritten_words=tuple(lost_words(text, received, plan, cache)), counts=counts,
    )  # fmt: skip


def _is_blank(document: SentDocument, plan: Plan) -> bool:
    """Whether a file is our form with nothing in it, whatever program saved it in whatever format."""
    if document.media or document.normal.findings:
        return False
    text = tree.text(list(document.blocks)) if document.kind == "markdown" else document.normal.text
    return form_wording.is_blank(text, plan)


def _cross_reference(one: CrossReference) -> Notification:
    """What is asked of a cross-reference, whose number or page is no longer that of the report."""
    if BROKEN.search(one.shown_text):
        return Notification("cross-broken", {"text": one.shown_text})
    lost, found = ("cross-page-lost", "cross-page") if one.page else ("cross-reference-lost", "cross-reference")
    name = found if one.target else lost
    return Notification(name, {"text": one.shown_text, "target": one.target})


def _separate_findings(normal: NormalDocument, received: ReceivedText) -> None:
    """The findings; comments that we put into the file ourselves (see `letters.word`) are told and stop nothing."""
    ours = [one for one in normal.findings if one.kind == "comment" and is_ours(one.author, one.text)]
    received.findings += [one for one in normal.findings if one not in ours]
    if ours:
        received.losses.append(Loss("our-comment", len(ours), " ".join(one.text for one in ours)))


def _recognise(document: SentDocument, plan: Plan, choices: EditorChoices) -> ReceivedText:
    """The sections, and whose they are: what the editor said, then the form's own word, then what can be recognised."""
    received = _read(document, plan, choices.theme)
    title = str(received.header.get("titre", "") or document.normal.title)
    told, asked = list[Notification](), list[Notification]()
    received.association = _attribute(
        "association", choices.association or received.association, bool(choices.association), told, asked,
        {one.id: one.name for one in plan.associations.values()},
        lambda: attribution.association(document, title, plan),
    )  # fmt: skip
    received.theme = _attribute(
        "theme", choices.theme or received.theme, bool(choices.theme), told, asked,
        {one.id: one.title for one in plan.outline.themes},
        lambda: attribution.theme(document, title, received.association, plan),
    )  # fmt: skip
    if received.theme and not choices.theme and plan.sections(received.theme) != plan.sections():
        again = _read(document, plan, received.theme)  # that theme has other sections
        again.association, again.theme = received.association, received.theme
        received = again
    received.decisions += told
    received.questions[:0] = asked
    return received


def _read(document: SentDocument, plan: Plan, theme: str) -> ReceivedText:
    """Our own form, or a text of any other shape."""
    return form.read(document, plan, theme) or freeform.read(document, plan, theme)


def covering_note(result: IntakeResult, masked: Callable[[str], str]) -> IntakeResult:
    """The words of a message that are no text, to be read line by line; what was cut and shown in them is told."""
    said, losses = decode(result.file.data)[0] or "", result.contribution.losses
    cut = ReceivedText(losses=losses if result.file.sender or result.file.cut_texts else [])  # else all of it is shown
    if shown := mail.EMBEDDED.findall(said):
        cut.losses.append(Loss("picture", len(shown), " / ".join(filter(None, shown))))
    lines = " / ".join(map(masked, mail_words.plain_lines(said)))
    return IntakeResult(result.file, cut, problem="covering", detail=lines)


def _attribute(
    what: str, known: str, said: bool, told: list[Notification], asked: list[Notification], names: Mapping[str, str],
    guess: Callable[[], attribution.Guess],
) -> str:  # fmt: skip
    """The association or theme: as the editor or a folder says, or as guessed; told with its clue, or asked."""
    guessed = attribution.Guess(known, "said" if said else "form") if known else guess()
    if guessed.answer and guessed.clue == "said":
        return guessed.answer  # the receipt's first sentence says it
    if guessed.answer:
        told.append(
            Notification(f"whose-{what}", {"name": names.get(guessed.answer, guessed.answer), "clue": guessed.clue})
        )
    else:
        likely = " / ".join(names[one] for one in guessed.others[:3])
        facts = {"names": likely, "likely": guessed.others[0] if len(guessed.others) == 1 else ""}
        asked.append(Notification(f"which-{what}" + ("-likely" if likely else ""), facts))
    return guessed.answer


def _complete_header(document: SentDocument, received: ReceivedText, plan: Plan) -> None:
    """The keys of the header that the text itself did not give."""
    head = received.header
    association, theme = plan.associations.get(received.association), plan.theme(received.theme)
    head.setdefault("titre", theme.title if theme else document.title)
    if not head.get("date") or str(head["date"]) > plan.outline.identity.date:
        limit = plan.outline.identity.date
        found = str(head.get("date") or document.date)
        late = found > limit
        head["date"] = limit if late or not found else found
        if late or not found:
            facts = {"date": limit, "found": found}
            received.questions.append(Notification("late-date" if late else "no-date", facts))
    head.setdefault("auteurs", (association.name,) if association else ())
    head.setdefault("diffusion", "publique")
