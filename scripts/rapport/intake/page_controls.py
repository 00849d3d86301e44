"""What the boxes, lists and frames of a page show, as words; what they hold and show nobody, marked as hidden."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

CONTROL = re.compile(r"<(?:input|textarea|select|datalist|iframe)\b", re.IGNORECASE)
LOOKS = ("style", "class", "id", "hidden")
SECRET = ("hidden", "password")  # kinds of boxes whose value nobody reads
SENTENCE = re.compile(r"\w\s+\w")  # « a1b2c3 » is no words of anyone's


def with_controls_as_words(html: str) -> str:
    """The page with each of them as a passage of words; as it came where it has none."""
    if not CONTROL.search(html):
        return html
    try:
        page = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.ParserError:
        return html  # nothing stands in it
    for node in list(page.iter("input", "textarea", "select", "datalist", "iframe")):
        shown, hidden = _words(node)
        looks, tail = {name: node.attrib[name] for name in LOOKS if name in node.attrib}, node.tail
        node.clear()
        node.attrib.update(looks)
        node.tag, node.text, node.tail = "span", f" {shown} ", tail
        if SENTENCE.search(hidden):
            etree.SubElement(node, "span", hidden="").text = hidden
    return str(etree.tostring(page, method="html", encoding="unicode"))


def _words(node: etree._Element) -> tuple[str, str]:
    """What a control shows, and what it holds without showing it."""
    kind, value = node.get("type", "").lower(), node.get("value", "")
    inside = " ".join("".join(node.itertext()).split())
    match node.tag:
        case "input" if kind in ("checkbox", "radio"):
            return "☒" if "checked" in node.attrib else "☐", ""
        case "input" | "textarea" if kind not in SECRET:
            return value or inside or node.get("alt", "") or node.get("placeholder", ""), ""
        case "select":
            return _choice(node)
    proposals = " ; ".join(one.get("value", "") for one in node)  # of a list; a frame has spare words inside
    return "", value or inside or proposals


def _choice(node: etree._Element) -> tuple[str, str]:
    options = [(" ".join("".join(one.itertext()).split()), "selected" in one.attrib) for one in node.iter("option")]
    if "multiple" in node.attrib or node.get("size", "1") not in ("", "0", "1"):
        return " ; ".join(text for text, _ in options), ""
    chosen = next((at for at, (_, is_chosen) in enumerate(options) if is_chosen), 0)
    others = [text for at, (text, _) in enumerate(options) if at != chosen]
    return options[chosen][0] if options else "", " ; ".join(others)
