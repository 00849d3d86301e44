"""The order of the stages; the only file that knows it.

read → parse → check → merge → (render, cite, assemble) = layout → export. Everything that is kept between
two builds, in build/cache or by `make watch`, is a result that could be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rapport import bibliography, images, layout, manifest, outline, pages, parse, read, rules
from rapport.cache import Cache
from rapport.check import check
from rapport.check.known import Known
from rapport.cite import cite
from rapport.images import Image
from rapport.merge import Refused, merge
from rapport.model import (
    Association,
    Body,
    Contribution,
    Diagnostic,
    Document,
    Draft,
    Edition,
    Outline,
    Reference,
    Report,
    Severity,
    Source,
    Span,
)
from rapport.names import nearest

Progress = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Examined:
    """The project as read and checked; without an outline nothing further can be done."""

    sources: Mapping[str, Source]
    outline: Outline | None
    associations: Mapping[str, Association]
    references: tuple[Reference, ...]
    drafts: tuple[Draft, ...]
    accepted: tuple[Contribution, ...]
    refused: tuple[Refused, ...]
    images: Mapping[str, Image]
    templates: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]

    def open(self, severity: Severity) -> int:
        """How many diagnostics of this severity are open."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.rule.severity is severity)


def silent(step: str, **facts: object) -> None:
    """The progress of a build that nobody watches."""


def open_cache(root: Path) -> Cache:
    """The cache of a project, for this very version of the program."""
    return Cache(root / "build" / "cache", manifest.program())


def examine(root: Path, cache: Cache, progress: Progress = silent) -> Examined:
    """Read, parse and check everything that was sent."""
    progress("read")
    project = read.read(root)
    found = list(project.diagnostics)
    plan, problems = outline.read_outline(project.outline) if project.outline else (None, ())
    found += problems
    associations = _associations(project, found)
    references, problems = bibliography.read(project.bibliography, cache) if project.bibliography else ((), ())
    found += problems
    if plan is None:
        return Examined(
            project.sources, None, associations, references, (), (), (), {}, project.templates, tuple(found)
        )
    found += outline.unknown_associations(plan, associations)
    progress("parse", count=len(project.contributions))
    drafts = parse.parse(project.contributions, cache)
    progress("check")
    pictures = images.load(root, _image_paths(drafts), cache)
    known = _known(plan, associations, references, pictures, drafts)
    damaged = {d.span.path for d in project.diagnostics if d.rule.severity is Severity.ERROR}
    accepted, refused = [], []
    for draft in drafts:
        contribution, problems = check(draft, known)
        found += problems
        if contribution and draft.source.path not in damaged:
            accepted.append(contribution)
        else:
            refused.append(Refused(draft.association, draft.theme, draft.source.path))
    return Examined(
        project.sources, plan, associations, references, drafts, tuple(accepted), tuple(refused), pictures,
        project.templates, tuple(found),
    )  # fmt: skip


def _associations(project: read.Project, found: list[Diagnostic]) -> dict[str, Association]:
    associations = {}
    for source in project.associations:
        association, problems = outline.read_association(source)
        found += problems
        if association:
            associations[association.id] = association
    return associations


def _image_paths(drafts: tuple[Draft, ...]) -> list[str]:
    places = (images.place(draft.source.path, find.value) for draft in drafts for find in draft.body.all("image"))
    return [path for path in places if path]


def _known(
    plan: Outline, associations: Mapping[str, Association], references: tuple[Reference, ...],
    pictures: Mapping[str, Image], drafts: tuple[Draft, ...],
) -> Known:  # fmt: skip
    paths: dict[tuple[str, str], tuple[str, ...]] = {}
    for draft in drafts:
        identity = (draft.association, draft.theme)
        paths[identity] = (*paths.get(identity, ()), draft.source.path)
    themes = {theme.id: theme for theme in plan.themes}
    return Known(plan, themes, associations, {r.key.value: r.key.span for r in references}, pictures, paths)


def lay_out(
    examined: Examined, edition: Edition, cache: Cache, language: str = "fr"
) -> tuple[Report | None, Document | None, tuple[Diagnostic, ...]]:
    """Merge what was accepted and lay it out, or say which template stands in the way."""
    if examined.outline is None:
        return None, None, ()
    report = merge(
        examined.outline, examined.associations, examined.accepted, examined.refused, examined.images, edition
    )
    rendered, problems = pages.render(report, examined.templates, language)
    if rendered is None:
        return report, None, problems
    citing = [block.node for block in report.blocks if block.cites]
    with ThreadPoolExecutor(1) as beside:  # citeproc does not wait for the templates, which rarely cite
        written = beside.submit(cite, citing, examined.references, language, cache)
        (body,) = parse.read_bodies([parse.Text("chapters", rendered.text)], cache)
        problems = tuple(_template_problems(rendered, body, examined.references))
        citations = written.result()
    if problems:
        return report, None, problems
    if own := [passage.node for passage in body.passages if passage.cites]:
        citations = cite([*own, *citing], examined.references, language, cache)
    return report, layout.assemble(report, rendered, body, citations, language), ()


def _template_problems(rendered: pages.Pages, body: Body, references: tuple[Reference, ...]) -> Iterator[Diagnostic]:
    """What the editor's own prose may not hold either: code, keys in no bibliography, blocks left open."""
    keys = {reference.key.value for reference in references}
    read = rendered.passages(body)
    unread = [page.index for page in rendered.all if page.index not in read]
    if unread:  # a fence left open has swallowed the pages after it
        culprit = rendered.all[max(unread[0] - 1, 0)].template
        yield Diagnostic(rules.TEMPLATE_ERROR, Span(culprit), {"reason": "```"})
    for find in body.finds:
        span = Span(rendered.template_at(find.span.line))
        if find.kind == "raw":
            yield Diagnostic(rules.RAW_CONTENT, span, {"text": find.value})
        elif find.kind == "warning":
            yield Diagnostic(rules.TEMPLATE_ERROR, span, {"reason": find.detail})
        elif find.kind == "citation" and find.value not in keys:
            yield Diagnostic(rules.UNKNOWN_CITATION, span, {"key": find.value, "nearest": nearest(find.value, keys)})
