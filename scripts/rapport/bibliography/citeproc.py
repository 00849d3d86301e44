"""cite: every citation of the report, written out by citeproc in the report's style, and the list of what is cited.

Citeproc walks a whole document several times; it is given a skeleton instead, one paragraph for each different
citation. That is right for styles whose citations do not depend on where they stand, as ours do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from rapport import tree
from rapport.bibliography.library import Library
from rapport.language.folding import fold_words
from rapport.markdown import pandoc
from rapport.model import CslItem, Node, Reference, Report
from rapport.storage.cache import Cache

STYLES = Path(__file__).parent
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
BRACKETS = re.compile(r"\[((?:[^\S\n]*-?@[\w-]+(?:,[^\[\];@*_`<]*)?;?)+)\]")
ONE = re.compile(r"\s*(?P<alone>-?)@(?P<key>[\w-]+)(?P<after>.*?)", re.DOTALL)


class Citations:
    """The citations of one report: written out once, then put in place block by block."""

    def __init__(self, written: Mapping[bytes, list[Node]], bibliography: Sequence[Node]) -> None:
        self.written, self.bibliography = written, tuple(bibliography)

    def place(self, node: Any) -> Any:
        """A copy of a value in which every citation reads as the style has it."""
        return tree.rewrite(node, self._cited)

    def settle(self, pages: Sequence[Sequence[Node]]) -> list[list[Node]]:
        """The pages of the report, in order, with what depends on the order; here nothing does."""
        return [list(page) for page in pages]

    def _cited(self, node: Node) -> Node | None:
        return tree.with_inlines(node, self.written[key_of(node)]) if tree.kind(node) == "Cite" else None


Clusters = Mapping[bytes, Node]
"""Different citations, by what makes them different."""


def clusters(nodes: Iterable[Any]) -> dict[bytes, Node]:
    """The different citations found under these values."""
    return {key_of(n): n for value in nodes for n in tree.find(value, "Cite")}


def predict_citations(text: str, keys: Mapping[str, str]) -> dict[bytes, Node]:
    """The different citations that pandoc will most likely find in the editor's pages; `keys` are the report's.

    So citeproc can begin while pandoc reads. Whoever uses it compares it with what was read in the end.
    """
    return clusters(_cite(match[1].split(";"), keys) for match in BRACKETS.finditer(text))


def _cite(typed: Sequence[str], keys: Mapping[str, str]) -> Node:
    found = [match for match in map(ONE.fullmatch, typed) if match]
    manner = ["SuppressAuthor" if match["alone"] else "NormalCitation" for match in found]
    return tree.cite([
        {"citationId": keys.get(match["key"], match["key"]), "citationPrefix": [], "citationMode": {"t": mode},
         "citationSuffix": tree.string(" ".join(match["after"].split()))}
        for match, mode in zip(found, manner, strict=True)
    ], [])  # fmt: skip


def cite(clusters: Clusters, references: Sequence[Reference], language: str, cache: Cache) -> Citations:
    """Write out these citations; every key must be in the references."""
    if not clusters:
        return Citations({}, ())
    citing = [citation_of_key(key) for key in clusters]
    cited = {key for cluster in clusters.values() for key in tree.cited_keys(cluster)}
    items = in_list_order(reference.item for reference in references if reference.key.value in cited)
    blocks = run_citeproc([citation_of_all(items), *citing], items, style(language), language, cache)[1:]
    inlines = [tree.inlines(tree.inlines(block)[0]) for block in blocks[: len(clusters)]]
    return Citations(dict(zip(clusters, inlines, strict=True)), blocks[len(clusters) :])


Write = Callable[[Clusters, Sequence[Reference], str, Cache], Citations]
"""What writes citations out: `cite`, or `cite_in_notes`."""


def citation_of_key(key: bytes) -> Node:
    """The citation that a key of `clusters` stands for."""
    return tree.cite(orjson.loads(key), [])


def in_list_order(items: Iterable[CslItem]) -> list[CslItem]:
    """Works in the order of the list of references."""
    return sorted(items, key=_heading)


class CitationRun:
    """The citations of one report, on which citeproc is at work while pandoc reads the editor's pages."""

    def __init__(self, library: Library, language: str, cache: Cache, write: Write = cite) -> None:
        self.library, self.language, self.cache, self.write = library, language, cache, write
        self.of_texts: Clusters = {}
        self.foretold = Citations({}, ())

    def begin(self, report: Report, pages: str) -> None:
        """Cite what the texts cite, and what the pages most likely do."""
        self.of_texts = clusters(block.node for block in (*report.blocks, *report.english_keys.values()) if block.cites)
        self.foretold = self.finish(predict_citations(pages, self.library.changed_keys("")))

    def __call__(self, pages: Iterable[Any]) -> Citations:
        """The citations of the report, with those of its pages as pandoc read them."""
        found = clusters(pages)
        return self.foretold if list({**found, **self.of_texts}) == list(self.foretold.written) else self.finish(found)

    def finish(self, of_pages: Clusters) -> Citations:
        """Every citation and the list of works, written by citeproc or found in the cache."""
        return self.write({**of_pages, **self.of_texts}, self.library.references, self.language, self.cache)


def _heading(item: CslItem) -> tuple[str, list[Any], str]:
    """What an entry is listed by: who made it or its name, its date, its title; accents and case do not count."""
    makers = item.get("author") or item.get("editor") or [{"literal": item.get("title-short") or item.get("title", "")}]
    names = " ".join(maker.get("literal") or f"{maker.get('family', '')} {maker.get('given', '')}" for maker in makers)
    name, title = (fold_words(text.replace(".", "")) for text in (names, item.get("title", "")))
    return name, item.get("issued", {}).get("date-parts", []), title


def citation_of_all(items: Sequence[CslItem]) -> Node:
    """One citation of every entry, before all others: citeproc lists entries in the order in which they are cited.

    Were it asked to sort them, it would load the order of every alphabet, which takes longer than all the rest.
    """
    manner = {"citationPrefix": [], "citationSuffix": [], "citationMode": {"t": "NormalCitation"}}
    number = {"citationNoteNum": 0, "citationHash": 0}
    return tree.cite([{"citationId": item["id"], **manner, **number} for item in items], [])


def key_of(node: Node) -> bytes:
    """What makes two citations the same: their keys, words and manner, not their place in a text."""
    citations = [{**c, "citationNoteNum": 0, "citationHash": 0} for c in tree.citations(node)]
    return orjson.dumps(citations, option=orjson.OPT_SORT_KEYS)


def style(language: str) -> bytes:
    """The style of a language's references, author and date."""
    return (STYLES / f"references-{language}.csl").read_bytes()


def run_citeproc(clusters: list[Node], items: list[Any], style: bytes, language: str, cache: Cache) -> list[Node]:
    """A paragraph for each of these citations, and the list of what they cite, as citeproc writes them in a style."""
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
