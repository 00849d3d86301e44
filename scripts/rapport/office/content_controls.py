"""What a content control is called, of what kind it is, and what was put in."""

from __future__ import annotations

from rapport.office.namespaces import q
from rapport.office.normal_document import Control
from rapport.office.xml import Element


def control(properties: Element, said: str) -> Control:
    """The control that these properties describe; `said` is its text, "" for a mere prompt."""

    def value(name: str) -> str:
        found = properties.find(q(name))
        return found.get(q("w:val"), "") if found is not None else ""

    box = properties.find(q("w14:checkbox"))
    if box is not None:
        state = box.find(q("w14:checked"))
        ticked = state is not None and state.get(q("w14:val"), "0") in ("1", "true", "on")
        return Control(value("w:tag"), value("w:alias"), "checkbox", said, ticked)
    kinds = {"w:dropDownList": "dropdown", "w:comboBox": "dropdown", "w:date": "date"}
    kind = next((kind for name, kind in kinds.items() if properties.find(q(name)) is not None), "text")
    return Control(value("w:tag"), value("w:alias"), kind, said)
