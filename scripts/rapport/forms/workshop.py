"""The form of a workshop with children: a card for the workshop, then one for each child's words."""

from __future__ import annotations

from rapport.forms.docx import FREE
from rapport.forms.page import AnswerCell, Form, FormPart, letterhead
from rapport.messages import workshops
from rapport.model import Association, Outline
from rapport.workshops.form_rows import OF_PIECE, OF_WORKSHOP, PIECES, label

NAME = "atelier-enfants"
HOW = tuple(f"form-how-{number}" for number in range(1, 6))


def workshop_form(outline: Outline, association: Association, language: str) -> Form:
    """What the form asks, in order."""

    def say(name: str, **facts: object) -> str:
        return workshops(name, language, **facts)

    card = tuple(
        AnswerCell(f"atelier_{name}", FREE, label(name, language)) if name != "association"
        else AnswerCell(f"atelier_{name}", "text", label(name, language), value=association.name)
        for name in OF_WORKSHOP
    )  # fmt: skip
    parts = tuple(
        FormPart(
            f"parole_{number}",
            say("form-piece", number=number),
            AnswerCell(f"parole_{number}", prompt=say("form-leave")),
            card=tuple(AnswerCell(f"parole_{number}_{name}", FREE, label(name, language)) for name in OF_PIECE),
        )
        for number in range(1, PIECES + 1)
    )  # fmt: skip
    lines = (say("form-for", association=association.name),)
    return Form(
        language=language,
        title=say("form-title"),
        subtitle=say("form-subtitle"),
        lines=lines,
        how=tuple(map(say, HOW)),
        notes=(),
        card=card,
        parts=parts,
        date=outline.identity.date,
        letterhead=letterhead(outline, language),
    )
