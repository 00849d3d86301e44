"""The texts that a writer was found to break down at: remembered by their content, refused until it changes.

A build finds them (`rapport.halving`); every later verb knows them, and nothing is halved again for the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from rapport import rules
from rapport.model import Contribution, Diagnostic, Source, Span
from rapport.project.images import Image
from rapport.project.read import CONTRIBUTIONS
from rapport.report.writer_failure import LAYOUT
from rapport.storage.cache import Cache, digest

KIND = "stopping-texts"


def known_culprits(
    accepted: Sequence[Contribution], sources: Mapping[str, Source], images: Mapping[str, Image], cache: Cache
) -> Mapping[str, str]:
    """The writer that breaks down at each of these texts, by the text's path; one read of the cache where none does."""
    _, stored = cache.get(KIND)
    if stored is None:
        return {}
    writers: dict[str, str] = json.loads(stored)
    known = ((one.path, writers.get(_content(one.path, sources, images))) for one in accepted)
    return {path: writer for path, writer in known if writer}


def record_culprits(
    writers: Mapping[str, str], sources: Mapping[str, Source], images: Mapping[str, Image], cache: Cache
) -> None:
    """Keep which writer breaks down at which texts, by their paths; what was kept before is added to."""
    place, stored = cache.get(KIND)
    kept = json.loads(stored) if stored else {}
    kept |= {_content(path, sources, images): writer for path, writer in writers.items()}
    cache.put(place, json.dumps(kept).encode())


def _content(path: str, sources: Mapping[str, Source], images: Mapping[str, Image]) -> str:
    """A digest of a text and of what is printed with it: its association's other files, and the editor's."""
    own = path.rpartition("/")[0] + "/"
    beside = [
        source
        for name, source in sorted(sources.items())
        if not name.startswith(f"{CONTRIBUTIONS}/") or (name.startswith(own) and not name.endswith(".md"))
    ]
    pictures = [image.content for name, image in sorted(images.items()) if name.startswith(own)]
    return digest(path, sources[path].text, *(part for s in beside for part in (s.path, s.text)), *pictures)


def diagnostics(writers: Mapping[str, str]) -> Iterator[Diagnostic]:
    """F14 for each text that a writer breaks down at."""
    for path, writer in writers.items():
        outputs = "DOCX, PDF, HTML" if writer == LAYOUT else writer.upper()
        yield Diagnostic(rules.STOPS_THE_REPORT, Span(path), {"outputs": outputs})
