"""An OpenDocument text as pandoc can read it without losing a word; the counterpart of `normalise` for Word files.

Pandoc's reader drops text boxes, shapes, annotations, most fields and everything inside a content control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from rapport.word.normal import Control, Finding, Heading, Loss, Normal
from rapport.word.package import Package, parse_xml
from rapport.word.wordml import CHECKED, UNCHECKED, remove, replace

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NS = {
    **{short: f"{OASIS}{name}:1.0" for short, name in {
        "office": "office", "text": "text", "draw": "drawing", "style": "style", "form": "form", "table": "table",
    }.items()},
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}  # fmt: skip
DESCRIPTION = f"{{{OASIS}svg-compatible:1.0}}"  # titles and alternative texts of pictures
READ_BY_PANDOC = frozenset(
    "p h span a s tab line-break note note-citation note-body bookmark bookmark-start bookmark-end soft-page-break "
    "list list-item list-header section index-body reference-mark reference-mark-start reference-mark-end".split()
)
NOT_TEXT = frozenset(
    "tracked-changes change change-start change-end sequence-decls variable-decls user-field-decls "
    "index-title-template table-of-content-source bibliography-source".split()
)


def q(name: str) -> str:
    """« text:p » → the name as lxml has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def normalise_odt(package: Package) -> Normal:
    """The file made ready for pandoc; raises `Unsafe` for parts that are not XML."""
    normal = Normal(dict(package.parts))
    root = parse_xml(package.parts["content.xml"], "content.xml")
    styles = package.xml("styles.xml")
    work = _Work(root, styles, normal)
    work()
    normal.parts["content.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    body = root.find(f"{q('office:body')}/{q('office:text')}")
    normal.text = "\n".join(own_text(p) for p in body.iter(q("text:p"), q("text:h"))) if body is not None else ""
    _furniture(styles, normal)
    return normal


class _Work:
    """The mendings, in an order in which none hides anything from the next."""

    def __init__(self, root: Any, styles: Any, normal: Normal) -> None:
        self.root, self.normal = root, normal
        sheets = [sheet for sheet in (styles, root) if sheet is not None]
        self.styles = {s.get(q("style:name"), ""): s for sheet in sheets for s in sheet.iter(q("style:style"))}

    def __call__(self) -> None:
        self.headings()
        self.changes()
        self.annotations()
        self.hidden()
        self.controls()
        self.forms()
        self.objects()
        self.boxes()
        self.fields()

    def all(self, *names: str) -> list[Any]:
        return list(self.root.iter(*(q(name) for name in names)))

    def headings(self) -> None:
        for node in self.all("text:p", "text:h"):
            level = int(node.get(q("text:outline-level"), "1")) if node.tag == q("text:h") else 0
            marks = [*node.iter(q("text:bookmark"), q("text:bookmark-start"))]
            names = tuple(mark.get(q("text:name"), "") for mark in marks)
            style = self.style_name(node)
            if style == "title" and not self.normal.title:
                self.normal.title = own_text(node).strip()
            if level or names:
                self.normal.headings.append(Heading(own_text(node), level, names))

    def style_name(self, node: Any) -> str:
        """The named style that a paragraph is in, itself or through an automatic one; in lower case."""
        name = node.get(q("text:style-name"), "")
        style = self.styles.get(name)
        if style is not None and style.get(q("style:parent-style-name")) and re.fullmatch(r"P\d+", name):
            name = style.get(q("style:parent-style-name"))
        return str(name).replace("_20_", " ").lower()

    def changes(self) -> None:
        """Tracked changes are told; what was deleted lies apart, what was inserted stays."""
        for region in self.all("text:changed-region"):
            for change in region:
                kind = {"insertion": "insertion", "deletion": "deletion"}.get(etree.QName(change).localname, "format")
                author = change.find(f".//{q('dc:creator')}")
                text = " ".join(own_text(p) for p in change.iter(q("text:p"), q("text:h")))
                self.tell(kind, text, (author.text or "") if author is not None else "")
        for node in self.all("text:tracked-changes", "text:change", "text:change-start", "text:change-end"):
            _drop(node)

    def annotations(self) -> None:
        for node in self.all("office:annotation"):
            author = node.find(q("dc:creator"))
            text = " ".join(own_text(p) for p in node.iter(q("text:p")))
            self.tell("comment", text, (author.text or "") if author is not None else "")
        for node in self.all("office:annotation", "office:annotation-end"):
            _drop(node)

    def tell(self, kind: str, text: str, author: str = "") -> None:
        self.normal.findings.append(Finding(kind, " ".join(text.split()), (), author))

    def hidden(self) -> None:
        """Text that nobody sees is taken out and told."""
        for node in self.all("text:hidden-text", "text:hidden-paragraph"):
            self.tell("hidden", node.get(q("text:string-value"), ""))
            _drop(node)
        for node in self.all("text:section"):
            if node.get(q("text:display")) in ("none", "condition"):
                self.tell("hidden", all_text(node))
                _drop(node)
        for node in self.all("text:span", "text:p", "text:h"):
            if (
                node.getparent() is not None
                and self.hides(node.get(q("text:style-name"), ""))
                and all_text(node).strip()
            ):
                self.tell("hidden", all_text(node))
                if node.tag == q("text:span"):
                    _drop(node)
                else:
                    node.text = None
                    for child in list(node):
                        node.remove(child)

    def hides(self, name: str) -> bool:
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            looks = self.styles[name].find(q("style:text-properties"))
            if looks is not None:
                if looks.get(q("text:display")) == "none":
                    return True
                dark = looks.get(q("fo:background-color"), "transparent") != "transparent"
                if (
                    looks.get(q("fo:color"), "").lower() == "#ffffff"
                    and not dark
                    and self.styles[name].get(q("style:family")) == "text"
                ):
                    return True
            name = self.styles[name].get(q("style:parent-style-name"), "")
        return False

    def controls(self) -> None:
        """Content controls: what was put in stays; a prompt nobody answered is not text."""
        for node in self.all("loext:content-control"):
            prompt = node.get(q("loext:showing-place-holder")) == "true"
            said = "" if prompt else " ".join(all_text(node).split())
            box = node.get(q("loext:checkbox")) == "true"
            menu = node.find(q("loext:list-item")) is not None or node.get(q("loext:dropdown")) == "true"
            date = node.get(q("loext:date")) == "true"
            kind = "checkbox" if box else "dropdown" if menu else "date" if date else "text"
            tag, alias = node.get(q("loext:tag"), ""), node.get(q("loext:alias"), "")
            self.normal.controls.append(Control(tag, alias, kind, said, node.get(q("loext:checked")) == "true"))
            for item in node.findall(q("loext:list-item")):
                node.remove(item)
            if prompt:
                self.normal.repaired("prompt")
                _drop(node)
            else:
                self.normal.repaired("control")
                _unwrap(node)
        for node in self.all("text:placeholder"):
            self.normal.repaired("prompt")
            _drop(node)

    def forms(self) -> None:
        """Boxes and lists of older forms: their state as text."""
        states: dict[str, str] = {}
        for node in self.all("form:checkbox", "form:listbox", "form:combobox", "form:text", "form:textarea"):
            name, kind = node.get(q("form:name"), ""), etree.QName(node).localname
            ticked = node.get(q("form:current-state"), node.get(q("form:state"), "")) == "checked"
            value = node.get(q("form:current-value"), node.get(q("form:value"), ""))
            if kind == "listbox":
                chosen = [o for o in node.iter(q("form:option")) if o.get(q("form:current-selected")) == "true"]
                value = chosen[0].get(q("form:label"), "") if chosen else ""
            if kind == "checkbox":
                value = CHECKED if ticked else UNCHECKED
            states[node.get(q("form:id"), node.get("{http://www.w3.org/XML/1998/namespace}id", ""))] = value
            self.normal.controls.append(Control(name, name, kind, "" if kind == "checkbox" else value, ticked))
        for node in self.all("draw:control"):
            value = states.get(node.get(q("draw:control"), ""), "")
            made = etree.Element(q("text:span"))
            made.text = value
            self.normal.repaired("form-field")
            _swap(node, made)
        for node in self.all("office:forms"):
            _drop(node)

    def objects(self) -> None:
        """Charts, equations and embedded files stay outside, counted."""
        for kind, name in (("object", "draw:object-ole"), ("object", "draw:plugin"), ("object", "draw:applet")):
            if found := self.all(name):
                self.normal.losses.append(Loss(kind, len(found)))
        if embedded := self.all("draw:object"):
            self.normal.losses.append(Loss("chart", len(embedded)))

    def boxes(self) -> None:
        """Paragraphs of text boxes and shapes follow the paragraph they hang on; innermost first."""
        shapes: tuple[str, ...] = (
            "draw:text-box",
            "draw:custom-shape",
            "draw:rect",
            "draw:ellipse",
            "draw:line",
            "draw:polygon",
        )
        shapes += (
            "draw:path",
            "draw:connector",
            "draw:caption",
            "draw:polyline",
            "draw:circle",
            "draw:regular-polygon",
        )
        for box in reversed(self.all(*shapes)):
            blocks = [b for b in box if b.tag in (q("text:p"), q("text:h"), q("text:list"), q("table:table"))]
            if not any(all_text(block).strip() for block in blocks):
                continue
            host = next(box.iterancestors(q("text:p"), q("text:h")), None)
            for block in blocks:
                box.remove(block)
                block.tail = None
            if host is not None:
                for block in reversed(blocks):
                    _add_after(host, block)
            else:  # anchored to the page
                body = self.root.find(f"{q('office:body')}/{q('office:text')}")
                body.extend(blocks)
            self.normal.repaired("text-box")
        for frame in self.all("draw:frame"):
            if not any(child.tag == q("draw:image") for child in frame):
                _drop(frame)

    def fields(self) -> None:
        """A field goes on as the words it shows."""
        text = f"{{{NS['text']}}}"
        for node in [n for n in self.root.iter() if isinstance(n.tag, str) and n.tag.startswith(text)]:
            name = etree.QName(node).localname
            if name in NOT_TEXT or node.getparent() is None:
                continue
            inline = next(node.iterancestors(q("text:p"), q("text:h")), None) is not None
            if name == "ruby":
                base = node.find(q("text:ruby-base"))
                made = etree.Element(q("text:span"))
                made.text = all_text(base) if base is not None else ""
                _swap(node, made)
            elif inline and name not in READ_BY_PANDOC and not name.startswith("ruby"):
                made = etree.Element(q("text:span"))
                made.text = all_text(node)
                self.normal.repaired("field")
                _swap(node, made)


def _furniture(styles: Any, normal: Normal) -> None:
    for kind in ("header", "footer"):
        nodes = (
            [] if styles is None else styles.iter(q(f"style:{kind}"), q(f"style:{kind}-left"), q(f"style:{kind}-first"))
        )
        said = [t for t in dict.fromkeys(" ".join(all_text(node).split()) for node in nodes) if t]
        if said:
            normal.losses.append(Loss(kind, len(said), " ".join(said)))


def all_text(node: Any) -> str:
    """Every word under a node, paragraphs apart."""
    return "".join(_pieces(node, node))


def own_text(paragraph: Any) -> str:
    """The words of a paragraph, those of paragraphs inside it (notes, boxes) left to themselves."""
    return "".join(_pieces(paragraph, paragraph, inner=False))


def _pieces(node: Any, top: Any, inner: bool = True) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag.startswith(DESCRIPTION):
        return
    if node is not top and node.tag in (q("text:p"), q("text:h")):
        if not inner:
            return
        yield "\n"
    if node.tag in (q("text:s"), q("text:tab"), q("text:line-break")):
        yield " "
    if node.tag == q("text:note-citation"):
        return
    yield re.sub(r"\s+", " ", node.text or "")
    for child in node:
        yield from _pieces(child, top, inner)
        yield re.sub(r"\s+", " ", child.tail or "")


def _drop(node: Any) -> None:
    """A node out of the tree; the text after it stays."""
    _keep_tail(node)
    remove(node)


def _swap(node: Any, other: Any) -> None:
    other.tail, node.tail = node.tail, None
    replace(node, [other])


def _unwrap(node: Any) -> None:
    made = etree.Element(q("text:span"))
    made.text = node.text
    made.extend(list(node))
    _swap(node, made)


def _keep_tail(node: Any) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None or not node.tail:
        return
    if before is not None:
        before.tail = (before.tail or "") + node.tail
    else:
        parent.text = (parent.text or "") + node.tail
    node.tail = None


def _add_after(host: Any, block: Any) -> None:
    tail, host.tail = host.tail, None
    host.addnext(block)
    block.tail = tail
