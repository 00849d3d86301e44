"""Controls and form fields of an OpenDocument text: what was put into them stays, and is noted by their name."""

from __future__ import annotations

from lxml import etree

from rapport.office.content_controls import PROMPT
from rapport.office.namespaces import q
from rapport.office.normal_document import Control, Loss, NormalDocument
from rapport.office.odf import all_text, elements, remove_node, replace_node, unwrap
from rapport.office.wordml import CHECKED, UNCHECKED
from rapport.office.xml import Element


def show_controls(root: Element, normal: NormalDocument) -> None:
    """Content controls as the words in them: LibreOffice goes on saying « prompt » of what was typed over one."""
    for node in elements(root, "loext:content-control"):
        listed = bool(items := node.findall(q("loext:list-item")))
        for item in items:
            remove_node(item)
        said = " ".join(all_text(node).split())
        shown = node.get(q("loext:showing-place-holder")) == "true"
        prompt = shown and bool(PROMPT.fullmatch(said))
        normal.likely_prompts += [said] if shown and said and not prompt else []
        box = node.get(q("loext:checkbox")) == "true"
        menu = node.get(q("loext:dropdown")) == "true" or listed
        date = node.get(q("loext:date")) == "true"
        kind = "checkbox" if box else "dropdown" if menu else "date" if date else "text"
        tag, alias = node.get(q("loext:tag"), ""), node.get(q("loext:alias"), "")
        value = "" if prompt else said
        normal.controls.append(Control(tag, alias, kind, value, node.get(q("loext:checked")) == "true"))
        if prompt:
            _drop_prompt(node, normal)
            continue
        normal.count_repair("control")
        unwrap(node)
    for node in elements(root, "text:placeholder"):
        _drop_prompt(node, normal)


def show_form_fields(root: Element, normal: NormalDocument) -> None:
    """Boxes and lists of older forms: their state as text."""
    states: dict[str, str] = {}
    for node in elements(root, "form:checkbox", "form:listbox", "form:combobox", "form:text", "form:textarea"):
        name, kind = node.get(q("form:name"), ""), etree.QName(node).localname
        ticked = node.get(q("form:current-state"), node.get(q("form:state"), "")) == "checked"
        value = node.get(q("form:current-value"), node.get(q("form:value"), ""))
        if kind == "listbox":
            chosen = [o for o in node.iter(q("form:option")) if o.get(q("form:current-selected")) == "true"]
            value = chosen[0].get(q("form:label"), "") if chosen else ""
        if kind == "checkbox":
            value = CHECKED if ticked else UNCHECKED
        states[node.get(q("form:id"), node.get(q("xml:id"), ""))] = value
        normal.controls.append(Control(name, name, kind, "" if kind == "checkbox" else value, ticked))
    for node in elements(root, "draw:control"):
        value = states.get(node.get(q("draw:control"), ""), "")
        made = etree.Element(q("text:span"))
        made.text = value
        normal.count_repair("form-field")
        replace_node(node, made)
    for node in elements(root, "office:forms"):
        remove_node(node)


def _drop_prompt(node: Element, normal: NormalDocument) -> None:
    """A prompt that nobody answered is no text."""
    normal.count_repair("prompt")
    normal.losses.append(Loss("prompt", 1, " ".join(all_text(node).split())))
    remove_node(node)
