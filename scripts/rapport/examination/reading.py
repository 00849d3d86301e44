"""What was sent, read: the frame that the editor gives, the bibliographies, the lists of decisions, the texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rapport.bibliography import library
from rapport.bibliography.library import Library
from rapport.checks.leftovers import other_report
from rapport.examination.opening import OpenedProject
from rapport.markdown import parse
from rapport.model import Acronym, Association, Diagnostic, Draft, Outline
from rapport.project import agreements as agreed
from rapport.project import images, outline
from rapport.project.actions import Action, read_actions
from rapport.project.agreements import Agreements
from rapport.project.associations import read_associations
from rapport.project.calendar import Stage
from rapport.project.glossary import named_acronyms, read_glossary
from rapport.project.images import Image
from rapport.project.points import EarlierPoints, PointsDocument, read_points, works_among
from rapport.project.read import BIBLIOGRAPHY, Project
from rapport.project.unread_files import unread_files
from rapport.proof.received_words import unread_words
from rapport.report.english_summary import no_english_summary
from rapport.safeguarding import guard as guarding
from rapport.safeguarding.english import as_its_language
from rapport.safeguarding.guard import Guarded
from rapport.safeguarding.register import Register, read_register
from rapport.safeguarding.world import World
from rapport.storage import schema
from rapport.storage.cache import Cache

NOTHING_LOST = b"all read"


class Frame(Struct, frozen=True):
    """What a report is built on: the outline, None where it is not understood, and the associations by their ids.

    `calendar` and `actions`: what is due, and who does what by when; `points`: what was said to the State before.
    """

    outline: Outline | None
    associations: Mapping[str, Association]
    diagnostics: tuple[Diagnostic, ...]
    calendar: tuple[Stage, ...] = ()
    actions: tuple[Action, ...] = ()
    points: tuple[PointsDocument, ...] = ()

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"themes": len(self.outline.themes) if self.outline else 0, "associations": len(self.associations)}


def read_frame(project: Project) -> Frame:
    """The outline with its calendar, the associations' cards, the actions, the points of earlier documents."""
    plan, stages, found = outline.read_outline(project.outline) if project.outline else (None, (), ())
    associations, problems = read_associations(project.associations)
    actions, of_actions = read_actions(project.actions, associations, stages)
    points, of_points = read_points(project.points, plan) if plan else ((), ())
    return Frame(plan, associations, (*found, *problems, *of_actions, *of_points), stages, actions, points)


def read_works(opened: OpenedProject) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Every bibliography of the project, made into one."""
    references, found = opened.works()
    shared, names = opened.project.bibliography, [name for name, _ in opened.project.own_bibliographies]
    own = dict(zip(names, references[1:] if shared else references, strict=True))
    works, problems = library.gather(references[0] if shared else (), own)
    return works, (*found, *problems)


class EditorLists(Struct, frozen=True):
    """What the editor decided of names, acronyms and agreements; `world`: what may be named."""

    register: Register
    acronyms: tuple[Acronym, ...]
    agreements: Agreements
    world: World
    titles: frozenset[str]  # of the sections of testimonies
    diagnostics: tuple[Diagnostic, ...]

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"acronyms": len(self.acronyms), "agreements": len(self.agreements.agreements)}


def read_lists(
    project: Project, plan: Outline, associations: Mapping[str, Association], works: Library, cache: Cache
) -> EditorLists:
    """The register, the glossary and the agreements, and with them what may be named."""
    found = [
        *outline.unknown_associations(plan, associations), *no_english_summary(project.templates),
        *other_report(project, plan),
    ]  # fmt: skip
    register, of_register = read_register(project.register)
    verified, of_glossary = read_glossary(project.glossary)
    agreements, of_agreements = agreed.read_agreements(project.agreements)
    # names in bibliography.bib, which the editor has read, are public; those in an association's sources.bib are not
    public = [reference for reference in works.references if reference.key.span.path == BIBLIOGRAPHY]
    world = guarding.known_world(project.outline, plan, associations, public, register, cache)
    return EditorLists(
        register, named_acronyms(verified, associations.values(), plan), agreements, world,
        guarding.testimony_titles(plan), (*found, *of_register, *of_glossary, *of_agreements),
    )  # fmt: skip


class Texts(Struct, frozen=True):
    """The contributions as sent, their pictures by path, and what in them could identify someone."""

    drafts: tuple[Draft, ...]
    images: Mapping[str, Image]
    guarded: Mapping[str, Guarded]
    diagnostics: tuple[Diagnostic, ...] = ()  # what lies beside the texts and nothing shows

    def counts(self) -> Mapping[str, int]:
        """What `--timings` prints of this step."""
        return {"texts": len(self.drafts), "images": len(self.images)}


def read_texts(
    root: Path, opened: OpenedProject, plan: Outline, lists: EditorLists, prepared: Callable[[], None], cache: Cache
) -> Texts:  # fmt: skip
    """The contributions, and the logos; what is done with one text is done while pandoc reads the next.

    `prepared` waits for the process that reads the last of them (`preparing`).
    """
    drafts: list[Draft] = []
    logos = [path for path, _ in plan.identity.logos if images.is_logo(path.value)]
    pictures = {**images.load(root, [path.value for path in logos], cache), **images.charts(root)}
    guarded: dict[str, Guarded] = {}
    for draft in _in_order(opened, prepared, cache):
        drafts.append(draft)
        shown, seen = look_at(draft, root, lists, cache)
        pictures |= shown
        guarded |= seen
    return Texts(tuple(drafts), pictures, guarded, tuple(unread_files(root, pictures)))


def _in_order(opened: OpenedProject, prepared: Callable[[], None], cache: Cache) -> Iterator[Draft]:
    """Every contribution; those that another process reads and puts into the cache come after the others."""
    yield from opened.drafts
    prepared()
    yield from parse.parse(opened.contributions_beside, cache)


def look_at(
    draft: Draft, root: Path, lists: EditorLists, cache: Cache
) -> tuple[Mapping[str, Image], Mapping[str, Guarded]]:
    """The pictures of a text, and what in it could identify someone."""
    places = (images.place(draft.source.path, find.value) for find in draft.body.finds_of("image"))
    shown = images.load(root, [path for path in places if path], cache)
    seen = guarding.guard([draft], lists.titles, lists.world, cache)
    return shown, {path: as_its_language(draft, guarded) for path, guarded in seen.items()}


def unread_words_of(draft: Draft, cache: Cache) -> tuple[Diagnostic, ...]:
    """The words of a text that nothing read, looked for once for the same text."""
    place, stored = cache.get("unread-words", draft.source.path, draft.source.text)
    if stored == NOTHING_LOST:
        return ()
    found = tuple(unread_words(draft))
    if not found:
        cache.put(place, NOTHING_LOST)
    return found


def earlier_points(documents: tuple[PointsDocument, ...], works: Library, drafts: Iterable[Draft]) -> EarlierPoints:
    """What was said to the State before, with the works that are one of these documents and what headers answer."""
    if not documents:
        return EarlierPoints()
    points = EarlierPoints(documents, works_among(documents, {one.key.value: one.item for one in works.references}))
    said = {(draft.association, draft.theme): schema.texts(draft.header, "repond") for draft in drafts}
    answers = {text: tuple(name for line in lines for name in points.names_of(line)) for text, lines in said.items()}
    return replace(points, declared_points={text: names for text, names in answers.items() if names})
