"""What was read, judged: what could identify someone, each text under the rules, then all texts together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from rapport.bibliography import library
from rapport.bibliography.library import Library
from rapport.checks import check, protection, typed_marks, unnamed_author
from rapport.checks.across_texts import check_together
from rapport.checks.images import logos
from rapport.checks.prose import in_templates
from rapport.checks.recommendations import articles_in_templates
from rapport.checks.references import addresses_in_templates
from rapport.checks.rule_context import RuleContext
from rapport.examination.children_version import hard_to_read
from rapport.examination.reading import EditorLists, Texts, unread_words_of
from rapport.language.articles import works_of
from rapport.model import Association, Contribution, Diagnostic, Draft, Outline, Severity, Source
from rapport.project import agreements as agreed
from rapport.project.glossary import familiar_acronyms
from rapport.project.points import EarlierPoints, printed_words
from rapport.project.read import BIBLIOGRAPHY, TEMPLATES_EN, Project
from rapport.report.bilingual_templates import SUMMARY_EN
from rapport.report.merge import RefusedFile, nodes
from rapport.safeguarding import guard as guarding
from rapport.safeguarding.english import guard_english, unreviewed_in_french
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.register import lapsed_exceptions
from rapport.storage.cache import Cache
from rapport.translation.translations import Translation, gather
from rapport.tree import anchors

AN_ACRONYM = re.compile(r"(?m)(?<=sigle:)[ \t]+[^\Wa-zà-ÿ][^\Wa-zà-ÿ. -]{0,11}[ \t]*$")
ENGLISH_PAGES = (f"{TEMPLATES_EN}/", SUMMARY_EN)
"""Where the paths of what the editor writes in English begin."""


class Scan(Struct, frozen=True):
    """What could identify someone in all that is printed, by file, and the works without what they may not say."""

    library: Library
    guarded: Mapping[str, Guarded]
    diagnostics: tuple[Diagnostic, ...]

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"files": len(self.guarded), "findings": sum(len(seen.findings) for seen in self.guarded.values())}


def scan(project: Project, texts: Texts, lists: EditorLists, works: Library, cache: Cache) -> Scan:
    """What could identify someone in bibliographies, templates, the outline and cards, beside what the texts hold."""
    if project.bibliography is None:
        works = library.any_key(works, texts.drafts)
    sent = [reference for reference in works.references if reference.key.span.path in project.sources]
    listed = guarding.guard_works(sent, project.sources, lists.world, cache, BIBLIOGRAPHY)
    works = guarding.without_identifiers(works, listed, project.sources)
    for source in _printed_beside(project):
        seen = guarding.guard_prose(source, lists.world, cache)
        english = source.path.startswith(ENGLISH_PAGES) or "lang=en" in source.text
        listed[source.path] = unreviewed_in_french(seen, "") if english else seen
    return Scan(works, {**texts.guarded, **listed}, tuple(protection.findings_outside_texts(listed, project.sources)))


def _printed_beside(project: Project) -> list[Source]:
    """The outline, the actions, the acronyms, the points, the templates and the associations' cards."""
    alone = [source for source in (project.outline, project.actions) if source]
    alone += [_without_acronyms(project.glossary)] if project.glossary else []
    alone += map(printed_words, project.points)
    texts = [*alone, *project.templates, *project.associations]
    return [*texts, *([agreed.printed_words(project.agreements)] if project.agreements else [])]


def _without_acronyms(glossary: Source) -> Source:
    """The acronyms' file with blanks where each stands: letters are nobody's name, what they stand for may be."""
    return replace(glossary, text=AN_ACRONYM.sub(lambda found: " " * len(found[0]), glossary.text))


class CheckResult(Struct, frozen=True):
    """The contributions that were accepted, those that were not, and what they were compared with."""

    context: RuleContext
    accepted: tuple[Contribution, ...]
    refused: tuple[RefusedFile, ...]
    diagnostics: tuple[Diagnostic, ...]

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"accepted": len(self.accepted), "refused": len(self.refused), "diagnostics": len(self.diagnostics)}


def check_texts(
    project: Project, plan: Outline, associations: Mapping[str, Association], texts: Texts, lists: EditorLists,
    seen: Scan, points: EarlierPoints, cache: Cache,
) -> CheckResult:  # fmt: skip
    """Each contribution under the rules; one in a damaged file is refused whatever they say."""
    words = (f.text for guarded in seen.guarded.values() for f in guarded.findings)
    works = seen.library.references
    items = {r.key.value: r.item for r in works}
    known = RuleContext(
        outline=plan,
        themes={theme.id: theme for theme in plan.themes},
        associations=associations,
        library=seen.library,
        images=texts.images,
        paths=_paths(texts.drafts),
        works=items,
        guarded=seen.guarded,
        familiar_acronyms=familiar_acronyms(lists.acronyms, associations, plan, works, words),
        titles=lists.titles,
        texts={draft.source.path: draft for draft in texts.drafts},
        cited_instruments=_cited_instruments(plan, texts.drafts, seen.library),
        names=anchors.outline_names(plan.parts, [template.text for template in project.templates]) | points.names,
        points=points,
    )
    damaged = {d.span.path for d in project.diagnostics if d.rule.severity is Severity.ERROR}
    accepted, refused, found = list[Contribution](), list[RefusedFile](), list[Diagnostic]()
    for draft in texts.drafts:
        contribution, problems = check(draft, known, cache)
        if contribution and (unread := unread_words_of(draft, cache)):
            contribution, problems = None, (*problems, *unread)
        found += problems
        if contribution and draft.source.path not in damaged:
            accepted.append(contribution)
        else:
            refused.append(RefusedFile(draft.association, draft.theme, draft.source.path))
    return CheckResult(
        known,
        tuple(accepted),
        tuple(refused),
        (
            *found,
            *logos(plan, texts.images),
            *in_templates(project.templates, known),
            *typed_marks.in_templates(project.templates, cache),
            *articles_in_templates(project.templates, known),
            *addresses_in_templates(project.templates),
            *unnamed_author.in_templates(project.templates, known),
            *hard_to_read(project.templates),
        ),
    )


def _cited_instruments(plan: Outline, drafts: Iterable[Draft], works: Library) -> dict[str, dict[str, str]]:
    """What each association may type to cite a text of the outline, with the short name of that text."""
    cited = works_of(plan.instruments, {work.key.value: work.item for work in works.references})
    return {
        name: {typed: cited[key] for typed, key in works.keys_of(name).items() if key in cited}
        for name in {draft.association for draft in drafts}
    }


def _paths(drafts: Iterable[Draft]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The files sent by an association on a theme."""
    paths: dict[tuple[str, str], tuple[str, ...]] = {}
    for draft in drafts:
        identity = (draft.association, draft.theme)
        paths[identity] = (*paths.get(identity, ()), draft.source.path)
    return paths


def read_translations(
    project: Project, plan: Outline, checked: CheckResult, lists: EditorLists, cache: Cache
) -> tuple[tuple[Translation, ...], Mapping[str, Guarded]]:
    """The translations of what was accepted, and what in them could identify someone."""
    translations = gather(project.translations, checked.accepted, plan, cache)
    texts = [(one.whole(), one.french) for one in translations]
    return translations, guard_english(texts, lists.titles, lists.world, cache)


def compare_texts(
    plan: Outline, checked: CheckResult, lists: EditorLists, known: RuleContext, cache: Cache
) -> tuple[Diagnostic, ...]:
    """What only all texts together show: exceptions and agreements that have lapsed, the same words twice."""
    seals = (seal for seen in known.guarded.values() for seal in seen.excepted)
    return (
        *lapsed_exceptions(lists.register, seals),
        *check_together(tuple(known.texts.values()), known, cache),
        *agreed.lapsed_reservations(lists.agreements, nodes(checked.accepted, plan)),
    )
