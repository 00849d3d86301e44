"""The document as a Word file: pandoc writes a draft of it, then what pandoc cannot say is put in."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import orjson
from msgspec import Struct

from rapport.markdown import pandoc
from rapport.model import Document, Meta
from rapport.office.archive import pack, unpack
from rapport.output.docx.blocks import adapt
from rapport.output.docx.charts import SVG, with_charts
from rapport.output.docx.contents import table_of_contents
from rapport.output.docx.headings import headings
from rapport.output.docx.large_print import enlarged_parts
from rapport.output.docx.repairs import mend
from rapport.project.images import still_picture

API_VERSION = [1, 23, 1]
HEAP = "-M1G"
SECONDS = 120

ARGUMENTS = (
    "--from=json", "--to=docx", "--output=-", "--reference-doc=reference.docx", "--data-dir=.",
    "--syntax-highlighting=none", "--fail-if-warnings",
)  # fmt: skip


class DocxSource(Struct, frozen=True):
    """A document as pandoc is given it, in JSON, and the names of the images it shows."""

    tree: bytes
    images: frozenset[str]


def lower(document: Document) -> DocxSource:
    """The first step, which needs neither images nor pandoc."""
    blocks, shown = adapt(document)
    return DocxSource(orjson.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}), shown)


def write(
    document: Document, images: Path, reference: Path, listed: Document | None = None, source: DocxSource | None = None
) -> bytes:  # fmt: skip
    """The file to hand out; `images` is where the staged images lie, `listed` whose titles the contents list.

    `source` is what `lower` made of the document, where whoever asks could do it sooner.
    """
    contents = table_of_contents(document.meta.strings["toc"], headings(listed or document))
    drafted = _as_pandoc_writes(source or lower(document), document.meta, images, reference)
    parts = mend(unpack(drafted), document.meta, contents)
    return pack(enlarged_parts(parts, document.meta.smallest) if document.meta.smallest else parts)


def _as_pandoc_writes(source: DocxSource, meta: Meta, images: Path, reference: Path) -> bytes:
    """Without table of contents, made in a fresh folder that holds the reference, the images shown, and no more."""
    shown = source.images
    with tempfile.TemporaryDirectory(prefix="rapport-") as folder:
        copyfile(reference, Path(folder, "reference.docx"))
        for name in shown:
            copyfile(images / name, Path(folder, name))
        environment = {"SOURCE_DATE_EPOCH": str(_epoch(meta)), "HOME": folder}
        draft = pandoc.run(ARGUMENTS, source.tree, SECONDS, Path(folder), environment, HEAP)
    drawn = [name for name in shown if name.endswith(SVG)]
    charts = {(images / still_picture(name)).read_bytes(): (images / name).read_bytes() for name in drawn}
    return pack(with_charts(unpack(draft), charts)) if charts else draft


def _epoch(meta: Meta) -> int:
    return int(datetime.fromisoformat(meta.date).replace(tzinfo=UTC).timestamp())
