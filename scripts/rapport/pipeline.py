"""The order of the stages; the only file that knows it.

read → parse → check → merge → (render, cite, assemble) = layout → export. Everything that is kept between
two builds, in build/cache or by `make watch`, is a result that could be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rapport import rules, tree
from rapport.bibliography import library
from rapport.bibliography.citeproc import Citing
from rapport.checks import check, protection
from rapport.checks.budget import Budget, accepted_drafts, budget, too_long
from rapport.checks.known import RuleContext
from rapport.checks.together import check_together
from rapport.language.names import nearest
from rapport.markdown import parse
from rapport.model import (
    Acronym,
    Association,
    Body,
    Contribution,
    Diagnostic,
    Document,
    Draft,
    Edition,
    Library,
    Outline,
    Reference,
    Report,
    Severity,
    Source,
    Span,
)
from rapport.opening import OpenedProject, open_project
from rapport.project import agreements as agreed
from rapport.project import images, outline, read
from rapport.project.glossary import gathered, read_glossary, spoken_of
from rapport.project.images import Image
from rapport.proof.forbidden import forbidden
from rapport.proof.proof import Proof
from rapport.report import templates as pages
from rapport.report.assemble import assemble
from rapport.report.bilingual_templates import SUMMARY_EN, unlike, untranslated
from rapport.report.cross_references import unknown_places
from rapport.report.merge import Refused, merge, nodes
from rapport.report.summary import no_english_summary
from rapport.safeguarding import guard as guarding
from rapport.safeguarding.english import guard_english, spoken
from rapport.safeguarding.register import lapsed, read_register
from rapport.storage.cache import Cache
from rapport.translation.checks import check_edition, held
from rapport.translation.english import translate
from rapport.translation.fitting import LANGUAGE as ENGLISH
from rapport.translation.texts import Translation, gather
from rapport.tree import anchors

Progress = Callable[..., None]
Meanwhile = Callable[[Report, str], None]
BESIDE = (".yaml", ".md.j2")  # the files whose own words are printed beside the contributions
ENGLISH_PAGES = (f"{read.TEMPLATES_EN}/", SUMMARY_EN)
"""Where the paths of what the editor writes in English begin."""


@dataclass(frozen=True, slots=True)
class Examined:
    """The project as read and checked; without an outline nothing further can be done."""

    sources: Mapping[str, Source]
    outline: Outline | None
    associations: Mapping[str, Association]
    library: Library
    drafts: tuple[Draft, ...]
    accepted: tuple[Contribution, ...]
    refused: tuple[Refused, ...]
    images: Mapping[str, Image]
    templates: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]
    guarded: Mapping[str, guarding.Guarded] = field(default_factory=dict)
    acronyms: tuple[Acronym, ...] = ()
    budget: Budget | None = None
    translations: tuple[Translation, ...] = ()
    in_translations: tuple[Diagnostic, ...] = ()  # what the English edition alone is held to
    agreements: agreed.Agreements = field(default_factory=agreed.Agreements)

    def open(self, severity: Severity) -> int:
        """How many diagnostics of this severity are open."""
        return sum(1 for diagnostic in self.diagnostics if diagnostic.rule.severity is severity)


def silent(step: str, **facts: object) -> None:
    """The progress of a build that nobody watches."""


def examine(root: Path, cache: Cache, progress: Progress = silent, opened: OpenedProject | None = None) -> Examined:
    """Read, parse and check everything that was sent; what was `opened` is not read again."""
    progress("read")
    opened = opened or open_project(root, cache)
    project = opened.project
    found = list(project.diagnostics)
    plan, problems = outline.read_outline(project.outline) if project.outline else (None, ())
    found += problems
    associations = _associations(project, found)
    works = _library(opened, found)
    if plan is None:
        return Examined(project.sources, None, associations, works, (), (), (), {}, project.templates, tuple(found))
    found += outline.unknown_associations(plan, associations)
    found += no_english_summary(project.templates)
    progress("parse", count=len(project.contributions))
    register, problems = read_register(project.register)
    found += problems
    verified, problems = read_glossary(project.glossary)
    found += problems
    agreements, problems = agreed.read_agreements(project.agreements)
    found += problems
    acronyms = gathered(verified, associations.values(), plan)
    world = guarding.known_world(
        project.outline, plan.identity.contact, associations, _of_the_editor(works), register, cache
    )
    titles = guarding.testimony_titles(plan)
    read_so_far: list[Draft] = []
    pictures: dict[str, Image] = {}
    guarded: dict[str, guarding.Guarded] = {}
    for draft in opened.drafts:  # what is done with one text is done while pandoc reads the next
        read_so_far.append(draft)
        pictures |= images.load(root, _image_paths(draft), cache)
        guarded |= guarding.guard([draft], titles, world, cache)
    drafts = tuple(read_so_far)
    progress("check")
    if project.bibliography is None:
        works = library.any_key(works, drafts)
    sent = [reference for reference in works.references if reference.key.span.path in project.sources]
    listed = guarding.guard_works([r for r in sent if r.key.span.path != read.BIBLIOGRAPHY], project.sources, world)
    works = guarding.without_identifiers(works, listed, project.sources)
    for source in _printed_beside(project):
        seen = guarding.guard_prose(source, world, cache)
        english = source.path.startswith(ENGLISH_PAGES) or "lang=en" in source.text
        listed[source.path] = spoken(seen, "") if english else seen
    found += protection.elsewhere(listed, project.sources)
    guarded |= listed
    known = replace(
        _known(plan, associations, works, pictures, drafts, guarded),
        titles=titles,
        spoken_of=spoken_of(
            acronyms, associations, plan, works.references, (f.text for seen in guarded.values() for f in seen.findings)
        ),
        texts={draft.source.path: draft for draft in drafts},
        names=anchors.outline_names(plan.parts, [template.text for template in project.templates]),
    )
    damaged = {d.span.path for d in project.diagnostics if d.rule.severity is Severity.ERROR}
    accepted, refused = [], []
    for draft in drafts:
        contribution, problems = check(draft, known)
        found += problems
        if contribution and draft.source.path not in damaged:
            accepted.append(contribution)
        else:
            refused.append(Refused(draft.association, draft.theme, draft.source.path))
    translations = gather(project.translations, accepted, plan, cache)
    guarded |= guard_english([(one.whole(), one.french) for one in translations], titles, world, cache)
    found += lapsed(register, (seal for seen in guarded.values() for seal in seen.excepted))
    found += check_together(drafts, known, cache)
    found += agreed.lapsed(agreements, nodes(accepted, plan))
    counted = budget(accepted_drafts(drafts, (contribution.path for contribution in accepted)), known)
    found += too_long(counted, known)
    return Examined(
        project.sources, plan, associations, works, drafts, tuple(accepted), tuple(refused), pictures,
        project.templates, tuple(found), guarded, acronyms, counted,
        *held(translations, known, project.diagnostics), agreements,
    )  # fmt: skip


def in_english(examined: Examined, whole: bool = True) -> Examined:
    """The project with what is wrong in its translations, and (`whole`) what the English edition lacks, open too."""
    if examined.outline is None or not whole:
        return replace(examined, diagnostics=(*examined.diagnostics, *examined.in_translations))
    missing = untranslated([template.path for template in examined.templates])
    lacking = check_edition(examined.outline, missing, len(examined.accepted), examined.translations)
    return replace(examined, diagnostics=(*examined.diagnostics, *examined.in_translations, *lacking))


def _library(opened: OpenedProject, found: list[Diagnostic]) -> Library:
    """Every bibliography of the project, made into one."""
    references, problems = opened.works()
    found += problems
    shared, names = opened.project.bibliography, [name for name, _ in opened.project.own]
    own = dict(zip(names, references[1:] if shared else references, strict=True))
    works, problems = library.gather(references[0] if shared else (), own)
    found += problems
    return works


def _printed_beside(project: read.Project) -> list[Source]:
    """The outline, the templates and the associations' cards."""
    texts = [*([project.outline] if project.outline else []), *project.templates, *project.associations]
    return [*texts, *([agreed.printed_words(project.agreements)] if project.agreements else [])]


def _of_the_editor(works: Library) -> list[Reference]:
    """The works of bibliography.bib: the editor has read them; names in an association's sources.bib are not public."""
    return [reference for reference in works.references if reference.key.span.path == read.BIBLIOGRAPHY]


def _associations(project: read.Project, found: list[Diagnostic]) -> dict[str, Association]:
    associations: dict[str, Association] = {}
    cards: dict[str, str] = {}
    for source in project.associations:
        association, problems = outline.read_association(source)
        found += problems
        if association and association.id in associations:
            facts, first = {"id": association.id}, Span(cards[association.id])
            found.append(Diagnostic(rules.DUPLICATE_IDENTIFIER, Span(source.path), facts, (first,)))
        elif association:
            associations[association.id] = association
            cards[association.id] = source.path
    return associations


def _image_paths(draft: Draft) -> list[str]:
    places = (images.place(draft.source.path, find.value) for find in draft.body.all("image"))
    return [path for path in places if path]


def _known(
    plan: Outline, associations: Mapping[str, Association], works: Library,
    pictures: Mapping[str, Image], drafts: tuple[Draft, ...], guarded: Mapping[str, guarding.Guarded],
) -> RuleContext:  # fmt: skip
    paths: dict[tuple[str, str], tuple[str, ...]] = {}
    for draft in drafts:
        identity = (draft.association, draft.theme)
        paths[identity] = (*paths.get(identity, ()), draft.source.path)
    themes = {theme.id: theme for theme in plan.themes}
    return RuleContext(
        plan, themes, associations, works, pictures, paths, {r.key.value: r.item for r in works.references}, guarded
    )


def lay_out(
    examined: Examined, edition: Edition, cache: Cache, language: str = "fr"
) -> tuple[Report | None, Document | None, tuple[Diagnostic, ...]]:
    """Merge what was accepted and lay it out, or say which template stands in the way."""
    citing = Citing(examined.library, language, cache)
    report, rendered, body, problems = read_pages(examined, edition, cache, language, citing.ahead)
    if report is None or rendered is None or body is None or problems:
        return report, None, problems
    body = _with_keys(body, examined.library.renamed(""))
    citations = citing(passage.node for passage in body.passages if passage.cites)
    return report, assemble(report, rendered, body, citations, language), ()


def merged(examined: Examined, edition: Edition) -> Report:
    """What was accepted, as the report of this edition has it, in French and without anybody's reservations."""
    assert examined.outline is not None
    return merge(
        examined.outline, examined.associations, examined.accepted, examined.refused, examined.images, edition,
        examined.library, examined.acronyms,
    )  # fmt: skip


def read_pages(
    examined: Examined, edition: Edition, cache: Cache, language: str = "fr", meanwhile: Meanwhile = lambda *_: None
) -> tuple[Report | None, pages.Pages | None, Body | None, tuple[Diagnostic, ...]]:
    """The report merged, its pages rendered and read by pandoc, and what is wrong with them: enough for a check.

    `meanwhile` is given the report and the text of its pages while pandoc reads them.
    """
    if examined.outline is None:
        return None, None, None, ()
    if any(d.rule in protection.ERRORS and d.span.path.endswith(BESIDE) for d in examined.diagnostics):
        return None, None, None, ()  # what leads to a person is printed in no edition
    if language == ENGLISH and any(d.rule is rules.NO_ENGLISH_TEMPLATE for d in examined.diagnostics):
        return None, None, None, ()
    report = merged(examined, edition)
    french = report
    if language == ENGLISH:
        report = translate(report, examined.accepted, examined.translations, examined.library, examined.images)
    report = agreed.with_reservations(report, examined.agreements, language)
    rendered, problems = pages.render(report, examined.templates, language)
    if rendered is None:
        return report, None, None, problems
    reading = parse.read_bodies([parse.Text(f"{read.CHAPTERS}/", rendered.text)], cache)  # pandoc is at work from here
    meanwhile(report, rendered.text)
    (body,) = reading
    found = list(_template_problems(rendered, body, examined))
    problems = tuple(d for at, d in enumerate(found) if d not in found[:at])  # the template of themes prints many pages
    if language == ENGLISH and not problems:
        problems = tuple(_other_numbers(french, rendered, body, examined.templates, cache))
    return report, rendered, body, problems


def _other_numbers(
    report: Report, english: pages.Pages, body: Body, templates: Sequence[Source], cache: Cache
) -> Iterator[Diagnostic]:
    """T12: English pages that would give what follows them other numbers than the French report has."""
    french, _ = pages.render(report, templates, "fr")
    if french is not None:
        (read_in_french,) = parse.read_bodies([parse.Text(f"{read.CHAPTERS}/", french.text)], cache)
        for path, was, now in unlike(french.numbered(read_in_french), english.numbered(body)):
            yield Diagnostic(rules.OTHER_NUMBERS, Span(path), {"french": str(was), "english": str(now)})


def _with_keys(body: Body, keys: Mapping[str, str]) -> Body:
    """The body with its citations under the report's keys."""
    passages = tuple(replace(p, node=tree.with_keys(p.node, keys)) if p.cites else p for p in body.passages)
    return replace(body, passages=passages) if keys else body


def _template_problems(rendered: pages.Pages, body: Body, examined: Examined) -> Iterator[Diagnostic]:
    """What the editor's own prose may not hold either: code, keys in no bibliography, blocks left open."""
    keys, templates = examined.library.keys_of(""), examined.templates
    understood = rendered.passages(body)
    unread = [page.index for page in rendered.all if page.index not in understood]
    if unread:  # a fence left open has swallowed the pages after it
        culprit = rendered.all[max(unread[0] - 1, 0)].template
        yield Diagnostic(rules.TEMPLATE_ERROR, pages.last_fence(culprit, templates), {"reason": "open"})
    for find in body.finds:
        line = find.span.line
        if find.kind == "raw":
            yield Diagnostic(rules.RAW_CONTENT, rendered.place(line, find.value, templates), {"text": find.value})
        elif find.kind == "lost" and not unread:
            yield Diagnostic(rules.LOST_TEXT, rendered.place(line, find.value, templates), {"text": find.value})
        elif find.kind == "warning" and not (unread and "unclosed" in find.detail):
            reason = "open" if "unclosed" in find.detail else find.detail
            yield Diagnostic(rules.TEMPLATE_ERROR, rendered.place(line, "", templates), {"reason": reason})
        elif find.kind == "citation" and find.value not in keys:
            span = rendered.place(line, f"@{find.value}", templates)
            yield Diagnostic(rules.UNKNOWN_CITATION, span, {"key": find.value, "nearest": nearest(find.value, keys)})
    names = {name for draft in examined.drafts for passage in draft.body.passages for name in passage.names}
    parts = examined.outline.parts if examined.outline else ()
    names |= anchors.outline_names(parts, [template.text for template in templates])
    yield from unknown_places(rendered, body, templates, names)


def proof(examined: Examined, report: Report, document: Document, root: Path, cache: Cache) -> Proof:
    """What proves the outputs of this document; it is given them as they are made."""
    refused = {one.path for one in examined.refused}
    sent = f"{read.CONTRIBUTIONS}/"
    editors = [source.text for path, source in examined.sources.items() if not path.startswith(sent)]
    typed = [source.text for path, source in examined.sources.items() if not path.endswith(".j2")]
    unprinted = [one for translation in examined.translations for one in translation.unprinted(report.edition)]
    withheld = partial(forbidden, report, examined.drafts, examined.accepted, refused, editors, unprinted)
    return Proof(report, document, examined.images, withheld, typed, root, cache)
