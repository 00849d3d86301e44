"""`rapport redline`: two states of the report compared: a Word file, a page of the web, a page for each association."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from rapport.arguments import USAGE, Stop, Terminal
from rapport.cache import write_atomically
from rapport.drafts import map as drafts_map
from rapport.export.outputs import Export
from rapport.lock import locked
from rapport.messages import redline
from rapport.model import Meta
from rapport.opening import open_cache
from rapport.redline.digest import as_document, as_page, digests
from rapport.redline.document import compared
from rapport.redline.files import as_docx, as_html
from rapport.redline.inlines import Hand
from rapport.redline.states import State, state

FOLDER = "build/comparaison"


def verb(options: Any, terminal: Terminal) -> int:
    """Compare what FROM and TO say; without them, the last draft frozen and the texts of today."""
    root, language = options.root, options.lang
    with terminal.progress(language) as progress, locked(root):
        first = options.first or _last(root, language)
        cache = open_cache(root)
        progress("redline")
        old, new = (state(root, typed, cache, language) for typed in (first, options.second))
        files = redlined(root, old, new, language)
        for path, content in files.items():
            write_atomically(root / path, content)
    for path in files:
        if "/associations/" not in path:
            terminal.show(redline("written", language, path=path))
    pages = sorted({str(Path(path).parent) for path in files if "/associations/" in path})
    for path in pages:
        terminal.show(redline("pages", language, path=path))
    return 0


def redlined(root: Path, old: State, new: State, language: str) -> Mapping[str, bytes]:
    """Every file of a comparison by its path."""
    name = f"{FOLDER}/{old.slug}-{new.slug}"
    meta = new.document.meta
    header = redline("header", language, old=old.name, new=new.name)
    by = hand(meta, language)
    document = compared(old.document, new.document, by, header)
    images, reference = staged(root, old, new)
    files = {
        f"{name}/comparaison.docx": as_docx(document, new.document, images, reference),
        f"{name}/comparaison.html": as_html(document, images, language),
    }
    for association, digest in digests(old, new, language).items():
        page = as_document(digest, meta, by, language)
        files[f"{name}/associations/{association}.txt"] = as_page(digest, by, language)
        files[f"{name}/associations/{association}.docx"] = as_docx(page, page, images, reference)
    return files


def hand(meta: Meta, language: str) -> Hand:
    """In whose name changes are tracked, on the report's own date."""
    names = {"Table": meta.strings["table"], "Figure": meta.strings["figure"]}
    return Hand(redline("author", language), f"{meta.date}T00:00:00Z", redline("counter", language), names)


def staged(root: Path, *states: State) -> tuple[Path, Path]:
    """The folder of the pictures of these states, and the reference document, put where the exporters look for them."""
    with closing(Export(root, open_cache(root), None)) as export:  # type: ignore[arg-type]  # no PDF is made
        images = root / "build" / "staging" / "images"
        for state in states:  # one after the other: two pictures may have one path
            export.stage(state.examined.images, images)
        return images, export.reference("fr")


def _last(root: Path, language: str) -> str:
    numbers = drafts_map.numbers(root)
    if not numbers:
        raise Stop(redline("no-draft", language), USAGE)
    return str(numbers[-1])
