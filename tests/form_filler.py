"""Forms filled in as people do it: what they type, and what their programs do to a file. All of it is invented."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

import word_files
from rapport.forms.fields import TICKED
from rapport.office import odf
from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q

CARD = {
    "titre": "Ce que disent les mineurs, texte inventé",
    "auteurs": "Association Bêta ; Service inventé",
    "date": "12 janvier 2015",
    "diffusion": "publique",
    "articles": "CIDE 12, 39 ; OPSC 3",
    "pseudonymes": "Lina",
}
BOXES = ("accord", "anonymat")
SECTIONS = {
    "constat": [
        ("p", "Un premier paragraphe inventé, avec des accents : à, ç, œ."),
        ("h", "Un intertitre inventé"),
        ("p", "Un second paragraphe inventé."),
        ("b", "Des mots inventés en gras."),
        ("l", "Un point inventé"),
        ("l", "Un autre point inventé"),
    ],
    "analyse": [("p", "L'article 12 de la Convention est cité par un texte inventé.")],
    "temoignages": [("p", "« On m'a dit d'attendre », dit Lina (prénom modifié). (T-01)")],
}
RECOMMENDATIONS = (
    ("Former les équipes inventées.", "Au ministère inventé", "CIDE 12", True, "publique"),
    ("Publier les chiffres inventés.", "Au gouvernement inventé", "", False, ""),
    ("Protéger des témoins inventés.", "Au juge inventé", "CIDE 34", False, "confidentielle"),
)
CONSENT = (
    "T-01", "oui", "administrateur ad hoc", "20/11/2014", "publique", "non", "une relectrice inventée",
    "1er décembre 2014",
)  # fmt: skip
SOURCE = ("Institution inventée", "Un rapport inventé", "2013", "TEST/2")
GRIDS = ((), (CONSENT,), RECOMMENDATIONS, (SOURCE,))  # by the tables of the form, the card first

MARKDOWN = """\
---
titre: Ce que disent les mineurs, texte inventé
date: 2015-01-12
auteurs: [Association Bêta, Service inventé]
diffusion: publique
articles: [CIDE 12, CIDE 39, OPSC 3]
pseudonymes: [Lina]
temoignages:
  - reference: T-01
    enfant: 'oui'
    representant: administrateur ad hoc
    date: 2014-11-20
    portee: publique
    procedure_en_cours: 'non'
    signe_par: une relectrice inventée
    signe_le: 2014-12-01
---

## Constat

Un premier paragraphe inventé, avec des accents : à, ç, œ.

### Un intertitre inventé

Un second paragraphe inventé.

**Des mots inventés en gras.**

1.  Un point inventé
2.  Un autre point inventé

## Analyse au regard de la Convention

L'article 12 de la Convention est cité par un texte inventé.

## Témoignages

« On m'a dit d'attendre », dit Lina (prénom modifié). (T-01)

## Recommandations

- **Au ministère inventé** (CIDE 12 ; clé) : Former les équipes inventées.
- **Au gouvernement inventé** : Publier les chiffres inventés.

::: confidentiel
- **Au juge inventé** (CIDE 34) : Protéger des témoins inventés.
:::

## Sources

- Institution inventée, *Un rapport inventé*, 2013, TEST/2
"""

Typed = dict[str, list[tuple[str, str]]]


# ---------------------------------------------------------------- in Word


def fill_docx(form: bytes, card: dict[str, str] = CARD, sections: Typed = SECTIONS) -> bytes:
    """The Word form as Word leaves it when one has typed into it."""

    def change(root: Any) -> None:
        for tag, text in card.items():
            _choose(_control(root, tag), text)
        for tag in BOXES:
            _tick(_control(root, tag))
        for name, typed in sections.items():
            prompt = _control(root, f"ask_{name}")
            host = prompt.getparent()
            host.remove(prompt)  # Word takes it away at the first key
            _type(host, typed)
        for table, grid in zip(list(root.iter(q("w:tbl")))[: len(GRIDS)], GRIDS, strict=True):
            for row, said in zip(list(table.iter(q("w:tr")))[1:], grid, strict=False):
                for cell, text in zip(row.iter(q("w:tc")), said, strict=True):
                    _put(cell, text)

    return _changed(_changed(form, change), _number, "word/numbering.xml")


def _number(root: Any) -> None:
    """A list of the person's own, numbered from one."""
    number = etree.SubElement(root, q("w:num"))
    number.set(q("w:numId"), "5")
    etree.SubElement(number, q("w:abstractNumId")).set(q("w:val"), "4")
    start = etree.SubElement(number, q("w:lvlOverride"))
    start.set(q("w:ilvl"), "0")
    etree.SubElement(start, q("w:startOverride")).set(q("w:val"), "1")


def _changed(data: bytes, change: Callable[[Any], None], part: str = "word/document.xml") -> bytes:
    parts = unpack(data)
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return pack(parts)


def _control(root: Any, tag: str) -> Any:
    return next(s for s in root.iter(q("w:sdt")) if s.find(f".//{q('w:tag')}").get(q("w:val")) == f"rapport_{tag}")


def _choose(sdt: Any, text: str) -> None:
    prompt = sdt.find(f".//{q('w:showingPlcHdr')}")
    if prompt is not None:
        prompt.getparent().remove(prompt)
    for style in sdt.findall(f".//{q('w:rStyle')}"):
        style.getparent().remove(style)
    sdt.find(f".//{q('w:t')}").text = text


def _tick(sdt: Any) -> None:
    sdt.find(f".//{q('w14:checked')}").set(q("w14:val"), "1")
    sdt.find(f".//{q('w:t')}").text = TICKED


def _put(cell: Any, text: str | bool) -> None:
    sdt = cell.find(f".//{q('w:sdt')}")
    if text is True:
        _tick(sdt)
    elif sdt is not None and text:
        _choose(sdt, str(text))
    elif text:
        cell.find(q("w:p")).append(_run(str(text)))


def _run(text: str, bold: bool = False) -> Any:
    run = etree.Element(q("w:r"))
    if bold:
        etree.SubElement(etree.SubElement(run, q("w:rPr")), q("w:b"))
    made = etree.SubElement(run, q("w:t"))
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _type(host: Any, typed: list[tuple[str, str]]) -> None:
    at = host
    for index, (kind, text) in enumerate(typed):
        if index:
            at.addnext(etree.Element(q("w:p")))
            at = at.getnext()
            style = {"h": "Heading2"}.get(kind, "BodyText")
            look = etree.SubElement(at, q("w:pPr"))
            etree.SubElement(look, q("w:pStyle")).set(q("w:val"), style)
            if kind == "l":
                number = etree.SubElement(look, q("w:numPr"))
                etree.SubElement(number, q("w:ilvl")).set(q("w:val"), "0")
                etree.SubElement(number, q("w:numId")).set(q("w:val"), "5")
        at.append(_run(text, kind == "b"))


def google(data: bytes) -> bytes:
    """A Word file as Google Docs gives it back: its own names for bookmarks, styles and controls, ours gone."""

    def change(root: Any) -> None:
        for number, sdt in enumerate(list(root.iter(q("w:sdt")))):
            if number % 3:
                for child in list(sdt.find(q("w:sdtContent"))):
                    sdt.addprevious(child)
                sdt.getparent().remove(sdt)
                continue
            for look in list(sdt.find(q("w:sdtPr"))):
                sdt.find(q("w:sdtPr")).remove(look)
            etree.SubElement(sdt.find(q("w:sdtPr")), q("w:tag")).set(q("w:val"), f"goog_rdk_{number}")
        for number, mark in enumerate(root.iter(q("w:bookmarkStart"))):
            mark.set(q("w:name"), f"_heading=h.{number}inventé")
        for style in root.iter(q("w:pStyle"), q("w:rStyle"), q("w:tblStyle")):
            style.set(q("w:val"), f"g{style.get(q('w:val'))}")

    def rename(root: Any) -> None:
        for style in root.iter(q("w:style"), q("w:basedOn"), q("w:next")):
            key = q("w:styleId") if style.tag == q("w:style") else q("w:val")
            style.set(key, f"g{style.get(key)}")

    return _changed(_changed(data, change), rename, "word/styles.xml")


# ---------------------------------------------------------------- in LibreOffice


def fill_odt(form: bytes) -> bytes:
    """The OpenDocument form as LibreOffice leaves it."""
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        parts = {info: package.read(info) for info in package.infolist()}
    info = next(info for info in parts if info.filename == "content.xml")
    root = etree.fromstring(parts[info])
    looks = root.find(q("office:automatic-styles"))
    bold = etree.SubElement(looks, q("style:style"))
    bold.set(q("style:name"), "TB")
    bold.set(q("style:family"), "text")
    etree.SubElement(bold, q("style:text-properties")).set(q("fo:font-weight"), "bold")
    own = etree.SubElement(looks, q("text:list-style"))
    own.set(q("style:name"), "LOwn")
    level = etree.SubElement(own, q("text:list-level-style-number"))
    level.set(q("text:level"), "1")
    level.set(q("style:num-format"), "1")
    level.set(q("style:num-suffix"), ".")
    for row in root.iter(q("table:table-row")):
        cells = row.findall(q("table:table-cell"))
        if len(cells) == 2:
            for tag, text in CARD.items():
                if odf.all_text(cells[0]).strip() == LABELS[tag]:
                    _fill_cell(cells[1], text)
            for tag in BOXES:
                if odf.all_text(cells[0]).strip() == LABELS[tag]:
                    _fill_cell(cells[1], True)
    for table, grid in zip(list(root.iter(q("table:table")))[: len(GRIDS)], GRIDS, strict=True):
        for row, said in zip(list(table.iter(q("table:table-row")))[1:], grid, strict=False):
            for cell, text in zip(row.findall(q("table:table-cell")), said, strict=True):
                _fill_cell(cell, text)
    for mark in root.iter(q("text:bookmark-start")):
        typed = SECTIONS.get(mark.get(q("text:name")).removeprefix("sec_"), [])
        host = mark.getparent().getnext()
        if typed:
            host.remove(host.find(q("text:placeholder")))
        at = host
        for kind, text in typed:
            made = _typed(kind, text)
            if made.tag == at.tag == q("text:list"):
                at.extend(made)
            else:
                at.addnext(made)
                at = made
    parts[info] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    return buffer.getvalue()


LABELS = {
    "titre": "Titre de votre texte", "auteurs": "Auteurs", "date": "Date du texte", "diffusion": "Diffusion",
    "articles": "Articles invoqués", "pseudonymes": "Prénoms inventés", "accord": "Accord des enfants",
    "anonymat": "Anonymat",
}  # fmt: skip


def _typed(kind: str, text: str) -> Any:
    if kind == "h":
        made = etree.Element(q("text:h"))
        made.set(q("text:outline-level"), "2")
        made.text = text
        return made
    made = etree.Element(q("text:p"))
    if kind == "b":
        span = etree.SubElement(made, q("text:span"))
        span.set(q("text:style-name"), "TB")
        span.text = text
    else:
        made.text = text
    if kind == "l":
        listed = etree.Element(q("text:list"))
        listed.set(q("text:style-name"), "LOwn")
        etree.SubElement(listed, q("text:list-item")).append(made)
        return listed
    return made


def _fill_cell(cell: Any, text: str | bool) -> None:
    control, prompt = cell.find(f".//{q('loext:content-control')}"), cell.find(f".//{q('text:placeholder')}")
    if text is True:
        control.set(q("loext:checked"), "true")
        control.text = TICKED
    elif control is not None and text:
        control.attrib.pop(q("loext:showing-place-holder"), None)
        for span in control.findall(q("text:span")):
            control.remove(span)
        items = control.findall(q("loext:list-item"))
        if items:
            items[-1].tail = str(text)
        else:
            control.text = str(text)
    elif text:
        host = cell.find(q("text:p"))
        if prompt is not None:
            host.remove(prompt)
        host.text = str(text)


def still_prompts(data: bytes) -> bytes:
    """The file with every control said to show its prompt, whatever is in it."""
    parts = unpack(data)
    if "content.xml" not in parts:
        return _changed(data, lambda root: [_say_prompt(one) for one in root.iter(q("w:sdtPr"))])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            old, new = b"<loext:content-control ", b'<loext:content-control loext:showing-place-holder="true" '
            already = content.replace(b'loext:showing-place-holder="true" ', b"")
            package.writestr(name, already.replace(old, new) if name == "content.xml" else content)
    return buffer.getvalue()


def _say_prompt(properties: Any) -> None:
    if properties.find(q("w:showingPlcHdr")) is None:
        properties.insert(0, etree.Element(q("w:showingPlcHdr")))


def retitled(data: bytes, old: str, new: str) -> bytes:
    """The Word file with one of its lines written otherwise."""

    def change(root: Any) -> None:
        for text in root.iter(q("w:t")):
            if text.text == old:
                text.text = new

    return _changed(data, change)


def with_table_row(data: bytes, label: str, text: str) -> bytes:
    """The Word file with a row of the person's own under the card."""

    def change(root: Any) -> None:
        table = next(root.iter(q("w:tbl")))
        row = copy.deepcopy(list(table.iter(q("w:tr")))[-1])
        for cell, said in zip(row.iter(q("w:tc")), (label, text), strict=True):
            for paragraph in cell.iter(q("w:p")):
                for child in list(paragraph):
                    paragraph.remove(child)
                paragraph.append(_run(said))
        table.append(row)

    return _changed(data, change)


def flattened(data: bytes) -> bytes:
    """The Word file without controls, bookmarks or styles, its headings in bold alone."""

    def change(root: Any) -> None:
        for sdt in list(root.iter(q("w:sdt"))):
            for child in list(sdt.find(q("w:sdtContent"))):
                sdt.addprevious(child)
            sdt.getparent().remove(sdt)
        for style in list(root.iter(q("w:pStyle"))):
            if style.get(q("w:val")).startswith("Heading"):
                for run in style.getparent().getparent().iter(q("w:r")):
                    look = etree.Element(q("w:rPr"))
                    etree.SubElement(look, q("w:b"))
                    run.insert(0, look)
        names = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:tblHeader", "w:bookmarkStart", "w:bookmarkEnd")
        for mark in list(root.iter(*map(q, names))):
            mark.getparent().remove(mark)

    return _changed(data, change)


def with_blocks(data: bytes, after: str, *blocks: str) -> bytes:
    """The Word file with these blocks of XML behind the paragraph that holds these words."""
    made = etree.fromstring(f"<w:r {word_files.W} {word_files.OTHERS}>{''.join(blocks)}</w:r>")

    def change(root: Any) -> None:
        at = next(p for p in root.iter(q("w:p")) if after in "".join(p.itertext()))
        for block in reversed(list(made)):
            at.addnext(block)

    return _changed(data, change)


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"\w+", text)
