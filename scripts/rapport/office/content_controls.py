"""Content controls and the fields of older forms: what each is called, of what kind it is, and what was put in."""

from __future__ import annotations

import re

from rapport.office.namespaces import q
from rapport.office.normal_document import Control, Loss
from rapport.office.story import Story
from rapport.office.wordml import CHECKED, UNCHECKED, block_text, empty_texts, is_on, new_run, number, value_at
from rapport.office.xml import Element, replace

PROMPT = re.compile(
    r"\[.*\]|(?:cliquez|choisi(?:r|ssez)|appuyez|sélectionne[rz]|click|choose|tap|select)\b.{0,40}"
    r"\b(?:texte?|date|élément|item|choix|bloc de construction|building block)\W*",
    re.IGNORECASE,
)
"""What Word and LibreOffice print in a control that nobody filled in, and what a template has in square brackets."""


def control(properties: Element, said: str) -> Control:
    """The control that these properties describe; `said` is its text, "" for a mere prompt."""

    tag, alias = value_at(properties, "w:tag"), value_at(properties, "w:alias")
    box = properties.find(q("w14:checkbox"))
    if box is not None:
        state = box.find(q("w14:checked"))
        ticked = state is not None and state.get(q("w14:val"), "0") in ("1", "true", "on")
        return Control(tag, alias, "checkbox", said, ticked)
    kinds = {"w:dropDownList": "dropdown", "w:comboBox": "dropdown", "w:date": "date"}
    kind = next((kind for name, kind in kinds.items() if properties.find(q(name)) is not None), "text")
    return Control(tag, alias, kind, said)


def show_controls(story: Story) -> None:
    """Content controls: what was put in stays in its place; a prompt nobody answered is not text.

    LibreOffice goes on saying « prompt » of what was typed: it is one for sure where Word knows it by its building
    block, or where the words are a program's own; of any other it is noted that it may be one.
    """
    for sdt in story.elements("w:sdt"):
        properties, content = sdt.find(q("w:sdtPr")), sdt.find(q("w:sdtContent"))
        words = "" if content is None else block_text(content)
        shown = properties is not None and properties.find(q("w:showingPlcHdr")) is not None
        known = shown and properties.find(f"{q('w:placeholder')}/{q('w:docPart')}") is not None
        prompt = shown and (known or bool(PROMPT.fullmatch(words)))
        if shown and words and not prompt:
            story.normal.likely_prompts.append(words)
        if properties is not None:
            story.normal.controls.append(control(properties, "" if prompt else words))
        if prompt and content is not None:
            story.normal.count_repair("prompt")
            story.normal.losses.append(Loss("prompt", 1, words))
            empty_texts(content)
        replace(sdt, [] if content is None else list(content))


def show_form_fields(story: Story) -> None:
    """Form fields of older forms: their state as text, since pandoc sees neither box nor list."""
    for data in story.elements("w:ffData"):
        called = value_at(data, "w:name")
        box, menu = data.find(q("w:checkBox")), data.find(q("w:ddList"))
        run = next(data.iterancestors(q("w:r")), None)
        if box is not None:
            state = box.find(q("w:checked"))
            state = box.find(q("w:default")) if state is None else state
            ticked = state is not None and is_on(state)
            story.normal.controls.append(Control(called, called, "checkbox", "", ticked))
            _put_before(story, run, CHECKED if ticked else UNCHECKED)
        elif menu is not None:
            entries = [e.get(q("w:val"), "") for e in menu.iterfind(q("w:listEntry"))]
            chosen = menu.find(q("w:result"))
            chosen = menu.find(q("w:default")) if chosen is None else chosen
            index = number(chosen.get(q("w:val")), 0) if chosen is not None else 0
            value = entries[index] if 0 <= index < len(entries) else ""
            story.normal.controls.append(Control(called, called, "dropdown", value))
            _put_before(story, run, value)


def _put_before(story: Story, run: Element, text: str) -> None:
    if run is not None and text:
        run.addprevious(new_run(text))
        story.normal.count_repair("form-field")
