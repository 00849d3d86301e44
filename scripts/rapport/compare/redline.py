"""The files of a comparison: a Word file with tracked changes, a page of the web, a page for each association."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from rapport.compare.confidential import without_confidential
from rapport.compare.digest import as_document, as_page, digests
from rapport.compare.document import compare_documents
from rapport.compare.files import as_docx, as_html
from rapport.compare.states import ReportState
from rapport.diff.inlines import ChangeMarker
from rapport.examination.opening import open_cache
from rapport.messages import redline
from rapport.model import Meta
from rapport.output.export import Export
from rapport.safeguarding.outgoing import Outgoing, open_door

FOLDER = "build/comparaison"


def comparison_door(old: ReportState, new: ReportState, language: str) -> Outgoing:
    """The door for what says the words of two states: what was found in either is masked."""
    found = {
        f"{at}:{path}": seen for at, state in enumerate((old, new)) for path, seen in state.examined.guarded.items()
    }
    door = open_door(new.examined.world, found, [*old.examined.drafts, *new.examined.drafts], language)
    return replace(door, known_names=door.known_names | {old.name, new.name})


def comparison_files(
    root: Path, old: ReportState, new: ReportState, door: Outgoing, language: str
) -> Mapping[str, bytes]:
    """Every file of a comparison by its path; nothing that either state holds confidential is in them."""
    old, new = without_confidential(old, new)
    name = f"{FOLDER}/{old.slug}-{new.slug}"
    meta = new.document.meta
    header = redline("header", language, old=old.name, new=new.name)
    by = change_marker(meta, language)
    document = compare_documents(old.document, new.document, by, header)
    images, reference = stage_files(root, old, new)
    files = {
        f"{name}/comparaison.docx": as_docx(document, new.document, images, reference),
        f"{name}/comparaison.html": as_html(document, images, language),
    }
    for association, digest in digests(old, new, language).items():
        page = as_document(digest, meta, by, language)
        files[f"{name}/associations/{association}.txt"] = as_page(digest, by, door, language)
        files[f"{name}/associations/{association}.docx"] = as_docx(page, page, images, reference)
    return files


def change_marker(meta: Meta, language: str) -> ChangeMarker:
    """In whose name changes are tracked, on the report's own date."""
    names = {"Table": meta.strings["table"], "Figure": meta.strings["figure"]}
    return ChangeMarker(redline("author", language), f"{meta.date}T00:00:00Z", redline("counter", language), names)


def stage_files(root: Path, *states: ReportState) -> tuple[Path, Path]:
    """The folder of the pictures of these states, and the reference document, put where the exporters look for them."""
    with closing(Export(root, open_cache(root), None)) as export:  # type: ignore[arg-type]  # no PDF is made
        images = root / "build" / "staging" / "images"
        for state in states:  # one after the other: two pictures may have one path
            export.stage(state.examined.images, images)
        return images, export.reference("fr")
