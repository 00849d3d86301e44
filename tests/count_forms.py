"""The tables of figures of a form, filled in as people do it, and the dictionary that they are of. All is invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from rapport.figures import INDICATORS
from rapport.forms.count_table import KEY
from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q

DICTIONARY = """
seuils:
  - {valeur: 5, depuis: 2014-07-25, source: un essai}
dimensions:
  - id: forme
    nom: Forme
    nom_en: Form
    valeurs:
      - {id: travail-force, nom: Travail forcé, nom_en: Forced labour}
      - {id: mendicite, nom: Mendicité forcée, nom_en: Forced begging}
      - {id: autre, nom: Autre forme, nom_en: Another form}
  - id: age
    nom: Âge
    nom_en: Age
    valeurs:
      - {id: 0-12, nom: de 0 à 12 ans, nom_en: 0 to 12}
      - {id: 13-17, nom: de 13 à 17 ans, nom_en: 13 to 17}
indicateurs:
  - id: essai
    version: 2
    date: 2014-10-01
    compte: Mineurs d'un essai
    compte_en: Minors of a trial
    qui: mineurs
    unite: personne
    moment: repere
    age: moins de 18 ans
    age_en: under 18
    debut: 2013-01-01
    fin: 2013-12-31
    dimensions: [forme, age]
    question: Combien de mineurs inventés ?
    question_en: How many invented minors?
    seuil: 5
    chevauchement: inconnu
  - id: en-tout
    version: 1
    date: 2014-10-01
    compte: Situations d'un essai
    compte_en: Situations of a trial
    qui: mineurs
    unite: situation
    moment: repere
    age: moins de 18 ans
    age_en: under 18
    debut: 2013-01-01
    fin: 2013-12-31
    question: Combien de situations inventées ?
    question_en: How many invented situations?
    seuil: 5
    chevauchement: inconnu
"""
SAID = {
    "Source": "registre inventé ; fiches", "Méthode": "dossiers comptés", "Jour": "3 octobre 2014",
    "Contact": "service inventé",
}  # fmt: skip
ROW = {"Mendicité forcée": ["7812", "<5"]}
Table = Any


def with_dictionary(project: Path) -> Path:
    (project / INDICATORS).write_text(DICTIONARY, encoding="utf-8")
    return project


def fill_counts(form: bytes, said: Mapping[str, str] = SAID, rows: Mapping[str, list[str]] = ROW) -> bytes:
    """A Word or OpenDocument form with these answers beside the labels that begin so, in each table of figures."""

    def fill(cells: list[Any]) -> None:
        label = "".join(cells[0].itertext()).strip()
        for begins, typed in ({name: [text] for name, text in said.items()} | dict(rows)).items():
            if label.startswith(begins):
                for cell, text in zip(cells[1:], typed, strict=False):
                    type_into(cell, text)

    return changed(form, lambda table: [fill(cells_of(row)) for row in rows_of(table)])


def changed(form: bytes, change: Callable[[Table], object]) -> bytes:
    """A form with each of its tables of figures changed."""
    if b"word/document.xml" in form:
        parts = unpack(form)
        parts["word/document.xml"] = _changed(parts["word/document.xml"], change)
        return pack(parts)
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        odt = {info: package.read(info) for info in package.infolist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for info, content in odt.items():
            package.writestr(info, _changed(content, change) if info.filename == "content.xml" else content)
    return buffer.getvalue()


def _changed(content: bytes, change: Callable[[Table], object]) -> bytes:
    root = etree.fromstring(content)
    for table in [*root.iter(q("w:tbl")), *root.iter(q("table:table"))]:
        if KEY.search(re.sub(r"\s+", " ", " ".join(rows_of(table)[0].itertext()))):
            change(table)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def rows_of(table: Table) -> list[Any]:
    return [*table.iter(q("w:tr")), *table.iter(q("table:table-row"))]


def cells_of(row: Any) -> list[Any]:
    return [*row.iter(q("w:tc")), *row.iter(q("table:table-cell"))]


def type_into(cell: Any, text: str) -> None:
    """Words typed into an empty cell, or behind what stands in it."""
    if cell.tag == q("table:table-cell"):
        host = cell.find(q("text:p"))
        host.text = (host.text or "") + text
        return
    run = etree.SubElement(cell.find(q("w:p")), q("w:r"))
    etree.SubElement(run, q("w:t")).text = text
