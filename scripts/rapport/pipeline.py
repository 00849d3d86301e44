"""The order of the steps, from a folder to finished files; the only file that knows it.

    step            what goes in → what comes out
    read            a folder → OpenedProject: its texts, pandoc at work on them
    outline         texts of the editor, cards → Frame: the outline, its calendar, the associations, the actions
    bibliographies  .bib files → Library
    lists           register, glossary, agreements → EditorLists
    parse           texts → Texts: drafts, their pictures, what could identify someone
    scan            what is printed beside them → Scan
    check           drafts → Checked: those accepted, those refused
    translations    .en.md files → Translations
    workshops       children's own words → CheckedWorkshops
    together        all of them → what only all of them show
    budget          what was accepted → Budget
    merge           Examined → Report
    translate       Report → the same in English
    render          Report, templates → Pages
    pages           Pages → Body, read by pandoc, and what is wrong in it
    cite            Body → citations
    assemble        Report, Pages, Body, citations → Document
    export          Document → DOCX, PDF, HTML; `proof` reads each back as soon as it is made

Everything that is kept between two builds, in build/cache or by `make watch`, is a result that could be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rapport import rules, tree
from rapport.bibliography.citeproc import CitationRun, cite
from rapport.bibliography.notes import cite_in_notes
from rapport.checks import protection
from rapport.checks.budget import accepted_drafts, budget, too_long
from rapport.examination import stopping_texts
from rapport.examination.checking import check_texts, compare_texts, read_translations, scan
from rapport.examination.hidden_numbers import look_for_hidden_numbers
from rapport.examination.opening import OpenedProject, open_project
from rapport.examination.preparing import read_texts_beside
from rapport.examination.promises import proved_promises
from rapport.examination.reading import earlier_points, read_frame, read_lists, read_works
from rapport.examination.result import Examined, refuse_texts
from rapport.examination.workshops import CheckedWorkshops, check_workshops
from rapport.model import Body, Diagnostic, Document, Edition, Report
from rapport.project import agreements as agreed
from rapport.project.read import BIBLIOGRAPHY, CONTRIBUTIONS
from rapport.proof.forbidden import forbidden
from rapport.proof.proof import Proof
from rapport.proof.protection import Protection
from rapport.proof.received_words import ReceivedTexts
from rapport.report import templates as pages
from rapport.report.assemble import assemble
from rapport.report.bilingual_templates import untranslated_templates
from rapport.report.english_summary import has_summary
from rapport.report.merge import merge
from rapport.report.opaque_names import with_opaque_names
from rapport.report.page_checks import other_numbers, template_problems
from rapport.report.page_values import PageValues
from rapport.report.writer_failure import LAYOUT, writer_guard
from rapport.safeguarding import guard as guarding
from rapport.safeguarding.outgoing import Outgoing, open_door
from rapport.steps import Steps
from rapport.storage.cache import Cache
from rapport.translation.block_shape import LANGUAGE as ENGLISH
from rapport.translation.checks import check_edition, keys_in_french, with_kept_out_blocks
from rapport.translation.english_report import english_keys, translate
from rapport.translation.translations import typed_english
from rapport.tree import anchors
from rapport.workshops.annex import printed_workshops

if TYPE_CHECKING:
    from rapport.output.export import BuildResult, Export

AGREED = {Edition.DRAFT: "projet", Edition.PUBLIC: "publique", Edition.CONFIDENTIAL: "confidentielle"}
"""What a child agrees to, by edition."""
Meanwhile = Callable[[Report, str], None]
BESIDE = (".yaml", ".md.j2")  # the files whose own words are printed beside the contributions


def outgoing_door(examined: Examined, language: str, kept: Cache | None = None) -> Outgoing:
    """The door of what is sent, with what is known and found in this project; `kept`: where it need not begin anew."""
    door = open_door(examined.world, examined.guarded, examined.drafts, language, kept)
    declared = examined.outline.identity.logos if examined.outline else ()
    shown = ((examined.images.get(path.value), shows) for path, shows in declared)
    return replace(door, logos=tuple((image.content, shows) for image, shows in shown if image and image.content))


def examine(root: Path, cache: Cache, steps: Steps | None = None, opened: OpenedProject | None = None) -> Examined:
    """Read, parse and check everything that was sent; what was `opened` is not read again."""
    steps = steps or Steps()
    run = steps.run
    opened = opened or run("read", open_project, root, cache)
    project = opened.project
    frame = run("outline", read_frame, project)
    works, of_works = run("bibliographies", read_works, opened)
    found = [*project.diagnostics, *frame.diagnostics, *of_works]
    if frame.outline is None:
        return Examined(
            sources=project.sources,
            outline=None,
            associations=frame.associations,
            library=works,
            templates=project.templates,
            diagnostics=tuple(found),
        )
    hidden_numbers = look_for_hidden_numbers(root, frame.associations, project.sources, cache)
    steps("parse", count=len(project.contributions))
    lists = run("lists", read_lists, project, frame.outline, frame.associations, works, cache)
    texts = run("parse", read_texts_beside, root, opened, frame.outline, lists, works, cache)
    steps("check")
    seen = run("scan", scan, project, texts, lists, works, cache)
    points = earlier_points(frame.points, seen.library, texts.drafts)
    checked = run("check", check_texts, project, frame.outline, frame.associations, texts, lists, seen, points, cache)
    translations, in_english = run("translations", read_translations, project, frame.outline, checked, lists, cache)
    children = CheckedWorkshops()
    if project.workshops:
        children = run("workshops", check_workshops, root, project, frame.associations, lists, cache)
    known = replace(checked.context, guarded={**seen.guarded, **in_english, **(children.guarded or {})})
    compared = run("together", compare_texts, frame.outline, checked, lists, known, cache)
    counted = run("budget", budget, accepted_drafts(texts.drafts, checked.accepted), known, project.templates)
    numbers = run("scan", hidden_numbers)
    of_texts = (*texts.diagnostics, *seen.diagnostics, *checked.diagnostics)
    found += [*lists.diagnostics, *of_texts, *children.diagnostics, *compared, *too_long(counted, known)]
    found += numbers.diagnostics
    shown = {**texts.images, **(children.pictures or {})}
    shown_translations, for_english = with_kept_out_blocks(translations, known, project.diagnostics)
    examined = Examined(
        sources=project.sources,
        outline=frame.outline,
        associations=frame.associations,
        library=seen.library,
        drafts=texts.drafts,
        accepted=checked.accepted,
        refused=checked.refused,
        images=shown,
        templates=project.templates,
        diagnostics=tuple(found),
        guarded=known.guarded,
        acronyms=lists.acronyms,
        budget=counted,
        translations=shown_translations,
        in_translations=for_english,
        agreements=lists.agreements,
        world=lists.world,
        calendar=frame.calendar,
        actions=frame.actions,
        points=points,
        workshops=children,
        owed_figures=numbers.figures_due,
        open_numbers=numbers.open,
    )
    if has_summary(examined.templates):
        keys = keys_in_french(examined.accepted, examined.translations, frame.outline)
        examined = replace(examined, in_translations=(*examined.in_translations, *keys))
    stopping = stopping_texts.known_culprits(checked.accepted, project.sources, texts.images, cache)
    return refuse_texts(examined, stopping) if stopping else examined


def in_english(examined: Examined, whole: bool = True) -> Examined:
    """The project with what is wrong in its translations, and (`whole`) what the English edition lacks, open too."""
    if examined.outline is None or not whole:
        return replace(examined, diagnostics=(*examined.diagnostics, *examined.in_translations))
    missing = untranslated_templates([template.path for template in examined.templates])
    lacking = check_edition(examined.outline, missing, len(examined.accepted), examined.translations)
    return replace(examined, diagnostics=(*examined.diagnostics, *examined.in_translations, *lacking))


# ---------------------------------------------------------------- laying out


def lay_out(
    examined: Examined, edition: Edition, cache: Cache, language: str = "fr", steps: Steps | None = None
) -> tuple[Report | None, Document | None, tuple[Diagnostic, ...]]:
    """Merge what was accepted and lay it out, or say which template stands in the way.

    Raises `WriterFailure` where a step breaks down.
    """
    with writer_guard(LAYOUT):
        return _lay_out(examined, edition, cache, language, steps or Steps())


def _lay_out(
    examined: Examined, edition: Edition, cache: Cache, language: str, steps: Steps
) -> tuple[Report | None, Document | None, tuple[Diagnostic, ...]]:
    noted = examined.outline is not None and examined.outline.identity.citations == "notes"
    citing = CitationRun(examined.library, language, cache, cite_in_notes if noted else cite)
    report, rendered, body, problems = read_pages(examined, edition, cache, language, citing.begin, steps)
    if report is None or rendered is None or body is None or problems:
        return report, None, problems
    body = _with_keys(body, examined.library.changed_keys(""))
    with steps.time_step("cite") as step:
        citations = citing(passage.node for passage in body.passages if passage.cites)
        step.counts["works"] = len(examined.library.references)
    document = steps.run("assemble", assemble, report, rendered, body, citations, language, examined.points, cache)
    if not report.outline.identity.authors_visible.get(edition.value, False):
        report, document = with_opaque_names(report, document)
    return report, document, ()


def merge_edition(examined: Examined, edition: Edition) -> Report:
    """What was accepted, as the report of this edition has it, in French and without anybody's reservations."""
    assert examined.outline is not None
    report = merge(
        examined.outline, examined.associations, examined.accepted, examined.refused, examined.images, edition,
        examined.library, examined.acronyms,
    )  # fmt: skip
    report = agreed.without_settled_caveats(report, examined.agreements)
    return replace(report, proved_claims=proved_promises(examined.diagnostics, examined.refused, report))


def read_pages(
    examined: Examined, edition: Edition, cache: Cache, language: str = "fr", meanwhile: Meanwhile = lambda *_: None,
    steps: Steps | None = None,
) -> tuple[Report | None, pages.Pages | None, Body | None, tuple[Diagnostic, ...]]:  # fmt: skip
    """The report merged, its pages rendered and read by pandoc, and what is wrong with them: enough for a check.

    `meanwhile` is given the report and the text of its pages while pandoc reads them.
    """
    if examined.outline is None:
        return None, None, None, ()
    if any(d.rule in protection.ERRORS and d.span.path.endswith(BESIDE) for d in examined.diagnostics):
        return None, None, None, ()  # what leads to a person is printed in no edition
    if language == ENGLISH and any(d.rule is rules.NO_ENGLISH_TEMPLATE for d in examined.diagnostics):
        return None, None, None, ()
    steps = steps or Steps()
    with steps.time_step("merge") as step:
        report = french = merge_edition(examined, edition)
        step.counts["blocks"] = len(report.blocks)
    known = (examined.accepted, examined.translations, examined.library, examined.images)
    if language == ENGLISH:
        report = steps.run("translate", translate, report, *known)
    elif has_summary(examined.templates):
        report = replace(report, english_keys=english_keys(report, *known))
    report = agreed.with_reservations(report, examined.agreements, language)
    voices = printed_workshops(examined.workshops.in_edition(AGREED[edition]), examined.images, language)
    report = replace(report, voices=tuple(block for one in voices for block in one.blocks))
    values = PageValues(examined.calendar, bool(examined.points.documents), voices)
    rendered, problems = steps.run("render", pages.render, report, examined.templates, language, values)
    if rendered is None:
        return report, None, None, problems
    with steps.time_step("pages") as step:
        reading = rendered.read(cache)  # pandoc is at work from here
        meanwhile(report, rendered.text)
        (body,) = reading
        problems = _wrong_pages(rendered, body, examined)
        if language == ENGLISH and not problems:
            problems = tuple(other_numbers(french, rendered, body, examined.templates, values, cache))
        step.counts["blocks"] = len(body.passages)
    return report, rendered, body, problems


def _wrong_pages(rendered: pages.Pages, body: Body, examined: Examined) -> tuple[Diagnostic, ...]:
    """What is wrong with the pages, each thing once: the template of themes prints many of them."""
    names = {name for draft in examined.drafts for passage in draft.body.passages for name in passage.names}
    parts = examined.outline.parts if examined.outline else ()
    names |= anchors.outline_names(parts, [template.text for template in examined.templates]) | examined.points.names
    shown = {image.name for image in examined.images.values()}
    found = list(template_problems(rendered, body, examined.templates, examined.library.keys_of(""), names, shown))
    return tuple(d for at, d in enumerate(found) if d not in found[:at])


def _with_keys(body: Body, keys: Mapping[str, str]) -> Body:
    """The body with its citations under the report's keys."""
    passages = tuple(replace(p, node=tree.with_keys(p.node, keys)) if p.cites else p for p in body.passages)
    return replace(body, passages=passages) if keys else body


def export(
    make: Export, examined: Examined, document: Document, proof: Proof, steps: Steps
) -> tuple[BuildResult, Mapping[str, int]]:
    """The outputs made, each proved as soon as it is, and put in place; and how much was compared.

    Raises `ProofFailure`, and puts nothing in place, where an output does not say what the document says.
    """
    steps("export")
    with steps.time_step("export") as step:
        proof.stand_by()
        read, accept = steps.time_beside("proof", proof.read), steps.time_beside("proof", proof.accept)
        built = make(document, examined.images, read, accept)
        step.counts.update({"outputs": len(built.outputs), "written": len(built.written_files)})
    counts = proof.counts()
    step.counts["sentences"] = counts["sentences"]
    return built, counts


def _protection(examined: Examined, language: str, cache: Cache) -> Protection | None:
    """What the second net knows."""
    if examined.world is None or examined.outline is None:
        return None
    french = "\n".join(draft.source.text for draft in examined.drafts) if language == ENGLISH else ""
    references = examined.library.references
    works = frozenset(f"ref-{work.key.value}" for work in references if work.key.span.path == BIBLIOGRAPHY)
    people = (one for work in references for one in work.item.get("author") or () if "literal" in one)
    world = examined.world.with_names(one["literal"] for one in people)
    return Protection(examined.guarded, world, guarding.testimony_titles(examined.outline), cache, works, french)


def proof(
    examined: Examined, report: Report, document: Document, root: Path, cache: Cache, anew: bool = False
) -> Proof:
    """What proves the outputs of this document; it is given them as they are made, and reads them `anew` if told."""
    refused = {one.path for one in examined.refused}
    editors = [one.text for path, one in examined.sources.items() if not path.startswith(f"{CONTRIBUTIONS}/")]
    typed = [source.text for path, source in examined.sources.items() if not path.endswith(".j2")]
    unprinted = [one for translation in examined.translations for one in translation.unprintable_blocks(report.edition)]
    withheld = partial(forbidden, report, examined.drafts, examined.accepted, refused, editors, unprinted)
    received = ReceivedTexts(report.edition, () if document.meta.stem else examined.accepted, examined.sources)
    if document.meta.language == ENGLISH and received.accepted:  # its texts hold nothing but what is printed
        received = ReceivedTexts(*typed_english(examined.translations, examined.accepted, report.edition))
    seen = _protection(examined, document.meta.language, cache)
    return Proof(
        report=report,
        document=document,
        pictures=examined.images,
        withheld=withheld,
        typed=typed,
        root=root,
        cache=cache,
        protection=seen,
        anew=anew,
        received=received,
    )
