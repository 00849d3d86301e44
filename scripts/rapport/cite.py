"""cite: every citation of the report, written out by citeproc in the report's style, and the list of what is cited.

Citeproc walks a whole document several times; it is given a skeleton instead, one paragraph for each different
citation. That is right for styles whose citations do not depend on where they stand, as ours do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from rapport import pandoc, tree
from rapport.cache import Cache
from rapport.model import Node, Reference
from rapport.names import plain

STYLES = Path(__file__).parent / "export"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


class Citations:
    """The citations of one report: written out once, then put in place block by block."""

    def __init__(self, written: Mapping[bytes, list[Node]], bibliography: Sequence[Node]) -> None:
        self.written, self.bibliography = written, tuple(bibliography)

    def place(self, node: Any) -> Any:
        """A copy of a value in which every citation reads as the style has it."""
        return tree.rewrite(node, self._written)

    def _written(self, node: Node) -> Node | None:
        if node["t"] != "Cite":
            return None
        return {"t": "Cite", "c": [node["c"][0], self.written[_key(node)]]}


def cite(nodes: Iterable[Any], references: Sequence[Reference], language: str, cache: Cache) -> Citations:
    """Write out the citations found under these values; every key must be in the references."""
    clusters = {_key(n): n for value in nodes for n in _cites(value)}
    if not clusters:
        return Citations({}, ())
    cited = {c["citationId"] for n in clusters.values() for c in n["c"][0]}
    items = sorted((reference.item for reference in references if reference.key.value in cited), key=_heading)
    blocks = _written([_all(items), *clusters.values()], items, language, cache)[1:]
    inlines = [block["c"][0]["c"][1] for block in blocks[: len(clusters)]]
    return Citations(dict(zip(clusters, inlines, strict=True)), blocks[len(clusters) :])


def _heading(item: Mapping[str, Any]) -> tuple[str, list[Any], str]:
    """What an entry is listed by: who made it or its name, its date, its title; accents and case do not count."""
    makers = item.get("author") or item.get("editor") or [{"literal": item.get("title-short") or item.get("title", "")}]
    names = " ".join(maker.get("literal") or f"{maker.get('family', '')} {maker.get('given', '')}" for maker in makers)
    name, title = (plain(text.replace(".", "")) for text in (names, item.get("title", "")))
    return name, item.get("issued", {}).get("date-parts", []), title


def _all(items: Sequence[Mapping[str, Any]]) -> Node:
    """One citation of every entry, before all others: citeproc lists entries in the order in which they are cited.

    Were it asked to sort them, it would load the order of every alphabet, which takes longer than all the rest.
    """
    manner = {"citationPrefix": [], "citationSuffix": [], "citationMode": {"t": "NormalCitation"}}
    number = {"citationNoteNum": 0, "citationHash": 0}
    return {"t": "Cite", "c": [[{"citationId": item["id"], **manner, **number} for item in items], []]}


def _cites(value: Any) -> Iterable[Node]:
    """Citations, and those inside their prefixes and notes, which citeproc reaches through them."""
    return (node for node in tree.walk(value) if node["t"] == "Cite")


def _key(node: Node) -> bytes:
    """What makes two citations the same: their keys, words and manner, not their place in a text."""
    return orjson.dumps([{**c, "citationNoteNum": 0, "citationHash": 0} for c in node["c"][0]])


def _written(clusters: list[Node], items: list[Any], language: str, cache: Cache) -> list[Node]:
    style = (STYLES / f"references-{language}.csl").read_bytes()
    document = orjson.dumps({
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "lang": {"t": "MetaInlines", "c": [{"t": "Str", "c": LOCALES[language]}]},
            "link-citations": {"t": "MetaBool", "c": True},
        },
        "blocks": [tree.para([cluster]) for cluster in clusters],
    })  # fmt: skip
    entries = orjson.dumps(items)
    place, stored = cache.get("citations", document, entries, style)
    if stored is None:
        with TemporaryDirectory() as folder:  # names of our own: what pandoc opens is what we wrote
            Path(folder, "entries.json").write_bytes(entries)
            Path(folder, "style.csl").write_bytes(style)
            options = ["--from=json", "--to=json", "--citeproc", "--bibliography=entries.json", "--csl=style.csl"]
            stored = pandoc.run(options, document, seconds=120, folder=Path(folder))
        cache.put(place, stored)
    blocks: list[Node] = orjson.loads(stored)["blocks"]
    return blocks
