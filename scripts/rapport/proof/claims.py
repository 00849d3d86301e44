"""The claims printed about the outputs, each tied to the comparisons that prove it: it falls with any of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

FORMATS = ("docx", "pdf", "html")
LAYOUT = "document"
"""Stands for the path of an output where the document itself was compared with what was accepted."""

CLAIMS: Mapping[str, tuple[Collection[str], Collection[str]]] = {
    "whole": (("layout",), ("text", "notes", "pictures")),
    "nothing-else": (("left-over",), ("text", "notes", "running-heads", "hidden", "withheld")),
    "agree": ((), ("text", "contents", "titles", "links", "structure")),
    "apart": ((), ("withheld",)),
    "silent": ((), ("properties", "pictures", "language")),
    "recounted": (("received",), ("text", "notes")),
}
"""The claims of the certificate and of the screen: what has to hold of the document, and of each of its outputs."""


def proved_claims(compared: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The claims that hold; `compared` is what was compared and found equal, by the path of an output or `LAYOUT`."""
    made = {path.rpartition(".")[2]: done for path, done in compared.items()}
    return frozenset(
        name
        for name, (layout, output) in CLAIMS.items()
        if set(layout) <= set(made.get(LAYOUT, ())) and all(set(output) <= set(made.get(one, ())) for one in FORMATS)
    )
